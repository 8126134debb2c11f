"""TikTok's settings and profile. Words differ by generation: Enabled/Disabled, On/Off, Everyone, Only Me."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditlib.platforms._tiktok import Reader, low, plain, said
from auditlib.records import Record

_ON, _OFF = frozenset(("enabled", "on", "yes", "true")), frozenset(("disabled", "off", "no", "false"))
_WHO = {
    "everyone": "public", "public": "public", "anyone": "public", "public to everyone": "public", "followers": "followers",
    "friends": "friends", "mutual friends": "friends", "followers that you follow back": "friends", "friends only": "friends",
    "myself": "private", "only me": "private", "only you": "private", "me": "private", "private": "private", "self": "private",
    "self only": "private", "no one": "off", "nobody": "off", "noone": "off",
}  # fmt: skip
SUGGEST = "suggest-your-account-to-others"
REUSE = "duet-stitch-downloads-reuse-of-content"
LISTS = "following-list-liked-videos"
# Plain key of the export -> row of the settings data. Several of TikTok's settings are one row of the checklist.
_ROWS = {
    "privateaccount": "private-account",
    "allowotherstofindme": SUGGEST,
    "suggestyouraccounttocontacts": SUGGEST,
    "suggestyouraccounttofacebookfriends": SUGGEST,
    "suggestyouraccounttopeoplewhoopenorsendlinkstoyou": SUGGEST,
    "suggestyouraccounttopeoplewithmutualconnections": SUGGEST,
    "whocanpostcomments": "comments-mentions-and-tags",
    "whocansendmemessage": "direct-messages",
    "whocanduetwithme": REUSE,
    "whocanstitchwithyourvideos": REUSE,
    "allowdownload": REUSE,
    "allowreuseofcontent": REUSE,
    "whocanviewvideosiliked": LISTS,
    "whocanseeyourfollowinglist": LISTS,
    "filtercomments": "filter-comments",
    "personalizedads": "personalised-ads",
}


def meaning(word: str) -> str:
    """What a word of TikTok's settings stands for; "unknown" when it is none of those that were seen."""
    text = word.strip().rstrip(".").lower().replace("_", " ")
    return "on" if text in _ON else "off" if text in _OFF else _WHO.get(text, "unknown")


def audience(word: object, private: bool | None) -> Any:
    """Who can see a video: `Everyone` on a private account is its followers. Unknown without a word."""
    value = meaning(said(word))
    if value == "public":
        return "followers" if private else "public"
    return value if value in ("followers", "friends", "private") else "private" if value == "off" else "unknown"


def settings(record: Any, a: Reader) -> Iterable[Record]:
    """The map of settings; what they give is told at the end, as several of them may be one row."""
    live = any("live" in plain(key) for key in a.path)
    for label, value in record.items():
        key, word = plain(label), said(value)
        if isinstance(value, bool):
            word = "On" if value else "Off"
        if not word or len(word) > 100:
            continue
        row = None if live else _ROWS.get(key)
        if row is None and (live or key.startswith(("whocan", "allow", "suggest"))):
            row = _slug(f"live {label}" if live else label)
        if row is None:
            continue
        name = label.strip().rstrip(":").strip()
        found = meaning(word)
        if row == "private-account":
            found = {"on": "private", "off": "public"}.get(found, "unknown")
        elif found == "on" and row in (REUSE, LISTS):
            found = "public"
        several = sum(r == row for r in _ROWS.values()) > 1
        one = (found, f"{name}: {word}" if several else word, a.where)
        if one[:2] not in [f[:2] for f in a.choices.setdefault(row, [])]:
            a.choices[row].append(one)
    return ()


def _slug(label: str) -> str:
    letters = "".join(c if c.isascii() and c.isalnum() else " " for c in label.lower())
    return "-".join(letters.split())[:60].strip("-") or "other"


_FACTS = (
    ("username", "handle"), ("displayname", "name"), ("biodescription", "bio"), ("birthdate", "birthday"),
    ("emailaddress", "email"), ("telephonenumber", "phone"), ("accountregion", "location"), ("instagramlink", "website"),
    ("youtubelink", "website"), ("lemon8link", "website"),
)  # fmt: skip


def profile(record: Any, a: Reader) -> Iterable[Record]:
    """The profile, and the accounts elsewhere that it is linked to."""
    one = low(record)
    for key, fact in _FACTS:
        value = one.get(key)
        yield from a.fact(fact, value.lstrip("@") if fact == "handle" and isinstance(value, str) else value)
    linked = one.get("platforminfo")
    for other in linked if isinstance(linked, list) else [linked] if isinstance(linked, dict) else []:
        if isinstance(other, dict):
            there = low(other)
            if name := said(there.get("name")):
                yield from a.fact("website", f"{said(there.get('platform')) or 'Linked account'}: {name}")


def autofill(record: Any, a: Reader) -> Iterable[Record]:
    """What forms are filled in with: telephone, e-mail and home address, wherever in it they lie."""
    stack: list[Any] = [record]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack += reversed(value)
            continue
        if not isinstance(value, dict):
            continue
        one = low(value)
        stack += [v for v in one.values() if isinstance(v, dict | list)]
        yield from a.fact("phone", one.get("phonenumber") or one.get("phone") or one.get("telephonenumber"))
        yield from a.fact("email", one.get("email") or one.get("emailaddress"))
        lines = [
            said(one.get(k)) for k in ("unit", "address", "addressline1", "addressline2", "city", "state", "zipcode", "country")
        ]
        if any(lines[1:4]):
            yield from a.fact("location", ", ".join(line for line in lines if line))
