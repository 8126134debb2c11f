"""What the text of one WhatsApp message stands for: pictures and files, polls, places, deleted and expired messages, calls.

WhatsApp puts U+200E before most of what it writes itself. On phones in another language the words differ, the mark and the
shape do not, so shapes are looked at first and English words second.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from auditlib.platforms import _whatsapp_words as elsewhere
from auditlib.platforms._whatsapp_lines import ACTS, MARK, NOTICES
from auditlib.records import Media, Place

_NAME = r"[^\n<>\\/:*?\"|\u200e]{1,200}?\.\w{1,5}"
# iPhone: <attached: 00000042-PHOTO-2020-06-07-15-13-20.jpg>, the word translated. Without the mark only the word or name tells.
_ATTACHED = re.compile(
    rf"(?:[^\n]{{0,200}}? \u2022 {MARK}*[^\n\u2022<]{{1,40}} )?{MARK}*"
    rf"<(?:attached: ?|(?<=\u200e<)[^<>:\n]{{2,30}}: ?|[^<>:\n]{{2,30}}: ?(?=\d{{8}}-[A-Z]+-))({_NAME})>\n?"
)
# Android: IMG-20210428-WA0001.jpg (file attached), the words translated; the caption is on the next line.
_FILE = re.compile(rf"({MARK}*)({_NAME}) \(([^()\n]{{3,40}})\)(?:\n|$)")
# until about 2017: 2015-08-04-PHOTO-00004762.jpg <attached>
_EARLY = re.compile(rf"{MARK}*(\d{{4}}-\d\d-\d\d-[A-Z]+-\d+\.\w{{1,5}}) <[^<>\n]{{3,40}}>(?:\n|$)")
_OWN_NAME = re.compile(r"(?:IMG|VID|AUD|PTT|STK|DOC|GIF)-\d{8}-WA\d{4}\.")
_LEFT_OUT = re.compile(
    rf"{MARK}*(?:{elsewhere.LEFT_OUT}|(?:[^\n]{{0,200}} \u2022 )?{MARK}*(?:[^\n]{{1,40}} )?{MARK}*"
    r"(image|video|audio|sticker|GIF|document|Contact card|video note) omitted)"
)
_POLL = re.compile(
    rf"{MARK}*(?:POLL:|(?<=\u200e)[^\W\d_]{{2,20}}:)\n([^\n]*)((?:\n{MARK}*[^\W\d_]{{2,20}}: [^\n]* \([^()\n]*\d[^()\n]*\))+)"
)
_OPTION = re.compile(rf"\n{MARK}*[^\W\d_]{{2,20}}: ([^\n]*) \([^()\n]*\)")
_MAP = re.compile(
    rf"{MARK}*(?:([^\n]*?)\n?{MARK}*)?\b[^\W\d_]{{2,20}}: (https://maps\.google\.com/\?q=(-?\d+\.\d+),(-?\d+\.\d+))"
)
_VENUE = re.compile(rf"{MARK}*(?:([^\n]*?)\n?{MARK}*)?\b[^\W\d_]{{2,20}}: (https://foursquare\.com/v/\S+)")
_DELETED = re.compile(rf"{MARK}*{elsewhere.DELETED}(?: by [^\n]{{1,60}})?\.?")
_LIVE = re.compile(rf"{MARK}*[Ll]ive location shared\.?")
_EDITED = re.compile(rf" ?{MARK}*{elsewhere.EDITED}{MARK}*$")
# the mark, then words in brackets, at the end of a text: the same note on a phone in another language
_EDITED_ELSEWHERE = re.compile("\u200e<[^<>:\n]{4,60}>$")
CALL = re.compile(
    rf"{MARK}*(?:(?:Missed|Silenced|Declined) (?:group )?(?:voice|video) call|"
    r"(?:Missed )?(?:Voice|Video|Group) (?:voice |video )?call)(?:,[^\n]{0,60}|\.| at [^\n]{0,30})?"
)
_LINK = re.compile(r"https?://[^\s<>\"\u200e]+")
_MARKS = re.compile(MARK)
_KINDS = {
    "photo": ("jpg", "jpeg", "png", "heic", "PHOTO", "IMG", "image"), "sticker": ("webp", "STICKER", "STK", "sticker"),
    "video": ("mp4", "mov", "3gp", "VIDEO", "VID", "video", "video note"), "gif": ("gif", "GIF"),
    "audio": ("opus", "m4a", "mp3", "aac", "ogg", "AUDIO", "AUD", "PTT", "audio"), "contact": ("vcf", "Contact card"),
    "file": ("document",),
}  # fmt: skip
_KIND = {word: kind for kind, words in _KINDS.items() for word in words}


class Body(NamedTuple):
    """One message's text as a person sees it, and what goes with it. `made`: the words are WhatsApp's, not a person's."""

    text: str
    media: tuple[Media, ...] = ()
    links: tuple[str, ...] = ()
    place: Place | None = None
    deleted: bool = False
    made: bool = False


# How texts of WhatsApp's begin that some phones write without the mark.
_STARTS = frozenset((
    "null", "image", "video", "audio", "stick", "GIF o", "docum", "Conta", "Misse", "Silen", "Decli", "Voice", "Video", "Group",
    "Live ", "live ", "POLL:", *elsewhere.BEGINS,
))  # fmt: skip


def is_plain(text: str) -> bool:
    """Whether a text is only what somebody typed, without links: most are, and nothing else need be looked at."""
    return not (
        "<" in text or "(" in text or "http" in text or text[:5] in _STARTS
        or (not text.isascii() and ("\u200e" in text or "\u202a" in text or "\u2068" in text))
    )  # fmt: skip


def read(text: str, files: dict[str, str]) -> Body:
    """What one message says. `files` are the paths of the files beside the chat, by name."""
    # a plain search for a word comes first: these patterns are many times slower
    if len(text) < 100 and _DELETED.fullmatch(text):
        return Body("", deleted=True)
    if text == "null":  # Android: what this version cannot show, and pictures to be seen once
        return Body("", (Media(None, "unknown"),))
    if (
        (" omitted" in text or text.startswith("<"))
        and (left_out := _LEFT_OUT.match(text))
        and text[left_out.end() : left_out.end() + 1] in ("", "\n")
    ):
        kind = _KIND.get(left_out[1], "file") if left_out[1] else "unknown"
        return Body(_said(text[left_out.end() + 1 :]), (Media(None, kind),), _links(text))
    if text.startswith("\u200e") and (kind_left_out := elsewhere.omitted(text)):
        return Body("", (Media(None, kind_left_out),))
    if ":\n" in text and (poll := _POLL.fullmatch(text.rstrip())):
        lines = [poll[1], *(m[1] for m in _OPTION.finditer(poll[2]))]
        return Body("\n".join(_said(line) for line in lines))
    if ("maps.google.com/?q=" in text or "foursquare.com/v/" in text) and (place := _place(text)):
        return place
    if "ive location shared" in text and _LIVE.fullmatch(text):  # nowhere does it say where
        return Body("", place=Place("live location"))
    media, rest = _media(text, files)
    if rest.endswith((">", "\u200e")):
        rest = _EDITED_ELSEWHERE.sub("", _EDITED.sub("", rest))
    made = not media and (rest.startswith("\u200e") or (" call" in rest and CALL.fullmatch(rest) is not None))
    return Body(_said(rest), media, _links(rest), made=made)


def of_a_person(text: str) -> bool:
    """Whether a text beginning with U+200E stands for something a person sent (a picture, a place), not for a notice."""
    return not read(text, {}).made


def _said(text: str) -> str:
    """A text without WhatsApp's own marks at its start and around numbers; those inside words of other scripts stay."""
    text = text.lstrip("\u200e")
    return _MARKS.sub("", text) if "\u200e" in text or "\u202a" in text or "\u2068" in text else text


def _links(text: str) -> tuple[str, ...]:
    return tuple(link.rstrip(".,;:!?)'") for link in _LINK.findall(text)) if "http" in text else ()


def _place(text: str) -> Body | None:
    if found := _MAP.match(text):
        place = Place(_said(found[1] or "").rstrip(": ") or None, float(found[3]), float(found[4]))
    elif found := _VENUE.match(text):
        place = Place(_said(found[1] or "").rstrip(": ") or None)
    else:
        return None
    return Body(_said(text[found.end() :]).strip("\n"), links=(found[2],), place=place)


def _media(text: str, files: dict[str, str]) -> tuple[tuple[Media, ...], str]:
    """The files sent with a message, and the text without them."""
    if "<" in text:
        found: list[Media] = []

        def cut(match: re.Match[str]) -> str:
            title = _said(match[0].partition("<")[0]).strip(" \u2022")
            found.append(_one(match[1], files, title))
            return ""

        rest = _ATTACHED.sub(cut, text)
        if found:
            return tuple(found), rest.strip("\n ") if rest.strip("\n \u200e") else ""
        if early := _EARLY.match(text):
            return (_one(early[1], files, ""),), text[early.end() :]
    if "(" in text and (sent := _FILE.match(text)):
        name = sent[2]
        if sent[1] or sent[3] == "file attached" or _OWN_NAME.match(name) or name in files:
            return (_one(name, files, "" if _OWN_NAME.match(name) else name),), text[sent.end() :]
    return (), text


def _one(name: str, files: dict[str, str], title: str) -> Media:
    name = _MARKS.sub("", name).strip()
    words = name.rpartition(".")[0].split("-")
    kind = next((_KIND[w] for w in words if w.isupper() and w in _KIND), None) or _KIND.get(
        name.rpartition(".")[2].lower(), "file"
    )
    return Media(files.get(name), kind, description=title or None)


def names_in(line: str) -> list[str]:
    """Who is named in a notice that somebody joined, was added, removed or left (English phones)."""
    line = _MARKS.sub("", line).replace("\u00a0", " ").strip().removesuffix(".")
    if NOTICES.search(line) and (
        made := re.match(r"(.{1,80}?) (?:created (?:this )?group|joined (?:using|from|via)|was added|was removed)\b", line)
    ):
        return [n for n in (made[1],) if _is_name(n)]
    if not (act := ACTS.match(line)):
        return []
    found = [act["who"]] if act["act"] in ("left", "joined", "added", "removed") else []
    if act["act"] in ("added", "removed"):
        found += re.split(r", (?:and )?| and ", line[act.end() :].strip())
    return [n for n in found if _is_name(n)]


def _is_name(word: str) -> bool:
    return (
        bool(word)
        and len(word) <= 80
        and word.lower() not in ("you", "your", "you were", "you've been")
        and not re.match(r"\d+ (people|members|others?)", word)
    )
