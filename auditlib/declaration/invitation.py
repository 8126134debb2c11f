"""The invitation that HR gives a new member of staff: which school, which policy, until when, whose certificate.

One JSON object in UTF-8, the file ending in `.invitation.json`; its fields are those of `Invitation`.
The one-time code is never in the file: it reaches the person by another way.
"""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from cryptography.hazmat.primitives.serialization import Encoding

from auditlib.declaration.certificates import read_authorities
from auditlib.declaration.days import day
from auditlib.declaration.fields import NAME_LIMIT, faults
from auditlib.errors import DeclarationError, UsageError

MAX_BYTES = 500_000
_Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-z]{26}\Z")]
_Date = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
_Hex64 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
_Pem = Annotated[str, msgspec.Meta(max_length=20_000)]
_Toml = Annotated[str, msgspec.Meta(max_length=400_000)]
_Version = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
_SPOILED = "This invitation file cannot be used. Ask HR to send it again, and do not open and save it in between."


class Invitation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invitation. `school` is the text of the school file; `expires` its last day; `person_name` may be None.

    `ca_fingerprint` is the SHA-256 (hex) of the school's certificate, which is in `ca_certificate` as PEM.
    """

    format: Literal[1] = 1
    id: _Id
    expires: _Date
    policy_version: _Version
    school: _Toml
    ca_certificate: _Pem
    ca_fingerprint: _Hex64
    person_name: str | None = None


def read_invitation(path: Path, *, today: date | None = None) -> Invitation:
    """Return the invitation in the file.

    Raises `DeclarationError` with a plain sentence when it can't be read, isn't whole, or ended before `today`.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DeclarationError(_SPOILED)
        data = path.read_bytes()
    except OSError:
        raise DeclarationError("The invitation file cannot be opened. Check where it is and try again.") from None
    return parse_invitation(data, today=today)


def parse_invitation(data: bytes, *, today: date | None = None) -> Invitation:
    """Return the invitation in the bytes of its file; errors as in `read_invitation`."""
    try:
        invitation = msgspec.json.decode(data, type=Invitation)
        expires = date.fromisoformat(invitation.expires)
        tomllib.loads(invitation.school)
        authorities = read_authorities(invitation.ca_certificate.encode())
        if invitation.person_name is not None and faults(invitation.person_name, NAME_LIMIT):
            raise ValueError("not a name")
    except (msgspec.MsgspecError, ValueError, UsageError, RecursionError):
        raise DeclarationError(_SPOILED) from None
    prints = [hashlib.sha256(authority.public_bytes(Encoding.DER)).hexdigest() for authority in authorities]
    if prints != [invitation.ca_fingerprint]:
        raise DeclarationError(_SPOILED)
    if expires < (today or date.today()):
        raise DeclarationError(
            f"This invitation ended on {day(invitation.expires)}. Ask HR for a new one; what you have done so far is kept."
        )
    return invitation


def write_invitation(invitation: Invitation) -> bytes:
    """Return the bytes of an invitation file."""
    return msgspec.json.format(msgspec.json.encode(invitation), indent=2)
