"""Sorting out what a person gives: zips, folders, loose files, parts, two downloads of one account, and what is no export."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from making import laid, script, tweet, x_files, zipped

from auditlib import platforms
from auditlib.archive import Tree
from auditlib.errors import NotAnArchive, UnknownPlatform
from auditlib.exports import look
from auditlib.joining import Found, _made, stem
from auditlib.records import Conversation, Coverage, Item, Summary


def ids(*paths: Path) -> list[tuple[str | None, str | None]]:
    with look(paths) as found:
        return [(r.account, r.id) for r in found.records() if isinstance(r, Item)]


def test_zip_folder_wrapped_folder_and_single_file_give_the_same_posts(tmp_path):
    files = x_files("jo", 1, 2)
    expected = [("jo", "1"), ("jo", "2")]
    assert ids(zipped(tmp_path / "twitter.zip", files)) == expected
    assert ids(laid(tmp_path / "unpacked", files)) == expected
    assert ids(zipped(tmp_path / "again.zip", {f"my stuff/old/{n}": d for n, d in files.items()})) == expected
    assert ids(laid(tmp_path / "alone", {"tweets.js": files["data/tweets.js"]}) / "tweets.js") == [(None, "1"), (None, "2")]


def test_the_early_layout_lies_at_the_root_without_wrappers(tmp_path):
    bare = {"tweet.js": script("tweet", [tweet(5)["tweet"]]), "account.js": x_files("jo")["data/account.js"]}
    assert ids(zipped(tmp_path / "twitter-2019.zip", bare)) == [("jo", "5")]


def test_a_folder_of_mixed_downloads_is_sorted_out(tmp_path):
    downloads = laid(
        tmp_path / "Downloads", {"holiday.json": b"[]", "twitter-a/x": b"", "notes.bin": b"1", "broken.zip": b"PK\3\4"}
    )
    zipped(downloads / "twitter-2022.zip", x_files("jo", 1))
    zipped(downloads / "cats.zip", {"cat.json": b"[]"})
    laid(downloads / "twitter-b", x_files("sam", 7))
    with look([downloads]) as found:
        assert [e.account.account for e in found.exports] == ["sam", "jo"]
        assert sorted((n.state, n.member) for n in found.notes) == [
            ("failed", "broken.zip"),
            ("ignored", ""),  # notes.bin and the file without an ending
            ("unknown", "cats.zip"),
            ("unknown", "holiday.json"),
        ]


def test_a_zip_inside_a_zip_is_opened_one_level(tmp_path):
    inner = zipped(tmp_path / "inner.zip", x_files("jo", 1)).read_bytes()
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as z:
        z.writestr("readme.txt", "hello")
    with look([zipped(tmp_path / "outer.zip", {"a/inner.zip": inner, "b.zip": other.getvalue()})]) as found:
        assert [(r.account, r.id) for r in found.records() if isinstance(r, Item)] == [("jo", "1")]
        assert [(n.state, n.member) for n in found.notes] == [("unknown", "b.zip")]


def test_of_two_downloads_of_one_account_the_newer_is_read_and_the_older_named(tmp_path):
    old = zipped(tmp_path / "twitter-2023-01-05-aa11.zip", x_files("jo", 1, 2))
    new = zipped(tmp_path / "twitter-2024-06-07-bb22.zip", x_files("jo", 2, 3))
    with look([new, old]) as found:
        records = list(found.records())
    assert [r.id for r in records if isinstance(r, Item)] == ["2", "3"]
    assert [(r.state, r.member) for r in records if isinstance(r, Coverage) and r.member.endswith(".zip")] == [
        ("ignored", old.name)
    ]
    assert any("older export" in w for r in records if isinstance(r, Summary) for w in r.warnings)


def linkedin(path: Path, *posts: str, connection: str = "Kit Oster") -> Path:
    first, last = connection.split()
    files = {
        "Profile.csv": b"First Name,Last Name,Headline\nWren,Ashdown,Teacher\n",
        "Connections.csv": f"First Name,Last Name,URL,Connected On\n{first},{last},,08 Feb 2025\n".encode(),
    }
    if posts:
        rows = "".join(f"2025-03-0{n} 09:00:00,,{words},,,PUBLIC\n" for n, words in enumerate(posts, 1))
        files["Shares.csv"] = f"Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n{rows}".encode()
    return zipped(path, files)


def test_a_later_download_that_is_known_to_lack_things_does_not_hide_the_larger_one(tmp_path):
    larger = linkedin(tmp_path / "Complete_LinkedInDataExport_11-02-2026.zip", "words")
    later = linkedin(tmp_path / "Basic_LinkedInDataExport_11-24-2026.zip", connection="Jo Fen")
    for given in ([larger, later], [later, larger]):
        with look(given) as found:
            records = list(found.records())
        assert [r.text for r in records if isinstance(r, Item)] == ["words"]
        assert [(r.member, r.reason) for r in records if isinstance(r, Coverage) and r.member.endswith(".zip")] == [
            (later.name, "A smaller download of the same account was given too: only the larger one is read.")
        ]
        assert any("A smaller download" in w for r in records if isinstance(r, Summary) for w in r.warnings)


def test_of_two_small_or_two_larger_downloads_the_newer_is_read(tmp_path):
    small = [linkedin(tmp_path / f"Basic_LinkedInDataExport_{day}.zip") for day in ("12-02-2025", "01-24-2026")]
    larger = [linkedin(tmp_path / f"Complete_LinkedInDataExport_{day}.zip", day) for day in ("12-02-2025", "01-24-2026")]
    for given, kept in ((small, small[1]), (larger, larger[1])):
        with look(given) as found:
            assert [e.names for e in found.exports] == [(kept.name,)]
            assert ["older export" in n.reason for n in found.notes] == [True]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("twitter-2024-06-07-bb22.zip", (2024, 6, 7)),
        ("facebook-jo-20240607.zip", (2024, 6, 7)),
        ("download 7.6.2024.zip", (2024, 6, 7)),
        ("Basic_LinkedInDataExport_06-07-2024.zip", (2024, 6, 7)),
        ("Basic_LinkedInDataExport_06-07-2024.zip (1)", (2024, 6, 7)),
        ("photos.zip", (0, 0, 0)),
    ],
)
def test_the_date_in_an_export_s_file_name_is_read_in_each_of_its_forms(name, made):
    assert _made([Found(platforms.load("x"), Tree(name), "", name)], "") == made


def test_a_part_without_an_owner_joins_the_one_export_of_its_platform(tmp_path):
    first = zipped(tmp_path / "first.zip", x_files("jo", 1))
    second = zipped(
        tmp_path / "second.zip",
        {
            "data/like.js": script("like", [{"like": {"tweetId": "77", "fullText": "Nice"}}]),
            "data/manifest.js": b"window.__THAR_CONFIG = {}",
        },
    )
    assert ids(first, second) == [("jo", "1"), ("jo", "77")]


def test_two_people_s_archives_stay_apart(tmp_path):
    one, two = zipped(tmp_path / "1.zip", x_files("jo", 1)), zipped(tmp_path / "2.zip", x_files("samuel", 2))
    assert ids(one, two) == [("jo", "1"), ("samuel", "2")]
    with look([one, two]) as found:
        keys = [r.key for r in found.records() if isinstance(r, Item)]
    assert len(set(keys)) == len(keys) == 2


def test_a_good_path_beside_a_bad_one_is_read_and_the_bad_one_told(tmp_path):
    good = zipped(tmp_path / "x.zip", x_files("jo", 1))
    with look([tmp_path / "missing.zip", good]) as found:
        records = list(found.records())
    assert [r.id for r in records if isinstance(r, Item)] == ["1"]
    assert [(r.state, r.member) for r in records if isinstance(r, Coverage) and r.platform == "generic"] == [
        ("failed", "missing.zip")
    ]


def test_nothing_that_can_be_opened_or_recognised_is_told_in_one_sentence(tmp_path):
    with pytest.raises(NotAnArchive):
        look([tmp_path / "missing.zip"])
    with pytest.raises(UnknownPlatform) as told:
        look([laid(tmp_path / "holiday", {"a.json": b"[]"})])
    assert str(told.value).startswith("holiday is not an export this version knows")


def test_a_broken_member_is_told_and_its_sibling_is_read(tmp_path):
    files = x_files("jo", 1) | {"data/like.js": b"window.YTD.like.part0 = [ {", "data/follower.js": b""}
    with look([zipped(tmp_path / "x.zip", files)]) as found:
        records = list(found.records())
    failed = {r.member: r.reason for r in records if isinstance(r, Coverage) and r.state == "failed"}
    assert failed == {
        "data/like.js": "it stops in the middle: download the archive again if you can",
        "data/follower.js": "it is empty",
    }
    assert [r.id for r in records if isinstance(r, Item)] == ["1"]


def test_fewer_records_than_the_manifest_says_is_told(tmp_path):
    manifest = {
        "userInfo": {"userName": "jo"},
        "dataTypes": {"tweets": {"files": [{"fileName": "data/tweets.js", "count": "3"}]}},
    }
    files = x_files("jo", 1, 2) | {"data/manifest.js": b"window.__THAR_CONFIG = " + json.dumps(manifest).encode()}
    with look([zipped(tmp_path / "x.zip", files)]) as found:
        [line] = [r for r in found.records() if isinstance(r, Coverage) and r.member == "data/tweets.js"]
    assert (line.state, line.count) == ("failed", 2) and "holds 3 entries, but only 2 are there" in line.reason


def test_a_checksum_that_does_not_fit_is_told_and_what_came_before_stays(tmp_path):
    path = zipped(tmp_path / "x.zip", x_files("jo", *range(1, 40)))
    data = bytearray(path.read_bytes())
    at = data.rindex(b"Tea and toast")
    data[at : at + 3] = b"Bee"
    path.write_bytes(data)
    with look([path]) as found:
        records = list(found.records())
    [line] = [r for r in records if isinstance(r, Coverage) and r.member == "data/tweets.js"]
    assert line.state == "failed" and line.detail == "BadZipFile"


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("facebook-jo-2024-11-18-aB3dE5gH.zip", "facebook-jo-2024-11-18-Zz9Yy8Xx.zip", True),
        ("facebook-jo-2024-11-18-aB3dE5gH-20250214T091955Z-001.zip", "facebook-jo-2024-11-18-Zz9Yy8Xx.zip", True),
        ("jo_20210304_part_1.zip", "jo_20210304_part_2.zip", True),
        ("export (1).zip", "export.zip", True),
        ("twitter-2023-01-05-aa11bb22cc33dd44.zip", "twitter-2024-01-05-aa11bb22cc33dd44.zip", False),
        ("facebook-jo-2024-11-18-aB3dE5gH.zip", "facebook-sam-2024-11-18-aB3dE5gH.zip", False),
    ],
)
def test_names_of_parts_have_a_stem_in_common(one, two, same):
    assert (stem(one) == stem(two)) is same


@pytest.mark.parametrize(
    ("folder", "platform"), [("instagram", "instagram"), ("facebook-old", "facebook"), ("chats", "facebook")]
)
def test_a_thread_that_could_be_of_two_platforms_goes_by_the_folder_that_names_one(tmp_path, folder, platform):
    thread = {"messages": [{"sender_name": "Jo Reed", "timestamp_ms": 1579294140000, "content": "hello"}]}
    laid(tmp_path / folder / "one-thread", {"message_1.json": json.dumps(thread).encode()})
    with look([tmp_path / folder / "one-thread"]) as found:
        assert [e.module.NAME for e in found.exports] == [platform]


def test_a_message_carries_a_hundred_people_of_its_conversation_at_most():
    people = tuple(f"person {n}" for n in range(5000))
    assert Conversation("1", None, people, True).participants == people[:100]
    assert Conversation("1", None, people[:100], True).participants == people[:100]
