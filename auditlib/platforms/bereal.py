"""BeReal: one folder of JSON lists beside `Photos/` and `conversations/`. Asked for in the app, sent by e-mail.

Format facts: descriptions of an export of May 2026 and the readers that others keep for their photos. The same posts stand
in posts.json (with who could see them) and in memories.json; comments have neither a time nor the post's owner; the sender of
a message and of a request is a bare id. A second, small `.json.gz` that BeReal sends holds usage events only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from auditlib.dates import from_iso
from auditlib.reading import Account, Asking, Each, Ignored, Rows, Whole
from auditlib.records import Connection, Conversation, Item, Media, Place, ProfileFact, Record, ReplyTo

NAME, TITLE = "bereal", "BeReal"
MARKERS = (re.compile(r"^(?P<root>(?:.*/)?)realmojis\.json$"),)
TOGETHER = ("memories.json", "posts.json", "user.json")
SNIFF = None
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


class Reader(Account):
    """Who the person is, from user.json; their own id in conversations, from the path of their profile picture."""

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
        """The handle, and the id that photos lie under."""
        user = self.document(r"user\.json")
        if isinstance(user, dict):
            self.account = _text(user.get("username")) or None
            found = re.match(r"/?Photos/([\w-]{10,})/", _text((user.get("profilePicture") or {}).get("path")))
            self.identifier = found[1] if found else None

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
        words = blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()
        digest = f"bereal:{self.account}:{what}:{words}"
        self.times[digest] = again = self.times.get(digest, 0) + 1
        return digest if again == 1 else f"{digest}:{again}"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _pictures(record: dict[str, Any], *names: str) -> tuple[Media, ...]:
    """Both cameras' pictures; the account's id in their path is no folder in the download."""
    found = [picture for name in names if isinstance(picture := record.get(name), dict) and _text(picture.get("path"))]
    return tuple(
        Media(re.sub(r"^/?(Photos/)[^/]+/", r"\1", picture["path"]), _text(picture.get("mediaType")) or "image")
        for picture in found
    )


def posts(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A post: a caption that is often empty, pictures, who could see it, and where it was taken."""
    moment = _text(record.get("takenAt")) or _text(record.get("takenTime"))
    if not moment or moment in a.taken:
        if not moment:
            raise ValueError
        return
    a.taken.add(moment)
    seen = [_VISIBLE.get(str(word).casefold(), "unknown") for word in record.get("visibility") or ()]
    spot = record.get("location") or {}
    yield Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind="post",
        key=f"bereal:{a.account}:post:{moment}",
        id=None,
        at=from_iso(moment),
        text=_text(record.get("caption")),
        author="me",
        author_name=a.account,
        audience=max(seen, key=("unknown", "friends", "network", "public").index, default="unknown"),  # type: ignore[arg-type]
        place=Place(None, float(spot["latitude"]), float(spot["longitude"])) if "latitude" in spot else None,
        media=_pictures(record, "primary", "secondary", "backImage", "frontImage", "btsMedia"),
    )


def comments(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A comment under someone else's post: neither when nor whose is said."""
    words, post = record["content"], _text(record.get("postId"))
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
            audience="direct",
            conversation=Conversation(thread or None, None, (), False),
            media=media,
        )


def friends(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A friend, by handle and shown name."""
    yield _person(a, "friend", record, handle=record["friendUsername"], name=_text(record.get("friendFullname")))


def requests(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A request to be friends that waits for an answer; who asks is a bare id."""
    yield _person(a, "request_received", record, identifier=record["fromUserId"])


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


def profile(document: dict[str, Any], a: Reader) -> Iterable[Record]:
    """The person's own facts."""
    born = document.get("birthdate")
    date = f"{born['year']:04}-{born['month']:02}-{born['day']:02}" if isinstance(born, dict) and born.get("year") else ""
    facts: tuple[tuple[Any, str], ...] = (
        ("handle", _text(document.get("username"))),
        ("name", _text(document.get("fullname"))),
        ("bio", _text(document.get("biography"))),
        ("location", _text(document.get("location"))),
        ("phone", _text(document.get("phoneNumber"))),
        ("birthday", date),
    )
    for fact, value in facts:
        if value:
            yield ProfileFact(platform=NAME, account=a.account, where=a.where, key=a.key(fact, value), fact=fact, value=value)


FILES: Rows = (
    (r"user\.json$", Whole(profile)),
    (r"posts\.json$", Each(posts, Any)),
    (r"memories\.json$", Each(posts, Any)),  # the same posts again, told once
    (r"comments\.json$", Each(comments, Any)),
    (r"conversations/[^/]+/chat_log\.json$", Each(messages, Any, ("messages",))),
    (r"friends\.json$", Each(friends, Any)),
    (r"friend-requests\.json$", Each(requests, Any)),
    (r"blocked-users\.json$", Each(blocked, Any)),
    (r"realmojis\.json$", Ignored("your faces for reactions: no words")),
    (r"(?:push-settings|push-tokens|terms)\.json$", Ignored("notices, devices and terms: no words of yours")),
)
