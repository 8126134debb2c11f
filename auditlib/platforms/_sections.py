"""One big JSON object walked to its leaves in bounded memory: TikTok's whole export is one, Snapchat's chats are another.

Lists stream in batches, however deep they lie; objects are entered; a file that is cut off gives what came before the cut.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Any, BinaryIO, NamedTuple

import msgspec

from auditlib.dates import from_millis, from_seconds, from_utc
from auditlib.jsonstream import CHUNK, UNDECODABLE, BadElement, Batch, Broken, _Cursor, _decode, _keys, _start, decoded

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
    cursor = _start(stream)
    yield from _walk(cursor, (), whole, kind)
    if cursor.peek() not in (b"", b";"):
        raise Broken("more follows after the end of the data")


def _walk(
    cursor: _Cursor, path: Path, whole: Callable[[Path], bool], kind: Callable[[Path], Any]
) -> Iterator[Part | BadElement]:
    first = cursor.peek()
    if first == b"{" and len(path) < MAX_LEVELS and not whole(path):
        empty = True
        for key in _keys(cursor):
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


def _elements(cursor: _Cursor, kind: Any) -> Iterator[Batch | BadElement]:
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
            yield from _decode(b"[" + cursor.value() + b"]", kind, position)
            position += 1
        following = cursor.peek()
        cursor.pos += 1
        if following == b"]":
            return
        if following != b",":
            raise Broken("cut off" if not following else "not valid JSON")


def _cuts(cursor: _Cursor) -> Iterator[int]:
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


_SLASHED = re.compile(r"(\d{4})/(\d\d)/(\d\d)")
_POLICE = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d) UTC (\d{4})$")
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


def moment(value: object) -> str | None:
    """A time of TikTok's or Snapchat's, all of them UTC -> ISO text; None for what is no time.

    Usual: `2025-03-02 19:20:11`, with ` UTC` or without. Also seen: slashes for hyphens, a date alone, ISO with `T`,
    `Wed Aug 19 12:00:00 UTC 2021`, and Unix time, of which the number of digits tells the unit.
    """
    if isinstance(value, str):
        text = value.strip()
        if not text.lstrip("-").replace(".", "", 1).isdecimal():
            if found := _POLICE.match(text):
                month, day, clock, year = found.groups()
                text = f"{year}-{_MONTHS.find(month) // 3 + 1:02}-{int(day):02} {clock}"
            return from_utc(_SLASHED.sub(r"\1-\2-\3", text, count=1) if "/" in text else text)
        if len(text) > 20:
            return None
        value = float(text) if "." in text else int(text)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not abs(value) < 10**17:
        return None
    if abs(value) >= 10**14:
        return from_millis(int(value) // 1000)
    return from_millis(value) if abs(value) >= 10**11 else from_seconds(value)


def digest(*words: str) -> str:
    """Sixteen hex digits that stand for the words: keys hold neither people's words nor their numbers."""
    return blake2b("\0".join(words).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


_NOT_PLAIN = re.compile(r"[^0-9a-z]+")


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A key or label for comparing: `Who Can View`, `WhoCanView` and `who_can_view:` are the same."""
    return _NOT_PLAIN.sub("", name.lower())


def low(record: dict[str, Any]) -> dict[str, Any]:
    """A record by its plain keys; of two that are the same the first that says something. TypeError for what is no record."""
    if not isinstance(record, dict):
        raise TypeError
    made: dict[str, Any] = {}
    for key, value in record.items():
        if (name := plain(key)) not in made or not made[name]:
            made[name] = value
    return made


class Told:
    """Keys of the records already given, each with the list it came from.

    The same record in another list is the same record; twice in one list it is two. Eight bytes of each key are kept, as
    likes come by the million.
    """

    def __init__(self) -> None:
        self._by: dict[int, int] = {}
        self._again: Counter[int] = Counter()
        self._list: object = None
        self._number = 0

    def key(self, key: str, where: object = "", repeats: bool = True) -> str | None:
        """The key to use, with a counter when the list `where` held it before; None when it has been told."""
        if where != self._list:
            self._list, self._number = where, self._number + 1
        short = hash(key)
        before = self._by.setdefault(short, -self._number)
        if before == -self._number:  # new: a later meeting in the same list finds it positive
            self._by[short] = self._number
            return key
        if before != self._number or not repeats:
            return None
        self._again[short] += 1
        return f"{key}.{self._again[short] + 1}"
