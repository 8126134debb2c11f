"""WordPress's account: which blogs lie in the files given, who wrote there, and which of them is the person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from auditlib.archive import READ_ERRORS
from auditlib.dates import from_rfc822
from auditlib.platforms._feeds import host_and_path, preamble
from auditlib.reading import Account
from auditlib.records import Question, Record

NAME = "wordpress"
WXR = re.compile(rb"<rss\b.{0,3500}?(?:https?://wordpress\.org/export/|<wp:(?:wxr_version|author|post_id)>)", re.DOTALL)
_CREATOR = re.compile(rb"<(?:\w{1,20}:)?creator>\s*(?:<!\[CDATA\[)?([^<\]]{1,200})")
_FIRST = ("item",)


class Author(NamedTuple):
    """One author as the file's list names them; only `login` is always there."""

    login: str
    id: str = ""
    email: str = ""
    name: str = ""
    real: str = ""

    def called(self, names: set[str]) -> bool:
        """Whether one of these names (case folded) is theirs."""
        return any(n and n.casefold() in names for n in (self.login, self.email, self.name, self.real, self.id))


class Site:
    """One blog: where it is, who writes there, and which of them is the person (None: not known)."""

    def __init__(self, address: str, title: str, tagline: str) -> None:
        self.address, self.title, self.tagline = address, title, tagline
        host, path = host_and_path(address if "//" in address else f"//{address}")
        self.name = ((host.removeprefix("www.") + path).rstrip("/") or title or "").lower() or None
        self.prefix = f"wordpress:{self.name or '?'}:"
        self.authors: dict[str, Author] = {}
        self.mine: Author | None = None

    def wrote(self, login: str) -> tuple[Any, str | None]:
        """`author` and `author_name` of what this login wrote."""
        named = self.authors.get(login.casefold())
        name = (named.name or named.login if named else login) or None
        if self.mine is None:
            return None, name
        return "me" if not login or login.casefold() == self.mine.login.casefold() else "other", name


class Reader(Account):
    """The blogs in the files given, their authors, and which of these the person is."""

    platform = NAME

    def begin(self) -> None:
        """Read what stands before the first post of each file."""
        self.sites: dict[str, Site] = {}  # by member
        self.told: set[str] = set()
        self.passed_over: dict[str, int] = {}
        self.unsure: dict[str, Author] = {}
        self.locked = 0
        self.days: dict[str, str] = {}  # member -> the day it was made
        by_name: dict[str | None, Site] = {}
        for path in sorted(m for m in self.members if m.lower().endswith(".xml")):
            site = self._site(path)
            self.days[path] = self.day
            known = by_name.setdefault(site.name, site)
            known.authors.update({k: v for k, v in site.authors.items() if k not in known.authors or v.id})
            self.sites[path] = known
        for site in by_name.values():
            self._who(site)
        self.account = next((n for n in by_name if n), None)
        if self.unsure:
            names = tuple((a.login, f"{a.name} ({a.login})" if a.name and a.name != a.login else a.login)
                          for a in self.unsure.values())  # fmt: skip
            text = "Several people wrote on this blog. Which of them is you?"
            self.questions.append(Question(id="wordpress.owner", text=text, options=names))
            self.warnings.append(
                "Several people wrote on this blog and the export does not say which of them you are: say which author is you."
            )

    def _site(self, path: str) -> Site:
        head: dict[str, str] = {}
        authors: list[Author] = []
        for node in preamble(self, path, _FIRST):
            if node.tag == "wp:author":
                get = node.get
                login = get("wp:author_login") or get("wp:author_display_name")
                real = f"{get('wp:author_first_name')} {get('wp:author_last_name')}".strip()
                author = Author(login, get("wp:author_id"), get("wp:author_email"), get("wp:author_display_name"), real)
                if login:
                    authors.append(author)
            elif node.text.strip():
                head.setdefault(node.tag, node.text.strip())
        address = head.get("wp:base_blog_url") or head.get("link") or head.get("wp:base_site_url") or ""
        site = Site(address, head.get("title", ""), head.get("description", ""))
        site.authors = {a.login.casefold(): a for a in authors}
        if head and not authors:  # WXR 1.0 has no list: the names stand on the posts
            site.authors = {login.casefold(): Author(login) for login in self._creators(path)}
        version = head.get("wp:wxr_version", "")
        self.era = self.era or (f"WXR {version}" if re.fullmatch(r"\d\.\d", version) else "WXR")
        # the day only: the parts of one export are written some seconds apart
        self.day = (from_rfc822(head.get("pubDate")) or "")[:10]
        self.edition = max(self.edition, self.day)
        return site

    def _creators(self, path: str) -> list[str]:
        found: dict[str, None] = {}
        with suppress(*READ_ERRORS), self.tree.open(path) as stream:
            held = b""
            while (chunk := stream.read(1 << 20)) and len(found) < 1000:
                held += chunk
                for match in _CREATOR.finditer(held):
                    found[match[1].decode("utf-8", "replace").strip()] = None
                held = held[-300:]
        return [name for name in found if name]

    def _who(self, site: Site) -> None:
        """The only author; else the one whom the person named; else it is asked."""
        authors = list(site.authors.values())
        names = {name.casefold() for name in self.answers.me}
        said = [a for a in authors if a.called(names)]
        if len(authors) == 1 or len(said) == 1:
            site.mine = (said or authors)[0]
        elif authors:
            self.unsure.update({a.login.casefold(): a for a in authors})

    def older(self) -> list[str]:
        """Files made before the newest one of the same blog: a post that stands in both is told as the newer has it."""
        newest: dict[int, str] = {}
        for path, site in self.sites.items():
            newest[id(site)] = max(newest.get(id(site), ""), self.days[path])
        return [path for path, site in self.sites.items() if self.days[path] < newest[id(site)]]

    def owner_of(self, member: str) -> tuple[str, str | None]:
        """Files of several blogs may lie together."""
        return NAME, self.sites[member].name if member in self.sites else self.account

    def repaired(self) -> None:
        """Say that a file was malformed."""
        name = self.member.rsplit("/", 1)[-1]
        self.warnings.append(f"{name} is damaged in places and was read with repairs: look at these posts on the site as well.")

    def once(self, key: str) -> bool:
        """Whether this is new: parts of one export overlap."""
        if key in self.told:
            return False
        self.told.add(key)
        return True

    def finish(self) -> Iterator[Record]:
        """What is not in such an export, and what was left out."""
        if self.locked:
            posts = "1 post has" if self.locked == 1 else f"{self.locked} posts have"
            self.warnings.append(f"{posts} a password: whoever knows it can read them.")
        if left := sum(self.passed_over.values()):
            said = "1 entry was" if left == 1 else f"{left} entries were"
            self.warnings.append(
                f"{said} left out: menus, templates, earlier versions of posts, or what visitors sent by a form."
            )
        if not any(key.startswith(site.prefix + "post:") for site in self.sites.values() for key in self.told):
            self.warnings.append("There are no posts in this export: on the Export page choose All content.")
        self.warnings.append("Comments you left on other people's blogs are not in a blog's export.")
        yield from ()
