"""What the workspace hands to the screen: small frozen structs, text only, nothing that can write.

Everything here may hold the person's own words and other people's names. It is for this computer's screen: it never
goes into a log, an exception, a file name or the declaration.
"""

from __future__ import annotations

import msgspec

from auditlib.records import Author, Choice, Coverage, Question, ReplyTo, Severity, Span


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One reason why a card is worth another look. `spans` are characters of `Card.fields[field]`."""

    clause: str
    rule: str
    severity: Severity
    score: float
    field: str
    spans: tuple[Span, ...]
    reason: str
    suggestion: str | None = None
    evidence: tuple[str, ...] = ()


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One record in the review queue, with every reason to look at it again.

    `kind` is an item kind, or "profile", "conversation" or "connection". `fields` holds the original text of each
    field that a reason points into (always "text"). `refer` is True when a reason is a safeguarding one: such a card
    goes to the safeguarding lead and is never offered for removal. An unflagged post found by search has no reasons.
    """

    key: str
    platform: str
    account: str | None
    kind: str
    at: str | None
    audience: str
    url: str | None
    title: str | None
    text: str
    author: Author | None
    author_name: str | None
    reply_to: ReplyTo | None
    quoted: str | None
    quoted_author: str | None
    place: str | None
    media_count: int
    conversation_title: str | None
    state: str
    choice: Choice | None
    decided_at: str | None
    done: bool
    refer: bool
    fields: dict[str, str]
    reasons: tuple[Reason, ...]


class QueueFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which cards to show; filters combine, None or "" means every one.

    `band` is a severity. `undecided` leaves out what was decided when the view was made. `choice` shows one choice
    only. `search` finds all typed words, in any case, with or without accents, anywhere in a word. `all_posts` adds
    the person's own unflagged items after the flagged ones, newest first.
    """

    clause: str | None = None
    platform: str | None = None
    year: int | None = None
    audience: str | None = None
    kind: str | None = None
    band: str | None = None
    undecided: bool = False
    choice: str | None = None
    search: str = ""
    all_posts: bool = False


class QueueView(msgspec.Struct, frozen=True, kw_only=True):
    """How long a view is. `first_undecided` is the position to resume at, None when all are decided."""

    total: int
    decided: int
    first_undecided: int | None = None


class PeopleFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which people to show; filters combine. `suggested`: True for rows with a suggestion, False for those without."""

    search: str = ""
    undecided: bool = False
    platform: str | None = None
    relation: str | None = None
    suggested: bool | None = None
    mark: str | None = None


class PeopleView(msgspec.Struct, frozen=True, kw_only=True):
    """How many people a filter shows, and how many of them carry a mark."""

    total: int
    marked: int


class TodoRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do on the platform. `words` are the first words; `directions` say where to look."""

    key: str
    platform: str
    account: str | None
    kind: str
    choice: Choice
    at: str | None
    audience: str
    words: str
    url: str | None
    directions: str
    done: bool
    present: bool
    """False when the newest export no longer holds the record: it is gone from the platform, or was left out."""


class AccountView(msgspec.Struct, frozen=True, kw_only=True):
    """One account as last imported. `counts` is records by kind or relation; `first` and `last` are ISO times."""

    platform: str
    account: str | None
    era: str
    counts: dict[str, int]
    first: str | None
    last: str | None
    coverage: list[Coverage]
    warnings: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    source_label: str = ""
    imported_at: str = ""


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One bar of the timeline picture: the person's own items in one year (None = no date) on one platform."""

    platform: str
    year: int | None
    items: int
    flagged: int


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One answered row of the settings checklist. `at` is the time of the answer (ISO, UTC)."""

    answer: str
    reason: str = ""
    at: str = ""
