"""X (Twitter): every data file is a script, `window.YTD.<name>.part0 = [ ... ]`.

Eras: until August 2018 the classic archive (see _x_classic); until about March 2020 the .js files lie at the root; since then
under data/ with manifest.js; tweet.js became tweets.js in 2022. Format facts: timhutton/twitter-archive-parser, karlicoss/HPI,
alkihis/twitter-archive-reader, X's own README.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from auditlib.dates import from_iso, from_millis
from auditlib.platforms import _x_classic as classic
from auditlib.platforms._x import CLASSIC, Reader, connection, inner, post_url, text_of
from auditlib.platforms._x_messages import conversations
from auditlib.platforms._x_posts import Tweet, circle, community, deleted, notes, tweets
from auditlib.reading import Asking, Each, Ignored, Rows, Table, Whole
from auditlib.records import Item, ProfileFact, Quoted, Record, ReplyTo, Setting
from auditlib.text import digest, unescape_basic

NAME, TITLE = "x", "X (Twitter)"
MARKERS = (
    re.compile(r"^(?P<root>(?:.*/)?)data/(?:manifest|tweets?|account)\.js$"),
    re.compile(r"^(?P<root>(?:.*/)?)(?<!data/)tweet\.js$"),
    # a part that holds pictures only, and the archive of before 2018
    re.compile(r"^(?P<root>(?:.*/)?)data/(?:tweets?|direct_messages?(?:_group)?|community_tweet|deleted_tweets)_media/"),
    re.compile(rf"^(?P<root>(?:.*/)?){CLASSIC.pattern.removeprefix('(^|/)')}"),
)
SNIFF = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:window\.(?:YTD\.\w+\.part\d+|__THAR_CONFIG)\s*=|Grailbird\.data\.tweets_\d{4}_\d\d\s*=|"
    rb'var (?:user_details|tweet_index)\s*=|"?tweet_id"?,"?in_reply_to_status_id"?,)'
)


def _words(a: Reader, what: str, identifier: object, at: str | None, text: str, kind: Any = "other", **more: Any) -> Item:
    """An item of a lesser kind, in the person's own words unless `author` says otherwise.

    Where the export gives it no id, its key stands for its time and words: a position changes from export to export.
    """
    facts: dict[str, Any] = {"author": "me", "author_name": a.account, "audience": "private"} | more
    own, words = text_of(identifier), unescape_basic(text)
    return Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind=kind,
        key=f"{a.prefix}{what}:{own or digest(at or '', words)}",
        id=own,
        at=at,
        text=words,
        **facts,
    )


def _time(value: object) -> str | None:
    """ISO text or milliseconds, whichever it is."""
    return from_iso(text_of(value)) or from_millis(value)


def likes(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A like: the person's act on someone else's words; the text is missing when the post is gone."""
    like = inner(record)
    identifier = str(like["tweetId"])
    if a.liked.new(identifier):
        text = unescape_basic(like.get("fullText") or "")
        quoted, url = Quoted(identifier, None, text or None), post_url(None, identifier)
        yield _words(a, "like", identifier, None, text, "reaction", audience="unknown", quoted=quoted, url=url)


def article_facts(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """Dates and state of the articles, kept until these are read."""
    about = inner(record)
    for k in ("id", "articleId", "tweetId"):
        if text_of(about.get(k)):
            a.articles[str(about[k])] = about
    return ()


# What is no sentence of an article: what X's editor notes about it.
_NO_WORDS = re.compile(
    r"^(?:id|title|type|key|entityKey|style|lang|state|lifecycleState|visibility|media\w*|cover\w*|\w*(?:Id|At|Ms|Url)|url)$"
)


def articles(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A long article: X documents its fields but not how they nest, so the words are gathered wherever they lie."""
    article = inner(record)
    own = text_of(article.get("id"))
    about = a.articles.get(own or "") or a.articles.get(text_of(article.get("tweetId")) or "") or {}
    facts = about | article
    words = {k: v for k, v in article.items() if not _NO_WORDS.match(k)}
    said = [v for k, v in _strings(words) if not _NO_WORDS.match(k) and any(c.isalpha() for c in v)]
    draft = str(facts.get("lifecycleState", "")).casefold() == "draft"
    item = _words(
        a,
        "article",
        own,
        from_millis(facts.get("firstPublishedAtMs")) or from_millis(facts.get("createdAtMs")),
        "\n".join(said),
        "post",
        title=text_of(article.get("title")),
        state="draft" if draft else "live",
        audience="private" if draft else a.audience,
        url=post_url(a.account, text_of(facts.get("tweetId"))) if facts.get("tweetId") not in ("0", 0) else None,
    )
    yield from a.once(item)


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every string in a nested value with the key it lies under; what X inferred about the person is left out."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for k, v in value.items():
            if not k.startswith("inferred"):
                yield from _strings(v, key if k == "name" and isinstance(v, str) and key else k)
    elif isinstance(value, list):
        for v in value:
            yield from _strings(v, key)


def community_notes(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A Community Note the person wrote: public, under an alias."""
    body = inner(record)
    if body.get("summary"):
        own = body.get("noteId") or body.get("tweetId")
        yield from a.once(_words(a, "note-on", own, _time(body.get("createdAt")), body["summary"], audience="public"))


def prompts(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A reply that X asked the person to think about: it may never have been published, and is kept for 30 days."""
    body = inner(record)
    at, text, parent = _time(body.get("createdAt")), body["proposedTweetText"], text_of(body.get("inReplyToTweetId"))
    reply = ReplyTo(parent, None, f"https://x.com/i/status/{parent}") if parent else ReplyTo()
    yield from a.once(_words(a, "prompt", body.get("promptId"), at, text, "post", state="draft", reply_to=reply))


def grok(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A private chat with X's own assistant. Its lines have no ids: a line's key stands for its time, speaker and words."""
    body = inner(record)
    sender = body.get("sender") or {}
    mine = "USER" in (sender.get("originalName"), sender.get("name"))
    at, text = _time(body.get("createdAt")), body.get("message") or ""
    line = f"{body.get('chatId')}.{digest(at or '', str(mine), str(text))}"
    author = {"author": "me" if mine else "system", "author_name": a.account if mine else "Grok"}
    yield from a.once(_words(a, "grok", line, at, text, **author))


def moments(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A Moment's title is the person's; the posts gathered in it may be other people's and are left out."""
    body = inner(record)
    if title := text_of(body.get("title")):
        yield from a.once(_words(a, "moment", body.get("momentId"), _time(body.get("createdAt")), title, audience="unknown"))


def broadcast_comments(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """What the person wrote under a live broadcast; only the key `text` is documented."""
    body = inner(record)
    own, at = body.get("id"), _time(body.get("createdAt"))
    yield from a.once(_words(a, "broadcast", own, at, body["text"], "comment", audience="unknown"))


def people(relation: Any) -> Any:
    """A function for one kind of relation: `{"follower": {"accountId", "userLink"?}}`."""

    def each(record: dict[str, Any], a: Reader) -> Iterable[Record]:
        body = inner(record)
        return connection(relation, str(body.get("accountId") or body["id"]), a)

    return each


def facts(*wanted: tuple[str, str]) -> Any:
    """A function for a small profile file: `wanted` are (key anywhere in it, the fact it is)."""
    known: dict[str, Any] = dict(wanted)

    def each(record: dict[str, Any], a: Reader) -> Iterable[Record]:
        for key, value in _strings(record):
            if key in known and value.strip():
                fact = ProfileFact(
                    platform=NAME,
                    account=a.account,
                    where=a.where,
                    key=f"{a.prefix}profile:{known[key]}:{digest(value)}",
                    fact=known[key],
                    value=unescape_basic(value),
                )
                yield from a.once(fact)

    return each


def protection(document: Any, a: Reader) -> Iterable[Record]:
    """Protected posts: the file tells changes of about the last six months. Empty means unchanged, never public."""
    events = [e.get("protectedHistory", e) for e in (document if isinstance(document, list) else [document])]
    latest = max(events, key=lambda e: e.get("protectedAt") or "", default=None)
    action = latest.get("action") if latest else None
    value: Any = {"Protect": "on", "Unprotect": "off"}.get(str(action), "unknown")
    a.audience = {"on": "followers", "off": "public"}.get(value, "unknown")
    yield Setting(
        platform=NAME,
        account=a.account,
        where=a.where,
        id="x.protect-your-posts",
        value=value,
        raw=str(action or ""),
        seen_at=from_iso(latest.get("protectedAt")) if latest else None,
    )


def applications(document: Any, a: Reader) -> Iterable[Record]:
    """Other programs that may post in the person's name: told as a warning, with their number only."""
    apps = [e.get("connectedApplication", e) for e in (document if isinstance(document, list) else [document])]
    if writing := sum("write" in (app.get("permissions") or ()) for app in apps):
        a.warnings.append(f"{writing} other program(s) may post in your name: look under Settings, Apps and sessions.")
    return ()


_PART = r"(-part\d+)?\.js$"
Entry = dict[str, Any]
_WORK = tuple(
    (key, fact)
    for fact, keys in {  # how these two files nest is not documented
        "employer": ("employer", "employerName", "company", "companyName", "organization", "organizationName", "workplace"),
        "school": ("school", "schoolName", "institution"),
        "phone": ("phone", "phoneNumber"),
        "email": ("email", "emailAddress"),
        "location": ("address", "addressLine1", "city"),
    }.items()
    for key in keys
)
FILES: Rows = (
    (r"assets/|lib/|index\.html$|Your archive\.html$|README\.txt$|manifest\.js$", Ignored("the archive's own viewer")),
    (
        r"account\.js$",
        Each(
            facts(("username", "handle"), ("accountDisplayName", "name"), ("email", "email"), ("phoneNumber", "phone")),
            Entry,
        ),
    ),
    (r"profile\.js$", Each(facts(("bio", "bio"), ("website", "website"), ("location", "location")), Entry)),
    (r"phone-number\.js$", Each(facts(("phoneNumber", "phone")), Entry)),
    (r"ageinfo\.js$", Each(facts(("birthDate", "birthday")), Entry)),
    (r"email-address-change\.js$", Each(facts(("changedFrom", "email"), ("changedTo", "email")), Entry)),
    (r"screen-name-change\.js$", Each(facts(("changedFrom", "former_name")), Entry)),
    (
        r"(professional-data|expanded-profile)\.js$",
        Each(facts(*_WORK), Entry),
    ),
    (r"protected-history\.js$", Whole(protection)),
    (r"connected-application\.js$", Whole(applications)),
    (rf"note-tweet{_PART}", Each(notes, Entry)),
    (rf"deleted-note-tweet{_PART}", Each(notes, Entry)),
    # before the posts: of one that stands in two files, what is known about it must not be lost
    (rf"deleted-tweets?{_PART}", Each(deleted, Entry)),
    (rf"community[-_]tweet{_PART}", Each(community, Entry)),
    (rf"twitter-circle-tweet{_PART}", Each(circle, Entry)),
    (rf"tweets?{_PART}", Each(tweets, Tweet)),
    (r"data/js/tweets/\d{4}_\d\d\.js$", Each(classic.monthly, Entry)),
    (r"tweets\.csv$", Table(classic.row, classic.COLUMNS)),
    (r"data/js/user_details\.js$", Whole(classic.details)),
    (r"data/js/(payload_details|tweet_index)\.js$", Ignored("the archive's own lists of its files")),
    (r"(?:js|css|img)/[^/]+\.(?:js|html|txt)$", Ignored("the archive's own viewer")),
    (r"article-metadata\.js$", Each(article_facts, Entry)),
    (rf"article{_PART}", Each(articles, Entry)),
    (rf"community-notes?{_PART}", Each(community_notes, Entry)),
    (r"reply-prompt\.js$", Each(prompts, Entry)),
    (rf"grok-chat-item{_PART}", Each(grok, Entry)),
    (r"moment\.js$", Each(moments, Entry)),
    (rf"like{_PART}", Each(likes, Entry)),
    (rf"direct-messages?(-group)?{_PART}", Each(conversations, Entry)),
    (rf"follower{_PART}", Each(people("follower"), Entry)),
    (rf"following{_PART}", Each(people("following"), Entry)),
    (rf"block{_PART}", Each(people("blocked"), Entry)),
    (rf"mute{_PART}", Each(people("muted"), Entry)),
    (r"contact\.js$", Ignored("an address book once uploaded: other people's e-mail addresses and numbers")),
    (
        r"(direct-message(-group)?|deleted-tweet|tweet)-headers(-part\d+)?\.js$",
        Ignored("dates only: the words are in other files"),
    ),
    (
        r"(lists-\w+|saved-search|smartblock|direct-message-mute|personalization|twitter-circle)\.js$",
        Ignored("lists, searches and interests: not your posts"),
    ),
    (
        r"(community-note-(rating|batsignal|tombstone))\.js$",
        Ignored("dates and ratings: no words of yours"),
    ),
    (rf"periscope-comments-made-by-user{_PART}", Each(broadcast_comments, Entry)),
    (r"(periscope|spaces)-[\w-]+\.js$", Ignored("live broadcasts: look at them by hand")),
    (
        r"(ad-[\w-]+|app|account-(creation-ip|label|suspension|timezone)|branch-links|catalog-item|commerce-catalog|device-token|ip-audit|key-registry|"
        r"ni-devices|product-(drop|set)|shop-module|shopify-account|sso|tweetdeck|twitter-shop|user-link-clicks|verified|verified-organization|"
        r"professional-[\w-]+|twitter-article[\w-]*|audio-video-calls-in-dm[\w-]*|job-[\w-]+|payment-[\w-]+)\.js$",
        Ignored("advertising, devices and technical data"),
    ),
)

SITES: tuple[str, ...] = ("x.com", "twitter.com")
FIND = "On X, open your profile and scroll to {day}, or search for: from:{account} with a few of the words."
NOT_HELD = ("stories", "reviews", "friends", "requests")
NOT_YET = ("address-book",)  # it holds e-mail addresses and numbers without names
ASK = Asking(
    where="On a computer: More, Settings and privacy, Your account, Download an archive of your data",
    steps=(
        "Open Download an archive of your data and confirm that it is you.",
        "Request the archive.",
        "When X says that it is ready, download the zip from the same page; of a big archive, every part.",
    ),
    choose="There is nothing to choose: the archive holds everything",
    wait="Usually a day or two",
    url="https://x.com/settings/download_your_data",
)
