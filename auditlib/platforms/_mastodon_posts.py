"""Posts, replies, private mentions, polls and boosts, out of a Mastodon outbox."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from auditlib.dates import from_utc
from auditlib.platforms._mastodon_reader import NAME, PUBLIC, Activity, Note, Reader, address_of, dicts, texts, web
from auditlib.records import Conversation, Item, Media, Quoted, Record, ReplyTo
from auditlib.text import digest

# What Mastodon itself writes is clean HTML of few elements: cut by pattern, ten times as fast as by parsing.
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_KINDS = {"image": "photo", "video": "video", "audio": "audio"}
_LINES = frozenset(("li", "tr", "div", "dt", "dd"))
_PARAGRAPHS = frozenset(("p", "blockquote", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"))


def words(content: Any, quoted: bool = False) -> tuple[str, list[str]]:
    """The words of a post's HTML and the addresses it links to, mentions and hashtags apart.

    The spans that shorten a link on screen hold all of it, so their text together is the whole address. `quoted`: leave out
    the line that stands for the quoted post on servers that do not know quotes.
    """
    if not isinstance(content, str):
        return "", []
    if "<" not in content:
        return html.unescape(content), []
    if content.count("<") == 2 and content.startswith("<p>") and content.endswith("</p>") and "\n" not in content:
        text = content[3:-4]
        return (html.unescape(text) if "&" in text else text).strip(), []
    parts: list[str] = []
    links: list[str] = []
    last, skipping = 0, False
    for match in _TAG.finditer(content):
        if not skipping:
            parts.append(_line(content[last : match.start()]))
        last = match.end()
        closing, tag, rest = match[1], match[2].lower(), match[3]
        if tag == "br":
            parts.append("\n")
        elif tag in _PARAGRAPHS:
            if quoted and tag == "p":
                skipping = not closing and "quote-inline" in rest
            parts.append("\n\n")
        elif tag in _LINES and not closing:
            parts.append("\n")
        elif tag == "a" and not closing and not skipping:
            facts = {name.lower(): one or two for name, one, two in _ATTRIBUTE.findall(rest)}
            kinds = facts.get("class", "").split()
            link = html.unescape(facts.get("href", ""))
            if link.startswith(("http://", "https://")) and "mention" not in kinds and "hashtag" not in kinds:
                links.append(link)
    parts.append(_line(content[last:]))
    text = html.unescape("".join(parts))
    return re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"\n[ \t]*(?:\n[ \t]*)+", "\n\n", text)).strip(), list(dict.fromkeys(links))


def _line(text: str) -> str:
    """Text between tags: line ends in the source are spaces on screen."""
    return text.replace("\r", " ").replace("\n", " ") if "\n" in text or "\r" in text else text


def activities(record: Activity, a: Reader) -> Iterable[Record]:
    """One entry of the outbox."""
    if record.type == "Announce":
        return a.once(boost(record, a))
    if record.type == "Create" and isinstance(record.object, Note):
        return a.once(post(record, record.object, a))
    if not isinstance(record.type, str):
        raise TypeError
    if record.type == "Create":
        raise TypeError
    a.strange.add(record.type)
    return ()


def boost(record: Activity, a: Reader) -> Item:
    """A boost: the address of someone else's post. Its words are not in the archive."""
    address = address_of(record.object)
    if address is None:
        raise TypeError
    own = record.id if isinstance(record.id, str) else None
    return Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind="repost",
        key=f"{a.prefix}boost:{digest(own or address)}",
        id=own,
        at=_time(record.published),
        author="me",
        author_name=a.name or a.account,
        audience=audience(record.to, record.cc, a),
        quoted=Quoted(address, a.who(address), None),
        url=web(address),
    )


def post(record: Activity, note: Note, a: Reader) -> Item:
    """A post, reply, poll or private mention."""
    quote = next((one for one in (note.quote, note.quoteUri, note.quoteUrl) if isinstance(one, str) and one), None)
    text, links = words(note.content, quote is not None)
    options = [str(one["name"]) for one in (*dicts(note.oneOf), *dicts(note.anyOf)) if one.get("name")]
    if options:
        text = "\n".join(filter(None, (text, *options)))
    media = []
    for one in dicts(note.attachment):
        if one.get("type") == "Link":  # a preview card
            links += [link for link in (web(one.get("href")) or web(one.get("url")),) if link and link not in links]
        else:
            media.append(_media(one, a))
    own = note.id if isinstance(note.id, str) else record.id if isinstance(record.id, str) else None
    at = _time(note.published) or _time(record.published)
    who = audience(note.to if note.to is not None else record.to, note.cc if note.cc is not None else record.cc, a)
    mentions = [one for one in dicts(note.tag) if one.get("type") == "Mention"]
    talk = _conversation(note, mentions, a) if who == "direct" else None
    if talk is not None and talk.group:
        who = "group"
    elif talk is not None and not talk.participants:
        who = "private"
    rare: dict[str, Any] = {}
    if title := next((said for said in (note.summary, note.name) if isinstance(said, str) and said), None):
        rare["title"] = title  # a content warning; on servers where one writes articles their heading
    if quote:
        rare["quoted"] = Quoted(quote, a.who(quote), None)
    if talk is not None:
        rare["conversation"] = talk
    if media:
        rare["media"] = tuple(media)
    if links:
        rare["links"] = tuple(links)
    return Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind="post" if talk is None else "message",
        key=f"{a.prefix}post:{digest(own or f'{at} {text}')}",
        id=own,
        at=at,
        text=text,
        author="me",
        author_name=a.name or a.account,
        audience=who,
        reply_to=_reply(note.inReplyTo, mentions, a),
        url=web(note.url) or web(own),
        **rare,
    )


def _time(value: Any) -> str | None:
    return from_utc(value.removesuffix("Z")) if isinstance(value, str) else None


def audience(to: Any, cc: Any, a: Reader) -> Any:
    """Who can see a post, by whom it is addressed to. Addressed to nobody known, the archive does not say."""
    first, second = texts(to), texts(cc)
    if any(one in PUBLIC for one in first):
        return "public"
    if any(one in PUBLIC for one in second):
        return "unlisted"
    if any(a.is_followers(one) for one in (*first, *second)):
        return "followers"
    return "direct" if to is not None or cc is not None else "unknown"


def _conversation(note: Note, mentions: list[dict[str, Any]], a: Reader) -> Conversation:
    """Who takes part in a private exchange: the people mentioned."""
    named = {str(one.get("href")): str(one.get("name") or one.get("href")).removeprefix("@") for one in mentions}
    others = [named.get(one) or a.who(one) or one for one in texts(note.to) if one != a.id]
    others += [name for href, name in named.items() if href != a.id and name not in others]
    people = tuple(dict.fromkeys(others))
    thread = note.conversation if isinstance(note.conversation, str) and note.conversation else None
    return Conversation(thread or (f"with:{digest(' '.join(sorted(people)))}"), None, people, len(people) > 1)


def _reply(answered: Any, mentions: list[dict[str, Any]], a: Reader) -> ReplyTo | None:
    """What a post answers: an address, by which the author is known when mentioned or named in it."""
    address = address_of(answered)
    if address is None:
        return None
    if a.id and address.startswith(f"{a.id}/"):
        return ReplyTo(address, a.account, web(address))
    for one in mentions:
        href = one.get("href")
        if isinstance(href, str) and href and (address == href or address.startswith(f"{href}/")):
            return ReplyTo(address, str(one.get("name") or href).removeprefix("@"), web(address))
    return ReplyTo(address, a.who(address), web(address))


def _media(one: dict[str, Any], a: Reader) -> Media:
    """A picture, video or sound, and where it lies in the archive: old addresses begin with a slash, and servers that keep
    files elsewhere write another folder before `files/`."""
    kind = str(one.get("mediaType") or "").partition("/")[0]
    address = one.get("url") if isinstance(one.get("url"), str) else ""
    parts = str(address).partition("?")[0].strip("/").split("/")
    best, path = 0, None
    for candidate in a.files.get(parts[-1], ()) if parts[-1] else ():
        theirs = candidate.split("/")
        shared = 0
        while shared < min(len(parts), len(theirs)) and parts[-1 - shared] == theirs[-1 - shared]:
            shared += 1
        if shared > best:
            best, path = shared, candidate
    alt = one.get("name") or one.get("summary")
    return Media(path, _KINDS.get(kind, "other"), alt if isinstance(alt, str) and alt else None)
