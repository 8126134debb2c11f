"""Certificates: the self-made one of a single signing, and the school's that vouches for HR's.

Leaf extensions that LibreOffice accepts were found by trial (7.4): digitalSignature + nonRepudiation, and e-mail
protection beside the document-signing use of RFC 9336; the latter alone is refused there.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from auditlib.errors import UsageError

YEARS = 12
"""How long a self-made certificate lasts: readers judge it by today's date, and schools keep papers for years."""
_DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
_NAME_LIMIT = 64  # of a common name (X.520); the certificate library counts bytes


def self_made(key: ec.EllipticCurvePrivateKey, name: str, when: datetime) -> x509.Certificate:
    """Return a certificate made with the key for itself. Its subject is the typed name and nothing else."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject_name(name))])
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    uses = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION, _DOCUMENT_SIGNING])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(when - timedelta(hours=1))
        .not_valid_after(when + timedelta(days=round(365.25 * YEARS)))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(uses, critical=False)
        .sign(key, hashes.SHA256())
    )


def subject_name(name: str) -> str:
    """Return the name as it fits into a certificate: at most 64 bytes of UTF-8, with an ellipsis when it is cut."""
    if len(name.encode()) <= _NAME_LIMIT:
        return name
    return name.encode()[: _NAME_LIMIT - len("…".encode())].decode(errors="ignore") + "…"


def common_name(certificate: x509.Certificate) -> str:
    """Return the name a certificate shows, without characters that can't be printed; empty when it has none."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return "".join(c for c in str(names[0].value) if c.isprintable() or c in "\u200c\u200d") if names else ""


def public_der(certificate: x509.Certificate) -> bytes:
    """Return the SubjectPublicKeyInfo of the certificate, DER."""
    return certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def key_sha256(certificate: x509.Certificate) -> str:
    """Return the SHA-256 (hex) of the certificate's SubjectPublicKeyInfo."""
    return hashlib.sha256(public_der(certificate)).hexdigest()


def read_authorities(data: bytes) -> list[x509.Certificate]:
    """Return the certificates in a school's CA file (PEM, one or more, or one in DER).

    Raises `UsageError` when there is none, or one that is not an authority.
    """
    try:
        pem = b"-----BEGIN CERTIFICATE-----" in data
        found = x509.load_pem_x509_certificates(data) if pem else [x509.load_der_x509_certificate(data)]
        authorities = [certificate for certificate in found if _is_authority(certificate)]
    except (ValueError, UnsupportedAlgorithm):
        raise UsageError("The CA file does not hold a certificate. Use the file that HR's set-up made.") from None
    if len(authorities) != len(found):
        raise UsageError("The CA file holds a certificate that is not an authority. Use the one HR's set-up made.")
    return authorities


def is_self_made(certificate: x509.Certificate) -> bool:
    """Return whether the certificate has the form of those that `self_made` makes: a P-256 key, for itself, no more."""
    public = certificate.public_key()
    try:
        certificate.verify_directly_issued_by(certificate)
        extensions = certificate.extensions
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return (
        isinstance(public, ec.EllipticCurvePublicKey)
        and isinstance(public.curve, ec.SECP256R1)
        and [name.oid for name in certificate.subject] == [NameOID.COMMON_NAME]
        and {e.oid for e in extensions} == {x509.BasicConstraints.oid, x509.KeyUsage.oid, x509.ExtendedKeyUsage.oid}
        and not _is_authority(certificate)
        and _may_sign(certificate)
    )


def vouched_for(certificate: x509.Certificate, when: datetime, authorities: list[x509.Certificate]) -> bool:
    """Return whether one of the authorities made the certificate and both were in force at the time of signing."""
    if _is_authority(certificate) or not _may_sign(certificate):
        return False
    for authority in authorities:
        try:
            certificate.verify_directly_issued_by(authority)
        except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
            continue
        strong = isinstance(certificate.signature_hash_algorithm, hashes.SHA256 | hashes.SHA384 | hashes.SHA512)
        if strong and in_force(certificate, when) and in_force(authority, when):
            return True
    return False


def in_force(certificate: x509.Certificate, when: datetime) -> bool:
    """Return whether the moment lies within the certificate's dates."""
    return certificate.not_valid_before_utc <= when <= certificate.not_valid_after_utc


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False


def _may_sign(certificate: x509.Certificate) -> bool:
    """Return whether the certificate is for signing; one that names its uses must name documents, e-mail or any."""
    try:
        found = certificate.extensions
        usage = found.get_extension_for_class(x509.KeyUsage).value
        uses = [use for e in found if isinstance(e.value, x509.ExtendedKeyUsage) for use in e.value]
    except (x509.ExtensionNotFound, ValueError):
        return False
    fit = (ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE, _DOCUMENT_SIGNING)
    return (usage.digital_signature or usage.content_commitment) and (not uses or any(use in fit for use in uses))
