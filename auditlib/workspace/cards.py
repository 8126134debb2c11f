"""From findings to the review queue: one card per record, in the order to be looked at, kept apart from the records.

A card carries all it shows, so the queue reads the same while a newer export is being imported, and a page of it is one
range of the primary key.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace

from auditlib.records import SEVERITIES, Author, Choice, Connection, Finding, Item, ProfileFact, ReplyTo
from auditlib.workspace.reading import LIVE, names_of, year_of
from auditlib.workspace.search import fold
from auditlib.workspace.store import Store, bump, set_meta, transaction
from auditlib.workspace.stored import unpacker
from auditlib.workspace.views import Card, Reason

SAFEGUARDING = "safeguarding"
_BANDS = {severity: place for place, severity in enumerate(SEVERITIES)}
_STEP = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")

Thing = Item | Connection | ProfileFact


class StoredCard(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body of a card: what doesn't depend on a decision."""

    key: str
    platform: str
    kind: str
    account: str | None = None
    at: str | None = None
    audience: str = "unknown"
    url: str | None = None
    title: str | None = None
    text: str = ""
    author: Author | None = None
    author_name: str | None = None
    reply_to: ReplyTo | None = None
    quoted: str | None = None
    quoted_author: str | None = None
    place: str | None = None
    media_count: int = 0
    conversation_title: str | None = None
    state: str = "live"
    fields: dict[str, str] = {}
    findings: tuple[Finding, ...] = ()


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(StoredCard).decode
_either = msgspec.json.Decoder(ProfileFact | Connection).decode  # told apart by their `record` tag


def field_text(record: Thing, path: str) -> str | None:
    """Return the text at a finding's `field` ("text", "media[0].alt", "place.name"), None when there is none."""
    found: object = record
    for step in path.split("."):
        match = _STEP.fullmatch(step)
        found = getattr(found, match[1], None) if match else None
        if match and match[2] is not None:
            found = found[int(match[2])] if isinstance(found, tuple) and int(match[2]) < len(found) else None
    return found if isinstance(found, str) else None


def stored_card(record: Thing | None, findings: tuple[Finding, ...], key: str) -> StoredCard:
    """Return the card of a record; without a record (a conversation) it is made from the findings alone."""
    fields = {}
    for finding in findings:
        text = field_text(record, finding.field) if record is not None else None
        fields[finding.field] = finding.text if text is None else text
    if isinstance(record, Item):
        return StoredCard(
            key=key, platform=record.platform, kind=record.kind, account=record.account, at=record.at,
            audience=record.audience, url=record.url, title=record.title, text=record.text,
            author=record.author, author_name=record.author_name,
            reply_to=record.reply_to, quoted=record.quoted.text if record.quoted else None,
            quoted_author=record.quoted.author if record.quoted else None,
            place=_place(record), media_count=len(record.media),
            conversation_title=record.conversation.title if record.conversation else None, state=record.state,
            fields={"text": record.text} | fields, findings=findings,
        )  # fmt: skip
    first = findings[0]
    card = StoredCard(
        key=key, platform=first.platform, kind=first.kind, at=first.at, url=first.url, findings=findings,
        text=fields.get("text", first.text), fields={"text": first.text} | fields,
    )  # fmt: skip
    if isinstance(record, ProfileFact):
        text, fields = record.value, {"text": record.value} | fields
        return replace(card, kind="profile", title=record.fact, account=record.account, text=text, fields=fields)
    if isinstance(record, Connection):
        text = record.name or record.handle or first.text
        return replace(
            card, kind="connection", title=record.relation, account=record.account, text=text,
            url=record.url or first.url, fields={"text": text} | fields,
        )  # fmt: skip
    return card


def _place(item: Item) -> str | None:
    if item.place is None:
        return None
    if item.place.name:
        return item.place.name
    if item.place.lat is None or item.place.lon is None:
        return None
    return f"{item.place.lat:.4f}, {item.place.lon:.4f}"


def shown(card: StoredCard, choice: Choice | None, decided_at: str | None, done: bool) -> Card:
    """Return the card for the screen, with the decision on it."""
    reasons = tuple(
        Reason(clause=f.clause, rule=f.rule, severity=f.severity, score=f.score, field=f.field, spans=f.spans,
               reason=f.reason, suggestion=f.suggestion, evidence=f.evidence)
        for f in card.findings
    )  # fmt: skip
    base = {name: getattr(card, name) for name in StoredCard.__struct_fields__ if name != "findings"}
    return Card(
        **base, reasons=reasons, choice=choice, decided_at=decided_at, done=done,
        refer=any(reason.clause == SAFEGUARDING for reason in reasons),
    )  # fmt: skip


def read_card(body: bytes) -> StoredCard:
    """Return the stored card of a body."""
    return _decode(body)


def store_findings(store: Store, findings: Iterable[Finding], scanner_version: str) -> int:
    """Replace all cards in one step and return their number; see `Workspace.store_findings`."""
    by_key: dict[str, list[Finding]] = {}
    for finding in findings:
        by_key.setdefault(finding.key, []).append(finding)
    with store.apart() as conn:
        cards = [stored_card(record, _ordered(by_key[key]), key) for key, record in _records(conn, by_key)]
        cards.sort(key=_place_in_queue)
        with transaction(conn):
            conn.execute("DELETE FROM card")
            conn.execute("DELETE FROM card_text")
            for rank, card in enumerate(cards, 1):
                _insert(conn, rank, card)
            bump(conn, "cards")
            set_meta(conn, "scanner", scanner_version)
    return len(cards)


def _place_in_queue(card: StoredCard) -> tuple[int, float, str, str]:
    """Return the sort key of the order of findings (severity, score, time, undated last), by the weightiest one."""
    first = card.findings[0]
    return _BANDS[first.severity], -first.score, card.at or "9999", card.key


def _insert(conn: sqlite3.Connection, rank: int, card: StoredCard) -> None:
    clauses = "|" + "|".join(dict.fromkeys(finding.clause for finding in card.findings)) + "|"
    conn.execute(
        "INSERT INTO card VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (rank, card.key, card.platform, card.account, card.kind, year_of(card.at), card.audience,
         card.findings[0].severity, clauses),
    )  # fmt: skip
    texts = dict.fromkeys(
        text
        for text in (card.text, card.title, card.quoted, card.place, card.conversation_title, *card.fields.values())
        if text
    )
    conn.execute("INSERT INTO card_text VALUES(?, ?, ?)", (rank, fold("\n".join(texts)), _encode(card)))


def _ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return the findings of one record, the weightiest first; equal ones keep the scanner's order."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: (_BANDS[finding.severity], -finding.score)))


def _records(conn: sqlite3.Connection, keys: Iterable[str]) -> Iterator[tuple[str, Thing | None]]:
    """Yield every key with its record: one pass over the live rows, as no index of keys is kept."""
    wanted = set(keys)
    conn.execute("BEGIN")
    for number, fields, first, last in conn.execute(
        "SELECT id, fields, first_id, last_id FROM import WHERE state = 'live' AND first_id IS NOT NULL"
        " ORDER BY id DESC"  # the newer one, should two imports hold the same record
    ).fetchall():
        unpack = unpacker(names_of(fields))
        mine = {row[0] for row in conn.execute("SELECT id FROM account WHERE import = ?", (number,))}
        rows = conn.execute("SELECT id, key, account FROM item WHERE id BETWEEN ? AND ?", (first, last))
        for row_id in [row[0] for row in rows if row[1] in wanted and row[2] in mine]:
            key, body = conn.execute("SELECT key, body FROM item WHERE id = ?", (row_id,)).fetchone()
            if key in wanted:
                wanted.discard(key)
                yield key, unpack(body)
    others = f"SELECT key, body FROM other WHERE account IN ({LIVE}) AND sort IN ('profile', 'connection')"
    for key, body in conn.execute(others).fetchall() if wanted else []:
        if key in wanted:
            wanted.discard(key)
            yield key, _either(body)
    conn.execute("COMMIT")
    for key in sorted(wanted):
        yield key, None


def findings(store: Store) -> Iterator[Finding]:
    """Yield every finding in the order of the queue."""
    with store.apart() as conn:
        for (body,) in conn.execute("SELECT body FROM card_text ORDER BY rank"):
            yield from _decode(body).findings
