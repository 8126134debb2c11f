"""Builds the sample archives: `python -m auditlib.sample.build [FOLDER]` (default: this folder). Standard library only."""

from __future__ import annotations

import sys
from pathlib import Path

from auditlib.sample import facebook, instagram, old_instagram, x
from auditlib.sample.package import write_zip
from auditlib.sample.people import FACEBOOK_EXPORTED, INSTAGRAM_EXPORTED, OLD_INSTAGRAM_EXPORTED, X_EXPORTED


def build(folder: Path) -> list[Path]:
    """Write all archives into the folder and return their paths. Raises OSError when the folder can't be written."""
    first, second = facebook.parts()
    made = {
        "twitter-2026-10-04-5d3c1f0e9a7b4c2288aa.zip": (x.files(), X_EXPORTED),
        "facebook-marnieoakhanger-2026-10-06-Qw7rTz2K.zip": (first, FACEBOOK_EXPORTED),
        "facebook-marnieoakhanger-2026-10-06-hB9xLm4c.zip": (second, FACEBOOK_EXPORTED),
        "instagram-marnie.oakhanger-2026-10-07-pK3vYd8s.zip": (instagram.files(), INSTAGRAM_EXPORTED),
        "marnz_uni_days_20220314.zip": (old_instagram.files(), OLD_INSTAGRAM_EXPORTED),
    }
    for name, (files, when) in made.items():
        write_zip(folder / name, files, when)
    return [folder / name for name in made]


if __name__ == "__main__":
    for path in build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent):
        print(f"{path.name}  {path.stat().st_size:,} bytes")
