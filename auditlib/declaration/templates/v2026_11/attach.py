"""What rides in the document beside its text: the payload as a custom XML part, and the drawn signature."""

from __future__ import annotations

import io

from docx.document import Document as DocumentType
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from auditlib.declaration.payload import Payload
from auditlib.declaration.payload_part import wrap

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_ITEM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    b'<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
    b'ds:itemID="{5E1FA0D1-7D2B-4C0E-9A53-6B8E02C7F411}"><ds:schemaRefs><ds:schemaRef '
    b'ds:uri="urn:self-audit:declaration:1"/></ds:schemaRefs></ds:datastoreItem>'
)


def attach_payload(document: DocumentType, payload: Payload) -> None:
    """Put the payload into the document's package, related from the main document."""
    package = document.part.package
    item = Part(PackURI("/customXml/item1.xml"), "application/xml", wrap(payload), package)
    properties = Part(PackURI("/customXml/itemProps1.xml"), _PROPERTIES, _ITEM, package)
    item.relate_to(properties, _OFFICE + "customXmlProps")
    document.part.relate_to(item, _OFFICE + "customXml")


def attach_picture(paragraph: Paragraph, picture: bytes, description: str) -> None:
    """Put the drawn signature into the paragraph, with a description for those who don't see it."""
    shape = paragraph.add_run().add_picture(io.BytesIO(picture), width=Cm(6.0))
    properties = shape._inline.docPr
    properties.set("name", "Drawn signature")
    properties.set("descr", description)
    named = shape._inline.find(f".//{qn('pic:cNvPr')}")
    if named is not None:
        named.set("name", "signature.png")
        named.set("descr", description)
