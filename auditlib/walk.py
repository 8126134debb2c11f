"""From archives to findings: read into the workspace, look through what was read. What notebooks 1 and 2 and `scan` call.

The school in force lies in the workspace as `school_toml` (from an invitation) or `school_name` (typed by the person);
see declaring.py for the names of all other answers.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from auditlib import exports, policy, sample
from auditlib.errors import Cancelled, NotAnArchive, UsageError
from auditlib.reading import NO_ANSWERS, Answers
from auditlib.records import Connection, Coverage, Finding, Item, ProfileFact, Record
from auditlib.workspace import AccountView, Workspace

if TYPE_CHECKING:  # loaded by the step that needs them: reading archives shall not wait for the signing library
    from auditlib.connections import Context, ConversationWatch
    from auditlib.declaration import Invitation
    from auditlib.detect import Scanner

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
    return sample.paths()


def sample_answers() -> Answers:
    """What she would say where her exports don't: who she is, in her WhatsApp chats."""
    return Answers(me=(sample.FULL_NAME,))


def import_archives(
    ws: Workspace,
    paths: Iterable[Path],
    progress: Report | None = None,
    cancel: threading.Event | None = None,
    answers: Answers = NO_ANSWERS,
) -> list[AccountView]:
    """Read the exports in `paths` into the workspace, account by account, and return all accounts it then holds.

    Each account is swapped in whole: stopped half way, what it held before stays. Raises ArchiveError when nothing can be
    opened or recognised, Cancelled when the person stopped it.
    """
    with exports.look(list(paths), answers) as found:
        clock = _Clock(progress, sum(e.size for e in found.exports))
        sources = dict(ws.get("sources", {}))
        for export in found.exports:
            clock.begin(export)
            with ws.importing(export.module.NAME, export.account.account, ", ".join(export.names)) as load:
                load.add(_watched(export.records(), clock.tick, cancel))
                load.add([n for n in found.notes if n.platform == export.module.NAME])
            sources[_label(export.module.NAME, export.account.account)] = [str(p.absolute()) for p in export.given]
        ws.put("sources", sources)
        ws.put("unplaced", [msgspec.to_builtins(n) for n in found.notes if n.platform == "generic"])
    return ws.accounts()


def _label(platform: str, account: str | None) -> str:
    return f"{platform} {account or ''}".rstrip()


def answers(ws: Workspace) -> Answers:
    """What the person has said where exports don't."""
    kept = ws.get("answers", {})
    return Answers(tuple(kept.get("me", ())), kept.get("day_first"), kept.get("columns", {}), asked=True)


def answer(ws: Workspace, question: str, value: str) -> None:
    """Keep the answer to a question of an account's (`records.Question`). Raises UsageError for one that is not known."""
    kept, asked = dict(ws.get("answers", {})), question.partition(".")[2]
    if asked == "owner":
        kept["me"] = list(dict.fromkeys([*kept.get("me", ()), value]))
    elif asked == "day-order":
        kept["day_first"] = value == "day-first"
    elif asked.startswith("column-"):
        kept["columns"] = kept.get("columns", {}) | {asked.removeprefix("column-"): value}
    else:
        raise UsageError("That question is not known to this version.")
    ws.put("answers", kept)


def import_again(
    ws: Workspace, platform: str, account: str | None, progress: Report | None = None, cancel: threading.Event | None = None
) -> list[AccountView]:
    """Read one account's download once more, with the answers given since; as `import_archives`.

    Raises NotAnArchive when the download is no longer where it was.
    """
    paths = ws.get("sources", {}).get(_label(platform, account), ())
    if not paths:
        raise NotAnArchive("Choose the download again: it is not known any more where it lies.")
    before = {(v.platform, v.account): v.imported_at for v in ws.accounts()}
    views = import_archives(ws, [Path(p) for p in paths], progress, cancel, answers(ws))
    fresh = {(v.platform, v.account) for v in views if before.get((v.platform, v.account)) != v.imported_at}
    if any(p == platform for p, _ in fresh) and (platform, account) not in fresh:
        ws.remove_account(platform, account)  # it is known by its owner's name now
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


def accept_invitation(ws: Workspace, path: Path) -> Invitation:
    """Open an invitation file and keep the school it carries. Raises AuditError with a sentence when it cannot be used."""
    from auditlib import declaration

    invitation = declaration.read_invitation(path)
    policy.school_from_toml(invitation.school, "the school file in your invitation")
    ws.put("school_toml", invitation.school)
    ws.put("invitation", {"id": invitation.id, "expires": invitation.expires})
    return invitation


def scanner(ws: Workspace) -> Scanner:
    """The scanner for this workspace's school, person and words not to be asked about again."""
    from auditlib.detect import Scanner

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
    from auditlib import connections

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
    from auditlib.connections import Context

    school = (place.school.name, *place.school.also_known_as)
    return Context(me=tuple(me), school=school, staff=tuple(s.name for s in place.staff if s.name))


def rescan(ws: Workspace, progress: Report | None = None, cancel: threading.Event | None = None) -> int:
    """Look through everything in the workspace again; decisions stay. Returns the number of findings stored."""
    from auditlib import connections
    from auditlib.detect import order

    scan = scanner(ws)
    names = tuple(sorted({f.value for f in ws.profile() if f.fact in ("name", "handle")}))
    watch, context = connections.ConversationWatch(names), names_of(school(ws), names)
    total = sum(sum(view.counts.values()) for view in ws.accounts())
    linked = list(ws.connections())

    def report(number: int) -> None:
        if progress:
            progress(Progress("Looking through what was read", number, number, max(total, number)))

    watched = _watched(itertools.chain(ws.profile(), linked, ws.items()), report, cancel)
    found = order(list(findings(scan, watched, watch, context)))
    ws.store_people(connections.people(linked, watch.talks(), context))
    ws.store_findings(found, scan.version)
    ws.prepare_search()
    return len(found)


def exports_folder() -> Path:
    """Where declarations land: `exports/` of the project folder when run from it, else below the current folder."""
    checkout = Path(__file__).parent.parent
    return (checkout if (checkout / "notebooks").is_dir() else Path.cwd()) / "exports"
