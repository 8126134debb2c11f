"""The reader of one Facebook, Instagram or Threads account: who the person is, what was told already, where media lies."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import msgspec

from auditlib.archive import READ_ERRORS, is_noise
from auditlib.dates import from_iso, from_millis, from_seconds
from auditlib.jsonstream import Broken
from auditlib.markup import unstyled
from auditlib.platforms._meta import WEB_TWIN, exif_place, is_link, plain_name
from auditlib.platforms._meta_blocks import Block
from auditlib.platforms._meta_dates import order_in
from auditlib.platforms._meta_pages import Pages, is_empty, records
from auditlib.reading import DATA, RECORD_ERRORS, Account
from auditlib.records import Connection, Item, Media, ProfileFact, Record, Setting
from auditlib.text import digest

_KINDS = {
    ending: kind
    for kind, endings in (
        ("photo", "jpg jpeg png webp heic bmp tif tiff"),
        ("video", "mp4 mov avi mkv 3gp webm m4v"),
        ("audio", "mp3 m4a aac ogg opus wav"),
        ("gif", "gif"),
    )
    for ending in endings.split()
}
_NUMBERED = re.compile(
    r"(?:posts|photos_and_videos|followers|following|people_who_followed_you|comments|reactions|message)_(\d+)\.(?:json|html)$",
    re.IGNORECASE,
)


START_PAGE = re.compile(r"(?:^|/)(?:index|start_here)\.html?$", re.IGNORECASE)
_NAMED_DATE = re.compile(r"(20\d\d)[-_]?(\d{1,2})[-_]?(\d{1,2})(?!\d)|(\d{1,2})\.(\d{1,2})\.(20\d\d)")
_LOOKED_AT = 100  # web pages whose dates are looked at before any is read


def _stem(path: str) -> str:
    """A member's path without ending and number: in both forms of an archive the same lists bear the same names."""
    return re.sub(r"_\d+$", "", path.rpartition(".")[0]).casefold()


def kind_of(uri: str) -> str | None:
    """Photo, video, audio or gif, by a file's ending."""
    return _KINDS.get(uri[uri.rfind(".") + 1 :].lower()) if "." in uri else None


def _time(moment: Any) -> str | None:
    """ISO text of a moment: Unix seconds, or (until 2021) ISO text."""
    if type(moment) is int:  # milliseconds have a faster way: posts come by the ten thousand
        return from_millis(moment * 1000)
    return (from_iso(moment) if isinstance(moment, str) else None) or from_seconds(moment)


def _series(member: str) -> str:
    """What all numbered files of one list are called."""
    return re.sub(r"_\d+(?=\.(?:json|html?)$)", "", member)


class Reader(Account):
    """Who the person is, what was already told, and where media lies. Platforms add `identify` and their own facts."""

    named = r"(?!)"  # how the archive's file or folder name holds the person's name

    def begin(self) -> None:
        """Look at the profile and set web pages with a JSON twin aside."""
        self.own: set[str] = {plain_name(n) for n in self.me}
        self.display: str | None = self.me[0] if self.me else None
        self.handle: str | None = None
        self.audience: Any = "unknown"
        self.registered: str | None = None
        self.told: dict[str, tuple[str, str | None]] = {}  # key -> the member it was told in, and its title
        self.repeats: dict[str, int] = {}
        self.shown: dict[str, str] = {}  # media uri -> the words told with it
        self.unfamiliar = 0
        self.oldest: str | None = None
        self.newest: str | None = None
        self._files: dict[str, list[str]] | None = None
        self.pages = self.undated = 0  # web pages read, entries on them whose date could not be
        self._twins()
        self.day_first = self.answers.day_first if self.answers.day_first is not None else self._day_first()
        if self.web and not any(path.lower().endswith(".json") for path in self.members):
            self.edition = self._day_before()
        with suppress(*RECORD_ERRORS):  # a damaged profile leaves the person unnamed; reading it is counted in its turn
            self.identify()
        self.account = self.account or self.handle or self.display

    def _twins(self) -> None:
        """Set web pages aside whose list is there in JSON as well: the JSON holds more, and nothing is to be told twice."""
        told = {_stem(path) for path in self.members if path.lower().endswith(".json")}
        self.web = [path for path in self.members if path.lower().endswith((".html", ".htm")) and not START_PAGE.search(path)]
        for path in self.web:
            if _stem(path) in told:
                self.ways[path] = WEB_TWIN
        self.web = [path for path in self.web if path not in self.ways]

    def _day_before(self) -> str:
        """For web pages alone: the day before that in the archive's name, so that of two forms of one day the JSON is read."""
        found = _NAMED_DATE.search(self.origin(self.web[0]))
        if found is None:
            return ""
        year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
        try:
            return (date(int(year), int(month), int(day)) - timedelta(days=1)).isoformat()
        except ValueError:
            return ""

    def _day_first(self) -> bool | None:
        """Which of 3/9 is the day, as a date of this archive shows that leaves no choice; None where none does."""
        for path in self.web[:_LOOKED_AT]:
            if (found := order_in(self.page_head(path))) is not None:
                return found
        return None

    def page_head(self, member: str) -> bytes:
        """The beginning of a web page: what follows its style sheet."""
        return unstyled(self.head_of(member, 1 << 20))[: 1 << 17]

    def empty_page(self, member: str) -> bool:
        """Whether a web page holds nothing but its title."""
        return is_empty(self.head_of(member, 1 << 20))

    def page_of(self, tail: str) -> list[Block]:
        """The entries of the first web page whose path ends in `tail` (a pattern); for `identify`."""
        wanted = re.compile(rf"(^|/)(?:{tail})$", re.IGNORECASE)
        path = next((path for path in self.web if wanted.search(path)), None)
        if path is None:
            return []
        with suppress(Broken, *READ_ERRORS), self.tree.open(path) as stream:
            return list(records(Pages(stream), True, self.day_first))
        return []

    def identify(self) -> None:
        """Read the profile: sets `own`, `display`, `handle`, `account`."""

    def settle(self) -> None:
        """Take the name from the archive's file name when nothing else gave one."""
        if self.account is None and (match := re.search(self.named, self._archive_name(), re.IGNORECASE)):
            self.account = self.handle = next(g for g in match.groups() if g).lower()

    def _archive_name(self) -> str:
        top = {p.split("/", 1)[0] for p in self.members if "/" in p}
        return next((f for f in [*sorted(top), self.tree.name] if re.search(self.named, f, re.IGNORECASE)), "")

    @property
    def prefix(self) -> str:
        """What every key of this account begins with."""
        return f"{self.platform}:{self.account or '?'}:"

    def called(self, name: str) -> None:
        """Note a name as the person's own."""
        if name.strip():
            self.own.add(plain_name(name))

    def first_told(self, key: str) -> bool:
        """Whether the key is new; exact repeats are told once."""
        if key in self.told:
            return False
        self.told[key] = self.member, None
        return True

    def again(self, key: str) -> str:
        """The key with a number when it was told in this very list: two of a kind are two; "" when told in another."""
        if self.first_told(key):
            return key
        if _series(self.told[key][0]) != _series(self.member):
            return ""
        self.repeats[key] = number = self.repeats.get(key, 1) + 1
        return f"{key}.{number}"

    def file(self, uri: str) -> str | None:
        """The member that a media address means; None when it is not in the archive (another part, or an expired address)."""
        if self._files is None:
            self._files = {}
            for path in self.tree.members:
                if not DATA.search(path) and not is_noise(path):
                    self._files.setdefault(path.rsplit("/", 1)[-1], []).append(path)
        uri = uri.removeprefix("./")
        candidates = self._files.get(uri.rsplit("/", 1)[-1], [])
        if "/" not in uri and len(candidates) == 1:  # 2017: bare file names in messages
            return candidates[0]
        return next((p for p in candidates if p == uri or p.endswith("/" + uri)), None)

    def medium(self, found: dict[str, Any], said: str = "", kind: str | None = None) -> Media:
        """A picture or film; its description is kept apart only where it is not already in the words `said`."""
        uri = found["uri"]
        metadata = found.get("media_metadata")
        kind = kind or kind_of(uri)
        if kind is None:
            kind = "video" if isinstance(metadata, dict) and "video_metadata" in metadata else "file"
        text = found.get("description")
        own = text if isinstance(text, str) and text.strip() and text.strip() not in said else None
        return Media(self.file(uri) if uri else None, kind, None, own, exif_place(found))

    def item(
        self, what: str, kind: Any, moment: Any, text: str, *, found: list[dict[str, Any]] | None = None,
        links: tuple[str, ...] = (), mark: str = "", fbid: Any = None, stamp: Any = None, repeats: bool = False, **facts: Any,
    ) -> list[Record]:  # fmt: skip
        """One item, [] when exactly the same one was told before. `found` are its media objects, `mark` tells alike ones apart.

        The key holds time, words, media and link, which a newer export gives again; these exports have no ids. Where one
        list gives the same under another title (on another wall, in another group), or `repeats` may occur, both are told.
        """
        at = _time(moment)
        uris = sorted(m["uri"] for m in found) if found else []
        stamp = fbid or stamp or (int(moment) if at and isinstance(moment, (int, float)) else at or 0)
        key = f"{self.prefix}{what}:{stamp}:{digest(text, *uris, *links[:1], mark)}"
        title = facts.pop("title", None)
        if (before := self.told.get(key)) is None:
            self.told[key] = self.member, title
        elif repeats:
            if not (key := self.again(key)):
                return []
        else:
            other = bool(title) and before[1] != title and _series(before[0]) == _series(self.member)
            if not other or not self.first_told(key := f"{key}.{digest(str(title))}"):
                return []
        if links:
            links = tuple(link for link in links if is_link(link))
        media: tuple[Media, ...] = ()
        if found:
            media = tuple([self.medium(m, text) for m in found if m["uri"]])
            said = "\n".join([text, *[m.description for m in media if m.description]])
            for uri in uris:
                if uri:
                    self.shown[uri] = f"{self.shown.get(uri, '')}\n{said}"
        self.seen(at)
        author = facts.pop("author", "me")
        name = facts.pop("author_name", None) if author != "me" or "author_name" in facts else self.display or self.account
        # At most 15 keywords in one call: Python passes more of them in a dictionary, at five times the cost.
        made = Item(
            platform=self.platform, account=self.account, where=self.where, kind=kind, key=key, at=at, text=text,
            id=str(fbid) if fbid else None, title=title, media=media, links=links, author=author,
            author_name=name, audience=facts.pop("audience", "unknown"),
        )  # fmt: skip
        rest = {k: v for k, v in facts.items() if v is not None} if facts else None
        return [msgspec.structs.replace(made, **rest) if rest else made]

    def repeated(self, found: list[dict[str, Any]], text: str) -> bool:
        """Whether all these media were told with another item already, and the words with them too."""
        uris = [m["uri"] for m in found if m["uri"]]
        said = [text, *(m.get("description") or "" for m in found)]
        return bool(uris) and all(
            u in self.shown and all(w.strip() in self.shown[u] for w in said if isinstance(w, str)) for u in uris
        )

    def seen(self, at: str | None) -> None:
        """Note a time for the range of dates."""
        if at is not None:
            if self.oldest is None or at < self.oldest:
                self.oldest = at
            if self.newest is None or at > self.newest:
                self.newest = at

    def connection(
        self, relation: Any, name: str | None, handle: str | None, moment: Any, url: str | None = None
    ) -> list[Record]:
        """One relation, [] when told before. Without a handle the name's digest is the key; homonyms differ by time, or by
        standing twice in one list that gives no times.
        """
        if not (name or handle):
            return []
        at = _time(moment)
        key = f"{self.prefix}{relation}:{handle or digest(name or '', at or '')}"
        if handle or at or relation == "messaged":
            if not self.first_told(key):
                return []
        elif not (key := self.again(key)):
            return []
        return [
            Connection(
                platform=self.platform, account=self.account, where=self.where, key=key, relation=relation,
                handle=handle, name=name, since=at, url=url,
            )
        ]  # fmt: skip

    def fact(self, fact: Any, value: Any) -> list[Record]:
        """One profile fact, [] when it is empty or told before."""
        if not isinstance(value, str) or not value.strip():
            return []
        key = f"{self.prefix}profile:{fact}:{digest(value)}"
        if not self.first_told(key):
            return []
        return [
            ProfileFact(platform=self.platform, account=self.account, where=self.where, key=key, fact=fact, value=value.strip())
        ]

    def setting(self, row: str, value: Any, raw: str, seen_at: str | None = None, where: str = "") -> list[Record]:
        """One setting by its row in the settings data, told once."""
        if not self.first_told(f"setting:{row}"):
            return []
        return [
            Setting(
                platform=self.platform, account=self.account, where=where or self.where, id=f"{self.platform}.{row}",
                value=value, raw=raw, seen_at=seen_at,
            )
        ]  # fmt: skip

    def gaps(self) -> int:
        """How many numbered files (`_2` of `_1`, `_3`) are missing."""
        numbers: dict[str, set[int]] = {}
        members = set(self.members)
        for path in self.members:
            if match := _NUMBERED.search(path):
                before = path[: match.start(1)]
                numbers.setdefault(before, set()).add(int(match[1]))
                if before.removesuffix("_") + path[match.end(1) :] in members:  # the first may bear no number
                    numbers[before].add(1)
        return sum(max(have) - len(have) for have in numbers.values() if 0 < max(have) <= 1000 and 0 not in have)

    def note_oldest(self) -> None:
        """Let what is not an item of this reader's own making count for the range of dates."""

    def warn_in_common(self) -> None:
        """Say what is missing or was not understood, in words the person can act on."""
        self.note_oldest()
        if self.pages:
            self.warnings.append(
                "This archive (or some of it) is web pages. They give times without a time zone and hold less than JSON does: "
                "if anything seems to be missing, ask for it again and choose JSON as the format."
            )
        if self.undated:
            where = "one entry" if self.undated == 1 else f"{self.undated} entries"
            self.warnings.append(
                f"The date of {where} is written in a way this version does not know, so it is shown without one: "
                "ask for the archive again and choose JSON as the format."
            )
        if not self.web and not any(m.lower().endswith(".json") for m in self.members):
            self.warnings.append("No data file (JSON) is in what was given: add the other parts of this archive.")
        if missing := self.gaps():
            what = "a gap" if missing == 1 else f"{missing} gaps"
            self.warnings.append(
                f"The numbering of the files has {what}: a part of this archive may be missing. Add all parts."
            )
        if self.unfamiliar:
            where = "one entry" if self.unfamiliar == 1 else f"{self.unfamiliar} entries"
            self.warnings.append(
                f"In {where} the labels are in a language or form this version does not know: "
                "what looked like their words is shown; look at them with care."
            )
        if self.registered and self.oldest and int(self.oldest[:4]) - int(self.registered[:4]) >= 2:
            self.warnings.append(
                f"The account dates from {self.registered[:4]} but the oldest thing found is from {self.oldest[:4]}: "
                "if you chose a range of dates, ask for the archive again with all time."
            )
