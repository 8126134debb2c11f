"""Facebook, Instagram and Threads: nothing in an export is lost, guessed or taken for more than it says.

Each test holds one way in which an invented export of a kind the format pages tell of was once read wrongly.
"""

import json
from typing import Any

import pytest
from making_meta import (
    FACEBOOK,
    INBOX,
    ME,
    POSTS,
    Read,
    T,
    facebook,
    instagram,
    labelled,
    listed,
    mapped,
    meta,
    read,
    thread,
)

from auditlib.records import Item, Place, Quoted, ReplyTo, Setting, Summary

ACT = "your_facebook_activity/"
IG = "your_instagram_activity/"
OWNER = {"title": "Owner", "dict": [{"title": "", "dict": [{"label": "Username", "value": "sallow.kit"}]}]}


def post(at: int, text: str, title: str = "", **more: Any) -> dict[str, Any]:
    return {"timestamp": at, "data": [{"post": text}], "title": title} | more


def test_the_same_words_on_two_walls_in_one_second_are_two_posts_however_the_files_are_cut(tmp_path):
    walls = [post(T, "Happy birthday", f"{ME} wrote on {who}'s timeline.") for who in ("Kit", "Maud")]
    second = POSTS.replace("_1.json", "_2.json")
    elsewhere = {ACT + "posts/posts_on_other_pages_and_profiles.json": [labelled(T, ("Message", "Happy birthday"))]}
    one = facebook(tmp_path / "a", {POSTS: [*walls, walls[0]]} | elsewhere)
    two = facebook(tmp_path / "b", {POSTS: walls[:1], second: walls[1:]} | elsewhere)
    assert [i.title for i in one.items] == [f"{ME} wrote on Kit's timeline.", f"{ME} wrote on Maud's timeline."]
    assert [i.key for i in two.items] == [i.key for i in one.items]
    assert len({i.key for i in one.items}) == 2


def test_comments_among_the_posts_of_groups_keep_their_words(tmp_path):
    said = {"comment": {"timestamp": T, "comment": "Well said", "author": ME, "group": "Sallow Swap"}}
    found = facebook(
        tmp_path,
        {
            "groups/your_posts_and_comments_in_groups.json": {
                "group_posts": {
                    "activity_log_data": [
                        {"timestamp": T, "title": f"{ME} commented on a post.", "data": [said]},
                        post(T + 1, "Pram to give away", f"{ME} posted in Sallow Swap."),
                    ]
                }
            }
        },
    )
    assert [(i.kind, i.text, i.audience, i.reply_to) for i in found.items] == [
        ("comment", "Well said", "group", ReplyTo()),
        ("post", "Pram to give away", "group", None),
    ]


def test_one_bad_entry_inside_a_wrapper_costs_itself_only(tmp_path):
    wall = "posts/other_people's_posts_to_your_timeline.json"
    rows = [post(T, "Before"), {"timestamp": T + 1, "data": [{"post": 5}]}, post(T + 2, "After")]
    found = facebook(tmp_path, {wall: {"wall_posts_sent_to_you": {"activity_log_data": rows}}})
    assert found.texts() == ["Before", "After"]
    assert found.states[wall] == "failed"


def test_a_comment_without_words_is_told_by_its_title(tmp_path):
    found = facebook(tmp_path, {"comments/comments.json": {"comments": [{"timestamp": T, "title": f"{ME} sent a sticker."}]}})
    assert [(i.kind, i.text, i.title) for i in found.items] == [("comment", "", f"{ME} sent a sticker.")]


def test_two_followers_of_one_name_without_times_are_two(tmp_path):
    rows = {"followers_v2": [{"name": "Kit Oster"}, {"name": "Kit Oster"}]}
    found = facebook(tmp_path, {"friends_and_followers/people_who_follow_you.json": rows})
    assert found.people("follower") == [(None, "Kit Oster")] * 2
    assert len({c.key for c in found.connections}) == 2


def test_a_first_file_without_a_number_is_no_gap(tmp_path):
    folder = "connections/followers/people_who_followed_you"
    rows = [{"title": "Kit Oster", "media_list_data": [], "string_list_data": [{"value": "x", "timestamp": T}]}]
    found = facebook(tmp_path, {f"{folder}.json": rows, f"{folder}_2.json": rows, POSTS: [post(T, "words")]})
    assert "numbering" not in found.warnings
    assert "numbering" in facebook(tmp_path / "b", {f"{folder}.json": rows, f"{folder}_3.json": rows}).warnings


def test_a_reaction_in_both_the_old_and_the_new_file_is_told_once(tmp_path):
    link = "https://www.facebook.com/kit/posts/1"
    new = labelled(T, ("Reaction", "Like"), ("Name", "Kit Oster"), {"label": "URL", "value": link, "href": link}, fbid="5")
    old = [
        {"timestamp": at, "title": f"{ME} likes {who}'s post.", "data": [{"reaction": {"reaction": "LIKE", "actor": ME}}]}
        for at, who in ((T, "Kit Oster"), (T, "Maud Pike"), (T + 1, "Kit Oster"))
    ]
    folder = ACT + "comments_and_reactions/likes_and_reactions"
    found = facebook(tmp_path, {f"{folder}.json": [new], f"{folder}_1.json": old})
    assert [(i.title, i.url) for i in found.items] == [
        ("Kit Oster", link),
        (f"{ME} likes Maud Pike's post.", None),
        (f"{ME} likes Kit Oster's post.", None),
    ]


@pytest.mark.parametrize("address", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_an_address_that_would_run_something_is_no_link(tmp_path, address):
    attached = [{"data": [{"external_context": {"url": address}}, {"external_context": {"url": "https://a.example/x"}}]}]
    talk = thread(["Kit Oster", ME]) | {
        "messages": [{"sender_name": ME, "timestamp_ms": T * 1000, "content": "look", "share": {"link": address}}]
    }
    found = facebook(
        tmp_path, {POSTS: [post(T, "words", attachments=attached)], f"{INBOX}kitoster_100200300/message_1.json": talk}
    )
    assert [(i.kind, i.links, i.url) for i in found.items] == [
        ("message", (), None),
        ("post", ("https://a.example/x",), None),
    ]


def test_an_events_words_and_place_and_a_shared_name_are_kept(tmp_path):
    event = {"name": "Summer fair", "description": "Bring a cake", "place": {"name": "Village hall"}}
    found = facebook(
        tmp_path,
        {
            POSTS: [
                post(T, "Come along", attachments=[{"data": [{"event": event}]}]),
                post(T + 1, "This one", attachments=[{"data": [{"name": "The Sallow Arms"}]}]),
            ]
        },
    )
    assert [(i.quoted, i.place) for i in found.items] == [
        (Quoted(None, None, "Summer fair\nBring a cake"), Place("Village hall")),
        (Quoted(None, None, "The Sallow Arms"), None),
    ]


def test_who_sees_something_for_sale_is_not_guessed_and_a_labelled_note_keeps_its_title(tmp_path):
    found = facebook(
        tmp_path,
        {
            ACT + "facebook_marketplace/items_selling.json": {"items_selling_v2": [{"title": "Pram", "created_timestamp": T}]},
            ACT + "other_activity/notes.json": labelled(T, ("Title", "Twenty things"), ("Text", "All about me")),
        },
    )
    assert [(i.title, i.text, i.audience) for i in found.items] == [
        ("Twenty things", "All about me", "unknown"),
        ("Pram", "", "unknown"),
    ]


def test_people_blocked_from_events_are_blocked_and_pages_no_longer_followed_are_known(tmp_path):
    found = facebook(
        tmp_path,
        {
            "events/event_contact_you've_blocked.json": {"event_contacts_blocked_v2": [{"name": "Maud Pike", "timestamp": T}]},
            "following_and_followers/unfollowed_pages.json": {"pages_unfollowed": [{"timestamp": T, "data": [{"name": "P"}]}]},
        },
    )
    assert found.people("blocked") == [(None, "Maud Pike")]
    assert "unknown" not in found.states.values()


@pytest.mark.parametrize(
    ("label", "word", "value"),
    [
        ("Who can see your future posts?", "Only me", "private"),
        ("Wer kann deine zukünftigen Beiträge sehen?", "Freunde", "friends"),
        ("Kto może zobaczyć Twoje przyszłe posty?", "Publiczne", "public"),
        ("Qui peut voir vos futures publications ?", "Les chats", "unknown"),
    ],
)
def test_the_audience_of_future_posts_is_known_in_other_languages(tmp_path, label, word, value):
    entry = {"label": "x", "dict": [{"label": label, "value": word}]}
    found = facebook(tmp_path, {"preferences/preferences/privacy_settings.json": labelled(0, entry)})
    assert found.settings == {"facebook.who-can-see-your-future-posts": (value, word)}


def test_threads_of_2018_without_a_number_and_with_plain_names_are_read(tmp_path):
    talk = {"participants": ["Kit Oster", ME], "messages": [{"sender_name": ME, "timestamp_ms": T * 1000, "content": "Hello"}]}
    found = facebook(tmp_path, {"messages/inbox/KitOster_AbCdEfGhIj/message.json": talk})
    assert [(i.text, i.author, i.audience) for i in found.items] == [("Hello", "me", "direct")]
    assert found.people("messaged") == [(None, "Kit Oster")]


def test_groups_the_person_has_left_do_not_hide_who_they_are(tmp_path):
    chats = {
        f"{INBOX}kit_100200300/message_1.json": thread(["Kit Oster", ME], (ME, 0, "one")),
        f"{INBOX}maud_100200301/message_1.json": thread(["Maud Pike", ME], (ME, 1, "two")),
        f"{INBOX}swap_100200302/message_1.json": thread(["A One", "B Two", "C Three"], ("A One", 2, "three")),
    }
    found = read(tmp_path, chats | {POSTS: [post(T, "words")]})
    assert [(i.text, i.author) for i in found.items if i.kind == "message"] == [
        ("one", "me"),
        ("two", "me"),
        ("three", "other"),
    ]


def test_a_shared_profile_is_named(tmp_path):
    talk = thread(["Kit Oster", ME]) | {
        "messages": [
            {
                "sender_name": ME,
                "timestamp_ms": T * 1000,
                "share": {"profile_share_username": "sallow.kit", "profile_share_name": "Sallow Kit"},
            }
        ]
    }
    found = instagram(tmp_path, {f"{IG}messages/inbox/kit_100200300400500/message_1.json": talk})
    assert [i.quoted for i in found.items] == [Quoted(None, "sallow.kit", "Sallow Kit")]


def test_a_single_labelled_answer_to_a_sticker_is_read_whole(tmp_path):
    found = instagram(
        tmp_path,
        {
            f"{IG}story_interactions/questions.json": labelled(T, ("Answer", "At noon"), OWNER),
            f"{IG}story_interactions/quizzes.json": labelled(T + 1, ("Egal", "B"), OWNER),
            f"{IG}story_interactions/polls.json": {"story_activities_polls": [listed("Yes", "sallow.kit", at=T + 2)]},
            f"{IG}story_interactions/story_likes.json": {
                "story_activities_story_likes": [listed("👍", "sallow.kit", at=T + 3)]
            },
        },
    )
    assert sorted((i.at or "", i.kind, i.text, (i.reply_to or i.quoted).author) for i in found.items) == [
        ("2022-04-15T05:20:00+00:00", "comment", "At noon", "sallow.kit"),
        ("2022-04-15T05:20:01+00:00", "reaction", "B", "sallow.kit"),
        ("2022-04-15T05:20:02+00:00", "reaction", "Yes", "sallow.kit"),
        ("2022-04-15T05:20:03+00:00", "reaction", "", "sallow.kit"),
    ]


def test_pictures_among_the_labelled_values_of_a_post_are_told(tmp_path):
    nested = {"label": "Media", "media": [{"uri": "media/posts/1.jpg", "creation_timestamp": T}]}
    found = instagram(
        tmp_path, {f"{IG}media/posts_1.json": [labelled(T, ("Caption", "Tea"), nested)], "media/posts/1.jpg": b"x"}
    )
    assert [(i.text, [m.path for m in i.media]) for i in found.items] == [("Tea", ["media/posts/1.jpg"])]


def test_a_follower_whose_name_is_a_trick_is_told_as_it_is_written(tmp_path):
    rows = [listed("<script>alert(1)</script>", href="javascript:alert(1)"), listed("", '=HYPERLINK("x")')]
    found = instagram(tmp_path, {"connections/followers_and_following/followers_1.json": rows})
    assert found.people("follower") == [(None, "<script>alert(1)</script>"), (None, '=HYPERLINK("x")')]
    assert [c.url for c in found.connections] == [None, None]


def test_whose_post_a_comment_is_under_is_found_under_an_unlisted_label(tmp_path):
    row = mapped(Opmerking="Mooi", Tijd=T, **{"Eigenaar van media": "sallow.kit"})
    found = instagram(tmp_path, {f"{IG}comments/post_comments_1.json": row})
    assert [(i.text, i.reply_to) for i in found.items] == [("Mooi", ReplyTo(None, "sallow.kit"))]


def test_earlier_bios_and_addresses_are_told_in_a_language_nobody_listed(tmp_path):
    def changed(what: str, before: str, at: int) -> dict[str, Any]:
        return mapped(Zmieniono=what, **{"Poprzednia wartość": before, "Nowa wartość": "x", "Data zmiany": at})

    rows = [changed("Biogram", "uczę dzieci", T), changed("Adres", "wren@a.example", T), changed("Płeć", "inna niż te", T)]
    found = instagram(
        tmp_path, {"personal_information/personal_information/profile_changes.json": {"profile_profile_change": rows}}
    )
    assert [(i.kind, i.text) for i in found.items] == [("bio", "uczę dzieci")]
    assert ("email", "wren@a.example") in found.facts
    assert "inna niż te" not in str(found.records)
    assert "labels are in a language" in found.warnings


def test_what_is_in_the_profile_map_is_repaired_once_only(tmp_path):
    bio = "it says cafÃ© on the door"  # words that merely look double-encoded
    assert ("bio", bio) in instagram(tmp_path, {}, Bio=bio).facts


def test_messages_of_the_flat_layout_keep_hearts_stories_and_twins(tmp_path):
    def said(at: str, **more: str) -> dict[str, str]:
        return {"sender": "wren.otter", "created_at": f"2019-01-02T03:04:{at}+00:00"} | more

    talk = [said("01", text="same"), said("01", text="same"), said("02", heart="❤️"), said("03", story_share="Kit's story")]
    liked = ["2019-01-02T03:04:05+00:00", "sallow.kit"]
    files = {
        "connections.json": {"followers": {}},
        "media.json": {"photos": []},
        "profile.json": {"username": "wren.otter"},
        "messages.json": [{"participants": ["wren.otter", "sallow.kit"], "conversation": talk}],
        "likes.json": {"media_likes": [liked], "comment_likes": [liked]},
    }
    found = read(tmp_path, {name: json.dumps(content).encode() for name, content in files.items()})
    told = [(i.text, i.quoted) for i in found.items if i.kind == "message"]
    assert told == [("same", None), ("same", None), ("❤️", None), ("", Quoted(None, None, "Kit's story"))]
    assert len([i for i in found.items if i.kind == "reaction"]) == 2
    assert len({i.key for i in found.items}) == len(found.items)


def test_the_latest_change_of_privacy_is_told_with_its_own_words_and_time(tmp_path):
    rows = [mapped(Time=at) | {"title": f"Switched to {word}"} for at, word in ((T, "private"), (T + 5, "public"))]
    history = "security_and_login_information/login_and_profile_creation/profile_privacy_changes.json"
    found = read(
        tmp_path,
        {
            history: {"account_history_account_privacy_history": rows},
            f"{IG}media/posts_1.json": [{"media": [{"uri": "1.jpg", "creation_timestamp": T, "title": "Tea"}]}],
        },
    )
    assert [(r.value, r.raw, r.seen_at) for r in found.records if isinstance(r, Setting)] == [
        ("public", "Switched to public", "2022-04-15T05:20:05+00:00")
    ]


@pytest.mark.parametrize(
    ("name", "content", "counts"),
    [
        ("your_posts__check_ins__photos_and_videos_1.json", [post(T, "words")], {"post": 1}),
        ("comments.json", {"comments_v2": [{"timestamp": T, "data": [{"comment": {"comment": "words"}}]}]}, {"comment": 1}),
        ("trash.json", {"trash_v2": [post(T, "words")]}, {"post": 1}),
        ("archived_stories.json", {"archived_stories_v2": [post(T, "words")]}, {"story": 1}),
        ("your_friends.json", {"friends_v2": [{"name": "Kit Oster", "timestamp": T}]}, {"friend": 1}),
        ("profile_information.json", {"profile_v2": {"name": {"full_name": ME}}}, {"profile": 1}),
        ("post_comments_1.json", [{"media_list_data": [{"uri": ""}]} | mapped(Comment="words", Time=T)], {"comment": 1}),
    ],
)
def test_one_file_on_its_own_is_read(tmp_path, name, content, counts):
    (tmp_path / name).write_bytes(meta(content))
    found = Read(tmp_path / name)
    assert [r.counts for r in found.records if isinstance(r, Summary)] == [counts]
    assert "Only messages" not in found.warnings


def test_who_may_answer_says_in_which_post_it_was_read(tmp_path):
    folder = f"{IG}threads/"
    said = {"uri": "", "creation_timestamp": T, "title": "Tea", "text_app_post": {"reply_control": "everyone"}}
    people = {"text_post_app_text_post_app_restricted_users": [listed("sallow.kit")]}
    found = read(
        tmp_path,
        {
            folder + "threads_and_replies.json": {"text_post_app_text_posts": [{"media": [said]}]},
            folder + "restricted_profiles.json": people,
        },
    )
    assert [r.where for r in found.records if isinstance(r, Setting)] == [f"{folder}threads_and_replies.json#0"]


def test_every_record_put_into_three_zips_comes_out_with_the_same_key(tmp_path):
    from making import zipped

    from auditlib.exports import look

    files = FACEBOOK | {
        POSTS: [post(T + n, f"Ausflug à la Å… {n}") for n in range(20)],
        POSTS.replace("_1.json", "_10.json"): [post(T - 1, "oldest")],
        f"{INBOX}kit_100200300/message_1.json": thread(["Kit Oster", ME], (ME, 9, "newest")),
        f"{INBOX}kit_100200300/message_2.json": thread(["Kit Oster", ME], ("Kit Oster", 1, "older")),
    }
    packed = {name: meta(value) for name, value in files.items()}
    parts = [dict(list(packed.items())[n::3]) for n in range(3)]
    names = [f"facebook-wren-2026-4-7-{end}.zip" for end in ("aB3dE6gH", "Zz9yX8wV", "q1w2e3r4")]
    with look([zipped(tmp_path / name, part) for name, part in zip(names, parts, strict=True)]) as found:
        assert len(found.exports) == 1
        split = [r.key for r in found.records() if isinstance(r, Item)]
    whole = [i.key for i in facebook(tmp_path / "whole", files).items]
    assert sorted(split) == sorted(whole)
    assert len(set(whole)) == 23


def test_a_message_keeps_its_key_when_its_sender_is_renamed_or_gone(tmp_path):
    def keys(folder: str, name: str) -> list[str]:
        talk = thread([name, ME], (name, 2, "same"), (ME, 2, "same"), (name, 1, "older"))
        return [i.key for i in facebook(tmp_path / folder, {f"{INBOX}kit_100200300/message_1.json": talk}).items]

    assert keys("a", "Kit Oster") == keys("b", "Facebook user")
    assert len(set(keys("a", "Kit Oster"))) == 3


def test_one_word_under_labels_of_an_unknown_language_is_not_lost(tmp_path):
    target = {"title": "Hedef", "dict": [{"label": "Ad", "value": "Maud Pike"}]}
    wall = facebook(
        tmp_path / "f",
        {ACT + "posts/posts_on_other_pages_and_profiles.json": [labelled(T, ("Mesaj", "Teşekkürler"), target)]},
    )
    own = instagram(
        tmp_path / "i",
        {f"{IG}media/posts_1.json": [labelled(T, ("Açıklama", "Çay"), media=[{"uri": "1.jpg", "creation_timestamp": T}])]},
    )
    assert (wall.texts(), own.texts()) == (["Teşekkürler"], ["Çay"])
    assert "labels are in a language" in wall.warnings
    assert "labels are in a language" in own.warnings
