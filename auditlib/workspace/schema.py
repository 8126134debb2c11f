"""The tables of the work file, as a list of migrations: the version of a file is the number of steps it has taken.

A step is a function that takes the open connection inside one transaction. Steps are never edited once released: a
change is a new step at the end. `migrate` runs the missing ones in order, each in the same transaction as the record
that it ran, so a file is always at one whole version.

What the tables are for
    import, account    one import of one export and the accounts found in it; state loading -> live -> old
    item               one row an item: columns to filter by, and `body` (see loading.py). No foreign key and no index
                       on purpose: rows are only reached through a live account, and a million must go in cheaply
    other              connections, settings, profile facts, coverage and summaries, as JSON
    tally, words       items by account, kind, author and year; words for searching, made at the first search
    card, card_text    the review queue: `rank` is the place in the order, so a page is a range of the primary key
    decision, ...log   what the person decided, by record key, and the batches in the order taken (for undo)
    person, mark, ...  people in the connections step; marks follow record keys, so that they outlive a new grouping
    answer, setting_answer, allowed_word, meta
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime

from auditlib.errors import WorkspaceError

APPLICATION_ID = 0x53415544  # "SAUD": tells our file from any other SQLite file

_FIRST = """
CREATE TABLE import(
  id INTEGER PRIMARY KEY, platform TEXT NOT NULL, account TEXT, label TEXT NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('loading', 'live', 'old')), fields TEXT NOT NULL,
  beat REAL NOT NULL, imported_at TEXT, first_id INTEGER, last_id INTEGER);
CREATE TABLE account(
  id INTEGER PRIMARY KEY, import INTEGER NOT NULL REFERENCES import(id) ON DELETE CASCADE,
  platform TEXT NOT NULL, account TEXT, first TEXT, last TEXT);
CREATE INDEX account_import ON account(import);
CREATE TABLE item(
  id INTEGER PRIMARY KEY, account INTEGER NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, at TEXT,
  author TEXT, audience TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE other(
  id INTEGER PRIMARY KEY, account INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  sort TEXT NOT NULL, tag TEXT NOT NULL, key TEXT, body BLOB NOT NULL);
CREATE INDEX other_account ON other(account, sort);
CREATE TABLE tally(
  account INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE, kind TEXT NOT NULL, author TEXT, year TEXT,
  items INTEGER NOT NULL);
CREATE INDEX tally_account ON tally(account);
CREATE TABLE card(
  rank INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, platform TEXT NOT NULL, account TEXT, kind TEXT NOT NULL,
  year INTEGER, audience TEXT NOT NULL, band TEXT NOT NULL, clauses TEXT NOT NULL);
CREATE TABLE card_text(rank INTEGER PRIMARY KEY, folded TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE decision(
  key TEXT PRIMARY KEY, choice TEXT NOT NULL, at TEXT NOT NULL, batch INTEGER NOT NULL,
  done INTEGER NOT NULL DEFAULT 0, present INTEGER NOT NULL DEFAULT 1,
  platform TEXT NOT NULL, account TEXT, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE decision_log(
  id INTEGER PRIMARY KEY, batch INTEGER NOT NULL, key TEXT NOT NULL, before TEXT, before_at TEXT,
  before_done INTEGER, body BLOB);
CREATE INDEX decision_log_batch ON decision_log(batch);
CREATE TABLE person(
  rank INTEGER PRIMARY KEY, person_key TEXT NOT NULL UNIQUE, platforms TEXT NOT NULL, relations TEXT NOT NULL,
  suggestion TEXT, mark TEXT, folded TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE mark(key TEXT PRIMARY KEY, mark TEXT NOT NULL, batch INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE mark_log(
  id INTEGER PRIMARY KEY, batch INTEGER NOT NULL, person_key TEXT NOT NULL, before TEXT);
CREATE INDEX mark_log_batch ON mark_log(batch);
CREATE TABLE answer(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE setting_answer(
  row_id TEXT PRIMARY KEY, answer TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE allowed_word(word TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
"""

_SEARCH = """
ALTER TABLE account ADD COLUMN searchable INTEGER NOT NULL DEFAULT 0;
CREATE TABLE words(id INTEGER PRIMARY KEY, folded TEXT NOT NULL);
"""


def _run(conn: sqlite3.Connection, script: str) -> None:
    """Run the statements one by one (`executescript` would commit the transaction first)."""
    for statement in script.split(";"):
        if statement.strip():
            conn.execute(statement)


def first_tables(conn: sqlite3.Connection) -> None:
    """Version 1: imports, items, cards, decisions, people, answers."""
    _run(conn, _FIRST)


def search_words(conn: sqlite3.Connection) -> None:
    """Version 2: words of every own item, so that unflagged ones can be searched."""
    _run(conn, _SEARCH)


Step = Callable[[sqlite3.Connection], None]
MIGRATIONS: tuple[Step, ...] = (first_tables, search_words)


def version(conn: sqlite3.Connection) -> int:
    """Return the version of an open file, 0 for an empty one. Raises WorkspaceError when it isn't our file."""
    tables = {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "schema_version" in tables and conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
        return int(conn.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()[0])
    if tables:
        raise WorkspaceError(
            "The file workspace.sqlite in the data folder was not made by self-audit, so it is left alone: move it "
            "elsewhere and start again."
        )
    return 0


def refuse_newer(conn: sqlite3.Connection, steps: tuple[Step, ...] = MIGRATIONS) -> None:
    """Raise WorkspaceError for a file that is not ours or from a newer self-audit, before anything is written to it."""
    if version(conn) > len(steps):
        raise WorkspaceError(
            "Your work was saved by a newer version of self-audit: update self-audit and open it again. Nothing has "
            "been changed."
        )


def migrate(conn: sqlite3.Connection, steps: tuple[Step, ...] = MIGRATIONS) -> int:
    """Bring the open file to the newest version and return it. Safe when two processes do so at once.

    Raises WorkspaceError for a file from a newer self-audit, which is left as it is.
    """
    while version(conn) < len(steps):
        conn.execute("BEGIN IMMEDIATE")
        try:
            now = version(conn)
            if now < len(steps):  # another process may have taken the step meanwhile
                if now == 0:
                    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    conn.execute("CREATE TABLE schema_version(version INTEGER PRIMARY KEY, at TEXT NOT NULL)")
                steps[now](conn)
                conn.execute("INSERT INTO schema_version VALUES(?, ?)", (now + 1, datetime.now(UTC).isoformat("T", "seconds")))
            conn.execute("COMMIT")
        except BaseException:
            conn.execute("ROLLBACK")
            raise
    refuse_newer(conn, steps)
    return len(steps)
