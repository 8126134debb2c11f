"""The web-page form of Meta's exports, as records: what is one entry, and what in it is title, words, date, table, picture.

The class names are made by a machine and drift, so they are a help and not the rule: first the blocks that bear the known
ones (`_a6-g` since 2022, `uiBoxWhite` before), else the page's own structure, where a date line closes every entry.
Format facts: facebook.md's sources (kenn-io/msgvault, RLEAPP, timelinize), seen in pages of 2019 to 2026.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from lxml import etree

from auditlib import markup
from auditlib.jsonstream import Broken
from auditlib.platforms._meta_blocks import (
    DATES,
    HEAD_TAGS,
    HEADS,
    INLINE,
    SILENT,
    SPACES,
    Block,
    Element,
    Group,
    block,
    branching,
    told,
)  # fmt: skip
from auditlib.platforms._meta_dates import from_page

BLOCKS = frozenset(("_a6-g", "uiBoxWhite"))
_TITLES = frozenset(("_a70e", "_3b0d"))
_CLASSED = re.compile(rb"class\s*=\s*[\"'][^\"'>]*\b(?:_a6-g|uiBoxWhite)\b")
_TAG = re.compile(rb"<\s*[a-zA-Z!]|<\x00")  # in UTF-16 as well
_HEAD = 1 << 20  # bytes looked at for known classes: a page begins with some hundred KB of style sheet
_WHOLE = 24 << 20  # bytes of a page without known classes, which is held as one: some 400 MB; real pages stay far below
TOO_LARGE = "larger than the limit"
_LAST_OF = re.compile(r",| (?:and|und|et|y|e|en|i|och|og|ja|a|és|ve|și|и) (?=[^,]*$)")  # between names in a sentence
_PEOPLE = re.compile(
    r"\s*(?:Participants?|Teilnehmer(?:innen)?|Participantes|Partecipanti|Deelnemers|Uczestnicy|Deltagare|Deltagere|Deltakere|"
    r"Osallistujat|Účastníci|Résztvevők|Katılımcılar|Participanți|Участники)\s?:\s*(\S.*)",
    re.IGNORECASE | re.DOTALL,
)


class Pages:
    """A page read as a stream: its first bytes are looked at, then read again with the rest; the end is kept in view."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.head = stream.read(_HEAD)
        self._left = self.head
        self._tail = self.head[-4096:]

    def read(self, size: int = -1) -> bytes:
        """As of a file; NUL bytes, at which a parser would stop, are left out."""
        if self._left:
            size = len(self._left) if size < 0 else size
            data, self._left = self._left[:size], self._left[size:]
        else:
            data = self._stream.read(size)
            self._tail = (self._tail + data)[-4096:]
        return data.replace(b"\0", b"") if data[:2] not in (b"\xff\xfe", b"\xfe\xff") else data

    @property
    def cut(self) -> bool:
        """Whether the page was read to where it stops, and that is in its middle."""
        whole = re.search(rb"</\s*html", self._tail, re.IGNORECASE)
        return not whole and re.search(rb"<\s*(?:!doctype|html)\b", self.head[:2048], re.IGNORECASE) is not None


def records(pages: Pages, dateless: bool = False, day_first: bool | None = None) -> Iterator[Block]:
    """What the entries of a page say, in its order; `dateless` for pages whose entries need no date (people, settings).

    Raises Broken: "empty", "cut off" (after the whole entries before), or when a page of unknown form is too large to be held.
    """
    last = None
    for group in _all(pages, dateless):
        found = block(group, day_first)
        if (found.heading or found.lines or found.pairs or found.media) and not _is_note(found):
            if last is not None:  # one behind: only the end tells whether the last one is whole
                yield last
            last = found
    if last is not None and not (pages.cut and last.at is None):
        yield last
    if pages.cut:
        raise Broken("cut off")


def headings(pages: Pages, day_first: bool | None = None) -> Iterator[str]:
    """The heading of each entry, or its first line: who wrote the messages of a page. Raises as `records` does."""
    for group in _all(pages, False):
        marked = next((e for one in group for e in one.iter() if e.tag in HEAD_TAGS or _has(e, HEADS)), None)
        if marked is not None:
            yield SPACES.sub(" ", "".join(marked.itertext())).strip()
        else:
            found = block(group, day_first)
            yield found.heading or (found.lines[0].text if found.lines else "")


_OPENING = re.compile(rb"""<\w+\b[^<>]*\bclass\s*=\s*["'][^"'<>]*\b(?:_a6-g|uiBoxWhite)\b""")
_MARKED = re.compile(rb"""<\w+\b[^<>]*\bclass\s*=\s*["'][^"'<>]*\b(?:_a6-h|_2lel)(?![\w-])[^<>]*>([^<]*)</""")


def marked_headings(stream: BinaryIO) -> list[str] | None:
    """The different headings of a page of known classes, from its bytes; None where not every block has a plain one.

    A page of messages is gone through twice, first for who wrote in it: so that this costs little.
    """
    names: dict[bytes, None] = {}
    blocks = heads = 0
    rest = b""
    while chunk := stream.read(_HEAD):
        rest += chunk
        cut = len(rest) if len(chunk) < _HEAD else max(rest.rfind(b"_a6-g"), rest.rfind(b"uiBoxWhite"))
        cut = rest.rfind(b"<", 0, cut) if 0 <= cut < len(rest) else cut  # where a block begins: no heading is cut in two
        if cut < 0 and len(rest) > 4 * _HEAD:
            return None
        if cut > 0:
            found = _MARKED.findall(rest, 0, cut)
            names.update(dict.fromkeys(found))
            heads, blocks = heads + len(found), blocks + sum(1 for _ in _OPENING.finditer(rest, 0, cut))
            rest = rest[cut:]
    if rest or not blocks or heads < blocks - 1:  # one block may be the line of those who take part
        return None
    texts = (html.unescape(name.decode("utf-8", "replace")) for name in names)
    return list(dict.fromkeys(SPACES.sub(" ", text).strip() for text in texts))


def _all(pages: Pages, dateless: bool) -> Iterator[Group]:
    if not pages.head.strip():
        raise Broken("empty")
    if not _TAG.search(pages.head):
        raise Broken("no web page")
    if _CLASSED.search(pages.head):
        for element in markup.blocks(pages, _is_block):  # type: ignore[arg-type]
            yield from _divided(element)
    else:
        data = pages.read()
        while more := pages.read(_HEAD):
            data += more
            if len(data) > _WHOLE:
                raise Broken(TOO_LARGE)
        try:
            root = markup.document(data)
        except ValueError:
            root = None
        if root is not None:
            yield from _structured(_main(root), dateless)


_NO_DATA = re.compile(
    r"(?:you have )?no (?:data|information|content)\b|you (?:don.t|do not) have any|no\b.{1,60}\bto (?:show|display)|"
    r"(?:du hast )?keine (?:daten|informationen|inhalte)\b|(?:vous n.avez )?aucune? (?:donnée|information|contenu)|"
    r"no (?:tienes|hay) (?:datos|información|contenido)|(?:non hai|nessun) (?:dat[oi]|contenut[oi]|informazion)|"
    r"(?:você não tem|não tem|sem) (?:dados|informaç|conteúdo)|(?:je hebt )?geen (?:gegevens|informatie)|"
    r"(?:nie masz|brak) danych",
    re.I,
)


def _is_note(found: Block) -> bool:
    """Whether what looks like an entry is the page's own line: who takes part, or that there is nothing."""
    if found.date or found.pairs or found.media or len(found.lines) + bool(found.heading) != 1:
        return False
    said = found.heading or found.lines[0].text
    return is_people(said) or (len(said) < 200 and _NO_DATA.match(said) is not None)


def is_people(text: str) -> bool:
    """Whether a line says who takes part in a chat."""
    return _PEOPLE.match(text) is not None


def is_empty(head: bytes) -> bool:
    """Whether a page that begins so has nothing but its title, or the sentence that there is nothing."""
    try:
        main = _main(markup.document(head.replace(b"\0", b"")))
    except ValueError:
        return True
    for element in [e for e in main.iter() if e.tag in ("h1", "header", "nav", "title") or _has(e, _TITLES)]:
        if element is not main:
            element.clear(keep_tail=True)
    said = markup.words(main)
    return not said or (len(said) < 200 and _NO_DATA.match(said) is not None)


class Front(NamedTuple):
    """What a page of messages says before its messages: its title, and who takes part ("" and () where it does not say)."""

    title: str
    people: tuple[str, ...]


def front(head: bytes) -> Front:
    """The title and the "Participants:" line in the beginning of a page."""
    try:
        root = markup.document(head.replace(b"\0", b""))
    except ValueError:
        return Front("", ())
    title = root.find(".//title")
    people: tuple[str, ...] = ()
    blocks = 0
    for element in root.iter():
        own = element.text if isinstance(element.tag, str) and element.tag not in SILENT else None
        if own and (m := _PEOPLE.match(own)):
            said = _PEOPLE.match(SPACES.sub(" ", markup.words(element)))
            people = tuple(name for n in _LAST_OF.split((said or m)[1].split("\n", 1)[0]) if (name := n.strip()))
            break
        if _is_block(element):
            blocks += 1
            if blocks > 1:  # the line may have a block of its own, the first one
                break
    return Front((title.text or "").strip() if title is not None else "", people)


def _is_block(element: Element) -> bool:
    return _has(element, BLOCKS)


def _has(element: Element, tokens: frozenset[str]) -> bool:
    classes = element.get("class") if isinstance(element.tag, str) else None
    return classes is not None and not tokens.isdisjoint(classes.split())


def _main(root: Element) -> Element:
    """The part of the page that is no chrome."""
    for element in root.iter():
        if isinstance(element.tag, str) and (element.get("role") == "main" or element.tag == "main"):
            return element
    for element in root.iter():
        if _has(element, frozenset(("_a706", "_4t5n"))):
            return element
    found = root.find("body")
    return root if found is None else found


_MAYBE_DATES = etree.XPath("descendant-or-self::*[contains(@class, '_a72d') or contains(@class, '_2lem')]")


def _divided(element: Element) -> Iterator[Group]:
    """A block as one entry, or as several where it holds several with a heading and a date of their own."""
    dates = [e for e in _MAYBE_DATES(element) if _has(e, DATES)]
    heads = len(dates) > 1 and sum(e.tag in HEAD_TAGS or _has(e, HEADS) for e in element.iter())
    if len(dates) > 1 and heads > 1:
        yield from _grouped(_common(dates), dates)
    else:
        yield [element]


def _common(elements: list[Element]) -> Element:
    """The innermost element that all these lie in; they are in the page's order, so the first and the last decide."""
    above = {elements[0], *elements[0].iterancestors()}
    last = elements[-1]
    return next((e for e in (last, *last.iterancestors()) if e in above), last)


def _structured(main: Element, dateless: bool) -> Iterator[Group]:
    """Entries by structure alone: every date line closes one."""
    dates = list(_dates(main))
    if len(dates) > 1:
        yield from _grouped(_common(dates), dates)
        return
    node = branching(main)
    if dates:
        yield from _grouped(node, dates)
    elif any(True for _ in node.iter("table")):
        yield [node]
    elif dateless:
        children = [child for child in node if told(child) and child.tag not in ("h1", "header")]
        yield from ([child] for child in children) if children else iter(([node],) if told(node) else ())


def _dates(main: Element) -> Iterator[Element]:
    """The date lines of a page, those in tables and chrome left out."""
    stack = [main]
    while stack:
        element = stack.pop()
        if isinstance(element.tag, str) and element.tag not in ("td", "th") and element.tag not in SILENT:
            if _is_date(element):
                yield element
            stack.extend(reversed(element))


def _is_date(element: Element) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in ("body", "html"):
        return False
    if len(element) > 3 or any(child.tag not in INLINE and child.tag != "br" for child in element):
        return False
    said = "".join(element.itertext())
    if len(said) > 80 or from_page(SPACES.sub(" ", said).strip()) is None:
        return False
    if tag in INLINE and (element.getparent().text or "").strip():
        return False  # a date within a sentence
    return not any(_is_date(child) for child in element)  # the innermost one


def _grouped(node: Element, dates: list[Element]) -> Iterator[Group]:
    """The children of a box as entries: a child with a date and other words is one, a date alone closes those before it."""
    known = set(dates)
    closing = {child for child in node if any(e in known for e in child.iter())}
    before: Group = []
    for child in node:
        if child not in closing:
            if told(child) and child.tag != "h1" and not _PEOPLE.match("".join(child.itertext())):
                before.append(child)
            continue
        if from_page(SPACES.sub(" ", "".join(child.itertext())).strip()) is not None:
            yield [*before, child]
        else:
            yield [child]
        before = []
