"""Small invented exports made of tables: Reddit, Discord, forums, any other site."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from making import laid

from auditlib.exports import look
from auditlib.reading import NO_ANSWERS, Answers
from auditlib.records import Connection, Coverage, Item, ProfileFact, Setting, Summary


def table(header: str, *rows: tuple[object, ...], end: str = "\n") -> bytes:
    """A CSV file: the header's names between commas, then the rows."""
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerows([header.split(","), *rows])
    return out.getvalue().encode()


class Told:
    """Everything one look at some files gave, sorted by kind of record."""

    def __init__(self, *paths: Path, answers: Answers = NO_ANSWERS) -> None:
        with look(paths, answers) as found:
            self.platforms = [e.module.NAME for e in found.exports]
            self.records = list(found.records())
        self.items = [r for r in self.records if isinstance(r, Item)]
        self.connections = [r for r in self.records if isinstance(r, Connection)]
        self.settings = {r.id: (r.value, r.raw) for r in self.records if isinstance(r, Setting)}
        self.facts = [(r.fact, r.value) for r in self.records if isinstance(r, ProfileFact)]
        named = [r for r in reversed(self.records) if isinstance(r, Coverage) and r.member]
        self.states = {r.member: (r.state, r.count) for r in named}
        summaries = [r for r in self.records if isinstance(r, Summary)]
        self.warnings = " ".join(w for r in summaries for w in r.warnings)
        self.questions = [q for r in summaries for q in r.questions]
        self.accounts = [r.account for r in summaries]

    def texts(self, *kinds: str) -> list[str]:
        return [i.text for i in self.items if not kinds or i.kind in kinds]

    def people(self, relation: str) -> list[str | None]:
        return [c.handle for c in self.connections if c.relation == relation]


def read(folder: Path, files: dict[str, Any]) -> Told:
    """The files laid out in a folder and read; what is not bytes is written as JSON."""
    return Told(laid(folder, {k: v if isinstance(v, bytes) else json.dumps(v).encode() for k, v in files.items()}))
