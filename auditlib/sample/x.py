"""The sample's X archive: layout of 2022 and later, as asked for in October 2026."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from auditlib.sample import people, words, x_tweets
from auditlib.sample.package import Files, picture, ytd
from auditlib.sample.words import ME, Thread
from auditlib.sample.x_tweets import iso, snowflake

_ME = people.X_ID
_PART = 55  # X cuts at far more; the sample shows that parts are joined


def files() -> Files:
    """Return every file of the archive, in the archive's own order."""
    posts = x_tweets.posts()
    data: dict[str, tuple[str, int, list[Any]]] = {}  # file stem: (global name, part, records)
    data["tweets"] = ("tweets", 0, [{"tweet": post} for post in posts[:_PART]])
    data["tweets-part1"] = ("tweets", 1, [{"tweet": post} for post in posts[_PART:]])
    data["note-tweet"] = ("note_tweet", 0, x_tweets.notes())
    data["community-tweet"] = ("community_tweet", 0, [{"tweet": post} for post in x_tweets.community()])
    data["deleted-tweets"] = ("deleted_tweets", 0, [{"tweet": post} for post in x_tweets.deleted()])
    data["deleted-tweet-headers"] = ("deleted_tweet_headers", 0, [_header(post) for post in x_tweets.deleted()])
    data["tweet-headers"] = ("tweet_headers", 0, [_header(post) for post in posts])
    data["like"] = ("like", 0, _likes())
    direct, group = _direct(), _group()
    data["direct-messages"] = ("direct_messages", 0, direct)
    data["direct-message-headers"] = ("direct_message_headers", 0, _without_text(direct))
    data["direct-messages-group"] = ("direct_messages_group", 0, group)
    data["direct-message-group-headers"] = ("direct_message_group_headers", 0, _without_text(group))
    for stem, (name, records) in (_people() | _profile() | _noise()).items():
        data[stem] = (name, 0, records)
    made: Files = {"Your archive.html": b"<!doctype html><title>Your archive</title><script src=assets/js/main.js></script>"}
    made["assets/js/main.js"] = b"(()=>{console.log('viewer')})();"
    made["assets/js/runtime.js"] = b"var tweets=[];"
    made["assets/fonts/fontello.woff"] = b"wOFF"
    made["data/README.txt"] = b"What this archive holds, file by file.\n"
    made["data/manifest.js"] = _manifest(data)
    for stem, (name, part, records) in data.items():
        made[f"data/{stem}.js"] = ytd(name, records, part)
    made |= _media(posts)
    return made


def _manifest(data: dict[str, tuple[str, int, list[Any]]]) -> bytes:
    kinds: dict[str, Any] = {}
    for stem, (name, part, records) in data.items():
        first, *rest = name.split("_")
        entry = kinds.setdefault(first + "".join(word.capitalize() for word in rest), {"files": []})
        entry["files"].append(
            {"fileName": f"data/{stem}.js", "globalName": f"YTD.{name}.part{part}", "count": str(len(records))}
        )
    kinds["tweets"]["mediaDirectory"] = x_tweets.MEDIA
    kinds["directMessages"]["mediaDirectory"] = "data/direct_messages_media"
    config = {
        "userInfo": {"accountId": _ME, "userName": people.X_HANDLE, "displayName": people.X_PEOPLE[people.X_HANDLE][1]},
        "archiveInfo": {"sizeBytes": "184320", "generationDate": iso(people.X_EXPORTED), "isPartialArchive": False,
                        "maxPartSizeBytes": "53687091200"},
        "readmeInfo": {"fileName": "data/README.txt", "directory": "data/", "name": "README.txt"},
        "dataTypes": kinds,
    }  # fmt: skip
    return ("window.__THAR_CONFIG = " + json.dumps(config, indent=2, ensure_ascii=False)).encode()


def _header(post: dict[str, Any]) -> dict[str, Any]:
    kept = {"tweet_id": post["id_str"], "user_id": _ME, "created_at": post["created_at"]}
    return {"tweet": kept | ({"deleted_at": post["deleted_at"]} if "deleted_at" in post else {})}


def _likes() -> list[Any]:
    made = []
    for line in words.read("x_likes"):
        tweet_id = snowflake(line.at, 7)
        like = {"tweetId": tweet_id}
        if line.text:  # the words are missing when the post is gone
            like["fullText"] = line.text.replace("&", "&amp;")
        made.append({"like": {**like, "expandedUrl": f"https://twitter.com/i/web/status/{tweet_id}"}})
    return made[::-1]


def _direct() -> list[Any]:
    made = []
    for thread in words.threads("x"):
        if thread.group:
            continue
        other = people.X_PEOPLE[thread.other][0]
        conversation = "-".join(sorted((_ME, other), key=int))
        elements = [
            {"messageCreate": {**_message(thread, index), "recipientId": other if line.middle == ME else _ME}}
            for index, line in enumerate(thread.lines)
        ][::-1]
        halves = [elements[:1], elements[1:]] if thread.other == "coldharbour_kate" else [elements]
        made += [{"dmConversation": {"conversationId": conversation, "messages": half}} for half in halves]
    return made


def _group() -> list[Any]:
    made = []
    for thread in (thread for thread in words.threads("x") if thread.group):
        start, members = thread.lines[0].at, [people.X_PEOPLE[h][0] for h in ("coldharbour_kate", "gareth_pellbrook")]
        messages: list[Any] = [
            {"joinConversation": {"initiatingUserId": members[0], "participantsSnapshot": [*members, _ME],
                                  "createdAt": iso(start - timedelta(days=2))}},
            {"conversationNameUpdate": {"initiatingUserId": members[0], "name": thread.title,
                                        "createdAt": iso(start - timedelta(days=1))}},
        ]  # fmt: skip
        messages += [{"messageCreate": _message(thread, index)} for index in range(len(thread.lines))]
        made.append({"dmConversation": {"conversationId": snowflake(start, 11), "messages": messages[::-1]}})
    return made


def _message(thread: Thread, index: int) -> dict[str, Any]:
    line = thread.lines[index]
    sender = _ME if line.middle == ME else people.X_PEOPLE[line.middle][0]
    links = [word for word in line.text.split() if word.startswith("https://t.co/")]
    urls = [{"url": link, "expanded": "https://www.example.org/crisps", "display": "example.org/crisps"} for link in links]
    thumbs_up = {"senderId": _ME, "reactionKey": "like", "eventId": snowflake(line.at, 99), "createdAt": iso(line.at)}
    return {
        "reactions": [thumbs_up] if index == 0 else [], "urls": urls, "text": line.text, "mediaUrls": [],
        "senderId": sender, "id": snowflake(line.at, index + 20), "createdAt": iso(line.at), "editHistory": [],
    }  # fmt: skip


def _without_text(conversations: list[Any]) -> list[Any]:
    kept = ("id", "senderId", "recipientId", "createdAt")
    return [
        {"dmConversation": {
            "conversationId": c["dmConversation"]["conversationId"],
            "messages": [
                {name: {k: v for k, v in body.items() if k in kept} if name == "messageCreate" else body}
                for message in c["dmConversation"]["messages"] for name, body in message.items()
            ],
        }}
        for c in conversations
    ]  # fmt: skip


def _people() -> dict[str, tuple[str, list[Any]]]:
    def accounts(wrapper: str, ids: tuple[str, ...]) -> list[Any]:
        link = "https://twitter.com/intent/user?user_id="
        return [{wrapper: {"accountId": one, "userLink": link + one}} for one in ids]

    followers = tuple(people.X_PEOPLE[handle][0] for handle in people.X_FOLLOWERS) + people.X_STRANGERS
    following = tuple(people.X_PEOPLE[handle][0] for handle in people.X_FOLLOWING)
    lists = ("brindle_books/lists/otter-people", "larkmoor_library/lists/larkmoor-primary-staff")
    return {
        "follower": ("follower", accounts("follower", followers)),
        "following": ("following", accounts("following", following)),
        "block": ("block", accounts("blocking", people.X_BLOCKED)),
        "mute": ("mute", accounts("muting", people.X_MUTED)),
        "lists-member": ("lists_member", [{"userListInfo": {"url": "https://twitter.com/" + one}} for one in lists]),
        "contact": ("contact", []),
    }


def _profile() -> dict[str, tuple[str, list[Any]]]:
    bio = "Toast, otters, long walks. TA at The Chiltern School 🍎 views my own"
    year, month, day = people.BIRTHDAY
    born = f"{year}-{month:02}-{day:02}"
    change = {"changedAt": "2019-10-01T18:22:05.000Z", "changedFrom": people.X_OLD_HANDLE, "changedTo": people.X_HANDLE}
    email = {"changedAt": "2021-07-20T09:00:41.000Z", "changedFrom": people.OLD_EMAIL, "changedTo": people.EMAIL}
    return {
        "account": ("account", [{"account": {
            "email": people.EMAIL, "createdVia": "web", "username": people.X_HANDLE, "accountId": _ME,
            "createdAt": "2016-08-24T17:03:11.000Z", "accountDisplayName": people.X_PEOPLE[people.X_HANDLE][1],
        }}]),
        "profile": ("profile", [{"profile": {
            "description": {"bio": bio, "website": "https://t.co/qQ8marnie1", "location": "Brackenford"},
            "avatarMediaUrl": "https://pbs.twimg.com/profile_images/1/otter.jpg",
        }}]),
        "phone-number": ("phone_number", [{"device": {"phoneNumber": people.PHONE}}]),
        "email-address-change": ("email_address_change", [
            {"emailAddressChange": {"accountId": _ME, "emailChange": email}}]),
        "screen-name-change": ("screen_name_change", [
            {"screenNameChange": {"accountId": _ME, "screenNameChange": change}}]),
        "ageinfo": ("ageinfo", [{"ageMeta": {"ageInfo": {"age": ["25"], "birthDate": born}, "inferredAgeInfo": {}}}]),
        "protected-history": ("protected_history", []),
        "connected-application": ("connected_application", [{"connectedApplication": {
            "organization": {"name": "Quizzly"}, "name": "Quizzly", "description": "Pub quizzes", "id": "88211",
            "permissions": ["read", "write"], "approvedAt": "2023-01-09T20:00:00.000Z",
        }}]),
    }  # fmt: skip


def _noise() -> dict[str, tuple[str, list[Any]]]:
    advert = {"tweetText": "SALE! Fifty per cent off garden gnomes at Gnomely", "tweetId": "1600000000000000001"}
    return {
        "ad-impressions": ("ad_impressions", [{"ad": {"adsUserData": {"adImpressions": {"impressions": [
            {"promotedTweetInfo": advert, "impressionTime": "2026-09-01 10:00:00"}]}}}}]),
        "ip-audit": ("ip_audit", [{"ipAudit": {"accountId": _ME, "createdAt": "2026-09-30T07:00:00.000Z",
                                               "loginIp": "192.0.2.44"}}]),
        "personalization": ("personalization", [{"p13nData": {"demographics": {}, "interests": {"interests": [
            {"name": "Otters", "isDisabled": False}]}, "locationHistory": []}}]),
        "saved-search": ("saved_search", [{"savedSearch": {"savedSearchId": "41", "query": "bread that is not a brick"}}]),
        "grok-chat-item": ("grok_chat_item", [{"grokChatItem": {
            "accountId": _ME, "chatId": "1900", "createdAt": "2026-04-02T12:00:00.000Z",
            "sender": {"value": "1", "name": "User", "originalName": "USER"}, "message": "how long to boil an egg",
            "grokMode": {"value": "0", "name": "Normal", "originalName": "NORMAL"}}}]),
        "hologram": ("hologram", [{"hologram": {"hologramId": "1", "state": "off"}}]),  # a kind nobody knows yet
    }  # fmt: skip


def _media(posts: list[dict[str, Any]]) -> Files:
    made: Files = {}
    for seed, post in enumerate(posts):
        for media in post.get("extended_entities", {}).get("media", []):
            name = media["media_url_https"].rpartition("/")[2]
            made[f"{x_tweets.MEDIA}/{post['id_str']}-{name}"] = picture(seed)
    made[f"data/profile_media/{_ME}-otter.jpg"] = picture(7)
    return made
