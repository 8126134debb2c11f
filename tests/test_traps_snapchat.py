"""The known traps of Snapchat's export, one by one, in the order of the format notes."""

import json
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from making import laid, zipped
from making_meta import Read

from auditlib.records import Conversation, Media, Setting

ME, UUID = "hazel_wick", "5c1de0aa-1111-4c22-9a33-444455556666"
ACCOUNT = {"json/account.json": {"Basic Information": {"Username": ME, "Name": "Hazel Wick"}}}


def files(given: dict[str, Any]) -> dict[str, bytes]:
    return {k: v if isinstance(v, bytes) else json.dumps(v, ensure_ascii=False).encode() for k, v in given.items()}


def read(folder: Path, given: dict[str, Any]) -> Read:
    return Read(laid(folder / "mydata~1700000000001", files(ACCOUNT | given)))


def entry(sender: str, text: Any, at: Any = "2025-02-01 17:00:00 UTC", mine: bool = False, **more: Any) -> dict[str, Any]:
    return {
        "From": sender, "Media Type": "TEXT", "Created": at, "Content": text, "Conversation Title": None, "IsSender": mine,
        "Created(microseconds)": 0, "IsSaved": True, "Media IDs": "",
    } | {k.replace("_", " "): v for k, v in more.items()}  # fmt: skip


def person(handle: str, name: str = "") -> dict[str, str]:
    return {
        "Username": handle,
        "Display Name": name,
        "Creation Timestamp": "2024-05-05 12:00:00 UTC",
        "Source": "Added by phone",
    }


def test_01_a_part_with_media_only_says_that_the_first_part_is_missing(tmp_path):
    media = {
        "chat_media/2025-02-01_b~QWJj.jpg": b"x",
        "memories/2025-02-01_0A1B2C3D-1111-4222-8333-444455556666-main.mp4": b"x",
    }
    found = Read(zipped(tmp_path / "mydata~1700000000001-2.zip", media))
    assert (found.platforms, found.items) == (["snapchat"], [])
    assert "it is a further part of your Snapchat download" in found.warnings
    assert "without -2, -3" in found.warnings


def test_01_parts_given_together_are_one_export(tmp_path):
    chat = {"sage_p": [entry("sage_p", None, Media_Type="MEDIA", Media_IDs="b~QWJj")]}
    first = zipped(tmp_path / "mydata~1700000000001.zip", files(ACCOUNT | {"json/chat_history.json": chat}))
    second = zipped(tmp_path / "mydata~1700000000001-2.zip", {"chat_media/2025-02-01_b~QWJj.jpg": b"x"})
    found = Read(first, second)
    assert found.platforms == ["snapchat"]
    assert [m.type for i in found.items for m in i.media] == ["photo"]
    assert "further part" not in found.warnings


def test_02_both_shapes_of_chats_and_snaps_are_read(tmp_path):
    old = {
        "Received Saved Chat History": [
            {"From": "sage_p", "Media Type": "TEXT", "Created": "2021-02-01 17:00:00 UTC", "Text": "in"}
        ],
        "Sent Unsaved Chat History": [
            {"To": "sage_p", "Media Type": "TEXT", "Created": "2021-02-01 17:01:00 UTC", "Text": "out"}
        ],
    }
    snaps = {"Sent Snap History": [{"To": "sage_p", "Media Type": "IMAGE", "Created": "2021-02-01 17:02:00 UTC"}]}
    first = read(tmp_path / "old", {"json/chat_history.json": old, "json/snap_history.json": snaps})
    new = {"sage_p": [entry("sage_p", "in"), entry(ME, "out", mine=True)]}
    newer = {"sage_p": [{"From": ME, "Media Type": "IMAGE", "Created": "2025-02-01 17:02:00 UTC", "IsSender": True}]}
    second = read(tmp_path / "new", {"json/chat_history.json": new, "json/snap_history.json": newer})
    talk = Conversation("sage_p", "sage_p", ("sage_p", ME), False)
    for found in (first, second):
        assert [(i.author, i.author_name, i.text, i.media, i.conversation) for i in found.items] == [
            ("other", "sage_p", "in", (), talk),
            ("me", ME, "out", (), talk),
            ("me", ME, "", (Media(None, "photo"),), talk),
        ]


def test_03_the_thread_is_not_the_sender(tmp_path):
    chat = {"sage_p": [entry("hazel.before", "mine", mine=True)], UUID: [entry("rue.t", "hi", Conversation_Title="Staffroom")]}
    found = read(tmp_path, {"json/chat_history.json": chat})
    assert [(i.author, i.author_name, i.audience, i.conversation) for i in found.items] == [
        ("me", "hazel.before", "direct", Conversation("sage_p", "sage_p", ("sage_p", ME), False)),
        ("other", "rue.t", "group", Conversation(UUID, "Staffroom", ("rue.t", ME), True)),
    ]
    assert found.people("messaged") == [("sage_p", None)]


@pytest.mark.parametrize("empty", [[], "", {}, None, 0, "None"])
def test_04_a_section_may_be_empty_in_any_way(tmp_path, empty):
    given = {
        "json/friends.json": {"Friends": empty, "Pending Requests": empty},
        "json/account_history.json": {"Display Name Change": empty, "Two-Factor Authentication": empty, "Email Change": empty},
        "json/shared_story.json": {"Shared Story": empty},
        "json/chat_history.json": {"sage_p": empty},
        "json/snap_pro.json": {"Profile": empty},
        "json/location_history.json": {"Home, School & Work": empty},
    }
    found = read(tmp_path, given)
    assert (found.items, found.connections, found.settings) == ([], [], {})
    assert {k.rsplit("/", 1)[-1]: v for k, v in found.states.items() if k.endswith(".json")} == {
        name.rsplit("/", 1)[-1]: "read" for name in (*ACCOUNT, *given)
    }


def test_05_the_unit_of_created_is_told_by_its_digits_where_created_is_missing(tmp_path):
    rows = [entry("sage_p", str(n), None) | {"Created(microseconds)": n} for n in (1738429331000, 1738429331000000, 1738429331)]
    found = read(tmp_path, {"json/chat_history.json": {"sage_p": rows}})
    assert [i.at for i in found.items] == ["2025-02-01T17:02:11+00:00"] * 3


def test_06_keys_with_spaces_and_ampersands(tmp_path):
    given = {
        "json/location_history.json": {
            "Home, School & Work": {"inferredHome": "51.5 ± 20.0, -0.1 ± 20.0", "schoolName": "Thornwick"}
        },
        "json/snap_map_places_history.json": {
            "Snap Map Places History": [
                {
                    "Date": "2024-08-01 20:00:00 UTC",
                    "Place": "Newt",
                    "Place Location": "51.5 ± 20.0, -0.12 ± 20.0",
                    "Share Type": "Story",
                },
                {"Date": "2024/08/02 20:00:00 UTC", "Place": "Chip Shop", "Place Location": "0.0, 0.0", "Share Type": "Chat"},
            ]
        },
    }
    found = read(tmp_path, given)
    assert found.facts == [("handle", ME), ("name", "Hazel Wick"), ("school", "Thornwick")]
    assert [(i.place.name, i.place.lat, i.place.lon, i.audience, i.at) for i in found.items if i.place] == [
        ("Newt", 51.5, -0.12, "public", "2024-08-01T20:00:00+00:00"),
        ("Chip Shop", None, None, "unknown", "2024-08-02T20:00:00+00:00"),
    ]


def test_07_saved_media_belong_to_whoever_sent_the_entry(tmp_path):
    name, other = "b~QWxsIG1h", "0123456789abcdef0123456789abcdef"
    chat = {
        "sage_p": [
            entry("sage_p", None, Media_Type="MEDIA", Media_IDs=f"{name} | {other}"),
            entry(ME, "", mine=True, Media_Type="NOTE"),
        ]
    }
    given = {
        "json/chat_history.json": chat,
        f"chat_media/2025-02-01_{name}.mp4": b"x",
        f"chat_media/2025-02-01_{other}.jpg": b"x",
    }
    found = read(tmp_path, given)
    paths = [f"chat_media/2025-02-01_{name}.mp4", f"chat_media/2025-02-01_{other}.jpg"]
    assert [(i.author, [(m.path, m.type) for m in i.media]) for i in found.items] == [
        ("other", list(zip(paths, ("video", "photo"), strict=True))),
        ("me", [(None, "audio")]),
    ]


def test_08_web_pages_only_are_read_where_they_are_tables_and_said_to_be_unread_elsewhere(tmp_path):
    head = "<h2>Friends</h2><table><tr><th>Username</th><th>Display Name</th></tr>"
    table = head + "<tr><td>sage_p</td><td>Sage &amp; P</td></tr></table>"
    pages = {
        "index.html": b"<h1>My Data</h1>",
        "html/friends.html": table.encode(),
        "html/snap_history.html": b"<p>From sage_p</p>",
    }
    found = Read(laid(tmp_path / "mydata~1", pages))
    assert found.people("friend") == [("sage_p", "Sage & P")]
    assert (found.states["html/friends.html"], found.states["html/snap_history.html"]) == ("read", "unknown")
    assert "choose JSON" in found.warnings


def test_08_web_pages_beside_json_are_left_aside(tmp_path):
    found = read(tmp_path, {"html/friends.html": b"<p>friends</p>", "json/friends.json": {"Friends": [person("sage_p")]}})
    assert found.people("friend") == [("sage_p", None)]
    assert "html/friends.html" not in found.states
    assert "web pages only" not in found.warnings


def test_09_display_names_keep_their_emoji_and_former_ones_are_told(tmp_path):
    history = {
        "Display Name Change": [{"Date": "2020-01-01 00:00:00 UTC", "Display Name": n} for n in ("Hazel Wick", "HazeyDaze 🍸")]
    }
    found = read(
        tmp_path, {"json/friends.json": {"Friends": [person("sage_p", "Sage 🌿")]}, "json/account_history.json": history}
    )
    assert found.people("friend") == [("sage_p", "Sage 🌿")]
    assert found.facts == [("handle", ME), ("name", "Hazel Wick"), ("former_name", "HazeyDaze 🍸")]


def test_10_team_snapchat_is_nobody(tmp_path):
    given = {
        "json/friends.json": {"Friends": [person("teamsnapchat", "Team Snapchat")]},
        "json/chat_history.json": {"teamsnapchat": [entry("teamsnapchat", "Happy New Year")]},
    }
    found = read(tmp_path, given)
    assert (found.items, found.connections) == ([], [])
    assert found.states["Team Snapchat"] == "ignored"


def test_every_list_of_people_is_a_relation_of_its_own(tmp_path):
    lists = {
        "Friends": "friend", "Friend Requests Sent": "request_sent", "Pending Requests": "request_received",
        "Ignored Snapchatters": "request_rejected", "Blocked Users": "blocked", "Deleted Friends": "removed",
    }  # fmt: skip
    found = read(tmp_path, {"json/friends.json": {name: [person(f"p{n}")] for n, name in enumerate(lists)}})
    assert [(c.relation, c.handle, c.since) for c in found.connections] == [
        (relation, f"p{n}", "2024-05-05T12:00:00+00:00") for n, relation in enumerate(lists.values())
    ]


def test_entities_are_undone_once_and_only_whole_ones(tmp_path):
    words = ["can&#39;t &amp;amp; won't", "Q&A at AT&T", "1 &lt; 2", "&copyright"]
    rows = [entry("sage_p", w, f"2025-02-01 17:00:0{n} UTC") for n, w in enumerate(words)]
    found = read(tmp_path, {"json/chat_history.json": {"sage_p": rows}})
    assert found.texts() == ["can't &amp; won't", "Q&A at AT&T", "1 < 2", "&copyright"]


def test_a_download_of_one_category_is_recognised_and_says_what_is_missing(tmp_path):
    found = Read(zipped(tmp_path / "download.zip", files({"json/friends.json": {"Friends": [person("sage_p")]}})))
    assert (found.platforms, found.people("friend")) == (["snapchat"], [("sage_p", None)])
    assert "Your chats are not in this download" in found.warnings


def test_another_platforms_json_folder_is_not_snapchat(tmp_path):
    given = {"json/account.json": {"account": {"name": "x"}}, "json/messages.json": {"a": [{"from": "b", "text": "c"}]}}
    given["data/account.js"] = b'window.YTD.account.part0 = [{"account": {"username": "x", "accountId": "1"}}]'
    assert Read(zipped(tmp_path / "other.zip", files(given))).platforms == ["x"]


def test_chats_on_their_own_say_whose_they_are_by_what_was_sent(tmp_path):
    chat = {
        "pip_l": [entry("pip_l", "hi"), entry(ME, "hello", mine=True)],
        UUID: [entry("gus", "oi", Conversation_Title="Five")],
    }
    found = Read(laid(tmp_path, files({"chat_history.json": chat})))
    assert [(i.author, i.account) for i in found.items] == [("other", ME), ("me", ME), ("other", ME)]
    assert found.items[0].key == read(tmp_path / "whole", {"json/chat_history.json": chat}).items[0].key


def test_two_factor_authentication_is_as_on_the_day_of_the_download(tmp_path):
    history = {
        "Two-Factor Authentication": [{"Date": "2020-01-01 10:00:00 UTC", "Event": "SMS Enabled"}],
        "Download My Data Reports": [{"Date": "2025-01-02 10:00:00 UTC", "Status": "x", "Email Address": ""}],
    }
    found = read(tmp_path, {"json/account_history.json": history})
    settings = [r for r in found.records if isinstance(r, Setting)]
    assert [(s.value, s.raw, s.seen_at) for s in settings] == [("on", "SMS Enabled", "2025-01-02T10:00:00+00:00")]


def test_chats_given_beside_the_download_without_them_belong_to_it(tmp_path):
    whole = zipped(
        tmp_path / "mydata~1700000000001.zip", files(ACCOUNT | {"json/friends.json": {"Friends": [person("pip_l")]}})
    )
    loose = laid(tmp_path / "x", files({"chat_history.json": {"pip_l": [entry(ME, "hello", mine=True)]}}))
    found = Read(whole, loose)
    assert (found.platforms, found.texts(), found.people("friend")) == (["snapchat"], ["hello"], [("pip_l", None)])


def test_08_headings_that_never_end_cost_no_more_than_their_text(tmp_path):
    page = (
        b"<h1>Friends" * 60_000 + b"<table><tr><th>Username</th><th>Name</th></tr><tr><td>pip_l</td><td>Pip</td></tr></table>"
    )
    started = perf_counter()
    Read(laid(tmp_path, {"html/account.html": page, "html/friends.html": page, "html/snap_history.html": page}))
    assert perf_counter() - started < 8
