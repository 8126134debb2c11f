"""The bundled sample: the same each time it is built, faithful in its details, ordinary for the most part."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditlib import exports, sample
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


def members() -> Iterator[tuple[str, str, bytes]]:
    for path in sample.paths():
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield path.name, name, archive.read(name)


def member(tail: str, archive: str = "") -> Any:
    (content,) = [body for zip_name, name, body in members() if name.endswith(tail) and zip_name.startswith(archive)]
    return json.loads(content.split(b"=", 1)[1] if tail.endswith(".js") else content)


@pytest.fixture(scope="module")
def records() -> list[Record]:
    with exports.look(sample.paths()) as found:
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
    for path, again, committed in zip(made, sorted(build(tmp_path / "two")), sample.paths(), strict=True):
        assert path.read_bytes() == again.read_bytes()
        with zipfile.ZipFile(path) as new, zipfile.ZipFile(committed) as old:
            assert [(i.filename, i.date_time, i.CRC) for i in new.infolist()] == [
                (i.filename, i.date_time, i.CRC) for i in old.infolist()
            ]


def test_it_is_small_enough_to_carry() -> None:
    assert sum(path.stat().st_size for path in sample.paths()) < 300_000


def test_it_holds_two_hundred_to_four_hundred_items_and_most_are_ordinary(
    records: list[Record], findings: list[Finding]
) -> None:
    items = [record for record in records if isinstance(record, Item)]
    assert 200 <= len(items) <= 400
    flagged = {finding.key for finding in findings if finding.kind not in ("conversation", "profile", "connection")}
    assert len(flagged) < len(items) / 3


def test_it_holds_flags_of_every_clause_and_of_every_severity(findings: list[Finding]) -> None:
    assert CLAUSES - {finding.clause for finding in findings} == set()
    assert {finding.severity for finding in findings} == {"serious", "look", "note"}


def test_every_account_and_both_instagram_eras_are_read(records: list[Record]) -> None:
    accounts = [(r.platform, r.account, r.era) for r in records if isinstance(r, Summary)]
    assert sorted(accounts) == [
        ("facebook", "Marnie Oakhanger", "2024 onward"), ("instagram", "marnie.oakhanger", "2025 onward"),
        ("instagram", "marnz_uni_days", "2021-2022"), ("threads", "marnie.oakhanger", "2023 onward"),
        ("x", "marnie_oakhanger", "2020 onward"),
    ]  # fmt: skip


def test_one_broken_file_and_one_unknown_file_per_export_are_told_of(records: list[Record]) -> None:
    told = Counter((r.platform, r.state) for r in records if isinstance(r, Coverage))
    assert [(r.platform, r.member.rpartition("/")[2]) for r in records if isinstance(r, Coverage) and r.state == "failed"] == [
        ("facebook", "polls_you_voted_on.json")
    ]
    assert {platform: told[(platform, "unknown")] for platform in ("x", "facebook", "instagram")} == {
        "x": 1, "facebook": 1, "instagram": 2,
    }  # fmt: skip


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
    assert [(row.suggestion, row.name, row.handles) for row in rows[:6]] == [
        ("pupil", "Mason Dray", ()), ("pupil", None, ()), ("pupil", "Alfie Wexcombe", ("alfie.wex12",)),
        ("former-pupil", None, ("jaya.thornquill",)), ("parent", "Nadia Birchall-Iqbal", ()),
        ("parent", "Tom Wexcombe", ("tom.wexcombe",)),
    ]  # fmt: skip
    assert [row.name for row in rows].count("Jo Marchbank") == 2
    assert not {"Missy Oakhanger", "Callum Frayne"} & {row.name for row in rows if row.suggestion in ("pupil", "parent")}


def test_meta_files_are_ascii_with_each_byte_as_a_letter_of_its_own() -> None:
    bodies = [body for zip_name, name, body in members() if name.endswith(".json")]
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


def test_every_address_and_number_is_one_that_nobody_has() -> None:
    text = b"\n".join(body for _, name, body in members() if name.endswith((".js", ".json"))).decode("utf-8", "replace")
    numbers = set(re.findall(r"(?<!\d)(?:\+?44|0)\s?7[\d\s]{9,11}(?!\d)", text))
    assert {re.sub(r"\s", "", number)[-9:-3] for number in numbers} == {"700900"}
    mails = set(re.findall(r"[\w.+-]+@([\w-]+\.[\w.]*\w)", text)) - {"www.threads.com"}
    assert {mail for mail in mails if "." in mail and not mail.startswith("threads")} <= {"example.com", "example.org"}


def test_a_picture_is_a_whole_jpeg() -> None:
    assert picture(3)[:3] == b"\xff\xd8\xff" and picture(3)[-2:] == b"\xff\xd9" and picture(3) != picture(4)
