"""Notebook 5: what the declaration will say, each statement's answer, the signature, and the end of the walk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import declaration, declaring, policy, walk
from ..declaration import statements as lists
from ..errors import NotReady, UsageError
from ..workspace import Workspace
from . import texts, words
from .guard import Page

PERSON = ("full_name", "role", "start_date", "staff_group")


class DeclarationPage(Page):
    """The page of notebook 5. `ws` is the open workspace."""

    scripts = ("school.js", "signature.js", "statements.js", "declaration.js")
    styles = ("declaration.css",)

    def __init__(self, ws: Workspace) -> None:
        super().__init__()
        self.ws = ws
        self.handlers = {
            "start": self.start,
            "answer": self.answer,
            "preview": self.preview,
            "sign": self.sign,
            "wipe": self.wipe,
        }

    def start(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the form with what has been answered so far, the statements, the lists, and the privacy notice."""
        now = walk.school(self.ws)
        titles = {id_: clause.title for id_, clause in policy.load_policy().clauses.items()}
        draft = declaring.draft(self.ws)
        return {
            "school": now.school.name,
            "notice": texts.privacy_notice(now),
            "person": self.ws.get("person", {}) or {},
            "groups": _pairs(lists.STAFF_GROUPS),
            "statements": [
                {
                    "id": one.id,
                    "wording": draft.wording.get(one.id) or one.wording,
                    "clauses": [titles.get(clause, clause) for clause in one.clauses],
                    "answers": [[answer, lists.ANSWERS[answer]] for answer in one.answers],
                    "answer": draft.answers.get(one.id, ""),
                }
                for one in declaration.STATEMENTS
                if one.id not in draft.not_asked
            ],
            "scope": self._scope(),
            "connections": self.ws.get("connections", {}) or {},
            "wishes": _pairs(lists.WISHES),
            "checks": _pairs(lists.CONNECTIONS),
            "referrals": _pairs(lists.REFERRALS),
            "contacts": _pairs(lists.CONTACTS),
            "yes_no": _pairs(lists.YES_NO),
            "talk": {"to": draft.referral, "contact": draft.contact, "adjustments": draft.adjustments},
            "truth": draft.statement_of_truth,
            "tick": lists.TICK,
            "invited": bool(self.ws.get("invitation")),
        }

    def _scope(self) -> dict[str, Any]:
        read = list(dict.fromkeys(words.platform(view.platform) for view in self.ws.accounts()))
        kept: Mapping[str, Mapping[str, str]] = self.ws.get("platforms", {}) or {}
        said = [
            f"{words.platform(name)}: {lists.ROUTES.get(answer.get('route', ''), '')}"
            for name, answer in kept.items()
            if words.platform(name) not in read
        ]
        return {"none": self.ws.get("route") == "no-accounts", "read": read, "said": said}

    def answer(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Commit a batch of answers; each entry says in `what` which part of the form it belongs to."""
        for entry in data["batch"]:
            what, name, value = entry["what"], str(entry.get("name", "")), entry["value"]
            if what == "statement":
                self.ws.answer_statement(name, str(value))
            elif what == "person" and name in PERSON:
                self._merge("person", name, str(value).strip())
            elif what == "person" and name == "former_names":
                self._merge("person", name, [part.strip() for part in str(value).split("\n") if part.strip()])
            elif what == "connections" and name in ("check", "wish"):
                self._merge("connections", name, str(value))
            elif what == "referral" and name in ("to", "contact"):
                self._merge("referral", name, str(value))
            elif what == "adjustments":
                self.ws.put("adjustments", str(value))
            else:
                raise UsageError("This page and the program behind it do not match. Reload the page.")
        return {}

    def _merge(self, record: str, name: str, value: Any) -> None:
        self.ws.put(record, {**(self.ws.get(record, {}) or {}), name: value})

    def preview(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the document's text as it stands now, or everything that is still missing."""
        try:
            payload = declaring.preview(self.ws)
        except NotReady as error:
            return {"missing": list(error.missing), "blocks": []}
        return {"missing": [], "blocks": [block._asdict() for block in declaration.preview(payload)]}

    def sign(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Sign, write the document into the exports folder, and return its name and where it is.

        Raises:
            NotReady: with everything that is missing.
            UsageError: the invitation code is mistyped.
        """
        typed, code = str(data["name"]).strip(), str(data.get("code") or "").strip() or None
        strokes = data.get("strokes") or None
        folder = os.environ.get("SELF_AUDIT_EXPORTS")  # where the walk-through was started: the server says so
        path = declaring.sign(self.ws, typed, bool(data["tick"]), strokes, code, Path(folder) if folder else None)
        return {"file": path.name, "folder": str(path.parent)}

    def wipe(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Erase everything this program keeps about the person and return what it cannot erase."""
        return {"left": self.ws.wipe()}


def _pairs(table: Mapping[str, str]) -> list[list[str]]:
    return [[id_, shown] for id_, shown in table.items()]
