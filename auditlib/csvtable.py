"""Rows of a CSV file in bounded memory, columns found by name: exports reorder, rename and translate them.

Real files come with a byte-order mark, as UTF-16 or Windows-1252 after a spreadsheet has saved them, with semicolons, with a
preamble before the header (LinkedIn), with names that occur twice (Strava), with blank rows at the end (Google).
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import Any, BinaryIO

from auditlib.jsonstream import Broken

CHUNK = 1 << 16  # bytes read at a time
BATCH = 500  # rows handed over at a time
MAX_LINE = 16 << 20  # characters of one line
MAX_CELL = 16 << 20  # characters of one cell
MAX_TAIL = 1 << 20  # bytes kept, to see whether the last row is whole
MAX_PREAMBLE = 50  # rows before the header
NO_COLUMNS = "no known columns"

_SPACES = re.compile(r"[\s_\-]+")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def plain(name: str) -> str:
    """A column's name as names are compared: lower case, one space for spaces, underscores and hyphens, no colon at the end."""
    return _SPACES.sub(" ", name.lstrip("\ufeff")).strip().rstrip(":").strip().lower()


class _Raw(io.BufferedIOBase):
    """A member's stream as the standard library's text reader wants it, with what tells a whole file from a cut one."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.line, self.quotes = stream, 0, 0
        self.tail: deque[bytes] = deque(maxlen=MAX_TAIL // CHUNK)
        self.head = self._chunk()

    def readable(self) -> bool:
        return True

    def read1(self, size: int = -1) -> bytes:
        """The next chunk, however little was asked for: the text reader takes what it gets, and fewer are faster."""
        chunk, self.head = self.head or self._chunk(), b""
        return chunk

    def _chunk(self) -> bytes:
        """Raises Broken when a line is longer than MAX_LINE, so that it is never held."""
        chunk = self.stream.read(CHUNK)
        last = chunk.rfind(b"\n")
        self.line = self.line + len(chunk) if last < 0 else len(chunk) - last
        if self.line > MAX_LINE:
            raise Broken("one line is larger than the limit")
        self.quotes += chunk.count(b'"')
        self.tail.append(chunk)
        return chunk


def _text(raw: _Raw, newline: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(raw, encoding_of(raw.head), "replace", newline)  # type: ignore[arg-type]  # it has no name


def lines(stream: BinaryIO) -> Iterator[str]:
    r"""The lines of a text file with their ends, cut at `\n` only (a message may hold U+2028 or U+0085).

    UTF-8, else what its byte-order mark says, else Windows-1252 when its beginning is no UTF-8; single bad bytes further on
    become U+FFFD. Raises Broken when a line is longer than MAX_LINE.
    """
    return _text(_Raw(stream), "\n")


def encoding_of(head: bytes) -> str:
    """The encoding of a text that begins with these bytes."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if head[1:2] == b"\0" and head[3:4] == b"\0":
        return "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def rows(stream: BinaryIO) -> Iterator[list[list[str]]]:
    """Batches of rows as lists of cells, blank rows left out. Raises Broken at a cell that never closes or is too long."""
    csv.field_size_limit(MAX_CELL)
    raw = _Raw(stream)
    text = _text(raw, "")
    first = list(islice(text, 20))
    delimiter = _delimiter(first)
    reader = csv.reader(chain(first, text), delimiter=delimiter)
    held: list[list[str]] = []  # the last row is held back: only the end of the file tells whether it is whole
    while True:
        batch, before = held, len(held)
        try:
            batch.extend(islice(reader, BATCH))
        except csv.Error:
            yield from _told(batch)
            raise Broken("one cell is larger than the limit") from None
        if len(batch) - before < BATCH:
            break
        held = batch[-1:]
        yield from _told(batch[:-1])
    if batch and raw.quotes % 2 and _is_open(batch[-1], raw, text.encoding, delimiter):
        yield from _told(batch[:-1])
        raise Broken("cut off")
    yield from _told(batch)


def _told(batch: list[list[str]]) -> Iterator[list[list[str]]]:
    """The rows that say something, if there are any: Google ends files with blank ones."""
    if said := [row for row in batch if row and (row[0] or any(row)) and (len(row) > 1 or row[0].strip())]:
        yield said


def _is_open(row: list[str], raw: _Raw, encoding: str, delimiter: str) -> bool:
    """Whether the file ended inside a quoted cell of this row, its last: the reader itself does not mind."""
    count = 1 + sum(cell.count("\n") for cell in row)
    tail = b"".join(raw.tail).decode(encoding.removesuffix("-sig"), "replace").removesuffix("\n").split("\n")
    if count >= len(tail) > raw.tail.maxlen:  # type: ignore[operator]
        return True
    try:
        list(csv.reader([line + "\n" for line in tail[-count:]], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False


def _delimiter(first: Sequence[str]) -> str:
    """Comma, semicolon or tab: the one that cuts the first lines into the most columns; a comma in doubt."""
    best, most = ",", 0
    for delimiter in (",", ";", "\t"):
        width = Counter(len(row) for row in csv.reader(list(first), delimiter=delimiter) if len(row) > 1)
        score = max((columns * count for columns, count in width.items()), default=0)
        if score > most:
            best, most = delimiter, score
    return best


class Columns:
    """How wanted columns are taken from a row of this file.

    `wanted` are specifications as of reading.Table: names, `a|b` for either, `name#2` for the second of that name, `@3` for
    a position. Raises Broken when the header has none of the named ones.
    """

    def __init__(self, header: Sequence[str] | None, wanted: Sequence[str]) -> None:
        self.names = None if header is None else _numbered(header)
        self.places: list[int] = []
        named = False
        for spec in wanted:
            place = -1
            for one in spec.split("|"):
                if one.startswith("@"):
                    place = int(one[1:])
                elif self.names is not None and one in self.names:
                    place, named = self.names.index(one), True
                if place >= 0:
                    break
            self.places.append(place)
        if wanted and not named and all(place < 0 for place in self.places):
            raise Broken(NO_COLUMNS)
        self._lacking = -1 in self.places
        self._take = itemgetter(*self.places) if len(self.places) > 1 else None

    def all(self, rows: list[list[str]]) -> list[Any]:
        """What `taken` gives of each row, faster where no row is too short. The rows are used up."""
        if self._take is None:
            return list(map(self.taken, rows))
        if self._lacking:
            for row in rows:
                row.append("")  # what place -1 takes
        try:
            return list(map(self._take, rows))
        except IndexError:
            return list(map(self.taken, rows))

    def taken(self, row: list[str]) -> Any:
        """The wanted cells as a tuple, "" for what is not there; without wanted ones the whole row as a dict by name."""
        if not self.places:
            return dict(zip(self.names or (), row, strict=False))
        return tuple(row[place] if 0 <= place < len(row) else "" for place in self.places)


def _numbered(header: Sequence[str]) -> list[str]:
    """Plain names; the second of one name gets `#2`."""
    seen: Counter[str] = Counter()
    names = []
    for cell in header:
        name = plain(cell)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return names


def table(
    stream: BinaryIO, wanted: Sequence[str] = (), header: Sequence[str] = (), bare: bool = False
) -> Iterator[tuple[int, list[Any]]]:
    """Batches `(position of the first, rows)` as `Columns.taken` gives them; see reading.Table for the arguments.

    Raises Broken: "empty", "cut off", or no known columns.
    """
    columns = Columns(None, wanted) if bare else None
    position, skipped, seen = 0, 0, False
    for batch in rows(stream):
        start = 0
        seen = True
        while columns is None and start < len(batch):
            row = batch[start]
            start += 1
            if not header or set(header) <= {plain(cell) for cell in row}:
                columns = Columns(row, wanted)
            else:
                skipped += 1
                if skipped > MAX_PREAMBLE:
                    raise Broken(NO_COLUMNS)
        if columns is not None and start < len(batch):
            yield position, columns.all(batch[start:] if start else batch)
            position += len(batch) - start
    if not seen:
        raise Broken("empty")
    if columns is None:
        raise Broken(NO_COLUMNS)
