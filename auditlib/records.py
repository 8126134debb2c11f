"""The records every part of the product speaks in: frozen, slotted, no I/O.

They are msgspec structs because a person's archive can hold a million of them: making one and writing one as a JSON
line are both C-speed. `encode_line` gives the line of the command contract (`"record"` first).

Times are ISO 8601 text: `2022-03-04T08:15:00+00:00` when the format is documented as UTC, without an offset when the
export does not say. `None` means the export gives no time.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Kind = Literal["post", "story", "repost", "comment", "message", "reaction", "review", "bio", "other"]
Author = Literal["me", "other", "system"]
Audience = Literal["public", "unlisted", "followers", "friends", "network", "group", "direct", "private", "unknown"]
State = Literal["live", "archived", "binned", "draft"]
Relation = Literal[
    "friend",
    "follower",
    "following",
    "close_friend",
    "contact",
    "request_received",
    "request_sent",
    "request_rejected",
    "removed",
    "blocked",
    "muted",
    "messaged",
]
Severity = Literal["serious", "look", "note"]
Choice = Literal["keep", "remove", "limit", "discuss", "later", "not-a-problem"]
Mark = Literal[
    "pupil", "former-pupil", "parent", "colleague", "family", "friend", "business", "none", "unknown"
]  # "none" = the person looked and it is none of these

MOST_PARTICIPANTS = 100
SEVERITIES: tuple[Severity, ...] = ("serious", "look", "note")


class ReplyTo(msgspec.Struct, frozen=True, gc=False, omit_defaults=False):
    """What an item answers. All three fields may be None when the export only says that it is a reply."""

    id: str | None = None
    author: str | None = None
    url: str | None = None


class Quoted(msgspec.Struct, frozen=True, gc=False):
    """Someone else's words carried by an item (quote, repost, share)."""

    id: str | None = None
    author: str | None = None
    text: str | None = None


class Conversation(msgspec.Struct, frozen=True, gc=False):
    """The conversation a message belongs to. `participants` are handles, names or ids as exported, the first hundred of them.

    Every message carries its conversation: with the five thousand people of a public group it would be a hundred kilobytes.
    """

    id: str | None
    title: str | None
    participants: tuple[str, ...]
    group: bool

    def __post_init__(self) -> None:
        """Keep the first hundred."""
        if len(self.participants) > MOST_PARTICIPANTS:
            msgspec.structs.force_setattr(self, "participants", self.participants[:MOST_PARTICIPANTS])


class Place(msgspec.Struct, frozen=True, gc=False):
    """A place: name, and degrees north and east (WGS 84) where the export gives them."""

    name: str | None = None
    lat: float | None = None
    lon: float | None = None


class Media(msgspec.Struct, frozen=True, gc=False):
    """One picture, video, sound or file. `path` is inside the export (None when it is not there)."""

    path: str | None
    type: str
    alt: str | None = None
    description: str | None = None
    place: Place | None = None


class Item(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="record", tag="item"):
    """One thing the person wrote, shared or received."""

    platform: str
    account: str | None
    where: str
    kind: Kind
    key: str
    id: str | None
    at: str | None
    title: str | None = None
    text: str = ""
    author: Author | None = None
    author_name: str | None = None
    audience: Audience = "unknown"
    reply_to: ReplyTo | None = None
    quoted: Quoted | None = None
    conversation: Conversation | None = None
    place: Place | None = None
    media: tuple[Media, ...] = ()
    links: tuple[str, ...] = ()
    url: str | None = None
    deleted: bool = False
    state: State = "live"


class Connection(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="record", tag="connection"):
    """One relation to one person (or account). `about`: what the export says of their work, in its own words."""

    platform: str
    account: str | None
    where: str
    key: str
    relation: Relation
    id: str | None = None
    handle: str | None = None
    name: str | None = None
    since: str | None = None
    url: str | None = None
    about: str | None = None


class Setting(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="record", tag="setting"):
    """A privacy setting the export really holds. `id` is the row id of the settings data; `raw` is the export's word."""

    platform: str
    account: str | None
    where: str
    id: str
    value: Literal["public", "followers", "friends", "private", "on", "off", "unknown"]
    raw: str
    seen_at: str | None = None


class ProfileFact(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="record", tag="profile"):
    """One fact on the person's own profile."""

    platform: str
    account: str | None
    where: str
    key: str
    fact: Literal[
        "name",
        "former_name",
        "handle",
        "email",
        "phone",
        "birthday",
        "employer",
        "school",
        "location",
        "bio",
        "website",
    ]
    value: str


class Coverage(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="record", tag="coverage"):
    """What became of one member of an archive (or of a group of ignored ones).

    `count` is the number of records read (state read or failed) or of members (state ignored, unknown).
    `detail` holds an exception's type and position, never content.
    """

    platform: str
    account: str | None
    state: Literal["read", "ignored", "unknown", "failed"]
    member: str
    reason: str = ""
    count: int = 0
    detail: str = ""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Something an export does not say and the person can: who they are in it, or which number of a date is the day.

    `id` is `<platform>.<what>`; `options` are pairs (value, words to choose by), empty when the answer is typed.
    """

    id: str
    text: str
    options: tuple[tuple[str, str], ...] = ()


class Summary(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="coverage"):
    """The last line of an account: what was found, over which dates, and what to know about it."""

    platform: str
    account: str | None
    state: Literal["summary"] = "summary"
    era: str = ""
    counts: dict[str, int] = {}
    first: str | None = None
    last: str | None = None
    coverage: dict[str, int] = {}
    warnings: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


Record = Item | Connection | Setting | ProfileFact | Coverage | Summary


class Span(msgspec.Struct, frozen=True, array_like=True, order=True, gc=False):
    """`[start, end)` in characters of the original field."""

    start: int
    end: int


class Finding(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="finding"):
    """One reason to look at one item, profile fact, conversation or connection again."""

    key: str
    id: str | None
    platform: str
    kind: str
    at: str | None
    clause: str
    rule: str
    severity: Severity
    score: float
    field: str = "text"
    spans: tuple[Span, ...] = ()
    reason: str = ""
    text: str = ""
    url: str | None = None
    suggestion: str | None = None
    evidence: tuple[str, ...] = ()


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One person linked to the account holder. `keys` are the records put together into the row; a mark follows them."""

    person_key: str
    name: str | None = None
    handles: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    url: str | None = None
    since: str | None = None
    suggestion: str | None = None
    evidence: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    mark: Mark | None = None


class Decision(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="decision"):
    """What the person decided about one record; `seq` is the order in which it was taken."""

    key: str
    choice: Choice
    at: str
    seq: int = 0
    done: bool = False


_ENCODER = msgspec.json.Encoder()


def encode_line(record: Any) -> bytes:
    """Return the record as one JSON line (UTF-8, ending in a newline); half a character, which UTF-8 cannot hold, as `?`."""
    try:
        return _ENCODER.encode(record) + b"\n"
    except UnicodeEncodeError:
        import json

        plain = json.dumps(msgspec.to_builtins(record), ensure_ascii=False, separators=(",", ":"))
        return plain.encode("utf-8", "replace") + b"\n"
