"""The sample's TikTok export: one JSON file in a zip, with the key names of late 2025 and 2026."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from auditlib.sample import people, words
from auditlib.sample.package import Files, plain_json
from auditlib.sample.words import ME, Line

_APP = {"App": 1, "IsFastLane": False}


def files() -> Files:
    """Return the one file of the export."""
    return {"user_data_tiktok.json": plain_json(_document())}


def _document() -> dict[str, Any]:
    lines = words.read("tiktok")
    posts = [_post(line) for line in lines if "deleted" not in line.options]
    binned = [_post(line) | {"DateDeleted": "2026-10-01 08:00:00"} for line in lines if "deleted" in line.options]
    return {
        "Comment": {"Comments": {"App": 1, "CommentsList": [_comment(c) for c in words.read("tiktok_comments")][::-1]}},
        "Direct Message": {
            "Direct Messages": {"App": 1, "ChatHistory": _chats()},
            "Group Chat": {"GroupChat": {}},
            "Tako Chat History": {"TakoChatHistoryList": []},
        },
        "Income+ Wallet": {"Transaction History": {"TransactionsList": None}},
        "Likes and Favorites": {
            "Favorite Videos": {**_APP, "FavoriteVideoList": []},
            "Like List": {**_APP, "ItemFavoriteList": [
                {"date": "2026-06-19 12:29:00", "link": _link("7655000000000000303")},
                {"date": "2025-10-12 18:01:00", "link": _link("7560000000000000202")}]},
        },
        "Location Review": {"Location Reviews": {"ReviewsList": [{
            "PlaceName": "Café Oakroast, Brackenford", "Date": "2025-08-16 15:00:00", "Rating": "4/5",
            "Status": "All visible", "Likes": 2, "ReviewText": "Flat white, soft chair, no questions."}]}},
        "Post": {"Posts": {"VideoList": posts[::-1]}, "Recently Deleted Posts": {"PostList": binned}, "Story": {}},
        "Profile And Settings": _profile(),
        "TikTok Live": {"Go Live History": {"GoLiveList": []}, "Watch Live History": {"WatchLiveMap": {}}},
        "TikTok Shop": {"Order History": {"OrderHistories": None}},
        "Your Activity": {
            "Reposts": {"RepostList": [{"Date": "2025-12-06 21:00:00", "Link": _link("7580000000000000404")}]},
            "Searches": {"SearchList": [{"Date": "2026-03-01 19:00:00", "SearchTerm": "starter smells of nail varnish"}]},
            "Watch History": {"VideoList": [
                {"Date": "2026-06-19 12:28:00", "Link": _link("7655000000000000303"), "Title": "Nan and the toast"}]},
        },
    }  # fmt: skip


def _profile() -> dict[str, Any]:
    year, month, day = people.BIRTHDAY
    names = {"userName": people.TIKTOK_USER, "displayName": "marnie 🍞", "birthDate": f"{year}-{month:02}-{day:02}"}
    more = {"bioDescription": "toast, otters, TA life 🍎", "emailAddress": people.EMAIL, "telephoneNumber": people.PHONE,
            "accountRegion": "GB", "followerCount": len(people.TIKTOK_FOLLOWERS), "aiSelf": "N/A"}  # fmt: skip
    settings: dict[str, Any] = {
        "Private Account": "Off", "Allow Others to Find Me": "On", "Allow DownLoad": "On", "Filter Comments": "Off",
        "Who Can Post Comments": "Everyone", "Who Can Send Me Message": "Everyone", "Who Can View Videos I Liked": "Only me",
        "Who Can Duet With Me": "Everyone", "Who Can Stitch with your videos": "Friends",
        "Who can see your following list::": "Everyone", "Suggest your account to contacts": "On",
        "FamilyPairing": [], "ScreenTime": None,
    }  # fmt: skip
    return {
        "Autofill": {}, "Block List": {**_APP, "BlockList": _people(people.TIKTOK_BLOCKED)},
        "Follower": {**_APP, "FansList": _people(people.TIKTOK_FOLLOWERS)},
        "Following": {**_APP, "Following": _people(people.TIKTOK_FOLLOWING)},
        "Profile Info": {"App": 1, "ProfileMap": names | more}, "Settings": {"App": 1, "SettingsMap": settings},
    }  # fmt: skip


def _post(line: Line) -> dict[str, Any]:
    options = line.options
    return {
        "Date": _time(line.at), "Link": f"https://video.example.org/storage/v1/{line.seconds:x}?x-expires=1791500000",
        "Likes": str(line.seconds % 31), "WhoCanView": options.get("who", "Everyone"), "AllowComments": "Yes",
        "Title": line.text, "Location": options.get("place", ""), "AlternateText": options.get("alt", "N/A"),
        "CoverImage": "N/A", "AddYoursText": "N/A", "AIGeneratedContent": "No",
    }  # fmt: skip


def _comment(line: Line) -> dict[str, str]:
    link = _link(line.middle) if line.middle else "N/A"
    return {"date": _time(line.at) + " UTC", "comment": line.text, "photo": "N/A", "video": "N/A", "sticker": "N/A",
            "originalPostUrl": link, "original post link": ""}  # fmt: skip


def _chats() -> dict[str, Any]:
    def message(line: Line) -> dict[str, str]:
        sender = people.TIKTOK_USER if line.middle == ME else line.middle
        return {"Date": _time(line.at), "From": sender, "Content": line.text}

    threads = words.threads("tiktok")
    return {f"Chat History with {one.other}:": [message(line) for line in one.lines[::-1]] for one in threads}


def _people(pairs: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"Date": _time(words.day(day)), "UserName": name} for name, day in pairs]


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _link(video: str) -> str:
    return f"https://www.tiktokv.com/share/video/{video}/"
