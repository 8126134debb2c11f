"""The open work file: one shared connection behind a lock, others made on request, and errors turned into sentences.

Durability: WAL with `synchronous=FULL` on the shared connection, so a commit that returned is on the disk even after a
power cut; imports use `NORMAL`, which a killed process can't hurt either and which spares a sync for every batch.
No content reaches another file: `temp_store=MEMORY` keeps sorts out of the system's temporary folder.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from auditlib.errors import WorkspaceError
from auditlib.workspace.home import FILE_NAME, private_file, private_folder
from auditlib.workspace.schema import migrate, refuse_newer

BUSY_SECONDS = 15.0
_CHECKED_BELOW = 64 * 2**20  # bytes: a whole check of a bigger file would delay every start

_DAMAGED = (
    "Your private work file is damaged and cannot be read. Nothing has been changed or overwritten: you can set it "
    "aside and start afresh, or put back a copy of it from a back-up."
)
_SENTENCES = {
    sqlite3.SQLITE_BUSY: "Another self-audit window is saving at the moment: wait a few seconds and try again.",
    sqlite3.SQLITE_LOCKED: "Another self-audit window is saving at the moment: wait a few seconds and try again.",
    sqlite3.SQLITE_FULL: "The disk is full: make some room and try again. What was already saved is safe.",
    sqlite3.SQLITE_READONLY: "Your private work file may not be written: check the permissions of its folder.",
    sqlite3.SQLITE_CANTOPEN: "Your private work file cannot be opened: check that its folder is still there.",
    sqlite3.SQLITE_IOERR: "The disk did not answer while saving: check the disk and try again.",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


def now() -> str:
    """Return the time as ISO 8601 text in UTC, to the second."""
    return datetime.now(UTC).isoformat("T", "seconds")


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what the disk or another process can cause into a WorkspaceError; a fault of our own SQL stays as it is."""
    try:
        yield
    except sqlite3.ProgrammingError as error:
        if "closed" in str(error):
            raise WorkspaceError("Your private work file is closed: open this page again.") from None
        raise
    except sqlite3.DatabaseError as error:
        sentence = _SENTENCES.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF)
        if sentence is None:
            raise
        raise WorkspaceError(sentence) from None


class Store:
    """One open work file. Every method may be called from any thread."""

    def __init__(self, home: Path) -> None:
        self.home = private_folder(home)
        self.path = self.home / FILE_NAME
        self._lock = threading.RLock()
        private_file(self.path)
        with plainly():
            self._main = self._open()
        self._identity = self._on_disk()

    def _open(self) -> sqlite3.Connection:
        """Open, check and migrate; a file just being made by another process is waited for."""
        give_up = time.monotonic() + BUSY_SECONDS
        while True:
            conn = self._raw()
            try:
                conn.execute("PRAGMA page_size = 16384")  # only a new file takes it; big pages make imports cheaper
                self._check(conn)
                refuse_newer(conn)
                conn.execute("PRAGMA journal_mode = WAL")  # a network drive may refuse: the older journal is safe too
                self._tune(conn, "FULL")
                migrate(conn)
                return conn
            except sqlite3.OperationalError as error:
                conn.close()
                # Switching a fresh file to WAL reports "busy" at once, whatever the busy timeout says.
                if (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                    raise
                time.sleep(0.02)
            except BaseException:
                conn.close()
                raise

    def _raw(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)

    @staticmethod
    def _tune(conn: sqlite3.Connection, sync: Literal["FULL", "NORMAL"]) -> None:
        for pragma in (
            f"synchronous = {sync}", "foreign_keys = ON", "temp_store = MEMORY", "secure_delete = FAST",
            "cache_size = -16000", "journal_size_limit = 16777216",
        ):  # fmt: skip
            conn.execute(f"PRAGMA {pragma}")

    def _check(self, conn: sqlite3.Connection) -> None:
        """Raise WorkspaceError when the file is cut off or damaged, before anything is written to it."""
        size = self.path.stat().st_size
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
        pages, page = (conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        journal = self.path.with_name(FILE_NAME + "-wal")
        if not (journal.exists() and journal.stat().st_size) and size and pages * page > self.path.stat().st_size:
            raise WorkspaceError(_DAMAGED)
        if size < _CHECKED_BELOW and conn.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise WorkspaceError(_DAMAGED)

    def _on_disk(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def still_there(self) -> None:
        """Raise WorkspaceError when the file was erased or replaced since it was opened (on POSIX nothing else tells)."""
        if self._on_disk() != self._identity:
            raise WorkspaceError("Your work was erased or moved in another window: open this page again.")

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Give the shared connection for short reading."""
        with self._lock, plainly():
            yield self._main

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Give the shared connection inside a transaction: committed on leaving, rolled back on any exception."""
        with self._lock, plainly():
            self.still_there()
            with transaction(self._main):
                yield self._main

    @contextmanager
    def apart(self) -> Iterator[sqlite3.Connection]:
        """Give a connection of one's own for long reading or an import; closed on leaving."""
        with plainly():
            self.still_there()
            conn = self._raw()
            try:
                self._tune(conn, "NORMAL")
                yield conn
            finally:
                conn.close()

    def close(self) -> None:
        """Close the shared connection. Closing twice is harmless."""
        with self._lock:
            self._main.close()


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """One write transaction, begun at once so that two writers wait for each other instead of one giving up."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise


def meta(conn: sqlite3.Connection, name: str) -> Any:
    """Return one value of the file's own bookkeeping, or None."""
    row = conn.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def set_meta(conn: sqlite3.Connection, name: str, value: str | int | None) -> None:
    """Set one value of the file's own bookkeeping (inside the caller's transaction)."""
    conn.execute("INSERT INTO meta VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value", (name, value))


def bump(conn: sqlite3.Connection, name: str) -> int:
    """Raise a counter by one (inside the caller's transaction) and return it."""
    value = int(meta(conn, name) or 0) + 1
    set_meta(conn, name, value)
    return value
