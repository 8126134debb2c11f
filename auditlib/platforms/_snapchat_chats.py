"""Snapchat's chats and snaps, in the two shapes of each.

To about 2022: four lists by who sent and whether it was saved, entries with `From` or `To`. 2023 onward: an object keyed by
the friend's user name, or by a UUID for a group, entries with `IsSender`. A thread's key is not a sender.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from auditlib.archive import READ_ERRORS
from auditlib.jsonstream import BadElement, Broken
from auditlib.jsonwalk import Nothing, Part, Path, parts
from auditlib.platforms._snapchat import TEAM, Function, Reader, links, media, said, unescaped
from auditlib.platforms._told import moment
from auditlib.reading import guarded
from auditlib.records import Conversation, Record

_OLD = re.compile(r"^(received|sent)\b.*\bhistory$", re.IGNORECASE)
_UUID = re.compile(r"^~?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", re.IGNORECASE)


def read(what: str) -> Any:
    """The function for chat_history.json (`message`) or snap_history.json (`snap`)."""

    def one_file(stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
        count = 0
        for part in parts(stream):
            if isinstance(part, BadElement):
                yield BadElement(count + part.position, part.detail)
                continue
            if not part.listed or not part.path:
                continue
            a.path = part.path
            function = entry(what, part.path[0], a)
            for value in part.values:
                a.position = count
                yield from guarded(function, value, a)
                count += 1

    return one_file


def entry(what: str, thread: str, a: Reader) -> Function:
    """What reads the entries under a key of either shape."""
    if old := _OLD.match(thread):
        a.shapes.add(1)
        return _old(what, old[1].lower() == "sent")
    a.shapes.add(2)
    if a.talk is None or a.talk[0] != (a.member, what, thread):
        a.talk = (a.member, what, thread), _new(what, thread, a)
    function: Function = a.talk[1]
    return function


def _old(what: str, sent: bool) -> Function:
    def one(record: Any, a: Reader) -> Iterable[Record]:
        other = said(record.get("To") if sent else record.get("From")) or said(record.get("From") or record.get("To"))
        if other.casefold() == TEAM:
            a.from_team += 1
            return
        title = a.people.get(other) or other or None
        talk = Conversation(other or None, title, tuple(dict.fromkeys(n for n in (other, a.account) if n)), False)
        yield from a.connection("messaged", other, a.people.get(other, ""))
        yield from _item(what, record, a, talk, "me" if sent else "other", a.account if sent else other or None)

    return one


def _new(what: str, thread: str, a: Reader) -> Function:
    """One conversation. A group is told by its key or title; its silent members are not listed anywhere."""
    by_key, of_team = _UUID.match(thread) is not None, thread.casefold() == TEAM
    talks: dict[str, Conversation] = {}
    named = False

    def conversation(title: str) -> Conversation:
        if title not in talks:
            group = by_key or bool(title)
            who = _senders(a).get(thread, ()) if group else (thread,)
            own = tuple(dict.fromkeys(n for n in (*who, a.account) if n))
            talks[title] = Conversation(thread or None, title or (None if group else a.people.get(thread, thread)), own, group)
        return talks[title]

    def one(record: Any, a: Reader) -> Iterable[Record]:
        nonlocal named
        sender, mine = said(record.get("From")), record.get("IsSender")
        if of_team or sender.casefold() == TEAM:
            a.from_team += 1
            return
        talk = conversation(said(record.get("Conversation Title")))
        if mine is None:
            author = "me" if sender.casefold() in a.names else "other" if a.names and sender else None
        else:
            author = "me" if mine is True or str(mine).lower() == "true" else "other"
        if not talk.group and not named:
            named = True
            yield from a.connection("messaged", thread, a.people.get(thread, ""))
        yield from _item(what, record, a, talk, author, sender or (a.account if author == "me" else None))

    return one


def _item(
    what: str, record: dict[str, Any], a: Reader, talk: Conversation, author: Any, author_name: str | None
) -> Iterable[Record]:
    kind = said(record.get("Media Type")).lower()
    written = record.get("Content") or record.get("Text")  # `Text` to about 2022
    text = unescaped(written) if isinstance(written, str) else ""
    # "Created(microseconds)" is milliseconds in some exports: its digits tell, and `Created` says the same anyway
    at = moment(record.get("Created")) or moment(record.get("Created(microseconds)"))
    if not (at or text or kind):
        raise ValueError
    if kind.startswith("status"):  # somebody joined, saved, erased: told by Snapchat
        author = "system"
    identifiers = record.get("Media IDs")
    identifiers = identifiers if isinstance(identifiers, str) else ""
    return a.item(
        "message", what, at, text, mark=f"{talk.id}\0{author_name or ''}\0{kind}\0{identifiers}",
        author=author, author_name=author_name, audience="group" if talk.group else "direct", conversation=talk,
        media=media(a, kind, identifiers), links=links(text),
    )  # fmt: skip


class _Sender(msgspec.Struct):
    sender: Any = msgspec.field(default=None, name="From")


def _senders(a: Reader) -> dict[str, tuple[str, ...]]:
    """Who wrote in each conversation of this file: it is passed through once more, as they are known only at its end."""
    if a.member not in a.senders:
        found: dict[str, dict[str, None]] = {}

        def kind(path: Path) -> Any:
            return _Sender if path else Nothing

        try:
            if a.member.lower().endswith(".json"):
                with a.tree.open(a.member) as stream:
                    for part in parts(stream, kind=kind):
                        if isinstance(part, Part) and part.listed and part.path:
                            names = found.setdefault(part.path[0], {})
                            names.update(dict.fromkeys(name for v in part.values if (name := said(v.sender))))
        except (Broken, *READ_ERRORS):
            pass  # told where the messages themselves are read
        a.senders[a.member] = {thread: tuple(names) for thread, names in found.items()}
    return a.senders[a.member]
