"""Bluesky: one file, `repo.car`, with everything public that the account has written to its repository, and only that.

Neither handles (people are DIDs) nor followers, messages, mutes or pictures are in it. Third-party apps keep their own records
in the same repository. Settings > Account > Export my data gives the file at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from auditlib.jsonstream import BadElement, Broken
from auditlib.platforms import _bluesky_records as say
from auditlib.platforms._bluesky_reader import NAME as NAME
from auditlib.platforms._bluesky_reader import Reader, on_disk
from auditlib.platforms._bluesky_repo import Blocks, committed, entries
from auditlib.reading import RECORD_ERRORS, Asking, Rows, Stream
from auditlib.records import Connection, Item, ProfileFact, Quoted, Record, ReplyTo

TITLE = "Bluesky"
# Each file is one account's: a folder may hold several people's, or an older download of the same one.
MARKERS = (re.compile(r"^(?P<root>(?:.*/)?[^/]+\.car)$", re.IGNORECASE),)
SNIFF = re.compile(rb"^.{1,3}[\xa2\xa3]\x65roots", re.DOTALL)
SITES: tuple[str, ...] = ("bsky.app",)
FIND = "On Bluesky, open your profile and scroll to {day}."
NOT_HELD = ("stories", "comments", "messages", "reviews", "friends", "followers", "requests", "address-book")
NOT_YET: tuple[str, ...] = ()
ASK = Asking(
    where="Settings > Account > Export my data",
    steps=(
        "Choose Export my data and save the file, which is called repo.car: it comes at once.",
        "Keep it as it is: it holds your whole account, from its first day.",
    ),
    choose="There is nothing to choose. Messages, mutes and followers are never in the file: look at those in the app.",
    url="https://bsky.app/settings/account",
)
ALLOWED = {"all": "public", "everyone": "public", "following": "friends", "usersIFollow": "friends", "none": "off"}
NOTICED = {"followers": "followers", "mutuals": "friends", "none": "off"}
_RULES = {
    "mentionRule": "people mentioned",
    "followerRule": "followers",
    "followingRule": "people followed",
    "listRule": "a list",
}
_ANSWERED = {"followerRule": "followers", "followingRule": "friends"}
Entries = Iterable[Record]


def repository(stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
    """Every record that the repository's tree reaches, in the order of its keys."""
    with Blocks(stream, on_disk(a, a.member)) as blocks:
        a.cut = bool(blocks.broken)
        try:
            commit = committed(blocks.reader()(blocks.root))
            a.own(commit)
            for found in entries(blocks, commit.data):
                if isinstance(found, BadElement):
                    a.missing += 1
                    yield found
                else:
                    named, record = found
                    collection, _, key = named.partition("/")
                    try:
                        yield from RECORDS.get(collection, other)(collection, key, record, a)
                    except RECORD_ERRORS as error:
                        yield BadElement(a.position, type(error).__name__)
                a.position += 1
        except Broken:
            if not blocks.broken:
                raise
        if blocks.broken:
            raise Broken(blocks.broken)


def post(what: str, key: str, record: dict[str, Any], a: Reader) -> Entries:
    """A post; one with `reply` answers another. Its words may be empty beside a picture."""
    text, links = say.words(record)
    if isinstance(tags := record.get("tags"), list) and tags:  # hashtags kept apart from the text
        text = "\n".join(filter(None, (text, " ".join(f"#{tag}" for tag in tags if isinstance(tag, str)))))
    media: Any = ()
    quoted = reply = title = None
    if isinstance(embed := record.get("embed"), dict):
        media, more, quoted = say.embedded(embed)
        links += [link for link in more if link not in links]
    if isinstance(answer := record.get("reply"), dict):
        parent = answer.get("parent") or answer.get("root")
        uri = parent.get("uri") if isinstance(parent, dict) else None
        reply = ReplyTo(uri, *say.about(uri)) if isinstance(uri, str) else ReplyTo()
    if "labels" in record:
        title = ", ".join(say.labels(record)) or None
    rare: dict[str, Any] = {}
    if quoted is not None or title is not None:
        rare = {"quoted": quoted, "title": title}
        if not media:
            return (
                a.item(what, key, "post", record, text, reply_to=reply, links=tuple(links), url=_page(what, key, a), **rare),
            )
        rare["media"] = media
        return (a.item(what, key, "post", record, text, reply_to=reply, links=tuple(links), url=_page(what, key, a), **rare),)
    return (
        Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="post",
            key=f"{a.prefix}{what}:{key}",
            id=f"at://{a.account}/{what}/{key}",
            at=a.when(key, record),
            text=text,
            author="me",
            author_name=a.name or a.account,
            audience="public",
            reply_to=reply,
            media=media,
            links=tuple(links),
            url=say.about(f"at://{a.account}/{what}/{key}")[1],
        ),
    )


def _page(what: str, key: str, a: Reader) -> str | None:
    return say.page(f"at://{a.account}/{what}/{key}")


def act(kind: Any) -> Any:
    """A repost or a like: the person's act on someone else's post, whose words are not in the file."""

    def made(what: str, key: str, record: dict[str, Any], a: Reader) -> Entries:
        uri = say.subject(record)
        who, url = say.about(uri)
        return (
            Item(
                platform=NAME,
                account=a.account,
                where=a.where,
                kind=kind,
                key=f"{a.prefix}{what}:{key}",
                id=f"at://{a.account}/{what}/{key}",
                at=a.when(key, record),
                title=record.get("direction"),  # the votes of 2022 went up or down
                author="me",
                author_name=a.name or a.account,
                audience="public",
                quoted=Quoted(uri, who, None),
                url=url,
            ),
        )

    return made


def relation(word: Any) -> Any:
    """A follow or a block; a list blocked is blocked as one. A person is a DID."""

    def made(what: str, key: str, record: dict[str, Any], a: Reader) -> Entries:
        who = say.subject(record)
        return (
            Connection(
                platform=NAME,
                account=a.account,
                where=a.where,
                key=f"{a.prefix}{what}:{key}",
                relation=word,
                id=who,
                since=a.when(key, record),
                url=say.page(who) if who.startswith("at://") else say.profile(who),
            ),
        )

    return made


def named(what: str, key: str, record: dict[str, Any], a: Reader) -> Entries:
    """A list, starter pack or feed the person made: its name and description are their words."""
    title = say.string(record, "name") or say.string(record, "displayName")
    text, links = say.words(record, "description", "descriptionFacets")
    a.lists[f"at://{a.account}/{what}/{key}"] = title
    return (a.item(what, key, "other", record, text, title=title or None, links=tuple(links), url=_page(what, key, a)),)


def listed(what: str, key: str, record: dict[str, Any], a: Reader) -> Entries:
    """Someone the person put on a list, which everyone can see."""
    who, on = say.subject(record), say.string(record, "list")
    quoted = Quoted(None, who, None)
    return (a.item(what, key, "other", record, title=a.lists.get(on) or None, quoted=quoted, url=say.profile(who)),)


def vouched(what: str, key: str, record: dict[str, Any], a: Reader) -> Entries:
    """Someone whose identity the person confirmed; one of the few places where a handle stands."""
    who, handle = say.subject(record), say.string(record, "handle")
    quoted = Quoted(None, handle or who, say.string(record, "displayName") or None)
    return (a.item(what, key, "other", record, quoted=quoted, url=say.profile(who)),)


def status(what: str, key: str, record: dict[str, Any], a: Reader) -> Entries:
    """A status on the profile (`live`), with the link it shows."""
    media, links, _ = say.embedded(record["embed"]) if isinstance(record.get("embed"), dict) else ((), [], None)
    text = say.string(record, "status").rpartition("#")[2]
    url = say.profile(a.account or "")
    return (a.item(what, key, "other", record, text, media=media, links=tuple(links), url=url),)


def profile(what: str, key: str, record: dict[str, Any], a: Reader) -> Entries:
    """The profile, and whether apps are asked to hide it from people who are not signed in (a request, no protection)."""
    a.name = say.string(record, "displayName").strip() or None
    facts: tuple[tuple[Any, str], ...] = (("name", "displayName"), ("bio", "description"), ("website", "website"))
    for fact, field in facts:
        if value := say.string(record, field).strip():
            yield ProfileFact(
                platform=NAME, account=a.account, where=a.where, key=f"{a.prefix}profile:{fact}", fact=fact, value=value
            )
    if "labels" in record:  # a profile without the field does not say
        hidden = "!no-unauthenticated" in (said := say.labels(record))
        yield a.setting("logged-out-visibility", "on" if hidden else "off", ", ".join(said))


def allowed(words: dict[str, str], *fields: tuple[str, str]) -> Any:
    """Settings that a declaration holds: `fields` are (its field, the row's slug)."""

    def made(what: str, key: str, record: dict[str, Any], a: Reader) -> Entries:
        holder = record["messageMe"] if isinstance(record.get("messageMe"), dict) else record
        for field, slug in fields:
            if field in holder:
                raw = str(holder[field])
                yield a.setting(slug, words.get(raw, "unknown"), raw)

    return made


def gate(what: str, key: str, record: dict[str, Any], a: Reader) -> Entries:
    """Who may answer one post. No list of rules is anyone, an empty one nobody; the newest post's is told at the end."""
    rules = record.get("allow")
    kinds = [say.string(rule, "$type").rpartition("#")[2] for rule in say.dicts(rules)]
    if rules is None:
        value, word = "public", "anyone may answer"
    elif not kinds:
        value, word = "off", "nobody may answer"
    else:
        value = (
            {"followerRule": "followers", "followingRule": "friends"}.get(kinds[0], "unknown") if len(kinds) == 1 else "unknown"
        )
        word = f"may answer: {', '.join(_RULES.get(kind, kind) for kind in kinds)}"
    at = a.when(key, record) or ""
    if a.gate is None or at >= a.gate[0]:
        a.gate = (at, value, word, a.where)
    return ()


def quoting(what: str, key: str, record: dict[str, Any], a: Reader) -> Entries:
    """Whether others may quote one post."""
    kinds = [say.string(rule, "$type").rpartition("#")[2] for rule in say.dicts(record.get("embeddingRules"))]
    a.no_quotes = "disableRule" in kinds
    return ()


def gone(what: str, key: str, record: dict[str, Any], a: Reader) -> Entries:
    """A record of a kind that Bluesky gave up: counted."""
    a.dead[what] += 1
    return ()


def other(what: str, key: str, record: dict[str, Any], a: Reader) -> Entries:
    """A record of another app (a blog, an event, a chat): every text in it, whatever it means."""
    a.others[what] += 1
    title = say.string(record, "title") or say.string(record, "name")
    text, links = say.strings(record, ("title",) if record.get("title") == title else ("name",))
    if text or title or links:
        return (a.item(what, key, "other", record, text, title=title or None, links=tuple(links)),)
    return ()


RECORDS: dict[str, Callable[[str, str, dict[str, Any], Reader], Entries]] = {
    "app.bsky.feed.post": post,
    "app.bsky.feed.repost": act("repost"),
    "app.bsky.feed.like": act("reaction"),
    "app.bsky.feed.vote": act("reaction"),  # before 2023: likes and dislikes
    "app.bsky.feed.generator": named,
    "app.bsky.feed.threadgate": gate,
    "app.bsky.feed.postgate": quoting,
    "app.bsky.graph.follow": relation("following"),
    "app.bsky.graph.block": relation("blocked"),
    "app.bsky.graph.list": named,
    "app.bsky.graph.listitem": listed,
    "app.bsky.graph.listblock": relation("blocked"),
    "app.bsky.graph.starterpack": named,
    "app.bsky.graph.verification": vouched,
    "app.bsky.graph.assertion": gone,
    "app.bsky.graph.confirmation": gone,
    "app.bsky.system.declaration": gone,
    "app.bsky.actor.profile": profile,
    "app.bsky.actor.status": status,
    "chat.bsky.actor.declaration": allowed(
        ALLOWED, ("allowIncoming", "allow-messages-from"), ("allowGroupInvites", "allow-group-invites-from")
    ),
    "com.germnetwork.declaration": allowed(ALLOWED, ("showButtonTo", "germ-messages-from")),
    "app.bsky.notification.declaration": allowed(NOTICED, ("allowSubscriptions", "notify-about-your-posts")),
}
FILES: Rows = ((r"[^/]+\.car$", Stream(repository)),)
