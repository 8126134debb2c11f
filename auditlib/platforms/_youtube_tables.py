"""The records in YouTube's tables and old pages: one row or list entry in, records out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from auditlib.dates import from_google
from auditlib.markup import links as links_of
from auditlib.markup import words as words_of
from auditlib.platforms._google_takeout import number, place_of
from auditlib.platforms._youtube_reader import NAME, Reader
from auditlib.platforms._youtube_words import (
    CELL,
    STAMP,
    audience_of,
    channel_url,
    comment_url,
    linked,
    mended,
    moment,
    playlist_url,
    spoken,
    told_when,
    unwrapped,
    video_url,
)
from auditlib.reading import NotKnown
from auditlib.records import Connection, Item, Media, Quoted, Record, ReplyTo

PAID = "Paid message (Super Chat)"


def _talk(what: str) -> Callable[[tuple[str, ...], Reader], Iterable[Record]]:
    """A function for one comment, or for one line of chat beside a stream: both tables give their cells in one order.

    The channel is the person's own: a brand account makes several of them. Without a video a comment stands under a community
    post, which the export does not name.
    """
    prefix, replies = f"{NAME}:{what}:", what == "comment"  # a line of chat may have a point in its id and answers nothing

    def one(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
        own, channel, at, price, parent, video, cell = row
        text, links = spoken(cell)
        when = from_google(at) or moment(at)
        if not (own or text or when):
            raise ValueError
        key = prefix + (own or a.numbered(when, video, text))
        if not a.new(key):
            return ()
        if not parent and "." in own and replies:
            parent = own.rpartition(".")[0]
        item = Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="comment",
            key=key,
            id=own or None,
            at=when,
            title=PAID if price not in ("", "0") and (number(price) or 0) > 0 else None,
            text=text,
            author="me",
            author_name=a.names.get(channel),
            reply_to=ReplyTo(parent, None, comment_url(video, parent)) if parent else None,
            links=links,
            url=comment_url(video, own),
        )
        return (item,)

    return one


comments, live_chats = _talk("comment"), _talk("live-chat")


def listed(what: str) -> Callable[[Any, Reader], Iterable[Record]]:
    """A function for one entry of an HTML list: a sentence that names the moment and the video, a line break, the words."""

    def entry(element: Any, a: Reader) -> Iterable[Record]:
        said = mended(words_of(element))
        sentence, _, text = said.partition("\n")
        hrefs = tuple(unwrapped(href) for href in links_of(element))
        video, comment = linked(hrefs)
        at = told_when(sentence) or told_when(said)
        if at is None and video is None:
            return ()  # a list of something else on the page
        a.entries[a.member] += 1
        key = f"{NAME}:{what}:{comment or a.numbered(at, video, text)}"
        if not a.new(key):
            return ()
        parent = comment.rpartition(".")[0] if comment and "." in comment else ""
        item = Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="comment",
            key=key,
            id=comment,
            at=at,
            text=text.strip(),
            author="me",
            author_name=a.display,
            reply_to=ReplyTo(parent, None, comment_url(video, parent)) if parent else None,
            links=tuple(href for href in hrefs if linked((href,)) == (None, None) and "/channel/" not in href),
            url=comment_url(video, comment),
        )
        return (item,)

    return entry


def videos(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """One of the person's own videos, with who may see it."""
    own, title, description, privacy, made, published = (cell.strip() for cell in row)
    if not own:
        raise ValueError
    a.titles[own] = title
    if not a.new(f"{NAME}:video:{own}"):
        return ()
    a.count_word("your-videos-visibility", privacy)
    item = Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind="post",
        key=f"{NAME}:video:{own}",
        id=own,
        at=moment(published) or moment(made),
        title=title or None,
        text=description,
        author="me",
        author_name=a.display,
        audience=audience_of(privacy),
        place=a.places.get(own),
        media=(Media(a.film(title), "video"),),
        url=video_url(own),
    )
    return (item,)


def former_titles(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """A title a video once had; kept until it is known whether it still has it."""
    own, made, title, changed = (cell.strip() for cell in row)
    title = spoken(title)[0]
    key = f"{NAME}:video-title:{own}:{a.numbered(title)}"
    if title and a.new(key):
        at = moment(changed) or moment(made)
        a.former.append(
            Item(
                platform=NAME,
                account=a.account,
                where=a.where,
                kind="other",
                key=key,
                id=own,
                at=at,
                title=title,
                author="me",
                author_name=a.display,
                url=video_url(own),
            )
        )
    return ()


def playlists(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """A playlist's name and description. Watch later, likes and favourites are YouTube's own and say no visibility.

    Until about 2022 a playlist and what is in it stood in one file: rows without a name or visibility are its videos.
    """
    own, title, description, visibility, made = (cell.strip() for cell in row)
    if not (title or visibility) or not a.new(f"{NAME}:playlist:{own}"):
        return ()
    a.count_word("your-playlists-visibility", visibility)
    if not visibility and re.match(r"(?:WL|LL|FL)", own):
        return ()
    item = Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind="other",
        key=f"{NAME}:playlist:{own}",
        id=own or None,
        at=moment(made),
        title=title or None,
        text=description,
        author="me",
        author_name=a.display,
        audience=audience_of(visibility),
        url=playlist_url(own) if own else None,
    )
    return (item,)


def likes(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """A video in the list of liked ones: its id and when it was liked, nothing else."""
    video, at = row
    if not video or not a.new(f"{a.prefix}like:{video}"):
        return ()
    item = Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind="reaction",
        key=f"{a.prefix}like:{video}",
        id=video,
        at=moment(at),
        author="me",
        author_name=a.display,
        quoted=Quoted(video),
        url=video_url(video),
    )
    return (item,)


def subscriptions(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """A channel the person follows; the export gives no date."""
    channel, address, title = (cell.strip() for cell in row)
    if not channel:
        raise ValueError
    key = f"{a.prefix}following:{channel}"
    if a.new(key):
        yield Connection(
            platform=NAME,
            account=a.account,
            where=a.where,
            key=key,
            relation="following",
            id=channel,
            name=title or None,
            url=address.replace("http://", "https://", 1) if address.startswith("http") else channel_url(channel),
        )


def channel_facts(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """A channel's name, country and who may see it."""
    _, title, visibility, country = (cell.strip() for cell in row)
    yield from a.fact("name", title)
    yield from a.fact("location", country)
    a.count_word("channel-visibility", visibility)


def handles(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """A channel's own addresses."""
    for name in row[1:]:
        yield from a.fact("handle", name.strip())


def defaults(row: tuple[str, ...], a: Reader) -> Iterable[Record]:
    """What new videos start with. A place of 0,0 is none."""
    moderation, commenting, north, east = (cell.strip() for cell in row)
    if moderation:
        value = {"true": "on", "enabled": "on", "false": "off", "disabled": "off"}.get(moderation.casefold(), "unknown")
        yield a.setting("live-chat-auto-moderation", value, moderation)
    if commenting:
        yield a.setting("comments-on-new-videos", "unknown", commenting)
    if place_of(number(north), number(east)):
        yield a.setting("default-video-location", "on", f"{north}, {east}")


def moderation(row: dict[str, str], a: Reader) -> Iterable[Record]:
    """Settings that hold nothing but the channel's id in every export seen."""
    if sum(1 for cell in row.values() if cell.strip()) > 1:
        raise NotKnown("it may name people you blocked or let comment freely: look at it by hand")
    return ()


def community_posts(row: dict[str, str], a: Reader) -> Iterator[Record]:
    """A community post. No such file has been seen, so whatever in a row is words is taken."""
    own = next((v.strip() for k, v in row.items() if k in ("post id", "id", "community post id")), "")
    at = next((when for v in row.values() if STAMP.match(v.strip()) and (when := moment(v.strip()))), None)
    texts: list[str] = []
    links: tuple[str, ...] = ()
    for name, cell in row.items():
        if CELL.match(cell) or re.search(r"text|title|description|content|question|option|choice", name):
            text, found = spoken(cell)
            texts += [text.strip()] if text.strip() else []
            links += found
    if not texts:
        return
    text = "\n".join(texts)
    privacy = next((v for k, v in row.items() if k in ("privacy", "visibility", "post visibility")), "")
    key = f"{NAME}:post:{own or a.numbered(at, text)}"
    if a.new(key):
        yield Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="post",
            key=key,
            id=own or None,
            at=at,
            text=text,
            author="me",
            author_name=a.display,
            audience=audience_of(privacy),
            links=links,
        )


FUNCTIONS: dict[str, Any] = {
    "comments": comments,
    "live chats": live_chats,
    "subscriptions": subscriptions,
    "videos": videos,
    "video texts": former_titles,
    "playlists": playlists,
    "one playlist": playlists,
    "channel": channel_facts,
    "channel urls": handles,
    "feature data": defaults,
}
