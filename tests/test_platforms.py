"""Every invented export under tests/archives/ is recognised by exactly the platforms its name begins with, and gives exactly
the records of the readable file beside it: one line a record, coverage at the foot.

After a change that is meant: `python tests/test_platforms.py --write [name...]`, then read the difference by eye.
"""

import runpy
import sys
import zipfile
from functools import cache
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


def given(path: Path) -> list[Path]:
    """The folder or zip; files of another site, which the person names one by one, as files."""
    return sorted(path.iterdir()) if path.is_dir() and path.name.startswith("generic-") else [path]


def line(record: Record) -> str:
    """A record as a reviewer reads it: what it is, then every field that says something."""
    fields: dict[str, Any] = {k: v for k, v in msgspec.to_builtins(record).items() if v not in (None, "", [], (), {}, False)}
    fields.pop("record")
    told = [fields.pop(k) for k in ("platform", "state", "kind", "relation", "fact", "at", "since", "value") if k in fields]
    rest = [f"{k}={msgspec.json.encode(v).decode()}" for k, v in fields.items() if v != {"id": None}]
    return " ".join([type(record).__name__.lower(), *(str(t).replace("\n", "\\n") for t in told), *rest])


def told(path: Path, everything: bool = True) -> list[str]:
    with look(given(path)) as found:
        records = list(found.records())
    kinds = (Coverage, Summary)
    ordered = [r for r in records if not isinstance(r, kinds)] + [r for r in records if isinstance(r, kinds) and everything]
    return [line(r) for r in ordered]


@pytest.mark.parametrize("name", NAMES)
def test_recognised_by_exactly_the_platforms_in_its_name(name):
    with look(given(ARCHIVES / name)) as found:
        assert sorted(e.module.NAME for e in found.exports) == expected_platforms(name)


@pytest.mark.parametrize("name", NAMES)
def test_gives_the_expected_records(name):
    expected = (ARCHIVES / f"{name}.expected").read_text(encoding="utf-8")
    assert told(ARCHIVES / name) == expected.removesuffix("\n").split("\n")  # a text may hold other line ends


@pytest.mark.parametrize("name", NAMES)
def test_a_zip_of_it_gives_the_same_records(name, tmp_path):
    with zipfile.ZipFile(tmp_path / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as z:
        for file in sorted(p for p in (ARCHIVES / name).rglob("*") if p.is_file()):
            z.write(file, file.relative_to(ARCHIVES / name).as_posix())
    assert told(tmp_path / f"{name}.zip", everything=False) == told(ARCHIVES / name, everything=False)


@pytest.mark.parametrize("name", NAMES)
def test_keys_are_unique_and_the_same_when_read_again(name):
    def keys() -> list[str]:
        with look(given(ARCHIVES / name)) as found:
            return [key for r in found.records() if (key := getattr(r, "key", None))]

    first = keys()
    assert sorted(first) == sorted(set(first))
    assert keys() == first


@cache
def columns_seen() -> dict[str, set[str]]:
    """By platform: the columns of docs/platforms.md that some export here has records of."""
    seen: dict[str, set[str]] = {name: set() for name in platforms.NAMES}
    for name in NAMES:
        with look(given(ARCHIVES / name)) as found:
            for record in found.records():
                if column := platforms.column_of(record):
                    seen[record.platform].add(column)
    return seen


@pytest.mark.parametrize("name", platforms.NAMES)
def test_the_table_of_platforms_says_what_is_read(name):
    module = platforms.load(name)
    left = set(platforms.COLUMNS) - set(module.NOT_HELD) - set(module.NOT_YET)
    assert columns_seen()[name] == left
    assert not set(module.NOT_HELD) & set(module.NOT_YET)
    assert {*module.NOT_HELD, *module.NOT_YET} <= set(platforms.COLUMNS)


def test_the_page_of_platforms_is_made_from_the_code():
    scope = runpy.run_path(str(ARCHIVES.parents[1] / "docs" / "make_platforms.py"))
    assert scope["page"]() == scope["PAGE"].read_text(encoding="utf-8")


@pytest.mark.parametrize("name", platforms.NAMES)
def test_how_to_ask_for_the_export_is_said(name):
    ask = platforms.load(name).ASK
    assert ask is None or (ask.where and ask.steps and (not ask.url or ask.url.startswith("https://")))


def test_every_golden_has_its_export():
    assert sorted(p.stem for p in ARCHIVES.glob("*.expected")) == NAMES


if __name__ == "__main__" and sys.argv[1:2] == ["--write"]:
    for chosen in sys.argv[2:] or NAMES:
        (ARCHIVES / f"{chosen}.expected").write_text("\n".join(told(ARCHIVES / chosen)) + "\n", encoding="utf-8", newline="\n")
