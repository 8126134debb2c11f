"""Message threads of Facebook, Instagram and Messenger: which files make one up, who takes part, who of them the person is.

`participants` lists present members only, so everybody who wrote is added: a first pass over the senders.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any

import msgspec

from auditlib.archive import READ_ERRORS
from auditlib.jsonstream import UNDECODABLE, Broken, header
from auditlib.platforms._meta import plain_name
from auditlib.platforms._meta_blocks import Block, Line
from auditlib.platforms._meta_pages import Pages, front, headings, is_people, marked_headings, records
from auditlib.platforms._meta_reader import Reader
from auditlib.records import Conversation, Question, Record
from auditlib.text import digest, repair

BOXES = "inbox|archived_threads|filtered_threads|message_requests|legacy_threads|e2ee_cutover"
THREADS = r"message(?:_\d+)?\.json$"  # without a number in 2018
THREAD_PAGES = r"message(?:_\d+)?\.html?$"
SPAM = ("message_requests", "filtered_threads")
_OFFERED = 20  # names to choose from
_HEADS = 500  # threads whose first bytes are looked at to find out who the person is
_PARTICIPANTS = re.compile(rb'"participants"\s*:\s*(\[[^\]]*\])')
_NUMBERED = re.compile(r"message(?:_\d+)?\.(?:json|html?)$")
# Long numbers (since about 2020) or ten letters and digits: stable when a person or group is renamed.
_THREAD_ID = re.compile(r"_(\d{6,}|[A-Za-z0-9-]{10})$")
_TITLES = ("title", "threadName", "thread_name")
_NOBODY = {  # deleted accounts
    "facebook user", "instagram user", "facebook-nutzer", "utilisateur facebook", "usuario de facebook", "facebookgebruiker",
}  # fmt: skip


# Flat files `<Thread name>_<N>.json` in the end-to-end download; a person may have unpacked it into the export itself.
SEALED_FILE = re.compile(r"(?:^|/)(?:messages/)?[^/]+\.json$", re.IGNORECASE)
_SEALED = re.compile(rb'"participants"\s*:\s*\[\s*(?:"|\]).*"(?:threadName|senderName|messages)"\s*:', re.DOTALL)


def is_sealed(head: bytes) -> bool:
    """Whether a file begins as those of Messenger's end-to-end download do: names as plain text, and its own key names."""
    found = _SEALED.search(head)
    return found is not None and re.search(rb'"(?:threadName|senderName)"\s*:', head) is not None


class Sender(msgspec.Struct, gc=False):
    """What the first pass needs of a message; `senderName` is the end-to-end download's spelling."""

    sender_name: str | None = None
    senderName: str | None = None


class Talk:
    """The thread whose messages are being read."""

    def __init__(self, a: MessageReader, folder: str, identifier: str, talk: Conversation) -> None:
        self.folder, self.conversation = folder, talk
        self.key = f"{a.prefix}message:{identifier}:"
        self.audience: Any = "group" if talk.group else "direct"
        self.people: dict[str | None, tuple[str | None, Any]] = {}
        self.told: dict[str, str] = {}  # key -> where it was read
        self.repeats: dict[str, int] = {}  # key -> how often it was told
        self.here: dict[str, int] = {}  # the same in the file being read
        known = a.in_chats or bool(a.own & {plain_name(p) for p in talk.participants})
        self.other: Any = "other" if known else None
        self.newest = ""
        self.last: str | None = None  # files begin with their newest message
        self.filled: set[str] = set()  # files that hold messages


class MessageReader(Reader):
    """A reader with message threads."""

    chats = "chats"  # what they are called in a question
    in_chats = False  # whether a name of the person's own takes part in any thread
    sealed_way: Any = None  # how files of Messenger's end-to-end download are read where they lie in the export

    def begin(self) -> None:
        """Also: which files make up each thread."""
        self.talk: Talk | None = None
        self.talk_member = ""
        self.kept: dict[str, Talk] = {}
        self.newest_message: str | None = None
        self.threads: dict[str, list[str]] = {}
        self.sealed: list[str] = []
        self.joining: dict[frozenset[str], str] = {}  # who takes part -> thread up to the switch to encryption
        super().begin()
        if self.sealed_way is not None:
            self.sealed = [m for m in self.members if SEALED_FILE.search(m) and is_sealed(self.head_of(m))]
            self.ways |= dict.fromkeys(self.sealed, self.sealed_way)
        for path in self.members:
            if _NUMBERED.match(path.rpartition("/")[2]) and path not in self.ways:
                self.threads.setdefault(path.rpartition("/")[0], []).append(path)
        self.thread_ids = Counter(self.thread_id(folder) for folder in self.threads)
        for folder, files in self.threads.items() if self.sealed else ():
            if "/e2ee_cutover/" in f"/{folder}/":
                self.joining[frozenset(map(plain_name, self.takes_part(files[0])))] = self.thread_id(folder)

    def settle(self) -> None:
        """Who of the participants the person is; where no name fits, the one who takes part in every thread."""
        heads = []
        for file in [*(files[0] for files in self.threads.values()), *self.sealed, *self.loose()][:_HEADS]:
            if people := self.takes_part(file):
                heads.append({plain_name(n): n for n in people})
        self.in_chats = any(self.own & n.keys() for n in heads)
        pairs = [n for n in heads if len(n) == 2]  # groups the person has left do not list them
        common = set.intersection(*(set(n) for n in (pairs if len(pairs) > 1 else heads))) if len(heads) > 1 else set()
        if not self.in_chats and len(common) == 1 and not self.me:
            name = common.pop()
            self.own.add(name)
            self.in_chats = True
            self.display = self.display or next(n[name] for n in heads if name in n)
            self.account = self.account or self.display or None
            self.warnings.append(
                "The archive does not say which of the people in your chats you are: "
                "the one name that is in all of them was taken as yours."
            )
        elif heads and not self.in_chats:
            self.not_known(heads)
        super().settle()

    def not_known(self, heads: list[dict[str, str]]) -> None:
        """Say that nobody in the chats could be told to be the person, and ask, offering those who are in the most chats.

        `heads` is who takes part in each, by plain name.
        """
        self.warnings.append(
            "The archive does not say which of the people in your chats you are, so no message could be told to be yours."
        )
        if self.own and all(len(people) < 2 for people in heads):
            return  # the profile says who the person is, and in these chats only others have spoken
        seen: Counter[str] = Counter(name for people in heads for name in people)
        shown = {plain: name for people in reversed(heads) for plain, name in people.items()}
        options = tuple((shown[plain], shown[plain]) for plain, _ in seen.most_common(_OFFERED))
        text = f"Which of these people in your {self.chats} are you?"
        self.questions.append(Question(id=f"{self.platform}.owner", text=text, options=options))

    def loose(self) -> list[str]:
        """Files that are a thread each, without a folder of their own."""
        return []

    def takes_part(self, member: str) -> list[str]:
        """The names that the beginning of a thread's file gives, without those who wrote and are not listed."""
        if not member.lower().endswith(".json"):
            head = self.page_head(member)
            return list(front(head).people or dict.fromkeys(b.heading for b in first_blocks(head, self) if b.heading))
        found = _PARTICIPANTS.search(self.head_of(member, 1 << 14))
        try:
            listed = msgspec.json.decode(found[1]) if found else []
        except UNDECODABLE:
            return []
        return [repair(n) for n in map(_name, listed) if n is not None]

    def thread_id(self, folder: str) -> str:
        """What tells a thread from others, by the path of its folder or of its one file without ending."""
        return _thread_id(folder.rsplit("/", 1)[-1] or self.tree.name.rpartition(".")[0])

    def joined_id(self, folder: str, names: Iterable[str]) -> str | None:
        """The id of a thread of the end-to-end download: that of the same people's thread before, else what stands for them."""
        if self.member not in self.sealed:
            return None
        people = frozenset(map(plain_name, names))
        return self.joining.get(people) or digest(*sorted(people), *((_numberless(folder),) if len(people) > 2 else ()))

    def note_oldest(self) -> None:
        """Let the last message of the file just read count for the range of dates."""
        if self.talk is not None:
            self.seen(self.talk.last)

    def handle_of(self, folder: str) -> str | None:
        """The counterpart's user name as the folder of a one-to-one thread holds it; None where it holds none."""
        return None


def _numberless(folder: str) -> str:
    """The name of a file of the end-to-end download without its number."""
    return re.sub(r"_\d+$", "", folder.rsplit("/", 1)[-1])


def _thread_id(stem: str) -> str:
    return m[1] if (m := _THREAD_ID.search(stem)) else stem


def _name(participant: Any) -> str | None:
    name = participant.get("name") if isinstance(participant, dict) else participant
    return name if isinstance(name, str) else None


def enter(a: MessageReader) -> Iterator[Record]:
    """Set `a.talk` for the member being read; yields the connection when the thread is one to one and new."""
    folder, _, file = a.member.rpartition("/")
    if not _NUMBERED.match(file):  # groups/your_group_messages/<id>.json: a file is a thread
        folder = a.member.rpartition(".")[0]
    if a.talk is not None and a.talk.folder == folder:
        a.talk_member = a.member
        a.talk.here = {}
        return
    names: dict[str, None] = {}
    senders: dict[str, None] = {}
    title, group = "", "/your_group_messages/" in a.member
    filled: set[str] = set()
    for path, head in _heads(a, folder):
        participants = head.get("participants")
        listed = participants if isinstance(participants, list) else []
        messages = head.get("messages")
        wrote = messages if isinstance(messages, list) and messages and isinstance(messages[0], Sender) else []
        if messages:
            filled.add(path)
        names.update(dict.fromkeys(repair(n) for n in map(_name, listed) if n is not None))
        senders.update(dict.fromkeys(repair(n) for n in dict.fromkeys([m.sender_name or m.senderName for m in wrote]) if n))
        title = title or next((repair(t) for k in _TITLES if isinstance(t := head.get(k), str)), "")
        group = group or head.get("thread_type") == "RegularGroup"
    if a.member in a.sealed and (number := re.search(r"_\d+$", folder)) and title.endswith(number[0]):
        title = _numberless(title)
    mine = any(plain_name(s) in a.own for s in senders)
    names.update(senders)
    others = [n for n in names if plain_name(n) not in a.own]
    group = group or len(names) > 2
    identifier = a.joined_id(folder, names) or a.thread_id(folder)
    if not group and len(others) == 1:
        title = title or others[0]
    kept = a.kept.get(identifier)
    a.talk = Talk(a, folder, identifier, Conversation(identifier, title or None, tuple(names), group))
    a.talk.filled = filled
    a.talk_member = a.member
    if kept is not None:  # the same thread in two boxes: what was told before is not told twice
        a.talk.told, a.talk.repeats = kept.told, kept.repeats
    if a.thread_ids[identifier] > 1 or identifier in a.joining.values() or a.member in a.sealed:
        a.kept[identifier] = a.talk
    asked = any(f"/{box}/" in f"/{folder}/" for box in SPAM)
    if not group and len(others) == 1 and len(names) == 2 and (mine or not asked):
        handle = a.handle_of(folder.rsplit("/", 1)[-1] or a.tree.name.rpartition(".")[0])
        name = others[0] or None
        if handle or (name and plain_name(name) not in _NOBODY):
            yield from a.connection("messaged", name, handle, None)


def _heads(a: MessageReader, folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The files of a thread, what they say of it and who wrote in them; the file being read is among `threads` or alone."""
    for path in [*a.threads.get(folder, ()), *([a.member] if a.member not in a.threads.get(folder, ()) else ())]:
        if not path.lower().endswith(".json"):
            yield path, page_head(a, path)
        else:
            head: dict[str, Any] = {}
            with suppress(Broken, *READ_ERRORS), a.tree.open(path) as stream:  # told when its turn comes
                header(stream, ("messages",), Sender, head)
            yield path, head


def page_head(a: MessageReader, path: str) -> dict[str, Any]:
    """The same of a web page."""
    before = front(a.page_head(path))
    senders: dict[str, None] = {}
    quick = None
    with suppress(*READ_ERRORS), a.tree.open(path) as stream:
        quick = marked_headings(stream)
    senders.update(dict.fromkeys(quick or ()))
    if quick is None:
        with suppress(Broken, *READ_ERRORS), a.tree.open(path) as stream:
            senders.update(dict.fromkeys(headings(Pages(stream), a.day_first)))
    wrote = [Sender(sender_name=name) for name in senders if name and not is_people(name)]
    listed = list(before.people)
    named = any(plain_name(n) == plain_name(before.title) for n in (*listed, *senders))
    title = before.title if named or len({*listed, *senders}) > 2 else ""
    return {"participants": listed, "messages": wrote, "title": title or None}


def first_blocks(head: bytes, a: MessageReader) -> Iterator[Block]:
    """The entries in the beginning of a page of messages."""
    with suppress(Broken):
        for found in records(Pages(BytesIO(head)), day_first=a.day_first):
            yield found._replace(heading=sender_of(found)[0])


def sender_of(found: Block) -> tuple[str, tuple[Line, ...]]:
    """Who wrote a message of a web page, and its lines: where no heading is marked the first line is the name."""
    if found.heading or not found.lines:
        return found.heading, found.lines
    return found.lines[0].text, found.lines[1:]
