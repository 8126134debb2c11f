"""The bundled sample: the same each time it is built, faithful in its details, ordinary for the most part."""

from __future__ import annotations

import json
import re
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import libipld
import making_car
import pytest

from auditlib import exports, platforms, sample, walk
from auditlib.connections import Context, ConversationWatch, people
from auditlib.detect import Scanner
from auditlib.policy import load_policy, load_school
from auditlib.records import Connection, Coverage, Finding, Item, ProfileFact, Record, Setting, Summary
from auditlib.sample.build import build
from auditlib.sample.package import picture

CLAUSES = {
    "school-name", "colleagues", "confidentiality", "copyright", "harassment", "discrimination", "defamation", "offence",
    "log-ins", "phone", "email", "personal-info", "pupil-contact", "family-contact", "work-channels", "threat",
    "safeguarding",
}  # fmt: skip


PLATFORMS = {
    "x", "facebook", "instagram", "threads", "tiktok", "snapchat", "linkedin", "youtube", "google-maps", "reddit", "whatsapp",
    "telegram", "discord", "mastodon", "bluesky", "wordpress",
}  # fmt: skip


def members(paths: list[Path] | None = None) -> Iterator[tuple[str, str, bytes]]:
    """Archive, member, content: of zips and tars what is in them, of single files the file itself."""
    for path in paths or sample.paths():
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield path.name, name, archive.read(name)
        elif path.suffix == ".gz":
            with tarfile.open(path) as archive_:
                for entry in archive_:
                    body = archive_.extractfile(entry)
                    assert body
                    yield path.name, entry.name, body.read()
        else:
            yield path.name, path.name, path.read_bytes()


def member(tail: str, archive: str = "") -> Any:
    (content,) = [body for zip_name, name, body in members() if name.endswith(tail) and zip_name.startswith(archive)]
    return json.loads(content.split(b"=", 1)[1] if tail.endswith(".js") else content)


@pytest.fixture(scope="module")
def records() -> list[Record]:
    with exports.look(sample.paths(), walk.sample_answers()) as found:
        return [record for export in found.exports for record in export.records()]


@pytest.fixture(scope="module")
def findings(records: list[Record]) -> list[Finding]:
    watch = ConversationWatch((sample.FULL_NAME,))
    scan, made = Scanner(load_policy(), load_school(None), me=(sample.FULL_NAME,)), []
    for record in records:
        if isinstance(record, Item):
            watch.feed(record)
        if isinstance(record, Item | ProfileFact | Connection):
            made += scan.scan(record)
    return made + watch.findings()


def test_building_again_gives_the_committed_files(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    made = sorted(build(tmp_path / "one"))
    assert [path.name for path in made] == [path.name for path in sample.paths()]
    assert list(members(made)) == list(members())
    for path, again, committed in zip(made, sorted(build(tmp_path / "two")), sample.paths(), strict=True):
        assert path.read_bytes() == again.read_bytes()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as new, zipfile.ZipFile(committed) as old:
                assert [i.date_time for i in new.infolist()] == [i.date_time for i in old.infolist()]


def test_every_archive_of_the_folder_is_given_to_the_walk() -> None:
    assert walk.sample_paths() == sample.paths()
    assert {"".join(path.suffixes[-2:]) for path in sample.paths()} >= {".tar.gz", ".car", ".csv"}
    assert [path.name for path in sample.paths() if path.suffix in (".py", ".md", ".txt")] == []


def test_it_is_small_enough_to_carry() -> None:
    assert sum(path.stat().st_size for path in sample.paths()) < 300_000


def test_it_holds_four_hundred_to_seven_hundred_items_and_most_are_ordinary(
    records: list[Record], findings: list[Finding]
) -> None:
    items = [record for record in records if isinstance(record, Item)]
    assert 400 <= len(items) <= 700
    flagged = {finding.key for finding in findings if finding.kind not in ("conversation", "profile", "connection")}
    assert len(flagged) < len(items) / 3


def test_it_holds_flags_of_every_clause_and_of_every_severity(findings: list[Finding]) -> None:
    assert CLAUSES - {finding.clause for finding in findings} == set()
    assert {finding.severity for finding in findings} == {"serious", "look", "note"}


def test_every_account_and_both_instagram_eras_are_read(records: list[Record]) -> None:
    accounts = [(r.platform, r.account, r.era) for r in records if isinstance(r, Summary)]
    assert {platform for platform, _, _ in accounts} == PLATFORMS <= set(platforms.NAMES)
    assert sorted((platform, account or "", era) for platform, account, era in accounts) == [
        ("bluesky", "did:plc:marnietoastmarnietoast22", "2023 onward"), ("discord", "toastmanager", "2024 onward"),
        ("facebook", "Marnie Oakhanger", "2024 onward"), ("google-maps", "", ""),
        ("instagram", "marnie.oakhanger", "2025 onward"), ("instagram", "marnz_uni_days", "2021-2022"),
        ("linkedin", "Marnie Oakhanger", "2026 onward"), ("mastodon", "marnie@toot.example.org", "until 2023"),
        ("reddit", "toast_manager_", "newer"), ("snapchat", "marnz_x", "2023 onward"), ("telegram", "marnietoast", "JSON"),
        ("threads", "marnie.oakhanger", "2023 onward"), ("tiktok", "marnie.toasts", "late 2025 onward"),
        ("whatsapp", "Marnie Oakhanger", "chat export"), ("wordpress", "toastandotters.example.org", "WXR 1.2"),
        ("x", "marnie_oakhanger", "2020 onward"), ("youtube", "Marnie Bakes Bricks", "mid-2024 onward"),
    ]  # fmt: skip


def test_no_question_is_left_and_every_message_has_its_author(records: list[Record]) -> None:
    assert [record.questions for record in records if isinstance(record, Summary) and record.questions] == []
    assert [r.key for r in records if isinstance(r, Item) and r.author is None] == []
    assert {r.platform for r in records if isinstance(r, Item) and r.kind == "message" and r.author == "me"} == {
        "x", "facebook", "instagram", "tiktok", "snapchat", "linkedin", "reddit", "whatsapp", "telegram", "discord", "mastodon",
    }  # fmt: skip


def test_every_archive_belongs_to_an_export_and_none_is_taken_for_an_older_one() -> None:
    with exports.look(sample.paths(), walk.sample_answers()) as found:
        assert found.notes == []
        assert sorted(path.name for export in found.exports for path in export.given) == sorted(
            [path.name for path in sample.paths()]
            + [path.name for path in sample.paths() if path.name.startswith(("instagram", "takeout"))]  # two accounts in each
        )


def test_keys_are_unique_over_all_archives(records: list[Record]) -> None:
    keys = Counter(record.key for record in records if isinstance(record, Item))
    assert [key for key, count in keys.items() if count > 1] == []


def test_one_broken_file_and_one_unknown_file_per_export_of_the_first_four(records: list[Record]) -> None:
    told = [r for r in records if isinstance(r, Coverage) and r.state in ("failed", "unknown")]
    assert [(r.platform, r.member.rpartition("/")[2]) for r in told if r.state == "failed"] == [
        ("facebook", "polls_you_voted_on.json")
    ]
    assert Counter(r.platform for r in told if r.state == "unknown") == {"x": 1, "facebook": 1, "instagram": 2}


def test_warnings_are_those_of_the_formats_and_none_of_damage(records: list[Record]) -> None:
    told = {r.platform: len(r.warnings) for r in records if isinstance(r, Summary) and r.platform in PLATFORMS}
    silent = {platform for platform, count in told.items() if count == 0}
    assert silent >= {"youtube", "google-maps", "reddit"}
    words = " ".join(w for r in records if isinstance(r, Summary) for w in r.warnings)
    assert re.findall(r"cut off|damaged|older export|Stops well before|could not be read|repairs", words) == []


@pytest.mark.parametrize(
    ("platform", "clauses"),
    [
        ("tiktok", {"school-name", "confidentiality", "harassment", "offence", "defamation", "pupil-contact"}),
        ("snapchat", {"offence", "pupil-contact", "phone"}),
        ("linkedin", {"school-name", "family-contact", "defamation", "work-channels"}),
        ("youtube", {"school-name", "log-ins"}),
        ("google-maps", {"defamation", "colleagues", "personal-info"}),
        ("reddit", {"safeguarding", "discrimination", "harassment", "confidentiality"}),
        ("whatsapp", {"safeguarding", "family-contact", "confidentiality"}),
        ("telegram", {"log-ins", "pupil-contact"}),
        ("discord", {"threat", "phone", "pupil-contact"}),
        ("mastodon", {"colleagues"}),
        ("bluesky", {"threat", "school-name"}),
        ("wordpress", {"confidentiality", "defamation", "email"}),
    ],
)
def test_each_small_archive_deserves_a_look_under_several_clauses(
    findings: list[Finding], records: list[Record], platform: str, clauses: set[str]
) -> None:
    own = [finding for finding in findings if finding.platform == platform]
    assert clauses - {finding.clause for finding in own} == set()
    items = [r for r in records if isinstance(r, Item) and r.platform == platform and r.author == "me"]
    quiet = {r.key for r in items} - {finding.key for finding in own if finding.severity in ("serious", "look")}
    assert len(quiet) >= len(items) / 2


def test_words_and_names_come_out_whole(records: list[Record]) -> None:
    texts = {record.text for record in records if isinstance(record, Item)}
    assert {"yes à deux. i'm paying", "café. now. crêpes 🥞", "Jam. So much jam. Café Oakhanger is open ☕"} <= texts
    names = {record.name for record in records if isinstance(record, Connection)}
    assert {"Zoë Penhaligon-Reed", "Łukasz Brzozowicz", "Siân Trevanion"} <= names
    assert [text for text in texts if re.search("Ã|Â|â€|ð\x9f|&amp;", text)] == []
    cut = {record.kind for record in records if isinstance(record, Item) and record.text.endswith("…")}
    assert cut == {"repost"}


def test_settings_in_the_exports_fill_the_checklist(records: list[Record]) -> None:
    found = {(r.account, r.id, r.value) for r in records if isinstance(r, Setting)}
    assert {
        ("marnie_oakhanger", "x.protect-your-posts", "unknown"), ("marnie.oakhanger", "instagram.account-private", "public"),
        ("marnz_uni_days", "instagram.account-private", "public"), ("marnie.oakhanger", "threads.private-profile", "public"),
        ("Marnie Oakhanger", "facebook.who-can-see-your-future-posts", "public"),
    } <= found  # fmt: skip


def test_pupils_and_parents_stand_first_among_the_people(records: list[Record], findings: list[Finding]) -> None:
    links = [record for record in records if isinstance(record, Connection)]
    talks = [finding for finding in findings if finding.kind == "conversation"]
    rows = people(links, talks, Context(me=(sample.FULL_NAME,)))
    assert [(row.suggestion, row.name, row.platforms) for row in rows[:14]] == [
        ("pupil", "Mason Dray", ("facebook",)), ("pupil", None, ("x",)),
        ("pupil", "Alfie Wexcombe", ("instagram", "threads")), ("pupil", "Homework heroes", ("whatsapp",)),
        ("pupil", "Jonah Skeet", ("snapchat",)), ("pupil", "jonah yr8", ("discord",)), ("pupil", None, ("tiktok",)),
        ("pupil", "Ruby Sallow", ("telegram",)), ("former-pupil", None, ("instagram",)),
        ("parent", "Darren Applegarth", ("facebook", "linkedin")), ("parent", "Hannah Tillery", ("linkedin",)),
        ("parent", "Nadia Birchall-Iqbal", ("facebook", "whatsapp")),
        ("parent", "Tom Wexcombe", ("facebook", "instagram")), (None, "Freya W yr6 🐴", ("snapchat",)),
    ]  # fmt: skip
    assert [row.name for row in rows].count("Jo Marchbank") == 2
    assert not {"Missy Oakhanger", "Callum Frayne"} & {row.name for row in rows if row.suggestion in ("pupil", "parent")}


def test_meta_files_are_ascii_with_each_byte_as_a_letter_of_its_own() -> None:
    meta = ("facebook", "instagram", "marnz")
    bodies = [body for zip_name, name, body in members() if name.endswith(".json") and zip_name.startswith(meta)]
    assert all(body.isascii() for body in bodies)
    assert any(rb"caf\u00c3\u00a9" in body for body in bodies) and not any(rb"caf\u00e9" in body for body in bodies)


def test_details_that_trip_readers_are_there() -> None:
    assert isinstance(member("posts/check-ins.json"), dict)
    assert all("value" not in r["string_list_data"][0] for r in member("connections/followers_and_following/following.json")
               ["relationships_following"])  # fmt: skip
    assert member("data/protected-history.js") == []
    assert len(member("data/tweets.js")) + len(member("data/tweets-part1.js")) == sum(
        int(file["count"]) for file in member("data/manifest.js")["dataTypes"]["tweets"]["files"]
    )
    names = {name for _, name, _ in members()}
    assert "connections/followers/who_you've_followed.json" in names and any(n.endswith("/no-data.txt") for n in names)
    spread = {zip_name for zip_name, name, _ in members() if "nadiabirchalliqbal" in name}
    assert len(spread) == 2


def test_every_address_and_number_is_one_that_nobody_has(records: list[Record]) -> None:
    text = b"\n".join(body for _, name, body in members() if not name.endswith((".jpg", ".car"))).decode("utf-8", "replace")
    text += "".join(str(record) for record in records if record.platform == "bluesky")
    numbers = set(re.findall(r"(?<!\d)(?:\+?44|0)\s?7[\d\s]{9,11}(?!\d)", text))
    assert {re.sub(r"\s", "", number)[-9:-3] for number in numbers} == {"700900"}
    mails = set(re.findall(r"[\w.+-]+@([\w-]+\.[\w.]*\w)", text)) - {"www.threads.com"}
    hosts = {".".join(mail.split(".")[-2:]) for mail in mails if "." in mail and not mail.startswith("threads")}
    assert hosts <= {"example.com", "example.org"}


def test_the_repository_is_the_tree_that_its_keys_ask_for() -> None:
    (content,) = [body for zip_name, _, body in members() if zip_name == "repo.car"]
    header, blocks = libipld.decode_car(content)
    commit = blocks[header["roots"][0]]

    def leaves(node: Any) -> Iterator[tuple[bytes, bytes]]:
        before = b""
        if node["l"]:
            yield from leaves(blocks[node["l"]])
        for entry in node["e"]:
            before = before[: entry["p"]] + entry["k"]
            yield before, entry["v"]
            if entry["t"]:
                yield from leaves(blocks[entry["t"]])

    found = list(leaves(blocks[commit["data"]]))
    assert [key for key, _ in found] == sorted(key for key, _ in found)
    again = making_car.Repository([])._node([(key, making_car.Cid(cid), making_car.layer(key)) for key, cid in found])
    assert again and again.raw == commit["data"]


def test_a_picture_is_a_whole_jpeg() -> None:
    assert picture(3)[:3] == b"\xff\xd8\xff" and picture(3)[-2:] == b"\xff\xd9" and picture(3) != picture(4)
