"""Every invented export under tests/archives/ is recognised by exactly the platforms its name begins with, and gives exactly
the records of the readable file beside it: one line a record, coverage at the foot.

After a change that is meant: `python tests/test_platforms.py --write [name...]`, then read the difference by eye.
"""

import sys
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest

from auditlib import platforms
from auditlib.exports import look
from auditlib.records import Coverage, Record, Summary

ARCHIVES = Path(__file__).parent / "archives"
NAMES = sorted(p.name for p in ARCHIVES.iterdir() if p.is_dir())


def expected_platforms(name: str) -> list[str]:
    """`instagram-threads-2024` holds two accounts, one on each."""
    found, rest = [], name
    while first := max((n for n in platforms.NAMES if f"{rest}-".startswith(f"{n}-")), key=len, default=""):
        found.append(first)
        rest = rest[len(first) + 1 :]
    return sorted(found)


def line(record: Record) -> str:
    """A record as a reviewer reads it: what it is, then every field that says something."""
    fields: dict[str, Any] = {k: v for k, v in msgspec.to_builtins(record).items() if v not in (None, "", [], (), {}, False)}
    fields.pop("record")
    told = [fields.pop(k) for k in ("platform", "state", "kind", "relation", "fact", "at", "since", "value") if k in fields]
    rest = [f"{k}={msgspec.json.encode(v).decode()}" for k, v in fields.items() if v != {"id": None}]
    return " ".join([type(record).__name__.lower(), *map(str, told), *rest])


def told(path: Path, everything: bool = True) -> list[str]:
    with look([path]) as found:
        records = list(found.records())
    kinds = (Coverage, Summary)
    ordered = [r for r in records if not isinstance(r, kinds)] + [r for r in records if isinstance(r, kinds) and everything]
    return [line(r) for r in ordered]


@pytest.mark.parametrize("name", NAMES)
def test_recognised_by_exactly_the_platforms_in_its_name(name):
    with look([ARCHIVES / name]) as found:
        assert sorted(e.module.NAME for e in found.exports) == expected_platforms(name)


@pytest.mark.parametrize("name", NAMES)
def test_gives_the_expected_records(name):
    assert told(ARCHIVES / name) == (ARCHIVES / f"{name}.expected").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_a_zip_of_it_gives_the_same_records(name, tmp_path):
    with zipfile.ZipFile(tmp_path / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as z:
        for file in sorted(p for p in (ARCHIVES / name).rglob("*") if p.is_file()):
            z.write(file, file.relative_to(ARCHIVES / name).as_posix())
    assert told(tmp_path / f"{name}.zip", everything=False) == told(ARCHIVES / name, everything=False)


@pytest.mark.parametrize("name", NAMES)
def test_keys_are_unique_and_the_same_when_read_again(name):
    def keys() -> list[str]:
        with look([ARCHIVES / name]) as found:
            return [key for r in found.records() if (key := getattr(r, "key", None))]

    first = keys()
    assert sorted(first) == sorted(set(first))
    assert keys() == first


def test_every_golden_has_its_export():
    assert sorted(p.stem for p in ARCHIVES.glob("*.expected")) == NAMES


if __name__ == "__main__" and sys.argv[1:2] == ["--write"]:
    for chosen in sys.argv[2:] or NAMES:
        (ARCHIVES / f"{chosen}.expected").write_text("\n".join(told(ARCHIVES / chosen)) + "\n", encoding="utf-8", newline="\n")
