"""The looks of a declaration, by version: each draws a document from a payload alone.

A version that has been given to people is never changed; a new look is a new module here and a new entry below, so that
every document ever made can be drawn again and compared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditlib.declaration.payload import Payload

LATEST = "2026-11"


def template(version: str) -> Callable[[Payload, bytes | None], bytes] | None:
    """Return the function that draws a document of this version, or None when this package has no such version."""
    if version == "2026-11":
        from auditlib.declaration.templates.v2026_11 import draw  # python-docx takes a while: loaded when drawing

        return draw
    return None


def versions() -> tuple[str, ...]:
    """Return every version this package can draw, oldest first."""
    return ("2026-11",)
