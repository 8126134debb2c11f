"""The one private SQLite file of the person: records, findings, decisions, answers. `Workspace` is its whole face.

A package because it is several things that each fit a page; from outside it is one module (`auditlib.workspace`):

    views       structs handed to the screen         home     where the file lies, who copies that folder, erasing
    schema      tables, as migrations                store    connections, transactions, errors in plain words
    stored      how an item lies in the file         loading  importing with a swap        reading  streams, accounts
    search      words in any case and accent         cards    findings -> cards            review   queue, decisions
    todo        what to remove, and where            people   rows and marks               answers  everything typed

Promises: what a method did is committed when it returns and outlives `kill -9`; the file may be open twice, in two
processes and in any thread; errors are WorkspaceError or UsageError with one plain sentence and never content.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from auditlib.errors import WorkspaceError
from auditlib.records import Choice, Connection, Finding, Item, Mark, Person, ProfileFact, Setting
from auditlib.workspace import answers, cards, loading, reading, todo
from auditlib.workspace.home import FILE_NAME, data_home, erase, synced_folder
from auditlib.workspace.loading import Load
from auditlib.workspace.people import People
from auditlib.workspace.review import Review
from auditlib.workspace.search import make_words
from auditlib.workspace.store import Store, meta
from auditlib.workspace.views import (
    AccountView,
    Answer,
    Bar,
    Card,
    PeopleFilter,
    PeopleView,
    QueueFilter,
    QueueView,
    Reason,
    TodoRow,
)

_ALL_CARDS = QueueFilter()
_ALL_PEOPLE = PeopleFilter()

__all__ = [
    "AccountView", "Answer", "Bar", "Card", "Load", "PeopleFilter", "PeopleView", "QueueFilter",
    "QueueView", "Reason", "TodoRow", "Workspace", "data_home", "erase", "synced_folder",
]  # fmt: skip


class Workspace:
    """An open workspace; use it as a context manager or call `close`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._review, self._people = Review(store), People(store)

    @classmethod
    def open(cls, home: Path | None = None) -> Workspace:
        """Return the workspace in `home` (default `data_home()`), made or brought up to date when needed.

        Raises WorkspaceError when the file is damaged, from a newer version, not ours or not writable; it is then
        left exactly as it is.
        """
        return cls(Store(data_home() if home is None else Path(home)))

    @staticmethod
    def set_aside(home: Path | None = None) -> Path:
        """Rename a damaged work file so that a fresh one can be made, and return its new path. Only when asked to.

        Raises WorkspaceError when there is none or another window holds it.
        """
        path = (data_home() if home is None else Path(home)) / FILE_NAME
        aside = path.with_name(f"workspace.damaged-{time.strftime('%Y%m%d-%H%M%S')}.sqlite")
        try:
            path.rename(aside)
            for ending in ("-wal", "-shm"):
                journal = path.with_name(path.name + ending)
                if journal.exists():
                    journal.rename(aside.with_name(aside.name + ending))
        except OSError:
            raise WorkspaceError("The work file could not be set aside: close every self-audit window first.") from None
        return aside

    @property
    def path(self) -> Path:
        """The work file."""
        return self._store.path

    def close(self) -> None:
        """Close the file. Closing twice is harmless."""
        self._store.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    # -- answers

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value kept under `name` as plain JSON types, else `default`."""
        return answers.get(self._store, name, default)

    def put(self, name: str, value: Any) -> None:
        """Keep a JSON value under `name`."""
        answers.put(self._store, name, value)

    def answer_setting(self, row_id: str, answer: str, reason: str = "") -> None:
        """Answer one settings row: done, already-set, not-in-my-app, leave, do-not-use or later (else UsageError)."""
        answers.answer_setting(self._store, row_id, answer, reason)

    def setting_answers(self) -> dict[str, Answer]:
        """Return the answered settings rows by row id."""
        return answers.setting_answers(self._store)

    def answer_statement(self, statement_id: str, answer: str) -> None:
        """Answer one statement of the declaration; the whole is also `get("statements")`."""
        answers.answer_statement(self._store, statement_id, answer)

    def statement_answers(self) -> dict[str, str]:
        """Return the answers by statement id."""
        return dict(self.get(answers.STATEMENTS, {}))

    def allow_word(self, word: str) -> None:
        """Note a word not to ask about again; takes effect with the next scan."""
        answers.allow_word(self._store, word, True)

    def disallow_word(self, word: str) -> None:
        """Take a word off that list."""
        answers.allow_word(self._store, word, False)

    def allowed_words(self) -> frozenset[str]:
        """Return the words not to ask about, case-folded."""
        return answers.allowed_words(self._store)

    # -- records

    def importing(self, platform: str, account: str | None, source_label: str) -> AbstractContextManager[Load]:
        """Store one export: `with ws.importing(...) as load: load.add(records)`.

        Leaving the block makes its records the account's records in one step, in place of an earlier import of the
        same platform and account (with account None: and the same source_label). An exception, a cancel or a killed
        process leaves the earlier ones. Decisions and marks stay, by key. Records may be of other platforms than
        `platform` (Threads inside an Instagram export): they come and go with this import.
        """
        return loading.importing(self._store, platform, account, source_label)

    def remove_account(self, platform: str, account: str | None) -> None:
        """Take an account, and what was imported with it, out again; decisions stay. Unknown ones are no error."""
        loading.remove(self._store, platform, account)

    def accounts(self) -> list[AccountView]:
        """Return every account found, in the order imported."""
        return reading.accounts(self._store)

    def items(self) -> Iterator[Item]:
        """Yield every item in the order imported: one view of the file, whatever is written meanwhile."""
        return reading.items(self._store)

    def item(self, key: str) -> Item | None:
        """Return one item, None when no account holds it. Looks through all items, so not for loops."""
        return reading.item(self._store, key)

    def connections(self) -> Iterator[Connection]:
        """Yield every connection in the order imported."""
        return reading.others(self._store, "connection", Connection)

    def settings(self) -> Iterator[Setting]:
        """Yield every privacy setting found in the exports."""
        return reading.others(self._store, "setting", Setting)

    def profile(self) -> Iterator[ProfileFact]:
        """Yield every profile fact found in the exports."""
        return reading.others(self._store, "profile", ProfileFact)

    def timeline(self) -> list[Bar]:
        """Return the person's own items by platform and year, with how many of them are flagged."""
        return reading.timeline(self._store)

    # -- findings and the queue

    def store_findings(self, findings: Iterable[Finding], scanner_version: str) -> int:
        """Replace all findings in one step and return the number of cards; decisions stay, by key.

        Cards are ordered by their weightiest finding: severity, then score, then time, undated last.
        """
        return cards.store_findings(self._store, findings, scanner_version)

    def scanner_version(self) -> str | None:
        """Return the version that made the findings; None when there was no scan since the last import or new word."""
        with self._store.read() as conn:
            value: str | None = meta(conn, "scanner")
        return value

    def findings(self) -> Iterator[Finding]:
        """Yield every finding in the order of the queue."""
        return cards.findings(self._store)

    def queue(self, filters: QueueFilter = _ALL_CARDS) -> QueueView:
        """Make a view of the queue and return its length, what is decided, and where to resume."""
        return self._review.queue(filters)

    def prepare_search(self) -> int:
        """Make the words of all own items searchable now and return how many; else the first search does it.

        Takes about 10 s for a million items, in small transactions; may run in a thread beside the scan.
        """
        return make_words(self._store)

    def page(self, filters: QueueFilter, start: int, count: int) -> list[Card]:
        """Return cards `start` to `start + count` of the last view made with these filters.

        The view stands still while cards are decided; `queue` makes it afresh. A scan or an import makes it afresh too.
        """
        return self._review.page(filters, start, count)

    def card(self, key: str) -> Card | None:
        """Return one card, flagged or not; None when no such record is held."""
        return self._review.card(key)

    def facets(self) -> dict[str, dict[str, int]]:
        """Return, for clause, platform, year, audience, kind and band: value -> number of cards."""
        return self._review.facets()

    def decide(self, batch: Iterable[tuple[str, Choice | None]]) -> None:
        """Take decisions, all or none; on the disk when this returns. None takes a decision back.

        Raises UsageError for an unknown choice or record, and for "remove" on a safeguarding card.
        """
        self._review.decide(batch)

    def undo(self) -> list[tuple[str, Choice | None]]:
        """Take back the last batch and return its keys with the choices now in force; [] when nothing is left.

        May be called again and again, also after a restart.
        """
        return self._review.undo()

    def counts(self) -> dict[str, int]:
        """Return cards, decided, one number per choice (of cards), and todo and done (of the to-do list)."""
        return self._review.counts()

    def todo(self) -> list[TodoRow]:
        """Return what is to be removed or limited, by platform and account, newest first."""
        return todo.todo(self._store)

    def mark_done(self, key: str, done: bool = True) -> None:
        """Tick one row of the to-do list, or untick it. Raises UsageError when it isn't on the list."""
        todo.mark_done(self._store, key, done)

    # -- people

    def store_people(self, rows: Iterable[Person]) -> int:
        """Replace all people, in the order given, and return their number; marks stay with each row's `keys`."""
        return self._people.store_people(rows)

    def people(self, filters: PeopleFilter = _ALL_PEOPLE) -> PeopleView:
        """Make a view of the people and return its length and how many are marked."""
        return self._people.people(filters)

    def people_page(
        self, start: int, count: int, search: str = "", undecided: bool = False, *, platform: str | None = None,
        relation: str | None = None, suggested: bool | None = None, mark: str | None = None,
    ) -> list[Person]:  # fmt: skip
        """Return rows `start` to `start + count` of the last view made with these filters; see `page`."""
        filters = PeopleFilter(
            search=search, undecided=undecided, platform=platform, relation=relation, suggested=suggested, mark=mark
        )
        return self._people.page(filters, start, count)

    def people_counts(self) -> dict[str, int]:
        """Return people, marked, and one number per mark."""
        return self._people.counts()

    def mark_people(self, keys: Iterable[str], mark: Mark | None) -> None:
        """Mark people by person_key, all or none, as one undo step. None takes the mark off."""
        self._people.mark(keys, mark)

    def mark_all(self, filters: PeopleFilter, mark: Mark) -> int:
        """Mark everyone the filter shows who has no mark yet, as one undo step; return how many."""
        return self._people.mark_all(filters, mark)

    def undo_marks(self) -> list[tuple[str, Mark | None]]:
        """Take back the last marking; return its person_keys with the marks now in force. [] = nothing left."""
        return self._people.undo()

    # -- the end

    def wipe(self) -> list[str]:
        """Close and remove the work file with its journals; return sentences on what that doesn't reach.

        Raises WorkspaceError when another window keeps the file from being removed (Windows).
        """
        self.close()
        return erase(self._store.home)
