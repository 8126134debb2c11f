"""Dates of a site nobody wrote a reader for: which form a file uses is settled from all of them, never from one alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from auditlib.dates import from_iso, from_seconds, from_utc

_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # noqa: SIM905
_CLOCK = (
    r"(?:[,T\s]+(?:at\s+|@\s*)?(?P<h>\d{1,2})[:.](?P<m>\d\d)(?:[:.](?P<s>\d\d))?(?:\.\d+)?"
    r"(?:[\s\u202f\xa0]*(?P<half>[ap])\.?\s?m\.?)?"
    r"(?:\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d))?)?\s*$"
)
_WEEKDAY = r"^\s*(?:[a-z]{2,9}\.?,?\s+)?"
_NUMBERS = re.compile(_WEEKDAY + r"(?P<a>\d{1,4})\s?[/.-]\s?(?P<b>\d{1,2})\s?[/.-]\s?(?P<c>\d{1,4})" + _CLOCK, re.IGNORECASE)
_DAY_MONTH = re.compile(
    _WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<month>[a-z]{3,9})\.?,?[\s-]+(?P<year>\d{4})" + _CLOCK,
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"^\s*(?:[a-z]{3,9},?\s+)?(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})" + _CLOCK,
    re.IGNORECASE,
)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?$|\d{12,13}$|\d{15,16}$")


class Dates:
    """Reads the dates of one file. `feed` takes in every date in the order of the file; then `read` tells their moments."""

    def __init__(self, day_first: bool | None = None) -> None:
        self.day_first = day_first
        self.pair: tuple[int, int] | None = None  # a pair of numbers that can be read in two ways, to ask about
        self._said = [False, False]  # a first, a second number over 12 was seen
        self._moves = [[0, 0], [0, 0]]  # for day first, month first: steps forward and backward in time
        self._last: list[tuple[int, ...]] = [(), ()]
        self._changes = [0, 0]
        self._before: tuple[int, int] | None = None

    def feed(self, text: str) -> None:
        """Take in one date as it stands in the file."""
        found = _NUMBERS.match(text)
        if not found or len(found["a"]) > 2:
            return
        a, b, year = int(found["a"]), int(found["b"]), _year(found["c"])
        self._said[0] |= a > 12
        self._said[1] |= b > 12
        if self.pair is None and a != b and a <= 12 and b <= 12:
            self.pair = a, b
        for way, (day, month) in enumerate(((a, b), (b, a))):
            now = (year, month, day)
            if self._last[way] and now != self._last[way]:
                self._moves[way][now < self._last[way]] += 1
            self._last[way] = now
        if self._before is not None:
            self._changes[0] += a != self._before[0]
            self._changes[1] += b != self._before[1]
        self._before = a, b

    def settle(self) -> bool:
        """Decide which number is the day; False when nothing in the file says, so that the person has to be asked."""
        if self.day_first is not None or self.pair is None:
            return True
        if self._said[0] != self._said[1]:
            self.day_first = self._said[0]
            return True
        against = [min(moves) for moves in self._moves]  # a file runs forward or backward in time
        if against[0] != against[1]:
            self.day_first = against[0] < against[1]
        elif self._changes[0] != self._changes[1] and sum(self._changes) > 2:
            self.day_first = self._changes[0] > self._changes[1]
        return self.day_first is not None

    def read(self, text: str) -> str | None:
        """ISO text: with an offset where the file says one, else naive; None for what is no date in a form known here."""
        text = text.strip()
        if not text:
            return None
        if iso := from_iso(text) or (from_utc(text) if text.endswith(" UTC") or text[-5:-4] in ("+", "-") else None):
            return iso
        if _EPOCH.match(text):
            whole = text.partition(".")[0]
            return from_seconds(float(text) / (1 if len(whole) < 12 else 1e3 if len(whole) < 15 else 1e6))
        if found := _DAY_MONTH.match(text) or _MONTH_DAY.match(text):
            month = _MONTHS.get(found["month"][:3].lower())
            return _moment(int(found["year"]), month, int(found["day"]), found) if month else None
        if not (found := _NUMBERS.match(text)):
            return None
        a, b, c = int(found["a"]), int(found["b"]), int(found["c"])
        if len(found["a"]) == 4:
            return _moment(a, b, c, found)
        day_first = b <= 12 and (a > 12 or self.day_first is not False)
        return _moment(_year(found["c"]), b if day_first else a, a if day_first else b, found)


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) < 3 else 0)


def _moment(year: int, month: int, day: int, found: re.Match[str]) -> str | None:
    hour = int(found["h"]) if found["h"] else None
    if hour is not None and found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    zone = (found["zone"] or "").upper().replace(":", "")
    try:
        made = datetime(year, month, day, hour or 0, int(found["m"] or 0), int(found["s"] or 0))
    except ValueError:
        return None
    if not 1900 <= year < 2100:
        return None
    if hour is None:
        return made.date().isoformat()
    if zone:
        zone = "+00:00" if zone in ("Z", "UTC", "GMT") else f"{zone[:3]}:{zone[3:]}"
    return from_iso(made.isoformat() + zone)


def looks_like_date(text: str) -> bool:
    """Whether a text is a date in a form known here."""
    return Dates().read(text) is not None


def fed(dates: Dates, texts: Iterable[str]) -> Dates:
    """The reader of dates, with all of these taken in."""
    for text in texts:
        dates.feed(text)
    return dates
