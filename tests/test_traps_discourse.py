"""The known traps of Discourse's download, one by one, in the order of the format notes."""

import gzip

import pytest
from making import laid, zipped
from making_tables import Told, read, table

from auditlib.records import Conversation, Item, Media, Quoted, ReplyTo

HEADER = "topic_title,categories,is_pm,post_raw,post_cooked,like_count,reply_count,url,created_at"
SITE = "https://talk.example"
WHEN = "2022-03-04 05:06:07 UTC"
OWNER = {"preferences.json": {"user": {"username": "wren_otter"}}}


def row(text: str, number: int = 1, private: str = "No", categories: str = "General", **more: str) -> tuple[object, ...]:
    url = f"{SITE}/t/parking-rota/31/{number}"
    cells = {"title": "Parking rota", "cooked": "<p>x</p>", "url": url, "at": WHEN} | more
    return (cells["title"], categories, private, text, cells["cooked"], 2, 0, cells["url"], cells["at"])


def archive(*rows: tuple[object, ...]) -> dict[str, object]:
    return OWNER | {"user_archive.csv": table(HEADER, *rows)}


@pytest.mark.parametrize(
    ("no", "yes"), [("No", "Yes"), ("Nein", "Ja"), ("Non", "Oui"), ("否", "是"), ("Mhai", "Tha"), ("false", "true")]
)
def test_01_whether_a_post_is_private_is_a_translated_word(tmp_path, no, yes):
    rows = [row("a", 1, no), row("b", 2, no), row("c", 3, yes), row("d", 4, no, "-")]
    found = read(tmp_path, archive(*rows))
    assert [(i.text, i.kind) for i in found.items] == [("a", "post"), ("b", "post"), ("c", "message"), ("d", "message")]


def test_02_the_whole_of_a_post_and_of_a_reply(tmp_path):
    found = read(tmp_path, archive(row("the first"), row('**never** "any"\r\nspace', 7)))
    same = {"platform": "discourse", "account": "wren_otter (talk.example)", "author": "me", "author_name": "wren_otter"}
    key, url = "discourse:talk.example:wren_otter:post:31/", f"{SITE}/t/parking-rota/31"
    at, title = "2022-03-04T05:06:07+00:00", "Parking rota"
    assert found.items == [
        Item(kind="post", where="user_archive.csv#0", key=f"{key}1", id="31/1", at=at, title=title, text="the first",
            url=f"{url}/1", **same),
        Item(kind="post", where="user_archive.csv#1", key=f"{key}7", id="31/7", at=at, title=title,
            text='**never** "any"\nspace', url=f"{url}/7", reply_to=ReplyTo(None, None, url), **same),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "at"),
    [
        (WHEN, "2022-03-04T05:06:07+00:00"),
        ("2022-03-04T05:06:07.123Z", "2022-03-04T05:06:07.123+00:00"),
        ("2022-03-04 05:06:07 +0000", "2022-03-04T05:06:07+00:00"),
        ("2022-03-04 05:06:07", "2022-03-04T05:06:07+00:00"),
        ("last week", None),
    ],
)
def test_03_times_vary_by_version(tmp_path, said, at):
    assert [i.at for i in read(tmp_path, archive(row("x", at=said))).items] == [at]


def test_04_before_2021_it_was_one_gzipped_table(tmp_path):
    old = "topic_title,category,sub_category,is_pm,post,like_count,reply_count,url,created_at"
    data = table(old, ("Rota", "Staffroom", "", "No", "words", 0, 0, f"{SITE}/t/rota/9/1", WHEN))
    file = tmp_path / "user_archive-wren_otter-190304-050607.csv.gz"
    file.write_bytes(gzip.compress(data))
    found = Told(file)
    assert (found.platforms, found.texts(), found.accounts) == (["discourse"], ["words"], ["wren_otter (talk.example)"])


def test_05_the_page_form_is_used_where_nothing_else_is_there(tmp_path):
    found = read(tmp_path, archive(row("", cooked="<p>Only <b>this</b><br>is &amp; was</p>"), row("*raw*", 2)))
    assert found.texts() == ["Only this\nis & was", "*raw*"]


def test_06_a_private_message_names_nobody_it_went_to(tmp_path):
    found = read(tmp_path, archive(row("hello", private="Yes")))
    assert [(i.audience, i.conversation, i.reply_to) for i in found.items] == [
        ("direct", Conversation("31", "Parking rota", (), False), None)
    ]
    assert "does not export whom your private messages went to" in found.warnings


def test_07_held_posts_are_drafts_and_approved_ones_are_not_told_twice(tmp_path):
    rows = [(1, "rejected", 3, 31, "no", "{}"), (2, "approved", 3, 31, "yes", ""), (3, "pending", 3, "", "wait", "{broken")]
    held = table("id,verdict,category_id,topic_id,post_raw,other_json", *rows)
    found = read(tmp_path, archive(row("x")) | {"queued_posts.csv": held})
    assert [(i.text, i.state) for i in found.items] == [("x", "live"), ("no", "draft"), ("wait", "draft")]


def test_08_reactions_are_ids_only(tmp_path):
    likes = table("id,post_id,created_at,updated_at,deleted_at,deleted_by", (1, 900, WHEN, "", "", ""))
    found = read(tmp_path, archive(row("x")) | {"likes.csv": likes})
    assert [(i.kind, i.id, i.text, i.url) for i in found.items if i.kind == "reaction"] == [
        ("reaction", "900", "", f"{SITE}/p/900")
    ]


def test_09_fields_of_the_preferences_vary_and_those_of_privacy_are_carried_by_their_name(tmp_path):
    user = {
        "username": "wren_otter",
        "user_option": {"hide_profile": True, "email_digests": True, "allow_private_messages": False},
    }
    found = read(tmp_path, archive(row("x")) | {"preferences.json": {"user": user}})
    assert found.settings == {
        "discourse.hide-profile": ("on", "true"),
        "discourse.allow-private-messages": ("off", "false"),
    }


def test_10_internet_addresses_are_not_looked_at(tmp_path):
    found = read(
        tmp_path, archive(row("x")) | {"auth_tokens.csv": b"id,client_ip\n1,192.0.2.1\n", "auth_token_logs.csv": b"id\n"}
    )
    assert not {"auth_tokens.csv", "auth_token_logs.csv"} & found.states.keys()


def test_the_words_of_others_in_a_quote_are_not_the_persons(tmp_path):
    text = '[quote="kit, post:3, topic:31"]\nouter [quote="maud"]inner[/quote]\n[/quote]\n\nI do.'
    [item] = read(tmp_path, archive(row(text, 9))).items
    assert (item.text, item.quoted) == ("I do.", Quoted(None, "kit", "outer"))
    [item] = read(tmp_path / "between", archive(row("Before.\n\n[quote=kit]x[/quote]\n\nBehind.", 9))).items
    assert item.text == "Before.\n\nBehind."


def test_pictures_and_links_in_markdown_are_told(tmp_path):
    [item] = read(tmp_path, archive(row("see https://otters.example/a ![an otter|690x388](upload://abc.jpeg)"))).items
    assert (item.links, item.media) == (("https://otters.example/a",), (Media(None, "photo", "an otter"),))


def test_one_name_on_two_forums_is_two_accounts(tmp_path):
    there = table(HEADER, row("there", url="https://chat.example/t/x/1/1"))
    paths = [
        zipped(tmp_path / "user_archive-wren-220304-050607-1.zip", {"user_archive.csv": table(HEADER, row("here"))}),
        zipped(tmp_path / "user_archive-wren-220304-050608-2.zip", {"user_archive.csv": there}),
    ]
    found = Told(*paths)
    assert sorted(map(str, found.accounts)) == ["wren (chat.example)", "wren (talk.example)"]
    assert sorted(found.texts()) == ["here", "there"]


def test_the_table_is_known_under_any_name_by_its_header(tmp_path):
    found = Told(laid(tmp_path, {"forum.csv": table(HEADER, row("x"))}) / "forum.csv")
    assert (found.platforms, found.texts()) == (["discourse"], ["x"])
