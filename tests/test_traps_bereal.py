"""The known traps of BeReal's export, one by one, as the module's docstring tells them."""

import json
from pathlib import Path
from typing import Any

import pytest
from making import laid
from making_meta import Read

from auditlib.records import Conversation, Media, Place, ReplyTo

ME, KIT, MAUD = "iKq8inventedId0001", "zz9inventedId0002", "qq1inventedId0003"
MOMENT = "2024-05-06T07:08:09.000Z"
USER = {"username": "fern.tilley", "profilePicture": {"path": f"/Photos/{ME}/profile/me.webp"}}


def read(folder: Path, **files: Any) -> Read:
    """The documents as a download; `chat_<id>` is a conversation."""
    documents = {"user": USER, "posts": [], "memories": [], "realmojis": []} | files
    where = {
        k: f"conversations/{k[5:]}/chat_log.json" if k.startswith("chat_") else f"{k.replace('_', '-')}.json" for k in documents
    }
    return Read(laid(folder, {where[k]: json.dumps(v).encode() for k, v in documents.items()}))


def picture(name: str, kind: str = "image") -> dict[str, str]:
    return {"path": f"/Photos/{ME}/post/{name}.webp", "mediaType": kind}


def said(sender: str, words: str, minute: int = 0) -> dict[str, str]:
    return {"userId": sender, "message": words, "createdAt": f"2025-06-01T19:{minute:02}:00.000Z"}


@pytest.mark.parametrize("again", [MOMENT, "2024-05-06T07:08:09Z", "2024-05-06T07:08:09+00:00"])
def test_01_memories_repeat_posts_and_are_told_once_with_who_could_see_them(tmp_path, again):
    found = read(
        tmp_path,
        posts=[{"takenAt": MOMENT, "caption": "tea", "visibility": ["friends"]}],
        memories=[{"takenTime": again, "caption": "tea"}, {"takenTime": "2024-05-07T07:08:09Z", "caption": "toast"}],
    )
    assert [(i.text, i.audience) for i in found.items] == [("tea", "friends"), ("toast", "unknown")]
    assert len({i.key for i in found.items}) == 2


def test_02_comments_have_neither_a_time_nor_whose_post_it_is(tmp_path):
    found = read(tmp_path, comments=[{"postId": "p1", "content": "nice"}, {"postId": "p1", "content": "nice"}])
    assert [(i.kind, i.at, i.text, i.author, i.reply_to) for i in found.items] == [
        ("comment", None, "nice", "me", ReplyTo("p1", None, None))
    ] * 2
    assert len({i.key for i in found.items}) == 2


def test_03_people_who_ask_are_ids_without_names(tmp_path):
    asked = [
        {"fromUserId": KIT, "status": "pending", "createdAt": MOMENT},
        {"fromUserId": MAUD, "status": "rejected"},
        {"fromUserId": ME, "toUserId": MAUD, "status": "pending"},
        {"fromUserId": KIT, "status": "accepted"},
    ]
    found = read(tmp_path, friend_requests=asked)
    assert [(c.relation, c.id, c.name, c.handle) for c in found.connections] == [
        ("request_received", KIT, None, None),
        ("request_rejected", MAUD, None, None),
        ("request_sent", MAUD, None, None),
    ]


def test_04_the_accounts_id_in_a_pictures_path_is_no_folder_of_the_download(tmp_path):
    found = read(tmp_path, posts=[{"takenAt": MOMENT, "primary": picture("a"), "btsMedia": picture("b", "video")}])
    assert found.items[0].media == (Media("Photos/post/a.webp", "photo"), Media("Photos/post/b.webp", "video"))


def test_05_the_persons_own_id_comes_from_their_profile_picture(tmp_path):
    found = read(tmp_path, chat_c1=[], friends=[{"friendUsername": "kit", "friendFullname": ""}])
    assert found.items == []
    found = read(tmp_path / "2", chat_c1={"messages": [said(ME, "mine"), said(KIT, "theirs", 1)]})
    assert [(i.text, i.author, i.author_name) for i in found.items] == [("mine", "me", "fern.tilley"), ("theirs", "other", KIT)]


def test_05b_without_a_profile_picture_it_comes_from_any_other_of_their_pictures(tmp_path):
    found = read(
        tmp_path,
        user={"username": "fern.tilley"},
        posts=[{"takenAt": MOMENT, "primary": picture("a")}],
        chat_c1={"messages": [said(ME, "mine")]},
    )
    assert [i.author for i in found.items] == ["me", "me"]


def test_05c_without_any_picture_nobody_is_guessed(tmp_path):
    found = read(tmp_path, user={"username": "fern.tilley"}, chat_c1={"messages": [said(ME, "whose")]})
    assert [(i.author, i.author_name) for i in found.items] == [(None, ME)]
    assert "Which messages are yours cannot be told" in found.warnings


def test_06_a_conversation_of_more_than_two_is_a_group(tmp_path):
    pair = {"messages": [said(ME, "a"), said(KIT, "b", 1)]}
    three = {"messages": [said(ME, "c"), said(KIT, "d", 1), said(MAUD, "e", 2)]}
    found = read(tmp_path, chat_c1=pair, chat_c2=three)
    assert [(i.audience, i.conversation) for i in found.items] == [
        *[("direct", Conversation("c1", None, (KIT,), False))] * 2,
        *[("group", Conversation("c2", None, (KIT, MAUD), True))] * 3,
    ]


@pytest.mark.parametrize(
    ("words", "audience"),
    [
        (["friends"], "friends"),
        (["friends", "friends-of-friends"], "network"),
        (["friends", "public"], "public"),
        (["friends", "somewhere"], "unknown"),
        (["somewhere", "public"], "public"),
        ("friends", "friends"),
        ([], "unknown"),
        (None, "unknown"),
    ],
)
def test_07_who_could_see_a_post_is_never_guessed(tmp_path, words, audience):
    assert read(tmp_path, posts=[{"takenAt": MOMENT, "visibility": words}]).items[0].audience == audience


@pytest.mark.parametrize(
    ("spot", "place"),
    [
        ({"latitude": 51.5, "longitude": -0.12}, Place(None, 51.5, -0.12)),
        ({"latitude": None, "longitude": None}, None),
        ({"latitude": 51.5}, None),
        ("here", None),
    ],
)
def test_08_an_odd_place_does_not_cost_the_post(tmp_path, spot, place):
    assert read(tmp_path, posts=[{"takenAt": MOMENT, "location": spot}]).items[0].place == place


@pytest.mark.parametrize("born", [{"year": 1999}, {"year": "1999", "month": "4", "day": "9"}, "1999-04-09", None, {}])
def test_09_an_odd_birthday_does_not_cost_the_other_facts(tmp_path, born):
    found = read(tmp_path, user=USER | {"birthdate": born, "fullname": "Fern Tilley"})
    assert found.facts == [("handle", "fern.tilley"), ("name", "Fern Tilley")]


@pytest.mark.parametrize("name", ["posts", "memories", "user", "friends"])
def test_10_a_file_on_its_own_is_recognised(tmp_path, name):
    documents = {
        "posts": [{"primary": picture("a"), "takenAt": MOMENT}],
        "memories": [{"takenTime": MOMENT, "berealMoment": MOMENT}],
        "user": USER | {"birthdate": None},
        "friends": [{"friendUsername": "kit"}],
    }
    found = Read(laid(tmp_path, {f"{name}.json": json.dumps(documents[name]).encode()}))
    assert found.platforms == ["bereal"]
    assert found.states == {f"{name}.json": "read"}


@pytest.mark.parametrize("odd", [[], {}, 7, None, True])
def test_11_what_is_no_text_is_a_record_that_could_not_be_read(tmp_path, odd):
    found = read(tmp_path, comments=[{"content": odd}, {"content": "fine"}], friends=[{"friendUsername": odd}])
    assert [item.text for item in found.items] == ["fine"]
    assert (found.states["comments.json"], found.states["friends.json"]) == ("failed", "failed")
