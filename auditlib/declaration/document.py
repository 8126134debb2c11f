"""A declaration as a document: drawn from its payload alone, always the same way for the same template version."""

from __future__ import annotations

from auditlib.declaration.payload import Payload
from auditlib.declaration.templates import template
from auditlib.errors import DeclarationError


def render(payload: Payload, drawing: bytes | None = None) -> bytes:
    """Return the unsigned .docx for the payload, drawn with the template version that the payload names.

    `drawing` is the picture of the drawn signature (PNG), when there is one. The same payload and picture give the same
    parts every time. Raises `DeclarationError` when this package has no such template version.
    """
    draw = template(payload.template)
    if draw is None:
        raise DeclarationError(
            f"This declaration uses the layout “{payload.template}”, which this version of self-audit does not have. "
            "Update self-audit and try again."
        )
    return draw(payload, drawing)
