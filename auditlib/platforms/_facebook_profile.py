"""Facebook's profile: a document in JSON, a page of headings and rows in the web-page form. Both become profile facts.

Religion, politics, gender, relationship and family are not carried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from auditlib.platforms._meta import dicts, mend
from auditlib.platforms._meta_blocks import Block
from auditlib.platforms._meta_dates import from_page
from auditlib.platforms._meta_maps import BIO, BORN, EMAIL, FULL_NAME, PHONE, USERNAME, WEBSITE
from auditlib.platforms._meta_pages import Pages, records
from auditlib.platforms._meta_reader import Reader
from auditlib.platforms._meta_shapes import NOT_UNDERSTOOD
from auditlib.reading import NotKnown
from auditlib.records import Record

REGISTERED = "registered"
_LABELS: dict[str, str] = {
    label: fact
    for fact, labels in {
        "name": (*FULL_NAME, "full name", "vollständiger name", "nom complet", "nombre completo",
            "nome completo", "volledige naam"),
        "handle": (*USERNAME, "vanity"),
        "former_name": ("previous names", "previous name", "former names", "other names", "other name",
            "frühere namen"),
        "email": (*EMAIL, "emails", "email addresses", "contact emails", "previous emails", "e-mail-adressen", "e-mails"),
        "phone": (*PHONE, "phone numbers", "mobile", "mobile phone", "telefonnummern"),
        "birthday": BORN,
        "employer": ("employer", "work", "work experiences", "work experience", "company",
            "arbeitgeber", "empleador", "employeur"),
        "school": ("school", "education", "education experiences", "high school", "college", "university",
            "schule", "école"),
        "location": ("current city", "hometown", "places lived", "address", "city",
            "aktueller wohnort", "heimatstadt", "ville"),
        "website": (*WEBSITE, "websites"),
        "bio": (*BIO, "about me", "about you", "intro"),
        REGISTERED: ("registration date", "registered", "registration timestamp", "account created",
            "joined facebook", "date joined"),
    }.items()
    for label in labels
}  # fmt: skip


def text_of(value: Any) -> str:
    """A text without the space around it; "" for what is none."""
    return value.strip() if isinstance(value, str) else ""


def names_in(value: Any) -> list[str]:
    """Names in a list of strings or of objects with a name."""
    many = value if isinstance(value, list) else [value]
    return [n for v in many if (n := text_of(v.get("name") if isinstance(v, dict) else v))]


def profile_in(document: Any) -> dict[str, Any]:
    """The profile in a decoded document, mended; {} where there is none."""
    found = mend(document) if isinstance(document, dict) else {}
    inner = next((v for k, v in found.items() if k.startswith("profile") and isinstance(v, dict)), found)
    return inner if isinstance(inner, dict) else {}


def profile(document: Any, a: Reader) -> Iterator[Record]:
    """The facts on the profile of the JSON form."""
    p = profile_in(document)
    if not p.keys() & {"name", "emails", "username", "registration_timestamp", "profile_uri", "birthday", "phone_numbers"}:
        raise ValueError
    name = p.get("name")
    yield from a.fact("name", name.get("full_name") if isinstance(name, dict) else name)
    yield from a.fact("handle", p.get("username"))
    for former in (*names_in(p.get("previous_names")), *names_in(p.get("other_names"))):
        yield from a.fact("former_name", former)
    emails: dict[str, Any] = p["emails"] if isinstance(p.get("emails"), dict) else {}
    for key in ("emails", "previous_emails", "pending_emails"):
        for email in names_in(emails.get(key)):
            yield from a.fact("email", email)
    born = p.get("birthday")
    if isinstance(born, dict) and all(isinstance(born.get(k), int) for k in ("month", "day")):
        year = f"{born['year']:04}-" if isinstance(born.get("year"), int) and born["year"] > 0 else "--"
        yield from a.fact("birthday", f"{year}{born['month']:02}-{born['day']:02}")
    for key in ("current_city", "hometown"):
        for place in names_in(p.get(key)):
            yield from a.fact("location", place)
    for lived in dicts(p.get("places_lived")):
        for place in names_in(lived.get("place")):
            yield from a.fact("location", place)
    if isinstance(address := p.get("address"), dict):
        lines = (text_of(address.get(k)) for k in ("street", "city", "zipcode", "country"))
        yield from a.fact("location", ", ".join(line for line in lines if line))
    for fact, key, inside in (
        ("school", "education_experiences", "name"),
        ("employer", "work_experiences", "employer"),
        ("website", "websites", "address"),
        ("phone", "phone_numbers", "phone_number"),
    ):
        for one in dicts(p.get(key)):
            yield from a.fact(fact, one.get(inside))
    for key in ("about_me", "intro_bio", "bio"):
        yield from a.fact("bio", p[key].get("name") if isinstance(p.get(key), dict) else p.get(key))


def page_facts(blocks: Iterable[Block], day_first: bool | None = None) -> list[tuple[str, str]]:
    """What a profile page says, as (fact, value): rows of tables by their label, else the lines under a heading."""
    found: list[tuple[str, str]] = []
    for b in blocks:
        named = {p.under for p in b.pairs if _fact(p.label)}  # parts whose name has a row: their other rows are none
        rows = [p for p in b.pairs if _fact(p.label) or not p.under or p.under not in named]
        told = [(p.label, p.under, value) for p in rows for value in p.value.split("\n")]
        heading = b.heading
        lines = [line.text for line in b.lines]
        if not heading and len(lines) > 1 and _fact(lines[0]):
            heading, lines = lines[0], lines[1:]
        told += [(heading, "", line) for line in (*lines, *([b.date] if b.date and not b.pairs else ()))]
        for label, under, value in told:
            fact = _fact(label) or _fact(under)
            # what is named within a part of the profile (a school's name) is that part's
            fact = _fact(under) or _fact(heading) or fact if fact == "name" else fact
            if fact and value.strip():
                moment = from_page(value, day_first)
                if moment is None or fact in ("birthday", REGISTERED):
                    found.append((fact, moment or value.strip()))
    return list(dict.fromkeys(found))


def _fact(label: str) -> str | None:
    return _LABELS.get(label.strip().rstrip(":").casefold())


def profile_page(stream: BinaryIO, a: Any) -> Iterator[Record]:
    """The facts on a profile page."""
    a.pages += 1
    found = page_facts(records(Pages(stream), True, a.day_first), a.day_first)
    if not found and not a.empty_page(a.member):
        raise NotKnown(NOT_UNDERSTOOD)
    for fact, value in found:
        if fact != REGISTERED:
            yield from a.fact(fact, value)
