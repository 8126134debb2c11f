"""Strava's account, its tables whatever their language, its dates, and where recorded tracks begin and end.

Header names are translated into the account's language while the order of the first columns stays: a table is read by name
where one of the known names is there, else by position.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from auditlib.archive import READ_ERRORS
from auditlib.csvtable import table
from auditlib.dates import from_iso, from_utc
from auditlib.jsonstream import Broken
from auditlib.platforms._strava_tracks import TRACK, Tracks
from auditlib.reading import Account, Ignored
from auditlib.records import Item, Quoted, Record, Setting
from auditlib.text import digest

NAME = "strava"
SITE = "https://www.strava.com"
Row = dict[str, str]

# Month names by their first letters, without accents: en fr de es it nl pt sv da nb pl. "jui" alone would be two months.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan janv ene gen sty",
            "feb fevr fev fbr lut",
            "mar mrt",
            "apr avr abr kwi",
            "may mai mag mei maj",
            "jun juin giu cze",
            "jul juil lug lip",
            "aug aout ago sie",
            "sep set wrz",
            "oct okt ott out paz",
            "nov lis",
            "dec dez dic des gru",
        ),
        1,
    )
    for name in names.split()
}
_CLOCK = r"(?:,? (?:at |a las |um |klo )?(\d{1,2}):(\d\d)(?::(\d\d))?(?: ?([ap])\.? ?m\.?)?)?(?: utc)?$"
_DAY_FIRST = re.compile(r"(\d{1,2})\.?(?: de)? ([a-z]{3,})\.?,?(?: de)? (\d{4})" + _CLOCK)
_MONTH_FIRST = re.compile(r"([a-z]{3,})\.? (\d{1,2}),? (\d{4})" + _CLOCK)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})" + _CLOCK)
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})" + _CLOCK)


def _month(name: str) -> int | None:
    return _MONTHS.get(name[:4]) or _MONTHS.get(name[:3])


def moment(value: str) -> str | None:
    """`Sep 3, 2021, 6:15:22 AM` or `27 juil. 2026, 18:12:05` -> ISO text, taken as UTC; None for what is no such time."""
    text = " ".join(value.replace("\u202f", " ").split())
    if at := from_utc(text):
        return at
    if at := from_iso(text):
        return at
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    if found := _DAY_FIRST.match(text):
        parts: tuple[str, int | None, str] = (found[3], _month(found[2]), found[1])
    elif found := _MONTH_FIRST.match(text):
        parts = (found[3], _month(found[1]), found[2])
    elif found := _DOTTED.match(text):
        parts = (found[3], int(found[2]), found[1])
    elif found := _SLASHED.match(text):
        parts = (found[1], int(found[2]), found[3])
    else:
        return None
    year, month, day = parts
    if not month:
        return None
    date = f"{year}-{month:02}-{int(day):02}"
    if not found[4]:
        return from_iso(date)
    hour = int(found[4])
    if found[7]:
        hour = hour % 12 + (12 if found[7] == "p" else 0)
    return from_iso(f"{date}T{hour:02}:{found[5]}:{found[6] or '00'}+00:00")


def cells(row: Row, *names: str) -> list[str]:
    """The cells of a row by their English names; by position when the header is translated.

    A word or two may be the same in both languages ("Description"): half of the names must be there.
    """
    if 2 * sum(name in row for name in names) >= len(names):
        return [row.get(name, "").strip() for name in names]
    found = [value.strip() for value in row.values()][: len(names)]
    return found + [""] * (len(names) - len(found))


def like(row: Row, *words: str) -> str:
    """The first filled cell of a table of unknown columns whose name holds one of the words, which come in order of trust."""
    for word in words:
        for name, value in row.items():
            if value.strip() and re.search(rf"\b(?:{word})\b", name):
                return value.strip()
    return ""


def person_url(identifier: str) -> str | None:
    """The page of an athlete."""
    return f"{SITE}/athletes/{identifier}" if identifier.isdecimal() else None


class Reader(Account):
    """Who the person is, clubs met in two files, and what the recorded tracks give away."""

    platform = NAME

    def begin(self) -> None:
        """Read profile.csv; set the recorded tracks apart."""
        self.id = self.name = ""
        self.repeats: Counter[str] = Counter()
        self.told: set[str] = set()
        self.clubs: dict[str, tuple[str | None, str, str]] = {}  # name -> joined, description, where
        self.zones: tuple[str, int] | None = None
        self.numbered = self.foreign = self.undated = 0
        self.unsaid: set[str] = set()  # words for a follow that are not known
        self.attempt(self._owner)
        self.account = self.name or self.id or None
        self.prefix = f"{NAME}:{self.id or self.account or '?'}:"
        self.tracks = Tracks([m for m in self.members if TRACK.search(m)])
        for path in self.tracks.paths:
            self.ways[path] = Ignored(self.tracks.reason(path))
        tails = {m.rsplit("/", 1)[-1].lower() for m in self.members}
        older = "kudos.csv" in tails or any(re.search(r"(^|/)photos/[^/]+$", m) for m in self.members)
        self.era = "older, with kudos or photos" if older else "newer, with reactions and media"

    def _owner(self) -> None:
        for path in self.members:
            if not re.search(r"(^|/)profile\.csv$", path, re.IGNORECASE):
                continue
            try:
                with self.tree.open(path) as stream:
                    for _, rows in table(stream):
                        identifier, _, first, last = cells(rows[0], "athlete id", "email address", "first name", "last name")
                        self.id = self.id or (identifier if identifier.isdecimal() else "")
                        self.name = self.name or " ".join(f"{first} {last}".split())
                        break
            except (Broken, *READ_ERRORS):
                continue  # reported when its turn comes

    def key(self, kind: str, *parts: str) -> str:
        """The key of a row that has no id; an exact repeat gets a count."""
        name = f"{self.prefix}{kind}:{digest(*parts)}"
        self.repeats[name] += 1
        return name if self.repeats[name] == 1 else f"{name}-{self.repeats[name]}"

    def dated(self, value: str) -> str | None:
        """The moment in a cell; one that is there and cannot be read is counted."""
        at = moment(value)
        self.undated += bool(value.strip()) and at is None
        return at

    def item(self, kind: Any, key: str, at: str | None, text: str, **more: Any) -> Item:
        """One item of the person's own unless said otherwise."""
        said = {"id": None, "author": "me", "author_name": self.name or None} | more
        return Item(platform=NAME, account=self.account, where=self.where, kind=kind, key=key, at=at, text=text, **said)

    def setting(self, slug: str, value: Any, raw: str, where: str | None = None) -> Setting:
        """A setting as the export words it."""
        return Setting(
            platform=NAME, account=self.account, where=where or self.where, id=f"{NAME}.{slug}", value=value, raw=raw
        )

    def finish(self) -> Iterator[Record]:
        """Clubs, hidden zones, what the tracks give away, and what the person should know."""
        for name, (joined, description, where) in self.clubs.items():
            self.member, _, position = where.rpartition("#")
            self.position = int(position)
            about = Quoted(None, name, description) if description else None  # usually other people's words
            yield self.item("other", f"{self.prefix}club:{digest(name)}", joined, "", title=name, quoted=about)
        if self.zones is None:
            zones = [m for m in self.members if re.search(r"(^|/)privacy_zones\.csv$", m, re.IGNORECASE)]
            self.zones = next(((m, 0) for m in zones if self.head_of(m, 64).strip()), None)
        if self.zones is not None:
            where, count = self.zones
            yield self.setting("map-visibility", "unknown", f"hidden areas: {count}", f"{where}#0")
            if not count:
                self.warnings.append(
                    "No hidden area is in this export: unless your maps are hidden everywhere, the start and finish of your "
                    "activities can be seen. Look at Settings, Privacy controls, Map visibility."
                )
        self.warnings += self.tracks.look(self.tree)
        if any(re.search(r"(^|/)activities\.csv$", m, re.IGNORECASE) for m in self.members):
            self.warnings.append(
                "Strava does not put into its export who can see each activity, only what is set for new ones: look through "
                "older activities on Strava itself."
            )
        if not any(re.search(r"(^|/)profile\.csv$", m, re.IGNORECASE) for m in self.members):
            self.warnings.append(
                "Whose account this is does not stand in what was given, and more of it may be missing: choose the whole "
                "download, as Strava gave it."
            )
        if self.numbered:
            self.warnings.append("Strava gives people by number, without names: open the link beside each to see who it is.")
        if self.foreign:
            self.warnings.append(
                "The privacy settings in this export are in a language, or with names, that this version does not know: they "
                "are shown as they stand. Compare them with the checklist."
            )
        if self.unsaid:
            self.warnings.append(
                "Some follows have a state in words that this version does not know: these people are shown as followers, "
                "though some may only have asked."
            )
        if self.undated:
            self.warnings.append(f"Dates that could not be read: {self.undated}.")
