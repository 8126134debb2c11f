"""Discord: the data package (`package.zip`). It holds the person's own messages only, never what others wrote.

Eras: `messages/<id>/messages.csv` until December 2021, then `messages/c<id>/`, and messages.json instead of the CSV since about
March 2024. Format facts: purarue/discord_data, Androz2091/discord-data-package-explorer, PlanetTeamSpeakk's
DiscordPackageParser, dolfies/discord-protos.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from auditlib.dates import from_iso, from_utc
from auditlib.platforms import _discord
from auditlib.platforms._discord import NAMES_ONLY, SITE, from_id, listed, text_of
from auditlib.platforms._discord_settings import facts, settings
from auditlib.platforms._headings import first_row
from auditlib.reading import Asking, Each, Ignored, Rows, Table, Whole
from auditlib.records import Item, Media, Record
from auditlib.text import digest

NAME, TITLE = _discord.NAME, "Discord"
_ROOT = r"^(?P<root>(?:[^/]+/)*?)"
MARKERS = (
    re.compile(_ROOT + r"(?:[^/]+/)?c?\d{1,32}/channel\.json$"),
    re.compile(_ROOT + r"(?:[^/]+/)?\d{15,32}/guild\.json$"),
)
SITES: tuple[str, ...] = ("discord.com",)
FIND = "In Discord, open the server or conversation and search for: from:{account} with a few of the words."
NOT_HELD = ("stories", "reposts", "comments", "reactions", "reviews", "followers", "following", "address-book")
NOT_YET: tuple[str, ...] = ()
ASK = Asking(
    where="User settings > Data & Privacy > Request all of my data (before 2025: Privacy & Safety)",
    steps=(
        "Open the settings in the app or on discord.com and find the request for your data.",
        "Tick the boxes named below and send the request.",
        "Discord writes to the e-mail address of your account when package.zip is ready.",
        "Give the zip to the audit as it is.",
    ),
    choose="At least Account, Messages and Servers. There is no choice of format or dates: it is all time.",
    wait="Up to 30 days.",
    lasts="",
    url="https://discord.com/channels/@me",
)
_MOST_LOOSE = 50  # files given on their own whose first bytes are looked at
_COLUMNS = {"id", "timestamp", "contents", "attachments"}
_LOOSE_MESSAGES = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\[\s*\{\s*"ID"\s*:\s*"?\d+"?\s*,\s*"Timestamp"\s*:')
_LOOSE_ACCOUNT = re.compile(
    rb'^(?:\xef\xbb\xbf)?\s*\{\s*"id"\s*:\s*"?\d{15,20}"?\s*,\s*"username"\s*:'
    rb'(?=[\s\S]*"(?:discriminator|avatar_hash|has_mobile|premium_until|global_name)"\s*:)'
)
# User, role, channel, own emoji, slash command.
_TOKEN = re.compile(r"<(?:@!?(?P<user>\d+)|#(?P<channel>\d+)|a?:(?P<emoji>\w+):\d+|/(?P<command>[^:<>]+):\d+)>")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`*|]+")
_KINDS = (
    ("photo", re.compile(r"\.(?:jpe?g|png|gif|webp|heic|bmp)$", re.IGNORECASE)),
    ("video", re.compile(r"\.(?:mp4|mov|webm|mkv|avi)$", re.IGNORECASE)),
    ("audio", re.compile(r"\.(?:ogg|mp3|wav|m4a|flac)$", re.IGNORECASE)),
)


def SNIFF(head: bytes, name: str) -> bool:
    """Whether a file handed over on its own is a channel's messages or the account's user.json."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        return bool(_LOOSE_MESSAGES.match(head) or _LOOSE_ACCOUNT.match(head))
    return set(first_row(head)) >= _COLUMNS and len(first_row(head)) == len(_COLUMNS)


class Message(msgspec.Struct, gc=False):
    """One message as exported since 2024."""

    ID: int | str | None = None
    Timestamp: str | None = None
    Contents: str | None = None
    Attachments: str | list[str] | None = None


class Reader(_discord.Reader):
    """Also: the servers the person is in, and loose files of other names (`messages (1).json`) by how they begin."""

    def _sort_members(self) -> None:
        super()._sort_members()
        if self.roots or len(self.members) > _MOST_LOOSE:
            return
        for path in self.members:
            head = self.head_of(path)
            if _LOOSE_MESSAGES.match(head):
                self.ways[path], self.any_words = Each(message, Message), True
            elif _LOOSE_ACCOUNT.match(head) and self.account_file in ("", path):
                self.account_file, self.ways[path] = path, Whole(user)
            elif path.lower().endswith(".csv") and set(first_row(head)) == _COLUMNS:
                self.ways[path], self.any_words = _CSV, True

    def finish(self) -> Iterator[Record]:
        """Servers that only the settings name, by their id; then what the person should know."""
        self.member, self.position = self.account_file, 0
        for one in listed(self.user.get("guild_settings")):
            if identifier := text_of(one.get("guild_id")):
                yield from self.server(identifier, None)
        yield from super().finish()


def message(record: Message, a: Reader) -> Iterable[Record]:
    """A message of the person's own, from JSON."""
    identifier = text_of(record.ID)
    files = record.Attachments or ""
    return _message(
        identifier, record.Timestamp or "", record.Contents or "", files if isinstance(files, str) else " ".join(files), a
    )


def row(cells: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """A message of the person's own, from CSV."""
    identifier, timestamp, contents, attachments = cells
    return _message(identifier.strip() or None, timestamp, contents, attachments, a)


def _message(identifier: str | None, timestamp: str, contents: str, attachments: str, a: Reader) -> Iterator[Record]:
    talk = a.current()
    if identifier is None and not (contents or attachments):
        raise ValueError
    at = from_utc(timestamp) or from_id(identifier)
    channel = talk.conversation.id
    key = f"{a.prefix}message:{channel or '?'}:{identifier or digest(timestamp, contents, attachments)}"
    if a.twice and channel in a.twice:
        if key in a.told:
            return
        a.told.add(key)
    if talk.other is not None and a.greeted != a.member:
        a.greeted = a.member
        yield from a.person("messaged", talk.other)
    if "\r" in contents:
        contents = contents.replace("\r\n", "\n")
    text = _TOKEN.sub(lambda found: _spelt(found, a), contents) if "<" in contents else contents
    files = tuple(part.strip(",") for part in attachments.split()) if attachments else ()
    links = tuple(dict.fromkeys((*_ADDRESS.findall(contents), *files))) if files or "://" in contents else ()
    yield Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind="message",
        key=key,
        id=identifier,
        at=at,
        text=text,
        author="me",
        author_name=a.account,
        audience=talk.audience,
        conversation=talk.conversation if channel else None,
        media=tuple(Media(None, _kind(file)) for file in files),
        links=links,
        url=f"{talk.address}{identifier}" if talk.address and identifier else None,
    )


def _kind(address: str) -> str:
    path = address.partition("?")[0]
    return next((kind for kind, ending in _KINDS if ending.search(path)), "file")


def _spelt(found: re.Match[str], a: Reader) -> str:
    """A token as the app shows it where the package says whom or what it means, else as it stands."""
    if user := found["user"]:
        return f"@{a.shown(user)}" if user == a.id or user in a.people else found[0]
    if channel := found["channel"]:
        name = a.index(channel)
        return f"#{name}" if name else found[0]
    return f":{found['emoji']}:" if found["emoji"] else f"/{found['command']}"


_NUMBERS = {"1": "friend", "2": "blocked", "3": "request_received", "4": "request_sent"}  # until about 2024
_WORDS = {
    "FRIEND": "friend", "BLOCKED": "blocked", "PENDING_INCOMING": "request_received", "INCOMING_REQUEST": "request_received",
    "PENDING_OUTGOING": "request_sent", "OUTGOING_REQUEST": "request_sent",
}  # fmt: skip
_NO_RELATION = ("0", "NONE", "5", "IMPLICIT", "6", "SUGGESTION")  # people met, or proposed by the app


def user(document: Any, a: Reader) -> Iterator[Record]:
    """user.json: the profile, people, notes about them, linked accounts and settings."""
    if not isinstance(document, dict) or not ("username" in document or "relationships" in document or "id" in document):
        raise ValueError
    yield from facts(document, a)
    unclear = 0
    if not isinstance(document.get("relationships", []), list):
        a.warnings.append("The list of your friends, requests and blocked people could not be read: look at it in the app.")
    for one in listed(document.get("relationships")):
        within = one.get("user")
        identifier = text_of(one.get("id")) or (text_of(within.get("id")) if isinstance(within, dict) else None)
        word = (text_of(one.get("type")) or "").upper().replace(" ", "_")
        relation = _NUMBERS.get(word) or _WORDS.get(word)
        since = from_iso(text_of(one.get("since")))
        if relation:
            yield from a.person(relation, identifier, since)
        elif word not in _NO_RELATION:
            unclear += 1
        if one.get("user_ignored") is True:
            yield from a.person("muted", identifier)
    if unclear:
        a.warnings.append(
            f"{unclear} of the people in your Discord account {'is' if unclear == 1 else 'are'} listed in a way that this "
            "version does not know: look at your friends, requests and blocked people in the app."
        )
    notes = document.get("notes")
    for identifier, note in notes.items() if isinstance(notes, dict) else ():
        if text := text_of(note):
            yield Item(
                platform=NAME,
                account=a.account,
                where=a.where,
                kind="other",
                key=f"{a.prefix}note:{identifier}",
                id=str(identifier),
                at=None,
                title=f"Your note about {a.shown(str(identifier))}",
                text=text,
                author="me",
                author_name=a.account,
                audience="private",
                url=f"{SITE}/users/{identifier}",
            )
    yield from settings(document, a)


def guild(document: dict[str, Any], a: Reader) -> Iterator[Record]:
    """A server's own file; the list of servers has mostly named it already."""
    if identifier := text_of(document["id"]):
        yield from a.server(identifier, text_of(document.get("name")))


_CSV = Table(row, columns=("id", "timestamp", "contents", "attachments"))
FILES: Rows = (
    (r"user\.json$", Whole(user)),
    (r"\d+/guild\.json$", Whole(guild)),
    (r"messages\.json$", Each(message, Message)),
    (r"messages\.csv$", _CSV),
    (r"c?\d+/channel\.json$", NAMES_ONLY),
    (r"\d+/(?:audit-?log|bans|channels|webhooks|emoji|stickers|members|roles|bots)\.json$",
        Ignored("files of servers that you look after: no messages of yours")),
    (r"(?:.*/)?events-[\w-]+\.json$", Ignored("records of your use of the app: no words of yours")),
    (r"(?:activity|activities|programs|ads|activit[éà]s?|aktivit[äa]t(?:en)?|actividad(?:es)?)(?:_\d+)?/",
        Ignored("records of your use of the app, programs and advertising: no words of yours")),
    (r"support[ _-]tickets/", Ignored("letters to Discord's own support: only its staff see them")),
    (r"(?:account|[^/]+)/(?:applications|user_data_exports?|recent_avatars)/", Ignored("apps you made, and old pictures")),
    (r"README\.txt$", Ignored("Discord's own explanation of the package")),
)  # fmt: skip
