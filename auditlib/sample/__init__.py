"""The bundled sample: archives of one invented person, as the platforms would have written them.

`paths()` returns the committed archives. `python -m auditlib.sample.build` writes them again, byte for byte. Everybody and
everything in them is invented; README.md in this folder says what is there and why.
"""

from __future__ import annotations

from pathlib import Path

FULL_NAME = "Marnie Oakhanger"
_OURS = (".py", ".pyc", ".md")  # what lies in this folder and is no archive


def paths() -> list[Path]:
    """Return the bundled archives in the order of their names (the two Facebook zips are one export in two parts)."""
    return sorted(p for p in Path(__file__).parent.iterdir() if p.is_file() and p.suffix not in _OURS and p.name[0] != ".")
