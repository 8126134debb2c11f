"""TikTok's records, one small function each. Keys are compared plain: likes and comments have theirs in lower case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from auditlib.platforms._tiktok import NAME, Reader, links, low, moment, plain, said, video, words
from auditlib.platforms._tiktok_settings import audience
from auditlib.records import Connection, Conversation, Media, Place, Quoted, Record, ReplyTo
from auditlib.text import digest

_HISTORY = re.compile(r"^\s*(?:(?:group )?chat (?:history )?with\s+)?(.*?)[\s:]*$", re.IGNORECASE | re.DOTALL)
_STARS = re.compile(r"\d(?:\.\d)?\s*/\s*\d")


def posts(record: Any, a: Reader) -> Iterable[Record]:
    """A video or a set of pictures of the person's own. The caption is the title; the address expires and holds no number."""
    one = low(record)
    return _post(one, a, "post", "post", audience=audience(one.get("whocanview"), a.private))


def deleted(record: Any, a: Reader) -> Iterable[Record]:
    """A video in TikTok's bin, from where it is deleted for good after some weeks."""
    return _post(low(record), a, "post", "post", deleted=True, state="binned")


def stories(record: Any, a: Reader) -> Iterable[Record]:
    """A story. Late 2025: the section is there; its filled form was not seen, so it is read like a post."""
    one = low(record)
    return _post(one, a, "story", "story", audience=audience(one.get("whocanview"), a.private))


def _post(one: dict[str, Any], a: Reader, kind: Any, what: str, **facts: Any) -> list[Record]:
    at = moment(one.get("date")) or moment(one.get("createtime")) or moment(one.get("datedeleted"))
    text = next((t for k in ("title", "description", "caption", "text") if (t := said(one.get(k)))), "")
    address = one.get("link") or one.get("videolink") or one.get("url")
    if not (at or text or said(address)):
        raise ValueError
    identifier, _, url = video(address)
    if identifier and a.account:
        url = f"https://www.tiktok.com/@{a.account}/video/{identifier}"
    if place := said(one.get("location")):
        facts["place"] = Place(place)
    many = len(links(address)) > 1 if isinstance(address, str) else isinstance(address, list) and len(address) > 1
    # AddYoursText: the words on an "Add yours" sticker, which stand in the picture
    media = Media(
        None, "photo" if many else "video", said(one.get("alternatetext")) or None, said(one.get("addyourstext")) or None
    )
    return a.item(kind, what, at, text, identifier, media=(media,), url=url or a.profile, **facts)


def comments(record: Any, a: Reader) -> Iterable[Record]:
    """A comment. The video it is under is often not said; late 2025: `originalPostUrl` instead of `url`."""
    one = low(record)
    shown = [(k, one.get(k)) for k in ("photo", "video", "sticker") if said(one.get(k))]
    text = words(one.get("comment")) or words(one.get("text"))
    at = moment(one.get("date"))
    if not (text or shown):
        raise ValueError
    identifier, author, url = video(one.get("url"), one.get("originalposturl"), one.get("originalpostlink"), one.get("link"))
    if url is None:
        a.counts["no target"] += 1
    media = tuple(Media(None, k) for k, _ in shown)
    return a.item(
        "comment", "comment", at, text, reply_to=ReplyTo(identifier, author, url), url=url, media=media, links=links(text),
        mark=identifier or "",
    )  # fmt: skip


def likes(record: Any, a: Reader) -> Iterable[Record]:
    """A like of somebody's video, of which only the number is exported."""
    return _act(low(record), a, "reaction", "like")


def reposts(record: Any, a: Reader) -> Iterable[Record]:
    """A repost. Late 2025 onward."""
    return _act(low(record), a, "repost", "repost")


def _act(one: dict[str, Any], a: Reader, kind: Any, what: str) -> list[Record]:
    at, address = moment(one.get("date")), one.get("link") or one.get("videolink") or one.get("url")
    identifier, author, url = video(address)
    if not (at or said(address)):
        raise ValueError
    return a.item(kind, what, at, "", identifier, quoted=Quoted(identifier, author, None), url=url, mark=said(address))


def reviews(record: Any, a: Reader) -> Iterable[Record]:
    """A review of a place: public, and it says where the person was; or of something bought, where the export has them."""
    one = low(record)
    place, text = said(one.get("placename")), words(one.get("reviewtext")) or words(one.get("review"))
    at = next((t for k, v in one.items() if k.endswith(("date", "time")) and (t := moment(v))), None)
    rating = said(one.get("rating"))
    if not (place or text):
        raise ValueError
    seen: Any = "public" if said(one.get("status")).lower() in ("all visible", "public", "everyone") else "unknown"
    return a.item(
        "review", "review", at, text, place=Place(place) if place else None, audience=seen,
        title=rating if _STARS.fullmatch(rating) else None, mark=place,
    )  # fmt: skip


def live_comments(record: Any, a: Reader) -> Iterable[Record]:
    """What the person said or asked in one live video; its number may be the placeholder -1, its lists null."""
    one = low(record)
    _, author, url = video(one.get("link"))
    address = url or next((f for f in links(said(one.get("link"))) if f.startswith("https://www.tiktok.com/")), None)
    room = a.path[-1] if a.path and a.path[-1].isdecimal() else ""
    if "comments" not in one and "questions" not in one:
        yield from _live(one, a, room, author, address)
    for key in ("comments", "questions"):
        for entry in one.get(key) or ():
            yield from _live(low(entry), a, room, author, address)


def _live(one: dict[str, Any], a: Reader, room: str, author: str | None, url: str | None) -> Iterable[Record]:
    text = words(one.get("commentcontent")) or words(one.get("questioncontent")) or words(one.get("comment"))
    at = next((t for k in ("commenttime", "questiontime", "rawtime", "date") if (t := moment(one.get(k)))), None)
    if text:
        yield from a.item(
            "comment", "live", at, text, reply_to=ReplyTo(room or None, author, url), url=url, links=links(text), mark=room
        )


def lives(record: Any, a: Reader) -> Iterable[Record]:
    """A live video of the person's own: its title are their words. Who was muted in it are people."""
    one = low(record)
    at, text = moment(one.get("livestarttime")), said(one.get("roomtitle"))
    room = said(one.get("roomid"))
    if at or text:
        yield from a.item("post", "golive", at, text, room or None, media=(Media(None, "video"),), url=a.profile)
    muted = one.get("mutedlist")
    for person in muted if isinstance(muted, list) else ():
        yield from a.connection("muted", person if isinstance(person, dict) else {"UserName": person})


def people(relation: str) -> Callable[[Any, Reader], Iterable[Record]]:
    """The function for a list of people of one relation; TikTok gives their user name and a date, no more."""

    def one(record: Any, a: Reader) -> Iterable[Record]:
        return a.connection(relation, {"UserName": record} if isinstance(record, str) else record)

    return one


def partner(label: str) -> str:
    """Whom a conversation is with: its key is `Chat History with <name>:`, with one colon, two or none."""
    found = _HISTORY.match(label)
    return found[1].strip() if found else label.strip()


def talk(label: str, a: Reader, people_in: tuple[str, ...] = (), group: bool = False) -> Conversation:
    """The conversation under a key, and who takes part in it as far as is known."""
    name = partner(label)
    who = (*people_in, a.account) if group else (name, a.account)
    return Conversation(
        (f"group:{name}" if group else name) or None, name or None, tuple(dict.fromkeys(n for n in who if n)), group
    )


def messaged(conversation: Conversation, a: Reader) -> Iterable[Record]:
    """The relation to the one other person of a conversation, once."""
    name = conversation.id
    key = f"{a.prefix}messaged:{digest(name or '')}"
    if conversation.group or not name or key in a.known:
        return
    a.known.add(key)
    plain_name = re.fullmatch(r"[\w.]+", name) is not None
    yield Connection(
        platform=NAME, account=a.account, where=a.where, key=key, relation="messaged", handle=name if plain_name else None,
        name=None if plain_name else name, url=f"https://www.tiktok.com/@{name}" if plain_name else None,
    )  # fmt: skip


def message(conversation: Conversation) -> Callable[[Any, Reader], Iterable[Record]]:
    """The function for the messages of one conversation. Shared videos and stickers are addresses or marks in the text."""
    other, mark, group = (conversation.id or "").casefold(), conversation.id or "", conversation.group
    where: Any = "group" if group else "direct"

    def one(record: Any, a: Reader) -> Iterable[Record]:
        sender, text, at = record.get("From"), record.get("Content"), moment(record.get("Date"))
        if sender is None and text is None:
            again = low(record)
            sender, text, at = again.get("from"), again.get("content"), at or moment(again.get("date"))
        sender, text = said(sender).lstrip("@"), words(text) if isinstance(text, str) else spoken(text)
        if not (sender or text or at):
            raise ValueError
        low_name = sender.casefold()
        author = "me" if low_name in a.names else "other"
        if not sender or (group and not a.names):
            author = None  # type: ignore[assignment]
        elif not a.names and low_name != other:
            author = "me"
        return a.item(
            "message", "message", at, text, author=author, author_name=sender or None, audience=where,
            conversation=conversation, links=links(text), mark=f"{mark}\0{low_name}",
        )  # fmt: skip

    return one


def tako(record: Any, a: Reader) -> Iterable[Record]:
    """A conversation with TikTok's assistant: nobody else sees it. Who said what is told only where a key says so."""
    one = low(record)
    title = said(one.get("chattitle")) or None
    conversation = Conversation(f"tako:{digest(title or '')}", title, tuple(n for n in (a.account, "Tako") if n), False)
    said_by: dict[str, Any] = {"user": "me", "tako": "other", "assistant": "other", "bot": "other", "ai": "other"}
    for entry in one.get("messages") or ():
        each = low(entry)
        who = said(each.get("from") or each.get("role") or each.get("sender"))
        author = "me" if who.casefold() in a.names else said_by.get(who.casefold())
        text = spoken(each.get("content"))
        if text:
            yield from a.item(
                "message", "tako", moment(each.get("date")), text, author=author, author_name=who or None, audience="private",
                conversation=conversation, mark=title or "",
            )  # fmt: skip


_NO_WORDS = re.compile(r"id$|ids$|type|status|time|date|url|uri|link|token|version|lang")


def spoken(content: Any) -> str:
    """The words in a message's content: a text, or an object of texts of which addresses and numbers are no words."""
    if isinstance(content, str):
        return words(content)
    if isinstance(content, list):
        return "\n".join(t for part in content if (t := spoken(part)))
    if isinstance(content, dict):
        return "\n".join(t for k, part in content.items() if not _NO_WORDS.search(plain(k)) and (t := spoken(part)))
    return ""
