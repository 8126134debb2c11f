"""Discourse's preferences.json and the older profile table: facts, people kept quiet, and who can see or reach the person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from auditlib.platforms._discourse import NAME, Reader
from auditlib.records import Connection, ProfileFact, Record, Setting
from auditlib.text import digest

_FACTS = (
    ("username", "handle"), ("name", "name"), ("email", "email"), ("bio_raw", "bio"), ("website", "website"),
    ("location", "location"), ("date_of_birth", "birthday"), ("birthdate", "birthday"),
)  # fmt: skip
# The set of fields varies with version and plug-ins: what bears on who sees or reaches the person is carried by its own name.
_PRIVACY = re.compile(r"hide_|allow_|_pm|private|presence|mention|follow|visib|public|searchable|chat_enabled")


def _fact(a: Reader, fact: Any, value: str) -> Iterator[Record]:
    key = f"{a.prefix}profile:{fact}:{digest(value)}"
    if key not in a.told:
        a.told.add(key)
        yield ProfileFact(platform=NAME, account=a.account, where=a.where, key=key, fact=fact, value=value)


def profile(row: tuple[str, ...], a: Reader) -> Iterator[Record]:
    """The one row of user_archive_profile.csv."""
    for fact, value in zip(("location", "website", "bio"), row, strict=True):
        if value.strip():
            yield from _fact(a, fact, value.strip())


def preferences(document: dict[str, Any], a: Reader) -> Iterator[Record]:
    """The account as the forum keeps it, its options included."""
    user = document.get("user", document)
    if not isinstance(user, dict) or not user:
        raise ValueError
    for name, fact in _FACTS:
        value = user.get(name)
        if isinstance(value, str) and value.strip() and not value.startswith(("0001", "1904-")):  # 1904: the year was not given
            yield from _fact(a, fact, value.strip())
    for name in ("muted_usernames", "ignored_usernames"):
        listed = user.get(name)
        names = listed.split(",") if isinstance(listed, str) else listed if isinstance(listed, list) else []
        for who in names:
            if isinstance(who, str) and who.strip() and (key := f"{a.prefix}muted:{who.strip()}") not in a.told:
                a.told.add(key)
                yield Connection(
                    platform=NAME,
                    account=a.account,
                    where=a.where,
                    key=key,
                    relation="muted",
                    handle=who.strip(),
                    url=f"{a.base}/u/{who.strip()}" if a.base else None,
                )
    options = user.get("user_option")
    for name, value in (user | options if isinstance(options, dict) else user).items():
        if not isinstance(value, bool | int | str) or not _PRIVACY.search(name) or name.startswith("can_"):
            continue
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        yield Setting(
            platform=NAME,
            account=a.account,
            where=a.where,
            id=f"{NAME}.{slug}",
            value="on" if value is True else "off" if value is False else "unknown",
            raw=str(value).lower() if isinstance(value, bool) else str(value),
            seen_at=a.edition or None,
        )
