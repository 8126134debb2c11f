"""The policy as data: clauses, rules and word lists bundled with the product, and the school's own file.

    load_policy()             the bundled clauses, rules, contexts and word lists (read once, kept)
    load_school(path)         a school file, or the bundled default (The Chiltern School) for None
    school_named(name)        the default with only the school's name replaced
    school_from_toml, school_to_toml, check_file
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from auditlib.errors import PolicyError
from auditlib.policy import rules as _rules
from auditlib.policy import school as _school
from auditlib.policy.model import (
    Clause,
    ClauseChoice,
    Contacts,
    Context,
    Policy,
    PolicyInfo,
    Retention,
    RollCheck,
    Rule,
    School,
    SchoolInfo,
    SettingsChoice,
    Staff,
    Terms,
)  # fmt: skip
from auditlib.policy.school import school_to_toml

__all__ = [
    "Clause", "ClauseChoice", "Contacts", "Context", "Policy", "PolicyInfo", "Retention", "RollCheck", "Rule", "School",
    "SchoolInfo", "SettingsChoice", "Staff", "Terms", "check_file", "load_policy", "load_school", "school_from_toml",
    "school_named", "school_to_toml",
]  # fmt: skip


@cache
def load_policy() -> Policy:
    """Return the bundled policy data. Raises PolicyError with every fault at once."""
    return _rules.read_policy()


def load_school(path: Path | None = None) -> School:
    """Return the school file at `path`, or the bundled default. Raises PolicyError with every fault at once."""
    if path is None:
        path = _rules.DATA / "school-default.toml"
    return school_from_toml(_read(path), path.name)


def school_named(name: str) -> School:
    """Return the bundled default with only the school's name replaced: no other names, handles, domains or staff."""
    default = load_school(None)
    return msgspec.structs.replace(
        default, school=SchoolInfo(name=" ".join(name.split())), staff=(), terms={}
    )


def school_from_toml(text: str, name: str) -> School:
    """Return the school in `text`. Raises PolicyError naming `name`, with every fault at once."""
    return _school.school_from_toml(text, name, frozenset(load_policy().clauses))


def check_file(path: Path) -> list[str]:
    """Return every fault of a school file, a rule file or a word list: `line N: what - how to mend it`; [] when none.

    Raises PolicyError when the file cannot be read at all.
    """
    text = _read(path)
    if path.suffix == ".txt" or _is_rule_data(text):
        return _rules.rule_faults(path, text)
    return _school.school_faults(text, frozenset(load_policy().clauses))


def _is_rule_data(text: str) -> bool:
    heads = [line.strip() for line in text.splitlines()]
    return any(head.startswith(("[[rule]]", "[[clause]]", "[[context]]", "[lists]")) for head in heads)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise PolicyError(path.name, ["line 1: the file is not there - check its name and folder"]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(
            path.name, ["line 1: the file cannot be read as text - save it as plain text (UTF-8) and try again"]
        ) from error
