"""The known traps of Bluesky's repository file, one by one, in the order of the format notes."""

import io
import os
import zipfile
from pathlib import Path

import making_car as make
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import laid
from making_car import DID, FOLLOW, KIT, KITS, MAUD, POST, Repository, cbor, key, link, post, tid

from auditlib.exports import look
from auditlib.platforms import _bluesky_records as say
from auditlib.platforms import _bluesky_repo as repo
from auditlib.records import Connection, Coverage, Item, Media, Quoted, Setting, Summary

SHARED = Path(__file__).resolve().parents[2] / "shared" / "fixtures" / "bluesky"
AT = "2024-09-01T10:00:00Z"


class Read:
    """What one file gives."""

    def __init__(self, path: Path) -> None:
        with look([path]) as found:
            records = list(found.records())
        self.items = [r for r in records if isinstance(r, Item)]
        self.connections = [r for r in records if isinstance(r, Connection)]
        self.settings = {r.id.removeprefix("bluesky."): (r.value, r.raw) for r in records if isinstance(r, Setting)}
        self.coverage = [r for r in records if isinstance(r, Coverage)]
        [self.summary] = [r for r in records if isinstance(r, Summary)]
        self.texts = [i.text for i in self.items]


def read(folder: Path, *records: tuple[str, dict], **how: object) -> Read:
    return Read(next(iter(laid(folder, {"repo.car": Repository(records).car(**how)}).iterdir())))


def one(folder: Path, text: str, **more: object) -> Item:
    [item] = read(folder, (key(POST, AT), post(text, AT, **more))).items
    return item


def test_01_links_to_blocks_and_strings_of_bytes_arrive_alike_and_neither_is_shown(tmp_path):
    other = {"$type": "example.blob", "hash": b"\x01\x71\x12\x20" + b"a" * 32, "picture": make.blob(), "note": "words"}
    assert read(tmp_path, (key("example.blob", AT), other)).texts == ["words"]


def test_02_the_time_is_what_the_app_claims_and_the_key_tells_when_it_was_written(tmp_path):
    found = read(
        tmp_path,
        (key(POST, "2024-09-01T10:00:00Z"), post("imported", "2011-05-04T08:00:00.000Z")),
        (key(POST, "2024-09-02T10:00:00Z"), post("offset", "2024-09-02T03:00:00-07:00")),
        (key(POST, "2024-09-03T10:00:00Z"), post("malformed", "yesterday")),
        (key(POST, "2024-09-04T10:00:00Z"), post("impossible", "0000-13-45T99:00:00Z")),
        (f"{POST}/mine", post("no time at all", "soon")),
    )
    assert {i.text: i.at for i in found.items} == {
        "imported": "2011-05-04T08:00:00+00:00",
        "offset": "2024-09-02T10:00:00+00:00",
        "malformed": "2024-09-03T10:00:00+00:00",
        "impossible": "2024-09-04T10:00:00+00:00",
        "no time at all": None,
    }
    assert found.summary.warnings[0] == (
        "1 record(s) carry a date more than a day away from when they were put on Bluesky (on 2024-09-01): "
        "the app that posted them set the date."
    )


@pytest.mark.parametrize(
    ("claim", "away"),
    [
        ("2024-09-01T23:59:59.123Z", False),
        ("2024-09-02T09:59:59.999Z", False),
        ("2024-09-02T10:00:02Z", True),
        ("2024-08-31T10:00:01.123456Z", False),
        ("2024-08-31T09:59:59.12Z", True),
        ("2024-08-31T09:59:59+00:00", True),
        ("2024-09-01T10:00:00", False),
    ],
)
def test_02_more_than_a_day_is_told_to_the_second(claim, away):
    assert say.claimed(claim, say.written(tid(AT)))[1] is away


def test_03_facets_are_counted_in_bytes_and_hold_the_whole_link(tmp_path):
    text = "naïve 😀 tea.example/lon… and here"
    start = len("naïve 😀 ".encode())
    middle = start + len("tea.example/lon…".encode())
    end = len(text.encode())
    item = one(
        tmp_path,
        text,
        facets=[
            link(start, middle, "https://tea.example/long/way"),
            link(end - 4, end, "https://cup.example"),
            link(900, 910, "https://off.example"),
        ],
    )
    assert item.text == "naïve 😀 https://tea.example/long/way and here"
    assert item.links == ("https://tea.example/long/way", "https://cup.example", "https://off.example")


def test_04_people_are_dids_with_a_page_to_open_and_no_handle(tmp_path):
    found = read(
        tmp_path, (key(FOLLOW, AT), make.about(FOLLOW, KIT, AT)), (key(make.BLOCK, AT), make.about(make.BLOCK, MAUD, AT))
    )
    assert [(c.relation, c.id, c.handle, c.name, c.url) for c in found.connections] == [
        ("blocked", MAUD, None, None, f"https://bsky.app/profile/{MAUD}"),
        ("following", KIT, None, None, f"https://bsky.app/profile/{KIT}"),
    ]
    assert found.summary.account == DID


def test_05_a_file_that_is_cut_off_fails_and_says_so(tmp_path):
    data = Repository(make.many().items()).car()
    for length in (0, 1, 30, 70, 300, 2000, len(data) - 50, len(data) - 1):
        path = tmp_path / f"{length}.car"
        path.write_bytes(data[:length])
        found = Read(path)
        assert [c.state for c in found.coverage] == ["failed"], length
        assert found.coverage[0].reason in ("it is empty", "it stops in the middle: download the archive again if you can")
        if length > 300:
            assert "The file stops in the middle" in found.summary.warnings[0]
    assert len(found.items) == 23


def test_06_records_of_other_apps_are_listed_and_their_words_shown(tmp_path):
    found = read(tmp_path, *make.others().items())
    blog, visit = (i for i in found.items if i.kind == "other")
    assert (blog.title, blog.text) == ("On kettles", "They boil.\nThen they stop.\npublic")
    assert (visit.text, visit.links) == ("I bring cups\ngoing", ("https://tea.example/party",))
    assert [c.member for c in found.coverage if c.state == "unknown"] == [
        "repo.car: com.whtwnd.blog.entry",
        "repo.car: community.lexicon.calendar.rsvp",
    ]


def test_07_kinds_of_the_first_months_are_known(tmp_path):
    found = Read(laid(tmp_path, {"repo.car": Repository(make.early().items(), KIT).car(version=2)}) / "repo.car")
    assert [(i.kind, i.title, i.quoted) for i in found.items if i.kind == "reaction"] == [
        ("reaction", "up", Quoted(KITS, KIT, None))
    ]
    assert [(c.relation, c.id) for c in found.connections] == [("following", MAUD)]
    assert [(c.state, c.member) for c in found.coverage] == [
        ("read", "repo.car"),
        ("ignored", "repo.car: app.bsky.graph.confirmation"),
        ("ignored", "repo.car: app.bsky.system.declaration"),
    ]
    assert found.summary.era == "2022-2023"


def test_the_tree_is_walked_so_that_stale_and_deleted_blocks_are_not_read(tmp_path):
    stale = [cbor(post("deleted", AT)), cbor({"e": [], "l": None})]
    assert read(tmp_path, (key(POST, AT), post("kept", AT)), stale=stale).texts == ["kept"]


def test_blocks_may_lie_in_any_order_the_first_one_last(tmp_path):
    data = Repository(make.many().items())
    top = data.commit()
    frames = [make.frame(raw + block) for raw, block in data.blocks.items() if raw != top.raw]
    padding = make.frame(make.Cid.of(b"\x40").raw + bytes(repo.CHUNK))  # so that it lies beyond what `begin` looks at
    car = (
        make.frame(cbor({"roots": [top], "version": 1}))
        + padding
        + b"".join(frames)
        + make.frame(top.raw + data.blocks[top.raw])
    )
    found = Read(laid(tmp_path, {"repo.car": car}) / "repo.car")
    assert (len(found.items), found.summary.account, found.coverage[0].state) == (24, DID, "read")


@given(st.dictionaries(st.from_regex(r"[a-z.]{1,9}/[a-z2-7]{1,13}", fullmatch=True), st.text(), max_size=80))
@settings(max_examples=60, deadline=None)
def test_whatever_tree_is_built_the_walk_gives_every_record_once_and_in_order(records):
    made = Repository([(name, {"text": text}) for name, text in records.items()])
    with repo.Blocks(io.BytesIO(made.car()), None) as blocks:
        commit = repo.committed(blocks.reader()(blocks.root))
        found = list(repo.entries(blocks, commit.data))
    assert found == [(name, {"text": records[name]}) for name in sorted(records)]


def test_a_missing_record_costs_itself_and_a_missing_node_what_lies_below(tmp_path):
    whole = Repository(make.many().items())
    record = list(whole.values.values())[3]
    found = Read(laid(tmp_path / "a", {"repo.car": whole.car(without=[record])}) / "repo.car")
    assert (len(found.items), found.coverage[0].reason) == (23, "1 of 24 entries could not be read")
    found = Read(laid(tmp_path / "b", {"repo.car": whole.car(without=[whole.nodes[0]])}) / "repo.car")
    assert len(found.items) < 24
    assert found.coverage[0].detail.startswith("MissingBlock at ")
    assert "are named in the file but are not in it" in found.summary.warnings[0]


def test_a_block_that_fails_its_checksum_is_not_shown(tmp_path):
    data = Repository([(key(POST, AT), post("These words were meant", AT))]).car().replace(b"words were", b"wordz were")
    found = Read(laid(tmp_path, {"repo.car": data}) / "repo.car")
    assert (found.items, found.coverage[0].reason) == ([], "1 of 1 entries could not be read")


def test_a_tree_that_leads_back_to_itself_ends(tmp_path):
    made = Repository([(key(POST, AT), post("once", AT))])
    inner = made.add(cbor({"e": [], "l": made.root}))
    made.root = made.add(
        cbor(
            {
                "e": [
                    {"p": 0, "k": key(POST, "2025-01-01T00:00:00Z").encode(), "v": next(iter(made.values.values())), "t": inner}
                ],
                "l": inner,
            }
        )
    )
    found = Read(laid(tmp_path, {"repo.car": made.car()}) / "repo.car")
    assert found.texts == ["once", "once"]
    assert found.coverage[0].state == "failed"


def test_what_is_a_car_but_no_repository_says_so(tmp_path):
    for number, root in enumerate((cbor({"did": 7}), cbor([1]), b"\xff\xff")):
        cid = make.Cid.of(root)
        data = make.frame(cbor({"roots": [cid], "version": 1})) + make.frame(cid.raw + root)
        found = Read(laid(tmp_path / str(number), {"other.car": data}) / "other.car")
        assert (found.summary.account, found.coverage[0].reason) == (None, "it is not in a form that can be read")


def test_two_accounts_in_one_folder_are_two_and_of_one_account_the_newer_is_read(tmp_path):
    old = Repository([(key(POST, AT), post("old", AT))])
    new = Repository([(key(POST, AT), post("new", AT))])
    kits = Repository([(key(POST, AT), post("kit's", AT))], KIT)
    laid(
        tmp_path,
        {
            "repo.car": new.car(rev=tid("2025-02-01T00:00:00Z")),
            "repo (1).car": old.car(rev=tid("2024-02-01T00:00:00Z")),
            "kit.car": kits.car(),
        },
    )
    with look([tmp_path]) as found:
        records = list(found.records())
    assert sorted((r.account, r.text) for r in records if isinstance(r, Item)) == [(KIT, "kit's"), (DID, "new")]
    assert [r.member for r in records if isinstance(r, Coverage) and r.state == "ignored"] == ["repo (1).car"]


def test_a_file_in_a_zip_gives_what_the_file_gives_and_without_pread_too(tmp_path, monkeypatch):
    data = Repository(make.recent().items()).car()
    (tmp_path / "repo.car").write_bytes(data)
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("repo.car", data)
    plain = Read(tmp_path / "repo.car")
    assert Read(tmp_path / "z.zip").items == plain.items
    monkeypatch.delattr(os, "pread", raising=False)
    assert Read(tmp_path / "repo.car").items == plain.items
    assert Read(tmp_path / "z.zip").items == plain.items


@pytest.mark.parametrize(
    ("allow", "said"),
    [
        (None, ("public", "anyone may answer")),
        ([], ("off", "nobody may answer")),
        ([{"$type": "x#followerRule"}], ("followers", "may answer: followers")),
        ([{"$type": "x#mentionRule"}, {"$type": "x#listRule"}], ("unknown", "may answer: people mentioned, a list")),
    ],
)
def test_who_may_answer_is_missing_for_anyone_and_empty_for_nobody(tmp_path, allow, said):
    gate = {"$type": "app.bsky.feed.threadgate", "post": KITS, "createdAt": AT} | ({} if allow is None else {"allow": allow})
    assert read(tmp_path, (key("app.bsky.feed.threadgate", AT), gate)).settings == {"who-can-reply-and-quote": said}


def test_a_profile_without_labels_says_nothing_about_logged_out_visitors(tmp_path):
    for number, (labels, said) in enumerate(
        (
            ({}, {}),
            ({"labels": {"values": []}}, {"logged-out-visibility": ("off", "")}),
            (
                {"labels": {"values": [{"val": "!no-unauthenticated"}]}},
                {"logged-out-visibility": ("on", "!no-unauthenticated")},
            ),
        )
    ):
        profile = {"$type": "app.bsky.actor.profile", **labels}
        assert read(tmp_path / str(number), ("app.bsky.actor.profile/self", profile)).settings == said


def test_words_for_settings_that_are_not_known_are_not_guessed(tmp_path):
    found = read(tmp_path, ("chat.bsky.actor.declaration/self", {"allowIncoming": "moonlight"}))
    assert found.settings == {"allow-messages-from": ("unknown", "moonlight")}


def test_the_description_of_a_moving_picture_is_the_persons_own(tmp_path):
    card = {"uri": "https://gif.example/a", "title": "cat", "description": "ALT: a cat falls off a shelf"}
    assert one(tmp_path, "", embed={"$type": "app.bsky.embed.external", "external": card}).media == (
        Media(None, "link", "a cat falls off a shelf", "cat"),
    )


def test_an_embed_of_an_unknown_kind_keeps_its_words(tmp_path):
    item = one(tmp_path, "", embed={"$type": "example.poll", "question": "Tea or tea?", "options": ["tea", "tea!"]})
    assert item.media == (Media(None, "other", None, "tea\ntea!\nTea or tea?"),)


def test_the_committed_files_are_what_the_builder_makes():
    archives = Path(__file__).parent / "archives"
    assert {name: (archives / name / "repo.car").read_bytes() for name in make.committed()} == make.committed()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared example files are not here")
def test_a_whole_repository_of_another_project_is_read():
    found = Read(SHARED / "indigo_fakermaker.repo.car")
    assert found.summary.counts == {"following": 78, "post": 26, "profile": 2, "reaction": 22, "repost": 15}
    assert [c.state for c in found.coverage] == ["read"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared example files are not here")
def test_a_part_of_a_repository_of_another_project_says_what_is_missing():
    found = Read(SHARED / "indigo_repo_slice.car")
    assert (len(found.items), found.coverage[0].reason) == (1, "5 of 6 entries could not be read")


def test_a_file_damaged_inside_a_zip_is_said_to_be_damaged(tmp_path):
    data = Repository([(key(POST, AT), post("words", AT))]).car()
    with zipfile.ZipFile(tmp_path / "bsky.zip", "w") as z:
        z.writestr("repo.car", data)
    whole = (tmp_path / "bsky.zip").read_bytes()
    (tmp_path / "bsky.zip").write_bytes(b"XX" + whole[2:])  # where the member begins; the list of contents is whole
    assert [(c.state, c.detail) for c in Read(tmp_path / "bsky.zip").coverage] == [("failed", "BadZipFile")]
