"""What lies in a folder of this computer, for the picker: folders and zips, nothing else, nothing opened."""

from __future__ import annotations

import os
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from platformdirs import user_desktop_dir, user_documents_dir, user_downloads_dir

from .. import workspace
from ..errors import UsageError
from .words import size

MOST = 2000  # entries shown of one folder; nobody looks through more, and a message has to carry them


def first_folder() -> Path:
    """Return Downloads where there is one, else the person's own folder."""
    downloads = Path(user_downloads_dir())
    return downloads if downloads.is_dir() else Path.home()


def shortcuts() -> list[dict[str, str]]:
    """Return the places people look first, those that exist: name and path."""
    places = [
        ("Downloads", Path(user_downloads_dir())),
        ("Desktop", Path(user_desktop_dir())),
        ("Documents", Path(user_documents_dir())),
        ("Your own folder", Path.home()),
    ]
    if os.name == "nt":
        places += [(f"Drive {letter}", Path(f"{letter}:\\")) for letter in string.ascii_uppercase[2:]]
    else:
        places += [("Other disks", place) for place in (Path("/Volumes"), Path("/media")) if place.is_dir()]
    return [{"name": name, "path": str(path)} for name, path in places if path.is_dir()]


def typed_path(words: str) -> Path:
    """Return the path a person pasted, with quotes, `file://` and `~` dealt with.

    Raises:
        UsageError: there is nothing at that place.
    """
    plain = words.strip().strip("\"'").strip()
    if plain.lower().startswith("file://"):
        from urllib.parse import unquote, urlsplit

        plain = unquote(urlsplit(plain).path)
        if os.name == "nt":
            plain = plain.lstrip("/")
    if not plain:
        raise UsageError("Type or paste where the file or folder is, then press the button again.")
    path = Path(plain).expanduser()
    if not path.is_absolute():
        path = first_folder() / path
    try:
        found = path.exists()
    except (OSError, ValueError):
        found = False
    if not found:
        raise UsageError("There is nothing at that place. Check the spelling, or look for it in the list below.")
    return path


def _entries(folder: Path, suffixes: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    with os.scandir(folder) as found:
        for entry in found:
            if entry.name.startswith((".", "$", "~")):
                continue
            try:
                if entry.is_dir():
                    yield {"name": entry.name, "path": entry.path, "folder": True, "size": "", "changed": 0.0}
                elif entry.name.lower().endswith(suffixes):
                    about = entry.stat()
                    yield {
                        "name": entry.name, "path": entry.path, "folder": False, "size": size(about.st_size),
                        "changed": about.st_mtime,
                    }  # fmt: skip
            except OSError:  # a file that went away or may not be looked at is simply not listed
                continue


def listing(folder: Path, suffixes: tuple[str, ...] = (".zip",)) -> dict[str, Any]:
    """Return what the picker shows of `folder`: its place, the way up, its zips (newest first) and folders (by name).

    Raises:
        UsageError: the folder cannot be opened.
    """
    folder = folder.resolve()
    try:
        entries = list(_entries(folder, suffixes))
    except OSError:
        raise UsageError("That folder cannot be opened. Choose another one.") from None
    files = sorted((e for e in entries if not e["folder"]), key=lambda e: -e["changed"])
    inner = sorted((e for e in entries if e["folder"]), key=lambda e: str(e["name"]).casefold())
    return {
        "path": str(folder),
        "name": folder.name or str(folder),
        "parent": str(folder.parent) if folder.parent != folder else None,
        "entries": (files + inner)[:MOST],
        "more": max(0, len(entries) - MOST),
        "synced": workspace.synced_folder(folder),
    }
