"""Messenger's separate download of end-to-end encrypted chats: `<Thread name>_<N>.json` and media/, or pages of chats alone.

One-to-one chats moved to end-to-end encryption from the end of 2023; what was written since is in no Facebook export. Chats
inside a Facebook export are Facebook's. Format facts: kenn-io/msgvault, RLEAPP (facebookE2EMessages).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditlib.platforms._meta import EMPTY, START
from auditlib.platforms._meta_messages import MESSAGES
from auditlib.platforms._meta_other_messages import PAGES, SEALED
from auditlib.platforms._meta_pages import front
from auditlib.platforms._meta_threads import THREADS, MessageReader, is_sealed
from auditlib.reading import Asking, Rows
from auditlib.records import Record
from auditlib.text import digest

NAME, TITLE = "messenger", "Messenger"
ONE = True  # the download comes as it is asked for: all of it is one person's
MARKERS = ()


def SNIFF(head: bytes, name: str) -> bool:
    """Whether a file begins as a chat of this download, or is a page of one chat."""
    if name.lower().endswith(".json"):
        return is_sealed(head)
    return name.lower().endswith((".html", ".htm")) and len(front(head).people) > 1


class Reader(MessageReader):
    """Who of the people in the chats the person is."""

    platform = NAME
    chats = "Messenger chats"
    sealed_way = SEALED

    def identify(self) -> None:
        """The download names nobody as its owner."""
        self.era = "2023 onward"
        if not any(m.lower().endswith(".json") for m in self.members):
            self.era = "web pages"
        for name in self.me:
            self.called(name)

    def loose(self) -> list[str]:
        """Pages of one chat each."""
        return self.web

    def thread_id(self, folder: str) -> str:
        """What stands for the name of a page given alone: it may hold anything."""
        name = folder.rsplit("/", 1)[-1]
        return digest(name) if f"{folder}.html" in self.web or f"{folder}.htm" in self.web else super().thread_id(folder)

    def finish(self) -> Iterator[Record]:
        """What the person should know."""
        self.warn_in_common()
        if self.sealed:
            self.warnings.append(
                "These are your encrypted chats only: your posts and older chats are in Facebook's own archive."
            )
        yield from ()


FILES: Rows = (
    (r"no-data\.txt$", EMPTY),
    (r"(?:index|start_here)\.html?$", START),
    (THREADS, MESSAGES),
    (r".*\.html?$", PAGES),
)

SITES: tuple[str, ...] = ("messenger.com", "facebook.com")
FIND = "In Messenger, open the conversation and scroll to {day}."
NOT_HELD = (
    "posts", "stories", "reposts", "comments", "reviews", "friends", "followers", "following", "requests", "blocked",
    "address-book", "profile", "settings",
)  # fmt: skip
NOT_YET = ("reactions",)
ASK = Asking(
    where="Messenger on a computer: Settings, Privacy and safety, End-to-end encrypted chats, Message storage",
    steps=(
        "Open Messenger on a computer: the phone does not offer this download.",
        "Open its settings, then the part about end-to-end encrypted chats and their message storage.",
        "Choose to download your secure storage data, and save the zip (usually messages.zip).",
        "Ask for Facebook's own archive as well: older chats are only in that one.",
    ),
    choose="All chats",
    url="https://www.facebook.com/messages",
)
