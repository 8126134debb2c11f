"""The lines of a WhatsApp chat export: what begins a message, in which layout, and how its date and time are to be read.

A chat is plain text. A message begins with a line head (date, time, a separator, usually an author) and goes on until the
next one. One file has one layout, so the head's pattern is fixed from the first lines: what looks like the head of another
layout is somebody's pasted text. Lines end at "\\n" only: U+2028, U+0085 and the like lie inside messages.

The format has no version and no documentation: what is known comes from exports of 2015 to 2025 and from other readers.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO, NamedTuple

from auditlib.jsonstream import Broken
from auditlib.platforms._whatsapp_words import BY_OWNER

CHUNK = 1 << 15  # bytes read at a time: what fits the processor's cache is fastest (measured)
MAX_OPEN = 8 << 20  # characters without a line head: WhatsApp's own limit on a message is 65,536

# Direction marks: WhatsApp writes U+200E before what it says itself, and embeds phone numbers in U+202A..U+202C.
# U+200D (joiner) is not among them: it holds emoji together.
MARK = "[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
MARKS = ("\u200e", "\u200f", "\u202a")
_SPACE = "[ \u00a0\u202f]"
# One of three dates: 03/09/2021, 3.9.21, 2021-09-03, "2021. 9. 3."
_DATE = r"\d{1,4}[./-] ?\d{1,4}[./-] ?\d{1,4}\.?"
# Newer phones put U+202F or U+00A0 before or inside am/pm. Finnish phones write "klo " before the time.
_TIME = rf"(?:klo )?\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?(?:{_SPACE}*[AaPp]\.?{_SPACE}*[Mm]\.?)?"
# What most phones write is tried first, with possessive quantifiers: it takes a third of the time.
_DATE = rf"(?:[0-9/]{{6,10}}+(?=,)|{_DATE})"
_TIME = rf"(?:[0-9:]{{4,8}}+(?=\]| [-\u2013])|{_TIME})"
_STAMP = rf"({_DATE}),?{_SPACE}+({_TIME})"
# An author ends at ": "; a colon without a space belongs to the name. Possessive, so that no line is scanned twice.
_AUTHOR = r"[^:\n]{1,150}+(?::(?! )[^:\n]{0,100}+){0,8}+"
_EMPTY = r"[^\n]{1,80}?:\.?(?=[\r ]*(?:\n|\Z))"  # "Author:" and "Author:." stand for messages that have expired

# System lines of Android phones have no author. These words make one whatever the date says (English phones).
NOTICES = re.compile(
    r"\bcreated (?:this )?group\b|\bcreated (?:this )?community\b|\bchanged (?:the subject|the group|this group|the settings|"
    r"their phone number|to \+|your phone|the description|group|this chat)|\bsecurity code\b.{0,200}\bchanged\b|"
    r"end-to-end encrypt|"
    r"\bjoined (?:using|from|via|this)\b|\b(?:turned (?:on|off)|updated|set) (?:the )?(?:disappearing|message timer)|"
    r"\bdisappearing messages\b|\bpinned a message\b|\bis a contact$|\bis now an admin\b|\bno longer an admin\b|"
    r"\b(?:was|were) (?:added|removed)\b|\brequested to join\b|\bblocked this contact\b|\bunblocked this contact\b|"
    r"\bdeleted (?:this group|the group)\b|\bstarted a (?:video |voice |group )*call\b|\bmissed (?:group )?(?:voice|video) call"
    r"|\bthis (?:business|chat|group)\b.{0,200}\b(?:account|business|WhatsApp)\b|\bwaiting for this message\b",
    re.IGNORECASE,
)
# "X added Y", "X removed Y", "Y left": words that people use in names too, so who comes before must be somebody.
ACTS = re.compile(r"^(?P<who>[^\n]{1,80}?) (?P<act>added|removed|left|joined)(?:$|[ .])")


# A notice begins somewhere in a line; further in than this nothing is looked for, as a damaged file may be one line.
_NOTICE = rf"[^\n]{{0,400}}?(?i:{NOTICES.pattern})"


class Layout(NamedTuple):
    """How one file writes line heads. Groups of `head` (to be used after a "\\n"): date, time, author or None.

    `sure` matches only heads that need no second look; `survey` has the groups date, author, text that WhatsApp made,
    what further in the line may belong to the name, the line when there is no author.
    """

    name: str
    head: re.Pattern[str]
    sure: re.Pattern[str]
    survey: re.Pattern[str]


def _layout(name: str, before: str, after: str) -> Layout:
    start = rf"\n{MARK}*{before}{_STAMP}{after}"
    counted = start.replace(_STAMP, rf"({_DATE}),?{_SPACE}+{_TIME}")
    # an iPhone's system lines carry an author, so a bracketed line without one is pasted, except for WhatsApp's own words
    alone = "" if name == "dash" else rf"(?={MARK}|{_NOTICE}|{_EMPTY}|[^\n]{{1,60}} (?:left|added)\b)"
    said = rf"({MARK}+[^\n]*|{BY_OWNER}\.?(?=\r?(?:\n|\Z)))"
    return Layout(
        name,
        re.compile(rf"{start}(?:({_AUTHOR}): |{alone})"),
        re.compile(rf"{start}(?:({_AUTHOR}): |(?={_NOTICE}))"),
        re.compile(rf"{counted}(?:({_AUTHOR}): (?:{said}|(?=((?:[^\n:]{{1,60}}+: ){{1,3}}+)))?|{alone}([^\n]*))"),
    )


LAYOUTS = (
    _layout("bracket", r"\[", r"\][ \u00a0\u202f]"),  # [03/09/2021, 07:15:22] Sam: hello
    _layout("dash", "", "[ \u00a0\u202f][-\u2013] "),  # 03/09/2021, 07:15 - Sam: hello
    _layout("colon", "", ": "),  # 03/09/2021 07:15:22: Sam: hello, iPhones before about 2016
)
_HEADS = [
    re.compile(rf"\n{MARK}*{b}{_STAMP}{a}[^\n]") for b, a in ((r"\[", r"\] "), ("", "[ \u00a0\u202f][-\u2013] "), ("", ": "))
]


def layout_of(head: bytes) -> tuple[Layout, int] | None:
    """The layout most line heads among a file's first bytes have, and how many have it; None when there is none.

    A list of lines that merely begin with a date has no separator and is no chat.
    """
    text = "\n" + decoder_of(head).decode(head).replace("\r\n", "\n")
    counts = [len(pattern.findall(text)) for pattern in _HEADS]
    most = max(counts)
    return (LAYOUTS[counts.index(most)], most) if most else None


_LEVELS = re.compile(r"(?i:trace|debug|info|notice|warn|warning|error|fatal|critical)$")
FEW = 6  # heads up to which their number alone tells


def is_chat(head: bytes, layout: Layout) -> bool:
    """Whether a file that is not called as WhatsApp calls them is a chat, and no diary or log with the same dates.

    In a chat WhatsApp itself says something, or nearly every head has an author, there are several, and they recur.
    """
    text = "\n" + decoder_of(head).decode(head).replace("\r\n", "\n")
    found = layout.survey.findall(text)
    if any(row[2].startswith(MARKS) or row[4].startswith(MARKS) or "end-to-end encrypt" in row[4] for row in found):
        return True
    authors = Counter(row[1] for row in found if row[1])
    total = sum(authors.values())
    if total < 2 or total * 2 < len(found) or any(_LEVELS.match(name) for name in authors):
        return False
    return total <= FEW or (len(authors) > 1 and len(authors) * 5 <= total * 4)


def decoder_of(head: bytes) -> codecs.IncrementalDecoder:
    """UTF-8 as WhatsApp writes it; UTF-16 and Windows' own where somebody saved the file again."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return codecs.getincrementaldecoder("utf-16")("replace")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        if b"\x00" not in head and head.decode("utf-8", "replace").count("\ufffd") * 50 > len(head.split(b"\n")):
            return codecs.getincrementaldecoder("cp1252")("replace")
    return codecs.getincrementaldecoder("utf-8")("replace")


def pieces(stream: BinaryIO, layout: Layout) -> Iterator[str]:
    """The text in pieces that each begin, after a "\\n", at a sure line head (the first: at the start of the file).

    The newline at the end of the file is not part of it. Raises Broken when there is no head for MAX_OPEN characters.
    """
    chunk = stream.read(CHUNK)
    decoder = decoder_of(chunk)
    # without a head nothing is searched twice, but for the last newline, whose line may have been cut by the chunk
    text, held, last, searched = "\n", "", 0, 1
    while chunk:
        fresh = held + decoder.decode(chunk)
        chunk = stream.read(CHUNK)
        if not chunk:
            text += fresh
            break
        held = "\r" if fresh.endswith("\r") else ""  # half a line end
        text += fresh.removesuffix("\r").replace("\r\n", "\n") if "\r" in fresh else fresh
        at, newest = len(text), -1
        while True:
            at = text.rfind("\n", searched, at)
            newest = max(newest, at)
            begins = at if at >= 0 else last
            if begins > 0 and layout.sure.match(text, begins):
                yield text[:begins]
                text, last, searched = text[begins:], 0, 1
                break
            if at >= 0:
                continue
            last, searched = max(last, newest), len(text)
            if len(text) > MAX_OPEN:
                raise Broken("one element is larger than the limit")
            break
    text = (text + decoder.decode(b"", True)).replace("\r\n", "\n")
    yield text.removesuffix("\n") or "\n"


class DayOrder:
    """Which of the first two numbers of this file's dates is the day, told from the dates in the order of the file."""

    def __init__(self) -> None:
        self.dates = self.year_first = self.first_over = self.second_over = 0
        self.first_changes = self.second_changes = self.differ = 0
        self.back_day_first = self.back_month_first = 0
        self.pair = (0, 0)  # the first two numbers of the first date that can be read in two ways
        self._last: tuple[int, int, int] | None = None

    def feed(self, text: str) -> None:
        """One more date, different from the one before it."""
        numbers = numbers_of(text)
        if len(numbers) != 3:
            return
        self.dates += 1
        if len(numbers[0]) > 2:
            self.year_first += 1
            return
        first, second, year = (int(n) for n in numbers)
        self.first_over += first > 12
        self.second_over += second > 12
        if first != second and 1 <= first <= 12 and 1 <= second <= 12:
            self.pair = self.pair if self.differ else (first, second)
            self.differ += 1
        if self._last:
            a, b, c = self._last
            self.first_changes += a != first
            self.second_changes += b != second
            self.back_day_first += (year, second, first) < (c, b, a)
            self.back_month_first += (year, first, second) < (c, a, b)
        self._last = (first, second, year)

    def decide(self) -> tuple[str, bool]:
        """`ymd`, `dmy` or `mdy`, and whether the file settles it. In this order: a number over 12, the order of time,
        the number that changes more often; else day first, as in the UK."""
        if self.year_first * 2 > self.dates:
            return "ymd", True
        # a pasted line can hold an odd date, so more counts, not any
        for day_first, month_first in (
            (self.first_over, self.second_over),
            (self.back_month_first, self.back_day_first),
            (self.first_changes, self.second_changes),
        ):
            if day_first != month_first:
                return ("dmy", True) if day_first > month_first else ("mdy", True)
        return "dmy", not self.differ


def numbers_of(text: str) -> list[str]:
    """The three numbers of a date."""
    return re.findall(r"\d+", text)


def day_of(text: str, order: str) -> str | None:
    """`03/09/2021` -> `2021-09-03T`; None when there is no such day. Two-digit years are of this century.

    A date that cannot be read in the file's order (a pasted line's) is read in the other.
    """
    numbers = numbers_of(text)
    if len(numbers) != 3:
        return None
    a, b, c = (int(n) for n in numbers)
    if len(numbers[0]) > 2:
        tries = ((a, b, c), (a, c, b))
    else:
        year = c if c > 99 else 2000 + c
        tries = ((year, b, a), (year, a, b)) if order != "mdy" else ((year, a, b), (year, b, a))
    for year, month, day in tries:
        if 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31:
            try:
                return f"{date(year, month, day).isoformat()}T"
            except ValueError:
                continue
    return None


def clock_of(text: str) -> str | None:
    """`7:15:22 am` or `21.25` -> `07:15:22`, `21:25:00`; None when there is no such time."""
    if len(text) == 8 and text[2] == text[5] == ":" and text.isascii():  # 07:15:22, of which a day holds 86,400
        return text if text < "24" and text[3] < "6" and text[6] < "6" else None
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    if not 2 <= len(numbers) <= 3:
        return None
    hour, minute, second = (*numbers, 0)[:3]
    if "p" in text.lower() and hour < 12:
        hour += 12
    elif "a" in text.lower() and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}:{second:02}" if hour < 24 and minute < 60 and second < 60 else None
