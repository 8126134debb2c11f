"""Reddit: the data request, one flat zip of some 38 CSV files; every one is optional.

Eras differ in the files only: private messages were in messages.csv, newer downloads have messages_archive.csv and
chat_history.csv. Large tables are cut into `<table>_1.csv`, `_2.csv`... The `*_headers.csv` are the same rows without the
words. Format facts: EpicenterHQ/epicenter's Reddit schemas, guilamu/reddit-gdpr-export-viewer, xavdid/reddit-user-to-sqlite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from auditlib.dates import from_utc
from auditlib.platforms import _reddit
from auditlib.platforms._reddit import GONE, SITE, SURE, addresses, full, pictures, post_of, table_of, words
from auditlib.platforms._reddit_lists import (
    communities,
    fact,
    friends,
    multireddits,
    poll_votes,
    preferences,
    reachable,
    statistics,
    votes,
)  # fmt: skip
from auditlib.platforms._reddit_talk import chat, messages
from auditlib.reading import Asking, Ignored, Rows, Table, Way
from auditlib.records import Item, Record, ReplyTo
from auditlib.text import digest

NAME, TITLE = _reddit.NAME, "Reddit"
_ROOT = r"^(?P<root>(?:[^/]+/)*?)"
MARKERS = (
    re.compile(
        _ROOT + r"(?:comment_headers|post_headers|(?:subscribed|moderated|approved_submitter)_subreddits|multireddits"
        r"|messages_archive(?:_headers)?)(?:_\d+)?\.csv$"
    ),
)
TOGETHER = ("statistics.csv", "checkfile.csv")
SITES: tuple[str, ...] = ("reddit.com",)
FIND = "On Reddit, open your profile, then Posts or Comments, and scroll to {day}."
NOT_HELD = ("stories", "reposts", "reviews", "friends", "followers", "requests", "blocked", "address-book")
NOT_YET: tuple[str, ...] = ()
_MOST_SNIFFED = 200  # files of unknown names whose header is looked at
ASK = Asking(
    where="Settings > Account > Request your data, or reddit.com/settings/data-request",
    steps=(
        "Open the page while you are signed in.",
        "Ask for the data of all your time on Reddit, not of a range of dates.",
        "Wait for Reddit's message and download the zip.",
        "Give the zip to the audit as it is.",
    ),
    choose="The whole time you have been on Reddit. The files are CSV: there is no choice of format.",
    wait="Up to 30 days.",
    lasts="",
    url="https://www.reddit.com/settings/data-request",
)


def SNIFF(head: bytes, name: str) -> bool:
    """Whether a file handed over on its own is one of Reddit's tables: by its header, a plain one with its name."""
    found = table_of(head)
    return found in SURE or (found != "" and _NAMED.search(name) is not None)


class Reader(_reddit.Reader):
    """Also gives loose files of any name the way of the table that their header says."""

    def begin(self) -> None:
        """As the common reader."""
        self.renamed: dict[str, str] = {}
        for path in [p for p in self.members if p.lower().endswith(".csv") and not _NAMED.search(p)][:_MOST_SNIFFED]:
            if name := table_of(self.head_of(path)):
                self.renamed[path] = name
                self.ways[path] = _HOW[name]
        super().begin()

    def _table(self, path: str) -> str:
        return self.renamed.get(path) or super()._table(path)

    def finish(self) -> Iterator[Record]:
        """Who can follow and write to the person, then what the common reader has left."""
        yield from reachable(self)
        yield from super().finish()


def posts(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """A post. `url` is its own address for a text post, an outside one for a link or a picture."""
    identifier, permalink, date, title, link, body = row
    at = from_utc(date)
    identifier = identifier or post_of(permalink)
    key = f"{a.prefix}post:{identifier or digest(date, title, body)}"
    if not (date or title or body):  # a row that was cut short
        raise ValueError
    if "posts" in a.several and not a.once(key):
        return ()
    if at and (a.oldest is None or at < a.oldest):
        a.oldest = at
    own = not link or link == permalink or post_of(link) == identifier != ""
    links = addresses(body) if own else (full(link) or "", *addresses(body))
    return (
        Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="post",
            key=key,
            id=identifier or None,
            at=at,
            title=words(title) or None,
            text=words(body),
            author="me",
            author_name=a.account,
            media=() if own else pictures(links[:1]),
            links=links,
            url=full(permalink) or (f"{SITE}/comments/{identifier}" if identifier else None),
            deleted=body in GONE,
        ),
    )


def comments(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """A comment under a post (`link`); where `parent` begins with `t1_`, under a comment.

    They come by the million: what most of them do not have is not looked at, and the shorter call of Item is the faster one.
    """
    identifier, permalink, date, link, parent, body, media = row
    if not body and not date:  # a row that was cut short
        raise ValueError
    if not identifier:
        identifier = permalink.rstrip("/").rpartition("/")[2] or digest(date, link, body)
    key = f"{a.prefix}comment:{identifier}"
    if a.several and "comments" in a.several and not a.once(key):
        return ()
    at = from_utc(date)
    if at is not None and (a.oldest is None or at < a.oldest):
        a.oldest = at
    if parent[:3] == "t1_":
        post = post_of(link)
        answered = ReplyTo(parent[3:], None, f"{SITE}/comments/{post}/_/{parent[3:]}" if post else None)
    else:  # t3_ is the post; a comment right under it may have no parent at all
        answered = ReplyTo(parent[3:] or post_of(link) or None, None, link if link[:8] == "https://" else full(link))
    if permalink[:8] == "https://":
        url: str | None = permalink
    else:
        url = full(permalink) or (f"{SITE}/comments/{post}/_/{identifier}" if (post := post_of(link)) else None)
    item = Item(
        platform=NAME,
        account=a.account,
        where=f"{a.member}#{a.position}",
        kind="comment",
        key=key,
        id=identifier,
        at=at,
        text=words(body) if "&" in body or "\r" in body else body,
        author="me",
        author_name=a.account,
        reply_to=answered,
        url=url,
    )
    if media or "://" in body or body in GONE:
        extra = addresses(media)
        links = addresses(body) + extra
        item = msgspec.structs.replace(item, text=words(body), media=pictures(extra), links=links, deleted=body in GONE)
    return (item,)


def drafts(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """A post that was never sent; others see it only where it has a public link."""
    identifier, title, body, created, public = row
    at = from_utc(created)
    audience = "unlisted" if public.strip().lower() in ("true", "1", "yes") else "private"
    key, text = f"draft:{identifier or digest(created, title, body)}", words(body)
    yield a.item(
        "post", key, identifier or None, at, text, title=words(title) or None, audience=audience, state="draft",
        links=addresses(body),
    )  # fmt: skip


def scheduled(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """A post that Reddit will publish by itself; `at` is the time set for it."""
    identifier, title, body, url, moment = row
    a.to_come += 1
    links = (*([url] if url else ()), *addresses(body))
    key = f"scheduled:{identifier or digest(moment, title, body)}"
    yield a.item(
        "post", key, identifier or None, from_utc(moment), words(body), title=words(title) or None, audience="private",
        state="draft", links=links,
    )  # fmt: skip


_POSTS = Table(posts, columns=("id", "permalink", "date", "title", "url", "body"))
_COMMENTS = Table(comments, columns=("id", "permalink", "date", "link", "parent", "body", "media"))
_DRAFTS = Table(drafts, columns=("id", "title", "body", "created", "is public link"))
_SCHEDULED = Table(scheduled, columns=("scheduled post id", "title", "body", "url", "submission time"))
_MESSAGES = Table(messages, columns=("id", "permalink", "thread id", "date", "from", "to", "subject", "body"))
_CHAT = Table(
    chat,
    columns=(
        "message id", "created at", "username", "message", "thread parent message id", "channel url", "subreddit",
        "channel name", "conversation type",
    ),
)  # fmt: skip
_FRIENDS = Table(friends, columns=("username", "note"))
_LISTS = Table(multireddits, columns=("id", "display name", "date", "description", "privacy", "subreddits", "is owner"))
_POLLS = Table(poll_votes, columns=("post id", "user selection", "text"))
_STATISTICS = Table(statistics, columns=("statistic", "value"))
_PREFERENCES = Table(preferences, columns=("preference", "value"))
_HEADERS = Ignored("the same posts, comments and messages again, without their words")
_SAVED = Ignored("what you saved or hid: not your words, and nobody else sees it")
# A large table is cut into numbered parts and nothing else is one: messages_archive is no part of messages.
_P = r"(?:_\d+)?\.csv$"

FILES: Rows = (
    (r"statistics" + _P, _STATISTICS),
    (r"birthdate" + _P, fact("birthday", "birthdate|verified birthdate")),
    (r"linked_phone_number" + _P, fact("phone", "phone number")),
    (r"twitter" + _P, fact("website", "username")),
    (r"user_preferences" + _P, _PREFERENCES),
    (r"posts" + _P, _POSTS),
    (r"comments" + _P, _COMMENTS),
    (r"drafts" + _P, _DRAFTS),
    (r"scheduled_posts" + _P, _SCHEDULED),
    (r"messages(?:_archive)?" + _P, _MESSAGES),
    (r"chat_history" + _P, _CHAT),
    (r"friends" + _P, _FRIENDS),
    (r"moderated_subreddits" + _P, communities("A community you moderate")),
    (r"approved_submitter_subreddits" + _P, communities("A community that lets you post")),
    (r"subscribed_subreddits" + _P, communities("A community you joined")),
    (r"multireddits" + _P, _LISTS),
    (r"post_votes" + _P, votes("post-vote")),
    (r"comment_votes" + _P, votes("comment-vote")),
    (r"poll_votes" + _P, _POLLS),
    (r"(?:post|comment|message|messages_archive)_headers" + _P, _HEADERS),
    (r"(?:saved_posts|saved_comments|hidden_posts)" + _P, _SAVED),
    (r"announcements" + _P, Ignored("letters from Reddit itself: not your words")),
    (r"ip_logs" + _P, Ignored("log-ins: dates and internet addresses")),
    (r"(?:account_gender|linked_identities|persona|sensitive_ads_preferences)" + _P,
        Ignored("identity checks, gender and advertising: not looked at")),
    (r"(?:gilded_content|gold_received|purchases|subscriptions|payouts|stripe)" + _P,
        Ignored("awards, purchases and payments: no words of yours")),
    (r"checkfile" + _P, Ignored("the download's own list of files: used to see whether all are here")),
)  # fmt: skip
_HOW: dict[str, Way] = {
    "comments": _COMMENTS, "posts": _POSTS, "messages": _MESSAGES, "chat_history": _CHAT, "drafts": _DRAFTS,
    "scheduled_posts": _SCHEDULED, "multireddits": _LISTS, "poll_votes": _POLLS, "votes": votes("vote"),
    "message_headers": _HEADERS, "post_headers": _HEADERS, "statistics": _STATISTICS, "user_preferences": _PREFERENCES,
    "friends": _FRIENDS, "subscribed_subreddits": communities("A community you joined"),
}  # fmt: skip
_NAMED = re.compile("|".join(rf"(?:^|/)(?:{pattern})" for pattern, _ in FILES), re.IGNORECASE)
