"""One file per platform; this list is the registry. A platform is imported only when it is asked for.

A platform module holds:
    NAME, TITLE     its id in records, and what people call it
    MARKERS         patterns of member paths that only this platform has; the group `root` is what lies before the export
    SHARED          (optional) a pattern of paths that several platforms have alike, used for what no marker explains
    TOGETHER        (optional) names of files that only together, in one folder, are a sign of this platform
    SNIFF           a pattern of the first bytes of a file handed over on its own, or a function of these and its name, or None
    ONE             (optional) True: everything of this platform given together is one account (chats in a zip each)
    SNIFF           how a file handed over on its own begins: a pattern, a function (first bytes, name) -> bool, or None
    Reader          a `reading.Account`: reads who the person is in `begin`, says what is left in `finish`
    SITES, FIND     the hosts of its own addresses ("@": in the account's name); where to look for a post that has no address
    NOT_HELD        columns of docs/platforms.md that the export does not hold;  NOT_YET  that this version does not read
    ASK             how to ask the platform for the right export, shown to the person
Adding one is one new file and its name here.
"""

from __future__ import annotations

import importlib
from functools import cache
from types import ModuleType

from auditlib.records import Connection, Item, ProfileFact, Record, Setting
from auditlib.ways import Asking

NAMES = (
    "x",
    "facebook",
    "messenger",
    "instagram",
    "threads",
    "tiktok",
    "snapchat",
    "linkedin",
    "youtube",
    "google-maps",
    "pinterest",
    "reddit",
    "whatsapp",
    "telegram",
    "discord",
    "mastodon",
    "bluesky",
    "tumblr",
    "wordpress",
    "blogger",
    "medium",
    "discourse",
    "strava",
    "bereal",
    "generic",
)


# The columns of docs/platforms.md: which kinds of items, relations and other records stand in each.
COLUMNS = {
    "posts": {"post", "bio", "other"},
    "stories": {"story"},
    "reposts": {"repost"},
    "comments": {"comment"},
    "messages": {"message"},
    "reactions": {"reaction"},
    "reviews": {"review"},
    "friends": {"friend", "close_friend"},
    "followers": {"follower"},
    "following": {"following"},
    "requests": {"request_received", "request_sent", "request_rejected", "removed"},
    "blocked": {"blocked", "muted"},
    "address-book": {"contact"},
    "profile": {"profile"},
    "settings": {"setting"},
}


def column_of(record: Record) -> str | None:
    """The column a record belongs to; None for coverage, and for people who are known by a message only."""
    word = {Item: "kind", Connection: "relation"}.get(type(record))
    said = getattr(record, word) if word else {ProfileFact: "profile", Setting: "setting"}.get(type(record))
    return next((name for name, kinds in COLUMNS.items() if said in kinds), None)


def load(name: str) -> ModuleType:
    """The module of a platform."""
    return importlib.import_module(f"auditlib.platforms.{name.replace('-', '_')}")


def every() -> list[ModuleType]:
    """All platform modules, in registry order."""
    return [load(name) for name in NAMES]


@cache
def titles() -> dict[str, str]:
    """What people call each platform, by id, in registry order."""
    return {m.NAME: m.TITLE for m in every()}


def asking() -> dict[str, Asking]:
    """How to ask each platform for its export, by id, for those that give one."""
    return {m.NAME: ask for m in every() if (ask := getattr(m, "ASK", None)) is not None}


def sites(name: str) -> tuple[str, ...]:
    """The hosts of a platform's own addresses; "@" where the host is in the account's name."""
    return tuple(load(name).SITES) if name in NAMES else ()


def finding(name: str) -> str:
    """Where to look for something on a platform, one sentence with {day} and {account}; "" for a platform not known."""
    return str(load(name).FIND) if name in NAMES else ""
