"""The blank document of this version, and the few shapes its pages are made of."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import cache
from importlib import resources

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from auditlib.declaration.opc import write_package

_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "docProps/core.xml": "core.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/footer1.xml": "footer1.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
    "word/styles.xml": "styles.xml",
}


@cache
def _blank() -> bytes:
    folder = resources.files(__package__)
    return write_package({name: (folder / file).read_bytes() for name, file in _PARTS.items()})


def blank() -> DocumentType:
    """Return an empty document with this version's styles. Nothing in it comes from the computer it is made on."""
    return Document(io.BytesIO(_blank()))


def finish(document: DocumentType) -> bytes:
    """Return the document as an unsigned package with nothing in it that changes from one making to the next."""
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as package:
        return write_package({name: package.read(name) for name in package.namelist()})


def say(document: DocumentType, *pieces: str | tuple[str, str], style: str = "Normal") -> Paragraph:
    """Return a new paragraph of the pieces; a piece may be a pair of text and character style."""
    return fill(document.add_paragraph(style=style), *pieces)


def fill(paragraph: Paragraph, *pieces: str | tuple[str, str]) -> Paragraph:
    """Return the paragraph with the pieces added to it."""
    for piece in pieces:
        text, style = piece if isinstance(piece, tuple) else (piece, None)
        paragraph.add_run(text, style=style)
    return paragraph


def table(
    document: DocumentType, purpose: str, widths: Sequence[float], heads: Sequence[str], *, style: str = "Table Grid"
) -> Table:
    """Return a new table with a header row that repeats on each page. Widths are in centimetres.

    `purpose` is read out by screen readers.
    """
    made = document.add_table(rows=1, cols=len(heads), style=style)
    made.autofit = False
    _describe(made, purpose)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    header = made.rows[0]
    _mark_row(header._tr, "w:tblHeader")
    for cell, width, head in zip(header.cells, widths, heads, strict=True):
        _set(cell, width, (head,), "Cell Head")
    return made


def row(made: Table, *cells: Sequence[str | tuple[str, str]] | str, style: str = "Cell") -> list[_Cell]:
    """Return the cells of a new row, filled. A row is never cut by the end of a page."""
    added = made.add_row()
    _mark_row(added._tr)
    widths = [column.width.cm if column.width is not None else 0.0 for column in made.columns]
    for cell, width, content in zip(added.cells, widths, cells, strict=True):
        _set(cell, width, (content,) if isinstance(content, str) else content, style)
    return list(added.cells)


def _set(cell: _Cell, width: float, pieces: Sequence[str | tuple[str, str]], style: str) -> None:
    cell.width = Cm(width)
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    fill(paragraph, *pieces)


def _mark_row(row_element: object, *marks: str) -> None:
    properties = row_element.get_or_add_trPr()  # type: ignore[attr-defined]
    for mark in ("w:cantSplit", *marks):
        properties.append(OxmlElement(mark))


def _describe(made: Table, purpose: str) -> None:
    properties = made._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    look = OxmlElement("w:tblLook")
    for name, value in (("firstRow", "1"), ("lastRow", "0"), ("firstColumn", "0"), ("lastColumn", "0")):
        look.set(qn("w:" + name), value)
    look.set(qn("w:noHBand"), "1")
    look.set(qn("w:noVBand"), "1")
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), purpose)
    properties.append(look)
    properties.append(caption)


def make_tall(made: Table, height: float) -> None:
    """Add one empty row of this height in centimetres, to be filled in by hand."""
    row(made, *("" for _ in made.columns))
    made.rows[-1].height = Cm(height)


def fill_footer(document: DocumentType, text: str) -> None:
    """Put the text at the left of the footer; the page number is at its right already."""
    document.sections[0].footer.paragraphs[0].runs[0].text = text


def keep_together(made: Table) -> None:
    """Keep the rows of a short table on one page."""
    for line in made.rows[:-1]:
        for cell in line.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
