"""The HTML body of a blog post as words, links and pictures."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

from auditlib.archive import MAX_HELD
from auditlib.errors import UnsafeArchive
from auditlib.jsonstream import BadElement, Broken
from auditlib.markup import document, links, words
from auditlib.reading import Account
from auditlib.records import Media, Record
from auditlib.ways import Stream

_KINDS = {"img": "photo", "video": "video", "audio": "audio"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WEB = ("http://", "https://")


class Body(NamedTuple):
    """What a reader of the post sees; `media` in the order in which it stands there."""

    text: str = ""
    links: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()


def of_html(fragment: str) -> Body:
    """The body in a string of HTML."""
    if "<" not in fragment:
        text = (_SPACE.sub(" ", fragment) if "\n" in fragment or "  " in fragment or "\t" in fragment else fragment).strip()
        return Body(html.unescape(text) if "&" in text else text)
    try:
        return of_element(document(f"<div>{fragment}</div>".encode("utf-8", "replace")))
    except ValueError:
        return Body(html.unescape(fragment).strip())


def of_element(root: Any, files: dict[str, str] | None = None) -> Body:
    """The body in an element. `files`: name of a file -> its path in the export, for pictures that were exported too."""
    media: list[Media] = []
    embedded: list[str] = []
    emoji = []
    for element in root.iter("img", "video", "audio", "iframe"):
        address = (element.get("src") or "").strip()
        if element.tag == "iframe":  # a film or a post of another site
            embedded.append(f"https:{address}" if address.startswith("//") else address)
            continue
        alt = (element.get("alt") or "").strip() or None
        if element.tag == "img" and re.search(r"emoji|smiley", element.get("class") or ""):
            emoji.append((element, alt or ""))
            continue
        path = (files or {}).get(address.rsplit("/", 1)[-1]) if address else None
        media.append(Media(path, _KINDS[element.tag], alt, _caption(element)))
    for element, alt in emoji:
        element.tail = alt + (element.tail or "")
    found = (*links(root), *(e for e in embedded if e.lower().startswith(_WEB)))
    return Body(words(root), tuple(dict.fromkeys(found)), tuple(media))


def is_small(element: Any, most: int) -> bool:
    """Whether an element holds fewer others than this: where tags are not closed one holds all that follow."""
    return next(islice(element.iter(), most, None), None) is None


def tagged(text: str, names: Iterable[str]) -> str:
    """The text with the tags that readers see under it as its last line, each as `#name`."""
    shown = " ".join(f"#{name}" for name in dict.fromkeys(" ".join(n.split()) for n in names) if name)
    return f"{text}\n\n{shown}".strip() if shown else text


def _caption(element: Any) -> str | None:
    """The caption of the figure that a picture stands in."""
    for around in element.iterancestors():
        if around.tag == "figure":
            for below in around.iter("figcaption"):
                return (words(below) or None) if is_small(below, 300) else None
            return None
    return None


def page(function: Callable[[Any, Any], Iterable[Record]]) -> Stream:
    """A way to read pages that always end in `</html>`: as ways.Page, but one that is empty or cut off says so.

    What could be read of it is told first.
    """

    def whole(stream: BinaryIO, account: Account) -> Iterator[Record | BadElement]:
        data = stream.read(MAX_HELD + 1)
        if len(data) > MAX_HELD:
            raise UnsafeArchive("too large a page")
        if not data.strip():
            raise Broken("empty")
        yield from function(document(data), account)
        if b"</html>" not in data[-256:].lower():
            raise Broken("cut off")

    return Stream(whole)
