"""Notebook 4: who is linked to the person's accounts, and what to do about pupils and their families."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import walk
from ..declaration import statements as lists
from ..errors import UsageError
from ..records import Mark, Person
from ..workspace import Workspace
from . import links, words
from .batches import Batches
from .guard import Page

MARKS: dict[Mark, str] = {
    "pupil": "Pupil",
    "former-pupil": "Former pupil",
    "parent": "Parent or carer",
    "colleague": "Colleague",
    "friend": "Family or friend",
    "none": "None of these",
    "unknown": "I don't know",
}

SUGGESTED = {
    "pupil": "may be a pupil", "former-pupil": "may be a former pupil", "parent": "may be a parent or carer",
    "colleague": "may be a colleague", "family": "may be family", "friend": "may be a friend",
    "business": "looks like a business or organisation",
}  # fmt: skip

TO_DO: dict[Mark, list[str]] = {
    "pupil": [
        "The policy asks staff to have no pupils as friends and not to accept their invitations.",
        "If the pupil is your own child or a relative, or you teach them outside school, that can be right: say so to "
        "a senior leader, who will agree with you what is sensible.",
        "Otherwise remove the connection on the platform, kindly and without a message.",
        "If you have exchanged messages, do not delete them. Talk to {dsl} first.",
    ],
    "former-pupil": [
        "Former pupils need care too, most of all those under 18, those who left lately, and those with brothers or "
        "sisters at the school.",
        "If in doubt, ask a senior leader. You can ask for that below.",
    ],
    "parent": [
        "The policy asks you to think carefully about contact with pupils' families, so that you stay fair to all.",
        "A friendship from before is not wrong. Do not talk about school or pupils there, and tell a senior leader.",
        "Look again at what this person can see of your posts.",
    ],
    "colleague": ["Nothing to undo. Do not talk about school, pupils or other colleagues there."],
    "friend": ["Nothing to undo. You may ask them to think before they tag you."],
    "none": ["Nothing to do."],
    "unknown": [
        "Look at their profile on the platform. If you cannot tell who it is, removing the connection is the safe way.",
    ],
}


class ConnectionsPage(Page):
    """The page of notebook 4. `ws` is the open workspace."""

    scripts = ("list.js", "connections.js")
    styles = ("lists.css", "connections.css")

    def __init__(self, ws: Workspace) -> None:
        super().__init__()
        self.ws = ws
        self._batches = Batches()
        self.handlers = {
            "start": self.start,
            "people": self.people,
            "mark": self.mark,
            "finish": self.finish,
        }

    def start(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the marks and what each asks for, how many people there are, and the answers given so far."""
        dsl = walk.school(self.ws).contacts.dsl or "the designated safeguarding lead (DSL)"
        view = self.ws.people()
        return {
            "marks": [list(pair) for pair in MARKS.items()],
            "advice": {mark: [line.format(dsl=dsl) for line in lines] for mark, lines in TO_DO.items()},
            "total": view.total,
            "marked": view.marked,
            "accounts": len(self.ws.accounts()),
            "wishes": [list(pair) for pair in lists.WISHES.items()],
            "answers": self.ws.get("connections", {}) or {},
        }

    def people(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return at most 500 people, from `start`."""
        start, count = int(data["start"]), min(500, int(data["count"]))
        return {"start": start, "people": [person(row) for row in self.ws.people_page(start, count)]}

    def mark(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Commit a batch in order: entries of `{"keys", "mark"}` (one undo step each) or `{"undo": true}`."""
        undone: list[list[str | None]] = []
        for entry in self._batches.rest(data):
            if entry.get("undo"):
                undone += [[key, before] for key, before in self.ws.undo_marks()]
            elif entry["mark"] in MARKS:
                self.ws.mark_people(entry["keys"], entry["mark"])
            else:
                raise UsageError("That is not one of the marks on this page. Reload the page.")
        return {"undone": undone}

    def finish(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Keep whether the connections were gone through, and whether the person wants to speak to someone."""
        kept = dict(self.ws.get("connections", {}) or {})
        for entry in data["batch"]:
            kept.update({name: str(entry[name]) for name in ("check", "wish") if name in entry})
        self.ws.put("connections", kept)
        return {}


def person(row: Person) -> dict[str, Any]:
    """Return one person as the page draws them."""
    first = row.platforms[0] if row.platforms else ""
    return {
        "key": row.person_key,
        "name": row.name or (row.handles[0] if row.handles else "(no name in the download)"),
        "handles": list(row.handles),
        "platforms": [words.platform(name) for name in row.platforms],
        "relations": [words.KINDS.get(relation, (relation, relation))[0] for relation in row.relations],
        "since": words.day(row.since) if row.since else "",
        "address": row.url,
        "link": next((link for name in row.platforms if (link := links.safe_link(name, row.url))), None),
        "where": f"Look for the name on {words.platform(first)}." if first else "",
        "suggestion": SUGGESTED.get(row.suggestion or "", ""),
        "evidence": list(row.evidence),
        "mark": "friend" if row.mark == "family" else row.mark,
    }
