"""Finding what is worth another look: rules compiled once, records in, findings with spans and plain reasons out.

    Scanner(policy, school, since=..., me=..., allowed_words=...).scan(record) -> findings; .scores(item); .version
    order(findings)   severity, then score, then time
"""

from __future__ import annotations

from auditlib.detect.merge import order
from auditlib.detect.scanner import Scanner

__all__ = ["Scanner", "order"]
