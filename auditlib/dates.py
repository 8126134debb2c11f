"""Each platform's time strings and numbers -> ISO 8601 text, aware (+00:00) where the format is documented as UTC.

All functions return None for what is no time; none raises. Years outside 1900-2100 count as no time (Meta writes year 0
and 1970-01-01 for "not set").
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = -2208988800, 4102444800  # 1900-01-01, 2100-01-01 in Unix seconds
_LAST_MILLIS = _LAST * 1000
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: f"{number:02}" for number, name in enumerate(_NAMES, 1)}
_OFFSET = re.compile(r" (?=[+-]\d\d:?\d\d$)")  # a space before the offset
_RFC822 = re.compile(r"\b(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d:\d\d:\d\d) ([+-]\d{4}|GMT|UTC?|Z)$")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$")


def from_seconds(value: object) -> str | None:
    """Unix seconds (UTC) -> ISO text. 0 means "not set" in every format we read."""
    if isinstance(value, str) and value.isdecimal() and len(value) < 12:
        value = int(value)
    if type(value) is int and 86_400 < value < _LAST:  # put together from parts, as in `from_millis`
        day, rest = divmod(value, 86_400)
        return f"{_day(day)}{_CLOCK[rest // 60]}{_SECONDS[rest % 60]}+00:00"
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value == 0:
        return None
    if not _FIRST <= value < _LAST:
        return None
    # not fromtimestamp: it refuses negative values on Windows
    return (EPOCH + timedelta(seconds=value)).isoformat(timespec="seconds" if value == int(value) else "milliseconds")


@lru_cache(maxsize=512)
def _day(number: int) -> str:
    """The date of a day counted from 1970."""
    return (EPOCH + timedelta(days=number)).isoformat()[:11]


_CLOCK = tuple(f"{minute // 60:02}:{minute % 60:02}:" for minute in range(1440))
_CLOCKS = frozenset(_CLOCK)
_SECONDS = tuple(f"{second:02}" for second in range(60))
_SIXTY = frozenset(_SECONDS)
# Without a fraction or with one that counts microseconds: others `from_iso` shortens.
_GOOGLE = re.compile(r"(\d{4}-\d\d-\d\dT)(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3}(?!000)\d{3})?\+00:00", re.ASCII).fullmatch
_MILLIS = ("+00:00", *(f".{number:03}+00:00" for number in range(1, 1000)))


def from_millis(value: object) -> str | None:
    """Unix milliseconds (UTC) -> ISO text with milliseconds when they are not zero."""
    if type(value) is int and 86_400_000 < value < _LAST_MILLIS:  # put together from parts: messages come by the million
        seconds, rest = divmod(value, 1000)
        day, clock = divmod(seconds, 86_400)
        return f"{_day(day)}{_CLOCK[clock // 60]}{_SECONDS[clock % 60]}{_MILLIS[rest]}"
    if isinstance(value, str) and value.lstrip("-").isdecimal() and len(value) < 20:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return from_seconds(value / 1000 if value % 1000 else value // 1000)


def from_x(value: str | None) -> str | None:
    """X's `Sat Feb 18 12:33:11 +0000 2023` (always UTC, English month names) -> ISO text.

    Cut by position: `strptime` alone doubles the cost of reading an archive.
    """
    if value is None or len(value) != 30:
        return from_iso(value)
    day = _x_day(value[4:11], value[26:])
    if day is None or value[20:25] != "+0000" or value[11:17] not in _CLOCKS or value[17:19] not in _SECONDS:
        return None
    return f"{day}{value[11:19]}+00:00"


@lru_cache(maxsize=8192)
def _x_day(month_day: str, year: str) -> str | None:
    """`Feb 18 ` and `2023` -> `2023-02-18T`; None when there is no such day."""
    text = f"{year}-{_MONTHS.get(month_day[:3], '')}-{month_day[4:6]}"
    try:
        return f"{date.fromisoformat(text)}T"
    except ValueError:
        return None


def from_iso(value: str | None) -> str | None:
    """ISO 8601 text -> the same with `T` and a numeric offset; text without an offset stays without one (naive)."""
    if not value or not _ISO.match(value):
        return None
    text = value.replace(" ", "T")
    if text.endswith("Z"):
        text = text[:-1] + "+00:00"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if "T" not in text:
        return text
    fraction = moment.microsecond
    return moment.isoformat(timespec="microseconds" if fraction % 1000 else "milliseconds" if fraction else "seconds")


def from_utc(value: str | None) -> str | None:
    """`2022-03-04 08:15:00`, with ` UTC`, `Z`, an offset or nothing behind it, where that means UTC -> ISO text.

    Cut by position, as comments and messages come by the million. A date without a time stays one.
    """
    if not value:
        return None
    if value[11:17] in _CLOCKS and value[17:19] in _SIXTY and ((rest := value[19:]) == " UTC" or not rest):
        day = _utc_day(value[:11])
        return day and f"{day}{value[11:19]}+00:00"
    text = from_iso(_OFFSET.sub("", value.strip().removesuffix(" UTC")))
    return f"{text}+00:00" if text and "T" in text and text[19:].find("+") < 0 and text[19:].find("-") < 0 else text


def from_google(value: str | None) -> str | None:
    """Google's `2023-09-19T17:42:53.434647+00:00` (the fraction optional), or any other ISO 8601 text, as `from_iso` gives it.

    Checked and not taken apart: comments come by the hundred thousand.
    """
    if not value:
        return None
    if (known := _GOOGLE(value)) and _utc_day(known[1]):
        return value
    return from_iso(value)


@lru_cache(maxsize=8192)
def _utc_day(text: str) -> str | None:
    """`2022-03-04 ` -> `2022-03-04T`; None when there is no such day."""
    if text[10:] not in (" ", "T") or text[4] != "-" or text[7] != "-" or not "1900" <= text[:4] < "2100":
        return None
    try:
        return f"{date.fromisoformat(text[:10])}T"
    except ValueError:
        return None


def from_rfc822(value: str | None) -> str | None:
    """`Tue, 02 Jan 2018 03:04:05 +0000`, as RSS writes times -> ISO text with the offset given; before 1971 means "not set"."""
    found = _RFC822.search(value or "")
    if found is None or found[2].title() not in _MONTHS or not "1971" <= found[3] < "2100":
        return None
    offset = found[5] if found[5][:1] in ("+", "-") else "+0000"
    return from_iso(f"{found[3]}-{_MONTHS[found[2].title()]}-{found[1]:0>2} {found[4]}{offset[:3]}:{offset[3:]}")


def from_snowflake(identifier: str | None) -> str | None:
    """The moment inside an X id of about November 2010 or later (milliseconds since 2010-11-04 01:42:54.657 UTC)."""
    if not identifier or not identifier.isdecimal() or len(identifier) > 20:
        return None
    number = int(identifier)
    return from_millis((number >> 22) + 1288834974657) if number >= 29_700_000_000 else None


def year_of(at: str | None) -> int | None:
    """The year of an ISO text, or None."""
    return int(at[:4]) if at and at[:4].isdecimal() else None
