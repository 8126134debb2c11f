"""From the answers in the workspace to a signed declaration: what notebook 5 and `declare` call.

Answers lie in the workspace under these names:

    school_toml, school_name       the school file of an invitation, or the name the person typed
    invitation                     {"id", "expires"} of the invitation opened
    person                         {"full_name", "former_names": [...], "role", "start_date", "staff_group"}
    platforms                      {platform: {"route", "reason"}} for those without an archive here
    route                          "no-accounts" when the person has no social media at all
    hide_platforms                 platform names are left out of the declaration, counts given instead
    connections                    {"check": done | not-done | not-applicable, "wish": nothing-to-raise | wish-to-speak}
    referral                       {"to", "contact"}: whom to talk to, by which work route
    adjustments                    "yes", "no" or ""
    could_not_read                 ids of declaration.statements.COULD_NOT_READ the person adds
and the statements' and settings' answers in their own tables.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from auditlib import declaration, policy, settings
from auditlib.declaration import STATEMENTS, Draft, Payload, PlatformAnswer
from auditlib.declaration.expected import Expected
from auditlib.declaration.statements import PLATFORMS
from auditlib.errors import NotReady, UsageError
from auditlib.walk import exports_folder, school
from auditlib.workspace import Workspace


def settings_states(ws: Workspace) -> dict[str, str]:
    """Per platform in the workspace or named by the person: complete, partly or not-done."""
    answers = ws.setting_answers()
    leave_out = school(ws).settings.leave_out
    named = [p for p, a in (ws.get("platforms", {}) or {}).items() if a.get("route") in ("hand", "not-audited")]
    states = {}
    for platform in dict.fromkeys([*(v.platform for v in ws.accounts()), *named]):
        listed = settings.checklist([platform], [], leave_out)
        rows = [r for r in listed if r.row.platform == platform] or listed  # a site without rows of its own: those for all
        done = [r for r in rows if r.row.id in answers and answers[r.row.id].answer != "later"]
        states[platform] = "complete" if len(done) == len(rows) else "partly" if done else "not-done"
    return states


def _known_to_the_paper(answers: dict[str, PlatformAnswer]) -> dict[str, PlatformAnswer]:
    """The same by the platforms that the declaration's template can name; all others together as another website."""
    made: dict[str, PlatformAnswer] = {}
    for platform, answer in answers.items():
        name = platform if platform in PLATFORMS else "generic"
        before = made.get(name)
        if before is not None and before.route == answer.route:
            least = min(before.settings, answer.settings, key=("not-done", "partly", "complete").index)
            answer = PlatformAnswer(route=answer.route, reason=before.reason or answer.reason, settings=least)
        elif before is not None and before.route == "archive":
            continue
        made[name] = answer
    return made


def draft(ws: Workspace) -> Draft:
    """The declaration as far as it has been answered."""
    place = school(ws)
    rules = policy.load_policy()
    person, kept = ws.get("person", {}) or {}, ws.get("platforms", {}) or {}
    states = settings_states(ws)
    views = ws.accounts()
    platforms = {
        p: PlatformAnswer(route=a.get("route", ""), reason=a.get("reason", ""), settings=states.get(p, "not-done"))
        for p, a in kept.items()
    } | {v.platform: PlatformAnswer(route="archive", settings=states.get(v.platform, "not-done")) for v in views}
    dates = [d for v in views for d in (v.first, v.last) if d]
    unread = {"pictures-video-sound", "deleted-or-expired", "others-posts"} if views else set()
    if any(c.state == "failed" for v in views for c in v.coverage):
        unread.add("damaged-file")
    linked, talk = ws.get("connections", {}) or {}, ws.get("referral", {}) or {}
    invitation = ws.get("invitation") or {}
    return Draft(
        school_name=place.school.name,
        trust=place.school.trust,
        policy_title=place.policy.title,
        policy_version=place.policy.version,
        policy_date=place.policy.date,
        clauses_version=rules.version,
        clauses_hash=rules.hash,
        kcsie_edition=place.policy.kcsie_edition,
        kcsie_paragraph=place.policy.kcsie_paragraph,
        full_name=person.get("full_name", ""),
        former_names=tuple(person.get("former_names") or ()),
        role=person.get("role", ""),
        start_date=person.get("start_date", ""),
        staff_group=person.get("staff_group", ""),
        platforms=_known_to_the_paper(platforms),
        no_accounts=ws.get("route") == "no-accounts" and not platforms,
        hide_platforms=bool(ws.get("hide_platforms", False)),
        first=min(dates, default=""),
        last=max(dates, default=""),
        audit_date=date.today().isoformat(),
        could_not_read=tuple(sorted(unread | set(ws.get("could_not_read", []) or []))),
        answers=ws.statement_answers(),
        wording=_wording(place),
        not_asked=_not_asked(place),
        connections=linked.get("check", ""),
        wish=linked.get("wish", ""),
        referral=talk.get("to") or "none",
        contact=talk.get("contact", ""),
        adjustments=ws.get("adjustments", "") or "",
        invitation_id=invitation.get("id", ""),
    )


def _not_asked(place: policy.School) -> tuple[str, ...]:
    """The statements whose clauses the school has all switched off."""
    return tuple(s.id for s in STATEMENTS if all(c in place.clauses and not place.clauses[c].on for c in s.clauses))


def _wording(place: policy.School) -> dict[str, str]:
    """The school's own words by statement id, where it has any."""
    return {s.id: own for s in STATEMENTS if (own := _own_wording(place, s.clauses))}


def expected(place: policy.School) -> Expected:
    """What HR of this school expects to find in a declaration: its names, policy version, own words, what it leaves out."""
    names = (place.school.name, *place.school.also_known_as)
    return Expected(
        school_names=names, policy_version=place.policy.version, wording=_wording(place), not_asked=_not_asked(place)
    )


def _own_wording(place: policy.School, clauses: tuple[str, ...]) -> str:
    """The school's own words for a statement: set on the statement's one clause, or on the first that has words."""
    if len(clauses) > 2:
        return ""  # a statement over many clauses keeps the wording of the product
    return next((place.clauses[c].wording for c in clauses if c in place.clauses and place.clauses[c].wording), "")


def preview(ws: Workspace) -> Payload:
    """What the document will say if signed now. Raises NotReady with all that is missing."""
    return declaration.ready(draft(ws), signing=False)


def sign(
    ws: Workspace,
    typed_name: str,
    tick: bool,
    strokes: list[list[tuple[float, float]]] | None = None,
    code: str | None = None,
    folder: Path | None = None,
) -> Path:
    """Sign the declaration and write it to `folder` (default: `exports/`); returns its path.

    Raises NotReady with all that is missing, DeclarationError when the code does not fit the invitation.
    """
    answers = draft(ws)
    answers.typed_name, answers.tick = typed_name, tick
    payload = declaration.ready(answers)
    if payload.invitation is not None and not code:
        raise NotReady(["the code that came with your invitation by another way"])
    document = declaration.sign_declaration(payload, code=code, strokes=strokes)
    path = declaration.write_declaration(document, folder or exports_folder())
    ws.put("signed", path.name)
    return path


ANSWERS = (
    "school_name",
    "person",
    "platforms",
    "route",
    "hide_platforms",
    "connections",
    "referral",
    "adjustments",
    "could_not_read",
)


def put_answers(ws: Workspace, path: Path) -> None:
    """Put the answers of a JSON file into the workspace: the names of this module's docstring, `statements` and `settings`.

    Raises UsageError when the file cannot be read or holds a name that is not one of them.
    """
    try:
        given = msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError):
        raise UsageError(f"{path.name} cannot be read as JSON: check the file and try again.") from None
    known = {*ANSWERS, "statements", "settings"}
    if not isinstance(given, dict) or (set(given) - known):
        raise UsageError(f"{path.name} may hold only these names: {', '.join(sorted(known))}.")
    for name in ANSWERS:
        if name in given:
            ws.put(name, given[name])
    for statement, answer in dict(given.get("statements") or {}).items():
        ws.answer_statement(statement, answer)
    for row, answer in dict(given.get("settings") or {}).items():
        ws.answer_setting(row, answer)
