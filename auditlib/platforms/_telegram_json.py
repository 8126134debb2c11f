"""Telegram's result.json, streamed: one object that may be hundreds of megabytes, chats inside it, messages inside those.

Facts of the format are from the exporter's own source (Telegram Desktop, 2018 to 2025).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO, NamedTuple, cast

import msgspec

from auditlib import jsonstream
from auditlib.jsonstream import BadElement, Broken, decoded

# The exporter writes control characters as \xHH, which no JSON reader takes; a backslash before it that is itself escaped
# makes it plain text.
_HEX = re.compile(rb"(\\\\)|\\x([0-9a-fA-F]{2})")


MAX_REFUSED = 4  # cuts that were none before the rest of an array is read element by element


class Mended:
    """A stream of result.json with its `\\xHH` as `\\u00HH`."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._held = stream, b""

    def read(self, size: int = -1) -> bytes:
        """As any binary stream's; may give a little more or less than asked for."""
        while True:
            chunk = self._stream.read(size)
            data = self._held + chunk
            self._held = b""
            if chunk:  # an escape that the chunk cuts is kept for the next
                tail = data[-3:]
                at = tail.rfind(b"\\")
                if at >= 0:
                    run = len(data) - len(tail) + at + 1
                    start = run
                    while start and data[start - 1] == 0x5C:
                        start -= 1
                    data, self._held = data[:start], data[start:]
                if not data:
                    continue
            return _HEX.sub(lambda m: m[1] or b"\\u00" + m[2], data) if b"\\x" in data else data


class Message(msgspec.Struct, gc=False, rename={"sender": "from", "sender_id": "from_id"}):
    """One message. Every field may be left out, and most may be null."""

    id: int | str | None = None
    type: str = "message"
    date: Any = None
    date_unixtime: Any = None
    sender: Any = None
    sender_id: Any = None
    author: Any = None
    forwarded_from: Any = msgspec.UNSET
    saved_from: Any = msgspec.UNSET
    reply_to_message_id: Any = None
    text: Any = ""
    text_entities: Any = None
    photo: Any = None
    file: Any = None
    file_name: Any = None
    media_type: Any = None
    contact_information: Any = None
    location_information: Any = None
    live_location_period_seconds: Any = None
    place_name: Any = None
    address: Any = None
    poll: Any = None
    todo_list: Any = None
    reactions: Any = None
    actor: Any = None
    actor_id: Any = None
    action: Any = None
    title: Any = None
    members: Any = None


class Sender(msgspec.Struct, gc=False, rename={"sender": "from", "sender_id": "from_id"}):
    """What the first pass reads of a message."""

    id: Any = None
    sender: Any = None
    sender_id: Any = None
    actor: Any = None
    actor_id: Any = None
    members: Any = None


class Value(NamedTuple):
    """A top-level value other than the chats."""

    key: str
    value: Any


class Talk(NamedTuple):
    """The end of a chat: its keys other than its messages. `left` chats are those the person is no longer in."""

    number: int
    head: dict[str, Any]
    left: bool
    alone: bool = False  # an export of one chat


class Part(NamedTuple):
    """Some messages of one chat, or one that could not be read."""

    number: int
    messages: list[Any]


def walk(stream: BinaryIO, kind: Any) -> Iterator[Value | Talk | Part | BadElement]:
    """Everything in a result.json in its order. Raises Broken where it cannot be read further."""
    cursor = jsonstream.start(cast(BinaryIO, Mended(stream)))
    if cursor.peek() != b"{":
        raise Broken("not valid JSON")
    number, single = 0, dict[str, Any]()
    for key in jsonstream.keys(cursor):
        first = cursor.peek()
        if key in ("chats", "left_chats") and first == b"{":
            for inner in jsonstream.keys(cursor):
                if inner == "list" and cursor.peek() == b"[":
                    for found in _chats(cursor, kind, number, key == "left_chats"):
                        if isinstance(found, Talk):
                            number = found.number + 1
                        yield found
                else:
                    cursor.value()
        elif key == "messages" and first == b"[":
            yield from _messages(cursor, kind, number)
            single.setdefault("messages", None)
        else:
            value = decoded(cursor.value())
            if key in ("name", "type", "id"):
                single[key] = value
            else:
                yield Value(key, value)
    if "messages" in single:
        yield Talk(number, single, False, True)
    if cursor.peek():
        raise Broken("more follows after the end of the data")


def _chats(cursor: Any, kind: Any, number: int, left: bool) -> Iterator[Talk | Part | BadElement]:
    cursor.take(b"[")
    while (first := cursor.peek()) != b"]":
        if first == b"{":
            head: dict[str, Any] = {}
            for key in jsonstream.keys(cursor):
                if key == "messages" and cursor.peek() == b"[":
                    yield from _messages(cursor, kind, number)
                else:
                    head[key] = decoded(cursor.value())
            yield Talk(number, head, left)
            number += 1
        elif first == b",":
            cursor.pos += 1
        elif not first:
            raise Broken("cut off")
        else:
            _value(cursor)
            yield BadElement(number, "ValidationError")
    cursor.pos += 1


def _messages(cursor: Any, kind: Any, number: int) -> Iterator[Part | BadElement]:
    """The elements of the array at the cursor, in pieces.

    The exporter writes one key a line, and a string holds no raw newline: a brace as far to the right as the first element's
    ends an element, a bracket further to the left ends the array. Where that does not hold (a file saved again by something
    else, a broken element) each element's end is looked for by itself.
    """
    cursor.take(b"[")
    first = cursor.peek()
    line = cursor.buf.rfind(b"\n", 0, cursor.pos) + 1
    indent = cursor.buf[line : cursor.pos]
    refused = 0 if first == b"{" and line and not indent.strip(b" \t") else MAX_REFUSED
    brace = b"\n" + indent + b"}"
    bracket = re.compile(rb"\n[ \t]{0,%d}\]" % max(0, len(indent) - 1))
    decoder = msgspec.json.Decoder(list[kind])
    position = 0
    while cursor.peek() not in (b"]", b""):
        cut = _cut(cursor, brace, bracket) if refused < MAX_REFUSED else 0
        piece = b"[" + cursor.buf[cursor.pos : cut] + b"]" if cut else b""
        try:
            found: list[Any] | None = [(position, decoder.decode(piece))] if cut else None
        except jsonstream.UNDECODABLE:
            found = None
            if jsonstream.is_whole(piece) or jsonstream.is_whole(piece := jsonstream.mended(piece)):
                found = list(jsonstream.decode_each(piece, kind, position))
        if found is not None:
            cursor.pos, refused = cut, 0
        else:
            refused += 1
            found = list(jsonstream.decode_each(b"[" + _value(cursor) + b"]", kind, position))
        for batch in found:
            position += 1 if isinstance(batch, BadElement) else len(batch[1])
            yield batch if isinstance(batch, BadElement) else Part(number, batch[1])
        if cursor.peek() == b",":
            cursor.pos += 1
    cursor.take(b"]")


def _value(cursor: Any) -> bytes:
    """The bytes of the value at the cursor. Raises Broken where there is none: a bracket or colon that nothing opened."""
    value: bytes = cursor.value()
    if not value:
        raise Broken("not valid JSON")
    return value


def _cut(cursor: Any, brace: bytes, bracket: re.Pattern[bytes]) -> int:
    """Where the last whole element in the buffer ends; 0 when none is seen."""
    while len(cursor.buf) - cursor.pos < jsonstream.CHUNK and cursor.fill():
        pass
    while True:
        end = bracket.search(cursor.buf, cursor.pos)
        at = cursor.buf.rfind(brace, cursor.pos, end.start() if end else len(cursor.buf))
        if at >= 0:
            return int(at) + len(brace)
        if end or len(cursor.buf) - cursor.pos > jsonstream.MAX_STEP or not cursor.fill():
            return 0


def joined(value: Any) -> str:
    """A text: one string, or a list of strings and objects of which each holds a part; nothing lies between the parts."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return ""
    parts = (p.get("text") if isinstance(p, dict) else p for p in value)
    return "".join(joined(p) for p in parts)


def links_of(value: Any) -> tuple[str, ...]:
    """The addresses that parts of a text lead to."""
    found: list[str] = []
    for part in value if isinstance(value, list) else ():
        if isinstance(part, dict):
            link = (
                part.get("href")
                if part.get("type") == "text_link"
                else part.get("text")
                if part.get("type") == "link"
                else None
            )
            if isinstance(link, str) and link:
                found.append(link)
    return tuple(dict.fromkeys(found))


def peer(value: Any) -> str | None:
    """Who an id belongs to: `user123`, `chat123`, `channel123`.

    Until April 2021 it was a bare number: users' ids with 2^32 added, groups' and channels' with twice that.
    """
    if isinstance(value, str):
        return value or None
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{'chat' if value >> 32 >= 2 else 'user'}{_bare(value)}"
    return None


def _bare(value: int) -> int:
    """A number of before April 2021 as it is written since."""
    kind = value >> 32
    return value - (kind << 32) if kind in (1, 2) else value


class Found:
    """What the first pass found of one chat."""

    def __init__(self) -> None:
        self.head: dict[str, Any] = {}
        self.left = self.early = False  # early: of before April 2021, with bare numbers for people
        self.people: dict[str, str | None] = {}  # id (or name where there is none) -> name


class First(NamedTuple):
    """What the first pass over a file found: its chats by number, and the top-level values."""

    chats: dict[int, Found]
    values: dict[str, Any]
    alone: bool = False  # an export of one chat


def opening(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    """The person's own details, which come before the chats; nothing for an export of one chat. Raises Broken."""
    for found in walk(stream, Sender):
        if not isinstance(found, Value):
            return
        if found.key == "personal_information" and isinstance(found.value, dict):
            yield found.value
            return


def first_pass(stream: BinaryIO) -> First:
    """Who takes part in each chat, and everything that is no chat. A broken file gives what comes before."""
    chats: dict[int, Found] = {}
    values: dict[str, Any] = {}
    alone = False
    with suppress(Broken):
        for found in walk(stream, Sender):
            if isinstance(found, Value):
                values.setdefault(found.key, found.value)
            elif isinstance(found, Talk):
                one, alone = chats.setdefault(found.number, Found()), found.alone
                number = found.head.get("id")
                if one.early and isinstance(number, int):  # else the same chat would have two numbers, then and now
                    found.head["id"] = _bare(number)
                one.head, one.left = found.head, found.left
            elif isinstance(found, Part):
                one = chats.setdefault(found.number, Found())
                people = one.people
                for m in found.messages:
                    identifier, name = m.sender_id or m.actor_id, m.sender if m.sender is not None else m.actor
                    one.early = one.early or type(identifier) is int
                    who = peer(identifier) or name
                    if isinstance(who, str) and people.get(who) is None:
                        people[who] = name if isinstance(name, str) else None
                    if isinstance(m.members, list):
                        for member in m.members:
                            if isinstance(member, str) and member not in people.values():
                                people.setdefault(member, member)
    return First(chats, values, alone)
