"""LinkedIn's small forms: file names, addresses, names, and dates, of which each file has its own (docstring of each).

Nothing here guesses: what is of another form is None.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

from auditlib.dates import from_utc

NAME = "linkedin"
Row = tuple[str, ...]
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_DAY = re.compile(r"(\d{1,2})[\s\-](\w{3})\w*\.?[\s\-](\d{4}|\d\d)$")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)(?:,? +(\d{1,2}):(\d\d)(?::(\d\d))?(?: *([AP])M)?)?$", re.IGNORECASE)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
# `-activity-` : addresses of the form /posts/name_words-activity-123-abcd
_URN = re.compile(r"(?:urn:li:(?:activity|share|ugcPost|article):|-(?:activity|share|ugcPost)-)(\d+)")
NUMBERED = r"\d*(?:[ _]+\d+|[ _]*\(\d+\))*\.(?:csv|tsv)$"


def file(name: str) -> str:
    """A row pattern for a file: case, spaces and underscores do not count, nor a number behind the name.

    2026: complete archives hold `Comments_34875879.csv`; browsers add ` (1)`.
    """
    return r"[ _-]*".join(re.escape(word) for word in name.split()) + NUMBERED


@lru_cache(maxsize=4096)
def slug(address: str) -> str:
    """What names a person in an address: decoded, lower case, without query or slash; "" for what is no such address."""
    path = address.strip()
    if "?" in path or "#" in path:
        path = path.split("?", 1)[0].split("#", 1)[0]
    path = path.rstrip("/")
    name = path[path.rfind("/") + 1 :]
    return (unquote(name) if "%" in name else name).casefold()


def web(address: str) -> str | None:
    """A web address as it can be opened (older columns leave the scheme out), or None."""
    text = address.strip()
    if text.startswith(("http://", "https://")):
        return text
    return f"https://{text}" if re.match(r"(?:www\.)?linkedin\.com/", text) else None


def urn(address: str) -> str | None:
    """The number of the post in an address, percent signs undone or not. The address itself is opened as it is."""
    text = address.replace("%3A", ":") if "%" in address else address
    found = _URN.search(unquote(text) if "%" in text else text)
    return found[1] if found else None


def full(first: str, last: str) -> str:
    """A name from its two columns."""
    return " ".join(f"{first} {last}".split())


@lru_cache(maxsize=4096)
def alike(name: str) -> str:
    """A name as names are compared: without letters behind a comma (`Sam Wick, MEd`)."""
    text = name if name.isascii() else unicodedata.normalize("NFC", name)
    return " ".join(text.split(", ", 1)[0].casefold().split())


def _date(year: str, month: int, day: int) -> str | None:
    number = int(year) + (2000 if len(year) == 2 else 0)
    if not (1900 < number < 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{number:04}-{month:02}-{day:02}"


@lru_cache(maxsize=4096)
def day(value: str) -> str | None:
    """`08 Feb 2026`, a spreadsheet's `8-Feb-26`, old `02/08/2026` (month first unless there is no such) -> ISO date."""
    text = value.strip()
    if found := _DAY.match(text):
        month = _MONTHS.get(found[2].lower())
        return _date(found[3], month, int(found[1])) if month else None
    if _ISO_DAY.match(text):
        return text
    if (found := _SLASHED.match(text)) and not found[4]:
        first, second = int(found[1]), int(found[2])
        return _date(found[3], second, first) if first > 12 else _date(found[3], first, second)
    return None


def american(value: str) -> str | None:
    """`1/29/26, 2:37 PM`: month first, twelve hours, no zone -> ISO text without offset."""
    found = _SLASHED.match(" ".join(value.replace("\u202f", " ").split()))
    date = _date(found[3], int(found[1]), int(found[2])) if found else None
    if not date or not found or not found[4]:
        return date
    hour = int(found[4])
    if found[7]:
        hour = hour % 12 + (12 if found[7] in "pP" else 0)
    return f"{date}T{hour:02}:{found[5]}:{found[6] or '00'}" if hour < 24 and found[5] < "60" else None


def utc(value: str) -> str | None:
    """`2026-02-08 09:10:11`, with or without ` UTC`, also with slashes -> aware ISO text.

    A spreadsheet may have turned it into `13/02/2026 09:10`: read where only one order of day and month is possible.
    """
    text = value.strip()
    if not text:
        return None
    at = from_utc(text if text[4:5] != "/" else text.replace("/", "-", 2))
    if at or not (found := _SLASHED.match(text)) or not found[4] or (int(found[1]) <= 12 and int(found[2]) <= 12):
        return at
    first, second = int(found[1]), int(found[2])
    date = _date(found[3], second, first) if first > 12 else _date(found[3], first, second)
    hour = int(found[4]) % 12 + (12 if found[7] in "pP" else 0) if found[7] else int(found[4])
    return f"{date}T{hour:02}:{found[5]}:{found[6] or '00'}+00:00" if date and hour < 24 and found[5] < "60" else None


def blank(value: str) -> str | None:
    """None for an empty cell."""
    return value.strip() or None


def cells(value: str) -> list[str]:
    """The entries of a bracketed list such as `[PERSONAL:https://wren.example,PORTFOLIO:https://b.example]`."""
    text = value.strip().removeprefix("[").removesuffix("]")
    return [
        re.sub(r"^[A-Z_]+:(?!//)", "", one.strip())
        for one in re.split(r",\s*(?=[A-Z_]+:|https?://|@?\w+$)", text)
        if one.strip()
    ]
