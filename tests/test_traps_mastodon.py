"""The known traps of Mastodon's archive and CSV files, one by one, in the order of the format notes."""

import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from making import laid

from auditlib.exports import look
from auditlib.platforms._mastodon_posts import words
from auditlib.records import Connection, Conversation, Coverage, Item, ProfileFact, Quoted, ReplyTo, Setting, Summary

ME, PUBLIC = "https://toot.example/users/wren", "https://www.w3.org/ns/activitystreams#Public"
FOLLOWERS = f"{ME}/followers"
KIT, MAUD = "https://other.example/users/kit", "https://third.example/users/maud"
ACTOR = {"id": ME, "type": "Person", "preferredUsername": "wren", "name": "Wren", "followers": FOLLOWERS}
CSVS = {
    "following_accounts.csv": b"Account address,Show boosts,Notify on new posts,Languages\nkit@other.example,true,false,\n",
    "blocked_accounts.csv": b"cross@angry.example\n",
    "muted_accounts.csv": b"Account address,Hide notifications\nloud@noisy.example,true\n",
    "lists.csv": b"Tea,kit@other.example\nTea,maud@third.example\n",
    "blocked_domains.csv": b"spam.example\n",
    "bookmarks.csv": b"https://other.example/users/kit/statuses/79\n",
}


class Read:
    """What the given paths give."""

    def __init__(self, *paths: Path) -> None:
        with look(paths) as found:
            records = list(found.records())
        self.items = [r for r in records if isinstance(r, Item)]
        self.people = [(r.relation, r.handle or r.id) for r in records if isinstance(r, Connection)]
        self.settings = {r.id.removeprefix("mastodon."): (r.value, r.raw) for r in records if isinstance(r, Setting)}
        self.coverage = [r for r in records if isinstance(r, Coverage)]
        self.summaries = [r for r in records if isinstance(r, Summary)]
        self.warnings = " ".join(w for s in self.summaries for w in s.warnings)


def files(*activities: object, actor: dict | None = None, **more: object) -> dict[str, bytes]:
    outbox = {"id": "outbox.json", "type": "OrderedCollection", "totalItems": len(activities), "orderedItems": activities}
    documents = {"actor.json": actor or ACTOR, "outbox.json": outbox} | {f"{k}.json": v for k, v in more.items()}
    return {name: json.dumps(value).encode() for name, value in documents.items()}


def note(
    content: object = "<p>words</p>", to: object = (PUBLIC,), cc: object = (FOLLOWERS,), **more: object
) -> dict[str, object]:
    own = f"{ME}/statuses/1"
    body = {
        "id": own,
        "type": "Note",
        "published": "2024-05-06T07:08:09Z",
        "url": "https://toot.example/@wren/1",
        "to": to,
        "cc": cc,
    }
    return {
        "id": f"{own}/activity",
        "type": "Create",
        "published": "2024-05-06T07:08:09Z",
        "object": body | {"content": content} | more,
    }


def one(folder: Path, *given: object, **more: object) -> Item:
    [item] = Read(laid(folder, files(note(*given, **more)))).items
    return item


def tarball(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize(
    ("content", "text", "links"),
    [
        ("<p>one<br />two</p><p>three &amp; four</p>", "one\ntwo\n\nthree & four", []),
        ("<p>a &lt;b&gt; c</p>", "a <b> c", []),
        (
            '<p>see <a href="https://tea.example/a?b=1&amp;c=2" rel="nofollow"><span class="invisible">https://</span>'
            '<span class="ellipsis">tea.example/a</span><span class="invisible">?b=1&amp;c=2</span></a> now</p>',
            "see https://tea.example/a?b=1&c=2 now",
            ["https://tea.example/a?b=1&c=2"],
        ),
        (
            '<p><span class="h-card"><a href="https://other.example/@kit" class="u-url mention">@<span>kit</span></a></span> '
            '<a href="https://toot.example/tags/tea" class="mention hashtag" rel="tag">#<span>tea</span></a></p>',
            "@kit #tea",
            [],
        ),
        ("<ul><li>one</li><li>two</li></ul><blockquote>said</blockquote>", "one\ntwo\n\nsaid", []),
        ("<p title='a > b'>kept</p>", "kept", []),
        ("no mark-up &quot;at all&quot;", 'no mark-up "at all"', []),
        ("<p>left < right <3</p>", "left < right <3", []),
        (None, "", []),
    ],
)
def test_01_content_is_html(content, text, links):
    assert words(content) == (text, links)


def test_01_hostile_html_takes_no_longer():
    assert len(words("<p " * 50_000)[0]) > 0
    assert len(words("<a href='" * 20_000)[0]) > 0


def test_02_the_content_warning_is_part_of_what_readers_see(tmp_path):
    assert one(tmp_path / "a", summary="Spilt tea").title == "Spilt tea"
    assert one(tmp_path / "b", summary=None).title is None


def test_03_the_object_of_a_boost_is_an_address_and_its_words_are_absent(tmp_path):
    boost = {
        "id": f"{ME}/statuses/2/activity",
        "type": "Announce",
        "published": "2024-05-06T07:08:09Z",
        "to": [PUBLIC],
        "cc": [],
        "object": f"{KIT}/statuses/9",
    }
    [item] = Read(laid(tmp_path, files(boost))).items
    assert (item.kind, item.author, item.text, item.quoted, item.url) == (
        "repost",
        "me",
        "",
        Quoted(f"{KIT}/statuses/9", "kit@other.example", None),
        f"{KIT}/statuses/9",
    )


def test_04_counts_are_not_needed(tmp_path):
    likes = {"id": "likes.json", "type": "OrderedCollection", "orderedItems": [f"{KIT}/statuses/1"]}
    found = Read(laid(tmp_path, files(note(), likes=likes)))
    assert [i.kind for i in found.items] == ["post", "reaction"]
    assert {c.state for c in found.coverage} == {"read"}


@pytest.mark.parametrize(
    "address",
    [
        "media_attachments/files/000/007/original/cup.png",
        "/media_attachments/files/000/007/original/cup.png",
        "/system/media_attachments/files/000/007/original/cup.png",
        "https://files.toot.example/cache/files/000/007/original/cup.png?v=1",
    ],
)
def test_05_pictures_are_found_by_the_tail_of_their_address(tmp_path, address):
    picture = {"type": "Document", "mediaType": "image/png", "url": address, "name": "A cup"}
    laid(
        tmp_path,
        files(note(attachment=[picture]))
        | {f"media_attachments/files/000/{n:03}/original/cup.png": b"invented" for n in (6, 7)},
    )
    [item] = Read(tmp_path).items
    assert [(m.path, m.type, m.alt) for m in item.media] == [
        ("media_attachments/files/000/007/original/cup.png", "photo", "A cup")
    ]


def test_06_times_are_utc(tmp_path):
    assert one(tmp_path).at == "2024-05-06T07:08:09+00:00"


def test_07_a_poll_is_a_post_with_its_options(tmp_path):
    options = [{"type": "Note", "name": "Tea"}, {"type": "Note", "name": "More tea"}]
    assert one(tmp_path / "a", type="Question", oneOf=options).text == "words\nTea\nMore tea"
    assert one(tmp_path / "b", type="Question", anyOf=options).text == "words\nTea\nMore tea"


@pytest.mark.parametrize("public", [PUBLIC, "as:Public"])
@pytest.mark.parametrize("listed", [True, False])
def test_who_can_see_a_post_is_told_by_its_addresses(tmp_path, public, listed):
    def both(value: str) -> object:  # one address may stand for a list of one
        return [value] if listed else value

    for number, (to, cc, audience, kind) in enumerate(
        (
            (both(public), both(FOLLOWERS), "public", "post"),
            (both(FOLLOWERS), both(public), "unlisted", "post"),
            (both(FOLLOWERS), [KIT], "followers", "post"),
            (both(KIT), [], "direct", "message"),
            ([KIT, MAUD], [], "group", "message"),
            ([], [], "private", "message"),
        )
    ):
        item = one(tmp_path / str(number), "<p>x</p>", to, cc)
        assert (item.audience, item.kind) == (audience, kind)


def test_a_direct_post_is_a_message_with_the_people_mentioned(tmp_path):
    mention = {"type": "Mention", "href": KIT, "name": "@kit@other.example"}
    item = one(tmp_path, "<p>x</p>", [KIT], [], tag=[mention], conversation="tag:toot.example,2024:1")
    assert item.conversation == Conversation("tag:toot.example,2024:1", None, ("kit@other.example",), False)


@pytest.mark.parametrize(
    ("address", "author"),
    [
        (f"{KIT}/statuses/8", "kit@other.example"),
        (f"{ME}/statuses/7", "wren@toot.example"),
        ("https://third.example/objects/0a1b", None),
        ("https://third.example/notice/99", None),
    ],
)
def test_a_reply_names_whom_it_answers_where_that_can_be_told(tmp_path, address, author):
    mention = {"type": "Mention", "href": KIT, "name": "@kit@other.example"}
    reply = one(tmp_path, inReplyTo=address, tag=[mention]).reply_to
    assert reply == ReplyTo(address, author, address)


def test_the_line_that_stands_for_a_quoted_post_is_left_out(tmp_path):
    content = '<p class="quote-inline">RE: <a href="https://other.example/@kit/1">other.example</a></p><p>Quite so</p>'
    item = one(tmp_path / "a", content, quote=f"{KIT}/statuses/1")
    assert (item.text, item.links, item.quoted) == ("Quite so", (), Quoted(f"{KIT}/statuses/1", "kit@other.example", None))
    assert one(tmp_path / "b", "<p>RE: all</p>").text == "RE: all"


def test_settings_are_told_as_far_as_the_profile_holds_them(tmp_path):
    held = {"manuallyApprovesFollowers": False, "discoverable": None, "indexable": True}
    assert Read(laid(tmp_path / "a", files(actor=ACTOR | held))).settings == {
        "automatically-accept-new-followers": ("on", "manuallyApprovesFollowers: false"),
        "feature-profile-and-posts-in-discovery-algorithms": ("unknown", "discoverable: null"),
        "include-public-posts-in-search-results": ("on", "indexable: true"),
    }
    assert Read(laid(tmp_path / "b", files())).settings == {}


def test_the_csv_files_join_the_account_wherever_they_lie(tmp_path):
    people = [
        ("blocked", "cross@angry.example"),
        ("blocked", "spam.example"),
        ("following", "kit@other.example"),
        ("muted", "loud@noisy.example"),
    ]
    laid(tmp_path / "beside", CSVS)
    archive = tarball(tmp_path / "archive-20240506070809-0123456789abcdef0123456789abcdef.tar.gz", files(note()))
    for found in (
        Read(archive, *sorted((tmp_path / "beside").iterdir())),
        Read(archive, tmp_path / "beside"),
        Read(laid(tmp_path / "unpacked", files(note()) | CSVS)),
    ):
        assert [s.account for s in found.summaries] == ["wren@toot.example"]
        assert sorted(found.people) == people
        assert [(i.title, i.links) for i in found.items if i.kind == "other"] == [
            ("Tea", ("https://other.example/@kit", "https://third.example/@maud"))
        ]
        assert "is not in what you gave" not in found.warnings
        assert {c.state for c in found.coverage} == {"read", "ignored"}


def test_both_kinds_of_archive_are_opened(tmp_path):
    members = files(note())
    old = tarball(tmp_path / "archive-20220506070809-0123456789abcdef0123456789abcdef.tar.gz", members)
    with zipfile.ZipFile(tmp_path / "archive-20240506070809-0123456789abcdef0123456789abcdef.zip", "w") as z:
        for name, data in members.items():
            z.writestr(name, data)
    assert [s.era for s in Read(old).summaries] == ["until 2023"]
    assert [s.era for s in Read(tmp_path / "archive-20240506070809-0123456789abcdef0123456789abcdef.zip").summaries] == [
        "2023 onward"
    ]


def test_renamed_csv_files_are_told_by_their_header_or_cells(tmp_path):
    renamed = {
        "a.csv": CSVS["following_accounts.csv"],
        "b.csv": CSVS["muted_accounts.csv"],
        "c.csv": CSVS["lists.csv"],
        "d.csv": CSVS["blocked_accounts.csv"],
        "e.csv": CSVS["bookmarks.csv"],
    }
    found = Read(laid(tmp_path, files(note()) | renamed))
    assert sorted(found.people) == [("following", "kit@other.example"), ("muted", "loud@noisy.example")]
    assert [(c.member, c.state) for c in found.coverage if c.state == "unknown"] == [("d.csv", "unknown")]


def test_an_old_csv_file_has_the_address_only_and_a_header_is_no_account(tmp_path):
    found = Read(laid(tmp_path, {"following_accounts.csv": b"\xef\xbb\xbfAccount address\r\nkit@other.example\r\n"}))
    assert found.people == [("following", "kit@other.example")]
    assert [(c.state, c.count) for c in found.coverage] == [("read", 1)]
    assert "Your posts are not in what you gave" in found.warnings


def test_e_mail_addresses_are_not_taken_for_accounts(tmp_path):
    laid(tmp_path, {"contacts.csv": b"jo@mail.example\n", "wrap/outbox.json": b"{}"} | files(note()))
    assert Read(tmp_path).people == []


def test_an_account_that_moved_says_where_to_ask(tmp_path):
    assert (
        "has moved to https://new.example/users/wren"
        in Read(laid(tmp_path, files(actor=ACTOR | {"movedTo": "https://new.example/users/wren"}))).warnings
    )


@pytest.mark.parametrize("name", ["outbox.json", "outbox (1).json"])
def test_an_outbox_on_its_own_says_whose_it_is(tmp_path, name):
    activity = note("<p>alone</p>") | {"actor": ME}
    outbox = {"type": "OrderedCollection", "orderedItems": [activity]}
    found = Read(laid(tmp_path, {name: json.dumps(outbox).encode()}) / name)
    assert [(i.account, i.author, i.text) for i in found.items] == [("wren@toot.example", "me", "alone")]
    assert "Your profile is not in what you gave" in found.warnings
    whole = Read(laid(tmp_path / "whole", files(activity)))
    assert [i.key for i in whole.items] == [i.key for i in found.items]


def test_an_empty_csv_file_is_known_by_its_name_and_said_to_be_empty(tmp_path):
    found = Read(laid(tmp_path, files() | {"blocked_accounts.csv": b"", "blocked_domains.csv": b""}))
    states = {c.member: (c.state, c.reason) for c in found.coverage if c.member}
    assert states["blocked_accounts.csv"] == states["blocked_domains.csv"] == ("failed", "it is empty")
    assert "Whom you follow or mute is not" in found.warnings


def test_renamed_csv_files_are_not_missed(tmp_path):
    named = {"my follows.csv": CSVS["following_accounts.csv"], "blocks.csv": b"cross@angry.example\n"}
    found = Read(laid(tmp_path, files() | named))
    assert found.people == [("blocked", "cross@angry.example"), ("following", "kit@other.example")]
    assert "Whom you mute is not" in found.warnings


def test_other_accounts_of_the_person_are_handles(tmp_path):
    actor = ACTOR | {"alsoKnownAs": ["https://old.example/users/wren", "https://new.example/@wren"]}
    with look([laid(tmp_path, files(actor=actor))]) as found:
        facts = [(r.fact, r.value) for r in found.records() if isinstance(r, ProfileFact)]
    assert facts[-2:] == [("handle", "wren@old.example"), ("handle", "wren@new.example")]
