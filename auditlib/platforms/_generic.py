"""What becomes of one post of a site nobody wrote a reader for, however its file was read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from auditlib.archive import READ_ERRORS
from auditlib.csvtable import plain
from auditlib.errors import UnsafeArchive
from auditlib.jsonstream import Broken
from auditlib.markup import document
from auditlib.markup import plain as words_of_fragment
from auditlib.platforms._generic_dates import Dates
from auditlib.platforms._generic_names import FIELDS, SAID, compared, told
from auditlib.platforms._quotes import own_words, quoted_apart
from auditlib.reading import RECORD_ERRORS, Account
from auditlib.records import Conversation, Item, Question, Quoted
from auditlib.text import digest

NAME = "generic"
_HTML = re.compile(
    r"^(?:<!doctype html|<html|<head|<body|<div|<table|<article|<section|<main|<ul|<ol|<h[1-6]|<!--)", re.IGNORECASE
)
_TAGS = re.compile(r"</?(?:p|br|div|a|b|i|u|em|strong|span|blockquote|ul|ol|li|img|pre|code|h[1-6])\b[^>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`]+")
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("message", re.compile(r"private|\b(?:pm|dm)\b|direct|chat|inbox|^messages?$", re.IGNORECASE)),
    ("comment", re.compile(r"comment", re.IGNORECASE)),
    ("review", re.compile(r"review", re.IGNORECASE)),
)
_DEEPEST = 4
_MOST_NAMES = 20
_MOST_OFFERED = 40  # names of columns among which to choose; of more the person types one
NO_COLUMN = "-"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Mapped(Account):
    """Makes items of texts by field (text, date, link, title, author, kind, id)."""

    platform = NAME

    def begin(self) -> None:
        """Nothing is known yet."""
        self.site = self.answers.columns.get("site", "").strip()
        self.era = self.site
        self.mapping: dict[str, dict[str, str]] = {}
        self.dates: dict[str, Dates] = {}
        self.authors: dict[str, Counter[str]] = {}  # by file
        self.offered: dict[str, None] = {}  # names of columns, keys or blocks to choose from
        self.undated = 0
        self.wordless = 0
        self.repeats: Counter[int] = Counter()
        self.mine = {name.strip().casefold() for name in self.me}

    def look_through(self, path: str, rows: Iterable[dict[str, str]]) -> None:
        """Take in every date and author of a file, as far as it can be read."""
        dates = self.dates[path] = Dates(self.answers.day_first)
        authors = self.authors[path] = Counter()
        try:
            for row in rows:
                dates.feed(row.get("date", ""))
                if author := row.get("author", "").strip():
                    authors[author] += 1
        except (Broken, UnsafeArchive, *READ_ERRORS, *RECORD_ERRORS):
            return

    def ask(self) -> None:
        """Tell what was taken for what; ask what the file does not say."""
        for path, found in self.mapping.items():
            base = path.rsplit("/", 1)[-1]
            if not self.answers.columns.get("text"):
                self.warnings.append(f"In {base} the audit took {told(found)}: if that is wrong, say which is which.")
            dates = self.dates.get(path)
            if dates is not None and not dates.settle() and dates.pair:
                self._ask_order(base, dates.pair)
        if not self.mapping:
            self.warnings.append(
                "The audit cannot tell which part of this file holds your words: say which column, key or block holds the "
                "words, the date and the link."
            )
            self._ask_column("text", "Which column, key or block holds the words you wrote?")
        elif any("date" not in found for found in self.mapping.values()) and "date" not in self.answers.columns:
            self._ask_column("date", "Which column, key or block holds the date?", ((NO_COLUMN, "None of them"),))
        for use, name in self.answers.columns.items():
            taken = {form for found in self.mapping.values() if use in found for form in _forms(found[use])}
            if self.mapping and use in FIELDS and name != NO_COLUMN and _forms(name).isdisjoint(taken):
                self.warnings.append(
                    f"Nothing here is called \u201c{name}\u201d, which you said holds {SAID[use]}: check how it is spelt."
                )
        unclear: Counter[str] = Counter()
        for authors in self.authors.values():
            if len(authors) > 1 and not any(self._is_mine(name) for name in authors):
                unclear.update(authors)
        if unclear:
            names = [name for name, _ in unclear.most_common(_MOST_NAMES)]
            self.questions.append(
                Question(id=f"{NAME}.owner", text="Which of these names is you?", options=tuple((n, n) for n in names))
            )
            self.warnings.append("Several people wrote what is in this file: say which name is yours, then look again.")

    def _ask_column(self, use: str, text: str, more: tuple[tuple[str, str], ...] = ()) -> None:
        names = tuple((name, name) for name in self.offered if name.strip())
        options = (*names, *more) if len(names) <= _MOST_OFFERED else ()
        self.questions.append(Question(id=f"{NAME}.column-{use}", text=text, options=options))

    def _is_mine(self, name: str) -> bool:
        return name.casefold() in self.mine

    def author_of(self, name: str) -> Any:
        """me, other, or None where nobody says who the person is: the one name in a file is the person's, as is no name."""
        authors = self.authors.get(self.member, Counter())
        if not name or self._is_mine(name):
            return "me"
        if any(self._is_mine(other) for other in authors):
            return "other"
        return "me" if len(authors) == 1 else None

    def _ask_order(self, base: str, pair: tuple[int, int]) -> None:
        first, second = pair
        day_first, month_first = f"{first} {_MONTHS[second - 1]}", f"{second} {_MONTHS[first - 1]}"
        if not any(q.id == f"{NAME}.day-order" for q in self.questions):
            self.questions.append(
                Question(
                    id=f"{NAME}.day-order",
                    text=f"In {base}, is {first}/{second} {day_first} or {month_first}?",
                    options=(("day-first", day_first), ("month-first", month_first)),
                )
            )
        self.warnings.append(
            f"The dates in {base} can be read in two ways: {first}/{second} is taken to be {day_first}. "
            f"If it is {month_first}, say so."
        )

    def worded(self, found: dict[str, str]) -> Iterator[Item]:
        """The item of an entry; one with a date or a number but no words (a picture, a blank post) is only counted."""
        if any(found.get(field, "").strip() for field in ("text", "title", "link")):
            yield self.made(found)
        elif any(value.strip() for value in found.values()):
            self.left_out(1)
        else:
            raise ValueError

    def made(self, found: dict[str, str]) -> Item:
        """The item of one post. Raises ValueError for one that holds nothing."""
        text, title, link = (found.get(field, "").strip() for field in ("text", "title", "link"))
        said_before = found.get("quoted", "")
        if not (text or title or link or said_before):
            raise ValueError
        said, author, kind = (found.get(field, "").strip() for field in ("date", "author", "kind"))
        text = text.replace("\r\n", "\n") if "\r" in text else text
        links = (*_ADDRESS.findall(text), *found.get("links", "").split()) if "://" in text or "links" in found else ()
        quoted = Quoted(None, found.get("quoted author") or None, said_before) if said_before else None
        if _TAGS.search(text):
            text, quoted = _own(text)
        if quoted is None:
            text, quoted = quoted_apart(text)
        dates = self.dates.get(self.member)
        at = dates.read(said) if dates is not None and said else None
        self.undated += bool(said) and at is None
        if not kind and (as_named := compared(self.mapping.get(self.member, {}).get("text", ""))) != "message":
            kind = as_named  # a column called "comment" or "review text"
        which: Any = next((name for name, pattern in _KINDS if kind and pattern.search(kind)), "post")
        url = link if link.startswith(("http://", "https://")) else None
        identifier = found.get("id", "").strip() or None
        return Item(
            platform=NAME,
            account=None,
            where=self.where,
            kind=which,
            key=self._key(identifier or "", link, said, title, text),
            id=identifier,
            at=at,
            title=(words_of_fragment(title) if _TAGS.search(title) else title) or None,
            text=text,
            author=self.author_of(author),
            author_name=author or None,
            audience="direct" if which == "message" else "unknown",
            quoted=quoted,
            conversation=Conversation(title or None, title or None, (), False) if which == "message" else None,
            links=tuple(dict.fromkeys(links)),
            url=url,
        )

    def _key(self, *parts: str) -> str:
        """The same for the same post in a newer file of the site; an exact repeat is counted."""
        base = re.sub(r"[\W\d_]+", "-", (self.site or self.member.rsplit("/", 1)[-1].rpartition(".")[0]).lower()).strip("-")
        words = digest(*parts)
        number = int(words, 16)  # a number takes less room than its digits: files hold a million posts
        self.repeats[number] += 1
        again = self.repeats[number]
        return f"{NAME}:{base}:{words}" + (f":{again}" if again > 1 else "")

    def left_out(self, count: int) -> None:
        """Remember entries that held no words."""
        self.wordless += count

    def finish(self) -> Iterator[Any]:
        """How many dates could not be read, and how many entries had no words."""
        if self.undated:
            self.warnings.append(
                f"{self.undated} {'date is' if self.undated == 1 else 'dates are'} in a form that this version does not know: "
                "those posts stand without one."
            )
        if self.wordless:
            held = "entry of the file holds" if self.wordless == 1 else "entries of the file hold"
            self.warnings.append(f"{self.wordless} {held} no words where they should be: look at the file by hand.")
        yield from ()


def _own(fragment: str) -> tuple[str, Quoted | None]:
    """Own words and what is quoted, of HTML in a cell."""
    if "<blockquote" not in fragment.lower() and "quote" not in fragment.lower():
        return words_of_fragment(fragment), None
    try:
        return own_words(document(f"<div>{fragment}</div>".encode("utf-8", "replace")))
    except ValueError:
        return words_of_fragment(fragment), None


def is_html(start: str) -> bool:
    """Whether a text begins as a web page does."""
    return bool(_HTML.match(start))


def _forms(name: str) -> set[str]:
    """How a name of a column, key or block may be written."""
    return {plain(name), compared(name), name.strip().lstrip(".#").lower()}


def named(row: dict[str, str], found: dict[str, str]) -> dict[str, str]:
    """The cells of a row by field."""
    return {field: row[name] for field, name in found.items() if name in row}


def values(element: Any, found: dict[str, str] | None = None) -> dict[str, str]:
    """The texts and numbers of a JSON element by dotted path; with `found`, those of its fields by field."""
    flat: dict[str, str] = {}
    _flatten(element, "", flat, 0)
    if found is None:
        return flat
    return {field: flat[path] for field, path in found.items() if path in flat}


def _flatten(value: Any, path: str, flat: dict[str, str], depth: int) -> None:
    if isinstance(value, dict) and depth < _DEEPEST:
        for key, inner in value.items():
            _flatten(inner, f"{path}.{key}" if path else str(key), flat, depth + 1)
    elif isinstance(value, str):
        flat[path] = value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        flat[path] = str(value)


def lists_in(document: Any) -> list[list[Any]]:
    """Every list of objects in a JSON document; lists inside such a list belong to its elements. An object alone is one."""
    return list(_lists(document, 0)) or [[document]]


def _lists(document: Any, depth: int) -> Iterator[list[Any]]:
    if isinstance(document, list):
        if any(isinstance(one, dict) for one in document):
            yield document
    elif isinstance(document, dict) and depth < _DEEPEST:
        for inner in document.values():
            yield from _lists(inner, depth + 1)
