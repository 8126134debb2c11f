"""Entries of Meta's web pages as the records that the JSON form has, so that one function reads both.

Each shape is `shape(block, account) -> record`. Times are ISO text without an offset: the pages name no zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from auditlib.jsonstream import BadElement, Broken
from auditlib.platforms._meta import Mended, own_host, username
from auditlib.platforms._meta_blocks import Block, Pair
from auditlib.platforms._meta_dates import from_page
from auditlib.platforms._meta_pages import TOO_LARGE, Pages, records
from auditlib.reading import Ignored, NotKnown, Rows, Stream, guarded
from auditlib.records import Item, Record

Shape = Callable[[Block, Any], dict[str, Any]]

NOT_UNDERSTOOD = "a web page of a form this version does not know: ask for the archive again in JSON"
_OWN = ("facebook.com", "fb.com", "instagram.com", "threads.net", "threads.com")
# Where the platform's own page of an entry is; the token is opaque and works for the person only, logged in.
_ENTRY = re.compile(r"https?://(?:www\.|m\.)?facebook\.com/dyi/l/", re.IGNORECASE)


def labels(pairs: Iterable[Pair], day_first: bool | None) -> list[dict[str, Any]]:
    """Rows of a table as labelled values; a row of a nested table lies under the label of its box."""
    made: list[dict[str, Any]] = []
    nested: dict[str, list[dict[str, Any]]] = {}
    for pair in pairs:
        entry: dict[str, Any] = {"label": pair.label}
        moment = from_page(pair.value, day_first)
        entry |= {"timestamp_value": moment} if moment else {"value": pair.value}
        if pair.href:
            entry["href"] = pair.href
        if not pair.under:
            made.append(entry)
        elif pair.under in nested:
            nested[pair.under].append(entry)
        else:
            nested[pair.under] = [entry]
            made.append({"title": pair.under, "dict": nested[pair.under]})
    return made


def _media(b: Block) -> list[dict[str, Any]]:
    """The pictures and films of an entry; degrees that a table gives belong to the first."""
    media: list[dict[str, Any]] = [{"uri": uri, "title": ""} for uri in b.media]
    degrees = {p.label.casefold()[:3]: p.value for p in b.pairs}
    if media and "lat" in degrees and "lon" in degrees:
        exif = {"latitude": degrees["lat"], "longitude": degrees["lon"]}
        media[0]["media_metadata"] = {"photo_metadata": {"exif_data": [exif]}}
    return media


def _attachments(b: Block) -> tuple[str, list[dict[str, Any]]]:
    """The words of an entry, and what is attached: a line that is nothing but a link is the name of what was shared."""
    said: list[str] = []
    attached: list[dict[str, Any]] = [{"media": m} for m in _media(b)]
    named = set()
    for line in b.lines:
        if line.href.lower().startswith("http") and not own_host(line.href, *_OWN):
            named.add(line.href)
            attached.append({"external_context": {"url": line.href, "name": "" if "://" in line.text else line.text}})
        else:
            said.append(line.text)
    for link in b.links:
        if link not in named and not own_host(link, *_OWN):
            attached.append({"external_context": {"url": link}})
    if b.media:
        said = list(dict.fromkeys(said))  # a picture's words stand with it and with the post
    return "\n".join(said), [{"data": attached}] if attached else []


def as_labels(b: Block, a: Any) -> dict[str, Any]:
    """Labelled values: the rows of the table, else the entry's words as one of them."""
    values = labels(b.pairs, a.answers.day_first)
    if not values and b.lines:
        values = [{"label": "text", "value": b.text}]
    return {"timestamp": b.at, "title": b.heading, "label_values": values, "media": _media(b)}


def _is_table(b: Block) -> bool:
    return bool(b.pairs) and not b.lines and not b.media


def as_post(b: Block, a: Any) -> dict[str, Any]:
    """A post of Facebook's: heading, words, pictures, links."""
    if _is_table(b):
        return as_labels(b, a)
    text, attached = _attachments(b)
    return {"timestamp": b.at, "title": b.heading, "data": [{"post": text}], "attachments": attached}


def as_comment(b: Block, a: Any) -> dict[str, Any]:
    """A comment of Facebook's; the heading says under what."""
    if _is_table(b):
        return as_labels(b, a)
    text, attached = _attachments(b)
    return {
        "timestamp": b.at, "title": b.heading, "attachments": attached,
        "data": [{"comment": {"comment": text, "timestamp": b.at}}],
    }  # fmt: skip


def as_reaction(b: Block, a: Any) -> dict[str, Any]:
    """A reaction: a sentence and a time."""
    if _is_table(b):
        return as_labels(b, a)
    title = b.heading or (b.lines[0].text if b.lines else "")
    rest = b.lines if b.heading else b.lines[1:]
    return {"timestamp": b.at, "title": title, "data": [{"reaction": {"reaction": line.text}} for line in rest[:1]]}


def as_person(b: Block, a: Any) -> dict[str, Any]:
    """A person or Page by name; the address where there is one."""
    if _is_table(b):
        return as_labels(b, a)
    name = b.heading or (b.lines[0].text if b.lines else "")
    url = next((link for link in b.links if not _ENTRY.match(link)), None)
    return {"timestamp": b.at, "name": name, "url": url}


def as_photo(b: Block, a: Any) -> dict[str, Any]:
    """A picture listed on its own, with its description; several together are a post."""
    if len(b.media) != 1:
        return as_post(b, a)
    return _media(b)[0] | {"creation_timestamp": b.at, "description": b.text, "title": b.heading}


def as_note(b: Block, a: Any) -> dict[str, Any]:
    """A text with a title of its own: notes, listings, events."""
    if _is_table(b):
        return as_labels(b, a)
    return {
        "timestamp": b.at, "create_timestamp": b.at, "title": b.heading, "name": b.heading, "text": b.text,
        "description": b.text, "media": _media(b),
    }  # fmt: skip


def as_answers(b: Block, a: Any) -> dict[str, Any]:
    """Answers to a group's questions, a row each."""
    rows = [{"question": p.label, "answer": p.value, "timestamp": b.at} for p in b.pairs]
    return {"group_name": b.heading, "answers": rows or [{"answer": b.text, "timestamp": b.at}]}


def as_vote(b: Block, a: Any) -> dict[str, Any]:
    """A vote: question and the option chosen."""
    if _is_table(b):
        return as_labels(b, a)
    options = [{"option": line.text, "voted": True} for line in b.lines]
    poll = {"question": b.heading, "options": options}
    return {"timestamp": b.at, "title": b.heading, "attachments": [{"data": [{"poll": poll}]}]}


def as_listed(b: Block, a: Any) -> dict[str, Any]:
    """Instagram's lists and maps: a table is both a map and labelled values, anything else a list of one."""
    if b.pairs:
        found: dict[str, Any] = {}
        for pair in b.pairs:
            moment = from_page(pair.value, a.answers.day_first)
            found.setdefault(pair.label, {"href": pair.href, "value": "" if moment else pair.value, "timestamp": moment})
        values = labels(b.pairs, a.answers.day_first)
        media = [{"uri": uri} for uri in b.media]
        return {
            "title": b.heading, "timestamp": b.at, "string_map_data": found, "label_values": values, "media_list_data": media,
        }  # fmt: skip
    rows = [line for line in b.lines if line.href] or list(b.lines[:1])
    many = [{"value": line.text, "href": line.href, "timestamp": b.at} for line in rows]
    if b.heading and not many:
        many = [{"value": "", "href": next(iter(b.links), ""), "timestamp": b.at}]
    for one in many:
        if "://" in str(one["value"]):  # from October 2025: the name is the heading, the link its own address
            one["value"] = "" if b.heading else username(str(one["value"])) or ""
    return {"title": b.heading, "string_list_data": many}


def as_map(b: Block, a: Any) -> dict[str, Any]:
    """A map alone: profile, settings and changes. A date may be what is told: it stands as the value, too."""
    record = as_listed(b, a)
    record.pop("label_values", None)
    for value in record.get("string_map_data", {}).values():
        value["value"] = value["value"] or value["timestamp"]
    return record


def as_captioned(b: Block, a: Any) -> dict[str, Any]:
    """A post of Instagram's or Threads': the caption is the heading, the words, or both."""
    if _is_table(b) and any("caption" in p.label.casefold() for p in b.pairs):
        return as_labels(b, a)
    text = "\n".join(filter(None, (b.heading, b.text)))
    media = _media(b) or [{"uri": "", "title": ""}]
    return {"title": text, "creation_timestamp": b.at, "media": media}


_DATELESS = (as_person, as_listed, as_map, as_labels)


def page(function: Mended) -> Stream:
    """The way in which pages go to the function that the same file in JSON goes to."""
    shape: Shape = function.shape or as_labels

    def run(found: Block, a: Any) -> Iterable[Record]:
        record = shape(found, a)
        url = next((own_host(link, "facebook.com") for link in found.links if _ENTRY.match(link)), None)
        for made in function.function(record, a):
            yield msgspec.structs.replace(made, url=url) if url and isinstance(made, Item) and made.url is None else made

    return Stream(reading(run, shape in _DATELESS))


def reading(run: Callable[[Block, Any], Iterable[Record]], dateless: bool) -> Callable[[BinaryIO, Any], Iterator[Any]]:
    """A Stream's function: every entry of a page through `run`; a page of no known form says so."""

    def read(stream: BinaryIO, a: Any) -> Iterator[Record | BadElement]:
        a.pages += 1
        entries = 0
        try:
            for found in records(Pages(stream), dateless, a.day_first):
                a.undated += bool(found.date) and found.at is None
                a.position = entries
                entries += 1
                yield from guarded(run, found, a)
        except Broken as broken:
            if broken.detail == TOO_LARGE:
                raise NotKnown(NOT_UNDERSTOOD) from None
            raise
        if not entries and not a.empty_page(a.member):
            raise NotKnown(NOT_UNDERSTOOD)

    return read


def with_pages(rows: Rows) -> Rows:
    """The rows of a platform, each followed by the one for its web page: what is left out in JSON is left out as a page."""
    made: list[Any] = []
    for pattern, how in rows:
        function = getattr(how, "function", None)
        if isinstance(how, Ignored):
            made.append((pattern.replace(r"\.json", r"\.(?:json|html?)").replace("(?:json|csv", "(?:json|html?|csv"), how))
            continue
        made.append((pattern, how))
        if isinstance(function, Mended):
            made.append((pattern.replace(r"\.json", r"\.html?"), page(function)))
    return tuple(made)
