"""The known traps of X's archive, one by one, in the order of the format notes."""

import json
from pathlib import Path
from typing import Any

from making import laid, script, zipped
from making_meta import Read

from auditlib.records import Media, Place, Quoted, ReplyTo

ACCOUNT = script(
    "account", [{"account": {"username": "wren_otter", "accountId": "4001", "accountDisplayName": "Wren Ashdown"}}]
)


def tweet(number: int | str, text: str, **more: Any) -> dict[str, Any]:
    return {"id_str": str(number), "created_at": "Fri Mar 04 08:15:00 +0000 2022", "full_text": text} | more


def posts(*tweets: dict[str, Any]) -> dict[str, bytes]:
    return {"data/tweets.js": script("tweets", [{"tweet": t} for t in tweets])}


def x(folder: Path, files: dict[str, bytes]) -> Read:
    return Read(laid(folder, {"data/account.js": ACCOUNT} | files))


def mention(handle: str, identifier: str, name: str = "") -> dict[str, Any]:
    return {"screen_name": handle, "id_str": identifier, "name": name}


def test_01_everything_up_to_the_first_equals_sign_is_passed_over(tmp_path):
    body = json.dumps([{"tweet": tweet(1, "a = b; window.YTD.x = [")}])
    for number, start in enumerate(
        (
            "window.YTD.tweets.part0 = ",
            "window.YTD.tweet.part0=",
            "\ufeffwindow.YTD.other_name.part0 =\n",
            "window.YTD.tweets.part0 = \n\n",
        )
    ):
        assert x(tmp_path / str(number), {"data/tweets.js": (start + body).encode()}).texts() == ["a = b; window.YTD.x = ["]


def test_01_the_viewers_scripts_are_not_data_and_the_manifest_is_an_object(tmp_path):
    manifest: dict[str, Any] = {
        "userInfo": {"accountId": "4001", "userName": "wren_otter"},
        "dataTypes": {"like": {"files": [{"fileName": "data/like.js", "count": "3"}]}},
    }
    manifest["archiveInfo"] = {"isPartialArchive": True}
    found = Read(
        laid(
            tmp_path,
            posts(tweet(1, "mine"))
            | {
                "data/manifest.js": b"window.__THAR_CONFIG = " + json.dumps(manifest).encode(),
                "assets/js/runtime.js": b"window.YTD.tweets.part0 = [1]",
                "Your archive.html": b"<html></html>",
            },
        )
    )
    assert [(i.account, i.text) for i in found.items] == [("wren_otter", "mine")]
    assert "part" in found.warnings  # what the manifest announces is not all there


def test_02_old_names_the_root_bare_records_and_parts_are_all_read(tmp_path):
    wrapped, bare = [{"tweet": tweet(1, "one")}], [tweet(1, "one")]
    cases: list[dict[str, bytes]] = [
        {"data/tweets.js": script("tweets", wrapped)},
        {"data/tweet.js": script("tweet", wrapped)},
        {"tweet.js": script("tweet", bare), "account.js": ACCOUNT},
        {"deep/er/data/tweets.js": script("tweets", wrapped), "deep/er/data/account.js": ACCOUNT},
    ]
    for number, files in enumerate(cases):
        assert Read(laid(tmp_path / str(number), files)).texts() == ["one"]
    parts = {f"data/tweets-part{n}.js": script("tweets", [{"tweet": tweet(n, f"part {n}")}]) for n in (1, 2, 10)}
    assert sorted(x(tmp_path / "parts", posts(tweet(99, "part 0")) | parts).texts()) == [
        "part 0",
        "part 1",
        "part 10",
        "part 2",
    ]


def test_03_strings_for_numbers_and_real_ones_are_both_understood(tmp_path):
    mixed = tweet(
        1, "p", favorited=False, favorite_count="4", retweet_count=2, display_text_range=["0", "1"],
        coordinates={"type": "Point", "coordinates": ["-1.1200", "52.0500"]},
    )  # fmt: skip
    numbers = tweet("2", "q", geo={"coordinates": [52.05, -1.12]})
    numeric_id = {"id": 1500000000000000003, "created_at": "Fri Mar 04 08:15:00 +0000 2022", "text": "r"}
    found = x(tmp_path, posts(mixed, numbers, numeric_id))
    place = Place(None, 52.05, -1.12)
    assert [(i.id, i.place) for i in found.items] == [("1", place), ("2", place), ("1500000000000000003", None)]


def test_04_followers_are_ids_and_get_a_name_only_where_one_was_seen(tmp_path):
    files = posts(tweet(1, "@kit hi", entities={"user_mentions": [mention("kit", "5002", "Kit Øster")]})) | {
        "data/follower.js": script("follower", [{"follower": {"accountId": "5002"}}, {"follower": {"accountId": "5009"}}])
    }
    found = x(tmp_path, files)
    assert [(c.id, c.handle, c.name) for c in found.connections] == [("5002", "kit", "Kit Øster"), ("5009", None, None)]


def test_05_a_vanished_mention_names_nobody_and_replies_name_their_parent(tmp_path):
    files = posts(
        tweet(1, "@gone", entities={"user_mentions": [mention("gone", "-1")]}),
        tweet(2, "@maud yes", in_reply_to_status_id_str="77", in_reply_to_user_id_str="5003", in_reply_to_screen_name="maud"),
        tweet(3, "@left no", in_reply_to_status_id_str="78", entities={"user_mentions": [mention("left", "-1")]}),
        tweet(4, "@maud only named", in_reply_to_user_id_str="5003", in_reply_to_screen_name="maud"),
    ) | {"data/following.js": script("following", [{"following": {"accountId": i}} for i in ("-1", "5003")])}
    found = x(tmp_path, files)
    assert {c.id: c.handle for c in found.connections} == {"-1": None, "5003": "maud"}
    assert [i.reply_to and (i.reply_to.id, i.reply_to.author) for i in found.items] == [
        None,
        ("77", "maud"),
        ("78", "left"),
        None,
    ]


def test_06_a_repost_is_cut_and_someone_elses_words(tmp_path):
    found = x(tmp_path, posts(tweet(1, "RT @otter_daily: Otters hold ha…", retweeted=False), tweet(2, "RT if you agree")))
    assert [(i.kind, i.text, i.quoted) for i in found.items] == [
        ("repost", "Otters hold ha…", Quoted(None, "otter_daily", "Otters hold ha…")),
        ("post", "RT if you agree", None),
    ]


def test_07_a_long_post_is_joined_by_time_and_first_words_and_is_never_lost(tmp_path):
    one, two = (
        "An otter is a very long animal. " * 12 + "Risky tail.",
        "A stoat is a rather short animal. " * 12 + "Other tail.",
    )

    def note(number: int, at: str, text: str) -> dict[str, Any]:
        return {"noteTweet": {"noteTweetId": str(number), "createdAt": at, "core": {"text": text, "urls": []}}}

    moment = "2022-03-04T08:15:00.500Z"
    found = x(
        tmp_path,
        posts(tweet(1, one[:250] + "… https://t.co/self"), tweet(2, two[:250] + "… https://t.co/self"), tweet(3, "short"))
        | {
            "data/note-tweet.js": script(
                "note_tweet", [note(8, moment, two), note(9, moment, one), note(7, "2020-01-01T00:00:00.000Z", "Alone")]
            )
        },
    )
    assert [(i.id, i.text) for i in found.items][:3] == [("1", one), ("2", two), ("3", "short")]
    assert [(i.text, i.url) for i in found.items][3:] == [("Alone", None)]


def test_08_header_files_and_a_conversation_met_twice_repeat_no_message(tmp_path):
    def talk(*messages: tuple[str, str]) -> dict[str, Any]:
        made = [
            {
                "messageCreate": {
                    "id": i,
                    "senderId": "5002",
                    "recipientId": "4001",
                    "text": t,
                    "createdAt": "2022-01-27T15:58:52.744Z",
                }
            }
            for i, t in messages
        ]
        return {"dmConversation": {"conversationId": "4001-5002", "messages": made}}

    files = {
        "data/direct-messages.js": script(
            "direct_messages", [talk(("71", "b"), ("70", "a")), talk(("70", "a"), ("60", "older"))]
        ),
        "data/direct-message-headers.js": script("direct_message_headers", [talk(("71", ""))]),
        "data/tweet-headers.js": script("tweet_headers", [{"tweet": {"tweet_id": "1", "user_id": "4001"}}]),
    }
    found = x(tmp_path, posts(tweet(1, "p")) | files)
    assert sorted(found.texts()) == ["a", "b", "older", "p"]
    assert [c.id for c in found.connections if c.relation == "messaged"] == ["5002"]


def test_09_a_deleted_post_says_so_and_is_told_once(tmp_path):
    files = {
        "data/deleted-tweets.js": script(
            "deleted_tweets", [{"tweet": tweet(1, "regret", deleted_at="Sat Mar 05 08:15:00 +0000 2022")}]
        )
    }
    found = x(tmp_path, posts(tweet(1, "regret"), tweet(2, "live")) | files)
    assert [(i.text, i.deleted, i.state) for i in found.items] == [("regret", True, "binned"), ("live", False, "live")]


def test_10_words_in_ads_moments_and_likes_are_not_the_persons(tmp_path):
    found = x(
        tmp_path,
        {
            "data/ad-impressions.js": script(
                "ad", [{"ad": {"adsUserData": {"promotedTweetInfo": {"tweetText": "Buy stoats"}}}}]
            ),
            "data/moment.js": script(
                "moment",
                [{"moment": {"momentId": "8", "title": "Mine", "tweets": [{"tweet": {"coreData": {"text": "Theirs"}}}]}}],
            ),
            "data/like.js": script("like", [{"like": {"tweetId": "5", "fullText": "A &amp; B"}}, {"like": {"tweetId": "6"}}]),
        },
    )
    assert [(i.kind, i.text) for i in found.items] == [("other", "Mine"), ("reaction", "A & B"), ("reaction", "")]
    assert [i.quoted.text for i in found.items if i.quoted] == ["A & B", *[i.quoted.text for i in found.items[2:] if i.quoted]]


def test_11_an_empty_history_of_protection_is_not_public(tmp_path):
    def after(name: str, *actions: tuple[str, str]) -> tuple[str, str]:
        events = [{"protectedHistory": {"protectedAt": at, "action": action}} for at, action in actions]
        found = x(tmp_path / name, posts(tweet(1, "p")) | {"data/protected-history.js": script("protected_history", events)})
        return found.settings["x.protect-your-posts"][0], found.items[0].audience

    first, last = "2024-01-01T00:00:00.000Z", "2024-03-01T00:00:00.000Z"
    assert after("none") == ("unknown", "unknown")
    assert after("on", (last, "Protect"), (first, "Unprotect")) == ("on", "followers")
    assert after("off", (first, "Protect"), (last, "Unprotect")) == ("off", "public")


def test_12_zips_of_pictures_inside_an_archive_of_2019_are_left_alone(tmp_path):
    inner = zipped(tmp_path / "pictures.zip", {"1-a.jpg": b"x" * 50})
    files = {
        "tweet.js": script("tweet", [tweet(1, "one")]),
        "account.js": ACCOUNT,
        "tweet_media/pictures.zip": inner.read_bytes(),
    }
    found = Read(zipped(tmp_path / "twitter-2019-07-01.zip", files))
    assert found.texts() == ["one"]
    assert "unknown" not in found.states.values()


def test_links_pictures_and_quotes_are_put_where_the_person_sees_them(tmp_path):
    link = {"url": "https://t.co/a", "expanded_url": "https://example.org/rota", "indices": ["99", "120"]}
    quote = {"url": "https://t.co/q", "expanded_url": "https://mobile.twitter.com/kit/status/77?s=20"}
    photo = {
        "url": "https://t.co/p",
        "media_url_https": "https://pbs.example/AbC.jpg",
        "type": "photo",
        "ext_alt_text": "An otter",
    }
    found = x(
        tmp_path,
        posts(
            tweet(1, "&lt;3 https://t.co/a https://t.co/q https://t.co/p", entities={"urls": [link, quote], "media": [photo]})
        )
        | {"data/tweets_media/1-AbC.jpg": b"x"},
    )
    item = found.items[0]
    assert item.text == "<3 https://example.org/rota https://mobile.twitter.com/kit/status/77?s=20"
    assert item.media == (Media("data/tweets_media/1-AbC.jpg", "photo", "An otter"),)
    assert (item.quoted, item.reply_to) == (Quoted("77", "kit", None), None)
    assert item.url == "https://x.com/wren_otter/status/1"


def test_an_impossible_year_is_mended_from_the_id(tmp_path):
    found = x(tmp_path, posts(tweet(1486000000000000000, "p", created_at="Wed Jan 01 00:00:00 +0000 1997")))
    assert [i.at for i in found.items] == ["2022-01-25T15:36:23.201+00:00"]


def test_a_reply_to_oneself_is_a_reply(tmp_path):
    found = x(
        tmp_path,
        posts(
            tweet(
                2,
                "and more",
                in_reply_to_status_id_str="1",
                in_reply_to_user_id_str="4001",
                in_reply_to_screen_name="wren_otter",
            )
        ),
    )
    assert [i.reply_to for i in found.items] == [ReplyTo("1", "wren_otter", "https://x.com/wren_otter/status/1")]


def grailbird(name: str, *tweets: dict[str, Any]) -> bytes:
    return f"Grailbird.data.tweets_{name} = \n {json.dumps(tweets)}".encode()


def early(number: int, text: str, **more: Any) -> dict[str, Any]:
    user = {"screen_name": "wren_otter", "protected": True, "id_str": "4001"}
    return {"id_str": str(number), "text": text, "created_at": "2013-04-05 08:15:00 +0000", "user": user, "geo": {}} | more


DETAILS = b'var user_details =  {"screen_name": "wren_otter", "full_name": "Wren", "bio": "Otters &amp; tea", "id": "4001"}'
TABLE = (
    '"tweet_id","in_reply_to_status_id","in_reply_to_user_id","timestamp","source","text","retweeted_status_id",'
    '"retweeted_status_user_id","retweeted_status_timestamp","expanded_urls"\n'
)


def classic(folder: Path, *tweets: dict[str, Any], **more: bytes) -> Read:
    files = {"data/js/tweets/2013_04.js": grailbird("2013_04", *tweets), "data/js/user_details.js": DETAILS}
    return Read(laid(folder, files | {k.replace("_csv", ".csv"): v for k, v in more.items()}))


def test_classic_months_are_read_with_the_time_as_utc_and_entities_decoded(tmp_path):
    found = classic(tmp_path, early(7, "Year 4 &amp; toast"))
    assert [(i.text, i.at, i.account, i.url) for i in found.items] == [
        ("Year 4 & toast", "2013-04-05T08:15:00+00:00", "wren_otter", "https://x.com/wren_otter/status/7")
    ]
    assert found.facts == [("handle", "wren_otter"), ("name", "Wren"), ("bio", "Otters & tea")]
    assert "holds your posts up to then, but no messages" in found.warnings


def test_classic_months_and_table_tell_a_post_once_and_the_table_fills_gaps(tmp_path):
    rows = '"7","","","2013-04-05 08:15:00 +0000","web","Year 4","","","",""\n'
    rows += '"8","","","2013-05-05 08:15:00 +0000","web","Only here,\nover two lines http://t.co/b","","","","http://otter.example/b"\n'
    found = classic(tmp_path, early(7, "Year 4"), tweets_csv=(TABLE + rows).encode())
    assert [(i.id, i.text, i.links) for i in found.items] == [
        ("7", "Year 4", ()),
        ("8", "Only here,\nover two lines http://otter.example/b", ("http://otter.example/b",)),
    ]


def test_classic_table_alone_is_recognised(tmp_path):
    rows = '"9","5","6","2013-05-06 08:15:00 +0000","web","@kit yes","","","",""\n'
    rows += '"10","","","2013-05-07 08:15:00 +0000","web","RT @news: Back again","3","4","",""\n'
    found = Read(laid(tmp_path, {"tweets.csv": (TABLE + rows).encode()}))
    assert [(i.kind, i.text, i.reply_to, i.quoted) for i in found.items] == [
        ("post", "@kit yes", ReplyTo("5", "kit", "https://x.com/i/status/5"), None),
        ("repost", "Back again", None, Quoted("3", "news", "Back again")),
    ]


def test_classic_reposts_are_whole_with_the_originals_id(tmp_path):
    original = early(3, "Everything that was said, to the end", user={"screen_name": "news"})
    [item] = classic(tmp_path, early(7, "RT @news: Everything that was…", retweeted_status=original)).items
    assert (item.kind, item.text) == ("repost", "Everything that was said, to the end")
    assert item.quoted == Quoted("3", "news", "Everything that was said, to the end")


def test_classic_archives_say_whether_the_account_was_protected_then(tmp_path):
    found = classic(tmp_path, early(7, "hidden"))
    assert found.settings == {"x.protect-your-posts": ("on", "true")}
    assert [i.audience for i in found.items] == ["followers"]


def test_classic_index_tells_what_is_missing(tmp_path):
    months = [{"file_name": f"data/js/tweets/2013_0{month}.js", "tweet_count": count} for month, count in ((4, 2), (5, 4))]
    index = f"var tweet_index = {json.dumps(months)}".encode()
    files = {"data/js/tweets/2013_04.js": grailbird("2013_04", early(7, "one")), "data/js/tweet_index.js": index}
    found = Read(laid(tmp_path, files))
    assert found.states == {"data/js/tweets/2013_04.js": "failed", "data/js/tweets/2013_05.js": "failed"}


def test_classic_archive_beside_a_newer_one_of_the_account_is_the_older_one(tmp_path):
    old = zipped(
        tmp_path / "old.zip",
        {"data/js/tweets/2013_04.js": grailbird("2013_04", early(7, "seven")), "data/js/user_details.js": DETAILS},
    )
    new = zipped(tmp_path / "new.zip", {"data/account.js": ACCOUNT} | posts(tweet(7, "seven"), tweet(8, "eight")))
    assert Read(old, new).texts() == ["seven", "eight"] == Read(new, old).texts()


def test_classic_months_unpacked_into_a_newer_archive_add_only_what_it_lacks(tmp_path):
    found = x(
        tmp_path,
        posts(tweet(7, "as it is now"))
        | {"data/js/tweets/2013_04.js": grailbird("2013_04", early(7, "then"), early(6, "gone since"))},
    )
    assert found.texts() == ["as it is now", "gone since"]
