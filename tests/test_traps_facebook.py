"""The known traps of Facebook's export, one by one, in the order of the format notes; and what is unlike them."""

import json

from making import zipped
from making_meta import (
    FACEBOOK,
    INBOX,
    ME,
    POSTS,
    Read,
    T,
    facebook,
    labelled,
    meta,
    photo,
    read,
    thread,
    with_media,
)
from making_pages import block, page, pinned, said, sealed, sent, table

from auditlib.records import Conversation, Coverage, Item, Media, Place, Quoted, ReplyTo

ACT = "your_facebook_activity/"


def test_01_nothing_is_stripped_before_the_repair(tmp_path):
    words = ["à", "voilà", "… and so", "Å", "\u00a0x", "à\nlà", "été"]
    found = facebook(tmp_path, {POSTS: [{"timestamp": T + n, "data": [{"post": w}]} for n, w in enumerate(words)]})
    assert found.texts("post") == words


def test_01_mixed_and_plain_text_is_left_as_it_is(tmp_path):
    raw = [{"timestamp": T, "data": [{"post": "caf\u00c3\u00a9 \u2019"}]}, {"timestamp": T + 1, "data": [{"post": "Ã© typed"}]}]
    found = facebook(tmp_path, {POSTS: json.dumps(raw).encode()})
    assert found.texts("post") == ["cafÃ© ’", "é typed"]


def test_02_one_bare_object_is_read_as_a_list_of_one(tmp_path):
    found = facebook(
        tmp_path,
        {
            POSTS: {"timestamp": T, "data": [{"post": "only post"}], "attachments": with_media(photo("a.jpg"))},
            ACT + "posts/check-ins.json": labelled(T + 1, ("Message", "only check-in"), fbid="1"),
            ACT + "comments_and_reactions/comments.json": {
                "comments_v2": {"timestamp": T + 2, "data": {"comment": {"timestamp": T + 2, "comment": "only comment"}}}
            },
        },
    )
    assert found.texts() == ["only post", "only check-in", "only comment"]


def test_02_top_level_keys_with_and_without_their_endings_are_read(tmp_path):
    for number, key in enumerate(("friends", "friends_v2", "friends_v3", "friends_v12")):
        files = {
            "connections/friends/your_friends.json": {key: [{"name": "Kit", "timestamp": T}, {"name": "Maud", "timestamp": T}]}
        }
        assert facebook(tmp_path / str(number), files).people("friend") == [(None, "Kit"), (None, "Maud")]


def test_03_an_apostrophe_in_a_file_name_may_be_anything(tmp_path):
    for number, mark in enumerate(("'", "_", "’", "")):
        files = {
            f"connections/followers/who_you{mark}ve_followed.json": {"following_v3": [{"name": "Otter News", "timestamp": T}]}
        }
        assert facebook(tmp_path / str(number), files).people("following") == [(None, "Otter News")]


def test_04_numbered_files_are_all_read_and_sorted_by_number(tmp_path):
    files = {POSTS.replace("_1.", f"_{n}."): [{"timestamp": T + n, "data": [{"post": f"file {n}"}]}] for n in (10, 2, 1)}
    assert facebook(tmp_path, files).texts("post") == ["file 1", "file 2", "file 10"]


def test_05_both_files_of_reactions_are_read(tmp_path):
    link = "https://www.facebook.com/groups/1/posts/2"
    found = facebook(
        tmp_path,
        {
            ACT + "comments_and_reactions/likes_and_reactions_1.json": [
                {"timestamp": T, "data": [{"reaction": {"reaction": "LIKE", "actor": ME}}], "title": f"{ME} likes Kit's photo."}
            ],
            ACT + "comments_and_reactions/likes_and_reactions.json": [
                labelled(
                    T + 1,
                    ("Reaction", "Haha"),
                    ("Name", "Maud Pike"),
                    {"label": "URL", "value": link, "href": link},
                    {"title": "Group", "dict": [{"title": "", "dict": [{"label": "Name", "value": "Sallow Swap"}]}]},
                    fbid="32",
                )
            ],
        },
    )
    assert [(i.kind, i.author, i.title, i.quoted, i.audience, i.url) for i in found.items] == [
        ("reaction", "me", "Maud Pike", Quoted(None, "Maud Pike", None), "group", link),
        ("reaction", "me", f"{ME} likes Kit's photo.", Quoted(), "unknown", None),
    ]


def test_06_words_that_stand_only_on_the_picture_are_the_posts_words(tmp_path):
    posts = [
        {"timestamp": T, "attachments": with_media(photo("1.jpg", description="only on the picture"))},
        {"timestamp": T + 1, "data": [{"post": "twice"}], "attachments": with_media(photo("2.jpg", description="twice"))},
        {"timestamp": T + 2, "data": [{"post": "post"}], "attachments": with_media(photo("3.jpg", description="picture"))},
    ]
    found = facebook(tmp_path, {POSTS: posts})
    assert [(i.text, i.media) for i in found.items] == [
        ("only on the picture", (Media(None, "photo"),)),
        ("twice", (Media(None, "photo"),)),
        ("post", (Media(None, "photo", None, "picture"),)),
    ]


def test_07_a_picture_in_a_post_an_album_and_uncategorised_is_told_once(tmp_path):
    one, other = photo("posts/media/1.jpg", description="zoo"), photo("posts/media/2.jpg", T + 5, description="album only")
    found = facebook(
        tmp_path,
        {
            POSTS: [{"timestamp": T, "data": [{"post": "zoo"}], "attachments": with_media(one)}],
            ACT + "posts/album/0.json": {"name": "Zoo", "photos": [one, other], "description": "", "cover_photo": one},
            ACT + "posts/your_uncategorized_photos.json": {"other_photos_v2": [one]},
            ACT + "posts/check-ins.json": [
                labelled(T, ("Message", "zoo"), fbid="9"),
                labelled(T + 9, ("Message", "pub"), fbid="10"),
            ],
        },
    )
    assert found.texts() == ["zoo", "pub", "album only"]


def test_07_a_caption_that_only_the_album_has_is_not_lost(tmp_path):
    found = facebook(
        tmp_path,
        {
            POSTS: [{"timestamp": T, "data": [{"post": "zoo"}], "attachments": with_media(photo("1.jpg"))}],
            ACT + "posts/album/0.json": {"name": "Zoo", "photos": [photo("1.jpg", description="the head looks like an otter")]},
        },
    )
    assert found.texts() == ["zoo", "the head looks like an otter"]


def test_08_labels_of_an_unknown_language_lose_no_words_and_are_told(tmp_path):
    record = labelled(
        T, ("Zpráva", "Všechno nejlepší k narozeninám"), {"label": "Odkaz", "value": "", "href": "https://example.org/a"}
    )
    found = facebook(tmp_path, {ACT + "posts/posts_on_other_pages_and_profiles.json": [record]})
    assert [(i.text, i.links) for i in found.items] == [("Všechno nejlepší k narozeninám", ("https://example.org/a",))]
    assert "labels are in a language" in found.warnings


def test_09_what_others_wrote_is_not_the_persons(tmp_path):
    found = facebook(
        tmp_path,
        {
            "posts/other_people's_posts_to_your_timeline.json": {
                "wall_posts_sent_to_you": {
                    "activity_log_data": [
                        {"timestamp": T, "title": "Kit Øster wrote on your timeline.", "data": [{"post": "you drunk"}]}
                    ]
                }
            },
            ACT + "activity_you're_tagged_in/photos_and_videos_you're_tagged_in.json": [
                labelled(T, ("Name", "Kit Øster"), fbid="4")
            ],
            INBOX + "kit_1000000001/message_1.json": thread(["Kit Øster", ME], ("Kit Øster", 0, "received"), (ME, 1, "sent")),
        },
    )
    assert [(i.text, i.author, i.author_name) for i in found.items] == [
        ("received", "other", "Kit Øster"),
        ("sent", "me", ME),
        ("", "other", "Kit Øster"),
        ("you drunk", "other", "Kit Øster"),
    ]


def test_10_suggestions_are_not_friends(tmp_path):
    found = facebook(tmp_path, {"connections/friends/people_you_may_know.json": [labelled(T, ("Name", "Never Met"))]})
    assert found.connections == []


def test_11_two_people_of_one_name_are_two(tmp_path):
    friends = [
        {"name": "Maud Pike", "timestamp": T},
        {"name": "Maud Pike", "timestamp": T + 1},
        {"name": "Maud Pike", "timestamp": T},
    ]
    found = facebook(tmp_path, {"connections/friends/your_friends.json": {"friends_v2": friends}})
    assert [(c.name, c.since) for c in found.connections] == [
        ("Maud Pike", "2022-04-15T05:20:00+00:00"),
        ("Maud Pike", "2022-04-15T05:20:01+00:00"),
    ]
    assert len({c.key for c in found.connections}) == 2


def test_12_year_nought_and_coordinates_of_nought_are_no_facts(tmp_path):
    def exif(*blocks: dict[str, object]) -> dict[str, object]:
        return {"media_metadata": {"photo_metadata": {"exif_data": list(blocks)}}}

    posts = [
        {"timestamp": 0, "data": [{"post": "no time"}]},
        {"timestamp": -62169958800, "data": [{"post": "year nought"}]},
        {"timestamp": T, "attachments": with_media(photo("1.jpg", **exif({"latitude": 0, "longitude": 0})))},
        {
            "timestamp": T + 1,
            "attachments": with_media(photo("2.jpg", **exif({"iso": 1}, {"latitude": 52.5, "longitude": -1.5}))),
        },
    ]
    found = facebook(tmp_path, {POSTS: posts})
    assert [(i.at, [m.place for m in i.media]) for i in found.items] == [
        (None, []),
        (None, []),
        ("2022-04-15T05:20:00+00:00", [None]),
        ("2022-04-15T05:20:01+00:00", [Place(None, 52.5, -1.5)]),
    ]


def test_13_parts_of_one_export_are_one_and_a_missing_profile_is_told(tmp_path):
    media = {"your_facebook_activity/posts/media/1.jpg": b"picture"}
    posts = {
        POSTS: meta([{"timestamp": T, "data": [{"post": "p"}], "attachments": with_media(photo(ACT + "posts/media/1.jpg"))}])
    }
    talk = {INBOX + "kit_1000000001/message_1.json": meta(thread(["Kit", ME], (ME, 0, "mine")))}
    who = {k: meta(v) for k, v in FACEBOOK.items()}
    parts = [
        zipped(tmp_path / f"facebook-wren-2024-11-18-{end}.zip", files)
        for end, files in (("Ab1Cd2Ef", media), ("Gh3Ij4Kl", posts), ("Mn5Op6Qr", talk), ("St7Uv8Wx", who))
    ]
    whole = Read(*parts)
    assert [(i.kind, i.account, i.author, [m.path for m in i.media]) for i in whole.items] == [
        ("message", ME, "me", []),
        ("post", ME, "me", ["your_facebook_activity/posts/media/1.jpg"]),
    ]
    assert "profile is not here" not in whole.warnings
    some = Read(parts[1])
    assert [(i.account, i.author) for i in some.items] == [("wren", "me")]  # from the name of the file
    assert "profile is not here" in some.warnings
    assert "No data file" in Read(parts[0]).warnings


def test_13_files_of_one_thread_in_different_parts_are_one_conversation(tmp_path):
    first = {INBOX + "gang_1000000002/message_1.json": meta(thread(["Kit", ME, "Maud"], (ME, 9, "new"), title="Gang"))}
    second = {
        INBOX + "gang_1000000002/message_2.json": meta(thread(["Kit", ME, "Maud"], ("Left Since", 1, "old"), title="Gang"))
    }
    who = {k: meta(v) for k, v in FACEBOOK.items()}
    found = Read(
        zipped(tmp_path / "facebook-w-2024-1-1-aaaaaaa1.zip", first | who),
        zipped(tmp_path / "facebook-w-2024-1-1-bbbbbbb2.zip", second),
    )
    talk = Conversation("1000000002", "Gang", ("Kit", ME, "Maud", "Left Since"), True)
    assert [(i.text, i.conversation) for i in found.items] == [("new", talk), ("old", talk)]


def test_14_a_broken_file_costs_itself_only(tmp_path):
    found = facebook(
        tmp_path,
        {
            ACT + "stories/archived_stories.json": b"[object Object]",
            POSTS: [{"timestamp": T, "data": [{"post": "still read"}]}],
            INBOX + "bad_1000000001/message_1.json": b"{not json",
            INBOX + "good_1000000002/message_1.json": thread(["Kit", ME], (ME, 0, "sibling")),
        },
    )
    assert found.texts() == ["sibling", "still read"]
    assert [m for m, s in found.states.items() if s == "failed"] == [
        INBOX + "bad_1000000001/message_1.json",
        ACT + "stories/archived_stories.json",
    ]


def test_15_json_in_the_messages_folder_that_is_no_thread_is_no_message(tmp_path):
    found = facebook(
        tmp_path,
        {
            ACT + "messages/messaging_settings.json": [labelled(T, ("Message requests", "On"))],
            ACT + "messages/something_1.json": {"something": [1]},
        },
    )
    assert found.items == []
    assert found.states[ACT + "messages/something_1.json"] == "unknown"


def test_16_an_empty_address_of_a_shared_post_is_no_link(tmp_path):
    shared = {"timestamp": T, "title": f"{ME} shared a reel.", "attachments": [{"data": [{"external_context": {"url": ""}}]}]}
    found = facebook(tmp_path, {POSTS: [shared]})
    assert [(i.title, i.links, i.url) for i in found.items] == [(f"{ME} shared a reel.", (), None)]


def test_17_an_export_limited_to_some_years_is_told(tmp_path):
    who = {"name": {"full_name": ME}, "registration_timestamp": 1262304000}
    found = read(
        tmp_path,
        {
            "personal_information/profile_information/profile_information.json": {"profile_v2": who},
            POSTS: [{"timestamp": T, "data": [{"post": "recent"}]}],
        },
    )
    assert "dates from 2010 but the oldest thing found is from 2022" in found.warnings


def test_18_missing_encrypted_chats_are_told(tmp_path):
    posts = {POSTS: [{"timestamp": T + 400 * 86400, "data": [{"post": "newer"}]}]}
    talk = thread(["Kit", ME], (ME, 0, "old"))
    assert "encrypted" in facebook(tmp_path / "a", posts | {INBOX + "kit_1000000001/message_1.json": talk}).warnings
    cutover = {ACT + "messages/e2ee_cutover/kit_1000000001/message_1.json": talk}
    assert "encrypted" in facebook(tmp_path / "b", cutover).warnings
    assert "encrypted" not in facebook(tmp_path / "c", {INBOX + "kit_1000000001/message_1.json": talk}).warnings


def test_19_thumbnails_are_no_pictures_of_their_own_and_stickers_are_told_as_such(tmp_path):
    film = photo(
        "posts/media/1.mp4", thumbnail={"uri": "posts/media/thumb.jpg"}, media_variants=[{"uri": "posts/media/small.mp4"}]
    )
    talk = thread(["Kit", ME])
    talk["messages"] = [{"sender_name": ME, "timestamp_ms": T * 1000, "sticker": {"uri": "messages/stickers_used/1.png"}}]
    files = {POSTS: [{"timestamp": T, "attachments": with_media(film)}], INBOX + "kit_1000000001/message_1.json": talk}
    assert [i.media for i in facebook(tmp_path, files).items] == [(Media(None, "sticker"),), (Media(None, "video"),)]


def test_20_a_renamed_persons_old_messages_are_still_theirs(tmp_path):
    who = {"name": {"full_name": "Wren New"}, "previous_names": [{"name": "Wren O\u0308ld", "timestamp": T}]}
    found = read(
        tmp_path,
        {
            "personal_information/profile_information/profile_information.json": {"profile_v2": who},
            INBOX + "kit_1000000001/message_1.json": thread(["Kit", "Wren Öld"], ("Wren Öld", 0, "mine")),
        },
    )
    assert [(i.text, i.author) for i in found.items] == [("mine", "me")]


def test_whose_messages_they_are_is_taken_from_all_threads_or_left_open(tmp_path):
    kit = {"messages/inbox/kit_1000000001/message_1.json": thread(["Kit", ME], (ME, 0, "one"))}
    maud = {"messages/inbox/maud_1000000002/message_1.json": thread(["Maud", ME], ("Maud", 0, "two"))}
    both = read(tmp_path / "a", kit | maud)
    assert both.platforms == ["facebook"]
    assert [(i.account, i.author) for i in both.items] == [(ME, "me"), (ME, "other")]
    assert "taken as yours" in both.warnings
    assert [(i.account, i.author) for i in read(tmp_path / "b", kit).items] == [(None, None)]
    assert [(i.account, i.author) for i in read(tmp_path / "c", kit, me=(ME,)).items] == [(ME, "me")]


def test_a_message_is_told_in_full(tmp_path):
    talk = thread(["Kit Øster", ME])
    talk["messages"] = [
        {
            "sender_name": ME,
            "timestamp_ms": 1700000000123,
            "content": "see this à",
            "share": {"link": "https://example.org/a", "share_text": "Otter wins"},
            "photos": [{"uri": INBOX + "kit_1000000001/photos/1.jpg", "creation_timestamp": T}],
        }
    ]
    found = facebook(tmp_path, {INBOX + "kit_1000000001/message_1.json": talk, INBOX + "kit_1000000001/photos/1.jpg": b"x"})
    item = found.items[0]
    assert item == Item(
        platform="facebook",
        account=ME,
        where=INBOX + "kit_1000000001/message_1.json#0",
        kind="message",
        key=item.key,
        id=None,
        at="2023-11-14T22:13:20.123+00:00",
        text="see this à",
        author="me",
        author_name=ME,
        audience="direct",
        quoted=Quoted(None, None, "Otter wins"),
        conversation=Conversation("1000000001", "Kit Øster", ("Kit Øster", ME), False),
        media=(Media(INBOX + "kit_1000000001/photos/1.jpg", "photo"),),
        links=("https://example.org/a",),
    )
    assert item.key.startswith(f"facebook:{ME}:message:1000000001:1700000000123:")


def test_system_lines_are_nobodys_words_and_own_words_stay_own(tmp_path):
    lines = [
        ("Kit Øster", "Reacted 😆 to your message ", "system"),
        ("Kit Øster", "Hat mit 😆 auf deine Nachricht reagiert ", "system"),
        (ME, "You sent an attachment.", "system"),
        ("Kit Øster", "Kit sent an attachment.", "system"),
        ("Kit Øster", "Kit named the group Otters.", "system"),
        (ME, "You called Kit.", "system"),
        (ME, "You lot are useless.", "me"),
        (ME, "He left the group.", "me"),
        (ME, "love it 😍", "me"),
        ("Kit Øster", "I called you twice.", "other"),
    ]
    talk = thread(["Kit Øster", ME], *[(who, n, text) for n, (who, text, _) in enumerate(lines)])
    found = facebook(tmp_path, {INBOX + "kit_1000000001/message_1.json": talk})
    assert [(i.text, i.author) for i in found.items] == [(text, author) for _, text, author in lines]


def test_an_unsent_message_is_marked_as_removed(tmp_path):
    talk = thread(["Kit", ME], (ME, 0, "regret"))
    talk["messages"][0]["is_unsent"] = True
    found = facebook(tmp_path, {INBOX + "kit_1000000001/message_1.json": talk})
    assert [(i.text, i.deleted, i.state) for i in found.items] == [("regret", True, "binned")]


def test_a_message_said_twice_in_one_moment_is_two_and_one_in_two_files_is_one(tmp_path):
    talk = thread(["Kit", ME], (ME, 0, "ha"), (ME, 0, "ha"))
    again = thread(["Kit", ME], (ME, 0, "ha"))
    found = facebook(
        tmp_path,
        {INBOX + "kit_1000000001/message_1.json": talk, ACT + "messages/e2ee_cutover/kit_1000000001/message_1.json": again},
    )
    assert found.texts("message") == ["ha", "ha"]
    assert len({i.key for i in found.items}) == 2


def test_keys_stay_when_a_thread_is_renamed_moved_and_grows(tmp_path):
    old = facebook(tmp_path / "a", {INBOX + "kit_1000000001/message_1.json": thread(["Kit", ME], (ME, 0, "ha"))})
    moved = ACT + "messages/archived_threads/kitty_1000000001/message_1.json"
    new = facebook(tmp_path / "b", {moved: thread(["Kit", ME], (ME, 5, "newer"), (ME, 0, "ha"), title="Kitty")})
    assert {i.key for i in old.items} < {i.key for i in new.items}


def test_strangers_requests_are_no_contacts_until_answered(tmp_path):
    asked = ACT + "messages/message_requests/"
    found = facebook(
        tmp_path,
        {
            asked + "quill_1000000001/message_1.json": thread(["Quill", ME], ("Quill", 0, "You won")),
            asked + "ned_1000000002/message_1.json": thread(["Ned", ME], ("Ned", 0, "hello?"), (ME, 1, "hello")),
            INBOX + "gone_1000000003/message_1.json": thread(["Facebook user", ME], ("Facebook user", 0, "gone")),
        },
    )
    assert found.people("messaged") == [(None, "Ned")]


def test_group_posts_and_comments_say_that_they_are_in_a_group(tmp_path):
    found = facebook(
        tmp_path,
        {
            ACT + "groups/group_posts_and_comments.json": {
                "group_posts_v2": [{"timestamp": T, "data": [{"post": "in a group"}]}]
            },
            ACT + "groups/your_pending_posts_in_groups.json": {
                "pending_posts_v2": [{"timestamp": T, "data": [{"post": "waiting"}]}]
            },
            ACT + "groups/your_comments_in_groups.json": {
                "group_comments_v2": [{"data": [{"comment": {"timestamp": T, "comment": "mine", "group": "Sallow Swap"}}]}]
            },
            ACT + "comments_and_reactions/comments.json": {
                "comments_v2": [{"data": [{"comment": {"timestamp": T, "comment": "mine"}}]}]
            },
        },
    )
    assert [(i.text, i.audience, i.state, i.reply_to) for i in found.items] == [
        ("in a group", "group", "live", None),
        ("mine", "group", "live", ReplyTo()),
        ("waiting", "group", "draft", None),
    ]


def test_archived_and_binned_posts_are_marked(tmp_path):
    found = facebook(
        tmp_path,
        {
            ACT + "posts/archive.json": [labelled(T, ("Message", "put away"), fbid="1")],
            ACT + "posts/trash.json": {"trash_v2": [{"timestamp": T, "data": [{"post": "thrown away"}]}]},
            ACT + "stories/archived_stories.json": {"archived_stories_v2": [{"timestamp": T, "data": [{"post": "story"}]}]},
        },
    )
    assert [(i.kind, i.text, i.audience, i.state, i.deleted) for i in found.items] == [
        ("post", "put away", "private", "archived", False),
        ("post", "thrown away", "private", "binned", True),
        ("story", "story", "private", "archived", False),
    ]


def test_private_beliefs_on_the_profile_are_not_carried(tmp_path):
    who = {
        "name": {"full_name": ME},
        "religious_view": {"name": "Pastafarian"},
        "political_view": {"name": "Tidy"},
        "gender": {"gender_option": "FEMALE"},
        "relationship": {"status": "Single", "partner": "Kit"},
        "interested_in": ["OTTERS"],
        "family_members": [{"name": "Nan", "relation": "Grandmother"}],
        "work_experiences": [{"employer": "Zoo"}],
    }
    found = read(tmp_path, {"profile_information/profile_information.json": {"profile_v2": who}})
    assert found.facts == [("name", ME), ("employer", "Zoo")]


def test_settings_are_those_the_export_really_holds(tmp_path):
    nested = {
        "label": "Your activity",
        "dict": [{"label": "Who can see your future posts?", "value": "Public"}, {"label": "New one", "value": "Maybe"}],
    }
    found = facebook(tmp_path, {"preferences/preferences/privacy_settings.json": [{"timestamp": T, "label_values": [nested]}]})
    assert found.settings == {
        "facebook.who-can-see-your-future-posts": ("public", "Public"),
        "facebook.new-one": ("unknown", "Maybe"),
    }


def test_a_web_page_beside_its_json_is_counted_once_and_one_of_no_known_form_asks_for_json(tmp_path):
    html = b"<html><div role='main'>words</div></html>"
    found = facebook(
        tmp_path,
        {
            POSTS: [{"timestamp": T, "data": [{"post": "read"}]}],
            POSTS.replace(".json", ".html"): html,
            ACT + "comments_and_reactions/comments.html": html,
            "start_here.html": html,
        },
    )
    assert {m: s for m, s in found.states.items() if m.endswith("html")} == {
        ACT + "comments_and_reactions/comments.html": "unknown"
    }
    assert "choose JSON" in found.warnings


def test_a_name_or_address_that_is_a_trick_stays_text(tmp_path):
    pages = {"page_likes_v2": [{"name": "<script>alert(1)</script>", "timestamp": T, "url": "javascript:alert(1)"}]}
    found = facebook(tmp_path, {ACT + "pages/pages_you've_liked.json": pages})
    assert [(i.title, i.url) for i in found.items] == [("<script>alert(1)</script>", None)]


def test_18_chats_of_the_end_to_end_download_unpacked_into_the_export_join_those_before_the_switch(tmp_path):
    people = ["Kit Øster", ME]
    before = thread(people, (ME, 60, "on both sides"), ("Kit Øster", 0, "before"))
    after = sealed(people, sent(ME, "on both sides", T + 60), sent("Kit Øster", "after à la mode", T + 120))
    found = facebook(
        tmp_path,
        {
            ACT + "messages/e2ee_cutover/kitoster_1000000001/message_1.json": before,
            ACT + "messages/Kit Øster_1.json": after,
        },
    )
    assert [(i.platform, i.text, i.author) for i in found.items] == [
        ("facebook", "on both sides", "me"),
        ("facebook", "before", "other"),
        ("facebook", "after à la mode", "other"),
    ]
    assert {i.conversation.id for i in found.items if i.conversation} == {"1000000001"}


def test_lists_two_objects_deep_count_each_entry_and_lose_only_the_broken_one(tmp_path):
    name = "posts/other_people's_posts_to_your_timeline.json"
    walls = [
        {"timestamp": T + n, "title": "Kit wrote on your timeline.", "data": [{"post": f"wall {n}"}] if n != 1 else 7}
        for n in range(4)
    ]
    found = facebook(tmp_path, {name: {"wall_posts_sent_to_you": {"activity_log_data": walls}}})
    assert found.texts("post") == ["wall 0", "wall 2", "wall 3"]
    [line] = [r for r in found.records if isinstance(r, Coverage) and r.member == name]
    assert (line.state, line.count, line.reason) == ("failed", 3, "1 of 4 entries could not be read")


def test_an_address_book_gives_names_and_no_numbers(tmp_path):
    book = [{"name": "Nan", "details": [{"contact_point": "07700 900456"}]}, {"name": "07700 900457"}, {"name": ""}]
    found = facebook(
        tmp_path, {"other_personal_information/your_address_books.json": {"address_book_v2": {"address_book": book}}}
    )
    assert [(c.relation, c.name) for c in found.connections] == [("contact", "Nan")]
    assert "900456" not in str(found.records)


PAGE = POSTS.replace(".json", ".html")


def test_web_pages_times_are_naive_and_of_every_layout(tmp_path):
    dates = {
        "Nov 14, 2023 10:13:20 pm": "2023-11-14T22:13:20",
        "Mar 1, 2019 2:05pm": "2019-03-01T14:05:00",
        "Sep 13, 2020, 12:26\u202fPM": "2020-09-13T12:26:00",
        "Oct 19, 2019 at 2:37 PM": "2019-10-19T14:37:00",
        "2 Jan 2020, 15:04": "2020-01-02T15:04:00",
        "14. Nov. 2023, 22:13": "2023-11-14T22:13:00",
        "jul. 05, 2024 2:49 am": "2024-07-05T02:49:00",
        "Dec 25, 2020 12:00:00 am": "2020-12-25T00:00:00",
        "a day that never was": None,
    }
    found = facebook(tmp_path, {PAGE: page(*(block("", pinned(f"p{n}"), d) for n, d in enumerate(dates)))})
    assert [i.at for i in found.items] == list(dates.values())
    assert "The date of one entry is written in a way this version does not know" in found.warnings
    assert "without a time zone" in found.warnings


def test_web_pages_day_and_month_are_settled_by_another_date_of_the_same_export_else_left_open(tmp_path):
    open_one = {PAGE: page(block("", pinned("p"), "03/04/2021, 10:04"))}
    assert [i.at for i in facebook(tmp_path / "a", open_one).items] == [None]
    other = {ACT + "comments_and_reactions/comments.html": page(block("c", pinned("c"), "25/04/2021, 10:04"))}
    found = facebook(tmp_path / "b", open_one | other)
    assert [i.at for i in found.items] == ["2021-04-03T10:04:00", "2021-04-25T10:04:00"]


def test_web_pages_classes_may_be_of_any_name(tmp_path):
    known = page(*(block(f"{ME} shared a post.", pinned(f"words {n}"), f"Nov {n}, 2023 10:13:20 pm") for n in (1, 2, 3)))
    drifted = known.replace(b"_a6-", b"_zz-").replace(b"_a72d", b"q").replace(b"_a706", b"r").replace(b"_2pin", b"s")
    for number, html in enumerate((known, drifted, drifted.replace(b' role="main"', b""))):
        found = facebook(tmp_path / str(number), {PAGE: html})
        assert [(i.title, i.text, i.at) for i in found.items] == [
            (f"{ME} shared a post.", f"words {n}", f"2023-11-0{n}T22:13:20") for n in (1, 2, 3)
        ]


def test_web_pages_older_classes_are_read(tmp_path):
    parts = '<div class="_2lel">T</div><div>old words</div><div class="_2lem">1 May 2018, 10:00</div>'
    html = page(f'<div class="pam uiBoxWhite noborder">{parts}</div>')
    found = facebook(tmp_path, {"posts/your_posts_1.html": html})
    assert [(i.title, i.text, i.at) for i in found.items] == [("T", "old words", "2018-05-01T10:00:00")]


def test_web_pages_say_when_a_post_was_changed_and_that_is_no_word_of_the_persons(tmp_path):
    body = pinned("words", "Updated Nov 15, 2023 10:13:20 pm")
    assert facebook(tmp_path, {PAGE: page(block("", body, "Nov 14, 2023 10:13:20 pm"))}).texts() == ["words"]


def test_web_pages_are_hostile_text_and_their_own_links_are_kept_apart(tmp_path):
    token = "https://www.facebook.com/dyi/l/?l=Ab1"
    body = pinned(
        "&lt;script&gt;x&lt;/script&gt; &amp; tea", "<script>steal()</script>", '<a href="javascript:alert(1)">here</a>'
    )
    found = facebook(tmp_path, {PAGE: page(block("", body, "Nov 14, 2023 10:13:20 pm", token))})
    assert [(i.text, i.links, i.url) for i in found.items] == [("<script>x</script> & tea\nhere", (), token)]


def test_web_pages_are_utf_8_and_not_mended(tmp_path):
    assert facebook(tmp_path, {PAGE: page(block("", pinned("Ã© typed, voilà"), "Nov 14, 2023 10:13:20 pm"))}).texts() == [
        "Ã© typed, voilà"
    ]


def test_web_pages_that_stop_in_the_middle_keep_the_whole_entries_and_are_told(tmp_path):
    whole = page(block("", pinned("whole"), "Nov 14, 2023 10:13:20 pm"), block("", pinned("cut"), "Nov 13, 2023 10:13:20 pm"))
    found = facebook(tmp_path, {PAGE: whole[: whole.index(b"cut") + 2]})
    assert (found.texts(), found.states[PAGE]) == (["whole"], "failed")


def test_web_pages_without_entries_are_read_and_one_with_words_of_no_known_form_is_not_passed_over(tmp_path):
    found = facebook(tmp_path, {PAGE: page(), ACT + "stories/archived_stories.html": page("<p>Some words</p>")})
    assert found.items == []
    assert (found.states[PAGE], found.states[ACT + "stories/archived_stories.html"]) == ("read", "unknown")


def test_web_pages_of_labelled_values_are_tables(tmp_path):
    pairs = ("Message", "Put away"), ("Place tags", table(("Name", "Testham Zoo"), ("Coordinates", "(52.06 , -1.11)")))
    for number, wide in enumerate((False, True)):
        html = page(block("", table(*pairs, wide=wide), "Oct 19, 2019 at 2:37 PM"))
        [item] = facebook(tmp_path / str(number), {ACT + "posts/archive.html": html}).items
        assert (item.text, item.place, item.state) == ("Put away", Place("Testham Zoo", 52.06, -1.11), "archived")


def test_web_pages_of_chats_name_who_takes_part_and_leave_reactions_out(tmp_path):
    who = '<div class="_3b0d">Participants: Maud Pike, Kit Øster, Wren Ashdown</div>'
    html = page(who, said("Maud Pike", "Kiln?", reactions="❤Kit Øster"), said(ME, "Not me"), title="Staff room")
    found = facebook(tmp_path, {INBOX + "staffroom_1000000002/message_1.html": html})
    talk = Conversation("1000000002", "Staff room", ("Maud Pike", "Kit Øster", ME), True)
    assert [(i.text, i.author, i.conversation) for i in found.items] == [("Kiln?", "other", talk), ("Not me", "me", talk)]


def test_web_pages_say_who_the_person_is(tmp_path):
    profile = page(block("", table(("Name", "Wren Ashdown"), ("Username", "wren.5"), ("Birthday", "Apr 9, 1991")), ""))
    home = "personal_information/profile_information/profile_information.html"
    found = read(tmp_path, {home: profile, PAGE: page(block("", pinned("mine"), "Nov 14, 2023 10:13:20 pm"))})
    assert found.facts == [("name", "Wren Ashdown"), ("handle", "wren.5"), ("birthday", "1991-04-09")]
    assert [(i.account, i.author_name) for i in found.items] == [("Wren Ashdown", "Wren Ashdown")]


def test_web_pages_beside_json_are_counted_once_even_where_they_are_cut_into_other_files(tmp_path):
    html = page(block("", pinned("read"), "Nov 14, 2023 10:13:20 pm"))
    found = facebook(
        tmp_path,
        {POSTS: [{"timestamp": T, "data": [{"post": "read"}]}], PAGE: html, PAGE.replace("_1.", "_2."): html},
    )
    assert found.texts() == ["read"]
    assert "web pages" not in found.warnings


def test_web_pages_beside_a_json_export_of_the_same_day_leave_it_the_word(tmp_path):
    home = "personal_information/profile_information/profile_information.html"
    words = {home: page(block("", table(("Name", ME)), "")), PAGE: page(block("", pinned("page"), "Nov 14, 2023 10:13:20 pm"))}
    data = {k: meta(v) for k, v in (FACEBOOK | {POSTS: [{"timestamp": T, "data": [{"post": "json"}]}]}).items()}
    one = zipped(tmp_path / "facebook-wren-2024-11-18-abcdefgh.zip", data)
    two = zipped(tmp_path / "facebook-wren-2024-11-18-bcdefghi.zip", words)
    later = zipped(tmp_path / "facebook-wren-2025-01-02-cdefghij.zip", words)
    assert Read(one, two).texts() == Read(two, one).texts() == ["json"]
    assert Read(one, later).texts() == Read(later, one).texts() == ["page"]
