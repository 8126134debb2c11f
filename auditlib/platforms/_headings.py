"""The header of a CSV file from its first bytes: what loose files of any name are recognised by."""

from __future__ import annotations

import codecs
import csv

from auditlib.csvtable import encoding_of, plain

_LONGEST = 4096
_ROWS = 10


def text_of(head: bytes) -> str:
    """The first bytes of a file as text; half a character at their end is left out."""
    return codecs.getincrementaldecoder(encoding_of(head))("replace").decode(head).lstrip("\ufeff")


def first_rows(head: bytes, delimiter: str = ",", most: int = _ROWS) -> list[tuple[str, ...]]:
    """The first rows that say something, their cells as plain names (csvtable.plain)."""
    lines = text_of(head[:_LONGEST]).replace("\0", "").splitlines(keepends=True)
    found: list[tuple[str, ...]] = []
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            if any(cell.strip() for cell in row):
                found.append(tuple(plain(cell) for cell in row))
                if len(found) == most:
                    break
    except csv.Error:
        pass
    return found


def first_row(head: bytes, delimiter: str = ",") -> tuple[str, ...]:
    """The first row that says something, its names plain; () when there is none."""
    return next(iter(first_rows(head, delimiter, 1)), ())


def delimiter_of(head: bytes) -> str:
    """Comma, semicolon or tab: the one that cuts the first rows into the most names."""
    return max(",;\t", key=lambda one: sum(len(row) for row in first_rows(head, one)))
