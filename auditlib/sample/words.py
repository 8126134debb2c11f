"""Reads the sample's words: lines of `when | options | text` in words/*.txt."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "words"
ME = "me"


class Line(NamedTuple):
    """One line: a UTC time, the middle column as it stands, and the words ("" when there are none; " ¶ " ends a line)."""

    at: datetime
    middle: str
    text: str

    @property
    def options(self) -> dict[str, str]:
        """The middle column as options: `a=1;b` gives {"a": "1", "b": ""}."""
        pairs = (part.partition("=") for part in self.middle.split(";") if part)
        return {name: value for name, _, value in pairs}

    @property
    def parts(self) -> tuple[str, str]:
        """The words as a title and what follows it after " / "."""
        title, _, rest = self.text.partition(" /")
        return title, rest.strip()

    @property
    def seconds(self) -> int:
        """Unix seconds."""
        return int(self.at.timestamp())


class Thread(NamedTuple):
    """One conversation: its platform (and box), the other side (or a short id), a title and the lines, oldest first."""

    box: str
    other: str
    title: str
    group: bool
    lines: tuple[Line, ...]


def read(name: str) -> list[Line]:
    """Return the lines of words/<name>.txt, oldest first as written. Raises ValueError on a line out of shape."""
    return [_line(line) for line in _lines(name)]


def threads(box: str) -> list[Thread]:
    """Return the conversations of one platform, with its requests and filtered ones (`box` or `box-...`)."""
    made: list[Thread] = []
    for line in _lines("messages"):
        if line.startswith("== "):
            where, other, separator, title = re.fullmatch(r"== (\S+) (\S+) ([|:]) ?(.*)", line).groups()  # type: ignore[union-attr]
            made.append(Thread(where, other, title, separator == ":", ()))
        else:
            made[-1] = made[-1]._replace(lines=(*made[-1].lines, _line(line)))
    return [thread for thread in made if thread.box.split("-")[0] == box]


def day(text: str) -> datetime:
    """Return noon UTC of an ISO day."""
    return datetime.fromisoformat(text + "T12:00:00").replace(tzinfo=UTC)


def _lines(name: str) -> list[str]:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("# ")]


def _line(line: str) -> Line:
    when, middle, text = (part.removeprefix(" ") for part in line.split("|", 2))
    return Line(datetime.fromisoformat(when.strip()).replace(tzinfo=UTC), middle.strip(), re.sub(" ?¶ ?", "\n", text))
