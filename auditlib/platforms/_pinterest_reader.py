"""Whose Pinterest pages they are, and what is told once all pages were read."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator

from auditlib.reading import Account
from auditlib.records import Coverage, Item, Record

NAME = "pinterest"
_OWNER = re.compile(rb"Username: ([^<]{1,200}?),?\s*<br(?:(?!Username: ).){0,20000}?Is a repin: (True|False)", re.DOTALL)
LOOKED = 4 << 20  # bytes of a page that are searched for whose it is


class Reader(Account):
    """Whose pins they are: the name on the person's own pins, else the one name on all of them. Boards are told at the end."""

    platform = NAME

    def begin(self) -> None:
        """Search the beginning of each page for the name on the pins."""
        self.told: Counter[str] = Counter()
        self.boards: dict[str, tuple[str, str, bool | None]] = {}  # id -> name, where, every pin private
        self.described: dict[str, tuple[str, str, str | None, str]] = {}  # id -> name, description, made, where
        self.unknown: Counter[tuple[str, str]] = Counter()
        self.ignored: Counter[tuple[str, str]] = Counter()
        self.pins = self.sections = 0
        own: Counter[str] = Counter()
        every: set[str] = set()
        for member in self.members:
            if member.lower().endswith((".html", ".htm")):
                for name, repin in _OWNER.findall(self.head_of(member, LOOKED)):
                    said = html.unescape(name.decode("utf-8", "replace")).strip()
                    if said and said != "No data":
                        every.add(said)
                        own[said] += repin == b"False"
        most = own.most_common(1)
        self.account = most[0][0] if most and most[0][1] else every.pop() if len(every) == 1 else None

    def finish(self) -> Iterator[Record]:
        """The boards that pins named; sections that are not known; what the person should know."""
        for identifier in dict.fromkeys((*self.boards, *self.described)):
            name, where, private = self.boards.get(identifier, ("", "", None))
            title, text, made, there = self.described.get(identifier, ("", "", None, where))
            if name or title or text:
                yield Item(
                    platform=NAME,
                    account=self.account,
                    where=there,
                    kind="other",
                    key=f"{NAME}:board:{identifier}",
                    id=identifier,
                    at=made,
                    title=title or name or None,
                    text=text,
                    author="me",
                    author_name=self.account,
                    audience="unknown" if private is None else "private" if private else "public",
                )
        for counted, state, reason in (
            (self.unknown, "unknown", "a section this version does not know: shown as text"),
            (self.ignored, "ignored", "searches, visits, advertising and devices: no words you published"),
        ):
            for (member, title), count in sorted(counted.items()):
                yield Coverage(
                    platform=NAME,
                    account=self.account,
                    state=state,  # type: ignore[arg-type]
                    member=f"{member}: {title}",
                    reason=f"{reason} ({count} {'entries' if count > 1 else 'entry'})",
                    count=1,
                )
        if not self.pins:
            self.warnings.append("No pins are in what you gave: if you have any, ask Pinterest for your data again.")
        if self.account is None:
            self.warnings.append("The pages do not say whose they are: your user name stands on none of your own pins.")
        self.warnings.append(
            "Pinterest's file holds no privacy settings, and its times name no time zone: look at your settings on the site."
        )
