"""What TikTok's and Snapchat's exports have in common: forms of time, keys in any spelling, records told twice."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Any

from auditlib.dates import from_millis, from_seconds, from_utc

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
