"""What surrounds a match and makes it weigh less: quoted or condemned words, news, lyrics, negation, a question."""

from __future__ import annotations

import re

from auditlib.detect.matcher import Marks, Matcher
from auditlib.policy import Context, Policy

_QUOTED = re.compile(r"\"[^\"\n]{3,280}\"|(?<!\w)'[^'\n]{3,280}'(?!\w)")
_STOP = re.compile(r"[.!?\n]")
_BEFORE = 28


class Contexts:
    """Every context row, compiled into the same matcher as the rules."""

    def __init__(self, policy: Policy, matcher: Matcher) -> None:
        self._rows = [(row, matcher.group(row.any) if row.any else -1) for row in policy.contexts]
        self._by_clause: dict[tuple[str, str], list[tuple[Context, int]]] = {}

    def factor(self, clause: str, rule: str, start: int, end: int, marks: Marks, seen: dict[int, list[tuple[int, int]]],
               matcher: Matcher) -> float:  # fmt: skip
        """Return the product of the two strongest factors that apply to `[start, end)` of the normal form."""
        key = (clause, rule)
        if key not in self._by_clause:
            self._by_clause[key] = [
                (row, group) for row, group in self._rows
                if clause in row.clauses or rule in row.rules or not (row.clauses or row.rules)
            ]  # fmt: skip
        factors = []
        for row, group in self._by_clause[key]:
            if row.match == "quotes":
                applies = _in_quotes(marks.form.cased, start, end)
            elif row.match == "question":
                applies = _in_question(marks.form.cased, start, end)
            else:
                if group not in seen:
                    seen[group] = matcher.find(group, marks)
                applies = any(_near(row.where, marks.form.lower, span, start, end) for span in seen[group])
            if applies:
                factors.append(row.factor)
        factors.sort()
        product = 1.0
        for factor in factors[:2]:
            product *= factor
        return product


def _near(where: str, text: str, span: tuple[int, int], start: int, end: int) -> bool:
    first, last = span
    if where == "post":
        return True
    if where == "before":
        return last <= start and start - last <= _BEFORE and not _STOP.search(text, last, start)
    between = text[last:start] if last <= start else text[end:first] if first >= end else ""
    return not _STOP.search(between)


def _in_quotes(text: str, start: int, end: int) -> bool:
    return any(hit.start() < start and end < hit.end() for hit in _QUOTED.finditer(text))


def _in_question(text: str, start: int, end: int) -> bool:
    stop = _STOP.search(text, end)
    return stop is not None and stop[0] == "?"
