"""The bundled sample: archives of one invented person, as the platforms would have written them.

`paths()` returns the committed zips. `python -m auditlib.sample.build` writes them again, byte for byte. Everybody and
everything in them is invented; README.md in this folder says what is there and why.
"""

from __future__ import annotations

from pathlib import Path

FULL_NAME = "Marnie Oakhanger"


def paths() -> list[Path]:
    """Return the bundled archives in the order of their names (the two Facebook zips are one export in two parts)."""
    return sorted(Path(__file__).parent.glob("*.zip"))
