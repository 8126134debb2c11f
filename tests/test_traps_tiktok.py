"""The known traps of TikTok's export, one by one, in the order of the format notes."""

import json
from pathlib import Path
from typing import Any

import pytest
from making import laid, zipped
from making_meta import Read

from auditlib.platforms._told import moment
from auditlib.records import Conversation, Media, Place, Quoted, ReplyTo

ME = "odd.moth"
LIKED = "https://www.tiktokv.com/share/video/7361112223334445556/"
VIDEO = "https://www.tiktok.com/@tiktok/video/7361112223334445556"


def export(**more: Any) -> dict[str, Any]:
    """A download of 2025 with an owner; `_` stands for a space in the top-level names."""
    return {"Profile": {"Profile Info": {"ProfileMap": {"userName": ME}}}} | {k.replace("_", " "): v for k, v in more.items()}


def read(folder: Path, document: Any, name: str = "user_data_tiktok.json") -> Read:
    data = document if isinstance(document, bytes) else json.dumps(document, ensure_ascii=False).encode()
    return Read(laid(folder, {name: data}))


def comments(*rows: Any) -> dict[str, Any]:
    return {"Comments": {"App": 1, "CommentsList": list(rows)}}


def comment(text: str, **more: Any) -> dict[str, Any]:
    return {"date": "2025-03-02 19:20:11", "comment": text, "photo": "N/A", "url": ""} | more


def posts(*rows: Any) -> dict[str, Any]:
    return {"Posts": {"VideoList": list(rows)}}


def chats(**threads: Any) -> dict[str, Any]:
    return {"Direct Messages": {"ChatHistory": {k.replace("_", " "): v for k, v in threads.items()}}}


def said(who: str, text: str, at: str = "2025-03-01 08:00:00") -> dict[str, str]:
    return {"Date": at, "From": who, "Content": text}


def test_01_either_file_name_bare_or_zipped_is_recognised(tmp_path):
    document = json.dumps(export(Comment=comments(comment("tea")))).encode()
    for number, name in enumerate(("user_data.json", "user_data_tiktok.json", "my tiktok (1).json")):
        bare = laid(tmp_path / str(number), {name: document}) / name
        packed = zipped(tmp_path / f"TikTok_Data_{number}.zip", {name: document})
        for path in (bare, packed):
            found = Read(path)
            assert (found.platforms, found.texts()) == (["tiktok"], ["tea"])


def test_01_a_user_data_file_of_something_else_is_not_tiktok(tmp_path):
    for number, document in enumerate(({"Profile": {"name": "x"}}, {"users": []}, {"Comment": "none", "Post": {}})):
        folder = laid(tmp_path / str(number), {"user_data.json": json.dumps(document).encode(), **ANOTHER})
        assert "tiktok" not in Read(folder).platforms


ANOTHER = {"data/account.js": b'window.YTD.account.part0 = [{"account": {"username": "x", "accountId": "1"}}]'}


def test_02_sections_are_found_under_the_wrappers_of_every_generation_and_told_once(tmp_path):
    like = {"date": "2025-01-01 00:00:00", "link": LIKED}
    for number, document in enumerate(
        (
            {"Activity": {"Like List": {"ItemFavoriteList": [like]}}},
            {"Your Activity": {"Like List": {"ItemFavoriteList": [like]}}},
            {"Likes and Favorites": {"Like List": {"ItemFavoriteList": [like]}}},
            {
                "Activity": {"Like List": {"ItemFavoriteList": [like]}},
                "Likes and Favorites": {"Like List": {"ItemFavoriteList": [like]}},
            },
        )
    ):
        found = read(tmp_path / str(number), export() | document)
        assert [(i.kind, i.id, i.quoted, i.url) for i in found.items] == [
            ("reaction", "7361112223334445556", Quoted("7361112223334445556", None, None), VIDEO)
        ]
        assert found.warnings.count("tell") == 0


def test_02_the_same_comment_in_two_sections_is_one_but_twice_in_one_is_two(tmp_path):
    twice = comments(comment("same"), comment("same"))
    found = read(tmp_path, export(Comment={**twice, "CommentsList": [comment("same")]}))
    assert found.texts("comment") == ["same", "same"]
    assert len({i.key for i in found.items}) == 2


def test_02_watch_history_is_not_the_persons_videos_though_its_list_has_their_name(tmp_path):
    watched = {"Watch History": {"VideoList": [{"Date": "2025-01-01 00:00:00", "Link": LIKED, "Title": "somebody's"}]}}
    found = read(
        tmp_path, export(Your_Activity=watched, Post=posts({"Date": "2025-01-02 00:00:00", "Link": "", "Title": "mine"}))
    )
    assert found.texts() == ["mine"]
    assert found.states["Your Activity > Watch History"] == "ignored"


def test_03_keys_may_be_in_lower_case_or_capitals(tmp_path):
    found = read(
        tmp_path,
        export(
            Comment=comments(comment("low"), {"Date": "2024-03-02 19:20:11", "Comment": "High", "Photo": "N/A", "Url": LIKED}),
            Activity={"Like List": {"ItemFavoriteList": [{"Date": "2024-01-01 00:00:00", "Link": LIKED}]}},
        ),
    )
    assert [(i.kind, i.text, i.at, i.url) for i in found.items] == [
        ("comment", "low", "2025-03-02T19:20:11+00:00", None),
        ("comment", "High", "2024-03-02T19:20:11+00:00", VIDEO),
        ("reaction", "", "2024-01-01T00:00:00+00:00", VIDEO),
    ]


@pytest.mark.parametrize("empty", [None, [], {}, "", "N/A", "None"])
def test_04_every_way_of_saying_nothing_gives_nothing_and_fails_nothing(tmp_path, empty):
    found = read(
        tmp_path,
        export(
            Comment={"Comments": {"CommentsList": empty}},
            Post={"Posts": {"VideoList": empty}, "Story": empty},
            Direct_Message={"Direct Messages": {"ChatHistory": empty}},
            App_Settings={"Block List": {"BlockList": empty}, "Settings": {"SettingsMap": empty}},
            Your_Activity={"Follower": {"App": 1, "IsFastLane": False, "FansList": empty}, "Like List": empty},
        ),
    )
    assert (found.items, found.connections, found.settings) == ([], [], {})
    assert found.states["user_data_tiktok.json"] == "read"
    assert "unknown" not in found.states.values()
    assert found.warnings == ""


def test_04_words_that_look_empty_are_kept_where_somebody_wrote_them(tmp_path):
    found = read(
        tmp_path, export(Comment=comments(comment("None")), Direct_Message=chats(Chat_History_with_kit=[said(ME, "none")]))
    )
    assert found.texts() == ["None", "none"]


@pytest.mark.parametrize("key", ["Chat History with kit.m:", "Chat History with kit.m::", "Chat History with kit.m", "kit.m"])
def test_05_the_partner_is_in_the_key_without_what_is_around_it(tmp_path, key):
    found = read(
        tmp_path, export(Direct_Message={"Direct Messages": {"ChatHistory": {key: [said("kit.m", "hi miss"), said(ME, "hi")]}}})
    )
    talk = Conversation("kit.m", "kit.m", ("kit.m", ME), False)
    assert [(i.author, i.author_name, i.audience, i.conversation) for i in found.items] == [
        ("other", "kit.m", "direct", talk),
        ("me", ME, "direct", talk),
    ]
    assert found.people("messaged") == [("kit.m", None)]


def test_06_own_videos_have_no_address_of_their_own(tmp_path):
    rows = (
        {"Date": "2025-01-02 00:00:00", "Link": "https://video-i18n.tiktokv.com/storage/v1/x?x-tos-expires=1", "Title": "a"},
        {"Date": "2025-01-01 00:00:00", "Link": "https://www.tiktok.com/@odd.moth/video/7361112223334445556", "Title": "b"},
    )
    found = read(tmp_path, export(Post=posts(*rows)))
    assert [(i.text, i.id, i.url, i.links) for i in found.items] == [
        ("a", None, "https://www.tiktok.com/@odd.moth", ()),
        ("b", "7361112223334445556", "https://www.tiktok.com/@odd.moth/video/7361112223334445556", ()),
    ]
    assert "no lasting address" in found.warnings


def test_07_a_comment_without_its_video_says_so(tmp_path):
    rows = comment("late", originalPostUrl=LIKED) | {"original post link": ""}
    found = read(tmp_path, export(Comment=comments(comment("early"), rows)))
    assert [(i.text, i.reply_to) for i in found.items] == [
        ("early", ReplyTo()),
        ("late", ReplyTo("7361112223334445556", None, VIDEO)),
    ]
    assert "1 of your comments does not say which video it was under" in found.warnings


@pytest.mark.parametrize(
    ("word", "value"), [("Enabled", "private"), ("On", "private"), ("Disabled", "public"), ("off", "public"), ("?", "unknown")]
)
def test_08_settings_have_other_words_in_each_generation(tmp_path, word, value):
    settings = {"Private Account": word, "Who can see your following list::": "Everyone", "Allow DownLoad": "Off"}
    found = read(tmp_path, export(Profile_And_Settings={"Settings": {"SettingsMap": settings}}))
    assert found.settings == {
        "tiktok.private-account": (value, word),
        "tiktok.following-list-liked-videos": ("public", "Who can see your following list: Everyone"),
        "tiktok.duet-stitch-downloads-reuse-of-content": ("off", "Allow DownLoad: Off"),
    }


def test_08_everyone_on_a_private_account_is_its_followers(tmp_path):
    rows = [
        {"Date": f"2025-01-0{n} 00:00:00", "WhoCanView": w}
        for n, w in enumerate(("Everyone", "Friends", "Only me", "", "?"), 1)
    ]
    settings = {"Settings": {"SettingsMap": {"Private Account": "Enabled"}}}
    private = read(tmp_path / "a", export(Post=posts(*rows), App_Settings=settings))
    other = read(tmp_path / "b", export(Post=posts(*rows)))
    assert [i.audience for i in private.items] == ["followers", "friends", "private", "unknown", "unknown"]
    assert [i.audience for i in other.items] == ["public", "friends", "private", "unknown", "unknown"]


def test_09_a_location_is_a_name_and_last_whereabouts_are_left_aside(tmp_path):
    where = {
        "Most Recent Location Data": {"LocationData": {"Date": "2025-01-01 00:00:00", "GpsData": "N/A", "LastRegion": "GB"}}
    }
    found = read(tmp_path, export(Post=posts({"Date": "2025-01-01 00:00:00", "Location": "Thornwick Woods"}), Activity=where))
    assert [(i.place, i.media) for i in found.items] == [(Place("Thornwick Woods"), (Media(None, "video"),))]
    assert found.states["Activity > Most Recent Location Data"] == "ignored"


def test_10_the_caption_is_the_title(tmp_path):
    found = read(
        tmp_path, export(Post=posts({"Date": "2025-01-01 00:00:00", "Title": "moths #teacherlife", "AddYoursText": "my desk"}))
    )
    assert [(i.title, i.text, i.media[0].description) for i in found.items] == [(None, "moths #teacherlife", "my desk")]
    assert "watch them through" in found.warnings


def test_11_what_others_made_has_no_words(tmp_path):
    shared = {
        "ShareHistoryList": [
            {"Date": "2025-01-01 00:00:00", "SharedContent": "share_video", "Link": LIKED, "Method": "whatsapp"}
        ]
    }
    activity = {"Share History": shared, "Reposts": {"RepostList": [{"Date": "2025-01-01 00:00:00", "Link": LIKED}]}}
    found = read(tmp_path, export(Your_Activity=activity))
    assert [(i.kind, i.text, i.quoted) for i in found.items] == [("repost", "", Quoted("7361112223334445556", None, None))]
    assert found.states["Your Activity > Share History"] == "ignored"


def test_text_files_give_messages_over_several_lines_and_any_label(tmp_path):
    files = {
        "Direct Messages/Direct Messages.txt": b">>> Chat History with kit.m::\r\n\r\n2025-03-01 08:00:00 UTC kit.m: one\r\n"
        b"two: three\r\n\r\nfour\r\n2025-03-01 08:01:00 UTC odd.moth: \r\n",
        "Activity/Like List.txt": b"Date: 2025-03-01 08:00:00 UTC\nLink: https://www.tiktokv.com/share/video/7361112223334445556/\n",
        "Comment/Comments.txt": b"Date: 2025-03-01 08:00:00 UTC\nYour words: tea\n\n"
        b"Date: 2025-03-01 09:00:00 UTC\nComment: so:\nDate: never\n",
        "Profile/Profile Info.txt": b"Username: odd.moth\n",
    }
    found = Read(laid(tmp_path, files))
    assert [(i.author, i.text) for i in found.items if i.kind == "message"] == [
        ("other", "one\ntwo: three\n\nfour"),
        ("me", ""),
    ]
    assert found.texts("comment", "reaction") == ["tea", "so:\nDate: never", ""]
    assert found.states["Comment/Comments.txt"] == "read"
    assert "choose JSON" in found.warnings


def test_a_file_that_is_cut_off_gives_what_came_before(tmp_path):
    whole = json.dumps(export(Comment=comments(*[comment(f"number {n}") for n in range(3000)]))).encode()
    found = read(tmp_path, whole[:-40])
    assert len(found.texts()) > 2990
    assert found.states["user_data_tiktok.json"] == "failed"


def test_times_in_every_form_are_utc():
    assert [
        moment(v)
        for v in ("2025-03-02 19:20:11", "2025-03-02 19:20:11 UTC", "2025-03-02T19:20:11Z", 1740943211, "1740943211000")
    ] == ["2025-03-02T19:20:11+00:00"] * 5
    assert [moment(v) for v in ("N/A", "", None, True, [], "yesterday", 1e300, "9" * 30)] == [None] * 8


def test_a_text_outside_every_list_is_said_to_be_unread(tmp_path):
    found = read(tmp_path, export(Your_Activity={"Feedback": {"App": 1, "Note": "the head reads this"}}))
    assert (found.states["Your Activity > Feedback"], found.texts()) == ("unknown", [])


def test_an_object_where_a_list_is_usual_is_read(tmp_path):
    one = {"Comment": {"Comments": {"App": 1, "CommentsList": comment("alone")}}}
    numbered = {"Comment": {"Comments": {"App": 1, "CommentsList": {"0": comment("first"), "1": comment("second")}}}}
    for number, (document, texts) in enumerate(((one, ["alone"]), (numbered, ["first", "second"]))):
        found = read(tmp_path / str(number), export(**document))
        assert (found.texts(), found.states["user_data_tiktok.json"]) == (texts, "read")


def test_reviews_of_what_was_bought_are_words(tmp_path):
    rows = [{"ProductName": "glue", "ReviewText": "sticks to year nine", "ReviewTime": "2026-01-01 10:00:00"}]
    found = read(tmp_path, export(TikTok_Shop={"Product Reviews": {"ProductReviewHistories": rows}}))
    assert [(i.kind, i.text, i.at) for i in found.items] == [("review", "sticks to year nine", "2026-01-01T10:00:00+00:00")]


def test_of_two_downloads_the_one_that_goes_further_is_read(tmp_path):
    older, newer = (
        json.dumps(export(Comment=comments(comment(text, date=at)))).encode()
        for text, at in (("then", "2024-01-01 00:00:00"), ("now", "2025-06-01 00:00:00"))
    )
    for number, files in enumerate(({"a": newer, "b": older}, {"a": older, "b": newer})):
        laid(tmp_path / str(number), {f"{name}/user_data_tiktok.json": data for name, data in files.items()})
        assert Read(tmp_path / str(number)).texts() == ["now"]


def test_the_first_section_may_be_any_of_tiktoks_own(tmp_path):
    orders = {"Order History": {"OrderHistories": {str(n): {"a": "x" * 90} for n in range(100)}}}
    document = {"TikTok Shop": orders} | export(Comment=comments(comment("last")))
    assert read(tmp_path, document, "user_data.json").texts() == ["last"]


def test_in_text_files_a_quotation_in_a_message_begins_no_conversation(tmp_path):
    chat = ">>> Chat History with pip::\n\n2024-01-01 10:00:00 UTC pip: look\n>>> and this\n2024-01-01 10:00:01 UTC pip: end\n"
    found = Read(laid(tmp_path, {"Direct Messages.txt": chat.encode()}))
    assert found.texts() == ["look\n>>> and this", "end"]
