"""Writes a Bluesky repository: DAG-CBOR records in a Merkle search tree, in a CAR file of version 1.

From the public specifications of DAG-CBOR, CAR and the AT Protocol's repository. What is not needed for the sample (floats,
negative numbers, deleted records) is not written.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from itertools import groupby, takewhile
from typing import Any

_DAG_CBOR, _RAW = b"\x01\x71\x12\x20", b"\x01\x55\x12\x20"  # CID version 1, codec, SHA-256 of 32 bytes
_BASE32 = "234567abcdefghijklmnopqrstuvwxyz"


class Cid:
    """A link to a block, or to a picture that lies elsewhere."""

    def __init__(self, block: bytes, codec: bytes = _DAG_CBOR) -> None:
        self.bytes = codec + sha256(block).digest()


def picture(seed: str) -> dict[str, Any]:
    """Return the mention of an uploaded picture."""
    return {"$type": "blob", "ref": Cid(seed.encode(), _RAW), "mimeType": "image/jpeg", "size": 41700}


def key(at: datetime, clock: int = 17) -> str:
    """Return the record key that stands for a moment (a TID): microseconds and a clock's number, in sortable base 32."""
    number = int(at.timestamp()) * 1_000_000 << 10 | clock
    return "".join(_BASE32[number >> 5 * place & 31] for place in range(12, -1, -1))


def car(did: str, records: dict[str, Any], revised: datetime) -> bytes:
    """Return the file for these records by `collection/key`; the signature is made up."""
    blocks: dict[bytes, bytes] = {}

    def store(value: Any) -> Cid:
        block = _cbor(value)
        cid = Cid(block)
        blocks[cid.bytes] = block
        return cid

    leaves = sorted((name.encode(), store(value)) for name, value in records.items())
    tree = _tree([(name, cid, _height(name)) for name, cid in leaves], store)
    root = store({"did": did, "version": 3, "data": tree, "rev": key(revised), "prev": None, "sig": b"\x17" * 64})
    framed = [_framed(_cbor({"version": 1, "roots": [root]}))]
    return b"".join([*framed, *(_framed(cid + block) for cid, block in reversed(blocks.items()))])


def _tree(leaves: list[tuple[bytes, Cid, int]], store: Any, height: int | None = None) -> Cid:
    """The node over these keys, in order: those of its own height stand in it, runs of lower ones hang between them."""
    top = max((leaf[2] for leaf in leaves), default=0) if height is None else height
    node: dict[str, Any] = {"l": None, "e": []}
    before = b""
    for here, run in groupby(leaves, lambda leaf: leaf[2] == top):
        if not here:
            below = _tree(list(run), store, top - 1)
            if node["e"]:
                node["e"][-1]["t"] = below
            else:
                node["l"] = below
            continue
        for name, cid, _ in run:
            shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, name, strict=False)))
            node["e"].append({"p": shared, "k": name[shared:], "v": cid, "t": None})
            before = name
    made: Cid = store(node)
    return made


def _height(name: bytes) -> int:
    """How high a key stands: leading zero bits of its hash, in pairs."""
    return (256 - int.from_bytes(sha256(name).digest(), "big").bit_length()) // 2


def _framed(data: bytes) -> bytes:
    length, out = len(data), bytearray()
    while length > 127:
        out.append(length & 127 | 128)
        length >>= 7
    return bytes([*out, length]) + data


def _cbor(value: Any) -> bytes:
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[value]
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, Cid):
        return _head(6, 42) + _cbor(b"\x00" + value.bytes)
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(_cbor, value))
    pairs = sorted(((_cbor(name), _cbor(inner)) for name, inner in value.items()), key=lambda pair: (len(pair[0]), pair[0]))
    return _head(5, len(pairs)) + b"".join(name + inner for name, inner in pairs)


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    size = next(power for power in range(4) if number < 1 << (8 << power))
    return bytes([kind << 5 | 24 + size]) + number.to_bytes(1 << size, "big")
