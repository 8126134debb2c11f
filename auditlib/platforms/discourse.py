"""Discourse forums: "Download my data", a zip of CSV files; before about 2021 one gzipped CSV.

Post, reply and private message lie in one table, user_archive.csv, posts already deleted included. Whom a message went to is
not exported. Format facts: discourse/discourse, app/jobs/regular/export_user_archive.rb.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from auditlib.dates import from_utc
from auditlib.jsonstream import Broken
from auditlib.platforms import _discourse
from auditlib.platforms._discourse import POSTS, full, is_message, words_of
from auditlib.platforms._discourse_profile import preferences, profile
from auditlib.platforms._headings import first_row
from auditlib.platforms._quotes import quoted_apart
from auditlib.reading import Asking, Ignored, Rows, Table, Whole, decode
from auditlib.records import Conversation, Item, Media, Record, ReplyTo
from auditlib.text import digest

NAME, TITLE = _discourse.NAME, "Discourse forums"
_ROOT = r"^(?P<root>(?:[^/]+/)*?)"
MARKERS = (
    re.compile(_ROOT + r"user_archive(?:_profile)?\.csv$"),
    re.compile(_ROOT + r"user_archive-[^/]+-\d{6}-\d{6}[^/]*\.csv$"),
)
TOGETHER = ("preferences.json", "auth_tokens.csv")
SITES: tuple[str, ...] = ("@",)
FIND = "On the forum, open your profile, then Activity, and look for {day}."
NOT_HELD = (
    "stories", "reposts", "comments", "reviews", "friends", "followers", "following", "requests", "blocked", "address-book",
)  # fmt: skip
NOT_YET: tuple[str, ...] = ()
ASK = Asking(
    where="Your picture > Preferences > Account > Download my data",
    steps=(
        "Sign in to the forum and open your preferences.",
        "Ask for the download.",
        "The forum sends you a message with a link when the zip is ready.",
        "Give the zip to the audit as it is. Do the same on each forum you use.",
    ),
    choose="There is nothing to choose: it holds everything you posted there.",
)
_OWN = frozenset({"topic title", "is pm", "url"})
_NUMBERED = re.compile(r"/t/(?:(?P<slug>[^/]+)/)?(?P<topic>\d+)(?:/(?P<number>\d+))?/?(?:[?#].*)?$")
_PICTURE = re.compile(r"!\[(?P<alt>[^\]\n|]*)(?:\|[^\]\n]*)?\]\((?P<where>[^)\s]+)[^)]*\)")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`*]+")


def SNIFF(head: bytes, name: str) -> bool:
    """Whether a file handed over on its own is a forum's table of posts, by its header."""
    return set(first_row(head)) >= _OWN


class Reader(_discourse.Reader):
    """Also gives a table of posts under any other name its way, by its header."""

    def begin(self) -> None:
        """As the common reader."""
        for path in self.members:
            if path.lower().endswith(".csv") and not POSTS.search(path) and set(first_row(self.head_of(path))) >= _OWN:
                self.ways[path] = _POSTS
        super().begin()


def posts(row: tuple[str, ...], a: Reader) -> Iterator[Record]:
    """A post, a reply or a private message."""
    title, categories, private, raw, cooked, url, created = row
    if not (url or raw or cooked):
        raise ValueError
    at, title, url = from_utc(created.strip()), title.strip(), url.strip()
    text, quoted = quoted_apart(words_of(raw, cooked))
    place = _NUMBERED.search(url)
    topic, number = (place["topic"], place["number"] or "1") if place else (None, "1")
    identifier = f"{topic}/{number}" if topic else None
    key = f"{a.prefix}post:{identifier or digest(created, title, raw or cooked)}"
    if key in a.told and a.several:
        return
    if a.several:
        a.told.add(key)
    links = tuple(dict.fromkeys(_ADDRESS.findall(text))) if "://" in text else ()
    media = tuple(Media(None, "photo", found["alt"] or None) for found in _PICTURE.finditer(text)) if "![" in text else ()
    facts: dict[str, Any] = {"links": links, "media": media, "quoted": quoted, "url": full(url), "title": title or None}
    if is_message(private, categories, a):
        talk = Conversation(topic, title or None, (), False)
        a.any_message = True
        facts |= {"kind": "message", "audience": "direct", "conversation": talk}
    else:
        facts["kind"] = "post"
        if number != "1":
            facts["reply_to"] = ReplyTo(None, None, url[: url.rfind("/")])
    yield Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        key=key,
        id=identifier,
        at=at,
        text=text,
        author="me",
        author_name=a.username,
        **facts,
    )


def queued(row: tuple[str, ...], a: Reader) -> Iterator[Record]:
    """A post that the forum held back: waiting, or turned down. An approved one stands among the posts."""
    identifier, verdict, topic, raw, other = row
    if not (identifier or raw):
        raise ValueError
    if verdict.strip().lower() == "approved":
        return
    text, quoted = quoted_apart(raw)
    title = None
    if other.strip().startswith("{"):
        with suppress(Broken):
            more = decode(other.encode())
            title = more.get("title") if isinstance(more, dict) and isinstance(more.get("title"), str) else None
    yield a.item("post", f"queued:{identifier or digest(raw)}", identifier or None, None, text, title=title, state="draft",
        quoted=quoted, reply_to=ReplyTo(None, None, f"{a.base}/t/{topic}") if topic and a.base else None)  # fmt: skip


def bookmarks(row: tuple[str, ...], a: Reader) -> Iterator[Record]:
    """A bookmark is no item of the person's, but the note on it is in their words."""
    identifier, kind, link, name, created = row
    if name.strip():
        key = f"bookmark:{digest(kind, identifier, link)}"
        yield a.item("other", key, None, from_utc(created), name.strip(), title="Your note on a bookmark", audience="private",
            url=full(link))  # fmt: skip


def reactions(what: str) -> Table:
    """Likes, flags and other marks on posts: only ids are exported."""

    def reaction(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
        identifier, post, kind, created, gone = row
        if not (identifier or post):
            raise ValueError
        key = f"{what}:{identifier or digest(post, created)}"
        url = f"{a.base}/p/{post}" if a.base and post.isdecimal() else None
        return (
            a.item(
                "reaction", key, post or None, from_utc(created), "", title=kind.strip() or what, url=url, deleted=bool(gone)
            ),
        )

    return Table(reaction, columns=("id", "post id", "post action type|flag type|type", "created at", "deleted at"))


_POSTS = Table(
    posts, columns=("topic title", "categories|category", "is pm", "post raw|post", "post cooked", "url", "created at")
)

FILES: Rows = (
    (r"preferences\.json$", Whole(preferences)),
    (r"user_archive_profile[^/]*\.csv$", Table(profile, columns=("location", "website", "bio"))),
    (r"user_archive[^/]*\.csv$", _POSTS),
    (r"queued_posts\.csv$", Table(queued, columns=("id", "verdict", "topic id", "post raw", "other json"))),
    (r"bookmarks\.csv$", Table(bookmarks, columns=("bookmarkable id", "bookmarkable type", "link", "name", "created at"))),
    (r"likes\.csv$", reactions("like")),
    (r"flags\.csv$", reactions("flag")),
    (r"post_actions\.csv$", reactions("action")),
    (r"(?:auth_tokens|auth_token_logs)\.csv$", Ignored("log-ins: dates and internet addresses")),
    (r"(?:badges|category_preferences|visits)\.csv$", Ignored("badges, visits and choices of categories: no words of yours")),
)  # fmt: skip
