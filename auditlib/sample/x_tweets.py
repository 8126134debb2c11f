"""The sample's posts on X, in the shape of `data/tweets.js` (2022 and later)."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from typing import Any

from auditlib.sample import people, words
from auditlib.sample.words import Line

_EPOCH_MS = 1288834974657  # X's own zero for ids
_SOURCE = '<a href="http://twitter.com/download/iphone" rel="nofollow">Twitter for iPhone</a>'
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HOME = (51.7931, -0.7702)
MEDIA = "data/tweets_media"


def snowflake(at: datetime, sequence: int = 0) -> str:
    """Return an id that holds the time, as X makes them."""
    return str((int(at.timestamp() * 1000) - _EPOCH_MS << 22) + sequence)


def short_link(seed: str) -> str:
    """Return an invented t.co link, the same for the same seed."""
    return "https://t.co/" + hashlib.sha256(seed.encode()).hexdigest()[:10]


def iso(at: datetime) -> str:
    """Return the time as X writes it outside posts."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def posts() -> list[dict[str, Any]]:
    """Return every post as a bare record, newest first, without the long ones' tails."""
    made = [_post(line) for line in words.read("x")] + [_long(line) for line in words.read("x_notes")]
    return sorted(made, key=lambda post: int(post["id"]), reverse=True)


def notes() -> list[dict[str, Any]]:
    """Return the full texts of the long posts."""
    return [
        {
            "noteTweet": {
                "noteTweetId": snowflake(line.at, 9), "createdAt": iso(line.at), "updatedAt": iso(line.at),
                "lifecycle": {"value": "2", "name": "Published", "originalName": "PUBLISHED", "annotations": []},
                "core": {"text": line.text, "mentions": [], "hashtags": [], "cashtags": [], "urls": [],
                         "styletags": []},
            }
        }
        for line in words.read("x_notes")
    ]  # fmt: skip


def community() -> list[dict[str, Any]]:
    """Return one post inside a Community."""
    line = Line(words.day("2026-05-11"), "", "Anyone else's starter smell of pear drops? Doris is going through a phase")
    return [{**_post(line), "community_id": "1503990011223344556", "community_id_str": "1503990011223344556",
             "scopes": {"followers": False}}]  # fmt: skip


def deleted() -> list[dict[str, Any]]:
    """Return what she took down: the first version of an edited post, an ordinary post, one she thought better of."""
    edited = next(line for line in words.read("x") if "edited" in line.options)
    before = Line(edited.at - timedelta(minutes=4), "", edited.text.replace("courgette", "corgette"))
    lines = (
        ("2026-09-22", "Friday night: me, a sink, a plunger, a podcast about boats"),
        ("2026-09-25", "Whoever nicked my sandwich out of the staff room fridge at Chiltern can get in the bin"),
    )
    made = [before, *(Line(words.day(when), "", text) for when, text in lines)]
    return [{**_post(line), "deleted_at": iso(line.at + timedelta(hours=3))} for line in made]


def _post(line: Line) -> dict[str, Any]:
    options, post_id = line.options, snowflake(line.at)
    text = line.text
    urls: list[dict[str, Any]] = []
    media: list[dict[str, Any]] = []
    if "link" in options:
        text, urls = _linked(text, options["link"], post_id)
    if "quote" in options:
        quoted = snowflake(line.at - timedelta(days=3), 5)
        text, urls = _linked(text, f"https://twitter.com/{options['quote']}/status/{quoted}", post_id)
    if "img" in options:
        media = [_photo(post_id, options["img"])]
        text += " " + media[0]["url"]
    record = _record(line, post_id, text, urls, media)
    record.update(_reply(line, options.get("reply")))
    if "geo" in options:
        lat, lon = options["geo"].split(",")
        record["geo"] = {"type": "Point", "coordinates": [lat, lon + "0"]}
        record["coordinates"] = {"type": "Point", "coordinates": [lon, lat]}
    if "baddate" in options:  # an export of September 2025 held posts dated years before X existed
        record["created_at"] = _created(line.at.replace(year=1997))
    if "edited" in options:
        first = snowflake(line.at - timedelta(minutes=4))
        record["edit_info"] = {"edit": {"initialTweetId": first, "editControlInitial": _editing(line.at, first, post_id)}}
    elif line.at.year >= 2023:
        record["edit_info"] = {"initial": _editing(line.at, post_id)}
    return record


def _long(line: Line) -> dict[str, Any]:
    post_id = snowflake(line.at)
    cut = line.text[:274].rsplit(" ", 1)[0] + "…"
    text, urls = _linked(cut, f"https://twitter.com/i/web/status/{post_id}", post_id)
    return _record(line, post_id, text, urls, [])


def _record(
    line: Line, post_id: str, text: str, urls: list[dict[str, Any]], media: list[dict[str, Any]]
) -> dict[str, Any]:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    entities: dict[str, Any] = {
        "hashtags": [_span(text, "#" + tag, {"text": tag}) for tag in re.findall(r"#(\w+)", line.text)],
        "symbols": [],
        "user_mentions": [_mention(text, handle) for handle in re.findall(r"@(\w+)", line.text)],
        "urls": urls,
    }
    record: dict[str, Any] = {
        "retweeted": False, "source": _SOURCE, "entities": entities,
        "display_text_range": ["0", str(len(text))], "favorite_count": str(int(post_id) // 4194304 % 23),
        "id_str": post_id, "truncated": False, "retweet_count": "0", "id": post_id,
        "created_at": _created(line.at), "favorited": False, "full_text": escaped, "lang": "en",
    }  # fmt: skip
    if media:
        entities["media"] = media
        record["extended_entities"] = {"media": media}
        record["possibly_sensitive"] = False
    return record


def _reply(line: Line, handle: str | None) -> dict[str, str]:
    if handle is None:
        return {}
    parent = snowflake(line.at - timedelta(hours=2), 3)
    base = {"in_reply_to_status_id_str": parent, "in_reply_to_status_id": parent}
    if handle == "vanished":  # the account is gone: X keeps the id and drops the name
        return {**base, "in_reply_to_user_id": "611000999", "in_reply_to_user_id_str": "611000999"}
    user = people.X_PEOPLE[handle][0]
    return {**base, "in_reply_to_screen_name": handle, "in_reply_to_user_id": user, "in_reply_to_user_id_str": user}


def _linked(text: str, target: str, post_id: str) -> tuple[str, list[dict[str, Any]]]:
    link = short_link(post_id + target)
    text = f"{text} {link}"
    shown = target.removeprefix("https://")[:24] + "…"
    return text, [_span(text, link, {"url": link, "expanded_url": target, "display_url": shown})]


def _photo(post_id: str, alt: str) -> dict[str, Any]:
    name = "F" + hashlib.sha256(post_id.encode()).hexdigest()[:14]
    return {
        "expanded_url": f"https://twitter.com/{people.X_HANDLE}/status/{post_id}/photo/1",
        "indices": ["0", "23"], "url": short_link(post_id), "media_url": f"http://pbs.twimg.com/media/{name}.jpg",
        "id_str": str(int(post_id) + 1), "id": str(int(post_id) + 1), "type": "photo",
        "media_url_https": f"https://pbs.twimg.com/media/{name}.jpg", "display_url": "pic.twitter.com/" + name[:10],
        "sizes": {"small": {"w": "8", "h": "8", "resize": "fit"}}, "ext_alt_text": alt,
    }  # fmt: skip


def _mention(text: str, handle: str) -> dict[str, Any]:
    user_id, name = people.X_PEOPLE[handle]
    return _span(text, "@" + handle, {"name": name, "screen_name": handle, "id_str": user_id, "id": user_id})


def _span(text: str, words_: str, fields: dict[str, Any]) -> dict[str, Any]:
    start = text.index(words_)
    return {**fields, "indices": [str(start), str(start + len(words_))]}


def _editing(at: datetime, *ids: str) -> dict[str, Any]:
    return {"editTweetIds": list(ids), "editableUntil": iso(at + timedelta(hours=1)),
            "editsRemaining": str(6 - len(ids)), "isEditEligible": True}  # fmt: skip


def _created(at: datetime) -> str:
    day, month = _DAYS[at.weekday()], _MONTHS[at.month - 1]
    return f"{day} {month} {at.day:02} {at:%H:%M:%S} +0000 {at.year}"
