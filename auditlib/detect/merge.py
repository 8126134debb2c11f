"""Hits become findings: what overlaps under one clause is one finding, then all are put in order."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from auditlib.records import SEVERITIES, Connection, Finding, Item, ProfileFact, Severity, Span


class Hit(msgspec.Struct, frozen=True):
    """One match of one rule in one field, weighed. Spans are characters of the original field."""

    clause: str
    rule: str
    severity: Severity
    score: float
    field: str
    spans: tuple[Span, ...]
    say: str


def order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by severity (serious first), then score (high first), then time; stable for what is alike."""
    return sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), -f.score, f.at or "9999", f.key, f.clause, f.field))


def merged(record: Item | ProfileFact | Connection, hits: list[Hit]) -> list[Finding]:
    """Return one finding for each group of hits of one clause and field that overlap or are of one rule.

    Such a group takes its best hit's severity, score, rule and reason, and the union of all spans.
    """
    groups: list[list[Hit]] = []
    for hit in hits:
        joined = [group for group in groups if any(_belong(hit, other) for other in group)]
        rest = [group for group in groups if group not in joined]
        groups = [*rest, [*(other for group in joined for other in group), hit]]
    return [_finding(record, group) for group in groups]


def _belong(one: Hit, other: Hit) -> bool:
    if one.clause != other.clause or one.field != other.field:
        return False
    return one.rule == other.rule or any(a.start < b.end and b.start < a.end for a in one.spans for b in other.spans)


def _finding(record: Item | ProfileFact | Connection, group: list[Hit]) -> Finding:
    best = min(group, key=lambda hit: (SEVERITIES.index(hit.severity), -hit.score, hit.rule))
    profile = isinstance(record, ProfileFact)
    return Finding(
        key=record.key, id=getattr(record, "id", None), platform=record.platform,
        kind="profile" if profile else str(getattr(record, "kind", "connection")), at=getattr(record, "at", None),
        clause=best.clause, rule=best.rule, severity=best.severity, score=round(max(hit.score for hit in group), 4),
        field=best.field, spans=_union(span for hit in group for span in hit.spans), reason=best.say,
        text=record.value if isinstance(record, ProfileFact) else getattr(record, "text", ""),
        url=getattr(record, "url", None),
    )  # fmt: skip


def _union(spans: Iterable[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(spans):
        if kept and span.start < kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(kept[-1].end, span.end))
        else:
            kept.append(span)
    return tuple(kept)
