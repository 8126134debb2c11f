"""One line of HR's register, in the columns of a single-central-record tracker: date and who, no narrative."""

from __future__ import annotations

from typing import Literal

import msgspec

from auditlib.declaration import Payload, discussion_requested, outcome
from auditlib.declaration.statements import NOT_VERIFIED

CHECK_TYPE = "Social media self-audit declaration"
COLUMNS = (
    "surname", "forenames", "role", "start_date", "check_type", "required", "status", "date_signed", "date_received",
    "received_by", "verified", "policy_version", "kcsie_edition", "declaration_id", "sha256_short",
    "discussion_requested", "discussion_closed_date", "review_date", "notes",
)  # fmt: skip
"""The columns of the register, in order. Dates are ISO text, yes and no are Y and N."""
DATE_COLUMNS = ("start_date", "date_signed", "date_received", "discussion_closed_date", "review_date")
SHORT = 12
"""How many hexadecimal digits of the content's SHA-256 stand in the register."""

Arrival = Literal["new", "known", "duplicate", "could not be verified"]
_PARTICLES = frozenset(
    ("al", "ap", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le",
     "st", "st.", "ten", "ter", "van", "von", "y")
)  # fmt: skip


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line. The first fields are the columns; `file` is the file's name and `arrival` what it was this time.

    `problem` says in plain words why a file could not be verified and what to do; it is also in `notes`.
    """

    surname: str = ""
    forenames: str = ""
    role: str = ""
    start_date: str = ""
    check_type: str = CHECK_TYPE
    required: str = "Y"
    status: str
    date_signed: str = ""
    date_received: str = ""
    received_by: str = ""
    verified: str
    policy_version: str = ""
    kcsie_edition: str = ""
    declaration_id: str = ""
    sha256_short: str = ""
    discussion_requested: str = ""
    discussion_closed_date: str = ""
    review_date: str = ""
    notes: str = ""
    file: str = ""
    arrival: Arrival = "new"
    problem: str = ""

    def cells(self) -> tuple[str, ...]:
        """Return the values of `COLUMNS`, in order."""
        return tuple(getattr(self, column) for column in COLUMNS)


def declared_row(payload: Payload, *, file: str, received: str, received_by: str) -> Row:
    """Return the row of a valid declaration received on that day (ISO date)."""
    surname, forenames = split_name(payload.person.full_name)
    return Row(
        surname=surname,
        forenames=forenames,
        role=payload.person.role,
        start_date=payload.person.start_date,
        status=outcome(payload),
        date_signed=payload.signature.signed_at[:10],
        date_received=received,
        received_by=received_by,
        verified="Y",
        policy_version=payload.policy.version,
        kcsie_edition=payload.policy.kcsie_edition,
        declaration_id=payload.declaration_id,
        sha256_short=payload.integrity[:SHORT],
        discussion_requested="Y" if discussion_requested(payload) else "N",
        file=file,
    )


def unverified_row(*, file: str, received: str, received_by: str, problem: str) -> Row:
    """Return the row of a file that could not be verified, with what to do about it."""
    return Row(
        status=NOT_VERIFIED,
        date_received=received,
        received_by=received_by,
        verified="N",
        notes=f"{file}: {problem}",
        file=file,
        arrival="could not be verified",
        problem=problem,
    )


def split_name(full_name: str) -> tuple[str, str]:
    """Return surname and forenames, as far as a rule can: the last word with its particles, or what precedes a comma.

    A name of one word, or written without spaces, is all surname. HR may correct the row by hand.
    """
    before, comma, after = full_name.partition(",")
    if comma:
        return before.strip(), after.strip()
    words = full_name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    if start < 1:
        return full_name, ""
    return " ".join(words[start:]), " ".join(words[:start])
