"""What the records of a Bluesky repository say: words, links, pictures, times. Everything in a repository is public.

Sources: the schemas in bluesky-social/atproto (`lexicons/app/bsky`), as of 2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from auditlib.dates import EPOCH, from_iso
from auditlib.records import Media, Quoted

_TID = re.compile(r"[2-7a-j][2-7a-z]{12}$")
_TO_DIGITS = str.maketrans("234567abcdefghijklmnopqrstuvwxyz", "0123456789abcdefghijklmnopqrstuv")
_ZULU = re.compile(r"(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$")
_DAY = 86_400_000_000  # microseconds
_EARLIEST, _LATEST = 1_577_836_800_000_000, 4_102_444_800_000_000  # 2020, 2100: what a record key can tell
_WHO = re.compile(r"(?:did:[a-z0-9]+:[\w.:%-]+|[\w-]+(?:\.[\w-]+)+)$", re.ASCII)
_KEY = re.compile(r"[\w.~:-]{1,512}$", re.ASCII)
_POST = re.compile(r"at://(did:[a-z]+:[a-zA-Z0-9]+)/app\.bsky\.feed\.post/([2-7a-z]{13})$")
_PAGES = {
    "app.bsky.feed.post": "https://bsky.app/profile/{}/post/{}",
    "app.bsky.feed.generator": "https://bsky.app/profile/{}/feed/{}",
    "app.bsky.graph.list": "https://bsky.app/profile/{}/lists/{}",
    "app.bsky.graph.starterpack": "https://bsky.app/starter-pack/{}/{}",
}
_NO_WORDS = re.compile(r"(?:at://|did:[a-z]+:|baf[a-z2-7]{20,}|\d{4}-\d\d-\d\dT)\S*$")
_WEB = ("http://", "https://")
MAX_STRINGS = 2000  # of one record of another app


def written(key: str) -> int | None:
    """When a record with this key was written, in microseconds since 1970; None where the key does not tell.

    A TID is thirteen digits of base 32; its last ten bits are not time.
    """
    if not _TID.match(key):
        return None
    number = int(key.translate(_TO_DIGITS), 32) >> 10
    return number if _EARLIEST < number < _LATEST else None


@lru_cache(maxsize=8192)
def _day_number(text: str) -> int | None:
    """The day counted from 1970, for years from 1900 to 2099."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found.toordinal() - 719163 if 1900 <= found.year < 2100 else None


def iso(micros: int) -> str:
    """Microseconds since 1970 as ISO text, to the second."""
    return (EPOCH + timedelta(seconds=micros // 1_000_000)).isoformat()


def claimed(created: Any, key_time: int | None) -> tuple[str | None, bool]:
    """`createdAt` as ISO text in UTC, and whether it is more than a day away from when the record was written."""
    if not isinstance(created, str):
        return None, False
    if match := _ZULU.match(created):
        day = _day_number(match[1])
        if day is None:
            return None, False
        away = False
        if key_time is not None and not -1 < key_time // _DAY - day < 1:
            clock = (int(created[11:13]) * 60 + int(created[14:16])) * 60 + int(created[17:19])
            away = abs(key_time - day * _DAY - clock * 1_000_000) > _DAY
        part = match[2]
        if part is None or part == ".000":
            return created[:19] + "+00:00", away
        if len(part) == 4:
            return created[:23] + "+00:00", away
    text = from_iso(created)
    if text is None or "T" not in text or not 1900 <= int(text[:4]) < 2100:
        return None, False
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None, False
    if moment.tzinfo is None:
        return text, False
    away = key_time is not None and abs(moment - EPOCH - timedelta(microseconds=key_time)) > timedelta(days=1)
    fraction = moment.microsecond
    return moment.isoformat(timespec="microseconds" if fraction % 1000 else "milliseconds" if fraction else "seconds"), away


def page(uri: str) -> str | None:
    """The web page of an `at://` address: of a post, feed, list or starter pack, else of whose it is."""
    parts = uri.split("/")
    if len(parts) < 3 or parts[0] != "at:" or not _WHO.match(parts[2]):
        return None
    if len(parts) == 5 and parts[3] in _PAGES and _KEY.match(parts[4]):
        return _PAGES[parts[3]].format(parts[2], parts[4])
    return profile(parts[2])


def about(uri: str) -> tuple[str | None, str | None]:
    """Whose record an `at://` address names, and its web page: for posts, which come by the hundred thousand, in one step."""
    if match := _POST.match(uri):
        who, key = match.groups()
        return who, f"https://bsky.app/profile/{who}/post/{key}"
    return owner(uri), page(uri)


def profile(did: str) -> str | None:
    """The profile page of an account; the page of a DID outlives a change of handle."""
    return f"https://bsky.app/profile/{did}" if _WHO.match(did) else None


def owner(uri: str) -> str | None:
    """Whose record an `at://` address names."""
    parts = uri.split("/")
    return parts[2] if len(parts) > 2 and parts[0] == "at:" and parts[2] else None


def subject(record: dict[str, Any]) -> str:
    """The `at://` address or DID a like, repost or follow is about. Raises KeyError or TypeError when there is none."""
    about = record["subject"]
    if isinstance(about, dict):  # until early 2023 a follow, too, named whom it is about in an object
        about = about["uri"] if "uri" in about else about["did"]
    uri = about
    if not isinstance(uri, str):
        raise TypeError
    return uri


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects in a list, whatever else is in it."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def string(record: dict[str, Any], key: str) -> str:
    """A text field; "" when it is not there."""
    value = record.get(key)
    return value if isinstance(value, str) else ""


def words(record: dict[str, Any], field: str = "text", facets: str = "facets") -> tuple[str, list[str]]:
    """A text with shortened links written out, and the links its facets hold.

    A facet's place is counted in bytes of UTF-8; that of an `entity` (before 2023) in units of UTF-16.
    """
    text = record.get(field)
    if not isinstance(text, str):
        if text is None:
            return "", []
        raise TypeError
    found: list[tuple[Any, Any, str, str]] = []
    for facet in dicts(record.get(facets)):
        place = facet.get("index")
        place = place if isinstance(place, dict) else {}
        for feature in dicts(facet.get("features")):
            if isinstance(link := feature.get("uri"), str):
                found.append((place.get("byteStart"), place.get("byteEnd"), link, "utf-8"))
    for entity in dicts(record.get("entities")):
        if entity.get("type") == "link" and isinstance(link := entity.get("value"), str):
            place = entity.get("index")
            place = place if isinstance(place, dict) else {}
            found.append((place.get("start"), place.get("end"), link, "utf-16-le"))
    if not found:
        return text, []
    links = [link for _, _, link, _ in found]
    placed = [(s, e, link, code) for s, e, link, code in found if type(s) is int and type(e) is int and 0 <= s < e]
    for start, end, link, code in sorted(placed, reverse=True):
        width = 2 if code == "utf-16-le" else 1
        data = text.encode(code, "surrogatepass")
        if end * width <= len(data) and _shortened(data[start * width : end * width].decode(code, "replace"), link):
            text = (data[: start * width] + link.encode(code, "surrogatepass") + data[end * width :]).decode(code, "replace")
    return text, links


def _shortened(shown: str, link: str) -> bool:
    """Whether what is shown is the beginning of the link, cut off."""
    for dots in ("…", "..."):
        if shown.endswith(dots):
            begin = shown.removesuffix(dots).casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.")
            whole = link.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.")
            return bool(begin) and whole.startswith(begin)
    return False


def embedded(embed: dict[str, Any]) -> tuple[tuple[Media, ...], list[str], Quoted | None]:
    """Pictures and cards, links, and the post quoted, of what is embedded in a post. The pictures themselves lie elsewhere."""
    media: list[Media] = []
    links: list[str] = []
    quoted = None
    beside = embed.get("media")  # a quote with pictures
    for part in (embed, beside) if isinstance(beside, dict) else (embed,):
        for image in (*dicts(part.get("images")), *dicts(part.get("items"))):
            media.append(Media(None, "photo", string(image, "alt") or None))
        if isinstance(part.get("video"), dict):
            media.append(Media(None, "video", string(part, "alt") or None))
        if isinstance(card := part.get("external"), dict):
            media += _card(card, links)
    about = embed.get("record")
    if isinstance(about, dict) and isinstance(inner := about.get("record"), dict):
        about = inner
    if isinstance(about, dict) and isinstance(uri := about.get("uri"), str):
        quoted = Quoted(uri, owner(uri), None)
    if not (media or links or quoted):
        said, links = strings(embed)
        media += [Media(None, "other", None, said)] if said else []
    return tuple(media), links, quoted


def _card(card: dict[str, Any], links: list[str]) -> Iterator[Media]:
    """A link with its title and description; the description of a moving picture is the person's own, behind `ALT: `."""
    if isinstance(link := card.get("uri"), str):
        links.append(link)
    about = string(card, "description")
    own = about.removeprefix("ALT: ").removeprefix("Alt: ") if about[:5].casefold() == "alt: " else None
    said = "\n".join(part for part in (string(card, "title"), "" if own else about) if part)
    if said or own:
        yield Media(None, "link", own or None, said or None)


def labels(record: dict[str, Any]) -> list[str]:
    """The labels the person put on a post or profile."""
    said = record.get("labels")
    return [v for one in dicts(said.get("values")) if isinstance(v := one.get("val"), str)] if isinstance(said, dict) else []


def strings(record: dict[str, Any], leave: Iterable[str] = ()) -> tuple[str, list[str]]:
    """Every text in a record of another app, one a line, and its web addresses; ids, hashes and times are left out."""
    said: list[str] = []
    links: list[str] = []
    left_out = frozenset(leave)
    waiting: list[Any] = [{k: v for k, v in record.items() if k not in left_out}]
    while waiting and len(said) + len(links) < MAX_STRINGS:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(v for k, v in reversed(value.items()) if not (isinstance(k, str) and k in _TECHNICAL))
        elif isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, str) and (text := value.strip()) and not _NO_WORDS.match(text):
            if text.startswith(_WEB) and not any(c.isspace() for c in text):
                links.append(text)
            else:
                said.append(text)
    return "\n".join(said), links


_TECHNICAL = frozenset(("$type", "cid", "mimeType", "ref", "rev", "sig", "langs", "lang"))
