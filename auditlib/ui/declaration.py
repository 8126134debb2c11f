"""Notebook 5: what the declaration will say, each statement's answer, the signature, and the end of the walk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import declaration, policy, walk
from ..errors import NotReady, UsageError
from ..workspace import Workspace
from . import preview, school, texts, words
from .guard import Page

PERSON = ("full_name", "role", "start_date", "staff_group")
KEPT = ("referral", "contact", "adjustments")


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
        now = school.current(self.ws)
        titles = {id_: clause.title for id_, clause in policy.load_policy().clauses.items()}
        answers = self.ws.statement_answers()
        talk = self.ws.get("talk", {}) or {}
        return {
            "school": now.school.name,
            "notice": texts.privacy_notice(now),
            "person": self.ws.get("person", {}) or {},
            "groups": _pairs(declaration.STAFF_GROUPS),
            "statements": [
                {
                    "id": one.id,
                    "wording": one.wording,
                    "clauses": [titles.get(clause, clause) for clause in one.clauses],
                    "answers": [[answer, declaration.ANSWERS[answer]] for answer in one.answers],
                    "answer": answers.get(one.id, ""),
                }
                for one in walk.statements(self.ws)
            ],
            "scope": self._scope(),
            "connections": self.ws.get("connections", {}) or {},
            "wishes": _pairs(declaration.WISHES),
            "checks": _pairs(declaration.CONNECTIONS),
            "referrals": _pairs(declaration.REFERRALS),
            "contacts": _pairs(declaration.CONTACTS),
            "yes_no": _pairs(declaration.YES_NO),
            "talk": {name: talk.get(name, "none" if name == "referral" else "") for name in KEPT},
            "truth": declaration.STATEMENT_OF_TRUTH,
            "tick": declaration.TICK,
            "invited": bool(self.ws.get("invitation")),
        }

    def _scope(self) -> dict[str, Any]:
        read = list(dict.fromkeys(words.platform(view.platform) for view in self.ws.accounts()))
        kept: Mapping[str, Mapping[str, str]] = self.ws.get("platforms", {}) or {}
        said = [
            f"{words.platform(name)}: {declaration.ROUTES.get(answer.get('route', ''), '')}"
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
            elif what == "talk" and name in KEPT:
                self._merge("talk", name, str(value))
            else:
                raise UsageError("This page and the program behind it do not match. Reload the page.")
        return {}

    def _merge(self, record: str, name: str, value: Any) -> None:
        self.ws.put(record, {**(self.ws.get(record, {}) or {}), name: value})

    def preview(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the document's text as it stands now, or everything that is still missing."""
        try:
            payload = walk.draft(self.ws)
        except NotReady as error:
            return {"missing": list(error.missing), "blocks": []}
        return {"missing": [], "blocks": preview.blocks(declaration.render(payload))}

    def sign(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Sign, write the document into the exports folder, and return its name and where it is.

        Raises:
            NotReady: with everything that is missing.
            UsageError: the invitation code is mistyped.
        """
        typed, code = str(data["name"]).strip(), str(data.get("code") or "").strip() or None
        strokes = data.get("strokes") or None
        path = walk.sign(self.ws, typed, bool(data["tick"]), strokes, code)
        return {"file": path.name, "folder": str(path.parent)}

    def wipe(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Erase everything this program keeps about the person and return what it cannot erase."""
        return {"left": self.ws.wipe()}


def _pairs(table: Mapping[str, str]) -> list[list[str]]:
    return [[id_, shown] for id_, shown in table.items()]
