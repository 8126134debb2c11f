"""Where the private work file lives, who else might be copying that folder, and how to be rid of it."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

from auditlib.errors import WorkspaceError

FILE_NAME = "workspace.sqlite"
POSIX = os.name == "posix"

# Folder names the services make by themselves, as whole path parts in lower case, with what may follow the name
# ("OneDrive - Some School", "Dropbox (Personal)", "GoogleDrive-someone@example.org" below macOS's CloudStorage).
_SYNCED: tuple[tuple[str, str], ...] = (
    (r"onedrive\b.*|.*sharepoint.*", "OneDrive"),
    (r"com~apple~clouddocs|iclouddrive|icloud drive.*|icloud~.*|mobile documents", "iCloud Drive"),
    (r"google ?drive\b.*|googledrive-.*|my drive|shared drives|drivefs", "Google Drive"),
    (r"dropbox\d*\b.*", "Dropbox"),
    (r"box sync|box-.*|box drive", "Box"),
    (r"nextcloud\d*\b.*", "Nextcloud"),
    (r"owncloud\d*\b.*", "ownCloud"),
    (r"pcloud ?drive|pcloud ?sync|pcloud", "pCloud"),
    (r"mega|megasync.*|mega ?downloads", "MEGA"),
    (r"proton ?drive\b.*|protondrive-.*", "Proton Drive"),
    (r"seafile|seadrive", "Seafile"),
    (r"syncthing", "Syncthing"),
    (r"tresorit\b.*", "Tresorit"),
    (r"kdrive\b.*", "kDrive"),
    (r"yandex\.?disk.*", "Yandex Disk"),
    (r"creative cloud files.*", "Creative Cloud"),
)
_NAMES = tuple((re.compile(pattern), name) for pattern, name in _SYNCED)
# Short names that are ordinary words elsewhere count only straight below a person's own folder.
_BELOW_HOME = {"box": "Box", "sync": "Sync.com or Syncthing"}


def data_home() -> Path:
    """Return the folder of the work file (`SELF_AUDIT_HOME`, else the system's user data folder), made when missing.

    A folder made here is open to its owner only (mode 0700; on Windows the profile folder already is). So is an empty
    one found. A folder that already holds other things keeps its mode. Raises WorkspaceError when it can't be made.
    """
    chosen = os.environ.get("SELF_AUDIT_HOME")
    if chosen:
        home = Path(chosen).expanduser()
    else:
        from platformdirs import user_data_dir  # here, because most commands never need it

        home = Path(user_data_dir("self-audit", appauthor=False))
    return private_folder(home)


def private_folder(home: Path) -> Path:
    """Make `home` for its owner only and return it; see `data_home`."""
    try:
        fresh = not home.exists()
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if POSIX and (fresh or not any(home.iterdir())):
            home.chmod(0o700)
    except OSError:
        raise WorkspaceError(
            "The folder for your private work file cannot be made or opened: check SELF_AUDIT_HOME, or the permissions "
            "of your user data folder, and try again."
        ) from None
    return home


def private_file(path: Path) -> None:
    """Make an empty file with mode 0600 if there is none; narrow the mode of one that is there."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if POSIX and path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError:
        raise WorkspaceError(
            f"Your private work file {path.name} cannot be opened for writing: check the permissions of its folder."
        ) from None


def synced_folder(path: Path | str) -> str | None:
    """Return the name of the service whose folder holds `path` ("OneDrive", "iCloud Drive", ...), or None.

    Works on the shape of the path alone, for Windows, macOS and Linux, in any case. A folder that a service was
    told to copy under another name can't be seen.
    """
    parts = [part.strip().lower() for part in re.split(r"[\\/]+", str(path)) if part.strip()]
    for place, part in enumerate(parts):
        for pattern, name in _NAMES:
            if pattern.fullmatch(part):
                return name
        if part in _BELOW_HOME and place >= 2 and parts[place - 2] in ("users", "home"):
            return _BELOW_HOME[part]
    return None


def erase(home: Path) -> list[str]:
    """Remove the work file, its journals and set-aside copies from `home`; return what can't be removed, in sentences.

    Nothing else in the folder is touched (HR's files may lie beside it); the folder goes when it is empty.
    Raises WorkspaceError when a file is held open by another window (Windows) or may not be removed.
    """
    kept = 0
    for path in sorted(home.glob("workspace*.sqlite*")) if home.is_dir() else []:
        if re.fullmatch(r"workspace(\.damaged-[\d-]+)?\.sqlite(-wal|-shm|-journal)?", path.name):
            try:
                path.unlink(missing_ok=True)
            except OSError:
                kept += 1
    if kept:
        raise WorkspaceError(
            "Your private work file is still open in another window or may not be removed: close every self-audit "
            "window and wipe again."
        )
    with contextlib.suppress(OSError):  # not empty, or not ours to remove: nothing of the workspace is left in it
        home.rmdir()
    return _what_stays(home)


def _what_stays(home: Path) -> list[str]:
    """Return the sentences on what erasing a file cannot reach."""
    service = synced_folder(home)
    copied = f" Its folder lies in {service}, which may keep copies and old versions online: remove them there too."
    return [
        "The archives you downloaded are not touched: they are still where you saved them, often in Downloads, and "
        "hold everything. Delete them yourself and empty the bin.",
        "Declarations you have made are not touched: they are in the exports folder.",
        "Back-ups of this computer (such as Time Machine, File History or a school's back-up) may hold earlier copies."
        + (copied if service else ""),
        "Deleting a file does not scrub the disk: on most drives, above all SSDs, traces can stay until they are "
        "overwritten. If the disk is encrypted, as most newer laptops are, others cannot read them.",
        "Nothing has changed on the platforms themselves: what you wanted to remove there is still yours to remove.",
    ]
