"""The fields of a record that hold the person's own words, each with the name findings give it."""

from __future__ import annotations

from collections.abc import Iterator

from auditlib.records import Connection, Item, ProfileFact


def fields(record: Item | ProfileFact | Connection) -> Iterator[tuple[str, str]]:
    """Yield (field name, text) for every field worth reading; empty ones are left out. A connection has none."""
    if isinstance(record, ProfileFact):
        if record.value:
            yield "value", record.value
        return
    if isinstance(record, Connection):
        return
    if record.text:
        yield "text", record.text
    elif record.kind in ("repost", "reaction") and record.quoted is not None and record.quoted.text:
        yield "quoted.text", record.quoted.text
    if record.title and record.title != record.text:
        yield "title", record.title
    if record.place is not None and record.place.name:
        yield "place.name", record.place.name
    for at, media in enumerate(record.media):
        if media.alt:
            yield f"media[{at}].alt", media.alt
        if media.description and media.description != record.text:
            yield f"media[{at}].description", media.description
        if media.place is not None and media.place.name:
            yield f"media[{at}].place.name", media.place.name
    for at, link in enumerate(record.links):
        yield f"links[{at}]", link


def field_kind(name: str) -> str:
    """Return the kind of a field as rule data names it: `media[0].alt` is `alt`, `place.name` is `place`."""
    if name.endswith("place.name"):
        return "place"
    if name.startswith("links"):
        return "links"
    return name.rsplit(".", 1)[-1] if name.startswith("media") else name.split(".")[0]
