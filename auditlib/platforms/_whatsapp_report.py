"""WhatsApp's account report (Settings, Account, Request account info): no messages, but contacts, groups and settings.

Some reports hold web pages only, some JSON with the same pages beside it. Of the JSON only the outer keys are known
(`wa_contacts`, `wa_groups`, `wa_registration_info`); what lies below is taken by what it looks like, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from auditlib.markup import words
from auditlib.platforms._whatsapp_scan import is_phone
from auditlib.records import Connection, ProfileFact, Record, Setting
from auditlib.text import digest

NAME = "whatsapp"
_FILE = (
    r"(?:^|/)(?:registration_information|user_information|account_settings|contacts|groups|avatars_information|"
    r"terms_of_service)"
)
FILES = re.compile(rf"{_FILE}\.(?:json|html?)$", re.IGNORECASE)
PAGES = re.compile(rf"{_FILE}\.html?$", re.IGNORECASE)
MAX_DEPTH = 12
_Value = Literal["public", "followers", "friends", "private", "on", "off", "unknown"]
_VALUES: dict[str, _Value] = {
    "everyone": "public", "all": "public", "public": "public", "anyone": "public",
    "my contacts": "friends", "contacts": "friends", "nobody": "private", "none": "private", "no one": "private",
    "on": "on", "true": "on", "enabled": "on", "yes": "on", "off": "off", "false": "off", "disabled": "off", "no": "off",
}  # fmt: skip
_OPENNESS = ("public", "unknown", "friends", "private")
_AUDIENCES = frozenset(_VALUES) - {"on", "true", "enabled", "yes", "off", "false", "disabled", "no"}
# profile photo, about, last seen, online and status are one line of the checklist
_SEEN_BY = re.compile(r"last seen|online|profile (?:photo|picture)|^photo$|about|status")
_SEEN_ID = f"{NAME}.profile-photo-about-last-seen-online-status"
_OWN_IDS = (
    (re.compile(r"two step|2fa|pin code"), f"{NAME}.two-step-verification"),
    (re.compile(r"unknown caller"), f"{NAME}.silence-unknown-callers"),
    (re.compile(r"\bgroups?\b"), f"{NAME}.groups-who-can-add-me"),
)
_FACTS: dict[str, Any] = {
    "name": "name", "display name": "name", "push name": "name", "profile name": "name", "username": "handle",
    "phone number": "phone", "phone": "phone", "number": "phone", "about": "bio", "about text": "bio",
    "email": "email", "email address": "email",
}  # fmt: skip


def _plain(key: str) -> str:
    """`lastSeen_privacy` -> `last seen privacy`."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key).lower()).removeprefix("wa ").split())


def _leaves(document: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every value with the keys above it, as text."""
    if len(path) > MAX_DEPTH:
        return
    if isinstance(document, dict):
        for key, value in document.items():
            yield from _leaves(value, (*path, _plain(str(key))))
    elif isinstance(document, list):
        for value in document:
            yield from _leaves(value, path)
    elif isinstance(document, bool):
        yield path, "on" if document else "off"
    elif isinstance(document, str | int | float) and str(document).strip():
        yield path, str(document).strip()


def _fact(kind: Any, value: str, a: Any) -> Iterator[Record]:
    key = f"{NAME}:profile:{kind}:{digest(value)}"
    if key not in a.told:
        a.told.add(key)
        yield ProfileFact(platform=NAME, account=a.account, where=a.where, key=key, fact=kind, value=value)


def _person(relation: Any, phone: str | None, name: str | None, a: Any) -> Iterator[Record]:
    key = f"{NAME}:{relation}:{digest(phone or '', '' if phone else name or '')}"
    if key not in a.told and (phone or name):
        a.told.add(key)
        digits = re.sub(r"\D", "", phone or "")
        url = f"https://wa.me/{digits}" if phone and phone.startswith("+") else None
        yield Connection(
            platform=NAME, account=a.account, where=a.where, key=key, relation=relation, handle=phone, name=name, url=url
        )


def registration(document: Any, a: Any) -> Iterator[Record]:
    """The number the account is registered with; the phone it runs on is nothing to check."""
    for path, value in _leaves(document):
        if _FACTS.get(path[-1] if path else "") == "phone":
            yield from _fact("phone", value, a)


def settings(document: Any, a: Any) -> Iterator[Record]:
    """Name, number and words about oneself; who may see what; blocked people. Keys this version does not know as they are."""
    yield from _told(_leaves(document), a)


def _told(leaves: Iterable[tuple[tuple[str, ...], str]], a: Any) -> Iterator[Record]:
    seen: list[tuple[str, _Value, str]] = []
    others: dict[str, list[str]] = {}
    for path, value in leaves:
        last, whole = path[-1] if path else "", " ".join(path)
        audience = value.casefold() in _AUDIENCES or "privacy" in whole or "visib" in whole
        if "blocked" in whole:
            if is_phone(value) or last in _FACTS or last.startswith("blocked"):
                yield from _person("blocked", value if is_phone(value) else None, None if is_phone(value) else value, a)
        elif last in _FACTS and not audience:
            yield from _fact(_FACTS[last], value, a)
        elif audience and _SEEN_BY.search(last):
            seen.append((last, _VALUES.get(value.casefold(), "unknown"), value))
        else:
            own = next((i for pattern, i in _OWN_IDS if pattern.search(last)), None)
            slug = re.sub(r"[^a-z0-9]+", "-", last).strip("-") or "value"
            others.setdefault(own or f"{NAME}.{slug}", []).append(value)
    if seen:  # the most open one is what a stranger sees
        openest = min((value for _, value, _ in seen), key=lambda v: _OPENNESS.index(v) if v in _OPENNESS else 1)
        raw = "; ".join(f"{label.capitalize()}: {word}" for label, _, word in seen)
        yield _setting(_SEEN_ID, openest, raw, a)
    for identifier, values in others.items():
        value = _VALUES.get(values[0].casefold(), "unknown") if len(values) == 1 else "unknown"
        yield _setting(identifier, value, "; ".join(values[:50]), a)


def _setting(identifier: str, value: _Value, raw: str, a: Any) -> Setting:
    return Setting(platform=NAME, account=a.account, where=a.where, id=identifier, value=value, raw=raw)


def _entries(document: Any, key: str) -> list[Any]:
    """The list under a key, or the document itself where it is one."""
    found = document.get(key, document) if isinstance(document, dict) else document
    if isinstance(found, dict):
        found = next((v for v in found.values() if isinstance(v, list)), [])
    if not isinstance(found, list):
        raise TypeError
    return found


def contacts(document: Any, a: Any) -> Iterator[Record]:
    """The numbers of the address book that WhatsApp holds."""
    for a.position, entry in enumerate(_entries(document, "wa_contacts")):
        texts = [value for _, value in _leaves(entry)]
        phone = next((t for t in texts if is_phone(t)), None)
        name = next((v for path, v in _leaves(entry) if v != phone and (not path or "name" in path[-1])), None)
        yield from _person("contact", phone, name, a)


def groups(document: Any, a: Any) -> Iterator[Record]:
    """The groups joined, as one line for the checklist: leaving some of them is for the person to decide."""
    names = []
    for entry in _entries(document, "wa_groups"):
        found = [
            v
            for path, v in _leaves(entry)
            if not path or path[-1] in ("name", "subject", "title", "group name", "group subject")
        ]
        names.append(found[0] if found else next((v for _, v in _leaves(entry)), "a group without a name"))
    yield from _groups(names, a)


def _groups(names: list[str], a: Any) -> Iterator[Record]:
    if names:
        yield _setting(f"{NAME}.leave-class-parent-pupil-groups", "unknown", "; ".join(names), a)


def _table(root: Any) -> list[list[str]]:
    """The rows of the tables of a page, cells as text."""
    return [cells for row in root.iter("tr") if any(cells := [words(c) for c in row if c.tag in ("td", "th")])]


def settings_page(root: Any, a: Any) -> Iterator[Record]:
    """The same as web page: tables of two columns. Raises ValueError for a page without one."""
    rows = [r for r in _table(root) if len(r) == 2 and r[1]]
    if not rows:
        raise ValueError("no table")
    yield from _told((((_plain(key),), value) for key, value in rows), a)


def contacts_page(root: Any, a: Any) -> Iterator[Record]:
    """Numbers in the cells of a page's tables or lists."""
    cells = [cell for row in _table(root) for cell in row] + [words(e) for e in root.iter("li")]
    for cell in cells:
        if is_phone(cell):
            yield from _person("contact", cell, None, a)


def groups_page(root: Any, a: Any) -> Iterator[Record]:
    """The first cell of each row that is no heading, else the entries of a list."""
    rows = [row[0] for row in _table(root) if row[0]]
    headings = {words(e) for e in root.iter("th")}
    yield from _groups([n for n in rows if n not in headings] or [words(e) for e in root.iter("li")], a)
