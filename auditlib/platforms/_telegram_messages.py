"""Telegram's messages as records: words, what was sent along, forwarded words of others, reactions, service lines."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from msgspec import UNSET

from auditlib.dates import from_iso, from_seconds
from auditlib.platforms._telegram_json import Found, Message, joined, links_of, peer
from auditlib.records import Audience, Conversation, Item, Media, Place, Quoted, Record, ReplyTo

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


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that stand for the parts."""
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


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
        # without an id (old single exports of deleted people) the name, else whoever wrote in it
        self.id = f"{kind}{number}" if number is not None else digest(title or "", *([] if title else sorted(people)))
        if self.type == "saved_messages":
            title = title or "Saved messages"
        self.number = str(number) if number is not None else None
        self.talk = Conversation(self.number or self.id, title, tuple(name or who for who, name in people.items()), self.group)
        self.audience: Audience = _AUDIENCES.get(self.type, "group" if self.group else "direct")
        self.repeats: dict[str, int] = {}

    def author(self, message: Message) -> Any:
        """me, other, or None where the export does not say: a channel's own posts without a signature."""
        who = peer(message.sender_id)
        if who and who.startswith("user") and self.me:
            return "me" if who == self.me else "other"
        name = message.author if who and not who.startswith("user") else message.sender
        if isinstance(name, str) and self.names:
            return "me" if " ".join(name.casefold().split()) in self.names else "other"
        return None

    def key(self, message: Message) -> str:
        """Chat and number of a message; where it has no number a digest of what it holds, counted."""
        if message.id is not None:
            return f"{NAME}:{self.id}:{message.id}"
        words = digest(str(message.date_unixtime or message.date), str(message.sender), joined(message.text))
        self.repeats[words] = number = self.repeats.get(words, 0) + 1
        return f"{NAME}:{self.id}:{words}" + (f"-{number}" if number > 1 else "")

    def url(self, message: Message) -> str | None:
        """The address that opens a message of a supergroup or channel for its members; other chats have none."""
        if self.number and message.id is not None and ("supergroup" in self.type or "channel" in self.type):
            return f"https://t.me/c/{self.number}/{message.id}"
        return None


def message(m: Message, chat: Chat, a: Any) -> Iterator[Record]:
    """One message with the person's own reactions to it."""
    if m.type == "service":
        yield _service(m, chat, a)
        return
    more: dict[str, Any] = {}
    text = joined(m.text) or joined(m.text_entities)
    if isinstance(m.poll, dict):
        text = "\n".join(filter(None, (text, _poll(m.poll))))
    if links := links_of(m.text if isinstance(m.text, list) else m.text_entities):
        more["links"] = links
    origin = m.forwarded_from if m.forwarded_from is not UNSET else m.saved_from
    if origin is not UNSET:  # somebody else's words; null when that account is deleted
        more["quoted"] = Quoted(None, text_of(origin), text or None)
    if media := _media(m, a):
        more["media"] = media
    if place := _place(m):
        more["place"] = place
    if m.reply_to_message_id is not None:
        more["reply_to"] = ReplyTo(str(m.reply_to_message_id), None, None)
    key, at = chat.key(m), moment(m)
    author = chat.author(m)
    signed = text_of(m.author) if peer(m.sender_id) and not str(peer(m.sender_id)).startswith("user") else None
    yield Item(
        platform=NAME, account=chat.account, where=a.where, kind="message", key=key, id=text_of(m.id), at=at, text=text,
        author=author, author_name=signed or text_of(m.sender), audience=chat.audience, conversation=chat.talk,
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
    answers = poll.get("answers")
    return "\n".join(
        [joined(poll.get("question")), *(joined(x.get("text")) for x in answers or () if isinstance(x, dict))]
        if isinstance(answers, list)
        else [joined(poll.get("question"))]
    )


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
