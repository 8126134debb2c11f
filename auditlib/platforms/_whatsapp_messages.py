"""The messages of one WhatsApp chat, in the order of the file. A chat of a million lines is read in a few seconds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import add
from typing import Any, BinaryIO, NamedTuple
from zlib import crc32

from auditlib.jsonstream import BadElement, Broken
from auditlib.platforms import _whatsapp_bodies as bodies
from auditlib.platforms._whatsapp_lines import ACTS, MARK, NOTICES, clock_of, day_of, pieces
from auditlib.platforms._whatsapp_scan import Chat, folded, is_notice, is_somebody, name_of
from auditlib.records import Conversation, Item

NAME = "whatsapp"
_MARKS = re.compile(MARK)
_EXPIRED = re.compile(r"([^\n]{1,80}?):\.?[\r ]*(?=\n|$)")
MAX_CACHED = 200_000  # dates and times kept as they were written

_Who = tuple[Any, "str | None", int]  # author and name of an item, and a checksum of the author as written
_SYSTEM: _Who = ("system", None, 0)


class Told(NamedTuple):
    """What all messages of one chat have in common."""

    account: str | None
    owners: frozenset[str]  # names of the account's owner, folded; empty when it is not known who that is
    talk: Conversation
    files: dict[str, str]  # paths of the files beside the chat, by name
    latest: dict[str, str]  # member -> moment of its last message, filled when it has been read
    seen: set[int] | None  # messages of another export of the same chat, where there is one


class _Keys:
    """Tells exact repeats apart. A chat is in the order of time, so only what stands at one moment need be remembered;
    what is out of order (a phone without a network, the hour when the clocks go back) is remembered for itself."""

    def __init__(self, identity: str, seen: set[int] | None) -> None:
        self.prefix, self.seen = f"{NAME}:{identity}:", seen
        self.newest = ""
        self.here: dict[str, int] = {}
        self.late: dict[str, int] = {}

    def of(self, at: str, author: int, text: str) -> str | None:
        """The key of one message (`author`: a checksum); None when another export of the same chat has told it."""
        key = f"{self.prefix}{at}:{crc32(text.encode(), author):08x}"
        if at > self.newest:
            self.newest, self.here = at, {key: 1}
        else:
            if at == self.newest:
                counts = self.here
            else:
                counts, key = self.late, f"{key}-late"
            if key in counts:
                counts[key] += 1
                key = f"{key}-{counts[key]}"
            else:
                counts[key] = 1
        if self.seen is not None:
            if hash(key) in self.seen:  # eight bytes for each message
                return None
            self.seen.add(hash(key))
        return key


class _People(dict[str, "_Who | None"]):
    """Author as written -> who that is; None for what takes a second look (a notice, half a name)."""

    def __init__(self, chat: Chat, owners: frozenset[str]) -> None:
        super().__init__()
        self.chat, self.owners = chat, owners

    def __missing__(self, author: str) -> _Who | None:
        who: _Who | None
        if author in self.chat.cut_names or is_notice(author, self.chat):
            who = None
        elif author == self.chat.group_name:
            who = _SYSTEM
        else:
            who = self.person(author)
        if len(self) < MAX_CACHED:
            self[author] = who
        return who

    def person(self, author: str) -> _Who:
        """Whether this is the owner of the account, and the name to show."""
        name = name_of(author)
        if not self.owners:
            return None, name, crc32(author.encode())
        return ("me" if folded(name) in self.owners else "other"), name, crc32(author.encode())


class _Known(dict[str, str]):
    """Dates or times as this file writes them -> ISO text, each worked out once; "" for what is no date or no time."""

    def __init__(self, read: Callable[[str], str | None]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, written: str) -> str:
        if len(self) > MAX_CACHED:
            self.clear()
        self[written] = found = self.read(written) or ""
        return found


_Head = tuple[int, int, str, "str | None"]  # where a head starts and ends, its moment, its author
_Message = tuple[str, "str | None", str]  # moment, author as written, text; a moment of "" where a text has no head


class _Cutter:
    """Cuts pieces of a chat into messages. `at` is the moment of the last one."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.days = _Known(partial(day_of, order=chat.order))
        self.clocks = _Known(clock_of)
        self.at = ""

    def cut(self, piece: str) -> Iterable[_Message]:
        """The messages of a piece: at once where every head is a plain one, else head by head."""
        start, *parts = self.chat.layout.head.split(piece)
        authors = parts[2::4]
        if not start and parts and None not in authors:
            days, clocks = self.days, self.clocks
            dates, times = [days[d] for d in parts[0::4]], [clocks[c] for c in parts[1::4]]
            if "" not in dates and "" not in times:
                moments = list(map(add, dates, times))
                self.at = moments[-1]
                return zip(moments, authors, parts[3::4], strict=True)
        return self._one_by_one(piece)

    def _one_by_one(self, piece: str) -> Iterator[_Message]:
        """A line without an author that is none of WhatsApp's known notices counts only when it stands in the order of time:
        else it is a pasted list of dates (on phones in other languages the notices' words are not known here)."""
        begins, author, doubtful = 0, None, list[_Head]()
        moment = ""
        for head in (*self._heads(piece), None):
            if head and head[3] is None and not _surely(piece, head[1], self.chat):
                doubtful.append(head)
                continue
            before = self.at
            for start, ends, at, by in (
                *_in_order(doubtful, before, head[2] if head else "9"),
                head or (len(piece), 0, "", None),
            ):
                if moment or piece[begins:start].strip():
                    yield moment, author, piece[begins:start]
                begins, moment, author = ends, at, by
                self.at = at or self.at
            doubtful = []

    def _heads(self, piece: str) -> Iterator[_Head]:
        for match in self.chat.layout.head.finditer(piece):
            day, clock, author = match.groups()
            date, time = self.days[day], self.clocks[clock]
            if date and time:
                yield match.start(), match.end(), date + time, author


def messages(stream: BinaryIO, chat: Chat, told: Told) -> Iterator[Item | BadElement]:
    """Every message, and a BadElement for what has no head (the rest of one whose beginning is not in the file).

    Raises Broken for a file that holds none.
    """
    cutter, people, keys = _Cutter(chat), _People(chat, told.owners), _Keys(chat.id, told.seen)
    odd = partial(_odd, chat=chat, told=told, people=people, keys=keys)
    plain, account, talk, key_of = bodies.is_plain, told.account, told.talk, keys.of
    audience: Any = "group" if talk.group else "direct"
    where, number = f"{chat.member}#", 0
    for piece in pieces(stream, chat.layout):
        for at, author, text in cutter.cut(piece):
            who = people[author] if author is not None else None
            if who is not None and plain(text):
                if key := key_of(at, who[2], text):
                    yield Item(
                        platform=NAME, account=account, where=f"{where}{number}", kind="message", key=key, id=None,
                        at=at, text=text, author=who[0], author_name=who[1], audience=audience, conversation=talk,
                    )  # fmt: skip
            elif at:
                yield from odd(text, at, author, f"{where}{number}")
            else:
                yield BadElement(number, "NoHead")
                continue
            number += 1
    told.latest[chat.member] = keys.newest
    if not number:
        raise Broken("empty" if not cutter.at else "not a chat")


def _surely(piece: str, at: int, chat: Chat) -> bool:
    """Whether a line without an author is a known notice, or somebody's expired message."""
    end = piece.find("\n", at)
    line = piece[at:end] if end >= 0 else piece[at:]
    if NOTICES.search(line) or line.startswith("\u200e"):
        return True
    if (act := ACTS.match(line)) and is_somebody(act["who"], chat):
        return True
    return bool((empty := _EXPIRED.match(line)) and empty[1] in chat.people)


def _in_order(doubtful: list[_Head], before: str, after: str) -> Iterator[_Head]:
    """Those between two moments that stand in the order of time."""
    for head in doubtful:
        if before <= head[2] <= after:
            before = head[2]
            yield head


def _odd(
    text: str, at: str, author: str | None, where: str, *, chat: Chat, told: Told, people: _People, keys: _Keys
) -> Iterator[Item]:
    """A message that is more than plain words by a known person: a notice, a picture, a name with a colon in it."""
    who: _Who | None = _SYSTEM
    if author is not None:
        who = people[author]
        if author in chat.cut_names:
            # of several names that fit the longest
            full = max((n for n in chat.long_names if f"{author}: {text}".startswith(f"{n}: ")), key=len, default=None)
            if full is not None:
                author, text = full, text[len(full) - len(author) :]
            who = people.person(author)
        elif who is None:
            author, text, who = None, f"{author}: {text}", _SYSTEM
    elif (empty := _EXPIRED.match(text)) and not NOTICES.search(empty[1]):
        author, text = empty[1], text[empty.end() :].removeprefix("\n")
        who = people.person(author)
    assert who is not None
    by, name, mark = who
    key = keys.of(at, mark, text)
    if key is None:
        return
    read = bodies.Body(_MARKS.sub("", text)) if who is _SYSTEM else bodies.read(text, told.files)
    if read.made:
        # an iPhone gives notices the other person's name; who called is told too
        by, name = "system", name if bodies.CALL.fullmatch(read.text) or not NOTICES.search(read.text) else None
    yield Item(
        platform=NAME, account=told.account, where=where, kind="message", key=key, id=None, at=at, text=read.text, author=by,
        author_name=name, audience="group" if told.talk.group else "direct", conversation=told.talk, **_more(read),
    )  # fmt: skip


def _more(read: bodies.Body) -> dict[str, Any]:
    """The fields few messages have."""
    more: dict[str, Any] = {}
    if read.media:
        more["media"] = read.media
    if read.links:
        more["links"] = read.links
    if read.place:
        more["place"] = read.place
    if read.deleted:
        more["deleted"] = True
    return more
