"""Pinterest's sections other than pins, of which no sample is public: read by what their headings say, November 2026.

Each group of `Key: value` lines becomes an item, a connection or profile facts; a key that names an address of a computer is
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from auditlib.dates import from_iso
from auditlib.platforms._pinterest_lines import Group, Line
from auditlib.platforms._pinterest_reader import NAME, Reader
from auditlib.records import Connection, Conversation, Item, ProfileFact, Record
from auditlib.text import digest

_SECRET = re.compile(r"\bip\b|user agent|cookie|token", re.IGNORECASE)
COMPUTER = re.compile(
    r"\s*(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7})\s*,?$", re.IGNORECASE
)  # its address
_NO_WORDS = re.compile(r"search|visit|history|\bads?\b|advert|device|session|log-?ins?\b|interest|\bip\b", re.IGNORECASE)
_PERSON = re.compile(r"https?://(?:[a-z]+\.)?pinterest\.[a-z.]+/(?!pin/)([\w.-]{1,100})/?$")
_KEY = re.compile(r"([^:\n]{1,60}?):(?: (.*))?$", re.DOTALL)
_TEXT = ("comment", "text", "message", "body", "content", "description", "details")
_WHO = ("username", "sender", "from", "author", "user")
_TO = ("to", "recipient", "recipients", "receiver")
_AT = ("created at", "date", "time", "sent at", "timestamp", "followed at", "blocked at")
_FACTS = {
    "username": "handle", "name": "name", "full name": "name", "first name": "name", "last name": "name", "email": "email",
    "e-mail": "email", "email address": "email", "phone": "phone", "phone number": "phone", "birthday": "birthday",
    "birth date": "birthday", "birthdate": "birthday", "about": "bio", "about you": "bio", "bio": "bio", "website": "website",
    "location": "location", "city": "location", "country": "location",
}  # fmt: skip
_RELATIONS = (("follower", "follower"), ("following", "following"), ("block", "blocked"))


_WHEN = re.compile(r"(\d{4})/(\d\d)/(\d\d)(?: (\d\d:\d\d:\d\d))?$")


def moment(text: str) -> str | None:
    """`2017/02/13 15:35:01`, in a zone that the page does not name -> ISO text without an offset."""
    match = _WHEN.match(text.strip())
    if match is None:
        return from_iso(text.strip())
    return from_iso(f"{match[1]}-{match[2]}-{match[3]}" + (f"T{match[4]}" if match[4] else ""))


def value_of(text: str) -> str:
    """A value without the comma it ends with; "" for `No data`."""
    said = text.strip().removesuffix(",").rstrip()
    return "" if said == "No data" else said


def _parts(found: Iterable[Line]) -> tuple[dict[str, str], list[str], tuple[str, ...]]:
    """What is said by key, every line that may be shown, and all links."""
    said: dict[str, str] = {}
    shown: list[str] = []
    links: dict[str, None] = {}
    for line in found:
        match = None if line.bare else _KEY.match(line.text)
        if match and (_SECRET.search(match[1]) or COMPUTER.match(match[2] or "")):
            continue
        if line.links and all(link.startswith("#") for link in line.links):
            continue  # the page's own list of its sections
        links |= dict.fromkeys(line.links)
        if match:
            said.setdefault(match[1], value_of(match[2] or ""))
        if line.text and not line.bare and not (match and not value_of(match[2] or "")):
            shown.append(line.text.removesuffix(","))
    return said, shown, tuple(links)


def entry(group: Group, a: Reader) -> Iterable[Record]:
    """The records of one group of lines."""
    title = group.section.casefold()
    if _NO_WORDS.search(title):
        a.ignored[a.member, group.section] += 1
        return
    said, shown, links = _parts(group.lines)
    low = {key.casefold(): value for key, value in said.items()}
    at = next((when for key in _AT if (when := moment(low.get(key, "")))), None)
    for word, relation in _RELATIONS:
        if word in title and "board" not in title and "topic" not in title:
            yield from _person(relation, low, shown, links, at, a)
            return
    if "profile" in title or "account" in title:
        known = {key: value for key, value in said.items() if key.casefold() in _FACTS}
        for key, value in known.items():
            if value:
                yield from _once(_fact(_FACTS[key.casefold()], value, a), a)
        shown = [line for line in shown if line.partition(":")[0] not in known]
        if not shown:
            return
    if "board" in title and (board := low.get("board id")):
        a.described[board] = (low.get("board name") or low.get("name", ""), low.get("description", ""), at, a.where)
    elif shown or links:
        yield _item(group, low, shown, links, at, a)


def _once(record: Any, a: Reader) -> Iterable[Record]:
    a.told[record.key] += 1
    return (record,) if a.told[record.key] == 1 else ()


def _fact(fact: Any, value: str, a: Reader) -> ProfileFact:
    key = f"{NAME}:{a.account or '?'}:profile:{fact}:{digest(value)}"
    return ProfileFact(platform=NAME, account=a.account, where=a.where, key=key, fact=fact, value=value)


def _person(
    relation: Any, low: dict[str, str], shown: list[str], links: tuple[str, ...], at: str | None, a: Reader
) -> Iterable[Record]:
    """Someone who follows, is followed or is blocked: by a key, a link to a profile, or a bare line."""
    url = next((link for link in links if _PERSON.match(link)), None)
    match = _PERSON.match(url) if url else None
    handle = next((low[key] for key in _WHO if low.get(key)), None) or (match[1] if match else None)
    name = low.get("name") or low.get("full name") or next((line for line in shown if ": " not in line), None)
    if not (handle or name):
        raise ValueError
    key = f"{NAME}:{a.account or '?'}:{relation}:{digest(handle or '', '' if handle else name or '')}"
    yield from _once(
        Connection(
            platform=NAME,
            account=a.account,
            where=a.where,
            key=key,
            relation=relation,
            handle=handle,
            name=name if name != handle else None,
            since=at,
            url=url or (f"https://www.pinterest.com/{handle}/" if handle and re.fullmatch(r"[\w.-]+", handle) else None),
        ),
        a,
    )


def _item(group: Group, low: dict[str, str], shown: list[str], links: tuple[str, ...], at: str | None, a: Reader) -> Item:
    """A comment, a message, or the text of any other section."""
    title = group.section.casefold()
    kind: Any = "comment" if "comment" in title else "message" if "message" in title else "other"
    who = next((low[key] for key in _WHO if low.get(key)), None)
    words = next((low[key] for key in _TEXT if low.get(key)), "") if kind != "other" else ""
    if not words:
        words = "\n".join(shown)
    author: Any = None
    if kind == "comment" or "board" in title or "profile" in title:
        author = "me" if who is None or a.account is None or who == a.account else "other"
    elif who is not None and a.account is not None:
        author = "me" if who == a.account else "other"
    if kind == "other" and author is None:
        a.unknown[a.member, group.section] += 1
    key = f"{NAME}:{a.account or '?'}:{kind}:{digest(title, at or '', who or '', words)}"
    a.told[key] += 1
    if a.told[key] > 1:  # the very same again
        key = f"{key}:{a.told[key]}"
    talk, audience = None, "unknown"
    if kind == "message":
        people = tuple(dict.fromkeys(v for k in (*_WHO, *_TO) if (v := low.get(k)) and v != a.account))
        with_whom = f"with:{digest(*sorted(people))}" if people else None
        talk = Conversation(low.get("conversation id") or with_whom, None, people, len(people) > 1)
        audience = "group" if len(people) > 1 else "direct" if people else "unknown"
    return Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind=kind,
        key=key,
        id=None,
        at=at,
        title=(low.get("board name") or low.get("name")) if "board" in title else None,
        text=words,
        author=author,
        author_name=who or (a.account if author == "me" else None),
        audience=audience,  # type: ignore[arg-type]
        conversation=talk,
        links=tuple(link for link in links if not _PERSON.match(link)),
        url=next((link for link in links if "pinterest." in link), None),
    )
