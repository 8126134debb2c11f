"""The known traps of Instagram's export, one by one, in the order of the format notes; and what is unlike them."""

import json

from making import laid, zipped
from making_meta import ME, Read, T, instagram, labelled, listed, mapped, meta, photo, profile, read, thread
from making_pages import block, page, said, table

from auditlib.records import Media, Place, Quoted, ReplyTo

ACT = "your_instagram_activity/"
PEOPLE = "connections/followers_and_following/"
HOME = "https://www.instagram.com/"


def post(text: str, at: int = T, uri: str = "a.jpg") -> dict[str, object]:
    return {"media": [photo(uri, at, title=text)]}


def test_01_content_and_media_folders_are_both_read(tmp_path):
    for number, folder in enumerate((ACT + "content/", ACT + "media/", "content/")):
        assert instagram(tmp_path / str(number), {folder + "posts_1.json": [post("words")]}).texts("post") == ["words"]


def test_02_one_bare_object_is_read_as_a_list_of_one(tmp_path):
    found = instagram(
        tmp_path,
        {
            ACT + "content/posts_1.json": post("only post"),
            ACT + "comments/post_comments_1.json": mapped(Comment="only comment", Media_Owner="kit.oster", Time=T),
            PEOPLE + "followers_1.json": listed("kit.oster"),
            PEOPLE + "following.json": {"relationships_following": listed("maud.pike")},
        },
    )
    assert found.texts() == ["only post", "only comment"]
    assert found.people("follower") + found.people("following") == [("kit.oster", None), ("maud.pike", None)]


def test_03_a_followed_name_may_stand_in_the_title_or_the_address_only(tmp_path):
    rows = [
        {"title": "title.only", "string_list_data": [{"href": HOME + "_u/title.only", "timestamp": T}]},
        {"title": "", "string_list_data": [{"href": HOME + "_u/link.only?igsh=1", "timestamp": T}]},
        {"title": "", "string_list_data": [{"value": "@Two.A", "timestamp": T}, {"value": "two.b", "timestamp": T}]},
    ]
    found = instagram(tmp_path, {PEOPLE + "following.json": {"relationships_following": rows}})
    assert found.people("following") == [("title.only", None), ("link.only", None), ("two.a", None), ("two.b", None)]


def test_04_map_labels_may_be_localised_recased_or_double_encoded(tmp_path):
    for number, (user, private) in enumerate(
        (
            ("Username", "Private Account"),
            ("username", "Private account"),
            ("Benutzername", "Privates Konto"),
            ("Nom d’utilisateur", "Compte privé"),
        )
    ):
        fields = {user: "wren.otter", "Phone Confirmed": "True", private: "False"}
        files = {"personal_information/personal_information/personal_information.json": {"profile_user": [mapped(**fields)]}}
        found = read(tmp_path / str(number), files | {ACT + "content/posts_1.json": [post("p")]})
        assert found.settings == {"instagram.account-private": ("public", "False")}
        assert [(i.account, i.audience) for i in found.items] == [("wren.otter", "public")]


def test_04_privacy_is_left_open_when_two_entries_could_be_it(tmp_path):
    fields = {"Käyttäjänimi": "wren.otter", "Jotain": "True", "Muuta": "False"}
    files = {"personal_information/personal_information/personal_information.json": {"profile_user": [mapped(**fields)]}}
    found = read(tmp_path, files | {ACT + "content/posts_1.json": [post("p")]})
    assert found.settings == {"instagram.account-private": ("unknown", "")}
    assert [i.audience for i in found.items] == ["unknown"]


def test_04_a_comment_under_labels_of_another_language_is_read(tmp_path):
    rows = [mapped(Opmerking="mooi à", Time=T), mapped(Yorumcuk="çok güzel", Sahibi="kit.oster", Saat=T + 1)]
    found = instagram(tmp_path, {ACT + "comments/post_comments_1.json": rows})
    assert [(i.text, i.reply_to, i.at) for i in found.items] == [
        ("mooi à", ReplyTo(), "2022-04-15T05:20:00+00:00"),
        ("çok güzel", ReplyTo(None, "kit.oster"), "2022-04-15T05:20:01+00:00"),
    ]


def test_05_the_word_false_is_not_true(tmp_path):
    for word, value in (("False", "public"), ("True", "private")):
        found = instagram(tmp_path / word, {ACT + "content/posts_1.json": [post("p")]}, Private_Account=word)
        assert found.settings == {"instagram.account-private": (value, word)}
        assert [i.audience for i in found.items] == ["public" if word == "False" else "followers"]


def test_06_the_caption_may_be_inside_outside_or_both(tmp_path):
    outer = {"title": "outer", "creation_timestamp": T + 9, "media": [photo("1.jpg", T, title=""), photo("2.jpg", T, title="")]}
    both = {"title": "outer", "media": [photo("3.jpg", T, title="inner")]}
    same = {"title": "same", "media": [photo("4.jpg", T, title="same")]}
    found = instagram(tmp_path, {ACT + "media/posts_1.json": [post("inner"), outer, both, same]})
    assert [(i.text, i.at) for i in found.items] == [
        ("inner", "2022-04-15T05:20:00+00:00"),
        ("outer", "2022-04-15T05:20:09+00:00"),
        ("outer\ninner", "2022-04-15T05:20:00+00:00"),
        ("same", "2022-04-15T05:20:00+00:00"),
    ]


def test_07_the_misspelt_file_of_expired_apps_is_known(tmp_path):
    name = "apps_and_websites_off_of_instagram/apps_and_websites/expired_pps.json"
    found = instagram(tmp_path, {name: {"apps_and_websites_expired_apps": []}, ACT + "media/posts_1.json": [post("p")]})
    assert name not in found.states  # ignored, not unknown


def test_08_a_missing_file_of_followers_is_told(tmp_path):
    files = {PEOPLE + f"followers_{n}.json": [listed(f"fan.{n}")] for n in (1, 3)}
    assert "has a gap" in instagram(tmp_path / "a", files).warnings
    assert "gap" not in instagram(tmp_path / "b", {PEOPLE + f"followers_{n}.json": [listed("x")] for n in (1, 2)}).warnings


def test_09_files_of_the_threads_folder_are_not_instagrams(tmp_path):
    found = instagram(
        tmp_path,
        {
            PEOPLE + "followers_1.json": [listed("insta.fan")],
            ACT + "threads/followers.json": {"text_post_app_text_post_app_followers": [listed("threads.fan")]},
            ACT + "threads/personal_information.json": {
                "text_post_app_text_post_app_profile": [mapped(Username="wren.otter", Private_Account="False")]
            },
        },
        Private_Account="True",
    )
    assert [(c.platform, c.handle) for c in found.connections] == [("instagram", "insta.fan"), ("threads", "threads.fan")]
    assert found.settings == {"instagram.account-private": ("private", "True"), "threads.private-profile": ("public", "False")}


def test_10_an_apostrophe_in_a_file_name_may_be_anything(tmp_path):
    for number, mark in enumerate(("'", "_", "’", "")):
        key = "relationships_follow_requests_received"
        found = instagram(
            tmp_path / str(number), {PEOPLE + f"follow_requests_you{mark}ve_received.json": {key: [listed("ned")]}}
        )
        assert found.people("request_received") == [("ned", None)]


def test_11_the_folder_of_a_thread_bridges_display_name_and_user_name(tmp_path):
    found = instagram(
        tmp_path, {ACT + "messages/inbox/kit.oster_17900000000000001/message_1.json": thread(["Kit 🦦", ME], (ME, 0, "hi"))}
    )
    assert found.people("messaged") == [("kit.oster", "Kit 🦦")]
    assert [(i.author, i.author_name) for i in found.items] == [("me", ME)]


def test_11_a_group_has_no_user_name(tmp_path):
    found = instagram(
        tmp_path, {ACT + "messages/inbox/gang_17900000000000002/message_1.json": thread(["Kit", "Maud", ME], (ME, 0, "hi"))}
    )
    assert found.people("messaged") == []
    assert [(i.audience, i.conversation.group) for i in found.items if i.conversation] == [("group", True)]


def test_12_archived_and_binned_posts_exist_and_are_not_public(tmp_path):
    found = instagram(
        tmp_path,
        {
            ACT + "media/archived_posts.json": {"ig_archived_post_media": [post("put away")]},
            ACT + "media/recently_deleted_content.json": {"ig_recently_deleted_media": [post("thrown away", uri="b.jpg")]},
        },
    )
    assert [(i.text, i.state, i.audience, i.deleted) for i in found.items] == [
        ("put away", "archived", "private", False),
        ("thrown away", "binned", "private", True),
    ]


def test_13_an_account_in_two_parts_is_told_once(tmp_path):
    files = {PEOPLE + f"followers_{n}.json": [listed("Kit.Oster"), listed(f"fan.{n}")] for n in (1, 2)}
    assert instagram(tmp_path, files).people("follower") == [("kit.oster", None), ("fan.1", None), ("fan.2", None)]


def test_14_a_partial_range_of_dates_is_told(tmp_path):
    signed = {"account_history_registration_info": [mapped(Username="wrenny", Time=1300000000)]}
    name = "security_and_login_information/login_and_profile_creation/signup_details.json"
    found = instagram(tmp_path, {name: signed, ACT + "media/posts_1.json": [post("recent")]})
    assert "dates from 2011 but the oldest thing found is from 2022" in found.warnings


def test_15_display_names_may_be_empty(tmp_path):
    talk = thread(["Kit", ""], ("", 0, "mine"), ("Kit", 1, "theirs"))
    found = instagram(tmp_path, {ACT + "messages/inbox/kit_17900000000000001/message_1.json": talk}, Name="")
    assert [(i.text, i.author, i.author_name) for i in found.items] == [("mine", "me", None), ("theirs", "other", "Kit")]


def test_16_spam_in_the_requests_is_no_contact(tmp_path):
    box = ACT + "messages/message_requests/"
    found = instagram(
        tmp_path,
        {
            box + "quill_17900000000000001/message_1.json": thread(["Quill", ME], ("Quill", 0, "You won")),
            box + "ned_17900000000000002/message_1.json": thread(["Ned", ME], ("Ned", 0, "hello?"), (ME, 1, "hello")),
        },
    )
    assert found.people("messaged") == [("ned", "Ned")]
    assert len(found.texts("message")) == 3


def test_17_hostile_strings_stay_text_and_their_links_are_dropped(tmp_path):
    rows = [
        {
            "title": "<script>alert(1)</script>",
            "string_list_data": [{"value": "bad.penny", "href": "javascript:alert(1)", "timestamp": T}],
        },
        {
            "title": "",
            "string_list_data": [{"value": "ok.one", "href": "https://instagram.com.evil.example/ok.one", "timestamp": T}],
        },
        {"title": "", "string_list_data": [{"value": "ok.two", "href": HOME + "ok.two", "timestamp": T}]},
    ]
    found = instagram(
        tmp_path, {PEOPLE + "followers_1.json": rows, ACT + "media/posts_1.json": [post('=HYPERLINK("x") <img onerror=1>')]}
    )
    assert [(c.handle, c.url) for c in found.connections] == [
        ("bad.penny", None),
        ("ok.one", None),
        ("ok.two", HOME + "ok.two"),
    ]
    assert found.texts() == ['=HYPERLINK("x") <img onerror=1>']


def test_18_half_written_json_gives_what_came_before(tmp_path):
    data = json.dumps([post(f"p{n}", T + n, f"{n}.jpg") for n in range(5)]).encode()
    found = instagram(tmp_path, {ACT + "media/posts_1.json": data[:-60], PEOPLE + "followers_1.json": [listed("kit")]})
    assert found.texts() == ["p0", "p1", "p2", "p3"]
    assert found.states[ACT + "media/posts_1.json"] == "failed"
    assert found.people("follower") == [("kit", None)]


def test_19_a_file_of_noughts_costs_itself_only_and_media_is_never_read(tmp_path):
    found = instagram(
        tmp_path,
        {
            ACT + "media/posts_1.json": b"\0" * 2000,
            ACT + "media/stories.json": {"ig_stories": [photo("s.jpg", title="ok")]},
            "media/posts/1.mp4": b"\0" * 9,
        },
    )
    assert found.texts() == ["ok"]
    assert found.states[ACT + "media/posts_1.json"] == "failed"


def test_pictures_that_turn_up_among_the_reels_are_told_once(tmp_path):
    found = instagram(
        tmp_path,
        {
            ACT + "media/posts_1.json": [post("one")],
            ACT + "media/reels.json": {"ig_reels_media": [post("one"), post("film", uri="f.mp4")]},
        },
    )
    assert [(i.text, i.media) for i in found.items] == [("one", (Media(None, "photo"),)), ("film", (Media(None, "video"),))]


def test_coordinates_are_searched_in_all_partial_blocks(tmp_path):
    blocks = {"photo_metadata": {"exif_data": [{"iso": 1}, {"latitude": 51.9, "longitude": -2.1}]}, "camera_metadata": {}}
    found = instagram(tmp_path, {ACT + "media/posts_1.json": [{"media": [photo("a.jpg", title="x", media_metadata=blocks)]}]})
    assert [i.media[0].place for i in found.items] == [Place(None, 51.9, -2.1)]


def test_likes_old_and_new_name_whose_post_it_was(tmp_path):
    link = HOME + "p/abc/"
    owner = {"title": "Owner", "dict": [{"title": "", "dict": [{"label": "Username", "value": "kit.oster"}]}]}
    new = labelled(T, {"label": "URL", "value": link, "href": link}, owner, fbid="1")
    old = {"likes_comment_likes": [listed("👍", "maud.pike", link)]}
    found = instagram(tmp_path, {ACT + "likes/liked_posts.json": [new], ACT + "likes/liked_comments.json": old})
    assert [(i.kind, i.author, i.text, i.quoted, i.url) for i in found.items] == [
        ("reaction", "me", "", Quoted(None, "kit.oster", None), link),
        ("reaction", "me", "", Quoted(None, "maud.pike", None), link),
    ]


def test_earlier_bios_and_numbers_are_told(tmp_path):
    def change(what: str, before: str) -> dict[str, object]:
        return mapped(Changed=what, Previous_Value=before, New_Value="new", Change_Date=T)

    name = "personal_information/personal_information/profile_changes.json"
    rows = [change("Profile Bio Text", "Party otter"), change("Username", "wrenny99"), change("Phone Number", "+447700900102")]
    found = instagram(tmp_path, {name: {"profile_profile_change": rows}})
    assert [(i.kind, i.text, i.deleted) for i in found.items] == [("bio", "Party otter", True)]
    assert found.facts[-2:] == [("former_name", "wrenny99"), ("phone", "+447700900102")]


def test_privacy_is_taken_from_its_history_when_the_profile_says_nothing(tmp_path):
    rows = [
        mapped(Time=T + 5) | {"title": "Account switched to private"},
        mapped(Time=T) | {"title": "Account switched to public"},
    ]
    name = "login_and_account_creation/account_privacy_changes.json"
    found = instagram(tmp_path, {name: {"account_history_account_privacy_history": rows}, "content/posts_1.json": [post("p")]})
    assert found.settings["instagram.account-private"][0] == "private"
    assert [i.audience for i in found.items] == ["followers"]


def test_a_birthday_that_was_filled_in_for_want_of_one_is_no_fact(tmp_path):
    assert ("birthday", "1919-01-01") not in instagram(
        tmp_path, {ACT + "media/posts_1.json": []}, Date_of_birth="1919-01-01"
    ).facts


def test_two_exports_of_one_account_are_not_mixed(tmp_path):
    def files(text: str) -> dict[str, bytes]:
        return {k: meta(v) for k, v in (profile() | {ACT + "media/posts_1.json": [post(text)]}).items()}

    old = zipped(tmp_path / "instagram-wren.otter-2023-01-02-Ab1Cd2Ef.zip", files("old"))
    new = zipped(tmp_path / "instagram-wren.otter-2025-03-04-Gh3Ij4Kl.zip", files("new"))
    found = Read(old, new)
    assert found.texts() == ["new"]
    assert "only the newer one is read" in found.warnings


def test_the_flat_layout_is_known_by_three_files_together(tmp_path):
    files = {
        "connections.json": {"followers": {"kit": "2017-01-02T03:04:05"}},
        "media.json": {"photos": []},
        "profile.json": {"username": "wren"},
    }
    found = read(tmp_path / "a", files)
    assert (found.platforms, found.people("follower")) == (["instagram"], [("kit", None)])
    wrapped = Read(laid(tmp_path / "b", {f"wren_20190102/{k}": json.dumps(v).encode() for k, v in files.items()}))
    assert (wrapped.platforms, wrapped.people("follower")) == (["instagram"], [("kit", None)])


def test_threads_not_covered_is_said(tmp_path):
    assert "Threads is not in this archive" in instagram(tmp_path, {ACT + "media/posts_1.json": [post("p")]}).warnings


WEB_PROFILE = {
    "personal_information/personal_information/personal_information.html": page(
        block("", table(("Username", "wren.otter"), ("Name", ME), ("Private Account", "False"), wide=True), "")
    )
}


def test_web_pages_names_of_people_stand_in_the_link_the_heading_or_the_address(tmp_path):
    link = '<div><a href="https://www.instagram.com/kit.oster">kit.oster</a></div><div>Jan 08, 2026 4:41 am</div>'
    newer = '<a href="https://www.instagram.com/_u/otter.news">https://www.instagram.com/_u/otter.news</a>'
    bare = '<a href="https://www.instagram.com/_u/maud.pike">https://www.instagram.com/_u/maud.pike</a>'
    found = read(
        tmp_path,
        WEB_PROFILE
        | {
            PEOPLE + "followers_1.html": page(block("", link, "")),
            PEOPLE + "following.html": page(
                block("otter.news", newer, "jul. 05, 2024 2:49 am"), block("", bare, "05.01.2025, 10:04")
            ),
        },
    )
    assert [(c.relation, c.handle, c.since, c.account) for c in found.connections] == [
        ("follower", "kit.oster", "2026-01-08T04:41:00", "wren.otter"),
        ("following", "otter.news", "2024-07-05T02:49:00", "wren.otter"),
        ("following", "maud.pike", "2025-01-05T10:04:00", "wren.otter"),
    ]


def test_web_pages_chrome_is_no_person(tmp_path):
    html = page(block("", "<div>kit.oster</div><div>Jan 08, 2026 4:41 am</div>", "")).replace(
        b"https://www.facebook.com/help", b"https://www.instagram.com/accounts/login/"
    )
    assert read(tmp_path, WEB_PROFILE | {PEOPLE + "followers_1.html": html}).people("follower") == [("kit.oster", None)]


def test_web_pages_maps_are_tables_of_two_cells_or_of_one(tmp_path):
    rows = ("Comment", "Bis morgen &amp; gute Nacht"), ("Media Owner", "kit.oster"), ("Time", "Jan 06, 2026 4:41 am")
    for number, wide in enumerate((False, True)):
        files = {"your_instagram_activity/comments/post_comments_1.html": page(block("", table(*rows, wide=wide), ""))}
        found = read(tmp_path / str(number), WEB_PROFILE | files)
        assert [(i.kind, i.text, i.reply_to, i.at) for i in found.items] == [
            ("comment", "Bis morgen & gute Nacht", ReplyTo(None, "kit.oster", None), "2026-01-06T04:41:00")
        ]


def test_web_pages_captions_stand_in_the_heading_or_beside_the_pictures(tmp_path):
    one = block("First day", '<img src="media/posts/202601/1.jpg">', "Jan 04, 2026 8:41 am")
    two = block("", '<div>Two of them</div><img src="a.jpg"><img src="b.jpg">', "Jan 03, 2026 8:41 am")
    files = {"your_instagram_activity/media/posts_1.html": page(one, two), "media/posts/202601/1.jpg": b"x"}
    found = read(tmp_path, WEB_PROFILE | files)
    assert [(i.text, i.audience, [m.path for m in i.media], i.at) for i in found.items] == [
        ("First day", "public", ["media/posts/202601/1.jpg"], "2026-01-04T08:41:00"),
        ("Two of them", "public", [None, None], "2026-01-03T08:41:00"),
    ]


def test_web_pages_say_whether_the_account_is_private_and_who_it_is(tmp_path):
    found = read(tmp_path, WEB_PROFILE)
    assert found.settings == {"instagram.account-private": ("public", "False")}
    assert found.facts == [("handle", "wren.otter"), ("name", ME)]


def test_web_pages_messages_tie_the_display_name_to_the_folders_user_name(tmp_path):
    talk = page(said("Kit", "Monday?", "Jan 02, 2026 8:41 am"), said(ME, "No", "Jan 02, 2026 8:42 am"))
    found = read(
        tmp_path, WEB_PROFILE | {"your_instagram_activity/messages/inbox/kit.oster_17842000000000001/message_1.html": talk}
    )
    assert [(i.text, i.author) for i in found.items] == [("Monday?", "other"), ("No", "me")]
    assert found.people("messaged") == [("kit.oster", "Kit")]


def test_web_pages_beside_json_are_counted_once(tmp_path):
    html = page(block("", "<div>kit.oster</div><div>Jan 08, 2026 4:41 am</div>", ""))
    found = instagram(tmp_path, {PEOPLE + "followers_1.json": [listed("kit.oster")], PEOPLE + "followers_1.html": html})
    assert [(c.handle, c.since) for c in found.connections] == [("kit.oster", "2022-04-15T05:20:00+00:00")]


def test_an_address_book_gives_names_and_no_numbers(tmp_path):
    book = {"contacts_contact_info": [mapped(First_Name="Nan", Last_Name="Oster", Contact_Information="07700 900456")]}
    files = {"connections/contacts/synced_contacts.json": book, PEOPLE + "followers_1.json": []}
    found = instagram(tmp_path, files)
    assert [(c.relation, c.name) for c in found.connections] == [("contact", "Nan Oster")]
    assert "900456" not in str(found.records)


def test_web_pages_dates_that_could_be_two_days_are_left_open_and_told(tmp_path):
    rows = ("Comment", "words"), ("Media Owner", "kit.oster"), ("Time", "03/04/2026, 10:04")
    files = {"your_instagram_activity/comments/post_comments_1.html": page(block("", table(*rows), ""))}
    found = read(tmp_path, WEB_PROFILE | files)
    assert [(i.text, i.at) for i in found.items] == [("words", None)]
    assert "The date of one entry is written in a way this version does not know" in found.warnings
