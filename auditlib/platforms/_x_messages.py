"""X's direct messages: conversations of two or of a group, who takes part, what was said and what was sent along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from auditlib.dates import from_iso
from auditlib.platforms._x import NAME, Ids, Reader, connection, inner, text_of, without
from auditlib.reading import RECORD_ERRORS
from auditlib.records import Conversation, Item, Media, Record
from auditlib.text import unescape_basic

_PICTURE = re.compile(r"https?://(?:www\.)?(?:twitter|x)\.com/messages/media/|(?:https?://)?pic\.(?:twitter|x)\.com/")


def conversations(record: dict[str, Any], a: Reader) -> Iterator[Record]:
    """The messages of one conversation (newest first in the file); joins, leaves and renamings are not messages.

    One id may stand in the file more than once: who takes part adds up, and no message is told twice.
    """
    body = inner(record)
    identifier, entries = str(body["conversationId"]), [e for e in body["messages"] if isinstance(e, dict)]
    group = "-" not in identifier
    ids, told = a.talks.setdefault(identifier, ({} if group else dict.fromkeys(identifier.split("-")), Ids()))
    names: list[tuple[str, str]] = []
    for what, event in [pair for entry in entries for pair in entry.items() if isinstance(pair[1], dict)]:
        _takes_part(event, ids)
        if what == "conversationNameUpdate" and text_of(event.get("name")):
            names.append((text_of(event.get("createdAt")) or "", str(event["name"])))
    others = [i for i in ids if i != a.id]
    title = max(names)[1] if names else None
    if title is None and not group and a.id and others:
        title = a.person(others[0])
    talk = Conversation(identifier, title, tuple(a.person(i) or i for i in ids), group)
    odd = len(body["messages"]) - len(entries)
    for entry in entries:
        try:
            message = entry.get("messageCreate") or entry.get("welcomeMessageCreate")
            if message and told.new(str(message["id"])):
                yield _message(message, talk, a)
        except RECORD_ERRORS:
            odd += 1
    if not group and a.id and len(others) == 1:
        yield from connection("messaged", others[0], a)
    if odd:
        raise ValueError  # counted as an entry that could not be read, after all of it that could be


def _takes_part(event: dict[str, Any], ids: dict[str, None]) -> None:
    """Add every id of a person that one event names; `0` stands for the whole group."""
    for k in ("senderId", "initiatingUserId", "recipientId"):
        if event.get(k) not in (None, "", "0", 0):
            ids[str(event[k])] = None
    for k in ("participantsSnapshot", "userIds"):
        if isinstance(event.get(k), list):
            ids.update(dict.fromkeys(map(str, event[k])))
    reactions = event.get("reactions")
    for reaction in reactions if isinstance(reactions, list) else ():
        if isinstance(reaction, dict) and reaction.get("senderId"):
            ids[str(reaction["senderId"])] = None


def _message(message: dict[str, Any], talk: Conversation, a: Reader) -> Item:
    text, links, sent = message.get("text") or "", [], message.get("mediaUrls") or ()
    for link in message.get("urls") or ():
        full, short = text_of(link.get("expanded")) or text_of(link.get("url")), text_of(link.get("url"))
        if full and sent and (_PICTURE.match(full) or _PICTURE.match(text_of(link.get("display")) or "")):
            text = without(text, short)
        elif full:
            links.append(full)
            text = text.replace(short, full) if short else text
    sender, identifier = text_of(message.get("senderId")), str(message["id"])
    author: Any = None if a.id is None else "me" if sender == a.id else "other"
    return Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind="message",
        key=f"{a.prefix}message:{talk.id}:{identifier}",
        id=identifier,
        at=from_iso(text_of(message.get("createdAt"))),
        text=unescape_basic(text),
        author=author,
        author_name=a.person(sender),
        audience="group" if talk.group else "direct",
        conversation=talk,
        media=_sent(sent, identifier, a),
        links=tuple(links),
        url=f"https://x.com/messages/{talk.id}",
    )


def _sent(urls: Any, identifier: str, a: Reader) -> tuple[Media, ...]:
    """What was sent along, each with its file in the archive: by name, else the next of the message's files."""
    left, made = list(a.files.get(identifier, ())), []
    for url in map(str, urls):
        base = url.partition("?")[0].rsplit("/", 1)[-1]
        path = next((f for f in left if base and f.endswith(base)), left[0] if left else None)
        if path:
            left.remove(path)
        moving = any(name.lower().endswith(".mp4") for name in (base, path or ""))
        made.append(Media(path, "video" if moving else "photo"))
    return tuple(made)
