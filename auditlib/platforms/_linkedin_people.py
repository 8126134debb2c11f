"""LinkedIn's people and profile: connections, follows, the uploaded address book, and what stands on the person's page.

Recommendations, projects and positions are public words in disguise: they are items like posts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from auditlib.platforms._linkedin import Reader
from auditlib.platforms._linkedin_forms import NAME, Row, alike, american, cells, day, full, slug, utc, web
from auditlib.records import Audience, Connection, Item, ProfileFact, Quoted, Record, Setting
from auditlib.text import digest

HIDDEN = "hidden member"
_VISIBLE: dict[str, Audience] = {"visible": "public", "hidden": "private"}


def connection(row: Row, a: Reader) -> Iterable[Record]:
    """A connection. A row with nothing but a date is a closed or hidden account: it keeps its place.

    Company and position are those of today, not of the day of connecting: words about the person, no fact about the tie.
    """
    first, last, url, connected, employer, job = row
    name, url = full(first, last), url.strip()
    if not name and not url and not connected:
        raise ValueError
    since = day(connected) or a.dated(utc(connected), connected)
    if name:
        (a.linked_names if url else a.linked_bare).add(alike(name))
    elif not url:
        a.hidden += 1
        name = HIDDEN
    job, employer = job.strip(), employer.strip()
    return a.person("friend", name, url, since, f"{job}, {employer}" if job and employer else job or employer)


def followed(row: Row, a: Reader) -> Iterable[Record]:
    """A person followed, or no longer."""
    date, status, name = row
    if not name.strip():
        raise ValueError
    gone = re.search(r"unfollow|inactive|removed|stopped", status.lower())
    return a.person("removed" if gone else "following", name.strip(), "", a.dated(utc(date) or day(date), date))


def company(row: Row, a: Reader) -> Iterable[Record]:
    """A company or school followed."""
    name, date = row
    if not name.strip():
        raise ValueError
    return a.person("following", name.strip(), "", a.dated(day(date) or utc(date), date))


def contact(row: Row, a: Reader) -> Iterable[Record]:
    """An entry of an address book that was uploaded: other people's data, no tie on LinkedIn."""
    first, middle, last, whole, emails, phones, created = row
    name = " ".join(whole.split()) or " ".join(f"{first} {middle} {last}".split())
    if not name and not emails.strip() and not phones.strip():
        raise ValueError
    key = a.unique("contact", name, emails, phones)
    if key is None:
        return ()
    since = utc(created) or american(created) or day(created)
    return (
        Connection(
            platform=NAME, account=a.account, where=a.where, key=key, relation="contact", name=name or None, since=since
        ),
    )


def fact(a: Reader, name: Any, value: str) -> Iterable[ProfileFact]:
    """One fact about the person, once."""
    value = value.strip()
    key = f"{a.prefix}{name}:{digest(value)}"
    if value and key not in a.told:
        a.told.add(key)
        yield ProfileFact(platform=NAME, account=a.account, where=a.where, key=key, fact=name, value=value)


def profile(row: Row, a: Reader) -> Iterable[Record]:
    """The one row of Profile.csv. The birthday may lack its year, and is kept as it is written."""
    first, last, maiden, address, birth, headline, summary, postcode, place, twitter, sites = row
    yield from fact(a, "name", full(first, last))
    yield from fact(a, "former_name", maiden)
    yield from fact(a, "location", place)
    yield from fact(a, "location", ", ".join(part for part in (address.strip(), postcode.strip()) if part))
    yield from fact(a, "birthday", birth)
    yield from fact(a, "bio", headline)
    yield from fact(a, "bio", summary)
    for site in cells(sites):
        yield from fact(a, "website", site)
    for handle in cells(twitter):
        yield from fact(a, "handle", handle)


def about(row: Row, a: Reader) -> Iterable[Record]:
    """The text under "About"."""
    return fact(a, "bio", row[0])


def email(row: Row, a: Reader) -> Iterable[Record]:
    """An e-mail address of the account."""
    return fact(a, "email", row[0])


def phone(row: Row, a: Reader) -> Iterable[Record]:
    """A phone number of the account."""
    number, extension = row
    return fact(a, "phone", f"{number} {extension}")


def _words(a: Reader, section_of: str, parts: tuple[str, ...], title: str, text: str, **more: Any) -> Iterable[Record]:
    key = a.unique(section_of, *parts)
    if key:
        more.setdefault("author_name", a.name or None)
        yield Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            key=key,
            id=None,
            title=title or None,
            text=text,
            **({"kind": "other", "author": "me", "at": None} | more),
        )


def position(row: Row, a: Reader) -> Iterable[Record]:
    """A post held: the employer where it has no end, and what the person wrote about it."""
    employer, title, text, _, start, end = row
    if not employer and not title:
        raise ValueError
    if not end.strip():
        yield from fact(a, "employer", employer)
    heading = ", ".join(part.strip() for part in (title, employer) if part.strip())
    yield from _words(a, "position", (employer, title, start), heading, text)


def education(row: Row, a: Reader) -> Iterable[Record]:
    """A school, and what the person wrote about the time there."""
    school, notes, degree, activities = row
    yield from fact(a, "school", school)
    text = "\n".join(part.strip() for part in (notes, activities) if part.strip())
    if text or degree.strip():
        heading = ", ".join(part.strip() for part in (degree, school) if part.strip())
        yield from _words(a, "education", (school, degree), heading, text)


def section(kind: str) -> Callable[[Row, Reader], Iterable[Record]]:
    """A section of the profile whose rows have a title and a description."""

    def read(row: Row, a: Reader) -> Iterable[Record]:
        title, other, text, link = row
        if not title and not other and not text:
            raise ValueError
        heading = ", ".join(part.strip() for part in (title, other) if part.strip())
        return _words(a, kind, row, heading, text, links=tuple(u for u in (web(link),) if u))

    return read


SECTION = (
    "title|name|role|degree name",
    "company name|organization|organisation|publisher|authority|school name",
    "description|summary|notes",
    "url|link",
)


def recommendation(given: bool) -> Callable[[Row, Reader], Iterable[Record]]:
    """Words about a named colleague on their page, or a colleague's about the person."""

    def read(row: Row, a: Reader) -> Iterable[Record]:
        first, last, employer, job, text, date, status = row
        name = full(first, last)
        if not name and not text:
            raise ValueError
        who = ", ".join(part.strip() for part in (name, job, employer) if part.strip())
        more: dict[str, Any] = {"author": "me"} if given else {"author": "other", "author_name": name or None}
        title = f"Recommendation for {who}" if given else f"Recommendation by {who}"
        at = a.dated(day(date) or utc(date) or american(date), date)
        audience = _VISIBLE.get(status.strip().lower(), "unknown")
        kind = "recommendation-given" if given else "recommendation-received"
        return _words(a, kind, (name, date, text), title, text, kind="post", at=at, audience=audience, **more)

    return read


def endorsement(given: bool) -> Callable[[Row, Reader], Iterable[Record]]:
    """A skill pressed on somebody's page, or on the person's own."""

    def read(row: Row, a: Reader) -> Iterable[Record]:
        date, skill, first, last, url, status = row
        name = full(first, last)
        if not skill and not name:
            raise ValueError
        more: dict[str, Any] = {"author": "me", "quoted": Quoted(None, name or None, skill)}
        if not given:
            more = {"author": "other", "author_name": name or None}
        kind = "endorsement-given" if given else "endorsement-received"
        at = a.dated(utc(date), date)
        hidden: Audience = "private" if status.strip().lower() == "hidden" else "unknown"
        parts = (date, skill, slug(url) or name)
        return _words(a, kind, parts, "Endorsement", skill, kind="reaction", at=at, audience=hidden, url=web(url), **more)

    return read


def job_seeker(row: dict[str, str], a: Reader) -> Iterable[Record]:
    """Who can see that the person is open to a new job, in the export's own word: which words there are is not known."""
    for column, word in row.items():
        if word.strip() and re.search(r"visib|open to (?:work|recruit)|open candidate", column):
            yield Setting(
                platform=NAME, account=a.account, where=a.where, id="linkedin.open-to-work", value="unknown", raw=word.strip()
            )
            return
