"""A Pinterest page as sections of lines, in bounded memory. The page is flat: headings, links and text lie side by side, with
`<br>` between lines, so no element holds a pin. Source of the layout: the one page seen, November 2026; nothing is documented.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from lxml import etree

from auditlib.jsonstream import Broken

CHUNK = 1 << 16
MAX_LINE = 8 << 20  # characters of one line
_SILENT = frozenset(("script", "style", "title", "template", "noscript"))
_BREAKS = frozenset(("div", "p", "li", "tr", "ul", "ol", "table", "h2", "h3", "h4", "h5", "h6", "section", "hr", "body"))
_ENDS = (b"</div>", b"</html>", b"</body>")


class Line(NamedTuple):
    """One line: its words, where its links lead, and whether it is a section's heading. A blank line has neither."""

    text: str
    links: tuple[str, ...] = ()
    heading: bool = False
    bare: bool = False  # nothing but one link


class _Target:
    """Gathers lines while lxml reads (its names: a parser target's)."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.parts: list[str] = []
        self.links: list[str] = []
        self.outside = self.size = 0  # characters of this line outside a link; all of them
        self.silent = self.anchors = 0
        self.heading = False

    def flush(self, blank: bool = False) -> None:
        """End the line; one without words counts only where it was ended on purpose."""
        text = " ".join("".join(self.parts).split())
        if text or self.links or blank:
            bare = len(self.links) == 1 and not self.outside
            self.lines.append(Line(text, tuple(self.links), self.heading and bool(text), bare))
        self.parts, self.links, self.outside, self.size = [], [], 0, 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag in _SILENT:
            self.silent += 1
        elif tag == "br":
            self.flush(blank=True)
        elif tag == "h1":
            self.flush()
            self.heading = True
        elif tag == "a":
            self.anchors += 1
            if link := attributes.get("href", "").strip():
                self.links.append(link)
        elif tag in _BREAKS:
            self.flush()

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _SILENT:
            self.silent -= 1
        elif tag == "h1":
            self.flush()
            self.heading = False
        elif tag == "a":
            self.anchors -= 1
        elif tag in _BREAKS:
            self.flush()

    def data(self, text: str) -> None:
        """Text, as it stands; a piece of it may come at a time."""
        if self.silent <= 0:
            self.parts.append(text)
            self.size += len(text)
            if self.anchors <= 0 and not text.isspace():
                self.outside += len(text)

    def close(self) -> None:
        """The page ends."""
        self.flush()


def lines(stream: BinaryIO) -> Iterator[Line]:
    """The lines of a page. Raises Broken("empty"), and Broken("cut off") at the end of a page that does not close."""
    target = _Target()
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True)
    tail, started = b"", False
    while chunk := stream.read(CHUNK):
        chunk = chunk.replace(b"\0", b" ")
        started = started or bool(chunk.strip())
        tail = (tail + chunk)[-256:]
        try:
            parser.feed(chunk)
        except etree.LxmlError:
            raise Broken("not a page") from None
        yield from target.lines
        target.lines = []
        if target.size > MAX_LINE:
            raise Broken("one line is larger than the limit")
    if not started:
        raise Broken("empty")
    try:
        parser.close()
    except etree.LxmlError:
        raise Broken("not a page") from None
    yield from target.lines
    if not tail.rstrip().lower().endswith(_ENDS):
        raise Broken("cut off")


class Group(NamedTuple):
    """The lines between two blank ones, with the heading they stand under and their number in the page."""

    section: str
    lines: tuple[Line, ...]
    number: int


def groups(found: Iterator[Line], pins: str) -> Iterator[Group]:
    """Groups of lines. Under the heading `pins` each begins with a line that is nothing but a link to a pin; under others a
    blank line ends one. What was gathered is given out before the end of a broken page is told."""
    held: list[Line] = []
    section, number, blank = "", 0, False

    def is_pin(line: Line) -> bool:
        return line.bare and "/pin/" in line.links[0]

    broken: Broken | None = None
    while True:
        try:
            line = next(found, None)
        except Broken as error:
            broken, line = error, None
        flat = section.casefold() == pins
        begins = line is None or line.heading or (is_pin(line) if flat else blank and (line.text or line.links))
        if begins and held:
            yield Group(section, tuple(held), number)
            held, number = [], number + 1
        if line is None:
            break
        blank = not line.text and not line.links
        if line.heading:
            section = line.text
            yield Group(section, (), number)
        elif not blank:
            held.append(line)
    if broken is not None:
        raise broken
