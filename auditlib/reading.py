"""The engine: which exports lie in the paths given, and every record of one export with its coverage.

It owns opening, matching, streaming, counting and catching; a platform file owns names and meaning. A record function that
raises costs that one record, which is counted; a member that cannot be read costs itself. Nothing is skipped in silence:
every member ends as read, ignored on purpose, unknown or failed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO

from auditlib.archive import DATA, READ_ERRORS, Tree, is_noise
from auditlib.csvtable import NO_COLUMNS, table
from auditlib.errors import UnsafeArchive
from auditlib.jsonstream import BadElement, Batch, Broken, batches, decoded, header
from auditlib.markup import NoPage, blocks
from auditlib.markup import document as page
from auditlib.records import Connection, Coverage, Item, ProfileFact, Question, Record, Setting, Summary
from auditlib.ways import NO_ANSWERS, Answers, Blocks, Each, Ignored, NotKnown, Page, Rows, Stream, Table, Unknown, Way, Whole
from auditlib.ways import Asking as Asking

_SPACE = re.compile(rb"\s*")
MEDIA = "pictures, video, sound and other files: not read"


class Account:
    """What a platform's functions know while one export is read. Platforms extend it.

    `account` is the person's handle or name there; `where` the member being read and `at_position` the record in it.
    """

    platform = ""

    def __init__(self, tree: Tree, members: list[str], answers: Answers = NO_ANSWERS) -> None:
        self.tree, self.members, self.answers, self.me = tree, members, answers, answers.me
        self.account: str | None = None
        self.era = ""
        self.warnings: list[str] = []
        self.questions: list[Question] = []
        self.edition = ""  # when the platform made this export, where it says: parts of one export say the same
        self.instead = ""  # what to do with an export that is recognised but of a kind that is not read
        self.partial = False  # whether this export is known to lack what a larger one of the same account would hold
        self.expected: dict[str, int] = {}  # member -> records the export's own manifest announces
        self.ways: dict[str, Way] = {}  # members whose kind `begin` told from what is in them: not by FILES
        self.member = ""
        self.position = 0
        self.head: dict[str, Any] = {}

    @property
    def where(self) -> str:
        """Member path and position of the record being read, as records carry it."""
        return f"{self.member}#{self.position}"

    def begin(self) -> None:
        """Find out who the person is; called before any member is read."""

    def settle(self) -> None:
        """Called once all parts of an export are together: say who the person is where no part names them."""

    def finish(self) -> Iterator[Record]:
        """Records that could only be made once everything was read; warnings are set by now."""
        return iter(())

    def attempt(self, step: Callable[[], None]) -> None:
        """Run one step of `begin` that reads a document; a document of an unexpected shape costs that step only."""
        try:
            step()
        except RECORD_ERRORS:
            self.warnings.append("A file that says whose archive this is, or what is in it, could not be read.")

    def owner_of(self, member: str) -> tuple[str, str | None]:
        """Platform and account a member belongs to; Threads lies inside the Instagram export and overrides this."""
        return self.platform, self.account

    def warnings_for(self, platform: str) -> tuple[str, ...]:
        """What a person should know about one platform of this export."""
        return tuple(self.warnings) if platform == self.platform else ()

    def origin(self, member: str) -> str:
        """The name of the zip, folder or file that a member came from."""
        return self.tree.members[member].origin

    def head_of(self, member: str, length: int = 4096) -> bytes:
        """The first bytes of a member, b"" when it cannot be read."""
        return self.tree.head(member, length)

    def document(self, tail: str) -> Any:
        """The decoded first member whose path ends in `tail` (a pattern), or None; for `begin`."""
        wanted = re.compile(rf"(^|/)(?:{tail})$")
        for path in self.members:
            if wanted.search(path):
                try:
                    return decode(self.tree.read(path))
                except (*READ_ERRORS, UnsafeArchive, Broken):
                    return None
        return None


def decode(data: bytes) -> Any:
    """The JSON document in `data`, past a byte-order mark and a script's `name =`. Raises Broken."""
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    if data[(first := _past_space(data, start)) : first + 1] not in (b"[", b"{"):
        start = data.find(b"=", start) + 1 or len(data)
    start = _past_space(data, start)
    if start == len(data):
        raise Broken("empty")
    tail = data[-64:].rstrip()
    end = len(data) - min(len(data), 64) + len(tail) - tail.endswith(b";")
    return decoded(memoryview(data)[start:end])  # not copied: it may be all that is allowed to be held


def _page(data: bytes) -> Any:
    try:
        return page(data)
    except NoPage:
        raise Broken("empty") from None


def _past_space(data: bytes, start: int) -> int:
    match = _SPACE.match(data, start)
    return match.end() if match else start


def natural(path: str) -> tuple[list[Any], str]:
    """Sort key: `_2` before `_10`, `tweets.js` before `tweets-part1.js`."""
    name, _, ending = path.rpartition(".")
    return [int(p) if p.isdecimal() else p for p in re.split(r"(\d{1,18})", name)], ending


class Tally:
    """Counts while the records of one platform stream past."""

    def __init__(self, account: str | None) -> None:
        self.account = account
        self.counts: Counter[str] = Counter()
        self.states: Counter[str] = Counter()
        self.first: str | None = None
        self.last: str | None = None

    def add(self, record: Record) -> None:
        """Count one record."""
        if type(record) is Item:
            self.counts[record.kind] += 1
            at = record.at
            if at is not None:
                if self.first is None or at < self.first:
                    self.first = at
                if self.last is None or at > self.last:
                    self.last = at
        elif type(record) is Connection:
            self.counts[record.relation] += 1
        elif type(record) is Setting:
            self.counts["setting"] += 1
        elif type(record) is ProfileFact:
            self.counts["profile"] += 1
        elif type(record) is Coverage:
            self.states[record.state] += record.count if record.state in ("ignored", "unknown") else 1


def read_account(account: Account, rows: Rows) -> Iterator[Record]:
    """Every record of one export (`begin` has been called), coverage after each member, and a Summary per platform last."""
    tallies = {account.platform: Tally(account.account)}
    platform, tally = account.platform, tallies[account.platform]
    for source in (lambda: _members(account, rows), account.finish):  # the second only once the first is through
        for record in source():
            if record.platform != platform:
                platform = record.platform
                tally = tallies.setdefault(platform, Tally(record.account))
            tally.add(record)
            yield record
    tallies[account.platform].account = account.account
    for platform, tally in tallies.items():
        yield Summary(
            platform=platform,
            account=tally.account,
            era=account.era,
            counts=dict(sorted(tally.counts.items())),
            first=tally.first,
            last=tally.last,
            coverage={s: tally.states[s] for s in ("read", "ignored", "unknown", "failed")},
            warnings=account.warnings_for(platform),
            questions=tuple(account.questions) if platform == account.platform else (),
        )


NOT_LISTED = (-1, Unknown("not known to this version: it may hold something worth a look by hand"))


def _members(account: Account, rows: Rows) -> Iterator[Record]:
    compiled = [(re.compile(rf"(?:^|/)(?:{pattern})", re.IGNORECASE), how) for pattern, how in rows]
    owned: dict[int, list[tuple[str, Way]]] = {}
    ignored: Counter[str] = Counter()
    unknown: list[tuple[str, str]] = []
    data = [path for path in account.members if DATA.search(path) or is_noise(path) or path in account.ways]
    if len(data) < len(account.members):  # by far the most members: no row is about them
        ignored[MEDIA] = len(account.members) - len(data)
    for path in sorted(data, key=natural):
        if path in account.ways:
            number, how = len(compiled), account.ways[path]
        else:
            number, how = next(((n, h) for n, (p, h) in enumerate(compiled) if p.search(path)), NOT_LISTED)
        if isinstance(how, Ignored):
            ignored[how.reason] += 1
        elif number < 0 and is_noise(path):
            ignored["left by the operating system, not by the platform"] += 1
        elif isinstance(how, Unknown):
            unknown.append((path, how.reason))
        else:
            owned.setdefault(number, []).append((path, how))
    for number in sorted(owned):
        for path, how in owned[number]:
            yield from _member(account, path, how)
    for path, reason in unknown:
        yield _coverage(account, "unknown", path, reason, 1)
    for reason, count in sorted(ignored.items()):
        yield _coverage(account, "ignored", "", reason, count)
    if account.tree.repeated:
        reason = "the same file again, in another part or download of this export: read once"
        yield _coverage(account, "ignored", "", reason, account.tree.repeated)
    for path, reason in account.tree.refused:
        yield _coverage(account, "ignored", path, reason, 1)


def _coverage(account: Account, state: Any, member: str, reason: str, count: int, detail: str = "") -> Coverage:
    platform, name = account.owner_of(member)
    return Coverage(platform=platform, account=name, state=state, member=member, reason=reason, count=count, detail=detail)


def guarded(function: Callable[[Any, Any], Iterable[Record]], element: Any, account: Account) -> Iterator[Record | BadElement]:
    """One element's records; where it has an unexpected shape, a BadElement at the account's position."""
    try:
        yield from function(element, account)
    except RECORD_ERRORS as error:
        yield BadElement(account.position, type(error).__name__)


def _batches(account: Account, stream: BinaryIO, how: Each | Table | Blocks) -> Iterator[Batch | BadElement]:
    """The elements of a member in batches, each with its position."""
    if isinstance(how, Each):
        yield from batches(stream, how.kind, how.under)
    elif isinstance(how, Table):
        yield from table(stream, how.columns, how.header, how.bare)
    else:
        try:
            yield from ((position, [element]) for position, element in enumerate(blocks(stream, how.block)))
        except NoPage:
            raise Broken("empty") from None


def _member(account: Account, path: str, how: Way) -> Iterator[Record]:
    """One member's records, then its coverage line."""
    account.member, account.position, account.head = path, 0, {}
    made, seen, bad, reason, detail = 0, 0, 0, "", ""
    try:
        if isinstance(how, Whole | Page):
            data = account.tree.read(path)
            document = decode(data) if isinstance(how, Whole) else _page(data)
            for record in how.function(document, account):
                made += 1
                yield record
            seen = len(document) if isinstance(document, list) else 1
        elif isinstance(how, Stream):
            with account.tree.open(path) as stream:
                for found in how.function(stream, account):
                    seen += 1
                    if isinstance(found, BadElement):
                        bad, detail = bad + 1, detail or f"{found.detail} at {found.position}"
                    else:
                        yield found
        elif isinstance(how, Each | Table | Blocks):
            if isinstance(how, Each) and how.head is not None:
                # where this breaks the reading proper breaks again, after what came before
                with suppress(Broken, *READ_ERRORS), account.tree.open(path) as stream:
                    header(stream, how.under or (), how.head, account.head)
            function = how.function
            with account.tree.open(path) as stream:
                for batch in _batches(account, stream, how):
                    if isinstance(batch, BadElement):
                        bad, detail, seen = bad + 1, detail or f"{batch.detail} at {batch.position}", seen + 1
                        continue
                    for account.position, element in enumerate(batch[1], batch[0]):
                        try:
                            for record in function(element, account):
                                made += 1
                                yield record
                        except RECORD_ERRORS as error:
                            bad, detail = bad + 1, detail or f"{type(error).__name__} at {account.position}"
                    seen += len(batch[1])
    except NotKnown as unknown:
        yield _coverage(account, "unknown", path, unknown.reason, 1)
        return
    except Broken as broken:
        reason, detail = _plain(broken.detail), detail or broken.detail
    except UnsafeArchive:
        reason, detail = "it is too large to be read safely", "UnsafeArchive"
    except NotImplementedError:  # Windows packs files over 2 GB in a way of its own
        reason = "it is packed in a way that cannot be opened here: unpack the archive first and choose the folder"
        detail = "NotImplementedError"
    except READ_ERRORS as error:
        reason, detail = "it is damaged: download the archive again if you can", type(error).__name__
    except RECORD_ERRORS as error:  # a Whole document of an unexpected shape
        reason, detail = "its contents are not in the form this version knows", type(error).__name__
    expected = account.expected.get(path, 0)
    if not reason and bad:
        reason = f"{bad} of {seen} entries could not be read"
    if not reason and seen < expected:
        reason = f"the export says it holds {expected} entries, but only {seen} are there: download the archive again"
    count = made if isinstance(how, Whole | Page) else seen - bad
    yield _coverage(account, "failed" if reason else "read", path, reason, count, detail)


# What a record function may raise on data of an unexpected shape. Anything else is a fault of ours and must show.
RECORD_ERRORS = (TypeError, ValueError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)


def _plain(detail: str) -> str:
    if detail == "empty":
        return "it is empty"
    if detail == "cut off":
        return "it stops in the middle: download the archive again if you can"
    if detail == NO_COLUMNS:
        return "its columns are not those this version knows"
    return "it is not in a form that can be read"
