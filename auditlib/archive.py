"""One archive as one read-only tree: a zip, a tar, a folder, one file, or several of one export laid over each other.

Nothing is unpacked to disk and media is never inflated. Names that could lead outside the tree (`..`, absolute paths, links)
are kept apart in `refused` and never followed. Limits are on what is held in memory, never on a member's total size:
a real archive of a million posts inflates to 1.5 GB.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from auditlib.errors import NotAnArchive, UnsafeArchive
from auditlib.tarball import TAR_ERRORS, Held, is_packed, new_spool, unpacked

MAX_MEMBERS = 1_000_000
MAX_HELD = 64 << 20  # bytes read into memory at once from one member
STEP = 1 << 20  # bytes compared at a time
MAX_INNER = 4 << 30  # bytes of a zip inside a zip, spooled to an unnamed temporary file
# UnicodeDecodeError and struct.error: what zipfile raises on a damaged directory (a name that is no UTF-8, a cut extra field)
READ_ERRORS = (
    OSError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    UnicodeDecodeError,
    struct.error,
)

# What may hold words; everything else in an archive is pictures, video, sound or a program's own.
DATA = re.compile(r"\.(json|js|jsonl|ndjson|csv|tsv|html?|txt|md|xml|atom|car|ics|vcf|mbox)$", re.IGNORECASE)

# Left by operating systems and cloud drives; never data.
NOISE = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


class Member(NamedTuple):
    """One file of a tree: path with forward slashes, size in bytes when inflated, and where it comes from.

    `origin` is the name of the zip, folder or file that the person chose (or that lay in it).
    """

    path: str
    size: int
    source: int
    inner: zipfile.ZipInfo | Path | Held
    origin: str = ""


class Refused(NamedTuple):
    """A member that is not read because of its name or kind, and why in plain words."""

    path: str
    reason: str


class Tree:
    """Files by path (`members`), and those refused. Use as a context manager, or `close()` it.

    Raises NotAnArchive (missing, unreadable, encrypted, cut off) and UnsafeArchive, each with a sentence to show.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.members: dict[str, Member] = {}
        self.refused: list[Refused] = []
        self.repeated = 0  # files of another part left out because the very same one is here
        self.inflated = 0  # bytes given out so far: what a progress bar shows
        self._laid: dict[str, tuple[Member, Tree]] = {}  # of overlaid parts: the first file at each path below their roots
        self._sources: list[zipfile.ZipFile | None] = []
        self._spools: list[BinaryIO] = []

    def __enter__(self) -> Tree:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of every file; closing twice is harmless."""
        for source in self._sources:
            if source is not None:
                source.close()
        for spool in self._spools:
            spool.close()

    def open(self, path: str) -> BinaryIO:
        """A member's bytes as a stream. Raises one of READ_ERRORS while opening or reading when it is damaged."""
        return cast(BinaryIO, _Counted(self._stream(self.members[path]), self))

    def _stream(self, member: Member) -> BinaryIO:
        if isinstance(member.inner, Path):
            return member.inner.open("rb")
        if isinstance(member.inner, Held):
            return member.inner.open()
        source = self._sources[member.source]
        assert source is not None
        return cast(BinaryIO, source.open(member.inner))

    def read(self, path: str, limit: int = MAX_HELD) -> bytes:
        """A member's bytes, whole. Raises UnsafeArchive when there are more than `limit`."""
        with self.open(path) as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise UnsafeArchive(f"One file inside {self.name} is too large to be read safely.")
        return data

    def head(self, path: str, length: int = 4096) -> bytes:
        """The first bytes of a member, b"" when it cannot be read."""
        try:
            with self.open(path) as stream:
                return stream.read(length)
        except READ_ERRORS:
            return b""

    def add_zip(self, file: zipfile.ZipFile) -> None:
        """Lay a zip over what is there. Names are made safe; a name met twice keeps the first one and says so."""
        self._sources.append(file)
        source = len(self._sources) - 1
        for info in file.infolist():
            if info.is_dir() or info.filename.endswith("\\"):
                continue
            path, reason = safe_name(info.filename)
            if not reason and stat.S_ISLNK(info.external_attr >> 16):
                reason = "a link, which is never followed"
            self._put(Member(path, info.file_size, source, info, self.name), reason)

    def add_tar(self, file: Path) -> None:
        """Add the files of a tar archive or a gzipped file. Raises NotAnArchive when it is damaged or cut off."""
        spool = new_spool()
        self._spools.append(spool)
        try:
            for entry in unpacked(file, DATA.search, spool):
                path, reason = safe_name(shown(entry.name))
                self._put(Member(path, entry.held.size, -1, entry.held, self.name), reason or entry.reason)
        except TAR_ERRORS:
            self.close()
            raise NotAnArchive(
                f"{self.name} is cut off or damaged: download it again and wait until the download has finished."
            ) from None
        except UnsafeArchive:
            self.close()
            raise

    def add_file(self, path: str, file: Path) -> None:
        """Add one file on disk under `path`. A link, and what is no file, is refused."""
        reason, size = "", 0
        try:
            found = file.lstat()
            if stat.S_ISLNK(found.st_mode):
                reason = "a link, which is never followed"
            elif stat.S_ISREG(found.st_mode):
                size = found.st_size
            else:
                reason = "no file: it cannot be read" if not stat.S_ISDIR(found.st_mode) else "a folder that cannot be opened"
        except OSError:
            reason = "it cannot be read: check that you may open it"
        self._put(Member(shown(path), size, -1, file, self.name), reason)

    def _put(self, member: Member, reason: str) -> None:
        if not reason and member.path in self.members:
            reason = "a second file of the same name; the first one is read"
        if reason:
            self.refused.append(Refused(member.path, reason))
        else:
            self.members[member.path] = member
        if len(self.members) + len(self.refused) > MAX_MEMBERS:
            raise UnsafeArchive(f"{self.name} holds more files than any export does. Choose the export itself.")

    def overlay(self, other: Tree, paths: list[str], root: str = "") -> None:
        """Lay members of another tree (a further part of the same export) over this one; `other` stays their owner.

        The very same file (same path below `root`, same contents, or same checksum where both lie in zips) is only counted, in
        `repeated`. Another file of a name that is taken is kept under the name of its part.
        """
        offset = len(self._sources)
        self._sources += other._sources
        for path in paths:
            member = other.members[path]
            laid, owner = self._laid.setdefault(path[len(root) :], (member, other))
            if laid is not member and owner._is(laid, other, member):
                self.repeated += 1
                continue
            if path in self.members:
                member = member._replace(path=f"{other.name}/{path}")
            self._put(member._replace(source=member.source + offset) if member.source >= 0 else member, "")
        known = set(self.refused)
        self.refused += [r for r in other.refused if r not in known]
        self.repeated += other.repeated

    def _is(self, one: Member, tree: Tree, other: Member) -> bool:
        """Whether a file of this tree and one of another hold the same."""
        if one.size != other.size:
            return False
        if isinstance(one.inner, zipfile.ZipInfo) and isinstance(other.inner, zipfile.ZipInfo):
            return one.inner.CRC == other.inner.CRC
        try:
            return _alike(self._stream(one), tree._stream(other)) if DATA.search(one.path) else True
        except READ_ERRORS:
            return False

    def part(self, root: str) -> list[str]:
        """The paths below `root` ("" or a folder ending in a slash)."""
        return [p for p in self.members if p.startswith(root)]

    def inner_zip(self, path: str) -> Tree | None:
        """A zip inside this tree as a tree of its own, or None when it cannot be opened as one."""
        if self.members[path].size > MAX_INNER:
            return None
        # the inner tree owns the spool and closes it
        spool = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=MAX_HELD))  # noqa: SIM115
        tree = Tree(f"{self.name}, {path.rsplit('/', 1)[-1]}")
        try:
            with self.open(path) as stream:
                while chunk := stream.read(1 << 20):
                    spool.write(chunk)
                    if spool.tell() > MAX_INNER:
                        raise zipfile.BadZipFile
            tree.add_zip(zipfile.ZipFile(spool))
        except READ_ERRORS:
            spool.close()
            return None
        tree._spools.append(spool)
        return tree


def _alike(one: BinaryIO, other: BinaryIO) -> bool:
    """Whether two streams hold the same. A stream that cannot be read is like no other."""
    try:
        with closing(one), closing(other):
            while True:
                mine, theirs = one.read(STEP), other.read(STEP)
                if mine != theirs or not mine:
                    return mine == theirs
    except READ_ERRORS:
        return False


class _Counted:
    """A member's stream that adds what it gives out to its tree's `inflated`."""

    def __init__(self, stream: BinaryIO, tree: Tree) -> None:
        self._stream, self._tree = stream, tree

    def __enter__(self) -> _Counted:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def read(self, size: int = -1) -> bytes:
        """As any binary stream's."""
        data = self._stream.read(size)
        self._tree.inflated += len(data)
        return data


def safe_name(name: str) -> tuple[str, str]:
    """`(path with forward slashes, "")`, or `(path, why it is not read)`."""
    path = name.replace("\\", "/")
    parts = [p for p in path.split("/") if p not in ("", ".")]
    if path.startswith("/") or (len(path) > 1 and path[1] == ":"):
        return path, "its name is an absolute path"
    if ".." in parts:
        return path, "its name leads out of the archive"
    return "/".join(parts), "" if parts else "it has no name"


def shown(name: str) -> str:
    """A name as it can be written: what is no character in it (Linux allows any bytes) as U+FFFD."""
    return name if name.isascii() else name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def is_noise(path: str) -> bool:
    """Whether a file was left by an operating system (`__MACOSX/`, `._x`, `.DS_Store`), not by the platform."""
    low = path.lower()
    return low.startswith("__macosx/") or any(n in low for n in NOISE) or low.rsplit("/", 1)[-1].startswith("._")


def open_zip(path: Path) -> zipfile.ZipFile:
    """The zip at `path`. Raises NotAnArchive with a sentence when it is cut off, encrypted or no zip."""
    try:
        file = zipfile.ZipFile(path)
    except PermissionError:
        raise NotAnArchive(f"{path.name} cannot be opened: check that you may read it, then try again.") from None
    except READ_ERRORS:
        raise NotAnArchive(_why_no_zip(path)) from None
    if any(i.flag_bits & 1 for i in file.infolist()):
        file.close()
        raise NotAnArchive(f"{path.name} is locked with a password: unlock or download it again without one.")
    return file


def _why_no_zip(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
    except OSError:
        return f"{path.name} cannot be read: check that you may open it, then try again."
    if start[:2] == b"PK":
        return f"{path.name} is cut off or damaged: download it again and wait until the download has finished."
    return f"{path.name} is not a zip archive: choose the file or folder you downloaded from the platform."


def open_path(path: Path) -> Tree:
    """The zip, tar, folder or single file at `path` as a tree; archives lying in a folder are members, not opened."""
    name = shown(path.name or path.resolve().name)
    tree = Tree(name)
    try:
        if path.is_dir():
            for below, file in _walk(path):
                tree.add_file(below, file)
        elif not path.exists():
            raise NotAnArchive(f"There is no {name} here: check the name and where it was saved.")
        elif not path.is_file():
            raise NotAnArchive(f"{name} is not a file or a folder: choose the file or folder you downloaded.")
        elif zipfile.is_zipfile(path) or path.suffix.lower() == ".zip":
            tree.add_zip(open_zip(path))
        else:
            with path.open("rb") as stream:
                start = stream.read(512)
            if start[:2] == b"PK":
                raise NotAnArchive(_why_no_zip(path))
            if is_packed(start, name):
                tree.add_tar(path)
            else:
                tree.add_file(name, path)
    except PermissionError:
        raise NotAnArchive(f"{name} cannot be opened: check that you may read it, then try again.") from None
    except OSError:
        raise NotAnArchive(f"{name} cannot be read: check the disk or drive it is on, then try again.") from None
    return tree


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    """Files below a folder with their paths in it, in a fixed order.

    Links are yielded, never entered, and so are folders that cannot be opened.
    """
    closed: list[str] = []
    top = str(folder)

    def raise_it(error: OSError) -> None:
        if not error.filename or str(error.filename) == top:
            raise error
        closed.append(str(error.filename))

    for where, folders, files in os.walk(top, onerror=raise_it, followlinks=False):
        folders.sort()
        here, below = Path(where), where[len(top) :].replace(os.sep, "/").strip("/")
        prefix = f"{below}/" if below else ""
        for name in [d for d in folders if (here / d).is_symlink()]:
            folders.remove(name)
            yield prefix + name, here / name
        for name in sorted(files):
            yield prefix + name, here / name
    for where in closed:
        yield where[len(top) :].replace(os.sep, "/").strip("/"), Path(where)
