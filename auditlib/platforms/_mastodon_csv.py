"""The CSV files of Mastodon's settings: whom the person follows, mutes and blocks, and the lists they keep.

Two have a header, the others none; older ones have fewer columns (`app/models/export.rb`). The names are those of the download.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from auditlib.csvtable import plain
from auditlib.reading import Ignored, Table, Unknown
from auditlib.records import Connection, Record
from auditlib.text import digest

if TYPE_CHECKING:
    from auditlib.platforms._mastodon_reader import Reader

NAME = "mastodon"
STEM = r"(?:[ _-]?\(?\d{1,8}\)?)*\.csv"  # a browser's " (1)"
ADDRESS = re.compile(r"@?([\w.-]+)@([a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?)$", re.IGNORECASE)
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+$", re.IGNORECASE)
_POST = re.compile(r"https://[^/\s]+/(?:@|users/|ap/users/|notice/|objects/)")
_HEADER = "account address"


def _relation(word: Any) -> tuple[Table, Table]:
    """How to read a list of accounts without a header, and with one."""

    def made(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
        """An account's address, as `user@host`."""
        match = ADDRESS.match(row[0].strip())
        if match is None:
            raise ValueError
        handle = f"{match[1]}@{match[2]}"
        yield from a.once(
            Connection(
                platform=NAME,
                account=a.account,
                where=a.where,
                key=f"{a.prefix}{word}:{digest(handle.casefold())}",
                relation=word,
                handle=handle,
                url=f"https://{match[2]}/@{match[1]}",
            )
        )

    return Table(made, columns=("@0",), bare=True), Table(made, columns=("account address",))


def domains(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """A whole server the person blocks."""
    name = row[0].strip().lower()
    if not _DOMAIN.match(name):
        raise ValueError
    key = f"{a.prefix}blocked:{name}"
    yield from a.once(
        Connection(
            platform=NAME,
            account=a.account,
            where=a.where,
            key=key,
            relation="blocked",
            id=name,
            name=name,
            url=f"https://{name}",
        )
    )


def lists(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """An account on one of the person's own lists: the lists are told at the end, each with whom it holds."""
    title, address = row[0].strip(), row[1].strip()
    match = ADDRESS.match(address)
    if not title or match is None:
        raise ValueError
    a.lists.setdefault(title, (a.where, {}))[1][f"https://{match[2]}/@{match[1]}"] = None
    return ()


FOLLOWED, FOLLOWED_NAMED = _relation("following")
BLOCKED, BLOCKED_NAMED = _relation("blocked")
MUTED, MUTED_NAMED = _relation("muted")
LISTS = Table(lists, columns=("@0", "@1"), bare=True)
DOMAINS = Table(domains, columns=("@0",), bare=True)
BOOKMARKS = Ignored("posts you saved for yourself: not your words")
ADDRESSES = Unknown("a list of accounts that does not say what they are to you: give it its name as it was downloaded")


_EMPTY = {
    "following_accounts": FOLLOWED,
    "blocked_accounts": BLOCKED,
    "muted_accounts": MUTED,
    "blocked_domains": DOMAINS,
}
_SAYS = (("follow", (FOLLOWED, FOLLOWED_NAMED)), ("block", (BLOCKED, BLOCKED_NAMED)), ("mute", (MUTED, MUTED_NAMED)))


def unsaid(ways: Iterable[Any]) -> list[str]:
    """What none of these files tells: whom the person follows, blocks or mutes."""
    held = [how for how in ways if isinstance(how, Table)]
    return [word for word, tables in _SAYS if not any(how is table for how in held for table in tables)]


def table_of(head: bytes, name: str, strict: bool = False) -> Any:
    """How to read a CSV file that begins with `head`: by its header, else by what its cells look like together with its name.

    None when it is not one of these. `strict`: bare addresses, which may be e-mail addresses, count only with a telling name.
    """
    lines = [line for line in head.decode("utf-8-sig", "replace").split("\n")[:20] if line.strip()]
    if len(lines) > 1 and len(head) >= 4000:
        lines.pop()  # it may be cut
    rows = [[cell.strip().strip('"') for cell in line.split(",")] for line in lines]
    if not rows:  # who blocks nobody gets an empty file
        return next((how for stem, how in _EMPTY.items() if name.lower().startswith(stem)), None)
    header = [plain(cell) for cell in rows[0]]
    low = name.lower()

    def most(some: Iterable[list[str]]) -> bool:
        return 2 * sum(1 for _ in some) >= len(rows)

    if header[0] == _HEADER:
        if "hide notifications" in header or "mut" in low:
            return MUTED_NAMED
        if "block" in low:
            return BLOCKED_NAMED
        return FOLLOWED_NAMED if "show boosts" in header or "follow" in low or not strict else None
    if most(row for row in rows if len(row) == 2 and ADDRESS.match(row[1])):
        return LISTS if not strict or "list" in low else None
    if most(row for row in rows if len(row) == 1 and ADDRESS.match(row[0])):
        for word, how in (("block", BLOCKED), ("mut", MUTED), ("follow", FOLLOWED)):
            if word in low:
                return how
        return None if strict else ADDRESSES
    if most(row for row in rows if len(row) == 1 and _DOMAIN.match(row[0])):
        return DOMAINS if "block" in low or "domain" in low else None
    if most(row for row in rows if len(row) == 1 and _POST.match(row[0])):
        return BOOKMARKS if not strict or "bookmark" in low else None
    return None
