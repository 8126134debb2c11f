"""What exports of Facebook, Instagram and Threads share: strings to mend, media with places, maps, labelled values.

Meta's JSON writes every UTF-8 byte as its own code point, in values, keys and file names alike; `mend` undoes it for a whole
record before anything else touches it. A file that normally holds a list holds the bare object when there is only one record.
Format facts: timelinize, d3i data-donation-task, what-if-data-donation, RLEAPP, and written case catalogues of real exports.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

from auditlib.reading import RECORD_ERRORS, Ignored
from auditlib.records import Place, Record
from auditlib.text import repair

Function = Callable[[dict[str, Any], Any], Iterable[Record]]

WEB_TWIN = Ignored("web-page copies of files that were read in JSON")
EMPTY = Ignored("the platform's note that a section is empty")
START = Ignored("the archive's own start page")
# Keys under which one record keeps a list of its own: an object of one such key is a record, not a wrapper.
_OWN_LISTS = {
    "media", "data", "attachments", "string_list_data", "string_map_data", "label_values", "photos", "entries", "answers",
}  # fmt: skip
_DERIVED = {"thumbnail", "media_metadata", "subtitles", "dubbing_info", "media_variants", "cover_photo"}
_RUNS = re.compile(r"\s*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)
_HANDLE = re.compile(r"[a-z0-9._]{1,40}$")


def mend(value: Any) -> Any:
    """A decoded value with every string in it repaired, dictionary keys included; lists and objects are changed in place.

    Once only: a second pass could damage words that merely look double-encoded.
    """
    kind = type(value)
    if kind is str:
        return value if value.isascii() else repair(value)
    if kind is dict:
        for key, inner in value.items():
            if (kind := type(inner)) is str:
                if not inner.isascii():
                    value[key] = repair(inner)
            elif kind is dict or kind is list:
                value[key] = mend(inner)
        return value if all(map(str.isascii, value)) else {repair(k): v for k, v in value.items()}
    if kind is list:
        value[:] = map(mend, value)
    return value


class Mended:
    """A record function that is given mended objects only: wrappers of an unknown name are opened, empty lists passed over.

    `function` itself is given the entries of web pages, which need no mending, in the form that `shape` makes of them.
    """

    __slots__ = ("function", "shape")

    def __init__(self, function: Function, shape: Callable[[Any, Any], dict[str, Any]] | None = None) -> None:
        self.function, self.shape = function, shape

    def __call__(self, record: Any, a: Any) -> Iterable[Record]:
        """The records of one element of the JSON form."""
        if not msgspec.json.encode(record).isascii():  # most records hold nothing to mend, and this is the quick way to tell
            record = mend(record)
        if type(record) is dict and len(record) > 1:
            return self.function(record, a)
        found = list(_objects(record))
        return self.function(found[0], a) if len(found) == 1 else _several(self.function, found, a)


def each(function: Function) -> Mended:
    """A record function for entries whose web page is a table of labelled values, or is none."""
    return Mended(function)


def shaped(shape: Callable[[Any, Any], dict[str, Any]]) -> Callable[[Function], Mended]:
    """A record function for entries whose web page `shape` makes into the JSON form."""
    return lambda function: Mended(function, shape)


def _several(function: Function, found: list[dict[str, Any]], a: Any) -> Iterator[Record]:
    """The records of all objects of one wrapper; one that cannot be read costs itself, and is told at the end."""
    failed: Exception | None = None
    for one in found:
        try:
            yield from function(one, a)
        except RECORD_ERRORS as error:
            failed = error
    if failed is not None:
        raise failed


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        inner = next(iter(value.values())) if len(value) == 1 else None
        if isinstance(inner, list | dict) and not _OWN_LISTS & value.keys():
            yield from _objects(inner)
        elif value:
            yield value
    elif isinstance(value, list):
        for one in value:
            yield from _objects(one)
    elif not isinstance(value, str):  # a string: "You have no data in this section"
        raise TypeError


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects in what should be a list of them: one bare object is a list of one, missing is none."""
    if isinstance(value, dict):
        return [value]
    if value is None or value == "":
        return []
    if not isinstance(value, list):
        raise TypeError
    return [v for v in value if isinstance(v, dict)]


def words(value: Any) -> str:
    """A text field: "" when it is missing. Raises TypeError when it is no text, so that the loss is counted."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError
    return value


def joined(texts: Iterable[str]) -> str:
    """Distinct texts, one after the other, exact repeats once."""
    kept = {said: t for t in texts if (said := t.strip())}
    return "\n".join(kept.values())


def plain_name(name: str) -> str:
    """A name as it is compared: composed letters, no case, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def coordinates(lat: Any, lon: Any, name: str | None = None) -> Place | None:
    """A place from degrees; None where they are missing, impossible, or 0/0 (Meta's "not set") and there is no name."""
    try:
        north, east = float(lat), float(lon)
        good = abs(north) <= 90 and abs(east) <= 180 and (north, east) != (0, 0)
    except (TypeError, ValueError):
        good, north, east = False, 0.0, 0.0
    return Place(name, north, east) if good else Place(name) if name else None


def own_host(url: Any, *hosts: str) -> str | None:
    """The address when it is an https or http one of these hosts (or their subdomains); None for anything else."""
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    good = parts.scheme in ("http", "https") and any(host == h or host.endswith("." + h) for h in hosts)
    return url if good else None


def is_link(url: str) -> bool:
    """Whether an address may stand among links: one that would run something is none."""
    return _RUNS.match(url) is None


def exif_place(medium: dict[str, Any]) -> Place | None:
    """Where a picture was taken: the first pair of degrees in its EXIF blocks, which may be several partial ones."""
    metadata = medium.get("media_metadata")
    if not metadata:
        return None
    for block in metadata.values() if isinstance(metadata, dict) else ():
        exif = block.get("exif_data") if isinstance(block, dict) else None
        for one in exif if isinstance(exif, list) else [exif]:
            if isinstance(one, dict) and (place := coordinates(one.get("latitude"), one.get("longitude"))):
                return place
    return None


def media_in(value: Any) -> list[dict[str, Any]]:
    """Every media object (with a `uri`) in a nested value; thumbnails, subtitles and variants are part of theirs."""
    found: list[dict[str, Any]] = []
    if value:
        _gather(value, found)
    return found


def _gather(value: Any, found: list[dict[str, Any]]) -> None:
    kind = type(value)
    if kind is list:
        for inner in value:
            _gather(inner, found)
    elif kind is dict:
        if isinstance(value.get("uri"), str):
            found.append(value)
            return
        for key, inner in value.items():
            if (type(inner) is dict or type(inner) is list) and key not in _DERIVED:
                _gather(inner, found)


class Entry(NamedTuple):
    """One labelled value: label in the account's language (lower case), value, address, moment, label of what it lies under."""

    label: str
    value: str
    href: str
    at: Any
    under: str


def entries(record: dict[str, Any]) -> list[Entry]:
    """All values of a `label_values` record, to any depth."""
    return list(_walk(record.get("label_values"), ""))


def _walk(values: Any, under: str) -> Iterator[Entry]:
    for one in dicts(values):
        label = str(one.get("label") or one.get("title") or "").strip().casefold()
        value, href, at = one.get("value"), one.get("href"), one.get("timestamp_value")
        if value is not None or href or at:
            text = "" if value is None else str(value)
            yield Entry(label or under, text, href if isinstance(href, str) else "", at, under)
        for key in ("dict", "vec", "label_values"):
            if one.get(key):
                yield from _walk(one[key], label or under)


def pick(found: Iterable[Entry], labels: Iterable[str], under: Iterable[str] = ()) -> str:
    """The first value that bears one of the labels (and, when given, lies under one of `under`); "" when there is none."""
    wanted, within = set(labels), set(under)
    return next((e.value for e in found if e.label in wanted and e.value and (not within or e.under in within)), "")


def mapped(record: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """`string_map_data` by label in lower case: the labels are in the account's language and changed case by 2026."""
    found = record.get("string_map_data")
    return {k.strip().casefold(): v for k, v in found.items() if isinstance(v, dict)} if isinstance(found, dict) else {}


def value_of(found: dict[str, dict[str, Any]], *labels: str) -> str:
    """The value under the first of these labels that is there and not empty."""
    return next((v for label in labels if isinstance(v := found.get(label, {}).get("value"), str) and v), "")


def moment_of(found: dict[str, dict[str, Any]]) -> Any:
    """The first timestamp in a map that is set."""
    return next((v["timestamp"] for v in found.values() if v.get("timestamp")), None)


class Listed(NamedTuple):
    """One person or post in a `string_list_data` list."""

    name: str
    title: str
    href: str
    at: Any


def listed(record: dict[str, Any]) -> list[Listed]:
    """The people or posts of one record: several list entries are several people; without a list the title stands alone."""
    title = words(record.get("title"))
    rows = dicts(record.get("string_list_data"))
    if not rows and title:
        return [Listed(title, title, "", record.get("timestamp"))]
    return [Listed(str(r.get("value") or ""), title, str(r.get("href") or ""), r.get("timestamp")) for r in rows]


def username(*candidates: str) -> str | None:
    """The first candidate that is a user name: as it is, or the last piece of an address; in lower case, without `@`."""
    for text in candidates:
        text = text.strip()
        if "://" in text:
            text = text.split("://", 1)[1].partition("/")[2]
            text = re.split(r"[?#]", text)[0].removeprefix("_u/").strip("/").split("/")[0]
        text = text.removeprefix("@").lower()
        if _HANDLE.match(text):
            return text
    return None
