"""The XML of one package signature, as Office writes it: what is signed, when, by which certificate.

Source: ECMA-376 Part 2, clause 13 (digital signatures), MS-OFFCRYPTO 2.5.2 (signature objects, XAdES), XML-DSIG.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from auditlib.declaration import opc

DS = "http://www.w3.org/2000/09/xmldsig#"
MDSSI = "http://schemas.openxmlformats.org/package/2006/digital-signature"
OFFICE = "http://schemas.microsoft.com/office/2006/digsig"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
RELATIONSHIP_TRANSFORM = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
SIGNED_PROPERTIES = "http://uri.etsi.org/01903#SignedProperties"
SIGNATURE_ID, PACKAGE_ID, OFFICE_ID, PROPERTIES_ID = (
    "idPackageSignature", "idPackageObject", "idOfficeObject", "idSignedProperties",
)  # fmt: skip
COMMENT_LIMIT = 255  # of SignatureComments


class Digest(NamedTuple):
    """What is signed of one part: its digest, and for a .rels part the relationships that are signed."""

    part: str
    content_type: str
    sha256: bytes
    relationships: tuple[str, ...] | None


def digests(parts: Mapping[str, bytes]) -> list[Digest]:
    """Return what a whole signature of these parts covers: every part and relationship but those Office rewrites."""
    types = opc.content_types(parts[opc.TYPES])
    found = []
    for name in sorted(parts):
        if name in (opc.TYPES, opc.CORE) or name.startswith(opc.SIGNATURES):
            continue
        if name.endswith(".rels"):
            ids = tuple(r.id for r in opc.relationships(parts[name], name) if r.type not in opc.UNSIGNED_RELS)
            octets = opc.transformed(parts[name], ids, name)
            found.append(Digest(name, opc.REL_CONTENT, hashlib.sha256(octets).digest(), tuple(sorted(ids))))
        else:
            kind = types.of(name) or ""
            found.append(Digest(name, kind, hashlib.sha256(parts[name]).digest(), None))
    return found


def signature_xml(
    covered: list[Digest],
    certificate: x509.Certificate,
    when: datetime,
    comment: str,
    sign: Callable[[bytes], bytes],
) -> bytes:
    """Return the signature part. `sign` gets the octets of SignedInfo and gives the raw signature value (r then s)."""
    root = etree.Element(_ds("Signature"), {"Id": SIGNATURE_ID}, nsmap={None: DS})
    info = etree.SubElement(root, _ds("SignedInfo"))
    etree.SubElement(info, _ds("CanonicalizationMethod"), Algorithm=C14N)
    etree.SubElement(info, _ds("SignatureMethod"), Algorithm=ECDSA_SHA256)
    value = etree.SubElement(root, _ds("SignatureValue"))
    key = etree.SubElement(etree.SubElement(root, _ds("KeyInfo")), _ds("X509Data"))
    der = certificate.public_bytes(Encoding.DER)
    etree.SubElement(key, _ds("X509Certificate")).text = _b64(der)
    stamp = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    package = _package_object(root, covered, stamp)
    office = _office_object(root, comment[:COMMENT_LIMIT])
    properties = _xades_object(root, certificate, der, stamp)
    _reference(info, "#" + PACKAGE_ID, _sha(opc.c14n(package)), kind=DS + "Object")
    _reference(info, "#" + OFFICE_ID, _sha(opc.c14n(office)), kind=DS + "Object")
    _reference(info, "#" + PROPERTIES_ID, _sha(opc.c14n(properties)), kind=SIGNED_PROPERTIES, transforms=(C14N,))
    value.text = _b64(sign(opc.c14n(info)))
    return opc.xml_bytes(root)


def _package_object(root: etree._Element, covered: list[Digest], stamp: str) -> etree._Element:
    package = etree.SubElement(root, _ds("Object"), Id=PACKAGE_ID)
    manifest = etree.SubElement(package, _ds("Manifest"))
    for digest in covered:
        uri = f"/{digest.part}?ContentType={digest.content_type}"
        _reference(manifest, uri, digest.sha256, relationships=digest.relationships)
    signed = _property(package, "idSignatureTime")
    time = etree.SubElement(signed, f"{{{MDSSI}}}SignatureTime", nsmap={"mdssi": MDSSI})
    etree.SubElement(time, f"{{{MDSSI}}}Format").text = "YYYY-MM-DDThh:mm:ssTZD"
    etree.SubElement(time, f"{{{MDSSI}}}Value").text = stamp
    return package


def _office_object(root: etree._Element, comment: str) -> etree._Element:
    office = etree.SubElement(root, _ds("Object"), Id=OFFICE_ID)
    details = _property(office, "idOfficeV1Details")
    info = etree.SubElement(details, f"{{{OFFICE}}}SignatureInfoV1", nsmap={None: OFFICE})
    # The fields are required; the figures are those of no machine in particular, so that they tell nothing.
    for name, text in (
        ("SetupID", ""), ("SignatureText", ""), ("SignatureImage", ""), ("SignatureComments", comment),
        ("WindowsVersion", "10.0"), ("OfficeVersion", "16.0"), ("ApplicationVersion", "16.0"), ("Monitors", "1"),
        ("HorizontalResolution", "1280"), ("VerticalResolution", "800"), ("ColorDepth", "32"),
        ("SignatureProviderId", "{00000000-0000-0000-0000-000000000000}"), ("SignatureProviderUrl", ""),
        ("SignatureProviderDetails", "9"), ("ManifestHashAlgorithm", SHA256), ("SignatureType", "1"),
    ):  # fmt: skip
        etree.SubElement(info, f"{{{OFFICE}}}{name}").text = text
    return office


def _xades_object(root: etree._Element, certificate: x509.Certificate, der: bytes, stamp: str) -> etree._Element:
    outer = etree.SubElement(root, _ds("Object"))
    target = {"Target": "#" + SIGNATURE_ID}
    qualifying = etree.SubElement(outer, _xd("QualifyingProperties"), target, nsmap={"xd": XADES})
    properties = etree.SubElement(qualifying, _xd("SignedProperties"), Id=PROPERTIES_ID)
    signed = etree.SubElement(properties, _xd("SignedSignatureProperties"))
    etree.SubElement(signed, _xd("SigningTime")).text = stamp
    cert = etree.SubElement(etree.SubElement(signed, _xd("SigningCertificate")), _xd("Cert"))
    digest = etree.SubElement(cert, _xd("CertDigest"))
    etree.SubElement(digest, _ds("DigestMethod"), Algorithm=SHA256)
    etree.SubElement(digest, _ds("DigestValue")).text = _b64(_sha(der))
    serial = etree.SubElement(cert, _xd("IssuerSerial"))
    etree.SubElement(serial, _ds("X509IssuerName")).text = certificate.issuer.rfc4514_string()
    etree.SubElement(serial, _ds("X509SerialNumber")).text = str(certificate.serial_number)
    etree.SubElement(etree.SubElement(signed, _xd("SignaturePolicyIdentifier")), _xd("SignaturePolicyImplied"))
    return properties


def _property(parent: etree._Element, name: str) -> etree._Element:
    group = etree.SubElement(parent, _ds("SignatureProperties"))
    return etree.SubElement(group, _ds("SignatureProperty"), Id=name, Target="#" + SIGNATURE_ID)


def _reference(
    parent: etree._Element,
    uri: str,
    digest: bytes,
    *,
    kind: str | None = None,
    relationships: tuple[str, ...] | None = None,
    transforms: tuple[str, ...] = (),
) -> None:
    reference = etree.SubElement(parent, _ds("Reference"), {"URI": uri} | ({"Type": kind} if kind else {}))
    if relationships is not None or transforms:
        steps = etree.SubElement(reference, _ds("Transforms"))
        if relationships is not None:
            chosen = etree.SubElement(steps, _ds("Transform"), Algorithm=RELATIONSHIP_TRANSFORM)
            for name in relationships:
                source = f"{{{MDSSI}}}RelationshipReference"
                etree.SubElement(chosen, source, {"SourceId": name}, nsmap={"mdssi": MDSSI})
            etree.SubElement(steps, _ds("Transform"), Algorithm=C14N)
        for algorithm in transforms:
            etree.SubElement(steps, _ds("Transform"), Algorithm=algorithm)
    etree.SubElement(reference, _ds("DigestMethod"), Algorithm=SHA256)
    etree.SubElement(reference, _ds("DigestValue")).text = _b64(digest)


def _ds(name: str) -> str:
    return f"{{{DS}}}{name}"


def _xd(name: str) -> str:
    return f"{{{XADES}}}{name}"


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
