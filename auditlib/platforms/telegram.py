"""Telegram, as Telegram Desktop exports it: a whole account or one chat, as JSON (`result.json`), web pages, or both.

Phones cannot export. Where a folder holds both forms the JSON is read and the pages are not counted again. An export of a
whole account says whose it is; of one chat only a conversation of two does, for its number is the other person's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO

from auditlib.archive import READ_ERRORS
from auditlib.errors import UnsafeArchive
from auditlib.jsonstream import BadElement, Broken
from auditlib.markup import document as page_of
from auditlib.platforms import _telegram_html as pages
from auditlib.platforms._telegram_json import First, Found, Message, Part, Talk, Value, first_pass, opening, walk
from auditlib.platforms._telegram_messages import NAME as NAME
from auditlib.platforms._telegram_messages import Chat, full_name, message, text_of
from auditlib.platforms._telegram_values import VALUES
from auditlib.reading import RECORD_ERRORS, Account, Asking, Blocks, Ignored, Page, Rows, Stream, Unknown
from auditlib.records import Connection, Item, Question, Record
from auditlib.text import digest

TITLE = "Telegram"
_PAGE = re.compile(r"(?:^|/)messages\d*\.html$")
_WHOLE = re.compile(r"(?:^|/)(?:export_results\.html$|DataExport_)")
MARKERS = (
    re.compile(r"^(?P<root>(?:.*/)?(?:DataExport|ChatExport)_[^/]+/)(?:result\.json|export_results\.html|messages\d*\.html)$"),
    re.compile(r"^(?P<root>(?:.*/)?)export_results\.html$"),
    re.compile(r"^(?P<root>(?:.*/)?)chats/chat_\d+/messages\d*\.html$"),
)
_TYPES = (
    rb"saved_messages|verification_codes|personal_chat|bot_chat|private_group|private_supergroup|public_supergroup|"
    rb"private_channel|public_channel"
)
SNIFF = re.compile(
    rb'"personal_information"\s*:\s*\{\s*"user_id"'
    rb'|^\s*\{\s*"about"\s*:\s*"[^"]*",\s*"(?:contacts|frequent_contacts|chats|left_chats)"\s*:\s*\{\s*"(?:about|list)"\s*:'
    rb'|"type"\s*:\s*"(?:' + _TYPES + rb')"|class="page_wrap"'
    rb'|^\s*\{\s*(?:"chats"\s*:\s*\{\s*"list"\s*:\s*\[\s*\{\s*(?:"name"\s*:\s*"[^"]*",\s*)?)?"messages"\s*:\s*\[\s*\{'
    rb'[^{}]*"type"\s*:\s*"(?:message|service)"'
)
SITES: tuple[str, ...] = ("t.me", "telegram.me")
FIND = "In Telegram, open this chat and search it for a few of the words, or go to {day}."
NOT_HELD: tuple[str, ...] = ("reposts", "comments", "reviews", "friends", "followers", "following", "requests", "blocked",
    "settings")  # fmt: skip
NOT_YET: tuple[str, ...] = ()
ASK = Asking(
    where="Telegram Desktop: Settings, Advanced, Export Telegram data",
    steps=(
        "Install Telegram Desktop on a computer and log in: the phone apps cannot export.",
        "Choose Settings, Advanced, Export Telegram data.",
        "Untick \u201cOnly my messages\u201d for groups and channels that matter.",
        "Choose the JSON format, start, and give this program the whole folder that is made.",
    ),
    choose="Account information, contacts, stories, personal chats, groups and channels; machine-readable JSON; all dates",
)


class Reader(Account):
    """Whose export it is, the chats that the first pass found, and the web pages that stand for no JSON."""

    platform = NAME

    def begin(self) -> None:
        """Find the JSON files and whose they are; set aside pages that repeat them."""
        self.id: str | None = None
        self.names: frozenset[str] = frozenset()
        self.first: dict[str, First] = {}
        self.told: set[str] = set()
        self.seen: dict[str, set[Any]] = {}
        self.pages: dict[str, pages.Page] = {}
        self.unsigned = self.repeated = 0
        self.own: list[dict[str, Any]] = []
        roots = []
        for member in self.members:
            if member.lower().endswith(".json") and SNIFF.search(self.head_of(member)):
                self.first[member] = First({}, {})
                self.ways[member] = Stream(export)
                roots.append(member[: member.rfind("/") + 1])
                with suppress(Broken, *READ_ERRORS), self.tree.open(member) as stream:
                    self.own += opening(stream)
        for member in self.members:
            if member.lower().endswith(".html") and any(member.startswith(r) for r in roots):
                self.ways[member] = Ignored("the same as result.json beside it, as a web page")
        self.attempt(self._whose)
        paged = any(_PAGE.search(m) and m not in self.ways for m in self.members)
        self.era = ", ".join(w for w, there in (("JSON", self.first), ("web pages", paged)) if there)

    def _page(self, member: str) -> None:
        """The first pass over one page of a chat."""
        folder = member[: member.rfind("/") + 1]
        try:
            with self.tree.open(member) as stream:
                title, people = pages.seen(stream)
        except READ_ERRORS:
            return
        before = self.pages.get(folder)
        people = (before.people if before else {}) | people
        self.pages[folder] = pages.Page((before.title if before else None) or title, people)

    def _alike(self) -> None:
        """Pages of chats that have the same name: the same chat again, or another's (all deleted accounts have one name)."""
        twice = Counter(p.id for p in self.pages.values())
        keys: dict[str, dict[str, int]] = {i: {} for i, n in twice.items() if n > 1}
        for one in self.pages.values():
            one.keys = keys.get(one.id)

    def _whose(self) -> None:
        """The personal information of an export of a whole account."""
        for own in self.own:
            self.id = f"user{own['user_id']}" if own.get("user_id") is not None else None
            self._named(own)
        for member in self.members:
            if member.endswith("export_results.html") and member not in self.ways and self.account is None:
                try:
                    self._named(pages.personal(page_of(self.tree.read(member))))
                except (*READ_ERRORS, UnsafeArchive):
                    continue

    def _named(self, own: dict[str, Any]) -> None:
        name = full_name(own)
        self.account = (text_of(own.get("username")) or "").lstrip("@") or name or self.account
        self.names = self.names | {_folded(n) for n in (name, text_of(own.get("first_name"))) if n}

    def settle(self) -> None:
        """Read everything once for who takes part; say who the person is where no part does.

        By the other's number, by what they answered, or as the one who is in every chat.
        """
        for member in self.first:
            with suppress(*READ_ERRORS), self.tree.open(member) as stream:
                self.first[member] = first_pass(stream)
        for member in [m for m in self.members if _PAGE.search(m) and m not in self.ways]:
            self._page(member)
        self._alike()
        talks = [found for first in self.first.values() for found in first.chats.values()]
        twice = Counter(_chat_id(f) for f in talks)
        self.seen = {i: set() for i, n in twice.items() if i and n > 1}
        self.names = self.names | {_folded(n) for n in self.me}
        if self.id is None and self.account is None:
            self._by_number(talks)
        if self.id is None and not self.account:
            groups = [{n for n in f.people.values() if n} for f in talks]
            groups += [{n for n in p.people if n != pages.DELETED} for p in self.pages.values()]
            self._by_name([g for g in groups if g])

    def _by_number(self, talks: list[Found]) -> None:
        """In a conversation of two the chat's number is the other person's: the one that is not is the owner."""
        mine: Counter[str] = Counter()
        for found in talks:
            other = f"user{found.head.get('id')}"
            if found.head.get("type") in ("personal_chat", "bot_chat"):
                mine.update(w for w in found.people if w.startswith("user") and w != other)
            elif found.head.get("type") == "saved_messages":
                mine.update(w for w in found.people if w == f"user{found.head.get('id')}")
        if mine:
            self.id = mine.most_common(1)[0][0]
            names = [f.people[self.id] for f in talks if f.people.get(self.id)]
            self.account = names[0] if names else None

    def _by_name(self, groups: list[set[str]]) -> None:
        if not groups:
            return
        everyone = Counter(n for g in groups for n in g)
        answered = [n for n in everyone if _folded(n) in self.names]
        if answered:
            self.account = answered[0]
            return
        everywhere = set.intersection(*groups)
        if len(groups) > 1 and len(everywhere) == 1:
            self.account = everywhere.pop()
            self.names = self.names | {_folded(self.account)}
            self.warnings.append(
                f"These chats do not say who you are: {self.account} is in all of them and is taken to be you. "
                "If that is somebody else, say which name is yours."
            )
            return
        order = sorted(everyone, key=lambda n: (-everyone[n], n))[:50]
        self.questions.append(
            Question(
                id="telegram.owner",
                text="Which of these names is you? This export of Telegram chats does not say.",
                options=tuple((n, n) for n in order),
            )
        )
        self.warnings.append("These chats do not say which of the people in them you are: choose your name, then look again.")

    def file(self, path: str) -> str | None:
        """A file's path in the archive; None for a sentence in brackets that says why it is not there."""
        if path.startswith("("):
            return None
        whole = self.member[: self.member.rfind("/") + 1] + path
        return whole if whole in self.tree.members else None

    def page(self) -> pages.Page:
        """The chat that the page being read belongs to."""
        return self.pages[self.member[: self.member.rfind("/") + 1]]

    def who(self, name: str | None) -> Any:
        """me, other, or None while it is not known who the owner is."""
        if not self.names or name is None:
            return None
        return "me" if _folded(name) in self.names else "other"

    def once(self, record: Any) -> Iterator[Record]:
        """The record unless its key was told."""
        if record.key not in self.told:
            self.told.add(record.key)
            yield record

    def finish(self) -> Iterator[Record]:
        """What a person should know."""
        full = any(not f.alone and (f.chats or f.values) for f in self.first.values())
        full = full or any(_WHOLE.search(m) for m in self.members)
        if self.seen or self.repeated:
            self.warnings.append("A chat was given in more than one export: what they have in common is read once.")
        if not (self.first or self.pages):
            self.warnings.append("There is nothing in what you gave: export it again, and wait until Telegram says it is done.")
        elif not full:
            self.warnings.append(
                "This is an export of single chats: your other chats, contacts and details are not in it. "
                "For all of it use Settings, Advanced, Export Telegram data in Telegram Desktop."
            )
        else:
            self.warnings.append(
                "Unless you ticked more, Telegram exports only your own messages in groups and channels that are not yours. "
                "Secret chats, blocked people and privacy settings are in no export: look at those in the app."
            )
        if self.pages:
            self.warnings.append(
                "This export is made of web pages, which say less: ask for machine-readable JSON if you can. "
                "Its times are those of the computer that made it."
            )
        if self.unsigned:
            self.warnings.append(
                "Posts of channels that are not signed do not say who wrote them: "
                "if the channel is yours, look at them by hand."
            )
        for folder, page in self.pages.items():
            if page.alone and self.who(page.title) == "other":
                key = f"{NAME}:messaged:{digest(page.title or '')}"
                where = f"{folder}messages.html#0"
                yield from self.once(
                    Connection(
                        platform=NAME, account=self.account, where=where, key=key, relation="messaged", name=page.title
                    )
                )  # fmt: skip


def _folded(name: str) -> str:
    return " ".join(name.casefold().lstrip("@").split())


def _chat_id(found: Found) -> str:
    return f"{found.head.get('type')}:{found.head['id']}" if found.head.get("id") is not None else ""


def export(stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
    """One result.json: chats as they come, everything else by its key."""
    first = a.first.get(a.member) or First({}, {})
    now, chat, seen = -1, None, None
    for found in walk(stream, Message):
        if isinstance(found, BadElement):
            yield found
        elif isinstance(found, Value):
            yield from _guarded(VALUES.get(found.key), found.value, a)
        elif isinstance(found, Talk):
            if chat is not None and found.number == now:
                yield from _other(chat, found, a)
        else:
            if found.number != now:
                of_it = first.chats.get(found.number) or Found()
                now, chat = found.number, Chat(of_it, a.account, a.id, a.names)
                seen = a.seen.get(_chat_id(of_it))
            assert chat is not None
            yield from _part(found, chat, seen, a)


def _part(part: Part, chat: Chat, seen: set[Any] | None, a: Reader) -> Iterator[Record | BadElement]:
    for one in part.messages:
        if seen is not None and one.id is not None:  # the same chat in another export
            if one.id in seen:
                continue
            seen.add(one.id)
        try:
            made = list(message(one, chat, a))
        except RECORD_ERRORS as error:
            yield BadElement(a.position, type(error).__name__)
        else:
            if made and type(made[0]) is Item and made[0].author is None and "channel" in chat.type:
                a.unsigned += 1
            yield from made
        a.position += 1


def _other(chat: Chat, talk: Talk, a: Reader) -> Iterator[Record]:
    """The other person of a conversation of two, once its messages have been read."""
    if chat.type == "personal_chat" and chat.number:
        name = text_of(talk.head.get("name"))
        yield from a.once(
            Connection(
                platform=NAME, account=a.account, where=a.where, key=f"{NAME}:messaged:{chat.number}", relation="messaged",
                id=chat.number, name=name,
            )
        )  # fmt: skip


def _guarded(function: Any, value: Any, a: Reader) -> Iterator[Record | BadElement]:
    if function is None:
        return
    try:
        yield from function(value, a)
    except RECORD_ERRORS as error:
        yield BadElement(a.position, type(error).__name__)


def personal_page(root: Any, a: Reader) -> Iterator[Record]:
    """export_results.html: the person's own details."""
    yield from VALUES["personal_information"](pages.personal(root), a)


FILES: Rows = (
    (r"result\.json$", Stream(export)),
    (r"export_results\.html$", Page(personal_page)),
    (r"messages\.html$", Blocks(pages.message, pages.is_message)),
    (r"messages\d+\.html$", Blocks(pages.message, pages.is_message)),  # after the first page, which has no number
    (r"lists/contacts\.html$", Page(pages.contacts)),
    (r"lists/(?:chats|left_chats|sessions|web_sessions)\.html$", Ignored("lists of chats and log-ins: no words of yours")),
    (r"lists/[^/]+\.html$", Unknown("a list as a web page: ask for machine-readable JSON to have it read")),
    (r"(?:js|css|images)/[^/]+$", Ignored("how the web pages look and work")),
)
