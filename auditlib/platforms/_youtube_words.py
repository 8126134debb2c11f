"""Words, addresses and times in YouTube's part of a Takeout.

Since 2023 a comment is a cell of JSON objects: until mid-2024 `{"takeoutSegments":[{"text":"..."}]}`, since then several
objects joined by commas without brackets, `{"text":"..."},{"text":"\n"}`. After CSV decoding a string may hold a raw newline.
Before 2023 comments were an HTML list. Format facts: purarue/google_takeout_parser, d3i data donation structures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecoder
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import msgspec

from auditlib.dates import from_google, from_utc
from auditlib.records import Audience
from auditlib.text import repair

CELL = re.compile(r'\s*\[?\s*\{\s*"[A-Za-z]+"\s*:')  # how a cell of words begins: the first piece may be an emoji or a mention
CHANNEL = re.compile(r"UC[\w-]{4,40}$")
VIDEO = re.compile(r"[\w-]{9,12}$")
PLAYLIST = re.compile(r"(?:WL|LL|(?:PL|FL|LL|UU|RD|OL)[\w-]{8,50})$")
STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|UTC|[+-]\d\d:?\d\d)?$")
_OPEN, _BETWEEN, _CLOSE = '{"text":"', '"},{"text":"', '"}'
_OLD_OPEN, _OLD_CLOSE = '{"takeoutSegments":[', "]}"
_LOOSE = re.compile(r'\{"text":"(.*?)"\}(?=\s*(?:,\s*\{|\]|$))', re.DOTALL)  # quotes in it that were never escaped
_QUOTE = re.compile(r'(?<!\\)"')
_decode = JSONDecoder(strict=False).decode  # takes raw line breaks in strings, which the faster one does not


class _Words(msgspec.Struct, forbid_unknown_fields=True):
    """A segment that is nothing but words."""

    text: str


_words = msgspec.json.Decoder(list[_Words]).decode
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?Z|\s\d\d:\d\d(?::\d\d)?\sUTC)")
_WATCHED = re.compile(r"[?&]v=([\w-]+)")
_COMMENT = re.compile(r"[?&]lc=([\w.-]+)")
_PLAIN = re.compile(r"[\w-]+&lc=[\w.-]+", re.ASCII).fullmatch
_SHORTENED = re.compile(r"(?:https?://|www\.|[\w-]+(?:\.[\w-]+)+/)\S*$", re.IGNORECASE)
# English and Spanish are the words seen in exports; any other stays unknown, for a guess could call a public video private.
_AUDIENCES: dict[str, Audience] = {
    "public": "public",
    "unlisted": "unlisted",
    "private": "private",
    "público": "public",
    "oculto": "unlisted",
    "privado": "private",
}


def spoken(cell: str) -> tuple[str, tuple[str, ...]]:
    """The words of a cell and the links in them; a cell that is no such JSON is returned as it is."""
    inner = cell[20:-2] if cell.startswith(_OLD_OPEN) and cell.endswith(_OLD_CLOSE) else cell
    if inner[:9] == _OPEN and inner[-2:] == _CLOSE:  # words and line breaks only, as most are: no decoder needed
        said = inner[9:-2].replace(_BETWEEN, "")
        if "\\" in said and "\\\\" not in said:
            said = said.replace("\\n", "\n")
        if '"' not in said and "\\" not in said:
            return said, ()
    if not CELL.match(cell):
        return cell, ()
    listed = f"[{cell}]"
    try:
        return "".join([piece.text for piece in _words(listed)]), ()
    except (msgspec.MsgspecError, RecursionError):  # links, the old form, a raw line break, or no JSON
        pass
    try:
        value = _decode(listed)
        if cell.count("{") == len(value):
            return "".join([piece["text"] for piece in value]), ()
    except (KeyError, TypeError):
        pass
    except (ValueError, RecursionError):
        return _loose(cell), ()
    pieces = _segments(value)
    links: list[str] = []
    words = []
    for piece in pieces:
        text = piece.get("text")
        text = text if isinstance(text, str) else ""
        link = piece.get("link")
        address = link.get("linkUrl") if isinstance(link, dict) else None
        if isinstance(address, str) and address:
            address = unwrapped(address)
            links.append(address)
            if _SHORTENED.match(text) or not text:  # what is shown is cut short: `https://an.example/long...`
                text = address
        words.append(text)
    return "".join(words), tuple(dict.fromkeys(links))


def _segments(value: Any) -> Iterator[dict[str, Any]]:
    for one in value if isinstance(value, list) else (value,):
        if isinstance(one, list):
            yield from _segments(one)
        elif isinstance(one, dict):
            if isinstance(inner := one.get("takeoutSegments"), list):
                yield from _segments(inner)
            else:
                yield one


def _loose(cell: str) -> str:
    """The words of a cell whose quotes were not escaped; the whole cell when no segment can be told in it."""
    found = _LOOSE.findall(cell)
    if not found:
        return cell
    words = []
    for text in found:
        try:
            words.append(_decode('"' + _QUOTE.sub(r"\\\"", text) + '"'))
        except ValueError:
            words.append(text)
    return "".join(words)


def unwrapped(address: str) -> str:
    """The address behind YouTube's own redirect (`youtube.com/redirect?q=...`); any other as it is."""
    if "youtube.com/redirect?" not in address:
        return address
    try:
        behind = parse_qs(urlsplit(address).query).get("q", [""])[0]
    except ValueError:
        return address
    return behind if behind.startswith(("http://", "https://")) else address


def audience_of(word: str) -> Audience:
    """Who may see a video or a playlist; unknown for a word that is not known. Unlisted is not private."""
    return _AUDIENCES.get(word.strip().casefold(), "unknown")


def comment_url(video: str | None, comment: str | None) -> str | None:
    """The address of a comment; a reply's id is `parent.child` and works whole. None without a video (community posts)."""
    if not video:
        return None
    if not comment:
        return video_url(video)
    tail = f"{video}&lc={comment}"
    return f"https://www.youtube.com/watch?v={tail if _PLAIN(tail) else f'{quote(video)}&lc={quote(comment)}'}"


def video_url(video: str) -> str:
    """The address of a video."""
    return f"https://www.youtube.com/watch?v={quote(video, safe='')}"


def channel_url(channel: str) -> str:
    """The address of a channel."""
    return f"https://www.youtube.com/channel/{quote(channel, safe='')}"


def playlist_url(playlist: str) -> str:
    """The address of a playlist."""
    return f"https://www.youtube.com/playlist?list={quote(playlist, safe='')}"


def moment(cell: str) -> str | None:
    """`2023-09-19T17:42:53.434647+00:00` or, in older files, `2017-03-06 16:52:22 UTC` -> ISO text."""
    return from_google(cell) or from_utc(cell)


def told_when(sentence: str) -> str | None:
    """The first moment named in a sentence of any language (`2020-04-27 23:18:23 UTC`, `2016-06-15T08:50:49Z`)."""
    found = _DATE.search(sentence)
    return moment(" ".join(found[0].split())) if found else None


def linked(hrefs: tuple[str, ...]) -> tuple[str | None, str | None]:
    """(video id, comment id) in the links of an entry, each None when no link holds it."""
    video = next((m[1] for href in hrefs if (m := _WATCHED.search(href))), None)
    comment = next((m[1] for href in hrefs if (m := _COMMENT.search(href))), None)
    return video, comment


def mended(text: str) -> str:
    """Old web pages hold UTF-8 read as Latin-1, most often a no-break space with a stray letter before it."""
    if "\u00c2" in text or "\u00c3" in text:
        text = repair(text).replace("\u00c2\u00a0", " ")
    return text.replace("\u00a0", " ")
