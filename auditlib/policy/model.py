"""What policy data becomes once it is read: clauses, rules, contexts, word lists, and a school's own choices."""

from __future__ import annotations

import msgspec

from auditlib.records import Severity


class Clause(msgspec.Struct, frozen=True):
    """One clause of the policy: what it asks, where the walk meets it, the declaration statements it stands behind."""

    id: str
    title: str
    asks: str
    walk: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One row of rule data. `score` is 0-1 before context; see docs/policy-file.md for each key."""

    id: str
    clause: str
    severity: Severity
    score: float
    say: str
    any: tuple[str, ...] = ()
    regex: tuple[str, ...] = ()
    match: str = ""
    check: str = ""
    when: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    near: int = 120
    unless: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    has: str = ""
    also: tuple[str, ...] = ()
    plain: bool = False


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """Words (or quotation marks, or a question) around a match that make it weigh less: `factor` below 1."""

    id: str
    factor: float
    any: tuple[str, ...] = ()
    match: str = ""
    clauses: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    where: str = "post"


class Policy(msgspec.Struct, frozen=True):
    """The bundled policy data. `hash` is the SHA-256 (hex) of every file it was read from."""

    version: str
    hash: str
    threshold: float
    clauses: dict[str, Clause]
    rules: tuple[Rule, ...]
    contexts: tuple[Context, ...]
    lists: dict[str, tuple[str, ...]]
    disguised: tuple[str, ...]


class SchoolInfo(msgspec.Struct, frozen=True):
    """Who the school is: the names, handles (with or without @) and web domains it goes by."""

    name: str
    trust: str = ""
    also_known_as: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    postcode: str = ""
    phase: str = ""


class PolicyInfo(msgspec.Struct, frozen=True):
    """The school's policy document. KCSIE paragraph numbers move each year, so both are the school's to fill in."""

    title: str = ""
    version: str = ""
    date: str = ""
    review: str = ""
    kcsie_edition: str = ""
    kcsie_paragraph: str = ""


class Staff(msgspec.Struct, frozen=True):
    """A publicly named member of staff."""

    name: str
    position: str = ""


class Contacts(msgspec.Struct, frozen=True):
    """Role wording and work route of the people to turn to."""

    hr: str = ""
    headteacher: str = ""
    dsl: str = ""
    dpo: str = ""


class ClauseChoice(msgspec.Struct, frozen=True):
    """A school's choice for one clause: on or off, its own wording, and a ceiling for severity ("" = none)."""

    on: bool = True
    wording: str = ""
    severity: str = ""


class Terms(msgspec.Struct, frozen=True):
    """Words a school adds to a clause, and words it never wants flagged under it."""

    add: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()


class SettingsChoice(msgspec.Struct, frozen=True):
    """Rows of the settings checklist that the school leaves out."""

    leave_out: tuple[str, ...] = ()


class RollCheck(msgspec.Struct, frozen=True):
    """Whether the private roll check is on, and how many names it may hold at most."""

    on: bool = False
    max_names: int = 1500


class Retention(msgspec.Struct, frozen=True):
    """How long the school keeps the declaration and the register row, in the school's words."""

    declaration: str = ""
    register: str = ""


class School(msgspec.Struct, frozen=True, kw_only=True):
    """A school file, read and checked."""

    school: SchoolInfo
    policy: PolicyInfo = PolicyInfo()
    staff: tuple[Staff, ...] = ()
    contacts: Contacts = Contacts()
    clauses: dict[str, ClauseChoice] = {}
    terms: dict[str, Terms] = {}
    settings: SettingsChoice = SettingsChoice()
    roll_check: RollCheck = RollCheck()
    retention: Retention = Retention()
