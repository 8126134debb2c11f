"""Any other site: a CSV, JSON or HTML file of the person's posts that no reader was written for (phpBB, XenForo, Mumsnet...).

Such exports have no common form. Which column, key or class holds the words, the date and the address is what the person says
(`answers.columns`); without that it is guessed from the names, and what was taken for what is told. Only a file that the person
chose themselves is read this way, and only where no platform knows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, BinaryIO

from auditlib.archive import READ_ERRORS
from auditlib.csvtable import lines, plain, table
from auditlib.csvtable import rows as csv_rows
from auditlib.errors import UnsafeArchive
from auditlib.jsonstream import BadElement, Broken, batches, decoded
from auditlib.markup import document
from auditlib.platforms import _generic_pages as pages
from auditlib.platforms._generic import Mapped, is_html, lists_in, named, values
from auditlib.platforms._generic_names import chosen, compared, guess, is_sure
from auditlib.platforms._headings import delimiter_of, first_rows, text_of
from auditlib.reading import RECORD_ERRORS, Asking, Each, Page, Rows, Stream, Table, Unknown, Way, Whole, decode, guarded
from auditlib.records import Record

NAME, TITLE = "generic", "Another site"
MARKERS: tuple[re.Pattern[str], ...] = ()
ONE = True  # files of several sites lie together: none of them says whose it is
SITES: tuple[str, ...] = ()
FIND = "On the site, open your own posts and look for {day}."
NOT_HELD: tuple[str, ...] = ()
NOT_YET = (
    "stories", "reposts", "reactions", "friends", "followers", "following", "requests", "blocked", "address-book", "profile",
    "settings",
)  # fmt: skip
ASK = Asking(
    where="Usually the site's settings, under privacy, account or your data",
    steps=(
        "Look for a download or export of your posts; where there is none, write to the site and ask for a copy of your data.",
        "Give the file to the audit and say which column holds the words, the date and the address.",
        "Where you get nothing, search the web for site: with the forum's address and your user name, and look by hand.",
    ),
    choose="A CSV or JSON file if you can choose, else a web page; everything, not a range of dates.",
)
WHICH = (
    "nothing in it is named like words with a date or an address: say which column, key or block holds the words, the date "
    "and the link"
)
_LINES = re.compile(r"\.(?:ndjson|jsonl)$", re.IGNORECASE)
_TWO_OBJECTS = re.compile(r"^\s*\{[^\n]*\}[ \t\r]*\n\s*\{")
_FIRST_ROWS = 10  # rows among which the header may stand
_FIRST_ELEMENTS = 50
_MORE_ELEMENTS, _MOST_ELEMENTS = 2, 2000
_HELD = 8 << 20  # bytes of a JSON object that is held whole, so that lists deep in it are found too


def fits(head: bytes, name: str) -> bool:
    """Whether the first bytes of a file let its columns be guessed well enough: words, and a date or an address."""
    if not head.strip():
        return False
    start = text_of(head).lstrip()
    if start[:1] in ("[", "{"):
        keys = dict.fromkeys(re.findall(r'"([^"\\\n]{1,60})"\s*:', start))
        return is_sure(guess(list(keys)))
    if is_html(start):
        try:
            return is_sure(pages.mapping(document(head), {})[1])
        except ValueError:
            return False
    if start[:1] == "<" or name.lower().endswith((".xml", ".md", ".ics", ".vcf", ".mbox")):
        return False
    rows = first_rows(head, delimiter_of(head), _FIRST_ROWS)
    return any(len(row) > 1 and is_sure(guess(row)) for row in rows)


SNIFF = fits


class Reader(Mapped):
    """The files, what was taken for what in each, who wrote and which order dates have."""

    platform = NAME

    def begin(self) -> None:
        """Look at every file: its form, its names, its dates and its authors."""
        super().begin()
        for path in self.members:
            try:
                way = self._way(path)
            except (Broken, UnsafeArchive, *READ_ERRORS, *RECORD_ERRORS):
                continue  # reading it will say what is wrong
            self.ways[path] = way
        self.ask()

    def _way(self, path: str) -> Way:
        start = text_of(self.head_of(path)).lstrip()
        if start[:1] in ("[", "{"):
            return self._json(path, start)
        if is_html(start):
            return self._page(path)
        return self._table(path)

    def _learn(self, path: str, found: dict[str, str], rows: Callable[[], Iterable[dict[str, str]]]) -> None:
        """Keep what is taken for what, and look through all dates and authors of the file."""
        self.mapping[path] = found
        if "date" in found or "author" in found:
            self.look_through(path, rows())

    def _table(self, path: str) -> Way:
        with self.tree.open(path) as stream:
            first = next(csv_rows(stream), [])[:_FIRST_ROWS]
        columns = self.answers.columns
        widest: list[str] = max(first, key=len, default=[])
        self.offered |= dict.fromkeys(widest)
        for row in first:
            found = chosen(row, columns) if columns else guess(row)
            if "text" in found and (columns.get("text") or is_sure(found)):
                break
        else:
            return Unknown(WHICH)
        header = tuple(dict.fromkeys(plain(name) for name in found.values()))
        by_plain = {field: plain(name) for field, name in found.items()}

        def rows() -> Iterator[dict[str, str]]:
            with self.tree.open(path) as stream:
                for _, batch in table(stream, (), header):
                    yield from (named(row, by_plain) for row in batch)

        self._learn(path, found, rows)
        return Table(partial(_row, by_plain), header=header)

    def _json(self, path: str, start: str) -> Way:
        if _LINES.search(path) or _TWO_OBJECTS.match(start):
            return self._json_lines(path)
        if start.startswith("{") and self.tree.members[path].size > _HELD:
            return self._json_lists(path, ("*",))
        if start.startswith("{"):
            document = decode(self.tree.read(path))
            found = self._named([e for held in lists_in(document) for e in held[:_FIRST_ELEMENTS]])
            if not found:
                return Unknown(WHICH)
            self._learn(path, found, lambda: (v for held in lists_in(document) for e in held if (v := values(e, found))))
            return Whole(partial(_document, found))
        return self._json_lists(path, None)

    def _json_lists(self, path: str, under: tuple[str, ...] | None) -> Way:
        """A list, or every list that the top-level object holds, without holding the document: some of each batch say what
        the keys are."""
        sample: list[Any] = []
        with self.tree.open(path) as stream:
            for batch in batches(stream, Any, under):
                if not isinstance(batch, BadElement):
                    sample += batch[1][: _FIRST_ELEMENTS if len(sample) < _FIRST_ELEMENTS else _MORE_ELEMENTS]
                if len(sample) >= (_FIRST_ELEMENTS if under is None else _MOST_ELEMENTS):
                    break
        found = self._named(sample)
        if not found:
            return Unknown(WHICH)

        def rows() -> Iterator[dict[str, str]]:
            with self.tree.open(path) as stream:
                for batch in batches(stream, Any, under):
                    if not isinstance(batch, BadElement):
                        yield from (values(element, found) for element in batch[1])

        self._learn(path, found, rows)
        return Each(partial(_element if under is None else _any_element, found), Any, under)

    def _json_lines(self, path: str) -> Way:
        sample = []
        with self.tree.open(path) as stream:
            for line in lines(stream):
                if line.strip():
                    try:
                        sample.append(decoded(line.encode()))
                    except Broken:
                        continue
                if len(sample) >= _FIRST_ELEMENTS:
                    break
        found = self._named(sample)
        if not found:
            return Unknown(WHICH)

        def rows() -> Iterator[dict[str, str]]:
            with self.tree.open(path) as stream:
                for line in lines(stream):
                    try:
                        yield values(decoded(line.encode()), found)
                    except Broken:
                        continue

        self._learn(path, found, rows)
        return Stream(partial(_lines, found))

    def _named(self, sample: list[Any]) -> dict[str, str]:
        """What the keys of some elements hold; {} where that is not clear."""
        paths: dict[str, None] = {}
        for element in sample:
            paths.update(dict.fromkeys(values(element)))
        self.offered |= paths
        columns = self.answers.columns
        if not columns:
            found = guess(list(paths))
            return found if is_sure(found) else {}
        exact = {compared(path): path for path in reversed(paths)} | {plain(path): path for path in paths}
        said = {f: exact.get(plain(n), n) for f, n in columns.items()}
        found = chosen(list(paths), said)
        return found if "text" in found and (columns.get("text") or is_sure(found)) else {}

    def _page(self, path: str) -> Way:
        root = document(self.tree.read(path))
        self.offered |= dict.fromkeys(pages.names(root))
        columns = {f: n for f, n in self.answers.columns.items() if f != "site"}
        found = pages.mapping(root, columns)[1]
        if "text" not in found or not (columns.get("text") or is_sure(found)):
            return Unknown(WHICH)
        self._learn(path, found, lambda: pages.rows(root, columns))
        return Page(partial(_on_page, columns))


def _row(found: dict[str, str], row: dict[str, str], a: Reader) -> Iterator[Record]:
    yield from a.worded(named(row, found))


def _element(found: dict[str, str], element: Any, a: Reader) -> Iterator[Record]:
    if not isinstance(element, dict):
        raise TypeError
    yield from a.worded(values(element, found))


def _any_element(found: dict[str, str], element: Any, a: Reader) -> Iterator[Record]:
    """An element of any list of an object: what has no words is of another list."""
    some = values(element, found)
    if some.get("text") or some.get("title"):
        yield a.made(some)
    else:
        a.left_out(1)


def _document(found: dict[str, str], whole: Any, a: Reader) -> Iterator[Record]:
    for held in lists_in(whole):
        for element in held:
            yield from _any_element(found, element, a)
            a.position += 1


def _lines(found: dict[str, str], stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
    for line in lines(stream):
        if not line.strip():
            continue
        try:
            element = decoded(line.encode())
        except Broken as broken:
            yield BadElement(a.position, type(broken).__name__)
        else:
            yield from guarded(partial(_element, found), element, a)
        a.position += 1


def _on_page(columns: dict[str, str], root: Any, a: Reader) -> Iterator[Record]:
    for some in pages.rows(root, columns):
        if some.get("text") or some.get("title") or some.get("quoted"):
            yield a.made(some)
        else:
            a.left_out(1)
        a.position += 1


FILES: Rows = ((r".*", Unknown(WHICH)),)
