"""Putting a finished file in place: all of it or nothing, and never over another."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from auditlib.declaration.package import read_package
from auditlib.declaration.payload_part import PART, unwrap
from auditlib.errors import DeclarationError


def write_declaration(data: bytes, folder: Path) -> Path:
    """Return the path of the written declaration, `declaration-<id>.docx` in the folder, which is made when missing.

    The file appears whole or not at all. Raises `DeclarationError` when the folder can't be written to, or holds
    another file of that name; `Tampered` when the bytes are not a declaration.
    """
    path = folder / f"declaration-{unwrap(read_package(data).get(PART, b'')).declaration_id}.docx"
    closed = f"The declaration cannot be saved in the folder {folder.name}. Choose a folder you may write to."
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # also when it is a file
        raise DeclarationError(closed) from None
    try:
        write_new(path, data)
    except FileExistsError:
        raise DeclarationError(f"{path.name} is there already and is left as it is. Choose another folder.") from None
    except OSError:
        raise DeclarationError(closed) from None
    return path


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet, so that it appears whole or not at all.

    Raises `FileExistsError` when there is one, `OSError` when the folder can't be written to.
    """
    handle, name = tempfile.mkstemp(prefix=".saving-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _place(Path(name), path)
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink()


def _place(made: Path, path: Path) -> None:
    try:
        os.link(made, path)  # fails when the name is taken, which renaming does not do everywhere
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a file system without links (FAT, some network folders)
        with path.open("xb") as file:
            try:
                file.write(made.read_bytes())
            except OSError:
                file.close()
                path.unlink()
                raise
