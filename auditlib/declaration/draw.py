"""A drawn signature as a picture that the product draws itself: nothing in it but the lines.

PNG, 8-bit grey, one image chunk and no text, time or device chunks. Source of the format: PNG (ISO/IEC 15948).
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence
from itertools import pairwise

from auditlib.errors import DeclarationError

WIDTH, HEIGHT = 600, 180
"""Size of every drawn signature, in pixels."""
MAX_BYTES = 50_000
_MAX_POINTS, _MAX_INK = 20_000, 100_000  # ink in pixels drawn: far more than any signature, a second to draw
_FINE = 3  # drawn three times as large, then averaged, for smooth edges
_PEN, _MARGIN = 1.6, 10  # radius of the pen and free border, in pixels
_MAGIC = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)

Strokes = Sequence[Sequence[Sequence[float]]]


def draw_signature(strokes: Strokes) -> bytes | None:
    """Return the strokes (lists of [x, y], any unit, y downwards) as a PNG of 600 x 180; None when nothing was drawn.

    Raises `DeclarationError` when the strokes are not numbers or far more than a signature has.
    """
    lines = _fit(_points(strokes))
    if not lines:
        return None
    if sum(math.dist(start, end) for line in lines for start, end in pairwise(line)) > _MAX_INK * _FINE:
        raise DeclarationError("The drawn signature is too detailed. Clear it and draw it again, more simply.")
    ink = [bytearray(WIDTH * _FINE) for _ in range(HEIGHT * _FINE)]
    for line in lines:
        for start, end in zip(line, line[1:] or line, strict=False):
            _stroke(ink, start, end)
    picture = _png(_averaged(ink))
    if len(picture) > MAX_BYTES:
        raise DeclarationError("The drawn signature is too detailed. Clear it and draw it again, more simply.")
    return picture


def is_drawing(data: bytes) -> bool:
    """Return whether the bytes are a PNG of the one form that `draw_signature` makes, with nothing else inside."""
    if len(data) > MAX_BYTES or not data.startswith(_MAGIC):
        return False
    at, chunks = len(_MAGIC), []
    while at + 12 <= len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        body, check = data[at + 8 : at + 8 + size], data[at + 8 + size : at + 12 + size]
        if len(check) != 4 or struct.unpack(">I", check)[0] != zlib.crc32(kind + body):
            return False
        chunks.append((kind, body))
        at += 12 + size
    if at != len(data) or [kind for kind, _ in chunks] != [b"IHDR", b"IDAT", b"IEND"]:
        return False
    return chunks[0][1] == _HEADER and chunks[2][1] == b"" and _is_picture(chunks[1][1])


def _is_picture(compressed: bytes) -> bool:
    expand, size = zlib.decompressobj(), HEIGHT * (WIDTH + 1)
    try:
        rows = expand.decompress(compressed, size + 1)
    except zlib.error:
        return False
    whole = len(rows) == size and expand.eof and not expand.unused_data
    return whole and not any(rows[:: WIDTH + 1])  # every row begins with the number of its filter: none


def _points(strokes: Strokes) -> list[list[tuple[float, float]]]:
    try:
        lines = [[(float(x), float(y)) for x, y in stroke] for stroke in strokes]
    except (TypeError, ValueError):
        raise DeclarationError("The drawn signature could not be read. Clear it and draw it again.") from None
    if sum(map(len, lines)) > _MAX_POINTS or not all(abs(v) < 1e6 for line in lines for point in line for v in point):
        raise DeclarationError("The drawn signature is too detailed. Clear it and draw it again, more simply.")
    return [line for line in lines if line]


def _fit(lines: list[list[tuple[float, float]]]) -> list[list[tuple[float, float]]]:
    """Return the lines moved and scaled to fill the picture, in fine pixels, keeping their proportions."""
    points = [point for line in lines for point in line]
    if not points:
        return []
    left, top = min(x for x, _ in points), min(y for _, y in points)
    wide, high = max(x for x, _ in points) - left, max(y for _, y in points) - top
    room_x, room_y = WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN
    scale = min(room_x / wide if wide else math.inf, room_y / high if high else math.inf, 4.0)
    shift_x, shift_y = _MARGIN + (room_x - wide * scale) / 2, _MARGIN + (room_y - high * scale) / 2
    return [
        [((x - left) * scale * _FINE + shift_x * _FINE, (y - top) * scale * _FINE + shift_y * _FINE) for x, y in line]
        for line in lines
    ]


def _stroke(ink: list[bytearray], start: tuple[float, float], end: tuple[float, float]) -> None:
    """Ink a round pen's way from start to end."""
    radius = _PEN * _FINE
    steps = max(1, math.ceil(math.dist(start, end) / (radius / 2)))
    for step in range(steps + 1):
        x = start[0] + (end[0] - start[0]) * step / steps
        y = start[1] + (end[1] - start[1]) * step / steps
        for row in range(math.ceil(y - radius), math.floor(y + radius) + 1):
            half = math.sqrt(max(0.0, radius**2 - (row - y) ** 2))
            first, last = math.ceil(x - half), math.floor(x + half)
            if last >= first:
                ink[row][first : last + 1] = b"\1" * (last - first + 1)


def _averaged(ink: list[bytearray]) -> list[bytes]:
    empty, rows = b"\xff" * WIDTH, []
    shades = bytes(255 - round(255 * n / _FINE**2) for n in range(_FINE**2 + 1))
    for top in range(0, HEIGHT * _FINE, _FINE):
        band = ink[top : top + _FINE]
        if not any(map(any, band)):
            rows.append(empty)
            continue
        columns = [row[k::_FINE] for row in band for k in range(_FINE)]
        rows.append(bytes(shades[sum(samples)] for samples in zip(*columns, strict=True)))
    return rows


def _png(rows: list[bytes]) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return _MAGIC + chunk(b"IHDR", _HEADER) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
