"""Reading back what live imports hold: streams of records, accounts with their coverage, the timeline."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TypeVar

import msgspec

from auditlib.records import Connection, Coverage, Item, ProfileFact, Setting, Summary
from auditlib.workspace.store import Store
from auditlib.workspace.stored import unpacker
from auditlib.workspace.views import AccountView, Bar

LIVE = "SELECT a.id FROM account a JOIN import i ON i.id = a.import WHERE i.state = 'live'"
R = TypeVar("R", Connection, Setting, ProfileFact)


def names_of(stored: str) -> tuple[str, ...]:
    """Return the field names that an import's items were written with."""
    return tuple(msgspec.json.decode(stored, type=list[str]))


def items(store: Store) -> Iterator[Item]:
    """Yield every item of every account, in the order imported; what is imported meanwhile isn't seen."""
    with store.apart() as conn:
        conn.execute("BEGIN")  # one view of the file from first to last
        for number, fields, first, last in conn.execute(
            "SELECT id, fields, first_id, last_id FROM import WHERE state = 'live' AND first_id IS NOT NULL ORDER BY id"
        ).fetchall():
            unpack = unpacker(names_of(fields))
            mine = {row[0] for row in conn.execute("SELECT id FROM account WHERE import = ?", (number,))}
            for account, body in conn.execute(
                "SELECT account, body FROM item WHERE id BETWEEN ? AND ? ORDER BY id", (first, last)
            ):
                if account in mine:
                    yield unpack(body)


def item(store: Store, key: str) -> Item | None:
    """Return the item with this key, None when no live import holds it. Looks through all rows: not for loops."""
    with store.read() as conn:
        found = find_item(conn, key)
        return found[1] if found else None


def find_item(conn: sqlite3.Connection, key: str, row_id: int | None = None) -> tuple[int, Item] | None:
    """Return the row id and the item with this key; `row_id` is where it was last seen."""
    query = (
        "SELECT t.id, t.body, i.fields FROM item t JOIN account a ON a.id = t.account JOIN import i ON i.id = a.import"
        " WHERE i.state = 'live' AND t.key = ?"
    )
    row = conn.execute(query + " AND t.id = ?", (key, row_id)).fetchone() if row_id is not None else None
    row = row or conn.execute(query, (key,)).fetchone()
    return (row[0], unpacker(names_of(row[2]))(row[1])) if row else None


def others(store: Store, sort: str, kind: type[R]) -> Iterator[R]:
    """Yield the connections, settings or profile facts of every account, in the order imported."""
    decode = msgspec.json.Decoder(kind).decode
    with store.apart() as conn:
        for (body,) in conn.execute(f"SELECT body FROM other WHERE account IN ({LIVE}) AND sort = ? ORDER BY id", (sort,)):
            yield decode(body)


def accounts(store: Store) -> list[AccountView]:
    """Return every account found, in the order imported."""
    with store.read() as conn:
        return [
            _account_view(conn, *row)
            for row in conn.execute(
                "SELECT a.id, a.platform, a.account, a.first, a.last, i.label, i.imported_at FROM account a"
                " JOIN import i ON i.id = a.import WHERE i.state = 'live' ORDER BY a.id"
            ).fetchall()
        ]


def _account_view(
    conn: sqlite3.Connection, number: int, platform: str, account: str | None, first: str | None, last: str | None,
    label: str, imported_at: str,
) -> AccountView:  # fmt: skip
    """Return one account; its summary line wins over our own counting where the import had one."""
    counts = dict(conn.execute("SELECT kind, sum(items) FROM tally WHERE account = ? GROUP BY kind", (number,)))
    counts |= dict(
        conn.execute("SELECT tag, count(*) FROM other WHERE account = ? AND sort = 'connection' GROUP BY tag", (number,))
    )
    lines = conn.execute(
        "SELECT sort, body FROM other WHERE account = ? AND sort IN ('coverage', 'summary') ORDER BY id", (number,)
    ).fetchall()
    coverage = [msgspec.json.decode(body, type=Coverage) for sort, body in lines if sort == "coverage"]
    summaries = [msgspec.json.decode(body, type=Summary) for sort, body in lines if sort == "summary"]
    said = summaries[-1] if summaries else Summary(platform=platform, account=account)
    return AccountView(
        platform=platform, account=account, era=said.era, counts=said.counts or counts, first=said.first or first,
        last=said.last or last, coverage=coverage, warnings=said.warnings,
        questions=said.questions, source_label=label, imported_at=imported_at,
    )  # fmt: skip


def timeline(store: Store) -> list[Bar]:
    """Return the person's own items by platform and year (None = undated), oldest first, with how many are flagged."""
    with store.read() as conn:
        own: dict[tuple[str, int | None], int] = {}
        for platform, year, count in conn.execute(
            "SELECT a.platform, t.year, sum(t.items) FROM tally t JOIN account a ON a.id = t.account"
            f" WHERE t.account IN ({LIVE}) AND (t.author = 'me' OR t.author IS NULL) GROUP BY 1, 2"
        ):
            group = platform, year_of(year)
            own[group] = own.get(group, 0) + count
        flagged = {
            (platform, year): count
            for platform, year, count in conn.execute(
                "SELECT platform, year, count(*) FROM card"
                " WHERE kind NOT IN ('profile', 'connection', 'conversation') GROUP BY 1, 2"
            )
        }
    return [
        Bar(platform=platform, year=year, items=own.get((platform, year), 0), flagged=flagged.get((platform, year), 0))
        for platform, year in sorted(own.keys() | flagged.keys(), key=lambda group: (group[0], group[1] or 0))
    ]


def year_of(at: str | None) -> int | None:
    """Return the year of an ISO time, None when there is none."""
    return int(at[:4]) if at and at[:4].isdigit() else None
