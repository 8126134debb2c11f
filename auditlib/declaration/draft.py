"""From a person's answers to a payload that may be signed; what is still missing is said all at once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from auditlib import __version__
from auditlib.declaration import statements as words
from auditlib.declaration.payload import (
    ConnectionsPart,
    InvitationPart,
    Payload,
    PersonPart,
    PolicyPart,
    ReferralPart,
    SchoolPart,
    ScopePart,
    ScopeRow,
    SignaturePart,
    StatementPart,
)
from auditlib.declaration.rules import payload_faults
from auditlib.declaration.templates import LATEST
from auditlib.errors import NotReady

_ID_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


class PlatformAnswer(msgspec.Struct, kw_only=True):
    """How one platform was looked at: `route`, a `reason` when it was not, and the state of its privacy settings."""

    route: str
    reason: str = ""
    settings: str = "not-done"


class Draft(msgspec.Struct, kw_only=True):
    """A declaration being filled in. Choices may be given as ids or in the words shown; empty means not answered.

    `platforms` is by platform id; `answers` and `wording` (a school's own words) are by statement id, `not_asked` holds
    the statements whose clauses the school has switched off. `first` and `last` take a date or a month. `signed_at` is
    local time with its offset; without one the current local time is taken.
    """

    school_name: str = ""
    trust: str = ""
    policy_title: str = ""
    policy_version: str = ""
    policy_date: str = ""
    clauses_version: str = ""
    clauses_hash: str = ""
    kcsie_edition: str = ""
    kcsie_paragraph: str = ""
    full_name: str = ""
    former_names: tuple[str, ...] = ()
    role: str = ""
    start_date: str = ""
    staff_group: str = ""
    platforms: dict[str, PlatformAnswer] = {}
    no_accounts: bool = False
    hide_platforms: bool = False
    first: str = ""
    last: str = ""
    audit_date: str = ""
    could_not_read: tuple[str, ...] = ()
    answers: dict[str, str] = {}
    wording: dict[str, str] = {}
    not_asked: tuple[str, ...] = ()
    connections: str = ""
    wish: str = ""
    referral: str = "none"
    contact: str = ""
    adjustments: str = ""
    statement_of_truth: str = words.STATEMENT_OF_TRUTH
    typed_name: str = ""
    tick: bool = False
    signed_at: str = ""
    invitation_id: str = ""


def new_id() -> str:
    """Return a random id of 26 letters and digits (130 bits), derived from nothing."""
    return "".join(secrets.choice(_ID_LETTERS) for _ in range(26))


def missing(draft: Draft, *, signing: bool = True) -> list[str]:
    """Return all that must still be answered or mended, in plain words; without `signing`, the signature is left out.

    The first answer is empty when `ready` will give a payload.
    """
    gaps = _gaps(draft, signing)
    if gaps:
        return gaps
    return payload_faults(_payload(draft, signing))


def ready(draft: Draft, *, signing: bool = True) -> Payload:
    """Return the payload of a finished draft, with a fresh random id, not yet signed.

    `signing=False` gives the payload for a preview: the name counts as typed and ticked.
    Raises `NotReady` with everything that must still be answered or mended.
    """
    gaps = _gaps(draft, signing)
    if gaps:
        raise NotReady(gaps)
    payload = _payload(draft, signing)
    faults = payload_faults(payload)
    if faults:
        raise NotReady(faults)
    return payload


def _gaps(draft: Draft, signing: bool) -> list[str]:
    needed = {
        "your full name, as on your contract": draft.full_name,
        "your job role": draft.role,
        "your start date": draft.start_date,
        "your staff group": draft.staff_group,
        "the school’s name": draft.school_name,
        "the policy’s title": draft.policy_title,
        "the policy’s version": draft.policy_version,
        "the clause list (the policy data of this product)": draft.clauses_hash and draft.clauses_version,
        "which platforms you use, or that you have no accounts": draft.platforms or draft.no_accounts,
        "whether you went through your connections": draft.connections,
        "whether there is anyone you wish to speak to": draft.wish,
    }
    gaps = [what for what, given in needed.items() if not given]
    dates = _dates(draft).items()
    gaps += [f"a date in the form 2026-11-22 for {what}" for what, given in dates if not _is_date(given)]
    asked = [s for s in words.STATEMENTS if s.id not in draft.not_asked]
    gaps += [f"an answer to: {draft.wording.get(s.id) or s.wording}" for s in asked if not draft.answers.get(s.id)]
    for platform, answer in draft.platforms.items():
        if not answer.route:
            gaps.append(f"how you looked at {words.PLATFORMS.get(platform, platform)}")
        elif _choice(answer.route, words.ROUTES) == "not-audited" and not answer.reason:
            gaps.append(f"why {words.PLATFORMS.get(platform, platform)} could not be looked at")
    if signing:
        gaps += [] if draft.typed_name else ["your name, typed as your signature"]
        gaps += [] if draft.tick else ["the tick that says you mean your typed name as your signature"]
    return gaps


def _dates(draft: Draft) -> dict[str, str]:
    given = {"your start date": draft.start_date, "the self-audit": draft.audit_date}
    return {what: value for what, value in given.items() if value}


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _choice(value: str, allowed: Mapping[str, str]) -> str:
    """Return the id for an id or for the words shown; anything else as it is, for the rules to refuse."""
    plain = value.strip().casefold().replace("'", "’")
    for name, shown in allowed.items():
        if plain in (name, name.replace("-", " "), shown.casefold()):
            return name
    return "not-on-the-list" if plain else ""


def _payload(draft: Draft, signing: bool) -> Payload:
    now = datetime.now().astimezone()
    signed_at = draft.signed_at or now.isoformat(timespec="seconds")
    asked = [s for s in words.STATEMENTS if s.id not in draft.not_asked]
    return Payload(
        declaration_id=new_id(),
        tool=f"self-audit {__version__}",
        template=LATEST,
        school=SchoolPart(name=draft.school_name.strip(), trust=draft.trust.strip()),
        policy=PolicyPart(
            title=draft.policy_title.strip(),
            version=draft.policy_version.strip(),
            date=draft.policy_date.strip(),
            clauses_version=draft.clauses_version,
            clauses_hash=draft.clauses_hash,
            kcsie_edition=draft.kcsie_edition.strip(),
            kcsie_paragraph=draft.kcsie_paragraph.strip(),
        ),
        person=PersonPart(
            full_name=draft.full_name.strip(),
            former_names=tuple(name.strip() for name in draft.former_names if name.strip()),
            role=draft.role.strip(),
            start_date=draft.start_date,
            staff_group=_choice(draft.staff_group, words.STAFF_GROUPS),
        ),
        scope=ScopePart(
            names_shown=not draft.hide_platforms,
            no_accounts=draft.no_accounts,
            rows=_scope_rows(draft),
            first=draft.first[:7],
            last=draft.last[:7],
            audit_date=draft.audit_date or signed_at[:10],
            could_not_read=_could_not_read(draft.could_not_read),
        ),
        statements=tuple(
            StatementPart(
                id=s.id,
                clauses=s.clauses,
                wording=(draft.wording.get(s.id) or s.wording).strip(),
                answer=_choice(draft.answers[s.id], words.ANSWERS),
            )
            for s in asked
        ),
        not_asked=tuple(s.id for s in words.STATEMENTS if s.id in draft.not_asked),
        connections=ConnectionsPart(
            check=_choice(draft.connections, words.CONNECTIONS), wish=_choice(draft.wish, words.WISHES)
        ),
        referral=ReferralPart(
            to=_choice(draft.referral, words.REFERRALS) or "none", contact=_choice(draft.contact, words.CONTACTS)
        ),
        adjustments=_choice(draft.adjustments, words.YES_NO),
        statement_of_truth=draft.statement_of_truth.strip(),
        signature=SignaturePart(
            typed_name=draft.typed_name.strip() if signing else draft.full_name.strip(), tick=True, signed_at=signed_at
        ),
        invitation=InvitationPart(id=draft.invitation_id) if draft.invitation_id else None,
    )


def _scope_rows(draft: Draft) -> tuple[ScopeRow, ...]:
    order = {platform: n for n, platform in enumerate(words.PLATFORMS)}
    rows = []
    for platform in sorted(draft.platforms, key=lambda p: (order.get(p, len(order)), p)):
        answer = draft.platforms[platform]
        route = _choice(answer.route, words.ROUTES)
        settings = "not-applicable" if route == "not-held" else _choice(answer.settings, words.SETTINGS)
        reason = _choice(answer.reason, words.REASONS) if route == "not-audited" else ""
        rows.append(ScopeRow(platform=platform, route=route, reason=reason, settings=settings))
    if not draft.hide_platforms:
        return tuple(rows)
    counts: dict[tuple[str, str, str], int] = {}
    for row in rows:
        key = (row.route, row.reason, row.settings)
        counts[key] = counts.get(key, 0) + 1
    return tuple(
        ScopeRow(platform="", count=n, route=route, reason=reason, settings=settings)
        for (route, reason, settings), n in sorted(counts.items())
    )


def _could_not_read(given: tuple[str, ...]) -> tuple[str, ...]:
    chosen = {_choice(item, words.COULD_NOT_READ) for item in given if item.strip()}
    return tuple(sorted(chosen, key=[*words.COULD_NOT_READ, "not-on-the-list"].index))
