"""X's archive of before August 2018 ("Grailbird"): a script of posts for each month, the same as tweets.csv, user_details.js.

It holds posts only: no messages, likes or followers. Format facts: timhutton/twitter-archive-parser, dogsheep, the README of
such archives; each post carries whether the account was protected when the archive was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from auditlib.dates import from_utc
from auditlib.platforms._x import NAME, Reader, text_of
from auditlib.platforms._x_posts import Tweet, tweets
from auditlib.records import Item, ProfileFact, Quoted, Record
from auditlib.text import digest, unescape_basic

COLUMNS = (
    "tweet id", "in reply to status id", "in reply to user id", "timestamp", "text", "retweeted status id", "expanded urls",
)  # fmt: skip
_SHORT = re.compile(r"https?://t\.co/\w+")
_REPOST = re.compile(r"RT @\w+:\s")


def monthly(record: dict[str, Any], a: Reader) -> Iterator[Record]:
    """One post of a month's script; of a repost the original is there whole, with its id."""
    original = record.get("retweeted_status")
    user = record.get("user")
    protected = user.get("protected") if isinstance(user, dict) else None
    if isinstance(user, dict) and isinstance(original, dict) and not _REPOST.match(str(record.get("text"))):
        original = None
    post = msgspec.convert(record | {"created_at": from_utc(text_of(record.get("created_at")))}, Tweet)
    audience = {True: "followers", False: "public"}.get(protected) if isinstance(protected, bool) else None
    for made in tweets(post, a, audience=audience):
        assert isinstance(made, Item)
        if isinstance(protected, bool) and (a.protected is None or (made.at or "") > a.protected[0]):
            a.protected = made.at or "", protected, a.where
        if isinstance(original, dict):
            yield _with_original(made, original)
        else:
            yield made


def _with_original(made: Item, original: dict[str, Any]) -> Item:
    author = original.get("user")
    handle = text_of(author.get("screen_name")) if isinstance(author, dict) else None
    text = unescape_basic(original.get("text") or original.get("full_text") or "")
    for link in (original.get("entities") or {}).get("urls") or ():
        if short := text_of(link.get("url")):
            text = text.replace(short, text_of(link.get("expanded_url")) or short)
    identifier = text_of(original.get("id_str")) or text_of(original.get("id"))
    quoted = Quoted(identifier, handle or (made.quoted.author if made.quoted else None), text or None)
    return msgspec.structs.replace(made, kind="repost", text=text or made.text, quoted=quoted)


def row(cells: tuple[str, ...], a: Reader) -> Iterator[Record]:
    """One row of tweets.csv: told only where no month's script told it."""
    identifier, parent, to, moment, text, reposted, addresses = cells
    if not identifier.isdecimal():
        raise ValueError
    full = tuple(dict.fromkeys(link for link in addresses.split(",") if "://" in link))
    short = tuple(dict.fromkeys(_SHORT.findall(text)))
    if len(full) == len(short):  # else it is not said which is which
        text = _SHORT.sub(lambda m: full[short.index(m[0])], text)
    post = Tweet(
        id_str=identifier, created_at=from_utc(moment), full_text=text, in_reply_to_status_id_str=parent or None,
        in_reply_to_user_id_str=to or None,
    )  # fmt: skip
    for made in tweets(post, a):
        assert isinstance(made, Item)
        quoted = made.quoted
        if reposted and quoted is not None:
            quoted = Quoted(reposted, quoted.author, quoted.text)
        yield msgspec.structs.replace(made, links=full or made.links, quoted=quoted)


def details(document: Any, a: Reader) -> Iterable[Record]:
    """The profile as it was."""
    for key, fact in (("screen_name", "handle"), ("full_name", "name"), ("bio", "bio"), ("location", "location")):
        if value := (text_of(document.get(key)) or "").strip():
            yield from a.once(
                ProfileFact(
                    platform=NAME, account=a.account, where=a.where, key=f"{a.prefix}profile:{fact}:{digest(value)}",
                    fact=fact, value=unescape_basic(value),  # type: ignore[arg-type]
                )
            )  # fmt: skip
