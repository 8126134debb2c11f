"""Batches of choices from a page: each entry is acted on once and in order, however often the batch is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class Batches:
    """Remembers how far each view of a page has come.

    A page sends a batch again when no answer came in time. The entry in hand counts as done only once the caller asks
    for the next one, so after a failure half way the same batch goes on where it stopped.
    """

    def __init__(self) -> None:
        self._at: dict[str, tuple[int, int]] = {}

    def rest(self, data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """Yield the entries of the batch that have not been acted on yet."""
        view, number = str(data["view"]), int(data["seq"])
        last, done = self._at.get(view, (0, 0))
        if number < last:
            return
        if number > last:
            done = 0
        for entry in list(data["batch"])[done:]:
            yield entry
            done += 1
            self._at[view] = number, done
