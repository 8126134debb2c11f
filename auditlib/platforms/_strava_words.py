"""Strava's settings words, and the two JSON files whose shape is not documented: read by what their keys are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from auditlib.dates import from_iso, from_millis, from_seconds
from auditlib.markup import plain
from auditlib.platforms._strava import NAME, Reader, Row, moment, person_url
from auditlib.reading import NotKnown
from auditlib.records import Connection, Conversation, Item, Record
from auditlib.text import digest

_TEXTS = ("text", "message", "body", "content", "html_body")
_AUTHORS = ("sender", "author", "user", "athlete", "from", "sender_id", "author_id", "user_id", "athlete_id", "from_id")
_TIMES = ("created_at", "createdat", "sent_at", "sentat", "timestamp", "created", "date", "time", "updated_at")
_TALKS = ("channel_id", "conversation_id", "thread_id", "channel", "cid", "id")
_PEOPLE = ("members", "participants", "athletes", "users", "recipients")
_MOST_DEEP = 40  # levels of nesting followed

_VALUES: dict[str, Any] = {
    "everyone": "public", "public": "public", "followers": "followers", "only you": "private", "only me": "private",
    "no one": "private", "private": "private", "true": "on", "yes": "on", "on": "on", "false": "off", "no": "off", "off": "off",
}  # fmt: skip
_WIDE = ("private", "off", "followers", "on", "public")
_SETTINGS = (
    ("profile-page", ("profile visibility",)),
    ("activities-default", ("default activity visibility",)),
    ("group-activities-flybys", (
        "who can see that you were part of a group activity", "who can see your activity in flybys")),
    ("training-log", ("who can view your training log",)),
    ("aggregated-data-usage", ("include your activities in metro and heatmap",)),
)  # fmt: skip
_SWITCHES = frozenset(("aggregated-data-usage",))


def bare(word: str) -> str:
    """A word as words are compared: lower case, without accents."""
    text = unicodedata.normalize("NFKD", word.strip().lower())
    return "".join(c for c in text if not unicodedata.combining(c)).replace("ø", "o")


def kind_of(path: str) -> str:
    """What a media file is, by its ending."""
    return "video" if re.search(r"\.(mp4|mov|m3u8|webm)$", path.strip().lower()) else "photo"


def _value(word: str) -> str:
    return str(_VALUES.get(word.lower(), "unknown"))


def visibility(row: Row, a: Reader) -> Iterable[Record]:
    """The settings of the account, each with the export's own word; two that share a line of the checklist go by the wider.

    A table whose names are all unknown (translated) is shown by position, without a guess at what its words mean.
    """
    known = {name for _, names in _SETTINGS for name in names}
    if not any(name in known for name in row):
        a.foreign += 1
        # 2022: heatmap, group activity, flybys, training log, profile, activities
        order = ("aggregated-data-usage", "group-activities-flybys", "", "training-log", "profile-page", "activities-default")
        values = [value.strip() for value in row.values()]
        if len(values) == len(order):
            for slug, value in zip(order, values, strict=True):
                if slug and value:
                    yield a.setting(slug, "unknown", value)
        return
    for slug, names in _SETTINGS:
        said = {name: row[name].strip() for name in names if row.get(name, "").strip()}
        if not said:
            continue
        meant = {_value(word) for word in said.values()}
        value = "unknown" if "unknown" in meant else max(meant, key=_WIDE.index)
        if (value in ("on", "off")) != (slug in _SWITCHES):
            value = "unknown"
        raw = next(iter(said.values())) if len(said) == 1 else "; ".join(f"{name}: {word}" for name, word in said.items())
        yield a.setting(slug, value, raw)


class _Talk(NamedTuple):
    """What the objects around a message say about the conversation."""

    id: str | None = None
    title: str | None = None
    people: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()  # of people whose number is given


def _low(record: dict[str, Any]) -> dict[str, Any]:
    return {key.lower(): value for key, value in record.items()}


def _scalar(value: Any) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _who(value: Any) -> tuple[str, str]:
    """`(id, name)` of a person given as an object, a number or a name."""
    if isinstance(value, dict):
        low = _low(value)
        name = _scalar(low.get("name")) or " ".join(
            part for key in ("first_name", "last_name", "firstname", "lastname") if (part := _scalar(low.get(key)))
        )
        return next((i for key in ("athlete_id", "id", "user_id") if (i := _scalar(low.get(key)))), ""), name
    text = _scalar(value).strip()
    return (text, "") if text.isdecimal() else ("", text)


def _time(value: Any) -> str | None:
    if isinstance(value, str):
        return from_iso(value) or moment(value)
    return from_millis(value) if isinstance(value, int) and value > 10**11 else from_seconds(value)


def _texts(value: Any, talk: _Talk, level: int = 0) -> Iterator[tuple[dict[str, Any], str, _Talk]]:
    """Every object that holds words and says who wrote them or when, with the conversation around it."""
    if level > _MOST_DEEP:
        raise RecursionError
    if isinstance(value, list):
        for one in value:
            yield from _texts(one, talk, level + 1)
    elif isinstance(value, dict):
        low = _low(value)
        text = next((t for key in _TEXTS if isinstance(t := low.get(key), str) and t.strip()), "")
        if text and any(key in low for key in (*_AUTHORS, *_TIMES)):
            yield low, text, talk
            return
        people = next((p for key in _PEOPLE if isinstance(p := low.get(key), list)), None)
        identifier = next((i for key in _TALKS if (i := _scalar(low.get(key)))), None)
        if people is not None or identifier:
            met = [_who(one) for one in people or ()]
            talk = _Talk(
                identifier or talk.id,
                _scalar(low.get("name")) or _scalar(low.get("title")) or talk.title,
                tuple(name or number for number, name in met) or talk.people,
                tuple((number, name) for number, name in met if number and name) or talk.names,
            )
        for key, one in low.items():
            if key not in _PEOPLE:
                yield from _texts(one, talk, level + 1)


def messages(document: Any, a: Reader) -> Iterator[Record]:
    """Messages. Who wrote one is said only where the sender's number is given and the person's own is known."""
    a.position = 0
    for low, text, talk in _texts(document, _Talk()):
        number, name = next((w for key in _AUTHORS if key in low and any(w := _who(low[key]))), ("", ""))
        name = name or dict(talk.names).get(number, "")
        author: Any = None
        if number and a.id:
            author = "me" if number == a.id else "other"
        elif name and a.name:
            author = "me" if name.casefold() == a.name.casefold() else "other"
        own = next((i for key in _TALKS[:-1] if (i := _scalar(low.get(key)))), None)
        people = talk.people
        group = len(people) > 2
        at = next((t for key in _TIMES if key in low and (t := _time(low[key]))), None)
        identifier = _scalar(low.get("id")) or None
        conversation = own or talk.id or ""
        parts = (conversation, identifier) if identifier else (conversation, at or "", number or name, text)
        if author == "other":
            yield from _messaged(a, number, name, group)
        yield Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="message",
            key=a.key("message", *parts),
            id=identifier,
            at=at,
            text=text,
            author=author,
            author_name=name or None,
            audience="group" if group else "direct" if len(people) == 2 else "unknown",
            conversation=Conversation(conversation or None, talk.title, people, group),
        )
        a.position += 1
    _refuse_if_none(a.position, document, "your messages")


def _messaged(a: Reader, number: str, name: str, group: bool) -> Iterator[Record]:
    key = f"{a.prefix}messaged:{number if number else digest(name)}"
    if not group and key not in a.told:
        a.told.add(key)
        a.numbered += not name
        yield Connection(
            platform=NAME,
            account=a.account,
            where=a.where,
            key=key,
            relation="messaged",
            id=number or None,
            name=name or None,
            url=person_url(number),
        )


def community(document: Any, a: Reader) -> Iterator[Record]:
    """Posts in Strava's community forum, by what their keys are called."""
    a.position = 0
    for low, text, _ in _texts(document, _Talk()):
        at = next((t for key in _TIMES if key in low and (t := _time(low[key]))), None)
        title = next((t for key in ("title", "subject") if (t := _scalar(low.get(key)))), None)
        yield a.item("post", a.key("community", at or "", title or "", text), at, plain(text), title=title, url=_address(low))
        a.position += 1
    _refuse_if_none(a.position, document, "what you wrote in the community forum")


def _address(low: dict[str, Any]) -> str | None:
    return next((u for key in ("url", "link", "permalink") if (u := _scalar(low.get(key))).startswith("https://")), None)


def _refuse_if_none(count: int, document: Any, what: str) -> None:
    filled = bool(document) if not isinstance(document, dict) else any(document.values())
    if not count and filled:
        raise NotKnown(f"it is in a form that this version does not know: look at {what} on Strava itself")
