"""A Downloads folder as people have it: every kind of container, loose files, other people's things, all at once."""

import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest

from auditlib import platforms
from auditlib.exports import look
from auditlib.records import Coverage, Item, Record, Summary

ARCHIVES = Path(__file__).parent / "archives"


def zipped(folder: Path, to: Path, wrap: str = "") -> None:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as z:
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            z.write(file, wrap + file.relative_to(folder).as_posix())


def tarred(folder: Path, to: Path) -> None:
    with tarfile.open(to, "w:gz") as tar:
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            tar.add(file, file.relative_to(folder).as_posix())


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty exports in the form in which they come, beside a diary, a shopping list and a manual."""
    top = tmp_path_factory.mktemp("home") / "Downloads"
    top.mkdir()
    zipped(ARCHIVES / "tiktok-2025", top / "TikTok_Data_1712345678.zip")
    zipped(ARCHIVES / "snapchat-2025", top / "mydata~1712345678901.zip")
    zipped(ARCHIVES / "linkedin-2025", top / "Complete_LinkedInDataExport_06-01-2025.zip.zip")
    zipped(ARCHIVES / "youtube-google-maps-2024", top / "takeout-20241102T211000Z-001.zip")
    zipped(ARCHIVES / "discord-2024", top / "package.zip", "package/")
    zipped(ARCHIVES / "x-2024", top / "twitter-2024-10-04-abcdef.zip")
    zipped(ARCHIVES / "facebook-2025", top / "facebook-wren-2025-06-01-Ab3dEf9h.zip")
    zipped(ARCHIVES / "instagram-2024", top / "instagram-wren-2024-06-01-Zz8yXx7w.zip")
    zipped(ARCHIVES / "medium-2024", top / "medium-export-0a1b2c.zip")
    zipped(ARCHIVES / "strava-2026", top / "export_555000.zip")
    zipped(ARCHIVES / "discourse-2021", top / "user_archive-wren-220304-050607-1.zip")
    for chat in sorted((ARCHIVES / "whatsapp-iphone").iterdir()):
        zipped(chat, top / f"{chat.name}.zip")
    tarred(ARCHIVES / "mastodon-2019", top / "archive-20190506070809-0123456789abcdef0123456789abcdef.tar.gz")
    shutil.copytree(ARCHIVES / "reddit-newer", top / "export_wren_20240601")
    shutil.copytree(ARCHIVES / "telegram-account-2024", top, dirs_exist_ok=True)
    shutil.copy(ARCHIVES / "whatsapp-us-phone/WhatsApp Chat with Jo Penrose.txt", top)
    shutil.copy(ARCHIVES / "bluesky-2024/repo.car", top)
    shutil.copy(next((ARCHIVES / "wordpress-2020").rglob("*.xml")), top / "kettle.WordPress.2020-06-01.xml")
    shutil.copy(next((ARCHIVES / "blogger-2016").rglob("*.xml")), top / "blog-06-01-2016.xml")
    shutil.copytree(ARCHIVES / "pinterest-2024", top / "pinterest")
    (top / "diary.txt").write_text("03/09/2021 went to the allotment\n04/09/2021 rained, so did not\n", encoding="utf-8")
    (top / "shopping.csv").write_text("item,price\ntea,2.50\n", encoding="utf-8")
    (top / "manual.html").write_text("<html><body><h1>Kettle</h1><p>Fill it.</p></body></html>", encoding="utf-8")
    (top / "me.jpg").write_bytes(b"picture")
    (top / "half.zip").write_bytes(b"PK\3\4 not all of it arrived")
    return top


def read(*paths: Path) -> tuple[list[Record], list[Coverage]]:
    with look(paths) as found:
        return [r for e in found.exports for r in e.records()], found.notes


def test_every_export_is_found_once_and_everything_else_is_named(downloads):
    with look([downloads]) as found:
        told = sorted(e.module.NAME for e in found.exports)
        notes = sorted((n.state, n.member) for n in found.notes if n.member not in ("",))
    wanted = set(platforms.NAMES) - {"messenger", "threads", "tumblr", "generic", "bereal"}
    assert told == sorted(wanted)
    assert notes == [
        ("failed", "half.zip"),
        ("unknown", "diary.txt"),
        ("unknown", "manual.html"),
        ("unknown", "shopping.csv"),
        ("unknown", "takeout-20241102T211000Z-001.zip/Takeout/Keep/List.html"),
    ]


@pytest.mark.parametrize(
    ("platform", "alone"),
    [
        ("tiktok", "tiktok-2025"),
        ("linkedin", "linkedin-2025"),
        ("youtube", "youtube-google-maps-2024"),
        ("google-maps", "youtube-google-maps-2024"),
        ("discord", "discord-2024"),
        ("reddit", "reddit-newer"),
        ("mastodon", "mastodon-2019"),
        ("telegram", "telegram-account-2024"),
        ("bluesky", "bluesky-2024"),
        ("x", "x-2024"),
        ("facebook", "facebook-2025"),
        ("instagram", "instagram-2024"),
        ("pinterest", "pinterest-2024"),
        ("medium", "medium-2024"),
        ("strava", "strava-2026"),
        ("discourse", "discourse-2021"),
        ("snapchat", "snapchat-2025"),
    ],
)
def test_an_export_gives_the_same_among_others_as_alone(downloads, platform, alone):
    def keys(records: list[Record]) -> list[tuple[str, str]]:
        return sorted((key, type(r).__name__) for r in records if r.platform == platform and (key := getattr(r, "key", "")))

    together, _ = read(downloads)
    single, _ = read(ARCHIVES / alone)
    assert keys(together) == keys(single) != []


def test_chats_in_a_zip_each_and_a_loose_one_are_one_account(downloads):
    records, _ = read(downloads)
    chats = {r.conversation.title for r in records if isinstance(r, Item) and r.platform == "whatsapp" and r.conversation}
    assert chats == {"Bonfire plans", "Sam Ashdown", "Jo Penrose"}
    assert [r.platform for r in records if isinstance(r, Summary)].count("whatsapp") == 1


def test_every_data_file_ends_somewhere(downloads):
    """Read, ignored on purpose, unknown or failed: the members of each export add up."""
    with look([downloads]) as found:
        for export in found.exports:
            lines = [r for r in export.records() if isinstance(r, Coverage)]
            told = sum(c.count if c.state in ("ignored", "unknown") else 1 for c in lines)
            assert told >= len(export.account.members), export.module.NAME
