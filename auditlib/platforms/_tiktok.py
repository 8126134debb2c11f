"""TikTok's account: who the person is, which generation of the export this is, and what every record function shares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from auditlib.archive import READ_ERRORS
from auditlib.errors import UnsafeArchive
from auditlib.jsonstream import Broken, decoded
from auditlib.jsonwalk import Path
from auditlib.platforms._told import Told, low, moment
from auditlib.platforms._told import plain as plain
from auditlib.reading import Account
from auditlib.records import Connection, Coverage, Item, ProfileFact, Record, Setting
from auditlib.text import digest

NAME = "tiktok"
EMPTY = frozenset(("", "n/a", "none", "null"))
LOOKED_AT = 1 << 20  # bytes looked at together for the person's name
# TikTok finds a video by its number whatever name stands before it; a liked video's own author is not exported.
VIDEO = "https://www.tiktok.com/@tiktok/video/"
_VIDEO = re.compile(r"https?://(?:[\w-]+\.)*tiktokv?\.com/(?:@([\w.]+)/|share/)?(?:video|photo)/(\d{5,25})")
_KEYS = (b'"userName"', b'"displayName"', b'"Private Account"')
_VALUE = re.compile(rb'\s*:\s*"((?:[^"\\]|\\.){0,500})"')
_DATED = re.compile(rb'"[Dd]ate" *: *"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)')
_LINK = re.compile(r"https?://[^\s<>\"]+")
# What a part of the export is called in it, by generation, as people would be told.
WANTED = {"posts": "videos", "comments": "comments", "messages": "direct messages"}


def said(value: object) -> str:
    """A value as text, "" for what TikTok writes for nothing: null, "", N/A, None, and empty lists and objects."""
    if value is None or isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value).strip()
    return "" if text.lower() in EMPTY else text


def words(value: object) -> str:
    """What somebody wrote, as it is: only `N/A` stands for nothing there."""
    return "" if not isinstance(value, str) or value.strip() in ("", "N/A") else value


def video(*values: object) -> tuple[str | None, str | None, str | None]:
    """Id, author and address of the video that one of the values links to; Nones when none does."""
    for value in values:
        if isinstance(value, str) and (found := _VIDEO.search(value)):
            author, identifier = found[1], found[2]
            url = f"https://www.tiktok.com/@{author}/video/{identifier}" if author else VIDEO + identifier
            return identifier, author, url
    return None, None, None


def links(text: str) -> tuple[str, ...]:
    """Web addresses in a text."""
    return tuple(_LINK.findall(text)) if "://" in text else ()


class Reader(Account):
    """Who the person is, what has been told, and what was met on the way."""

    platform = NAME

    def begin(self) -> None:
        """Look for the person's name and for whether the account is private: both come after the comments in the file."""
        self.told = Told()
        self.known: set[str] = set()  # keys of facts and of people written to
        self.path: Path = ()
        self.talk: Any = None  # the conversation being read
        self.display: str | None = None
        self.private: bool | None = None
        self.met: set[str] = set()  # of WANTED
        self.tops: set[str] = set()  # plain keys of the top level
        self.counts: Counter[str] = Counter()
        self.left: dict[tuple[str, str, str], None] = {}  # state, section and reason of what is not read
        self.choices: dict[str, list[tuple[str, str, str]]] = {}  # settings row -> value, the export's words, where
        self.groups: dict[str, tuple[str, ...]] | None = None
        self.text = False
        for member in self.members:
            low_name = member.lower()
            if low_name.endswith(".json"):
                self._named(member)
            elif re.search(r"(^|/)(profile info(rmation)?|settings)\.txt$", low_name):
                self.text = True
                for line in self.head_of(member, 1 << 16).decode("utf-8", "replace").splitlines():
                    key, _, value = line.partition(":")
                    self._learn(plain(key), value.strip(" :"))
            elif low_name.endswith(".txt"):
                self.text = True
        self.prefix = f"{NAME}:{self.account or ''}:"
        self.names = frozenset(n.casefold() for n in (self.account, self.display, *self.me) if n)

    def _learn(self, key: str, value: str) -> None:
        value = said(value)
        if key == "username" and value and self.account is None:
            self.account = value.lstrip("@")
        elif key == "displayname" and value:
            self.display = self.display or value
        elif key == "privateaccount" and self.private is None:
            self.private = {"on": True, "enabled": True, "off": False, "disabled": False}.get(value.lower())

    def _named(self, member: str) -> None:
        """Find three keys and the latest date in a member, in bounded memory. A quote in a string is never bare: keys they are.

        The latest date tells which of two exports is the newer: the file itself bears no date.
        """
        try:
            with self.tree.open(member) as stream:
                before = b""
                while chunk := stream.read(LOOKED_AT):
                    window = before + chunk
                    for key in _KEYS:
                        at = window.find(key)
                        while at >= 0:
                            end = at + len(key)
                            if window[at - 1 : at] != b"\\" and (found := _VALUE.match(window, end)):
                                self._learn(plain(key.decode()), str(decoded(b'"' + found[1] + b'"')))
                            at = window.find(key, end)
                    self.edition = max(self.edition, max(_DATED.findall(window), default=b"").decode())
                    before = window[-1024:]
        except (*READ_ERRORS, UnsafeArchive, Broken):
            return  # told when the member is read

    @property
    def profile(self) -> str | None:
        """The address of the person's own page."""
        return f"https://www.tiktok.com/@{self.account}" if self.account and re.fullmatch(r"[\w.]+", self.account) else None

    def item(
        self, kind: Any, what: str, at: str | None, text: str, identifier: str | None = None, **facts: Any
    ) -> list[Record]:
        """One item, [] when it was told before. `mark` tells alike ones apart that differ in neither time nor words."""
        mark = facts.pop("mark", "")
        base = f"{self.prefix}{what}:{identifier or digest(at or '', text, mark)}"
        key = self.told.key(base, (self.member, self.path), repeats=identifier is None)
        if key is None:
            return []
        self.counts[what] += 1
        if "author" not in facts:
            facts["author"], facts["author_name"] = "me", self.account
        return [
            Item(
                platform=NAME,
                account=self.account,
                where=self.where,
                kind=kind,
                key=key,
                id=identifier,
                at=at,
                text=text,
                **facts,
            )
        ]

    def connection(self, relation: Any, record: Any) -> list[Record]:
        """One relation from a `Date` and `UserName`; one without a name is told too, as the person cannot be named."""
        one = low(record)
        handle, at = said(one.get("username")).removeprefix("@"), moment(one.get("date"))
        if not handle and at is None:
            return []
        key = self.told.key(
            f"{self.prefix}{relation}:{handle or digest(at or '')}", (self.member, self.path), repeats=not handle
        )
        if key is None:
            return []
        url = f"https://www.tiktok.com/@{handle}" if re.fullmatch(r"[\w.]+", handle) else None
        return [
            Connection(
                platform=NAME, account=self.account, where=self.where, key=key, relation=relation, handle=handle or None,
                since=at, url=url,
            )
        ]  # fmt: skip

    def fact(self, fact: Any, value: object) -> list[Record]:
        """One profile fact, [] when it is empty or was told before."""
        text = said(value)
        key = f"{self.prefix}profile:{fact}:{digest(text)}"
        if not text or key in self.known:
            return []
        self.known.add(key)
        return [ProfileFact(platform=NAME, account=self.account, where=self.where, key=key, fact=fact, value=text)]

    def aside(self, state: str, section: str, reason: str) -> None:
        """Note a section of the one big file that is not read."""
        self.left[state, section, reason] = None

    def _coverage(self) -> Iterable[Record]:
        for state, section, reason in self.left:
            yield Coverage(platform=NAME, account=self.account, state=state, member=section, reason=reason, count=1)  # type: ignore[arg-type]

    def _settings(self) -> Iterable[Record]:
        """One setting a row: where several of the export's settings belong to one, the widest open counts."""
        order = ("public", "on", "followers", "friends", "unknown", "private", "off")
        for row, found in self.choices.items():
            value = min((v for v, _, _ in found), key=order.index)
            raw = found[0][1] if len(found) == 1 else "; ".join(r for _, r, _ in found)
            yield Setting(
                platform=NAME, account=self.account, where=found[0][2], id=f"{NAME}.{row}", value=value, raw=raw  # type: ignore[arg-type]
            )  # fmt: skip

    def _era(self) -> str:
        if self.text:
            return "as text files"
        if self.tops & {"likesandfavorites", "profileandsettings"}:
            return "late 2025 onward"
        if self.tops & {"youractivity", "post", "directmessage"}:
            return "2025"
        return "to early 2025" if self.tops & {"activity", "video", "directmessages", "comment", "profile"} else ""

    def finish(self) -> Iterator[Record]:
        """The settings, the sections that are not read, and what the person should know."""
        self.era = self._era()
        yield from self._settings()
        yield from self._coverage()
        say = self.warnings.append
        if missing := [name for what, name in WANTED.items() if what not in self.met]:
            say(
                f"Nothing in what was given says whether you have any {' or '.join(missing)}: if you do, "
                "ask TikTok again and choose all data."
            )
        if self.account is None:
            say("This download does not say whose it is: ask TikTok again and choose all data, your profile included.")
        if self.counts["post"]:
            say(
                "TikTok's download gives your own videos no lasting address: find a video on your profile by its date and "
                "words. What is said or written inside the videos is not in it either, so watch them through."
            )
        if self.counts["no target"]:
            n = self.counts["no target"]
            does, was = ("does", "it was") if n == 1 else ("do", "they were")
            say(f"{n} of your comments {does} not say which video {was} under.")
        if self.text:
            say("This is TikTok's download as text files, which say less: where you can, ask again and choose JSON.")
