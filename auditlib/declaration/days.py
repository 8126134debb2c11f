"""Dates in words, in UK English whatever the language of the computer."""

from __future__ import annotations

from datetime import datetime

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip  # written out: the names from the system would follow the computer's language


def day(iso: str) -> str:
    """Return `22 November 2026` for `2026-11-22`, `November 2026` for `2026-11`, and anything else as it is."""
    try:
        when = datetime.fromisoformat(iso if len(iso) == 10 else iso + "-01")
    except ValueError:
        return iso
    month = f"{_MONTHS[when.month - 1]} {when.year}"
    return f"{when.day} {month}" if len(iso) == 10 else month


def moment(iso: str) -> str:
    """Return `22 November 2026 at 16:05:09 (UTC+00:00)` for the local time with its offset."""
    return f"{day(iso[:10])} at {iso[11:19]} (UTC{iso[19:]})"
