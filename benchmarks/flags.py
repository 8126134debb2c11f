"""What the rules find in posts they were not written for: `python benchmarks/flags.py [FILE.tsv] [--set first] [--missed]`.

FILE has the columns clause (or `ordinary`), text and, where there are several, the name of the set; without it,
`tests/unseen_posts.tsv` is read. Printed for each clause: posts, found under that clause, found under any; then the
ordinary posts shown, posts a second of one core, and seconds to build the Scanner. `--missed` lists what was missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from auditlib.detect import Scanner
from auditlib.policy import load_policy, load_school
from auditlib.records import Item

UNSEEN = Path(__file__).resolve().parents[1] / "tests" / "unseen_posts.tsv"


class Tally(NamedTuple):
    """For one clause (or `ordinary`): every post with the clauses it was found under."""

    clause: str
    posts: list[tuple[str, frozenset[str]]]

    @property
    def own(self) -> int:
        return sum(self.clause in found for _, found in self.posts)

    @property
    def shown(self) -> int:
        return sum(bool(found) for _, found in self.posts)


def item(text: str) -> Item:
    return Item(platform="x", account="me", where="data", kind="post", key="x:post:1", id="1", text=text,
                at="2020-01-01T00:00:00+00:00", author="me", audience="public")  # fmt: skip


def read_posts(path: Path = UNSEEN) -> list[tuple[str, str, str]]:
    """Return (clause, text, set) of every row; the set is "" where the file has no third column."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            clause, text, name = (*line.split("\t"), "")[:3]
            rows.append((clause, text, name))
    return rows


def tally(scanner: Scanner, rows: list[tuple[str, str, str]], name: str | None = None) -> dict[str, Tally]:
    """Return a Tally for each clause met in `rows`, of the set `name` only when given."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for clause, text, of_set in rows:
        if name is None or of_set == name:
            found[clause].append((text, frozenset(finding.clause for finding in scanner.scan(item(text)))))
    return {clause: Tally(clause, posts) for clause, posts in found.items()}


def speed(scanner: Scanner, texts: list[str], seconds: float = 2.0) -> float:
    """Return how many of these posts one core scans in a second."""
    items = [item(text) for text in texts]
    done, began = 0, time.process_time()
    while time.process_time() - began < seconds:
        for one in items:
            scanner.scan(one)
        done += len(items)
    return done / (time.process_time() - began)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("file", nargs="?", type=Path, default=UNSEEN)
    options.add_argument("--set", help="only the rows of this set")
    options.add_argument("--missed", action="store_true", help="list the posts missed and the ordinary posts shown")
    given = options.parse_args()
    began = time.process_time()
    scanner = Scanner(load_policy(), load_school(None))
    built = time.process_time() - began
    rows = read_posts(given.file)
    tallies = tally(scanner, rows, given.set)
    ordinary = tallies.pop("ordinary", Tally("ordinary", []))
    print(f"{'clause':<16}{'posts':>6}{'own':>6}{'any':>6}{'own %':>7}{'any %':>7}")
    lines = [(one.clause, len(one.posts), one.own, one.shown) for one in tallies.values()]
    total = ("all", sum(line[1] for line in lines), sum(line[2] for line in lines), sum(line[3] for line in lines))
    for clause, posts, own, shown in (*lines, total):
        print(f"{clause:<16}{posts:>6}{own:>6}{shown:>6}{100 * own / max(posts, 1):>7.0f}{100 * shown / max(posts, 1):>7.0f}")
    share = 100 * ordinary.shown / max(len(ordinary.posts), 1)
    print(f"ordinary posts shown: {ordinary.shown} of {len(ordinary.posts)} ({share:.1f} %)")
    if given.missed:
        for one in tallies.values():
            for text, found in one.posts:
                if one.clause not in found:
                    print(f"{one.clause}\t{text}\t({', '.join(sorted(found)) or 'nothing'})")
        for text, found in ordinary.posts:
            if found:
                print(f"ordinary\t{text}\t({', '.join(sorted(found))})")
    plain = [text for text, _ in ordinary.posts] or [text for _, text, _ in rows]
    print(f"{speed(scanner, plain):,.0f} posts a second of one core; the Scanner is built in {built:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
