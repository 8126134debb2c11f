"""What a file of a Takeout's YouTube folder holds, told from its first rows: names of folders, files and columns follow the
language of the account, are cut at about 50 characters, and come with accents in either of their two forms.

English column names are preferred. Where they are not known, what the cells look like says which column is which: a cell of
words is JSON, a channel's id begins with UC, a video's id has 11 characters, a time is ISO 8601.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from auditlib.platforms._google_takeout import first_rows, names_of, number
from auditlib.platforms._youtube_words import CELL, CHANNEL, PLAYLIST, STAMP, VIDEO

NONE = "(none)"  # the name of no column
# What each kind of table gives its function, in this order. Names as of reading.Table.
COLUMNS: dict[str, tuple[str, ...]] = {
    "comments": (
        "comment id",
        "channel id",
        "comment create timestamp",
        "price",
        "parent comment id",
        "video id",
        "comment text",
    ),
    "live chats": ("live chat id", "channel id", "live chat create timestamp", "price", NONE, "video id", "live chat text"),
    "subscriptions": ("channel id", "channel url", "channel title"),
    "videos": (
        "video id",
        "video title (original)|video title",
        "video description (original)|video description",
        "privacy|video privacy",
        "video create timestamp",
        "video publish timestamp",
    ),
    "video texts": (
        "video id",
        "video create timestamp|video text create timestamp",
        "video title (original) text segments 1|video title text segments 1|video title (original)",
        "video text update timestamp|video update timestamp",
    ),
    "playlists": (
        "playlist id",
        "playlist title (original)|playlist title|title",
        "playlist description (original)|playlist description|description",
        "playlist visibility|visibility",
        "playlist create timestamp|time created",
    ),
    "channel": ("channel id", "channel title (original)|channel title", "channel visibility", "channel country"),
    "channel urls": ("channel id", "channel vanity url 1 name", "channel vanity url 2 name"),
    "recordings": ("video id", "video recording latitude", "video recording longitude"),
    "feature data": (
        "channel auto moderation in live chat",
        "video default allowed comments type",
        "video default location latitude",
        "video default location longitude",
    ),
    "playlist items": ("video id|@0", "playlist video creation timestamp|time added|@1"),
}
# Enough of a header to be sure, in English.
_SURE: tuple[tuple[str, frozenset[str]], ...] = (
    ("live chats", frozenset({"live chat id", "live chat text"})),
    ("comments", frozenset({"channel id", "comment text"})),
    ("comments", frozenset({"comment id", "comment text"})),
    ("subscriptions", frozenset({"channel id", "channel url", "channel title"})),
    ("videos", frozenset({"video id", "privacy"})),
    ("playlists", frozenset({"playlist id", "playlist visibility"})),
    ("one playlist", frozenset({"playlist id", "channel id", "visibility"})),
    ("channel", frozenset({"channel id", "channel visibility"})),
    ("channel urls", frozenset({"channel id", "channel vanity url 1 name"})),
    ("feature data", frozenset({"channel id", "video default allowed comments type"})),
    ("feature data", frozenset({"channel id", "channel auto moderation in live chat"})),
    ("recordings", frozenset({"video id", "video recording latitude"})),
    ("video texts", frozenset({"video id", "video title (original) text segments 1"})),
    ("video texts", frozenset({"video id", "video title text segments 1"})),
    ("playlist items", frozenset({"video id", "playlist video creation timestamp"})),
    ("playlist items", frozenset({"video id", "time added"})),
)


# In English these are known by their columns' names: a table of another name that looks like one of them is none of them.
_LESS_SURE = frozenset({"channel", "channel urls", "feature data", "video texts"})
_ENGLISH = frozenset({"channel id", "video id", "playlist id"})


class Shape(NamedTuple):
    """A kind of file; `columns` as of reading.Table, and whether it has no header."""

    kind: str
    columns: tuple[str, ...] = ()
    bare: bool = False
    sure: bool = True  # whether nothing but YouTube has it, wherever it lies


def shape_of(head: bytes, name: str) -> Shape | None:
    """What a CSV file with this beginning and this name is; None when it is of no kind known here."""
    rows = first_rows(head)
    if not rows:
        return None
    names = names_of(rows[0])
    known = set(names)
    for kind, wanted in _SURE:
        if wanted <= known:
            return Shape(kind, COLUMNS.get("playlists" if kind == "one playlist" else kind, ()))
    bare = any(_is_data(cell) for cell in rows[0])
    label = f"{name} {' '.join(names)}".casefold()
    for row in rows[0 if bare else 1 :][:8]:
        found = _told(row, len(row) if bare else len(names), label)
        if found is not None and not (found.kind in _LESS_SURE and known & _ENGLISH):
            return found._replace(bare=bare)
    return Shape("heading only", sure=False) if len(rows) == 1 and not bare and len(names) > 1 else None


def _is_data(cell: str) -> bool:
    return bool(CELL.match(cell) or STAMP.match(cell) or (CHANNEL.match(cell) and len(cell) == 24))


def _at(*places: int | None) -> tuple[str, ...]:
    """Columns by position; NONE stands for a column that is not there."""
    return tuple(NONE if place is None else f"@{place}" for place in places)


def _told(row: list[str], width: int, label: str) -> Shape | None:
    """What one row of data looks like."""
    text = next((n for n, cell in enumerate(row) if CELL.match(cell)), None)
    if text is not None:
        return _words(row, text, label)
    stamps = [n for n, cell in enumerate(row) if STAMP.match(cell)]
    channels = [n for n, cell in enumerate(row) if CHANNEL.match(cell)]
    if channels[:1] == [0]:
        return _of_a_channel(row, width, label)
    if any("music.youtube.com" in cell for cell in row):
        return Shape("music", sure=False)
    if PLAYLIST.match(row[0]):
        if channels[:1] == [1] and len(stamps) >= 1:  # until about 2022: a playlist and what is in it in one file
            return Shape("one playlist", _at(0, stamps[-1] + 1, stamps[-1] + 2, stamps[-1] + 3, stamps[0]))
        if stamps and stamps[0] >= 3:
            return Shape("playlists", _at(0, stamps[0] - 2, None, max(width - 1, stamps[-1] + 1), stamps[0]))
        return None
    if not VIDEO.match(row[0]):
        return None
    if channels and stamps and channels[0] >= 3 and stamps[0] - channels[0] >= 3:
        channel, made = channels[0], stamps[0]
        published = stamps[1] if len(stamps) > 1 else made + 1
        described = channel - 1 if channel > 4 else None
        return Shape("videos", _at(0, channel + 1, described, made - 2, made, published))
    if len(row) >= 4 and all(number(cell) is not None for cell in row[1:4] if cell) and any(row[1:4]):
        return Shape("recordings", _at(0, 2, 3), sure=False)
    if stamps[:1] == [1] and width >= 3:
        return Shape("video texts", _at(0, 1, 2, 3), sure=False)
    if stamps[:1] == [1]:
        return Shape("playlist items", _at(0, 1), sure=False)
    return None


def _words(row: list[str], text: int, label: str) -> Shape | None:
    """Comments or live chat, by the order of the columns: ids in it are own, parent (comments only), video."""
    stamp = next((n for n in range(text) if STAMP.match(row[n])), None)
    channel = next((n for n in range(text) if CHANNEL.match(row[n])), None)
    if stamp is None:
        return None
    price = stamp + 1 if stamp + 1 < text and number(row[stamp + 1]) is not None else None
    ids = [n for n in range(text) if n not in (stamp, channel, price)]
    if len(ids) < 2:
        return None
    own, video = ids[0], ids[-1]
    parent = ids[-2] if len(ids) > 2 else None
    kind = "comments" if parent is not None or not _is_chat(row[own], label) else "live chats"
    return Shape(kind, _at(own, channel, stamp, price, parent, video, text), sure=channel is not None)


def _is_chat(identifier: str, label: str) -> bool:
    """A file without a parent column: named a chat, or with ids that are not those of comments."""
    return "chat" in label or not re.search(r"AaABAg|AAAC$|\.", identifier)


def _is_one_word(label: str) -> bool:
    """Whether a file is named by one word (`kanaal.csv`, `canal.csv`): other tables about channels have longer names."""
    return not re.search(r"[\s_-]", label.partition(".csv")[0])


def _of_a_channel(row: list[str], width: int, label: str) -> Shape | None:
    """A table whose first column is a channel's id."""
    said = [n for n, cell in enumerate(row) if cell and n]
    if any(re.match(r"https?://[^/]*youtube\.com/", row[n]) for n in said):
        return Shape("subscriptions", _at(0, 1, 2))
    if not said:
        return Shape("channel only", sure=False)
    if "url" in label and len(said) <= 2:
        return Shape("channel urls", _at(0, 1, 2), sure=False)
    if width in (3, 4) and _is_one_word(label):
        return Shape("channel", _at(0, width - 2, width - 1, 1 if width == 4 else None), sure=False)
    return Shape("feature data", _at(1, 2, 5, 6), sure=False) if width == 7 else None
