"""People linked to the account holder, and the marks put on them. Rows come ready-made from `connections.people`.

A mark is kept under every record key of its row, so it stays with the person when a newer export or a second platform
leads to other rows. Where two rows with different marks become one, the later mark holds.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, get_args

import msgspec

from auditlib.errors import UsageError
from auditlib.records import Mark, Person
from auditlib.workspace.search import fold, typed_words
from auditlib.workspace.store import Store, bump, meta, transaction
from auditlib.workspace.views import PeopleFilter, PeopleView

MARKS: tuple[str, ...] = get_args(Mark)
_REMEMBERED = 8  # views
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Person).decode


class People:
    """The people over one open store; views stay still as in the review queue."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._views: OrderedDict[PeopleFilter, tuple[Any, array[int]]] = OrderedDict()

    def store_people(self, rows: Iterable[Person]) -> int:
        """Replace all rows in one step and return their number; see `Workspace.store_people`."""
        with self._store.apart() as conn:
            waiting = list({row.person_key: row for row in rows}.values())
            with transaction(conn):
                marks = {key: (batch, mark) for key, mark, batch in conn.execute("SELECT key, mark, batch FROM mark")}
                conn.execute("DELETE FROM person")
                conn.executemany(
                    "INSERT INTO person VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
                    (_row(rank, row, marks) for rank, row in enumerate(waiting, 1)),
                )
                bump(conn, "people")
        return len(waiting)

    def people(self, filters: PeopleFilter) -> PeopleView:
        """Make the view afresh and return its length; see `Workspace.people`."""
        query, values = _query("rank, mark", filters)
        places, marked = array("q"), 0
        with self._store.read() as conn:
            for rank, mark in conn.execute(query, values):
                places.append(rank)
                marked += mark is not None
            self._views[filters] = meta(conn, "people"), places
            self._views.move_to_end(filters)
            while len(self._views) > _REMEMBERED:
                self._views.popitem(last=False)
        return PeopleView(total=len(places), marked=marked)

    def page(self, filters: PeopleFilter, start: int, count: int) -> list[Person]:
        """Return the rows at these places of the view; see `Workspace.people_page`."""
        with self._store.read() as conn:
            made = self._views.get(filters)
            if made is None or made[0] != meta(conn, "people"):
                self.people(filters)
            places = self._views[filters][1][max(start, 0) : max(start, 0) + max(count, 0)]
            query = "SELECT body, mark FROM person WHERE rank = ?"
            found = [conn.execute(query, (rank,)).fetchone() for rank in places]
        return [msgspec.structs.replace(_decode(row[0]), mark=row[1]) for row in found if row]

    def mark(self, person_keys: Iterable[str], mark: Mark | None) -> None:
        """Put one mark on these people as one step; see `Workspace.mark_people`."""
        if mark is not None and mark not in MARKS:
            raise UsageError("A mark is one of: " + ", ".join(MARKS) + ".")
        with self._store.write() as conn:
            _mark(conn, list(dict.fromkeys(person_keys)), mark)

    def mark_all(self, filters: PeopleFilter, mark: Mark) -> int:
        """Mark everyone the filter shows who has no mark, as one step; see `Workspace.mark_all`."""
        if mark not in MARKS:
            raise UsageError("A mark is one of: " + ", ".join(MARKS) + ".")
        query, values = _query("person_key", msgspec.structs.replace(filters, undecided=True))
        with self._store.write() as conn:
            keys = [row[0] for row in conn.execute(query, values)]
            _mark(conn, keys, mark)
        return len(keys)

    def undo(self) -> list[tuple[str, Mark | None]]:
        """Take back the last marking that still stands; see `Workspace.undo_marks`."""
        with self._store.write() as conn:
            (number,) = conn.execute("SELECT max(batch) FROM mark_log").fetchone()
            rows: list[tuple[str, Mark | None]] = conn.execute(
                "SELECT person_key, before FROM mark_log WHERE batch = ? ORDER BY id", (number,)
            ).fetchall()
            for person_key, before in reversed(rows):
                _put(conn, person_key, before, number)
            conn.execute("DELETE FROM mark_log WHERE batch = ?", (number,))
        return rows

    def counts(self) -> dict[str, int]:
        """Return how many people there are, how many are marked, and how many carry each mark."""
        with self._store.read() as conn:
            found = dict(conn.execute("SELECT coalesce(mark, ''), count(*) FROM person GROUP BY 1"))
        unmarked = found.pop("", 0)
        return {
            "people": unmarked + sum(found.values()), "marked": sum(found.values()),
            **{mark: found.get(mark, 0) for mark in MARKS},
        }  # fmt: skip


def _row(rank: int, row: Person, marks: dict[str, tuple[int, str]]) -> tuple[Any, ...]:
    held = [marks[key] for key in (row.person_key, *row.keys) if key in marks]
    return (
        rank, row.person_key, _packed(row.platforms), _packed(row.relations), row.suggestion,
        max(held)[1] if held else None, fold("\n".join((row.name or "", *row.handles))),
        _encode(msgspec.structs.replace(row, mark=None)),
    )  # fmt: skip


def _packed(words: tuple[str, ...]) -> str:
    return "|" + "|".join(words) + "|"


def _query(columns: str, filters: PeopleFilter) -> tuple[str, list[str]]:
    where: list[str] = []
    values: list[str] = []
    for name in ("platform", "relation"):
        value = getattr(filters, name)
        if value:
            where.append(f"instr({name}s, ?)")
            values.append(f"|{value}|")
    if filters.suggested is not None:
        nothing = "(suggestion IS NULL OR suggestion = 'unknown')"
        where.append(f"NOT {nothing}" if filters.suggested else nothing)
    if filters.undecided:
        where.append("mark IS NULL")
    if filters.mark:
        where.append("mark = ?")
        values.append(filters.mark)
    for word in typed_words(filters.search):
        where.append("instr(folded, ?)")
        values.append(word)
    return f"SELECT {columns} FROM person WHERE {' AND '.join(where) or '1'} ORDER BY rank", values


def _mark(conn: sqlite3.Connection, person_keys: list[str], mark: Mark | None) -> None:
    if not person_keys:
        return
    number = bump(conn, "mark_batch")
    for person_key in person_keys:
        before = conn.execute("SELECT mark FROM person WHERE person_key = ?", (person_key,)).fetchone()
        if before is None:
            raise UsageError("This person is no longer in the list: open the page again.")
        conn.execute("INSERT INTO mark_log(batch, person_key, before) VALUES(?, ?, ?)", (number, person_key, before[0]))
        _put(conn, person_key, mark, number)


def _put(conn: sqlite3.Connection, person_key: str, mark: str | None, number: int) -> None:
    """Set or clear the mark on the person and on every record of theirs."""
    row = conn.execute("SELECT body FROM person WHERE person_key = ?", (person_key,)).fetchone()
    keys = dict.fromkeys((person_key, *(_decode(row[0]).keys if row else ())))
    for key in keys:
        if mark is None:
            conn.execute("DELETE FROM mark WHERE key = ?", (key,))
        else:
            conn.execute("INSERT OR REPLACE INTO mark VALUES(?, ?, ?)", (key, mark, number))
    conn.execute("UPDATE person SET mark = ? WHERE person_key = ?", (mark, person_key))
