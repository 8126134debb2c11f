"""A Bluesky repository file: a CAR (content-addressed archive) read in bounded memory, and the tree in it walked in order.

`libipld.decode_car` decodes every block of the file at once and holds them all: 950 MB for half a million records. Here one
pass over the file notes only where each block lies (two numbers a block), and the walk decodes one block at a time.

Sources: the CARv1 specification (ipld.io), the AT Protocol's repository specification (atproto.com/specs/repository).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

import libipld

from auditlib.jsonstream import BadElement, Broken

CHUNK = 1 << 20
MAX_BLOCK = (1 << 24) - 1  # bytes of one block; the network's own limit is one million
_LENGTH_BITS = 24
_DAG_CBOR = b"\x01\x71\x12\x20"  # CID version 1, DAG-CBOR, SHA-256 of 32 bytes: every block of a repository
_CID = 36
_SHORT = 7  # bytes of a CID that the index knows it by: 2^-56 for a wrong one, which the checksum then shows


Entry = tuple[str, dict[str, Any]]  # `collection/record key`, and the record, decoded


class Commit(NamedTuple):
    """The signed root of a repository: whose it is, its revision (a TID; "" before 2023), and the tree's own root."""

    did: str
    rev: str
    data: bytes


def block(data: bytes) -> Any:
    """One block decoded. Raises ValueError for what is no DAG-CBOR."""
    try:
        return libipld.decode_dag_cbor(data)
    except RecursionError:
        raise ValueError from None


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """The number at `at` and where it ends. Raises IndexError at the end of `data`, Broken for what is none."""
    number = shift = 0
    while True:
        byte = data[at]
        number |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return number, at
        shift += 7
        if shift > 63:
            raise Broken("not a repository")


def _cid_length(data: bytes, at: int) -> int:
    """The length of the CID at `at`, of any kind. Raises IndexError or Broken."""
    if data[at : at + 2] == b"\x12\x20":
        return 34  # version 0
    end = at
    for _ in range(3):
        _, end = _varint(data, end)
    length, end = _varint(data, end)
    return end - at + length


class Blocks:
    """Where each block of a file lies. `take` gives a block's bytes by its CID; `broken` says how the file ends early."""

    def __init__(self, stream: BinaryIO, beside: Path | None) -> None:
        """Read `stream` to its end. `beside` is the same file on disk, where it lies there; else a copy is kept.

        Raises Broken when the file does not begin as a CAR does.
        """
        self.root = b""
        self.broken = ""
        self._where: dict[int, int] = {}
        opened = tempfile.TemporaryFile() if beside is None else beside.open("rb", buffering=0)  # noqa: SIM115 - see close
        self._file = cast(BinaryIO, opened)
        self._spooled = beside is None
        try:
            self._scan(stream)
            if self._spooled:
                self._file.flush()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Blocks:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __len__(self) -> int:
        return len(self._where)

    def _scan(self, stream: BinaryIO) -> None:
        held, base, at, end = b"", 0, 0, 0  # `held` are the bytes from `base` on; `at` the place in it

        def more(wanted: int) -> bool:
            """Have `wanted` bytes from `at` on; False where the file ends before that."""
            nonlocal held, base, at, end
            pieces, have = [held[at:]], end - at
            base += at
            at = 0
            while have < wanted and (piece := stream.read(max(CHUNK, wanted - have))):
                if self._spooled:
                    self._file.write(piece)
                pieces.append(piece)
                have += len(piece)
            held = b"".join(pieces)
            end = len(held)
            return have >= wanted

        more(CHUNK)
        if not held:
            raise Broken("empty")
        try:
            self.root, at = header(held)
        except IndexError:
            raise Broken("cut off") from None
        where, number_of = self._where, int.from_bytes
        while True:
            if end - at < 64 and not more(64) and at >= end:
                return
            size = held[at]
            if size < 0x80:
                at += 1
            elif (second := held[at + 1 : at + 2]) and second[0] < 0x80:
                size = (size & 0x7F) | second[0] << 7
                at += 2
            else:
                try:
                    size, at = _varint(held, at)
                except IndexError:
                    self.broken = "cut off"
                    return
                except Broken:
                    self.broken = "a block without a length"
                    return
            if size > MAX_BLOCK:
                self.broken = "a block over the limit"
                return
            if end - at < size and not more(size):
                self.broken = "cut off"
                return
            if held[at : at + 4] == _DAG_CBOR:
                start = at + _CID
            else:
                try:
                    start = at + _cid_length(held, at)
                except (IndexError, Broken):
                    start = at + size + 1
            if start > at + size:
                if size:  # some writers fill up with zeros
                    self.broken = "a block without a name"
                    return
                continue
            short = number_of(held[start - _SHORT : start], "big")
            where[short] = base + start << _LENGTH_BITS | at + size - start
            at += size

    def reader(self) -> Callable[[bytes], bytes | None]:
        """A function that gives the bytes of a block by its CID: None when it is not there or fails its checksum."""
        where, number_of, mask = self._where, int.from_bytes, (1 << _LENGTH_BITS) - 1
        file, descriptor = self._file, self._file.fileno()

        def fetch(_: int, length: int, place: int) -> bytes:
            file.seek(place)
            return file.read(length)

        pread: Callable[[int, int, int], bytes] = getattr(os, "pread", fetch)  # not on Windows

        def take(cid: bytes) -> bytes | None:
            spot = where.get(number_of(cid[-_SHORT:], "big"))
            if spot is None:
                return None
            data = pread(descriptor, spot & mask, spot >> _LENGTH_BITS)
            if cid[:4] == _DAG_CBOR and sha256(data).digest() != cid[4:]:
                return None
            return data

        return take

    def forget(self, cid: bytes) -> None:
        """Let a block be found no more: a node of the tree that leads back to itself would never end."""
        self._where.pop(int.from_bytes(cid[-_SHORT:], "big"), None)


def header(data: bytes) -> tuple[bytes, int]:
    """The first root in a CAR's header, and where the header ends. Raises Broken, or IndexError when `data` is too short."""
    size, at = _varint(data, 0)
    if size > CHUNK:
        raise Broken("not a repository")
    if len(data) < at + size:
        raise IndexError
    try:
        found = block(data[at : at + size])
    except ValueError:
        raise Broken("not a repository") from None
    if not isinstance(found, dict) or found.get("version") != 1:
        raise Broken("not a repository")
    roots = found.get("roots")
    if not isinstance(roots, list) or not roots or not isinstance(roots[0], bytes):
        raise Broken("not a repository")
    return roots[0], at + size


def committed(data: bytes | None) -> Commit:
    """The commit a root block holds. Raises Broken when it is none (`data` is None when the block is not there)."""
    if data is None:
        raise Broken("its first block is missing")
    try:
        found = block(data)
    except ValueError:
        raise Broken("not a repository") from None
    if not isinstance(found, dict) or not isinstance(found.get("did"), str) or not isinstance(found.get("data"), bytes):
        raise Broken("not a repository")
    rev = found.get("rev")  # version 2, of 2022 and 2023, had `prev` in its place
    return Commit(found["did"], rev if isinstance(rev, str) else "", found["data"])


def first_commit(data: bytes) -> Commit | None:
    """The commit of a repository whose file begins with `data`; None when it does not lie there."""
    try:
        root, at = header(data)
        while at < len(data):
            size, at = _varint(data, at)
            if data.startswith(root, at):
                return committed(data[at + len(root) : at + size])
            at += size
    except (IndexError, Broken):
        pass
    return None


def entries(blocks: Blocks, root: bytes) -> Iterator[Entry | BadElement]:
    """Every entry that the tree below `root` reaches, in the order of keys; stale blocks that no key reaches are not read.

    What is missing or damaged gives a BadElement: a node costs the entries below it, a record itself.
    """
    take, decode = blocks.reader(), libipld.decode_dag_cbor
    number = 0
    last = b""
    above: list[tuple[Iterator[dict[str, Any]], bytes]] = []

    def node(cid: Any) -> Iterator[dict[str, Any]]:
        """A node's entries, the subtree to its left first. Raises LookupError, TypeError or ValueError."""
        data = take(cid)
        if data is None:
            raise LookupError
        blocks.forget(cid)
        found = decode(data)
        listed = found["e"]
        if not isinstance(listed, list):
            raise TypeError
        return iter([{"t": found["l"]}, *listed] if found.get("l") is not None else listed)

    here: Iterator[dict[str, Any]]
    key = b""
    try:
        here = node(root)
    except (LookupError, TypeError, ValueError, RecursionError):
        raise Broken("its list of contents is missing") from None
    while True:
        try:
            for entry in here:
                below = entry.get("t")
                if (value := entry.get("v")) is not None:
                    key = key[: entry["p"]] + entry["k"]
                    if key <= last:
                        raise ValueError
                    last = key
                    data = take(value)
                    if data is None:
                        yield BadElement(number, "MissingBlock")
                    else:
                        record = decode(data)
                        if type(record) is not dict:
                            raise TypeError
                        yield key.decode("ascii"), record
                    number += 1
                if below is not None:
                    try:
                        lower = node(below)
                    except (LookupError, TypeError, ValueError, RecursionError):
                        yield BadElement(number, "MissingBlock")
                        number += 1
                        continue
                    above.append((here, key))
                    here, key = lower, b""
                    break
            else:
                if not above:
                    return
                here, key = above.pop()
        except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
            yield BadElement(number, type(error).__name__)
            number += 1
