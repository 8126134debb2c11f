"""One review card in the form the page draws: words and pieces of text, no offsets, no markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from ..records import Span
from ..workspace import Card, TodoRow
from . import links, words

BANDS = {"serious": "Please read this one first", "look": "Worth another look", "note": "Worth knowing"}

FIELDS = {
    "title": "Title or content warning",
    "text": "Words",
    "conversation.title": "Name of the conversation",
    "place.name": "Place",
    "value": "Words",
}


def field_name(field: str) -> str:
    """Return what a field of a record is called in front of a person."""
    if field.startswith("media["):
        return "Description of a picture" if field.endswith(("alt", "description")) else "Picture"
    return FIELDS.get(field, "Words")


def pieces(text: str, marks: Iterable[tuple[Span, int]]) -> list[list[Any]]:
    """Return `text` cut at the edges of the spans: `[[piece, [reason numbers]], ...]`, together exactly `text`.

    Spans count Python characters; a script counts UTF-16 units, so the cutting is done here. Numbers start at 1.
    """
    spans = [(max(0, s.start), min(len(text), s.end), number) for s, number in marks if s.start < s.end]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end) if edge <= len(text))})
    cut: list[list[Any]] = []
    for start, end in pairwise(edges):
        numbers = sorted({n for first, last, n in spans if first <= start and end <= last})
        cut.append([text[start:end], numbers])
    return cut


def snippet(card: Card, most: int = 110) -> str:
    """Return the few words of a card that tell it apart in the list: those around its first highlight."""
    for reason in card.reasons:
        text = card.fields.get(reason.field, "")
        if reason.spans and text:
            start = max(0, reason.spans[0].start - most // 4)
            if start:  # begin with a whole word
                start = min(text.find(" ", start) % (len(text) + 1), reason.spans[0].start)
            return ("… " if start else "") + " ".join(text[start : start + most].split())
    whole = card.text or card.title or next(iter(card.fields.values()), "")
    return " ".join(whole[:most].split()) or "(no words)"


def audience(card: Card) -> str:
    """Return who could see it, in words; "" for what is no post and says nothing about it."""
    if card.kind == "conversation":
        return words.AUDIENCES["direct"]
    if card.audience == "unknown" and card.kind in ("profile", "connection"):
        return ""
    return words.AUDIENCES.get(card.audience, words.AUDIENCES["unknown"])


def drawn(card: Card, titles: Mapping[str, str]) -> dict[str, Any]:
    """Return the card as the page draws it. `titles` holds the clause titles by id."""
    fields = []
    numbered = list(enumerate(card.reasons, 1))
    shown = dict.fromkeys(["title", "text", *(r.field for r in card.reasons), *card.fields])
    for name in shown:
        text = card.fields.get(name) or {"title": card.title, "text": card.text}.get(name) or ""
        if text:
            marks = [(span, number) for number, reason in numbered if reason.field == name for span in reason.spans]
            fields.append({"name": name, "label": field_name(name), "pieces": pieces(text, marks)})
    return {
        "key": card.key,
        "platform": words.platform(card.platform),
        "account": card.account,
        "kind": words.KINDS.get(card.kind, ("item", "items"))[0],
        "day": words.day(card.at),
        "when": words.moment(card.at),
        "audience": audience(card),
        "address": card.url,
        "link": links.safe_link(card.platform, card.url, card.account),
        "directions": links.directions(card.platform, card.account, card.at, card.kind),
        "fields": fields,
        "mine": card.author != "other",
        "reply_to": (card.reply_to.author or "someone") if card.reply_to else None,
        "quoted": card.quoted,
        "quoted_author": card.quoted_author,
        "place": card.place,
        "media": card.media_count,
        "conversation": card.conversation_title,
        "state": card.state,
        "choice": card.choice,
        "refer": card.refer,
        "snippet": snippet(card),
        "reasons": [
            {
                "number": number,
                "clause": reason.clause,
                "title": titles.get(reason.clause, reason.clause),
                "band": reason.severity,
                "strength": BANDS[reason.severity],
                "words": reason.reason,
                "evidence": list(reason.evidence),
            }
            for number, reason in numbered
        ],
    }


def to_do(row: TodoRow) -> dict[str, Any]:
    """Return one row of the to-do list as the page draws it."""
    return {
        "key": row.key,
        "what": "Remove" if row.choice == "remove" else "Limit who can see",
        "kind": words.KINDS.get(row.kind, ("item", "items"))[0],
        "when": words.day(row.at),
        "audience": words.AUDIENCES.get(row.audience, words.AUDIENCES["unknown"]),
        "words": row.words,
        "address": row.url,
        "link": links.safe_link(row.platform, row.url, row.account),
        "directions": row.directions or links.directions(row.platform, row.account, row.at, row.kind),
        "done": row.done,
        "gone": not row.present,
    }
