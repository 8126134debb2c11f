"""Shapes that Facebook and Instagram share in the sample: message threads, label_values records, EXIF blocks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from auditlib.sample import people
from auditlib.sample.words import ME, Line, Thread

Record = dict[str, Any]


def seconds(at: datetime) -> int:
    """Return Unix seconds."""
    return int(at.timestamp())


def thread_file(thread: Thread, lines: Iterable[Line], folder: str, **extra: Any) -> Record:
    """Return one message_N.json: newest first, with a reaction on the first message of the thread."""
    names = dict.fromkeys(line.middle for line in thread.lines if line.middle != ME)
    return {
        "participants": [{"name": name} for name in (*names, people.NAME)],
        "messages": [_message(thread, line) for line in sorted(lines, reverse=True)],
        "title": thread.title, "is_still_participant": True, "thread_path": folder, "magic_words": [],
        **({"joinable_mode": {"mode": 1, "link": ""}} if thread.group else {}), **extra,
    }  # fmt: skip


def labelled(at: int, *entries: Record, fbid: str = "") -> Record:
    """Return one record in the label_values style."""
    return {"timestamp": at, "media": [], "label_values": list(entries), **({"fbid": fbid} if fbid else {})}


def label(name: str, value: str | None = None, href: str | None = None) -> Record:
    """Return one entry of a label_values record."""
    return {"label": name, **({} if value is None else {"value": value}), **({} if href is None else {"href": href})}


def nested(title: str, *entries: Record) -> Record:
    """Return a titled entry that holds others, two levels deep as in real files."""
    return {"title": title, "dict": [{"title": "", "dict": list(entries)}]}


def photo_metadata(place: str | None = None, **more: Any) -> Record:
    """Return a media_metadata block; `place` is "lat,lon" in degrees."""
    lat_lon = dict(zip(("latitude", "longitude"), map(float, place.split(",")), strict=True)) if place else {}
    return {"photo_metadata": {"exif_data": [{**lat_lon, **more}]}}


def _message(thread: Thread, line: Line) -> Record:
    sender = people.NAME if line.middle == ME else line.middle
    made: Record = {"sender_name": sender, "timestamp_ms": seconds(line.at) * 1000 + 123, "content": line.text}
    if line == thread.lines[0]:
        made["reactions"] = [{"reaction": "❤", "actor": people.NAME}]
    links = [word for word in line.text.split() if word.startswith("https://")]
    if links:
        made["share"] = {"link": links[0]}
    return {**made, "is_geoblocked_for_viewer": False, "is_unsent_image_by_messenger_kid_parent": False}
