"""What the rules find in posts they were not written for: floors for what must be found, a ceiling for what must not."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from auditlib.detect import Scanner
from auditlib.policy import load_policy, load_school

FLAGS = Path(__file__).resolve().parents[1] / "benchmarks" / "flags.py"
# Percent of the first set's posts that are found under their own clause, somewhat below what was reached.
FLOORS = {
    "school-name": 96, "colleagues": 92, "confidentiality": 92, "copyright": 88, "harassment": 92, "discrimination": 88,
    "defamation": 92, "offence": 92, "log-ins": 92, "phone": 88, "email": 88, "personal-info": 84, "pupil-contact": 92,
    "family-contact": 84, "work-channels": 88, "threat": 88, "safeguarding": 92,
}  # fmt: skip


@cache
def flags() -> ModuleType:
    spec = importlib.util.spec_from_file_location("flags_benchmark", FLAGS)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def tallies(name: str) -> dict:  # type: ignore[type-arg]
    return flags().tally(Scanner(load_policy(), load_school(None)), flags().read_posts(), name)  # type: ignore[no-any-return]


def test_the_first_set_has_25_posts_of_every_clause_and_the_holdout_10() -> None:
    for name, each in (("first", 25), ("holdout", 10)):
        counts = {clause: len(one.posts) for clause, one in tallies(name).items() if clause != "ordinary"}
        assert counts == dict.fromkeys(FLOORS, each)
    assert len(tallies("first")["ordinary"].posts) >= 250
    assert len(tallies("holdout")["ordinary"].posts) >= 150


@pytest.mark.parametrize("clause", FLOORS)
def test_posts_worth_another_look_are_found_under_their_clause(clause: str) -> None:
    one = tallies("first")[clause]
    assert 100 * one.own / len(one.posts) >= FLOORS[clause], [text for text, found in one.posts if clause not in found]


def test_more_than_half_of_the_posts_no_rule_was_widened_for_are_found() -> None:
    posts = [one for clause, one in tallies("later").items() if clause != "ordinary"]
    assert sum(one.own for one in posts) / sum(len(one.posts) for one in posts) >= 0.55


@pytest.mark.parametrize("name", ["first", "holdout", "later"])
def test_hardly_any_ordinary_post_is_shown(name: str) -> None:
    one = tallies(name)["ordinary"]
    assert one.shown / len(one.posts) <= 0.02, [text for text, found in one.posts if found]


def test_the_table_names_each_clause_the_ordinary_posts_and_the_speed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    posts = tmp_path / "posts.tsv"
    posts.write_text("log-ins\tpassword: Rover1999\nordinary\tTea and toast\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["flags.py", str(posts), "--missed"])
    monkeypatch.setattr(flags(), "speed", lambda scanner, texts: 12345.6)
    assert flags().main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["log-ins", "1", "1", "1", "100", "100"]
    assert lines[3] == "ordinary posts shown: 0 of 1 (0.0 %)"
    assert lines[4].startswith("12,346 posts a second of one core; the Scanner is built in ")
    assert len(lines) == 5
