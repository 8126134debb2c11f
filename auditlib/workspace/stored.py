"""How an item lies in the file: its fields in order as one MessagePack array, no names, about half the size of JSON.

The field names of an import are kept once, with the import, so that an item written before a field was added (or moved)
is still read rightly: a field it lacks takes its default, one that no longer exists is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgspec

from auditlib.records import Item

FIELDS: tuple[str, ...] = Item.__struct_fields__
_encode = msgspec.msgpack.Encoder().encode
_astuple = msgspec.structs.astuple


def pack(item: Item) -> bytes:
    """Return the item as stored. Raises UnicodeEncodeError for half of a surrogate pair (see `mended`)."""
    return _encode(_astuple(item))


@lru_cache(maxsize=8)
def unpacker(names: tuple[str, ...] = FIELDS) -> Callable[[bytes], Item]:
    """Return the function that turns a stored body back into an Item, for rows written with these field names."""
    types = {field.name: field.type for field in msgspec.structs.fields(Item)}
    row = msgspec.defstruct("Row", [(name, types.get(name, Any)) for name in names], array_like=True, gc=False)
    decode = msgspec.msgpack.Decoder(row).decode
    keep = [name for name in names if name in types]
    if keep == list(names):

        def unpack(body: bytes) -> Item:
            return Item(**dict(zip(names, _astuple(decode(body)), strict=True)))
    else:

        def unpack(body: bytes) -> Item:
            old = decode(body)
            return Item(**{name: getattr(old, name) for name in keep})

    return unpack


def mended(record: Any) -> Any:
    """Return the record with every lone half of a surrogate pair replaced by "?", as nothing can store one."""

    def mend(value: Any) -> Any:
        if isinstance(value, str):
            return value.encode("utf-8", "replace").decode("utf-8")
        if isinstance(value, (list, tuple)):
            return [mend(part) for part in value]
        if isinstance(value, dict):
            return {mend(name): mend(part) for name, part in value.items()}
        return value

    return msgspec.convert(mend(msgspec.to_builtins(record)), type(record))
