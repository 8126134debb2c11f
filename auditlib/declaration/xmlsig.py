"""One package signature, examined: does it hold, does it cover the whole package, by which certificate, when.

Only what a declaration needs is understood; anything else is refused. The rules that office programs leave out (whole
coverage, content types, the certificate's digest, the Manifest only from a signed Object) are all kept here.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import unquote

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from auditlib.declaration import opc
from auditlib.declaration import signature_xml as sx
from auditlib.errors import Tampered

_XMLENC, _MORE = "http://www.w3.org/2001/04/xmlenc#", "http://www.w3.org/2001/04/xmldsig-more#"
_DIGESTS = {sx.SHA256: "sha256", _MORE + "sha384": "sha384", _XMLENC + "sha512": "sha512"}
_METHODS: dict[str, tuple[str, hashes.HashAlgorithm]] = {
    sx.ECDSA_SHA256: ("ec", hashes.SHA256()),
    _MORE + "ecdsa-sha384": ("ec", hashes.SHA384()),
    _MORE + "ecdsa-sha512": ("ec", hashes.SHA512()),
    _MORE + "rsa-sha256": ("rsa", hashes.SHA256()),
    _MORE + "rsa-sha384": ("rsa", hashes.SHA384()),
    _MORE + "rsa-sha512": ("rsa", hashes.SHA512()),
}
_NAMES = {
    "word/document.xml": "the text of the document",
    "word/footer1.xml": "the footer of the document",
    "word/media/image1.png": "the drawn signature",
    "customXml/item1.xml": "the machine-readable part",
    "word/styles.xml": "the styles of the document",
}


class Examined(NamedTuple):
    """What became of one signature. `broken` and `uncovered` are reasons in plain words, empty when all is well."""

    chain: tuple[x509.Certificate, ...]
    when: datetime
    comment: str
    broken: tuple[str, ...]
    uncovered: tuple[str, ...]


def part_name(part: str) -> str:
    """Return a part of the package in plain words."""
    return _NAMES.get(part) or (f"a list of links inside the file ({part})" if part.endswith(".rels") else part)


def examine(data: bytes, parts: Mapping[str, bytes]) -> Examined:
    """Return what a signature part says about the parts of its package.

    Raises `Tampered` when it isn't a signature in the one shape that declarations have.
    """
    root = opc.parse(data, "the signature")
    ids = _shape(root)
    info, value, key, *objects = root
    chain = _certificates(key)
    broken = [] if _holds(info, value, chain[0]) else ["the signature does not fit what it signs"]
    signed, wrong = _signed_elements(info, ids)
    broken += wrong
    _only_signed(objects, signed)
    manifest = _one(_manifests(objects, signed), "the list of signed parts")
    wrong, uncovered = _parts(manifest, parts)
    broken += wrong
    if not _names_certificate(signed, chain[0]):
        broken.append("the signature names another certificate than the one it was made with")
    times = {_text(e) for e in _inside(signed, f"{{{sx.MDSSI}}}Value", f"{{{sx.XADES}}}SigningTime")}
    comments = [_text(e) for e in _inside(signed, f"{{{sx.OFFICE}}}SignatureComments")]
    if len(times) != 1 or len(comments) != 1:
        raise Tampered(["the signature does not say one time and one purpose"])
    return Examined(chain, _moment(times.pop()), comments[0], tuple(broken), tuple(uncovered))


def _shape(root: etree._Element) -> dict[str, etree._Element]:
    """Return the elements by Id; the outer shape must be the standard one, with nothing beside it."""
    around = [*root.itersiblings(), *root.itersiblings(preceding=True)]
    if around or any(not isinstance(e.tag, str) for e in root.iter()):
        raise Tampered(["the signature holds comments or instructions"])
    names = [e.tag for e in root]
    shape = [_ds("SignedInfo"), _ds("SignatureValue"), _ds("KeyInfo")]
    if root.tag != _ds("Signature") or names[:3] != shape or set(names[3:]) != {_ds("Object")} or _loose(root):
        raise Tampered(["the signature is not in the shape of a document signature"])
    if set(root.attrib) - {"Id"}:
        raise Tampered(["the signature is not in the shape of a document signature"])
    found: dict[str, etree._Element] = {}
    for element in root.iter():
        for attribute, value in element.attrib.items():
            if etree.QName(attribute).localname.lower() == "id":
                if value in found:
                    raise Tampered(["the signature uses the same name for two of its parts"])
                found[str(value)] = element
    return found


def _certificates(key: etree._Element) -> tuple[x509.Certificate, ...]:
    data = _one(list(key), "the certificate")
    if data.tag != _ds("X509Data") or key.attrib or data.attrib or _loose(key) or _loose(data) or not 0 < len(data) <= 3:
        raise Tampered(["the signature names its signer in an unknown way"])
    try:
        if any(e.tag != _ds("X509Certificate") or len(e) or e.attrib for e in data):
            raise ValueError("not a certificate")
        return tuple(x509.load_der_x509_certificate(_decode(_text(e))) for e in data)
    except (ValueError, UnsupportedAlgorithm):
        raise Tampered(["the certificate in the signature cannot be read"]) from None


def _holds(info: etree._Element, value: etree._Element, certificate: x509.Certificate) -> bool:
    """Return whether the signature value is the certificate's key over SignedInfo, by an allowed method."""
    canonicalization, method = info[0], info[1]
    if canonicalization.tag != _ds("CanonicalizationMethod") or canonicalization.get("Algorithm") != sx.C14N:
        raise Tampered(["the signature uses a method that is not allowed"])
    if method.tag != _ds("SignatureMethod") or method.get("Algorithm") not in _METHODS or len(method):
        raise Tampered(["the signature uses a method that is not allowed"])
    family, digest = _METHODS[method.get("Algorithm", "")]
    octets, raw = opc.c14n(info), _decode(_text(value))
    try:
        public = certificate.public_key()
        if family == "ec" and isinstance(public, ec.EllipticCurvePublicKey):
            size = (public.curve.key_size + 7) // 8
            if len(raw) != 2 * size or size < 32:
                return False
            r, s = int.from_bytes(raw[:size], "big"), int.from_bytes(raw[size:], "big")
            public.verify(utils.encode_dss_signature(r, s), octets, ec.ECDSA(digest))
            return True
        if family == "rsa" and isinstance(public, rsa.RSAPublicKey) and 2048 <= public.key_size <= 8192:
            public.verify(raw, octets, padding.PKCS1v15(), digest)
            return True
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return False


def _signed_elements(info: etree._Element, ids: dict[str, etree._Element]) -> tuple[list[etree._Element], list[str]]:
    """Return the elements that SignedInfo refers to, and a reason for each that is not what was signed."""
    signed, wrong = [], []
    for reference in info[2:]:
        uri, steps, digest = _reference(reference)
        element = ids.get(uri.removeprefix("#")) if uri.startswith("#") else None
        if element is None or element.tag not in (_ds("Object"), f"{{{sx.XADES}}}SignedProperties"):
            raise Tampered(["the signature signs something outside itself"])
        if [step.get("Algorithm") for step in steps] not in ([], [sx.C14N]) or any(len(step) for step in steps):
            raise Tampered(["the signature uses a method that is not allowed"])
        if digest(opc.c14n(element)) is False:
            wrong.append("the details of the signature were changed after signing")
        signed.append(element)
    return signed, wrong


def _only_signed(objects: list[etree._Element], signed: list[etree._Element]) -> None:
    """Refuse anything in the signature that is not signed."""
    for outer in objects:
        if outer in signed:
            continue
        wrapper = _one(list(outer), "the signed properties")
        inner = _one(list(wrapper), "the signed properties")
        named = wrapper.tag == f"{{{sx.XADES}}}QualifyingProperties" and not set(wrapper.attrib) - {"Target"}
        if inner not in signed or not named or outer.attrib or _loose(outer) or _loose(wrapper):
            raise Tampered(["the signature holds something that is not signed"])


def _manifests(objects: list[etree._Element], signed: list[etree._Element]) -> list[etree._Element]:
    return [e for outer in objects if outer in signed for e in outer if e.tag == _ds("Manifest")]


def _parts(manifest: etree._Element, parts: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
    """Return the reasons for parts that were changed, and for parts and links that the signature leaves out."""
    types = opc.content_types(parts[opc.TYPES])
    changed: list[str] = []
    uncovered: list[str] = []
    seen = set()
    for reference in manifest:
        uri, steps, digest = _reference(reference)
        path, _, query = uri.partition("?ContentType=")
        name, kind = unquote(path).removeprefix("/"), unquote(query)
        if name in seen or not path.startswith("/"):
            raise Tampered(["the list of signed parts is not in order"])
        seen.add(name)
        if name not in parts:
            changed.append(f"{part_name(name)} was taken out after signing")
        elif kind != types.of(name):
            changed.append(f"the type of {part_name(name)} was changed after signing")
        elif name.endswith(".rels"):
            links = {r.id: r for r in opc.relationships(parts[name], name)}
            ids = _source_ids(steps)
            if not ids <= set(links) or not digest(opc.transformed(parts[name], ids, name)):
                changed.append(f"{part_name(name)} was changed after signing")
            if any(r.id not in ids and r.type not in opc.UNSIGNED_RELS for r in links.values()):
                uncovered.append(f"{part_name(name)} holds a link that is not signed")
        elif steps:
            raise Tampered(["the signature uses a method that is not allowed"])
        elif not digest(parts[name]):
            changed.append(f"{part_name(name)} was changed after signing")
    for name in parts:
        if name not in seen and name not in (opc.TYPES, opc.CORE) and not name.startswith(opc.SIGNATURES):
            uncovered.append(f"{part_name(name)} is not signed")
    return changed, uncovered


def _source_ids(steps: list[etree._Element]) -> set[str]:
    if [step.get("Algorithm") for step in steps] != [sx.RELATIONSHIP_TRANSFORM, sx.C14N] or len(steps[1]):
        raise Tampered(["the signature uses a method that is not allowed"])
    if any(e.tag != f"{{{sx.MDSSI}}}RelationshipReference" or set(e.attrib) != {"SourceId"} for e in steps[0]):
        raise Tampered(["the signature uses a method that is not allowed"])
    return {e.get("SourceId", "") for e in steps[0]}


class _Check(NamedTuple):
    algorithm: str
    expected: bytes

    def __call__(self, octets: bytes) -> bool:
        return hashlib.new(self.algorithm, octets).digest() == self.expected


def _reference(reference: etree._Element) -> tuple[str, list[etree._Element], _Check]:
    """Return the URI, the transforms and the digest check of a Reference."""
    names = [e.tag for e in reference]
    steps = list(reference[0]) if names[:1] == [_ds("Transforms")] else []
    if reference.tag != _ds("Reference") or names[-2:] != [_ds("DigestMethod"), _ds("DigestValue")] or len(names) > 3:
        raise Tampered(["the list of signed parts is not in order"])
    if len(names) == 3 and any(step.tag != _ds("Transform") for step in steps) or len(names) == 3 and not steps:
        raise Tampered(["the list of signed parts is not in order"])
    algorithm = _DIGESTS.get(reference[-2].get("Algorithm", ""))
    if algorithm is None or len(reference[-2]):
        raise Tampered(["the signature uses a method that is not allowed"])
    return reference.get("URI", ""), steps, _Check(algorithm, _decode(_text(reference[-1])))


def _names_certificate(signed: list[etree._Element], certificate: x509.Certificate) -> bool:
    """Return whether the signed properties hold the digest of the certificate, once."""
    certs = _inside(signed, f"{{{sx.XADES}}}Cert")
    if len(certs) != 1:
        return False
    method = certs[0].find(f"{{{sx.XADES}}}CertDigest/{_ds('DigestMethod')}")
    value = certs[0].find(f"{{{sx.XADES}}}CertDigest/{_ds('DigestValue')}")
    if method is None or value is None or method.get("Algorithm") not in _DIGESTS:
        return False
    check = _Check(_DIGESTS[method.get("Algorithm", "")], _decode(_text(value)))
    return check(certificate.public_bytes(Encoding.DER))


def _inside(signed: list[etree._Element], *names: str) -> list[etree._Element]:
    return [e for outer in signed for e in outer.iter(*names)]


def _one(found: list[etree._Element], what: str) -> etree._Element:
    if len(found) != 1:
        raise Tampered([f"the signature does not hold {what} exactly once"])
    return found[0]


def _loose(element: etree._Element) -> bool:
    return any(text and not text.isspace() for text in (element.text, *(child.tail for child in element)))


def _text(element: etree._Element) -> str:
    return element.text or ""


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Tampered(["a number in the signature cannot be read"]) from None


def _moment(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise Tampered(["the time of signing cannot be read"]) from None
    if when.tzinfo is None:
        raise Tampered(["the time of signing cannot be read"])
    return when


def _ds(name: str) -> str:
    return f"{{{sx.DS}}}{name}"
