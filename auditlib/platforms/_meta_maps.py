"""Instagram's and Threads' shared record styles: the profile map, lists of people, posts that are lists of media.

Map labels are in the account's language, changed case by 2026 and can be double-encoded themselves: they are compared mended
and in lower case, with positions and types to fall back on. Booleans are the words "True" and "False".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from auditlib.platforms._meta import (
    Mended,
    dicts,
    entries,
    joined,
    listed,
    mapped,
    mend,
    own_host,
    pick,
    username,
    value_of,
    words,
)
from auditlib.platforms._meta_reader import Reader
from auditlib.platforms._meta_shapes import as_listed, as_map
from auditlib.records import Quoted, Record

HOSTS = ("instagram.com", "threads.net", "threads.com")
USERNAME = (
    "username", "user name", "benutzername", "nom d’utilisateur", "nom d'utilisateur", "nombre de usuario", "nome utente",
    "nome de usuário", "nome de utilizador", "gebruikersnaam", "nazwa użytkownika", "användarnamn", "brugernavn", "brukernavn",
    "kullanıcı adı", "käyttäjänimi", "felhasználónév", "uživatelské jméno",
)  # fmt: skip
FULL_NAME = (
    "name", "nom", "nombre", "nome", "naam", "imię i nazwisko", "nazwa", "namn", "navn", "ad", "nimi", "név", "jméno",
)  # fmt: skip
BIO = ("bio", "biography", "steckbrief", "biografie", "biographie", "biografía", "biografia", "presentación", "biogram")
EMAIL = (
    "email", "e-mail", "email address", "e-mail-adresse", "correo electrónico", "e-mailadres", "adres e-mail", "e-postadress",
)  # fmt: skip
PHONE = (
    "phone number", "phone", "telefonnummer", "numéro de téléphone", "número de teléfono", "número de telefone",
    "telefoonnummer", "numero di telefono", "numer telefonu",
)  # fmt: skip
BORN = (
    "date of birth", "birthday", "geburtsdatum", "date de naissance", "fecha de nacimiento", "data di nascita",
    "data de nascimento", "geboortedatum", "data urodzenia",
)  # fmt: skip
WEBSITE = ("website", "links", "webseite", "site web", "sitio web", "sito web", "site", "strona internetowa", "webbplats")
PRIVATE = (
    "private account", "privates konto", "compte privé", "cuenta privada", "account privato", "conta privada", "privéaccount",
    "konto prywatne", "privat konto",
)  # fmt: skip
_PHONE_WORDS = re.compile(r"phone|telefo|téléphone|teléfono|numer|nummer|puhelin")
_BOOLEAN = ("True", "False")
_SHAPES = (
    ("email", re.compile(r"[^\s@]+@[^\s@]+\.\w+")),
    ("phone", re.compile(r"\+?\d[\d ()-]{6,18}")),
    ("website", re.compile(r"https?://\S+")),
    ("bio", re.compile(r"(?s)\S+\s.+")),
)


def contact(value: str) -> str | None:
    """Which of e-mail address, phone number and website a value looks like, if any."""
    return next((fact for fact, pattern in _SHAPES[:3] if pattern.fullmatch(value.strip())), None)


class Owner(NamedTuple):
    """What the profile map says: `private` is None where no entry could be told to be the account's privacy."""

    username: str | None
    name: str
    private: bool | None
    raw: str
    found: dict[str, dict[str, Any]]


def owner(document: Any) -> Owner:
    """The person of a personal_information.json as it was decoded; empty where there is none."""
    document = mend(document)
    return owner_in(next((r for v in document.values() for r in dicts(v)), {}) if isinstance(document, dict) else {})


def owner_in(record: dict[str, Any]) -> Owner:
    """The person of one mended profile map."""
    found = mapped(record)
    handle = username(value_of(found, *USERNAME)) if value_of(found, *USERNAME) else None
    if (word := value_of(found, *PRIVATE)) not in _BOOLEAN:
        booleans = [v["value"] for k, v in found.items() if v.get("value") in _BOOLEAN and not _PHONE_WORDS.search(k)]
        word = booleans[0] if len(booleans) == 1 else ""
    return Owner(handle, value_of(found, *FULL_NAME), word == "True" if word else None, word, found)


def page_owner(a: Reader) -> Owner:
    """The person of a personal_information.html; empty where there is none."""
    found: dict[str, Any] = {}
    for b in a.page_of(r"personal_information\.html?"):
        found |= as_map(b, a).get("string_map_data") or {}
    return owner_in({"string_map_data": found})


def account_facts(record: dict[str, Any], a: Reader, row: str) -> Iterator[Record]:
    """Profile facts of one profile map, and whether the account is private (setting `row`)."""
    who = owner_in(record)
    yield from a.fact("handle", who.username)
    yield from a.fact("name", who.name)
    known = (("email", EMAIL), ("phone", PHONE), ("bio", BIO), ("website", WEBSITE), ("birthday", BORN))
    values = {fact: value_of(who.found, *labels) for fact, labels in known}
    if values["birthday"].startswith("1919-01-01"):  # what Instagram fills in when no date was given
        del values["birthday"]
    for fact, value in values.items():
        yield from a.fact(fact, value)
    if not who.found.keys() & {*EMAIL, *PHONE, *BIO}:  # a language whose labels nobody listed: by what they look like
        for value in (words(v.get("value")).strip() for v in who.found.values()):
            looks = next((fact for fact, pattern in _SHAPES if pattern.fullmatch(value)), None)
            if looks and value not in (who.name, *values.values()):
                yield from a.fact(looks, value)
    if who.private is not None:
        yield from a.setting(row, "private" if who.private else "public", who.raw)
    elif a.audience == "unknown":  # else the history of changes says
        yield from a.setting(row, "unknown", "")


def people(relation: Any, *hosts: str) -> Mended:
    """A function for lists of people: the name is in the list's value, in the title (from October 2025), or the address."""

    def one(record: dict[str, Any], a: Reader) -> Iterable[Record]:
        if "label_values" in record:
            found = entries(record)
            link = next((e.href for e in found if e.href), "")
            handle = username(pick(found, USERNAME), link, record.get("title") or "")
            return a.connection(relation, None, handle, record.get("timestamp"), own_host(link, *hosts))
        made: list[Record] = []
        for o in listed(record):
            handle = username(o.name, o.title, o.href)
            # Threads: a display name; elsewhere what is no user name at all
            name = (o.title or o.name if handle is None else o.title if username(o.title) != handle else "").strip() or None
            if handle is None and not name:
                raise ValueError
            made += a.connection(relation, name, handle, o.at, own_host(o.href, *hosts))
        return made

    return Mended(one, as_listed)


def captioned(record: dict[str, Any]) -> tuple[str, Any, list[dict[str, Any]]]:
    """(words, moment, media objects) of a post: caption and time lie on the post, on its media, or on both.

    Threads writes a post without pictures as a medium with an empty `uri`; one medium may stand without its list.
    """
    many = dicts(record["media"]) if record.get("media") is not None else [record]
    media = [m if isinstance(m.get("uri"), str) else {**m, "uri": ""} for m in many]
    text = joined([words(record.get("title")), *(words(m.get("title")) for m in media)])
    moment = next((t for r in (record, *media) if (t := r.get("creation_timestamp"))), None)
    return text, moment or record.get("timestamp"), media


def likes(what: str, *hosts: str) -> Mended:
    """A function for likes: the author is in the title, the value may be an emoji."""

    def one(record: dict[str, Any], a: Reader) -> Iterable[Record]:
        if "label_values" in record:
            found = entries(record)
            link = next((e.href or e.value for e in found if e.href), "")
            author = username(pick(found, USERNAME)) or None
            caption = pick(found, ("caption", "title", "text")) or None
            return a.item(
                what, "reaction", record.get("timestamp"), caption or "", quoted=Quoted(None, author, caption),
                url=own_host(link, *hosts), mark=link or str(record.get("fbid") or author or ""),
            )  # fmt: skip
        made: list[Record] = []
        for o in listed(record):
            author = o.title or username(o.href if "/@" in o.href else "") or None
            made += a.item(
                what, "reaction", o.at, "", quoted=Quoted(None, author, None), url=own_host(o.href, *hosts),
                mark=o.href or o.title,
            )  # fmt: skip
        return made

    return Mended(one, as_listed)
