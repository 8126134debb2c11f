"""X's posts and who wrote them: the shapes of the export, the reader of one account, the join of long texts to their post."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from auditlib.dates import from_iso, from_snowflake, from_x
from auditlib.reading import Account
from auditlib.records import Item, Media, Place, Quoted, Record, ReplyTo
from auditlib.text import unescape_basic

NAME = "x"
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
        self.id: str | None = None
        self.handles: dict[str, tuple[str, str | None]] = {}
        self.notes: dict[str, list[Note]] = {}
        self.deleted: set[str] = set()
        self.messaged: set[str] = set()
        self.told: set[tuple[str, str]] = set()  # profile facts: several files hold the same ones
        self.audience: Any = "unknown"
        self.files: dict[str, list[str]] = {}
        self.era = "2018-2020" if not any("data/" in m for m in self.members) else "2020 onward"
        for path in self.members:
            if "_media/" in path:
                self.files.setdefault(path.rsplit("/", 1)[-1].split("-", 1)[0], []).append(path)
        self.attempt(self._announced)
        self.attempt(self._owner)
        self.prefix = f"x:{self.id or self.account or '?'}:"

    def _owner(self) -> None:
        own = first_entry(self.document(r"account\.js"), "account")
        if own:
            self.id = text_of(own.get("accountId")) or self.id
            self.account = text_of(own.get("username")) or self.account

    def _announced(self) -> None:
        manifest = self.document(r"manifest\.js")
        if not isinstance(manifest, dict):
            return
        user, info = manifest.get("userInfo") or {}, manifest.get("archiveInfo") or {}
        self.id, self.account = text_of(user.get("accountId")), text_of(user.get("userName"))
        if any(info.get(k) in (True, "true") for k in ("isPartialArchive", "isArchivePartial")):
            self.warnings.append("This archive says it is only one part: add the other parts you were sent as well.")
        for kind in (manifest.get("dataTypes") or {}).values():
            for file in (kind or {}).get("files") or ():
                tail, count = file.get("fileName"), str(file.get("count", ""))
                for path in self.members:
                    if tail and count.isdecimal() and len(count) < 10 and (path == tail or path.endswith(f"/{tail}")):
                        self.expected[path] = int(count)

    def person(self, identifier: str | None) -> str | None:
        """The handle of an id where a mention or reply showed it, else the id."""
        if identifier and identifier == self.id:
            return self.account or identifier
        return self.handles[identifier][0] if identifier in self.handles else identifier

    def finish(self) -> Iterator[Record]:
        """Long texts that belong to no post in the archive, and what the person should know."""
        for note in [n for waiting in self.notes.values() for n in waiting if not n.used]:
            text, links = note_text(note)
            yield Item(
                platform=NAME,
                account=self.account,
                where=note.where,
                kind="post",
                key=f"{self.prefix}note:{note.noteTweetId}",
                id=None,
                at=from_iso(note.createdAt),
                text=text,
                author="me",
                author_name=self.account,
                audience=self.audience,
                links=links,
            )
        if not any(re.search(r"(^|/)tweets?\.js$", m) for m in self.members):
            self.warnings.append("No file of posts is in this archive: ask X for the whole archive if you ever posted.")
        if self.account is None:
            self.warnings.append("The archive does not say whose it is (account.js is missing), so it may not be complete.")


def text_of(value: object) -> str | None:
    """An id or a handle as text; None for what is neither."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) and value != "" else None


def first_entry(document: Any, wrapper: str) -> dict[str, Any]:
    """The one object in a file of a single entry, unwrapped; {} when it is not there."""
    entry = document[0] if isinstance(document, list) and document else document
    inner = entry.get(wrapper, entry) if isinstance(entry, dict) else {}
    return inner if isinstance(inner, dict) else {}


def note_text(note: Note) -> tuple[str, tuple[str, ...]]:
    """The long text with its links expanded, and the links."""
    core = note.core or note.noteTweetResults or {}
    text, links = str(core.get("text") or ""), []
    for link in core.get("urls") or (core.get("entitySet") or {}).get("urls") or ():
        full = text_of(link.get("expandedUrl")) or text_of(link.get("expanded_url"))
        short = text_of(link.get("shortUrl")) or text_of(link.get("url"))
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
    text = raw
    links: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quoted: Quoted | None = None
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
        text, more = note_text(note)
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
        platform=NAME,
        account=a.account,
        where=f"{a.member}#{a.position}",
        kind=kind,
        key=f"{a.prefix}post:{identifier}",
        id=identifier,
        at=at,
        text=text,
        author="me",
        author_name=a.account,
        audience=audience or a.audience,
        reply_to=reply,
        quoted=quoted,
        place=_place(t) if point is not None else None,
        media=media,
        links=links,
        url=post_url(a.account, identifier),
        deleted=state == "binned",
        state=state,
    )
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
