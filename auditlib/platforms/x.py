"""X (Twitter): the archive of 2018 onward. Every data file is a script, `window.YTD.<name>.part0 = [ ... ]`.

Eras: until about March 2020 the .js files lie at the root; since then under data/ with manifest.js; tweet.js became tweets.js
in 2022. Format facts: timhutton/twitter-archive-parser, karlicoss/HPI, alkihis/twitter-archive-reader, X's own README.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from auditlib.dates import from_iso, from_millis, from_snowflake, from_x
from auditlib.reading import Account, Each, Ignored, Rows, Whole
from auditlib.records import Connection, Conversation, Item, Media, Place, ProfileFact, Quoted, Record, ReplyTo, Setting
from auditlib.text import unescape_basic

NAME, TITLE = "x", "X (Twitter)"
MARKERS = (
    re.compile(r"^(?P<root>(?:.*/)?)data/(?:manifest|tweets?|account)\.js$"),
    re.compile(r"^(?P<root>(?:.*/)?)(?<!data/)tweet\.js$"),
)
SNIFF = re.compile(rb"^(?:\xef\xbb\xbf)?\s*window\.(?:YTD\.\w+\.part\d+|__THAR_CONFIG)\s*=")
_STATUS = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w+)/status(?:es)?/(\d+)")
_TAIL = re.compile(r"\s*(?:…|\.\.\.)?\s*(?:https?://\S+)?\s*$")


class Link(msgspec.Struct, gc=False):
    url: str | None = None
    expanded_url: str | None = None


class Mention(msgspec.Struct, gc=False):
    screen_name: str | None = None
    name: str | None = None
    id_str: str | None = None


class Photo(msgspec.Struct, gc=False):
    url: str | None = None
    media_url_https: str | None = None
    type: str = "photo"
    ext_alt_text: str | None = None
    media_alt: str | None = None


class Entities(msgspec.Struct, gc=False):
    urls: tuple[Link, ...] | None = ()
    user_mentions: tuple[Mention, ...] | None = ()
    media: tuple[Photo, ...] | None = ()


class Point(msgspec.Struct, gc=False):
    coordinates: tuple[float | str, ...] | None = None


class Tweet(msgspec.Struct, gc=False):
    """A post; until about 2020 it lay in the array without the wrapper `tweet`."""

    tweet: Tweet | None = None
    id_str: str | None = None
    id: str | int | None = None
    created_at: str | None = None
    full_text: str | None = None
    text: str | None = None
    entities: Entities | None = None
    extended_entities: Entities | None = None
    in_reply_to_status_id_str: str | None = None
    in_reply_to_status_id: str | int | None = None
    in_reply_to_user_id_str: str | None = None
    in_reply_to_screen_name: str | None = None
    coordinates: Point | None = None
    geo: Point | None = None


class Note(msgspec.Struct):
    """The whole text of a post over 280 characters. `tweetId` was seen once, in an old write-up; usually there is none."""

    noteTweetId: str | None = None
    createdAt: str | None = None
    tweetId: str | None = None
    core: dict[str, Any] | None = None
    noteTweetResults: dict[str, Any] | None = None
    used: bool = False
    where: str = ""


def post_url(handle: str | None, identifier: str | None) -> str | None:
    """The address of a post; the form without a handle works too."""
    return f"https://x.com/{handle or 'i/web'}/status/{identifier}" if identifier else None


class Reader(Account):
    """Who the person is, the handles seen so far (follower files hold bare ids), and the long texts waiting for their post."""

    platform = NAME

    def begin(self) -> None:
        """Read account.js and manifest.js."""
        own = _first(self.document(r"account\.js"), "account")
        manifest = self.document(r"manifest\.js")
        user = manifest.get("userInfo", {}) if isinstance(manifest, dict) else {}
        self.id = str(own.get("accountId") or user.get("accountId") or "") or None
        self.account = own.get("username") or user.get("userName") or None
        self.prefix = f"x:{self.id or self.account or '?'}:"
        self.handles: dict[str, tuple[str, str | None]] = {}
        self.notes: dict[str, list[Note]] = {}
        self.deleted: set[str] = set()
        self.messaged: set[str] = set()
        self.audience: Any = "unknown"
        self.files: dict[str, list[str]] = {}
        self.era = "2018-2020" if not any("data/" in m for m in self.members) else "2020 onward"
        for path in self.members:
            if "_media/" in path:
                self.files.setdefault(path.rsplit("/", 1)[-1].split("-", 1)[0], []).append(path)
        if isinstance(manifest, dict):
            self._announced(manifest)

    def _announced(self, manifest: dict[str, Any]) -> None:
        info = manifest.get("archiveInfo") or {}
        if any(info.get(k) in (True, "true") for k in ("isPartialArchive", "isArchivePartial")):
            self.warnings.append("This archive says it is only one part: add the other parts you were sent as well.")
        for kind in (manifest.get("dataTypes") or {}).values():
            for file in (kind or {}).get("files") or ():
                tail, count = file.get("fileName"), str(file.get("count", ""))
                for path in self.members:
                    if tail and count.isdecimal() and (path == tail or path.endswith("/" + tail)):
                        self.expected[path] = int(count)

    def person(self, identifier: str | None) -> str | None:
        """The handle of an id where a mention or reply showed it, else the id."""
        if identifier and identifier == self.id:
            return self.account or identifier
        return self.handles[identifier][0] if identifier in self.handles else identifier

    def finish(self) -> Iterator[Record]:
        """Long texts that belong to no post in the archive, and what the person should know."""
        for note in [n for waiting in self.notes.values() for n in waiting if not n.used]:
            text, links = _note_text(note)
            yield Item(
                platform=NAME, account=self.account, where=note.where, kind="post", key=f"{self.prefix}note:{note.noteTweetId}",
                id=None, at=from_iso(note.createdAt), text=text, author="me", author_name=self.account, audience=self.audience, links=links,
            )  # fmt: skip
        if not any(re.search(r"(^|/)tweets?\.js$", m) for m in self.members):
            self.warnings.append("No file of posts is in this archive: ask X for the whole archive if you ever posted.")
        if self.account is None:
            self.warnings.append("The archive does not say whose it is (account.js is missing), so it may not be complete.")


def _first(document: Any, wrapper: str) -> dict[str, Any]:
    """The one object in a file of a single entry, unwrapped; {} when it is not there."""
    entry = document[0] if isinstance(document, list) and document else document
    inner = entry.get(wrapper, entry) if isinstance(entry, dict) else {}
    return inner if isinstance(inner, dict) else {}


def _note_text(note: Note) -> tuple[str, tuple[str, ...]]:
    """The long text with its links expanded, and the links."""
    core = note.core or note.noteTweetResults or {}
    text, links = str(core.get("text") or ""), []
    for link in core.get("urls") or (core.get("entitySet") or {}).get("urls") or ():
        full = link.get("expandedUrl") or link.get("expanded_url")
        short = link.get("shortUrl") or link.get("url")
        if full:
            links.append(full)
            text = text.replace(short, full) if short else text
    return unescape_basic(text), tuple(links)


def notes(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """Keep a long text until its post is read: there is no id to join by, only the second and the first words."""
    note = msgspec.convert(record.get("noteTweet", record), Note)
    note.where = a.where
    moment = from_iso(note.createdAt)
    a.notes.setdefault(f"id:{note.tweetId}" if note.tweetId else (moment or "")[:19], []).append(note)
    return ()


def _join_note(a: Reader, identifier: str, at: str | None, shown: str) -> Note | None:
    """The long text of a post: the same second (one either side) and the same first words."""
    if note := next(iter(a.notes.get(f"id:{identifier}", ())), None):
        return note
    start = _TAIL.sub("", unescape_basic(shown))[:200]
    if not at or len(start) < 20:
        return None
    second = int(at[17:19])
    for step in (0, -1, 1):
        moment = f"{at[:17]}{second + step:02}"
        for note in a.notes.get(moment, ()):
            text = str((note.core or note.noteTweetResults or {}).get("text") or "")
            if not note.used and unescape_basic(text).startswith(start):
                return note
    return None


def tweets(record: Tweet, a: Reader, state: Any = "live", audience: Any = None) -> tuple[Record, ...]:
    """One post, reply, quote or repost."""
    t = record.tweet or record
    identifier = t.id_str or (str(t.id) if t.id else None)
    if identifier is None:
        raise ValueError
    if state == "live" and identifier in a.deleted:
        return ()  # already told by deleted-tweets.js
    at = from_x(t.created_at)
    if at is None or at < "2006":  # seen September 2025: posts dated 1997 and 2003
        at = from_snowflake(identifier) or at
    raw = t.full_text if t.full_text is not None else t.text or ""
    text, links, media, quoted, mentions = raw, (), (), None, ()
    entities = t.entities
    if entities is not None:
        if entities.user_mentions:
            mentions = entities.user_mentions
            for m in mentions:
                if m.id_str and m.id_str != "-1" and m.screen_name:
                    a.handles[m.id_str] = (m.screen_name, m.name)
        if entities.urls:
            links, text, quoted = _links(entities.urls, text, identifier)
        photos = (t.extended_entities or entities).media or entities.media
        if photos:
            media, text = _media(photos, text, identifier, a)
    if a.notes and (note := _join_note(a, identifier, at, raw)):
        note.used = True
        text, more = _note_text(note)
        links = tuple(dict.fromkeys((*[x for x in links if not x.endswith(f"/i/web/status/{identifier}")], *more)))
    else:
        text = unescape_basic(text)
    kind: Any = "post"
    if text.startswith("RT @") and ": " in text:  # cut by X at about 140 characters; `retweeted` is always false
        handle, _, text = text[4:].partition(": ")
        kind, quoted = "repost", Quoted(None, handle, text)
    reply = None
    parent = t.in_reply_to_status_id_str or t.in_reply_to_status_id
    to_id, to_name = t.in_reply_to_user_id_str, t.in_reply_to_screen_name
    if to_id and to_name:
        a.handles.setdefault(to_id, (to_name, None))
    if parent:
        name = to_name or (a.person(to_id) if to_id in a.handles else None) or next((m.screen_name for m in mentions), None)
        reply = ReplyTo(str(parent), name, post_url(to_name or "i", str(parent)))
    point = t.coordinates or t.geo
    item = Item(
        platform=NAME, account=a.account, where=f"{a.member}#{a.position}", kind=kind, key=f"{a.prefix}post:{identifier}",
        id=identifier, at=at, text=text, author="me", author_name=a.account, audience=audience or a.audience, reply_to=reply,
        quoted=quoted, place=_place(t) if point is not None else None, media=media, links=links,
        url=post_url(a.account, identifier), deleted=state == "binned", state=state,
    )  # fmt: skip
    return (item,)


def _links(urls: tuple[Link, ...], text: str, own: str) -> tuple[tuple[str, ...], str, Quoted | None]:
    """Expanded links, the text with them in place (by string: `indices` count differently in different years), the quote."""
    links, quoted = [], None
    for link in urls:
        full = link.expanded_url or link.url
        if not full:
            continue
        if link.url and full != link.url:
            text = text.replace(link.url, full)
        links.append(full)
        if "/status" in full and (m := _STATUS.match(full)) and m[2] != own:
            quoted = Quoted(m[2], None if m[1] == "i" else m[1], None)
    return tuple(links), text, quoted


def _media(photos: tuple[Photo, ...], text: str, identifier: str, a: Reader) -> tuple[tuple[Media, ...], str]:
    """Pictures with their file in the archive (matched by the post's id) and the text without their t.co placeholder."""
    files, made = a.files.get(identifier, ()), []
    for number, photo in enumerate(photos):
        base = (photo.media_url_https or "").rsplit("/", 1)[-1]
        path = next((f for f in files if base and f.endswith(base)), files[number] if number < len(files) else None)
        made.append(Media(path, photo.type, photo.ext_alt_text or photo.media_alt))
        if photo.url:
            text = text.replace(photo.url, "").rstrip()
    return tuple(made), text


def _place(t: Tweet) -> Place | None:
    """`coordinates` is [lon, lat], `geo` is [lat, lon]; values may be strings."""
    if t.coordinates and t.coordinates.coordinates:
        lon, lat = t.coordinates.coordinates[:2]
    elif t.geo and t.geo.coordinates:
        lat, lon = t.geo.coordinates[:2]
    else:
        return None
    return Place(None, float(lat), float(lon))


def deleted(record: Tweet, a: Reader) -> tuple[Record, ...]:
    """A post deleted within about the last fourteen days: no longer live, said so."""
    made = tweets(record, a, "binned")
    a.deleted.update(i.id for i in made if isinstance(i, Item) and i.id)
    return made


def community(record: Tweet, a: Reader) -> tuple[Record, ...]:
    """A post inside a Community."""
    return tweets(record, a, audience="group")


def circle(record: Tweet, a: Reader) -> tuple[Record, ...]:
    """A post to the Circle (2022-23)."""
    return tweets(record, a, audience="friends")


def _words(a: Reader, what: str, identifier: object, at: str | None, text: str, kind: Any = "other", **more: Any) -> Item:
    """An item of a lesser kind, in the person's own words unless `author` says otherwise."""
    facts: dict[str, Any] = {"author": "me", "author_name": a.account, "audience": "private"} | more
    return Item(
        platform=NAME, account=a.account, where=a.where, kind=kind, key=f"{a.prefix}{what}:{identifier or a.position}",
        id=str(identifier) if identifier else None, at=at, text=unescape_basic(text), **facts,
    )  # fmt: skip


def likes(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A like: the person's act on someone else's words; the text is missing when the post is gone."""
    like = record.get("like", record)
    identifier = str(like["tweetId"])
    text = unescape_basic(like.get("fullText") or "")
    yield _words(
        a, "like", identifier, None, text, "reaction", audience="unknown",
        quoted=Quoted(identifier, None, text), url=post_url(None, identifier),
    )  # fmt: skip


def deleted_notes(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """The long text of a deleted post."""
    note = msgspec.convert(record.get("noteTweet", record), Note)
    text, links = _note_text(note)
    yield _words(
        a, "note", note.noteTweetId, from_iso(note.createdAt), text, "post", links=links, deleted=True, state="binned",
        audience=a.audience,
    )  # fmt: skip


def articles(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """A long article: X documents its fields but not how they nest, so the words are gathered wherever they lie."""
    article = next((v for v in record.values() if isinstance(v, dict)), record)
    said = [v for k, v in _strings(article) if k in ("content", "text", "block", "plainText")]
    draft = str(article.get("lifecycleState", "")).casefold() == "draft"
    yield _words(
        a, "article", article.get("id"), from_millis(article.get("createdAtMs")), "\n".join(said), "post", title=article.get("title"),
        state="draft" if draft else "live", audience="private" if draft else a.audience,
    )  # fmt: skip


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
        a, "grok", f"{body.get('chatId')}.{a.position}", from_iso(body.get("createdAt")), body.get("message") or "",
        author="me" if mine else "system", author_name=a.account if mine else "Grok",
    )  # fmt: skip


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
            title = title or (event.get("name") if what == "conversationNameUpdate" else None)
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
        full = link.get("expanded") or link.get("url")
        if full:
            links.append(full)
            text = text.replace(link["url"], full) if link.get("url") else text
    sender, identifier = str(message.get("senderId") or ""), str(message["id"])
    files = a.files.get(identifier, [])
    media = tuple(Media(files[n] if n < len(files) else None, "photo") for n, _ in enumerate(message.get("mediaUrls") or ()))
    author: Any = None if a.id is None else "me" if sender == a.id else "other"
    return _words(
        a, f"message:{talk.id}", identifier, from_iso(message.get("createdAt")), text, "message", author=author,
        author_name=a.person(sender), audience="group" if talk.group else "direct", conversation=talk, links=tuple(links), media=media, url=url,
    )  # fmt: skip


def _connection(relation: Any, identifier: str, a: Reader) -> Connection:
    """Follower files hold bare ids: handle and name are known only where a mention or reply showed them."""
    handle, name = a.handles.get(identifier, (None, None))
    return Connection(
        platform=NAME, account=a.account, where=a.where, key=f"{a.prefix}{relation}:{identifier}", relation=relation,
        id=identifier, handle=handle, name=name, url=f"https://x.com/intent/user?user_id={identifier}",
    )  # fmt: skip


def people(relation: Any) -> Any:
    """A function for one kind of relation: `{"follower": {"accountId", "userLink"?}}`."""

    def each(record: dict[str, dict[str, Any]], a: Reader) -> Iterable[Record]:
        for body in record.values():
            yield _connection(relation, str(body.get("accountId") or body["id"]), a)

    return each


def facts(*wanted: tuple[str, str]) -> Any:
    """A function for a small profile file: `wanted` are (key anywhere in it, the fact it is)."""

    def each(record: dict[str, Any], a: Reader) -> Iterable[Record]:
        told: set[tuple[str, str]] = set()
        for key, value in _strings(record):
            for name, fact in wanted:
                if key == name and value.strip() and (fact, value) not in told:
                    told.add((fact, value))
                    yield ProfileFact(
                        platform=NAME, account=a.account, where=a.where, key=f"{a.prefix}profile:{fact}:{value}",
                        fact=fact, value=unescape_basic(value),
                    )  # type: ignore[arg-type]  # fmt: skip

    return each


def protection(document: Any, a: Reader) -> Iterable[Record]:
    """Protected posts: the file tells changes of about the last six months. Empty means unchanged, never public."""
    events = [e.get("protectedHistory", e) for e in (document if isinstance(document, list) else [document])]
    latest = max(events, key=lambda e: e.get("protectedAt") or "", default=None)
    action = latest.get("action") if latest else None
    value: Any = {"Protect": "on", "Unprotect": "off"}.get(str(action), "unknown")
    a.audience = {"on": "followers", "off": "public"}.get(value, "unknown")
    yield Setting(
        platform=NAME, account=a.account, where=a.where, id="x.protect-your-posts", value=value, raw=str(action or ""),
        seen_at=from_iso(latest.get("protectedAt")) if latest else None,
    )  # fmt: skip


def applications(document: Any, a: Reader) -> Iterable[Record]:
    """Other programs that may post in the person's name: told as a warning, with their number only."""
    apps = [e.get("connectedApplication", e) for e in (document if isinstance(document, list) else [document])]
    if writing := sum("write" in (app.get("permissions") or ()) for app in apps):
        a.warnings.append(f"{writing} other program(s) may post in your name: look under Settings, Apps and sessions.")
    return ()


_PART = r"(-part\d+)?\.js$"
FILES: Rows = (
    (r"assets/|Your archive\.html$|README\.txt$|manifest\.js$", Ignored("the archive's own viewer")),
    (r"account\.js$", Each(facts(("username", "handle"), ("accountDisplayName", "name"), ("email", "email"), ("phoneNumber", "phone")), dict[str, Any])),
    (r"profile\.js$", Each(facts(("bio", "bio"), ("website", "website"), ("location", "location")), dict[str, Any])),
    (r"phone-number\.js$", Each(facts(("phoneNumber", "phone")), dict[str, Any])),
    (r"ageinfo\.js$", Each(facts(("birthDate", "birthday")), dict[str, Any])),
    (r"email-address-change\.js$", Each(facts(("changedFrom", "email"), ("changedTo", "email")), dict[str, Any])),
    (r"screen-name-change\.js$", Each(facts(("changedFrom", "former_name")), dict[str, Any])),
    (r"(professional-data|expanded-profile)\.js$", Each(facts(("employer", "employer"), ("companyName", "employer"), ("organization", "employer")), dict[str, Any])),
    (r"protected-history\.js$", Whole(protection)),
    (r"connected-application\.js$", Whole(applications)),
    (rf"note-tweet{_PART}", Each(notes, dict[str, Any])),
    (rf"deleted-tweets?{_PART}", Each(deleted, Tweet)),
    (rf"deleted-note-tweet{_PART}", Each(deleted_notes, dict[str, Any])),
    (rf"tweets?{_PART}", Each(tweets, Tweet)),
    (rf"community[-_]tweet{_PART}", Each(community, Tweet)),
    (rf"twitter-circle-tweet{_PART}", Each(circle, Tweet)),
    (rf"article{_PART}", Each(articles, dict[str, Any])),
    (rf"community-notes?{_PART}", Each(community_notes, dict[str, Any])),
    (r"reply-prompt\.js$", Each(prompts, dict[str, Any])),
    (rf"grok-chat-item{_PART}", Each(grok, dict[str, Any])),
    (r"moment\.js$", Each(moments, dict[str, Any])),
    (rf"like{_PART}", Each(likes, dict[str, Any])),
    (rf"direct-messages?(-group)?{_PART}", Each(conversations, dict[str, Any])),
    (rf"follower{_PART}", Each(people("follower"), dict[str, Any])),
    (rf"following{_PART}", Each(people("following"), dict[str, Any])),
    (rf"block{_PART}", Each(people("blocked"), dict[str, Any])),
    (rf"mute{_PART}", Each(people("muted"), dict[str, Any])),
    (r"contact\.js$", Ignored("an address book once uploaded: other people's e-mail addresses and numbers")),
    (r"(direct-message(-group)?|deleted-tweet|tweet)-headers(-part\d+)?\.js$", Ignored("dates only: the words are in other files")),
    (r"(lists-\w+|saved-search|smartblock|direct-message-mute|personalization|twitter-circle)\.js$", Ignored("lists, searches and interests: not your posts")),
    (r"(article-metadata|community-note-(rating|batsignal|tombstone))\.js$", Ignored("dates and ratings: no words of yours")),
    (r"(periscope|spaces)-[\w-]+\.js$", Ignored("live broadcasts: look at them by hand")),
    (
        r"(ad-[\w-]+|app|account-(creation-ip|label|suspension|timezone)|branch-links|catalog-item|commerce-catalog|device-token|ip-audit|key-registry|"
        r"ni-devices|product-(drop|set)|shop-module|shopify-account|sso|tweetdeck|twitter-shop|user-link-clicks|verified|verified-organization|"
        r"professional-[\w-]+|twitter-article[\w-]*|audio-video-calls-in-dm[\w-]*|job-[\w-]+|payment-[\w-]+)\.js$",
        Ignored("advertising, devices and technical data"),
    ),
)  # fmt: skip
