"""Lists that lie two objects deep, `{"wall_posts_sent_to_you": {"activity_log_data": [ ... ]}}` (until 2021).

They are streamed like any other list, so that each entry counts and a broken one costs itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from auditlib.jsonstream import BadElement, Broken, batches
from auditlib.platforms._meta import Mended
from auditlib.reading import Each, Rows, Stream, guarded
from auditlib.records import Record

_TEXT = rb'"((?:[^"\\]|\\.)*)"'
_NESTED = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*" + _TEXT + rb"\s*:\s*(?=\{\s*" + _TEXT + rb"\s*:\s*\[)")
_END = re.compile(rb"\]\s*\}\s*\}\s*$")
_HEAD = 4096


class _Inner:
    """A stream without the beginning of its outer object; the last bytes are kept, to see that nothing else follows."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream, self.tail = head, stream, head[-64:]

    def read(self, size: int = -1) -> bytes:
        """As of a file."""
        data, self._head = self._head, b""
        data = data or self._stream.read(size)
        self.tail = (self.tail + data)[-64:]
        return data


def ways(members: Iterable[str], rows: Rows, head: Any) -> dict[str, Stream]:
    """How to read those members whose list lies two deep; `head(member)` gives a member's first bytes."""
    compiled = [(re.compile(rf"(?:^|/)(?:{pattern})", re.IGNORECASE), how) for pattern, how in rows]
    found: dict[str, Stream] = {}
    for path in members:
        if not path.lower().endswith(".json") or "/inbox/" in path:
            continue
        how = next((how for pattern, how in compiled if pattern.search(path)), None)
        if isinstance(how, Each) and isinstance(how.function, Mended) and _NESTED.match(head(path)):
            found[path] = Stream(_reading(how.function))
    return found


def _reading(function: Mended) -> Any:
    def read(stream: BinaryIO, a: Any) -> Iterator[Record | BadElement]:
        head = stream.read(_HEAD)
        match = _NESTED.match(head)
        if match is None:
            raise Broken("not valid JSON")
        inner = _Inner(head[match.end() :], stream)
        key = match[2].decode("utf-8", "replace")
        try:
            for batch in batches(inner, Any, (key,)):  # type: ignore[arg-type]
                if isinstance(batch, BadElement):
                    yield batch
                    continue
                a.position = batch[0]
                for element in batch[1]:
                    yield from guarded(function, element, a)
                    a.position += 1
        except Broken:
            if not _END.search(inner.tail):
                raise  # else only the outer object's bracket was left over

    return read
