"""The elements of a big JSON array, typed, in bounded memory.

A member is cut at element ends and each piece of some 64 KB is decoded straight into records. Two cheap cuts come first:
- files over many lines: a JSON string cannot hold a raw newline, so "newline, the first element's indentation, `},`"
  always ends a top-level element (X wrote `[ {` on one line until about 2020: there the indentation is none);
- files on one line: the separator between elements followed by the first element's first key.
A cut is accepted only if the piece decodes. Where neither holds (mixed spacing, broken records) a bracket scanner finds
each element's end, so that one bad record costs itself and nothing else. tests/test_jsonstream.py holds it equal to a
whole-file decode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

CHUNK = 1 << 16  # bytes read at a time: pieces of this size decode fastest (measured, benchmarks/)
MAX_ELEMENT = 64 << 20  # bytes of one element or one header value; real ones stay far below
MAX_STEP = 8 << 20  # bytes read at once while one element is still open
MAX_SEARCHED = 8 << 16  # bytes in which no end of an element was seen: the separator is not what it seemed
MAX_REFUSED = 16  # cheap cuts of one array that did not decode before the rest of it is left to the scanner
MAX_DEPTH = 200  # brackets inside one element; msgspec refuses deeper ones by itself

# msgspec raises UnicodeDecodeError, no error of its own, for a string that is not UTF-8.
UNDECODABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]', re.DOTALL)
_SPACE = re.compile(rb"[ \t\r\n]*")
_SCALAR_END = re.compile(rb"[,\]}\s]")
_FIRST_KEY = re.compile(rb'\{\s*"[^"\\]*"')
_RAWS = msgspec.json.Decoder(list[msgspec.Raw])
# Half of a surrogate pair (the group) apart from whole pairs and every other escape.
_HALF = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.", re.DOTALL
)


def mended(data: bytes) -> bytes:
    """JSON with what is no character (half an emoji where a text was cut, bytes that are no UTF-8) as U+FFFD.

    For data that did not decode: one such character must not cost the words around it.
    """
    try:
        data.decode()
    except UnicodeDecodeError:
        data = data.decode("utf-8", "replace").encode()
    if b"\\ud" not in data and b"\\uD" not in data:  # the pattern takes its time over a long piece
        return data
    return _HALF.sub(lambda m: b"\\ufffd" if m[1] else m[0], data)


class Broken(Exception):
    """The stream ends or goes wrong where no further element can be found; `detail` says how, without content."""

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(detail)


class BadElement(msgspec.Struct, frozen=True):
    """An element that could not be decoded: its position in the array and the error's type."""

    position: int
    detail: str


Batch = tuple[int, list[Any]]


class Cursor:
    """A window over the bytes of one member."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.buf, self.pos, self.ended = stream, b"", 0, False

    def fill(self) -> bool:
        """Read more; False at the end. What was consumed is dropped."""
        if self.ended:
            return False
        # doubling, so that one huge element stays linear; up to a point, so that it is not held three times over
        chunk = self.stream.read(max(CHUNK, min(len(self.buf) - self.pos, MAX_STEP)))
        if not chunk:
            self.ended = True
            return False
        keep = max(0, self.pos - 256)  # a little of what lies behind, so that an array's indentation can be seen
        self.buf = self.buf[keep:] + chunk
        self.pos -= keep
        return True

    def peek(self) -> bytes:
        """The next byte that is no white space; b"" at the end."""
        while True:
            match = _SPACE.match(self.buf, self.pos)
            self.pos = match.end() if match else self.pos
            if self.pos < len(self.buf):
                return self.buf[self.pos : self.pos + 1]
            if not self.fill():
                return b""

    def take(self, expected: bytes) -> None:
        if self.peek() != expected:
            raise Broken("cut off" if self.ended and self.pos >= len(self.buf) else "not valid JSON")
        self.pos += 1

    def value(self) -> bytes:
        """The bytes of the value at the cursor, consumed. Raises Broken when it does not end or is over the limit."""
        first = self.peek()
        if first not in (b"{", b"[", b'"'):
            return self._scalar()
        depth, at = 0, self.pos
        while True:
            match = _TOKEN.search(self.buf, at)
            if match is None or b'"' in self.buf[at : match.start()]:
                # no further whole token (a quote passed over opens a string that the buffer does not close yet):
                # keep what was scanned, fetch more
                keep = at - self.pos
                if len(self.buf) - self.pos > MAX_ELEMENT:
                    raise Broken("one element is larger than the limit")
                if not self.fill():
                    raise Broken("cut off")
                at = self.pos + keep
                continue
            at = match.end()
            token = match.group()
            if token in (b"{", b"["):
                depth += 1
                if depth > MAX_DEPTH:
                    raise Broken("nested too deeply")
            elif token in (b"}", b"]"):
                depth -= 1
            if depth <= 0 and (depth < 0 or token not in (b",", b":")):
                piece = self.buf[self.pos : at]
                self.pos = at
                return piece

    def _scalar(self) -> bytes:
        while True:
            match = _SCALAR_END.search(self.buf, self.pos)
            if match:
                piece = self.buf[self.pos : match.start()]
                self.pos = match.start()
                return piece
            if len(self.buf) - self.pos > 4096 or not self.fill():
                if self.ended and len(self.buf) - self.pos <= 4096:
                    piece, self.pos = self.buf[self.pos :], len(self.buf)
                    return piece
                raise Broken("not valid JSON")


def start(stream: BinaryIO) -> Cursor:
    """A cursor at the first value: past a byte-order mark and past `window.YTD.name.part0 =` when the file is a script."""
    cursor = Cursor(stream)
    cursor.fill()
    if cursor.buf.startswith(b"\xef\xbb\xbf"):
        cursor.pos = 3
    first = cursor.peek()
    if first and first not in b'[{"':
        while (equals := cursor.buf.find(b"=", cursor.pos)) < 0:
            if len(cursor.buf) - cursor.pos > 4096 or not cursor.fill():
                raise Broken("not valid JSON")
        cursor.pos = equals + 1
    if not cursor.peek():
        raise Broken("empty")
    return cursor


def batches(stream: BinaryIO, kind: Any, under: tuple[str, ...] | None = None) -> Iterator[Batch | BadElement]:
    """Yield `(position of the first, records)` and a BadElement for each element that does not decode as `kind`.

    The elements are those of the top-level array; of the array under the first key of `under` that the top-level object
    holds (`("*",)`: of every array under a top-level key); or the one bare object that Meta's exports hold instead of an
    array of one. Raises Broken when the rest of the stream cannot be read; everything before it has been yielded.
    """
    cursor = start(stream)
    first = cursor.peek()
    if first == b"[":
        yield from _array(cursor, kind, 0)
    elif first == b"{" and under is not None:
        yield from _under(cursor, kind, under)
    elif first == b"{":
        yield from decode_each(b"[" + cursor.value() + b"]", kind, 0)
    else:
        raise Broken("not valid JSON")
    if cursor.peek() not in (b"", b";"):
        raise Broken("more follows after the end of the data")


def _under(cursor: Cursor, kind: Any, under: tuple[str, ...]) -> Iterator[Batch | BadElement]:
    """Elements under the wanted keys of the object at the cursor; the object itself when it holds none of them."""
    count, seen, rest = 0, False, []
    for key in keys(cursor):
        if key in under or under == ("*",):
            if cursor.peek() == b"[":
                for batch in _array(cursor, kind, count):
                    count = batch.position + 1 if isinstance(batch, BadElement) else batch[0] + len(batch[1])
                    yield batch
            elif cursor.peek() == b"{":
                for batch in decode_each(b"[" + cursor.value() + b"]", kind, count):
                    count += 1
                    yield batch
            else:
                cursor.value()
            seen = True
        else:
            rest.append(msgspec.json.encode(key) + b":" + cursor.value())
            if sum(map(len, rest)) > MAX_ELEMENT:
                raise Broken("one element is larger than the limit")
    if not seen and rest:
        yield from decode_each(b"[{" + b",".join(rest) + b"}]", kind, 0)


def keys(cursor: Cursor) -> Iterator[str]:
    """The keys of the object at the cursor; the caller consumes each value before asking for the next."""
    cursor.take(b"{")
    if cursor.peek() == b"}":
        cursor.pos += 1
        return
    while True:
        raw = cursor.value()
        cursor.take(b":")
        key = decoded(raw)
        if not isinstance(key, str):
            raise Broken("not valid JSON")
        yield key
        if cursor.peek() == b",":
            cursor.pos += 1
            continue
        cursor.take(b"}")
        return


def header(
    stream: BinaryIO, skip: tuple[str, ...], kind: Any = msgspec.Raw, found: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The top-level object, decoded; of the arrays under the keys in `skip` only what `kind` holds of each element.

    {} when the top level is no object. Raises Broken; what was read until then is in `found`.
    """
    found = {} if found is None else found
    cursor = start(stream)
    if cursor.peek() != b"{":
        return found
    for key in keys(cursor):
        if key in skip and cursor.peek() == b"[":
            held: list[Any] = []
            if kind is not msgspec.Raw:
                found[key] = held
            for batch in _array(cursor, kind, 0):
                if kind is not msgspec.Raw and not isinstance(batch, BadElement):
                    held += batch[1]
        else:
            found[key] = decoded(cursor.value())
    return found


def decoded(value: bytes | memoryview) -> Any:
    """One JSON value, mended where it must be. Raises Broken."""
    try:
        return msgspec.json.decode(value)
    except UNDECODABLE:
        pass
    try:
        return msgspec.json.decode(mended(bytes(value)))
    except UNDECODABLE:
        raise Broken("not valid JSON") from None


def _array(cursor: Cursor, kind: Any, position: int) -> Iterator[Batch | BadElement]:
    """The elements of the array at the cursor, which ends just after its closing bracket."""
    cursor.take(b"[")
    if cursor.peek() == b"]":
        cursor.pos += 1
        return
    decoder = msgspec.json.Decoder(list[kind])
    end_mark, refused = _end_mark(cursor), 0
    while True:
        cut = _cheap_cut(cursor, end_mark) if refused < MAX_REFUSED else 0
        refused += cut < 0
        if cut > 0:
            piece = b"[" + cursor.buf[cursor.pos : cut] + b"]"
            try:
                records = decoder.decode(piece)
            except UNDECODABLE:  # some element is not of this kind, or holds what is no character, or this is no true cut
                if is_whole(fixed := piece) or is_whole(fixed := mended(piece)):
                    cursor.pos = cut
                    for batch in decode_each(fixed, kind, position):
                        position = batch.position + 1 if isinstance(batch, BadElement) else batch[0] + len(batch[1])
                        yield batch
                else:
                    cut, refused = 0, refused + 1  # no true cut: let the scanner find the next element's end
            else:
                cursor.pos = cut
                yield position, records
                position += len(records)
        if cut <= 0:
            for batch in decode_each(b"[" + cursor.value() + b"]", kind, position):
                yield batch
            position += 1
        following = cursor.peek()
        cursor.pos += 1
        if following == b"]":
            return
        if following != b",":
            raise Broken("cut off" if not following else "not valid JSON")


def is_whole(piece: bytes) -> bool:
    """Whether a piece is a JSON array from end to end, so that it was cut between elements."""
    try:
        _RAWS.decode(piece)
    except UNDECODABLE:
        return False
    return True


def _end_mark(cursor: Cursor) -> tuple[bytes, int]:
    """What ends an element and how many bytes of it belong to the element: the two cheap cuts of the module docstring."""
    while len(cursor.buf) - cursor.pos < 256 and cursor.fill():
        pass
    cursor.peek()
    line = cursor.buf.rfind(b"\n", 0, cursor.pos)
    indent = cursor.buf[line + 1 : cursor.pos] if line >= 0 else b"-"
    if not indent.strip(b" \t"):
        return b"\n" + indent + b"},", len(indent) + 2
    if cursor.buf[cursor.pos + 1 : cursor.pos + 3].lstrip(b"\r").startswith(b"\n"):
        return b"\n},", 2
    if key := _FIRST_KEY.match(cursor.buf, cursor.pos):
        between = re.search(
            rb"\}[ \t\r\n]*,[ \t\r\n]*" + re.escape(key.group()), cursor.buf[cursor.pos :]
        )  # as the first one is written
        return between.group() if between else b"}," + key.group(), 1
    return b"", 0


def _cheap_cut(cursor: Cursor, mark: tuple[bytes, int]) -> int:
    """The end of the last whole element in the buffer (which is topped up first); 0 at the end, -1 where none is in sight."""
    text, inside = mark
    if not text:
        return 0
    searched = 0  # bytes after the cursor already known to hold no end
    while True:
        found = cursor.buf.rfind(text, cursor.pos + searched)
        length = len(cursor.buf) - cursor.pos
        if found >= 0 and (length >= CHUNK or cursor.ended):
            return found + inside
        if length > MAX_ELEMENT:
            raise Broken("one element is larger than the limit")
        if found < 0:
            if length > MAX_SEARCHED:
                return -1
            searched = max(0, length - len(text))
        if not cursor.fill():
            return found + inside if found >= 0 else 0


def decode_each(piece: bytes, kind: Any, position: int) -> Iterator[Batch | BadElement]:
    """The elements of one small array, one by one when it does not decode as a whole."""
    try:
        yield position, msgspec.json.decode(piece, type=list[kind])
        return
    except UNDECODABLE as error:
        whole = type(error).__name__
    try:
        raws = _RAWS.decode(piece if is_whole(piece) else mended(piece))
    except UNDECODABLE:
        yield BadElement(position, whole)
        return
    for offset, raw in enumerate(raws):
        try:
            record = msgspec.json.decode(raw, type=kind)
        except UNDECODABLE:
            try:
                record = msgspec.json.decode(mended(bytes(raw)), type=kind)
            except UNDECODABLE as error:
                yield BadElement(position + offset, type(error).__name__)
                continue
        yield position + offset, [record]
