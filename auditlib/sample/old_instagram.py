"""The sample's forgotten Instagram account: JSON, layout of 2021 to early 2022 (posts in content/, one followers.json)."""

from __future__ import annotations

from typing import Any

from auditlib.sample import people, words
from auditlib.sample.instagram import post
from auditlib.sample.meta import Record, seconds, thread_file
from auditlib.sample.package import Files, meta_json, picture
from auditlib.sample.words import Line

_HOST = "https://www.instagram.com/"


def files() -> Files:
    """Return every file of the export. As many people get it, its folder was zipped again under a wrapper folder."""
    values = _content() | _people() | _profile() | _messages()
    made = {name: value if isinstance(value, bytes) else meta_json(value) for name, value in values.items()}
    for seed, line in enumerate(words.read("old_instagram")[:4]):  # the later pictures were not in the download
        made[post(line)["media"][0]["uri"]] = picture(seed)
    wrapped = {f"{people.OLD_INSTAGRAM_USER}_20220314/{name}": content for name, content in made.items()}
    return {**wrapped, f"__MACOSX/._{people.OLD_INSTAGRAM_USER}_20220314": b"\x00\x05\x16\x07"}


def _at(day: str) -> int:
    return seconds(words.day(day))


def _list(pairs: tuple[tuple[str, str], ...]) -> list[Record]:
    return [
        {"title": "", "media_list_data": [], "string_list_data": [
            {"href": _HOST + name, "value": name, "timestamp": _at(day)}]}
        for name, day in reversed(pairs)
    ]  # fmt: skip


def _content() -> dict[str, Any]:
    stories = [Line(words.day("2021-03-01"), "", "meal deal review: 6/10"), Line(words.day("2021-07-16"), "", "")]
    comments = [
        {"title": line.middle, "media_list_data": [], "string_list_data": [
            {"value": line.text, "timestamp": line.seconds}]}
        for line in words.read("old_instagram_comments")
    ]  # fmt: skip
    liked = {"title": "coldharbourkate", "string_list_data": [
        {"href": _HOST + "p/Bbb1/", "value": "👍", "timestamp": _at("2020-12-24")}]}
    return {
        "content/posts_1.json": [post(line) for line in words.read("old_instagram")][::-1],
        "content/stories.json": {"ig_stories": [post(line, "stories")["media"][0] for line in stories]},
        "content/profile_photos.json": {"ig_profile_picture": [
            post(Line(words.day("2018-09-22"), "", ""), "profile")["media"][0]]},
        "comments/post_comments.json": {"comments_media_comments": comments[::-1]},
        "likes/liked_posts.json": {"likes_media_likes": [liked]},
        "likes/liked_comments.json": {"likes_comment_likes": []},
        "saved/no-data.txt": b"You have no data in this section.\n",
        "recent_searches/word_or_phrase_searches.json": {"searches_keyword": []},
        "ads_and_businesses/ads_viewed.json": {"impressions_history_ads_seen": [
            {"title": "", "string_map_data": {"Author": {"value": "gnomely.uk"}, "Time": {"timestamp": _at("2022-03-01")}}}]},
        "sticker_book/stickers.json": {"ig_sticker_book": []},  # a kind nobody knows
    }  # fmt: skip


def _people() -> dict[str, Any]:
    folder = "followers_and_following"
    return {
        f"{folder}/followers.json": {"relationships_followers": _list(people.OLD_INSTA_FOLLOWERS)},
        f"{folder}/following.json": {"relationships_following": _list(people.OLD_INSTA_FOLLOWING)},
        f"{folder}/follow_requests_you've_received.json": {"relationships_follow_requests_received": _list(
            (("lads.of.block.c", "2019-02-01"),))},
        f"{folder}/blocked_accounts.json": {"relationships_blocked_users": _list((("ex.flatmate.tim", "2020-01-05"),))},
    }  # fmt: skip


def _profile() -> dict[str, Any]:
    born = "{}-{:02}-{:02}".format(*people.BIRTHDAY)
    fields = {
        "Email": people.OLD_EMAIL, "Phone Number": "+447700900028", "Phone Confirmed": "False",
        "Username": people.OLD_INSTAGRAM_USER, "Name": "marnz ✌️", "Bio": "uni days. mostly asleep 😴 flat 6b",
        "Gender": "female", "Date of birth": born, "Website": "", "Private Account": "False",
    }  # fmt: skip
    change = {"Changed": {"value": "Profile Bio Text"}, "Previous Value": {"value": "fresher, regretter 🍻"},
              "New Value": {"value": fields["Bio"]}, "Change Date": {"timestamp": _at("2020-01-01")}}  # fmt: skip
    user = {name: {"href": "", "value": value, "timestamp": 0} for name, value in fields.items()}
    allowed = {"Comments Allowed From": {"value": "Everyone"}}
    return {
        "account_information/personal_information.json": {"profile_user": [
            {"title": "User Information", "media_map_data": {}, "string_map_data": user}]},
        "account_information/profile_changes.json": {"profile_profile_change": [
            {"title": "Profile Change", "media_map_data": {}, "string_map_data": change}]},
        "comments_settings/comments_allowed_from.json": {"settings_allow_comments_from": [
            {"title": "", "media_map_data": {}, "string_map_data": allowed}]},
        "login_and_account_creation/account_privacy_changes.json": {"account_history_account_privacy_history": [
            {"title": "Account switched to public", "string_map_data": {"Time": {"timestamp": _at("2018-09-22")}}}]},
        "login_and_account_creation/signup_information.json": {"account_history_registration_info": [
            {"title": "", "string_map_data": {"Username": {"value": people.OLD_INSTAGRAM_USER}}}]},
    }  # fmt: skip


def _messages() -> dict[str, Any]:
    made: dict[str, Any] = {}
    for thread, tail in zip(words.threads("old"), ("q9zk2mmx0a", "pw83jd5t1r", "8h2kxn4c7v"), strict=True):
        folder = f"inbox/{'seminargroupc' if thread.group else thread.other}_{tail}"
        made[f"messages/{folder}/message_1.json"] = thread_file(thread, thread.lines, folder)
    return made
