"""What the declaration will say, read back from the document itself, so that the preview cannot differ from it."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = {"Title": 3, "Heading1": 4, "Heading2": 5, "Heading3": 6}


def blocks(docx: bytes) -> list[dict[str, Any]]:
    """Return the visible text of a document we have just drawn, in order.

    A block is `{"kind": "heading", "level", "text"}`, `{"kind": "text" | "item", "text"}` or
    `{"kind": "table", "head": [...], "rows": [[...]]}`. Levels begin at 3, to stand below the page's own headings.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        body = ElementTree.fromstring(package.read("word/document.xml")).find(f"{W}body")
    assert body is not None  # we have just drawn it
    found = (_block(node) for node in body)
    return [block for block in found if block]


def _block(node: ElementTree.Element) -> dict[str, Any] | None:
    if node.tag == f"{W}tbl":
        rows = [[_text(cell) for cell in line.iter(f"{W}tc")] for line in node.iter(f"{W}tr")]
        return {"kind": "table", "head": rows[0], "rows": rows[1:]} if rows else None
    text = _text(node) if node.tag == f"{W}p" else ""
    if not text:
        return None
    style = node.find(f"{W}pPr/{W}pStyle")
    name = (style.get(f"{W}val") or "").replace(" ", "") if style is not None else ""
    if name in LEVELS:
        return {"kind": "heading", "level": LEVELS[name], "text": text}
    return {"kind": "item" if name.startswith("List") else "text", "text": text}


def _text(node: ElementTree.Element) -> str:
    """Return the text of a paragraph, or of all paragraphs of a cell, one a line."""
    paragraphs = [node] if node.tag == f"{W}p" else list(node.iter(f"{W}p"))
    return "\n".join("".join(part.text or "" for part in p.iter(f"{W}t")) for p in paragraphs).strip()
