"""Blog exports in XML (WordPress's RSS, Blogger's Atom): one entry after another, in bounded memory.

Read strictly by defusedxml first. Where the file is malformed it is read again from the start, mended on the way (`_mending`),
by lxml in its forgiving mode; what was told before is not told twice. A document type or entities of the file's own are
refused: no blog export has them, and they are how a file makes its reader swell or fetch things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError
from lxml import etree

from auditlib.archive import READ_ERRORS
from auditlib.errors import UnsafeArchive
from auditlib.jsonstream import Broken
from auditlib.platforms._mending import Mended
from auditlib.reading import Account
from auditlib.ways import NotKnown

CHUNK = 1 << 16  # bytes parsed at a time
MAX_ENTRY = 64 << 20  # bytes of one entry with its comments; real ones stay far below
MAX_NODES = 500_000  # elements of one entry
MAX_DEPTH = 200  # elements inside each other
REFUSED = (
    "it declares a document type or entities of its own, which no blog export does: for safety it was not read. "
    "Export the blog again, or look at it by hand"
)
_LEVELS = {"rss": 3, "RDF": 2, "feed": 2}  # how deep the entries lie below each kind of root
_KNOWN = 4096  # different element names remembered


class Node:
    """One element: `tag` as `prefix:name` (see `short`), `attrib`, its own text, and the elements inside it."""

    __slots__ = ("attrib", "children", "parts", "raw", "tag")

    def __init__(self, tag: str, raw: str, attrib: Any) -> None:
        self.tag, self.raw, self.attrib = tag, raw, attrib
        self.parts: list[str] = []
        self.children: list[Node] = []

    @property
    def text(self) -> str:
        """Its own characters, as they are."""
        return "".join(self.parts)

    def first(self, tag: str) -> Node | None:
        """The first element of this name directly inside it, or None."""
        for child in self.children:
            if child.tag == tag:
                return child
        return None

    def get(self, tag: str) -> str:
        """The trimmed text of the first element of this name directly inside it; "" when there is none."""
        node = self.first(tag)
        return "".join(node.parts).strip() if node is not None else ""

    def all(self, tag: str) -> list[Node]:
        """Every element of this name directly inside it."""
        return [child for child in self.children if child.tag == tag]


def short(tag: str) -> str:
    """`address}name` -> `prefix:name` with the usual prefix of the address, whatever the file calls it.

    The address of WordPress's namespace holds the version of the export, so only its beginning counts; content and excerpt
    share the name `encoded` and are told apart by their addresses. Where a file forgot to declare a prefix it stands as it is.
    """
    address, brace, name = tag.rpartition("}")
    if not brace:
        return tag
    low = address.lower().rstrip("/")
    if "wordpress.org/export/" in low:
        return f"{'excerpt' if low.endswith('/excerpt') else 'wp'}:{name}"
    for beginning, prefix in _ADDRESSES:
        if low.startswith(beginning):
            return f"{prefix}{name}"
    return f"?:{name}"


_ADDRESSES = (
    ("http://www.w3.org/2005/atom", ""),
    ("http://purl.org/atom/ns", ""),
    ("http://purl.org/rss/1.0/modules/content", "content:"),
    ("http://purl.org/dc/elements", "dc:"),
    ("http://schemas.google.com/blogger/", "blogger:"),
    ("http://purl.org/syndication/thread/", "thr:"),
    ("http://purl.org/atom/app", "app:"),
    ("http://www.w3.org/2007/app", "app:"),
    ("http://schemas.google.com/g/2005", "gd:"),
    ("http://www.georss.org/georss", "georss:"),
    ("http://www.w3.org/1999/xhtml", "html:"),
)
# Elements whose content is a page's HTML: what is not escaped in them (Atom's xhtml, a broken CDATA) is put back as it was.
_VERBATIM = frozenset(("content:encoded", "excerpt:encoded", "content", "summary"))
# No part of a page's HTML: where one of these begins, the content of a broken file ended before.
_OUTER = frozenset(("item", "entry", "published", "updated", "author", "category", "pubDate", "guid"))
_ENTRIES = frozenset(("item", "entry"))
_VOID = frozenset(("br", "img", "hr", "input", "wbr"))


class Entries:
    """What both parsers feed: gathers the elements at the level of entries and hands them out complete."""

    def __init__(self) -> None:
        self.done: list[Node] = []
        self.root = ""
        self.closed = False  # the root has ended
        self._level = 0
        self._depth = 0
        self._count = 0
        self._stack: list[Node] = []
        self._inside: list[str] = []  # elements open inside one whose content is HTML
        self._names: dict[str, str] = {}

    def start(self, raw: str, attrib: Any) -> None:
        """An element begins; `raw` is `address}name`."""
        depth = self._depth = self._depth + 1
        if depth < self._level or not self._level:
            if depth == 1:
                self.root = raw.rpartition("}")[2]
                self._level = _LEVELS.get(self.root, 0)
                if not self._level:
                    raise NotKnown("an XML file of another kind, not the export of a blog")
            return
        tag = self._names.get(raw)
        if tag is None:
            tag = short(raw)
            if len(self._names) < _KNOWN:
                self._names[raw] = tag
        node = Node(tag, raw, attrib)
        stack = self._stack
        if stack:
            around = stack[-1]
            if (self._inside or around.tag in _VERBATIM) and self._nested(tag, attrib):
                return
            if tag in _ENTRIES:  # of a broken file: the entry before never ended
                self.done.append(stack[0])
                stack.clear()
            else:
                stack[-1].children.append(node)
            self._count += 1
            if self._count > MAX_NODES or depth > MAX_DEPTH:
                raise Broken("too large an entry")
        stack.append(node)

    def _nested(self, tag: str, attrib: Any) -> bool:
        """An element inside HTML content, put back as HTML; one that cannot be part of a page ends that content."""
        prefix, _, name = tag.rpartition(":")
        if prefix in ("", "?", "html") and tag not in _OUTER:
            if len(self._inside) > MAX_DEPTH:
                raise Broken("too deep")
            self._inside.append(tag)
            said = "".join(f' {k}="{_quoted(str(v))}"' for k, v in dict(attrib).items() if "}" not in k)
            self._stack[-1].parts.append(f"<{name}{said}>")
            return True
        self._inside.clear()
        while len(self._stack) > 1:
            if self._stack.pop().tag in _VERBATIM:
                break
        return False

    def end(self, raw: str) -> None:
        """An element ends; in a broken file perhaps not the one opened last."""
        self._depth -= 1
        if self._depth == 0:
            self.closed = True
        stack = self._stack
        if not stack:
            return
        if self._inside:
            tag = self._names.get(raw, raw)
            if self._inside[-1] == tag:
                self._inside.pop()
                name = tag.rpartition(":")[2]
                if name not in _VOID:
                    stack[-1].parts.append(f"</{name}>")
                return
            self._inside.clear()
        if stack[-1].raw != raw:
            if not any(node.raw == raw for node in stack):
                return
            while stack[-1].raw != raw:
                stack.pop()
        node = stack.pop()
        if not stack:
            self.done.append(node)
            self._count = 0

    def data(self, text: str) -> None:
        """Characters."""
        if self._stack:
            node = self._stack[-1]
            if self._inside or node.attrib.get("type") == "xhtml":
                text = _quoted(text)
            node.parts.append(text)

    def comment(self, text: str) -> None:
        """A comment: part of a page's HTML at most."""

    def pi(self, target: str, data: str | None = None) -> None:
        """A processing instruction: nothing."""

    def doctype(self, *_: object) -> None:
        """A document type, met in the forgiving mode."""
        raise NotKnown(REFUSED)

    def close(self) -> None:
        """The document ends."""

    def take(self) -> list[Node]:
        """The entries that are complete, once."""
        done, self.done = self.done, []
        return done


class _Forgiving(Entries):
    """As lxml tells it: `{address}name`."""

    def start(self, raw: str, attrib: Any) -> None:
        """An element begins."""
        super().start(raw.lstrip("{"), attrib)

    def end(self, raw: str) -> None:
        """An element ends."""
        super().end(raw.lstrip("{"))


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


class _Cut(Exception):
    """The file stops before its end."""


def entries(stream: BinaryIO, account: Account, path: str, repaired: Callable[[], None] | None = None) -> Iterator[Node]:
    """Each element at the level of entries (channel facts included), complete; `stream` is the member at `path`, opened.

    `repaired` is called once when the file had to be mended. Raises Broken for what is empty, cut off, or no longer to be
    read, and NotKnown for what is refused or no feed at all.
    """
    told = 0
    try:
        for node in _strictly(stream):
            told += 1
            yield node
        return
    except DefusedXmlException:
        raise NotKnown(REFUSED) from None
    except _Cut:
        raise Broken("cut off") from None
    except (ParseError, ValueError, LookupError):  # the latter two: an encoding that expat does not have
        pass
    with account.tree.open(path) as again:
        first = True
        for number, node in enumerate(_forgivingly(again)):
            if first and repaired is not None:
                repaired()
            first = False
            if number >= told:
                yield node
        if first:
            raise Broken("not well formed")


def _strictly(stream: BinaryIO) -> Iterator[Node]:
    """By defusedxml. Raises ParseError where the file is malformed, _Cut where it only stops too early."""
    target = Entries()
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    # straight from expat: the layer in between doubles the cost of an element (its guards against entities stay in place)
    parser.parser.StartElementHandler = target.start
    parser.parser.EndElementHandler = target.end
    parser.parser.ordered_attributes = False
    size, blank = 0, True
    while chunk := stream.read(CHUNK):
        parser.feed(chunk)
        blank = blank and not chunk.strip(b"\xef\xbb\xbf \t\r\n\0")
        size += len(chunk)
        if target.done:
            size = 0
            yield from target.take()
        elif size > MAX_ENTRY:
            raise Broken("too large an entry")
    if blank:
        raise Broken("empty")
    try:
        parser.close()
    except ParseError:
        raise _Cut from None
    yield from target.take()


def _forgivingly(stream: BinaryIO) -> Iterator[Node]:
    """By lxml, from text mended on the way. Raises Broken where the file stops too early."""
    target = _Forgiving()
    parser = etree.XMLParser(
        target=target, recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, encoding="utf-8"
    )
    mended = Mended(stream)
    size = 0
    for chunk in mended:
        if mended.doctype:
            raise NotKnown(REFUSED)
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError:
            raise Broken("not well formed") from None
        size += len(chunk)
        if target.done:
            size = 0
            yield from target.take()
        elif size > MAX_ENTRY:
            raise Broken("too large an entry")
    if not target.root:
        raise Broken("empty" if mended.blank else "no element in it")
    whole = mended.ended(target.root)
    if whole:
        try:
            parser.close()
        except etree.XMLSyntaxError:
            whole = False
        yield from target.take()
    if not whole:
        raise Broken("cut off")
    if mended.more:
        raise Broken("more after its end")


def preamble(account: Account, path: str, stop: tuple[str, ...], most: int = 20_000) -> list[Node]:
    """What stands before the first element named in `stop`: who wrote the blog and where it is. Never raises for a bad file."""
    found: list[Node] = []
    try:
        with account.tree.open(path) as stream:
            for node in entries(stream, account, path):
                if node.tag in stop or len(found) >= most:
                    break
                found.append(node)
    except (Broken, NotKnown, UnsafeArchive, *READ_ERRORS):
        return found
    return found


def host_and_path(address: str) -> tuple[str, str]:
    """The two parts of a web address; ("", "") for what is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return parts.netloc.lower(), parts.path
