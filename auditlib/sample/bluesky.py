"""The sample's Bluesky repository: posts, likes, follows and the profile, in the one file that the app gives."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from auditlib.sample import people, words
from auditlib.sample.car import car, key, picture
from auditlib.sample.words import Line

_POST = "app.bsky.feed.post"
_KATE = people.BLUESKY_FOLLOWED[0][0]


def repository() -> bytes:
    """Return `repo.car`."""
    records: dict[str, Any] = {f"{_POST}/{key(line.at)}": _post(line) for line in words.read("bluesky")}
    for did, day in people.BLUESKY_FOLLOWED:
        records |= _about("app.bsky.graph.follow", did, words.day(day))
    for did, day in people.BLUESKY_BLOCKED:
        records |= _about("app.bsky.graph.block", did, words.day(day))
    theirs = _theirs(words.day("2025-05-09"))
    records |= _about("app.bsky.feed.like", theirs, words.day("2025-05-10"))
    records |= _about("app.bsky.feed.repost", theirs, words.day("2025-05-11"))
    records["app.bsky.actor.profile/self"] = {
        "$type": "app.bsky.actor.profile", "displayName": "Marnie Oakhanger",
        "description": "Toast, otters. TA at The Chiltern School, views my own", "avatar": picture("otter"),
        "createdAt": _time(words.day("2024-11-16")),
    }  # fmt: skip
    records["chat.bsky.actor.declaration/self"] = {"$type": "chat.bsky.actor.declaration", "allowIncoming": "all"}
    return car(people.BLUESKY_DID, records, people.BLUESKY_EXPORTED)


def _post(line: Line) -> dict[str, Any]:
    made: dict[str, Any] = {"$type": _POST, "text": line.text, "langs": ["en"], "createdAt": _time(line.at)}
    if "reply" in line.options:
        theirs = _theirs(line.at - timedelta(hours=2))
        made["reply"] = {"root": theirs, "parent": theirs}
    if link := line.options.get("link"):
        shown = link.removeprefix("https://")
        start = len(f"{line.text} ".encode())
        made["text"] = f"{line.text} {shown}"
        made["facets"] = [{
            "index": {"byteStart": start, "byteEnd": start + len(shown)},
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": link}]}]  # fmt: skip
    if alt := line.options.get("img"):
        images = [{"alt": alt, "image": picture(alt), "aspectRatio": {"width": 8, "height": 8}}]
        made["embed"] = {"$type": "app.bsky.embed.images", "images": images}
    return made


def _about(kind: str, subject: Any, at: datetime) -> dict[str, Any]:
    return {f"{kind}/{key(at)}": {"$type": kind, "subject": subject, "createdAt": _time(at)}}


def _theirs(at: datetime) -> dict[str, str]:
    return {"uri": f"at://{_KATE}/{_POST}/{key(at)}", "cid": "bafyreimarniesampleinvented"}


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.417Z"
