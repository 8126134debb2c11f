"""YouTube's JSON of before about 2020: subscriptions, playlists and a file beside each video, as its programming interface
writes them (`kind`, `snippet`, `status.privacyStatus`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditlib.platforms._youtube_reader import NAME, Reader
from auditlib.platforms._youtube_words import audience_of, channel_url, moment, playlist_url, video_url
from auditlib.records import Connection, Item, Media, Quoted, Record


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _inner(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def api(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """One object: a channel followed, a liked or an own video, a playlist. Other videos in playlists are others' work."""
    snippet, resource = record["snippet"], _inner(_inner(record["snippet"]).get("resourceId"))
    kind = _text(record.get("kind")).rpartition("#")[2]
    if kind == "subscription" or (not kind and _text(resource.get("channelId"))):
        return _subscription(snippet, resource, a)
    if kind == "playlistItem" or resource.get("videoId"):
        listed = _text(snippet.get("playlistId"))
        video = _text(resource.get("videoId"))
        if listed.startswith("LL") or a.member.lower().endswith("/likes.json"):
            return _like(snippet, video, a)
        if listed.startswith("UU") or a.member.lower().endswith("/uploads.json"):
            return _video(snippet, video, _text(_inner(record.get("status")).get("privacyStatus")), a)
        return ()
    word = _text(_inner(record.get("status")).get("privacyStatus"))
    identifier = record.get("id")
    own = _text(identifier) or _text(_inner(identifier).get("videoId"))
    return _playlist(snippet, own, word, a) if kind == "playlist" else _video(snippet, own, word, a)


def _subscription(snippet: dict[str, Any], resource: dict[str, Any], a: Reader) -> Iterable[Record]:
    channel = _text(resource["channelId"])
    key = f"{a.prefix}following:{channel}"
    if a.new(key):
        yield Connection(
            platform=NAME,
            account=a.account,
            where=a.where,
            key=key,
            relation="following",
            id=channel,
            name=_text(snippet.get("title")) or None,
            since=moment(_text(snippet.get("publishedAt"))),
            url=channel_url(channel),
        )


def _like(snippet: dict[str, Any], video: str, a: Reader) -> Iterable[Record]:
    title = _text(snippet.get("title"))
    key = f"{a.prefix}like:{video}"
    if a.new(key):
        yield Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="reaction",
            key=key,
            id=video or None,
            at=moment(_text(snippet.get("publishedAt"))),
            text=title,
            author="me",
            author_name=a.display,
            quoted=Quoted(video or None, _text(snippet.get("videoOwnerChannelTitle")) or None, title or None),
            url=video_url(video) if video else None,
        )


def _video(snippet: dict[str, Any], own: str, word: str, a: Reader) -> Iterable[Record]:
    title, text = _text(snippet.get("title")), _text(snippet.get("description"))
    at = moment(_text(snippet.get("publishedAt")))
    key = f"{NAME}:video:{own or a.numbered(at, title)}"
    if not a.new(key):
        return
    a.titles[own] = title
    a.count_word("your-videos-visibility", word)
    yield Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind="post",
        key=key,
        id=own or None,
        at=at,
        title=title or None,
        text=text,
        author="me",
        author_name=a.display,
        audience=audience_of(word),
        place=a.places.get(own),
        media=(Media(a.film(title), "video"),),
        url=video_url(own) if own else None,
    )


def _playlist(snippet: dict[str, Any], own: str, word: str, a: Reader) -> Iterable[Record]:
    key = f"{NAME}:playlist:{own}"
    if a.new(key):
        a.count_word("your-playlists-visibility", word)
        yield Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="other",
            key=key,
            id=own or None,
            at=moment(_text(snippet.get("publishedAt"))),
            title=_text(snippet.get("title")) or None,
            text=_text(snippet.get("description")),
            author="me",
            author_name=a.display,
            audience=audience_of(word),
            url=playlist_url(own) if own else None,
        )
