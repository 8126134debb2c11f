"""Tar archives (Mastodon, Google Takeout's .tgz) and single gzipped files (Discourse before 2021), read once from end to end.

They have no directory, so that nothing can be reached without unpacking all that lies before it: the data files are kept in
one unnamed temporary file, which the operating system removes; pictures and other files are passed over and not kept.
"""

from __future__ import annotations

import gzip
import lzma
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from auditlib.errors import UnsafeArchive

MAX_SPOOLED = 4 << 30  # bytes kept of one archive's data files
IN_MEMORY = 32 << 20
STEP = 1 << 20
TAR_ERRORS = (OSError, EOFError, tarfile.TarError, zlib.error, lzma.LZMAError, ValueError)
_MAGIC = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")


class Held(NamedTuple):
    """Bytes `offset` to `offset + size` of the temporary file; `spool` is None for a file that was passed over."""

    spool: BinaryIO | None
    offset: int
    size: int

    def open(self) -> BinaryIO:
        """These bytes as a stream. Raises OSError when they were not kept."""
        if self.spool is None:
            raise OSError("passed over")
        return cast(BinaryIO, _Slice(self.spool, self.offset, self.size))


class Entry(NamedTuple):
    """One file as the archive names it, and why it is not read ("" when it is)."""

    name: str
    held: Held
    reason: str


class _Slice:
    def __init__(self, spool: BinaryIO, offset: int, size: int) -> None:
        self._spool, self._at, self._end = spool, offset, offset + size

    def read(self, size: int = -1) -> bytes:
        """As any binary stream's."""
        left = self._end - self._at
        self._spool.seek(self._at)
        data = self._spool.read(left if size < 0 else min(size, left))
        self._at += len(data)
        return data

    def close(self) -> None:
        """The temporary file stays open for the other slices."""


def is_packed(head: bytes, name: str) -> bool:
    """Whether a file with these first bytes (at least 300) is a tar archive or a gzipped file."""
    return head.startswith(_MAGIC) or head[257:262] == b"ustar" or name.lower().endswith(".tar")


def unpacked(path: Path, wanted: Callable[[str], object], spool: BinaryIO) -> Iterator[Entry]:
    """Every file in the archive at `path`; those with a wanted name are copied to `spool`.

    Raises one of TAR_ERRORS when it is damaged or cut off, UnsafeArchive when there is too much to keep.
    """
    with path.open("rb") as raw:
        head = raw.read(len(_MAGIC[-1]))
    if head.startswith(_MAGIC[0]) and not _holds_tar(path):
        with gzip.open(path, "rb") as stream:
            yield Entry(path.name[: -len(path.suffix)] or path.name, _kept(cast(BinaryIO, stream), spool), "")
        return
    with tarfile.open(path, "r|*", errorlevel=1) as tar:
        for info in tar:
            if info.isdir():
                continue
            if info.issym() or info.islnk():
                yield Entry(info.name, Held(None, 0, 0), "a link, which is never followed")
            elif not info.isreg():
                yield Entry(info.name, Held(None, 0, 0), "no file: it cannot be read")
            elif wanted(info.name):
                held = _kept(cast(BinaryIO, tar.extractfile(info)), spool)
                if held.size < info.size:
                    raise EOFError
                yield Entry(info.name, held, "")
            else:
                yield Entry(info.name, Held(None, 0, info.size), "")


def _holds_tar(path: Path) -> bool:
    with gzip.open(path, "rb") as stream:
        return stream.read(512)[257:262] == b"ustar"


def _kept(stream: BinaryIO, spool: BinaryIO) -> Held:
    start = spool.seek(0, 2)
    while chunk := stream.read(STEP):
        spool.write(chunk)
        if spool.tell() > MAX_SPOOLED:
            raise UnsafeArchive("The archive holds more data than any export does. Choose the export itself.")
    return Held(spool, start, spool.tell() - start)


def new_spool() -> BinaryIO:
    """An unnamed temporary file that stays in memory while it is small."""
    return cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))
