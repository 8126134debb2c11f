"""The sample's Mastodon archive: a tar.gz of 2023, from the server she left, with the CSV of whom she followed beside it."""

from __future__ import annotations

import html
import re
from typing import Any

from auditlib.sample import people, words
from auditlib.sample.package import Files, picture, plain_json, table
from auditlib.sample.words import Line

_SERVER = f"https://{people.MASTODON_SERVER}"
_ME = f"{_SERVER}/users/{people.MASTODON_USER}"
_PUBLIC, _FOLLOWERS = "https://www.w3.org/ns/activitystreams#Public", f"{_ME}/followers"
_CONTEXT = "https://www.w3.org/ns/activitystreams"


def files() -> Files:
    """Return every file of the archive."""
    lines = words.read("mastodon")
    made = {
        "outbox.json": plain_json(_collection("outbox.json", [_activity(line, number) for number, line in enumerate(lines)])),
        "actor.json": plain_json(_actor()),
        "likes.json": plain_json(_collection("likes.json", [f"{_SERVER}/users/kate/statuses/109500000000000321"])),
        "bookmarks.json": plain_json(_collection("bookmarks.json", [])),
        "avatar.jpg": picture(2),
    }
    for line in lines:
        if "img" in line.options:
            made[_picture(line)] = picture(8)
    return made


def followed() -> bytes:
    """Return the CSV of whom she followed: no archive holds it, it is a download of its own."""
    header = ("Account address", "Show boosts", "Notify on new posts", "Languages")
    return table(header, [(address, "true", "false", "") for address in people.MASTODON_FOLLOWED])


def _collection(name: str, items: list[Any]) -> dict[str, Any]:
    return {"@context": _CONTEXT, "id": name, "type": "OrderedCollection", "totalItems": len(items), "orderedItems": items}


def _actor() -> dict[str, Any]:
    return {
        "@context": [_CONTEXT], "id": _ME, "type": "Person", "following": f"{_ME}/following", "followers": _FOLLOWERS,
        "inbox": f"{_ME}/inbox", "outbox": "outbox.json", "likes": "likes.json", "bookmarks": "bookmarks.json",
        "preferredUsername": people.MASTODON_USER, "name": "Marnie 🍞", "summary": "<p>Breakfast club, Larkmoor. Otters.</p>",
        "url": f"{_SERVER}/@{people.MASTODON_USER}", "published": "2022-11-07T00:00:00Z",
        "icon": {"type": "Image", "mediaType": "image/jpeg", "url": "avatar.jpg"}, "manuallyApprovesFollowers": False,
        "discoverable": True, "memorial": False, "tag": [],
        "attachment": [{"type": "PropertyValue", "name": "Pronouns", "value": "she/her"}],
    }  # fmt: skip


def _activity(line: Line, number: int) -> dict[str, Any]:
    at, options = f"{line.at:%Y-%m-%dT%H:%M:%SZ}", line.options
    own = f"{_ME}/statuses/{109300000000000000 + number * 7919}"
    if "boost" in options:
        return {"id": f"{own}/activity", "type": "Announce", "actor": _ME, "published": at, "to": [_PUBLIC],
                "cc": [f"{_SERVER}/users/pell", _FOLLOWERS], "object": line.text}  # fmt: skip
    reply = options.get("reply")
    mentioned = [f"{_SERVER}/users/{reply}"] if reply else []
    to, cc = {
        "unlisted": ([_FOLLOWERS], [_PUBLIC, *mentioned]),
        "followers": ([_FOLLOWERS], mentioned),
        "direct": (mentioned, []),
    }.get(options.get("to", ""), ([_PUBLIC], [_FOLLOWERS, *mentioned]))
    note = {
        "id": own, "type": "Note", "summary": options.get("cw"), "published": at, "attributedTo": _ME,
        "inReplyTo": f"{_SERVER}/users/{reply}/statuses/{109200000000000000 + number}" if reply else None,
        "url": own.replace("/users/", "/@").replace("/statuses/", "/"), "to": to, "cc": cc, "sensitive": "cw" in options,
        "content": _html(line.text), "contentMap": {"en": _html(line.text)},
        "attachment": [{"type": "Document", "mediaType": "image/jpeg", "url": f"/{_picture(line)}", "name": options["img"]}]
        if "img" in options else [],
        "tag": [{"type": "Mention", "href": one, "name": f"@{reply}@{people.MASTODON_SERVER}"} for one in mentioned],
        "conversation": f"tag:{people.MASTODON_SERVER},{line.at:%Y-%m-%d}:objectId={number}:objectType=Conversation",
    }  # fmt: skip
    return {"id": f"{own}/activity", "type": "Create", "actor": _ME, "published": at, "to": to, "cc": cc, "object": note}


def _picture(line: Line) -> str:
    return f"media_attachments/files/109/{line.seconds % 1000:03}/original/{line.seconds:x}.jpg"


def _html(text: str) -> str:
    mention = rf'<span class="h-card"><a href="{_SERVER}/@\1" class="u-url mention">@<span>\1</span></a></span>'
    tag = rf'<a href="{_SERVER}/tags/\1" class="mention hashtag" rel="tag">#<span>\1</span></a>'
    words_ = re.sub(r"#(\w+)", tag, re.sub(r"@(\w+)", mention, html.escape(text, quote=False)))
    return "<p>" + words_.replace("\n\n", "</p><p>").replace("\n", "<br />") + "</p>"
