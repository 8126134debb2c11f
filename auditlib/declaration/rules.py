"""The rules a payload keeps beyond the type of each field: the fixed lists, lengths, real dates, nothing left out.

The same rules are applied before signing and when a declaration is verified.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime

from auditlib.declaration import statements as words
from auditlib.declaration.fields import LINE_LIMIT, NAME_LIMIT, SENTENCE_LIMIT, faults, private_faults, same_name
from auditlib.declaration.payload import Payload, ScopePart, form_fault

_YEARS = (2000, 2999)
"""Years in which a declaration can be signed: beyond them, a clock is wrong or someone tries what happens."""


def payload_faults(payload: Payload) -> list[str]:
    """Return everything in the payload that its rules don't allow, as plain phrases (none when all is well)."""
    form = form_fault(payload)
    return [
        *([form] if form else []),
        *_text_faults(payload),
        *_list_faults(payload),
        *_date_faults(payload),
        *_scope_faults(payload.scope),
        *_statement_faults(payload),
    ]


def _text_faults(payload: Payload) -> Iterator[str]:
    person, school, policy = payload.person, payload.school, payload.policy
    own = {
        "the full name": (person.full_name, NAME_LIMIT),
        "the job role": (person.role, LINE_LIMIT),
        "the typed name": (payload.signature.typed_name, NAME_LIMIT),
        **{f"former name {n}": (name, NAME_LIMIT) for n, name in enumerate(person.former_names, 1)},
    }
    for field, (text, limit) in own.items():
        if not text:
            yield f"{field} is missing"
        yield from (f"{field} {fault}" for fault in private_faults(text, limit))
    if len(person.former_names) > 8:
        yield "there are more than 8 former names"
    if not same_name(person.full_name, payload.signature.typed_name):
        yield "the typed name is not the full name given above"
    given = {
        "the school's name": school.name,
        "the policy's title": policy.title,
        "the policy's version": policy.version,
        "the version of the clause list": policy.clauses_version,
        "the name of the product": payload.tool,
    }
    yield from (f"{field} is missing" for field, text in given.items() if not text)
    given |= {
        "the trust's name": school.trust,
        "the policy's date": policy.date,
        "the KCSIE edition": policy.kcsie_edition,
        "the KCSIE paragraph": policy.kcsie_paragraph,
    }
    for field, text in given.items():
        yield from (f"{field} {fault}" for fault in faults(text, LINE_LIMIT))
    sentences = {f"statement “{s.id}”": s.wording for s in payload.statements}
    for field, text in (sentences | {"the statement of truth": payload.statement_of_truth}).items():
        if not text:
            yield f"{field} has no words"
        yield from (f"{field} {fault}" for fault in faults(text, SENTENCE_LIMIT))


def _list_faults(payload: Payload) -> Iterator[str]:
    chosen: list[tuple[str, str, Collection[str]]] = [
        ("the staff group", payload.person.staff_group, words.STAFF_GROUPS),
        ("the connections check", payload.connections.check, words.CONNECTIONS),
        ("the wish to speak", payload.connections.wish, words.WISHES),
        ("the referral", payload.referral.to, words.REFERRALS),
        ("the preferred contact", payload.referral.contact, words.CONTACTS),
        ("adjustments", payload.adjustments, words.YES_NO),
        *(("what could not be read", item, words.COULD_NOT_READ) for item in payload.scope.could_not_read),
    ]
    yield from (f"{field}: the choice is not on the list" for field, choice, allowed in chosen if choice not in allowed)
    if len(set(payload.scope.could_not_read)) != len(payload.scope.could_not_read):
        yield "what could not be read: a sentence is there twice"


def _date_faults(payload: Payload) -> Iterator[str]:
    if not _real(payload.person.start_date):
        yield "the start date is not a date"
    if not _real(payload.scope.audit_date):
        yield "the date of the self-audit is not a date"
    first, last = payload.scope.first, payload.scope.last
    if any(month and not _real(month + "-01") for month in (first, last)) or bool(first) != bool(last) or first > last:
        yield "the period covered is not a first and a last month"
    try:
        signed = datetime.fromisoformat(payload.signature.signed_at)
    except ValueError:
        yield "the date and time of signing are not a date and time"
    else:
        if not _YEARS[0] <= signed.year <= _YEARS[1]:
            yield f"the date of signing lies outside the years {_YEARS[0]} to {_YEARS[1]}"


def _real(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def _scope_faults(scope: ScopePart) -> Iterator[str]:
    if len(scope.rows) > 60:
        yield "the scope has more than 60 lines"
    if not scope.rows and not scope.no_accounts:
        yield "the scope names no platform and does not say that there are no accounts"
    if scope.no_accounts and any(row.route != "not-held" for row in scope.rows):
        yield "the scope says both that there are no accounts and that there are some"
    for n, row in enumerate(scope.rows, 1):
        if row.route not in words.ROUTES or row.settings not in words.SETTINGS:
            yield f"line {n} of the scope: the choice is not on the list"
        if (row.reason in words.REASONS) != (row.route == "not-audited"):
            yield f"line {n} of the scope: a reason from the list goes with an account not looked at, and only there"
        if (row.settings == "not-applicable") != (row.route == "not-held"):
            yield f"line {n} of the scope: the privacy settings don't fit how the platform was looked at"
        if scope.names_shown and (row.platform not in words.PLATFORMS or row.count != 1):
            yield f"line {n} of the scope: the platform is not on the list"
        if not scope.names_shown and row.platform:
            yield f"line {n} of the scope names a platform although names are left out"
    keys = [(r.platform, *(() if scope.names_shown else (r.route, r.reason, r.settings))) for r in scope.rows]
    if len(set(keys)) != len(keys):
        yield "the scope has the same line twice"


def _statement_faults(payload: Payload) -> Iterator[str]:
    answered = [s.id for s in payload.statements]
    order = [s.id for s in words.STATEMENTS]
    if not answered:
        yield "no statement is asked and answered"
    if sorted([*answered, *payload.not_asked]) != sorted(order):
        yield "a statement is missing, unknown or there twice"
        return
    if answered != [i for i in order if i in answered] or list(payload.not_asked) != [
        i for i in order if i in payload.not_asked
    ]:
        yield "the statements are not in their order"
    for statement in payload.statements:
        known = words.BY_ID[statement.id]
        if statement.answer not in known.answers:
            yield f"statement “{statement.id}”: the answer is not one of those offered"
        if statement.clauses != known.clauses:
            yield f"statement “{statement.id}” is tied to other clauses"
