"""What one entry of a Meta web page says: heading, lines of words, rows of tables, date, pictures, links.

Format facts: as of _meta_pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from auditlib import markup
from auditlib.platforms._meta_dates import from_page, looks_dated

HEADS = frozenset(("_a6-h", "_2lel"))
DATES = frozenset(("_a72d", "_2lem"))
HEAD_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "label",
        "mark",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "wbr",
    ]
)
SILENT = frozenset(["script", "style", "head", "template", "noscript", "iframe", "object", "svg", "nav", "title"])
SPACES = re.compile(r"[ \t\r\n\f]+")
_UPDATED = re.compile(
    r"(?:Updated|Edited|Aktualisiert|Bearbeitet|Mis(?:e)? à jour|Modifié|Actualizado|Editado|Atualizado|Aggiornato|Modificato|"
    r"Bijgewerkt|Zaktualizowano|Uppdaterad|Opdateret|Oppdatert)\b:?\s*(?:le |am |el |il |em |on )?",
    re.IGNORECASE,
)
_WITHIN, _BOX = 1, 2  # an element that is done with: within a line, or one that ends lines
Element = Any  # lxml ships no types
Group = list[Element]  # the elements that together are one entry


class Line(NamedTuple):
    """One line of words as a reader sees it; `href` when the whole of it is one link."""

    text: str
    head: bool
    date: bool
    listed: bool  # in a bulleted list: reactions under a message
    href: str


class Pair(NamedTuple):
    """One row of a table: label, value, address, and the label it lies under."""

    label: str
    value: str
    href: str
    under: str


class Block(NamedTuple):
    """One entry of a page. `at` is ISO text, naive; `date` the page's own words for it."""

    heading: str
    lines: tuple[Line, ...]
    pairs: tuple[Pair, ...]
    at: str | None
    date: str
    media: tuple[str, ...]
    links: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words of the entry without heading and date, a line for every block of the page."""
        return "\n".join(line.text for line in self.lines)


def branching(node: Element) -> Element:
    """Down to where the page's words part: past boxes that hold nothing but one box."""
    while node.tag != "table":
        inside = [child for child in node if told(child)]
        if len(inside) != 1 or inside[0].tag in INLINE or (node.text or "").strip() or len(inside[0]) == 0:
            break
        node = inside[0]
    return node


def told(element: Element) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in SILENT:
        return False
    return any(text.strip() for text in element.itertext()) or any(True for _ in element.iter("img", "video", "audio"))


def block(group: Group, day_first: bool | None = None) -> Block:
    """What one entry says."""
    lines: list[Line] = []
    pairs: list[Pair] = []
    media: list[str] = []
    links: list[str] = []
    for element in group:
        _walk(element, lines, pairs, media, links)
    dated = [n for n, line in enumerate(lines) if line.date]
    if not dated:
        dated = [n for n, line in enumerate(lines) if not line.head and from_page(line.text, day_first)][-1:]
    if not dated and lines and lines[0].head and from_page(lines[0].text):  # log-ins: the date is the heading
        dated = [0]
    date = lines[dated[-1]].text if dated else ""
    left = [line for n, line in enumerate(lines) if n not in dated and not _is_edit(line.text, day_first)]
    heading = next((line.text for line in left if line.head), "")
    body = [line for line in left if not line.head]
    if not heading and len(body) > 1 and _parted(group):
        heading, body = body[0].text, body[1:]
    at = from_page(date, day_first)
    if not date and pairs:
        date = next((p.value for p in pairs if from_page(p.value, day_first)), "")
        date = date or next((p.value for p in pairs if looks_dated(p.value)), "")
        at = from_page(date, day_first)
    return Block(heading, tuple(body), tuple(pairs), at, date, tuple(dict.fromkeys(media)), tuple(dict.fromkeys(links)))


def _is_edit(text: str, day_first: bool | None) -> bool:
    """Whether a line says when an entry was last changed, which is no word of the person's."""
    m = _UPDATED.match(text) if len(text) < 80 else None
    return bool(m) and from_page(text[m.end() :], day_first) is not None  # type: ignore[union-attr]


def _parted(group: Group) -> bool:
    """Whether an entry without a marked heading has the parts heading, words and date."""
    if len(group) > 1:
        return len(group) > 2
    return sum(told(child) for child in branching(group[0])) > 2


_UNMARKED = (False, False, False)


@lru_cache(maxsize=1024)
def _marks(tag: str, classes: str | None) -> tuple[bool, bool, bool]:
    """Whether an element is a heading, a date, a list, by its tag and class."""
    tokens = classes.split() if classes else ()
    found = tag in HEAD_TAGS or not HEADS.isdisjoint(tokens), not DATES.isdisjoint(tokens), tag in ("ul", "ol")
    return found if True in found else _UNMARKED


def _walk(root: Element, lines: list[Line], pairs: list[Pair], media: list[str], links: list[str]) -> None:
    """Gather an element's lines, tables, pictures and links in order, without recursion: pages nest hundreds deep."""
    parts: list[tuple[str, str]] = []  # words and the link they lie in
    state = (False, False, False)

    def flush() -> None:
        if not parts:
            return
        whole = "".join([p for p, _ in parts])
        if not whole.isspace():
            text = "\n".join([SPACES.sub(" ", line).strip() for line in whole.split("\x00")]).strip()
            inside = {href for said, href in parts if said.strip()}
            if text:
                lines.append(Line(text, *state, inside.pop() if len(inside) == 1 else ""))
        parts.clear()

    stack: list[tuple[Element, int, tuple[bool, bool, bool], str]] = [(root, 0, state, "")]
    while stack:
        element, done, mine, href = stack.pop()
        tag = element.tag
        if done:
            if done == _BOX and parts:
                flush()
            state = mine
            if element is not root and element.tail:
                parts.append((element.tail, href))
            continue
        if not isinstance(tag, str) or tag in SILENT or tag in ("table", "br", "img", "source"):
            if tag == "table":
                if parts:
                    flush()
                _table(element, pairs, media, "", 0)
            elif tag == "br":
                parts.append(("\x00", href))
            elif tag in ("img", "source"):
                _address(element.get("src"), media, links)
            if element is not root and element.tail:
                parts.append((element.tail, href))
            continue
        said = _marks(tag, element.get("class"))
        here = mine if said is _UNMARKED else (mine[0] or said[0], mine[1] or said[1], mine[2] or said[2])
        box = _BOX if tag not in INLINE or here != mine else _WITHIN
        if box == _BOX and parts:
            flush()
        state = here
        if not len(element) and tag != "a" and tag not in ("video", "audio"):  # most: done with at once
            if element.text:
                parts.append((element.text, href))
                if box == _BOX:
                    flush()
            state = mine
            if element is not root and element.tail:
                parts.append((element.tail, href))
            continue
        stack.append((element, box, mine, href))
        if tag == "a":
            href = (element.get("href") or "").strip()
            _address(href, media, links)
        elif tag in ("video", "audio"):
            _address(element.get("src"), media, links)
            stack.extend((child, 0, here, href) for child in reversed(element) if child.tag == "source")
            continue
        if element.text:
            parts.append((element.text, href))
        stack.extend((child, 0, here, href) for child in reversed(element))
    flush()


def _address(address: str | None, media: list[str], links: list[str]) -> None:
    """An address as a link to the web or as a file of the archive; what would run something is neither."""
    text = (address or "").strip()
    if text.lower().startswith(("http://", "https://")):
        links.append(text)
    elif text and not re.match(r"[a-z][a-z0-9+.-]*:|//|#", text, re.IGNORECASE) and not re.search(r"\.html?(?:$|[?#])", text):
        media.append(re.sub(r"^(?:\.{1,2}/)+", "", text))


_DEEPEST = 20


def _table(table: Element, pairs: list[Pair], media: list[str], under: str, depth: int) -> None:
    """The rows of a table: two cells are label and value; one cell is a label with the value in a box of its own."""
    if depth > _DEEPEST:
        return
    for row in _rows(table):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        for cell in cells:
            found: list[str] = []
            for inner in cell.iter("img", "video", "audio", "source"):
                _address(inner.get("src"), found, [])
            media.extend(found)
        nested = [t for cell in cells for t in cell.iter("table")]
        if not cells:
            continue
        if len(cells) > 1:
            label, inside = markup.words(cells[0]), cells[1:]
            value = "" if nested else "\n".join(w for cell in inside if (w := markup.words(cell)))
        else:
            label = SPACES.sub(" ", (cells[0].text or "")).strip()
            inside = [cells[0]]
            boxes = [w for child in cells[0] if child.tag != "table" and (w := markup.words(child))]
            if not label and len(boxes) > 1:
                label, boxes = boxes[0], boxes[1:]
            value = "" if nested else "\n".join(boxes)
        href = next((link for cell in inside for link in markup.links(cell)), "")
        if nested:
            label = label.split("\n", 1)[0]
            for one in _outermost(nested):
                _table(one, pairs, media, label or under, depth + 1)
        elif label or value:
            pairs.append(Pair(label, value, href, under))


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _outermost(tables: list[Element]) -> list[Element]:
    inside = {t for t in tables if any(above in tables for above in t.iterancestors("table"))}
    return [t for t in tables if t not in inside]
