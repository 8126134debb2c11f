"""The known traps of the Threads folder, one by one, in the order of the format notes."""

from making_meta import T, instagram, listed, mapped, read
from making_pages import block, page, table

from auditlib.records import Quoted, ReplyTo

HOME = "your_instagram_activity/threads/"


def post(text: str, at: int = T, **more: object) -> dict[str, object]:
    return {"media": [{"uri": "", "creation_timestamp": at, "title": text} | more]}


def own(*posts: object) -> dict[str, object]:
    return {HOME + "threads_and_replies.json": {"text_post_app_text_posts": list(posts)}}


def test_01_an_empty_address_is_a_post_without_pictures(tmp_path):
    found = read(tmp_path, own(post("words à"), post("")))
    assert [(i.platform, i.kind, i.text, i.media) for i in found.items] == [("threads", "post", "words à", ())]


def test_02_files_that_are_named_like_instagrams_go_by_their_folder(tmp_path):
    found = instagram(
        tmp_path,
        own(post("p"))
        | {
            HOME + "following.json": {"text_post_app_text_post_app_following": [listed("on.threads")]},
            "connections/followers_and_following/following.json": {"relationships_following": [listed("on.instagram")]},
        },
    )
    assert found.platforms == ["instagram", "threads"]
    assert [(c.platform, c.handle) for c in found.connections] == [("instagram", "on.instagram"), ("threads", "on.threads")]
    assert [(i.account, i.author_name) for i in found.items] == [("wren.otter", "Wren Ashdown")]  # named as on Instagram


def test_03_replies_are_told_from_posts_where_the_export_says_so(tmp_path):
    found = read(
        tmp_path,
        own(
            post("a post", text_app_post={"is_reply": False}),
            post("a reply", T + 1, text_app_post={"is_reply": True}),
            post("@kit.oster not said", T + 2),
        ),
    )
    assert [(i.text, i.reply_to) for i in found.items] == [
        ("a post", None),
        ("a reply", ReplyTo()),
        ("@kit.oster not said", None),
    ]


def test_04_map_labels_may_be_localised(tmp_path):
    fields = {"Benutzername": "wren.otter", "Steckbrief": "Otter", "Telefon bestätigt": "True", "Privates Konto": "True"}
    found = read(
        tmp_path,
        own(post("p")) | {HOME + "personal_information.json": {"text_post_app_text_post_app_profile": [mapped(**fields)]}},
    )
    assert found.settings == {"threads.private-profile": ("private", "True")}
    assert found.facts == [("handle", "wren.otter"), ("bio", "Otter")]
    assert [(i.account, i.audience) for i in found.items] == [("wren.otter", "followers")]


def test_05_both_hosts_are_known_and_others_are_not_linked(tmp_path):
    links = ["https://www.threads.net/@a.one", "https://www.threads.com/b.two", "https://threads.evil.example/@c.three"]
    rows = [listed("", href=link) for link in links]
    found = read(tmp_path, {HOME + "followers.json": {"text_post_app_text_post_app_followers": rows}})
    assert [(c.handle, c.url) for c in found.connections] == [("a.one", links[0]), ("b.two", links[1]), ("c.three", None)]


def test_06_one_bare_object_is_read_as_a_list_of_one(tmp_path):
    for number, value in enumerate(
        (
            {"text_post_app_text_posts": post("one")},
            {"text_post_app_text_posts": [{"media": {"uri": "", "creation_timestamp": T, "title": "one"}}]},
            post("one"),
        )
    ):
        assert read(tmp_path / str(number), {HOME + "threads_and_replies.json": value}).texts() == ["one"]


def test_07_words_and_time_may_be_on_either_level(tmp_path):
    two = [{"uri": "1.jpg", "creation_timestamp": T, "title": ""}, {"uri": "2.jpg", "creation_timestamp": T, "title": ""}]
    found = read(tmp_path, own({"title": "outer", "creation_timestamp": T + 9, "media": two}, post("inner")))
    assert [(i.text, i.at, len(i.media)) for i in found.items] == [
        ("outer", "2022-04-15T05:20:09+00:00", 2),
        ("inner", "2022-04-15T05:20:00+00:00", 0),
    ]


def test_08_an_archive_without_threads_says_so_and_gives_no_empty_account(tmp_path):
    found = instagram(tmp_path, {"your_instagram_activity/media/posts_1.json": []})
    assert found.platforms == ["instagram"]
    assert "Threads is not in this archive" in found.warnings


def test_09_the_author_of_a_liked_post_is_not_the_emoji(tmp_path):
    rows = [
        listed("❤️", "kit.oster", "https://www.threads.com/@kit.oster/post/a"),
        listed("👍", "", "https://www.threads.com/@maud.pike/post/b"),
    ]
    found = read(tmp_path, {HOME + "liked_threads.json": {"text_post_app_media_likes": rows}})
    assert [(i.kind, i.quoted, i.url) for i in found.items] == [
        ("reaction", Quoted(None, "kit.oster", None), "https://www.threads.com/@kit.oster/post/a"),
        ("reaction", Quoted(None, "maud.pike", None), "https://www.threads.com/@maud.pike/post/b"),
    ]


def test_10_the_title_may_be_a_display_name_beside_the_user_name(tmp_path):
    rows = {"text_post_app_text_post_app_followers": [listed("kit.oster", "Kit Øster 🦦"), listed("maud.pike", "maud.pike")]}
    assert read(tmp_path, {HOME + "followers.json": rows}).people("follower") == [
        ("kit.oster", "Kit Øster 🦦"),
        ("maud.pike", None),
    ]


def test_who_may_answer_is_what_the_newest_post_says(tmp_path):
    found = read(
        tmp_path,
        own(
            post("new", T + 9, text_app_post={"reply_control": "everyone"}),
            post("old", T, text_app_post={"reply_control": "accounts_you_follow"}),
        ),
    )
    assert found.settings == {"threads.who-can-reply-and-quote": ("public", "everyone")}


def test_the_folder_alone_and_a_single_file_are_recognised(tmp_path):
    posts = {"text_post_app_text_posts": [post("p")]}
    rows = {"text_post_app_text_post_app_followers": [listed("kit.oster")]}
    alone = read(tmp_path / "a", {"threads_and_replies.json": posts, "followers.json": rows})
    single = read(tmp_path / "b", {"followers.json": rows})
    assert (alone.platforms, alone.texts(), alone.people("follower")) == (["threads"], ["p"], [("kit.oster", None)])
    assert (single.platforms, single.people("follower")) == (["threads"], [("kit.oster", None)])


def test_web_pages_of_threads_are_read_and_stay_apart_from_instagrams(tmp_path):
    posts = page(block("", "<div>A thought</div>", "Jan 01, 2026 9:41 am"))
    people = page(
        block("", '<div><a href="https://www.threads.net/@maud.pike">maud.pike</a></div><div>Jan 01, 2026 9:00 am</div>', "")
    )
    who = page(block("", table(("Username", "wren.otter"), ("Private Account", "True"), wide=True), ""))
    files = {"threads_and_replies.html": posts, "followers.html": people, "personal_information.html": who}
    found = read(tmp_path, {HOME + name: html for name, html in files.items()})
    assert found.platforms == ["threads"]
    assert [(i.platform, i.text, i.audience, i.at) for i in found.items] == [
        ("threads", "A thought", "followers", "2026-01-01T09:41:00")
    ]
    assert [(c.platform, c.handle) for c in found.connections] == [("threads", "maud.pike")]
    assert found.settings == {"threads.private-profile": ("private", "True")}
