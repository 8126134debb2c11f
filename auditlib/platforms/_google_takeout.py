"""What every product in a Google Takeout has alike: its parts and their stamp, and cells of its CSV files.

A Takeout comes as `takeout-20241102T101112Z-001.zip`, `-002.zip` ... (also `...Z-1-001.zip`), zip or tgz. One product may be
split over parts, and a part does not say how many there are.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from math import isfinite

from auditlib.csvtable import encoding_of, plain

HEAD = 1 << 14  # bytes looked at to recognise a file
SPLIT = 900_000_000  # bytes
_PART = re.compile(r"takeout-(\d{8})t(\d{6})z(?:-(\d{1,2}))?-(\d{3})(?!\d)", re.IGNORECASE)
_BLANK = re.compile(r"^\s*$")


def edition(names: Iterable[str]) -> str:
    """When Google made the newest of these archives, as their names say (ISO 8601, UTC); "" when none says."""
    stamps = [m[1] + m[2] for name in names if (m := _PART.search(name))]
    if not stamps:
        return ""
    s = max(stamps)
    return f"{s[:4]}-{s[4:6]}-{s[6:8]}T{s[8:10]}:{s[10:12]}:{s[12:14]}+00:00"


def parts_missing(names: Iterable[str], product: str, size: int = 0) -> list[str]:
    """A sentence for each archive of which a later part is here and an earlier one is not seen, or only the first of a size
    (bytes, of everything beside it) at which Google splits: it does from 1 GB, or 2 where nothing is chosen.

    Another part may have been given and hold nothing of this product, so the sentence says what was seen, not what is lost.
    """
    given: dict[tuple[str, str], set[int]] = {}
    for name in names:
        if m := _PART.search(name):
            given.setdefault((m[1] + m[2], m[3] or ""), set()).add(int(m[4]))
    said = []
    for _, numbers in sorted(given.items()):
        if missing := sorted(set(range(1, max(numbers))) - numbers):
            here = _listed(sorted(numbers))
            said.append(
                f"Only part {here} of this Google download was found to hold {product} data. If you have not given part "
                f"{_listed(missing)} yet, add it, and any later part: more of yours may be in it."
            )
        elif numbers == {1} and size > SPLIT:
            said.append(
                f"Only part 1 of this Google download was found to hold {product} data, and it is as large as Google makes a "
                "part. If Google offered more files (-002 and so on), add them: more of yours may be in them."
            )
    return said


def _listed(numbers: list[int]) -> str:
    words = [str(n) for n in numbers[:9]]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def first_rows(head: bytes, most: int = 12) -> list[list[str]]:
    """The first rows of a CSV file that are not blank, the last one perhaps cut; [] for what is no CSV."""
    text = head.decode(encoding_of(head), "replace").removeprefix("\ufeff")
    line = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=line.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            cells = [cell.strip() for cell in row]
            if any(cells):
                rows.append(cells)
            if len(rows) == most:
                break
    except csv.Error:
        return rows
    return rows


def names_of(row: list[str]) -> list[str]:
    """Column names as they are compared, without what a trailing comma leaves; accents in one of their two forms."""
    names = [plain(unicodedata.normalize("NFC", cell)) for cell in row]
    while names and not names[-1]:
        names.pop()
    return names


def number(cell: str) -> float | None:
    """A number of degrees or of anything else, with a point or a decimal comma; None for what is none."""
    try:
        value = float(cell.strip().replace(",", "."))
    except ValueError:
        return None
    return value if isfinite(value) else None


def place_of(lat: float | None, lon: float | None) -> tuple[float, float] | None:
    """Degrees north and east, or None: 0,0 stands for no place in every product, and what is beyond the globe is none."""
    if lat is None or lon is None or not (lat or lon) or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    return lat, lon
