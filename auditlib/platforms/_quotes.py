"""Forum posts repeat what they answer: other people's words, told apart from the person's own."""

from __future__ import annotations

import re
from typing import Any

from auditlib.markup import words
from auditlib.records import Quoted

_QUOTE = re.compile(r"\[quote(?:=[\"']?(?P<who>[^\]\"',]*)[^\]]*)?\](?P<text>(?:(?!\[quote)[\s\S])*?)\[/quote\]", re.IGNORECASE)
_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")
# phpBB, XenForo, vBulletin, MyBB, SMF, Discourse as pages
_BLOCKS = frozenset(
    ("quote", "quotebox", "quotecontent", "bbcode_quote", "bbcodeblock--quote", "mycode_quote", "bbc_standard_quote", "quoted")
)
_POST = re.compile(r"post|content|message|body", re.IGNORECASE)  # vBulletin's whole posts are block quotes of such a class
_HEADINGS = frozenset(("bbcode_postedby", "quoteheader", "topslice_quote", "bbcodeblock-title", "quotetitle"))
_WHO = re.compile(
    r"^(?:quote from:?\s*|originally posted by:?\s*)?(?P<who>[^\n:]{1,60}?)(?:\s+(?:on|at)\s[^\n]*)?"
    r"\s*(?:\b(?:wrote|said|posted)\b[^\n:]{0,40})?:?$",
    re.IGNORECASE,
)


def quoted_apart(text: str) -> tuple[str, Quoted | None]:
    """Own words without the `[quote]` blocks of others in them, and the outermost last of these."""
    if "[quote" not in text.lower():
        return text, None
    own, who, said = text, "", ""
    while found := _QUOTE.search(own):
        who, said = (found["who"] or "").strip(), found["text"].strip()
        own = own[: found.start()] + own[found.end() :]
    if own == text:
        return text, None
    return _GAP.sub("\n\n", own).strip(), Quoted(None, who or None, said or None)


def _is_quote(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return False
    named = element.get("class") or ""
    return not _BLOCKS.isdisjoint(named.lower().split()) or (element.tag == "blockquote" and not _POST.search(named))


def own_words(element: Any) -> tuple[str, Quoted | None]:
    """The words of a post on a page without the blocks in it that quote others, and the first of these. The blocks are taken
    out of the page."""
    found: Quoted | None = None
    for block in [e for e in element.iter() if e is not element and _is_quote(e)]:
        if any(
            _is_quote(above) for above in block.iterancestors() if above is not element and element in above.iterancestors()
        ):
            continue  # a quote in a quote goes with it
        who = _who(block)
        if found is None:
            found = Quoted(None, who, words(block) or None)
        _taken_out(block)
    if found is not None:  # SMF's headings stand before the quote
        for heading in [e for e in element.iter() if e is not element and _is_heading(e)]:
            _taken_out(heading)
    return words(element), found


def _is_heading(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return False
    return element.tag == "cite" or not _HEADINGS.isdisjoint((element.get("class") or "").lower().split())


def _who(block: Any) -> str | None:
    """Whom a block quotes, where it says so; the lines that do are taken out of it and of the quotes in it."""
    headings = [inner for inner in block.iter() if inner is not block and _is_heading(inner)]
    found = _WHO.match(words(headings[0])) if headings else None
    for heading in headings:
        _taken_out(heading)
    return found["who"].strip() if found else None


def _taken_out(element: Any) -> None:
    """Remove an element but not what stands behind it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail
    if parent is None:
        return
    if tail:
        if before is not None:
            before.tail = (before.tail or "") + "\n" + tail
        else:
            parent.text = (parent.text or "") + "\n" + tail
    element.tail = None
    parent.remove(element)
