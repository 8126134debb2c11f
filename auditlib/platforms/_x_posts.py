"""X's posts: the shapes of the export, one record per post, the join of long texts to their post."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from auditlib.dates import from_iso, from_snowflake, from_x
from auditlib.platforms._x import EARLIEST, NAME, Note, Reader, inner, note_text, post_url, text_of, without
from auditlib.records import Item, Media, Place, Quoted, Record, ReplyTo
from auditlib.text import unescape_basic

_STATUS = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w+|i/web)/status(?:es)?/(\d+)", re.IGNORECASE)
_REPOST = re.compile(r"RT @(\w+):(?: |$)")
_LINK = re.compile(r"https?://\S+")
_RAW_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}'…](?![^\s<>\"]*…)")
_LEAD = re.compile(r"^\s*(?:@\w+\s+)+")
_CUT = re.compile(r"(?:…|\.\.\.)\s*(?:https?://\S+\s*)*$")
SURE, SURE_CUT = 100, 20  # characters alike before a long text is taken for a post's: without and with a sign of cutting


class Link(msgspec.Struct, gc=False):
    url: str | None = None
    expanded_url: str | None = None


class Mention(msgspec.Struct, gc=False):
    screen_name: str | None = None
    name: str | None = None
    id_str: str | int | None = None
    id: str | int | None = None


class Photo(msgspec.Struct, gc=False):
    url: str | None = None
    expanded_url: str | None = None
    media_url_https: str | None = None
    type: str = "photo"
    ext_alt_text: str | None = None
    media_alt: str | None = None


class Entities(msgspec.Struct, gc=False):
    urls: tuple[Link, ...] | None = ()
    user_mentions: tuple[Mention, ...] | None = ()
    media: tuple[Photo, ...] | None = ()


class Tweet(msgspec.Struct, gc=False):
    """A post; until about 2020 it lay in the array without the wrapper `tweet`."""

    tweet: Tweet | None = None
    id_str: str | int | None = None
    id: str | int | None = None
    created_at: str | None = None
    full_text: str | None = None
    text: str | None = None
    entities: Entities | None = None
    extended_entities: Entities | None = None
    in_reply_to_status_id_str: str | int | None = None
    in_reply_to_status_id: str | int | None = None
    in_reply_to_user_id_str: str | int | None = None
    in_reply_to_user_id: str | int | None = None
    in_reply_to_screen_name: str | None = None
    coordinates: Any = None
    geo: Any = None
    place: Any = None


def tweets(record: Tweet, a: Reader, state: Any = "live", audience: Any = None) -> tuple[Record, ...]:
    """One post, reply, quote or repost; () for one that another file told already."""
    t = record.tweet or record
    own = t.id_str or t.id
    if not own:
        raise ValueError
    identifier = own if type(own) is str else str(own)
    if not a.posts.new(identifier):
        return ()
    at = from_x(t.created_at)
    if at is None or not EARLIEST <= at < a.latest:
        at = from_snowflake(identifier)
    raw = t.full_text if t.full_text is not None else t.text or ""
    text = raw
    links: tuple[str, ...] = ()
    note = _join_note(a, identifier, at, raw) if a.notes else None
    if note:
        note.used = True
        text, links = note_text(note)
    media: tuple[Media, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities = t.entities
    if entities is not None:
        if entities.user_mentions:
            mentions = entities.user_mentions
            _remember(mentions, identifier, a)
        if entities.urls:
            text, links = _links(entities.urls, text, links, identifier)
    photos = (t.extended_entities.media if t.extended_entities else None) or (entities.media if entities else None)
    if photos:
        media, text, links = _media(photos, text, links, identifier, a)
    text = unescape_basic(text)
    if not links and "://" in text:  # old posts hold links with no entities at all
        links = tuple(_RAW_LINK.findall(text))
    kind: Any = "post"
    quoted: Quoted | None = None
    if text.startswith("RT @") and (m := _REPOST.match(text)):  # cut by X at about 140 characters; `retweeted` is always false
        text = text[m.end() :]
        kind, quoted = "repost", Quoted(None, m[1], text)
    elif links:
        quoted = _quoted(links, identifier)
    reply = None
    parent = t.in_reply_to_status_id_str or t.in_reply_to_status_id
    to = t.in_reply_to_user_id_str or t.in_reply_to_user_id
    if to:
        to, to_name = str(to), t.in_reply_to_screen_name
        if to_name and to != "-1" and ((known := a.handles.get(to)) is None or known[0] != to_name):
            a.seen(to, to_name, None, identifier)
    if parent:
        to_name = t.in_reply_to_screen_name
        name = to_name or _addressed(to, mentions, raw, a)
        reply = ReplyTo(str(parent), name, f"https://x.com/{to_name or 'i'}/status/{parent}")
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
        place=None if t.coordinates is None and t.geo is None and t.place is None else _place(t),
        media=media,
        links=links,
        url=post_url(a.account, identifier),
        deleted=state == "binned",
        state=state,
    )
    return (item,)


def _remember(mentions: tuple[Mention, ...], post: str, a: Reader) -> None:
    """Whose id is whose: `-1` stands for an account that is gone."""
    handles = a.handles
    for m in mentions:
        who = m.id_str or m.id
        known = handles.get(who)  # type: ignore[arg-type]
        if known is not None and known[0] == m.screen_name and known[1] == m.name:
            continue
        if who and m.screen_name and who not in ("-1", -1):
            a.seen(str(who), m.screen_name, m.name, post)


def _addressed(to: str | int | None, mentions: tuple[Mention, ...], raw: str, a: Reader) -> str | None:
    """Whom a reply answers where the export does not name them: by id, else the first one mentioned."""
    if to and to == a.id and a.account:
        return a.account
    for m in mentions:
        if to and to in (m.id_str, m.id):
            return m.screen_name
    if to in a.handles:
        return a.handles[str(to)][0]
    lead = re.match(r"@(\w+)", raw)
    return lead[1] if lead else next((m.screen_name for m in mentions), None)


def _links(urls: tuple[Link, ...], text: str, links: tuple[str, ...], own: str) -> tuple[str, tuple[str, ...]]:
    """The text with full addresses in place (by string: `indices` count differently in different years), and these.

    X ends a text it cut with a link to the post itself, which is left out.
    """
    made: list[str] = []
    if len(urls) > 1:  # the longest first: one short link may begin like another
        made = [u.expanded_url or u.url or "" for u in urls]
        urls = tuple(sorted(urls, key=lambda u: -len(u.url or "")))
    found: list[str] = []
    for link in urls:
        full = link.expanded_url or link.url
        if not full:
            continue
        if full.endswith(own) and full.endswith(f"/i/web/status/{own}"):
            text = without(text, link.url)
            continue
        if link.url and full != link.url:
            text = text.replace(link.url, full)
        found.append(full)
    if made:
        found.sort(key=made.index)
    return text, tuple(dict.fromkeys((*found, *links))) if links or made else tuple(found)


def _quoted(links: tuple[str, ...], own: str) -> Quoted | None:
    """A quote is nothing but a link to another post; the last one is what X shows."""
    for full in reversed(links):
        if "/status" in full and (m := _STATUS.match(full)) and m[2] != own:
            return Quoted(m[2], None if m[1].startswith("i/") or m[1] == "i" else m[1], None)
    return None


def _media(
    photos: tuple[Photo, ...], text: str, links: tuple[str, ...], identifier: str, a: Reader
) -> tuple[tuple[Media, ...], str, tuple[str, ...]]:
    """Pictures with their file in the archive (matched by the post's id) and the text without their t.co placeholder.

    A picture of someone else's post, as in a repost, keeps the link to that post.
    """
    left = list(a.files.get(identifier, ()))
    paths: list[str | None] = []
    for photo in photos:
        base = (photo.media_url_https or "").rsplit("/", 1)[-1]
        path = next((f for f in left if base and f.endswith(base)), None)
        if path:
            left.remove(path)
        paths.append(path)
    made = []
    for path, photo in zip(paths, photos, strict=True):
        if path is None:  # a video is named after one of its variants, not after its still
            moving = photo.type != "photo"
            path = next((f for f in left if f.lower().endswith((".mp4", ".m3u8", ".mov")) == moving), None)
            if path:
                left.remove(path)
        made.append(Media(path, photo.type, photo.ext_alt_text or photo.media_alt or None))
        if photo.url and photo.url in text:
            text = without(text, photo.url)
        full = photo.expanded_url
        if full and f"/status/{identifier}/" not in f"{full}/" and full not in links:
            links = (*links, full)
    return tuple(made), text, links


def _place(t: Tweet) -> Place | None:
    """`coordinates` is [lon, lat], `geo` is [lat, lon]; values may be strings, and what is none costs only itself."""
    name = None
    if isinstance(t.place, dict):
        name = text_of(t.place.get("full_name")) or text_of(t.place.get("name"))
    for point, flipped in ((t.coordinates, True), (t.geo, False)):
        try:
            one, two = (float(v) for v in point["coordinates"][:2])
        except (TypeError, ValueError, KeyError):
            continue
        lat, lon = (two, one) if flipped else (one, two)
        if abs(lat) <= 90 and abs(lon) <= 180:
            return Place(name, lat, lon)
    return Place(name) if name else None


def deleted(record: dict[str, Any], a: Reader) -> tuple[Record, ...]:
    """A post deleted within about the last fourteen days: no longer live, said so."""
    return tweets(msgspec.convert(inner(record), Tweet), a, "binned")


def community(record: dict[str, Any], a: Reader) -> tuple[Record, ...]:
    """A post inside a Community."""
    return tweets(msgspec.convert(inner(record), Tweet), a, audience="group")


def circle(record: dict[str, Any], a: Reader) -> tuple[Record, ...]:
    """A post to the Circle (2022-23); what wraps it is not documented."""
    return tweets(msgspec.convert(inner(record), Tweet), a, audience="friends")


def notes(record: dict[str, Any], a: Reader) -> Iterable[Record]:
    """Keep a long text until its post is read: there is no id to join by, only the second and the first words."""
    note = msgspec.convert(inner(record), Note)
    note.where = a.where
    note.deleted = "deleted-note" in a.member
    if note.noteTweetId:
        if (mark := f"note:{note.noteTweetId}") in a.told:
            return ()
        a.told.add(mark)
    if note.tweetId:
        a.notes.setdefault(f"id:{note.tweetId}", []).append(note)
        return ()
    moment = from_iso(note.createdAt)
    seconds = {moment[:19]: None} if moment else {"": None}
    if moment and len(moment) >= 19:
        exact = datetime.fromisoformat(moment)
        for step in (-1, 1):
            seconds[(exact + timedelta(seconds=step)).isoformat()[:19]] = None
    for second in seconds:
        a.notes.setdefault(second, []).append(note)
    return ()


def _join_note(a: Reader, identifier: str, at: str | None, shown: str) -> Note | None:
    """The long text of a post: the same second (one either side), the same first words; of several the nearest in time."""
    if found := next((n for n in a.notes.get(f"id:{identifier}", ()) if not n.used), None):
        return found
    near = [n for n in a.notes.get(at[:19] if at else "-", ()) if not n.used]
    if not near:
        return None
    start = _plain(_CUT.sub("", shown))
    exact = from_snowflake(identifier) or at  # to the millisecond: what tells the posts of a thread apart
    sure = SURE_CUT if _CUT.search(shown) else SURE
    fits: list[tuple[bool, timedelta, int, Note]] = []
    for note in near:
        text = _plain(str(note.body.get("text") or ""))
        if text == start or (len(start) >= sure and text.startswith(start[:200])):
            fits.append((not text.startswith(start), _gap(note.createdAt, exact), len(fits), note))
    return min(fits)[3] if fits else None


def _gap(one: str | None, two: str | None) -> timedelta:
    """How far two times lie apart; the longest gap there is when one of them is no time."""
    first, second = from_iso(one), from_iso(two)
    return abs(datetime.fromisoformat(first) - datetime.fromisoformat(second)) if first and second else timedelta.max


def _plain(text: str) -> str:
    """Words to compare: entities decoded, without links, without the handles a reply begins with, single spaces."""
    return " ".join(_LEAD.sub("", _LINK.sub("", unescape_basic(text))).split())
