"""Builds the sample archives: `python -m auditlib.sample.build [FOLDER]` (default: this folder). Standard library only."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from auditlib.sample import (
    bluesky,
    discord,
    facebook,
    instagram,
    linkedin,
    mastodon,
    old_instagram,
    people,
    reddit,
    snapchat,
    takeout,
    telegram,
    tiktok,
    whatsapp,
    wordpress,
    x,
)
from auditlib.sample.package import Files, write_tar, write_zip


def build(folder: Path) -> list[Path]:
    """Write all archives into the folder and return their paths. Raises OSError when the folder can't be written."""
    made = _packed()
    for name, (files, when) in made.items():
        (write_zip if name.endswith(".zip") else write_tar)(folder / name, files, when)
    single = _single()
    for name, content in single.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in (*made, *single)]


def _packed() -> dict[str, tuple[Files, datetime]]:
    """What a platform gives as a zip or a tar.gz."""
    first, second = facebook.parts()
    return {
        "twitter-2026-10-04-5d3c1f0e9a7b4c2288aa.zip": (x.files(), people.X_EXPORTED),
        "facebook-marnieoakhanger-2026-10-06-Qw7rTz2K.zip": (first, people.FACEBOOK_EXPORTED),
        "facebook-marnieoakhanger-2026-10-06-hB9xLm4c.zip": (second, people.FACEBOOK_EXPORTED),
        "instagram-marnie.oakhanger-2026-10-07-pK3vYd8s.zip": (instagram.files(), people.INSTAGRAM_EXPORTED),
        "marnz_uni_days_20220314.zip": (old_instagram.files(), people.OLD_INSTAGRAM_EXPORTED),
        "TikTok_Data_1791482400.zip": (tiktok.files(), people.TIKTOK_EXPORTED),
        "mydata~1791531900417.zip": (snapchat.files(), people.SNAPCHAT_EXPORTED),
        "Complete_LinkedInDataExport_10-05-2026.zip": (linkedin.files(), people.LINKEDIN_EXPORTED),
        "takeout-20261008T071500Z-001.zip": (takeout.files(), people.TAKEOUT_EXPORTED),
        "export_toast_manager__20261009.zip": (reddit.files(), people.REDDIT_EXPORTED),
        "WhatsApp Chat - Homework heroes.zip": (whatsapp.iphone(), people.WHATSAPP_EXPORTED),
        "WhatsApp Chat with Nadia Birchall-Iqbal.zip": (whatsapp.android(), people.WHATSAPP_OLD_EXPORTED),
        "DataExport_2026-10-09.zip": (telegram.files(), people.TELEGRAM_EXPORTED),
        "discord-package.zip": (discord.files(), people.DISCORD_EXPORTED),
        "archive-20230702101500-4f1e7c0b9d2a4417a3c5e6f708192a3b.tar.gz": (mastodon.files(), people.MASTODON_EXPORTED),
    }


def _single() -> dict[str, bytes]:
    """What a platform gives as one file."""
    return {
        "following_accounts.csv": mastodon.followed(),
        "repo.car": bluesky.repository(),
        "toastandotters.WordPress.2026-10-11.xml": wordpress.document(),
    }


if __name__ == "__main__":
    for path in build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent):
        print(f"{path.name}  {path.stat().st_size:,} bytes")
