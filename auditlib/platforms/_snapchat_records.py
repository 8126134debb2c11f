"""Snapchat's smaller files: the account and its history, friends, shared stories, public profile, places, words to support."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from auditlib.jsonstream import BadElement
from auditlib.jsonwalk import Part, parts
from auditlib.platforms._snapchat import MEDIA_TYPES, TEAM, Function, Reader, kind_of, links, said, sections
from auditlib.platforms._told import low, moment
from auditlib.reading import NotKnown, guarded, natural
from auditlib.records import Media, Place, Record

_PAIR = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*(?:±\s*[\d.]+)?\s*,\s*(-?\d{1,3}(?:\.\d+)?)")
KEPT = "devices, log-ins, whereabouts and guesses that Snapchat keeps for itself: no words of yours"


def _relation(relation: str) -> Function:
    def one(record: Any, a: Reader) -> Iterable[Record]:
        person = low(record)
        handle, name = said(person.get("username")), said(person.get("displayname"))
        if not (handle or name):
            raise ValueError
        if handle.casefold() == TEAM:
            a.from_team += 1
        elif handle and name:
            a.people[handle] = name
        return a.connection(relation, handle, name, moment(person.get("creationtimestamp")))

    return one


# `Pending Requests` came in and wait for an answer; `Friend Requests Sent` went out.
RELATIONS: dict[str, Function] = {
    "friends": _relation("friend"),
    "friendrequestssent": _relation("request_sent"),
    "pendingrequests": _relation("request_received"),
    "ignoredsnapchatters": _relation("request_rejected"),
    "blockedusers": _relation("blocked"),
    "deletedfriends": _relation("removed"),
}


def _nothing(record: Any, a: Reader) -> Iterable[Record]:
    a.aside("ignored", "friends.json, suggestions and shortcuts", "suggestions you hid and shortcuts you made: nobody's words")
    return ()


def basic(record: Any, a: Reader) -> Iterable[Record]:
    """Name, user name, telephone number and e-mail of account.json or bitmoji.json."""
    one = low(record)
    for fact, key in (
        ("handle", "username"),
        ("name", "name"),
        ("phone", "phonenumber"),
        ("email", "email"),
        ("email", "emailaddress"),
        ("location", "country"),
        ("birthday", "birthday"),
        ("birthday", "dateofbirth"),
    ):
        yield from a.fact(fact, one.get(key))  # fmt: skip


def _former(record: Any, a: Reader) -> Iterable[Record]:
    name = said(low(record).get("displayname"))
    return a.fact("former_name", name) if name != a.display else ()


def _changed(fact: str, key: str) -> Function:
    def one(record: Any, a: Reader) -> Iterable[Record]:
        return a.fact(fact, low(record).get(key))

    return one


def _two_factor(record: Any, a: Reader) -> Iterable[Record]:
    one = low(record)
    at, event = moment(one.get("date")) or "", said(one.get("event"))
    if event and (a.two_factor is None or at > a.two_factor[0]):
        a.two_factor = at, event, a.where
    return ()


def _subscription(record: Any, a: Reader) -> Iterable[Record]:
    if isinstance(record, str):
        return a.connection("following", "", said(record))
    one = low(record)
    return a.connection("following", said(one.get("username")), said(one.get("name") or one.get("displayname")))


def public_profile(record: Any, a: Reader) -> Iterable[Record]:
    """A public profile: only people who have one have it here."""
    one = low(record)
    title = said(one.get("profiletitle"))
    yield from a.fact("name", title)
    yield from a.fact("location", one.get("location"))
    yield from a.fact("website", one.get("profilewebsite"))
    yield from a.fact("bio", one.get("bio") or one.get("profilebio") or one.get("profiledescription"))
    if title or said(one.get("created")):
        yield a.setting("public-profile", "public", title or said(one.get("created")), a.where, a.edition or None)


def _school(record: Any, a: Reader) -> Iterable[Record]:
    a.aside("ignored", "location_history.json, other parts", KEPT)
    return a.fact("school", low(record).get("schoolname"))


def place_post(record: Any, a: Reader) -> Iterable[Record]:
    """A place posted to the Snap Map: who saw it is known only where it says story, map or public."""
    one = low(record)
    name, shared = said(one.get("place")), said(one.get("sharetype"))
    where = coordinates(said(one.get("placelocation")))
    at = moment(one.get("date"))
    if not (name or where or at):
        raise ValueError
    seen: Any = "public" if re.search(r"story|public|map|spotlight", shared, re.IGNORECASE) else "unknown"
    place = Place(name or said(one.get("placelocation")) or None, *(where or (None, None)))
    return a.item("post", "place", at, "", mark=name, place=place, audience=seen)


def coordinates(text: str) -> tuple[float, float] | None:
    """Degrees north and east in `51.5 ± 20.0, -0.12 ± 20.0`; 0, 0 means none."""
    found = _PAIR.search(text)
    pair = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    return None if pair == (0.0, 0.0) or abs(pair[0]) > 90 or abs(pair[1]) > 180 else pair


def to_support(record: Any, a: Reader) -> Iterable[Record]:
    """What the person wrote to Snapchat."""
    one = low(record)
    text = said(one.get("message")) or said(one.get("description"))
    at = moment(one.get("createtime")) or moment(one.get("created"))
    title = said(one.get("subject")) or None
    return a.item("other", "support", at, text, title=title, audience="private", mark=title or "") if text or title else ()


def shared_stories(stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
    """Snaps given to Spotlight or a shared story: public. They pair with the files by order where there are as many of both."""
    rows: list[tuple[int, Any]] = []
    count = 0
    for part in parts(stream):
        if isinstance(part, BadElement):
            yield BadElement(count + part.position, part.detail)
        elif part.listed:
            rows += enumerate(part.values, count)
            count += len(part.values)
    files = sorted((m for m in a.members if "shared_story/" in m and not m.lower().endswith((".json", ".html"))), key=natural)
    when = {n: moment(low(row).get("created")) or "" for n, row in rows if isinstance(row, dict)}
    ordered = sorted(when, key=lambda n: (when[n], -n))
    paths = dict(zip(ordered, files, strict=True)) if len(files) == len(ordered) else {}

    def story(row: Any, a: Reader) -> Iterable[Record]:
        one = low(row)
        text, at = said(one.get("content")), moment(one.get("created"))
        kind = MEDIA_TYPES.get(said(one.get("mediatype")).lower(), "")
        if text.lower() in MEDIA_TYPES:
            kind, text = kind or MEDIA_TYPES[text.lower()], ""
        address = ""
        if links(text) == (text,):  # where the snap lay: it does not last
            address, text = text, ""
        path = paths.get(a.position)
        kind = kind or kind_of(path) or "file"
        if not (at or text or address):
            raise ValueError
        return a.item("story", "story", at, text, address.partition("?")[0], audience="public", media=(Media(path, kind),))

    a.path = ("Shared Story",)
    for a.position, row in rows:
        yield from guarded(story, row, a)


def memories(stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
    """Memories are kept for oneself: counted as left aside. Their links work for some days only and are never followed."""
    for part in parts(stream):
        if isinstance(part, Part) and part.listed and part.values:
            a.memories = True
    a.aside(
        "ignored", "memories_history.json, the list", "Memories: kept for yourself, and their links stop working within days"
    )
    yield from ()


def unless_empty(reason: str) -> Any:
    """The function for a file of unknown form: nothing to say when it is empty, else unknown for this reason."""

    def read(stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
        for part in parts(stream):
            if isinstance(part, BadElement) or (part.values and part.values != [None] and part.values != [""]):
                raise NotKnown(reason)
        yield from ()

    return read


FRIENDS = RELATIONS | {"hiddenfriendsuggestions": _nothing, "shortcuts": _nothing}
ACCOUNT: dict[str, Function] = {"basicinformation": basic}
HISTORY: dict[str, Function] = {
    "displaynamechange": _former,
    "emailchange": _changed("email", "emailaddress"),
    "mobilenumberchange": _changed("phone", "mobilenumber"),
    "downloadmydatareports": _changed("email", "emailaddress"),
    "twofactorauthentication": _two_factor,
}
SUBSCRIPTIONS: dict[str, Function] = {"subscriptions": _subscription}
PROFILE: dict[str, Function] = {"profile": public_profile}
LOCATION: dict[str, Function] = {"homeschoolwork": _school}
PLACES: dict[str, Function] = {"snapmapplaceshistory": place_post}
SUPPORT: dict[str, Function] = {"supportsite": to_support, "inappreport": to_support, "shaketoreport": to_support}
# What a page of the web-page export is read by, by the name of its file.
BY_FILE = {
    "friends": FRIENDS, "account": ACCOUNT, "account_history": HISTORY, "snap_pro": PROFILE, "location_history": LOCATION,
    "snap_map_places_history": PLACES, "support_note": SUPPORT, "user_profile": SUBSCRIPTIONS, "subscriptions": SUBSCRIPTIONS,
    "bitmoji": ACCOUNT,
}  # fmt: skip
_BASIC = frozenset(("basicinformation",))
read_friends = sections(FRIENDS)
read_account = sections(ACCOUNT, _BASIC, KEPT)
read_history = sections(HISTORY, rest="changes of the account without words or names")
read_subscriptions = sections(SUBSCRIPTIONS, rest=KEPT)
read_profile = sections(PROFILE, frozenset(("profile",)))
read_location = sections(LOCATION, frozenset(("homeschoolwork",)), KEPT)
read_places = sections(PLACES)
read_support = sections(SUPPORT)
