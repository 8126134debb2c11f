"""Whose YouTube channel a Takeout is of, and what each of its files holds, whatever the language of their names."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from auditlib.archive import READ_ERRORS
from auditlib.csvtable import Columns, rows
from auditlib.jsonstream import Broken
from auditlib.platforms._google_takeout import HEAD, edition, first_rows, names_of, number, parts_missing, place_of
from auditlib.platforms._youtube_shapes import Shape, shape_of
from auditlib.platforms._youtube_words import CHANNEL, audience_of
from auditlib.reading import Account
from auditlib.records import Item, Place, ProfileFact, Record, Setting
from auditlib.text import digest

NAME = "youtube"
ERAS = ("before 2023", "2023 to mid-2024", "mid-2024 onward")  # of how comments are written
LONG_HEAD = 1 << 18  # a page's own style comes first
_VIDEO_FILE = re.compile(r"/([^/]+)\.(?:mp4|mov|avi|mkv|webm|mpe?g|wmv|flv|3gp|m4v)$", re.IGNORECASE)
_LETTERS = re.compile(r"\W+")

Told = Callable[["Reader", str, Shape], None]


class Reader(Account):
    """One Google account's YouTube part: its channels (a brand account has several), and what files are by their content."""

    platform = NAME

    def begin(self) -> None:
        """Say when the export was made, and look into the tables: a way for each that is recognised."""
        self.own = ""  # the id of the person's first channel
        self.names: dict[str, str] = {}  # channel id -> its title
        self.places: dict[str, Place] = {}  # video id -> where it was recorded
        self.titles: dict[str, str] = {}  # video id -> its present title
        self.former: list[Item] = []
        self.words: dict[str, Counter[str]] = {}  # setting -> the words met for it
        self.seen_at: dict[str, str] = {}
        self.met: set[int] = set()
        self.repeats: Counter[str] = Counter()
        self.origins = sorted({self.origin(m) for m in self.members})
        self.edition = edition(self.origins)
        self.commented = False  # whether a file of comments is here
        self.entries: Counter[str] = Counter()  # page -> what was read from it
        self.pages: list[str] = []
        self.eras: set[str] = set()
        self.films = self._films()
        channels: list[str] = []
        for member in self.members:
            low = member.lower()
            if low.endswith(".csv"):
                channels += self.recognise(member)
        self.own = next(iter(self.names), "") or next(iter(channels), "")
        self.account = self.display = next(iter(self.names.values()), None)

    def recognise(self, member: str) -> list[str]:
        """Set the way of one CSV file by its content; the channel ids seen in its first rows."""
        head = self.head_of(member, HEAD)
        shape = shape_of(head, member.rsplit("/", 1)[-1])
        if shape is None:
            return []
        self.way(member, shape)
        if shape.kind == "channel":
            self.attempt(lambda: self._channels(member, shape))
        if shape.kind == "recordings":
            self._recordings(member, shape)
        if shape.kind in ("comments", "live chats", "one playlist"):
            self.commented |= shape.kind == "comments"
            if shape.kind != "one playlist":
                self.eras.add(ERAS[1] if b"takeoutSegments" in head else ERAS[2])
            return [cell for row in first_rows(head)[:3] for cell in row[:3] if CHANNEL.match(cell) and len(cell) == 24]
        return []

    def way(self, member: str, shape: Shape) -> None:
        """How a member of this shape is read; the platform's module knows."""

    def _films(self) -> dict[str, str]:
        """Video files by the letters of their names: titles are sanitised and cut in them. Ambiguous ones are left out."""
        found: dict[str, str] = {}
        for member in self.members:
            if m := _VIDEO_FILE.search(f"/{member}"):
                name = plain_letters(m[1])
                found[name] = "" if name in found else member
        return {name: member for name, member in found.items() if member and name}

    def film(self, title: str) -> str | None:
        """The file of a video, where one of its name is in the export."""
        return self.films.get(plain_letters(title))

    def _channels(self, member: str, shape: Shape) -> None:
        for identifier, title, *_ in self._small(member, shape):
            if CHANNEL.match(identifier.strip()):
                self.names[identifier.strip()] = title.strip()

    def _recordings(self, member: str, shape: Shape) -> None:
        """Places of videos, kept until the videos are read; 0,0 stands for none."""
        for video, north, east in self._small(member, shape):
            if at := place_of(number(north), number(east)):
                self.places[video.strip()] = Place(None, *at)

    def _small(self, member: str, shape: Shape) -> Iterator[tuple[str, ...]]:
        """The rows of a small table; it ends early where it is damaged, which the reading proper then says."""
        columns: Columns | None = None
        with suppress(Broken, csv.Error, *READ_ERRORS), self.tree.open(member) as stream:
            for batch in rows(stream):
                for row in batch:
                    if columns is None:
                        columns = Columns(names_of(row), shape.columns)
                    else:
                        yield columns.taken(row)

    def settle(self) -> None:
        """Without a channel's name the account is its channel's id."""
        if self.account is None and self.own:
            self.account = self.own

    @property
    def prefix(self) -> str:
        """What begins a key where ids repeat from account to account."""
        return f"{NAME}:{self.own}:"

    def new(self, key: str) -> bool:
        """Whether nothing of this key was met; it is now. Two downloads of one account hold most things twice."""
        mark, met = hash(key), self.met
        if mark in met:
            return False
        met.add(mark)
        return True

    def numbered(self, *parts: str | None) -> str:
        """A key's end for what has no id: its digest, and a counter for exact repeats in one file."""
        mark = digest(*(part or "" for part in parts))
        self.repeats[f"{self.member}|{mark}"] += 1
        count = self.repeats[f"{self.member}|{mark}"]
        return mark if count == 1 else f"{mark}:{count}"

    def count_word(self, setting: str, word: str) -> None:
        """Keep the word that one video, playlist or channel has for who may see it."""
        if word:
            self.words.setdefault(setting, Counter())[word] += 1
            self.seen_at.setdefault(setting, self.where)

    def setting(self, slug: str, value: Any, raw: str, where: str = "") -> Setting:
        """One setting as the export holds it."""
        return Setting(
            platform=NAME,
            account=self.account,
            where=where or self.where,
            id=f"{NAME}.{slug}",
            value=value,
            raw=raw,
            seen_at=self.edition or None,
        )

    def fact(self, fact: Any, value: str) -> Iterator[Record]:
        """One fact of the profile, told once."""
        key = f"{self.prefix}profile:{fact}:{digest(value)}"
        if value and self.new(key):
            yield ProfileFact(platform=NAME, account=self.account, where=self.where, key=key, fact=fact, value=value)

    def finish(self) -> Iterator[Record]:
        """Former titles, who may see videos, playlists and channels taken together, and what may be missing."""
        for item in self.former:
            if item.title != self.titles.get(item.id or ""):
                yield item
        for slug, counted in sorted(self.words.items()):
            values = {audience_of(word) for word in counted}
            value = "public" if "public" in values else "private" if values == {"private"} else "unknown"
            raw = ", ".join(f"{word}: {count}" if len(counted) > 1 else word for word, count in sorted(counted.items()))
            yield self.setting(slug, value, raw, self.seen_at[slug])
        self.warnings += parts_missing(self.origins, "YouTube", sum(m.size for m in self.tree.members.values()))
        for page in self.pages:
            if not self.entries[page]:
                name = page.rsplit("/", 1)[-1]
                self.warnings.append(f"The page {name} holds nothing that could be read as a comment: look at it by hand.")
        if not self.commented:
            self.warnings.append(
                "No file of YouTube comments was found here. If you ever commented: Google splits a large download into "
                "several files (-001, -002 and so on), so give all of them; or ask again and tick comments and live chats "
                "under YouTube."
            )


def plain_letters(name: str) -> str:
    """The letters and digits of a title as far as a file's name keeps them."""
    return _LETTERS.sub("", name.replace("_", " ")).casefold()[:40]
