"""Tumblr, as far as its downloads are known: account data (`payload-0.json`), a blog's export (`posts/<id>.html`, often in a
zip of its own), and the copies that the program tumblr-backup makes.

No maintained reader of these was found; facts come from small scripts. Whatever is read is said to be a best effort.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from auditlib.archive import READ_ERRORS
from auditlib.dates import from_iso, from_utc
from auditlib.errors import UnsafeArchive
from auditlib.markup import document, words
from auditlib.platforms import _bodies as bodies
from auditlib.reading import Account
from auditlib.records import Item, ProfileFact, Quoted, Record
from auditlib.text import digest
from auditlib.ways import Asking, Ignored, Page, Rows, Unknown, Whole

NAME, TITLE = "tumblr", "Tumblr"
MARKERS = (re.compile(r"^(?P<root>(?:.*/)?)posts/(?:[^/]+/)?\d{9,18}\.html$"),)
_POST = re.compile(r"(?:^|/)(\d{9,18})\.html$")
_PAYLOAD = re.compile(r"(?:^|/)payload-\d+\.json$")
_BEGINS = re.compile(rb"^(?:\xef\xbb\xbf)?\s*\[\s*\{\s*\"data\"\s*:\s*\{")
# A number for a name is no mark of Tumblr's alone: a page on its own must show the foot of its posts, or name it.
_OF_TUMBLR = re.compile(rb"tumblr|id=[\"']?(?:footer|timestamp)\b", re.IGNORECASE)
SITES: tuple[str, ...] = ("tumblr.com",)
FIND = "On Tumblr, open your blog, then its archive, and go to {day}."
NOT_HELD = ("stories", "comments", "reviews", "friends", "followers", "requests", "address-book")
NOT_YET = ("messages", "reactions", "following", "blocked", "settings")
ASK = Asking(
    where="Settings, then the name of your blog, then Export",
    steps=(
        "Sign in to tumblr.com in a browser and open Settings.",
        "Choose a blog at the side, then Export, and wait until the download is ready. Do this for each of your blogs.",
        "The account data (Settings, Privacy, Request privacy data) holds no posts; it is worth having as well.",
    ),
    choose="The export of each blog.",
)
PARTIAL = "The layout of Tumblr's downloads is not fully known: please look at your posts yourself as well."
# Keys of the account data that are no words of the person's; others are named in a warning.
_PASSED = frozenset(
    (
        "email", "blog_names", "registration_time", "last_post_time", "last_active_times", "unfollows", "most_used_tags",
        "highlighted_posts", "dashboard", "client_side_ad_analytics", "ugcLinks",
    )
)  # fmt: skip
_ADDRESS = re.compile(r"https?://(?:www\.tumblr\.com/(?:blog/(?:view/)?)?([\w-]+)|([\w-]+)\.tumblr\.com/post)/(\d{9,18})\b")
_BLOG = re.compile(r"https?://(?:www\.tumblr\.com/(?:blog/)?([\w-]+)|([\w-]+)\.tumblr\.com)(?:/|$)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    rf"\b({'|'.join(_MONTHS)})[a-z]*\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}),?"
    r"(?: (\d{1,2}):(\d\d)(?::(\d\d))? ?([ap]m)?)?",
    re.IGNORECASE,
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|GMT|UTC|[+-]\d\d:?\d\d))?")


def SNIFF(head: bytes, name: str) -> bool:
    """Whether a file on its own is account data, or one post of a blog's export."""
    if _PAYLOAD.search(name):
        return bool(_BEGINS.match(head))
    return bool(_POST.fullmatch(name)) and bool(_OF_TUMBLR.search(head))


class Reader(Account):
    """The person's blogs, by the account data, else by the addresses in the posts or the name of the zip."""

    platform = NAME

    def begin(self) -> None:
        """Read the account data; find out which blog the posts are of."""
        self.names: list[str] = []
        self.told: set[str] = set()
        self.more: set[str] = set()
        self.blog: str | None = None
        self.files = {m.rsplit("/", 1)[-1]: m for m in self.members if re.search(r"(^|/)media/[^/]+$", m)}
        self.posts = sorted(m for m in self.members if _POST.search(m))
        self.attempt(self._account_data)
        if self.posts and self.account is None:
            self.attempt(self._by_posts)
        has_data = any(_PAYLOAD.search(m) for m in self.members)
        copied = any(re.search(r"(^|/)json/\d{9,18}\.json$", m) for m in self.members)
        self.era = "tumblr-backup" if copied else "blog export" if self.posts else "account data" if has_data else ""

    def _account_data(self) -> None:
        for path in sorted(m for m in self.members if _PAYLOAD.search(m)):
            for data in parts(self.document(re.escape(path))):
                for blog in data.get("blog_names") or ():
                    name = told(blog.get("current_blog_name")) if isinstance(blog, dict) else told(blog)
                    if name and name not in self.names:
                        self.names.append(name)
        if self.names:
            stems = {re.sub(r"(\.tumblr\.com)?(-\d+|\s*\(\d+\))?\.zip$", "", self.origin(m).lower()) for m in self.posts[:1]}
            known = next((n for n in self.names if n.lower() in stems), None)
            self.account = known or self.names[0]
            self.blog = known or (self.account if len(self.names) == 1 else None)  # of several blogs it may be another's post

    def _by_posts(self) -> None:
        for path in self.posts[-3:]:
            try:
                root = document(self.tree.read(path))
            except (*READ_ERRORS, UnsafeArchive, ValueError):
                continue
            found = permalink(root, identifier(path))
            if found:
                self.account = self.blog = found[0]
                return

    def once(self, key: str) -> bool:
        """Whether this is new."""
        if key in self.told:
            return False
        self.told.add(key)
        return True

    def finish(self) -> Iterator[Record]:
        """What is not known, and what is not here."""
        self.warnings.append(PARTIAL)
        if not self.posts:
            self.warnings.append(
                "This is Tumblr's account data: your posts are not in it. Ask for the export of each of your blogs as well."
            )
        else:
            self.warnings.append("Drafts, queued and private posts may be among these: Tumblr does not mark them.")
        if self.more:
            named = ", ".join(name for name in sorted(self.more)[:8] if name.isidentifier()) or str(len(self.more))
            self.warnings.append(
                f"The account data also holds lists this version does not read ({named}): open it and look by hand."
            )
        yield from ()


def told(value: Any) -> str:
    r"""A text of the account data; "" for what is none, or for `\N`, which stands for missing."""
    return value.strip() if isinstance(value, str) and value.strip() != "\\N" else ""


def parts(payload: Any) -> Iterator[dict[str, Any]]:
    """The objects under `data` of a payload's list."""
    for entry in payload if isinstance(payload, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("data"), dict):
            yield entry["data"]


def account_data(payload: Any, a: Reader) -> Iterable[Record]:
    """The e-mail address and the names of the blogs. What was looked at and advertising are left alone."""
    for data in parts(payload):
        found: list[tuple[Any, str]] = [("email", told(data.get("email")))]
        found += [("handle", name) for name in a.names]
        for fact, value in found:
            key = f"tumblr:profile:{fact}:{digest(value)}"
            if value and a.once(key):
                yield ProfileFact(platform=NAME, account=a.account, where=a.where, key=key, fact=fact, value=value)
        a.more |= {k for k, v in data.items() if k not in _PASSED and v not in (None, "", "\\N", [], {})}
        a.position += 1


def identifier(path: str) -> str:
    """The number of a post: its file's name."""
    found = _POST.search(path)
    return found[1] if found else ""


def permalink(root: Any, own: str) -> tuple[str, str] | None:
    """Blog and address of this very post where the page links to it."""
    for link in root.iter("a"):
        found = _ADDRESS.match((link.get("href") or "").strip())
        if found and found[3] == own:
            return found[1] or found[2], found[0]
    return None


def post(root: Any, a: Reader) -> Iterable[Record]:
    """One post: the person's own part is what is not attributed to another blog; the rest is quoted."""
    own = identifier(a.member)
    if not own or not a.once(own):
        return
    link = permalink(root, own)
    blog = link[0] if link else a.blog
    body = next((e for tag in ("article", "body") for e in root.iter(tag)), root)
    at = _moment(root)
    tags = _tags(root)
    for element in [e for e in body.iter() if isinstance(e.tag, str) and _is_frame(e)]:
        _drop(element)
    heading = next(body.iter("h1"), None)
    title = words(heading) if heading is not None else ""
    if heading is not None:
        _drop(heading)
    author, quoted = _others(body)
    said = bodies.of_element(body, a.files)
    if not (said.text or said.media or quoted or title or tags or at):
        raise ValueError  # nothing of a post in it: it counts as not read
    reblog = author is not None and not said.text
    text = bodies.tagged(said.text or quoted, tags)
    more: dict[str, Any] = {"quoted": Quoted(None, author or None, quoted or None)} if quoted or author else {}
    if said.media:
        more["media"] = said.media
    yield Item(
        platform=NAME,
        account=blog or a.account,
        where=a.where,
        kind="repost" if reblog else "post",
        key=f"tumblr:post:{own}",
        id=own,
        at=at,
        title=title or None,
        text=text,
        author="me",
        author_name=blog or a.account,
        links=said.links,
        url=link[1] if link else f"https://www.tumblr.com/{blog}/{own}" if blog else None,
        **more,
    )


def _is_frame(element: Any) -> bool:
    """What stands around a post: the foot with time and tags, the head of a copied post."""
    return element.tag in ("footer", "header", "nav") or element.get("id") in ("footer", "timestamp", "header")


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():
        tail = element.tail
        element.clear()
        element.tail = tail
    else:
        parent.remove(element)


def _moment(root: Any) -> str | None:
    """When it was posted: a machine-readable time, else the words in the foot, without an offset as no zone is given."""
    for time in root.iter("time"):
        if at := from_iso(time.get("datetime")):
            return at
    for element in root.iter():
        if not isinstance(element.tag, str) or not (_is_frame(element) or "timestamp" in (element.get("class") or "")):
            continue
        if not bodies.is_small(element, 300):
            continue
        text = words(element)
        if found := _ISO.search(text):
            zoned = found[0].replace("GMT", "UTC")
            return (
                from_utc(zoned) if zoned.endswith("UTC") else from_iso(re.sub(r" (?=[+-Z])", "", zoned[:10] + "T" + zoned[11:]))
            )
        if at := day_in_words(text):
            return at
    return None


def day_in_words(text: str) -> str | None:
    """`January 2nd, 2018 3:04pm` -> ISO text without an offset; None when there is no such time."""
    found = _DAY.search(text)
    if not found:
        return None
    month = _MONTHS.index(found[1].lower()) + 1
    day = f"{found[3]}-{month:02}-{int(found[2]):02}"
    if not found[4]:
        return from_iso(day)
    hour = int(found[4])
    if found[7]:
        hour = hour % 12 + (12 if found[7].lower() == "pm" else 0)
    return from_iso(f"{day}T{hour:02}:{found[5]}:{found[6] or '00'}")


def _tags(root: Any) -> list[str]:
    found: list[str] = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        marks = (element.get("class") or "").split()
        tagged = "tag" in marks or (element.tag == "a" and "/tagged/" in (element.get("href") or ""))
        if tagged and bodies.is_small(element, 20):
            found.append(words(element).strip().lstrip("#").rstrip(","))
    return [name for name in dict.fromkeys(found) if name]


def _others(body: Any) -> tuple[str | None, str]:
    """Takes the quoted blocks out of a post: who the nearest one is by (None: no attribution), and the words of all."""
    author: str | None = None
    said: list[str] = []
    outer = [e for e in body.iter("blockquote") if not any(p.tag == "blockquote" for p in e.iterancestors())]
    for block in outer:
        before = block.getprevious()
        link = None if before is None else _attribution(before)
        if link is not None:
            author = author or blog_of(link)
            _drop(before)
        said.append(words(block))
        _drop(block)
    for element in [e for e in body.iter("p") if _attribution(e) is not None]:
        author = author or blog_of(_attribution(element))
        _drop(element)
    return author, "\n\n".join(s for s in said if s)


def _attribution(element: Any) -> Any:
    """The link in a line that says whose words follow (`name:`), or None."""
    small = isinstance(element.tag, str) and bodies.is_small(element, 20)
    link = next(element.iter("a"), None) if small else None
    if link is None or words(element).rstrip(":").strip() != words(link).strip():
        return None
    known = "tumblr_blog" in (link.get("class") or "") or _BLOG.match(link.get("href") or "")
    return link if known and words(element).endswith(":") else None


def blog_of(link: Any) -> str:
    """The name of the blog a link leads to."""
    found = _BLOG.match(link.get("href") or "")
    return (found[1] or found[2]) if found else words(link)


FILES: Rows = (
    (r"payload-\d+\.json$", Whole(account_data)),
    (r"\d{9,18}\.html$", Page(post)),
    (r"json/\d{9,18}\.json$", Ignored("the same posts once more")),
    (r"(?:index|archive/.*|tags/.*|tag_index/.*)\.html?$", Ignored("lists of the posts that are read one by one")),
    (
        r"(?:messages?|conversations?)[^/]*\.(?:xml|json|html?)$",
        Unknown("messages in an unknown form: look at them by hand"),
    ),
)
