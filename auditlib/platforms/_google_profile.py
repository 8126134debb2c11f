"""Who a Google Takeout is of: `Profile/Profile.json` and `Google Account/<name>.SubscriberInfo.html`, whose folders' names
follow the language of the account. Reviews and comments stand under the name in them, so it belongs to what others see.

The inner keys and words are few people's report: each is looked for, none is relied on, and gender is not carried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from auditlib.markup import words
from auditlib.records import ProfileFact, Record
from auditlib.text import digest

_PROFILE = re.compile(rb'"(?:givenName|familyName|formattedName)"')
_BESIDE = re.compile(rb'"(?:displayName|emails|birthday|gender)"')
_SUBSCRIBER = re.compile(r"\.SubscriberInfo\.html?$", re.IGNORECASE)
_ENTRY = re.compile(r"(?P<label>[^:]{2,60}):\s*(?P<value>\S.*)$")
_NAMED = re.compile(r"(?:full |display )?name$", re.IGNORECASE)
_PHONE = re.compile(r"phone|sms|mobile", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d[\d\s()-]{6,18}\d")
_EMAIL = re.compile(r"[^\s,;<>@:]{1,64}@[^\s,;<>@]{1,255}")
_LONGEST = 400  # characters of a line


def is_profile(head: bytes, name: str) -> bool:
    """Whether a JSON file with this beginning is Google's profile of a person."""
    return name.lower().startswith("profil") and bool(_PROFILE.search(head) and _BESIDE.search(head))


def is_subscriber(name: str) -> bool:
    """Whether a page of this name is Google's list of facts about an account."""
    return bool(_SUBSCRIBER.search(name))


def name_in(document: Any) -> str | None:
    """The name under which others see the person; None where the profile holds none."""
    if not isinstance(document, dict):
        return None
    named = document.get("name")
    whole = named if isinstance(named, dict) else {}
    parts = " ".join(part for key in ("givenName", "familyName") if isinstance(part := whole.get(key), str) and part.strip())
    return next((n.strip() for n in (document.get("displayName"), whole.get("formattedName"), parts, named)
        if isinstance(n, str) and n.strip()), None)  # fmt: skip


def profile(document: Any, a: Any) -> Iterator[Record]:
    """Name, addresses and birthday of Profile.json."""
    if not isinstance(document, dict):
        raise TypeError
    yield from _told(a, "name", name_in(document))
    emails = document.get("emails")
    for one in emails if isinstance(emails, list) else ():
        value = one.get("value") if isinstance(one, dict) else one
        yield from _told(a, "email", value)
    yield from _told(a, "birthday", document.get("birthday"))


def subscriber(root: Any, a: Any) -> Iterator[Record]:
    """Name, addresses and numbers of the account page: lines of `label: value`."""
    for line in words(root).split("\n"):
        if len(line) <= _LONGEST and (entry := _ENTRY.match(line.strip())):
            if _NAMED.match(entry["label"].strip()):
                yield from _told(a, "name", entry["value"])
            for email in _EMAIL.findall(entry["value"]):
                yield from _told(a, "email", email)
            if _PHONE.search(entry["label"]):
                for found in _NUMBER.findall(entry["value"]):
                    yield from _told(a, "phone", found)


def _told(a: Any, fact: Any, value: Any) -> Iterator[Record]:
    """One fact, told once."""
    text = value.strip() if isinstance(value, str) else ""
    key = f"{a.platform}:profile:{fact}:{digest(text)}"
    if text and key not in a.met:
        a.met.add(key)
        yield ProfileFact(platform=a.platform, account=a.account, where=a.where, key=key, fact=fact, value=text)
