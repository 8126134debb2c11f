"""HTML as text. Whatever an archive's page holds comes out as words and addresses; nothing of it is ever shown as a page.

lxml reads broken pages as browsers do. No entity is resolved from outside and no address is fetched.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from lxml import etree

CHUNK = 1 << 16
_BLOCK = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
        "h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul",
    )
)
_PARAGRAPH = frozenset(("p", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre"))  # a blank line between two of these
_SILENT = frozenset(("script", "style", "head", "template", "noscript", "iframe", "object", "svg"))
_STYLE = re.compile(rb"<style\b.*?(?:</style\s*>|$)", re.IGNORECASE | re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_ODD_SPACE = re.compile(r"[\t\r\f]")
_TAG = re.compile(r"<[a-zA-Z/!]|&[#\w]")


class NoPage(ValueError):
    """What should be a page holds no element at all."""


Element = Any  # lxml ships no types


def document(data: bytes) -> Element:
    """The root element of an HTML page (UTF-8 unless it says otherwise). Raises NoPage for what holds no element."""
    parser = etree.HTMLParser(encoding=_encoding(data), no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError:
        root = None
    if root is None:
        raise NoPage("no page")
    return root


def _encoding(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    said = re.search(rb"charset=[\"']?([\w-]+)", data[:2048])
    return said[1].decode("ascii") if said and said[1].lower() in (b"iso-8859-1", b"windows-1252") else "utf-8"


def unstyled(head: bytes) -> bytes:
    """The beginning of a page without its style sheets, which can be its first some hundred KB."""
    return _STYLE.sub(b"", head)


def blocks(stream: BinaryIO, wanted: Callable[[Element], bool]) -> Iterator[Element]:
    """Each wanted element of a long page, whole, in bounded memory: what has been given out is dropped.

    Raises NoPage when it is empty.

    `wanted` sees an element's tag and attributes only; an element inside a wanted one belongs to it.
    """
    first = stream.read(CHUNK)
    if not first.strip():
        raise NoPage("no page")
    parser = etree.HTMLPullParser(
        events=("start", "end"),
        encoding=_encoding(first),
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    inside: Element | None = None
    chunk = first
    while True:
        if chunk:
            parser.feed(chunk)
        else:
            try:
                parser.close()
            except etree.LxmlError:
                return  # nothing but space
        for event, element in parser.read_events():
            if event == "start":
                if inside is None and isinstance(element.tag, str) and wanted(element):
                    inside = element
            elif element is inside:
                yield element
                inside = None
                _drop(element)
            elif inside is None:
                _drop(element)
        if not chunk:
            return
        chunk = stream.read(CHUNK)


def _drop(element: Element) -> None:
    """Let go of an element's contents and of its earlier siblings, which are done with."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def words(element: Element) -> str:
    """The text of an element as a reader sees it: lines where the page breaks them, spaces as one, no script or style."""
    parts: list[str] = []
    _collect(element, parts)
    text = "".join(parts)
    lines = [line.strip(" ") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n ")


def _collect(root: Element, parts: list[str]) -> None:
    """Text pieces of an element in order, without recursion: pages nest hundreds deep."""
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _SILENT:
                walk.skip_subtree()
                continue
            if tag == "br":
                parts.append("\n")
            elif tag in _BLOCK:
                _break(parts, 2 if tag in _PARAGRAPH else 1)
            if element.text:
                _add(parts, element.text)
        else:
            if tag in _BLOCK:
                _break(parts, 2 if tag in _PARAGRAPH else 1)
            if element is not root and element.tail:
                _add(parts, element.tail)


def _add(parts: list[str], text: str) -> None:
    if "\n" in text or "  " in text or _ODD_SPACE.search(text):
        text = _SPACE.sub(" ", text)
    if text[0] == " " and (not parts or parts[-1][-1:] in (" ", "\n")):
        text = text[1:]
    if text:
        parts.append(text)


def _break(parts: list[str], count: int) -> None:
    """At least `count` line ends at the end of what is there."""
    while parts and parts[-1].strip(" ") == "" and "\n" not in parts[-1]:
        parts.pop()
    if not parts:
        return
    have = 0
    for piece in reversed(parts):
        if piece.strip("\n"):
            break
        have += len(piece)
    if have < count:
        parts.append("\n" * (count - have))


def plain(fragment: str) -> str:
    """The words of an HTML fragment held in a string; text without a tag or entity is returned as it is."""
    if not _TAG.search(fragment):
        return fragment
    if "<" not in fragment:
        return html.unescape(fragment)
    try:
        return words(document(f"<div>{fragment}</div>".encode("utf-8", "replace")))
    except ValueError:
        return html.unescape(fragment)


def links(element: Element) -> tuple[str, ...]:
    """Web addresses that an element links to, in order, each once."""
    found = (a.get("href", "").strip() for a in element.iter("a"))
    return tuple(dict.fromkeys(href for href in found if href.lower().startswith(("http://", "https://"))))
