"""What Reddit's tables have in common: whose account it is, what a loose CSV file is by its header, addresses and texts."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from auditlib.archive import READ_ERRORS
from auditlib.csvtable import table
from auditlib.dates import from_utc, year_of
from auditlib.jsonstream import Broken
from auditlib.platforms._headings import first_row
from auditlib.reading import Account
from auditlib.records import Connection, Conversation, Coverage, Item, Media, Question, Record

NAME = "reddit"
SITE = "https://www.reddit.com"
GONE = ("[removed]", "[deleted]")  # Reddit's own words where a text was taken down
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`*]+")
_PICTURE = re.compile(r"^https?://(?:i|preview)\.redd\.it/|\.(?:jpe?g|png|gif|webp)(?:$|\?)|/gallery/", re.IGNORECASE)
_VIDEO = re.compile(r"^https?://v\.redd\.it/|\.(?:mp4|gifv)(?:$|\?)", re.IGNORECASE)
_MOST_NAMES = 20
_SAMPLE = 500  # messages looked at to find out who the person is where no file says so

# A table is known by what its header holds, whatever the file is called: Strava has a posts.csv and a comments.csv too.
_ANY_OF_THESE: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (name, frozenset(columns.split(",")))
    for name, columns in (
        ("comments", "id,permalink,subreddit,link,parent,body"),
        ("posts", "id,permalink,subreddit,title,url,body"),
        ("messages", "id,permalink,thread id,from,to,subject,body"),
        ("chat_history", "message id,username,message,channel url"),
        ("drafts", "id,title,body,kind,created,is public link"),
        ("scheduled_posts", "scheduled post id,subreddit,title,body"),
        ("multireddits", "display name,privacy,subreddits,is owner"),
        ("poll_votes", "post id,user selection,is prediction"),
        ("votes", "id,permalink,direction"),
        ("message_headers", "id,permalink,thread id,from,to"),
        ("post_headers", "id,permalink,date,ip,subreddit"),
    )
)
_EXACTLY = {
    ("statistic", "value"): "statistics",
    ("preference", "value"): "user_preferences",
    ("username", "note"): "friends",
    ("subreddit",): "subscribed_subreddits",
}
SURE = frozenset({"comments", "posts", "messages", "chat_history", "drafts", "scheduled_posts", "multireddits"})
WORDS = re.compile(r"(?:posts|comments|messages|messages_archive|chat_history|drafts|scheduled_posts)(?:_\d+)?\.csv$")


def table_of(head: bytes) -> str:
    """Which of Reddit's tables begins with these bytes; "" when none does."""
    row = first_row(head)
    if exactly := _EXACTLY.get(row):
        return exactly
    names = set(row)
    return next((name for name, wanted in _ANY_OF_THESE if wanted <= names), "")


class Reader(Account):
    """Whose account it is (statistics.csv), what was told, and who speaks in which chat."""

    platform = NAME

    def begin(self) -> None:
        """Read statistics.csv and the list of files; know loose files of any name by their header."""
        self.registered: str | None = None
        self.email = ""
        self.oldest: str | None = None
        self.to_come = 0
        self.reach: dict[str, tuple[str, str, str]] = {}  # preference -> value, the export's word, where
        self.told: set[str] = set()
        self.talks: dict[str, Conversation] = {}
        self.speakers: dict[str, dict[str, None]] | None = None
        self.named_threads: frozenset[str] | None = None
        self.tables: dict[str, list[str]] = {}
        self.listed: list[str] = []
        for path in self.members:
            if path.lower().endswith(".csv"):
                self.tables.setdefault(self._table(path), []).append(path)
        # Parts of one table do not overlap; where two copies of a table were given, each record is told once.
        self.several = {name for name, paths in self.tables.items() if len(paths) > 1}
        if {"messages", "messages_archive"} <= self.tables.keys():
            self.several |= {"messages", "messages_archive"}
        self.era = "newer" if self._has("messages_archive", "chat_history") else "older" if self._has("messages") else ""
        self.attempt(self._statistics)
        self.attempt(self._checkfile)
        self.name_as(self.account)

    def name_as(self, account: str | None) -> None:
        """Take this name for the person's."""
        self.account = account
        self.prefix = f"{NAME}:{account or '?'}:"
        # Names said for other platforms are none here: where it is not known who the person is, nobody is.
        self.mine = {name.casefold() for name in (*self.me, account) if name} if account else set[str]()

    def _has(self, *names: str) -> bool:
        return any(name in self.tables for name in names)

    def _table(self, path: str) -> str:
        """The table a file is (a part), by its name; by its header where it has another name."""
        name = path.rsplit("/", 1)[-1].lower().removesuffix(".csv")
        return re.sub(r"_\d+$", "", name)

    def cells(self, tables: tuple[str, ...], wanted: tuple[str, ...]) -> Iterator[Any]:
        """The wanted cells of every row of some tables, as far as they can be read."""
        for path in [p for name in tables for p in self.tables.get(name, ())]:
            try:
                with self.tree.open(path) as stream:
                    for _, rows in table(stream, wanted):
                        yield from rows
            except (Broken, *READ_ERRORS):
                continue

    def _statistics(self) -> None:
        for name, value in self.cells(("statistics",), ("statistic", "value")):
            word = name.strip().casefold().replace("_", " ")
            if word == "account name" and value.strip():
                self.account = value.strip()
            elif word == "registration date":
                self.registered = from_utc(value.strip())
            elif word == "export time":
                self.edition = from_utc(value.strip()) or ""

    def _checkfile(self) -> None:
        here = {path.rsplit("/", 1)[-1].lower() for path in self.members}
        for name, _ in self.cells(("checkfile",), ("filename", "sha256")):
            base = name.strip().rsplit("/", 1)[-1].lower()
            if WORDS.fullmatch(base) and base not in here and base not in self.listed:
                self.listed.append(base)

    def settle(self) -> None:
        """Where no file names the person: the one name that stands in every private message."""
        if self.account is not None:
            return
        met = self._names_met()
        said = {name.casefold() for name in self.me}
        if mine := [name for name in met if name.casefold() in said]:
            self.name_as(mine[0])
            return
        common: set[str] | None = None
        for number, pair in enumerate(self.cells(("messages", "messages_archive"), ("from", "to"))):
            names = {name.strip() for name in pair if name.strip()}
            if names:
                common = names if common is None else common & names
            if number >= _SAMPLE:
                break
        if common and len(common) == 1:
            self.name_as(common.pop())
            self.warnings.append(
                f"The download does not say whose it is (statistics.csv is missing): {self.account} takes part in every "
                "message and is taken for you."
            )
        elif met:
            options = tuple((name, name) for name, _ in met.most_common(_MOST_NAMES))
            self.questions.append(Question(id=f"{NAME}.owner", text="Which of these names is you on Reddit?", options=options))

    def _names_met(self) -> Counter[str]:
        """The names in messages and chats, by how many messages or how many chats they stand in."""
        talks = {(channel, name.strip()) for channel, name in self.cells(("chat_history",), ("channel url", "username"))}
        met = Counter(name for _, name in sorted(talks) if name)
        for pair in self.cells(("messages", "messages_archive"), ("from", "to")):
            met.update({name.strip() for name in pair if name.strip()})
        return met

    def threads(self) -> frozenset[str]:
        """The ids of all threads of private messages that some message names."""
        if self.named_threads is None:
            named = self.cells(("messages", "messages_archive"), ("thread id", "id"))
            self.named_threads = frozenset(thread for thread, _ in named if thread)
        return self.named_threads

    def once(self, key: str) -> bool:
        """Whether this key was not told before; it is now."""
        if key in self.told:
            return False
        self.told.add(key)
        return True

    def author_of(self, name: str) -> Any:
        """me, other, or None while nobody says who the person is; a message without a sender is never the person's."""
        if not name:
            return "other"
        return ("me" if name.casefold() in self.mine else "other") if self.mine else None

    def messaged(self, name: str) -> Iterator[Record]:
        """Somebody the person exchanged messages with, told once."""
        key = f"{self.prefix}messaged:{name}"
        if name and name.casefold() not in self.mine and self.mine and self.once(key):
            yield self.person("messaged", name, key)

    def person(self, relation: Any, name: str, key: str) -> Connection:
        """A relation to an account known by its name."""
        url = f"{SITE}/user/{name}"
        return Connection(
            platform=NAME, account=self.account, where=self.where, key=key, relation=relation, handle=name, url=url
        )

    def item(self, kind: Any, key: str, identifier: str | None, at: str | None, text: str, **more: Any) -> Item:
        """An item of a lesser kind, the person's own unless `author` says otherwise."""
        facts: dict[str, Any] = {"author": "me", "author_name": self.account} | more
        return Item(
            platform=NAME,
            account=self.account,
            where=self.where,
            kind=kind,
            key=self.prefix + key,
            id=identifier,
            at=at,
            text=text,
            **facts,
        )

    def finish(self) -> Iterator[Record]:
        """What the download's own list names and is not here, and what the person should know."""
        for name in self.listed:
            yield Coverage(
                platform=NAME,
                account=self.account,
                state="failed",
                member=name,
                reason="the download's own list of files names it, but it is not here: download the export again",
            )
        if self.account is None and not self.warnings:
            self.warnings.append(
                "The download does not say whose it is (statistics.csv is missing), so it may not be complete: choose "
                "the whole zip that Reddit sent."
            )
        for headers, words, what in (
            ("post_headers", ("posts",), "posts"),
            ("comment_headers", ("comments",), "comments"),
            ("messages_archive_headers", ("messages_archive", "messages"), "private messages"),
            ("message_headers", ("messages", "messages_archive"), "private messages"),
        ):
            if self._has(headers) and not self._has(*words):
                self.warnings.append(
                    f"Your {what} are listed in this download, but the file with their words is not here: "
                    "choose the whole zip that Reddit sent, or ask for it again."
                )
        written = ("posts", "comments", "post_headers", "comment_headers")
        if self._has("statistics") and not self._has(*written):
            self.warnings.append(
                "Neither posts nor comments are in this download: if you ever wrote on Reddit, ask for all of your data again."
            )
        if self.to_come:
            many = "1 post of yours waits" if self.to_come == 1 else f"{self.to_come} posts of yours wait"
            self.warnings.append(f"{many} to be published by itself on a date you once set: look at it on Reddit.")
        began, first = year_of(self.registered), year_of(self.oldest)
        if began and first and first - began > 1:
            self.warnings.append(
                f"The account dates from {began} but the oldest post or comment here is from {first}: if you chose a range "
                "of dates, ask Reddit again for all of it."
            )


def words(text: str) -> str:
    """A Markdown text as the person sees it but for its marks: entities undone, Reddit's word for a text that is gone as ""."""
    if "&" in text:
        text = html.unescape(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    return "" if text in GONE else text


def addresses(text: str) -> tuple[str, ...]:
    """The web addresses in a text, each once."""
    if "://" not in text:
        return ()
    return tuple(dict.fromkeys(found.rstrip(".,;:!?\\") for found in _ADDRESS.findall(text)))


def pictures(urls: tuple[str, ...]) -> tuple[Media, ...]:
    """The pictures and videos among addresses; none of them lies in the export."""
    made = []
    for url in urls:
        if _VIDEO.search(url):
            made.append(Media(None, "video"))
        elif _PICTURE.search(url):
            made.append(Media(None, "photo"))
    return tuple(made)


def full(permalink: str) -> str | None:
    """An absolute address; None for none. Reddit writes them whole, other tools without the site."""
    if permalink.startswith("/"):
        return SITE + permalink
    return permalink if permalink.startswith(("https://", "http://")) else None


def post_of(link: str) -> str:
    """The id of the post in an address: what stands behind `/comments/`; "" when there is none."""
    return link.partition("/comments/")[2].partition("/")[0].partition("?")[0]
