"""Rule data: clauses, rules, contexts and word lists, read from TOML and text files and checked all at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import msgspec

from auditlib import records
from auditlib.errors import PolicyError
from auditlib.policy.faults import Faults
from auditlib.policy.model import Clause, Context, Policy, Rule
from auditlib.policy.phrases import PhraseFault, check_list, unfold

DATA = Path(__file__).parent / "data"
MATCHERS = ("names:school", "names:staff", "phone", "email", "photo-place")
CHECKS = ("luhn", "ni-number", "nhs-number", "secret")
CONTEXT_MATCHES = ("quotes", "question")
WHERES = ("post", "sentence", "before")
HAS = ("media", "links", "place", "conversation")
_KINDS = (*get_args(records.Kind), "profile")
_AUDIENCES = get_args(records.Audience)
_FACTS = (
    "name", "former_name", "handle", "email", "phone", "birthday", "employer", "school", "location", "bio", "website",
)  # fmt: skip
_FIELDS = ("text", "title", "alt", "description", "place", "links", "value", "quoted")
_ONE_OF: dict[str, tuple[str, ...]] = {
    "severity": records.SEVERITIES, "match": MATCHERS, "check": CHECKS, "has": HAS, "kinds": _KINDS,
    "audiences": _AUDIENCES, "facts": _FACTS, "fields": _FIELDS, "where": WHERES,
}  # fmt: skip
_TYPES: dict[str, type] = {
    "id": str, "clause": str, "severity": str, "score": float, "say": str, "any": list, "regex": list, "match": str,
    "check": str, "when": list, "needs": list, "near": int, "unless": list, "kinds": list, "audiences": list,
    "fields": list, "facts": list, "has": str, "also": list, "plain": bool, "factor": float, "clauses": list,
    "rules": list, "where": str, "title": str, "asks": str, "walk": list, "statements": list,
}  # fmt: skip
_ID = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)?")


def rule_files(folder: Path = DATA) -> list[Path]:
    """Return the files that make up the policy data, clauses first, in a fixed order."""
    return [
        folder / "clauses.toml", folder / "rules.toml", *sorted((folder / "rules").glob("*.toml")),
        *sorted((folder / "words").glob("*.txt")),
    ]  # fmt: skip


def read_policy(folder: Path = DATA) -> Policy:
    """Return the policy data in `folder`. Raises PolicyError with the faults of every file, each with its line."""
    reader = _Reader()
    digest = hashlib.sha256()
    for path in rule_files(folder):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(path.name.encode() + b"\0" + content + b"\0")
        reader.take(path, content.decode("utf-8"))
    reader.finish()
    if faults := reader.listed():
        raise PolicyError("the policy data", faults)
    return Policy(hash=digest.hexdigest(), rules=tuple(reader.rules), contexts=tuple(reader.contexts), **reader.parts)


def rule_faults(path: Path, text: str) -> list[str]:
    """Return every fault of one rule file or word list, read together with the bundled clauses and lists."""
    reader = _Reader()
    for bundled in rule_files():
        if bundled.name != path.name:
            reader.take(bundled, bundled.read_text(encoding="utf-8"))
    reader.take(path, text)
    reader.finish()
    return [fault for name, fault in reader.named() if name == path.name]


class _Reader:
    """Takes files one by one, keeps what is good, notes what is not; `finish` checks what needs all of them."""

    def __init__(self) -> None:
        self.clauses: dict[str, Clause] = {}
        self.rules: list[Rule] = []
        self.contexts: list[Context] = []
        self.lists: dict[str, tuple[str, ...]] = {}
        self.parts: dict[str, Any] = {"version": "", "threshold": 0.5, "disguised": ()}
        self._files: list[tuple[str, Faults]] = []
        self._rows: list[tuple[Faults, str, int, Rule | Context]] = []
        self._list_lines: dict[str, tuple[Faults, int]] = {}

    def named(self) -> list[tuple[str, str]]:
        return [(name, fault) for name, found in self._files for fault in found.listed()]

    def listed(self) -> list[str]:
        return [f"{name}, {fault}" for name, fault in self.named()]

    def take(self, path: Path, text: str) -> None:
        found = Faults(text)
        self._files.append((path.name, found))
        if path.suffix == ".txt":
            entries = [line.split("#")[0].strip() for line in found.lines]
            self._list(found, 0, path.stem, tuple(entry for entry in entries if entry))
            return
        table = found.table()
        found.known_keys(table, ("version", "threshold", "disguised", "clause", "rule", "context", "lists"), "")
        for key, kind in (("version", str), ("threshold", float), ("disguised", list)):
            if key in table and found.typed(table[key], kind, "", key):
                self.parts[key] = tuple(table[key]) if kind is list else table[key]
        for name, entries in _rows_of(found, table, "lists", dict).items():
            if found.typed(entries, list, "lists", name):
                self._list(found, found.line("lists", 0, name) - 1, name, tuple(entries))
        kinds: tuple[tuple[str, Any, Any], ...] = (
            ("clause", Clause, self._clause), ("rule", Rule, self._rule), ("context", Context, self._context),
        )  # fmt: skip
        for key, shape, keep in kinds:
            for number, row in enumerate(_rows_of(found, table, key, list)):
                if made := _row(found, row, shape, key, number):
                    keep(found, number, made)

    def finish(self) -> None:
        """Check what only shows once every file is read: clause ids, list names, phrases and patterns."""
        self.parts["clauses"], self.parts["lists"] = self.clauses, self.lists
        for name in self.lists:
            found, line = self._list_lines[name]
            try:
                check_list(name, self.lists)
            except PhraseFault as fault:
                found.add(line + 1, f"the word list {name!r} cannot be used: {fault}", "mend or remove that entry")
        for name in self.parts["disguised"]:
            if name not in self.lists:
                found = self._files[0][1]
                found.add(1, f"'disguised' names an unknown word list {name!r}", "name a file in words/")
        for found, key, number, row in self._rows:
            clauses: tuple[str, ...] = (row.clause, *row.also) if isinstance(row, Rule) else row.clauses
            for clause in clauses:
                if clause not in self.clauses:
                    where = found.line(key, number, "clause" if clause == getattr(row, "clause", "") else "also", clause)
                    known = ", ".join(sorted(self.clauses))
                    found.add(where, f"there is no clause {clause!r}", f"use one of: {known}")
            self._phrases(found, key, number, row)

    def _phrases(self, found: Faults, key: str, number: int, row: Rule | Context) -> None:
        names = ("any", "needs", "unless") if isinstance(row, Rule) else ("any",)
        for name in names:
            for phrase in getattr(row, name):
                try:
                    unfold(phrase, self.lists)
                except PhraseFault as fault:
                    line = found.line(key, number, name, phrase)
                    found.add(line, f"the phrase {phrase!r} cannot be read: {fault}", "see docs/policy-file.md")
        for pattern in row.regex if isinstance(row, Rule) else ():
            try:
                re.compile(pattern)
            except re.error as error:
                line = found.line(key, number, "regex", pattern)
                found.add(line, f"the pattern {pattern!r} is not a regular expression ({error})", "mend or remove it")

    def _list(self, found: Faults, line: int, name: str, entries: tuple[str, ...]) -> None:
        if name in self.lists:
            found.add(line + 1, f"there are two word lists called {name!r}", "rename or join one of them")
        self.lists[name] = entries
        self._list_lines[name] = (found, line)

    def _clause(self, found: Faults, number: int, clause: Clause) -> None:
        if clause.id in self.clauses:
            found.add(found.line("clause", number, "id"), f"the clause id {clause.id!r} is used twice", "rename one")
        self.clauses[clause.id] = clause

    def _rule(self, found: Faults, number: int, rule: Rule) -> None:
        if any(other.id == rule.id for other in self.rules):
            found.add(found.line("rule", number, "id"), f"the rule id {rule.id!r} is used twice", "rename one")
        if not 0 < rule.score <= 1:
            found.add(found.line("rule", number, "score"), f"the score of {rule.id!r} is not between 0 and 1",
                      "write a number such as 0.7")  # fmt: skip
        if sum(map(bool, (rule.any, rule.regex, rule.match))) != 1:
            found.add(found.line("rule", number, "id"), f"the rule {rule.id!r} needs exactly one way to match",
                      "give it one of: any, regex, match")  # fmt: skip
        self.rules.append(rule)
        self._rows.append((found, "rule", number, rule))

    def _context(self, found: Faults, number: int, context: Context) -> None:
        if context.match and context.match not in CONTEXT_MATCHES:
            line = found.line("context", number, "match")
            found.add(line, f"there is no context match {context.match!r}", f"use one of: {', '.join(CONTEXT_MATCHES)}")
        if not 0 <= context.factor <= 1:
            line = found.line("context", number, "factor")
            found.add(line, f"the factor of {context.id!r} is not between 0 and 1", "write a number such as 0.6")
        self.contexts.append(context)
        self._rows.append((found, "context", number, context))


def _rows_of(found: Faults, table: dict[str, Any], key: str, kind: type) -> Any:
    value = table.get(key, kind())
    fits = isinstance(value, kind)
    if fits and (kind is dict or all(isinstance(row, dict) for row in value)):
        return value
    mend = f"write [{key}]" if kind is dict else f"write one [[{key}]] for each"
    found.add(found.line("", 0, key), f"{key!r} has the wrong type", mend)
    return kind()


def _row(found: Faults, row: dict[str, Any], shape: Any, key: str, number: int) -> Any:
    fields = {field.name: field for field in msgspec.structs.fields(shape)}
    found.known_keys(row, fields, key, number)
    good: dict[str, Any] = {}
    for name, value in row.items():
        if name not in fields or not found.typed(value, _TYPES[name], key, name, number):
            continue
        entries: Iterable[str] = value if isinstance(value, list) else (value,)
        if name in _ONE_OF and not (name == "match" and shape is Context):
            for entry in entries:
                if entry not in _ONE_OF[name]:
                    line = found.line(key, number, name)
                    found.add(line, f"{entry!r} is not a value of {name!r}", f"use one of: {', '.join(_ONE_OF[name])}")
        good[name] = tuple(value) if isinstance(value, list) else value
    missing = [name for name, field in fields.items() if field.required and name not in row]
    if missing:
        found.add(found.line(key, number), f"this {key} has no {', '.join(missing)}", "add what is missing")
    if "id" in good and not _ID.fullmatch(good["id"]):
        found.add(found.line(key, number, "id"), f"the id {good['id']!r} has other signs in it",
                  "use small letters, digits and hyphens, such as clause.short-name")  # fmt: skip
    return shape(**good) if all(name in good for name, field in fields.items() if field.required) else None
