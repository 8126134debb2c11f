"""Reddit's private messages and chats: both sides are there, each row with its sender."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditlib.dates import from_utc
from auditlib.platforms._reddit import NAME, Reader, addresses, full, pictures, words
from auditlib.records import Conversation, Item, Record, ReplyTo
from auditlib.text import digest


def _plain(name: str) -> str:
    return name.strip().removeprefix("/").removeprefix("u/")


def messages(row: tuple[str, ...], a: Reader) -> Iterator[Record]:
    """A private message. A blank sender is a deleted account or Reddit itself, never the person."""
    identifier, permalink, thread, date, sender, receiver, subject, body = row
    sender, receiver = _plain(sender), _plain(receiver)
    if not (identifier or body or subject):
        raise ValueError
    key = f"{a.prefix}message:{identifier or digest(thread, date, sender, body)}"
    if not thread and identifier in a.threads():
        thread = identifier  # the first of a thread names none: the answers to it do
    if ("messages" in a.several or "messages_archive" in a.several) and not a.once(key):
        return
    people = tuple(sorted({name for name in (sender, receiver) if name}))
    talk = a.talks.get(mark := f"{thread}\x1f{people}")
    if talk is None:
        group = receiver.startswith(("#", "r/")) or sender.startswith(("#", "r/"))  # the moderators of a community
        others = [name for name in people if name.casefold() not in a.mine] if a.mine else []
        title = others[0] if len(others) == 1 else None
        talk = a.talks[mark] = Conversation(thread or digest(*people), title, people, group)
        if not group and len(others) == 1:
            yield from a.messaged(others[0])
    yield Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind="message",
        key=key,
        id=identifier or None,
        at=from_utc(date),
        title=words(subject) or None,
        text=words(body),
        author=a.author_of(sender),
        author_name=sender or None,
        audience="group" if talk.group else "direct",
        conversation=talk,
        links=addresses(body),
        url=full(permalink),
    )


def chat(row: tuple[str, ...], a: Reader) -> Iterator[Record]:
    """A chat message. There is no column of receivers: the other side is whoever else speaks in the same channel."""
    identifier, created, sender, text, parent, channel, community, name, kind = row
    sender = _plain(sender)
    if not (identifier or text):
        raise ValueError
    key = f"{a.prefix}chat:{digest(channel)}:{identifier or digest(created, sender, text)}"
    if "chat_history" in a.several and not a.once(key):
        return
    talk = a.talks.get(mark := f"chat\x1f{channel}")
    if talk is None:
        talk = a.talks[mark] = _channel(channel, community, name, kind, a)
        others = [p for p in talk.participants if p.casefold() not in a.mine] if a.mine else []
        if not talk.group and len(others) == 1:
            yield from a.messaged(others[0])
    links = addresses(text)
    yield Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind="message",
        key=key,
        id=identifier or None,
        at=from_utc(created),
        text=words(text),
        author=a.author_of(sender),
        author_name=sender or None,
        audience="group" if talk.group else "direct",
        reply_to=ReplyTo(parent) if parent else None,
        conversation=talk,
        media=pictures(links),
        links=links,
    )


def _channel(channel: str, community: str, name: str, kind: str, a: Reader) -> Conversation:
    """One chat: who speaks in it is known after a first pass over the senders."""
    if a.speakers is None:
        a.speakers = {}
        for url, speaker in a.cells(("chat_history",), ("channel url", "username")):
            if who := _plain(speaker):
                a.speakers.setdefault(url, {})[who] = None
    people = tuple(a.speakers.get(channel, ()))
    word = kind.strip().lower()
    group: Any = word not in ("direct", "dm", "one_to_one") and (
        "group" in word or "room" in word or "channel" in word or bool(community.strip()) or len(people) > 2
    )
    others = [p for p in people if p.casefold() not in a.mine] if a.mine else []
    title = name.strip() or (others[0] if len(others) == 1 and not group else None)
    return Conversation(channel or digest(name, *people), title, people, group)
