"""The signs in private messages (policy/data/conversations.toml): read, checked, and matched on one message at a time."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import msgspec

from auditlib.errors import PolicyError

FILE_NAME = "conversations.toml"
ROLES = (
    "pupil", "former-pupil", "parent", "colleague", "family", "friend", "business", "classmate", "my-teacher", "channel",
    "disclosure", "school",
)  # fmt: skip
_WHO = ("them", "me", "both")
_WORD = re.compile(r"[a-z]+|\d+")


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of sign as the data holds it."""

    role: str
    who: str
    weight: float
    means: str
    needs: tuple[str, ...]
    says: tuple[str, ...]
    gate: bool = False


class Hit(NamedTuple):
    """A sign found in a message: which row, and where in the text as given ([start, end) in characters)."""

    row: int
    start: int
    end: int


def parse(text: str) -> tuple[Row, ...]:
    """Read the rows from TOML text. Raises PolicyError with every fault ("line N: what - how to mend it")."""
    try:
        raw = tomllib.loads(text).get("signals", [])
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(FILE_NAME, [f"{error} - mend the TOML there"]) from None
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[signals]]"]
    rows: list[Row] = []
    faults: list[str] = []
    for number, entry in zip(lines, raw, strict=True):
        try:
            row = msgspec.convert(entry, Row)
        except msgspec.ValidationError as error:
            faults.append(f"line {number}: {error} - see the list of fields at the top of the file")
            continue
        faults += [f"line {number}: {fault}" for fault in _faults(row)]
        rows.append(row)
    if faults:
        raise PolicyError(FILE_NAME, faults)
    return tuple(rows)


@cache
def bundled() -> tuple[Row, ...]:
    """Return the rows of the bundled data."""
    return parse(_text())


@cache
def name_words() -> dict[str, frozenset[str]]:
    """Return the words in contacts' names that tell: under "family", "school" and "business"."""
    return {kind: frozenset(words) for kind, words in tomllib.loads(_text())["names"].items()}


def _text() -> str:
    return resources.files("auditlib").joinpath("policy", "data", FILE_NAME).read_text(encoding="utf-8")


class Signals:
    """The signs compiled for one person. `surnames` are the person's own, in small letters."""

    def __init__(self, surnames: tuple[str, ...]) -> None:
        self.rows = bundled()
        known = "|".join(re.escape(name) for name in surnames)
        initials = "|".join(sorted({re.escape(name[0]) for name in surnames}))
        self._patterns: list[re.Pattern[str] | None] = []
        self._by_word: dict[str, list[int]] = {}
        for number, row in enumerate(self.rows):
            usable = [says for says in row.says if surnames or not ("{me}" in says or "{i}" in says)]
            joined = "|".join(f"(?:{says})" for says in usable)
            joined = joined.replace("{me}", f"(?:{known})").replace("{i}", f"(?:{initials})")
            self._patterns.append(re.compile(joined) if usable else None)
            for word in row.needs:
                for spelled in surnames if word == "{me}" else (word,):
                    self._by_word.setdefault(spelled, []).append(number)

    def find(self, text: str, mine: bool) -> list[Hit]:
        """Return the signs in one message, at most one per row. `mine` is True for the person's own message."""
        plain = text.replace("’", "'")
        lowered = plain.lower()
        if len(lowered) != len(plain):  # a few capitals grow when lowered; the places would shift
            lowered = "".join(small if len(small := letter.lower()) == 1 else letter for letter in plain)
        rows: set[int] = set()
        for word in _WORD.findall(lowered):
            rows.update(self._by_word.get(word, ()))
        found: list[Hit] = []
        for number in sorted(rows):
            pattern = self._patterns[number]
            if pattern is None or self.rows[number].who not in ("both", "me" if mine else "them"):
                continue
            match = pattern.search(lowered)
            if match:
                found.append(Hit(number, *match.span()))
        return found


def _faults(row: Row) -> list[str]:
    faults: list[Any] = []
    if row.role not in ROLES:
        faults.append(f"role is {row.role!r} - use one of {', '.join(ROLES)}")
    if row.who not in _WHO:
        faults.append(f"who is {row.who!r} - use one of {', '.join(_WHO)}")
    if not 0 < row.weight <= 1:
        faults.append("weight is not between 0 and 1 - give a share of 1.0")
    if not row.needs:
        faults.append("needs is empty - name words of which every pattern contains one")
    for says in row.says:
        try:
            re.compile(says.replace("{me}", "x").replace("{i}", "x"))
        except re.error as error:
            faults.append(f"a pattern is no regular expression ({error}) - mend it")
    return faults
