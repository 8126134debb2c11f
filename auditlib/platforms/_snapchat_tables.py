"""The plain tables of a web page as rows by column name, each with the heading before it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from auditlib.markup import words

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "caption", "summary"))


def rows(root: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of every table with the heading before it. A table of two columns without a header is one record."""
    heading = ""
    for element in root.iter():
        if element.tag in _HEADINGS:
            # its first texts only: where its end is missing, all that follows lies in it
            heading = " ".join("".join(islice(element.itertext(), 8)).split())[:200] or heading
        elif element.tag == "table" and element.find(".//table") is None:
            yield from ((heading, row) for row in _table(element))


def _table(table: Any) -> Iterator[dict[str, Any]]:
    lines = [[c for c in line if c.tag in ("th", "td")] for line in table.iter("tr")]
    lines = [cells for cells in lines if cells]
    if not lines:
        return
    if all(len(cells) == 2 and (cells[0].tag, cells[1].tag) == ("th", "td") for cells in lines):
        yield {words(k).rstrip(":").strip(): words(v) for k, v in lines}
        return
    names = [words(cell).rstrip(":").strip() for cell in lines[0]]
    for cells in lines[1:]:
        yield dict(zip(names, (words(cell) for cell in cells), strict=False))
