"""Instagram until early 2021 (era A): flat files of maps and arrays with ISO dates, user names instead of display names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from auditlib.dates import from_iso
from auditlib.platforms._meta import coordinates, dicts, each, mend, username, words
from auditlib.records import Conversation, Place, Quoted, Record, ReplyTo
from auditlib.text import digest

RELATIONS: dict[str, Any] = {
    "followers": "follower", "following": "following", "close_friends": "close_friend", "blocked_users": "blocked",
    "restricted_users": "muted", "follow_requests_sent": "request_sent", "permanent_follow_requests": "request_sent",
    "follow_requests_received": "request_received",
}  # fmt: skip


def connections(document: Any, a: Any) -> Iterator[Record]:
    """`{relation: {user name: ISO date}}`; hashtags and suggestions are no people."""
    for key, people in mend(document).items() if isinstance(document, dict) else ():
        relation = RELATIONS.get(key)
        for name, moment in people.items() if relation and isinstance(people, dict) else ():
            if handle := username(name):
                yield from a.connection(relation, None, handle, from_iso(moment if isinstance(moment, str) else None))


def media(record: Any, a: Any) -> Iterable[Record]:
    """One picture or film of media.json: which list it is in shows in the first folder of its path."""
    record = mend(record)
    if isinstance(record, str):  # "You have no data in this section"
        return ()
    path = words(record.get("path"))
    folder = path.split("/", 1)[0]
    if folder == "direct":  # pictures sent in messages, told there
        return ()
    where = record.get("location")
    place = Place(where) if isinstance(where, str) and where else None
    if isinstance(where, dict):
        place = coordinates(where.get("latitude"), where.get("longitude"), where.get("name"))
    kinds: dict[str, tuple[str, Any]] = {"stories": ("story", "story"), "profile": ("photo", "other")}
    what, kind = kinds.get(folder, ("post", "post"))
    return a.item(
        what, kind, from_iso(words(record.get("taken_at"))), words(record.get("caption")), found=[{"uri": path}], place=place,
        audience="public" if folder == "profile" else a.audience,
    )  # fmt: skip


def _row(record: Any) -> list[str]:
    """A row of texts; [] for the sentence that stands for an empty section."""
    if isinstance(record, str):
        return []
    if not isinstance(record, list) or len(record) < 2:
        raise TypeError
    return [words(mend(v)) for v in record]


def comments(record: Any, a: Any) -> Iterable[Record]:
    """`[ISO date, text, owner]`."""
    if not (row := _row(record)):
        return ()
    author = row[2] if len(row) > 2 else None
    to = ReplyTo(None, author)
    return a.item("comment", "comment", from_iso(row[0]), row[1], reply_to=to, mark=author or "", repeats=True)


def likes(record: Any, a: Any) -> Iterable[Record]:
    """`[ISO date, owner]`."""
    if not (row := _row(record)):
        return ()
    return a.item("like", "reaction", from_iso(row[0]), "", quoted=Quoted(None, row[1], None), mark=row[1], repeats=True)


def profile(document: Any, a: Any) -> Iterator[Record]:
    """The profile as a flat object."""
    p = mend(document)
    if not isinstance(p, dict) or not p.keys() & {"username", "name", "email"}:
        raise ValueError
    for fact, key in (
        ("handle", "username"), ("name", "name"), ("email", "email"), ("phone", "phone_number"), ("bio", "biography"),
        ("website", "website"), ("birthday", "date_of_birth"),
    ):  # fmt: skip
        yield from a.fact(fact, p.get(key))
    if isinstance(private := p.get("private_account"), bool):
        yield from a.setting("account-private", "private" if private else "public", str(private))


@each
def conversations(record: dict[str, Any], a: Any) -> Iterable[Record]:
    """One conversation with all its messages."""
    people = [p for p in record.get("participants") or () if isinstance(p, str)]
    names = tuple(dict.fromkeys([*people, *(str(m.get("sender") or "") for m in dicts(record.get("conversation")))]))
    names = tuple(n for n in names if n)
    others = [n for n in names if n != a.handle]
    talk = Conversation(digest(*sorted(people or names)), others[0] if len(others) == 1 else None, names, len(names) > 2)
    known = a.handle in names
    made: list[Record] = []
    if known and len(others) == 1:
        made += a.connection("messaged", None, username(others[0]), None)
    for m in dicts(record.get("conversation")):
        sender = words(m.get("sender"))
        text = words(m.get("text")) or words(m.get("heart")) or words(m.get("video_call_action"))
        story = words(m.get("story_share"))  # a sentence on whose story it was, or its address
        shared = words(m.get("media_share_caption")) or ("" if "://" in story else story) or None
        links = tuple(x for k in ("link", "media_share_url", "story_share") if isinstance(x := m.get(k), str) and "://" in x)
        author: Any = None if not known else "me" if sender == a.handle else "other"
        files = [{"uri": f} for k in ("media", "voice_media") if isinstance(f := m.get(k), str) and f]
        made += a.item(
            f"message:{talk.id}", "message", from_iso(words(m.get("created_at"))), text, found=files, links=links,
            author="system" if m.get("video_call_action") else author, author_name=sender or None, conversation=talk,
            quoted=Quoted(None, words(m.get("media_owner")) or None, shared) if shared else None, mark=sender,
            audience="group" if talk.group else "direct", repeats=True,
        )  # fmt: skip
    return made
