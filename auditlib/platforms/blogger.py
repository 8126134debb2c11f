"""Blogger: the blog's own backup (one Atom file with posts, comments, settings and the template) and Google Takeout's feeds.

Takeout (2018 onward) writes a schema of its own without the blog's address; the backup has an address on every entry.
Format facts: getpelican/pelican (blogger2fields), importers of Takeout's feeds, Blogger's API reference for the states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from auditlib.dates import from_iso
from auditlib.jsonstream import BadElement
from auditlib.platforms import _bodies as bodies
from auditlib.platforms._blogger import FEED, NAME, Author, Blog, Reader, kind_of, number
from auditlib.platforms._feeds import Node, entries
from auditlib.reading import guarded
from auditlib.records import Audience, Item, Place, ProfileFact, Record, ReplyTo, Setting, State
from auditlib.text import digest
from auditlib.ways import Asking, Ignored, NotKnown, Rows, Stream, Table

TITLE = "Blogger"
MARKERS = (re.compile(r"^(?P<root>(?:.*/)?Blogger/)[^/]+/(?:[^/]+/)?feed\.atom$", re.IGNORECASE),)
SNIFF = FEED
SITES: tuple[str, ...] = ("@", "blogspot.com", "blogger.com")
FIND = "On Blogger, open Posts, and look for {day}."
NOT_HELD = (
    "stories", "reposts", "messages", "reactions", "reviews", "friends", "followers", "following", "requests", "blocked",
    "address-book",
)  # fmt: skip
NOT_YET: tuple[str, ...] = ()
ASK = Asking(
    where="takeout.google.com",
    steps=(
        "Sign in to takeout.google.com with the account that owns the blog.",
        "Deselect all, then tick Blogger.",
        "Choose Next step, then Create export, and wait for the message with the link.",
        "Or, for one blog: open blogger.com, Settings, Back up content, Download.",
    ),
    choose="Blogger, with all blogs, comments and settings.",
    url="https://takeout.google.com/",
)
_STATES: dict[str, tuple[State, Audience]] = {
    "LIVE": ("live", "public"),
    "": ("live", "public"),
    "DRAFT": ("draft", "private"),
    "SCHEDULED": ("draft", "private"),
    "SOFT_TRASHED": ("binned", "private"),
    "SPAM": ("binned", "private"),
    "PENDING": ("draft", "private"),
}
# Settings of an old backup -> row of the settings data and what its words mean.
_SETTINGS: dict[str, tuple[str, dict[str, Any]]] = {
    "BLOG_READ_ACCESS_MODE": ("who-can-read", {"PUBLIC": "public"}),
    "BLOG_SEARCHABLE": ("found-by-search-engines", {"TRUE": "on", "FALSE": "off"}),
    "BLOG_COMMENT_ACCESS": ("who-can-comment", {"ANYONE": "public"}),
}


def feed(stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
    """One feed: the blog's own facts, then its posts, pages and comments."""
    blog = a.blogs.get(a.member)
    if blog is None:
        if a.head_of(a.member).strip():
            raise NotKnown("an XML file of another kind, not an export of Blogger")
        blog = Blog()
    first = not a.elsewhere(a.member)
    for node in entries(stream, a, a.member, a.repaired):
        if first:
            yield from facts(blog, a)
            first = False
        if node.tag == "entry":
            yield from guarded(entry, node, a)
            a.position += 1


def facts(blog: Blog, a: Reader) -> Iterator[Record]:
    """The person's name, and the title, address and settings of a blog."""
    prefix = f"blogger:{blog.id or blog.name or '?'}:"
    found: list[tuple[Any, str]] = [("name", w.name) for w in (*blog.authors, *blog.commenters) if w.id in a.mine]
    found += [("website", w.uri) for w in blog.authors if w.id in a.mine]
    found += [("website", blog.address)]
    if blog.authors and all(w.id in a.mine for w in blog.authors):
        about = blog.settings.get("BLOG_DESCRIPTION", "")
        found += [("bio", ": ".join(bodies.of_html(w).text for w in (blog.title, about) if w))]
    for fact, value in dict.fromkeys(found):
        key = f"blogger:profile:{fact}:{digest(value)}"
        if value and a.once(key):
            yield ProfileFact(platform=NAME, account=blog.name, where=a.where, key=key, fact=fact, value=value)
    for name, (slug, meanings) in _SETTINGS.items():
        raw = blog.settings.get(name)
        if raw and a.once(f"{prefix}setting:{slug}"):
            value = meanings.get(raw.upper(), "unknown")
            yield Setting(platform=NAME, account=blog.name, where=a.where, id=f"blogger.{slug}", value=value, raw=raw)


def entry(node: Node, a: Reader) -> Iterator[Record]:
    """A post, page or comment; settings were read before, the template holds no words of the person's."""
    kind = kind_of(node)
    if kind in ("settings", "template"):
        return
    blog = a.blogs[a.member]
    said = node.get("id")
    own, where = number(said, "post") or number(said, "page") or number(said, "comment"), number(said, "blog")
    comment = kind == "comment"
    body = _words(node)
    title = None if comment else _title(node)
    at = from_iso(node.get("published")) or from_iso(node.get("blogger:created")) or from_iso(node.get("updated"))
    writer = _author(node)
    key = f"blogger:{where or blog.id or blog.name or '?'}:{'comment' if comment else 'post'}:"
    key += own or digest(at, writer.name, title, body.text)
    if not a.once(key):
        return
    state, audience = _state(node, blog)
    more: dict[str, Any] = {}
    if state != "live":
        more = {"state": state, "deleted": state == "binned"}
    if body.links:
        more["links"] = body.links
    if body.media:
        more["media"] = body.media
    if comment:
        more["reply_to"] = _reply(node)
    if place := _place(node):
        more["place"] = place
    yield Item(
        platform=NAME,
        account=blog.name,
        where=a.where,
        kind="comment" if comment else "post",
        key=key,
        id=own or None,
        at=at,
        title=title,
        text=body.text,
        author=a.wrote(writer, comment),
        author_name=writer.name or None,
        audience=audience,
        url=_url(node, blog, state, a),
        **more,
    )


def _state(node: Node, blog: Blog) -> tuple[State, Audience]:
    """Live, draft or binned, and who sees it; a blog whose readers are chosen by its owner shows to an unknown circle."""
    status = node.get("blogger:status").upper()
    control = node.first("app:control")
    if control is not None and control.get("app:draft").lower() == "yes":
        status = "DRAFT"
    if node.get("blogger:trashed"):  # empty on every entry; a time on those in the bin
        status = "SOFT_TRASHED"
    state, audience = _STATES.get(status, ("live", "unknown"))
    if audience == "public" and blog.settings.get("BLOG_READ_ACCESS_MODE", "PUBLIC").upper() != "PUBLIC":
        audience = "unknown"
    return state, audience


def _author(node: Node) -> Author:
    who = node.first("author")
    return Author(who.get("name"), who.get("uri")) if who is not None else Author("")


def _title(node: Node) -> str | None:
    said = node.first("title")
    if said is None:
        return None
    text = said.text.strip()
    return (bodies.of_html(text).text if said.attrib.get("type") in ("html", "xhtml") else text) or None


def _words(node: Node) -> bodies.Body:
    """The content, and the description for search engines where it says something else."""
    content = node.first("content") or node.first("summary")
    if content is None:
        body = bodies.Body()
    elif content.attrib.get("type") == "text":
        body = bodies.Body(content.text.strip())
    else:
        body = bodies.of_html(content.text)
    about = node.get("blogger:metaDescription")
    if about and " ".join(about.split()) not in " ".join(body.text.split()):
        body = body._replace(text=f"{about}\n\n{body.text}".strip())
    labels = (str(one.attrib.get("term", "")) for one in node.all("category"))  # which readers see under a post
    return body._replace(text=bodies.tagged(body.text, (label for label in labels if "/kind#" not in label)))


def _reply(node: Node) -> ReplyTo:
    """The post that a comment stands under; Takeout names it by its number only, if at all."""
    under = node.first("thr:in-reply-to")
    if under is not None:
        identifier = number(str(under.attrib.get("ref", "")), "post") or None
        href = str(under.attrib.get("href", ""))
        return ReplyTo(identifier, None, href if href.startswith("http") else None)
    parent = node.get("blogger:parent") or node.get("blogger:inReplyTo")
    return ReplyTo(number(parent, "post") or parent or None)


def _place(node: Node) -> Place | None:
    """Where a post was tagged."""
    name, point = node.get("georss:featurename"), node.get("georss:point").split()
    if not name and not point:
        return None
    try:
        lat, lon = (float(point[0]), float(point[1])) if len(point) == 2 else (None, None)
    except ValueError:
        lat = lon = None
    return Place(name or None, lat, lon)


def _url(node: Node, blog: Blog, state: State, a: Reader) -> str | None:
    """The address the feed gives, else the blog's with the entry's file name; a draft has none."""
    for link in node.all("link"):
        href = str(link.attrib.get("href", ""))
        if link.attrib.get("rel") == "alternate" and href.startswith("http"):
            return href
    path = node.get("blogger:filename")
    if state != "live" or not path.startswith("/"):
        return None
    if not blog.address:
        a.addressless = a.addressless or not a.elsewhere(a.member)
        return None
    return blog.address.rstrip("/") + path


def settings(row: dict[str, str], a: Reader) -> Iterator[Record]:
    """Takeout's settings of a blog: told with the feed (`facts`), as they bear on it; the rest is layout."""
    return iter(())


FILES: Rows = (
    (r"theme[^/]*\.(?:xml|html?)$", Ignored("the blog's layout: no words of yours")),
    (r"settings\.csv$", Table(settings)),
    (r"[^/]+\.(?:atom|xml)$", Stream(feed)),
    (r"Albums/.+\.(?:json|csv|html?)$", Ignored("facts about pictures of your blogs")),
    (r"archive_browser\.html$", Ignored("Google's own page about the download")),
)
