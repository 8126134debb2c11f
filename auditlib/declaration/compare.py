"""The document held against its payload: drawn again, part by part, nothing more and nothing less.

A signer can sign a text that says one thing and a payload that says another; only drawing the document again shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

from lxml import etree

from auditlib.declaration import opc
from auditlib.declaration.manifest import part_name
from auditlib.errors import Tampered

_TEXT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EXTRAS = (
    ("header", "a page header"),
    ("footer", "another page footer"),
    ("comments", "comments"),
    ("footnotes", "footnotes"),
    ("endnotes", "endnotes"),
    ("vbaproject", "a macro"),
    ("afchunk", "a file inside the file"),
    ("embeddings/", "a file inside the file"),
    ("media/", "another picture"),
    ("customxml/", "more machine-readable data"),
)


def text_differences(parts: Mapping[str, bytes], drawn: Mapping[str, bytes]) -> list[str]:
    """Return where the visible text is not the one drawn from the payload (none when it is)."""
    found, expected = paragraphs(parts.get(_TEXT, b"")), paragraphs(drawn[_TEXT])
    if found == expected:
        return []
    same = takewhile(lambda pair: pair[0] == pair[1], zip(expected, found, strict=False))
    first = 1 + sum(1 for _ in same)
    return [f"the text that is shown is not what the machine-readable part says, first in line {first} of the document"]


def part_differences(parts: Mapping[str, bytes], drawn: Mapping[str, bytes]) -> list[str]:
    """Return what the package holds beside, or instead of, the parts drawn from the payload.

    Core properties are left aside: they are not signed and say nothing. Signature parts are judged elsewhere.
    """
    ours = {name for name in parts if not name.startswith(opc.SIGNATURES)}
    reasons = [f"the file holds {_extra(name)} that is not part of a declaration" for name in sorted(ours - set(drawn))]
    reasons += [f"{part_name(name)} is missing" for name in sorted(set(drawn) - ours)]
    for name in sorted(ours & set(drawn) - {opc.CORE, opc.TYPES, _TEXT}):
        if name.endswith(".rels"):
            reasons += _link_differences(name, parts[name], drawn[name])
        elif not _same(parts[name], drawn[name], name):
            reasons.append(f"{part_name(name)} is not the one that belongs to this declaration")
    if not _same(parts.get(_TEXT, b""), drawn[_TEXT], _TEXT):
        reasons.append("the layout of the document, or something hidden in it, is not the one of a declaration")
    if opc.CORE in ours:
        opc.parse(parts[opc.CORE], "the document’s properties")  # not relied on, but not to harm another reader
    return reasons + _type_differences(parts, drawn)


def paragraphs(document: bytes) -> list[str]:
    """Return the text of every paragraph of a document part, in order; line breaks and tabs count as text."""
    texts = []
    for paragraph in opc.parse(document, part_name(_TEXT)).iter(f"{_W}p"):
        pieces = []
        for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}sym", f"{_W}delText", f"{_W}instrText"):
            pieces.append(element.text or "" if element.tag == f"{_W}t" else f"<{etree.QName(element).localname}>")
        texts.append("".join(pieces))
    return texts


def _same(one: bytes, other: bytes, name: str) -> bool:
    if one == other:
        return True
    if not name.endswith(".xml"):
        return False
    # Another version of the XML library may write the same content with other bytes; comments count as content.
    return _canonical(one, name) == _canonical(other, name)


def _canonical(data: bytes, name: str) -> bytes:
    return opc.canonical(opc.parse(data, part_name(name)), comments=True)


def _link_differences(name: str, found: bytes, expected: bytes) -> list[str]:
    links, known = set(opc.relationships(found, name)), set(opc.relationships(expected, name))
    if name == opc.ROOT_RELS:
        known.add(opc.origin_link(known))
    if any(link.external for link in links):
        return [f"{part_name(name)} leads outside the file"]
    return [] if links == known else [f"{part_name(name)} is not the one that belongs to this declaration"]


def _type_differences(parts: Mapping[str, bytes], drawn: Mapping[str, bytes]) -> list[str]:
    found, known = opc.content_types(parts[opc.TYPES]), opc.content_types(drawn[opc.TYPES])
    overrides = {n: t for n, t in found.overrides.items() if not n.startswith("/" + opc.SIGNATURES)}
    signatures = {n: t for n, t in found.overrides.items() if n not in overrides}
    expected = {
        "/" + n: opc.ORIGIN_CONTENT if n == opc.ORIGIN else opc.SIGNATURE_CONTENT
        for n in parts
        if n.startswith(opc.SIGNATURES) and not n.endswith(".rels")
    }
    if found.defaults != known.defaults or overrides != known.overrides or signatures != expected:
        return ["the list of content types is not the one of a declaration"]
    return []


def _extra(name: str) -> str:
    folded = name.lower()
    return next((f"{words} ({name})" for mark, words in _EXTRAS if mark in folded), f"a part ({name})")


def drawing_in(parts: Mapping[str, bytes]) -> bytes | None:
    """Return the picture of the drawn signature, when the package holds one. Raises `Tampered` for several."""
    pictures = [name for name in parts if name.startswith("word/media/")]
    if len(pictures) > 1:
        raise Tampered(["the file holds another picture that is not part of a declaration"])
    return parts[pictures[0]] if pictures else None
