"""A .docx read strictly: one zip that every reader sees in the same way, with nothing before, between or after.

Python's zip reader is forgiving (bytes before the first entry, two entries of one name, headers that disagree), and so
are office programs, each in its own way; what one shows and another checks could then differ. So the structure is read
here, entry by entry. Source of the layout: the ZIP application note (APPNOTE 6.3), sections 4.3.7, 4.3.12 and 4.3.16.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import NamedTuple

from auditlib.errors import Tampered

MAX_FILE, MAX_PART, MAX_WHOLE, MAX_ENTRIES = 4_000_000, 1_000_000, 3_000_000, 100
"""Limits in bytes (file, one part, all parts) and on the number of parts; a declaration has about 15 parts, 60 KB."""

_NAME = re.compile(r"(?:\[Content_Types\]\.xml|[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*)\Z")
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_STORED, _DEFLATED, _UTF8_NAME = 0, 8, 0x800
_OTHER_FORMS = {
    b"%PDF": "This is a PDF, not the .docx that self-audit makes",
    b"\xd0\xcf\x11\xe0": "This is an old Word document or one locked with a password",
    b"PK\x05\x06": "This is an empty zip",
    b"{\\rt": "This is a rich text file, not the .docx that self-audit makes",
}


class _Entry(NamedTuple):
    name: bytes
    method: int
    crc: int
    packed: int
    size: int
    flags: int
    offset: int


def read_package(data: bytes) -> dict[str, bytes]:
    """Return the parts of the package by name, in the order of the zip.

    Raises `Tampered` when the bytes are not a zip of exactly the parts in its directory: stray bytes, hidden, repeated
    or disagreeing entries, encryption, odd names, or sizes beyond the limits.
    """
    if not data:
        raise Tampered(["the file is empty"])
    if len(data) > MAX_FILE:
        raise Tampered(["the file is far larger than a declaration"])
    for start, reason in _OTHER_FORMS.items():
        if data.startswith(start):
            raise Tampered([reason])
    if not data.startswith(_LOCAL):
        raise Tampered(["the file does not begin as a .docx does"])
    try:
        return _parts(data)
    except Tampered as error:
        raise Tampered(_by_another_program(data) or error.reasons) from None


def _by_another_program(data: bytes) -> list[str]:
    """Return the plain cause when the file is a sound zip of another kind, or a document that was saved again.

    Word and LibreOffice write zips with fields that ours never have; to say only that would help nobody. Names alone are
    looked at, and the answer is a reason against the file whatever they are.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()[: MAX_ENTRIES + 1]
    except Exception:  # a forgiving reader given hostile bytes: there is then no more to say than was said
        return []
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 0x1 for entry in entries) or len(names) < len(entries):
        return []
    if not any(e.extra or e.flag_bits & 0xE for e in entries):  # 2 and 4: how hard it was packed; 8: sizes follow
        return []
    if "word/document.xml" not in names:
        return ["the file is a zip but not a Word document"]
    if not any(name.startswith("_xmlsignatures/sig") for name in names):
        return ["it is not signed: it was saved again by Word or another program, or was never signed"]
    return ["it was saved or packed again by another program: a declaration must stay as self-audit saved it"]


def _parts(data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    at = left = 0
    entries, directory = _directory(data)
    for entry in entries:
        name = _name(entry.name, parts)
        if entry.offset != at:
            raise Tampered(["the file holds bytes that belong to none of its parts, or parts that overlap"])
        begin = _check_local(data, entry)
        at = begin + entry.packed
        left += entry.size
        if entry.size > MAX_PART or left > MAX_WHOLE:
            raise Tampered(["a part of the file is far larger than any part of a declaration"])
        if at > directory:
            raise Tampered(["a part of the file is larger than the file has room for"])
        parts[name] = _unpack(data[begin:at], entry)
    if at != directory:
        raise Tampered(["the file holds bytes, or a hidden part, that its directory does not name"])
    return parts


def _directory(data: bytes) -> tuple[list[_Entry], int]:
    """Return the entries of the directory and where it begins."""
    if len(data) < 22 or data[-22:-18] != _END:
        raise Tampered(["the file does not end where a .docx ends: it is cut off, or something was added"])
    disk, start_disk, here, count, size, start, comment = struct.unpack("<4H2IH", data[-18:])
    if disk or start_disk or here != count or comment or count > MAX_ENTRIES or start + size != len(data) - 22:
        raise Tampered(["the directory of the file does not fit the file"])
    entries, at = [], start
    for _ in range(count):
        if at + 46 > len(data) - 22 or data[at : at + 4] != _CENTRAL:
            raise Tampered(["the directory of the file is damaged"])
        fields = struct.unpack("<6H3I5H2I", data[at + 4 : at + 46])
        flags, method, crc, packed, full = fields[2], fields[3], *fields[6:9]
        name_size, extra, note, disk_start, _, _, offset = fields[9:]
        if extra or note or disk_start:
            raise Tampered(["the directory of the file holds more than a declaration's does"])
        entries.append(_Entry(data[at + 46 : at + 46 + name_size], method, crc, packed, full, flags, offset))
        at += 46 + name_size
    if at != len(data) - 22:
        raise Tampered(["the directory of the file is damaged"])
    return entries, start


def _name(raw: bytes, seen: dict[str, bytes]) -> str:
    name = raw.decode("latin-1")
    if not _NAME.match(name) or any(set(piece) == {"."} for piece in name.split("/")):
        raise Tampered(["a part of the file has a name that a declaration never uses"])
    if name.lower() in (other.lower() for other in seen):
        raise Tampered([f"the file holds the part {name} twice"])
    return name


def _check_local(data: bytes, entry: _Entry) -> int:
    """Return where the content of the entry begins; its own header must say what the directory says."""
    head = data[entry.offset : entry.offset + 30]
    if len(head) < 30 or head[:4] != _LOCAL:
        raise Tampered(["the directory of the file points to something that is not a part"])
    name_size: int
    _, flags, method, _, _, crc, packed, size, name_size, extra = struct.unpack("<5H3I2H", head[4:])
    name = data[entry.offset + 30 : entry.offset + 30 + name_size]
    said = (name, method, crc, packed, size, flags)
    if said != (entry.name, entry.method, entry.crc, entry.packed, entry.size, entry.flags) or extra:
        raise Tampered(["a part of the file and the directory of the file disagree"])
    if flags & ~_UTF8_NAME or method not in (_STORED, _DEFLATED):
        raise Tampered(["a part of the file is locked or packed in a way that a declaration never is"])
    return entry.offset + 30 + name_size


def _unpack(packed: bytes, entry: _Entry) -> bytes:
    if entry.method == _STORED:
        content, whole = packed, True
    else:
        expand = zlib.decompressobj(-15)
        try:
            content = expand.decompress(packed, entry.size + 1)
        except zlib.error:
            raise Tampered(["a part of the file is damaged"]) from None
        whole = expand.eof and not expand.unused_data and not expand.unconsumed_tail
    if not whole or len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise Tampered(["a part of the file is damaged"])
    return content
