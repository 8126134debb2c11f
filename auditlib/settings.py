"""The privacy settings checklist: rows as data, for the platforms present, prefilled where an export holds a value.

The data is `policy/data/settings.toml`. Its `last_checked` is the day somebody last compared the rows with public
material; rows older than twelve months carry a caution, because menus are renamed several times a year.

A row with `wanted` values is one that a platform's reader can fill (`Setting.id`); a value "unknown" is never as wanted.
What an export holds beside the rows, or under a name that this version does not know, is listed below its platform.

No answer and no value ever leaves the computer: the declaration says complete, partly or not done per platform.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from auditlib.errors import PolicyError
from auditlib.records import Setting

FILE_NAME = "settings.toml"
STALE_AFTER_MONTHS = 12
_CLAUSE_IDS = (
    "school-name colleagues confidentiality copyright harassment discrimination defamation offence log-ins phone email"
    " personal-info access pupil-contact family-contact work-channels threat safeguarding"
)
CLAUSES = frozenset(_CLAUSE_IDS.split())
PRIORITIES = ("M", "S", "C")
_PAST = ("yes", "no", "part", "varies", "-")
_VALUES = ("public", "followers", "friends", "private", "on", "off")  # "unknown" is never as wanted
_GENERIC = "generic"
_ID = re.compile(r"[a-z0-9-]+\.[a-z0-9]+(?:-[a-z0-9]+)*")
_TEXT_FIELDS = ("id", "label", "goal", "recommended", "path", "past", "priority", "source")
_ROW_FIELDS = frozenset((*_TEXT_FIELDS, "clauses", "wanted", "url", "help_url", "last_checked"))
_KEPT_UNDER = {"messenger": "facebook.messenger-"}  # rows kept under another platform's name
_SAID = {
    "public": "open to everyone", "followers": "followers", "friends": "friends", "private": "private", "on": "on",
    "off": "off",
}  # fmt: skip
_IN_PARTS = re.compile(r"; |: \d|^\w+ [^:;]*: ")  # an export's word that names what it is about, or several at once
_LONGEST = 2000  # characters shown of an export's own words: a list of groups can be long
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip  # strftime("%B") follows the machine's locale


class SettingRow(msgspec.Struct, frozen=True):
    """One setting to check. `platform` is "" for a row that holds on every platform; `url` and `help_url` may be ""."""

    id: str
    platform: str
    label: str
    goal: str
    recommended: str
    path: str
    url: str
    help_url: str
    clauses: tuple[str, ...]
    past: str
    priority: str
    source: str
    last_checked: date
    wanted: tuple[str, ...] = ()

    def stale(self, today: date | None = None) -> bool:
        """Return True when the row was last checked more than twelve months before `today`."""
        today = today or date.today()
        months = (today.year - self.last_checked.year) * 12 + today.month - self.last_checked.month
        return months > STALE_AFTER_MONTHS or (months == STALE_AFTER_MONTHS and today.day > self.last_checked.day)

    @property
    def unsure(self) -> bool:
        """True when nobody has seen this row in public material: show it as "may differ in your app"."""
        return self.source == "G"

    @property
    def keyword(self) -> str:
        """The word to type into the app's own settings search when the path is not there."""
        return re.split(r"[,:(]| and | or ", self.label)[0].strip()


class PlatformNote(msgspec.Struct, frozen=True):
    """What a platform is called, where its settings and help pages are, and what to know about it ("" when nothing)."""

    id: str
    name: str
    url: str
    help_url: str
    note: str


class CheckRow(msgspec.Struct, frozen=True):
    """A row of the person's checklist. `found` is what the export holds, the widest-open one first when the person has
    several accounts (`others` holds the rest); `as_recommended` is None when the export does not say."""

    row: SettingRow
    found: Setting | None
    stale: bool
    as_recommended: bool | None = None
    others: tuple[Setting, ...] = ()

    @property
    def says(self) -> str:
        """One sentence on what the export held, never claiming that it is still so; "" when it held nothing."""
        if self.found is None:
            return ""
        word = _SAID.get(self.found.value)
        if word is None and self.found.raw.strip():
            return "Your archive says this in words that only you can judge. Please look in the app."
        if word is None:
            return "Your archive does not say. Please look in the app."
        when = f"On {_uk_date(self.found.seen_at)}" if self.found.seen_at else "When you asked for this archive"
        return f"{when} it was: {word}. It may have changed since."

    @property
    def own_words(self) -> str:
        """What the export says word for word, where `says` does not carry it: not understood, or several settings in one."""
        raw = self.found.raw.strip() if self.found else ""
        if self.found is None or (self.found.value in _SAID and not _IN_PARTS.search(raw)):
            return ""
        return _clipped(raw)

    @property
    def caution(self) -> str:
        """One sentence of caution about the row itself, "" when there is none."""
        if self.stale:
            return "Nobody has checked this line for over a year. The menu may have moved."
        return "This may differ in your app." if self.row.unsure else ""


class Data(msgspec.Struct, frozen=True):
    """The whole data file."""

    rows: tuple[SettingRow, ...]
    platforms: dict[str, PlatformNote]
    others: tuple[str, ...]
    limits: tuple[str, ...]


def rows(leave_out: Iterable[str] = ()) -> tuple[SettingRow, ...]:
    """Return every row, in the order of the data, without those whose ids are in `leave_out`.

    Raises PolicyError (all faults at once) when the data itself is not in order.
    """
    left_out = frozenset(leave_out)
    return tuple(row for row in _bundled().rows if row.id not in left_out)


def checklist(
    platforms: Iterable[str], found: Iterable[Setting], leave_out: Iterable[str] = (), today: date | None = None
) -> list[CheckRow]:
    """Return the rows to go through: the given platforms in the given order, then those that hold everywhere.

    Within a platform: before you start, strongly advised, consider; "look at yourself as others do" always ends it.
    A row kept under another platform's name carries the platform that brought it here.
    `found` is what the archives hold; `today` is for tests.
    """
    by_id: dict[str, list[Setting]] = {}
    for setting in found:
        by_id.setdefault(setting.id, []).append(setting)
    chosen: list[SettingRow] = []
    left = rows(leave_out)
    for platform in (*dict.fromkeys(platforms), ""):
        prefix = _KEPT_UNDER.get(platform)
        mine = [row for row in left if row.platform == platform or (prefix and row.id.startswith(prefix))]
        taken = {row.id for row in chosen}
        chosen += sorted((msgspec.structs.replace(row, platform=platform) for row in mine if row.id not in taken), key=_rank)
    return [_checked(row, by_id.get(row.id, []), today) for row in chosen]


def also_held(platform: str, found: Iterable[Setting]) -> tuple[str, ...]:
    """Return `Label: the export's own words`, a line for each setting of the platform that no row asks about.

    Rows that a school leaves out are not brought back by it. The account is named where there are several.
    """
    known = {row.id for row in rows()}
    latest = _latest(s for s in found if s.platform == platform and s.id not in known and s.raw.strip())
    accounts = {setting.account for setting in latest}
    lines = []
    for setting in latest:
        name = " ".join(setting.id.partition(".")[2].replace("-", " ").split()) or "Setting"
        whose = f" ({setting.account})" if len(accounts) > 1 and setting.account else ""
        lines.append(f"{name[0].upper()}{name[1:]}{whose}: {_clipped(setting.raw.strip())}")
    return tuple(dict.fromkeys(lines))


def platform_note(platform: str) -> PlatformNote | None:
    """Return the platform's name, links and remark; None for one without rows of its own. "" is every platform."""
    return _bundled().platforms.get(platform)


def others() -> tuple[str, ...]:
    """Return the places people forget, for one short question at the end."""
    return _bundled().others


def limits() -> tuple[str, ...]:
    """Return the sentences on what no setting can do."""
    return _bundled().limits


def stale_rows(today: date | None = None) -> tuple[SettingRow, ...]:
    """Return the rows that were last checked more than twelve months before `today` (default: now)."""
    return tuple(row for row in rows() if row.stale(today))


def parse(text: str) -> Data:
    """Read the data from TOML text. Raises PolicyError with every fault ("line N: what - how to mend it")."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(FILE_NAME, [f"{error} - mend the TOML there"]) from None
    faults: list[str] = []
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[rows]]"]
    notes = {"" if entry["id"] == _GENERIC else entry["id"]: PlatformNote(**entry) for entry in raw.get("platforms", [])}
    made: list[SettingRow] = []
    seen: set[str] = set()
    for number, entry in zip(lines, raw.get("rows", []), strict=False):
        wrong = [*_faults(entry), *_place_faults(entry, notes, seen)]
        faults += [f"line {number}: {fault}" for fault in wrong]
        seen.add(str(entry.get("id")))
        if not wrong:
            made.append(_row(entry, notes, raw.get("last_checked")))
    if not isinstance(raw.get("last_checked"), date):
        faults.append("line 1: no last_checked date - add last_checked = 2026-11-01")
    if faults:
        raise PolicyError(FILE_NAME, faults)
    return Data(tuple(made), notes, tuple(raw.get("others", ())), tuple(raw.get("limits", ())))


def _faults(entry: dict[str, Any]) -> list[str]:
    faults = [f'{name} is missing or empty - add {name} = "..."' for name in _TEXT_FIELDS if not entry.get(name)]
    faults += [f"unknown key {name} - take it out or mend its spelling" for name in sorted(set(entry) - _ROW_FIELDS)]
    for name, allowed in (("past", _PAST), ("priority", PRIORITIES)):
        if entry.get(name) and entry[name] not in allowed:
            faults.append(f"{name} is {entry[name]!r} - use one of {', '.join(allowed)}")
    for name, known in (("clauses", CLAUSES), ("wanted", frozenset(_VALUES))):
        for word in entry.get(name, ()):
            if word not in known:
                faults.append(f"{name} holds {word!r} - use {', '.join(sorted(known))}")
    if not entry.get("clauses"):
        faults.append("no clause - name at least one in clauses")
    for name in ("url", "help_url"):
        if entry.get(name) and not str(entry[name]).startswith("https://"):
            faults.append(f"{name} does not begin with https:// - write the whole address")
    return faults


def _place_faults(entry: dict[str, Any], notes: dict[str, PlatformNote], seen: set[str]) -> list[str]:
    row_id = str(entry.get("id", ""))
    faults = []
    if row_id and not _ID.fullmatch(row_id):
        faults.append(f"id {row_id!r} is not <platform>.<label-in-kebab-case> - small letters, digits and hyphens only")
    if row_id in seen:
        faults.append(f"id {row_id} is there twice - each id once")
    platform = row_id.partition(".")[0]
    if ("" if platform == _GENERIC else platform) not in notes:
        faults.append(f"platform {platform!r} has no [[platforms]] block - add one")
    return faults


def _row(entry: dict[str, Any], notes: dict[str, PlatformNote], last_checked: date | None) -> SettingRow:
    platform = entry["id"].partition(".")[0]
    platform = "" if platform == _GENERIC else platform
    note = notes[platform]
    return SettingRow(
        platform=platform,
        url=entry.get("url", note.url),
        help_url=entry.get("help_url", note.help_url),
        clauses=tuple(entry["clauses"]),
        wanted=tuple(entry.get("wanted", ())),
        last_checked=entry.get("last_checked", last_checked or date.min),
        **{name: entry[name] for name in _TEXT_FIELDS},
    )


def _rank(row: SettingRow) -> tuple[bool, int]:
    return row.id.endswith(".look-at-yourself-as-others-do"), PRIORITIES.index(row.priority)


def _checked(row: SettingRow, found: list[Setting], today: date | None) -> CheckRow:
    ordered = sorted(_latest(found), key=lambda s: (s.value in row.wanted, s.value == "unknown", s.account or ""))
    if not ordered:
        return CheckRow(row, None, row.stale(today))
    first = ordered[0]
    settled = None if first.value == "unknown" or not row.wanted else first.value in row.wanted
    return CheckRow(row, first, row.stale(today), settled, tuple(ordered[1:]))


def _latest(found: Iterable[Setting]) -> list[Setting]:
    """The newest of each setting of each account: an older export of the same account says nothing new."""
    latest: dict[tuple[str, str | None, str], Setting] = {}
    for setting in sorted(found, key=lambda setting: setting.seen_at or "", reverse=True):
        latest.setdefault((setting.platform, setting.account, setting.id), setting)
    return list(latest.values())


def _clipped(raw: str) -> str:
    return raw if len(raw) <= _LONGEST else f"{raw[:_LONGEST].rstrip()} …"


def _uk_date(iso: str) -> str:
    year, month, day = iso[:10].split("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


@cache
def _bundled() -> Data:
    return parse(resources.files("auditlib").joinpath("policy", "data", FILE_NAME).read_text(encoding="utf-8"))
