"""The sample's Google Takeout: YouTube and the reviews on Google Maps, in the layout since mid-2024."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from auditlib.sample import people, words
from auditlib.sample.package import Files, plain_json, table
from auditlib.sample.words import Line

_YOUTUBE = "Takeout/YouTube and YouTube Music"
_ME = people.YOUTUBE_CHANNEL
_BLANK = b"\n\n\n"  # Takeout's tables end in blank lines


def files() -> Files:
    """Return every file of the export."""
    made = {f"{_YOUTUBE}/{name}": content + _BLANK for name, content in _tables().items()}
    made["Takeout/Maps (your places)/Reviews.json"] = plain_json(
        {"type": "FeatureCollection", "features": [_review(number, line) for number, line in enumerate(words.read("maps"))]},
        indent=2,
    )
    made["Takeout/archive_browser.html"] = b"<html><body><h1>Your Google data</h1></body></html>\n"
    return made


def _tables() -> Files:
    comments = words.read("youtube_comments")
    videos = [(_id(line, 11), line) for line in words.read("youtube_videos")]
    return {
        "comments/comments.csv": table(
            ("Channel ID", "Comment create timestamp", "Price", "Comment ID", "Parent comment ID", "Video ID", "Comment text"),
            [_comment(line) for line in comments[::-1]],
        ),
        "live chats/live chats.csv": table(
            ("Channel ID", "Live chat create timestamp", "Price", "Live chat ID", "Video ID", "Live chat text"),
            [(_ME, "2024-05-11T20:15:00.417000+00:00", 0, "CjMarnieChat0001", "eur0INV_010",
              _segments("twelve points from my nan"))]),
        "subscriptions/subscriptions.csv": table(
            ("Channel Id", "Channel Url", "Channel Title"),
            [(one, f"http://www.youtube.com/channel/{one}", title) for one, title in people.YOUTUBE_FOLLOWED]),
        "channels/channel.csv": table(
            ("Channel ID", "Channel Title (Original)", "Channel Visibility"), [(_ME, "Marnie Bakes Bricks", "Public")]),
        "channels/channel URL configs.csv": table(
            ("Channel ID", "Channel Vanity URL 1 Name"), [(_ME, "marniebakesbricks")]),
        "video metadata/videos.csv": table(
            ("Video ID", "Approx duration (ms)", "Video audio language", "Video category", "Video description (original)",
             "Channel ID", "Video title (original)", "Privacy", "Video state", "Video create timestamp",
             "Video publish timestamp"),
            [(video, 61000, "en", "People", line.parts[1], _ME, line.parts[0], line.middle, "Processed", _time(line.at),
              _time(line.at + timedelta(minutes=9))) for video, line in videos]),
        "playlists/playlists.csv": table(
            ("Playlist ID", "Add new videos to top", "Playlist Title (Original)", "Playlist Title (Original) Language",
             "Playlist Create Timestamp", "Playlist Update Timestamp", "Playlist Video Order", "Playlist Visibility"),
            [("PLmarnieBread01", "False", "Bread that worked", "en", "2021-02-01T10:00:00+00:00",
              "2026-01-01T10:00:00+00:00", "Manual", "Public")]),
        "playlists/Bread that worked-videos.csv": table(
            ("Video ID", "Playlist Video Creation Timestamp"), [("br3adINV007", "2024-01-14T08:31:00+00:00")]),
    }  # fmt: skip


def _comment(line: Line) -> tuple[object, ...]:
    video, _, parent = line.middle.partition(" ")
    own = f"Ugz{_id(line, 14)}4AaABAg"
    return (_ME, _time(line.at), 0, f"{parent}.{own}" if parent else own, parent, video, _segments(line.text))


def _segments(text: str) -> str:
    """The words as Takeout writes them since mid-2024: JSON objects joined by commas, without brackets."""
    halves = text.partition(", ")
    return ",".join(json.dumps({"text": part}, ensure_ascii=False) for part in halves if part)


def _review(number: int, line: Line) -> dict[str, Any]:
    stars, name, address, at = line.middle.split(";")
    lat, lon = map(float, at.split(","))
    words_ = {"review_text_published": line.text} if line.text else {}
    return {
        "type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            "date": f"{line.at:%Y-%m-%dT%H:%M:%S}.123Z", "five_star_rating_published": int(stars),
            "google_maps_url": f"http://maps.google.com/?cid=41700000000000000{number:02}",
            "location": {"name": name, "address": address + ", United Kingdom", "country_code": "GB"}, **words_,
        },
    }  # fmt: skip


def _id(line: Line, length: int) -> str:
    return blake2b(f"{line.at} {line.text}".encode(), digest_size=16).hexdigest()[:length]


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.417000+00:00"
