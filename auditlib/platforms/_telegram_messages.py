"""Telegram's messages as records: words, what was sent along, forwarded words of others, reactions, service lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import UNSET

from auditlib.dates import from_iso, from_seconds
from auditlib.platforms._telegram_json import Found, Message, joined, links_of, peer
from auditlib.records import Audience, Conversation, Item, Media, Place, Quoted, Record, ReplyTo
from auditlib.text import digest

NAME = "telegram"
_ALONE = ("personal_chat", "bot_chat")
_GROUPS = ("private_group", "private_supergroup", "public_supergroup", "private_channel", "public_channel")
_AUDIENCES: dict[str, Audience] = {
    "saved_messages": "private", "public_supergroup": "public", "public_channel": "public", "personal_chat": "direct",
    "bot_chat": "direct", "verification_codes": "direct", "replies": "direct", "private_group": "group",
    "private_supergroup": "group", "private_channel": "group",
}  # fmt: skip
_MEDIA = {
    "sticker": "sticker", "video_message": "video", "voice_message": "audio", "animation": "gif", "video_file": "video",
    "audio_file": "audio",
}  # fmt: skip


def text_of(value: Any) -> str | None:
    """A non-empty text or number as text."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) and value != "" else None


def moment(record: Any, key: str = "date") -> str | None:
    """When: `date_unixtime` (since June 2022) is exact; `date` is the exporting computer's clock, without a zone."""
    if isinstance(record, dict):
        exact, local = record.get(f"{key}_unixtime"), record.get(key)
    else:
        exact, local = record.date_unixtime, record.date
    return from_seconds(exact) or from_iso(local if isinstance(local, str) else None)


class Chat:
    """One chat: what its messages have in common."""

    def __init__(self, found: Found, account: str | None, me: str | None, names: frozenset[str]) -> None:
        head, people = found.head, found.people
        self.type = str(head.get("type") or "")
        number = head.get("id")
        title = text_of(head.get("name"))
        self.me, self.names, self.account = me, names, account
        self.peer = f"user{number}" if self.type in _ALONE and number is not None else None
        known = (*_ALONE, *_GROUPS, *_AUDIENCES)
        self.group = self.type in _GROUPS or (self.type not in known and len(people) > 2)
        kind = "user" if self.type in _ALONE else "saved" if self.type == "saved_messages" else "chat"
        if "supergroup" in self.type or "channel" in self.type:  # numbered apart from the small groups
            kind = "channel"
        # without an id (old single exports of deleted people) the name, else whoever wrote in it
        self.id = f"{kind}{number}" if number is not None else digest(title or "", *([] if title else sorted(people)))
        if self.type == "saved_messages":
            title = title or "Saved messages"
        self.number = str(number) if number is not None else None
        self.talk = Conversation(self.number or self.id, title, tuple(name or who for who, name in people.items()), self.group)
        self.audience: Audience = _AUDIENCES.get(self.type, "group" if self.group else "direct")
        self.repeats: dict[str, int] = {}
        self.members = "supergroup" in self.type or "channel" in self.type  # whether its members can open an address
        self._authors: dict[Any, tuple[Any, str | None]] = {}

    def author(self, message: Message) -> tuple[Any, str | None]:
        """me, other, or None where the export does not say (a channel's own posts without a signature); the name to show."""
        who, name, signed = message.sender_id, message.sender, message.author
        known = (who, name, signed)
        if type(name) is str and type(who) is str and signed is None and len(self._authors) < 10_000:
            if known not in self._authors:
                self._authors[known] = self._author(who, name, signed)
            return self._authors[known]
        return self._author(who, name, signed)

    def _author(self, sender: Any, name: Any, signed: Any) -> tuple[Any, str | None]:
        who = peer(sender)
        of_a_chat = who is not None and not who.startswith("user")
        shown = (text_of(signed) if of_a_chat else None) or text_of(name)
        if who and not of_a_chat and self.me:
            return "me" if who == self.me else "other", shown
        name = signed if of_a_chat else name
        if isinstance(name, str) and self.names:
            return "me" if " ".join(name.casefold().split()) in self.names else "other", shown
        return None, shown

    def key(self, message: Message) -> str:
        """Chat and number of a message; where it has no number a digest of what it holds, counted."""
        if message.id is not None:
            return f"{NAME}:{self.id}:{message.id}"
        words = digest(str(message.date_unixtime or message.date), str(message.sender), joined(message.text))
        self.repeats[words] = number = self.repeats.get(words, 0) + 1
        return f"{NAME}:{self.id}:{words}" + (f"-{number}" if number > 1 else "")

    def url(self, message: Message) -> str | None:
        """The address that opens a message of a supergroup or channel for its members; other chats have none."""
        if self.members and self.number and message.id is not None:
            return f"https://t.me/c/{self.number}/{message.id}"
        return None


def message(m: Message, chat: Chat, a: Any) -> Iterator[Record]:
    """One message with the person's own reactions to it."""
    if m.type == "service":
        yield _service(m, chat, a)
        return
    more: dict[str, Any] = {}
    text = m.text if type(m.text) is str and m.text else joined(m.text) or joined(m.text_entities)
    if m.poll is not None or m.todo_list is not None:
        for listed in (m.poll, m.todo_list):
            if isinstance(listed, dict):
                text = "\n".join(filter(None, (text, _poll(listed))))
    if text and (links := links_of(m.text if isinstance(m.text, list) else m.text_entities)):
        more["links"] = links
    origin = m.forwarded_from if m.forwarded_from is not UNSET else m.saved_from
    if origin is not UNSET:  # somebody else's words; null when that account is deleted
        more["quoted"] = Quoted(None, text_of(origin), text or None)
    if m.photo is not None or m.file is not None or m.contact_information is not None or m.type != "message":
        more["media"] = _media(m, a)
    if m.location_information is not None:
        more["place"] = _place(m)
    if m.reply_to_message_id is not None:
        more["reply_to"] = ReplyTo(str(m.reply_to_message_id), None, None)
    key, at = chat.key(m), moment(m)
    author, name = chat.author(m)
    yield Item(
        platform=NAME, account=chat.account, where=a.where, kind="message", key=key, id=text_of(m.id), at=at, text=text,
        author=author, author_name=name, audience=chat.audience, conversation=chat.talk,
        url=chat.url(m), **more,
    )  # fmt: skip
    for reaction in m.reactions if isinstance(m.reactions, list) else ():
        yield from _reactions(reaction, m, text, key, chat, a)


def _reactions(reaction: Any, m: Message, text: str, key: str, chat: Chat, a: Any) -> Iterator[Record]:
    """What the person put under a message; only the latest few reactions carry names (since September 2024)."""
    recent = reaction.get("recent") if isinstance(reaction, dict) else None
    for one in recent if isinstance(recent, list) else ():
        if not (isinstance(one, dict) and chat.me and peer(one.get("from_id")) == chat.me):
            continue
        emoji = text_of(reaction.get("emoji")) or text_of(reaction.get("type")) or ""
        yield Item(
            platform=NAME, account=chat.account, where=a.where, kind="reaction", key=f"{key}:reaction:{digest(emoji)}",
            id=text_of(m.id), at=moment(one), text=emoji, author="me", author_name=text_of(one.get("from")),
            audience=chat.audience, quoted=Quoted(text_of(m.id), text_of(m.sender), text or None), conversation=chat.talk,
        )  # fmt: skip


def _service(m: Message, chat: Chat, a: Any) -> Item:
    """A line such as "create group": who did what, as the export calls it."""
    words = [text_of(m.actor) or "Deleted account", str(m.action or "").replace("_", " ")]
    members = [n for n in m.members if isinstance(n, str)] if isinstance(m.members, list) else []
    more = [f"\u201c{m.title}\u201d"] if isinstance(m.title, str) and m.title else []
    text = " ".join(filter(None, [*words, *more, ", ".join(members)]))
    return Item(
        platform=NAME, account=chat.account, where=a.where, kind="message", key=chat.key(m), id=text_of(m.id), at=moment(m),
        text=text, author="system", author_name=text_of(m.actor), audience=chat.audience, conversation=chat.talk,
    )  # fmt: skip


def _poll(poll: dict[str, Any]) -> str:
    """The words of a poll, or of a checklist (since 2025), which has a title."""
    answers = poll.get("answers")
    lines = [joined(x.get("text")) for x in answers if isinstance(x, dict)] if isinstance(answers, list) else []
    return "\n".join([joined(poll.get("question") or poll.get("title")), *lines])


def _media(m: Message, a: Any) -> tuple[Media, ...]:
    made: list[Media] = []
    if isinstance(m.photo, str):
        made.append(Media(a.file(m.photo), "photo"))
    if isinstance(m.file, str):
        made.append(Media(a.file(m.file), _MEDIA.get(str(m.media_type), "file"), description=text_of(m.file_name)))
    if isinstance(m.contact_information, dict):
        made.append(Media(None, "contact", description=full_name(m.contact_information)))
    if m.type == "unsupported":  # all that such a message holds is its number
        made.append(Media(None, "unknown"))
    return tuple(made)


def _place(m: Message) -> Place | None:
    where = m.location_information
    if not isinstance(where, dict):
        return None
    lat, lon = where.get("latitude"), where.get("longitude")
    name = ", ".join(filter(None, (text_of(m.place_name), text_of(m.address)))) or None
    if isinstance(lat, int | float) and isinstance(lon, int | float):
        return Place(name, float(lat), float(lon))
    return Place(name)


def full_name(person: dict[str, Any]) -> str | None:
    """First and last name, or None."""
    return " ".join(filter(None, (text_of(person.get("first_name")), text_of(person.get("last_name"))))) or None
