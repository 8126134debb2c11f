"""Snapchat's account: who the person is, what was met on the way, and the small things all record functions share."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO

import msgspec

from auditlib.archive import READ_ERRORS
from auditlib.errors import UnsafeArchive
from auditlib.jsonstream import BadElement, Broken
from auditlib.jsonwalk import Nothing, Part, Path, parts
from auditlib.markup import document
from auditlib.platforms._snapchat_tables import rows
from auditlib.platforms._told import Told, moment, plain
from auditlib.reading import Account, Ignored, guarded
from auditlib.records import Connection, Coverage, Item, Media, ProfileFact, Record, Setting
from auditlib.text import digest

NAME = "snapchat"
TEAM = "teamsnapchat"  # Snapchat itself: a friend of everybody, and a sender of notices
_OWNER_PAGE = 1 << 20  # bytes of account.html that are looked at
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_LINK = re.compile(r"https?://[^\s<>\"]+")
_MEDIA_ID = re.compile(r"^\d{4}-\d\d-\d\d_(.+?)(?:\.\w{1,5})?$")
_KINDS = (
    (re.compile(r"\.(jpe?g|png|webp|heic|gif)$", re.IGNORECASE), "photo"),
    (re.compile(r"\.(mp4|mov|webm|m4v|3gp)$", re.IGNORECASE), "video"),
    (re.compile(r"\.(m4a|aac|mp3|ogg|opus|wav)$", re.IGNORECASE), "audio"),
)
MEDIA_TYPES = {"image": "photo", "photo": "photo", "video": "video", "note": "audio", "audio": "audio", "sticker": "sticker"}

Function = Callable[[Any, "Reader"], Iterable[Record]]


def said(value: object) -> str:
    """A value as text, entities undone once; "" for null, for N/A, and for what is no text or number."""
    if not value or isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value).strip()
    return "" if text in ("", "N/A") else unescaped(text)


def unescaped(text: str) -> str:
    """Undo HTML entities once, only whole ones: `AT&T` and `Q&A` are what somebody typed."""
    return _ENTITY.sub(lambda m: html.unescape(m[0]), text) if "&" in text else text


def links(text: str) -> tuple[str, ...]:
    """Web addresses in a text."""
    return tuple(_LINK.findall(text)) if "://" in text else ()


def profile_url(handle: str | None) -> str | None:
    """Where a user name leads, if it is one."""
    return f"https://www.snapchat.com/add/{handle}" if handle and re.fullmatch(r"[\w.-]{1,40}", handle) else None


class _Sent(msgspec.Struct):
    sender: Any = msgspec.field(default=None, name="From")
    mine: Any = msgspec.field(default=None, name="IsSender")


class Reader(Account):
    """Who the person is, friends' display names, and which saved media a chat entry points to."""

    platform = NAME

    def begin(self) -> None:
        """Read account.json; leave web pages aside that say what a JSON file says."""
        self.told = Told()
        self.known: set[str] = set()
        self.path: Path = ()
        self.talk: Any = None  # the conversation being read
        self.display: str | None = None
        self.people: dict[str, str] = {}  # user name -> display name
        self.senders: dict[str, dict[str, tuple[str, ...]]] = {}  # member -> group -> who wrote in it
        self.shapes: set[int] = set()
        self.from_team = 0
        self.memories = False
        self.left: dict[tuple[str, str, str], None] = {}
        self.two_factor: tuple[str, str, str] | None = None
        self._files: dict[str, str] | None = None
        self.attempt(self._owner)
        self.attempt(self._made)
        self._known()
        data = {m.rsplit("/", 1)[-1].rpartition(".")[0].lower() for m in self.members if m.lower().endswith(".json")}
        for member in self.members:
            if data and member.lower().endswith((".html", ".htm")):
                stem = re.sub(r"^.*?html/", "", member, flags=re.IGNORECASE).rpartition(".")[0].partition("/")[0].lower()
                if stem in data or stem == "index":
                    self.ways[member] = Ignored("web pages that say what the JSON files say")

    def _owner(self) -> None:
        about = self.document(r"account( ?\(\d+\))?\.json")
        basic = about.get("Basic Information") if isinstance(about, dict) else None
        if about is None:
            basic = self._page_owner()
        if isinstance(basic, dict):
            self.account, self.display = said(basic.get("Username")) or None, said(basic.get("Name")) or None

    def settle(self) -> None:
        """Where no part holds the account, the person is who sent what is marked as sent."""
        for member in self.members if self.account is None else ():
            if re.search(r"(^|/)(?:chat|snap)_history( ?\(\d+\))?\.json$", member, re.IGNORECASE):
                self.account = self.account or self._sender(member)
        self._known()

    def _known(self) -> None:
        self.prefix = f"{NAME}:{self.account or ''}:"
        self.names = frozenset(n.casefold() for n in (self.account, *self.me) if n)

    def _sender(self, member: str) -> str | None:
        """Under which name the person sent something, where only chats were given."""
        with suppress(Broken, UnsafeArchive, *READ_ERRORS), self.tree.open(member) as stream:
            for part in parts(stream, kind=lambda path: _Sent if path else Nothing):
                if isinstance(part, Part) and part.listed:
                    for one in part.values:
                        if getattr(one, "mine", None) is True and (name := said(one.sender)):
                            return name
        return None

    def _page_owner(self) -> dict[str, Any] | None:
        """Who the person is by account.html, where there is no JSON."""
        for member in self.members:
            if re.search(r"(^|/)html/account\.html?$", member, re.IGNORECASE):
                page = self.head_of(member, _OWNER_PAGE)
                return next((row for _, row in rows(document(page)) if "Username" in row), None) if page else None
        return None

    def _made(self) -> None:
        history = self.document(r"account_history( ?\(\d+\))?\.json")
        asked = history.get("Download My Data Reports") if isinstance(history, dict) else None
        dates = (
            [t for one in asked if isinstance(one, dict) and (t := moment(one.get("Date")))] if isinstance(asked, list) else []
        )
        self.edition = max(dates, default="")

    def file(self, identifier: str) -> str | None:
        """The saved picture or film of an id in a chat entry, if it was given. Who sent it is the entry's to say."""
        if self._files is None:
            self._files = {}
            for path in self.members:
                if "chat_media/" in path and (found := _MEDIA_ID.match(path.rsplit("/", 1)[-1])):
                    self._files.setdefault(found[1], path)
        return self._files.get(identifier)

    def item(self, kind: Any, what: str, at: str | None, text: str, mark: str = "", **facts: Any) -> list[Record]:
        """One item, [] when it was told before; `mark` is what else tells it from others of that second."""
        key = self.told.key(f"{self.prefix}{what}:{digest(at or '', text, mark)}", (self.member, self.path))
        if key is None:
            return []
        if "author" not in facts:
            facts["author"], facts["author_name"] = "me", self.account
        return [
            Item(platform=NAME, account=self.account, where=self.where, kind=kind, key=key, id=None, at=at, text=text, **facts)
        ]

    def connection(self, relation: Any, handle: str, name: str, since: str | None = None) -> list[Record]:
        """One relation, told once."""
        key = f"{self.prefix}{relation}:{handle or digest(name)}"
        if handle.casefold() == TEAM or not (handle or name) or key in self.known:
            return []
        self.known.add(key)
        return [
            Connection(
                platform=NAME, account=self.account, where=self.where, key=key, relation=relation, handle=handle or None,
                name=name or None, since=since, url=profile_url(handle),
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

    def setting(self, row: str, value: Any, raw: str, where: str, seen_at: str | None = None) -> Setting:
        """One setting the export holds."""
        return Setting(
            platform=NAME, account=self.account, where=where, id=f"{NAME}.{row}", value=value, raw=raw, seen_at=seen_at
        )

    def aside(self, state: str, section: str, reason: str) -> None:
        """Note a part of a file that is not read."""
        self.left[state, section, reason] = None

    def finish(self) -> Iterator[Record]:
        """Two-factor authentication as its newest event says, what was left aside, and what the person should know."""
        if self.two_factor is not None:
            at, event, where = self.two_factor
            off = re.search(r"disabl|\boff\b|remov|deactivat", event, re.IGNORECASE)
            on = re.search(r"enabl|\bon\b|added|activat", event, re.IGNORECASE)
            yield self.setting(
                "two-factor-authentication",
                "off" if off else "on" if on else "unknown",
                event,
                where,
                self.edition or at or None,
            )
        if self.from_team:
            self.aside("ignored", "Team Snapchat", "messages and snaps from Snapchat itself: not read")
        for state, section, reason in self.left:
            yield Coverage(platform=NAME, account=self.account, state=state, member=section, reason=reason, count=1)  # type: ignore[arg-type]
        self.era = "2023 onward" if 2 in self.shapes else "to about 2022" if 1 in self.shapes else ""
        self._warn()

    def _warn(self) -> None:
        say = self.warnings.append
        names = [m.lower() for m in self.members]
        data = [n for n in names if n.endswith(".json")]
        pages = [n for n in names if n.endswith((".html", ".htm"))]
        if not data and not pages:
            say(
                "Only pictures and videos are in what was given: it is a further part of your Snapchat download. Your chats, "
                "friends and account are in its first part, the file mydata~….zip without -2, -3 … at the end: add that one."
            )
        elif not data:
            say(
                "This Snapchat download is web pages only, of which little can be read: ask Snapchat for it again "
                "and choose JSON."
            )
        elif self.account is None:
            say(
                "This download does not say whose it is: ask Snapchat for it again and choose your account's information "
                "as well."
            )
        if data and not any(re.search(r"(^|/)friends[^/]*\.json$", n) for n in names):
            say("Your friends are not in this download: ask Snapchat for it again and choose friends as well.")
        if data and not any(re.search(r"(^|/)chat_history[^/]*\.json$", n) for n in names):
            say("Your chats are not in this download: ask Snapchat for it again and choose chat history as well.")
        elif data:
            say(
                "Snapchat gives only messages that were saved or not yet deleted, and no ordinary snaps or stories: "
                "what is not here may still have been sent."
            )
        if self.memories or any("memories/" in n for n in names):
            say("Captions in Memories are part of the picture and are not read: look through Memories in the app.")


def sections(
    table: dict[str, Function], whole: frozenset[str] = frozenset(), rest: str = ""
) -> Callable[[BinaryIO, Reader], Any]:
    """The function for a file of named lists: each list's entries go to the function under its plain name.

    A section may be missing, empty, a text or a number: then nothing was there. `whole` names objects that are one entry.
    `rest` is why other sections are left aside; without it they are unknown when they hold something.
    """

    def read(stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
        count = 0
        for part in parts(stream, lambda path: plain(path[-1]) in whole if path else False):
            if isinstance(part, BadElement):
                yield BadElement(count + part.position, part.detail)
                continue
            a.path = part.path
            function = table.get(plain(part.path[0])) if part.path else None
            if function is None:
                _aside(part, a, rest)
                continue
            if not part.listed and not isinstance(part.values[0], dict):
                continue
            for value in part.values:
                a.position = count
                yield from guarded(function, value, a)
                count += 1

    return read


def _aside(part: Part, a: Reader, rest: str) -> None:
    section = f"{a.member.rsplit('/', 1)[-1]}: {part.path[0][:80] if part.path else 'a list'}"
    if rest:
        a.aside("ignored", a.member.rsplit("/", 1)[-1] + ", other parts", rest)
    elif part.listed and part.values:
        a.aside("unknown", section, "a part not known to this version: it may hold something worth a look by hand")


def kind_of(path: str | None) -> str | None:
    """What a file is by the ending of its name."""
    return next((kind for pattern, kind in _KINDS if path and pattern.search(path)), None)


def media(a: Reader, kind: str, identifiers: str) -> tuple[Media, ...]:
    """The media of a chat entry: by its ids, whose separator was not seen for sure, else one of the entry's own type."""
    if not identifiers and kind == "text":
        return ()
    made = []
    for identifier in re.findall(r"[\w~=+/-]+", identifiers):
        path = a.file(identifier)
        made.append(Media(path, kind_of(path) or MEDIA_TYPES.get(kind, "file")))
    if not made and kind not in ("text", "share", "") and not kind.startswith("status"):
        made.append(Media(None, MEDIA_TYPES.get(kind, "file")))
    return tuple(made)
