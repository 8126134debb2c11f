"""Text as the person saw it: repair of Meta's double encoding, entities.

Every function is total: any string in, a string out.
"""

from __future__ import annotations

from hashlib import blake2b

# C1 controls and no-break space: the bytes 0x85 and 0xA0 of a double-encoded letter look like white space to Python,
# so `repair` must run before any strip, split or collapse (facebook, instagram: "à" and "…" were lost for good otherwise).


def repair(text: str) -> str:
    """Return the text with UTF-8-read-as-Latin-1 undone once; text that is not such is returned unchanged.

    Meta's JSON writes every UTF-8 byte as its own code point. Lossless: the repair is kept only when every code point is
    at most U+00FF and the bytes are strictly valid UTF-8.
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def unescape_basic(text: str) -> str:
    """Undo `&lt;`, `&gt;` and `&amp;` once (all that X escapes); other ampersands stay as the person typed them.

    Raises TypeError for what is no text: an export of an odd shape must not pass for words.
    """
    if not isinstance(text, str):
        raise TypeError
    if "&" not in text:
        return text
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def clip(text: str, length: int = 80) -> str:
    """Return the first words of a text on one line, at most `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def digest(*parts: str | None, size: int = 8) -> str:
    """Return `2 * size` hex digits that stand for these words in a key: where there is no id, or a key may not hold them."""
    return blake2b("\x1f".join([part or "" for part in parts]).encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()
