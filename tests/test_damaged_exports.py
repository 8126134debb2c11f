"""Whatever is damaged in an export, reading it ends in records and coverage, never in a fault, and keys stay unique.

Every invented export is damaged in a fixed pseudo-random way: bits flipped, files cut, values swapped for others or left out.
"""

import json
import random
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from auditlib.errors import ArchiveError
from auditlib.exports import look
from auditlib.records import Coverage, Summary, encode_line

ARCHIVES = Path(__file__).parent / "archives"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "fixtures"
NAMES = sorted(p.name for p in ARCHIVES.iterdir() if p.is_dir())
ODD: tuple[Any, ...] = (
    None, 0, -1, 1e300, "", [], {}, [None], {"a": None}, "x" * 50, "Ã©", True, [[[]]], {"uri": 5}, {"uri": "../../x"}, 2**70,
    -62169958800, "javascript:alert(1)", "http://[bad", {"timestamp": "x"}, ["a", 5], {"name": ["x"]},
)  # fmt: skip


def swapped(value: Any, chance: random.Random, share: float) -> Any:
    if chance.random() < share:
        return chance.choice(ODD)
    if isinstance(value, dict):
        return {k: swapped(v, chance, share) for k, v in value.items() if chance.random() >= share}
    return [swapped(v, chance, share) for v in value] if isinstance(value, list) else value


def damaged(data: bytes, chance: random.Random) -> bytes:
    how = chance.random()
    if how < 0.2 and data:
        flipped = bytearray(data)
        for _ in range(4):
            flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        return bytes(flipped)
    if how < 0.35:
        return data[: chance.randrange(len(data) + 1)]
    before, equals, body = data.partition(b"=") if data.startswith(b"window.") else (b"", b"", data)
    try:
        value = json.loads(body)
    except ValueError:
        return data
    return before + equals + json.dumps(swapped(value, chance, chance.choice((0.01, 0.05, 0.2)))).encode()


def read_to_the_end(path: Path) -> list[Any]:
    with look([path]) as found:
        records = list(found.records())
    for record in records:
        encode_line(record)
    keys = Counter(key for r in records if (key := getattr(r, "key", None)))
    assert [key for key, count in keys.items() if count > 1] == []
    return records


@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_export_is_read_without_a_fault(name, tmp_path):
    for seed in range(6):
        chance = random.Random(f"{name} {seed}")
        folder = shutil.copytree(ARCHIVES / name, tmp_path / f"{name}-{seed}")
        for file in sorted(p for p in folder.rglob("*") if p.suffix in (".json", ".js", ".html", ".csv")):
            file.write_bytes(damaged(file.read_bytes(), chance))
        try:
            records = read_to_the_end(folder)
        except ArchiveError:
            continue  # so damaged that nothing was recognised: said in a sentence
        assert any(isinstance(r, Summary) for r in records)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample files of other projects lie beside the project, not in it")
def test_sample_files_of_other_projects_are_read_and_what_is_unknown_is_said():
    messenger = read_to_the_end(SHARED / "messenger")
    states = {
        r.member.rsplit("/", 3)[-2] + "/" + r.member.rsplit("/", 1)[-1]: r.state
        for r in messenger
        if isinstance(r, Coverage) and "/" in r.member
    }
    assert states["broken_BAD/message_1.json"] == "failed"
    assert states["goodsibling_OK/message_1.json"] == "read"
    assert states["messages/group_2.json"] == states["html_timestamps/layout1.html"] == "read"
    assert "Still valid" in [getattr(r, "text", None) for r in messenger]
    instagram = read_to_the_end(SHARED / "instagram")
    assert [r.platform for r in instagram if isinstance(r, Summary)] == ["instagram"]
    assert "A great rainy day lunch\n#italiansub" in [getattr(r, "text", None) for r in instagram]
    assert read_to_the_end(SHARED / "x")
