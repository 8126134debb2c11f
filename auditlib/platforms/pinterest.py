"""Pinterest: one or several web pages, each with sections of flat text; only the section of pins is known for sure.

A pin saved from someone else (`Is a repin`) is told as the person's repost. The other sections are read by their headings, and
what no heading explains is shown as text. Times have no zone. The Ip Address of a pin is never told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from auditlib.jsonstream import BadElement, Broken
from auditlib.platforms import _pinterest_sections as sections
from auditlib.platforms._pinterest_lines import Group, Line, groups, lines
from auditlib.platforms._pinterest_reader import NAME, Reader
from auditlib.reading import Asking, Ignored, NotKnown, Rows, Stream, Unknown, guarded
from auditlib.records import Item, Media, Quoted, Record

TITLE = "Pinterest"
MARKERS: tuple[re.Pattern[str], ...] = ()
SITES: tuple[str, ...] = ("pinterest.com", "pinterest.co.uk")
FIND = "On Pinterest, open your profile, then Created or Saved, and look for it by its words."
NOT_HELD = ("stories", "reactions", "reviews", "friends", "requests", "address-book", "settings")
NOT_YET: tuple[str, ...] = ()
ASK = Asking(
    where="Settings > Privacy and data > Request your data",
    steps=(
        "Ask under Request your data.",
        "When Pinterest tells you that the file is ready, download it and keep it as it is.",
    ),
    choose="Your privacy settings are not in the file: look at those on the site.",
    url="https://www.pinterest.com/settings",
)
PINS = "pins"
_PIN = re.compile(r"https?://(?:[a-z]+\.)?pinterest\.[a-z.]+/pin/(\d{1,24})")
_KEYS = (
    "title", "details", "image", "is native", "board id", "board name", "is video", "ip address", "username", "alt text",
    "canonical link", "story pin media", "video", "created at", "alive", "is a repin", "private",
)  # fmt: skip
_NAMED = re.compile(r"([A-Z][\w ()'/-]{0,60}?):(?: (.*))?$", re.DOTALL)
_WORDS = ("title", "details", "alt text")


def SNIFF(head: bytes, name: str) -> bool:
    """Whether a page begins as Pinterest's does: a heading in an element named `contents`, and Pinterest or pins named."""
    if not name.lower().endswith((".html", ".htm")):
        return False
    return bool(_CONTENTS.search(head)) and (b"pinterest.com/" in head or bool(_HEADING.search(head)))


_CONTENTS = re.compile(rb"<div[^>]{0,200}\bid=[\"']?contents[\"' >].{0,400}?<h1", re.DOTALL | re.IGNORECASE)
_HEADING = re.compile(rb"<h1[^>]{0,200}>\s*Pins\s*</h1>", re.IGNORECASE)


def pages(stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
    """Every pin and every entry of the other sections of a page."""
    headings = 0
    try:
        for group in groups(lines(stream), PINS):
            a.position = group.number
            if not group.lines:
                headings += 1
            elif group.section.casefold() == PINS:
                yield from guarded(pin, group, a)
            elif group.section:
                yield from guarded(sections.entry, group, a)
    except Broken as broken:
        if headings or broken.detail == "empty":
            raise
    if not headings:
        raise NotKnown("a page without the headings of Pinterest's data")


def fields(found: Iterable[Line]) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """A pin's known fields, the others by their names as written, and where the Canonical Link leads.

    A value ends with a comma, which is not part of it, and may go on over several lines.
    """
    known: dict[str, str] = {}
    more: dict[str, str] = {}
    links: list[str] = []
    into, key = known, ""
    for line in found:
        match = _NAMED.match(line.text)
        name = match[1].casefold() if match else ""
        open_text = key in _WORDS and into is known and not known[key].endswith(",")
        if match and (name in _KEYS and name not in known):
            into, key = known, name
            known[key] = match[2] or ""
            if name == "canonical link":
                links += line.links
        elif match and not open_text:
            into, key = more, match[1]
            more[key] = match[2] or ""
        elif key:
            into[key] += f"\n{line.text}"
    return (
        {k: sections.value_of(v) for k, v in known.items()},
        {k: v for k, v in ((k, sections.value_of(v)) for k, v in more.items()) if v},
        links,
    )


def _flag(value: str) -> bool | None:
    return {"true": True, "false": False}.get(value.casefold())


def pin(group: Group, a: Reader) -> Iterable[Record]:
    """One pin. What was saved from someone else is a repost, whose words are theirs as far as the page says."""
    first, *rest = group.lines
    address = first.links[0] if first.bare else ""
    match = _PIN.match(address)
    if match is None:
        raise ValueError
    said, more, links = fields(rest)
    a.pins += 1
    private, repin, alive = (_flag(said.get(k, "")) for k in ("private", "is a repin", "alive"))
    if board := said.get("board id"):
        name, where, secret = a.boards.get(board, ("", a.where, private))
        a.boards[board] = (
            name or said.get("board name", ""),
            where,
            None if secret is None or private is None else secret and private,
        )
    key = f"{NAME}:pin:{match[1]}"
    a.told[key] += 1
    if a.told[key] > 1:
        return
    title, text, alt = (said.get(k, "") for k in _WORDS)
    others = (f"{k}: {v}" for k, v in more.items() if "ip addr" not in k.casefold() and not sections.COMPUTER.match(v))
    text = "\n".join(filter(None, (text, *others)))
    moving = _flag(said.get("is video", "")) or bool(said.get("video"))
    shown = any(said.get(k) for k in ("image", "video", "story pin media")) or bool(alt)
    by = said.get("username") or a.account
    rare: dict[str, Any] = {}
    if repin:
        theirs = by if by != a.account else None
        rare["quoted"] = Quoted(None, theirs, "\n".join(filter(None, (title, text))) or None)
        by = a.account
    if shown:
        rare["media"] = (Media(None, "video" if moving else "photo", alt or None),)
    if alive is False:
        rare |= {"deleted": True, "state": "binned"}
    yield Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind="repost" if repin else "post",
        key=key,
        id=match[1],
        at=sections.moment(said.get("created at", "")),
        title=title or None,
        text=text,
        author="me",
        author_name=by,
        audience={True: "private", False: "public"}.get(private, "unknown"),  # type: ignore[arg-type]
        links=tuple(links or filter(None, (said.get("canonical link", ""),))),
        url=address,
        **rare,
    )


FILES: Rows = (
    (r"[^/]+\.html?$", Stream(pages)),
    (r"[^/]+\.json$", Unknown("not a web page: this version reads Pinterest's data as web pages only")),
    (r"readme[^/]*\.txt$", Ignored("a note about the archive")),
)
