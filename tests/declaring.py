"""Invented declarations for the tests, and ways to spoil them.

`python tests/declaring.py` writes the golden text again, and a signed document for a template version that has none yet
(one that is there is never made again: it stands for the papers that schools have kept).
"""

from __future__ import annotations

import io
import math
import warnings
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from docx import Document

from auditlib.declaration import STATEMENTS, Draft, Payload, PlatformAnswer, opc, ready, sign_declaration
from auditlib.declaration.certificates import self_made
from auditlib.declaration.package import read_package
from auditlib.declaration.payload_part import PART, unwrap
from auditlib.declaration.sign import add_signature, comment

GOLDEN = Path(__file__).parent / "declarations"
ID, SIGNED_AT = "abcdefghijklmnopqrstuvwx23", "2026-11-22T16:05:09+00:00"


def draft(**changes: object) -> Draft:
    """Return a finished draft by an invented person, with these fields changed."""
    fields: dict[str, object] = {
        "school_name": "Example Hill School",
        "trust": "Example Trust",
        "policy_title": "Social Media Policy",
        "policy_version": "2018",
        "policy_date": "December 2018",
        "clauses_version": "2026.1",
        "clauses_hash": "c1" * 32,
        "kcsie_edition": "2026",
        "full_name": "Rowan Ellery-O’Marsh",
        "former_names": ("Rowan Marsh",),
        "role": "Teaching assistant, Year 3/4",
        "start_date": "2027-01-05",
        "staff_group": "support-staff",
        "platforms": {
            "instagram": PlatformAnswer(route="hand", settings="complete"),
            "x": PlatformAnswer(route="archive", settings="complete"),
            "facebook": PlatformAnswer(route="archive", settings="complete"),
            "snapchat": PlatformAnswer(route="not-held"),
        },
        "first": "2012-03-04T08:15:00+00:00",
        "last": "2026-11-20T08:15:00+00:00",
        "audit_date": "2026-11-21",
        "could_not_read": ("others-posts", "pictures-video-sound"),
        "answers": {statement.id: "yes" for statement in STATEMENTS},
        "connections": "done",
        "wish": "nothing-to-raise",
        "referral": "none",
        "typed_name": "Rowan Ellery-O'Marsh",
        "tick": True,
        "signed_at": SIGNED_AT,
    }
    return Draft(**(fields | changes))  # type: ignore[arg-type]


def payload(**changes: object) -> Payload:
    """Return the payload of that draft, always with the same id."""
    return msgspec.structs.replace(ready(draft(**changes)), declaration_id=ID)


def signed(**changes: object) -> bytes:
    """Return that declaration signed, without a drawn signature."""
    return sign_declaration(payload(**changes))


def strokes() -> list[list[list[float]]]:
    """Return the strokes of an invented signature."""
    wave = [[float(i), 60 + 30 * math.sin(i / 9) * math.exp(-i / 200) + i * 0.1] for i in range(0, 300, 3)]
    return [wave, [[50, 20], [80, 110]], [[120, 90], [280, 70]]]


def text(document: bytes) -> str:
    """Return the visible text of a .docx: headings with #, bullets with -, table rows with | between the cells."""
    lines = []
    for block in Document(io.BytesIO(document)).iter_inner_content():
        if hasattr(block, "rows"):
            lines += [" | ".join(cell.text.replace("\n", " / ") for cell in row.cells) for row in block.rows]
        else:
            mark = {"Heading 1": "# ", "Heading 2": "## ", "Title": "# ", "List Bullet": "- "}.get(block.style.name, "")
            lines.append(mark + block.text)
    return "\n".join(lines) + "\n"


def repack(parts: Mapping[str, bytes], extra: list[tuple[str, bytes]] | None = None) -> bytes:
    """Return a plain zip of the parts, then of further entries, which may repeat a name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a repeated name is what some tests are about
        for name, data in [*parts.items(), *(extra or [])]:
            package.writestr(name, data)
    return made.getvalue()


def changed(document: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the document with one part changed, signature and all else as they were."""
    parts = read_package(document)
    return repack(parts | {name: change(parts[name])})


def unsigned_parts(document: bytes) -> dict[str, bytes]:
    """Return the parts as they were before signing."""
    parts = {n: d for n, d in read_package(document).items() if not n.startswith(opc.SIGNATURES)}
    types = opc.content_types(parts[opc.TYPES])
    for name in [n for n in types.overrides if n.startswith("/" + opc.SIGNATURES)]:
        del types.overrides[name]
    links = [r for r in opc.relationships(parts[opc.ROOT_RELS], "") if r.type != opc.ORIGIN_REL]
    return parts | {opc.TYPES: opc.write_content_types(types), opc.ROOT_RELS: opc.write_relationships(links)}


def signed_by_attacker(parts: Mapping[str, bytes], *, name_the_key: bool = True) -> bytes:
    """Return the parts signed afresh by someone who knows how, with a key of their own, every formality kept."""
    from auditlib.declaration.payload import content_hash
    from auditlib.declaration.payload_part import wrap

    key = ec.generate_private_key(ec.SECP256R1())
    said = unwrap(parts[PART])
    if name_the_key:
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        digest = hashes.Hash(hashes.SHA256())
        digest.update(public)
        signature = msgspec.structs.replace(said.signature, key_sha256=digest.finalize().hex())
        said = msgspec.structs.replace(said, signature=signature, integrity="")
        said = msgspec.structs.replace(said, integrity=content_hash(said))
    when = datetime.fromisoformat(said.signature.signed_at).astimezone(UTC)
    certificate = self_made(key, said.signature.typed_name, when)
    return opc.write_package(add_signature(dict(parts) | {PART: wrap(said)}, key, certificate, when, comment(said)))


def authority(name: str = "Example Hill School CA") -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """Return an invented school's key and CA certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key, _certificate(name, key, name, key, authority=True)


def countersigned(document: bytes, issuer: tuple[ec.EllipticCurvePrivateKey, x509.Certificate]) -> bytes:
    """Return the document with HR's signature as the second one, by a certificate of this issuer."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer_name = str(issuer[1].subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
    leaf = _certificate("Example Hill HR", key, issuer_name, issuer[0], authority=False)
    when = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    return opc.write_package(add_signature(read_package(document), key, leaf, when, "received 23 November 2026"))


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, by: ec.EllipticCurvePrivateKey, *, authority: bool
) -> x509.Certificate:
    uses = x509.KeyUsage(not authority, not authority, False, False, False, authority, False, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2036, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(uses, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .sign(by, hashes.SHA256())
    )


if __name__ == "__main__":
    from auditlib.declaration import render
    from auditlib.declaration.templates import LATEST

    GOLDEN.mkdir(exist_ok=True)
    (GOLDEN / f"{LATEST}.txt").write_text(text(render(payload())), encoding="utf-8")
    kept = GOLDEN / f"{LATEST}.docx"
    if not kept.exists():
        kept.write_bytes(sign_declaration(payload(could_not_read=("damaged-file",)), strokes=strokes()))
