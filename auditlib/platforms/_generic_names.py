"""Which column, key or class holds what, guessed from its name; what a guess took for what is always told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from auditlib.csvtable import plain

FIELDS = ("text", "date", "link", "title", "author", "kind", "id")
SAID = {
    "text": "the words", "date": "the date", "link": "the address", "title": "the title", "author": "who wrote it",
    "kind": "what it is", "id": "its number",
}  # fmt: skip
# The best names first. Compared as csvtable.plain makes them, camelCase taken apart.
_NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "post text", "body", "text", "content", "post content", "post body", "message text", "message body", "comment text",
        "comment body", "message", "comment", "post", "contents", "review text", "review", "reply", "description", "caption",
        "body text", "raw", "post raw", "markdown", "bbcode", "html", "note", "status", "answer", "what you wrote",
    ),
    "date": (
        "posted", "posted at", "posted on", "date posted", "post date", "created at", "created", "created on", "date created",
        "date", "date time", "datetime", "timestamp", "time", "published", "published at", "publish date", "sent", "sent at",
        "submitted", "submitted at", "post time", "created utc", "created time", "creation date", "date and time", "added",
        "written", "when", "dateline", "post time",
    ),
    "link": ("permalink", "link", "url", "post url", "address", "uri", "href", "web address", "post link", "page"),
    "title": ("title", "subject", "topic", "topic title", "thread title", "thread", "headline", "discussion", "post title"),
    "author": (
        "author", "username", "user name", "user", "posted by", "poster", "author name", "from", "sender", "by", "nickname",
        "screen name", "display name", "handle",
    ),
    "kind": ("kind", "type", "post type", "item type"),
    "id": ("id", "post id", "comment id", "message id", "guid", "uuid", "number"),
}  # fmt: skip
# A name that holds one of these words, where no name is the whole of the above.
_WORDS: dict[str, re.Pattern[str]] = {
    "text": re.compile(r"\b(?:body|text|content|contents|message|comment)\b(?!.*\b(?:id|count|url|date|type|author|by)\b)"),
    "date": re.compile(r"\b(?:date|posted|created|timestamp|published)\b(?!.*\b(?:by|count|id)\b)"),
    "link": re.compile(r"\b(?:permalink|url|link|href)\b(?!.*\b(?:image|avatar|photo|picture|icon)\b)"),
}
_LONGEST = 60  # characters of a name: what is longer is no name but words
_MOST_WORDS = 4
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ASIDE = re.compile(r"\([^)]*\)")


def compared(name: str) -> str:
    """A name as names are compared here; of a dotted path its last part."""
    return plain(_CAMEL.sub(" ", _ASIDE.sub("", name.rpartition(".")[2])))


def guess(names: Sequence[str]) -> dict[str, str]:
    """Which of these names holds which field; a name serves one field. Empty where no name looks like words."""
    left = {name: compared(name) for name in names if name.strip() and len(name) <= _LONGEST}
    found: dict[str, str] = {}
    for field in FIELDS:
        name = _exact(left, _NAMES[field])
        if name is not None:
            found[field] = name
            del left[name]
    for field, pattern in _WORDS.items():
        name = next((n for n, c in left.items() if c.count(" ") < _MOST_WORDS and pattern.search(c)), None)
        if field not in found and name is not None:
            found[field] = name
            del left[name]
    return found if "text" in found else {}


def _exact(left: dict[str, str], wanted: Iterable[str]) -> str | None:
    for one in wanted:
        for name, as_compared in left.items():
            if as_compared == one:
                return name
    return None


def is_sure(found: dict[str, str]) -> bool:
    """Whether a guess is good enough to read a file by: words, and a date or an address beside them."""
    return "text" in found and ("date" in found or "link" in found)


def chosen(names: Sequence[str], answers: dict[str, str]) -> dict[str, str]:
    """The person's own choice, completed by a guess; a chosen name that is not there is left out."""
    by_compared = {plain(name): name for name in reversed(names)}
    picked = {f: by_compared[plain(n)] for f, n in answers.items() if f in FIELDS and plain(n) in by_compared}
    rest = guess([name for name in names if name not in picked.values()]) if "text" not in picked else _more(names, picked)
    return {f: n for f, n in rest.items() if f not in picked} | picked


def _more(names: Sequence[str], picked: dict[str, str]) -> dict[str, str]:
    """Guesses for the other fields, where the person said which name holds the words."""
    left = [name for name in names if name not in picked.values()]
    found = guess([*left, "text"])
    return {f: n for f, n in found.items() if f != "text" and n in left}


def told(found: dict[str, str]) -> str:
    """What was taken for what, as a part of a sentence."""
    parts = [f"\u201c{found[f]}\u201d for {SAID[f]}" for f in FIELDS if f in found]
    return ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1] if parts else ""
