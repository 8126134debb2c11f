"""What the person wrote or pressed on LinkedIn: posts, comments, reactions, reposts, votes, articles, uploads, events.

Complete archives only; the small one leaves most of these files out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from auditlib.dates import from_utc
from auditlib.markup import links as links_of
from auditlib.markup import words
from auditlib.platforms._linkedin import Reader
from auditlib.platforms._linkedin_forms import NAME, Row, blank, urn, utc, web
from auditlib.records import Audience, Item, Media, Quoted, Record, ReplyTo

# MEMBER_NETWORK is the word beside most posts; what it means on the page is not documented, so it stays the export's own.
_AUDIENCES: dict[str, Audience] = {"public": "public", "connections": "friends", "member network": "network"}
_DATED = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T_](\d\d)[:_-](\d\d)[:_-](\d\d))?")
_ONE_FILE = (Media(None, "file"),)
_SAID = re.compile(r"(created|published) on (\d{4}-\d\d-\d\d)(?: (\d\d:\d\d)(:\d\d)?)?\s*$", re.IGNORECASE | re.MULTILINE)


def said(text: str) -> str:
    """A post's words without the quotation marks that stood around its lines.

    Reported of some exports: each line break is `"`, a break, `"`. Marks are only taken away where the cell as a whole shows
    that pattern, never from a post that quotes somebody.
    """
    if '"' not in text or "\n" not in text:
        return text
    lines = text.replace("\r\n", "\n").split("\n")
    bare = [line.strip() for line in lines]
    wrapped = [len(line) > 1 and line[0] == line[-1] == '"' for line in bare]
    told = sum(1 for line in bare if line and line != '"')
    if '"' in bare or (told > 1 and sum(wrapped) == told):
        return "\n".join(
            "" if b == '"' else b[1:-1] if w else line for line, b, w in zip(lines, bare, wrapped, strict=True)
        ).strip("\n")
    if all(above.endswith('"') and below.startswith('"') for above, below in pairwise(lines)):
        return "\n".join(lines).replace('"\n"', "\n")
    return text


def _item(a: Reader, kind: Any, key: str, at: str | None, text: str, **more: Any) -> Item:
    """An item of the person's own, of which there are few."""
    return Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind=kind,
        key=key,
        id=None,
        at=at,
        text=text,
        author="me",
        author_name=a.name or None,
        **more,
    )


def share(row: Row, a: Reader) -> Iterable[Record]:
    """A post, or without words of the person's own a reshare of what `SharedUrl` shows."""
    date, link, text, shared, medium, visibility = row
    if not date and not link and not text:
        raise ValueError
    url = web(link)
    number = urn(link)
    again = a.unique("post", date, link, text, shared)
    if again is None:
        return ()
    key = again if number is None or number in a.shared else f"{a.prefix}post:{number}"
    if number:
        a.shared.add(number)
    plain_reshare = not text.strip() and not medium.strip()
    at, theirs = from_utc(date) or a.dated(utc(date), date), web(shared)
    return (
        Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="repost" if plain_reshare else "post",
            key=key,
            id=number,
            at=at,
            text=said(text),
            author="me",
            author_name=a.name or None,
            audience=_AUDIENCES.get(visibility.strip().lower().replace("_", " "), "unknown"),
            quoted=Quoted(urn(shared), None, None) if plain_reshare and theirs else None,
            media=_ONE_FILE if medium.strip() else (),
            links=(theirs,) if theirs else (),
            url=url,
        ),
    )


def comment(row: Row, a: Reader) -> Iterable[Record]:
    """A comment. What it answers is only an address: neither the words nor the author of the post are in the export."""
    date, link, text = row
    if not date and not text:
        raise ValueError
    key = a.unique("comment", date, link, text)
    if key is None:
        return ()
    url = web(link)
    return (
        Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="comment",
            key=key,
            id=None,
            at=from_utc(date) or a.dated(utc(date), date),
            text=text,
            author="me",
            author_name=a.name or None,
            reply_to=ReplyTo(urn(link), None, url.split("?", 1)[0] if url else None),
            url=url,
        ),
    )


def reaction(row: Row, a: Reader) -> Iterable[Record]:
    """A like or another reaction; its kind is the title, there are no words."""
    date, kind, link = row
    return _pressed(a, "reaction", date, link, kind, "")


def repost(row: Row, a: Reader) -> Iterable[Record]:
    """A repost by one click: no words of the person's own, and not those that were passed on."""
    date, link = row
    return _pressed(a, "repost", date, link, "", "")


def vote(row: Row, a: Reader) -> Iterable[Record]:
    """A vote in a poll, with the option chosen."""
    date, link, option = row
    return _pressed(a, "vote", date, link, "", option)


def _pressed(a: Reader, kind: str, date: str, link: str, word: str, text: str) -> Iterable[Record]:
    if not date and not link:
        raise ValueError
    key = a.unique(kind, date, link, word or text)
    if key is None:
        return ()
    url = web(link)
    return (
        Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="repost" if kind == "repost" else "reaction",
            key=key,
            id=None,
            at=from_utc(date) or a.dated(utc(date), date),
            title=blank(word),
            text=text,
            author="me",
            author_name=a.name or None,
            quoted=Quoted(urn(link), None, text or None),
            url=url,
        ),
    )


def upload(row: Row, a: Reader) -> Iterable[Record]:
    """A picture, video or document put up: LinkedIn's sentence with the person's words behind it. The file is not there."""
    date, description, link = row
    if not date and not link:
        raise ValueError
    key = a.unique("upload", date, description, link)
    if key:
        found = re.search(r"\b(photo|video|document|image)\b", description.lower())
        kind = "photo" if found and found[1] == "image" else found[1] if found else "file"
        media = (Media(None, kind),)
        yield _item(a, "other", key, a.dated(utc(date), date), description.strip(), media=media, url=web(link))


def event(row: Row, a: Reader) -> Iterable[Record]:
    """An event the person made or answered; its own time is the only one given."""
    name, time, _, link = row
    if not name:
        raise ValueError
    key = a.unique("event", name, time, link)
    if key:
        links = tuple(u for u in (web(link),) if u)
        yield _item(a, "other", key, utc(time.split(" - ", 1)[0]), "", title=name, links=links)


def article(root: Any, a: Reader) -> Iterable[Record]:
    """A long post of the person's own, a page by itself. Drafts lie among them, told by their lack of a publishing date."""
    head = next(iter(root.iter("h1")), None)
    title = words(head) if head is not None else ""
    for element in root.iter("title"):
        title = title or " ".join((element.text or "").split())
    body = next(iter(root.iter("body")), root)
    text = words(body)
    dates: dict[str, str] = {}
    for found in _SAID.finditer(text):
        dates.setdefault(found[1].lower(), f"{found[2]}T{found[3]}{found[4] or ':00'}" if found[3] else found[2])
    text = _SAID.sub("", text).strip().removeprefix(title).strip()
    if not title and not text:
        raise ValueError
    name = a.member.rsplit("/", 1)[-1]
    stamp = _DATED.search(name)
    named = f"{stamp[1]}T{stamp[2]}:{stamp[3]}:{stamp[4]}" if stamp and stamp[2] else stamp[1] if stamp else None
    draft = "created" in dates and "published" not in dates
    link = next((u for u in (links_of(head) if head is not None else ()) if "/pulse/" in u), None)
    key = a.unique("article", link or name)
    if key:
        yield _item(
            a,
            "post",
            key,
            dates.get("published") or named or dates.get("created"),
            text,
            title=title or None,
            audience="private" if draft else "unknown",
            links=tuple(u for u in links_of(body) if u != link),
            url=link,
            state="draft" if draft else "live",
        )
