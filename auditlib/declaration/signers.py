"""The signatures of a package: where they lie, whose they are, and whether the person's own is in order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal

from cryptography import x509

from auditlib.declaration import opc
from auditlib.declaration.certificates import common_name, in_force, is_self_made, key_sha256, subject_name, vouched_for
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
    if [(r.target, r.external) for r in origins] != [(opc.ORIGIN, False)]:
        raise Tampered(["the signature is not attached to the document"])
    if opc.ORIGIN_RELS not in parts or parts.get(opc.ORIGIN) != b"":
        raise Tampered(["the signature is not attached to the document"])
    links = opc.relationships(parts[opc.ORIGIN_RELS], opc.ORIGIN_RELS)
    if not links or sorted(links) != sorted(opc.signature_links(len(links))):
        raise Tampered(["the signature is not attached to the document"])
    named = [opc.SIGNATURES + r.target for r in links]
    if inside != {opc.ORIGIN, opc.ORIGIN_RELS, *named} or len(named) > _MAX_SIGNATURES:
        raise Tampered(["the folder of signatures holds something other than the signatures it names"])
    if len({parts[name] for name in named}) != len(named):
        raise Tampered(["the same signature is there twice"])
    return named


def signer_reasons(one: Examined, payload: Payload) -> list[str]:
    """Return what is wrong with the person's own signature."""
    certificate, reasons = one.chain[0], []
    if len(one.chain) != 1 or not is_self_made(certificate) or not in_force(certificate, one.when):
        reasons.append("the certificate is not one that self-audit makes for a signing")
    if common_name(certificate) != subject_name(payload.signature.typed_name):
        reasons.append("the certificate is in another name than the typed signature")
    if one.when != _moment(payload.signature.signed_at):
        reasons.append("the time in the signature is not the time in the declaration")
    if one.comment != comment(payload):
        reasons.append("the signature was made for another declaration")
    if not one.plain and not (one.broken or one.uncovered or reasons):
        reasons.append("the signature is not written as self-audit writes it, or holds something beside it")
    return reasons


def _moment(signed_at: str) -> datetime | None:
    try:
        return datetime.fromisoformat(signed_at).astimezone(UTC)
    except (ValueError, OverflowError):  # told by the rules of the payload
        return None


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
