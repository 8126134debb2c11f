"""Parts of one export laid together, and of several exports of one account the newest.

Found exports come from `exports.py`, which knows where they lie; whose each is their platform's reader says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple
from zipfile import ZipInfo

from auditlib import platforms
from auditlib.archive import DATA, Tree
from auditlib.reading import NO_ANSWERS, Account, Answers, read_account
from auditlib.records import Coverage, Record

GENERIC = "generic"  # the reader of any other site's export, which only the person can choose
_DATE = re.compile(r"(20\d\d)[-_]?(\d{1,2})[-_]?(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(20\d\d)|(?<!\d)(\d\d)-(\d\d)-(20\d\d)")
# A cloud drive's suffix, a browser's " (1)", a part number, Meta's eight random characters: none names the export.
_SUFFIXES = (
    re.compile(r"-\d{8}t\d{6}z-\d+(-\d+)?$"),
    re.compile(r"\s*\(\d+\)$"),
    re.compile(r"(?<=\d{6})-\d$"),  # Snapchat: mydata~1234567890-2.zip
    re.compile(r"[-_. ]part[-_. ]?\d+$"),
    re.compile(r"-(?=[a-z0-9]*\d|[a-z0-9]{8}$)[a-z0-9]{6,10}$"),
)


class Found(NamedTuple):
    """One export as it lies somewhere: the platform's module, the tree, and where in the tree it starts."""

    module: ModuleType
    tree: Tree
    root: str
    name: str
    shared: bool = False  # only what several platforms' exports look like alike was seen
    given: Path = Path()  # the path the person gave
    without: tuple[str, ...] = ()  # where other exports start below this one's root
    loose: tuple[str, ...] = ()  # these files and no others: they lie in a folder among other things

    def paths(self) -> list[str]:
        """The members of this export."""
        inside = list(self.loose) or self.tree.part(self.root)
        return [path for path in inside if not path.startswith(self.without)] if self.without else inside


class Export(NamedTuple):
    """One account's export, ready to be read; `names` are the files or folders the person chose."""

    module: ModuleType
    account: Account
    names: tuple[str, ...]
    given: tuple[Path, ...]  # the paths it was found under

    def records(self) -> Iterator[Record]:
        """Every record of this account, coverage and summary included."""
        return read_account(self.account, self.module.FILES)

    @property
    def size(self) -> int:
        """Bytes of data files, inflated: what a progress bar counts towards."""
        return sum(self.account.tree.members[p].size for p in self.account.members if DATA.search(p))


def stem(name: str) -> str:
    """What the file names of all parts of one export have in common."""
    text = re.sub(r"\.(zip|tar\.gz|tgz)$", "", name.lower())
    for _ in range(2):
        for suffix in _SUFFIXES:
            text = suffix.sub("", text)
    return text


def _made(group: list[Found], edition: str) -> tuple[int, int, int]:
    """The date an export gives itself, else the one in its name, else that of its newest file, as (year, month, day)."""
    if len(edition) >= 10 and edition[:4].isdecimal():
        return int(edition[:4]), int(edition[5:7]), int(edition[8:10])
    found: list[tuple[int, int, int]] = []
    for one in group:
        if m := _DATE.search(one.name):
            y, mo, d = (m[1], m[2], m[3]) if m[1] else (m[6], m[5], m[4]) if m[6] else (m[9], m[7], m[8])
            found.append((int(y), int(mo), int(d)))
        else:
            found += [i.date_time[:3] for m in one.tree.members.values() if isinstance(i := m.inner, ZipInfo)]
    return max(found, default=(0, 0, 0))


def join(found: list[Found], notes: list[Coverage], answers: Answers) -> list[Export]:
    """Parts of one export as one; of several exports of one account the newest that is not known to lack things."""
    exports: list[Export] = []
    for module in platforms.every():
        of_it = [f for f in found if f.module is module]
        one = getattr(module, "ONE", False)
        groups = ([of_it] if of_it else []) if one else _groups(of_it)
        newest: dict[str, tuple[tuple[int, int, int], Export]] = {}
        for group in groups:
            export = _export(group, answers)
            export.account.settle()
            who = export.account.account
            made = _made(group, export.account.edition)
            label = who.casefold() if who else f"?{len(newest)}"
            if label in newest:
                pairs = [newest[label], (made, export)]
                left, kept = sorted(pairs, key=lambda pair: (not pair[1].account.partial, pair[0]))
                newest[label] = kept
                if left[1].account.partial and not kept[1].account.partial:
                    say = "A smaller download of the same account was given too: only the larger one is read."
                else:
                    say = "An older export of the same account was given too: only the newer one is read."
                kept[1].account.warnings.append(say)
                for name in left[1].names:
                    notes.append(Coverage(platform=module.NAME, account=who, state="ignored", member=name, reason=say, count=1))
            else:
                newest[label] = (made, export)
        exports += [export for _, export in newest.values()]
    return exports


def _groups(found: list[Found]) -> list[list[Found]]:
    """Which finds of one platform are parts of one export: the same name but for what varies, or no owner of their own."""
    by_stem: dict[str, list[Found]] = {}
    for one in found:
        by_stem.setdefault(stem(one.name), []).append(one)
    owned: list[list[Found]] = []
    stray: list[Found] = []
    accounts = {id(f): _export([f], NO_ANSWERS).account for f in found}  # who the export itself says
    for group in by_stem.values():
        with_owner = [f for f in group if accounts[id(f)].account]
        if len(with_owner) > 1:  # the same name twice, each complete: two downloads of one export, or two accounts
            owned += [[f] for f in with_owner]
            stray += [f for f in group if f not in with_owner]
        elif with_owner:
            owned.append(group)
        else:
            stray += group
    editions: dict[object, list[Found]] = {}
    for group in owned:  # parts that each name the owner, and say that they were made at the same moment
        owner = next(accounts[id(f)] for f in group if accounts[id(f)].account)
        same = (str(owner.account).casefold(), owner.edition) if owner.edition else id(group[0])
        editions.setdefault(same, []).extend(group)
    owned = list(editions.values())
    if len(owned) == 1:
        return [owned[0] + stray]
    alone: list[Found] = []
    for one in stray:  # a part without an owner goes with the parts made at the same moment
        edition = accounts[id(one)].edition
        alike = [group for group in owned if edition and any(accounts[id(f)].edition == edition for f in group)]
        (alike[0] if len(alike) == 1 else alone).append(one)
    return [*owned, alone] if alone else owned


def _export(group: list[Found], answers: Answers) -> Export:
    first = group[0]
    tree, members = first.tree, first.paths()
    if len(group) > 1:
        tree = Tree(first.name)
        for one in group:
            tree.overlay(one.tree, one.paths(), one.root)
        members = list(tree.members)
    account = first.module.Reader(tree, members, answers)
    account.begin()
    names = tuple(dict.fromkeys(f.name for f in group))
    return Export(first.module, account, names, tuple(dict.fromkeys(f.given for f in group)))
