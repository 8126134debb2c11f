"""From a folder of files to the register: every file verified strictly, one row each, nothing skipped in silence."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from auditlib.declaration import Payload, Verdict, verify
from auditlib.declaration.expected import Expected, differences
from auditlib.declaration.fields import name_key
from auditlib.declaration.statements import SUPERSEDED
from auditlib.declaration.verify import shown_name
from auditlib.errors import RegisterError
from auditlib.register.rows import Row, declared_row, unverified_row
from auditlib.register.store import note, opened

_NOT_DOCUMENTS = re.compile(r"(?i)(\..*|thumbs\.db|desktop\.ini|readme(\.(md|txt))?|register.*\.(xlsx|csv))\Z")
_LOCK = "~$"
_AGAIN = "Ask for the file again, exactly as self-audit saved it: not opened and saved, not copied into another document."
_ADVICE = (
    ("cannot be opened", "Close it in other programs, check that you may read it, and collect again."),
    ("a folder", "Check that you may open the folder, or, if it is a link to one, give that folder itself."),
    ("no such file", "Check the name and collect again."),
    ("PDF", "Ask for the .docx that self-audit made. A signed print is filed as paper route."),
    ("not signed", "Ask the person to make the declaration again and to send the file as self-audit saved it."),
    ("layout “", "Update self-audit, then collect again."),
)


def collect(
    paths: Iterable[Path | str],
    *,
    register: Path,
    received_by: str = "",
    ca: bytes | None = None,
    codes: Mapping[str, str] | None = None,
    expected: Expected | None = None,
    today: date | None = None,
) -> list[Row]:
    """Return one row for every file in the paths (files, or folders with all that is below them), in order of name.

    Valid declarations go into the register file, once each: a copy comes back as `duplicate`, one that is known already
    as `known`. A later declaration of the same person supersedes the earlier. Everything else comes back as
    `could not be verified` with what to do. Left aside are the register itself and tables saved from it, hidden files,
    and what operating systems put into folders. `ca` and `codes` are as in `verify`; `expected` is what the school's
    declarations say, the defaults without it. A path that isn't there gets a row, and no place in the register.
    Raises `RegisterError` for an unusable register, or when none of the paths is there.
    """
    day = (today or date.today()).isoformat()
    given = [Path(path) for path in paths]
    if given and not any(map(_is_there, given)):
        what = "There is no such file or folder." if len(given) == 1 else "None of these files and folders is there."
        raise RegisterError(f"{what} Check the name and try again.")
    with opened(register):
        pass  # an unusable register is told before the work, which may take a while and keeps nobody else waiting
    seen: dict[tuple[str, str], tuple[Path, Verdict]] = {}
    for path in _files(given, register):
        found = (shown_name(path.name), _place(path))
        if found not in seen:  # else the same file, named twice in one request
            seen[found] = path, verify(path, ca=ca, codes=codes, name=found[0])
    rows = []
    with opened(register) as database:
        work = _Work(database, day, received_by, expected or Expected())
        for (_, place), (path, verdict) in seen.items():
            if verdict.payload:
                rows.append(work.declared(verdict, place))
            elif _is_there(path):
                rows.append(work.unverified(verdict, place))
            else:
                rows.append(work.unverified_row(verdict))
        work.close_gone(set(seen), _walked(given))
    return rows


def rows(register: Path) -> list[Row]:
    """Return the register: every declaration by surname, then the files that still could not be verified.

    Raises `RegisterError` for an unusable register.
    """
    with opened(register) as database:
        declared = [_row(line) for line in database.execute("select * from declaration order by seq")]
        waiting = [_row(line) for line in database.execute("select * from unverified where open order by seq")]
    return sorted(declared, key=lambda r: (name_key(r.surname), name_key(r.forenames), r.date_signed)) + waiting


def _files(paths: Iterable[Path], register: Path) -> Iterator[Path]:
    for path in paths:
        if _is_folder(path):
            closed: list[OSError] = []
            found = []
            for folder, folders, names in os.walk(path, onerror=closed.append):
                found += [Path(folder, name) for name in names]
                # A link to a folder is not followed (it may lead anywhere), nor left out in silence.
                found += [Path(folder, name) for name in folders if Path(folder, name).is_symlink()]
            found += [Path(error.filename) for error in closed]
            yield from (p for p in sorted(found) if not _NOT_DOCUMENTS.match(p.name) and not _is_register(p, register))
        else:
            yield path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # in a folder that may not be looked into: told as a file that cannot be opened
        return False


def _is_there(path: Path) -> bool:
    """Return whether there is anything of that name; what may not be looked at counts as there."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        pass
    return True


def _walked(paths: Iterable[Path]) -> set[str]:
    """Return the places of the folders that were gone through, also of those with nothing in them any more."""
    folders = (folder for path in paths if _is_folder(path) for folder, _, _ in os.walk(path))
    return {_place(Path(folder, "any")) for folder in folders}


def _is_register(path: Path, register: Path) -> bool:
    mine = {register.name + end for end in ("", "-wal", "-shm", "-journal")}
    return path.name in mine and os.path.realpath(path.parent) == os.path.realpath(register.parent)


def _place(path: Path) -> str:
    """Return a short digest of the folder: enough to know it again, and no path in the register."""
    return hashlib.sha256(os.path.realpath(path.parent).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _row(line: sqlite3.Row) -> Row:
    row = msgspec.json.decode(line["row"], type=Row)
    return msgspec.structs.replace(row, status=SUPERSEDED) if dict(line).get("superseded_by") else row


class _Work:
    """One collection under way, within one transaction."""

    def __init__(self, database: sqlite3.Connection, day: str, received_by: str, expected: Expected) -> None:
        self.database, self.day, self.received_by, self.expected = database, day, received_by, expected
        self.now = datetime.now(UTC).isoformat(timespec="seconds")

    def declared(self, verdict: Verdict, place: str) -> Row:
        payload = verdict.payload
        assert payload is not None  # asked for by the caller
        self.resolve(verdict.file, place)
        sought = "select * from declaration where integrity = ?"
        known = self.database.execute(sought, (payload.integrity,)).fetchone()
        if known is not None:
            return self.again(known, verdict.file, payload.integrity, place)
        others = list(self.database.execute("select * from declaration order by seq"))
        keys = _name_keys(payload)
        if self.foreign(payload, keys, others):
            return self.unverified(verdict, place, "this invitation was already answered by someone of another name")
        row = declared_row(payload, file=verdict.file, received=self.day, received_by=self.received_by)
        notes, later = self.supersede(payload, keys, others)
        notes = [*differences(payload, self.expected), *notes]
        if datetime.fromisoformat(payload.signature.signed_at).date().isoformat() > self.day:
            notes.append("The date of signing lies in the future: the person’s clock may be wrong.")
        row = msgspec.structs.replace(row, notes=" ".join(notes))
        self.database.execute(
            "insert into declaration (integrity, invitation_id, name_keys, full_name, signed_at, superseded_by, row) "
            "values (?, ?, ?, ?, ?, ?, ?)",
            (
                payload.integrity,
                payload.invitation.id if payload.invitation else "",
                msgspec.json.encode(sorted(keys)).decode(),
                name_key(payload.person.full_name),
                payload.signature.signed_at,
                later,
                msgspec.json.encode(row).decode(),
            ),
        )
        self.seen(payload.integrity, verdict.file, place, duplicate=False)
        note(self.database, self.now, "received", verdict.file, payload.integrity)
        return msgspec.structs.replace(row, status=SUPERSEDED) if later else row

    def again(self, known: sqlite3.Row, file: str, integrity: str, place: str) -> Row:
        """Return the row of a declaration that the register has: the same file again, or a copy of it."""
        where = "select duplicate from place where integrity = ? and file = ? and folder = ?"
        before = self.database.execute(where, (integrity, file, place)).fetchone()
        if before is None:
            self.seen(integrity, file, place, duplicate=True)
            note(self.database, self.now, "duplicate", file, integrity)
        row = _row(known)
        if before is not None and not before["duplicate"]:
            return msgspec.structs.replace(row, arrival="known")
        told = f"The same document as {row.file}, which is in the register already."
        return msgspec.structs.replace(row, arrival="duplicate", file=file, notes=told)

    def unverified(self, verdict: Verdict, place: str, reason: str = "") -> Row:
        row = self.unverified_row(verdict, reason)
        same = "select * from unverified where file = ? and folder = ? and sha256 = ? and open"
        known = self.database.execute(same, (verdict.file, place, verdict.sha256)).fetchone()
        if known is not None and _row(known).problem == row.problem:
            return _row(known)
        self.resolve(verdict.file, place)
        self.database.execute(
            "insert into unverified (file, folder, sha256, row) values (?, ?, ?, ?)",
            (verdict.file, place, verdict.sha256, msgspec.json.encode(row).decode()),
        )
        note(self.database, self.now, "could not be verified", verdict.file, verdict.sha256)
        return row

    def unverified_row(self, verdict: Verdict, reason: str = "") -> Row:
        """Return the row of a file that could not be verified, without keeping it."""
        problem = _problem(verdict.file, [reason] if reason else list(verdict.reasons))
        return unverified_row(file=verdict.file, received=self.day, received_by=self.received_by, problem=problem)

    def resolve(self, file: str, place: str) -> None:
        """Close an earlier entry of a file that could not be verified; it stays in the history."""
        self.database.execute("update unverified set open = 0 where file = ? and folder = ?", (file, place))

    def close_gone(self, taken: set[tuple[str, str]], walked: set[str]) -> None:
        """Close entries for files that are no longer in a folder that was gone through this time."""
        folders = {place for _, place in taken} | walked
        for line in list(self.database.execute("select seq, file, folder from unverified where open")):
            if line["folder"] in folders and (line["file"], line["folder"]) not in taken:
                self.database.execute("update unverified set open = 0 where seq = ?", (line["seq"],))

    def seen(self, integrity: str, file: str, place: str, *, duplicate: bool) -> None:
        values = (integrity, file, place, int(duplicate))
        self.database.execute("insert into place (integrity, file, folder, duplicate) values (?, ?, ?, ?)", values)

    def foreign(self, payload: Payload, keys: set[str], others: list[sqlite3.Row]) -> bool:
        """Return whether someone of another name has answered this invitation before."""
        invitation = payload.invitation.id if payload.invitation else ""
        same = [line for line in others if invitation and line["invitation_id"] == invitation]
        return bool(same) and not any(keys & _keys(line) for line in same)

    def supersede(self, payload: Payload, keys: set[str], others: list[sqlite3.Row]) -> tuple[list[str], str]:
        """Return what to tell HR, and the declaration that is later than this one ("" when this is the latest)."""
        told, later = [], ""
        when = datetime.fromisoformat(payload.signature.signed_at)
        for line in others:
            invited = payload.invitation is not None and line["invitation_id"] == payload.invitation.id
            same_name = name_key(payload.person.full_name) == line["full_name"]
            if not invited and not same_name:
                continue
            earlier = _row(line)
            if not invited and bool(line["invitation_id"]) != (payload.invitation is not None):
                told.append(
                    "Another declaration is in the same name, and only one of the two answers an invitation: neither "
                    "replaces the other. See whether it is the same person."
                )
                continue
            post = (name_key(payload.person.role), payload.person.start_date)
            if not invited and post != (name_key(earlier.role), earlier.start_date):
                told.append(
                    "Another declaration is in the same name, with another role or start date: see whether it is the "
                    "same person."
                )
                continue
            if not invited:
                told.append(
                    "Another declaration is in the same name, role and start date, and no invitation ties them: the "
                    "latest counts. See whether it is the same person."
                )
            if datetime.fromisoformat(line["signed_at"]) > when:
                later = later if line["superseded_by"] and later else line["integrity"]
            elif not line["superseded_by"]:
                self.database.execute(
                    "update declaration set superseded_by = ? where seq = ?", (payload.integrity, line["seq"])
                )
                note(self.database, self.now, "superseded", earlier.file, line["integrity"])
        return list(dict.fromkeys(told)), later


def _name_keys(payload: Payload) -> set[str]:
    return {name_key(name) for name in (payload.person.full_name, *payload.person.former_names)}


def _keys(line: sqlite3.Row) -> set[str]:
    return set(msgspec.json.decode(line["name_keys"], type=list[str]))


def _problem(file: str, reasons: list[str]) -> str:
    """Return why a file could not be verified and what to do, in plain words."""
    if file.startswith(_LOCK):
        return "Word leaves this file while a document is open. Close the document and collect again."
    said = "; ".join(reasons) or "it is not a declaration"
    advice = next((words for mark, words in _ADVICE if mark in said), _AGAIN)
    return f"{said[0].upper()}{said[1:]}. {advice}"
