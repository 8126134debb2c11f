"""What a declaration says, as data: the payload inside the .docx, its one way of being written, and its rules.

Every field is one that the field list for declarations allows; there is no place for anything a person posted. The
payload is written as canonical JSON (UTF-8, keys sorted, no spaces, no repeated keys), so that the same content always
has the same bytes and the same SHA-256.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

import msgspec

from auditlib.errors import Tampered

SCHEMA = 1
MAX_PAYLOAD = 65_536
"""Longest canonical payload read, in bytes; a full one has about 6,000."""

_Hex64 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
_MaybeHex64 = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{64})?\Z")]
_Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-z]{26}\Z")]
_Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z", max_length=40)]
_MaybeSlug = Annotated[str, msgspec.Meta(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?\Z", max_length=40)]
_Date = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
_Month = Annotated[str, msgspec.Meta(pattern=r"^([0-9]{4}-[0-9]{2})?\Z")]
_Moment = Annotated[
    str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}\Z")
]
_Text = Annotated[str, msgspec.Meta(max_length=2000)]  # the exact limit of each field is checked in `rules`


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every part of a payload: frozen, and no field that isn't on the list."""


class SchoolPart(_Part, frozen=True, kw_only=True):
    """The addressee."""

    name: _Text
    trust: _Text = ""


class PolicyPart(_Part, frozen=True, kw_only=True):
    """Which rules were agreed to. `date` is as the school writes it, `clauses_hash` the SHA-256 of the clause list."""

    title: _Text
    version: _Text
    date: _Text
    clauses_version: _Text
    clauses_hash: _Hex64
    kcsie_edition: _Text = ""
    kcsie_paragraph: _Text = ""


class PersonPart(_Part, frozen=True, kw_only=True):
    """Who declares, as far as HR needs it to find the row of the person."""

    full_name: _Text
    former_names: tuple[_Text, ...] = ()
    role: _Text
    start_date: _Date
    staff_group: _Slug


class ScopeRow(_Part, frozen=True, kw_only=True):
    """One platform (or, with names left out, `count` platforms looked at in the same way; `platform` is then empty)."""

    platform: _MaybeSlug
    count: Annotated[int, msgspec.Meta(ge=1, le=99)] = 1
    route: _Slug
    reason: _MaybeSlug = ""
    settings: _Slug


class ScopePart(_Part, frozen=True, kw_only=True):
    """What was looked at. `first` and `last` are months (`YYYY-MM`), empty when nothing had a date."""

    names_shown: bool
    no_accounts: bool
    rows: tuple[ScopeRow, ...]
    first: _Month = ""
    last: _Month = ""
    audit_date: _Date
    could_not_read: tuple[_Slug, ...] = ()


class StatementPart(_Part, frozen=True, kw_only=True):
    """One statement as it was shown, with its clauses and the person's answer."""

    id: _Slug
    clauses: tuple[_Slug, ...]
    wording: _Text
    answer: _Slug


class ConnectionsPart(_Part, frozen=True, kw_only=True):
    """Whether connections were gone through, and whether the person wants to talk. Never who or how many."""

    check: _Slug
    wish: _Slug


class ReferralPart(_Part, frozen=True, kw_only=True):
    """Whom the person asks to speak to, and the work route they prefer."""

    to: _Slug
    contact: _MaybeSlug = ""


class SignaturePart(_Part, frozen=True, kw_only=True):
    """The person's act of signing. `drawing_sha256` is that of the drawn picture, empty without one."""

    typed_name: _Text
    tick: Literal[True]
    signed_at: _Moment
    drawing_sha256: _MaybeHex64 = ""
    key_sha256: _MaybeHex64 = ""


class InvitationPart(_Part, frozen=True, kw_only=True):
    """The invitation answered, and the proof of its code (empty until signing)."""

    id: _Id
    hmac: _MaybeHex64 = ""


class Payload(_Part, frozen=True, kw_only=True):
    """A whole declaration. `integrity` is the SHA-256 of the canonical content without it, empty until signing."""

    schema: Literal[1] = 1
    declaration_id: _Id
    tool: _Text
    language: Literal["en-GB"] = "en-GB"
    template: _Slug
    school: SchoolPart
    policy: PolicyPart
    person: PersonPart
    scope: ScopePart
    statements: tuple[StatementPart, ...]
    not_asked: tuple[_Slug, ...] = ()
    connections: ConnectionsPart
    referral: ReferralPart
    adjustments: _MaybeSlug = ""
    statement_of_truth: _Text
    signature: SignaturePart
    invitation: InvitationPart | None = None
    integrity: _MaybeHex64 = ""


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(Payload)


def canonical(payload: Payload) -> bytes:
    """Return the one canonical JSON form of the payload, in UTF-8."""
    return _ENCODER.encode(payload)


def content_hash(payload: Payload) -> str:
    """Return the SHA-256 (hex) of the canonical content without its integrity field."""
    return hashlib.sha256(canonical(msgspec.structs.replace(payload, integrity=""))).hexdigest()


def proof_hash(payload: Payload) -> bytes:
    """Return the SHA-256 that the invitation's code is tied to: the content without the proof and without the seal."""
    if payload.invitation is None:
        raise ValueError("a payload without an invitation has nothing to prove")
    bare = msgspec.structs.replace(payload.invitation, hmac="")
    return hashlib.sha256(canonical(msgspec.structs.replace(payload, invitation=bare, integrity=""))).digest()


def form_fault(payload: Payload) -> str:
    """Return which field is not in its form ("" when all are): what is signed must be readable again."""
    try:
        _DECODER.decode(canonical(payload))
    except msgspec.ValidationError as error:
        return f"the field {str(error).rpartition('$.')[2].rstrip('`') or 'on top'} is not in its form"
    except ValueError:  # text that UTF-8 has no form for
        return "a field holds a character that cannot be written"
    return ""


def read_payload(data: bytes) -> Payload:
    """Return the payload in its canonical bytes.

    Raises `Tampered` when the bytes are not canonical, or hold a field or a form that isn't allowed.
    """
    if len(data) > MAX_PAYLOAD:
        raise Tampered(["the machine-readable part is far too long"])
    try:
        payload = _DECODER.decode(data)
        same = canonical(payload) == data
    except (msgspec.MsgspecError, ValueError, RecursionError):  # ValueError: surrogates and other unencodable text
        raise Tampered(["the machine-readable part is not a declaration this version can read"]) from None
    if not same:
        raise Tampered(["the machine-readable part is not written in its one canonical form"])
    return payload
