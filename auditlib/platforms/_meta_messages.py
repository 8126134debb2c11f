"""Message threads of Facebook and Instagram: `messages/<box>/<thread>/message_N.json`, newest message first.

Messages are most of a big export, so they are decoded into typed structs and repaired field by field. Who takes part is known
only after all files of a thread were looked at (`participants` lists present members), hence the first pass over the senders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from zlib import crc32

import msgspec

from auditlib.dates import from_millis
from auditlib.platforms._meta import is_link, plain_name
from auditlib.platforms._meta_threads import MessageReader, Talk, enter
from auditlib.reading import Each, NotKnown
from auditlib.records import Item, Media, Quoted, Record
from auditlib.text import repair

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
_TOLD = (".", " ", *_LIKED)  # how words end that may be the platform's
_EVENT_TYPES = {"Call", "Subscribe", "Unsubscribe"}


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


class PageMessage(Message, gc=False):
    """One message of a web page: its text is as it should be, its time has no zone."""

    at: str | None = None


def message(m: Message, a: MessageReader) -> tuple[Record, ...]:
    """One message, with the connection before a thread's first one."""
    member = a.member
    if a.talk_member != member:
        a.note_oldest()
        return (*enter(a), *message(m, a))
    talk, raw, moment = a.talk, m.sender_name, m.timestamp_ms
    assert talk is not None
    person = talk.people.get(raw)
    if person is None:
        person = _person(m, talk, a)
    name, author = person
    text = m.content or ""
    if type(m) is PageMessage:
        moment = at = m.at  # type: ignore[assignment]
    else:
        if not text.isascii():
            text = repair(text)
        at = from_millis(moment)
    if at is not None:
        if at > talk.newest:
            talk.newest = at
            if a.newest_message is None or at > a.newest_message:
                a.newest_message = at
        talk.last = at
    said, rich = text, None
    if m.share is not None or m.photos or m.videos or m.audio_files or m.gifs or m.files or m.sticker:
        rich = _rich(m, a)
        if rich.parts:
            said = "\x1f".join((text, *rich.parts))
    # not the sender: names are those of the day of the export, "Facebook user" once an account is gone
    key = f"{talk.key}{moment}:{crc32(said.encode()):x}"
    where = f"{member}#{a.position}"
    before = talk.told.setdefault(key, where)
    if before is not where:
        base = key
        talk.here[base] = number = talk.here.get(base, before.startswith(f"{member}#")) + 1
        if number <= talk.repeats.get(base, 1):
            return ()  # the same message in a second file
        talk.repeats[base] = number
        key = f"{base}.{number}"
    if m.type in _EVENT_TYPES or m.call_duration is not None or m.users or text.endswith(_TOLD):
        first = (name or "").split(" ", 1)[0]
        if text in _YOU_ATTACHED or (text.endswith(_ATTACHED) and first and text.startswith(first)):
            if rich is not None and (rich.media or rich.links or rich.quoted):
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
    if rich is not None:
        item = msgspec.structs.replace(item, media=rich.media, links=rich.links, quoted=rich.quoted)
    if m.is_unsent is True:
        item = msgspec.structs.replace(item, deleted=True, state="binned")
    return (item,)


def _person(m: Message, talk: Talk, a: MessageReader) -> tuple[str | None, Any]:
    """The sender's name and whether that is the person; told once for each name of a thread."""
    raw = m.sender_name
    if raw is None and m.timestamp_ms is None and type(m) is Message:  # no message at all
        raise ValueError if a.member in talk.filled else NotKnown("no messages are in it: look at it by hand")
    name = repair(raw) if raw else raw
    who: Any = None if name is None else "me" if plain_name(name) in a.own else talk.other
    person = name or None, who
    if raw is not None:
        talk.people[raw] = person
    return person


class Rich(NamedTuple):
    """What hangs on a message, and the addresses that tell it from others of the same words."""

    media: tuple[Media, ...]
    links: tuple[str, ...]
    quoted: Quoted | None
    parts: tuple[str, ...]


def _rich(m: Message, a: MessageReader) -> Rich:
    media = _media(m, a)
    links: tuple[str, ...] = ()
    quoted = None
    if (share := m.share) is not None:
        links = (link,) if share.link and is_link(link := repair(share.link)) else ()
        owner = share.original_content_owner or share.profile_share_username
        words = share.share_text or share.profile_share_name
        if words or owner:
            quoted = Quoted(None, repair(owner) if owner else None, repair(words) if words else None)
    return Rich(media, links, quoted, (*(p.uri or "" for p in _attached(m)), *links))


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


MESSAGES = Each(message, Message, under=("messages",))
