"""What a declaration will say, as blocks of text for the screen: the very words of the document, before signing."""

from __future__ import annotations

import io
from typing import Literal, NamedTuple

from auditlib.declaration.document import render
from auditlib.declaration.payload import Payload


class PreviewBlock(NamedTuple):
    """One block: a heading, a paragraph, a bullet, or a table (`rows` of cell texts, the header row first)."""

    kind: Literal["title", "heading", "text", "bullet", "table"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


_KINDS: dict[str, Literal["title", "heading", "bullet"]] = {
    "Title": "title",
    "Heading 1": "heading",
    "Heading 2": "heading",
    "List Bullet": "bullet",
}


def preview(payload: Payload) -> list[PreviewBlock]:
    """Return the blocks of the document that this payload stands for, in order, taken from the document itself."""
    from docx import Document  # python-docx takes a while: loaded when a document is drawn
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    blocks = []
    for content in Document(io.BytesIO(render(payload))).iter_inner_content():
        if isinstance(content, Table):
            rows = tuple(tuple(cell.text for cell in row.cells) for row in content.rows)
            blocks.append(PreviewBlock("table", rows=rows))
        elif isinstance(content, Paragraph):
            style = content.style.name if content.style is not None else ""
            blocks.append(PreviewBlock(_KINDS.get(style or "", "text"), content.text))
    return blocks
