"""HR's page: a folder of declarations becomes a register, each one verified strictly."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import register
from ..errors import UsageError
from ..register import Row
from ..workspace import data_home
from . import words
from .guard import Page
from .picking import Picking

ARRIVALS = {
    "new": "New",
    "known": "Known already",
    "duplicate": "The same document again",
    "could not be verified": "Could not be verified",
}


class RegisterPage(Page):
    """The page for HR. `home` is where the register lies (default: the data folder of this computer)."""

    scripts = ("picker.js", "register.js")
    styles = ("archives.css", "register.css")

    def __init__(self, home: Path | None = None) -> None:
        super().__init__()
        self._file = (home or data_home()) / "register.sqlite"
        self._folder: Path | None = None
        self.handlers = Picking({"declarations": (".docx",)}).handlers | {
            "start": self.start,
            "collect": self.collect,
            "save": self.save,
        }

    def start(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the register as it stands."""
        return {"register": [row_words(row) for row in register.rows(self._file)], "arrived": []}

    def collect(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Verify everything in the folder, put it into the register, and return what arrived and the whole register."""
        self._folder = Path(str(data["path"]))
        by = " ".join(str(data.get("by") or "").split())[:80]
        arrived = register.collect([self._folder], register=self._file, received_by=by)
        return {**self.start({}), "arrived": [row_words(row) for row in arrived]}

    def save(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Save the register as a table beside the declarations and return the file's name and folder.

        Raises:
            UsageError: no folder has been chosen yet.
        """
        if self._folder is None:
            raise UsageError("Choose the folder of declarations first. The table is saved there.")
        kind = "xlsx" if data["kind"] == "xlsx" else "csv"
        write = register.to_xlsx if kind == "xlsx" else register.to_csv
        path = write(register.rows(self._file), self._folder / f"register.{kind}")
        return {"file": path.name, "folder": str(path.parent)}


def row_words(row: Row) -> dict[str, Any]:
    """Return one row as the page shows it; the saved tables hold all columns."""
    return {
        "name": ", ".join(part for part in (row.surname, row.forenames) if part) or row.file,
        "role": row.role,
        "start": words.day(row.start_date) if row.start_date else "",
        "status": row.status,
        "signed": words.day(row.date_signed) if row.date_signed else "",
        "received": words.day(row.date_received) if row.date_received else "",
        "verified": row.verified == "Y",
        "discuss": row.discussion_requested == "Y" and not row.discussion_closed_date,
        "notes": row.notes,
        "problem": row.problem,
        "file": row.file,
        "arrival": ARRIVALS[row.arrival],
    }
