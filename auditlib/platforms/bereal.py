"""BeReal: one folder of JSON lists beside `Photos/` and `conversations/`. Asked for in the app, sent by e-mail.

Format facts: descriptions of an export of May 2026 and the readers that others keep for their photos. The same posts stand
in posts.json (with who could see them) and in memories.json; comments have neither a time nor the post's owner; the sender of
a message and of a request is a bare id. A second, small `.json.gz` that BeReal sends holds usage events only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from auditlib.dates import from_iso
from auditlib.reading import Account, Asking, Each, Ignored, Rows, Whole
from auditlib.records import Connection, Conversation, Item, Media, Place, ProfileFact, Record, ReplyTo
from auditlib.text import digest

NAME, TITLE = "bereal", "BeReal"
MARKERS = (re.compile(r"^(?P<root>(?:.*/)?)realmojis\.json$"),)
TOGETHER = ("memories.json", "posts.json", "user.json")
# What each file of an export that is not whole is recognised by, apart from its name.
_SIGNS = {
    "posts.json": (b'"takenAt"', b'"primary"'),
    "memories.json": (b'"berealMoment"', b'"takenTime"'),
    "user.json": (b'"profilePicture"', b'"birthdate"', b'"username"'),
    "comments.json": (b'"postId"', b'"content"'),
    "friends.json": (b'"friendUsername"',),
    "friend-requests.json": (b'"fromUserId"',),
    "chat_log.json": (b'"conversationId"', b'"userId"', b'"message"'),
}
SITES: tuple[str, ...] = ("bere.al",)
FIND = "In BeReal, open your profile, then your memories, and look for {day}."
NOT_HELD = ("stories", "reposts", "reviews", "followers", "following", "address-book", "settings")
NOT_YET = ("reactions",)  # whose posts were answered with a face is not said, only which faces there are
ASK = Asking(
    where="Profile, the three dots, Help, Contact us",
    steps=(
        "Ask for a copy of your data.",
        "Open the link in the e-mail, and take the large zip file, not the small .json.gz file.",
    ),
)
_VISIBLE = {"friends": "friends", "public": "public", "friends-of-friends": "network"}
_WIDTH = ("friends", "network", "unknown", "public")  # a word that is not known may stand for more than friends
_REFUSED = ("rejected", "declined", "refused")
_OWN_FOLDER = re.compile(rb"\bPhotos(?:/|\\/)([\w-]{10,})(?:/|\\/)")


def SNIFF(head: bytes, name: str) -> bool:
    """Whether a file on its own is one of BeReal's."""
    signs = _SIGNS.get(name.rsplit("/", 1)[-1].lower())
    return signs is not None and all(sign in head for sign in signs)


class Sender(msgspec.Struct, gc=False):
    """Whose a message is: who takes part is known only at the end of a conversation."""

    userId: Any = None


class Reader(Account):
    """Who the person is, from user.json; their own id in conversations, from the path of their own pictures."""

    platform = NAME

    def begin(self) -> None:
        """Read user.json."""
        self.identifier: str | None = None
        self.taken: set[str] = set()  # moments of posts already read: memories.json repeats posts.json
        self.times: dict[str, int] = {}  # how often the same words stood in the same place
        self.attempt(self.identify)
        if self.account is None:
            self.warnings.append("The file that says whose BeReal account this is (user.json) is missing or cannot be read.")

    def identify(self) -> None:
        """The handle, and the id that the person's own photos lie under."""
        user = self.document(r"user\.json")
        if isinstance(user, dict):
            self.account = _text(user.get("username")) or None
        for name in ("user", "realmojis", "posts", "memories"):  # of the picture of the profile, else of any
            for member in self.members:
                if self.identifier is None and re.search(rf"(^|/){name}\.json$", member):
                    found = _OWN_FOLDER.search(self.head_of(member, 1 << 16))
                    self.identifier = found[1].decode() if found else None

    def finish(self) -> Iterator[Record]:
        """Say what is likely missing."""
        if not any(re.search(r"(^|/)(posts|memories)\.json$", member) for member in self.members):
            self.warnings.append("No posts are in this BeReal download: ask for your data again.")
        if any("conversations/" in member for member in self.members) and self.identifier is None:
            self.warnings.append(
                "Which messages are yours cannot be told: your own number in conversations is not in the download."
            )
        return iter(())

    def key(self, what: str, *parts: str) -> str:
        """A key of what the record says; the same words again in the same place get a number."""
        base = f"bereal:{self.account}:{what}:{digest(*parts)}"
        self.times[base] = again = self.times.get(base, 0) + 1
        return base if again == 1 else f"{base}:{again}"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _pictures(record: dict[str, Any], *names: str) -> tuple[Media, ...]:
    """Both cameras' pictures; the account's id in their path is no folder in the download."""
    found = [picture for name in names if isinstance(picture := record.get(name), dict) and _text(picture.get("path"))]
    return tuple(
        Media(re.sub(r"^/?(?:(Photos/)[^/]+/)?", r"\1", picture["path"]), _KINDS.get(_text(picture.get("mediaType")), "photo"))
        for picture in found
    )


_KINDS = {"video": "video", "audio": "audio"}


def _spot(value: Any) -> Place | None:
    """Where a post was taken."""
    lat, lon = (value.get("latitude"), value.get("longitude")) if isinstance(value, dict) else (None, None)
    known = all(isinstance(one, int | float) and not isinstance(one, bool) for one in (lat, lon))
    return Place(None, float(lat), float(lon)) if known else None  # type: ignore[arg-type]


def posts(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A post: a caption that is often empty, pictures, who could see it, and where it was taken."""
    said = _text(record.get("takenAt")) or _text(record.get("takenTime"))
    if not said:
        raise ValueError
    at = from_iso(said)
    moment = at or said
    if moment in a.taken:
        return
    a.taken.add(moment)
    words = record.get("visibility")
    seen = [
        _VISIBLE.get(str(w).casefold(), "unknown") for w in (words if isinstance(words, list) else [words] if words else [])
    ]
    yield Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind="post",
        key=f"bereal:{a.account}:post:{moment}",
        id=None,
        at=at,
        text=_text(record.get("caption")),
        author="me",
        author_name=a.account,
        audience=max(seen, key=_WIDTH.index, default="unknown"),  # type: ignore[arg-type]
        place=_spot(record.get("location")),
        media=_pictures(record, "primary", "secondary", "backImage", "frontImage", "btsMedia"),
    )


def comments(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A comment under someone else's post: neither when nor whose is said."""
    words, post = record["content"], _text(record.get("postId"))
    if not isinstance(words, str):
        raise TypeError
    yield Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind="comment",
        key=a.key("comment", post, words),
        id=None,
        at=None,
        text=words,
        author="me",
        author_name=a.account,
        reply_to=ReplyTo(post or None, None, None),
    )


def messages(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A message of a conversation, which is its folder; senders are bare ids."""
    thread = a.member.rsplit("/", 2)[-2] if "/" in a.member else ""
    sender, words, at = _text(record.get("userId")), _text(record.get("message")), from_iso(_text(record.get("createdAt")))
    own = _text(record.get("id"))
    media = _pictures(record, "media")
    senders = dict.fromkeys(_text(one.userId) for one in a.head.get("messages") or ())
    others = tuple(one for one in senders if one and one != a.identifier)
    group = len(others) > (1 if a.identifier in senders else 2)  # of two without a name one is the person
    if words or media:
        yield Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="message",
            key=f"bereal:{a.account}:message:{thread}:{own}" if own else a.key("message", thread, at or "", sender, words),
            id=own or None,
            at=at,
            text=words,
            author=None if a.identifier is None or not sender else "me" if sender == a.identifier else "other",
            author_name=(a.account if sender and sender == a.identifier else sender) or None,
            audience="group" if group else "direct",
            conversation=Conversation(thread or None, None, others, group),
            media=media,
        )


def friends(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A friend, by handle and shown name."""
    handle = record["friendUsername"]
    if not isinstance(handle, str):
        raise TypeError
    yield _person(a, "friend", record, handle=handle, name=_text(record.get("friendFullname")))


def requests(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A request to be friends, by a bare id: from someone else, or the person's own. An accepted one is among the friends."""
    who, status = _text(record["fromUserId"]), _text(record.get("status")).casefold()
    relation = "request_rejected" if status in _REFUSED else "request_received"
    if who and who == a.identifier:
        who, relation = _text(record.get("toUserId")), "request_sent"
    if not who:
        raise ValueError
    if status != "accepted":
        yield _person(a, relation, record, identifier=who)


def blocked(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A blocked person. The shape was empty in the described export: whatever names someone is taken."""
    said = {key.casefold(): value for key, value in record.items() if isinstance(value, str)}
    handle = next((v for k, v in said.items() if k.endswith("username")), "")
    identifier = next((v for k, v in said.items() if k.endswith("userid") or k == "id"), "")
    if not handle and not identifier:
        raise ValueError
    yield _person(a, "blocked", record, handle=handle, identifier=identifier)


def _person(
    a: Reader, relation: Any, record: dict[str, Any], handle: str = "", name: str = "", identifier: str = ""
) -> Connection:
    return Connection(
        platform=NAME,
        account=a.account,
        where=a.where,
        key=a.key(relation, handle or identifier),
        relation=relation,
        id=identifier or None,
        handle=handle or None,
        name=name or None,
        since=from_iso(_text(record.get("createdAt"))),
        url=f"https://bere.al/{handle}" if re.fullmatch(r"[\w.]+", handle) else None,
    )


def _born(value: Any) -> str:
    """The day of birth as ISO text; "" where a part of it is missing."""
    year, month, day = (value.get(name) if isinstance(value, dict) else None for name in ("year", "month", "day"))
    if not (isinstance(year, int) and isinstance(month, int) and isinstance(day, int)):
        return ""
    return from_iso(f"{year:04}-{month:02}-{day:02}") or ""


def profile(document: dict[str, Any], a: Reader) -> Iterable[Record]:
    """The person's own facts."""
    facts: tuple[tuple[Any, str], ...] = (
        ("handle", _text(document.get("username"))),
        ("name", _text(document.get("fullname"))),
        ("bio", _text(document.get("biography"))),
        ("location", _text(document.get("location"))),
        ("phone", _text(document.get("phoneNumber"))),
        ("email", _text(document.get("email"))),
        ("birthday", _born(document.get("birthdate"))),
    )
    for fact, value in facts:
        if value:
            yield ProfileFact(platform=NAME, account=a.account, where=a.where, key=a.key(fact, value), fact=fact, value=value)


FILES: Rows = (
    (r"user\.json$", Whole(profile)),
    (r"posts\.json$", Each(posts, Any)),
    (r"memories\.json$", Each(posts, Any)),  # the same posts again, told once
    (r"comments\.json$", Each(comments, Any)),
    (r"(?:conversations/[^/]+/)?chat_log\.json$", Each(messages, Any, ("messages",), Sender)),
    (r"friends\.json$", Each(friends, Any)),
    (r"friend-requests\.json$", Each(requests, Any)),
    (r"blocked-users\.json$", Each(blocked, Any)),
    (r"realmojis\.json$", Ignored("your faces for reactions: no words")),
    (r"(?:push-settings|push-tokens|terms)\.json$", Ignored("notices, devices and terms: no words of yours")),
)
