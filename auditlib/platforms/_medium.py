"""Whose Medium export it is, and what its pages have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from auditlib.archive import READ_ERRORS
from auditlib.dates import from_iso
from auditlib.errors import UnsafeArchive
from auditlib.markup import document, words
from auditlib.platforms._feeds import host_and_path
from auditlib.reading import Account
from auditlib.records import Record

NAME = "medium"
FILE = r"(?:\d{4}-\d\d-\d\d|draft)_[^/]*-[0-9a-f]{6,16}\.html$"
_POST = re.compile(rf"(^|/){FILE}")
_HANDLE = re.compile(r"(?:^|/)@([\w.-]+)")
_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d) (\d{1,2}):(\d\d) ?([ap])m$", re.IGNORECASE)


class Reader(Account):
    """Whose export it is: by the profile, else by the author named under the posts."""

    platform = NAME

    def begin(self) -> None:
        """Read profile/profile.html, else look at the newest posts."""
        self.era = "HTML export"
        self.told: set[str] = set()
        self.display: str | None = None
        self.responses = 0
        self.attempt(self._profile)
        if self.account is None:
            self.attempt(self._from_posts)
        self.prefix = f"medium:{self.account or '?'}:"

    def _page(self, path: str) -> Any:
        try:
            return document(self.tree.read(path))
        except (*READ_ERRORS, UnsafeArchive, ValueError):
            return None

    def _profile(self) -> None:
        for path in self.members:
            if re.search(r"(^|/)profile/profile\.html$", path) and (root := self._page(path)) is not None:
                said = dict(labelled(root))
                self.display = said.get("display name") or text_of(root, "h3", "p-name") or None
                self.account = handle_of(link_of(root, "u-url")) or said.get("username", "").lstrip("@") or None

    def _from_posts(self) -> None:
        posts = sorted(m for m in self.members if _POST.search(m) and "draft_" not in m)
        for path in posts[-3:]:
            root = self._page(path)
            if root is not None and (address := link_of(root, "p-author")):
                self.account = handle_of(address) or self.account
                self.display = self.display or text_of(root, "a", "p-author") or None

    def once(self, key: str) -> bool:
        """Whether this is new."""
        if key in self.told:
            return False
        self.told.add(key)
        return True

    def finish(self) -> Iterator[Record]:
        """What the person should know."""
        if self.responses:
            self.warnings.append(
                "Medium does not mark which texts are answers to others: short ones without a heading are shown as comments."
            )
        if not any(_POST.search(m) for m in self.members):
            self.warnings.append("No posts are in this export: if you ever wrote on Medium, ask for it again.")
        yield from ()


def having(root: Any, name: str) -> Iterator[Any]:
    """Elements of a class, in order."""
    for element in root.iter():
        if isinstance(element.tag, str) and name in (element.get("class") or "").split():
            yield element


def text_of(root: Any, tag: str, name: str) -> str:
    """The words of the first element of this tag and class; "" when there is none."""
    return next((words(e) for e in having(root, name) if e.tag == tag), "")


def link_of(root: Any, name: str) -> str:
    """The address of the first link of this class; "" when there is none."""
    return next((e.get("href") or "" for e in having(root, name) if e.tag == "a"), "")


def handle_of(address: str) -> str | None:
    """The handle in a profile's address: `medium.com/@handle`, or an address of its own, `handle.medium.com`."""
    host, path = host_and_path(address)
    found = _HANDLE.search(unquote(path))
    if found:
        return found[1]
    return host.removesuffix(".medium.com") if host.endswith(".medium.com") and host != "www.medium.com" else None


def listed(root: Any) -> list[Any]:
    """The entries of a page's lists, each taken out of the page: where tags are not closed one would hold all that follow."""
    found = list(root.iter("li"))
    for entry in reversed(found):
        if (parent := entry.getparent()) is not None:
            parent.remove(entry)
    return found


def labelled(root: Any) -> Iterator[tuple[str, str]]:
    """`<b>Label:</b> value` pairs of the profile page, labels in lower case."""
    for label in root.iter("b", "strong"):
        name = (label.text or "").strip().rstrip(":").lower()
        value = (label.tail or "").strip().lstrip(":").strip()
        following = label.getnext()
        if not value and following is not None and following.tag not in ("b", "strong", "br"):
            value = words(following)
        if name and value:
            yield name, value
    for entry in root.iter("li"):  # the same without bold
        name, colon, value = (entry.text or "").partition(":")
        if colon and value.strip():
            yield name.strip().lower(), value.strip()


def moment(element: Any) -> str | None:
    """When: machine-readable, else in words (`2021-02-03 4:05 am`, in a zone that is not named)."""
    text = (element.get("datetime") or words(element)).strip()
    found = _CLOCK.match(text)
    if found is None:
        return from_iso(text)
    hour = int(found[2]) % 12 + (12 if found[4].lower() == "p" else 0)
    return from_iso(f"{found[1]}T{hour:02}:{found[3]}")
