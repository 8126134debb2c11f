"""The walk as calls: read archives into the workspace, scan them, turn the answers into a signed declaration.

What the notebooks show and the commands script both go through here. Answers lie in the workspace under these names:

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

import itertools
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from auditlib import connections, declaration, exports, policy, settings
from auditlib.connections import Context, ConversationWatch
from auditlib.declaration import Draft, Payload, PlatformAnswer
from auditlib.detect import Scanner, order
from auditlib.errors import Cancelled, NotReady, UsageError
from auditlib.records import Connection, Coverage, Finding, Item, ProfileFact, Record
from auditlib.workspace import AccountView, PersonRow, Workspace

SAMPLE = Path(__file__).parent / "sample"
_TICK = 2000  # records between two looks at the clock and at the cancel button


class Progress(msgspec.Struct, frozen=True):
    """How far a long job is: a plain word for the stage, records and bytes so far, seconds left where they can be told."""

    stage: str
    items: int = 0
    done_bytes: int = 0
    total_bytes: int = 0
    seconds_left: float | None = None


Report = Callable[[Progress], None]


class Found(msgspec.Struct, frozen=True):
    """One export seen by a peek into a file or folder: what it is, its data's size in bytes, what to know about it."""

    path: Path
    title: str
    size: int
    note: str


def look(path: Path) -> list[Found]:
    """Which exports lie at `path`; [] when none. Raises ArchiveError with a sentence when it cannot be opened."""
    from auditlib.platforms import titles

    with exports.look([path]) as found:
        names = titles()
        return [
            Found(path, names[e.module.NAME], e.size, f"account {e.account.account}" if e.account.account else "")
            for e in found.exports
        ]


def sample_paths() -> list[Path]:
    """The bundled archives of the invented sample person."""
    return sorted(SAMPLE.glob("*.zip"))


def import_archives(
    ws: Workspace,
    paths: Iterable[Path],
    progress: Report | None = None,
    cancel: threading.Event | None = None,
    me: tuple[str, ...] = (),
) -> list[AccountView]:
    """Read the exports in `paths` into the workspace, account by account, and return all accounts it then holds.

    Each account is swapped in whole: stopped half way, what it held before stays. Raises ArchiveError when nothing can be
    opened or recognised, Cancelled when the person stopped it.
    """
    with exports.look(list(paths), me) as found:
        clock = _Clock(progress, sum(e.size for e in found.exports))
        for export in found.exports:
            clock.begin(export)
            with ws.importing(export.module.NAME, export.account.account, ", ".join(export.names)) as load:
                load.add(_watched(export.records(), clock.tick, cancel))
                load.add([n for n in found.notes if n.platform == export.module.NAME])
        ws.put("unplaced", [msgspec.to_builtins(n) for n in found.notes if n.platform == "generic"])
    return ws.accounts()


def unplaced(ws: Workspace) -> list[Coverage]:
    """What the last import could not place: files that belong to no export known here, or could not be opened."""
    return [msgspec.convert(n, Coverage) for n in ws.get("unplaced", [])]


class _Clock:
    """Progress of reading: bytes inflated so far against the bytes of data files, over all exports given."""

    def __init__(self, report: Report | None, total: int) -> None:
        self.report, self.total, self.before, self.started = report, total, 0, time.monotonic()

    def begin(self, export: exports.Export) -> None:
        """The next export; the ones before count as done."""
        self.stage, self.tree = f"Reading {export.module.TITLE}", export.account.tree
        self.start, self.end = self.tree.inflated, self.before + export.size
        self.done, self.before = self.before, self.end

    def tick(self, items: int) -> None:
        """Tell how far it is, with the seconds left once a second has gone by."""
        if self.report:
            done = min(self.end, self.done + self.tree.inflated - self.start)
            spent = time.monotonic() - self.started
            left = spent / done * (self.total - done) if done and spent > 1 else None
            self.report(Progress(self.stage, items, done, self.total, left))


def _watched(records: Iterator[Record], report: Callable[[int], None], cancel: threading.Event | None) -> Iterator[Record]:
    """The same records; every so often a progress report, and a stop when the person asks for one."""
    for number, record in enumerate(records):
        if number % _TICK == 0:
            if cancel is not None and cancel.is_set():
                raise Cancelled("Stopped: what was read before is unchanged.")
            report(number)
        yield record


# --- scanning ----------------------------------------------------------------------------------------------------------


def school(ws: Workspace) -> policy.School:
    """The school in force: from the invitation, else the typed name, else the bundled default. Raises PolicyError."""
    toml = ws.get("school_toml")
    if toml:
        return policy.school_from_toml(str(toml), "the school file in your invitation")
    name = str(ws.get("school_name") or "").strip()
    return policy.school_named(name) if name else policy.load_school(None)


def accept_invitation(ws: Workspace, path: Path) -> declaration.Invitation:
    """Open an invitation file and keep the school it carries. Raises AuditError with a sentence when it cannot be used."""
    invitation = declaration.read_invitation(path)
    policy.school_from_toml(invitation.school, "the school file in your invitation")
    ws.put("school_toml", invitation.school)
    ws.put("invitation", {"id": invitation.id, "expires": invitation.expires})
    return invitation


def scanner(ws: Workspace) -> Scanner:
    """The scanner for this workspace's school, person and words not to be asked about again."""
    person = ws.get("person", {}) or {}
    names = {f.value for f in ws.profile() if f.fact in ("name", "former_name", "handle")}
    return Scanner(
        policy.load_policy(),
        school(ws),
        since=person.get("start_date") or None,
        me=tuple(sorted(names)),
        allowed_words=ws.allowed_words(),
    )


def findings(scan: Scanner, records: Iterable[Record], watch: ConversationWatch, context: Context) -> Iterator[Finding]:
    """Every finding in a stream of records: posts, profile facts and connections as they come, conversations at the end."""
    for record in records:
        if isinstance(record, Item):
            watch.feed(record)
            yield from scan.scan(record)
        elif isinstance(record, ProfileFact):
            yield from scan.scan(record)
        elif isinstance(record, Connection) and record.relation not in _ENDED:
            yield from _linked(record, context)
    yield from watch.findings()


_ENDED = ("removed", "blocked", "muted", "request_rejected", "messaged")  # messaged: its conversation is looked at itself
_CLAUSE = {"pupil": "pupil-contact", "former-pupil": "pupil-contact", "parent": "family-contact"}


def _linked(record: Connection, context: Context) -> Iterator[Finding]:
    """A note where a name alone suggests a pupil or a parent; what is said in messages weighs more and is looked at apart."""
    suggestion, evidence = connections.suggest(record, context)
    if suggestion in _CLAUSE:
        who = "a pupil" if suggestion != "parent" else "a parent or carer"
        yield Finding(
            key=record.key,
            id=record.id,
            platform=record.platform,
            kind="connection",
            at=record.since,
            clause=_CLAUSE[suggestion],
            rule=f"{_CLAUSE[suggestion]}.by-name",
            severity="note",
            score=0.5,
            field="name" if record.name else "handle",
            reason=f"The name suggests {who}. You know whether it is one.",
            text=record.name or record.handle or "",
            url=record.url,
            suggestion=suggestion,
            evidence=evidence,
        )


def names_of(place: policy.School, me: Iterable[str]) -> Context:
    """What is known of names before anyone is looked at: the person's own, the school's, its staff's."""
    school = (place.school.name, *place.school.also_known_as)
    return Context(me=tuple(me), school=school, staff=tuple(s.name for s in place.staff if s.name))


def rescan(ws: Workspace, progress: Report | None = None, cancel: threading.Event | None = None) -> int:
    """Look through everything in the workspace again; decisions stay. Returns the number of findings stored."""
    scan = scanner(ws)
    names = tuple(sorted({f.value for f in ws.profile() if f.fact in ("name", "handle")}))
    watch, context = ConversationWatch(names), names_of(school(ws), names)
    total = sum(sum(view.counts.values()) for view in ws.accounts())
    linked = list(ws.connections())

    def report(number: int) -> None:
        if progress:
            progress(Progress("Looking through what was read", number, number, max(total, number)))

    watched = _watched(itertools.chain(ws.profile(), linked, ws.items()), report, cancel)
    found = order(list(findings(scan, watched, watch, context)))
    people = connections.people(linked, watch.talks(), context)
    ws.store_people(PersonRow(**msgspec.structs.asdict(person)) for person in people)
    stored = ws.store_findings(found, scan.version)
    ws.prepare_search()
    return stored


# --- the declaration ---------------------------------------------------------------------------------------------------


def settings_states(ws: Workspace) -> dict[str, str]:
    """Per platform in the workspace or named by the person: complete, partly or not-done."""
    answers = ws.setting_answers()
    leave_out = school(ws).settings.leave_out
    named = [p for p, a in (ws.get("platforms", {}) or {}).items() if a.get("route") in ("hand", "not-audited")]
    states = {}
    for platform in dict.fromkeys([*(v.platform for v in ws.accounts()), *named]):
        rows = [r for r in settings.checklist([platform], [], leave_out) if r.row.platform == platform]
        done = [r for r in rows if r.row.id in answers and answers[r.row.id].answer != "later"]
        states[platform] = "complete" if rows and len(done) == len(rows) else "partly" if done else "not-done"
    return states


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
    asked_off = tuple(
        s.id for s in declaration.STATEMENTS if all(c in place.clauses and not place.clauses[c].on for c in s.clauses)
    )
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
        platforms=platforms,
        no_accounts=ws.get("route") == "no-accounts" and not platforms,
        hide_platforms=bool(ws.get("hide_platforms", False)),
        first=min(dates, default=""),
        last=max(dates, default=""),
        audit_date=date.today().isoformat(),
        could_not_read=tuple(sorted(unread | set(ws.get("could_not_read", []) or []))),
        answers=ws.statement_answers(),
        wording={s.id: w for s in declaration.STATEMENTS if (w := _own_wording(place, s.clauses))},
        not_asked=asked_off,
        connections=linked.get("check", ""),
        wish=linked.get("wish", ""),
        referral=talk.get("to") or "none",
        contact=talk.get("contact", ""),
        adjustments=ws.get("adjustments", "") or "",
        invitation_id=invitation.get("id", ""),
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


def exports_folder() -> Path:
    """Where declarations land: `exports/` of the project folder when run from it, else below the current folder."""
    checkout = Path(__file__).parent.parent
    return (checkout if (checkout / "notebooks").is_dir() else Path.cwd()) / "exports"


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
