"""TikTok's export as text files: a folder for each category, a file for each section, `Key: value` lines between blank ones.

Labels other than those of links, shares and searches were seen in no public source, so any are taken; a line that is no label
goes on with what was written before it. Direct messages: `>>> Chat History with <name>::`, then `<time> UTC <user>: <text>`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from auditlib.csvtable import lines
from auditlib.jsonstream import BadElement
from auditlib.platforms import _tiktok_records as one
from auditlib.platforms import _tiktok_settings as about
from auditlib.platforms._tiktok import Reader, moment, plain
from auditlib.reading import guarded
from auditlib.records import Record

_LABEL = re.compile(r"([A-Za-z][\w ()/'&+-]{0,60}?):+(?:[ \t]+(.*))?$")
_CHAT = re.compile(r">>>\s*((?:(?:group )?chat (?:history )?with\s.*|.*:)\s*)$", re.IGNORECASE)
_SAID = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: UTC)?) (.{1,200}?):(?: (.*))?$")
_WORDS = frozenset((
    "comment", "title", "description", "caption", "text", "reviewtext", "review", "commentcontent", "questioncontent",
    "bio", "biodescription",
))  # fmt: skip
_LABELS = frozenset((
    "date", "link", "url", "photo", "video", "sticker", "originalposturl", "originalpostlink", "likes", "like",
    "whocanview", "allowcomments", "allowstitches", "allowduets", "allowstickers", "allowsharingtostory",
    "contentdisclosure", "aigeneratedcontent", "sound", "location", "addyourstext", "alternatetext", "coverimage",
    "datedeleted", "username", "placename", "rating", "status", "watchtime", "commenttime", "questiontime",
    "rawtime", "livestarttime", "liveendtime", "liveduration", "roomid", "roomtitle", "coveruri", "replayurl",
))  # fmt: skip
MAX_TEXT = 1 << 20  # characters of one record


def blocks(stream: BinaryIO) -> Iterator[dict[str, str]]:
    """The records of a file by plain label. A file of no label at all (`You have no data in this section`) gives none."""
    record: dict[str, str] = {}
    first = last = ""
    gap = length = 0
    for raw in lines(stream):
        line = raw.rstrip("\r\n")
        if not line.strip():
            gap += 1
            continue
        found = _LABEL.match(line)
        key = plain(found[1]) if found else ""
        starts = bool(key) and (key == first or not first) and (key != "date" or moment(found[2] or "") is not None)  # type: ignore[index]
        within_words = last in _WORDS and key not in _LABELS
        if starts or (key and gap and not within_words):
            if record:
                yield record
            record, length = {}, 0
            first = first or key
        elif not (key and not within_words and key not in record):
            if record and length < MAX_TEXT:
                record[last] += "\n" * (gap + 1) + line
                length += len(line)
            gap = 0
            continue
        record[key], last, gap = (found[2] or "") if found else "", key, 0
    if record:
        yield record


def section(
    function: Callable[[Any, Reader], Iterable[Record]], wanted: str = "", main: str = ""
) -> Callable[[BinaryIO, Reader], Any]:
    """The function for a file of records. Where none is labelled `main`, what has an unknown label is taken for it."""

    def read(stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
        a.path = ()
        a.met.update([wanted] if wanted else ())
        for a.position, record in enumerate(blocks(stream)):
            if main and main not in record and (other := next((k for k in record if k not in _LABELS), None)):
                record[main] = record[other]
            yield from guarded(function, record, a)

    return read


def one_map(function: Callable[[Any, Reader], Iterable[Record]]) -> Callable[[BinaryIO, Reader], Any]:
    """The function for a file that is one map: a profile, settings."""

    def read(stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
        a.path = ("Go Live",) if "live" in a.member.rsplit("/", 1)[-1].lower() else ()
        record: dict[str, str] = {}
        last = ""
        for raw in lines(stream):
            line = raw.rstrip("\r\n")
            if found := _LABEL.match(line):
                last = found[1]
                record.setdefault(last, found[2] or "")
            elif plain(last) in _WORDS and line.strip() and len(record[last]) < MAX_TEXT:
                record[last] += "\n" + line
        yield from guarded(function, record, a)

    return read


def messages(stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
    """Every conversation of the file. A message goes on over lines that do not begin with a time and a name."""
    a.met.add("messages")
    function: Callable[[Any, Reader], Iterable[Record]] | None = None
    record: dict[str, str] = {}
    gap = 0
    a.position = 0
    for raw in lines(stream):
        line = raw.rstrip("\r\n")
        header = _CHAT.match(line)
        found = None if header else _SAID.match(line)
        if not header and not found:
            if record and line.strip() and len(record["Content"]) < MAX_TEXT:
                record["Content"] += "\n" * (gap + 1) + line
            gap = 0 if line.strip() else gap + 1
            continue
        gap = 0
        if record and function:
            yield from guarded(function, record, a)
            a.position += 1
        record = {}
        if header:
            conversation = one.talk(header[1], a)
            a.path = (header[1],)
            function = one.message(conversation)
            yield from one.messaged(conversation, a)
        elif found:
            function = function or one.message(one.talk("", a))
            record = {"Date": found[1], "From": found[2], "Content": found[3] or ""}
    if record and function:
        yield from guarded(function, record, a)


POSTS, COMMENTS = section(one.posts, "posts"), section(one.comments, "comments", "comment")
DELETED, LIKES, REPOSTS, REVIEWS = section(one.deleted), section(one.likes), section(one.reposts), section(one.reviews)
FOLLOWERS, FOLLOWING, BLOCKED = (section(one.people(r), main="username") for r in ("follower", "following", "blocked"))
LIVES, LIVE_COMMENTS = section(one.lives), section(one.live_comments)
PROFILE, AUTOFILL, SETTINGS = one_map(about.profile), one_map(about.autofill), one_map(about.settings)
