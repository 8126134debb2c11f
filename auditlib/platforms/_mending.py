"""A malformed XML file as text that a forgiving parser takes: what a blog export gets wrong, put right as it streams past.

Seen in real exports: control characters, bytes of Windows-1252 among UTF-8, `]]>` inside CDATA, bare `&` and `<`, HTML's named
entities, and lines of a server's warnings or white space before the first element.
"""

from __future__ import annotations

import codecs
import html.entities
import re
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 16
HELD = 4096  # characters of an unfinished tag or entity kept back; a longer one is no tag
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORBIDDEN_REF = re.compile(
    r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef]|d[89a-f][0-9a-f]{2})|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.IGNORECASE
)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)(?:(\w{2,31});)?")
_BARE = re.compile(r"<(?![A-Za-z_/!?])")
_OPENER = re.compile(r"<([^\s<>/!?]+)[^<>]*>\s*$")
_CLOSER = re.compile(r"\s*</([^\s<>/]+)\s*>")
_FIRST = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_ESCAPED = re.compile("[\udc80-\udcff]")  # what a byte that is no UTF-8 was decoded to
_BYTES = {0xDC00 + b: bytes((b,)).decode("cp1252", "replace") for b in range(0x80, 0x100)}
_PREFIXES = (
    ("wp", "http://wordpress.org/export/1.2/"),
    ("excerpt", "http://wordpress.org/export/1.2/excerpt/"),
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("blogger", "http://schemas.google.com/blogger/2018"),
    ("thr", "http://purl.org/syndication/thread/1.0"),
    ("app", "http://purl.org/atom/app#"),
)
_START, _END = "<![CDATA[", "]]>"


class Mended:
    """UTF-8 chunks of the mended text, without the XML declaration. Iterate once; then `ended` and `more` tell how it ends."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._name: str | None = None  # the element whose CDATA is open
        self._inside = False
        self._tail = ""
        self.doctype = False
        self.blank = True
        self.more = False

    def ended(self, root: str) -> bool:
        """Whether the root's end tag was met."""
        found = list(re.finditer(rf"</(?:\w+:)?{root}\s*>", self._tail))
        if found:
            self.more = bool(re.sub(r"<!--.*?-->", "", self._tail[found[-1].end() :], flags=re.DOTALL).strip())
        return bool(found)

    def __iter__(self) -> Iterator[bytes]:
        held, begun = "", False
        for text, last in self._texts():
            held += text
            if not begun:
                found = _FIRST.search(held)
                if (found is None or ">" not in held[found.start() :]) and not last and len(held) < (1 << 20):
                    continue  # until the root's start tag is whole
                begun = True
                before, held = (held[: found.start()], held[found.start() :]) if found else ("", held)
                self.doctype = "<!DOCTYPE" in before or "<!ENTITY" in before
                self.blank = not held.strip()
                held = _declared(held)
            pieces: list[str] = []
            at = 0
            while at < len(held):
                following = self._inner(held, at, last, pieces) if self._inside else self._outer(held, at, last, pieces)
                if following == at:
                    break  # more must be read first
                at = following
            held = held[at:]
            out = "".join(pieces)
            if out:
                self._tail = (self._tail + out)[-HELD:] if len(out) < HELD else out[-HELD:]
                yield out.encode("utf-8", "replace")

    def _texts(self) -> Iterator[tuple[str, bool]]:
        """Decoded pieces, and whether each is the last."""
        chunk = self._stream.read(CHUNK)
        name = _encoding(chunk)
        decoder = codecs.getincrementaldecoder(name)("surrogateescape" if name.startswith("utf-8") else "replace")
        while chunk:
            following = self._stream.read(CHUNK)
            text = decoder.decode(chunk, not following)
            if not text.isascii() and _ESCAPED.search(text):
                text = text.translate(_BYTES)
            yield _FORBIDDEN.sub("", text), not following
            chunk = following

    def _outer(self, held: str, start: int, last: bool, pieces: list[str]) -> int:
        """Mends what lies outside CDATA from `start` on, and says up to where."""
        at = held.find(_START, start)
        if at >= 0:
            opener = _OPENER.search(held, max(start, at - 256), at)
            self._name = opener[1] if opener else self._name
            self._inside = True
            pieces += (self._plain(held[start:at]), _START)
            return at + len(_START)
        end = len(held)
        if not last:
            from_here = max(start, end - HELD)
            cut = max(held.rfind("<", from_here), held.rfind("&", from_here))
            end = cut if cut >= 0 else end
        pieces.append(self._plain(held[start:end]))
        return end

    def _plain(self, text: str) -> str:
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            self.doctype = True
        if "&" in text:
            text = _AMPERSAND.sub(_entity, _FORBIDDEN_REF.sub("", text))
        text = _BARE.sub("&lt;", text)
        return text.replace(_END, "]]&gt;") if _END in text else text

    def _inner(self, held: str, start: int, last: bool, pieces: list[str]) -> int:
        """The same inside CDATA: `]]>` ends it only where its element ends too, or another CDATA follows at once."""
        at = held.find(_END, start)
        if at < 0:
            end = len(held) if last else max(start, len(held) - 2)
            pieces.append(held[start:end])
            return end
        after = at + len(_END)
        if len(held) - after < HELD and not last:
            pieces.append(held[start:at])
            return at
        name = self._name
        closing = _CLOSER.match(held, after)
        if held.startswith(_START, after) or (closing and closing[1] == (name or closing[1])) or after == len(held):
            self._inside = False
            pieces.append(held[start:after])
        else:
            pieces.append(f"{held[start:at]}]]]]><![CDATA[>")
        return after


def _declared(text: str) -> str:
    """The text with the usual prefixes declared on its root where the file forgot to."""
    end = text.find(">")
    missing = "".join(f' xmlns:{p}="{a}"' for p, a in _PREFIXES if f"xmlns:{p}=" not in text[: end + 1])
    root = _FIRST.match(text)
    return f"{text[: root.end() - 1]}{missing}{text[root.end() - 1 :]}" if root and missing else text


def _entity(match: re.Match[str]) -> str:
    """A named entity of HTML as its character; any other ampersand as one that was meant."""
    known = html.entities.html5.get(f"{match[1]};") if match[1] else None
    return known if known and known not in "<&" else "&amp;" + match[0][1:]


def _encoding(head: bytes) -> str:
    """The encoding a file's beginning tells, utf-8 where it tells none or one that is not known."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if head[:3] == b"\xef\xbb\xbf":
        return "utf-8-sig"
    found = _DECLARED.search(head[:4096])
    if found is None:
        return "utf-8"
    try:
        name = codecs.lookup(found[1].decode("ascii", "replace")).name
    except LookupError:
        return "utf-8"
    return name if name in ("iso8859-1", "cp1252", "iso8859-15") else "utf-8"
