"""The sentences of this version. The words of choices come from the fixed lists; what is written here never changes."""

from __future__ import annotations

from auditlib.declaration import statements as words
from auditlib.declaration.days import day
from auditlib.declaration.outcome import discussion_requested, outcome
from auditlib.declaration.payload import Payload, PolicyPart, ScopePart, ScopeRow

OPENING = (
    "This paper says how I have looked back over my own social media, and what I undertake from now on. I did this "
    "myself, on my own computer, and decided for myself. The paper holds what I say here and nothing else: nothing I "
    "posted, no account names, and nobody else’s name."
)
PAPER = (
    "Print this document, fill in the box with a pen and give it to HR. It counts just as much as signing on the "
    "computer."
)


def addressee(payload: Payload) -> str:
    """Return the school, with its trust when there is one."""
    return " · ".join(filter(None, (payload.school.name, payload.school.trust)))


def outcome_words(payload: Payload) -> str:
    """Return the outcome as a phrase that begins with a capital, with a request for a talk when there is one."""
    said = outcome(payload)
    if said.startswith("partial") and discussion_requested(payload):
        said += ", discussion requested"
    return said[0].upper() + said[1:]


def kcsie(policy: PolicyPart) -> str:
    """Return the edition, and the paragraph when the school gives one."""
    where = f"Part three, paragraph {policy.kcsie_paragraph}" if policy.kcsie_paragraph else "Part three"
    return f"{policy.kcsie_edition}, {where}" if policy.kcsie_edition else where


def how(line: ScopeRow) -> str:
    """Return how a platform was looked at, with the reason when it was not."""
    return f"{words.ROUTES[line.route]}: {words.REASONS[line.reason]}" if line.reason else words.ROUTES[line.route]


def period(scope: ScopePart) -> str:
    """Return the months covered and the day of the self-audit."""
    audit = f"Self-audit done on {day(scope.audit_date)}."
    if not scope.first:
        return audit
    if scope.first == scope.last:
        return f"Period covered: {day(scope.first)}. {audit}"
    return f"Period covered: {day(scope.first)} to {day(scope.last)}. {audit}"


def not_asked(ids: tuple[str, ...]) -> str:
    """Return which statements this school leaves out."""
    return f"This school does not ask about: {', '.join(ids)}."


def meaning(payload: Payload) -> list[str]:
    """Return what the electronic signature proves and what it does not, in plain words."""
    made_by = (
        "It shows that whoever had the code of this school’s invitation made exactly this document. HR can check the "
        "code."
        if payload.invitation
        else "No invitation code was used. The document alone does not show who made it, so HR will confirm that with "
        "me."
    )
    return [
        "It shows that nothing in this document has changed since it was signed.",
        made_by,
        "It does not show who sat at the keyboard, nor that what I say is true or complete.",
        "It is an electronic signature in the ordinary sense, not a “qualified” one.",
        "Word or LibreOffice may say that the certificate is not trusted. That is expected: the key was made for this "
        "one signature and then thrown away. HR checks the document with self-audit, which looks at all of it.",
        "Anyone who changes this document, even by saving it again, breaks the signature. To correct something, make a "
        "new declaration: it takes the place of this one.",
    ]


def numbers(payload: Payload) -> list[tuple[str, str]]:
    """Return the reference numbers by name; those that only signing makes are left out until then."""
    rows = [
        ("Declaration", payload.declaration_id),
        *([("Invitation", payload.invitation.id)] if payload.invitation else []),
        ("Content, SHA-256", payload.integrity),
        ("Signing key, SHA-256", payload.signature.key_sha256),
        ("Clause list, SHA-256", payload.policy.clauses_hash),
    ]
    if payload.signature.drawing_sha256:
        rows.append(("Drawn signature, SHA-256", payload.signature.drawing_sha256))
    if payload.invitation:
        rows.append(("Proof of the invitation code", payload.invitation.hmac))
    made = f"{payload.tool}; layout {payload.template}; format {payload.schema}; {payload.language}"
    rows.append(("Made with", made))
    return [(name, value) for name, value in rows if value]
