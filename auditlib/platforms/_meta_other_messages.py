"""Messages in their two other forms: web pages, and the flat JSON files of Messenger's end-to-end download.

Both are made into the message of the JSON export, so that what is a message, an event or a repeat is decided in one place.
Format facts: kenn-io/msgvault, RLEAPP (facebookE2EMessages).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from auditlib.platforms._meta import is_link, own_host
from auditlib.platforms._meta_blocks import Block
from auditlib.platforms._meta_messages import Attached, Message, PageMessage, Share, message
from auditlib.platforms._meta_reader import kind_of
from auditlib.platforms._meta_shapes import reading
from auditlib.platforms._meta_threads import MessageReader, sender_of
from auditlib.reading import Each, Stream
from auditlib.records import Item, Record

_FIELDS = {"photo": "photos", "video": "videos", "audio": "audio_files", "gif": "gifs", "file": "files"}
_STICKER = re.compile(r"(?:^|/)stickers_used/")
_SOUND = re.compile(r"(?:^|/)audio/[^/]+$")  # voice messages are .mp4 as films are
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_PLACEHOLDER = "placeholder"


def _attached(uris: Iterable[str]) -> dict[str, Any]:
    """Files as the fields of a message, by what they are."""
    made: dict[str, Any] = {}
    for uri in uris:
        if _STICKER.search(uri):
            made["sticker"] = Attached(uri)
        else:
            field = "audio_files" if _SOUND.search(uri) else _FIELDS[kind_of(uri) or "file"]
            made[field] = (*made.get(field, ()), Attached(uri))
    return made


def from_page(found: Block, a: MessageReader) -> tuple[Record, ...]:
    """One message of a web page: sender, words, date. Reactions stand in a list under it and are left out."""
    sender, lines = sender_of(found)
    said = [line for line in lines if not line.listed]
    shared = next((line for line in said if line.href and is_link(line.href) and "://" in line.href), None)
    text = "\n".join(dict.fromkeys(line.text for line in said if line is not shared or line.text == line.href))
    share = None
    if shared is not None:
        name = shared.text if shared.text != shared.href else None
        share = Share(link=shared.href, share_text=name)
    elif links := [link for link in found.links if not own_host(link, "facebook.com", "instagram.com")]:
        share = Share(link=links[0])
    if not (said or found.media or found.at):
        return ()
    m = PageMessage(sender_name=sender or None, content=text, share=share, at=found.at, **_attached(found.media))
    return message(m, a)


class SealedMessage(msgspec.Struct, gc=False):
    """One message of the end-to-end download."""

    senderName: str | None = None
    text: str | None = None
    timestamp: int | float | None = None
    type: str | None = None
    isUnsent: bool | None = None
    media: tuple[Attached, ...] | None = None


def from_sealed(m: SealedMessage, a: MessageReader) -> Iterator[Record]:
    """One message of the end-to-end download; a placeholder ("User unsent a message") is the platform's sentence."""
    link = m.text.strip() if m.type == "link" and m.text and _LINK.fullmatch(m.text.strip()) else None
    made = Message(
        share=Share(link=link) if link else None,
        sender_name=m.senderName, timestamp_ms=m.timestamp, content=m.text, is_unsent=m.isUnsent,
        **_attached(one.uri or "" for one in m.media or ()),
    )  # fmt: skip
    for record in message(made, a):
        if m.type == _PLACEHOLDER and isinstance(record, Item):
            yield msgspec.structs.replace(record, author="system")
        else:
            yield record


PAGES = Stream(reading(from_page, dateless=False))
SEALED = Each(from_sealed, SealedMessage, under=("messages",))
