"""Message threads of Facebook and Instagram: `messages/<box>/<thread>/message_N.json`, newest message first.

Messages are most of a big export, so they are decoded into typed structs and repaired field by field. Who takes part is known
only after all files of a thread were looked at (`participants` lists present members), hence the first pass over the senders.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from zlib import crc32

import msgspec

from auditlib.archive import READ_ERRORS
from auditlib.dates import from_millis
from auditlib.jsonstream import UNDECODABLE, Broken, header
from auditlib.platforms._meta import is_link, plain_name
from auditlib.platforms._meta_reader import Reader
from auditlib.reading import Each, NotKnown
from auditlib.records import Conversation, Item, Media, Quoted, Record
from auditlib.text import repair

BOXES = "inbox|archived_threads|filtered_threads|message_requests|legacy_threads|e2ee_cutover"
THREADS = r"message(?:_\d+)?\.json$"  # without a number in 2018
SPAM = ("message_requests", "filtered_threads")
_HEADS = 500  # threads whose first bytes are looked at to find out who the person is
_PARTICIPANTS = re.compile(rb'"participants"\s*:\s*(\[[^\]]*\])')
_NUMBERED = re.compile(THREADS)
# Long numbers (since about 2020) or ten letters and digits: stable when a person or group is renamed.
_THREAD_ID = re.compile(r"_(\d{6,}|[A-Za-z0-9-]{10})$")
_END_TO_END = "messages from the separate end-to-end encrypted download, which this version does not read yet"
_NOBODY = {  # deleted accounts
    "facebook user", "instagram user", "facebook-nutzer", "utilisateur facebook", "usuario de facebook", "facebookgebruiker",
}  # fmt: skip
# Pseudo messages stand in `content` in the account's language. Only whole matches count: own words must not be lost.
_ATTACHED = (
    " sent an attachment.", " sent a photo.", " sent a video.", " sent a link.", " sent a voice message.", " sent a GIF.",
    " sent a sticker.", " sent a location.", " hat einen Anhang gesendet.", " a envoyé une pièce jointe.",
    " envió un archivo adjunto.", " ha inviato un allegato.", " enviou um anexo.", " heeft een bijlage verzonden.",
)  # fmt: skip
_YOU_ATTACHED = {
    *(f"You{end}" for end in _ATTACHED[:8]), "Du hast einen Anhang gesendet.", "Vous avez envoyé une pièce jointe.",
    "Enviaste un archivo adjunto.", "Hai inviato un allegato.", "Enviaste um anexo.", "Je hebt een bijlage verzonden.",
}  # fmt: skip
_EVENT = re.compile(
    r".{1,80}? (?:called (?:you|.{1,60})|missed (?:your|a) .{0,20}(?:call|chat).{0,80}"
    r"|(?:started|joined|ended) (?:a|the|an) .{0,20}(?:call|chat)"
    r"|(?:named|left|created|joined) (?:the|this) (?:group|chat).{0,120}|(?:added|removed) .{1,120} (?:to|from) the group"
    r"|changed the .{0,20}(?:photo|theme|color|colour|emoji|reaction|picture).{0,60}"
    r"|set (?:the|your|his|her|their|own|\w+'s) .{0,40}(?:nickname|emoji|reaction).{0,120}|cleared .{0,60}nickname.{0,60}"
    r"|(?:un)?pinned a message|unsent a message|turned (?:on|off) .{1,60}|is now connected .{0,80}|waved at (?:you|.{1,60}))\.?"
    r"|(?:The|Video|Audio) .{0,20}(?:call|chat) (?:has )?(?:ended|started)\.?|You are now connected on Messenger\.?"
)
_REACTED = re.compile(r"[^\W\d_][^.!?\n]{0,40}[\u2190-\U0010ffff]\S* [^.!?\n]{3,45} ")
_LIKED = {"Liked a message", "Liked your message", "Gefällt eine Nachricht", "A aimé un message", "Le gustó un mensaje"}
_EVENT_TYPES = {"Call", "Subscribe", "Unsubscribe"}


class Sender(msgspec.Struct, gc=False):
    """What the first pass needs of a message; `senderName` is the end-to-end download's spelling."""

    sender_name: str | None = None
    senderName: str | None = None


class Attached(msgspec.Struct, gc=False):
    uri: str | None = None


class Share(msgspec.Struct, gc=False):
    link: str | None = None
    share_text: str | None = None
    original_content_owner: str | None = None
    profile_share_username: str | None = None
    profile_share_name: str | None = None


class Message(msgspec.Struct, gc=False):
    """One message as exported."""

    sender_name: str | None = None
    timestamp_ms: int | float | None = None
    content: str | None = None
    photos: tuple[Attached, ...] | None = None
    videos: tuple[Attached, ...] | None = None
    audio_files: tuple[Attached, ...] | None = None
    gifs: tuple[Attached, ...] | None = None
    files: tuple[Attached, ...] | None = None
    sticker: Attached | None = None
    share: Share | None = None
    call_duration: int | float | None = None
    users: Any = None
    is_unsent: bool | None = None
    type: str | None = None


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


class MessageReader(Reader):
    """A reader with message threads."""

    in_chats = False  # whether a name of the person's own takes part in any thread

    def begin(self) -> None:
        """Also: which files make up each thread."""
        self.talk: Talk | None = None
        self.talk_member = ""
        self.kept: dict[str, Talk] = {}
        self.newest_message: str | None = None
        self.threads: dict[str, list[str]] = {}
        for path in self.members:
            if _NUMBERED.match(path.rpartition("/")[2]):
                self.threads.setdefault(path.rpartition("/")[0], []).append(path)
        self.thread_ids = Counter(_thread_id(folder.rsplit("/", 1)[-1]) for folder in self.threads)
        super().begin()

    def settle(self) -> None:
        """Who of the participants the person is; where no name fits, the one who takes part in every thread."""
        heads = []
        for files in list(self.threads.values())[:_HEADS]:
            found = _PARTICIPANTS.search(self.tree.head(files[0], 1 << 14))
            try:
                listed = msgspec.json.decode(found[1]) if found else []
            except UNDECODABLE:
                continue
            names = {plain_name(repair(n)): repair(n) for n in map(_name, listed) if n is not None}
            if names:
                heads.append(names)
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
            self.warnings.append(
                "The archive does not say which of the people in your chats you are, so no message could be told to be yours."
            )
        super().settle()

    def note_oldest(self) -> None:
        """Let the last message of the file just read count for the range of dates."""
        if self.talk is not None:
            self.seen(self.talk.last)

    def handle_of(self, folder: str) -> str | None:
        """The counterpart's user name as the folder of a one-to-one thread holds it; None where it holds none."""
        return None


def _thread_id(stem: str) -> str:
    return m[1] if (m := _THREAD_ID.search(stem)) else stem


def _name(participant: Any) -> str | None:
    name = participant.get("name") if isinstance(participant, dict) else participant
    return name if isinstance(name, str) else None


def _enter(a: MessageReader) -> Iterator[Record]:
    """Set `a.talk` for the member being read; yields the connection when the thread is one to one and new."""
    folder, _, file = a.member.rpartition("/")
    if not _NUMBERED.match(file):  # groups/your_group_messages/<id>.json: a file is a thread
        folder = a.member.removesuffix(".json")
    if a.talk is not None and a.talk.folder == folder:
        a.talk_member = a.member
        a.talk.here = {}
        return
    names: dict[str, None] = {}
    senders: dict[str, None] = {}
    title, heads, group = "", [a.head], "/your_group_messages/" in a.member
    for path in a.threads.get(folder, ()):
        if path != a.member:
            head: dict[str, Any] = {}
            try:
                with a.tree.open(path) as stream:
                    header(stream, ("messages",), Sender, head)
            except (Broken, *READ_ERRORS):
                pass  # told when its turn comes
            heads.append(head)
    for head in heads:
        participants = head.get("participants")
        listed = participants if isinstance(participants, list) else []
        messages = head.get("messages")
        wrote = [m for m in messages if isinstance(m, Sender)] if isinstance(messages, list) else []
        plain = listed and all(isinstance(p, str) for p in listed)  # in 2018 here as well
        if any(m.senderName for m in wrote) or (plain and not any(m.sender_name for m in wrote)):
            raise NotKnown(_END_TO_END)
        names.update(dict.fromkeys(repair(n) for n in map(_name, listed) if n is not None))
        senders.update(dict.fromkeys(repair(n) for n in dict.fromkeys(m.sender_name for m in wrote) if n))
        title = title or next((repair(t) for k in ("title", "thread_name") if isinstance(t := head.get(k), str)), "")
        group = group or head.get("thread_type") == "RegularGroup"
    mine = any(plain_name(s) in a.own for s in senders)
    names.update(senders)
    others = [n for n in names if plain_name(n) not in a.own]
    group = group or len(names) > 2
    stem = folder.rsplit("/", 1)[-1] or a.tree.name.rpartition(".")[0]
    identifier = _thread_id(stem)
    if not group and len(others) == 1:
        title = title or others[0]
    kept = a.kept.get(identifier)
    a.talk = Talk(a, folder, identifier, Conversation(identifier, title or None, tuple(names), group))
    a.talk_member = a.member
    if kept is not None:  # the same thread in two boxes: what was told before is not told twice
        a.talk.told, a.talk.repeats = kept.told, kept.repeats
    if a.thread_ids[identifier] > 1:
        a.kept[identifier] = a.talk
    asked = any(f"/{box}/" in f"/{folder}/" for box in SPAM)
    if not group and len(others) == 1 and len(names) == 2 and (mine or not asked):
        handle = a.handle_of(stem)
        name = others[0] or None
        if handle or (name and plain_name(name) not in _NOBODY):
            yield from a.connection("messaged", name, handle, None)


def message(m: Message, a: MessageReader) -> tuple[Record, ...]:
    """One message, with the connection before a thread's first one."""
    member = a.member
    if a.talk_member != member:
        a.note_oldest()
        return (*_enter(a), *message(m, a))
    talk, raw, moment = a.talk, m.sender_name, m.timestamp_ms
    assert talk is not None
    person = talk.people.get(raw)
    if person is None:
        if raw is None and moment is None:  # no message at all
            raise _nothing(a)
        name = repair(raw) if raw else raw
        who: Any = None if name is None else "me" if plain_name(name) in a.own else talk.other
        person = name or None, who
        if raw is not None:
            talk.people[raw] = person
    name, author = person
    text = m.content or ""
    if not text.isascii():
        text = repair(text)
    at = from_millis(moment)
    if at is not None:
        if at > talk.newest:
            talk.newest = at
            a.newest_message = max(a.newest_message or at, at)
        talk.last = at
    media: tuple[Media, ...] = ()
    links: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    quoted = None
    if m.photos or m.videos or m.audio_files or m.gifs or m.files or m.sticker:
        media = _media(m, a)
        parts = tuple(p.uri or "" for p in _attached(m))
    if (share := m.share) is not None:
        links = (link,) if share.link and is_link(link := repair(share.link)) else ()
        owner = share.original_content_owner or share.profile_share_username
        words = share.share_text or share.profile_share_name
        if words or owner:
            quoted = Quoted(None, repair(owner) if owner else None, repair(words) if words else None)
    said = "\x1f".join((text, *parts, *links)) if parts or links else text
    # not the sender: names are those of the day of the export, "Facebook user" once an account is gone
    key = base = f"{talk.key}{moment}:{crc32(said.encode()):x}"
    where = f"{member}#{a.position}"
    before = talk.told.setdefault(base, where)
    if before is not where:
        talk.here[base] = number = talk.here.get(base, before.startswith(f"{member}#")) + 1
        if number <= talk.repeats.get(base, 1):
            return ()  # the same message in a second file
        talk.repeats[base] = number
        key = f"{base}.{number}"
    last = text[-1:]
    if last in (".", " ") or m.type in _EVENT_TYPES or m.call_duration is not None or m.users or text in _LIKED:
        first = (name or "").split(" ", 1)[0]
        if text in _YOU_ATTACHED or (text.endswith(_ATTACHED) and first and text.startswith(first)):
            if media or links or quoted:
                text = ""  # the platform's words for what is attached
            else:
                author = "system"
        elif _is_event(m, text, first):
            author = "system"
    # At most 15 keywords in one call: Python passes more of them in a dictionary, at five times the cost.
    item = Item(
        platform=a.platform,
        account=a.account,
        where=where,
        kind="message",
        key=key,
        id=None,
        at=at,
        text=text,
        author=author,
        author_name=name,
        audience=talk.audience,
        conversation=talk.conversation,
    )
    if media or links or quoted:
        item = msgspec.structs.replace(item, media=media, links=links, quoted=quoted)
    if m.is_unsent is True:
        item = msgspec.structs.replace(item, deleted=True, state="binned")
    return (item,)


def _nothing(a: MessageReader) -> Exception:
    """What to say of an object that is no message: the whole file may be none, or one entry is damaged."""
    return ValueError() if a.head.get("messages") else NotKnown("no messages are in it: look at it by hand")


def _is_event(m: Message, text: str, first: str) -> bool:
    """Whether the platform, not the sender (of that first name), put these words there."""
    if m.type in _EVENT_TYPES or m.call_duration is not None or (m.users and m.type != "Generic") or text in _LIKED:
        return True
    if text.endswith(" "):  # people's own messages are trimmed
        return _REACTED.fullmatch(text) is not None
    begins = text.startswith(("You ", "The ", "Video ", "Audio ")) or bool(first and text.startswith(first))
    return begins and _EVENT.fullmatch(text) is not None


def _attached(m: Message) -> Iterator[Attached]:
    for some in (m.photos, m.videos, m.audio_files, m.gifs, m.files):
        yield from some or ()
    if m.sticker is not None:
        yield m.sticker


def _media(m: Message, a: MessageReader) -> tuple[Media, ...]:
    kinds = (("photo", m.photos), ("video", m.videos), ("audio", m.audio_files), ("gif", m.gifs), ("file", m.files))
    made = [Media(a.file(repair(p.uri)) if p.uri else None, kind) for kind, some in kinds for p in some or ()]
    if m.sticker is not None:
        made.append(Media(a.file(repair(m.sticker.uri)) if m.sticker.uri else None, "sticker"))
    return tuple(made)


MESSAGES = Each(message, Message, under=("messages",), head=Sender)
