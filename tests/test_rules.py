"""One table for all rules: each by itself, what it must find with the words it must show, and what it must leave alone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from auditlib.detect import Scanner
from auditlib.policy import load_policy, load_school
from auditlib.records import Finding, Item, Media, Place, ProfileFact

HERE = Path(__file__).parent
ORDINARY = [
    line for line in (HERE / "ordinary_posts.txt").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
]


class Case(NamedTuple):
    """One row of the table. `words` is None when nothing must be found."""

    rule: str
    about: str
    text: str
    words: str | None


def read_cases() -> list[Case]:
    cases, rule = [], ""
    for line in (HERE / "rule_cases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            rule = line.strip("[]")
        elif line[:2] in ("+ ", "- "):
            hit = re.fullmatch(r"(?:\{([^}]*)\} )?(.*?)(?: => (.*))?", line[2:])
            assert hit is not None
            cases.append(Case(rule, hit[1] or "", hit[2], hit[3] if line[0] == "+" else None))
    return cases


CASES = read_cases()


def post(text: str, **more: object) -> Item:
    fields: dict[str, object] = {
        "platform": "x", "account": "me", "where": "data", "kind": "post", "key": "x:post:1", "id": "1",
        "at": "2020-01-01T00:00:00+00:00", "text": text, "author": "me", "audience": "public",
    }  # fmt: skip
    return Item(**{**fields, **more})  # type: ignore[arg-type]


def record(case: Case) -> Item | ProfileFact:
    more: dict[str, object] = {}
    for part in filter(None, case.about.split(",")):
        key, _, value = part.partition("=")
        name = value.replace("_", " ")
        if key == "fact":
            return ProfileFact(
                platform="x", account="me", where="data", key="x:profile:1", fact=value, value=case.text  # type: ignore[arg-type]
            )
        more |= {
            "kind": {"kind": value},
            "media": {"media": (Media(path=None, type="photo"),)},
            "place": {"place": Place(name=name)},
            "mediaplace": {"media": (Media(path=None, type="photo", place=Place(name=name)),)},
        }[key]
    return post(case.text, **more)


@cache
def scanner_of(rule_id: str) -> Scanner:
    """A scanner with one rule only, so that no other rule's words are taken for its own. Weak signals count too."""
    policy = load_policy()
    rule = next(rule for rule in policy.rules if rule.id == rule_id)
    return Scanner(msgspec.structs.replace(policy, rules=(rule,), threshold=min(0.5, rule.score * 0.9)), load_school(None))


def shown_words(found: Finding, about: str) -> str:
    text = found.text if found.field in ("text", "value") else about.partition("=")[2].replace("_", " ")
    return " & ".join(text[span.start:span.end] for span in found.spans)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}|{case.text[:40]}")
def test_rule_finds_exactly_these_words(case: Case) -> None:
    found = scanner_of(case.rule).scan(record(case))
    if case.words is None:
        assert [shown_words(f, case.about) for f in found] == []
    else:
        assert [shown_words(f, case.about) for f in found][:1] == [case.words]


def test_every_rule_has_three_hits_and_three_near_misses() -> None:
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for case in dict.fromkeys(CASES):
        counts[case.rule][case.words is None] += 1
    short = {rule.id for rule in load_policy().rules if min(counts[rule.id][True], counts[rule.id][False]) < 3}
    assert short == set()
    assert set(counts) == {rule.id for rule in load_policy().rules}


def test_ordinary_posts_are_hardly_ever_shown() -> None:
    scanner = Scanner(load_policy(), load_school(None))
    shown = [text for text in ORDINARY if scanner.scan(post(text))]
    assert len(ORDINARY) >= 400
    assert len(shown) <= len(ORDINARY) * 0.01, shown
