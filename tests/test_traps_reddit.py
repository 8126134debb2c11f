"""The known traps of Reddit's data request, one by one, in the order of the format notes."""

from pathlib import Path

import pytest
from making import laid, zipped
from making_tables import Told, read, table

from auditlib.errors import UnknownPlatform
from auditlib.exports import look
from auditlib.reading import Answers
from auditlib.records import Conversation, Item, Media, ReplyTo

SHARED = Path(__file__).resolve().parents[2] / "shared"
SITE = "https://www.reddit.com"
POST = f"{SITE}/r/otters/comments/1abcde/holts/"
COMMENTS = "id,permalink,date,ip,subreddit,gildings,link,parent,body,media"
POSTS = "id,permalink,date,ip,subreddit,gildings,title,url,body"
MESSAGES = "id,permalink,thread_id,date,ip,from,to,subject,body"
CHAT = (
    "message_id,created_at,updated_at,username,message,thread_parent_message_id,channel_url,subreddit,channel_name,"
    "conversation_type"
)
ME = {"statistics.csv": table("statistic,value", ("account name", "wren_otter")), "subscribed_subreddits.csv": b"subreddit\n"}
WHEN = "2023-05-06 17:08:09 UTC"


def comment(number: int, body: str, parent: str = "t3_1abcde", date: str = WHEN) -> tuple[object, ...]:
    return (f"c{number}", f"{POST}c{number}/", date, "", "otters", 0, POST, parent, body, "")


def post(number: int, title: str, body: str = "", url: str | None = None) -> tuple[object, ...]:
    own = f"{SITE}/r/otters/comments/p{number}/x/"
    return (f"p{number}", own, WHEN, "", "otters", 0, title, own if url is None else url, body)


def test_01_a_byte_order_mark_quotes_and_line_breaks_in_cells(tmp_path):
    words = 'well, "that" went\nbadly'
    for number, data in enumerate(
        (
            table(COMMENTS, comment(1, words)),
            b"\xef\xbb\xbf" + table(COMMENTS, comment(1, words)),
            table(COMMENTS, comment(1, words.replace("\n", "\r\n")), end="\r\n"),
        )
    ):
        found = read(tmp_path / str(number), ME | {"comments.csv": data})
        assert [i for i in found.items if i.kind == "comment"] == [
            Item(
                platform="reddit",
                account="wren_otter",
                where="comments.csv#0",
                kind="comment",
                key="reddit:wren_otter:comment:c1",
                id="c1",
                at="2023-05-06T17:08:09+00:00",
                text=words,
                author="me",
                author_name="wren_otter",
                reply_to=ReplyTo("1abcde", None, POST),
                url=f"{POST}c1/",
            )
        ]


def test_02_only_a_header_or_a_blank_row_is_an_empty_table_and_no_fault(tmp_path):
    found = read(
        tmp_path,
        ME | {"comments.csv": table(COMMENTS), "posts.csv": table(POSTS) + b"\n", "friends.csv": b"username,note\n,\n"},
    )
    assert found.items == [] and found.connections == []
    assert {found.states[m] for m in ("comments.csv", "posts.csv", "friends.csv")} == {("read", 0)}


def test_03_only_numbered_files_are_parts_of_a_table(tmp_path):
    votes = "id,permalink,direction"
    found = read(
        tmp_path,
        ME
        | {
            "post_votes_1.csv": table(votes, ("a", f"{SITE}/a", "up")),
            "post_votes_2.csv": table(votes, ("b", f"{SITE}/b", "down"), ("c", f"{SITE}/c", "none")),
            "posts_1.csv": table(POSTS, post(1, "One")),
            "posts_10.csv": table(POSTS, post(3, "Three")),
            "posts_2.csv": table(POSTS, post(2, "Two")),
            "messages.csv": table(MESSAGES, ("m1", "", "t", WHEN, "", "kit", "wren_otter", "s", "first")),
            "messages_archive.csv": table(
                MESSAGES,
                ("m1", "", "t", WHEN, "", "kit", "wren_otter", "s", "first"),
                ("m2", "", "t", WHEN, "", "kit", "wren_otter", "s", "second"),
            ),
        },
    )
    assert [(i.id, i.title) for i in found.items if i.kind == "reaction"] == [("a", "up"), ("b", "down")]
    assert [i.title for i in found.items if i.kind == "post"] == ["One", "Two", "Three"]
    assert found.texts("message") == ["first", "second"]  # the same message in both files is told once


def test_04_dates_are_utc_and_what_is_no_date_is_none(tmp_path):
    rows = [comment(1, "a"), comment(2, "b", date="registration ip"), comment(3, "c", date="2023-02-30 00:00:00 UTC")]
    found = read(tmp_path, ME | {"comments.csv": table(COMMENTS, *rows)})
    assert [(i.text, i.at) for i in found.items] == [("a", "2023-05-06T17:08:09+00:00"), ("b", None), ("c", None)]


def test_05_headers_files_are_the_same_rows_again(tmp_path):
    headers = table(COMMENTS.removesuffix(",body,media"), comment(1, "")[:8])
    found = read(tmp_path, ME | {"comments.csv": table(COMMENTS, comment(1, "once")), "comment_headers.csv": headers})
    assert found.texts("comment") == ["once"]
    alone = read(tmp_path / "alone", ME | {"comment_headers.csv": headers})
    assert alone.items == [] and "the file with their words is not here" in alone.warnings


def test_06_entities_are_undone_and_words_taken_down_are_no_words(tmp_path):
    rows = [comment(1, "&gt; a &amp; b"), comment(2, "[removed]"), comment(3, "[deleted]"), comment(4, "not [removed]")]
    found = read(tmp_path, ME | {"comments.csv": table(COMMENTS, *rows)})
    assert [(i.text, i.deleted) for i in found.items] == [("> a & b", False), ("", True), ("", True), ("not [removed]", False)]


def test_posts_and_comments_of_another_platform_are_not_taken_by_their_names(tmp_path):
    strava = {
        "posts.csv": b"Post Date,Post,Post ID\n2020,x,1\n",
        "comments.csv": b"Comment Date,Comment,Activity ID\n2020,x,1\n",
    }
    assert "reddit" not in _platforms(laid(tmp_path / "a", strava))
    assert _platforms(laid(tmp_path / "b", {"any name.csv": table(COMMENTS, comment(1, "x"))})) == ["reddit"]
    two = {"statistics.csv": b"statistic,value\n", "checkfile.csv": b"filename,sha256\n"}
    assert _platforms(zipped(tmp_path / "c.zip", two)) == ["reddit"]


def _platforms(path: Path) -> list[str]:
    try:
        return Told(path).platforms
    except UnknownPlatform:
        return []


def test_a_folder_of_loose_tables_without_a_mark_is_one_account(tmp_path):
    files = {"statistics.csv": ME["statistics.csv"], "comments.csv": table(COMMENTS, comment(1, "x"))}
    found = Told(laid(tmp_path, files))
    assert (found.platforms, found.accounts, found.texts("comment")) == (["reddit"], ["wren_otter"], ["x"])


def test_a_link_post_and_a_picture_have_the_address_of_what_they_show(tmp_path):
    rows = [
        post(1, "words", "hi"),
        post(2, "link", url="https://news.example/a"),
        post(3, "picture", url="https://i.redd.it/a.jpg"),
        post(4, "video", url="https://v.redd.it/b"),
    ]
    found = read(tmp_path, ME | {"posts.csv": table(POSTS, *rows)})
    assert [(i.title, i.links, i.media) for i in found.items] == [
        ("words", (), ()),
        ("link", ("https://news.example/a",), ()),
        ("picture", ("https://i.redd.it/a.jpg",), (Media(None, "photo"),)),
        ("video", ("https://v.redd.it/b",), (Media(None, "video"),)),
    ]


def test_a_missing_address_is_built_and_the_answered_comment_has_one(tmp_path):
    row = ("c1", "", WHEN, "", "otters", 0, POST, "t1_hp9", "x", "")
    found = read(tmp_path, ME | {"comments.csv": table(COMMENTS, row)})
    assert [(i.url, i.reply_to) for i in found.items] == [
        (f"{SITE}/comments/1abcde/_/c1", ReplyTo("hp9", None, f"{SITE}/comments/1abcde/_/hp9"))
    ]


def test_a_message_from_nobody_is_never_mine(tmp_path):
    rows = [
        ("m1", "", "t", WHEN, "", "WREN_otter", "kit", "s", "mine"),
        ("m2", "", "t", WHEN, "", "", "wren_otter", "s", "from a deleted account"),
    ]
    found = read(tmp_path, ME | {"messages_archive.csv": table(MESSAGES, *rows)})
    assert [(i.text, i.author, i.author_name) for i in found.items] == [
        ("mine", "me", "WREN_otter"),
        ("from a deleted account", "other", None),
    ]
    assert found.people("messaged") == ["kit"]


def test_the_first_message_of_a_thread_names_none_and_is_in_it_all_the_same(tmp_path):
    rows = [
        ("m1", "", "", WHEN, "", "wren_otter", "kit", "s", "first"),
        ("m2", "", "m1", WHEN, "", "kit", "wren_otter", "re: s", "answer"),
        ("m3", "", "", WHEN, "", "wren_otter", "kit", "s", "never answered"),
    ]
    found = read(tmp_path, ME | {"messages_archive.csv": table(MESSAGES, *rows)})
    first, answer, alone = (i.conversation for i in found.items)
    assert first == answer == Conversation("m1", "kit", ("kit", "wren_otter"), False)
    assert alone is not None and alone.id not in ("", "m1")


def test_the_other_side_of_a_chat_is_whoever_else_speaks_in_it(tmp_path):
    rows = [
        ("1", WHEN, "", "wren_otter", "before anybody answers", "", "chan", "", "", "direct"),
        ("2", WHEN, "", "maud_pike", "an answer", "1", "chan", "", "", "direct"),
    ]
    found = read(tmp_path, ME | {"chat_history.csv": table(CHAT, *rows)})
    talk = Conversation("chan", "maud_pike", ("wren_otter", "maud_pike"), False)
    assert [(i.text, i.author, i.conversation, i.audience, i.reply_to) for i in found.items] == [
        ("before anybody answers", "me", talk, "direct", None),
        ("an answer", "other", talk, "direct", ReplyTo("1")),
    ]


def test_what_the_downloads_own_list_names_and_is_not_there_is_said(tmp_path):
    found = read(tmp_path, ME | {"checkfile.csv": table("filename,sha256", ("comments.csv", "aa"), ("ip_logs.csv", "bb"))})
    assert found.states["comments.csv"] == ("failed", 0) and "ip_logs.csv" not in found.states


def test_a_post_that_will_publish_itself_is_told(tmp_path):
    row = ("s1", "otters", "Soon", "words", "", "2030-01-02 03:04:05 UTC", "")
    header = "scheduled_post_id,subreddit,title,body,url,submission_time,recurrence"
    found = read(tmp_path, ME | {"scheduled_posts.csv": table(header, row)})
    assert [(i.title, i.state, i.at) for i in found.items] == [("Soon", "draft", "2030-01-02T03:04:05+00:00")]
    assert "1 post of yours waits to be published" in found.warnings


def test_who_the_person_is_comes_from_the_messages_where_statistics_are_missing(tmp_path):
    rows = [
        ("m1", "", "t1", WHEN, "", "wren_otter", "kit", "s", "one"),
        ("m2", "", "t2", WHEN, "", "maud", "wren_otter", "s", "two"),
    ]
    found = read(tmp_path, {"messages_archive.csv": table(MESSAGES, *rows)})
    assert [(i.text, i.author) for i in found.items] == [("one", "me"), ("two", "other")]
    assert "is taken for you" in found.warnings


def test_a_row_that_was_cut_short_is_counted_as_not_read(tmp_path):
    found = read(tmp_path, ME | {"comments.csv": table(COMMENTS, comment(1, "whole")) + b"c2,https://www.reddit.com/r/ott\n"})
    assert (found.texts(), found.states["comments.csv"]) == (["whole"], ("failed", 1))


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ([("accept_pms", "everyone"), ("enable_followers", "false")], "public"),
        ([("accept_pms", "nobody"), ("enable_followers", "true")], "on"),
        ([("accept_pms", "nobody"), ("enable_followers", "false")], "off"),
        ([("accept_pms", "nobody")], "unknown"),  # of followers it says nothing
        ([("accept_pms", "whitelisted"), ("enable_followers", "false")], "unknown"),
    ],
)
def test_preferences_are_read_under_the_rows_of_the_checklist_and_the_rest_by_their_name(tmp_path, rows, value):
    more = [("hide_from_robots", "true"), ("lang", "en"), ("empty", "")]
    found = read(tmp_path, ME | {"user_preferences.csv": table("preference,value", *rows, *more)})
    assert {k: v for k, (v, _) in found.settings.items()} == {
        "reddit.allow-followers-who-can-chat-send-messages": value,
        "reddit.show-up-in-search-results": "off",
        "reddit.lang": "unknown",
    }


def test_a_download_without_posts_and_comments_says_so(tmp_path):
    assert "Neither posts nor comments are in this download" in read(tmp_path, ME).warnings


def test_published_samples_are_read():
    folder = SHARED / "fixtures" / "reddit"
    if not folder.is_dir():
        pytest.skip("no ../shared beside this project")
    found = Told(folder)
    assert (found.platforms, [i.kind for i in found.items]) == (["reddit"], ["comment"] * 5 + ["post"] * 4)
    assert all(i.at and i.url and i.author == "me" for i in found.items)
    assert sum("\n\n" in i.text for i in found.items) == 2


def test_where_no_file_says_who_the_person_is_they_are_asked(tmp_path):
    rows = [
        ("1", WHEN, "", "kit", "a", "", "one", "", "", "direct"),
        ("2", WHEN, "", "wren_otter", "b", "", "one", "", "", "direct"),
        ("3", WHEN, "", "wren_otter", "c", "", "two", "", "", "direct"),
    ]
    folder = laid(tmp_path, {"chat_history.csv": table(CHAT, *rows)})
    with look([folder]) as found:
        [export] = found.exports
        assert [(q.id, [v for v, _ in q.options]) for q in export.account.questions] == [
            ("reddit.owner", ["wren_otter", "kit"])
        ]
    with look([folder], Answers(("Wren Ashdown", "wren_otter"))) as found:  # the first as in WhatsApp
        [export] = found.exports
        said = [r.author for r in export.records() if isinstance(r, Item)]
        assert (said, export.account.questions) == (["other", "me", "me"], [])
