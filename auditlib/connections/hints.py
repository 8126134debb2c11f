"""What a name or a user name alone suggests about somebody. Weak by nature: the words it rests on are always shown."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

import msgspec

from auditlib.connections.names import plain, words_of
from auditlib.connections.signals import name_words
from auditlib.records import Connection

_TITLED = re.compile(r"^(?:mr|mrs|ms|miss|mx)\.?\s+[^\W\d_]{2,}", re.IGNORECASE)
_PARENT = re.compile(
    r"(?:['’]s|s['’])\s+(?:mum|mam|dad|mother|father|carer)\b|\b(?:mum|mam|dad)\s+(?:of|to)\s+\w", re.IGNORECASE
)
_CLASS = re.compile(r"\b(?:y|yr|year)\s?\d{1,2}\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20[01]\d|202\d)(?!\d)")
_PUPIL_AGES = range(4, 18)


class Context(msgspec.Struct, frozen=True):
    """What is known already: the person's own names, the school's names, its staff's names; `today` is for tests."""

    me: tuple[str, ...] = ()
    school: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    today: date | None = None


def suggest(connection: Connection, context: Context | None = None) -> tuple[str, tuple[str, ...]]:
    """Return (suggestion, evidence) from the name, handle and work: pupil, parent, colleague, family, business or unknown.

    A birth year in a user name suggests a pupil when it makes a child of school age at the time the link was made; two
    digits do not (they are shirt numbers as often as years).
    """
    context = context or Context()
    name, handle = connection.name or "", connection.handle or ""
    words = words_of(name)
    listed = name_words()
    loose = set(words) | set(plain(handle).split())
    if _PARENT.search(name):
        return "parent", (_shown(_PARENT, name),)
    if _CLASS.search(name) and loose & (listed["family"] | {"parent", "parents"}):
        return "parent", (_shown(_CLASS, name),)
    if name and context.staff and plain(name) in {plain(staff) for staff in context.staff}:
        return "colleague", ("named in the school's file",)
    if connection.about and (school := _school_in(connection.about, context.school)):
        return "colleague", (f"works at {school}",)
    if words and words[0] in listed["family"] and len(words) <= 2:
        return "family", (words[0],)
    surnames = _surnames(context.me)
    if len(words) > 1 and words[-1] in surnames:
        return "family", ("your surname",)
    if surnames & set(plain(handle).split()):
        return "family", ("your surname",)
    organisation = sorted(loose & (listed["business"] | listed["school"]))
    if organisation:
        return "business", (organisation[0],)
    if _TITLED.match(name):
        return "colleague", (name.split()[0],)
    year = _YEAR.search(handle)
    if year:
        made = int(connection.since[:4]) if connection.since else (context.today or date.today()).year
        if made - int(year.group()) in _PUPIL_AGES:
            return "pupil", (f"{year.group()} in the user name",)
    return "unknown", ()


def _school_in(about: str, names: tuple[str, ...]) -> str | None:
    """The school's name in words about somebody's work; a name of one word is left out, as it may be a town's."""
    text = f" {plain(about)} "
    return next((name for name in names if " " in (wanted := plain(name)) and f" {wanted} " in text), None)


@lru_cache(maxsize=8)
def _surnames(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(mine[-1] for mine in map(words_of, names) if len(mine) > 1)


def _shown(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group().strip() if found else ""
