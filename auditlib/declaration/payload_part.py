"""The payload as a part of the package: its canonical JSON as the text of one XML element, written in one way only."""

from __future__ import annotations

from xml.sax.saxutils import escape

from auditlib.declaration.opc import parse
from auditlib.declaration.payload import MAX_PAYLOAD, Payload, canonical, read_payload
from auditlib.errors import Tampered

PART, PROPERTIES_PART = "customXml/item1.xml", "customXml/itemProps1.xml"
NAMESPACE = "urn:self-audit:declaration:1"
_HEAD = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<declaration xmlns="{NAMESPACE}">'.encode()
_TAIL = b"</declaration>"


def wrap(payload: Payload) -> bytes:
    """Return the XML part that carries the payload."""
    return _HEAD + escape(canonical(payload).decode()).encode() + _TAIL


def unwrap(data: bytes) -> Payload:
    """Return the payload in the XML part. Raises `Tampered` unless the bytes are exactly what `wrap` writes."""
    if len(data) > 6 * MAX_PAYLOAD:
        raise Tampered(["the machine-readable part is far too long"])
    root = parse(data, "the machine-readable part")
    payload = read_payload((root.text or "").encode("utf-8", "surrogatepass"))
    if wrap(payload) != data:
        raise Tampered(["the machine-readable part holds something beside the declaration"])
    return payload
