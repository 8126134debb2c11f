"""Recorded tracks: where they begin and end, to tell the person that a home or a school can be worked out from them.

Only GPX is read (XML, by defusedxml). FIT and TCX are not: most devices send FIT. No position leaves this module.
"""

from __future__ import annotations

import io
import math
import re
import zlib
from collections.abc import Iterator

from defusedxml.ElementTree import ParseError, iterparse

from auditlib.archive import READ_ERRORS, Tree

TRACK = re.compile(r"\.(gpx|fit|tcx)(\.gz)?$", re.IGNORECASE)
_GPX = re.compile(r"(?:^|/)activities/.*\.gpx(\.gz)?$", re.IGNORECASE)
NEAR = 200.0  # metres
ALIKE = 3  # tracks that share a place make it one that can be worked out
MOST = 300  # tracks looked at: one place shows in far fewer
MAX_TRACK = 8 << 20  # bytes of one track, inflated
MAX_ALL = 48 << 20  # bytes of all tracks looked at
_DEGREE = 111_320.0  # metres in a degree north
_READ_GPX = "recorded tracks (GPX): looked at for where they start and finish, which is not kept"
_OTHER_GPX = "planned routes (GPX): not read"
_UNREAD = "recorded tracks as FIT or TCX files: not read by this version"

Point = tuple[float, float]


class Tracks:
    """The track files of an export."""

    def __init__(self, paths: list[str]) -> None:
        self.paths = paths
        self.readable = [p for p in paths if _GPX.search(p)]
        self.unread = sum(1 for p in paths if re.search(r"\.(fit|tcx)(\.gz)?$", p, re.IGNORECASE))

    @staticmethod
    def reason(path: str) -> str:
        """What becomes of a track file, in words for its coverage line."""
        if _GPX.search(path):
            return _READ_GPX
        return _OTHER_GPX if re.search(r"\.gpx(\.gz)?$", path, re.IGNORECASE) else _UNREAD

    def look(self, tree: Tree) -> Iterator[str]:
        """What the person should know about the tracks, without saying where anything is."""
        ends: list[tuple[Point, int]] = []
        seen = total = 0
        for number, path in enumerate(self.readable[:MOST]):
            found, size = ends_of(tree, path)
            total += size
            seen += bool(found)
            ends += [(point, number) for point in found]
            if total > MAX_ALL:
                break
        shared = most_shared(ends)
        if shared >= ALIKE:
            yield (
                f"Of {seen} recorded tracks looked at, {shared} start or finish within 200 metres of one place: whoever can "
                "see them can work out where you live or work. Hide the start and finish (Settings, Privacy controls, Map "
                "visibility), and use it on past activities too."
            )
        if self.unread:
            yield (
                f"Recorded tracks that are not read because they are FIT or TCX files: {self.unread}. They too may show where "
                "you live or work, if you set off from home or from school."
            )


def ends_of(tree: Tree, path: str) -> tuple[list[Point], int]:
    """The first and last point of a GPX track and the bytes read; no points when it cannot be read or is too large."""
    try:
        with tree.open(path) as stream:
            data = stream.read(MAX_TRACK + 1)
        if path.lower().endswith(".gz"):
            data = zlib.decompressobj(31).decompress(data, MAX_TRACK + 1)
        if len(data) > MAX_TRACK:
            return [], len(data)
        first: Point | None = None
        last: Point | None = None
        for _, element in iterparse(io.BytesIO(data), events=("end",)):
            if element.tag.rsplit("}", 1)[-1] == "trkpt":
                last = (float(element.attrib["lat"]), float(element.attrib["lon"]))
                first = first or last
            element.clear()
    # LookupError: an encoding nobody knows, a point without its place; ValueError: also what defusedxml forbids
    except (*READ_ERRORS, ParseError, ValueError, LookupError):
        return [], 0
    return [p for p in (first, last) if p and math.isfinite(p[0]) and math.isfinite(p[1])], len(data)


def most_shared(ends: list[tuple[Point, int]]) -> int:
    """How many tracks have an end within NEAR of the end that most have in common."""
    most = 0
    for (lat, lon), _ in ends:
        across = _DEGREE * max(0.01, math.cos(math.radians(lat)))
        near = {t for (y, x), t in ends if math.hypot((y - lat) * _DEGREE, (x - lon) * across) <= NEAR}
        most = max(most, len(near))
    return most
