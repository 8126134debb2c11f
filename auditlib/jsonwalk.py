"""A JSON object walked to its leaves in bounded memory: TikTok's whole export is one, Snapchat's chats are another.

Lists stream in batches, however deep they lie; objects are entered; a file that is cut off gives what came before the cut.
`jsonstream.batches` is faster where all that is wanted is one array.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple

import msgspec

from auditlib.jsonstream import CHUNK, UNDECODABLE, BadElement, Batch, Broken, Cursor, decode_each, decoded, keys, start

Path = tuple[str, ...]
MAX_LEVELS = 12  # keys above a list; what lies deeper is handed over whole


class Part(NamedTuple):
    """What lies at `path` (the keys from the top): some elements of a list, or one value that is no list."""

    path: Path
    values: list[Any]
    listed: bool


class Nothing(msgspec.Struct):
    """A kind that holds nothing: entries that are only to be passed are decoded as this, at a fraction of the cost."""


def parts(
    stream: BinaryIO,
    whole: Callable[[Path], bool] = lambda _: False,
    kind: Callable[[Path], Any] = lambda _: Any,
) -> Iterator[Part | BadElement]:
    """Every list in batches, every other value, and empty lists and objects (as lists of nothing).

    An object for whose path `whole` is true is handed over as it is. `kind` gives the msgspec type of a list's elements;
    an element that is not of it is a BadElement, one list's positions starting at 0. Raises Broken.
    """
    cursor = start(stream)
    yield from _walk(cursor, (), whole, kind)
    if cursor.peek() not in (b"", b";"):
        raise Broken("more follows after the end of the data")


def _walk(
    cursor: Cursor, path: Path, whole: Callable[[Path], bool], kind: Callable[[Path], Any]
) -> Iterator[Part | BadElement]:
    first = cursor.peek()
    if first == b"{" and len(path) < MAX_LEVELS and not whole(path):
        empty = True
        for key in keys(cursor):
            empty = False
            yield from _walk(cursor, (*path, key), whole, kind)
        if empty:
            yield Part(path, [], True)
    elif first == b"[":
        empty = True
        for batch in _elements(cursor, kind(path)):
            empty = False
            yield batch if isinstance(batch, BadElement) else Part(path, batch[1], True)
        if empty:
            yield Part(path, [], True)
    else:
        yield Part(path, [decoded(cursor.value())], False)


_CLOSE = re.compile(rb"\}\s*\]")
_NEXT = re.compile(rb"\}\s*,\s*(?=\{)")
MAX_REFUSED = 8  # cuts that did not decode before the rest of a list is read entry by entry


def _elements(cursor: Cursor, kind: Any) -> Iterator[Batch | BadElement]:
    """The elements of the list at the cursor, in pieces that end where the list or one of its objects seems to.

    Not `jsonstream.batches`: here one list follows another, and a piece must not run on into the next.
    """
    cursor.take(b"[")
    if cursor.peek() == b"]":
        cursor.pos += 1
        return
    decoder, position, refused = msgspec.json.Decoder(list[kind]), 0, 0
    while True:
        taken = False
        for cut in _cuts(cursor) if refused < MAX_REFUSED else ():
            try:
                records = decoder.decode(b"[" + cursor.buf[cursor.pos : cut] + b"]")
            except UNDECODABLE:
                refused += 1
                continue
            cursor.pos, refused, taken = cut, 0, True
            yield position, records
            position += len(records)
            break
        if not taken:
            refused += 1  # also where no cut was in sight: in a list of no objects there is never one
            yield from decode_each(b"[" + cursor.value() + b"]", kind, position)
            position += 1
        following = cursor.peek()
        cursor.pos += 1
        if following == b"]":
            return
        if following != b",":
            raise Broken("cut off" if not following else "not valid JSON")


def _cuts(cursor: Cursor) -> Iterator[int]:
    """Where a piece may end: at what looks like the list's end, else after the last object that another follows."""
    while len(cursor.buf) - cursor.pos < CHUNK and cursor.fill():
        pass
    cursor.peek()
    close = _CLOSE.search(cursor.buf, cursor.pos)
    if close:
        yield close.start() + 1
    last = cursor.buf.rfind(b"{", cursor.pos, close.start() if close else len(cursor.buf))
    for _ in range(3):  # the last bracket may lie in somebody's words, or in an object inside an object
        if last <= cursor.pos:
            return
        comma = cursor.buf.rfind(b"}", cursor.pos, last)
        if comma >= 0 and _NEXT.match(cursor.buf, comma):
            yield comma + 1
        last = cursor.buf.rfind(b"{", cursor.pos, last)
