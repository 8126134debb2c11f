"""Answers the person gives: named JSON values, settings rows, statements, and words not to ask about again."""

from __future__ import annotations

import unicodedata
from typing import Any

import msgspec

from auditlib.errors import UsageError
from auditlib.workspace.store import Store, now, set_meta
from auditlib.workspace.views import Answer

SETTING_ANSWERS = ("done", "already-set", "not-in-my-app", "leave", "do-not-use", "later")
STATEMENTS = "statements"


def get(store: Store, name: str, default: Any) -> Any:
    """Return the value kept under a name as plain JSON types, `default` when there is none."""
    with store.read() as conn:
        row = conn.execute("SELECT value FROM answer WHERE name = ?", (name,)).fetchone()
    return msgspec.json.decode(row[0]) if row else default


def put(store: Store, name: str, value: Any) -> None:
    """Keep a JSON value under a name."""
    body = msgspec.json.encode(value)
    with store.write() as conn:
        conn.execute("INSERT OR REPLACE INTO answer VALUES(?, ?)", (name, body))


def answer_statement(store: Store, statement_id: str, answer: str) -> None:
    """Answer one statement inside the value "statements", so that two windows don't overwrite each other's."""
    with store.write() as conn:
        row = conn.execute("SELECT value FROM answer WHERE name = ?", (STATEMENTS,)).fetchone()
        given = msgspec.json.decode(row[0], type=dict[str, Any]) if row else {}
        given[statement_id] = answer
        conn.execute("INSERT OR REPLACE INTO answer VALUES(?, ?)", (STATEMENTS, msgspec.json.encode(given)))


def answer_setting(store: Store, row_id: str, answer: str, reason: str) -> None:
    """Answer one row of the settings checklist."""
    if answer not in SETTING_ANSWERS:
        raise UsageError("A settings answer is one of: " + ", ".join(SETTING_ANSWERS) + ".")
    with store.write() as conn:
        conn.execute("INSERT OR REPLACE INTO setting_answer VALUES(?, ?, ?, ?)", (row_id, answer, reason, now()))


def setting_answers(store: Store) -> dict[str, Answer]:
    """Return the answered rows by row id."""
    with store.read() as conn:
        rows = conn.execute("SELECT row_id, answer, reason, at FROM setting_answer ORDER BY row_id").fetchall()
    return {row_id: Answer(answer=answer, reason=reason, at=at) for row_id, answer, reason, at in rows}


def allow_word(store: Store, word: str, allowed: bool) -> None:
    """Add a word to those not to ask about, or take it out; case doesn't count."""
    folded = unicodedata.normalize("NFC", " ".join(word.casefold().split()))
    if not folded:
        return
    with store.write() as conn:
        if allowed:
            conn.execute("INSERT OR IGNORE INTO allowed_word VALUES(?, ?)", (folded, now()))
        else:
            conn.execute("DELETE FROM allowed_word WHERE word = ?", (folded,))
        set_meta(conn, "scanner", None)


def allowed_words(store: Store) -> frozenset[str]:
    """Return the words not to ask about, case-folded, with single spaces."""
    with store.read() as conn:
        return frozenset(row[0] for row in conn.execute("SELECT word FROM allowed_word"))
