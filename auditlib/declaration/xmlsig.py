"""One package signature, examined: does it hold, does it cover the whole package, by which certificate, when.

Only what a declaration needs is understood; anything else is refused. The rules that office programs leave out (whole
coverage, content types, the certificate's digest, the Manifest only from a signed Object) are all kept here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from auditlib.declaration import opc
from auditlib.declaration import signature_xml as sx
from auditlib.declaration.manifest import DIGESTS, MORE, Check, decode, ds, examine_parts, read_reference, text_of
from auditlib.errors import Tampered

_METHODS: dict[str, tuple[str, hashes.HashAlgorithm]] = {
    sx.ECDSA_SHA256: ("ec", hashes.SHA256()),
    MORE + "ecdsa-sha384": ("ec", hashes.SHA384()),
    MORE + "ecdsa-sha512": ("ec", hashes.SHA512()),
    MORE + "rsa-sha256": ("rsa", hashes.SHA256()),
    MORE + "rsa-sha384": ("rsa", hashes.SHA384()),
    MORE + "rsa-sha512": ("rsa", hashes.SHA512()),
}
_CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
_MAX_REFERENCES = 8  # in SignedInfo; ours has 3. Each costs the canonical form of what it names


class Examined(NamedTuple):
    """What became of one signature. `broken` and `uncovered` are reasons in plain words, empty when all is well.

    `plain` says that it is written exactly as self-audit writes one, with nothing else inside, signed or not.
    """

    chain: tuple[x509.Certificate, ...]
    when: datetime
    comment: str
    broken: tuple[str, ...]
    uncovered: tuple[str, ...]
    plain: bool


def examine(data: bytes, parts: Mapping[str, bytes]) -> Examined:
    """Return what a signature part says about the parts of its package.

    Raises `Tampered` when it isn't a signature in the one shape that declarations have.
    """
    root = opc.parse(data, "the signature")
    ids = _shape(root)
    info, value, key, *objects = root
    if len(value) or set(value.attrib) - {"Id"} or len(info) < 3:
        raise Tampered(["the signature is not in the shape of a document signature"])
    chain = _certificates(key)
    broken = [] if _holds(info, value, chain[0]) else ["the signature does not fit what it signs"]
    signed, wrong = _signed_elements(info, ids)
    broken += wrong
    _only_signed(objects, signed)
    manifest = _one(_manifests(objects, signed), "the list of signed parts")
    wrong, uncovered = examine_parts(manifest, parts)
    broken += wrong
    if not _names_certificate(signed, chain[0]):
        broken.append("the signature names another certificate than the one it was made with")
    times = {text_of(e) for e in _inside(signed, f"{{{sx.MDSSI}}}Value", f"{{{sx.XADES}}}SigningTime")}
    comments = [text_of(e) for e in _inside(signed, f"{{{sx.OFFICE}}}SignatureComments")]
    if len(times) != 1 or len(comments) != 1:
        raise Tampered(["the signature does not say one time and one purpose"])
    when = _moment(times.pop())
    plain = not broken and not uncovered and _is_plain(root, parts, chain[0], when, comments[0])
    return Examined(chain, when, comments[0], tuple(broken), tuple(uncovered), plain)


def _is_plain(
    root: etree._Element, parts: Mapping[str, bytes], certificate: x509.Certificate, when: datetime, comment: str
) -> bool:
    """Return whether writing the signature again, with the value it has, gives the same signature."""
    value = decode(text_of(root[1]))
    again = opc.parse(sx.signature_xml(sx.digests(parts), certificate, when, comment, lambda _: value), "the signature")
    for one in (root, again):
        for name in one.iter(ds("X509IssuerName")):
            name.text = ""  # how a name is written differs between versions of the library; the digest holds it
    return opc.canonical(root) == opc.canonical(again)


def _shape(root: etree._Element) -> dict[str, etree._Element]:
    """Return the elements by Id; the outer shape must be the standard one, with nothing beside it."""
    if not opc.alone(root) or any(not isinstance(e.tag, str) for e in root.iter()):
        raise Tampered(["the signature holds comments or instructions"])
    names = [e.tag for e in root]
    shape = [ds("SignedInfo"), ds("SignatureValue"), ds("KeyInfo")]
    if root.tag != ds("Signature") or names[:3] != shape or set(names[3:]) != {ds("Object")} or _loose(root):
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
    if data.tag != ds("X509Data") or key.attrib or data.attrib or _loose(key) or _loose(data) or not 0 < len(data) <= 3:
        raise Tampered(["the signature names its signer in an unknown way"])
    try:
        if any(e.tag != ds("X509Certificate") or len(e) or e.attrib for e in data):
            raise ValueError("not a certificate")
        chain = tuple(x509.load_der_x509_certificate(decode(text_of(e))) for e in data)
        for certificate in chain:  # the library reads these only when asked
            readable = (certificate.public_key(), certificate.subject, certificate.issuer, certificate.extensions)
            assert all(part is not None for part in readable)
        return chain
    except (ValueError, UnsupportedAlgorithm, x509.DuplicateExtension, x509.InvalidVersion):
        raise Tampered(["the certificate in the signature cannot be read"]) from None


def _holds(info: etree._Element, value: etree._Element, certificate: x509.Certificate) -> bool:
    """Return whether the signature value is the certificate's key over SignedInfo, by an allowed method."""
    canonicalization, method = info[0], info[1]
    if canonicalization.tag != ds("CanonicalizationMethod") or canonicalization.get("Algorithm") != sx.C14N:
        raise Tampered(["the signature uses a method that is not allowed"])
    if method.tag != ds("SignatureMethod") or method.get("Algorithm") not in _METHODS or len(method):
        raise Tampered(["the signature uses a method that is not allowed"])
    family, digest = _METHODS[method.get("Algorithm", "")]
    octets, raw = opc.c14n(info), decode(text_of(value))
    try:
        public = certificate.public_key()
        if family == "ec" and isinstance(public, ec.EllipticCurvePublicKey):
            size = (public.curve.key_size + 7) // 8
            if len(raw) != 2 * size or not isinstance(public.curve, _CURVES):
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
    signed: list[etree._Element] = []
    wrong: list[str] = []
    if len(info) - 2 > _MAX_REFERENCES:
        raise Tampered(["the signature signs more things than a document signature does"])
    for reference in info[2:]:
        uri, steps, digest = read_reference(reference)
        element = ids.get(uri.removeprefix("#")) if uri.startswith("#") else None
        if element is None or element.tag not in (ds("Object"), f"{{{sx.XADES}}}SignedProperties") or element in signed:
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
        wrapper = outer[0] if len(outer) == 1 else None
        named = wrapper is not None and wrapper.tag == f"{{{sx.XADES}}}QualifyingProperties" and len(wrapper) == 1
        target = "#" + (outer.getparent().get("Id") or "")
        if wrapper is None or not named or wrapper[0] not in signed or dict(wrapper.attrib) != {"Target": target}:
            raise Tampered(["the signature holds something that is not signed"])
        if outer.attrib or _loose(outer) or _loose(wrapper):
            raise Tampered(["the signature holds something that is not signed"])


def _manifests(objects: list[etree._Element], signed: list[etree._Element]) -> list[etree._Element]:
    return [e for outer in objects if outer in signed for e in outer if e.tag == ds("Manifest")]


def _names_certificate(signed: list[etree._Element], certificate: x509.Certificate) -> bool:
    """Return whether the signed properties hold the digest of the certificate, once."""
    certs = _inside(signed, f"{{{sx.XADES}}}Cert")
    if len(certs) != 1:
        return False
    method = certs[0].find(f"{{{sx.XADES}}}CertDigest/{ds('DigestMethod')}")
    value = certs[0].find(f"{{{sx.XADES}}}CertDigest/{ds('DigestValue')}")
    if method is None or value is None or method.get("Algorithm") not in DIGESTS:
        return False
    check = Check(DIGESTS[method.get("Algorithm", "")], decode(text_of(value)))
    return check(certificate.public_bytes(Encoding.DER))


def _inside(signed: list[etree._Element], *names: str) -> list[etree._Element]:
    return [e for outer in signed for e in outer.iter(*names)]


def _one(found: list[etree._Element], what: str) -> etree._Element:
    if len(found) != 1:
        raise Tampered([f"the signature does not hold {what} exactly once"])
    return found[0]


def _loose(element: etree._Element) -> bool:
    return any(text and not text.isspace() for text in (element.text, *(child.tail for child in element)))


def _moment(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
        if when.tzinfo is None:
            raise ValueError("no offset")
        return when.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Tampered(["the time of signing cannot be read"]) from None
