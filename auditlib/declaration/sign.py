"""Signing: a payload becomes a signed .docx. The key is made in memory for this one signing and then dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from auditlib.declaration import opc
from auditlib.declaration.certificates import self_made
from auditlib.declaration.codes import proof
from auditlib.declaration.document import render
from auditlib.declaration.draw import Strokes, draw_signature
from auditlib.declaration.package import read_package
from auditlib.declaration.payload import Payload, canonical, content_hash
from auditlib.declaration.rules import payload_faults
from auditlib.declaration.signature_xml import digests, signature_xml
from auditlib.errors import NotReady


def sign_declaration(payload: Payload, *, code: str | None = None, strokes: Strokes | None = None) -> bytes:
    """Return the signed .docx of this payload.

    `code` is the one-time code of the invitation that the payload names; `strokes` a drawn signature, if any.
    The payload comes back inside the document with the key, the picture, the proof and the seal filled in.
    Raises `NotReady` when the payload breaks a rule or an invitation has no code, `UsageError` for a mistyped code.
    """
    faults = payload_faults(payload)
    if payload.invitation is not None and not code:
        faults.append("the one-time code of your invitation is needed")
    if faults:
        raise NotReady(faults)
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    drawing = draw_signature(strokes) if strokes else None
    final = _sealed(payload, public, code, drawing)
    when = datetime.fromisoformat(final.signature.signed_at).astimezone(UTC)
    certificate = self_made(key, final.signature.typed_name, when)
    parts = read_package(render(final, drawing))
    return opc.write_package(add_signature(parts, key, certificate, when, comment(final)))


def comment(payload: Payload) -> str:
    """Return the comment that the person's signature carries: the declaration and the SHA-256 of its payload."""
    return f"Declaration {payload.declaration_id}, payload SHA-256 {hashlib.sha256(canonical(payload)).hexdigest()}"


def add_signature(
    parts: Mapping[str, bytes],
    key: ec.EllipticCurvePrivateKey,
    certificate: x509.Certificate,
    when: datetime,
    comment: str,
) -> dict[str, bytes]:
    """Return the parts of the package with one more signature over all of them, by a P-256 key.

    Signatures that are there already stay valid: they and this one cover the same parts.
    """
    done = sum(name.startswith(opc.SIGNATURES + "sig") for name in parts)
    name = f"{opc.SIGNATURES}sig{done + 1}.xml"

    def raw(octets: bytes) -> bytes:
        r, s = utils.decode_dss_signature(key.sign(octets, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")  # XML-DSIG wants the two numbers, not DER

    signature = signature_xml(digests(parts), certificate, when, comment, raw)
    types = opc.content_types(parts[opc.TYPES])
    types.overrides[f"/{name}"] = opc.SIGNATURE_CONTENT
    signed = dict(parts) | {name: signature}
    if not done:
        types.overrides[f"/{opc.ORIGIN}"] = opc.ORIGIN_CONTENT
        root = opc.relationships(parts[opc.ROOT_RELS], opc.ROOT_RELS)
        root.append(opc.origin_link(root))
        signed |= {opc.ORIGIN: b"", opc.ROOT_RELS: opc.write_relationships(root)}
    links = opc.write_relationships(opc.signature_links(done + 1))
    return signed | {opc.ORIGIN_RELS: links, opc.TYPES: opc.write_content_types(types)}


def _sealed(payload: Payload, public: bytes, code: str | None, drawing: bytes | None) -> Payload:
    """Return the payload with everything that only signing knows."""
    picture = hashlib.sha256(drawing).hexdigest() if drawing else ""
    signature = msgspec.structs.replace(
        payload.signature, key_sha256=hashlib.sha256(public).hexdigest(), drawing_sha256=picture
    )
    final = msgspec.structs.replace(payload, signature=signature, integrity="")
    if final.invitation is not None and code:
        tied = msgspec.structs.replace(final.invitation, hmac=proof(code, final, public))
        final = msgspec.structs.replace(final, invitation=tied)
    return msgspec.structs.replace(final, integrity=content_hash(final))
