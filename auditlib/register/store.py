"""The register's one SQLite file: declarations, files that could not be verified, and what happened when.

It holds what the rows show and nothing that a declaration says beyond that. Nothing is overwritten: a newer declaration
marks the earlier one as superseded, and every arrival is written into the history.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from auditlib.errors import RegisterError

_MIGRATIONS = (
    """
    create table declaration (
        seq integer primary key, integrity text not null unique, invitation_id text not null, name_keys text not null,
        full_name text not null, signed_at text not null, superseded_by text not null default '', row text not null);
    create index declaration_by_invitation on declaration (invitation_id);
    create table place (
        integrity text not null, file text not null, folder text not null, duplicate integer not null,
        primary key (integrity, file, folder));
    create table unverified (
        seq integer primary key, file text not null, folder text not null, sha256 text not null, row text not null,
        open integer not null default 1);
    create table history (
        seq integer primary key, at text not null, what text not null, file text not null, sha256 text not null);
    """,
)


@contextmanager
def opened(register: Path) -> Iterator[sqlite3.Connection]:
    """Give the register's database in one transaction, made when it isn't there; nothing is kept when an error occurs.

    Raises `RegisterError` when the file is not a register, is locked by another program, or is from a newer version.
    """
    try:
        register.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(register, timeout=20, isolation_level=None)
    except (OSError, sqlite3.Error):
        raise RegisterError(f"The register {register.name} cannot be opened. Check the folder and try again.") from None
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("begin immediate")
        _migrate(connection, register.name)
        yield connection
        connection.execute("commit")
    except sqlite3.OperationalError:
        raise RegisterError(f"The register {register.name} is in use, or this folder may not be written to.") from None
    except sqlite3.DatabaseError:
        raise RegisterError(f"{register.name} is not a register of self-audit. Choose another file.") from None
    finally:
        connection.close()  # an open transaction is rolled back


def _migrate(connection: sqlite3.Connection, name: str) -> None:
    version = connection.execute("pragma user_version").fetchone()[0]
    tables = connection.execute("select count(*) from sqlite_master").fetchone()[0]
    if version > len(_MIGRATIONS):
        raise RegisterError(f"The register {name} is from a newer version of self-audit. Update self-audit to open it.")
    if version == 0 and tables:
        raise RegisterError(f"{name} is not a register of self-audit. Choose another file.")
    for number, script in enumerate(_MIGRATIONS[version:], version + 1):
        for statement in filter(str.strip, script.split(";")):  # executescript would end the transaction
            connection.execute(statement)
        connection.execute(f"pragma user_version = {number}")


def note(connection: sqlite3.Connection, at: str, what: str, file: str, sha256: str) -> None:
    """Write one line of history: an ISO moment, what happened, the file's name, the SHA-256 it is known by."""
    connection.execute("insert into history (at, what, file, sha256) values (?, ?, ?, ?)", (at, what, file, sha256))
