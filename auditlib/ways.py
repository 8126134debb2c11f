"""The ways in which a member of an export is read, and what platforms and people tell the engine (`reading.py`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, NamedTuple

from auditlib.jsonstream import BadElement
from auditlib.records import Record


class Each(NamedTuple):
    """Every element of a JSON array goes through `function(record, account) -> records` (`under`: see jsonstream.batches)."""

    function: Callable[[Any, Any], Iterable[Record]]
    kind: Any
    under: tuple[str, ...] | None = None
    # First read the rest of the top-level object into account.head, and of each element what this type holds
    # (message threads: who takes part is known only at the end).
    head: Any = None


class Table(NamedTuple):
    """Every row of a CSV file goes through `function(row, account) -> records`.

    `columns` are the names wanted, in the order in which the function gets their cells ("" where there is none); `a|b` is
    either, `name#2` the second of that name, `@3` a position (from 0) for when no name is known. Without columns the function
    gets the whole row as a dict by name. `header`: names that mark the header row, for files with a preamble. `bare`: the file
    has no header row.
    """

    function: Callable[[Any, Any], Iterable[Record]]
    columns: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    bare: bool = False


class Blocks(NamedTuple):
    """Every element of an HTML page that `block` wants (by tag and attributes) goes through `function(element, account)`."""

    function: Callable[[Any, Any], Iterable[Record]]
    block: Callable[[Any], bool]


class Whole(NamedTuple):
    """The whole decoded JSON document goes through `function(document, account) -> records`."""

    function: Callable[[Any, Any], Iterable[Record]]


class Page(NamedTuple):
    """The whole HTML page goes through `function(root element, account) -> records`."""

    function: Callable[[Any, Any], Iterable[Record]]


class Stream(NamedTuple):
    """Anything else: `function(stream, account)` yields records, and a BadElement for each that could not be read."""

    function: Callable[[BinaryIO, Any], Iterable[Record | BadElement]]


class Ignored(NamedTuple):
    """Known and left out on purpose; `reason` is shown to the person."""

    reason: str


class Unknown(NamedTuple):
    """Not read although it may hold something; `reason` says in plain words why and what to do."""

    reason: str


class NotKnown(Exception):
    """Raised by a record function whose whole member turns out to be of a kind that is not read; `reason` as in Unknown."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


Way = Each | Table | Blocks | Whole | Page | Stream | Ignored | Unknown
Rows = tuple[tuple[str, Way], ...]


class Asking(NamedTuple):
    """How to ask a platform for the right export; "" for what is not known. `choose`: which boxes and format, all time."""

    where: str
    steps: tuple[str, ...]
    choose: str = ""
    wait: str = ""
    lasts: str = ""
    url: str = ""


class Answers(NamedTuple):
    """What the person said where exports do not: their names in them, whether 3/9 is 3 September, what columns hold."""

    me: tuple[str, ...] = ()
    day_first: bool | None = None
    columns: dict[str, str] = {}  # noqa: RUF012 - never changed; by use: text, date, link, title, author, site
    asked: bool = False  # questions can be answered: a table the person named may be taken although it tells nothing by itself


NO_ANSWERS = Answers()
