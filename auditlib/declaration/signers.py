"""The signatures of a package: where they lie, whose they are, and whether the person's own is in order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from auditlib.declaration import opc
from auditlib.declaration.certificates import common_name, in_force, key_sha256, subject_name, vouched_for
from auditlib.declaration.payload import Payload
from auditlib.declaration.sign import comment
from auditlib.declaration.verdict import Signer
from auditlib.declaration.xmlsig import Examined
from auditlib.errors import Tampered

_MAX_SIGNATURES = 4


def signature_parts(parts: Mapping[str, bytes]) -> list[str]:
    """Return the signature parts, reached as they must be.

    Raises `Tampered` when there is none, or when anything else lies beside them.
    """
    inside = {name for name in parts if name.startswith(opc.SIGNATURES)}
    origins = [r for r in opc.relationships(parts[opc.ROOT_RELS], opc.ROOT_RELS) if r.type == opc.ORIGIN_REL]
    if not inside and not origins:
        raise Tampered(["it is not signed"])
    if [opc.target_part(opc.ROOT_RELS, r.target) for r in origins] != [opc.ORIGIN] or origins[0].external:
        raise Tampered(["the signature is not attached to the document"])
    if opc.ORIGIN_RELS not in parts or parts.get(opc.ORIGIN) != b"":
        raise Tampered(["the signature is not attached to the document"])
    links = opc.relationships(parts[opc.ORIGIN_RELS], opc.ORIGIN_RELS)
    named = [opc.target_part(opc.ORIGIN_RELS, r.target) for r in links]
    if any(r.type != opc.SIGNATURE_REL or r.external for r in links) or not named or len(set(named)) != len(named):
        raise Tampered(["the signature is not attached to the document"])
    if inside != {opc.ORIGIN, opc.ORIGIN_RELS, *named} or len(named) > _MAX_SIGNATURES:
        raise Tampered(["the folder of signatures holds something other than the signatures it names"])
    return named


def signer_reasons(one: Examined, payload: Payload) -> list[str]:
    """Return what is wrong with the person's own signature."""
    certificate, reasons = one.chain[0], []
    try:
        certificate.verify_directly_issued_by(certificate)
        self_made = len(one.chain) == 1
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        self_made = False
    if not self_made or not in_force(certificate, one.when):
        reasons.append("the certificate is not one that self-audit makes for a signing")
    if common_name(certificate) != subject_name(payload.signature.typed_name):
        reasons.append("the certificate is in another name than the typed signature")
    if one.when != datetime.fromisoformat(payload.signature.signed_at).astimezone(UTC):
        reasons.append("the time in the signature is not the time in the declaration")
    if one.comment != comment(payload):
        reasons.append("the signature was made for another declaration")
    return reasons


def vouched(one: Examined, authorities: list[x509.Certificate] | None) -> bool | None:
    """Return whether the school's CA vouches for the signer; None without a CA."""
    return None if authorities is None else vouched_for(one.chain[0], one.when, authorities)


def described(one: Examined, role: Literal["declarant", "further"], known: bool | None) -> Signer:
    """Return who signed, for the verdict."""
    return Signer(
        name=common_name(one.chain[0]),
        signed_at=one.when.astimezone(UTC).isoformat(),
        key_sha256=key_sha256(one.chain[0]),
        comment=one.comment,
        role=role,
        known=known,
    )
