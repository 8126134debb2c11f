"""Names of people: their plain form, and a list of names matched against the people found. All in memory, nothing kept."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Protocol

import msgspec

# Letters that Unicode does not take apart into a base letter and a mark.
_SINGLE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_APOSTROPHES, _PUNCTUATION = re.compile("['’`´]"), re.compile(r"[^\w\s]|_")
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "sir", "madam", "prof", "rev", "revd"))
_TYPO = 0.84  # difflib ratio of two spellings: wexcombe and wexcomb 0.93, dray and gray 0.75
_SHORTEST_TYPO = 5


class Named(Protocol):
    """What a row must hold to be matched."""

    @property
    def person_key(self) -> str: ...
    @property
    def name(self) -> str | None: ...
    @property
    def handles(self) -> tuple[str, ...]: ...


class NameMatch(msgspec.Struct, frozen=True):
    """A typed name that looks like a person found. `score` is 0-1; `why` says in plain words how they agree."""

    typed: str
    person_key: str
    found: str
    score: float
    why: str


@lru_cache(maxsize=4096)  # each name is asked for several times in a row; the cache lives and dies with the process
def plain(name: str) -> str:
    """Return a name in small letters without accents, punctuation or doubled spaces: "Siân O'Shea-Łem" -> "sian oshea lem"."""
    text = name.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_SINGLE)
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(_PUNCTUATION.sub(" ", _APOSTROPHES.sub("", text)).split())


def words_of(name: str) -> list[str]:
    """Return the words of a plain name in order, without titles; "Wexcombe, Alfie" gives ["alfie", "wexcombe"]."""
    last, comma, first = name.partition(",")
    ordered = f"{first} {last}" if comma and first.strip() else name
    return [word for word in plain(ordered).split() if word not in _TITLES]


def match_names(typed: Iterable[str], people: Sequence[Named]) -> list[NameMatch]:
    """Return the typed names that look like one of the people, best first per name.

    Agrees across order, accents, hyphens, middle names, short forms (Alfie, Alfred), one-letter first names, mild typing
    errors, and user names made of both names. A surname alone, or a first name alone, is no match.
    """
    rows = [(row, words_of(row.name) if row.name else [], [plain(handle) for handle in row.handles]) for row in people]
    near = _Near({word for _, words, _ in rows for word in words})
    made: list[NameMatch] = []
    for name in dict.fromkeys(name.strip() for name in typed):
        wanted = words_of(name)
        if len(wanted) < 2:
            continue
        for row, words, handles in rows:
            score, why = max(_by_name(wanted, words, near), *(_by_handle(wanted, handle) for handle in handles), (0.0, ""))
            if score >= 0.6:
                made.append(NameMatch(name, row.person_key, row.name or row.handles[0], round(score, 2), why))
    return sorted(made, key=lambda match: (match.typed, -match.score, match.found, match.person_key))


class _Near:
    """Which of the known words a typed word may be, mild typing errors included; worked out once per word."""

    def __init__(self, words: set[str]) -> None:
        self._words = sorted(words)
        self._known: dict[str, frozenset[str]] = {}

    def __call__(self, word: str) -> frozenset[str]:
        if word not in self._known:
            close = difflib.get_close_matches(word, self._words, 8, _TYPO) if len(word) >= _SHORTEST_TYPO else []
            self._known[word] = frozenset(close)
        return self._known[word]


def _by_name(wanted: list[str], words: list[str], near: _Near) -> tuple[float, str]:
    """How well two names agree; the typed one may have its first name at either end."""
    if len(words) < 2:
        return 0.0, ""
    if sorted(wanted) == sorted(words):
        return (1.0, "same name") if wanted == words else (0.95, "same name, other order")
    best = (0.0, "")
    for first, rest in ((wanted[0], wanted[1:]), (wanted[-1], wanted[:-1])):
        surname, given = _surname(rest, words[1:], near), _given(first, words[0], near)
        if surname and given:
            why = "; ".join(dict.fromkeys(word for word in (given[1], surname[1]) if word)) or "same name"
            best = max(best, (surname[0] * given[0] * (0.95 if rest == wanted[:-1] else 1.0), why))
    return best


def _surname(typed: list[str], found: list[str], near: _Near) -> tuple[float, str] | None:
    last = typed[-1]
    if typed == found or "".join(typed) == "".join(found):
        return 1.0, ""
    if last == found[-1]:  # a middle name, or the first half of a double surname, on one side only
        return 0.95, ""
    if last in found or found[-1] in typed:  # one half of a double surname
        return 0.85, "part of a double surname"
    if near(last) & set(found):
        return 0.85, "nearly the same spelling"
    return None


def _given(first: str, found: str, near: _Near) -> tuple[float, str] | None:
    if first == found:
        return 1.0, ""
    if nicknames().get(first, frozenset()) & nicknames().get(found, frozenset()):
        return 0.9, "short form of the first name"
    if found in near(first):
        return 0.85, "nearly the same spelling"
    if 1 in (len(first), len(found)) and first[0] == found[0]:
        return 0.7, "first letter only"
    return None


def _by_handle(wanted: list[str], handle: str) -> tuple[float, str]:
    """A user name made of both names: `alfie.wexcombe`, `wexcombealfie09`, `alfie.wex12` (part of the surname)."""
    parts = re.findall(r"[a-z]+", handle)
    if not parts:
        return 0.0, ""
    first, last, squashed = wanted[0], wanted[-1], "".join(parts)
    firsts = {first, *nicknames_of(first)}
    for given in sorted(firsts, key=lambda name: (name != first, name)):
        if len(given) + len(last) >= 7 and squashed in (given + last, last + given):
            return 0.85, "user name made of both names"
        if len(parts) >= 2 and parts[0] == given and len(parts[1]) >= 3 and last.startswith(parts[1]):
            return 0.7, "user name begins like both names"
    return 0.0, ""


@cache
def nicknames() -> dict[str, frozenset[int]]:
    """Return for each first name the groups of the bundled list that it belongs to."""
    text = resources.files("auditlib").joinpath("policy", "data", "nicknames.txt").read_text(encoding="utf-8")
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(text.splitlines()):
        if line and not line.startswith("#"):
            for name in line.split():
                groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


def nicknames_of(name: str) -> frozenset[str]:
    """Return the other forms of a first name."""
    groups = nicknames().get(name, frozenset())
    return frozenset(other for other, numbers in nicknames().items() if numbers & groups and other != name)
