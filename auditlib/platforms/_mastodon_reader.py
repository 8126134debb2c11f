"""Whose Mastodon account it is, who can see what by its addresses, and what the person should know about the archive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from auditlib import markup
from auditlib.platforms._mastodon_csv import NAME as NAME
from auditlib.platforms._mastodon_csv import table_of, unsaid
from auditlib.reading import Account
from auditlib.records import Item, Record
from auditlib.text import digest

PUBLIC = frozenset(("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"))
_PATH = re.compile(r"https?://([^/\s]+)/(?:ap/)?(?:users/|@|u/|accounts/)([\w.-]+)(?:/|$)")
_POSTS = re.compile(r"(^|/)[^/]*outbox[^/]*\.json$", re.IGNORECASE)
_ACTOR = re.compile(rb'"actor"\s*:\s*"(https?://[^"\\\s]{4,300})"')  # who each entry says that they are
_DATA = re.compile(r"(?:outbox[^/]*|actor|likes|bookmarks)\.json$|\.csv$", re.IGNORECASE)


class Note(msgspec.Struct, gc=False):
    """A post, or a poll (`Question`). Fields of odd types must not cost the post: they are looked at one by one."""

    id: Any = None
    type: Any = None
    summary: Any = None
    inReplyTo: Any = None
    published: Any = None
    url: Any = None
    to: Any = None
    cc: Any = None
    content: Any = None
    attachment: Any = None
    tag: Any = None
    conversation: Any = None
    quote: Any = None
    quoteUri: Any = None
    quoteUrl: Any = None
    oneOf: Any = None
    anyOf: Any = None
    name: Any = None


class Activity(msgspec.Struct, gc=False):
    """One entry of the outbox: `Create` holds a post, `Announce` (a boost) the address of someone else's."""

    id: Any = None
    type: Any = None
    published: Any = None
    to: Any = None
    cc: Any = None
    object: Note | str | list[Any] | int | None = None


class Reader(Account):
    """Who the person is, and which pictures lie in the archive. `lists` are told at the end: title, where, addresses."""

    platform = NAME

    def begin(self) -> None:
        """Read actor.json; tell CSV files that were renamed by what is in them."""
        self.id: str | None = None
        self.name: str | None = None
        self.followers: str | None = None
        self.prefix = f"{NAME}:?:"
        self.told: set[int] = set()  # of keys their hashes, which for a million posts are half as much
        self.lists: dict[str, tuple[str, dict[str, None]]] = {}
        self.strange: set[str] = set()
        self.moved: str | None = None
        self.others: list[str] = []
        self.files: dict[str, list[str]] = {}
        for path in self.members:
            if not _DATA.search(path):
                self.files.setdefault(path.rsplit("/", 1)[-1], []).append(path)
        self.described = False
        self.outbox = next((m for m in self.members if _POSTS.search(m)), None)
        packed = self.origin(self.outbox).lower() if self.outbox else ""
        self.era = "until 2023" if packed.endswith((".tar.gz", ".tgz")) else "2023 onward" if packed.endswith(".zip") else ""
        self.attempt(self._owner)
        if self.id is None and self.outbox is not None and (said := _ACTOR.search(self.head_of(self.outbox, 1 << 16))):
            self.id = said[1].decode("utf-8", "replace")
            if self.account is None and (match := _PATH.match(self.id)) and not match[2].isdecimal():
                self.account = f"{match[2]}@{match[1]}"
            self.prefix = f"{NAME}:{self.id.split('://', 1)[-1]}:"
        self._tables()

    def _owner(self) -> None:
        found = self.document(r"actor\.json")
        if isinstance(found, dict):
            address = found.get("id")
            self.id = address if isinstance(address, str) else None
            self.described = True
            user, name = found.get("preferredUsername"), found.get("name")
            host = self.id.split("/")[2] if self.id and self.id.count("/") > 2 else None
            if isinstance(user, str) and user:
                self.account = f"{user}@{host}" if host else user
            self.name = name.strip() or None if isinstance(name, str) else None
            self.followers = found.get("followers") if isinstance(found.get("followers"), str) else None
            self.moved = found.get("movedTo") if isinstance(found.get("movedTo"), str) else None
            self.others = texts(found.get("alsoKnownAs"))
            who = self.id.split("://", 1)[-1] if self.id else digest(self.account or "?")
            self.prefix = f"{NAME}:{who}:"

    def _tables(self) -> None:
        for path in self.members:
            if path.lower().endswith(".csv"):
                how = table_of(self.head_of(path), path.rsplit("/", 1)[-1])
                if how is not None:
                    self.ways[path] = how

    def once(self, record: Any) -> Iterator[Record]:
        """The record, unless one of its key was told before."""
        mark = hash(record.key)
        if mark not in self.told:
            self.told.add(mark)
            yield record

    @staticmethod
    def plain(value: Any) -> str:
        """The words of an HTML text; "" for what is none."""
        return markup.plain(value).strip() if isinstance(value, str) else ""

    @staticmethod
    def links(value: Any) -> tuple[str, ...]:
        """The addresses an HTML text links to."""
        if not isinstance(value, str) or "<a" not in value:
            return ()
        return markup.links(markup.document(f"<div>{value}</div>".encode("utf-8", "replace")))

    def who(self, address: str) -> str | None:
        """`user@host` of the address of a post or account, where it shows one; the person's own name for their own."""
        if self.id and (address == self.id or address.startswith(self.id + "/")):
            return self.account
        match = _PATH.match(address)
        return f"{match[2]}@{match[1]}" if match and not match[2].isdecimal() else None

    def reach(self, addresses: Iterable[str]) -> Any:
        """Who a list of addresses is: everyone, followers, or nobody but the person."""
        some = list(addresses)
        if any(one in PUBLIC for one in some):
            return "public"
        if any(self.is_followers(one) for one in some):
            return "followers"
        return "off" if not some or some == [self.id] else "unknown"

    def is_followers(self, address: str) -> bool:
        """Whether an address stands for all followers of the person."""
        return (
            address == self.followers
            or (self.id is not None and address == f"{self.id}/followers")
            or (self.followers is None and address.endswith("/followers"))
        )

    def finish(self) -> Iterator[Record]:
        """The person's own lists, and what they should know."""
        for title, (where, people) in sorted(self.lists.items()):
            yield Item(
                platform=NAME,
                account=self.account,
                where=where,
                kind="other",
                key=f"{self.prefix}list:{digest(title)}",
                id=None,
                at=None,
                title=title,
                author="me",
                author_name=self.name or self.account,
                audience="private",
                links=tuple(people),
            )
        if self.outbox is None:
            self.warnings.append(
                "Your posts are not in what you gave: on your server choose Preferences, Import and export, "
                "Request your archive, and add that file."
            )
        elif not self.described:
            self.warnings.append(
                "Your profile is not in what you gave, as actor.json is missing or damaged: ask for the archive again, "
                "and give all of it."
            )
        if missing := unsaid(self.ways.values()):
            told = " or ".join([", ".join(missing[:-1]), missing[-1]] if len(missing) > 1 else missing)
            self.warnings.append(
                f"Whom you {told} is not in what you gave: on your server choose Preferences, Import and export, "
                "and download the CSV files there as well."
            )
        self.warnings.append("No Mastodon file lists your followers or waiting requests: look at them on the site.")
        if self.moved is not None:
            self.warnings.append(f"This account has moved to {self.moved}: ask for the archive there as well.")
        elif self.others:
            named = ", ".join(self.others[:5])
            self.warnings.append(f"Your profile names other accounts of yours: {named}. Look at them too.")
        if self.strange:
            named = ", ".join(sorted(self.strange)[:5])
            self.warnings.append(f"Some entries are of kinds this version does not know ({named}): look at your profile.")


def address_of(value: Any) -> str | None:
    """The address of what is liked or boosted: given bare, or as an object with an `id`."""
    if isinstance(value, Note):
        value = value.id
    elif isinstance(value, dict):
        value = value.get("id") or value.get("object")
    return value if isinstance(value, str) and value else None


def web(address: Any) -> str | None:
    """A web address as it is; None for anything else."""
    return address if isinstance(address, str) and address.startswith(("https://", "http://")) else None


def texts(value: Any) -> list[str]:
    """One text or a list of them, as a list."""
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def dicts(value: Any) -> list[dict[str, Any]]:
    """One object or a list of them, as a list."""
    if isinstance(value, dict):
        return [value]
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
