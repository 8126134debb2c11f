"""The school file: read, checked all at once, and written again in the same shape (DESIGN 4.4)."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from auditlib.errors import PolicyError
from auditlib.policy.faults import Faults
from auditlib.policy.model import (
    ClauseChoice,
    Contacts,
    PolicyInfo,
    Retention,
    RollCheck,
    School,
    SchoolInfo,
    SettingsChoice,
    Staff,
    Terms,
)  # fmt: skip
from auditlib.records import SEVERITIES

TABLES: dict[str, type[msgspec.Struct]] = {
    "school": SchoolInfo, "policy": PolicyInfo, "contacts": Contacts, "settings": SettingsChoice,
    "roll_check": RollCheck, "retention": Retention,
}  # fmt: skip
GROUPS: dict[str, type[msgspec.Struct]] = {"clauses": ClauseChoice, "terms": Terms}
_TYPES = {"str": str, "bool": bool, "int": int, "tuple[str, ...]": list}
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)


def school_from_toml(text: str, name: str, clause_ids: frozenset[str] | set[str]) -> School:
    """Return the school in `text`. Raises PolicyError (for file name `name`) with every fault at once."""
    found = Faults(text)
    made = _read(found, clause_ids)
    if faults := found.listed():
        raise PolicyError(name, faults)
    return made


def school_faults(text: str, clause_ids: frozenset[str] | set[str]) -> list[str]:
    """Return every fault of a school file, in line order."""
    found = Faults(text)
    _read(found, clause_ids)
    return found.listed()


def _read(found: Faults, clause_ids: frozenset[str] | set[str]) -> School:
    table = found.table()
    if found.listed():
        return School(school=SchoolInfo(name=""))
    found.known_keys(table, [*TABLES, "staff", *GROUPS], "")
    parts: dict[str, Any] = {key: _struct(found, shape, table.get(key, {}), key) for key, shape in TABLES.items()}
    info: SchoolInfo = parts["school"]
    if not info.name.strip():
        found.add(found.line("school", 0, "name"), "the school has no name", 'add name = "..." under [school]')
    if info.postcode and not _POSTCODE.fullmatch(info.postcode.strip()):
        found.add(found.line("school", 0, "postcode"), "the postcode is not a UK postcode", "write it like HP6 6AA")
    for domain in info.domains:
        if not _DOMAIN.fullmatch(domain):
            line = found.line("school", 0, "domains", domain)
            found.add(line, f"{domain!r} is not a web domain", "write it like school.example.org, no https:// or @")
    if parts["roll_check"].max_names < 1:
        found.add(found.line("roll_check", 0, "max_names"), "max_names is below 1", "write 1 or more")
    return School(**parts, staff=_staff(found, table.get("staff", [])), **_groups(found, table, clause_ids))


def _struct(found: Faults, shape: type[msgspec.Struct], value: Any, path: str, number: int = 0) -> Any:
    if not isinstance(value, dict):
        found.add(found.line("", 0, path), f"{path!r} has the wrong type", f"write a table: [{path}]")
        value = {}
    fields = {field.name: field for field in msgspec.structs.fields(shape)}
    found.known_keys(value, fields, path, number)
    good: dict[str, Any] = {}
    for key, entry in value.items():
        if key not in fields:
            continue
        kind = _TYPES[_written(fields[key].type)]
        if found.typed(entry, kind, path, key, number):
            good[key] = tuple(entry) if kind is list else entry
    for key, field in fields.items():
        if field.required and key not in good:
            good[key] = ""
    return shape(**good)


def _written(kind: Any) -> str:
    return str(kind) if not isinstance(kind, type) or "[" in str(kind) else kind.__name__


def _staff(found: Faults, rows: Any) -> tuple[Staff, ...]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        found.add(found.line("", 0, "staff"), "'staff' has the wrong type", "write one [[staff]] for each person")
        return ()
    made = tuple(_struct(found, Staff, row, "staff", number) for number, row in enumerate(rows))
    for number, person in enumerate(made):
        if not person.name.strip():
            found.add(found.line("staff", number), "a member of staff has no name", 'add name = "..." there')
    return made


def _groups(found: Faults, table: dict[str, Any], clause_ids: frozenset[str] | set[str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for group, shape in GROUPS.items():
        value = table.get(group, {})
        if not isinstance(value, dict):
            found.add(found.line("", 0, group), f"{group!r} has the wrong type", f"write [{group}.<clause id>]")
            value = {}
        for clause in value:
            if clause not in clause_ids:
                found.add(
                    found.line(f"{group}.{clause}"), f"there is no clause {clause!r}",
                    f"use one of: {', '.join(sorted(clause_ids))}",
                )  # fmt: skip
        made[group] = {key: _struct(found, shape, entry, f"{group}.{key}") for key, entry in value.items()}
    for key, choice in made["clauses"].items():
        if choice.severity and choice.severity not in SEVERITIES:
            line = found.line(f"clauses.{key}", 0, "severity")
            found.add(line, f"there is no severity {choice.severity!r}", f"use one of: {', '.join(SEVERITIES)}")
    return made


# --- writing: this fixed shape only, so no TOML library is needed ----------------------------------------------------


def school_to_toml(school: School) -> str:
    """Return `school` as TOML text that reads back equal (an empty key is left out)."""
    blocks = []
    for key in ("school", "policy"):
        blocks.append(_table(f"[{key}]", getattr(school, key)))
    blocks += [_table("[[staff]]", person) for person in school.staff]
    blocks.append(_table("[contacts]", school.contacts))
    for group in GROUPS:
        for clause, choice in getattr(school, group).items():
            blocks.append(_table(f"[{group}.{_key(clause)}]", choice, always=True))
    for key in ("settings", "roll_check", "retention"):
        blocks.append(_table(f"[{key}]", getattr(school, key)))
    return "\n".join(block for block in blocks if block)


def _table(header: str, value: msgspec.Struct, *, always: bool = False) -> str:
    lines = []
    for field in msgspec.structs.fields(value):
        entry = getattr(value, field.name)
        if entry in ("", ()) or (entry == field.default and header not in ("[school]", "[[staff]]")):
            continue
        lines.append(f"{field.encode_name} = {_value(entry)}")
    return "\n".join([header, *lines, ""]) if lines or always or header == "[school]" else ""


def _value(entry: Any) -> str:
    if isinstance(entry, bool):
        return "true" if entry else "false"
    if isinstance(entry, int):
        return str(entry)
    if isinstance(entry, str):
        return _quoted(entry)
    return "[" + ", ".join(_quoted(word) for word in entry) + "]"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _quoted(text: str) -> str:
    """TOML basic string: quotation mark, backslash and control characters escaped (TOML 1.0, Strings)."""
    shown = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda hit: f"\\u{ord(hit[0]):04x}", shown) + '"'
