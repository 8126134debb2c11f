"""What the commands do, for `cli`: archives (inspect, records, scan), declare, verify, register, demo.

Every function takes the parsed options and returns the exit code. Text from an archive is printed without control
characters, so that a post cannot move the cursor or ring the bell of whoever reads it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from auditlib import exports, policy
from auditlib.errors import UnknownPlatform, UsageError
from auditlib.reading import Answers
from auditlib.records import Connection, Coverage, Finding, Item, ProfileFact, Question, Record, Setting, Summary, encode_line
from auditlib.text import clip

USES = ("text", "date", "link", "title", "author", "kind", "site")  # what a column of another site's file can hold

_KINDS: dict[str, tuple[type, ...]] = {
    "item": (Item,), "connection": (Connection,), "setting": (Setting,), "profile": (ProfileFact,),
    "coverage": (Coverage, Summary),
}  # fmt: skip
_HELD = 512  # lines written at once
_CERTIFICATE = 1 << 20  # bytes of a certificate file looked at; a real one has about 2,000


class _Out:
    """Lines to stdout, in blocks."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []

    def __call__(self, line: bytes) -> None:
        self.lines.append(line)
        if len(self.lines) >= _HELD:
            self.flush()

    def flush(self) -> None:
        sys.stdout.buffer.write(b"".join(self.lines))
        sys.stdout.buffer.flush()
        self.lines.clear()


def plain(text: object) -> str:
    """A text on one line without anything a terminal would act on."""
    return "".join(c if c.isprintable() else " " for c in str(text))


def archives(options: argparse.Namespace) -> int:
    """inspect, records or scan; exit 1 when exports were recognised but nothing in them could be read."""
    only = _kinds(options)
    school = policy.load_school(getattr(options, "school", None)) if options.command == "scan" else None
    since = _date(getattr(options, "since", None))
    out, seen = _Out(), _Seen()
    with exports.look(options.paths, _answers(options)) as found:
        for error in found.errors:
            sys.stderr.write(f"{plain(error)}\n")
        records = seen.watch(found.records())
        if options.command == "inspect":
            for summary in [r for r in records if isinstance(r, Summary)]:
                out(encode_line(_account(summary)) if options.json else _account_words(summary).encode())
            for note in found.notes:
                said = f"{note.state}: {plain(note.member)}: {plain(note.reason)}" + (
                    f" ({note.count})" if note.count > 1 else ""
                )
                if options.json:
                    sys.stderr.write(f"{said}\n")
                else:
                    out(f"  {said}\n".encode())
        elif options.command == "records":
            for record in records:
                if isinstance(record, only):
                    out(encode_line(record) if options.json else _words(record).encode())
        else:
            _scan(options, records, school, since, out)
    out.flush()
    for warning in [w for w in seen.warnings if seen.read or not any(w == e.account.instead for e in found.exports)]:
        sys.stderr.write(f"{plain(warning)}\n")
    if not seen.read:
        if instead := next((e.account.instead for e in found.exports if e.account.instead), ""):
            raise UnknownPlatform(instead)
        raise UnknownPlatform("Nothing in these archives could be read: download them again, in JSON where there is a choice.")
    return 0


def _answers(options: argparse.Namespace) -> Answers:
    """What the person says where an export does not. Raises UsageError for columns in no form known."""
    columns = {}
    for pair in options.columns or ():
        use, equals, name = pair.partition("=")
        if not equals or use not in USES or not name:
            raise UsageError(f"Write --columns USE=COLUMN, where USE is one of {', '.join(USES)}: --columns text=Body")
        columns[use] = name
    return Answers(tuple(options.me), {"day": True, "month": False}.get(options.dates), columns)


def _scan(options: argparse.Namespace, records: Iterator[Record], school: Any, since: str | None, out: _Out) -> None:
    from auditlib import walk
    from auditlib.connections import ConversationWatch
    from auditlib.detect import Scanner, order

    scan = Scanner(policy.load_policy(), school, since=since, me=tuple(options.me))
    if options.workspace:
        _store(options, school)

    def scored() -> Iterator[Record]:
        for record in records:
            if options.scores and isinstance(record, Item) and record.author == "me":
                out(encode_line({"record": "scores", "key": record.key, "id": record.id, "scores": scan.scores(record)}))
            yield record

    watch, context = ConversationWatch(options.me), walk.names_of(school, options.me)
    for finding in order(list(walk.findings(scan, scored(), watch, context))):
        out(encode_line(finding) if options.json else _finding_words(finding).encode())


def _store(options: argparse.Namespace, school: policy.School) -> None:
    """Keep everything in the work file, so that the walk-through can go on from here."""
    from auditlib import walk
    from auditlib.workspace import Workspace

    with Workspace.open() as workspace:
        if options.school:
            workspace.put("school_toml", policy.school_to_toml(school))
        walk.import_archives(workspace, options.paths, answers=_answers(options))
        walk.rescan(workspace)


class _Seen:
    """Whether anything was read, and what the accounts warn of, while records stream past."""

    def __init__(self) -> None:
        self.read, self.warnings = False, list[str]()

    def watch(self, records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            if type(record) is Summary:
                self.read = self.read or bool(record.coverage.get("read") or record.counts)
                self.warnings += [w for w in record.warnings if w not in self.warnings]
            yield record


def _kinds(options: argparse.Namespace) -> tuple[type, ...]:
    names = [n.strip() for n in (getattr(options, "only", None) or "").split(",") if n.strip()]
    if wrong := [n for n in names if n not in _KINDS]:
        raise UsageError(f"--only knows {', '.join(_KINDS)}, not {plain(wrong[0])}.")
    return tuple(t for n in names or _KINDS for t in _KINDS[n])


def _date(text: str | None) -> str | None:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        raise UsageError("--since wants a date like 2026-09-01.") from None


def _account(summary: Summary) -> dict[str, Any]:
    fields = msgspec.to_builtins(summary)
    names = ("platform", "account", "era", "counts", "first", "last", "coverage", "warnings")
    asked = {"questions": fields["questions"]} if fields["questions"] else {}
    return {"record": "account"} | {name: fields[name] for name in names} | asked


def _account_words(summary: Summary) -> str:
    counts = ", ".join(f"{n} {kind}" for kind, n in summary.counts.items()) or "nothing"
    span = f", {summary.first[:10]} to {summary.last[:10]}" if summary.first and summary.last else ""
    states = ", ".join(f"{n} {state}" for state, n in summary.coverage.items())
    lines = [f"{summary.platform} {plain(summary.account or '(owner not known)')}: {counts}{span}", f"  files: {states}"]
    lines += [f"  {w}" for w in summary.warnings]
    for asked in summary.questions:
        lines.append(f"  {plain(asked.text)} {_how_to_answer(asked)}")
    return "\n".join(lines) + "\n"


def _how_to_answer(asked: Question) -> str:
    if asked.id.endswith(".owner"):
        return "Say it with --me NAME" + (
            f", one of: {', '.join(plain(v) for v, _ in asked.options)}." if asked.options else "."
        )
    return "Say it with --dates day or --dates month." if asked.id.endswith(".day-order") else "Say it with --columns."


def _words(record: Record) -> str:
    parts: tuple[str, ...]
    match record:
        case Item():
            who = record.author_name or record.author or "?"
            parts = (
                record.at or "no date",
                record.platform,
                record.kind,
                who,
                clip(record.text or record.title or "(no words)", 100),
            )
        case Connection():
            parts = (
                record.since or "no date",
                record.platform,
                record.relation,
                record.name or record.handle or record.id or "?",
            )
        case Setting():
            parts = (record.seen_at or "no date", record.platform, record.id, record.value)
        case ProfileFact():
            parts = (record.platform, record.fact, clip(record.value, 100))
        case Coverage():
            parts = (record.platform, record.state, str(record.count), record.member, record.reason)
        case _:
            return _account_words(record)
    return plain("  ".join(parts)) + "\n"


def _finding_words(finding: Finding) -> str:
    shown = clip(finding.text, 100) if finding.text else ", ".join(finding.evidence)
    return (
        plain(
            f"{finding.severity}  {finding.clause}  {finding.at or 'no date'}  {finding.platform}  {shown}  ({finding.reason})"
        )
        + "\n"
    )


def verify(options: argparse.Namespace) -> int:
    """Check each file strictly; exit 0 only if all are valid, 2 when one could not be read at all."""
    from auditlib import declaration

    verdicts = declaration.verify_files(options.files, ca=_certificate(options.ca))
    for verdict in verdicts:
        if options.json:
            sys.stdout.buffer.write(encode_line(declaration.as_json(verdict)))
        else:
            said = "".join(f"  {plain(line)}\n" for line in (*verdict.reasons, *verdict.notes))
            sys.stdout.write(f"{plain(verdict.file)}: {verdict.verdict}\n{said}")
    if unread := next((v for v in verdicts if v.unread), None):
        raise UsageError(f"{plain(Path(unread.file).name)}: {unread.reasons[0].rstrip('.')}. Check the name and try again.")
    return 0 if all(v.verdict == "valid" for v in verdicts) else 1


def _certificate(path: Path | None) -> bytes | None:
    try:
        if path is None:
            return None
        with path.open("rb") as stream:
            return stream.read(_CERTIFICATE)
    except OSError:
        raise UsageError(f"{path.name if path else ''} cannot be read: choose the school's certificate file.") from None


def declare(options: argparse.Namespace) -> int:
    """Put in the answers of a JSON file, if one is given, then sign and write the declaration."""
    from auditlib import declaring
    from auditlib.workspace import Workspace

    with Workspace.open() as workspace:
        if options.answers:
            declaring.put_answers(workspace, options.answers)
        path = declaring.sign(workspace, options.name, options.agree, code=options.code, folder=options.out)
    line = {"record": "declaration", "file": str(path)}
    sys.stdout.write(encode_line(line).decode() if options.json else f"Your declaration is {path}. Send this one file to HR.\n")
    return 0


def register(options: argparse.Namespace) -> int:
    """Collect declarations into HR's register, show it, save it where asked."""
    from auditlib import declaring
    from auditlib import register as hr
    from auditlib.workspace import data_home

    expected = declaring.expected(policy.load_school(options.school)) if options.school else None
    rows = hr.collect(
        options.paths,
        register=data_home() / "register.sqlite",
        received_by=options.by,
        ca=_certificate(options.ca),
        expected=expected,
    )
    if options.xlsx:
        hr.to_xlsx(rows, options.xlsx)
    if options.csv:
        hr.to_csv(rows, options.csv)
    _show_rows(rows, options.json)
    return 0


def _show_rows(rows: Iterable[Any], as_json: bool) -> None:
    for row in rows:
        fields = msgspec.to_builtins(row)
        if as_json:
            sys.stdout.buffer.write(encode_line({"record": "row"} | fields))
        else:
            sys.stdout.write(plain(", ".join(f"{k}: {v}" for k, v in fields.items() if v not in ("", None, [], ()))) + "\n")


def demo(options: argparse.Namespace) -> int:
    """The whole walk on the bundled archives in a temporary data folder; HR's register lands in DIR/received/."""
    from auditlib import declaration, declaring, walk
    from auditlib import demo as sample
    from auditlib import register as hr
    from auditlib.workspace import Workspace

    folder = options.out or walk.exports_folder()
    with tempfile.TemporaryDirectory(prefix="self-audit-demo-") as home, Workspace.open(Path(home)) as workspace:
        for line in sample.sample_walk(workspace):
            sys.stdout.write(plain(line) + "\n")
        path = declaring.sign(workspace, sample.SAMPLE_NAME, True, folder=folder)
    [verdict] = declaration.verify_files([path])
    sys.stdout.write(f"Declaration: {path}\nVerified: {verdict.verdict}\n")
    received = folder / "received"
    received.mkdir(exist_ok=True)
    rows = hr.collect([path], register=received / "register.sqlite")
    hr.to_csv(rows, received / "register.csv")
    hr.to_xlsx(rows, received / "register.xlsx")
    sys.stdout.write("HR's register:\n")
    _show_rows(rows[-1:], False)
    return 0 if verdict.verdict == "valid" else 1
