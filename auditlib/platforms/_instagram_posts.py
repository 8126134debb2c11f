"""Instagram: what the person posted, commented, reposted and answered, as items."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditlib.dates import from_millis
from auditlib.platforms import _meta_maps as maps
from auditlib.platforms._meta import (
    Mended,
    dicts,
    entries,
    listed,
    mapped,
    media_in,
    mend,
    moment_of,
    pick,
    shaped,
    username,
    value_of,
    words,
)
from auditlib.platforms._meta_reader import Reader
from auditlib.platforms._meta_shapes import as_captioned, as_listed, as_map
from auditlib.records import Quoted, Record, ReplyTo

_OWNER_LABELS = ("media owner", "besitzer des mediums", "propriétaire", "propietario", "eigenaar", "proprietario", "właściciel")
_COMMENT_LABELS = ("comment", "kommentar", "commentaire", "comentario", "comentário", "commento", "opmerking", "komentarz")
_NOT_WORDS = ("deletion status", "comment creation time", "time", *_OWNER_LABELS)


def posts(what: str = "post", kind: Any = "post", derived: bool = False, **more: Any) -> Mended:
    """A function for everything that is a list of media with a caption."""

    def one(record: dict[str, Any], a: Reader) -> Iterable[Record]:
        if "label_values" in record:
            return _labelled(record, a, what, kind, more)
        if "media" not in record and "uri" not in record:
            raise ValueError
        text, moment, media = maps.captioned(record)
        if derived and all(not m["uri"] or m["uri"] in a.shown for m in media) and a.repeated(media, text):
            return []
        if not text and not any(m["uri"] for m in media):
            return []
        return a.item(what, kind, moment, text, found=media, **({"audience": a.audience} | more))

    return Mended(one, as_captioned)


def _labelled(record: dict[str, Any], a: Reader, what: str, kind: Any, more: dict[str, Any]) -> list[Record]:
    """A post in the newest form: a caption among labelled values, media beside them."""
    found = entries(record)
    text = pick(found, ("caption", "title", "text", *_COMMENT_LABELS))
    _, moment, _ = maps.captioned({**record, "title": text})
    media = list(media_in(record))
    if not text:
        likely = [e.value for e in found if e.value and "://" not in e.value and not e.under]
        text = next((v for v in likely if " " in v.strip()), next(iter(likely), ""))
        a.unfamiliar += bool(text)
    moment = record.get("timestamp") or moment or next((e.at for e in found if e.at), None)
    return a.item(what, kind, moment, text, found=media, **({"audience": a.audience} | more)) if text or media else []


@shaped(as_listed)
def comments(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A comment under someone's post, reel or story: only that account's user name is given."""
    found, rows = mapped(record), entries(record)
    media = [m for m in dicts(record.get("media_list_data")) if isinstance(m.get("uri"), str)]
    text = value_of(found, *_COMMENT_LABELS) or pick(rows, ("text", *_COMMENT_LABELS))
    author = value_of(found, *_OWNER_LABELS) or pick(rows, (*_OWNER_LABELS, *maps.USERNAME)) or words(record.get("title"))
    moment = moment_of(found) or record.get("timestamp") or next((e.at for e in rows if e.at), None)
    if found and not text:  # labels of another language: the words come first, then whose post it is
        values = [v["value"] for k, v in found.items() if k not in _NOT_WORDS and words(v.get("value"))]
        text = values[0] if values else ""
        author = author or next((v for v in values[1:] if username(v)), "")
        a.unfamiliar += bool(text) and not any(k in (*_COMMENT_LABELS, "comment creation time") for k in found)
    if found and not author:
        beside = (v["value"] for k, v in found.items() if k not in (*_COMMENT_LABELS, *_NOT_WORDS) and words(v.get("value")))
        author = next((v for v in beside if v != text and username(v)), "")
    made: list[Record] = []
    for said, at in [(text, moment)] if text or media else [(o.name, o.at) for o in listed(record) if o.name]:
        made += a.item("comment", "comment", at, said, found=media, reply_to=ReplyTo(None, author or None), mark=author)
    return made


@shaped(as_map)
def reposts(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A repost: the words are someone else's, whose name is not given."""
    found = mapped(record)
    text = value_of(found, "text", "caption", "titel", "texte", "texto", "testo", "tekst")
    text = text or next((v["value"] for v in found.values() if words(v.get("value"))), "")
    return a.item("repost", "repost", moment_of(found), text, quoted=Quoted(None, None, text), audience=a.audience)


def stories(what: str, kind: Any) -> Mended:
    """A function for answers to stickers in other people's stories; `kind` is what the words, if any, are."""

    def one(record: dict[str, Any], a: Reader) -> Iterable[Record]:
        if "label_values" in record:
            found = entries(record)
            text = pick(found, ("answer", "response", "text", "reply", "option", "antwort", "réponse", "respuesta"))
            owner = username(pick(found, maps.USERNAME)) or None
            if not text:
                text = next((e.value for e in found if e.value and not e.under and "://" not in e.value), "")
                a.unfamiliar += bool(text)
            rows = [(text, owner, record.get("timestamp"))]
        else:
            # "👍" is the platform's mark of a like, no word of the person's
            rows = [(o.name if o.name not in (o.title, "👍") else "", o.title or None, o.at) for o in listed(record)]
        made: list[Record] = []
        for text, author, at in rows:
            if text and kind == "comment":
                made += a.item(what, "comment", at, text, reply_to=ReplyTo(None, author), audience="direct", mark=author or "")
            else:
                made += a.item(what, "reaction", at, text, quoted=Quoted(None, author, text or None), mark=author or "")
        return made

    return Mended(one, as_listed)


def replies(record: Any, a: Reader) -> Iterable[Record]:
    """Answers in the person's words to messages and stories; seen with its keys only."""
    one = mend(record)
    text = words(one.get("reply_content"))
    to = ReplyTo(None, words(one.get("original_message_sender")) or None)
    at = from_millis(one.get("timestamp_ms"))
    return a.item("reply", "message", at, text, reply_to=to, audience="direct") if text else ()
