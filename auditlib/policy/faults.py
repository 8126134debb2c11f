"""Faults of a TOML file, gathered rather than raised: each knows its line, what is wrong and how to mend it."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from typing import Any

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*(?:"([^"]+)"|'([^']+)'|([\w.-]+))\s*=""")
_PLACE = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")
_KINDS = {str: "text in quotation marks", bool: "true or false", int: "a whole number", float: "a number",
          list: "a list in square brackets", dict: "a table"}  # fmt: skip


class Faults:
    """The faults of one file. `table()` reads its text; `listed()` gives them in line order, each once."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self._text = text
        self._found: list[tuple[int, str]] = []
        self._blocks: dict[tuple[str, int], tuple[int, int]] = {("", 0): (0, len(self.lines))}
        self._index()

    def table(self) -> dict[str, Any]:
        """Return the file as a dict; a syntax fault is noted and gives an empty one."""
        try:
            return tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            place = _PLACE.search(str(error))
            line = int(place[1]) if place and place[1] else len(self.lines)
            what = _PLACE.sub("", str(error)).strip().rstrip(".")
            self.add(line, f"this is not valid TOML ({what})", "check quotation marks, brackets and repeated names there")
            return {}

    def add(self, line: int, what: str, mend: str) -> None:
        """Note one fault."""
        self._found.append((max(line, 1), f"line {max(line, 1)}: {what} - {mend}"))

    def listed(self) -> list[str]:
        """Return every fault as `line N: what - how to mend it`."""
        return list(dict.fromkeys(text for _, text in sorted(self._found, key=lambda fault: fault[0])))

    def line(self, path: str, number: int = 0, key: str = "", needle: str = "") -> int:
        """Return the line of `key` (or of `needle` within its value) in the `number`-th table at `path`."""
        while path and (path, number) not in self._blocks:
            path, _, last = path.rpartition(".")
            number, key, needle = 0, last, key or needle
        if not path and (key, 0) in self._blocks:
            path, key = key, ""
        start, end = self._blocks.get((path, number), (0, len(self.lines)))
        found = start
        for at in range(start, end):
            hit = _KEY.match(self.lines[at])
            if key and hit and (hit[1] or hit[2] or hit[3]) == key:
                found = at
                break
        if needle:
            for at in range(found, end):
                if needle in self.lines[at] or needle.replace("\\", "\\\\") in self.lines[at]:
                    return at + 1
        return found + 1

    def _index(self) -> None:
        starts: list[tuple[str, int, int]] = []
        seen: dict[str, int] = {}
        for at, line in enumerate(self.lines):
            hit = _HEADER.match(line)
            if hit is None or "=" in hit[2] or '",' in line:
                continue
            path = re.sub(r"\s*\.\s*", ".", hit[2]).replace('"', "").replace("'", "")
            number = seen.get(path, 0) if hit[1] == "[[" else 0
            seen[path] = number + 1
            starts.append((path, number, at))
        for here, (path, number, at) in enumerate(starts):
            end = starts[here + 1][2] if here + 1 < len(starts) else len(self.lines)
            self._blocks[path, number] = (at, end)
        if starts:
            self._blocks["", 0] = (0, starts[0][2])

    # --- checks used for every table -------------------------------------------------------------------------------

    def known_keys(self, value: dict[str, Any], known: Iterable[str], path: str, number: int = 0) -> None:
        """Note every key of `value` that is not in `known`."""
        names = list(known)
        for key in value:
            if key not in names:
                near = difflib.get_close_matches(key, names, 1)
                mend = f"did you mean {near[0]!r}?" if near else f"take it out, or use one of: {', '.join(names)}"
                self.add(self.line(path, number, key), f"unknown name {key!r}{_inside(path)}", mend)

    def typed(self, value: Any, kind: type, path: str, key: str, number: int = 0) -> bool:
        """Return whether `value` is of `kind` (list = a list of text); note it when it is not."""
        good = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            good = True
        if not good:
            self.add(self.line(path, number, key), f"{key!r}{_inside(path)} has the wrong type", f"write {_KINDS[kind]}")
        elif kind is list and not all(isinstance(entry, str) for entry in value):
            good = False
            self.add(
                self.line(path, number, key), f"{key!r}{_inside(path)} holds something that is not text",
                "put every entry in quotation marks",
            )  # fmt: skip
        return good


def _inside(path: str) -> str:
    return f" in [{path}]" if path else ""
