"""Putting an import in, account by account: staged in small transactions, invisible until one swap at the end.

An import row is `loading` while its records go in, `live` once it is complete, `old` once a newer one took its place.
Everything is read through live imports only, so a cancelled or killed import changes nothing that can be seen. What it
left is swept up by the next import. While one runs, decisions can be taken: no transaction here lasts longer than a
batch.
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

import msgspec

from auditlib.errors import WorkspaceError
from auditlib.records import Connection, Coverage, Item, ProfileFact, Record, Setting, Summary
from auditlib.workspace.store import Store, bump, now, set_meta, transaction
from auditlib.workspace.stored import FIELDS, mended, pack

BATCH = 5000
ABANDONED_SECONDS = 900.0  # an import that gave no sign for so long was killed
_SWEEP = 20_000

_json = msgspec.json.Encoder().encode
_INSERT = "INSERT INTO item(account, key, kind, at, author, audience, body) VALUES(?, ?, ?, ?, ?, ?, ?)"
_INSERT_OTHER = "INSERT INTO other(account, sort, tag, key, body) VALUES(?, ?, ?, ?, ?)"

Row = tuple[int, str, str, str | None, str | None, str, bytes]


class Load:
    """An import under way."""

    def __init__(self, conn: sqlite3.Connection, number: int) -> None:
        self._conn, self._import = conn, number
        self._accounts: dict[tuple[str, str | None], int] = {}
        self._rows: list[Row] = []
        self._others: list[tuple[int, str, str, str | None, bytes]] = []
        self._tally: Counter[tuple[int, str, str | None, str | None]] = Counter()
        self._dates: dict[int, tuple[str, str]] = {}
        self._first_id: int | None = None

    def add(self, records: Iterable[Record]) -> int:
        """Take records in any order and return how many; an exception of the iterable passes through."""
        rows, taken = self._rows, 0
        platform: str | None = None
        account: str | None = None
        number = 0
        for taken, record in enumerate(records, 1):  # noqa: B007 - returned
            if record.platform is not platform or record.account is not account:
                platform, account = record.platform, record.account
                number = self._account(platform, account)
            if type(record) is Item:
                try:
                    body = pack(record)
                except UnicodeEncodeError:
                    record = mended(record)
                    body = pack(record)
                rows.append((number, record.key, record.kind, record.at, record.author, record.audience, body))
                if len(rows) >= BATCH:
                    self._flush()
            else:
                self._other(number, record)
        return taken

    def _account(self, platform: str, account: str | None) -> int:
        number = self._accounts.get((platform, account))
        if number is None:
            with transaction(self._conn):
                cursor = self._conn.execute(
                    "INSERT INTO account(import, platform, account) VALUES(?, ?, ?)", (self._import, platform, account)
                )
            number = self._accounts[platform, account] = int(cursor.lastrowid or 0)
        return number

    def _other(self, number: int, record: Record) -> None:
        try:
            body = _json(record)
        except UnicodeEncodeError:
            record = mended(record)
            body = _json(record)
        sort: str
        tag: str
        key: str | None = None
        if isinstance(record, Connection):
            sort, tag, key = "connection", record.relation, record.key
        elif isinstance(record, Setting):
            sort, tag = "setting", record.id
        elif isinstance(record, ProfileFact):
            sort, tag, key = "profile", record.fact, record.key
        elif isinstance(record, (Coverage, Summary)):
            sort, tag = ("coverage" if isinstance(record, Coverage) else "summary"), record.state
        else:
            raise TypeError(f"no table for a record of type {type(record).__name__}")
        self._others.append((number, sort, tag, key, body))
        if len(self._others) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        """Write what is waiting in one transaction, and give a sign of life."""
        conn, rows = self._conn, self._rows
        with transaction(conn):
            if not conn.execute("UPDATE import SET beat = ? WHERE id = ?", (time.time(), self._import)).rowcount:
                raise WorkspaceError("This import was cleared away after a long pause: start it again.")
            if rows:
                if self._first_id is None:
                    self._first_id = (conn.execute("SELECT max(id) FROM item").fetchone()[0] or 0) + 1
                conn.executemany(_INSERT, rows)
            conn.executemany(_INSERT_OTHER, self._others)
        self._tally.update([(row[0], row[2], row[4], row[3][:4] if row[3] else None) for row in rows])
        for number in {row[0] for row in rows}:
            dates = [row[3] for row in rows if row[3] and row[0] == number]
            if dates:
                first, last = self._dates.get(number, (dates[0], dates[0]))
                self._dates[number] = min(first, min(dates)), max(last, max(dates))
        rows.clear()
        self._others.clear()

    def finish(self) -> None:
        """Write the rest and make this import the live one of its account, in one step."""
        self._flush()
        conn, number = self._conn, self._import
        last_id = conn.execute("SELECT max(id) FROM item").fetchone()[0]
        seen = self._decided_keys(last_id)
        with transaction(conn):
            self._join_nameless()
            conn.executemany(
                "INSERT INTO tally(account, kind, author, year, items) VALUES(?, ?, ?, ?, ?)",
                ((*group, count) for group, count in self._tally.items()),
            )
            conn.executemany(
                "UPDATE account SET first = ?, last = ? WHERE id = ?",
                ((*dates, account) for account, dates in self._dates.items()),
            )
            platform, account, label = conn.execute(
                "SELECT platform, account, label FROM import WHERE id = ?", (number,)
            ).fetchone()
            conn.execute(
                "UPDATE import SET state = 'old' WHERE state = 'live' AND platform = ? AND account IS ?"
                " AND (account IS NOT NULL OR label = ?)",
                (platform, account, label),
            )
            conn.execute(
                "UPDATE import SET state = 'live', imported_at = ?, first_id = ?, last_id = ? WHERE id = ?",
                (now(), self._first_id, last_id, number),
            )
            for of_platform, of_account in self._accounts:
                conn.execute("UPDATE decision SET present = 0 WHERE platform = ? AND account IS ?", (of_platform, of_account))
            conn.executemany("UPDATE decision SET present = 1 WHERE key = ?", ((key,) for key in seen))
            bump(conn, "records")
            set_meta(conn, "scanner", None)  # the findings are of what was there before

    def _decided_keys(self, last_id: int | None) -> list[str]:
        """Return the keys of this import that carry a decision, so that what is gone from the platform can be told."""
        decided = {row[0] for row in self._conn.execute("SELECT key FROM decision")}
        if not decided:
            return []
        mine = set(self._accounts.values())
        seen = [
            key
            for key, account in self._conn.execute(
                "SELECT key, account FROM item WHERE id BETWEEN ? AND ?", (self._first_id, last_id)
            )
            if key in decided and account in mine
        ]
        for number in mine:
            others = self._conn.execute("SELECT key FROM other WHERE account = ? AND key IS NOT NULL", (number,))
            seen += [row[0] for row in others if row[0] in decided]
        return seen

    def _join_nameless(self) -> None:
        """Give coverage and settings read before the owner was known to the one account of their platform."""
        for (platform, account), number in list(self._accounts.items()):
            named = [other for pair, other in self._accounts.items() if pair[0] == platform and pair[1] is not None]
            if account is None and len(named) == 1 and not any(group[0] == number for group in self._tally):
                self._conn.execute("UPDATE other SET account = ? WHERE account = ?", (named[0], number))
                self._conn.execute("DELETE FROM account WHERE id = ?", (number,))
                del self._accounts[platform, account]


@contextmanager
def importing(store: Store, platform: str, account: str | None, label: str) -> Iterator[Load]:
    """Stage one account's records; see `Workspace.importing`."""
    with store.apart() as conn:
        sweep(conn)
        with transaction(conn):
            cursor = conn.execute(
                "INSERT INTO import(platform, account, label, state, fields, beat) VALUES(?, ?, ?, 'loading', ?, ?)",
                (platform, account, label, _json(FIELDS).decode(), time.time()),
            )
        number = int(cursor.lastrowid or 0)
        load = Load(conn, number)
        try:
            yield load
            store.still_there()
            load.finish()
        except BaseException:
            with suppress(sqlite3.Error):  # what went wrong first is what counts; the next import sweeps up
                with transaction(conn):
                    conn.execute("UPDATE import SET state = 'old' WHERE id = ? AND state = 'loading'", (number,))
                sweep(conn)
            raise
        sweep(conn)


def remove(store: Store, platform: str, account: str | None) -> None:
    """Take the imports of an account out of the workspace; see `Workspace.remove_account`."""
    with store.apart() as conn:
        with transaction(conn):
            of_import = conn.execute(
                "SELECT id FROM import WHERE state = 'live' AND platform = ? AND account IS ?"
                " UNION SELECT import FROM account WHERE platform = ? AND account IS ?",
                (platform, account, platform, account),
            ).fetchall()
            for (number,) in of_import:
                conn.execute("UPDATE import SET state = 'old' WHERE id = ? AND state = 'live'", (number,))
                pairs = conn.execute("SELECT platform, account FROM account WHERE import = ?", (number,)).fetchall()
                for pair in pairs:
                    of_account = "FROM card WHERE platform = ? AND account IS ?"
                    conn.execute(f"DELETE FROM card_text WHERE rank IN (SELECT rank {of_account})", pair)
                    conn.execute(f"DELETE {of_account}", pair)
            bump(conn, "records")
            bump(conn, "cards")
            set_meta(conn, "scanner", None)
        sweep(conn)


def sweep(conn: sqlite3.Connection) -> None:
    """Delete the rows of old and abandoned imports, in small transactions that let others write in between."""
    with transaction(conn):
        conn.execute("UPDATE import SET state = 'old' WHERE state = 'loading' AND beat < ?", (time.time() - ABANDONED_SECONDS,))
    for (number,) in conn.execute("SELECT id FROM import WHERE state = 'old'").fetchall():
        for (account,) in conn.execute("SELECT id FROM account WHERE import = ?", (number,)).fetchall():
            _sweep_items(conn, account)
        with transaction(conn):
            conn.execute("DELETE FROM import WHERE id = ?", (number,))  # accounts, tallies and others go with it


def _sweep_items(conn: sqlite3.Connection, account: int) -> None:
    reached = 0
    while True:
        ids = [
            row[0]
            for row in conn.execute(
                "SELECT id FROM item WHERE id > ? AND account = ? ORDER BY id LIMIT ?", (reached, account, _SWEEP)
            )
        ]
        if not ids:
            return
        first, reached = ids[0], ids[-1]
        with transaction(conn):
            some = "FROM item WHERE id BETWEEN ? AND ? AND account = ?"
            conn.execute(f"DELETE FROM words WHERE id IN (SELECT id {some})", (first, reached, account))
            conn.execute(f"DELETE {some}", (first, reached, account))
