"""The messages of one WhatsApp chat, in the order of the file. A chat of a million lines is read in a few seconds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
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


class _Heads:
    """Dates and times as this file writes them -> ISO text, each worked out once; "" for what is no date or no time."""

    def __init__(self, order: str) -> None:
        self.order = order
        self.days: dict[str, str] = {}
        self.clocks: dict[str, str] = {}

    def new(self, day: str, clock: str) -> tuple[str, str]:
        """Both parts of a head of which one was not met before."""
        if len(self.days) + len(self.clocks) > MAX_CACHED:
            self.days.clear()
            self.clocks.clear()
        if day not in self.days:
            self.days[day] = day_of(day, self.order) or ""
        if clock not in self.clocks:
            self.clocks[clock] = clock_of(clock) or ""
        return self.days[day], self.clocks[clock]


_Head = tuple[int, int, str]  # where a head starts and ends, and its moment


def messages(stream: BinaryIO, chat: Chat, told: Told) -> Iterator[Item | BadElement]:
    """Every message; raises Broken for a file that holds none.

    A line without an author that is none of WhatsApp's known notices counts only when it stands in the order of time:
    else it is a pasted list of dates (on phones in other languages the notices' words are not known here).
    """
    heads, people, keys = _Heads(chat.order), _People(chat, told.owners), _Keys(chat.id, told.seen)
    day_for, clock_for, find = heads.days.get, heads.clocks.get, chat.layout.head.finditer
    odd = partial(_odd, chat=chat, told=told, people=people, keys=keys)
    plain, account, talk, key_of = bodies.is_plain, told.account, told.talk, keys.of
    audience: Any = "group" if talk.group else "direct"
    where, number, author = f"{chat.member}#", 0, None
    at = ""
    for piece in pieces(stream, chat.layout):
        begins, doubtful = -1, list[_Head]()
        for match in find(piece):
            day, clock, by = match.groups()
            date, time = day_for(day), clock_for(clock)
            if date is None or time is None:
                date, time = heads.new(day, clock)
            if not date or not time:
                continue
            start, ends = match.span()
            if by is None and not _surely(piece, ends, chat):
                doubtful.append((start, ends, date + time))
                continue
            if doubtful:
                for between in _in_order(doubtful, at, date + time):
                    if begins >= 0:
                        yield from odd(piece[begins : between[0]], at, author, f"{where}{number}")
                        number += 1
                    elif piece[: between[0]].strip():
                        yield BadElement(0, "NoHead")
                    begins, at, author = between[1], between[2], None
                doubtful = []
            if begins >= 0:
                text = piece[begins:start]
                who = people[author] if author is not None else None
                if who is not None and plain(text):
                    if key := key_of(at, who[2], text):
                        yield Item(
                            platform=NAME, account=account, where=f"{where}{number}", kind="message", key=key, id=None,
                            at=at, text=text, author=who[0], author_name=who[1], audience=audience, conversation=talk,
                        )  # fmt: skip
                else:
                    yield from odd(text, at, author, f"{where}{number}")
                number += 1
            elif not number and piece[:start].strip():
                yield BadElement(0, "NoHead")  # the rest of a message whose beginning is not in the file
            begins, at, author = ends, date + time, by
        for start, ends, moment in (*_in_order(doubtful, at, "9"), (len(piece), 0, "")):
            if begins >= 0:
                yield from odd(piece[begins:start], at, author, f"{where}{number}")
                number += 1
            elif not number and piece[:start].strip():
                yield BadElement(0, "NoHead")
            begins, at, author = (ends, moment, None) if ends else (-1, at, None)
    told.latest[chat.member] = keys.newest
    if not number:
        raise Broken("empty" if not at else "not a chat")


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
