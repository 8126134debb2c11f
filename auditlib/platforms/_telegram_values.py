"""What a whole Telegram account holds besides chats: details, contacts, stories, profile pictures, drafts.

Log-ins (sessions) are known and carry no words of the person's; they are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from auditlib.platforms._telegram_json import joined
from auditlib.platforms._telegram_messages import NAME, full_name, moment, text_of
from auditlib.records import Connection, Item, Media, ProfileFact, Record
from auditlib.text import digest


def _entries(value: Any, key: str = "list") -> Iterator[dict[str, Any]]:
    """The objects of a list, or of the list under a key."""
    found = value.get(key) if isinstance(value, dict) else value
    for entry in found if isinstance(found, list) else ():
        if isinstance(entry, dict):
            yield entry


def facts(own: Any, a: Any) -> Iterator[Record]:
    """personal_information: name, handle, number and the words about oneself."""
    told: dict[Any, str | None] = {"name": full_name(own), "handle": (text_of(own.get("username")) or "").lstrip("@"),
        "phone": text_of(own.get("phone_number")), "bio": text_of(own.get("bio"))}  # fmt: skip
    for fact, value in told.items():
        if value:
            key = f"{NAME}:{a.id or '?'}:profile:{fact}:{digest(value)}"
            yield from a.once(ProfileFact(platform=NAME, account=a.account, where=a.where, key=key, fact=fact, value=value))


def contacts(value: Any, a: Any) -> Iterator[Record]:
    """The address book. Of a deleted account only the date is left; who is not on Telegram has the number 0, or none."""
    nameless: dict[str, int] = {}
    for entry in _entries(value):
        number, name, phone = text_of(entry.get("user_id")), full_name(entry), text_of(entry.get("phone_number"))
        number, since = None if number == "0" else number, moment(entry)
        own = number or digest(name or "", phone or "", *([] if name or phone else [since or ""]))
        key = f"{NAME}:contact:{own}"
        if not (number or name or phone):  # several may have been added at one moment
            nameless[key] = nameless.get(key, 0) + 1
            key += f"-{nameless[key]}" if nameless[key] > 1 else ""
        yield from a.once(
            Connection(
                platform=NAME, account=a.account, where=a.where, key=key, relation="contact", id=number, handle=phone,
                name=name, since=since,
            )
        )  # fmt: skip


def frequent(value: Any, a: Any) -> Iterator[Record]:
    """Who the person writes to or calls most; bots are nobody."""
    for entry in _entries(value):
        number, name = text_of(entry.get("id")), text_of(entry.get("name"))
        if entry.get("category") != "inline_bots" and entry.get("type", "user") == "user" and (number or name):
            number = number.removeprefix("user") if number else None
            yield from a.once(
                Connection(
                    platform=NAME, account=a.account, where=a.where, key=f"{NAME}:messaged:{number or digest(name or '')}",
                    relation="messaged", id=number, name=name,
                )
            )  # fmt: skip


def stories(value: Any, a: Any) -> Iterator[Record]:
    """Stories (since July 2023): the picture or film; words on it are not exported."""
    for entry in _entries(value):
        path = text_of(entry.get("media"))
        kind = "video" if path and path.lower().endswith((".mp4", ".mov")) else "photo"
        yield from _published(entry, "story", path, kind, a, archived=entry.get("pinned") is not True)


def pictures(value: Any, a: Any) -> Iterator[Record]:
    """Profile pictures, present and former."""
    for entry in _entries(value):
        yield from _published(entry, "other", text_of(entry.get("photo")), "photo", a)


def _published(
    entry: dict[str, Any], kind: Any, path: str | None, what: str, a: Any, archived: bool = False
) -> Iterator[Record]:
    at = moment(entry)
    words = text_of(entry.get("date_unixtime")) or text_of(entry.get("date")) or ""
    key = f"{NAME}:{a.id or '?'}:{kind}:{digest(words, path or '')}"
    yield from a.once(
        Item(
            platform=NAME, account=a.account, where=a.where, kind=kind, key=key, id=None, at=at,
            author="me", author_name=a.account, media=(Media(a.file(path), what),) if path else (),
            state="archived" if archived else "live",
        )
    )  # fmt: skip
    a.position += 1


def other_data(value: Any, a: Any) -> Iterator[Record]:
    """The free-form rest: of it only drafts, which are the person's words."""
    for entry in _entries(value, "drafts"):
        words = joined(entry.get("text") or entry.get("message"))
        if words:
            chat = str(entry.get("chat_id") or entry.get("chat") or "")
            key = f"{NAME}:{a.id or '?'}:draft:{digest(chat, words)}"
            yield from a.once(
                Item(
                    platform=NAME, account=a.account, where=a.where, kind="message", key=key, id=None, at=moment(entry),
                    text=words, author="me", author_name=a.account, audience="private", state="draft",
                )
            )  # fmt: skip


VALUES: dict[str, Callable[[Any, Any], Iterator[Record]]] = {
    "personal_information": facts, "contacts": contacts, "frequent_contacts": frequent, "stories": stories,
    "profile_pictures": pictures, "other_data": other_data,
}  # fmt: skip
