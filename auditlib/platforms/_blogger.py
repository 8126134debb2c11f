"""Blogger's account: which blogs lie in the files given, where each is, who wrote there, and which author is the person."""

from __future__ import annotations

import csv
import html
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from auditlib.archive import READ_ERRORS
from auditlib.csvtable import rows
from auditlib.dates import from_iso
from auditlib.errors import UnsafeArchive
from auditlib.jsonstream import Broken
from auditlib.platforms._feeds import Node, entries, host_and_path
from auditlib.reading import Account
from auditlib.records import Question, Record
from auditlib.ways import Ignored, NotKnown

NAME = "blogger"
FEED = re.compile(rb"<(?:\w+:)?feed\b.{0,3500}?(?:tag:blogger\.com,1999:|schemas\.google\.com/blogger/)", re.DOTALL)
_MADE_HERE = re.compile(
    r"(^|/)Comments/[^/]+/feed\.atom$", re.IGNORECASE
)  # what the person left on blogs, by Takeout's folders
_WHO = re.compile(
    rb"<(?:\w{1,20}:)?type>(POST|PAGE|COMMENT)<|/kind#(post|page|comment|settings|template)['\"]"
    rb"|<author>\s*<name>([^<]{0,300})</name>(?:\s*<uri>([^<]{0,300})</uri>)?"
)
_OWN_HOST = re.compile(r"^[\w-]+(?:\.[\w-]+)*\.blogspot\.[a-z.]{2,6}$", re.IGNORECASE)
# Names that stand for nobody.
_NOBODY = frozenset(("unknown", "anonymous", "noreply@blogger.com", ""))


class Author(NamedTuple):
    """One author: the name shown, and the profile's address where there is one."""

    name: str
    uri: str = ""

    @property
    def id(self) -> str:
        """What tells this author from others: the profile, else the name."""
        return (re.sub(r"^https?://(www\.)?", "", self.uri) or self.name).casefold()


class Blog:
    """One blog: its number, title and address, its settings (old backups), and who wrote posts there."""

    def __init__(self) -> None:
        self.id, self.title, self.address = "", "", ""
        self.updated = ""
        self.settings: dict[str, str] = {}
        self.authors: Counter[Author] = Counter()
        self.commenters: Counter[Author] = Counter()

    def settle(self) -> None:
        """Make out the address from the settings where nothing else tells it."""
        subdomain = self.settings.get("BLOG_SUBDOMAIN", "").strip().lower().removesuffix(".blogspot.com")
        if not self.address and re.fullmatch(r"[a-z0-9-]{1,63}", subdomain):
            self.address = f"https://{subdomain}.blogspot.com"

    @property
    def name(self) -> str | None:
        """Its address without the scheme, else its title."""
        return host_and_path(self.address)[0].removeprefix("www.") or self.title or None


class Reader(Account):
    """The blogs in the files given and whom the person is there; comments they left elsewhere lie in a folder of their own."""

    platform = NAME

    def begin(self) -> None:
        """Read what each feed says of itself, and look through it for its authors."""
        self.blogs: dict[str, Blog] = {}  # by member
        self.told: set[str] = set()
        self.mine: set[str] = set()
        self.authors: set[str] = set()
        self.addressless = False
        feeds = sorted(m for m in self.members if re.search(r"\.(atom|xml)$", m, re.IGNORECASE))
        self.feeds = [m for m in feeds if FEED.search(self.head_of(m, 1 << 16))]
        for path in self.feeds:
            self.blogs[path] = self._blog(path)
        self._newest()
        self._who()
        first = [p for p in self.feeds if not self.elsewhere(p)] or self.feeds
        self.account = self.blogs[first[0]].name if first else None
        takeout = any(re.search(r"(^|/)feed\.atom$", m) for m in self.feeds)
        self.era = "Google Takeout" if takeout else "Blogger backup" if self.feeds else ""

    def _newest(self) -> None:
        """Of several backups of one blog keep the newest."""
        newest: dict[str, str] = {}
        for path in self.feeds:
            blog = self.blogs[path]
            if blog.id and blog.updated and not self.elsewhere(path):
                newest[blog.id] = max(newest.get(blog.id, ""), blog.updated)
        for path in list(self.feeds):
            blog = self.blogs[path]
            if not self.elsewhere(path) and blog.updated and blog.updated < newest.get(blog.id, ""):
                self.feeds.remove(path)
                self.ways[path] = Ignored("an older backup of the same blog: only the newest is read")
                del self.blogs[path]

    def elsewhere(self, path: str) -> bool:
        """Whether a feed holds comments that the person left on a blog, not a blog of theirs."""
        return bool(_MADE_HERE.search(path))

    def _blog(self, path: str) -> Blog:
        blog = Blog()
        for node in self._beginning(path):
            self._learn(blog, node)
        if not blog.title and "/" in path:
            blog.title = path.split("/")[-2]
        self._beside(path, blog)
        self._authors(path, blog)
        return blog

    def _beginning(self, path: str) -> list[Node]:
        """What stands before the first post: facts of the feed, settings."""
        found: list[Node] = []
        with suppress(Broken, NotKnown, UnsafeArchive, *READ_ERRORS), self.tree.open(path) as stream:
            for node in entries(stream, self, path):
                if node.tag == "entry" and kind_of(node) not in ("settings", "template", ""):
                    break
                found.append(node)
        return found

    def _learn(self, blog: Blog, node: Node) -> None:
        text = node.text.strip()
        if node.tag == "id":
            blog.id = number(text, "blog")
        elif node.tag == "title":
            blog.title = text
        elif node.tag == "updated":
            blog.updated = text if from_iso(text) else ""
            self.edition = max(self.edition, (from_iso(text) or "")[:10])
        elif node.tag == "link" and node.attrib.get("rel") == "alternate" and node.attrib.get("href", "").startswith("http"):
            blog.address = node.attrib["href"]
        elif node.tag == "entry":
            name = node.get("id").rpartition(".settings.")[2]
            if name and kind_of(node) == "settings":
                blog.settings[name] = node.get("content")
                blog.settle()

    def _beside(self, path: str, blog: Blog) -> None:
        """Learn the blog's address and settings from the table beside a Takeout feed, whichever way round it is written."""
        beside = f"{path.rsplit('/', 1)[0]}/settings.csv" if "/" in path else "settings.csv"
        if beside not in self.members:
            return
        with suppress(Broken, UnsafeArchive, csv.Error, *READ_ERRORS), self.tree.open(beside) as stream:
            table = [row for batch in islice(rows(stream), 4) for row in batch]
            across = bool(table) and (len(table[0]) > 2 or all(cell.lower().startswith("blog_") for cell in table[0]))
            if across:  # names in the first row, values in the second
                blog.settings.update(pair for row in table[1:2] for pair in zip(map(_setting, table[0]), row, strict=False))
            else:
                blog.settings.update((_setting(row[0]), row[1]) for row in table if len(row) == 2)
            for cell in (cell.strip() for row in table for cell in row):
                host = host_and_path(cell)[0] or cell
                if _OWN_HOST.match(host) and not blog.address:
                    blog.address = f"https://{host}"
            blog.settle()

    def _authors(self, path: str, blog: Blog) -> None:
        """Count the authors of posts and of comments by a look through the bytes: parsing twice would cost too much."""
        kind, held = b"", b""
        with suppress(*READ_ERRORS), self.tree.open(path) as stream:
            while chunk := stream.read(1 << 20):
                held += chunk
                end = 0
                for match in _WHO.finditer(held):
                    end = match.end()
                    if match[3] is None:
                        kind = (match[1] or match[2]).lower()
                    elif kind in (b"post", b"page", b"comment"):
                        name = html.unescape(match[3].decode("utf-8", "replace")).strip()
                        author = Author(name, html.unescape((match[4] or b"").decode("utf-8", "replace")).strip())
                        (blog.commenters if kind == b"comment" else blog.authors)[author] += 1
                held = held[max(end, len(held) - 800) :]

    def _who(self) -> None:
        """Whom the person named; the only author of a blog; the only one who left the comments; else it is asked."""
        own = [b for p, b in self.blogs.items() if not self.elsewhere(p)]
        left: Counter[Author] = Counter()
        for path, blog in self.blogs.items():
            if self.elsewhere(path):
                left += blog.commenters
        writers = {a.id: a for blog in own for a in blog.authors}
        self.authors = set(writers)
        names = {name.casefold() for name in self.answers.me}
        self.mine = {a.id for a in (*writers.values(), *left) if a.name.casefold() in names or a.id in names}
        if _one(left):
            self.mine |= {a.id for a in left}
        for blog in own:
            if _one(blog.authors):
                self.mine |= {a.id for a in blog.authors}
        self.mine = {m for m in self.mine if m not in _NOBODY}
        if not self.mine and len(writers) > 1:
            options = tuple((name, name) for name in dict.fromkeys(a.name for a in writers.values()) if name)
            text = "Several people wrote on this blog. Which of them is you?"
            self.questions.append(Question(id="blogger.owner", text=text, options=options))
            self.warnings.append(
                "Several people wrote on this blog and the export does not say which of them you are: say which author is you."
            )

    def owner_of(self, member: str) -> tuple[str, str | None]:
        """One export may hold several blogs."""
        return NAME, self.blogs[member].name if member in self.blogs else self.account

    def wrote(self, author: Author, comment: bool) -> Any:
        """`author` of what this author wrote."""
        if author.id in self.mine:
            return "me"
        if comment and (author.id not in self.authors or self.mine):
            return "other"
        return "other" if self.mine else None

    def once(self, key: str) -> bool:
        """Whether this is new."""
        if key in self.told:
            return False
        self.told.add(key)
        return True

    def repaired(self) -> None:
        """Say that a file was malformed."""
        name = self.member.rsplit("/", 1)[-1]
        self.warnings.append(f"{name} is damaged in places and was read with repairs: look at these posts on the blog as well.")

    def finish(self) -> Iterator[Record]:
        """What such an export lacks."""
        if self.addressless:
            self.warnings.append(
                "This export does not say where your blog is: to find a post, sign in to blogger.com and look for its title."
            )
        if not any(self.elsewhere(p) for p in self.feeds):
            self.warnings.append("Comments you left on other people's blogs are not in this export: Google Takeout has them.")
        yield from ()


def _one(authors: Counter[Author]) -> bool:
    """Whether these are one person: one profile, or one name (2011-2019 a profile of Google+ stood in for Blogger's)."""
    return len({a.id for a in authors}) == 1 or len({a.name.casefold() for a in authors}) == 1


def _setting(name: str) -> str:
    """The name of a setting as old backups write it: `BLOG_SEARCHABLE` for `blog_searchable` and `Searchable`."""
    made = re.sub(r"\W+", "_", name.strip()).upper()
    return made if made.startswith("BLOG_") else f"BLOG_{made}"


def kind_of(node: Node) -> str:
    """post, page, comment, settings, template, or "" for what says nothing."""
    said = node.get("blogger:type").lower()  # the entry's own: the author inside has one too
    if said:
        return said
    for category in node.all("category"):
        term = str(category.attrib.get("term", ""))
        if "/kind#" in term:
            return term.rpartition("#")[2].lower()
    return ""


def number(identifier: str, what: str) -> str:
    """The number behind `blog-` or `post-` in an identifier; "" when there is none."""
    found = re.search(rf"\b{what}-([\w-]+)", identifier)
    return found[1] if found else ""
