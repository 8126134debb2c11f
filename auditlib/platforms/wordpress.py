"""WordPress: the WXR file of Tools, Export (RSS with WordPress's own elements), alone, in parts, or zipped by wordpress.com.

Eras: WXR 1.0 (2010, before that without a number; plain text, authors named on the posts only), 1.1 (2011: a list of authors,
CDATA), 1.2 (2012 onward). Format facts: WordPress/wordpress-importer, lonekorean/wordpress-export-to-markdown,
getpelican/pelican.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from auditlib.dates import from_iso, from_rfc822, from_utc
from auditlib.jsonstream import BadElement
from auditlib.platforms import _bodies as bodies
from auditlib.platforms import _wordpress as files
from auditlib.platforms._feeds import Node, entries
from auditlib.platforms._wordpress import NAME, WXR, Site
from auditlib.platforms._wordpress_words import as_read
from auditlib.reading import guarded
from auditlib.records import Audience, Item, Media, ProfileFact, Record, ReplyTo, State
from auditlib.text import digest
from auditlib.ways import Asking, Ignored, NotKnown, Rows, Stream

TITLE = "WordPress"
MARKERS: tuple[re.Pattern[str], ...] = ()  # the files lie loose or alone in a zip: told by how they begin
SNIFF = WXR
SITES: tuple[str, ...] = ("@", "wordpress.com")
FIND = "On your blog's dashboard, open Posts, and look for {day}."
NOT_HELD = (
    "stories", "reposts", "messages", "reactions", "reviews", "friends", "followers", "following", "requests", "blocked",
    "address-book", "settings",
)  # fmt: skip
NOT_YET: tuple[str, ...] = ()
ASK = Asking(
    where="Your site's dashboard, Tools, Export",
    steps=(
        "Sign in to your site and open its dashboard.",
        "Choose Tools, then Export.",
        "Choose All content and download the export file. On wordpress.com this is a zip that holds the file.",
        "Do the same for each blog you have.",
    ),
    choose="All content. The media export (pictures only) is not needed.",
)
# What WordPress stores as posts and nobody wrote as one.
_NO_POSTS = frozenset(
    [
        "revision",
        "nav_menu_item",
        "custom_css",
        "customize_changeset",
        "oembed_cache",
        "user_request",
        "wp_block",
        "wp_global_styles",
        "wp_navigation",
        "wp_template",
        "wp_template_part",
        "wp_font_family",
        "wp_font_face",
    ]
)
# What visitors typed into the site's contact form (Jetpack): other people's words and addresses, never published.
_FROM_FORMS = frozenset(("feedback", "flamingo_inbound", "flamingo_contact"))
_STATES: dict[str, tuple[State, Audience]] = {
    "publish": ("live", "public"),
    "private": ("live", "private"),
    "draft": ("draft", "private"),
    "pending": ("draft", "private"),
    "future": ("draft", "private"),
    "auto-draft": ("draft", "private"),
    "trash": ("binned", "private"),
}


class Reader(files.Reader):
    """As there; of several exports of one blog the newest is read first."""

    def begin(self) -> None:
        """Put off the older files (see `reading.Account.ways`)."""
        super().begin()
        self.ways |= dict.fromkeys(self.older(), FILES[0][1])


def export(stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
    """One WXR file: the person's own facts once, then its posts, pages and pictures with their comments."""
    site = a.sites[a.member]
    head = a.head_of(a.member, 1 << 16).replace(b"\0", b"")  # UTF-16 included
    if head.strip() and not SNIFF.search(head):
        raise NotKnown("an XML file of another kind, not an export of WordPress")
    for node in entries(stream, a, a.member, a.repaired):
        if a.once(site.prefix):
            yield from facts(site, a)
        if node.tag == "item":
            yield from guarded(item, node, a)
            a.position += 1


def facts(site: Site, a: Reader) -> Iterator[Record]:
    """What the list of authors says of the person, and the title and tagline of a blog that is theirs alone."""
    mine = site.mine
    if mine is None:
        return
    found: list[tuple[Any, str]] = [("handle", mine.login), ("name", mine.name), ("name", mine.real), ("email", mine.email)]
    if len(site.authors) == 1:
        found += [("website", site.address), ("bio", ": ".join(w for w in (site.title, site.tagline) if w))]
    for fact, value in dict.fromkeys(found):
        if value:
            yield ProfileFact(
                platform=NAME,
                account=site.name,
                where=a.where,
                key=f"{site.prefix}profile:{fact}:{digest(value)}",
                fact=fact,
                value=bodies.of_html(value).text if fact == "bio" else value,
            )


def moment(node: Node, field: str) -> str | None:
    """A time of WordPress: in UTC where it is given (zeros for drafts), else the site's own clock without an offset."""
    return from_utc(node.get(f"wp:{field}_gmt")) or from_rfc822(node.get("pubDate")) or from_iso(node.get(f"wp:{field}"))


def item(node: Node, a: Reader) -> Iterator[Record]:
    """A post, page or picture, then the comments under it."""
    site = a.sites[a.member]
    sort = node.get("wp:post_type") or "post"
    if sort in _NO_POSTS or sort in _FROM_FORMS:
        a.passed_over[sort] = a.passed_over.get(sort, 0) + 1
        return
    own = node.get("wp:post_id") or None
    status = node.get("wp:status").lower()
    state, audience = _STATES.get(status, ("live", "unknown"))
    if status == "inherit" and node.get("wp:post_parent") in ("", "0"):
        audience = "public"  # a picture that belongs to no post is seen by whoever has its address
    if node.get("wp:post_password") and audience == "public":
        audience = "unknown"
        a.locked += 1
    title = bodies.of_html(node.get("title")).text or None
    body = _picture(node) if sort == "attachment" else _body(node)
    at = moment(node, "post_date")
    key = f"{site.prefix}post:{own or digest(at, title, body.text)}"
    author, name = site.wrote(node.get("dc:creator"))
    url = _address(node, own, site, state)
    if not a.once(key):
        return
    yield Item(
        platform=NAME,
        account=site.name,
        where=a.where,
        kind="other" if sort == "attachment" else "post",
        key=key,
        id=own,
        at=at,
        title=title,
        text=body.text,
        **_more(author, name, audience, state, body, url),
    )
    said = node.all("wp:comment")
    if said:
        names = {c.get("wp:comment_id"): c.get("wp:comment_author") for c in said}
        post = ReplyTo(own, name, url)
        for comment in said:
            yield from _comment(comment, a, site, post, names, audience)


def _more(
    author: Any, name: str | None, audience: Audience, state: State, body: bodies.Body, url: str | None
) -> dict[str, Any]:
    """The fields that posts and comments fill alike; those at their default left out, as records are made by the million."""
    more: dict[str, Any] = {"author": author, "author_name": name, "audience": audience, "url": url}
    if state != "live":
        more |= {"state": state, "deleted": state == "binned"}
    if body.media:
        more["media"] = body.media
    if body.links:
        more["links"] = body.links
    return more


def _body(node: Node) -> bodies.Body:
    """The content; an excerpt of the person's own in front where it is not merely its beginning."""
    content = node.first("content:encoded")
    body = bodies.of_html(as_read(content.text if content is not None else node.get("description")))
    excerpt = bodies.of_html(as_read(node.get("excerpt:encoded"))).text
    if excerpt and " ".join(excerpt.split()).rstrip("…. ") not in " ".join(body.text.split()):
        body = body._replace(text=f"{excerpt}\n\n{body.text}".strip())
    return body._replace(text=bodies.tagged(body.text, _tags(node)))


def _tags(node: Node) -> Iterator[str]:
    """Tags and categories, which readers see under a post; not the category WordPress files everything else in."""
    for one in node.all("category"):
        kind, name = one.attrib.get("domain", "category"), bodies.of_html(one.text).text
        if kind in ("category", "post_tag", "tag") and "uncategorized" not in (one.attrib.get("nicename"), name.casefold()):
            yield name


def _picture(node: Node) -> bodies.Body:
    """An uploaded file: its caption and description are its words, its alternative text lies among the hidden fields."""
    caption = bodies.of_html(as_read(node.get("excerpt:encoded"))).text
    about = bodies.of_html(as_read(node.get("content:encoded")))
    alt = next((m.get("wp:meta_value") for m in node.all("wp:postmeta")
                if m.get("wp:meta_key") == "_wp_attachment_image_alt"), "")  # fmt: skip
    address = node.get("wp:attachment_url") or node.get("guid")
    ending = address.rsplit(".", 1)[-1].lower()
    kind = next((k for k, endings in _ENDINGS if ending in endings), "file")
    text = "\n".join(dict.fromkeys(t for t in (caption, about.text) if t))
    media = (Media(None, kind, bodies.of_html(alt).text or None, text or None),)
    return bodies.Body(text, ((address,) if address.startswith("http") else ()) + about.links, media)


_ENDINGS = (
    ("photo", ("jpg", "jpeg", "png", "gif", "webp", "avif", "heic", "svg", "bmp")),
    ("video", ("mp4", "mov", "m4v", "webm", "avi", "ogv", "3gp")),
    ("audio", ("mp3", "m4a", "ogg", "wav", "flac")),
)


def _address(node: Node, own: str | None, site: Site, state: State) -> str | None:
    """Where the entry is seen; a draft has only its number."""
    link = node.get("link") or node.get("guid")
    if link.startswith(("http://", "https://")):
        return link
    base = site.address.rstrip("/")
    return f"{base}/?p={own}" if own and base.startswith("http") else None


_APPROVED: dict[str, tuple[State, Audience | None]] = {
    "1": ("live", None),
    "approve": ("live", None),
    "0": ("draft", "private"),
    "hold": ("draft", "private"),
    "spam": ("binned", "private"),
    "trash": ("binned", "private"),
    "post-trashed": ("binned", "private"),
}


def _comment(node: Node, a: Reader, site: Site, post: ReplyTo, names: dict[str, str], audience: Audience) -> Iterator[Record]:
    """A comment: another person's words unless its user number or e-mail address is the person's."""
    own = node.get("wp:comment_id") or None
    body = bodies.of_html(as_read(node.get("wp:comment_content")))
    at = moment(node, "comment_date")
    name = bodies.of_html(node.get("wp:comment_author")).text or None
    key = f"{site.prefix}comment:{own or digest(post.id, at, name, body.text)}"
    if not a.once(key):
        return
    mine, user, email = site.mine, node.get("wp:comment_user_id"), node.get("wp:comment_author_email").casefold()
    author: Any = "other"
    if mine is not None:
        if (user not in ("", "0") and user == mine.id) or (email and email == mine.email.casefold()):
            author = "me"
    elif user not in ("", "0") or any(email and email == w.email.casefold() for w in site.authors.values()):
        author = None  # one of the authors, of whom one is the person
    state, seen = _APPROVED.get(node.get("wp:comment_approved").lower(), ("live", "unknown"))
    parent = node.get("wp:comment_parent")
    page = post.url.split("#")[0] if post.url else None
    reply = post
    if parent not in ("", "0"):
        reply = ReplyTo(parent, names.get(parent) or None, f"{page}#comment-{parent}" if page else None)
    yield Item(
        platform=NAME,
        account=site.name,
        where=a.where,
        kind="comment",
        key=key,
        id=own,
        at=at,
        text=body.text,
        reply_to=reply,
        **_more(author, name, seen or audience, state, body, f"{page}#comment-{own}" if page and own else None),
    )


FILES: Rows = (
    (r"[^/]+\.xml$", Stream(export)),
    (r"(?:readme|license)[^/]*\.(?:txt|html?|md)$", Ignored("notes that came with the export")),
)
