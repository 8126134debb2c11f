"""Snapchat's download as web pages only: their layout was seen in no public source, so what is read are plain tables.

A table is read by the heading before it and the names of its columns, as the JSON list of that name would be. Where no table
is of a kind that is known, the page is said to be unread, with what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from auditlib.archive import MAX_HELD
from auditlib.errors import UnsafeArchive
from auditlib.jsonstream import BadElement
from auditlib.markup import document
from auditlib.platforms._snapchat import Function, Reader
from auditlib.platforms._snapchat_chats import entry
from auditlib.platforms._snapchat_records import BY_FILE
from auditlib.platforms._snapchat_tables import rows
from auditlib.platforms._told import plain
from auditlib.reading import NotKnown, guarded
from auditlib.records import Record

AGAIN = "a web page in a layout this version does not read: ask Snapchat for the download again and choose JSON"
_CHATS = {"chat_history": "message", "snap_history": "snap"}


def read(stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
    """Every record in the tables of one page. Raises NotKnown when none of them is of a known kind."""
    data = stream.read(MAX_HELD + 1)
    if len(data) > MAX_HELD:
        raise UnsafeArchive("One page is too large to be read safely.")
    stem = re.sub(r"^.*?html/", "", a.member, flags=re.IGNORECASE).rpartition(".")[0].partition("/")[0].lower()
    stem = re.sub(r" ?\(\d+\)$", "", stem)
    known = False
    a.position = 0
    for heading, row in rows(document(data)):
        function = _function(stem, heading, row, a)
        if function is None:
            continue
        known = True
        a.path = (heading,)
        yield from guarded(function, row, a)
        a.position += 1
    if not known:
        raise NotKnown(AGAIN)


def _function(stem: str, heading: str, row: dict[str, Any], a: Reader) -> Function | None:
    if what := _CHATS.get(stem):
        return entry(what, heading, a) if "Created" in row and ("From" in row or "To" in row) else None
    table = BY_FILE.get(stem, {})
    return table.get(plain(heading)) or (next(iter(table.values())) if len(table) == 1 and not heading else None)
