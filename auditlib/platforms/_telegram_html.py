"""Telegram's export as web pages: messages.html, messages2.html... of each chat, and the lists of a whole account.

Times are the exporting computer's clock. The offset beside them (since June 2022) is that of the zone's winter time even in
summer, so it is left out. A page does not say which chat it is beyond a name, nor whose export it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from zlib import crc32

from auditlib.markup import links, plain, words
from auditlib.platforms._telegram_messages import NAME
from auditlib.records import Audience, Connection, Conversation, Item, Media, Place, Quoted, Record, ReplyTo
from auditlib.text import digest

_DATE = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)")
_SENDER = re.compile(rb'<div class="from_name">\s*([^<]{1,400}?)\s*<')
_HEADER = re.compile(rb'<div class="page_header">.{0,2000}?<div class="text bold">\s*([^<]{0,400}?)\s*<', re.DOTALL)
_VIA = re.compile(r"\s+via @\w+$")
_REPLY = re.compile(r"go_to_message(-?\d+)")
_PLACE = re.compile(r"(-?\d{1,3}\.\d+),\s*(-?\d{1,3}\.\d+)")
_KINDS = {
    "photo": "photo", "video": "video", "voice": "audio", "audio": "audio", "sticker": "sticker", "animated": "gif",
    "animation": "gif", "contact": "contact", "file": "file",
}  # fmt: skip
DELETED = "Deleted Account"
_KIND_OF = re.compile(rf"(?:media_)?({'|'.join(_KINDS)})(?:_file|_message)?(?:_wrap)?")
FACTS = {
    "first name": "first_name", "last name": "last_name", "phone number": "phone_number", "username": "username", "bio": "bio",
}  # fmt: skip


class Page:
    """The pages of one chat: their common facts, and the sender above, whose name a joined message leaves out."""

    def __init__(self, title: str | None, people: dict[str, None]) -> None:
        self.title, self.people = title, people
        self.sender: str | None = None
        self.keys: dict[str, int] | None = None  # messages told by their keys, where several chats have this name
        self.id = digest("page", title or "", *([] if title else sorted(people)))
        named = [p for p in people if p != DELETED]
        # of two people one has the chat's name, unless they have deleted their account
        group = len(named) > 2 or (len(named) == 2 and title not in (None, DELETED, *named))
        self.alone = title in people and not group  # a conversation of two is called after the other person
        self.audience: Audience = "group" if group else "direct" if self.alone else "unknown"
        self.talk = Conversation(self.id, title, tuple(people), group)


def seen(stream: BinaryIO) -> tuple[str | None, dict[str, None]]:
    """The chat's name and its senders, from one page; a first pass. Origins of forwarded words are not among them."""
    people: dict[str, None] = {}
    title, rest = None, b""
    while chunk := stream.read(1 << 20):
        data = rest + chunk
        if title is None and (found := _HEADER.search(data)):
            title = plain(found[1].decode("utf-8", "replace")).strip()
        for match in _SENDER.finditer(data):
            if b"forwarded" not in data[max(0, match.start() - 60) : match.start()]:
                people[_name(plain(match[1].decode("utf-8", "replace")))] = None
        rest = data[-3000:]
    return title or None, people


def _name(text: str) -> str:
    return _VIA.sub("", " ".join(text.split()))


def classes(element: Any) -> set[str]:
    """The classes of an element."""
    return set((element.get("class") or "").split()) if isinstance(element.tag, str) else set()


def is_message(element: Any) -> bool:
    """Whether an element is one message."""
    return element.tag == "div" and "message" in classes(element)


def _find(root: Any, name: str, skip: str = "") -> Any:
    """The first element below `root` with a class, not looking into elements with the class `skip`."""
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        own = classes(element)
        if skip and skip in own:
            continue
        if name in own:
            return element
        stack.extend(reversed(element))
    return None


def _outer(root: Any, name: str) -> Iterator[Any]:
    """The elements below `root` with a class, those inside another such left out: a damaged page nests them without end."""
    stack = [root]
    while stack:
        element = stack.pop()
        if name in classes(element):
            yield element
        else:
            stack.extend(reversed(element))


def message(element: Any, a: Any) -> Iterator[Record]:
    """One message; date lines between days (negative numbers) are none."""
    page: Page = a.page()
    number = (element.get("id") or "").removeprefix("message")
    own = classes(element)
    a.position += 1
    if "service" in own:
        body = _find(element, "details")
        if number.startswith("-") or body is None:
            return
        yield from _item(a, page, number, None, words(body), "system", None, {})
        return
    name = _find(element, "from_name", "forwarded")
    if name is not None:
        page.sender = _name(words(name))
    date = _find(element, "date", "forwarded")
    more: dict[str, Any] = {}
    text_in = _find(element, "text", "forwarded")
    text = words(text_in) if text_in is not None else ""
    found = links(text_in) if text_in is not None else ()
    forwarded = next((e for e in element.iter("div") if {"forwarded", "body"} <= classes(e)), None)
    if forwarded is not None:
        text, found, more["quoted"] = _forwarded(forwarded, text, found)
    reply = _find(element, "reply_to")
    if reply is not None:
        target = next((m[1] for link in reply.iter("a") if (m := _REPLY.search(link.get("href") or ""))), None)
        more["reply_to"] = ReplyTo(target)
    more |= _sent(element, a)
    question = _find(element, "question")
    if question is not None:
        answers = [words(e) for e in element.iter("div") if "answer" in classes(e)]
        text = "\n".join(filter(None, [text, words(question), *answers]))
    if found:
        more["links"] = found
    yield from _item(a, page, number, _moment(date), text, a.who(page.sender), page.sender, more)


def _item(
    a: Any, page: Page, number: str, at: str | None, text: str, author: Any, name: str | None, more: dict[str, Any]
) -> Iterator[Item]:
    key = f"{NAME}:{page.id}:{number or a.where}"
    if page.keys is not None:  # the same chat in another export is told once, another chat's message has a key of its own
        whole, plain_key, count = crc32(f"{at}\x1f{name}\x1f{text}".encode("utf-8", "replace")), key, 1
        while page.keys.get(key, whole) != whole:
            count += 1
            key = f"{plain_key}-{count}"
        if key in page.keys:
            a.repeated += 1
            return
        page.keys[key] = whole
    yield Item(
        platform=NAME, account=a.account, where=a.where, kind="message", key=key, id=number or None, at=at, text=text,
        author=author, author_name=name, audience=page.audience, conversation=page.talk, **more,
    )  # fmt: skip


def _moment(date: Any) -> str | None:
    match = _DATE.search(date.get("title") or "") if date is not None else None
    return f"{match[3]}-{match[2]}-{match[1]}T{match[4]}" if match else None


def _forwarded(body: Any, text: str, found: tuple[str, ...]) -> tuple[str, tuple[str, ...], Quoted]:
    """Somebody else's words, with whose they are; the date beside the name is when they were first written."""
    name = _find(body, "from_name")
    origin = None
    if name is not None:
        origin = _name((name.text or "").strip()) or None
    inner = _find(body, "text")
    words_of = words(inner) if inner is not None else ""
    both = "\n".join(filter(None, (text, words_of)))
    return both, found + (links(inner) if inner is not None else ()), Quoted(None, origin, words_of or None)


def _sent(element: Any, a: Any) -> dict[str, Any]:
    """Pictures, files, shared contacts and places."""
    wrap = _find(element, "media_wrap")
    if wrap is None:
        return {}
    media: list[Media] = []
    place: Place | None = None
    for part in wrap.iter("a", "div"):
        names = classes(part)
        kind = next((_KINDS[m[1]] for n in names if (m := _KIND_OF.fullmatch(n))), None)
        href = part.get("href") or ""
        if names & {"media_location", "media_live_location", "media_venue"}:
            status = _find(part, "status")
            told = _PLACE.search(href) or (_PLACE.search(words(status)) if status is not None else None)
            title = _find(part, "title")
            label = words(title) if title is not None else ""
            label = "" if label in ("Location", "Live location") else label
            place = Place(label or None, float(told[1]), float(told[2])) if told else Place(label or None)
        elif kind == "contact":
            title = _find(part, "title")
            media.append(Media(None, kind, description=(words(title) or None) if title is not None else None))
        elif kind is not None:
            title = _find(part, "title")
            called = (words(title) or None) if title is not None and kind == "file" else None
            media.append(Media(a.file(href) if href and ":" not in href else None, kind, description=called))
    made: dict[str, Any] = {"media": tuple(media)} if media else {}
    return made | ({"place": place} if place else {})


def personal(root: Any) -> dict[str, str]:
    """The person's own details on export_results.html, under the names that the JSON gives them."""
    found: dict[str, str] = {}
    for row in _outer(root, "row"):
        label, value = _find(row, "label"), _find(row, "value")
        if label is not None and value is not None and (key := FACTS.get(words(label).strip(":").casefold())):
            found[key] = words(value)
    return found


def contacts(root: Any, a: Any) -> Iterator[Record]:
    """lists/contacts.html: names and numbers."""
    for entry in _outer(root, "entry"):
        if entry.tag in ("div", "a"):
            name, details = _find(entry, "name"), _find(entry, "details_entry")
            shown = words(name) if name is not None else None
            phone = words(details) if details is not None else None
            key = f"{NAME}:contact:{digest(shown or '', phone or '')}"
            if (shown or phone) and key not in a.told:
                a.told.add(key)
                a.position += 1
                yield Connection(
                    platform=NAME,
                    account=a.account,
                    where=a.where,
                    key=key,
                    relation="contact",
                    handle=phone or None,
                    name=shown,
                )
