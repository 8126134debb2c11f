"""Writing the sample: archives that come out the same each time, the platforms' ways with JSON and tables, small pictures."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

Files = dict[str, bytes]
_QUANTISED = 8


def write_zip(path: Path, files: Files, when: datetime) -> None:
    """Write the files in the given order, all dated `when`, so that the same files give the same bytes.

    The bytes also depend on the machine's zlib: the contents never do.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, when.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, compresslevel=9)


def write_tar(path: Path, files: Files, when: datetime) -> None:
    """Write the files as a .tar.gz in the given order, all dated `when`; what is inside is always the same, as in a zip."""
    made = io.BytesIO()
    with (
        gzip.GzipFile("", "wb", 9, made, mtime=when.timestamp()) as squeezed,
        tarfile.open(fileobj=squeezed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.mode = len(content), int(when.timestamp()), 0o644
            archive.addfile(entry, io.BytesIO(content))
    path.write_bytes(made.getvalue())


def plain_json(value: Any, indent: int | None = None) -> bytes:
    """Return JSON in UTF-8 with letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=indent).encode()


def table(header: Sequence[str], rows: Iterable[Sequence[object]], *, quoted: bool = False, end: str = "\n") -> bytes:
    """Return a CSV table in UTF-8; `quoted` puts every cell in quotes."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator=end, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerows([header, *rows] if header else rows)
    return made.getvalue().encode()


def meta_json(value: Any) -> bytes:
    """Return JSON as Facebook and Instagram write it: ASCII, each UTF-8 byte of a string as a code point of its own."""
    return json.dumps(_mojibake(value), indent=2, ensure_ascii=True).encode("ascii")


def ytd(name: str, records: Any, part: int = 0) -> bytes:
    """Return a data file as X writes it: an assignment in front of UTF-8 JSON with a space before each colon."""
    body = json.dumps(records, indent=2, ensure_ascii=False, separators=(",", " : ")) if records else "[ ]"
    return f"window.YTD.{name}.part{part} = {body}".encode()


def picture(seed: int) -> bytes:
    """Return an 8 by 8 pixel baseline JPEG in one shade of grey chosen by `seed` (ITU T.81, one block, DC only)."""
    quant = bytes([_QUANTISED] * 64)
    level = 64 + seed * 37 % 64  # in steps of the quantiser: category 7, so seven bits follow the one-bit code
    bits = "0" + format(level, "07b") + "0"  # DC category, DC value, end of block
    data = int(bits.ljust(16, "1"), 2).to_bytes(2, "big")
    one_code = bytes([1] + [0] * 15)
    return b"".join(
        (
            b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00",
            _segment(0xDB, b"\x00" + quant),
            _segment(0xC0, bytes([8, 0, 8, 0, 8, 1, 1, 0x11, 0])),
            _segment(0xC4, b"\x00" + one_code + b"\x07"),
            _segment(0xC4, b"\x10" + one_code + b"\x00"),
            _segment(0xDA, bytes([1, 1, 0, 0, 63, 0])),
            data.replace(b"\xff", b"\xff\x00"),
            b"\xff\xd9",
        )
    )


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def _mojibake(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8").decode("latin-1")
    if isinstance(value, dict):
        return {_mojibake(key): _mojibake(inner) for key, inner in value.items()}
    return [_mojibake(inner) for inner in value] if isinstance(value, list) else value
