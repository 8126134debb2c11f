"""X archives as people really hand them over: every file a stranger could build from the format, read field by field."""

import json
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from making import laid, script, x_files, zipped

from auditlib.dates import from_x
from auditlib.exports import look
from auditlib.platforms._x import CLASSIC_ONLY, Ids
from auditlib.records import (
    Connection,
    Conversation,
    Coverage,
    Item,
    Media,
    Place,
    ProfileFact,
    Quoted,
    ReplyTo,
    Setting,
    Summary,
    encode_line,
)

AT = "Fri Mar 04 08:15:00 +0000 2022"
OWNER = {"data/account.js": script("account", [{"account": {"username": "jo", "accountId": "92"}}])}


def post(number: int | str, text: str, **more: Any) -> dict[str, Any]:
    return {"tweet": {"id_str": str(number), "created_at": AT, "full_text": text, **more}}


def mention(handle: str, identifier: str, name: str | None = None) -> dict[str, Any]:
    return {"user_mentions": [{"screen_name": handle, "name": name, "id_str": identifier}]}


def link(short: str, full: str) -> dict[str, str]:
    return {"url": short, "expanded_url": full}


def note(identifier: str, at: str, text: str, **core: Any) -> dict[str, Any]:
    return {"noteTweet": {"noteTweetId": identifier, "createdAt": at, "core": {"text": text, **core}}}


def files(**named: Any) -> dict[str, bytes]:
    """The owner and one script per name, `note_tweet=[...]` as data/note-tweet.js."""
    return OWNER | {f"data/{n.replace('_', '-')}.js": script(n, value) for n, value in named.items()}


def manifest(generated: str = "", partial: bool = False, **counts: int) -> dict[str, bytes]:
    kinds = {n: {"files": [{"fileName": f"data/{n.replace('_', '-')}.js", "count": str(c)}]} for n, c in counts.items()}
    told = {
        "userInfo": {"accountId": "92", "userName": "jo"},
        "archiveInfo": {"generationDate": generated, "isPartialArchive": partial},
        "dataTypes": kinds,
    }
    return {"data/manifest.js": b"window.__THAR_CONFIG = " + json.dumps(told).encode()}


def read(tmp_path: Path, made: dict[str, bytes]) -> list[Any]:
    return records(zipped(tmp_path / "x.zip", made))


def records(*paths: Path) -> list[Any]:
    with look(paths) as found:
        got = list(found.records())
    keys = [r.key for r in got if hasattr(r, "key")]
    assert len(keys) == len(set(keys))
    return got


def items(got: list[Any]) -> list[Item]:
    return [r for r in got if isinstance(r, Item)]


def shown(got: list[Any]) -> dict[str | None, str]:
    """The words of every item by its id."""
    return {r.id: r.text for r in items(got)}


def by_id(got: list[Any]) -> dict[str | None, Item]:
    return {r.id: r for r in items(got)}


def failed(got: list[Any]) -> dict[str, str]:
    return {r.member: r.reason for r in got if isinstance(r, Coverage) and r.state == "failed"}


# what decodes


def test_half_an_emoji_or_a_broken_byte_costs_only_itself(tmp_path):
    made = files(tweets=[post(1, "whole"), post(2, "half \ud83d here"), post(3, "B\u00fcro"), post(4, "last")])
    made["data/tweets.js"] = made["data/tweets.js"].replace(b"\\u00fc", b"\xfc")
    got = read(tmp_path, made)
    assert shown(got) == {"1": "whole", "2": "half \ufffd here", "3": "B\ufffdro", "4": "last"}
    assert failed(got) == {}


def test_a_whole_pair_and_an_escaped_backslash_are_no_half_emoji(tmp_path):
    got = read(tmp_path, files(tweets=[post(1, "tea \U0001f600"), post(2, "C:\\ud83d"), post(3, "half \ude00")]))
    assert shown(got) == {"1": "tea \U0001f600", "2": "C:\\ud83d", "3": "half \ufffd"}


def test_a_line_can_be_written_whatever_the_text():
    fact = ProfileFact(platform="x", account=None, where="a#0", key="k", fact="bio", value="half \ud83d")
    assert json.loads(encode_line(fact)) == {
        "record": "profile", "platform": "x", "account": None, "where": "a#0", "key": "k", "fact": "bio", "value": "half ?",
    }  # fmt: skip
    assert encode_line(fact).startswith(b'{"record":')


def test_ids_as_numbers_and_odd_places_cost_no_post(tmp_path):
    odd = post(1, "numbers", in_reply_to_status_id_str=44, geo={"coordinates": ["", ""]}, coordinates=[])
    odd["tweet"]["id_str"] = 1
    [item] = items(read(tmp_path, files(tweets=[odd])))
    assert (item.id, item.text, item.place, item.reply_to) == (
        "1",
        "numbers",
        None,
        ReplyTo("44", None, "https://x.com/i/status/44"),
    )


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ({"coordinates": {"coordinates": ["-1.5000", "52.250"]}}, Place(None, 52.25, -1.5)),
        ({"geo": {"coordinates": ["52.250", "-1.5000"]}}, Place(None, 52.25, -1.5)),
        ({"coordinates": {"coordinates": [-1.5, 52.25]}, "geo": {"coordinates": [52.25, -1.5]}}, Place(None, 52.25, -1.5)),
        ({"place": {"full_name": "Oxgate"}}, Place("Oxgate")),
        ({"coordinates": {"coordinates": ["nan", "400"]}}, None),
    ],
)
def test_places_are_read_in_either_order(tmp_path, where, place):
    assert [i.place for i in items(read(tmp_path, files(tweets=[post(1, "here", **where)])))] == [place]


def test_wrappers_of_another_name_or_none_are_read(tmp_path):
    made = files(
        twitter_circle_tweet=[{"circleTweet": post(1, "circle")["tweet"]}],
        follower=[{"accountId": "7"}, {"followers": {"accountId": "8"}}],
        note_tweet=[note("n1", "2022-03-04T08:15:00.000Z", "alone")["noteTweet"]],
    )
    got = read(tmp_path, made)
    assert [(i.id, i.text, i.audience) for i in items(got)] == [("1", "circle", "friends"), (None, "alone", "unknown")]
    assert [c.id for c in got if isinstance(c, Connection)] == ["7", "8"]


# times


def test_impossible_years_give_way_to_the_time_inside_the_id_or_to_none(tmp_path):
    number = (1700000000123 - 1288834974657) << 22
    tweets = [post(number, "1997"), post(5, "2003"), post(number + 1, "2999"), post(6, "kept")]
    for one, at in zip(tweets, ("Tue Nov 14 22:13:20 +0000 1997", AT[:-4] + "2003", AT[:-4] + "2999", AT), strict=True):
        one["tweet"]["created_at"] = at
    got = read(tmp_path, files(tweets=tweets))
    moment = "2023-11-14T22:13:20.123+00:00"
    assert [i.at for i in items(got)] == [moment, None, moment, "2022-03-04T08:15:00+00:00"]


@pytest.mark.parametrize(
    "text", ["Fri Feb 30 09:09:09 +0000 2022", "Fri Feb 28 24:09:09 +0000 2022", "Fri Feb 28 09:09:61 +0000 2022"]
)
def test_a_day_or_hour_that_does_not_exist_is_no_time(text):
    assert from_x(text) is None


# the words


def test_a_short_link_that_begins_like_another_is_not_mixed_up(tmp_path):
    urls = [link("https://t.co/q", "https://example.org/a"), link("https://t.co/q1", "https://example.org/b?x=1&y=2")]
    [item] = items(read(tmp_path, files(tweets=[post(1, "see https://t.co/q1 https://t.co/q &amp;", entities={"urls": urls})])))
    assert item.text == "see https://example.org/b?x=1&y=2 https://example.org/a &"
    assert item.links == ("https://example.org/a", "https://example.org/b?x=1&y=2")


def test_old_posts_have_links_without_entities_and_cut_ones_are_none(tmp_path):
    got = read(tmp_path, files(tweets=[post(1, "look http://bit.example/x."), post(2, "RT @pat: cut https://t.co/ab…")]))
    assert [i.links for i in items(got)] == [("http://bit.example/x",), ()]


def test_the_link_with_which_x_ends_a_cut_text_is_left_out(tmp_path):
    entities = {"urls": [link("https://t.co/s", "https://twitter.com/i/web/status/1")]}
    [item] = items(read(tmp_path, files(tweets=[post(1, "cut short… https://t.co/s", entities=entities)])))
    assert (item.text, item.links, item.quoted) == ("cut short…", (), None)


@pytest.mark.parametrize(
    ("full", "quoted"),
    [
        ("https://twitter.com/pat_q/status/7", Quoted("7", "pat_q", None)),
        ("http://mobile.twitter.com/pat_q/statuses/7?s=20", Quoted("7", "pat_q", None)),
        ("https://www.x.com/pat_q/status/7", Quoted("7", "pat_q", None)),
        ("https://x.com/i/web/status/7", Quoted("7", None, None)),
        ("https://x.com/jo/status/1/photo/1", None),
        ("https://nottwitter.com/pat_q/status/7", None),
    ],
)
def test_a_quote_is_a_link_to_another_post(tmp_path, full, quoted):
    entities = {"urls": [link("https://t.co/q", full)]}
    assert [i.quoted for i in items(read(tmp_path, files(tweets=[post(1, "so https://t.co/q", entities=entities)])))] == [
        quoted
    ]


def test_a_repost_of_a_picture_alone_is_a_repost_and_talk_about_one_is_not(tmp_path):
    picture = {"media": [{"url": "https://t.co/p", "expanded_url": "https://twitter.com/star/status/5/photo/1"}]}
    got = read(tmp_path, files(tweets=[post(1, "RT @star: https://t.co/p", entities=picture), post(2, "RT @bob agree: yes")]))
    assert [(i.kind, i.text, i.quoted, i.links) for i in items(got)] == [
        ("repost", "", Quoted(None, "star", ""), ("https://twitter.com/star/status/5/photo/1",)),
        ("post", "RT @bob agree: yes", None, ()),
    ]


def test_each_picture_gets_its_own_file_and_words(tmp_path):
    media = [
        {"url": "https://t.co/p", "media_url_https": "https://pbs.example/one.jpg", "ext_alt_text": "A cat"},
        {"url": "https://t.co/p", "media_url_https": "https://pbs.example/thumb/v.jpg", "type": "video"},
        {"url": "https://t.co/p", "media_url_https": "https://pbs.example/two.jpg", "media_alt": "A dog"},
    ]
    made = files(tweets=[post(1, "Pics https://t.co/p", extended_entities={"media": media})])
    made |= {f"data/tweets_media/{n}": b"" for n in ("1-two.jpg", "1-zz.mp4", "1-one.jpg", "11-one.jpg")}
    [item] = items(read(tmp_path, made))
    assert item.text == "Pics"
    assert item.media == (
        Media("data/tweets_media/1-one.jpg", "photo", "A cat"),
        Media("data/tweets_media/1-zz.mp4", "video"),
        Media("data/tweets_media/1-two.jpg", "photo", "A dog"),
    )


# replies and people


def test_whom_a_reply_answers_is_found_by_id_before_the_first_mention(tmp_path):
    both = {"user_mentions": [{"screen_name": "bob", "id_str": "3"}, {"screen_name": "pat_q", "id_str": "77"}]}
    got = read(
        tmp_path,
        files(
            tweets=[
                post(1, "@bob @pat_q hi", in_reply_to_status_id_str="9", in_reply_to_user_id_str="77", entities=both),
                post(2, "thread", in_reply_to_status_id_str="1", in_reply_to_user_id_str="92", entities=mention("bob", "3")),
                post(
                    3,
                    "@gone_x hm",
                    in_reply_to_status_id_str="8",
                    in_reply_to_user_id_str="88",
                    entities=mention("gone_x", "-1"),
                ),
                post(4, "@pat_q just talk", in_reply_to_user_id_str="77", in_reply_to_screen_name="pat_q"),
            ]
        ),
    )
    assert [i.reply_to for i in items(got)] == [
        ReplyTo("9", "pat_q", "https://x.com/i/status/9"),
        ReplyTo("1", "jo", "https://x.com/i/status/1"),
        ReplyTo("8", "gone_x", "https://x.com/i/status/8"),
        None,
    ]


def test_followers_get_the_newest_handle_seen_in_any_file_of_posts(tmp_path):
    made = files(
        tweets=[post(20, "@new_name", entities=mention("new_name", "7", "Pat"))],
        tweets_part1=[post(30, "@later", entities=mention("later", "8"))],
        community_tweet=[post(10, "@old_name", entities=mention("old_name", "7"))],
        deleted_tweets=[
            post(5, "bye", in_reply_to_status_id_str="1", in_reply_to_user_id_str="9", in_reply_to_screen_name="byes")
        ],
        follower=[{"follower": {"accountId": i}} for i in ("7", "8", "9", "-1", "7")],
    )
    got = [c for c in read(tmp_path, made) if isinstance(c, Connection)]
    assert got[0] == Connection(
        platform="x", account="jo", where="data/follower.js#0", key="x:92:follower:7", relation="follower", id="7",
        handle="new_name", name="Pat", url="https://x.com/intent/user?user_id=7",
    )  # fmt: skip
    assert [(c.id, c.handle) for c in got] == [("7", "new_name"), ("8", "later"), ("9", "byes"), ("-1", None)]


# long texts

LONG = "apples and pears are lovely together & " * 9


def test_long_texts_of_one_second_go_to_the_post_whose_id_is_nearest_in_time(tmp_path):
    base = 1700000000000 - 1288834974657
    one, two = (base + 100) << 22, (base + 900) << 22
    at = "Tue Nov 14 22:13:20 +0000 2023"
    made = files(
        note_tweet=[note("a", "2023-11-14T22:13:20.900Z", LONG + "TWO"), note("b", "2023-11-14T22:13:20.100Z", LONG + "ONE")],
        tweets=[post(n, LONG[:260].replace("&", "&amp;") + "… https://t.co/s", created_at=at) for n in (one, two)],
    )
    assert shown(read(tmp_path, made)) == {str(one): LONG + "ONE", str(two): LONG + "TWO"}


@pytest.mark.parametrize(
    ("made_at", "long", "cut"),
    [
        ("2022-03-04T08:14:59.950Z", "Edge of a minute " + LONG, "Edge of a minute " + LONG[:200] + "… https://t.co/s"),
        (
            "2022-03-04T08:15:00.000Z",
            "With a picture " + LONG,
            "With a picture " + LONG[:200] + "… https://t.co/s https://t.co/p",
        ),
        ("2022-03-04T08:15:00.000Z", "to you " + LONG, "@pat_q to you " + LONG[:200] + "…"),
        ("2022-03-04T08:15:00.000Z", "<b> & " + LONG, "&lt;b&gt; &amp; " + LONG[:200].replace("&", "&amp;") + "…"),
        ("2022-03-04T08:15:00.000Z", "Bold hi", "Bold hi"),
    ],
)
def test_a_long_text_finds_its_post(tmp_path, made_at, long, cut):
    assert shown(read(tmp_path, files(note_tweet=[note("n", made_at, long)], tweets=[post(1, cut)]))) == {"1": long}


def test_a_long_text_of_other_words_or_another_time_stays_a_post_of_its_own(tmp_path):
    notes = [note("n", "2022-03-04T08:15:00.000Z", "Quite different " + LONG), note("m", "2022-03-05T08:15:00.000Z", LONG)]
    got = read(tmp_path, files(note_tweet=[*notes, notes[0]], tweets=[post(1, LONG[:200] + "…")]))
    assert [(i.id, i.key, i.at, i.url) for i in items(got)][1:] == [
        (None, "x:92:note:n", "2022-03-04T08:15:00+00:00", None),
        (None, "x:92:note:m", "2022-03-05T08:15:00+00:00", None),
    ]
    assert shown(got)["1"] == LONG[:200] + "…"


def test_a_long_text_that_names_its_post_joins_it_or_stands_for_it(tmp_path):
    old = [
        {"noteTweet": {"noteTweetId": n, "tweetId": t, "noteTweetResults": {"text": LONG}}} for n, t in (("a", "1"), ("b", "2"))
    ]
    got = by_id(read(tmp_path, files(note_tweet=old, tweets=[post(1, "apples…")])))
    assert (got["1"].text, got["2"].text) == (LONG, LONG)
    assert (got["2"].key, got["2"].url) == ("x:92:post:2", "https://x.com/jo/status/2")


def test_the_long_text_of_a_deleted_post_is_told_once_and_as_deleted(tmp_path):
    made = files(
        deleted_note_tweet=[
            note("d", "2022-03-04T08:15:00.000Z", LONG),
            note("e", "2021-03-04T08:15:00.000Z", "Alone " + LONG),
        ],
        deleted_tweets=[post(1, LONG[:200].replace("&", "&amp;") + "…")],
    )
    assert [(i.id, i.text, i.deleted, i.state) for i in items(read(tmp_path, made))] == [
        ("1", LONG, True, "binned"),
        (None, "Alone " + LONG, True, "binned"),
    ]


def test_links_and_pictures_in_a_long_text_are_those_of_a_short_one(tmp_path):
    core = {"urls": [{"shortUrl": "https://t.co/n", "expandedUrl": "https://x.com/pat_q/status/7"}]}
    entities = {
        "urls": [link("https://t.co/s", "https://twitter.com/i/web/status/1"), link("https://t.co/e", "https://example.org/e")],
        "media": [{"url": "https://t.co/p"}],
    }
    made = files(
        note_tweet=[note("n", "2022-03-04T08:15:00.000Z", f"{LONG}https://t.co/e https://t.co/n https://t.co/p", **core)],
        tweets=[post(1, LONG[:200] + "… https://t.co/s", entities=entities)],
    )
    [item] = items(read(tmp_path, made))
    assert item.text == f"{LONG}https://example.org/e https://x.com/pat_q/status/7"
    assert (item.links, item.quoted) == (("https://example.org/e", "https://x.com/pat_q/status/7"), Quoted("7", "pat_q", None))


# told once


def test_what_stands_in_two_files_is_told_once_with_what_the_narrower_file_knows(tmp_path):
    made = files(
        tweets=[post(1, "gone"), post(2, "community"), post(3, "plain"), post(3, "plain")],
        deleted_tweets=[post(1, "gone")],
        community_tweet=[post(2, "community")],
        like=[{"like": {"tweetId": "5", "fullText": "a &amp; b"}}, {"like": {"tweetId": "5"}}],
        phone_number=[{"device": {"phoneNumber": "+447700900001"}}],
        expanded_profile=[{"x": {"sections": [{"organization": {"name": "Acorn School"}, "phone": "+447700900001"}]}}],
        ageinfo=[{"ageMeta": {"ageInfo": {"birthDate": "1990-02-03"}, "inferredAgeInfo": {"birthDate": "1980-01-01"}}}],
    )
    got = read(tmp_path, made)
    assert [(i.id, i.kind, i.audience, i.deleted) for i in items(got)] == [
        ("1", "post", "unknown", True),
        ("2", "post", "group", False),
        ("3", "post", "unknown", False),
        ("5", "reaction", "unknown", False),
    ]
    facts = [(f.fact, f.value) for f in got if isinstance(f, ProfileFact)]
    assert facts == [("handle", "jo"), ("phone", "+447700900001"), ("birthday", "1990-02-03"), ("employer", "Acorn School")]
    assert not [f.key for f in got if isinstance(f, ProfileFact) and f.value in f.key]


def test_ids_are_met_once_in_whatever_order_they_come():
    for seed in range(50):
        rng, ids, met = random.Random(seed), Ids(), set()
        for _ in range(200):
            one = str(rng.choice([rng.randint(0, 60), (1 << 63) + rng.randint(0, 3), -rng.randint(1, 3), "x"]))
            assert ids.new(one) == (one not in met)
            met.add(one)


# messages


def said(identifier: str, sender: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "messageCreate": {"id": identifier, "senderId": sender, "text": text, "createdAt": "2023-01-03T00:00:00.000Z", **more}
    }


def test_a_message_that_cannot_be_read_costs_itself_and_repeats_are_told_once(tmp_path):
    talk = {"conversationId": "77-92"}
    made = files(
        direct_messages=[
            {
                "dmConversation": {
                    **talk,
                    "messages": [said("3", "92", "three"), {"messageCreate": {"text": "no id"}}, said("2", "77", "&lt;two")],
                }
            },
            {
                "dmConversation": {
                    **talk,
                    "messages": [said("2", "77", "&lt;two"), {"welcomeMessageCreate": {"id": "1", "text": "Welcome"}}],
                }
            },
        ],
        tweets=[post(1, "@pat_q", entities=mention("pat_q", "77"))],
    )
    got = read(tmp_path, made)
    messages = [i for i in items(got) if i.kind == "message"]
    assert messages[0] == Item(
        platform="x", account="jo", where="data/direct-messages.js#0", kind="message", key="x:92:message:77-92:3", id="3",
        at="2023-01-03T00:00:00+00:00", text="three", author="me", author_name="jo", audience="direct",
        conversation=Conversation("77-92", "pat_q", ("pat_q", "jo"), False), url="https://x.com/messages/77-92",
    )  # fmt: skip
    assert [(m.id, m.text, m.author) for m in messages] == [
        ("3", "three", "me"),
        ("2", "<two", "other"),
        ("1", "Welcome", "other"),
    ]
    assert failed(got) == {"data/direct-messages.js": "1 of 2 entries could not be read"}
    assert [(c.relation, c.handle) for c in got if isinstance(c, Connection)] == [("messaged", "pat_q")]


def test_everyone_seen_in_a_group_takes_part_and_its_newest_name_counts(tmp_path):
    entries = [
        {"conversationNameUpdate": {"initiatingUserId": "90", "name": "Old", "createdAt": "2021-01-01T00:00:00.000Z"}},
        {"conversationNameUpdate": {"initiatingUserId": "90", "name": "New", "createdAt": "2022-01-01T00:00:00.000Z"}},
        {"participantsLeave": {"userIds": ["91"]}},
        said("5", "92", "hi", recipientId="0", reactions=[{"senderId": "95", "reactionKey": "like"}]),
        {"joinConversation": {"initiatingUserId": "93", "participantsSnapshot": ["94"]}},
    ]
    made = files(direct_messages_group=[{"dmConversation": {"conversationId": "900", "messages": entries}}])
    [item] = items(read(tmp_path, made))
    assert item.conversation == Conversation("900", "New", ("90", "91", "jo", "95", "93", "94"), True)


def test_a_picture_in_a_message_is_a_file_and_not_a_link(tmp_path):
    urls = [
        {"url": "https://t.co/a", "expanded": "https://twitter.com/messages/media/9", "display": "pic.twitter.com/a"},
        {"url": "https://t.co/b", "expanded": "https://example.org/b", "display": "example.org/b"},
    ]
    sent = ["https://ton.example/dm/9/aaa.jpg", "https://video.example/b.mp4?tag=1"]
    message = said("9", "92", "look https://t.co/a at https://t.co/b", urls=urls, mediaUrls=sent)
    made = files(direct_messages=[{"dmConversation": {"conversationId": "77-92", "messages": [message]}}])
    made |= {"data/direct_messages_media/9-b.mp4": b"", "data/direct_messages_media/9-aaa.jpg": b""}
    [item] = items(read(tmp_path, made))
    assert (item.text, item.links) == ("look at https://example.org/b", ("https://example.org/b",))
    assert item.media == (
        Media("data/direct_messages_media/9-aaa.jpg", "photo"),
        Media("data/direct_messages_media/9-b.mp4", "video"),
    )


def test_without_an_owner_nobody_is_taken_for_the_person(tmp_path):
    made = files(direct_messages=[{"dmConversation": {"conversationId": "77-92", "messages": [said("1", "77", "hi")]}}])
    del made["data/account.js"]
    got = read(tmp_path, made)
    assert [(i.author, i.author_name, i.conversation) for i in items(got)] == [
        (None, "77", Conversation("77-92", None, ("77", "92"), False))
    ]
    assert not [c for c in got if isinstance(c, Connection)]


# lesser files


def test_an_article_takes_its_state_from_its_metadata_and_only_words_from_its_blocks(tmp_path):
    blocks = [{"text": "First", "type": "unstyled", "key": "a1b"}, {"text": "Second", "entityRanges": []}]
    made = files(
        article=[{"article": {"id": "7", "title": "Essay", "content": {"blocks": blocks}, "coverMedia": {"mediaKey": "3_x"}}}],
        article_metadata=[{"articleMetadata": {"id": "7", "createdAtMs": "1700000000000", "lifecycleState": "Draft"}}],
    )
    [item] = items(read(tmp_path, made))
    assert (item.title, item.text, item.state, item.audience, item.at) == (
        "Essay", "First\nSecond", "draft", "private", "2023-11-14T22:13:20+00:00",
    )  # fmt: skip


def test_keys_do_not_depend_on_where_in_its_file_a_line_stands(tmp_path):
    def line(text: str) -> dict[str, Any]:
        sender = {"name": "User", "originalName": "USER"}
        return {"grokChatItem": {"chatId": "4", "createdAt": "2025-01-01T00:00:00.000Z", "sender": sender, "message": text}}

    def keys(*texts: str) -> dict[str, str]:
        return {i.text: i.key for i in items(read(tmp_path, files(grok_chat_item=[line(t) for t in texts])))}

    assert keys("one", "two")["two"] == keys("two")["two"]


@pytest.mark.parametrize(
    ("events", "value", "audience"),
    [
        ([], "unknown", "unknown"),
        ([("2023-01-01", "Unprotect"), ("2024-01-01", "Protect")], "on", "followers"),
        ([("2024-01-01", "Unprotect"), ("2023-01-01", "Protect")], "off", "public"),
    ],
)
def test_who_sees_posts_is_said_only_where_the_history_tells(tmp_path, events, value, audience):
    history = [{"protectedHistory": {"protectedAt": f"{day}T00:00:00.000Z", "action": action}} for day, action in events]
    made = files(tweets=[post(1, "hi")], protected_history=history) | manifest(protected_history=len(history))
    got = read(tmp_path, made)
    assert [(s.id, s.value) for s in got if isinstance(s, Setting)] == [("x.protect-your-posts", value)]
    assert [i.audience for i in items(got)] == [audience]
    assert failed(got) == {}


def test_a_file_the_export_lists_but_does_not_hold_is_told(tmp_path):
    got = read(tmp_path, files(tweets=[post(1, "hi")]) | manifest(tweets=1, like=12, ad_engagements=3, mute=0))
    reason = "the export says it holds 12 entries, but the file is not there: download the archive again"
    assert failed(got) == {"data/like.js": reason}


# containers


def test_the_viewer_s_own_scripts_are_not_the_archive(tmp_path):
    viewer = {
        "assets/account.js": script("account", [{"account": {"username": "nobody", "accountId": "1"}}]),
        "assets/js/tweets.js": b"f()",
    }
    got = read(tmp_path, viewer | files(tweets=[post(1, "hi")]))
    assert [(i.account, i.key) for i in items(got)] == [("jo", "x:92:post:1")]
    assert failed(got) == {}


@pytest.mark.parametrize(
    ("names", "era"),
    [
        (("data/tweets.js", "data/account.js"), "2020 onward"),
        (("my old data/data/tweet.js", "my old data/data/account.js"), "2020-2022"),
        (("my data/tweet.js", "my data/account.js"), "2018-2020"),
        (("tweets.js",), "2020 onward"),
    ],
)
def test_the_era_is_told_by_the_files_whatever_the_folder_around_them_is_called(tmp_path, names, era):
    made = {n: script("tweet", [post(1, "hi")]) if "tweet" in n else OWNER["data/account.js"] for n in names}
    assert [s.era for s in read(tmp_path, made) if isinstance(s, Summary)] == [era]


def test_parts_that_each_name_the_owner_are_one_export_when_made_at_one_moment(tmp_path):
    when = "2024-01-05T00:00:00.000Z"
    one = zipped(tmp_path / "first.zip", files(tweets=[post(1, "one")]) | manifest(when, partial=True))
    two = zipped(tmp_path / "second.zip", files(tweets=[post(2, "two")]) | manifest(when, partial=True))
    got = records(one, two)
    assert [(i.id, i.where) for i in items(got)] == [("1", "data/tweets.js#0"), ("2", "second.zip/data/tweets.js#0")]
    again = "the same file again, in another part or download of this export: read once"
    assert [(c.state, c.count) for c in got if isinstance(c, Coverage) and c.reason == again] == [("ignored", 2)]


def test_a_zip_and_what_was_unpacked_from_it_are_read_once(tmp_path):
    made = files(tweets=[post(1, "one")], note_tweet=[note("n", "2021-01-01T00:00:00.000Z", LONG)]) | manifest(
        "2024-01-05T00:00:00.000Z"
    )
    zipped(laid(tmp_path / "Downloads" / "twitter-2024", made).parent / "twitter-2024.zip", made)
    got = records(tmp_path / "Downloads")
    assert [i.key for i in items(got)] == ["x:92:post:1", "x:92:note:n"]
    assert sum(isinstance(s, Summary) for s in got) == 1


def test_the_newer_of_two_exports_is_told_by_what_they_say_and_not_by_their_names(tmp_path):
    old = zipped(tmp_path / "x-2025-01-01.zip", files(tweets=[post(1, "old")]) | manifest("2022-01-05T00:00:00.000Z"))
    new = zipped(tmp_path / "x-2019-01-01.zip", files(tweets=[post(1, "new")]) | manifest("2024-01-05T00:00:00.000Z"))
    got = records(old, new)
    assert shown(got) == {"1": "new"}
    assert [c.member for c in got if isinstance(c, Coverage) and c.member.endswith(".zip")] == [old.name]


def test_a_zip_of_pictures_alone_belongs_to_the_archive_given_with_it(tmp_path):
    picture = {"media": [{"url": "https://t.co/p", "media_url_https": "https://pbs.example/a.jpg"}]}
    main = zipped(tmp_path / "main.zip", files(tweets=[post(1, "p https://t.co/p", entities=picture)]))
    pictures = zipped(tmp_path / "pictures.zip", {"data/tweets_media/1-a.jpg": b""})
    assert [i.media for i in items(records(main, pictures))] == [(Media("data/tweets_media/1-a.jpg", "photo"),)]


def test_a_path_that_holds_nothing_known_is_named_beside_a_good_one(tmp_path):
    good = zipped(tmp_path / "good.zip", files(tweets=[post(1, "hi")]))
    other = zipped(tmp_path / "cats.zip", {"cat.jpg": b""})
    got = records(good, other)
    assert [(c.state, c.member) for c in got if isinstance(c, Coverage) and c.platform == "generic"] == [
        ("unknown", "cats.zip")
    ]


def test_zips_of_pictures_inside_an_early_archive_stay_closed(tmp_path):
    made = {"tweet.js": script("tweet", [post(1, "hi")["tweet"]]), "tweet_media/tweet_media-part1.zip": b"not opened"}
    got = read(tmp_path, made)
    assert shown(got) == {"1": "hi"} and failed(got) == {}


def test_an_archive_repacked_on_windows_with_folder_entries_is_read(tmp_path):
    made = zipped(tmp_path / "win.zip", {f"My X\\{n}".replace("/", "\\"): d for n, d in files(tweets=[post(1, "hi")]).items()})
    with zipfile.ZipFile(made, "a") as z:
        z.writestr(zipfile.ZipInfo("My X\\data\\"), b"")
    got = records(made)
    assert [i.where for i in items(got)] == ["My X/data/tweets.js#0"]
    assert [(c.state, c.member) for c in got if isinstance(c, Coverage)] == [
        ("read", "My X/data/account.js"), ("read", "My X/data/tweets.js"),
    ]  # fmt: skip


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "auditlib", *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", timeout=120
    )


MONTH = rb"""Grailbird.data.tweets_2012_01 =
 [ {
  "id" : 7, "id_str" : "7", "text" : "Term &amp; toast http:\/\/t.co\/a", "created_at" : "2012-01-05 08:15:00 +0000",
  "entities" : { "urls" : [ { "url" : "http:\/\/t.co\/a", "expanded_url" : "http:\/\/otter.example\/" } ] },
  "user" : { "screen_name" : "jo", "protected" : true, "id_str" : "92" }, "geo" : { }
} ]"""
CLASSIC = {
    "tweets.csv": b'"tweet_id","in_reply_to_status_id","in_reply_to_user_id","timestamp","source","text","retweeted_status_id",'
    b'"expanded_urls"\n"7","","","2012-01-05 08:15:00 +0000","web","Term &amp; toast","",""\n',
    "data/js/tweets/2012_01.js": MONTH,
    "data/js/tweet_index.js": b'var tweet_index = [{"file_name": "data/js/tweets/2012_01.js", "tweet_count": 1}]',
    "data/js/user_details.js": b'var user_details = {"screen_name": "jo", "id": "92"}',
    "index.html": b"<html>",
}


def test_the_archive_of_before_2018_is_read_and_says_that_it_holds_posts_only(tmp_path):
    classic = zipped(tmp_path / "tweets.zip", CLASSIC)
    done = run("inspect", classic, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {
        "record": "account", "platform": "x", "account": "jo", "era": "before 2018",
        "counts": {"post": 1, "profile": 1, "setting": 1},
        "first": "2012-01-05T08:15:00+00:00", "last": "2012-01-05T08:15:00+00:00",
        "coverage": {"read": 3, "ignored": 2, "unknown": 0, "failed": 0}, "warnings": [CLASSIC_ONLY],
    }  # fmt: skip


def test_beside_a_new_archive_the_one_of_before_2018_is_the_older_one(tmp_path):
    new = zipped(tmp_path / "new.zip", x_files("jo", 1))
    assert shown(records(zipped(tmp_path / "tweets.zip", CLASSIC), new)) == {"1": "Tea and toast"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux allows such names")
def test_a_file_name_that_is_no_text_and_a_pipe_are_told_and_stop_nothing(tmp_path):
    folder = laid(tmp_path / "twitter", files(tweets=[post(1, "hi")]))
    Path(os.fsdecode(os.fsencode(folder) + b"/data/\xff.js")).write_bytes(b"x")
    os.mkfifo(folder / "data" / "like.js")
    done = run("records", folder, "--json", "--only", "coverage")
    told = {r["member"]: r["state"] for r in map(json.loads, done.stdout.splitlines()) if r["state"] in ("unknown", "ignored")}
    assert (done.returncode, told) == (0, {"data/\ufffd.js": "unknown", "data/like.js": "ignored"})
    done = run("records", folder / "data" / "like.js")
    assert (done.returncode, done.stderr) == (
        2,
        "like.js is not a file or a folder: choose the file or folder you downloaded.\n",
    )


def test_a_file_packed_in_a_way_only_windows_knows_says_what_to_do(tmp_path):
    path = zipped(tmp_path / "x.zip", files(tweets=[post(1, "hi")], like=[]))
    data = bytearray(path.read_bytes())
    for mark, name_at, method_at in ((b"PK\x03\x04", 30, 8), (b"PK\x01\x02", 46, 10)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            if data[at + name_at :].startswith(b"data/like.js"):
                data[at + method_at] = 9  # Deflate64
    path.write_bytes(data)
    got = records(path)
    assert failed(got) == {
        "data/like.js": "it is packed in a way that cannot be opened here: unpack the archive first and choose the folder"
    }
    assert shown(got) == {"1": "hi"}
