"""Notebook 2: the review queue. One card for each record that is worth another look, and the list of what to do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any

from .. import platforms, policy, walk
from ..errors import UsageError
from ..workspace import QueueFilter, Workspace
from . import cards, jobs, words
from .batches import Batches
from .guard import Page, plain

BULK_MOST = 5000  # cards changed by one bulk choice: one undo step must stay quick


def filters_from(data: Mapping[str, Any]) -> QueueFilter:
    """Return the filter the page asks for; an empty choice means every one."""

    def word(name: str) -> str | None:
        return str(data[name]) if data.get(name) else None

    year = word("year")
    return QueueFilter(
        clause=word("clause"),
        platform=word("platform"),
        year=int(year) if year and year.isdigit() else None,
        audience=word("audience"),
        band=word("band"),
        undecided=data.get("choice") == "undecided",
        choice=None if data.get("choice") == "undecided" else word("choice"),
        search=str(data.get("search") or "")[:200],
        all_posts=bool(data.get("all_posts")),
    )


class PostsPage(Page):
    """The page of notebook 2. `ws` is the open workspace; decisions are committed before they are acknowledged."""

    scripts = ("progress.js", "list.js", "queue.js", "card.js", "todo.js", "posts.js")
    styles = ("lists.css", "queue.css")

    def __init__(self, ws: Workspace) -> None:
        super().__init__()
        self.ws = ws
        self.titles = {id_: clause.title for id_, clause in policy.load_policy().clauses.items()}
        self.titles.setdefault("safeguarding", "Something a child may need help with")
        self._batches = Batches()
        self._words: tuple[str | None, dict[tuple[str, str], list[str]]] | None = None
        self.handlers = {
            "start": self.start,
            "fresh": self.fresh,
            "rescan": self.rescan,
            "queue": self.queue,
            "page": self.page,
            "decide": self.decide,
            "like": self.like,
            "bulk": self.bulk,
            "todo": self.todo,
            "done": self.done,
        }

    def start(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the page needs before its first card: counts and the values of each filter with their words.

        `stale` alone: something was read since the last look, so "rescan" comes first.
        `busy` alone: something is being read at the moment; "done" follows.
        """
        job = jobs.current()
        if job:
            job.listener = self._hear
            return {"busy": job.latest}
        accounts = self.ws.accounts()
        if accounts and self.ws.scanner_version() is None:
            return {"stale": True}
        facets = self.ws.facets()
        return {
            "counts": self.ws.counts(),
            "accounts": len(accounts),
            "dsl": walk.school(self.ws).contacts.dsl or "the designated safeguarding lead (DSL)",
            "filters": {
                "clause": self._facet(facets, "clause", self.titles),
                "platform": self._facet(facets, "platform", platforms.titles()),
                "year": sorted(self._facet(facets, "year", {}), reverse=True),
                "audience": self._facet(facets, "audience", words.AUDIENCES),
                "band": self._facet(facets, "band", cards.BANDS),
            },
        }

    def fresh(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Find out whether the school, the start date or the rules have changed since the last look; "stale" may follow.

        Making a scanner takes a second or two, so it is done beside the page and not before it.
        """

        def compare() -> None:
            try:
                stale = self.ws.scanner_version() != walk.scanner(self.ws).version
            # A thread has nobody to raise to; the page is told and the person can go on with what is listed.
            except Exception as error:
                self.tell("problem", data={"words": plain(error)})
                return
            if stale:
                self.tell("stale")

        if self.ws.accounts():
            threading.Thread(target=compare, name="self-audit-fresh", daemon=True).start()
        return {}

    def rescan(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Start looking through everything again in a thread; "progress" and then "done" or "problem" follow."""

        def work(report: Callable[[dict[str, Any]], None], cancel: threading.Event) -> dict[str, Any]:
            walk.rescan(self.ws, lambda now: report(words.progress(now)), cancel)
            return {}

        jobs.begin(work, self._hear, plain)
        return {}

    def _hear(self, kind: str, data: dict[str, Any]) -> None:
        self.tell(kind, data=data)

    @staticmethod
    def _facet(facets: Mapping[str, Mapping[str, int]], name: str, named: Mapping[str, str]) -> list[list[str]]:
        return [
            [str(value), f"{named.get(str(value), str(value))} ({count:,})"]
            for value, count in facets.get(name, {}).items()
            if value not in (None, "", "None")
        ]

    def queue(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Make the view afresh and return its length, how many are decided, and where to resume."""
        view = self.ws.queue(filters_from(data))
        return {"total": view.total, "decided": view.decided, "first": view.first_undecided}

    def page(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return at most 500 cards of the last view made, from `start`."""
        start, count = int(data["start"]), min(500, int(data["count"]))
        found = self.ws.page(filters_from(data["filters"]), start, count)
        return {"start": start, "cards": [cards.drawn(card, self.titles) for card in found]}

    def decide(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Commit a batch in order and return the counts.

        Each entry is `{"key", "choice"}` or `{"undo": true}`; each choice is its own undo step. `undone` lists what an
        undo put back, `refused` what could not be taken (a record that is gone, a safeguarding card), with the reason.
        """
        undone: list[list[str | None]] = []
        refused: list[list[str | None]] = []
        for entry in self._batches.rest(data):
            if entry.get("undo"):
                undone += [[key, choice] for key, choice in self.ws.undo()]
                continue
            try:
                self.ws.decide([(entry["key"], entry["choice"])])
            except UsageError as error:
                card = self.ws.card(entry["key"])
                refused.append([entry["key"], card.choice if card else None, str(error)])
        return {"counts": self.ws.counts(), "undone": undone, "refused": refused}

    def like(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return how many undecided cards are there for the same word under the same rule as this card's first one."""
        word, keys = self._alike(str(data["key"]))
        return {"word": word, "count": len(keys)}

    def _alike(self, key: str) -> tuple[str, list[str]]:
        card = self.ws.card(key)
        if card is None or card.refer:
            return "", []
        found = ((r.rule, card.fields.get(r.field, "")[s.start : s.end]) for r in card.reasons for s in r.spans)
        rule, word = next(((rule, word) for rule, word in found if word.strip()), ("", ""))
        if not word or card.reasons[0].severity == "serious":
            return "", []
        keys = self._same_word().get((rule, word.casefold()), [])
        # Only cards with no other reason: a bulk choice must not settle what it did not look at.
        alone = []
        for other in keys:
            view = self.ws.card(other)
            if view and view.choice is None and not view.refer and {r.rule for r in view.reasons} == {rule}:
                alone.append(other)
        return word, alone[:BULK_MOST]

    def _same_word(self) -> dict[tuple[str, str], list[str]]:
        """Return rule and word -> keys of the cards they flag, made once for each scan."""
        version = self.ws.scanner_version()
        if self._words is None or self._words[0] != version:
            found: dict[tuple[str, str], dict[str, None]] = {}
            for finding in self.ws.findings():
                if finding.severity != "serious" and finding.field == "text":
                    for span in finding.spans:
                        word = finding.text[span.start : span.end].casefold()
                        found.setdefault((finding.rule, word), {})[finding.key] = None
            self._words = version, {place: list(keys) for place, keys in found.items()}
        return self._words[1]

    def bulk(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Keep every undecided card with the same word and no other reason; one undo step. Return their keys."""
        _word, keys = self._alike(str(data["key"]))
        if keys:
            self.ws.decide([(key, "keep") for key in keys])
        return {"keys": keys, "counts": self.ws.counts()}

    def todo(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is to be removed or limited, grouped by platform."""
        rows = sorted(self.ws.todo(), key=lambda row: row.platform)
        return {
            "groups": [
                {"platform": words.platform(name), "rows": [cards.to_do(row) for row in group]}
                for name, group in groupby(rows, key=lambda row: row.platform)
            ]
        }

    def done(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Commit ticks on the to-do list: entries of `{"key", "done"}`."""
        for entry in data["batch"]:
            self.ws.mark_done(entry["key"], bool(entry["done"]))
        return {"counts": self.ws.counts()}
