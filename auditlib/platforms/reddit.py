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
from auditlib.platforms._reddit import GONE, SITE, SURE, addresses, digest, full, pictures, post_of, table_of, words
from auditlib.platforms._reddit_talk import chat, messages
from auditlib.reading import Asking, Ignored, Rows, Table, Way
from auditlib.records import Item, ProfileFact, Record, ReplyTo, Setting

NAME, TITLE = _reddit.NAME, "Reddit"
_ROOT = r"^(?P<root>(?:[^/]+/)*?)"
MARKERS = (
    re.compile(
        _ROOT + r"(?:comment_headers|post_headers|(?:subscribed|moderated|approved_submitter)_subreddits|multireddits"
        r"|messages_archive(?:_headers)?)(?:_\d+)?\.csv$"
    ),
)
TOGETHER = ("statistics.csv", "checkfile.csv")
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
    wait="Up to 30 days; often a few days.",
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


def posts(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """A post. `url` is its own address for a text post, an outside one for a link or a picture."""
    identifier, permalink, date, title, link, body = row
    at = from_utc(date)
    identifier = identifier or post_of(permalink)
    key = f"{a.prefix}post:{identifier or digest(date, title, body)}"
    if not (identifier or title or body):
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
    if not identifier:
        if not (permalink or body):
            raise ValueError
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


def communities(title: str) -> Table:
    """Communities the person belongs to: no words of theirs, but a name may say where they live or work."""

    def community(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
        name = row[0].strip().removeprefix("/").removeprefix("r/").strip("/")
        if not name:
            raise ValueError
        key = f"community:{name.casefold()}"
        if a.once(key):  # moderators are subscribers too
            yield a.item("other", key, None, None, f"r/{name}", title=title, url=f"{SITE}/r/{name}/")

    return Table(community, columns=("subreddit",))


def friends(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """An account the person follows, and their private note about it. Who follows them is not exported."""
    name, note = row[0].strip(), row[1].strip()
    if not name:
        raise ValueError
    if a.once(f"following:{name}"):
        yield a.person("following", name, f"{a.prefix}following:{name}")
        if note:
            key = f"note:{name}"
            yield a.item("other", key, None, None, words(note), title=f"Your note about {name}", audience="private")


def multireddits(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """A list of communities with its name and description; `hidden` is a word whose reach is not known."""
    identifier, name, date, description, privacy, held, owner = row
    audience = {"public": "public", "private": "private"}.get(privacy.strip().lower(), "unknown")
    own = owner.strip().lower() not in ("false", "0", "no")
    text = "\n".join(filter(None, (words(description), held)))
    key = f"list:{identifier or digest(date, name)}"
    if name or text:
        yield a.item(
            "other", key, identifier or None, from_utc(date), text, title=name or None, audience=audience,
            author="me" if own else "other", author_name=a.account if own else None,
        )  # fmt: skip


def votes(what: str) -> Table:
    """Votes on posts or on comments. `none` is a vote taken back; the export says neither when nor on which words."""

    def vote(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
        identifier, permalink, direction = row
        if not (identifier or permalink):
            raise ValueError
        key = f"{what}:{identifier or digest(permalink)}"
        if direction.strip().lower() in ("none", "") or not a.once(key):
            return ()
        url = full(permalink) or (f"{SITE}/comments/{identifier}" if what == "post-vote" else None)
        return (a.item("reaction", key, identifier or None, None, "", title=direction.strip(), url=url),)

    return Table(vote, columns=("id", "permalink", "direction"))


def poll_votes(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """The answer the person chose in a poll."""
    post, chosen, text = row
    if not post:
        raise ValueError
    key = f"poll:{post}:{digest(chosen, text)}"
    if a.once(key):
        yield a.item("reaction", key, post, None, words(text) or chosen, url=f"{SITE}/comments/{post}")


def statistics(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """Name and address of the account; the rest are dates and technical figures."""
    fact = {"account name": "handle", "email address": "email"}.get(row[0].strip().casefold().replace("_", " "))
    if fact and row[1].strip():
        yield from _fact(a, fact, row[1].strip())


def fact(name: str, column: str) -> Table:
    """A table that holds one fact."""

    def read(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
        value = row[0].strip()
        if value and value.casefold() not in ("none", "null"):
            yield from _fact(a, name, f"https://x.com/{value.removeprefix('@')}" if name == "website" else value)

    return Table(read, columns=(column,))


def _fact(a: Reader, name: str, value: str) -> Iterator[Record]:
    key = f"{a.prefix}profile:{name}:{digest(value)}"
    if a.once(key):
        yield ProfileFact(platform=NAME, account=a.account, where=a.where, key=key, fact=name, value=value)  # type: ignore[arg-type]


_ON_OFF = {"true": "on", "on": "on", "1": "on", "yes": "on", "false": "off", "off": "off", "0": "off", "no": "off"}
# Names seen in the site's own preferences; they are not stable, so every other one is carried under its own name.
_OPPOSITE = {"on": "off", "off": "on", "unknown": "unknown"}
_WHO = {"everyone": "public", "nobody": "off", "none": "off", "off": "off", "false": "off"}


def preferences(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """One of the account's preferences: those of the checklist under its row, the others under their own name."""
    name, raw = row[0].strip(), row[1].strip()
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if not plain or not raw:
        return
    value = _ON_OFF.get(raw.lower(), "unknown")
    slug = plain
    if plain in ("hide-from-robots", "search-engine-indexing", "allow-search-engine-indexing", "show-up-in-search-results"):
        slug, value = "show-up-in-search-results", _OPPOSITE[value] if plain == "hide-from-robots" else value
    elif plain in ("accept-pms", "enable-followers", "allow-followers", "accept-chats"):
        value = _WHO.get(raw.lower(), value)
    identifier = f"{NAME}.{slug}"
    if a.once(f"setting:{identifier}"):
        yield Setting(
            platform=NAME,
            account=a.account,
            where=a.where,
            id=identifier,
            value=value,  # type: ignore[arg-type]
            raw=raw,
            seen_at=a.edition or None,
        )


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
