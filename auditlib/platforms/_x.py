"""X's account: who the person is, what the manifest announces, whom the ids belong to, and the small things all parts share."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from auditlib.dates import from_iso, from_utc
from auditlib.reading import Account
from auditlib.records import Connection, Coverage, Item, Record, Setting
from auditlib.text import digest, unescape_basic

NAME = "x"
# X's first posts are of March 2006; an export of September 2025 held posts dated 1997 and 2003.
EARLIEST = "2006-03-21"
LAST_CLASSIC = "2018-08-31"
CLASSIC = re.compile(r"(^|/)data/js/(tweet_index|user_details|payload_details|tweets/\d{4}_\d\d)\.js$")
CLASSIC_ONLY = (
    "This is an archive of the kind that X (Twitter) made until 2018: it holds your posts up to then, but no messages, likes "
    "or followers. Ask X for a new archive as well (Settings, Your account, Download an archive of your data)."
)
_POSTS = re.compile(r"(^|/)tweets?(-part\d+)?\.js$")
_WORDS = re.compile(  # files of the person's own words or of people: worth telling when the export lists one that is not there
    r"(^|/)(tweets?|(deleted-)?note-tweet|community[-_]tweet|deleted-tweets?|twitter-circle-tweet|article|like|"
    r"direct-messages?(-group)?|follower|following|account|profile)(-part\d+)?\.js$"
)


class Note(msgspec.Struct):
    """The whole text of a post over 280 characters. `tweetId` was seen once, in an old write-up; usually there is none."""

    noteTweetId: str | int | None = None
    createdAt: str | None = None
    tweetId: str | int | None = None
    core: dict[str, Any] | None = None
    noteTweetResults: dict[str, Any] | None = None
    used: bool = False
    deleted: bool = False
    where: str = ""

    @property
    def body(self) -> dict[str, Any]:
        """What holds `text` and the links."""
        return self.core or self.noteTweetResults or {}


_MOST = (1 << 63) - 1


class Ids:
    """Which ids were met. A file in the order of time, either way, costs eight bytes an id; others cost more."""

    __slots__ = ("_falling", "_high", "_low", "_others", "_rising")

    def __init__(self) -> None:
        self._falling, self._rising = array("q"), array("q")  # falling ones with their sign turned, to be searched
        self._low, self._high = _MOST, -1
        self._others: set[int | str] = set()

    def new(self, identifier: str) -> bool:
        """Whether this id was not met before; it is now."""
        try:
            number = int(identifier)
        except ValueError:
            return self._other(identifier)
        if 0 <= number < self._low:
            self._falling.append(-number)
            self._low = number
            if self._high < 0:
                self._high = number
            return True
        if self._high < number < _MOST:
            self._rising.append(number)
            self._high = number
            return True
        if not 0 <= number < _MOST:
            return self._other(identifier)
        return not _holds(self._falling, -number) and not _holds(self._rising, number) and self._other(number)

    def _other(self, identifier: int | str) -> bool:
        if identifier in self._others:
            return False
        self._others.add(identifier)
        return True


def _holds(numbers: array[int], number: int) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


class Reader(Account):
    """Who the person is, the handles seen so far (follower files hold bare ids), and the long texts waiting for their post."""

    platform = NAME

    def begin(self) -> None:
        """Read account.js and manifest.js."""
        self.id: str | None = None
        self.handles: dict[str, tuple[str, str | None, str]] = {}  # id -> handle, name, post that showed them
        self.notes: dict[str, list[Note]] = {}
        self.posts, self.liked = Ids(), Ids()
        self.people: dict[str, Ids] = {}  # relation -> ids told
        self.talks: dict[str, tuple[dict[str, None], Ids]] = {}  # conversation -> who takes part, messages told
        self.told: set[str] = set()  # keys of other records
        self.articles: dict[str, dict[str, Any]] = {}
        self.audience: Any = "unknown"
        self.absent: list[tuple[str, int]] = []
        self.partial = False
        self.latest = (datetime.now(UTC) + timedelta(days=2)).isoformat()
        self.scripts = [m for m in self.members if m.endswith(".js") and not re.search(r"(^|/)assets/", m)]
        self.files: dict[str, list[str]] = {}
        for path in self.members:
            if "_media/" in path:
                self.files.setdefault(path.rsplit("/", 1)[-1].split("-", 1)[0], []).append(path)
        self.era = self._era()
        self.protected: tuple[str, bool, str] | None = None  # in classic archives: when, whether, where it was read
        self.attempt(self._announced)
        self.attempt(self._owner)
        self.prefix = f"x:{self.id or self.account or '?'}:"

    def _era(self) -> str:
        names = {m.rsplit("/", 1)[-1] for m in self.scripts}
        data = any(re.search(r"(^|/)data/[^/]+\.js$", m) for m in self.scripts)
        classic = any(CLASSIC.search(m) for m in self.members) or any(m.endswith("tweets.csv") for m in self.members)
        if classic and not any(_POSTS.search(m) for m in self.scripts):
            return "before 2018"
        if "tweets.js" not in names and ("tweet.js" in names or not data):
            return "2020-2022" if data else "2018-2020" if names & {"tweet.js", "account.js"} else ""
        return "2020 onward"

    def _script(self, name: str) -> Any:
        """The decoded document of this name that lies nearest to the top, or None."""
        paths = [m for m in self.scripts if m == name or m.endswith(f"/{name}")]
        return self.document(re.escape(min(paths, key=lambda m: (m.count("/"), m)))) if paths else None

    def _owner(self) -> None:
        if self.era == "before 2018":
            made = self._script("payload_details.js")
            when = from_utc(text_of(made.get("created_at"))) if isinstance(made, dict) else None
            self.edition = min(when or LAST_CLASSIC, LAST_CLASSIC)  # older than any other, whatever its files' dates are
            user = self._script("user_details.js")
            if isinstance(user, dict):
                self.id, self.account = text_of(user.get("id")), text_of(user.get("screen_name"))
            return
        own = first_entry(self._script("account.js"), "account")
        if own:
            self.id = text_of(own.get("accountId")) or self.id
            self.account = text_of(own.get("username")) or self.account

    def _announced(self) -> None:
        index = self._script("tweet_index.js")
        for month in index if isinstance(index, list) else ():
            name, count = text_of(month.get("file_name")), str(month.get("tweet_count", ""))
            if name and count.isdecimal() and len(count) < 10:
                found = [m for m in self.scripts if m == name or m.endswith(f"/{name}")]
                if len(found) == 1:
                    self.expected[found[0]] = int(count)
                elif not found and int(count):
                    self.absent.append((name, int(count)))
        manifest = self._script("manifest.js")
        if not isinstance(manifest, dict):
            return
        user, info = manifest.get("userInfo") or {}, manifest.get("archiveInfo") or {}
        self.id, self.account = text_of(user.get("accountId")), text_of(user.get("userName"))
        self.edition = from_iso(text_of(info.get("generationDate"))) or ""
        self.partial = any(info.get(k) in (True, "true") for k in ("isPartialArchive", "isArchivePartial"))
        by_name: dict[str, list[str]] = {}
        for path in self.scripts:
            by_name.setdefault(path.rsplit("/", 1)[-1], []).append(path)
        for kind in (manifest.get("dataTypes") or {}).values():
            for file in (kind or {}).get("files") or ():
                tail, count = text_of(file.get("fileName")), str(file.get("count", ""))
                if not tail or not count.isdecimal() or len(count) > 9:
                    continue
                paths = [p for p in by_name.get(tail.rsplit("/", 1)[-1], ()) if p == tail or p.endswith(f"/{tail}")]
                paths = paths or by_name.get(tail.rsplit("/", 1)[-1], [])
                if len(paths) == 1:
                    self.expected[paths[0]] = int(count)
                elif not paths and int(count) and _WORDS.search(tail):
                    self.absent.append((tail, int(count)))

    def person(self, identifier: str | None) -> str | None:
        """The handle of an id where a mention or reply showed it, else the id."""
        if identifier and identifier == self.id:
            return self.account or identifier
        return self.handles[identifier][0] if identifier in self.handles else identifier

    def seen(self, identifier: str, handle: str, name: str | None, post: str) -> None:
        """Remember whose id this is; of a person who changed handle, what the newest post says."""
        known = self.handles.get(identifier)
        if known is None or (len(post), post) >= (len(known[2]), known[2]):
            self.handles[identifier] = (handle, name or (known[1] if known and known[0] == handle else None), post)
        elif known[1] is None and known[0] == handle and name:
            self.handles[identifier] = (handle, name, known[2])

    def once(self, record: Any) -> Iterator[Record]:
        """The record, unless one of its key was told before: files of parts overlap, and facts stand in several files."""
        if record.key not in self.told:
            self.told.add(record.key)
            yield record

    def finish(self) -> Iterator[Record]:
        """Long texts that belong to no post in the archive, and what the person should know."""
        waiting = {id(note): note for notes in self.notes.values() for note in notes if not note.used}
        for note in waiting.values():
            yield from self._alone(note)
        if self.era == "before 2018":
            yield from self._missing()
            self.warnings.append(CLASSIC_ONLY)
            if self.protected is not None:  # as the newest post says of the moment when the archive was made
                at, value, where = self.protected
                yield Setting(
                    platform=NAME,
                    account=self.account,
                    where=where,
                    id="x.protect-your-posts",
                    value="on" if value else "off",
                    raw=str(value).lower(),
                    seen_at=at or None,
                )
            if self.account is None:
                self.warnings.append("The archive does not say whose it is (user_details.js is missing): add the whole of it.")
            return
        yield from () if self.partial else self._missing()
        if self.partial and self.absent:
            self.warnings.append("This archive says it is only one part: add the other parts you were sent as well.")
        if not any(_POSTS.search(m) for m in self.scripts):
            self.warnings.append("No file of posts is in this archive: ask X for the whole archive if you ever posted.")
        if self.account is None:
            self.warnings.append("The archive does not say whose it is (account.js is missing), so it may not be complete.")

    def _missing(self) -> Iterator[Record]:
        """What the export's own list names and is not there."""
        for path, count in self.absent:
            yield Coverage(
                platform=NAME,
                account=self.account,
                state="failed",
                member=path,
                reason=f"the export says it holds {count} entries, but the file is not there: download the archive again",
            )

    def _alone(self, note: Note) -> Iterator[Record]:
        text, links = note_text(note)
        post, own = text_of(note.tweetId), text_of(note.noteTweetId)
        if post and not self.posts.new(post):
            return
        yield from self.once(
            Item(
                platform=NAME,
                account=self.account,
                where=note.where,
                kind="post",
                key=f"{self.prefix}post:{post}" if post else f"{self.prefix}note:{own or digest(note.createdAt or '', text)}",
                id=post,
                at=from_iso(note.createdAt),
                text=unescape_basic(text),
                author="me",
                author_name=self.account,
                audience=self.audience,
                links=links,
                url=post_url(self.account, post),
                deleted=note.deleted,
                state="binned" if note.deleted else "live",
            )
        )


def without(text: str, placeholder: str | None) -> str:
    """A text without the link that stands for a picture beside it, and without the space before it."""
    return text.replace(f" {placeholder}", "").replace(placeholder, "").strip() if placeholder else text


def post_url(handle: str | None, identifier: str | None) -> str | None:
    """The address of a post; the form without a handle works too."""
    return f"https://x.com/{handle or 'i/web'}/status/{identifier}" if identifier else None


def text_of(value: object) -> str | None:
    """An id or a handle as text; None for what is neither."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) and value != "" else None


def inner(record: dict[str, Any]) -> dict[str, Any]:
    """What lies in the wrapper of one key around an entry, whatever its name; an entry without a wrapper as it is."""
    if len(record) == 1:
        [value] = record.values()
        if isinstance(value, dict):
            return value
    return record


def first_entry(document: Any, wrapper: str) -> dict[str, Any]:
    """The one object in a file of a single entry, unwrapped; {} when it is not there."""
    entry = document[0] if isinstance(document, list) and document else document
    within = entry.get(wrapper, entry) if isinstance(entry, dict) else {}
    return within if isinstance(within, dict) else {}


def note_text(note: Note) -> tuple[str, tuple[str, ...]]:
    """The long text as exported but with its links expanded, and the links."""
    body = note.body
    text, links = str(body.get("text") or ""), []
    entity_set = body.get("entitySet")
    found = body.get("urls") or (entity_set.get("urls") if isinstance(entity_set, dict) else None)
    for link in found if isinstance(found, list) else ():
        if not isinstance(link, dict):
            continue
        full = text_of(link.get("expandedUrl")) or text_of(link.get("expanded_url"))
        short = text_of(link.get("shortUrl")) or text_of(link.get("url"))
        if full:
            links.append(full)
            text = text.replace(short, full) if short else text
    return text, tuple(links)


def connection(relation: Any, identifier: str, a: Reader) -> Iterator[Record]:
    """One relation to one account, told once. Handle and name are known only where a mention or reply showed them."""
    if not a.people.setdefault(relation, Ids()).new(identifier):
        return
    handle, name, _ = a.handles.get(identifier, (None, None, ""))
    yield Connection(
        platform=NAME,
        account=a.account,
        where=a.where,
        key=f"{a.prefix}{relation}:{identifier}",
        relation=relation,
        id=identifier,
        handle=handle,
        name=name,
        url=f"https://x.com/intent/user?user_id={identifier}",
    )
