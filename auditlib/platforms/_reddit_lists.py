"""Reddit's smaller tables: communities, people followed, lists, votes, facts about the account and its preferences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from auditlib.dates import from_utc
from auditlib.platforms._reddit import NAME, SITE, Reader, full, words
from auditlib.reading import Table
from auditlib.records import ProfileFact, Record, Setting
from auditlib.text import digest


def communities(title: str) -> Table:
    """Communities the person belongs to: no words of theirs, but a name may say where they live or work."""

    def community(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
        name = row[0].strip().removeprefix("/").removeprefix("r/").strip("/")
        if not name:
            raise ValueError
        key = f"community:{name.casefold()}"
        if a.once(key):  # moderators are subscribers too
            yield a.item("other", key, None, None, f"r/{name}", title=title, url=f"{SITE}/r/{name}/")

    return Table(community, columns=("subreddit",))


def friends(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """An account the person follows, and their private note about it. Who follows them is not exported."""
    name, note = row[0].strip(), row[1].strip()
    if not name:
        raise ValueError
    if a.once(f"following:{name}"):
        yield a.person("following", name, f"{a.prefix}following:{name}")
        if note:
            key = f"note:{name}"
            yield a.item("other", key, None, None, words(note), title=f"Your note about {name}", audience="private")


def multireddits(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """A list of communities with its name and description; `hidden` is a word whose reach is not known."""
    identifier, name, date, description, privacy, held, owner = row
    audience = {"public": "public", "private": "private"}.get(privacy.strip().lower(), "unknown")
    own = owner.strip().lower() not in ("false", "0", "no")
    text = "\n".join(filter(None, (words(description), held)))
    key = f"list:{identifier or digest(date, name)}"
    if name or text:
        yield a.item(
            "other", key, identifier or None, from_utc(date), text, title=name or None, audience=audience,
            author="me" if own else "other", author_name=a.account if own else None,
        )  # fmt: skip


def votes(what: str) -> Table:
    """Votes on posts or on comments. `none` is a vote taken back; the export says neither when nor on which words."""

    def vote(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
        identifier, permalink, direction = row
        if not (identifier or permalink):
            raise ValueError
        key = f"{what}:{identifier or digest(permalink)}"
        if direction.strip().lower() in ("none", "") or not a.once(key):
            return ()
        url = full(permalink) or (f"{SITE}/comments/{identifier}" if what == "post-vote" else None)
        return (a.item("reaction", key, identifier or None, None, "", title=direction.strip(), url=url),)

    return Table(vote, columns=("id", "permalink", "direction"))


def poll_votes(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """The answer the person chose in a poll."""
    post, chosen, text = row
    if not post:
        raise ValueError
    key = f"poll:{post}:{digest(chosen, text)}"
    if a.once(key):
        yield a.item("reaction", key, post, None, words(text) or chosen, url=f"{SITE}/comments/{post}")


def statistics(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """Name and address of the account; the rest are dates and technical figures."""
    fact = {"account name": "handle", "email address": "email"}.get(row[0].strip().casefold().replace("_", " "))
    if fact and row[1].strip():
        yield from _fact(a, fact, row[1].strip())


def fact(name: str, column: str) -> Table:
    """A table that holds one fact."""

    def read(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
        value = row[0].strip()
        if value and value.casefold() not in ("none", "null"):
            yield from _fact(a, name, f"https://x.com/{value.removeprefix('@')}" if name == "website" else value)

    return Table(read, columns=(column,))


def _fact(a: Reader, name: str, value: str) -> Iterator[Record]:
    key = f"{a.prefix}profile:{name}:{digest(value)}"
    if a.once(key):
        yield ProfileFact(platform=NAME, account=a.account, where=a.where, key=key, fact=name, value=value)  # type: ignore[arg-type]


_ON_OFF = {"true": "on", "on": "on", "1": "on", "yes": "on", "false": "off", "off": "off", "0": "off", "no": "off"}
_OPPOSITE = {"on": "off", "off": "on", "unknown": "unknown"}
_WHO = {"everyone": "public", "nobody": "off", "none": "off"}
# Names seen in the site's own preferences. They are not stable: every other one is carried under its own name.
_SEARCHABLE = ("hide-from-robots", "search-engine-indexing", "allow-search-engine-indexing", "show-up-in-search-results")
_REACH = ("accept-pms", "accept-chats", "enable-followers", "allow-followers")


def preferences(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """One of the account's preferences: those of the checklist under its row, the others under their own name."""
    name, raw = row[0].strip(), row[1].strip()
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if not slug or not raw:
        return
    value = _ON_OFF.get(raw.lower(), "unknown")
    if slug in _REACH:  # two settings of the site in one row of the checklist: told once both are known
        a.reach[name] = (_WHO.get(raw.lower(), value), raw, a.where)
        return
    if slug in _SEARCHABLE:
        slug, value = "show-up-in-search-results", _OPPOSITE[value] if slug == "hide-from-robots" else value
    if a.once(f"setting:{slug}"):
        yield _setting(a, slug, value, raw, a.where)


def reachable(a: Reader) -> Iterator[Record]:
    """Who can follow and write to the person: off only where both are known to be off."""
    if not a.reach:
        return
    values = [value for value, _, _ in a.reach.values()]
    value = next((v for v in ("public", "on", "unknown") if v in values), "off")
    both = any("follow" in name for name in a.reach) and any("follow" not in name for name in a.reach)
    raw = ", ".join(f"{name}: {raw}" for name, (_, raw, _) in a.reach.items())
    where = next(iter(a.reach.values()))[2]
    slug = "allow-followers-who-can-chat-send-messages"
    yield _setting(a, slug, "unknown" if value == "off" and not both else value, raw, where)


def _setting(a: Reader, slug: str, value: str, raw: str, where: str) -> Setting:
    return Setting(
        platform=NAME,
        account=a.account,
        where=where,
        id=f"{NAME}.{slug}",
        value=value,  # type: ignore[arg-type]
        raw=raw,
        seen_at=a.edition or None,
    )
