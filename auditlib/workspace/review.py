"""The review queue: views that stay still while one decides, pages, decisions, undo.

A view is the list of places a filter gave when it was made (8 bytes a place, in memory). The screen pages through that
list, so a card that is decided under "undecided only" doesn't pull the later ones up. Making the view again (`queue`)
drops it. A view made before a rescan or an import is made afresh when it is next paged.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter, OrderedDict
from collections.abc import Iterable
from typing import Any

import msgspec

from auditlib.errors import UsageError
from auditlib.records import Choice
from auditlib.workspace import cards
from auditlib.workspace.reading import LIVE, find_item, names_of
from auditlib.workspace.search import OWN, make_words, typed_words
from auditlib.workspace.store import Store, bump, meta, now
from auditlib.workspace.stored import unpacker
from auditlib.workspace.views import Card, QueueFilter, QueueView

CHOICES: tuple[Choice, ...] = ("keep", "remove", "limit", "discuss", "later", "not-a-problem")
_REMEMBERED = 8  # views
_encode = msgspec.json.Encoder().encode


class Review:
    """The queue over one open store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._views: OrderedDict[QueueFilter, tuple[tuple[Any, Any], array[int]]] = OrderedDict()
        self._rows: dict[str, int] = {}  # where unflagged items shown lately lie: deciding one needn't look through all

    # -- views and pages

    def queue(self, filters: QueueFilter) -> QueueView:
        """Make the view afresh and return its length; see `Workspace.queue`."""
        if filters.all_posts and typed_words(filters.search):
            make_words(self._store)
        with self._store.read() as conn:
            found, decided = self._evaluate(conn, filters)
            self._views[filters] = self._stamp(conn), found
            self._views.move_to_end(filters)
            while len(self._views) > _REMEMBERED:
                self._views.popitem(last=False)
        undecided = decided.find(b"\0")
        return QueueView(total=len(found), decided=decided.count(b"\1"), first_undecided=undecided if undecided >= 0 else None)

    def page(self, filters: QueueFilter, start: int, count: int) -> list[Card]:
        """Return the cards at these places of the view; see `Workspace.page`."""
        with self._store.read() as conn:
            made = self._views.get(filters)
            if made is None or made[0] != self._stamp(conn):
                self.queue(filters)
            places = self._views[filters][1][max(start, 0) : max(start, 0) + max(count, 0)]
            return [card for place in places if (card := self._card_at(conn, place)) is not None]

    def card(self, key: str) -> Card | None:
        """Return the card of one record, flagged or not, None when there is no such record."""
        with self._store.read() as conn:
            row = conn.execute("SELECT rank FROM card WHERE key = ?", (key,)).fetchone()
            if row is None:
                found = find_item(conn, key, self._rows.get(key))
                row = (-found[0],) if found else None
            return self._card_at(conn, row[0]) if row else None

    @staticmethod
    def _stamp(conn: sqlite3.Connection) -> tuple[Any, Any]:
        return meta(conn, "cards"), meta(conn, "records")

    def _evaluate(self, conn: sqlite3.Connection, filters: QueueFilter) -> tuple[array[int], bytearray]:
        """Return the places of a view and, for each, whether it is decided. A place below 0 is an unflagged item."""
        places, decided = array("q"), bytearray()
        queries = [_flagged(filters)]
        if filters.all_posts and not filters.clause and not filters.band:
            queries.append(_unflagged(filters))
        for query, values in queries:
            for place, choice in conn.execute(query, values):
                places.append(place)
                decided.append(choice is not None)
        return places, decided

    def _card_at(self, conn: sqlite3.Connection, place: int) -> Card | None:
        if place > 0:
            row = conn.execute(
                "SELECT t.body, d.choice, d.at, d.done FROM card_text t JOIN card c ON c.rank = t.rank"
                " LEFT JOIN decision d ON d.key = c.key WHERE t.rank = ?",
                (place,),
            ).fetchone()
            return cards.shown(cards.read_card(row[0]), row[1], row[2], bool(row[3])) if row else None
        row = conn.execute(
            "SELECT t.body, i.fields, d.choice, d.at, d.done FROM item t JOIN account a ON a.id = t.account"
            " JOIN import i ON i.id = a.import LEFT JOIN decision d ON d.key = t.key WHERE t.id = ?",
            (-place,),
        ).fetchone()
        if row is None:
            return None
        item = unpacker(names_of(row[1]))(row[0])
        if len(self._rows) > 5000:
            self._rows.clear()
        self._rows[item.key] = -place
        return cards.shown(cards.stored_card(item, (), item.key), row[2], row[3], bool(row[4]))

    def facets(self) -> dict[str, dict[str, int]]:
        """Return how many cards each filter value would show; see `Workspace.facets`."""
        with self._store.read() as conn:
            found = {
                name: {
                    str(value): count
                    for value, count in conn.execute(
                        f"SELECT {name}, count(*) FROM card WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY 1"
                    )
                }
                for name in ("platform", "year", "audience", "kind", "band")
            }
            clauses: Counter[str] = Counter()
            for packed, count in conn.execute("SELECT clauses, count(*) FROM card GROUP BY 1"):
                for clause in packed.strip("|").split("|"):
                    clauses[clause] += count
        return {"clause": dict(sorted(clauses.items())), **found}

    # -- decisions

    def decide(self, batch: Iterable[tuple[str, Choice | None]]) -> None:
        """Take a batch of decisions in one transaction; see `Workspace.decide`."""
        pairs = list(dict(batch).items())  # the last word on a record counts
        wrong = {choice for _, choice in pairs if choice is not None and choice not in CHOICES}
        if wrong:
            raise UsageError("A decision is one of: " + ", ".join(CHOICES) + ".")
        if not pairs:
            return
        with self._store.write() as conn:
            number, at = bump(conn, "decision_batch"), now()
            for key, choice in pairs:
                self._decide(conn, number, at, key, choice)

    def _decide(self, conn: sqlite3.Connection, number: int, at: str, key: str, choice: Choice | None) -> None:
        before = conn.execute("SELECT choice, at, done, body FROM decision WHERE key = ?", (key,)).fetchone()
        body = conn.execute(
            "SELECT t.body FROM card c JOIN card_text t ON t.rank = c.rank WHERE c.key = ?", (key,)
        ).fetchone() or (before and (before[3],))
        if body is None:
            found = find_item(conn, key, self._rows.get(key))
            if found is None:
                raise UsageError("This record is no longer in the workspace: open the page again.")
            body = (_encode(cards.stored_card(found[1], (), key)),)
        card = cards.read_card(body[0])
        if choice == "remove" and any(f.clause == cards.SAFEGUARDING for f in card.findings):
            raise UsageError(
                "This may be about a child's safety: leave it as it is and speak to the designated safeguarding lead."
            )
        conn.execute(
            "INSERT INTO decision_log(batch, key, before, before_at, before_done, body) VALUES(?, ?, ?, ?, ?, ?)",
            (number, key, *(before or (None, None, 0, None))),
        )
        if choice is None:
            conn.execute("DELETE FROM decision WHERE key = ?", (key,))
            return
        done = bool(before and before[2] and before[0] == choice)
        _write(conn, key, choice, at, number, done, body[0])

    def undo(self) -> list[tuple[str, Choice | None]]:
        """Take back the last batch that still stands; see `Workspace.undo`."""
        with self._store.write() as conn:
            (number,) = conn.execute("SELECT max(batch) FROM decision_log").fetchone()
            rows = conn.execute(
                "SELECT key, before, before_at, before_done, body FROM decision_log WHERE batch = ? ORDER BY id DESC",
                (number,),
            ).fetchall()
            for key, choice, at, done, body in rows:
                if choice is None:
                    conn.execute("DELETE FROM decision WHERE key = ?", (key,))
                else:
                    _write(conn, key, choice, at, number, bool(done), body)
            conn.execute("DELETE FROM decision_log WHERE batch = ?", (number,))
        return [(row[0], row[1]) for row in reversed(rows)]

    def counts(self) -> dict[str, int]:
        """Return the numbers over the cards; see `Workspace.counts`."""
        with self._store.read() as conn:
            (total,) = conn.execute("SELECT count(*) FROM card").fetchone()
            chosen = dict(conn.execute("SELECT d.choice, count(*) FROM decision d JOIN card c ON c.key = d.key GROUP BY 1"))
            todo, done = conn.execute(
                "SELECT count(*), coalesce(sum(done), 0) FROM decision WHERE choice IN ('remove', 'limit')"
            ).fetchone()
        return {
            "cards": total, "decided": sum(chosen.values()), **{choice: chosen.get(choice, 0) for choice in CHOICES},
            "todo": todo, "done": done,
        }  # fmt: skip


def _write(conn: sqlite3.Connection, key: str, choice: Choice, at: str, number: int, done: bool, body: bytes) -> None:
    card = cards.read_card(body)
    conn.execute(
        "INSERT INTO decision(key, choice, at, batch, done, platform, account, body) VALUES(?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT(key) DO UPDATE SET choice = excluded.choice, at = excluded.at, batch = excluded.batch,"
        " done = excluded.done, body = excluded.body",
        (key, choice, at, number, done, card.platform, card.account, body),
    )


Query = tuple[str, list[str | int]]


def _flagged(filters: QueueFilter) -> Query:
    where, values = [], []  # type: list[str], list[str | int]
    for name in ("platform", "year", "audience", "kind", "band"):
        value = getattr(filters, name)
        if value:
            where.append(f"c.{name} = ?")
            values.append(value)
    if filters.clause:
        where.append("instr(c.clauses, ?)")
        values.append(f"|{filters.clause}|")
    _decided_and_words(filters, where, values)
    texts = " JOIN card_text w ON w.rank = c.rank" if typed_words(filters.search) else ""
    return (
        f"SELECT c.rank, d.choice FROM card c{texts} LEFT JOIN decision d ON d.key = c.key"
        f" WHERE {' AND '.join(where) or '1'} ORDER BY c.rank",
        values,
    )


def _unflagged(filters: QueueFilter) -> Query:
    where = [f"t.account IN ({LIVE})", OWN, "t.key NOT IN (SELECT key FROM card)"]
    values: list[str | int] = []
    if filters.platform:
        where[0] = f"t.account IN ({LIVE} AND a.platform = ?)"
        values.append(filters.platform)
    if filters.year:
        where.append("substr(t.at, 1, 4) = ?")
        values.append(str(filters.year))
    for name in ("audience", "kind"):
        value = getattr(filters, name)
        if value:
            where.append(f"t.{name} = ?")
            values.append(value)
    _decided_and_words(filters, where, values)
    texts = " JOIN words w ON w.id = t.id" if typed_words(filters.search) else ""
    return (
        f"SELECT -t.id, d.choice FROM item t{texts} LEFT JOIN decision d ON d.key = t.key"
        f" WHERE {' AND '.join(where)} ORDER BY t.at DESC, t.id",
        values,
    )


def _decided_and_words(filters: QueueFilter, where: list[str], values: list[str | int]) -> None:
    if filters.undecided:
        where.append("d.choice IS NULL")
    if filters.choice:
        where.append("d.choice = ?")
        values.append(filters.choice)
    for word in typed_words(filters.search):
        where.append("instr(w.folded, ?)")
        values.append(word)
