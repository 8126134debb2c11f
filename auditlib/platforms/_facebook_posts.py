"""Facebook: posts, comments, reactions and the rest of what a person did there, as items.

The JSON of posts, group posts and comments has neither id nor address, and nothing says who can see a post. What a post is
(shared, tagged, on whose wall) is told only by the prose of `title`, in the account's language: kept as the item's title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from auditlib.dates import from_seconds
from auditlib.platforms._facebook_labels import LINK, NAME_LABELS, PLACE, TEXT, TITLE
from auditlib.platforms._meta import (
    Entry,
    Mended,
    coordinates,
    dicts,
    each,
    entries,
    joined,
    media_in,
    own_host,
    pick,
    shaped,
    words,
)
from auditlib.platforms._meta_reader import Reader
from auditlib.platforms._meta_shapes import as_answers, as_comment, as_note, as_person, as_photo, as_post, as_reaction, as_vote
from auditlib.records import Place, Quoted, Record, ReplyTo
from auditlib.text import digest

HOSTS = ("facebook.com", "fb.com", "messenger.com")
_COORDINATES = re.compile(r"\(?\s*(-?\d{1,3}\.\d+)\s*,\s*(-?\d{1,3}\.\d+)\s*\)?$")
_WROTE = re.compile(r"(.{2,60}?) (?:wrote|posted|shared|added|tagged|was|is)\b")


def _attached(record: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """(kind, value) of everything attached to a post or comment."""
    for attachment in dicts(record.get("attachments")):
        for one in dicts(attachment.get("data")):
            yield from one.items()


def _place(value: Any) -> Place | None:
    where = value.get("coordinate") if isinstance(value.get("coordinate"), dict) else {}
    name = value.get("name")
    return coordinates(where.get("latitude"), where.get("longitude"), name if isinstance(name, str) and name else None)


class Parts:
    """What a post holds, put together from its data and attachments."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.said: list[str] = []
        self.links: list[str] = []
        self.place: Place | None = None
        self.quoted: Quoted | None = None
        self.media = media_in(record.get("attachments")) + media_in(record.get("media"))
        for kind, value in _attached(record):
            if kind == "text":
                self.said.append(words(value))
            elif kind == "name":
                self.quoted = self.quoted or Quoted(None, None, words(value) or None)
            elif isinstance(value, dict):
                self._one(kind, value)

    def _one(self, kind: str, value: dict[str, Any]) -> None:
        if kind == "external_context":
            if url := words(value.get("url")):  # empty on shared reels and posts
                self.links.append(url)
            if name := words(value.get("name")):
                self.quoted = Quoted(None, words(value.get("source")) or None, name)
        elif kind == "place":
            self.place = self.place or _place(value)
        elif kind == "event":
            told = joined([words(value.get("name")), words(value.get("description"))])
            self.quoted = self.quoted or (Quoted(None, None, told) if told else None)
            self.place = self.place or (_place(value["place"]) if isinstance(value.get("place"), dict) else None)
        elif kind in ("life_event", "for_sale_item", "fundraiser", "note"):
            self.said += [words(value.get(k)) for k in ("title", "name", "description", "text", "price")]
            self.place = self.place or (_place(value["place"]) if isinstance(value.get("place"), dict) else None)
        elif kind == "poll":
            self.said.append(words(value.get("question")))
            self.said += [words(o.get("option")) for o in dicts(value.get("options"))]

    def text(self, own: Iterable[str]) -> str:
        """The post's words; a picture's own description when there are none."""
        text = joined([*own, *self.said])
        return text or joined(d for m in self.media if isinstance(d := m.get("description"), str))


_NOTHING_MORE = Parts({})


def _with_tags(title: str, record: dict[str, Any]) -> str | None:
    if "tags" not in record:
        return title or None
    names = [n for t in dicts(record.get("tags")) if (n := t.get("name")) and isinstance(n, str) and n not in title]
    return " ".join(filter(None, (title, f"With {', '.join(names)}." if names else ""))) or None


def _post(record: dict[str, Any], a: Any, what: str, kind: Any, derived: bool, more: dict[str, Any]) -> list[Record]:
    if "label_values" in record:
        return labelled(record, a, what, kind, **more)
    data = dicts(record.get("data"))
    own, back = [], None
    for d in data:
        if "comment" in d:  # groups, until 2023: comments stand among the posts
            return _comment(record, a, **more)
        own.append(d.get("post"))
        back = back or d.get("backdated_timestamp")
    parts = Parts(record) if record.get("attachments") or record.get("media") else _NOTHING_MORE
    text = parts.text(map(words, own))
    moment, prose = record.get("timestamp"), words(record.get("title"))
    title = _with_tags(prose, record)
    if derived and (a.repeated(parts.media, text) or not (text or parts.media)):
        return []
    if not (text or title or parts.media or parts.links or parts.place):
        return []  # an entry of nothing but a time
    facts = dict(more)
    if more.get("author") == "other":
        hint = _WROTE.match(prose)
        facts["author_name"] = hint[1] if hint else None
    if moment:
        before = a.moments.get(moment)
        a.moments[moment] = text if before is None else f"{before}\x1f{text}"
    if parts is not _NOTHING_MORE:
        facts |= {"place": parts.place, "quoted": parts.quoted}
    made = a.item(
        what, kind, moment, text, found=parts.media, links=tuple(dict.fromkeys(parts.links)),
        mark="" if text or parts.media or parts.links else title or "", title=title, **facts,
    )  # fmt: skip
    if made and back and (earlier := from_seconds(back)):  # life events lie where the person dated them back to
        made = [msgspec.structs.replace(made[0], at=earlier)]
    return made


def posts(what: str = "post", kind: Any = "post", derived: bool = False, **more: Any) -> Mended:
    """A function for posts of any kind. `derived`: dropped when its pictures and words were told with another post."""

    def one(record: dict[str, Any], a: Any) -> Iterable[Record]:
        return _post(record, a, what, kind, derived, more)

    return Mended(one, as_post)


def labelled(record: dict[str, Any], a: Reader, what: str, kind: Any, **more: Any) -> list[Record]:
    """An item from labelled values, whose labels are in the account's language."""
    found = entries(record)
    text = pick(found, TEXT)
    link = next((e.href or e.value for e in found if e.href or e.label in LINK), "")
    place = _labelled_place(found)
    if not text and not any(e.label in (*TEXT, *LINK, *PLACE, *NAME_LABELS) for e in found):
        text = _likely_words(found, a)
        a.unfamiliar += 1
    media = media_in(record)
    moment = record.get("timestamp") or next((e.at for e in found if e.at), None)
    facts = {"title": words(record.get("title")) or pick(found, TITLE) or None, "place": place} | more
    if not (text or media or place or link or facts["title"]):
        return []
    own = own_host(link, *HOSTS)
    return a.item(
        what, kind, moment, text, found=media, links=() if own or not link else (link,), fbid=record.get("fbid"),
        mark=own or "", url=own, **facts,
    )  # fmt: skip


def _likely_words(found: list[Entry], a: Reader) -> str:
    """The first long value that is no address, number or place; else the first one at the top, of several words if any is."""
    likely = [e for e in found if any(map(str.isalpha, e.value)) and "://" not in e.value]
    top, below = ([e.value for e in likely if bool(e.under) is nested] for nested in (False, True))
    several = [v for v in (*top, *below) if " " in v.strip()]
    best = [v for v in several if len(v) >= 20] or [v for v in several if v in top] or top or several
    return best[0] if best else ""


def _labelled_place(found: list[Entry]) -> Place | None:
    under = [e for e in found if e.under in PLACE]
    name = pick(under, NAME_LABELS) or pick(found, PLACE) or None
    for entry in found:
        if match := _COORDINATES.match(entry.value.strip()):
            return coordinates(match[1], match[2], name)
    return Place(name) if name else None


@each
def checkins(record: dict[str, Any], a: Any) -> Iterable[Record]:
    """A check-in; most stand in the timeline too, at the same second."""
    found = entries(record)
    moment, text = record.get("timestamp"), pick(found, TEXT)
    if isinstance(moment, int | str) and moment in a.moments and text in a.moments[moment]:
        return []
    return labelled(record, a, "checkin", "post")


@each
def tagged_places(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A place somebody (or an app) said the person was at."""
    found = entries(record)
    moment = record.get("timestamp") or next((e.at for e in found if e.at), None)
    place = _labelled_place(found)
    return a.item("place", "other", moment, "", author="other", place=place, mark=place.name or "") if place else []


def photos(what: str) -> Mended:
    """A function for pictures and films listed on their own: those that hang on a post already are not told again."""

    def one(record: dict[str, Any], a: Reader) -> Iterable[Record]:
        if not isinstance(record.get("uri"), str):
            return _post(record, a, what, "post", True, {})
        return _photo(record, a, what, None)

    return Mended(one, as_photo)


def _photo(medium: dict[str, Any], a: Reader, what: str, album: str | None) -> list[Record]:
    if a.repeated([medium], ""):
        return []
    text = words(medium.get("description"))
    title = album or words(medium.get("title")) or None
    moment = medium.get("creation_timestamp")
    return a.item(what, "post", moment, text, found=[medium], title=title)


@shaped(as_photo)
def albums(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """An album: its own words, then the pictures in it that no post told."""
    name, text = words(record.get("name")), words(record.get("description"))
    if text:
        # the key leaves the time out: it moves with every picture added
        moment = record.get("last_modified_timestamp")
        yield from a.item("album", "other", moment, text, stamp=digest(name), title=name or None)
    for medium in dicts(record.get("photos")):
        if isinstance(medium.get("uri"), str):
            yield from _photo(medium, a, "photo", name or None)


@shaped(as_comment)
def comments(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A comment: the export gives neither its address nor what it answers."""
    if "label_values" in record:
        return labelled(record, a, "comment", "comment", reply_to=ReplyTo())
    return _comment(record, a)


def _comment(record: dict[str, Any], a: Reader, audience: Any = "unknown", **more: Any) -> list[Record]:
    parts = Parts(record)
    made: list[Record] = []
    for one in dicts(record.get("data")) or [{}]:
        body = one.get("comment") or {}
        text = joined([words(body.get("comment")), *parts.said])
        group = words(body.get("group"))
        title = " ".join(filter(None, (words(record.get("title")), f"({group})" if group else ""))) or None
        if not (text or parts.media or parts.links or title):
            continue
        made += a.item(
            "comment", "comment", body.get("timestamp") or record.get("timestamp"), text, found=parts.media,
            links=tuple(parts.links), title=title, reply_to=ReplyTo(), audience="group" if group else audience,
            quoted=parts.quoted, mark="" if text or parts.media or parts.links else title or "", **more,
        )  # fmt: skip
    return made


@shaped(as_reaction)
def reactions(record: dict[str, Any], a: Any) -> Iterable[Record]:
    """A like or other reaction: the person's act on someone else's post, whose words are not in the export."""
    title = words(record.get("title")) or None
    moment = record.get("timestamp")
    if "label_values" in record:
        found = entries(record)
        link = next((e.href or e.value for e in found if e.href or e.label in LINK), "")
        name = pick([e for e in found if not e.under], NAME_LABELS) or None
        group = pick([e for e in found if e.under], NAME_LABELS)
        if name:
            a.reacted.setdefault(moment, []).append(name)
        return a.item(
            "reaction", "reaction", moment, "", fbid=record.get("fbid"), title=title or name, quoted=Quoted(None, name, None),
            url=own_host(link, *HOSTS), mark=link or name or "", audience="group" if group else "unknown",
        )  # fmt: skip
    if title and any(name in title for name in a.reacted.get(moment, ())):
        return []  # the same act stands in the newer file as well, with its address
    made: list[Record] = []
    for number, one in enumerate(dicts(record.get("data")) or [{}]):
        body = one.get("reaction") or {}
        links = tuple(Parts(record).links) if not number else ()
        mark = f"{title}{body.get('reaction')}"
        made += a.item("reaction", "reaction", moment, "", title=title, links=links, quoted=Quoted(None, None, None), mark=mark)
    return made


@shaped(as_person)
def liked_pages(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A page the person said they like: shown on their profile."""
    name = words(record.get("name")) or next((words(d.get("name")) for d in dicts(record.get("data"))), "")
    if not name:
        return []
    url = own_host(record.get("url"), *HOSTS)
    return a.item(
        "page", "reaction", record.get("timestamp"), "", title=name, quoted=Quoted(None, name, None), url=url, mark=name
    )


@shaped(as_vote)
def votes(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A vote: the words are those of the option chosen."""
    if "label_values" in record:
        found = entries(record)
        if chosen := pick(found, ("option", "options", "choice", "vote", "answer", "text")):
            title = pick(found, ("poll", "question")) or None
            quoted = Quoted(None, None, chosen)
            return a.item("vote", "reaction", record.get("timestamp"), chosen, title=title, quoted=quoted)
        return labelled(record, a, "vote", "reaction")
    made: list[Record] = []
    for kind, value in _attached(record):
        if kind == "poll" and isinstance(value, dict):
            chosen = joined(words(o.get("option")) for o in dicts(value.get("options")) if o.get("voted") is True)
            question = words(value.get("question")) or words(record.get("title")) or None
            made += a.item(
                "vote", "reaction", record.get("timestamp"), chosen, title=question, quoted=Quoted(None, None, chosen or None)
            )
    return made


@shaped(as_answers)
def answers(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """Answers to the questions a group asks those who want to join: read by its administrators."""
    for group in dicts(record.get("group_answers")) or [record]:
        name = words(group.get("group_name"))
        for one in dicts(group.get("answers")):
            title = ": ".join(filter(None, (name, words(one.get("question")))))
            if text := words(one.get("answer")):
                yield from a.item("answer", "other", one.get("timestamp"), text, title=title, audience="group", mark=title)


@shaped(as_note)
def own_events(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """An event the person made."""
    place = record.get("place")
    name = words(record.get("name"))
    text = words(record.get("description"))
    if not (name or text):
        return []
    return a.item(
        "event", "post", record.get("create_timestamp") or record.get("start_timestamp"), text, title=name or None,
        place=_place(place) if isinstance(place, dict) else None, mark=name,
    )  # fmt: skip


@shaped(as_note)
def listings(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """Something offered for sale."""
    where = record.get("location")
    text = joined([words(record.get("description")), words(record.get("price"))])
    title = words(record.get("title"))
    if not (title or text):
        return []
    return a.item(
        "listing", "post", record.get("created_timestamp") or record.get("timestamp"), text, title=title or None,
        place=_place(where) if isinstance(where, dict) else None, mark=title,
    )  # fmt: skip


@shaped(as_note)
def notes(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A long text of the kind Facebook called notes (until 2020)."""
    if "label_values" in record:
        return labelled(record, a, "note", "post")
    text = words(record.get("text")) or words(record.get("content"))
    title = words(record.get("title")) or None
    moment = record.get("created_timestamp") or record.get("timestamp")
    return a.item("note", "post", moment, text, title=title, found=media_in(record)) if text or title else []


@each
def edits(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """An earlier version of a post, kept apart from the post itself."""
    return labelled(record, a, "edit", "other", title="An earlier version of a post")


@each
def tags_by_others(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A picture or film of somebody else's that the person is tagged in."""
    found = entries(record)
    link = next((e.href or e.value for e in found if e.href or e.label in LINK), "")
    tagger = pick(found, NAME_LABELS) or next((e.value for e in found if e.value and "://" not in e.value), "") or None
    media = media_in(record)
    moment = record.get("timestamp") or next((e.at for e in found if e.at), None)
    return a.item(
        "tagged", "other", moment, "", found=media, fbid=record.get("fbid"), title="You are tagged in this",
        author="other", author_name=tagger, url=own_host(link, *HOSTS), mark=link,
    )  # fmt: skip
