"""Strava: the bulk export, some 45 CSV files beside the recorded tracks.

Header names and dates are in the account's language; the order of columns is stable. Who can see a single activity is not
in the export. People are numbers only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditlib.csvtable import encoding_of, plain
from auditlib.platforms import _strava_words as words
from auditlib.platforms._strava import NAME, SITE, Reader, Row, cells, like, moment, person_url
from auditlib.reading import Asking, Ignored, NotKnown, Rows, Table, Whole
from auditlib.records import Connection, Media, ProfileFact, Quoted, Record, Relation, ReplyTo
from auditlib.text import digest

__all__ = ["ASK", "FILES", "MARKERS", "NAME", "NOT_HELD", "NOT_YET", "SNIFF", "TITLE", "TOGETHER", "Reader"]

TITLE = "Strava"
# Files that nobody else has: the download is known by them where its profile or activities were left out.
MARKERS: tuple[re.Pattern[str], ...] = (
    re.compile(
        r"^(?P<root>(?:.*/)?)(?:privacy_zones|visibility_settings|global_challenges|group_challenges|starred_routes|"
        r"local_legend_segments|mobile_device_identifiers)\.csv$"
    ),
)
# never by posts.csv or comments.csv, which Reddit's export has too
TOGETHER = ("activities.csv", "profile.csv")
_HEADERS = tuple(frozenset(names.split(",")) for names in (
    "activity id,activity date", "follower athlete id", "following athlete id", "reaction date,parent id",
    "default activity visibility", "media filename,media caption", "athlete id,health consent status",
))  # fmt: skip
_TRACKED = re.compile(r"activities/\d+\.(?:fit|gpx|tcx)(?:\.gz)?[\",;\t]")


def SNIFF(head: bytes, name: str) -> bool:
    """Whether a CSV file on its own has a header that only Strava writes, or names recorded tracks (translated headers)."""
    text = head.decode(encoding_of(head), "replace")
    found = {plain(cell.strip('"')) for cell in re.split("[,;\t]", text.split("\n", 1)[0])}
    return any(names <= found for names in _HEADERS) or (
        name.lower().endswith("activities.csv") and bool(_TRACKED.search(text))
    )


SITES: tuple[str, ...] = ("strava.com",)
FIND = "On Strava, open your profile, then My activities, and look for {day}."
NOT_HELD = ("stories", "reposts", "reviews", "friends")
NOT_YET: tuple[str, ...] = ()
ASK = Asking(
    where="Your account's settings on strava.com: the download of your whole account",
    steps=(
        "Use the website in a browser, and look in the settings for the download of your account (bulk export).",
        "Ask for the archive only: where the same page also offers to delete the account, leave that alone.",
        "When Strava says that it is ready, download the zip file.",
    ),
    choose="There is nothing to choose: the archive holds everything.",
)

# How the state of a follow may be worded where the whole export is translated, without accents.
_ACCEPTED = frozenset((
    "accepted", "accepte", "acceptee", "akzeptiert", "angenommen", "aceptado", "aceptada", "aceito", "accettato", "accettata",
    "geaccepteerd", "godkand", "accepteret", "godtatt", "zaakceptowano",
))  # fmt: skip
_PENDING = frozenset((
    "pending", "requested", "en attente", "ausstehend", "pendiente", "pendente", "in sospeso", "in attesa", "in behandeling",
    "in afwachting", "afventer", "vantande", "avventer", "oczekuje",
))  # fmt: skip


def profile(row: Row, a: Reader) -> Iterable[Record]:
    """The profile. Weight, sex and consent to health data are not carried."""
    names = (
        "athlete id",
        "email address",
        "first name",
        "last name",
        "sex",
        "description",
        "weight",
        "city",
        "state",
        "country",
    )
    _, email, first, last, _, about, _, city, state, country = cells(row, *names)
    if not (email or first or last):
        raise ValueError
    place = ", ".join(part for part in (city, state, country) if part)
    facts = (("name", f"{first} {last}".strip()), ("email", email), ("location", place), ("bio", about))
    for fact, value in facts:
        key = f"{a.prefix}{fact}:{digest(value)}"
        if value and key not in a.told and (fact != "email" or "@" in value):
            a.told.add(key)
            yield ProfileFact(platform=NAME, account=a.account, where=a.where, key=key, fact=fact, value=value)  # type: ignore[arg-type]


def activity(row: Row, a: Reader) -> Iterable[Record]:
    """A recorded or typed-in activity: its name and description are public words, its private note is not.

    Names of columns occur twice (first as shown, then exact): none of those is needed here. Without an English header the
    private note is taken only where the track's name shows that the columns lie as they do today.
    """
    number, date, name, _, about = cells(
        row, "activity id", "activity date", "activity name", "activity type", "activity description"
    )
    if not number.isdecimal():
        raise ValueError
    if "activity id" in row:
        note, pictures = row.get("activity private note", "").strip(), row.get("media", "")
    else:
        values = [value.strip() for value in row.values()]
        settled = len(values) > 12 and (values[12].startswith("activities/") or values[12] == "#error#")
        note, pictures = values[10] if settled else "", ""
    at, url = a.dated(date), f"{SITE}/activities/{number}"
    key = f"{a.prefix}activity:{number}"
    if key in a.told:
        return
    a.told.add(key)
    media = tuple(Media(p.strip(), words.kind_of(p)) for p in pictures.split("|") if p.strip())
    yield a.item("post", key, at, about, id=number, title=name or None, media=media, url=url)
    if note:
        yield a.item("other", f"{key}:note", at, note, id=number, title=name or None, audience="private", url=url)


def comment(row: Row, a: Reader) -> Iterable[Record]:
    """A comment. The export does not say on what."""
    date, text = cells(row, "comment date", "comment")
    if not text:
        raise ValueError
    yield a.item("comment", a.key("comment", date, text), a.dated(date), text, reply_to=ReplyTo())


def reaction(row: Row, a: Reader) -> Iterable[Record]:
    """Kudos or another reaction, to an activity or something else; only its number is given."""
    date, kind, about, number = cells(row, "reaction date", "reaction type", "parent type", "parent id")
    if kind.isdecimal() and not number:  # an older table, or one of other columns
        kind, number = "", kind
    if not date and not number:
        raise ValueError
    url = f"{SITE}/activities/{number}" if "activit" in about.lower() and number.isdecimal() else None
    key = a.key("reaction", date, kind, about, number)
    yield a.item("reaction", key, a.dated(date), "", title=kind or None, quoted=Quoted(number or None, None, None), url=url)


def _person(a: Reader, relation: Relation, identifier: str, name: str = "") -> Iterable[Record]:
    key = f"{a.prefix}{relation}:{identifier or digest(name)}"
    if key in a.told:
        return
    a.told.add(key)
    a.numbered += not name
    yield Connection(
        platform=NAME,
        account=a.account,
        where=a.where,
        key=key,
        relation=relation,
        id=identifier or None,
        name=name or None,
        url=person_url(identifier),
    )


def _follow(row: Row, a: Reader, column: str, settled: Relation, asked: Relation) -> Iterable[Record]:
    identifier, state, _ = cells(row, column, "follow status", "favorite status")
    if not identifier.isdecimal():
        raise ValueError
    word = words.bare(state)
    if word not in _ACCEPTED and word not in _PENDING:
        a.unsaid.add(word)
    return _person(a, asked if word in _PENDING else settled, identifier)


def follower(row: Row, a: Reader) -> Iterable[Record]:
    """Somebody who follows the person, or has asked to."""
    return _follow(row, a, "follower athlete id", "follower", "request_received")


def following(row: Row, a: Reader) -> Iterable[Record]:
    """Somebody the person follows, or has asked to follow."""
    return _follow(row, a, "following athlete id", "following", "request_sent")


def blocked(row: Row, a: Reader) -> Iterable[Record]:
    """Somebody blocked. The columns are not known: an id, else the first number, is taken for the athlete's."""
    number = like(row, "athlete id", "id")
    if not number.isdecimal():
        number = next((value.strip() for value in row.values() if value.strip().isdecimal()), "")
    name = _named(row)
    if not number and not name:
        raise NotKnown("its columns are not those this version knows: look at whom you blocked on Strava itself")
    return _person(a, "blocked", number, name)


def _named(row: Row) -> str:
    return " ".join(f"{like(row, 'first ?name')} {like(row, 'last ?name')}".split()) or like(row, "full name", "name")


def contact(row: Row, a: Reader) -> Iterable[Record]:
    """An entry of an uploaded address book. The columns are not known; numbers and addresses are not carried."""
    name = _named(row)
    if not any(value.strip() for value in row.values()):
        raise ValueError
    key = a.key("contact", *row.values())
    yield Connection(platform=NAME, account=a.account, where=a.where, key=key, relation="contact", name=name or None)


def club(row: Row, a: Reader) -> Iterable[Record]:
    """A club with its description; told together with the memberships, which may name others."""
    name, about = cells(row, "club name", "club description")
    if not name:
        raise ValueError
    joined = a.clubs[name][0] if name in a.clubs else None
    a.clubs[name] = (joined, about, a.where)
    return ()


def membership(row: Row, a: Reader) -> Iterable[Record]:
    """A club joined."""
    date, name = cells(row, "join date", "club name")
    if not name:
        raise ValueError
    _, about, where = a.clubs.get(name, (None, "", a.where))
    a.clubs[name] = (a.dated(date), about, where)
    return ()


def picture(row: Row, a: Reader) -> Iterable[Record]:
    """A picture or video put with an activity, and its caption."""
    path, caption = cells(row, "media filename", "media caption")
    if not path:
        raise ValueError
    yield a.item("other", a.key("media", path), None, caption, media=(Media(path, words.kind_of(path)),))


def route(row: Row, a: Reader) -> Iterable[Record]:
    """A planned route: its name is what others see."""
    name = cells(row, "route name")[0]
    if not name:
        raise ValueError
    yield a.item("other", a.key("route", *row.values()), None, like(row, "description"), title=name)


def visibility(row: Row, a: Reader) -> Iterable[Record]:
    """Who can see what, as set for the account; one row."""
    return words.visibility(row, a)


def social(row: Row, a: Reader) -> Iterable[Record]:
    """Settings of mentions, messages and contacts, whose columns are not known: as they stand."""
    said = "; ".join(f"{name}: {value.strip()}" for name, value in row.items() if value.strip())
    if said:
        yield a.setting("mentions-messaging-suggested-contacts", "unknown", said[:500])


def zone(row: Row, a: Reader) -> Iterable[Record]:
    """A hidden area. It holds an address, so that it is only counted."""
    a.zones = (a.member, (a.zones[1] if a.zones else 0) + 1)
    return ()


def post(row: Row, a: Reader) -> Iterable[Record]:
    """A post in a club or on the person's page. The columns are not known: read by what their names hold."""
    text = like(row, "text", "body", "content", "message", "description", "post")
    title = like(row, "title", "subject", "name")
    date = like(row, "post date", "created at", "date", "time")
    if not text and not title:
        raise NotKnown("its columns are not those this version knows: look at your posts on Strava itself")
    yield a.item("post", a.key("post", *row.values()), moment(date) if date else None, text, title=title or None)


def event(row: Row, a: Reader) -> Iterable[Record]:
    """A club's event that the person made or joined, read by what the columns' names hold."""
    title, text = like(row, "event name", "title", "name"), like(row, "description", "text")
    if not title and not text:
        raise NotKnown("its columns are not those this version knows: it may hold something worth a look by hand")
    yield a.item("other", a.key("event", *row.values()), None, text, title=title or None)


FILES: Rows = (
    (r"profile\.csv$", Table(profile)),
    (r"visibility_settings\.csv$", Table(visibility)),
    (r"privacy_zones\.csv$", Table(zone)),
    (r"social_settings\.csv$", Table(social)),
    (r"activities\.csv$", Table(activity)),
    (r"posts\.csv$", Table(post)),
    (r"comments\.csv$", Table(comment)),
    (r"(?:reactions|kudos)\.csv$", Table(reaction)),
    (r"media\.csv$", Table(picture)),
    (r"routes\.csv$", Table(route)),
    (r"events\.csv$", Table(event)),
    (r"followers\.csv$", Table(follower)),
    (r"following\.csv$", Table(following)),
    (r"blocks\.csv$", Table(blocked)),
    (r"contacts\.csv$", Table(contact)),
    (r"clubs\.csv$", Table(club)),
    (r"memberships\.csv$", Table(membership)),
    (r"messaging\.json$", Whole(words.messages)),
    (r"community_content\.json$", Whole(words.community)),
    (r"(?:logins|connected_apps|mobile_device_identifiers|community_personal_data|email_preferences|general_preferences|orders|"
        r"applications|support_tickets|partner_opt_outs|metering)\.(?:csv|json)$",
        Ignored("log-ins, devices, connected apps, e-mail choices: nothing that you published")),
    (r"(?:segments|starred_segments|starred_routes|local_legend_segments|segment_feedback|flags|group_challenges|"
        r"global_challenges|goals|bikes|shoes|components)\.csv$",
        Ignored("segments, challenges, goals and gear: no words of yours")),
)  # fmt: skip
