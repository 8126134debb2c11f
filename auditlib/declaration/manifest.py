"""The list of signed parts inside a signature (its Manifest), held against the package it speaks of."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from auditlib.declaration import opc
from auditlib.declaration import signature_xml as sx
from auditlib.errors import Tampered

XMLENC, MORE = "http://www.w3.org/2001/04/xmlenc#", "http://www.w3.org/2001/04/xmldsig-more#"
DIGESTS = {sx.SHA256: "sha256", MORE + "sha384": "sha384", XMLENC + "sha512": "sha512"}
"""Digest methods that are allowed, with the names they have here."""
_NAMES = {
    "word/document.xml": "the text of the document",
    "word/footer1.xml": "the footer of the document",
    "word/media/image1.png": "the drawn signature",
    "customXml/item1.xml": "the machine-readable part",
    "word/styles.xml": "the styles of the document",
}


def part_name(part: str) -> str:
    """Return a part of the package in plain words."""
    return _NAMES.get(part) or (f"a list of links inside the file ({part})" if part.endswith(".rels") else part)


class Check(NamedTuple):
    """A digest to be met: the method and the value."""

    algorithm: str
    expected: bytes

    def __call__(self, octets: bytes) -> bool:
        return hashlib.new(self.algorithm, octets).digest() == self.expected


def examine_parts(manifest: etree._Element, parts: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
    """Return the reasons for parts that were changed, and for parts and links that the signature leaves out."""
    types = opc.content_types(parts[opc.TYPES])
    changed: list[str] = []
    uncovered: list[str] = []
    seen = set()
    for reference in manifest:
        uri, steps, digest = read_reference(reference)
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


def read_reference(reference: etree._Element) -> tuple[str, list[etree._Element], Check]:
    """Return the URI, the transforms and the digest check of a Reference."""
    names = [e.tag for e in reference]
    steps = list(reference[0]) if names[:1] == [ds("Transforms")] else []
    if reference.tag != ds("Reference") or names[-2:] != [ds("DigestMethod"), ds("DigestValue")] or len(names) > 3:
        raise Tampered(["the list of signed parts is not in order"])
    if len(names) == 3 and (not steps or any(step.tag != ds("Transform") for step in steps)):
        raise Tampered(["the list of signed parts is not in order"])
    algorithm = DIGESTS.get(reference[-2].get("Algorithm", ""))
    if algorithm is None or len(reference[-2]):
        raise Tampered(["the signature uses a method that is not allowed"])
    return reference.get("URI", ""), steps, Check(algorithm, decode(text_of(reference[-1])))


def text_of(element: etree._Element) -> str:
    """Return the text directly inside the element."""
    return element.text or ""


def decode(text: str) -> bytes:
    """Return the bytes of a base 64 text. Raises `Tampered` when it isn't one."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Tampered(["a number in the signature cannot be read"]) from None


def ds(name: str) -> str:
    """Return the name in the XML signature namespace."""
    return f"{{{sx.DS}}}{name}"
