"""Google Maps reviews in a Google Takeout, with the notes in saved lists, the reviews written in Google Play, and the name
they stand under.

`Takeout/Maps (your places)/Reviews.json` or `Takeout/Maps/Reviews.json` (the folder's name follows the language of the
account): GeoJSON, sometimes inside an array of one. Older files have other key names, so keys are looked up among synonyms.
Reviews are public under the name of the Google account. The address leads to the place, not to the review.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from auditlib.archive import READ_ERRORS
from auditlib.dates import from_iso, from_millis, from_utc
from auditlib.errors import UnsafeArchive
from auditlib.jsonstream import Broken
from auditlib.platforms._google_profile import is_profile, is_subscriber, name_in, profile, subscriber
from auditlib.platforms._google_takeout import edition, first_rows, names_of, number, parts_missing, place_of
from auditlib.reading import Account, Asking, Each, Ignored, Page, Rows, Table, Unknown, Way, Whole, decode
from auditlib.records import Item, Place, Record
from auditlib.text import digest

NAME, TITLE = "google-maps", "Google Maps"
MARKERS = (
    re.compile(r"^(?P<root>(?:.*/)?[Tt]akeout[^/]*/(?:Google )?Maps(?: ?\([^/]*\))?/)"),
    re.compile(r"^(?P<root>(?:.*/)?(?:Google )?Maps ?\([^/]*\)/)[^/]+\.(?:json|csv)$"),
    re.compile(r"^(?P<root>(?:.*/)?(?:Google )?Maps/)(?:Reviews|Saved Places)\.json$"),
    re.compile(r"^(?P<root>(?:.*/)?[Tt]akeout[^/]*/Saved/)[^/]+\.csv$"),
    re.compile(r"^(?P<root>(?:.*/)?Google Play Store/)Reviews\.json$"),
    re.compile(r"^(?P<root>(?:.*/)?[Tt]akeout[^/]*/Profile/)Profile\.json$"),
    re.compile(r"^(?P<root>(?:.*/)?[Tt]akeout[^/]*/[^/]+/)[^/]+\.SubscriberInfo\.html$"),
)
SITES: tuple[str, ...] = ("google.com",)
FIND = "In Google Maps, press your picture, then Your profile, then Reviews, and look for {day}."
NOT_HELD = (
    "stories",
    "reposts",
    "comments",
    "messages",
    "reactions",
    "friends",
    "followers",
    "following",
    "requests",
    "blocked",
    "address-book",
    "settings",
)
NOT_YET: tuple[str, ...] = ()
ASK = Asking(
    where="takeout.google.com, signed in with the Google account you use for Maps",
    steps=(
        "Choose Deselect all, then tick Maps (your places), Maps, Saved, Google Play Store and Profile.",
        "Give all files of the download (-001, -002 and so on) together.",
    ),
    choose="Maps (your places), Maps, Saved, Google Play Store and Profile, as .zip, all time",
    url="https://takeout.google.com/",
)
_STARS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_SPACES = re.compile(r"[\s_-]+")
_REVIEW = re.compile(rb'"(?:five_star_rating_published|review_text_published|Review Comment|Star Rating)"', re.IGNORECASE)
_SAVED_PLACE = re.compile(rb'"google_maps_url"|"Google Maps URL"', re.IGNORECASE)
_GEO = re.compile(rb'"FeatureCollection"')
_PLAY = re.compile(rb'"(?:starRating|documentType)"')
_PROFILES = re.compile(r"(^|/)profil[^/]*\.json$", re.IGNORECASE)
_MAP = re.compile(r"https?://(?:www\.|maps\.)?google\.[^/]+/maps|https?://maps\.google\.")
SAVED_PLACES = Ignored("places you saved or labelled for yourself: private, and no words to others")

_TEXT = ("review text published", "review text", "review comment", "comment", "text", "review")
_RATING = ("five star rating published", "five star rating", "star rating", "rating")
_DATE = ("date", "published", "publish date", "review date", "creation time", "last modified", "updated")
_ADDRESS = ("google maps url", "url", "maps url")
_NAME = ("name", "business name", "title", "place name")


class Reader(Account):
    """Reviews name no owner: the profile does, where it was asked for. Files of other languages' names go by their content."""

    platform = NAME

    def begin(self) -> None:
        """When the export was made, and a way for each file of a name that is not English."""
        self.met: set[str] = set()
        self.repeats: Counter[str] = Counter()
        self.found = False
        self.named: str | None = None
        self.origins = sorted({self.origin(m) for m in self.members})
        self.edition = edition(self.origins)
        for member in self.members:
            if _PROFILES.search(member) and (
                member.endswith("Profile/Profile.json") or is_profile(self.head_of(member), member.rsplit("/", 1)[-1])
            ):
                self.ways[member] = PROFILE
                self.attempt(partial(self._named, member))
                continue
            by_content = member.lower().endswith(".csv") or not _KNOWN.search(member)
            if by_content and (way := _way(self.head_of(member), member)):
                self.ways[member] = way

    def _named(self, member: str) -> None:
        with suppress(Broken, UnsafeArchive, *READ_ERRORS):  # reading the file will say what is wrong
            self.named = name_in(decode(self.tree.read(member))) or self.named

    def settle(self) -> None:
        """The profile's name is the account's. Not before: a profile lies in every download, and one with it and nothing else
        must not take the place of another with the reviews."""
        self.account = self.named

    def finish(self) -> Iterator[Record]:
        """What the person should know."""
        self.warnings += parts_missing(self.origins, "Google Maps", sum(m.size for m in self.tree.members.values()))
        if not self.found:
            self.warnings.append(
                "No Google Maps reviews were found. If you ever wrote one, ask again and tick Maps (your places) and Maps, "
                "and give all files of the download."
            )
        yield from ()

    def key(self, what: str, *parts: str | None) -> str:
        """A key from what stays the same from export to export, with a counter for repeats in one file."""
        mark = digest(*(part or "" for part in parts))
        self.repeats[f"{self.member}|{what}|{mark}"] += 1
        count = self.repeats[f"{self.member}|{what}|{mark}"]
        return f"{NAME}:{what}:{mark}" if count == 1 else f"{NAME}:{what}:{mark}:{count}"

    def once(self, item: Item) -> Iterator[Item]:
        """The item unless the very same was read from another part or download."""
        if item.key not in self.met:
            self.met.add(item.key)
            yield item


def SNIFF(head: bytes, name: str) -> bool:
    """Whether a file handed over on its own holds Maps reviews or notes on saved places."""
    low = name.lower()
    if low.endswith(".csv"):
        rows = first_rows(head)
        foreign = len(rows) > 1 and len(rows[0]) in (3, 4, 5) and any(len(r) > 2 and _MAP.match(r[2]) for r in rows[1:4])
        return foreign or ({"title", "note", "url"} <= set(_saved_header(head)) and b"google." in head)
    if not low.endswith(".json"):
        return is_subscriber(name)
    if is_profile(head, name):
        return True
    in_maps = _REVIEW.search(head) and (_GEO.search(head) or b"google_maps_url" in head)
    return bool(in_maps) or all(word in head for word in (b'"starRating"', b'"documentType"', b'"review"'))


def _saved_header(head: bytes) -> list[str]:
    """The header of a saved list, which a description of the list may precede."""
    named = [names_of(row) for row in first_rows(head)[:4]]
    return next((names for names in named if {"title", "url"} <= set(names)), [])


def _way(head: bytes, member: str) -> Way | None:
    """How a file is read, by its beginning; None when it is of no kind known here."""
    low = member.lower()
    if low.endswith(".json"):
        if _REVIEW.search(head):
            return REVIEWS
        if _GEO.search(head):
            return REVIEWS if re.search(rb"review", head, re.IGNORECASE) else SAVED_PLACES
        return PLAY if _PLAY.search(head) and b'"review"' in head else None
    if low.endswith(".csv"):
        names = _saved_header(head)
        if names:
            return SAVED
        linked = (n for row in first_rows(head)[1:4] for n, cell in enumerate(row) if re.match(r"https?://\S*google\.", cell))
        at = next(linked, -1)
        if at >= 1:  # a language whose column names are not known: title, note, address, tags, comment
            return Table(saved, ("@0", "@1" if at >= 2 else "@9", f"@{at}", f"@{at + 2}"))
    return None


def _plain(record: Any) -> dict[str, Any]:
    """An object with its keys as they are compared: `Star Rating` and `star_rating` are one; {} for what is no object."""
    return {_SPACES.sub(" ", str(k)).strip().casefold(): v for k, v in record.items()} if isinstance(record, dict) else {}


def _first(record: dict[str, Any], names: tuple[str, ...]) -> str:
    """The first of the named values that is text or a number."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return f"{value:g}" if abs(value) < 1e6 else str(value)
    return ""


def _stars(said: str) -> str:
    """`2 of 5 stars` from a number or an English word; "" when none is given."""
    word = said.strip().casefold()
    figure = _STARS.get(re.split(r"[\s_]", word)[0]) if word else None
    if figure is None:
        try:
            figure = round(float(word), 1)  # type: ignore[assignment]
        except (ValueError, OverflowError):
            return ""
    return f"{figure:g} of 5 stars" if figure is not None and 0 < figure <= 5 else ""


def _moment(said: str) -> str | None:
    """ISO text with Z; older files may hold the form with UTC behind it, or milliseconds."""
    return from_iso(said) or from_utc(said) or from_millis(said)


def _degrees(lon: Any, lat: Any) -> tuple[float, float] | None:
    """(lat, lon) from numbers or text; 0,0 stands for none."""
    return place_of(_number(lat), _number(lon))


def _number(value: Any) -> float | None:
    return number(value if isinstance(value, str) else str(value)) if isinstance(value, str | int | float) else None


def _titled(name: str, stars: str) -> str | None:
    """What stands above the words: what was reviewed, and the rating."""
    return f"{name} ({stars})" if name and stars else name or stars or None


def _answers(questions: Any) -> Iterator[str]:
    """What the person answered to Google's questions about a place, which stands with the review: a line each."""
    for one in questions if isinstance(questions, list) else ():
        asked = _plain(one)
        several = asked.get("selected options")
        chosen = [_first(asked, ("selected option",)), *(several if isinstance(several, list) else ())]
        said = ", ".join(dict.fromkeys(c for c in chosen if isinstance(c, str) and c)) or _first(asked, ("rating",))
        if said:
            yield f"{_first(asked, ('question',))}: {said}".removeprefix(": ")


def reviews(record: dict[str, Any], a: Reader) -> Iterator[Record]:
    """A review. One without words is a rating only. A file may hold its collection inside an array."""
    if not record:  # nothing was ever reviewed
        return
    if isinstance(features := record.get("features"), list):
        for feature in features:
            yield from reviews(feature, a)
        return
    about = _plain(record.get("properties", record))
    place = _plain(about.get("location"))
    text, stars = _first(about, _TEXT), _stars(_first(about, _RATING))
    text = "\n".join((*([text] if text else ()), *_answers(about.get("questions"))))
    name = _first(place, _NAME) or _first(about, _NAME)
    if not (text or stars or name):
        raise ValueError
    point = _plain(record.get("geometry")).get("coordinates")
    inner = _plain(place.get("geo coordinates"))  # in older files
    at = _degrees(*point[:2]) if isinstance(point, list) and len(point) > 1 else None
    at = at or _degrees(inner.get("longitude"), inner.get("latitude"))
    address, when = _first(about, _ADDRESS), _moment(_first(about, _DATE))
    a.found = True
    yield from a.once(
        Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="review",
            key=a.key("review", address or f"{name}|{_first(place, ('address',))}", when),
            id=None,
            at=when,
            title=_titled(name, stars),
            text=text,
            author="me",
            author_name=a.account,
            audience="public",
            place=Place(name or None, *(at or ())) if name or at else None,
            url=address or None,
        )
    )


def play_reviews(record: dict[str, Any], a: Reader) -> Iterator[Record]:
    """A review of an app, film or book in Google Play: public."""
    if not record:
        return
    about = _plain(record.get("review", record))
    thing = _plain(about.get("document"))
    text, stars = _first(about, ("comment", "text", "review text")), _stars(_first(about, ("starrating", *_RATING)))
    if not (text or stars):
        raise ValueError
    when = _moment(_first(about, ("creationtime", "lastmodifiedtime", *_DATE)))
    name = _first(thing, ("title", "name")) or (_first(about, ("documenttitle", "app name")))
    heading = _first(about, ("title",))
    a.found = True
    yield from a.once(
        Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="review",
            key=a.key("play-review", name or heading, when),
            id=None,
            at=when,
            title=_titled(name or heading, stars),
            text=f"{heading}\n{text}".strip() if name and heading else text,
            author="me",
            author_name=a.account,
            audience="public",
        )
    )


def saved(row: tuple[str, ...], a: Reader) -> Iterator[Record]:
    """A note on a place in a saved list; the list may be shared, which the export does not say. Places without one are left."""
    title, note, address, comment = (cell.strip() for cell in row)
    text = "\n".join(dict.fromkeys(words for words in (note, comment) if words))
    if not text:
        return
    listed = a.member.rsplit("/", 1)[-1].rpartition(".")[0]
    yield from a.once(
        Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="other",
            key=a.key("saved-note", listed, address or title, text),
            id=None,
            at=None,
            title=title or None,
            text=text,
            author="me",
            author_name=a.account,
            place=Place(title) if title else None,
            url=address or None,
        )
    )


REVIEWS: Way = Each(reviews, dict[str, Any], ("features",))
PROFILE: Way = Whole(profile)
PLAY: Way = Each(play_reviews, dict[str, Any])
SAVED: Way = Table(saved, ("title", "note", "url", "comment"), ("title", "url"))
FILES: Rows = (
    (r"Google Play Store/Reviews\.json$", PLAY),
    (r"Google Play Store/[^/]+\.(?:json|csv|html?)$", Ignored("apps, orders and devices in Google Play: no words of yours")),
    (r"Reviews(?: ?\(\d+\))?\.json$", REVIEWS),
    (r"(?:Saved Places|Labell?ed places|Commute routes)\.json$", SAVED_PLACES),
    (r"[^/]+\.SubscriberInfo\.html?$", Page(subscriber)),
    (
        r"Photos(?: and videos)?/[^/]+\.(?:json|csv)$",
        Ignored("details of photos you gave to Maps: look under Your contributions"),
    ),
    (r"Saved/[^/]+\.csv$", SAVED),
    (r"(?:Maps[^/]*)/.*\.html?$", Unknown("a web page about Maps: look at it by hand")),
)
_KNOWN = re.compile("|".join(f"(?:^|/)(?:{pattern})" for pattern, _ in FILES), re.IGNORECASE)
