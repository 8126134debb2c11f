"""X (Twitter): the archive of 2018 onward. Every data file is a script, `window.YTD.<name>.part0 = [ ... ]`.

Eras: until about March 2020 the .js files lie at the root; since then under data/ with manifest.js; tweet.js became tweets.js
in 2022. Format facts: timhutton/twitter-archive-parser, karlicoss/HPI, alkihis/twitter-archive-reader, X's own README.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from auditlib.dates import from_iso, from_millis
from auditlib.platforms._x import Note, Reader, Tweet, circle, community, deleted, note_text, notes, post_url, text_of, tweets
from auditlib.reading import Each, Ignored, Rows, Whole
from auditlib.records import Connection, Conversation, Item, Media, ProfileFact, Quoted, Record, Setting
from auditlib.text import unescape_basic

NAME, TITLE = "x", "X (Twitter)"
MARKERS = (
    re.compile(r"^(?P<root>(?:.*/)?)data/(?:manifest|tweets?|account)\.js$"),
    re.compile(r"^(?P<root>(?:.*/)?)(?<!data/)tweet\.js$"),
)
SNIFF = re.compile(rb"^(?:\xef\xbb\xbf)?\s*window\.(?:YTD\.\w+\.part\d+|__THAR_CONFIG)\s*=")


def _words(a: Reader, what: str, identifier: object, at: str | None, text: str, kind: Any = "other", **more: Any) -> Item:
    """An item of a lesser kind, in the person's own words unless `author` says otherwise."""
    facts: dict[str, Any] = {"author": "me", "author_name": a.account, "audience": "private"} | more
    return Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind=kind,
        key=f"{a.prefix}{what}:{identifier or a.position}",
        id=str(identifier) if identifier else None,
        at=at,
        text=unescape_basic(text),
        **facts,
    )


def likes(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A like: the person's act on someone else's words; the text is missing when the post is gone."""
    like = record.get("like", record)
    identifier = str(like["tweetId"])
    text = unescape_basic(like.get("fullText") or "")
    yield _words(
        a,
        "like",
        identifier,
        None,
        text,
        "reaction",
        audience="unknown",
        quoted=Quoted(identifier, None, text),
        url=post_url(None, identifier),
    )


def deleted_notes(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """The long text of a deleted post."""
    note = msgspec.convert(record.get("noteTweet", record), Note)
    text, links = note_text(note)
    yield _words(
        a,
        "note",
        note.noteTweetId,
        from_iso(note.createdAt),
        text,
        "post",
        links=links,
        deleted=True,
        state="binned",
        audience=a.audience,
    )


def articles(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A long article: X documents its fields but not how they nest, so the words are gathered wherever they lie."""
    article = next((v for v in record.values() if isinstance(v, dict)), record)
    said = [v for k, v in _strings(article) if k in ("content", "text", "block", "plainText")]
    draft = str(article.get("lifecycleState", "")).casefold() == "draft"
    yield _words(
        a,
        "article",
        article.get("id"),
        from_millis(article.get("createdAtMs")),
        "\n".join(said),
        "post",
        title=text_of(article.get("title")),
        state="draft" if draft else "live",
        audience="private" if draft else a.audience,
    )


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every string in a nested value with the key it lies under."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for k, v in value.items():
            yield from _strings(v, k)
    elif isinstance(value, list):
        for v in value:
            yield from _strings(v, key)


def community_notes(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A Community Note the person wrote: public, under an alias."""
    for body in record.values():
        if isinstance(body, dict) and body.get("summary"):
            at = from_iso(str(body.get("createdAt", ""))) or from_millis(body.get("createdAt"))
            yield _words(a, "note-on", body.get("noteId") or body.get("tweetId"), at, body["summary"], audience="public")


def prompts(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A reply that X asked the person to think about: it may never have been published, and is kept for 30 days."""
    body = next((v for v in record.values() if isinstance(v, dict)), record)
    at = from_iso(body.get("createdAt"))
    yield _words(a, "prompt", body.get("promptId"), at, str(body["proposedTweetText"]), "post", state="draft")


def grok(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A private chat with X's own assistant."""
    body = record.get("grokChatItem", record)
    sender = body.get("sender") or {}
    mine = "USER" in (sender.get("originalName"), sender.get("name"))
    yield _words(
        a,
        "grok",
        f"{body.get('chatId')}.{a.position}",
        from_iso(body.get("createdAt")),
        body.get("message") or "",
        author="me" if mine else "system",
        author_name=a.account if mine else "Grok",
    )


def moments(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A Moment's title is the person's; the posts gathered in it may be other people's and are left out."""
    body = record.get("moment", record)
    yield _words(a, "moment", body.get("momentId"), from_iso(body.get("createdAt")), body.get("title") or "", audience="public")


def conversations(record: dict[str, Any], a: Reader) -> Iterator[Record]:
    """The messages of one conversation (newest first in the file); joins, leaves and renamings are not messages."""
    body = record.get("dmConversation", record)
    identifier, entries = str(body["conversationId"]), body["messages"]
    ids: dict[str, None] = dict.fromkeys(identifier.split("-") if "-" in identifier else ())
    title, group = None, "-" not in identifier
    for entry in entries:
        for what, event in entry.items():
            title = title or (text_of(event.get("name")) if what == "conversationNameUpdate" else None)
            ids.update(dict.fromkeys(str(event[k]) for k in ("senderId", "initiatingUserId") if event.get(k)))
            for k in ("participantsSnapshot", "userIds"):
                ids.update(dict.fromkeys(map(str, event.get(k) or ())))
            if not group and event.get("recipientId") not in (None, "0"):
                ids[str(event["recipientId"])] = None
    people = tuple(a.person(i) or i for i in ids)
    others = [i for i in ids if i != a.id]
    talk = Conversation(identifier, title or (None if group or not others else a.person(others[0])), people, group)
    url = f"https://x.com/messages/{identifier}"
    for entry in entries:
        message = entry.get("messageCreate") or entry.get("welcomeMessageCreate")
        if message:
            yield _message(message, talk, url, a)
    if not group and a.id and len(others) == 1 and others[0] not in a.messaged:
        a.messaged.add(others[0])
        yield _connection("messaged", others[0], a)


def _message(message: dict[str, Any], talk: Conversation, url: str, a: Reader) -> Item:
    text, links = message.get("text") or "", []
    for link in message.get("urls") or ():
        full = text_of(link.get("expanded")) or text_of(link.get("url"))
        if full:
            links.append(full)
            text = text.replace(link["url"], full) if link.get("url") else text
    sender, identifier = str(message.get("senderId") or ""), str(message["id"])
    files = a.files.get(identifier, [])
    media = tuple(Media(files[n] if n < len(files) else None, "photo") for n, _ in enumerate(message.get("mediaUrls") or ()))
    author: Any = None if a.id is None else "me" if sender == a.id else "other"
    return _words(
        a,
        f"message:{talk.id}",
        identifier,
        from_iso(message.get("createdAt")),
        text,
        "message",
        author=author,
        author_name=a.person(sender),
        audience="group" if talk.group else "direct",
        conversation=talk,
        links=tuple(links),
        media=media,
        url=url,
    )


def _connection(relation: Any, identifier: str, a: Reader) -> Connection:
    """Follower files hold bare ids: handle and name are known only where a mention or reply showed them."""
    handle, name = a.handles.get(identifier, (None, None))
    return Connection(
        platform=NAME,
        account=a.account,
        where=a.where,
        key=f"{a.prefix}{relation}:{identifier}",
        relation=relation,
        id=identifier,
        handle=handle,
        name=name,
        url=f"https://x.com/intent/user?user_id={identifier}",
    )


def people(relation: Any) -> Any:
    """A function for one kind of relation: `{"follower": {"accountId", "userLink"?}}`."""

    def each(record: dict[str, dict[str, Any]], a: Reader) -> Iterable[Record]:
        for body in record.values():
            yield _connection(relation, str(body.get("accountId") or body["id"]), a)

    return each


def facts(*wanted: tuple[str, str]) -> Any:
    """A function for a small profile file: `wanted` are (key anywhere in it, the fact it is)."""

    def each(record: dict[str, Any], a: Reader) -> Iterable[Record]:
        for key, value in _strings(record):
            for name, fact in wanted:
                if key == name and value.strip() and (fact, value) not in a.told:
                    a.told.add((fact, value))
                    known: Any = fact
                    yield ProfileFact(
                        platform=NAME,
                        account=a.account,
                        where=a.where,
                        key=f"{a.prefix}profile:{fact}:{value}",
                        fact=known,
                        value=unescape_basic(value),
                    )

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
FILES: Rows = (
    (r"assets/|Your archive\.html$|README\.txt$|manifest\.js$", Ignored("the archive's own viewer")),
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
        Each(facts(("employer", "employer"), ("companyName", "employer"), ("organization", "employer")), Entry),
    ),
    (r"protected-history\.js$", Whole(protection)),
    (r"connected-application\.js$", Whole(applications)),
    (rf"note-tweet{_PART}", Each(notes, Entry)),
    (rf"deleted-tweets?{_PART}", Each(deleted, Tweet)),
    (rf"deleted-note-tweet{_PART}", Each(deleted_notes, Entry)),
    (rf"tweets?{_PART}", Each(tweets, Tweet)),
    (rf"community[-_]tweet{_PART}", Each(community, Tweet)),
    (rf"twitter-circle-tweet{_PART}", Each(circle, Tweet)),
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
        r"(article-metadata|community-note-(rating|batsignal|tombstone))\.js$",
        Ignored("dates and ratings: no words of yours"),
    ),
    (r"(periscope|spaces)-[\w-]+\.js$", Ignored("live broadcasts: look at them by hand")),
    (
        r"(ad-[\w-]+|app|account-(creation-ip|label|suspension|timezone)|branch-links|catalog-item|commerce-catalog|device-token|ip-audit|key-registry|"
        r"ni-devices|product-(drop|set)|shop-module|shopify-account|sso|tweetdeck|twitter-shop|user-link-clicks|verified|verified-organization|"
        r"professional-[\w-]+|twitter-article[\w-]*|audio-video-calls-in-dm[\w-]*|job-[\w-]+|payment-[\w-]+)\.js$",
        Ignored("advertising, devices and technical data"),
    ),
)
