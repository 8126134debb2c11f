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
from typing import Any, NamedTuple

from auditlib.archive import READ_ERRORS, Tree, is_noise
from auditlib.errors import UnsafeArchive
from auditlib.jsonstream import BadElement, Broken, batches, decoded, header
from auditlib.records import Connection, Coverage, Item, ProfileFact, Record, Setting, Summary

DATA = re.compile(r"\.(json|js|csv|html?|txt|xml|ics|vcf|mbox)$", re.IGNORECASE)
_SPACE = re.compile(rb"\s*")
MEDIA = "pictures, video, sound and other files: not read"


class Each(NamedTuple):
    """Every element of a JSON array goes through `function(record, account) -> records` (`under`: see jsonstream.batches)."""

    function: Callable[[Any, Any], Iterable[Record]]
    kind: Any
    under: tuple[str, ...] | None = None
    # First read the rest of the top-level object into account.head, and of each element what this type holds
    # (message threads: who takes part is known only at the end).
    head: Any = None


class Whole(NamedTuple):
    """The whole decoded document goes through `function(document, account) -> records`."""

    function: Callable[[Any, Any], Iterable[Record]]


class Ignored(NamedTuple):
    """Known and left out on purpose; `reason` is shown to the person."""

    reason: str


class Unknown(NamedTuple):
    """Not read although it may hold something; `reason` says in plain words why and what to do."""

    reason: str


class NotKnown(Exception):
    """Raised by a record function whose whole member turns out to be of a kind that is not read; `reason` as in Unknown."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


Rows = tuple[tuple[str, "Each | Whole | Ignored | Unknown"], ...]


class Account:
    """What a platform's functions know while one export is read. Platforms extend it.

    `account` is the person's handle or name there; `where` the member being read and `at_position` the record in it.
    """

    platform = ""

    def __init__(self, tree: Tree, members: list[str], me: tuple[str, ...] = ()) -> None:
        self.tree, self.members, self.me = tree, members, me
        self.account: str | None = None
        self.era = ""
        self.warnings: list[str] = []
        self.edition = ""  # when the platform made this export, where it says: parts of one export say the same
        self.instead = ""  # what to do with an export that is recognised but of a kind that is not read
        self.expected: dict[str, int] = {}  # member -> records the export's own manifest announces
        self.aside: dict[str, Ignored | Unknown] = {}  # members that `begin` found out are not to be read
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


def _past_space(data: bytes, start: int) -> int:
    match = _SPACE.match(data, start)
    return match.end() if match else start


def natural(path: str) -> list[Any]:
    """Sort key: `_2` before `_10`, `tweets.js` before `tweets-part1.js`."""
    name, _, ending = path.rpartition(".")
    return [int(p) if p.isdecimal() else p for p in re.split(r"(\d{1,18})", name)] + [ending]


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
    for source in (_members(account, rows), account.finish()):
        for record in source:
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
        )


def _members(account: Account, rows: Rows) -> Iterator[Record]:
    compiled = [(re.compile(rf"(?:^|/)(?:{pattern})", re.IGNORECASE), how) for pattern, how in rows]
    owned: dict[int, list[str]] = {}
    ignored: Counter[str] = Counter()
    unknown: list[tuple[str, str]] = []
    data = [path for path in account.members if DATA.search(path) or is_noise(path)]
    if len(data) < len(account.members):  # by far the most members: no row is about them
        ignored[MEDIA] = len(account.members) - len(data)
    for path in sorted(data, key=natural):
        if aside := account.aside.get(path):
            if isinstance(aside, Ignored):
                ignored[aside.reason] += 1
            else:
                unknown.append((path, aside.reason))
            continue
        for number, (pattern, how) in enumerate(compiled):
            if pattern.search(path):
                if isinstance(how, Ignored):
                    ignored[how.reason] += 1
                elif isinstance(how, Unknown):
                    unknown.append((path, how.reason))
                else:
                    owned.setdefault(number, []).append(path)
                break
        else:
            if is_noise(path):
                ignored["left by the operating system, not by the platform"] += 1
            else:
                unknown.append((path, "not known to this version: it may hold something worth a look by hand"))
    for number, (_, how) in enumerate(compiled):
        for path in owned.get(number, ()):
            assert not isinstance(how, Ignored | Unknown)
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


def _member(account: Account, path: str, how: Each | Whole) -> Iterator[Record]:
    """One member's records, then its coverage line."""
    account.member, account.position, account.head = path, 0, {}
    made, seen, bad, reason, detail = 0, 0, 0, "", ""
    try:
        if isinstance(how, Whole):
            document = decode(account.tree.read(path))
            for record in how.function(document, account):
                made += 1
                yield record
            seen = len(document) if isinstance(document, list) else 1
        else:
            if how.head is not None:
                # where this breaks the reading proper breaks again, after what came before
                with suppress(Broken, *READ_ERRORS), account.tree.open(path) as stream:
                    header(stream, how.under or (), how.head, account.head)
            function = how.function
            with account.tree.open(path) as stream:
                for batch in batches(stream, how.kind, how.under):
                    if isinstance(batch, BadElement):
                        bad, detail, seen = bad + 1, detail or f"{batch.detail} at {batch.position}", seen + 1
                        continue
                    account.position = batch[0]
                    for element in batch[1]:
                        try:
                            for record in function(element, account):
                                made += 1
                                yield record
                        except RECORD_ERRORS as error:
                            bad, detail = bad + 1, detail or f"{type(error).__name__} at {account.position}"
                        account.position += 1
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
    count = made if isinstance(how, Whole) else seen - bad
    yield _coverage(account, "failed" if reason else "read", path, reason, count, detail)


# What a record function may raise on data of an unexpected shape. Anything else is a fault of ours and must show.
RECORD_ERRORS = (TypeError, ValueError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)


def _plain(detail: str) -> str:
    if detail == "empty":
        return "it is empty"
    if detail == "cut off":
        return "it stops in the middle: download the archive again if you can"
    return "it is not in a form that can be read"
