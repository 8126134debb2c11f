"""The package around a .docx: names, content types, relationships, and writing it without a trace of the computer.

Source: ECMA-376 Part 2 (Open Packaging Conventions), its relationships transform for digital signatures, and
Canonical XML 1.0.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Mapping
from typing import NamedTuple

from lxml import etree

from auditlib.errors import Tampered

CT = "http://schemas.openxmlformats.org/package/2006/content-types"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
REL_CONTENT = "application/vnd.openxmlformats-package.relationships+xml"
ORIGIN_CONTENT = "application/vnd.openxmlformats-package.digital-signature-origin"
SIGNATURE_CONTENT = "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"
ORIGIN_REL = REL + "/digital-signature/origin"
SIGNATURE_REL = REL + "/digital-signature/signature"
CORE_REL = REL + "/metadata/core-properties"
UNSIGNED_RELS = (ORIGIN_REL, CORE_REL)  # Office rewrites what these point to, so its signatures leave them out

TYPES, ROOT_RELS, CORE = "[Content_Types].xml", "_rels/.rels", "docProps/core.xml"
SIGNATURES = "_xmlsignatures/"
ORIGIN, ORIGIN_RELS = SIGNATURES + "origin.sigs", SIGNATURES + "_rels/origin.sigs.rels"

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold
_DECLARATION = re.compile(
    rb"""<\?xml version=(["'])1\.0\1( encoding=(["'])(UTF-8|us-ascii)\3)?( standalone=(["'])(yes|no)\6)?\s*\?>"""
)


class Relationship(NamedTuple):
    """One relationship of a part. `target` is as written; `external` says that it leaves the package."""

    id: str
    type: str
    target: str
    external: bool


def parse(data: bytes, what: str) -> etree._Element:
    """Return the root of an XML part. Raises `Tampered` for a DTD, entities, an odd encoding or broken XML.

    `what` names the part in the reason. Nothing outside the bytes is ever read.
    """
    if not _is_utf8(data) or (data.startswith(b"<?xml") and not _DECLARATION.match(data)):
        raise Tampered([f"{what} is written in an encoding that a declaration never uses, or not as XML 1.0"])
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Tampered([f"{what} holds a document type definition, which a declaration never does"])
    if b"<![CDATA[" in data:
        raise Tampered([f"{what} is written in a way that a declaration never is (CDATA)"])
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Tampered([f"{what} is not well-formed XML"]) from None


def _is_utf8(data: bytes) -> bool:
    """Return whether the bytes are UTF-8 without a mark before the first element: readers guess at anything else."""
    try:
        return "\0" not in data.decode() and not data.startswith(b"\xef\xbb\xbf")
    except UnicodeDecodeError:
        return False


def c14n(element: etree._Element) -> bytes:
    """Return the Canonical XML 1.0 octets of a sub-tree, as they are within its document.

    The sub-tree is written out and parsed again first: canonicalising an element that is not the root puts
    `xmlns=""` on its descendants (lxml 5.2 to 6.1).
    """
    return canonical(parse(etree.tostring(element, with_tail=False), "a part of the signature"))


def canonical(root: etree._Element, *, comments: bool = False) -> bytes:
    """Return the Canonical XML 1.0 octets of a whole document, with its comments when asked for.

    Raises `Tampered` for what has no canonical form (a relative namespace name).
    """
    try:
        tree = root.getroottree()
        written: bytes = etree.tostring(tree, method="c14n", exclusive=False, with_comments=comments)
    except etree.LxmlError:
        raise Tampered(["a part of the file uses XML in a way that a declaration never does"]) from None
    return written


def relationships(data: bytes, what: str) -> list[Relationship]:
    """Return the relationships of a .rels part in the order written. Raises `Tampered` for anything else inside it."""
    root = parse(data, what)
    if root.tag != f"{{{REL}}}Relationships" or root.attrib or _stray(root) or not alone(root):
        raise Tampered([f"{what} holds something other than relationships"])
    found = []
    for element in root:
        plain = element.tag == f"{{{REL}}}Relationship" and not len(element) and not _stray(element)
        if not plain or not {"Id", "Type", "Target"} <= set(element.attrib) <= {"Id", "Type", "Target", "TargetMode"}:
            raise Tampered([f"{what} holds something other than relationships"])
        mode = element.get("TargetMode", "Internal")
        if mode not in ("Internal", "External"):
            raise Tampered([f"{what} holds a relationship of an unknown kind"])
        found.append(Relationship(element.get("Id"), element.get("Type"), element.get("Target"), mode == "External"))
    if len({r.id for r in found}) != len(found):
        raise Tampered([f"{what} uses the same relationship id twice"])
    return found


def write_relationships(found: Collection[Relationship]) -> bytes:
    """Return a .rels part without white space (older xmlsec digests white space wrongly)."""
    root = etree.Element(f"{{{REL}}}Relationships", nsmap={None: REL})
    for r in found:
        attributes = {"Id": r.id, "Type": r.type, "Target": r.target}
        if r.external:
            attributes["TargetMode"] = "External"
        etree.SubElement(root, f"{{{REL}}}Relationship", attributes)
    return xml_bytes(root)


def transformed(data: bytes, ids: Collection[str], what: str) -> bytes:
    """Return the octets of a .rels part after the relationships transform for these ids and canonicalisation."""
    root = etree.Element(f"{{{REL}}}Relationships", nsmap={None: REL})
    chosen = set(ids)
    for r in sorted((r for r in relationships(data, what) if r.id in chosen), key=lambda r: r.id):
        attributes = {"Id": r.id, "Type": r.type, "Target": r.target}
        mode = "External" if r.external else "Internal"
        etree.SubElement(root, f"{{{REL}}}Relationship", attributes | {"TargetMode": mode})
    return c14n(root)


class ContentTypes(NamedTuple):
    """The content types of a package: by extension and by part name (`/word/document.xml`)."""

    defaults: dict[str, str]
    overrides: dict[str, str]

    def of(self, part: str) -> str | None:
        """Return the content type of the part (a name without the leading slash), or None."""
        return self.overrides.get("/" + part) or self.defaults.get(part.rsplit(".", 1)[-1])


def content_types(data: bytes) -> ContentTypes:
    """Return the content types. Raises `Tampered` when anything is there twice or doesn't belong."""
    what = "the list of content types"
    root = parse(data, what)
    tables: dict[str, dict[str, str]] = {"Default": {}, "Override": {}}
    if root.tag != f"{{{CT}}}Types" or root.attrib or _stray(root) or not alone(root):
        raise Tampered([f"{what} holds something that doesn't belong"])
    named: set[tuple[str, str]] = set()
    for element in root:
        kind = str(element.tag).removeprefix(f"{{{CT}}}")
        key = "Extension" if kind == "Default" else "PartName"
        if kind not in tables or set(element.attrib) != {key, "ContentType"} or len(element) or _stray(element):
            raise Tampered([f"{what} holds something that doesn't belong"])
        if (kind, element.get(key).lower()) in named:
            raise Tampered([f"{what} names the same part twice"])
        named.add((kind, element.get(key).lower()))
        tables[kind][element.get(key)] = element.get("ContentType")
    return ContentTypes(tables["Default"], tables["Override"])


def write_content_types(types: ContentTypes) -> bytes:
    """Return the part that lists the content types."""
    root = etree.Element(f"{{{CT}}}Types", nsmap={None: CT})
    for extension, kind in types.defaults.items():
        etree.SubElement(root, f"{{{CT}}}Default", Extension=extension, ContentType=kind)
    for part, kind in types.overrides.items():
        etree.SubElement(root, f"{{{CT}}}Override", PartName=part, ContentType=kind)
    return xml_bytes(root)


def xml_bytes(root: etree._Element) -> bytes:
    """Return the element as an XML part, in UTF-8."""
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of the parts: fixed times and attributes, content types first, no extra fields, no comment."""
    first = [name for name in (TYPES, ROOT_RELS) if name in parts]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name in [*first, *sorted(set(parts) - set(first))]:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0o600 << 16
            package.writestr(info, parts[name])
    return made.getvalue()


def origin_link(links: Collection[Relationship]) -> Relationship:
    """Return the link to the signatures as it is added to the package's own links, under the first free id."""
    taken = {r.id for r in links}
    free = next(name for name in map("rId{}".format, range(1, len(taken) + 2)) if name not in taken)
    return Relationship(free, ORIGIN_REL, ORIGIN, False)


def signature_links(count: int) -> list[Relationship]:
    """Return the links to that many signatures."""
    return [Relationship(f"rId{n}", SIGNATURE_REL, f"sig{n}.xml", False) for n in range(1, count + 1)]


def alone(root: etree._Element) -> bool:
    """Return whether there is no comment or instruction before or after the root element."""
    return not [*root.itersiblings(), *root.itersiblings(preceding=True)]


def _stray(element: etree._Element) -> bool:
    """Return whether there is text directly inside the element, or a comment or instruction among its children."""
    texts = [element.text, *(child.tail for child in element)]
    odd = any(not isinstance(child.tag, str) for child in element)
    return odd or any(text and not text.isspace() for text in texts)
