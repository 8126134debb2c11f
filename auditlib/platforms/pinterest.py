"""Pinterest: one or several web pages, each with sections of flat text; only the section of pins is known for sure.

A pin saved from someone else (`Is a repin`) is told as the person's repost. The other sections are read by their headings, and
what no heading explains is shown as text. Times have no zone. The Ip Address of a pin is never told.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any, BinaryIO

from auditlib.jsonstream import BadElement, Broken
from auditlib.platforms import _pinterest_sections as sections
from auditlib.platforms._pinterest_lines import Group, Line, groups, lines
from auditlib.reading import Account, Asking, Ignored, NotKnown, Rows, Stream, Unknown, guarded
from auditlib.records import Coverage, Item, Media, Quoted, Record

NAME, TITLE = "pinterest", "Pinterest"
MARKERS: tuple[re.Pattern[str], ...] = ()
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
_OWNER = re.compile(rb"Username: ([^<]{1,200}?),?\s*<br(?:(?!Username: ).){0,20000}?Is a repin: (True|False)", re.DOTALL)
LOOKED = 4 << 20  # bytes of a page that are searched for whose it is


def SNIFF(head: bytes, name: str) -> bool:
    """Whether a page begins as Pinterest's does: a heading in an element named `contents`, and Pinterest or pins named."""
    if not name.lower().endswith((".html", ".htm")):
        return False
    return bool(_CONTENTS.search(head)) and (b"pinterest.com/" in head or bool(_HEADING.search(head)))


_CONTENTS = re.compile(rb"<div[^>]{0,200}\bid=[\"']?contents[\"' >].{0,400}?<h1", re.DOTALL | re.IGNORECASE)
_HEADING = re.compile(rb"<h1[^>]{0,200}>\s*Pins\s*</h1>", re.IGNORECASE)


class Reader(Account):
    """Whose pins they are: the name on the person's own pins, else the one name on all of them. Boards are told at the end."""

    platform = NAME

    def begin(self) -> None:
        """Search the beginning of each page for the name on the pins."""
        self.told: Counter[str] = Counter()
        self.boards: dict[str, tuple[str, str, bool | None]] = {}  # id -> name, where, every pin private
        self.described: dict[str, tuple[str, str, str | None, str]] = {}  # id -> name, description, made, where
        self.unknown: Counter[tuple[str, str]] = Counter()
        self.ignored: Counter[tuple[str, str]] = Counter()
        self.pins = self.sections = 0
        own: Counter[str] = Counter()
        every: set[str] = set()
        for member in self.members:
            if member.lower().endswith((".html", ".htm")):
                for name, repin in _OWNER.findall(self.head_of(member, LOOKED)):
                    said = html.unescape(name.decode("utf-8", "replace")).strip()
                    if said and said != "No data":
                        every.add(said)
                        own[said] += repin == b"False"
        most = own.most_common(1)
        self.account = most[0][0] if most and most[0][1] else every.pop() if len(every) == 1 else None

    @staticmethod
    def digest(*parts: str) -> str:
        """Sixteen hexadecimal digits that stand for the parts."""
        return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

    def finish(self) -> Iterator[Record]:
        """The boards that pins named; sections that are not known; what the person should know."""
        for identifier in dict.fromkeys((*self.boards, *self.described)):
            name, where, private = self.boards.get(identifier, ("", "", None))
            title, text, made, there = self.described.get(identifier, ("", "", None, where))
            if name or title or text:
                yield Item(
                    platform=NAME,
                    account=self.account,
                    where=there,
                    kind="other",
                    key=f"{NAME}:board:{identifier}",
                    id=identifier,
                    at=made,
                    title=title or name or None,
                    text=text,
                    author="me",
                    author_name=self.account,
                    audience="unknown" if private is None else "private" if private else "public",
                )
        for counted, state, reason in (
            (self.unknown, "unknown", "a section this version does not know: shown as text"),
            (self.ignored, "ignored", "searches, visits, advertising and devices: no words you published"),
        ):
            for (member, title), count in sorted(counted.items()):
                yield Coverage(
                    platform=NAME,
                    account=self.account,
                    state=state,  # type: ignore[arg-type]
                    member=f"{member}: {title}",
                    reason=f"{reason} ({count} {'entries' if count > 1 else 'entry'})",
                    count=1,
                )
        if not self.pins:
            self.warnings.append("No pins are in what you gave: if you have any, ask Pinterest for your data again.")
        if self.account is None:
            self.warnings.append("The pages do not say whose they are: your user name stands on none of your own pins.")
        self.warnings.append(
            "Pinterest's file holds no privacy settings, and its times name no time zone: look at your settings on the site."
        )


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
