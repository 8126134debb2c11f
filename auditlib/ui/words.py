"""Dates, counts and names in the words a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .. import platforms

if TYPE_CHECKING:
    from ..walk import Progress

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

AUDIENCES = {
    "public": "Anyone could see it", "unlisted": "Anyone with the link could see it",
    "followers": "Your followers could see it", "friends": "Your friends could see it",
    "network": "Your network could see it", "group": "The group could see it",
    "direct": "Only the people in the conversation could see it", "private": "Only you could see it",
    "unknown": "The download does not say who could see it",
}  # fmt: skip

KINDS = {
    "post": ("post", "posts"), "story": ("story", "stories"), "repost": ("repost", "reposts"),
    "comment": ("comment", "comments"), "message": ("message", "messages"), "reaction": ("reaction", "reactions"),
    "review": ("review", "reviews"), "bio": ("old profile text", "old profile texts"),
    "other": ("other item", "other items"), "friend": ("friend", "friends"), "follower": ("follower", "followers"),
    "following": ("account you follow", "accounts you follow"), "close_friend": ("close friend", "close friends"),
    "contact": ("contact", "contacts"), "request_received": ("request to you", "requests to you"),
    "request_sent": ("request from you", "requests from you"),
    "request_rejected": ("request you turned down", "requests you turned down"),
    "removed": ("removed friend", "removed friends"), "blocked": ("blocked account", "blocked accounts"),
    "muted": ("muted account", "muted accounts"),
    "messaged": ("person you exchanged messages with", "people you exchanged messages with"),
    "setting": ("privacy setting", "privacy settings"), "profile": ("profile detail", "profile details"),
    "conversation": ("conversation", "conversations"), "connection": ("connection", "connections"),
}  # fmt: skip


def day(iso: str | None) -> str:
    """Return `22 November 2026` for ISO 8601 text, or "date not given"."""
    parts = (iso or "")[:10].split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts) and 1 <= int(parts[1]) <= 12:
        return f"{int(parts[2])} {MONTHS[int(parts[1]) - 1]} {int(parts[0])}"
    return "date not given"


def moment(iso: str | None) -> str:
    """Return `22 November 2026, 14:05` for ISO 8601 text with a time of day, else as `day`."""
    if iso and len(iso) >= 16 and iso[10] in "T ":
        return f"{day(iso)}, {iso[11:16]}"
    return day(iso)


def platform(identifier: str) -> str:
    """Return the platform's name as people know it."""
    return platforms.titles().get(identifier, identifier)


def many(count: int, one: str, more: str) -> str:
    """Return `1 post` or `1,204 posts`."""
    return f"{count:,} {one if count == 1 else more}"


def counted(counts: Mapping[str, int]) -> list[str]:
    """Return one phrase for each kind that is present, the largest first."""
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    return [many(count, *KINDS.get(kind, (kind, kind))) for kind, count in ordered if count]


def size(octets: int) -> str:
    """Return bytes in words: `3.4 MB` (a MB being a million bytes, as file managers show it)."""
    if octets < 1_000_000:
        return f"{max(1, octets // 1000):,} KB"
    if octets < 1_000_000_000:
        return f"{octets / 1_000_000:,.1f} MB"
    return f"{octets / 1_000_000_000:,.1f} GB"


def seconds(left: float | None) -> str:
    """Return how long is left in rough words, or "" when it is not known."""
    if left is None:
        return ""
    if left < 10:
        return "a few seconds left"
    if left < 90:
        return f"about {round(left / 10) * 10} seconds left"
    return f"about {round(left / 60)} minutes left"


def progress(now: Progress) -> dict[str, Any]:
    """Return the progress in words, and as a share between 0 and 1 where the whole is known."""
    share = now.done_bytes / now.total_bytes if now.total_bytes else None
    in_bytes = now.total_bytes and now.done_bytes != now.items  # a scan counts records, not bytes
    amount = f"{size(now.done_bytes)} of {size(now.total_bytes)}" if in_bytes else ""
    parts = [f"{now.items:,} read" if now.items else "", amount, seconds(now.seconds_left)]
    return {"stage": now.stage, "detail": ", ".join(part for part in parts if part), "share": share}
