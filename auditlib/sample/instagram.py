"""The sample's Instagram export of the account in use: JSON, layout of 2025-26, with Threads inside."""

from __future__ import annotations

from typing import Any

from auditlib.sample import instagram_account, words
from auditlib.sample.meta import Record, label, labelled, nested, photo_metadata, seconds, thread_file
from auditlib.sample.package import Files, meta_json, picture
from auditlib.sample.words import Line, Thread

_ACTIVITY = "your_instagram_activity"
_MEDIA = f"{_ACTIVITY}/media"
_EMPTY = b"You have no data in this section.\n"


def files() -> Files:
    """Return every file of the export, pictures included."""
    values = _content() | _comments() | _interactions() | _threads() | _messages() | instagram_account.files()
    made = {name: value if isinstance(value, bytes) else meta_json(value) for name, value in values.items()}
    for seed, uri in enumerate(dict.fromkeys(uri for value in values.values() for uri in _uris(value))):
        made[uri] = picture(seed)
    return made


def post(line: Line, folder: str = "posts") -> Record:
    """Return one post: one picture carries caption and time itself, several leave both to the outer object."""
    count = int(line.options.get("n", "1"))
    one = {
        "creation_timestamp": line.seconds, "title": line.text if count == 1 else "",
        "cross_post_source": {"source_app": "FB"},
        "media_metadata": photo_metadata(line.options.get("geo"), device_id="android-1", source_type="4"),
    }  # fmt: skip
    media = [{"uri": f"media/{folder}/{line.at:%Y%m}/{line.seconds}{n:02}.jpg", **one} for n in range(count)]
    return {"media": media} if count == 1 else {
        "media": media, "title": line.text, "creation_timestamp": line.seconds + 1}  # fmt: skip


def _content() -> dict[str, Any]:
    posts = [post(line) for line in words.read("instagram")]
    archived = Line(words.day("2022-12-02"), "n=2", "Works do. Elf hat. Karaoke. I have been told there is video")
    binned = Line(words.day("2026-09-29"), "", "Blurry otter, deleted")
    reels = [
        Line(words.day("2024-07-06"), "", "POV: sixty children want toast at the same time 🍞"),
        Line(words.day("2025-10-04"), "", "Getting ready for sensory room duty with me #specialneedsTA"),
        Line(words.day("2026-03-07"), "", "Doris rises. A time lapse."),
    ]
    stories = [post(line, "stories")["media"][0] for line in words.read("instagram_stories")]
    return {
        f"{_MEDIA}/posts_1.json": posts[::-1],
        f"{_MEDIA}/stories.json": {"ig_stories": stories[::-1]},
        f"{_MEDIA}/reels.json": {"ig_reels_media": [post(line, "reels") for line in reels]},
        f"{_MEDIA}/archived_posts.json": {"ig_archived_post_media": [post(archived, "archived_posts")]},
        f"{_MEDIA}/recently_deleted_content.json": {"ig_recently_deleted_media": [post(binned, "other")]},
        f"{_MEDIA}/profile_photos.json": {"ig_profile_picture": [
            post(Line(words.day("2021-06-19"), "", ""), "profile")["media"][0]]},
        f"{_MEDIA}/other_content/no-data.txt": _EMPTY,
    }  # fmt: skip


def _comments() -> dict[str, Any]:
    def maps(whose: str, text: str, at: int) -> Record:
        return {"media_list_data": [{"uri": ""}], "string_map_data": {
            "Comment": {"value": text}, "Media Owner": {"value": whose}, "Time": {"timestamp": at}}}

    lines = [maps(line.middle, line.text, line.seconds) for line in words.read("instagram_comments")]
    reel = maps("otters.of.the.tame", "this is the content I pay my broadband for", seconds(words.day("2025-02-02")))
    return {
        f"{_ACTIVITY}/comments/post_comments_1.json": lines[::-1],
        f"{_ACTIVITY}/comments/reels_comments.json": {"comments_reels_comments": [reel]},
        f"{_ACTIVITY}/comments/hype/no-data.txt": _EMPTY,
    }


def _interactions() -> dict[str, Any]:
    at = seconds(words.day("2026-08-02"))

    def liked(owner: str, code: str, when: int) -> Record:
        link = f"https://www.instagram.com/p/{code}/"
        return labelled(when, label("URL", link, link),
                        nested("Owner", label("Name", owner), label("Username", owner)), fbid=f"18{when}")  # fmt: skip

    question = labelled(at, label("Question", "Ask me anything"), label("Response", "how do you get glue out of a fringe"))
    saved = labelled(at, label("URL", "https://www.instagram.com/p/Sav1/", "https://www.instagram.com/p/Sav1/"),
                     label("Caption", "Ten things to do with a duck lamp"))  # fmt: skip
    likes = [{"title": "tess.oakhanger", "string_list_data": [
        {"href": "https://www.instagram.com/p/Cmt1/", "value": "👍", "timestamp": at}]}]  # fmt: skip
    story_like = {"title": "kit.oakhanger", "string_list_data": [{"timestamp": at}]}
    return {
        f"{_ACTIVITY}/likes/liked_posts.json": [liked("brindlebooks", "Aaa1", at), liked("alfie.wex12", "Aaa2", at - 9000)],
        f"{_ACTIVITY}/likes/liked_comments.json": {"likes_comment_likes": likes},
        f"{_ACTIVITY}/story_interactions/questions.json": [question],
        f"{_ACTIVITY}/story_interactions/story_likes.json": {"story_activities_story_likes": [story_like]},
        f"{_ACTIVITY}/saved/saved_posts.json": [saved],
        f"{_ACTIVITY}/sparkles/sparkle_history.json": {"ig_sparkles": [{"sparkle": 3}]},  # a kind nobody knows yet
    }


def _threads() -> dict[str, Any]:
    folder = f"{_ACTIVITY}/threads"
    posts = [_thread_post(line) for line in words.read("threads")]
    values: dict[str, Any] = {"threads_and_replies": {"text_post_app_text_posts": posts[::-1]}}
    return {f"{folder}/{name}.json": value for name, value in (values | instagram_account.threads()).items()} | {
        f"{folder}/saved_threads/no-data.txt": _EMPTY}  # fmt: skip


def _thread_post(line: Line) -> Record:
    about = {"text_app_post": {"reply_control": "everyone", "geo_gated_country_list": "",
                               "is_reply": "reply" in line.options}}  # fmt: skip
    if "n" in line.options:
        outer = post(line)
        return {**outer, "media": [medium | about for medium in outer["media"]]}
    metadata = {"camera_metadata": {"has_camera_metadata": False}}
    return {"media": [{"uri": "", "creation_timestamp": line.seconds, "title": line.text, "media_metadata": metadata,
                       "cross_post_source": {"source_app": "FB"}, **about}]}  # fmt: skip


def _messages() -> dict[str, Any]:
    made: dict[str, Any] = {}
    for number, thread in enumerate(words.threads("instagram")):
        request = thread.box.endswith("-request")
        folder = f"{'message_requests' if request else 'inbox'}/{_stem(thread)}_{17840000000000000 + number * 7919}"
        extra = {"is_pending": True} if request else {}
        made[f"{_ACTIVITY}/messages/{folder}/message_1.json"] = thread_file(thread, thread.lines, folder, **extra)
    made[f"{_ACTIVITY}/messages/secret_conversations.json"] = {"ig_secret_conversations": {"has_secrets": False}}
    return made


def _stem(thread: Thread) -> str:
    return "thegirls" if thread.group else thread.other


def _uris(value: Any) -> list[str]:
    if isinstance(value, dict):
        found = [value["uri"]] if str(value.get("uri", "")).startswith("media/") else []
        return found + [uri for inner in value.values() for uri in _uris(inner)]
    return [uri for inner in value for uri in _uris(inner)] if isinstance(value, list) else []
