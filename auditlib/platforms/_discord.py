"""Discord's data package: where its folders are (their names are translated), who the person is, who others are.

Folder names change case and language (`Messages/`, `Serveurs/`, `Compte/`): each is found by what lies in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from auditlib.archive import READ_ERRORS
from auditlib.dates import from_millis
from auditlib.errors import UnsafeArchive
from auditlib.jsonstream import Broken
from auditlib.reading import Account, Ignored, Whole, decode
from auditlib.records import Connection, Conversation, Coverage, Item, Record

NAME = "discord"
SITE = "https://discord.com"
CHANNEL = re.compile(r"(?:^|(?P<parent>.*)/)(?P<folder>c?(?P<id>\d{1,32}))/(?:channel\.json|messages\.(?:json|csv))$")
_GUILD = re.compile(r"(?:^|(?P<parent>.*)/)\d{1,32}/guild\.json$")
_NAMES = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{\s*(?:"\d{1,32}"\s*:\s*(?:"|null)|\}\s*$)')
_NOBODY = re.compile(r"unknown|deleted user|inconnu|unbekannt|desconocid|^(?:none|null)$", re.IGNORECASE)
_DIRECT = re.compile(r"^Direct Message with (?P<name>.+?)(?:#(?P<number>\d{1,4}))?$|^.* (?P<last>\S+)#(?P<end>\d{1,4})$")
NAMES_ONLY = Ignored("names of conversations and who takes part: used with the messages")


class Someone(NamedTuple):
    """Another user: handle as people type it, and the name they show."""

    handle: str | None
    name: str | None


class Talk(NamedTuple):
    """One channel: the conversation as records carry it, who can see it, and the address before a message's id."""

    conversation: Conversation
    audience: Any
    address: str | None
    other: str | None  # the one other person of a direct conversation: id, or name where the package says no more


class Reader(Account):
    """The roots of the package, the person and everybody the package names."""

    platform = NAME

    def begin(self) -> None:
        """Find the folders by what they hold and read user.json."""
        self.id: str | None = None
        self.user: dict[str, Any] = {}
        self.people: dict[str, Someone] = {}
        self.told: set[str] = set()
        self.greeted = ""  # the member whose other person was told
        self.damaged: list[str] = []
        self.talk: Talk | None = None
        self.talk_member = ""
        self._index: dict[str, Any] | None = None
        found = [(p, m) for p in self.members if (m := CHANNEL.search(p))]
        self.roots = {m["parent"] or "" for _, m in found}
        self.servers = {m["parent"] or "" for p in self.members if (m := _GUILD.search(p))}
        written = [(p, m) for p, m in found if not p.endswith("channel.json")]
        ids = [m["id"] for _, m in written]
        self.twice = {identifier for identifier, times in Counter(ids).items() if times > 1}
        self.any_words = bool(written)
        self._say_era([p for p, _ in written], any(m["folder"].startswith("c") for _, m in found))
        self.lists: list[str] = []
        self.account_file = ""
        self._sort_members()
        self.attempt(self._owner)
        self.prefix = f"{NAME}:{self.id or self.account or '?'}:"

    def _say_era(self, written: list[str], lettered: bool) -> None:
        if any(p.endswith(".json") for p in written):
            self.era = "2024 onward"
        elif written:
            self.era = "2021-2024" if lettered else "before December 2021"

    def _sort_members(self) -> None:
        """Which index.json lists channels and which servers; which user.json is the account's."""
        users: list[str] = []
        for path in self.members:
            folder, _, name = path.rpartition("/")
            if name == "index.json":
                if folder in self.roots:
                    self.lists.append(path)
                    self.ways[path] = NAMES_ONLY
                elif folder in self.servers or _NAMES.match(self.head_of(path, 256)):
                    self.ways[path] = Whole(self.list_of_servers)
            elif name == "user.json":
                users.append(path)
        if not users:
            return
        # Beside the folders of messages and servers; deeper ones (Activities/Activities_1/users/user.json) are none.
        tops = {root.rpartition("/")[0] for root in self.roots | self.servers}
        folders = {path: path.rpartition("/")[0] for path in users}
        likely = [p for p, f in folders.items() if not tops or f in tops or f.rpartition("/")[0] in tops]
        likely = [p for p in likely if not p.endswith("users/user.json")]
        self.account_file = min(likely, key=lambda p: (p.count("/"), p), default="")
        for path in users:
            if path != self.account_file:
                self.ways[path] = Ignored("what you did in activities and games: no words of yours")

    def list_of_servers(self, document: Any, a: Any) -> Iterator[Record]:
        """The servers by id and name."""
        for identifier, name in document.items():
            yield from self.server(str(identifier), text_of(name))

    def server(self, identifier: str, name: str | None) -> Iterator[Record]:
        """A server the person is in: no words of theirs, but its name may say where they work or who is there."""
        key = f"{self.prefix}server:{identifier}"
        if key not in self.told:
            self.told.add(key)
            yield Item(
                platform=NAME,
                account=self.account,
                where=self.where,
                kind="other",
                key=key,
                id=identifier,
                at=None,
                title="A server you are in",
                text=name or "",
                author="me",
                author_name=self.account,
                url=f"{SITE}/channels/{identifier}",
            )

    def _owner(self) -> None:
        document = self.read_json(self.account_file) if self.account_file else None
        if not isinstance(document, dict):
            return
        self.user = document
        self.id = text_of(document.get("id"))
        self.account = handle_of(document) or self.id
        for relation in listed(document.get("relationships")):
            user = relation.get("user")
            user = user if isinstance(user, dict) else {}
            if identifier := text_of(relation.get("id")) or text_of(user.get("id")):
                name = text_of(relation.get("nickname")) or text_of(user.get("global_name"))
                self.people[identifier] = Someone(handle_of(user), name)

    def read_json(self, path: str) -> Any:
        """A small document of the package, None when it is not there or cannot be read."""
        if path not in self.tree.members:
            return None
        try:
            document = decode(self.tree.read(path))
        except (*READ_ERRORS, UnsafeArchive, Broken):
            document = None
        if not isinstance(document, dict) and path != self.account_file:  # reading that one will say so
            self.damaged.append(path)
        return document

    def index(self, channel: str) -> str | None:
        """What the list of channels calls one; None for nothing, null and wordings of "unknown"."""
        if self._index is None:
            self._index = {}
            for path in self.lists:
                document = self.read_json(path)
                self._index |= document if isinstance(document, dict) else {}
        name = self._index.get(channel)
        return name if isinstance(name, str) and name.strip() and not _NOBODY.search(name) else None

    def shown(self, identifier: str) -> str:
        """A user as the person knows them: handle or name, else the id."""
        if identifier == self.id:
            return self.account or identifier
        who = self.people.get(identifier)
        return (who.handle or who.name or identifier) if who else identifier

    def current(self) -> Talk:
        """The channel whose messages are being read."""
        if self.talk is None or self.talk_member != self.member:
            self.talk, self.talk_member = self._channel(self.member), self.member
        return self.talk

    def _channel(self, path: str) -> Talk:
        match = CHANNEL.search(path)
        if match is None:  # a file of messages given on its own
            return Talk(Conversation(None, None, (), True), "unknown", None, None)
        beside = self.read_json(f"{path.rpartition('/')[0]}/channel.json")
        channel: dict[str, Any] = beside if isinstance(beside, dict) else {}
        identifier = match["id"]
        guild = channel.get("guild")
        listed_as, name = self.index(identifier), text_of(channel.get("name"))
        people = [text_of(p.get("id")) if isinstance(p, dict) else text_of(p) for p in _list(channel.get("recipients"))]
        recipients = [p for p in people if p]
        kind = str(channel.get("type", "")).upper()
        if isinstance(guild, dict):
            where, server = text_of(guild.get("id")), text_of(guild.get("name"))
            title = listed_as or name
            if name and server:
                title = f"{name} ({server})"
            address = f"{SITE}/channels/{where}/{identifier}/" if where else None
            return Talk(Conversation(identifier, title, (), True), "group", address, None)
        home = f"{SITE}/channels/@me/{identifier}/"
        direct = _DIRECT.match(listed_as) if listed_as else None
        # Who takes part decides: the type has changed its form, though of a server that was left there is nothing else.
        if len(recipients) > 2 or (not recipients and kind in ("3", "GROUP_DM")):
            names = tuple(self.shown(p) for p in recipients)
            return Talk(Conversation(identifier, name or listed_as, names, True), "group", home, None)
        if recipients or kind in ("1", "DM") or (direct and direct["name"]):
            others = [p for p in recipients if p != self.id]
            other = others[0] if len(others) == 1 else None
            called = _with_number(direct) if direct else None
            if other and called and other not in self.people:
                self.people[other] = Someone(called, None)
            names = tuple(self.shown(p) for p in recipients) or ((called,) if called else ())
            title = (self.shown(other) if other in self.people else None) if other else called
            return Talk(Conversation(identifier, title, names, False), "direct", home, other or called)
        audience = "group" if kind else "unknown"
        return Talk(Conversation(identifier, name or listed_as, (), True), audience, None, None)

    def person(self, relation: Any, identifier: str | None, since: str | None = None) -> Iterator[Record]:
        """A relation to one user, told once."""
        if not identifier:
            return
        numbered = identifier.isdecimal()
        who = self.people.get(identifier) or Someone(None if numbered else identifier, None)
        key = f"{self.prefix}{relation}:{identifier}"
        if key not in self.told:
            self.told.add(key)
            yield Connection(
                platform=NAME,
                account=self.account,
                where=self.where,
                key=key,
                relation=relation,
                id=identifier if numbered else None,
                handle=who.handle,
                name=who.name,
                since=since,
                url=f"{SITE}/users/{identifier}" if numbered else None,
            )

    def finish(self) -> Iterator[Record]:
        """What could not be read of who takes part where, and what the person should know."""
        for path in dict.fromkeys(self.damaged):
            yield Coverage(
                platform=NAME,
                account=self.account,
                state="failed",
                member=path,
                reason="it is not in a form that can be read: the messages stand without the names it holds",
            )
        if self.any_words:
            self.warnings.append(
                "Discord gives only what you wrote yourself: what others wrote to you is not in this package, so look at "
                "conversations in the app too."
            )
        else:
            self.warnings.append("There are no messages in this package: ask Discord again and tick Messages.")
        if not self.user:
            self.warnings.append(
                "Your friends, requests and blocked people are not in this package: ask Discord again and tick Account."
            )


def text_of(value: object) -> str | None:
    """An id or a name as text; None for what is neither. Ids pass 2^53: a number stays a whole one."""
    return str(value).strip() or None if isinstance(value, str | int) and not isinstance(value, bool) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def listed(value: Any) -> list[dict[str, Any]]:
    """The objects in a list; [] for what is no list."""
    return [one for one in _list(value) if isinstance(one, dict)]


def handle_of(user: dict[str, Any]) -> str | None:
    """`name`, or `name#0042` of before 2023; the number is exported without its leading zeros, 0 for a name of the new kind."""
    name, number = text_of(user.get("username")), text_of(user.get("discriminator"))
    if name and number and number.isdecimal() and int(number):
        return f"{name}#{int(number):04}"
    return name


def _with_number(found: re.Match[str]) -> str | None:
    name, number = found["name"] or found["last"], found["number"] or found["end"]
    return f"{name}#{int(number):04}" if number and int(number) else name


def from_id(identifier: str | None) -> str | None:
    """The moment inside a Discord id (milliseconds since 2015-01-01 UTC) -> ISO text."""
    if not identifier or not identifier.isdecimal() or not 10 < len(identifier) <= 20:
        return None
    return from_millis((int(identifier) >> 22) + 1420070400000)
