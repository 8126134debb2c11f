"""The look of November 2026: two to three pages in plain words, drawn from the payload and nothing else."""

from __future__ import annotations

from docx.document import Document as DocumentType

from auditlib.declaration import statements as words
from auditlib.declaration.days import day, moment
from auditlib.declaration.payload import Payload
from auditlib.declaration.templates.v2026_11 import layout, sentences
from auditlib.declaration.templates.v2026_11.attach import attach_payload, attach_picture
from auditlib.declaration.templates.v2026_11.layout import row, say, table

_DETAIL, _GIVEN = (5.0, 12.0), ("Detail", "Given")


def draw(payload: Payload, drawing: bytes | None) -> bytes:
    """Return the unsigned .docx that this payload (and the drawn signature, when there is one) stands for."""
    document = layout.blank()
    layout.fill_footer(document, f"Self-audit declaration {payload.declaration_id}")
    _top(document, payload)
    _person(document, payload)
    _policy(document, payload)
    _scope(document, payload)
    _statements(document, payload)
    _talk(document, payload)
    _signature(document, payload, drawing)
    _meaning(document, payload)
    _paper(document)
    _numbers(document, payload)
    attach_payload(document, payload)
    return layout.finish(document)


def _details(document: DocumentType, purpose: str, rows: list[tuple[str, str]]) -> None:
    made = table(document, purpose, _DETAIL, _GIVEN)
    for name, given in rows:
        row(made, [(name, "Strong")], given)
    layout.keep_together(made)


def _top(document: DocumentType, payload: Payload) -> None:
    say(document, "Self-audit declaration", style="Title")
    say(document, sentences.addressee(payload), style="Subtitle")
    say(document, sentences.OPENING)
    say(document, "Outcome: ", (sentences.outcome_words(payload), "Strong"), style="Outcome")


def _person(document: DocumentType, payload: Payload) -> None:
    person = payload.person
    say(document, "Who is declaring", style="Heading 1")
    rows = [("Full name", person.full_name)]
    if person.former_names:
        rows.append(("Former names", "; ".join(person.former_names)))
    rows += [
        ("Job role", person.role),
        ("Start date", day(person.start_date)),
        ("Staff group", words.STAFF_GROUPS[person.staff_group]),
    ]
    _details(document, "Who is declaring", rows)


def _policy(document: DocumentType, payload: Payload) -> None:
    policy = payload.policy
    say(document, "The policy", style="Heading 1")
    rows = [
        ("Title", policy.title),
        ("Version", policy.version),
        *([("Date", day(policy.date))] if policy.date else []),
        ("Clause list", f"Version {policy.clauses_version}"),
    ]
    if policy.kcsie_edition or policy.kcsie_paragraph:
        rows.append(("Keeping children safe in education (KCSIE)", sentences.kcsie(policy)))
    _details(document, "The policy agreed to", rows)


def _scope(document: DocumentType, payload: Payload) -> None:
    scope = payload.scope
    say(document, "What was looked at", style="Heading 1")
    if scope.no_accounts:
        say(document, "I have no social media accounts.")
    if scope.rows:
        first = "Platform" if scope.names_shown else "Number of platforms"
        heads = (first, "How", "Settings check")
        made = table(document, "Platforms and how they were looked at", (4.6, 8.4, 4.0), heads)
        for line in scope.rows:
            name = words.PLATFORMS[line.platform] if scope.names_shown else str(line.count)
            row(made, name, sentences.how(line), words.SETTINGS[line.settings])
    if not scope.names_shown and not scope.no_accounts:
        say(document, "I have chosen not to name the platforms.", style="After Table")
    say(document, sentences.period(scope), style="After Table")
    if scope.could_not_read:
        say(document, "What could not be looked at", style="Heading 2")
        for item in scope.could_not_read:
            say(document, words.COULD_NOT_READ[item], style="List Bullet")


def _statements(document: DocumentType, payload: Payload) -> None:
    say(document, "What I say", style="Heading 1")
    made = table(document, "Statements and answers", (12.4, 4.6), ("Statement", "My answer"))
    for statement in payload.statements:
        clauses = f"Policy clauses: {', '.join(statement.clauses)}"
        cells = row(made, statement.wording, [(words.ANSWERS[statement.answer], "Strong")])
        layout.fill(cells[0].add_paragraph(style="Cell Small"), clauses)
    if payload.not_asked:
        say(document, sentences.not_asked(payload.not_asked), style="After Table")


def _talk(document: DocumentType, payload: Payload) -> None:
    say(document, "Contacts, and talking to someone", style="Heading 1")
    rows = [
        ("Connections check", words.CONNECTIONS[payload.connections.check]),
        ("Anything to raise", words.WISHES[payload.connections.wish]),
        ("I ask for a talk", words.REFERRALS[payload.referral.to]),
        ("How to reach me", words.CONTACTS[payload.referral.contact]),
        ("Reasonable adjustments or paper route used", words.YES_NO[payload.adjustments]),
    ]
    _details(document, "Contacts, and talking to someone", rows)


def _signature(document: DocumentType, payload: Payload, drawing: bytes | None) -> None:
    signature = payload.signature
    say(document, "Statement of truth and signature", style="Heading 1")
    say(document, (payload.statement_of_truth, "Strong")).paragraph_format.keep_with_next = True
    made = table(document, "Signature", _DETAIL, _GIVEN)
    row(made, [("Typed name", "Strong")], signature.typed_name)
    row(made, [("Ticked", "Strong")], words.TICK)
    row(made, [("Signed on", "Strong")], moment(signature.signed_at))
    if drawing is not None:
        cells = row(made, [("Drawn signature", "Strong")], "")
        attach_picture(cells[1].paragraphs[0], drawing, f"Drawn signature of {signature.typed_name}")
    layout.keep_together(made)


def _meaning(document: DocumentType, payload: Payload) -> None:
    say(document, "What the signature shows, and what it does not", style="Heading 1")
    for sentence in sentences.meaning(payload):
        say(document, sentence, style="List Bullet")


def _paper(document: DocumentType) -> None:
    say(document, "If you would rather sign on paper", style="Heading 1")
    say(document, sentences.PAPER).paragraph_format.keep_with_next = True
    heads = ("Name in capitals", "Signature", "Date")
    made = table(document, "Box to sign by hand", (5.6, 7.4, 4.0), heads, style="Sign Box")
    layout.make_tall(made, 1.5)
    layout.keep_together(made)


def _numbers(document: DocumentType, payload: Payload) -> None:
    say(document, "Reference numbers, for whoever checks this document", style="Heading 1")
    made = table(document, "Reference numbers", (4.4, 12.6), ("Number", "Value"))
    for name, value in sentences.numbers(payload):
        row(made, name, value, style="Cell Number")[0].paragraphs[0].style = "Cell Small"
