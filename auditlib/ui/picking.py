"""The Python half of the picker: places to look, what lies in a folder, and a pasted path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from . import folders
from .guard import Handler

Noticed = Callable[[str, dict[str, Any]], None]


class Picking:
    """Answers the picker's messages. `suffixes` says, by purpose, which files are listed besides folders.

    `noticed` hears of each listing given, with its purpose, so that a page can look into what is listed.
    """

    def __init__(self, suffixes: Mapping[str, tuple[str, ...]], noticed: Noticed | None = None) -> None:
        self._suffixes = suffixes
        self._noticed = noticed
        self.handlers: dict[str, Handler] = {"places": self.places, "folder": self.folder, "find": self.find}

    def places(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the places people look first, and what lies in the first of them."""
        listing = self._listing(folders.first_folder(), str(data["purpose"]))
        return {"shortcuts": folders.shortcuts(), "listing": listing}

    def folder(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return what lies in a folder."""
        return self._listing(Path(str(data["path"])), str(data["purpose"]))

    def find(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the pasted place: a folder's listing, or the file found there."""
        path = folders.typed_path(str(data["path"]))
        if path.is_dir():
            return {"listing": self._listing(path, str(data["purpose"]))}
        return {"path": str(path), "name": path.name}

    def _listing(self, path: Path, purpose: str) -> dict[str, Any]:
        listing = folders.listing(path, self._suffixes[purpose])
        if self._noticed:
            self._noticed(purpose, listing)
        return listing
