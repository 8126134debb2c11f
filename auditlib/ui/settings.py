"""Notebook 3: the privacy settings checklist, goal first, prefilled with what the downloads said."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from .. import settings, walk
from ..errors import UsageError
from ..workspace import Answer, Workspace
from . import words
from .guard import Page

ANSWERS = {
    "done": "I changed it",
    "already-set": "It was already so",
    "not-in-my-app": "Not in my app",
    "leave": "I leave it as it is",
    "do-not-use": "I do not use this",
    "later": "Later",
}
PRIORITIES = {"M": "Do this before you start", "S": "Strongly advised", "C": "Worth considering"}
PAST = {
    "yes": "This also changes what is already posted.",
    "no": "This is for new posts only. What is already posted stays as it is.",
    "part": "This changes only part of what is already posted.",
    "varies": "Whether it changes what is already posted depends on the platform.",
}
EVERYWHERE = "All your accounts"


def platforms_present(ws: Workspace) -> list[str]:
    """Return the platforms to go through: those read from downloads first, then those the person says to have."""
    read = [view.platform for view in ws.accounts()]
    kept: Mapping[str, Mapping[str, str]] = ws.get("platforms", {}) or {}
    said = [name for name, answer in kept.items() if answer.get("route") in ("hand", "not-audited")]
    return list(dict.fromkeys([*read, *said]))


class SettingsPage(Page):
    """The page of notebook 3. `ws` is the open workspace."""

    scripts = ("settings.js",)
    styles = ("settings.css",)

    def __init__(self, ws: Workspace) -> None:
        super().__init__()
        self.ws = ws
        self.handlers = {"start": self.start, "answer": self.answer}

    def start(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the checklist by platform with the answers given so far."""
        present = platforms_present(self.ws)
        leave_out = walk.school(self.ws).settings.leave_out
        held = list(self.ws.settings())
        checks = settings.checklist(present, held, leave_out)
        by_platform = {name: list(rows) for name, rows in groupby(checks, key=lambda check: check.row.platform)}
        answers = self.ws.setting_answers()
        groups = []
        for name in (*present, ""):
            rows, also = by_platform.get(name, []), settings.also_held(name, held)
            if not rows and not also:
                continue
            note = settings.platform_note(name)
            groups.append(
                {
                    "platform": name,
                    "name": (note.name if note and name else "") or (words.platform(name) if name else EVERYWHERE),
                    "note": note.note if note else "",
                    "rows": [row_words(check, answers.get(check.row.id)) for check in rows],
                    "also": list(also),
                }
            )
        return {
            "groups": groups,
            "answers": [list(pair) for pair in ANSWERS.items()],
            "others": list(settings.others()),
            "limits": list(settings.limits()),
            "empty": not present,
        }

    def answer(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Commit a batch of answers: entries of `{"row", "answer", "reason"}`."""
        for entry in data["batch"]:
            if entry["answer"] not in ANSWERS:
                raise UsageError("That is not one of the answers on this page. Reload the page.")
            self.ws.answer_setting(str(entry["row"]), entry["answer"], str(entry.get("reason") or "")[:500])
        return {}


def row_words(check: settings.CheckRow, answer: Answer | None) -> dict[str, Any]:
    """Return one row of the checklist as the page draws it. The links come from the product's own data."""
    row = check.row
    return {
        "id": row.id,
        "goal": row.goal,
        "label": row.label,
        "recommended": row.recommended,
        "path": row.path,
        "url": row.url,
        "help": row.help_url if row.help_url != row.url else "",
        "keyword": row.keyword,
        "priority": PRIORITIES[row.priority],
        "past": PAST.get(row.past, ""),
        "says": check.says,
        "own_words": check.own_words,
        "fits": check.as_recommended,
        "caution": check.caution,
        "answer": answer.answer if answer else "",
        "reason": answer.reason if answer else "",
    }
