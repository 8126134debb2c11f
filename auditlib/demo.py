"""The sample person's whole walk, step by step and without a browser: what `self-audit demo` runs."""

from __future__ import annotations

from collections.abc import Iterator

from auditlib import declaration, declaring, settings, walk
from auditlib.workspace import PeopleFilter, QueueFilter, Workspace

SAMPLE_NAME = "Marnie Oakhanger"


def sample_walk(ws: Workspace) -> Iterator[str]:
    """Walk the sample person through every step, as the demo does; yields a plain line after each."""
    for view in walk.import_archives(ws, walk.sample_paths(), answers=walk.sample_answers()):
        who = " ".join(filter(None, (view.platform, view.account)))
        yield f"Read {who}: {sum(view.counts.values())} records, {view.first} to {view.last}"
    yield f"Worth another look: {walk.rescan(ws)} findings on {ws.counts()['cards']} cards"
    cards = ws.page(QueueFilter(), 0, ws.queue(QueueFilter()).total)
    ws.decide([(c.key, "discuss" if c.refer else "remove" if c.reasons[0].severity == "serious" else "keep") for c in cards])
    for row in ws.todo():
        ws.mark_done(row.key)
    yield f"Decided: {ws.counts()['decided']}, of them to remove or limit: {len(ws.todo())}"
    for platform in declaring.settings_states(ws):
        for check in settings.checklist([platform], list(ws.settings())):
            ws.answer_setting(check.row.id, "done")
    marked = ws.mark_all(PeopleFilter(suggested=False), "none")
    yield f"Connections: {ws.people().total} people, {marked} of them neither pupils nor parents"
    ws.put(
        "person",
        {"full_name": SAMPLE_NAME, "role": "Teaching assistant", "start_date": "2026-09-01", "staff_group": "support-staff"},
    )
    ws.put("connections", {"check": "done", "wish": "wish-to-speak"})
    ws.put("referral", {"to": "dsl", "contact": "in-person"})
    for statement in declaration.STATEMENTS:
        ws.answer_statement(statement.id, "discuss" if statement.id == "pupils" else "yes")
