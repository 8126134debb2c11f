"""WhatsApp: chats exported one by one as text (iPhone, Android; alone, or in a zip with what was sent), and the account report.

A chat export is one conversation, chosen by the person: from it nothing can be said about the rest of WhatsApp. There is no
export of posts, and Status is in neither. Times are the phone's own, without a zone. The export does not say whose it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipInfo

from auditlib.archive import READ_ERRORS
from auditlib.jsonstream import BadElement, Broken
from auditlib.platforms import _whatsapp_report as report
from auditlib.platforms._whatsapp_lines import Layout, is_chat, layout_of
from auditlib.platforms._whatsapp_messages import Told, messages
from auditlib.platforms._whatsapp_scan import Chat, folded, is_phone, name_of, scan
from auditlib.reading import DATA, Account, Asking, Ignored, Page, Rows, Stream, Whole
from auditlib.records import Connection, Conversation, Question, Record
from auditlib.text import digest

NAME, TITLE = "whatsapp", "WhatsApp"
ONE = True  # every chat is a download of its own
_FOLDER = r"^(?P<root>(?:.*/)?[^/]*WhatsApp[^/]*/)"
MARKERS = (
    re.compile(rf"{_FOLDER}(?:_chat|[^/]*WhatsApp[^/]*)\.txt$"),
    re.compile(r"^(?P<root>(?:.*/)?)(?:registration_information|avatars_information)\.(?:json|html)$"),
)
TOGETHER = ("user_information.json", "account_settings.json")
_CALLED = r"(?:[Cc]hatt?|[Cc]zat|[Cc]onversa|[Kk]eskustelu|[Dd]iscussion|[Ss]ohbeti)"
_NAMED = re.compile(rf"(?:^|/)(?:_chat|[^/]*(?:{_CALLED}[^/]*WhatsApp|WhatsApp[ -]{_CALLED})[^/]*)(?: ?\(\d+\))?\.txt$")
# "WhatsApp Chat with Jo.txt", "WhatsApp Chat - Jo.zip"; elsewhere "WhatsApp Chat mit Jo", "Chat de WhatsApp con Jo"
_TITLE = re.compile(
    r"(?:^|, )[^,]{0,20}WhatsApp(?:[ -][Cc]hatt?)? ?(?:with|mit|con|avec|com|met|med|z|-|\u2013) (?P<name>.+)$"
    r"|WhatsApp-keskustelu(?: käyttäjän|:)? (?P<finnish>.+?)(?: kanssa)?$"
)
_ENDING = re.compile(r"(?:\.(?:txt|zip|tar|gz|tgz))+$", re.IGNORECASE)
_COPY = re.compile(r"\s*\(\d{1,2}\)$")
_AGAIN = re.compile(r"(?:[ -]\d{1,2}| copy)$")  # how a Mac and an iPhone name a second download: maybe part of the name
SITES: tuple[str, ...] = ()
FIND = "In WhatsApp, open this chat and search it for a few of the words, or scroll to {day}."
NOT_HELD: tuple[str, ...] = ("posts", "stories", "reposts", "comments", "reactions", "reviews", "friends", "followers",
    "following", "requests")  # fmt: skip
NOT_YET: tuple[str, ...] = ()
ASK = Asking(
    where="In each chat: its menu, More, Export chat",
    steps=(
        "Open a chat that matters: your groups first, and chats with families or former pupils.",
        "Open the chat's menu and choose Export chat (on an iPhone tap the name at the top and scroll down).",
        "Save it to your files and add every chat you exported here together.",
        "For your privacy settings: Settings, Account, Request account info.",
    ),
    choose="Without media keeps up to about 40,000 messages of a chat, with media only about 10,000",
)
_CUTS = ((39_500, 40_500), (9_900, 10_100))  # messages of chats that WhatsApp has cut: without media, with media
_LATE = timedelta(days=31)
_MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December")  # fmt: skip


def SNIFF(head: bytes, name: str) -> bool:
    """Whether a file handed over on its own is a chat: two line heads at its start, or WhatsApp's own file name."""
    if not name.lower().endswith(".txt"):
        return False
    return bool(_NAMED.search(name)) or _layout(b"\n".join(head.split(b"\n")[:60]), name) is not None


def _layout(head: bytes, name: str) -> Layout | None:
    """The layout of a chat; None for a text that is none, such as a diary."""
    found = layout_of(head)
    if found and (_NAMED.search(name) or (found[1] > 1 and is_chat(head, found[0]))):
        return found[0]
    return None


class Reader(Account):
    """The chats, who wrote in them, and which of those is the person."""

    platform = NAME

    def begin(self) -> None:
        """Tell chats from other texts by what is in them."""
        self.chats: dict[str, Chat] = {}
        self.owners: frozenset[str] = frozenset()
        self.latest: dict[str, str] = {}  # member -> moment of its last message
        self.seen: dict[str, set[int] | None] = {}
        self.others: list[tuple[str, str]] = []  # where, and the other person of a conversation of two
        self.told: set[str] = set()  # keys of connections and facts
        for member in [m for m in self.members if m.lower().endswith(".txt")]:
            if layout := _layout(self.head_of(member, 1 << 16), member):
                self.chats[member] = Chat(member, layout, self.title_of(member))
                self.ways[member] = Stream(chat)
        for member in [m for m in self.members if report.PAGES.search(m)]:
            if re.sub(r"\.html?$", ".json", member, flags=re.IGNORECASE) in self.tree.members:
                self.ways[member] = Ignored("the same as the JSON file beside it, as a web page")
        reported = any(report.FILES.search(m) for m in self.members)
        self.era = ", ".join(w for w, there in (("chat export", self.chats), ("account report", reported)) if there)

    def title_of(self, member: str) -> str | None:
        """A conversation's name, from its file, folder or zip; None when it was saved under WhatsApp's own name for all."""
        path, _, name = member.rpartition("/")
        folder = path.rpartition("/")[2]
        for word in [name, folder, self.origin(member)]:
            if made := _TITLE.search(_COPY.sub("", _ENDING.sub("", word))):
                return _COPY.sub("", made["name"] or made["finnish"]).strip() or None
        return None if name.lower() == "_chat.txt" else _COPY.sub("", _ENDING.sub("", name)).strip() or None

    def settle(self) -> None:
        """Read each chat once for who writes in it and how its dates go, then find out who the person is."""
        odd: dict[str, list[str]] = {}
        for member in self.members:
            if member not in self.chats and DATA.search(member):
                odd.setdefault(member.rpartition("/")[0], []).append(member)
        for member, one in self.chats.items():
            beside = {m.rpartition("/")[2]: m for m in odd.get(member.rpartition("/")[0], [])[:500]}
            try:
                with self.tree.open(member) as stream:
                    sent = scan(stream, one, set(beside))
            except READ_ERRORS:
                one.broken = True
                continue
            for name in sent:
                if not report.FILES.search(name):
                    self.ways[beside[name]] = Ignored("a file that was sent in a chat: not read")
            # a file's name has "_" for what a file may not be called
            called = {folded(one.title or ""), folded(_AGAIN.sub("", one.title or ""))}
            alike = [n for n in (*one.participants, name_of(one.group_name or "")) if folded(n) in called]
            one.title = next(iter(alike), one.title) or name_of(one.group_name or "") or None
            one.id = digest(folded(one.title)) if one.title else digest("", one.first_head)
        twice = Counter(c.id for c in self.chats.values())
        self.seen = {i: set() if n > 1 else None for i, n in twice.items()}
        self._owner()
        self._dates()

    def _owner(self) -> None:
        """The names the person gave, else who deleted "for everyone" as "You", else the one person who is in every chat."""
        chats = [c for c in self.chats.values() if c.people]
        if not chats:
            return
        written = Counter(n for c in chats for n in set(c.people.values()))
        names = {folded(n): n for n in sorted(written, key=lambda n: written[n])}
        mine = [names[folded(n)] for n in self.answers.me if folded(n) in names]
        if self.answers.me and not mine:
            self.warnings.append("Nobody in these chats is called what you said: choose your name as it stands in the chats.")
        mine = mine or self._deleting(chats)
        if not mine and len({c.id for c in chats}) > 1:
            people = [{folded(n) for n in c.people.values()} for c in chats]
            # who never wrote in a group is invisible there, so when nobody is everywhere those of two alone are asked
            for some, told in ((people, "them"), ([p for p in people if len(p) == 2], "those with two people")):
                everywhere = set.intersection(*some) if len(some) > 1 else set()
                if len(everywhere) == 1:
                    mine = [names[everywhere.pop()]]
                    self.warnings.append(
                        f"The chats do not say who you are: {mine[0]} is in all of {told} and is taken to be you. "
                        "If that is somebody else, say which name is yours."
                    )
                if everywhere or mine:
                    break
        if mine:
            self.owners, self.account = frozenset(folded(n) for n in mine), mine[0]
            return
        titles = {folded(c.title) for c in chats if c.title}
        # who is in most chats first; whom a chat is named after last, for that is the other person
        order = sorted(written, key=lambda n: (folded(n) in titles, -written[n], n))[:50]
        self.questions.append(
            Question(
                id="whatsapp.owner",
                text="Which of these names is you? WhatsApp's chat exports do not say.",
                options=tuple((n, n) for n in order),
            )
        )
        self.warnings.append("The chats do not say which of the people in them you are: choose your name, then look again.")

    def _deleting(self, chats: list[Chat]) -> list[str]:
        """Who deleted messages as "You": one name a chat, for somebody else can have typed those words."""
        mine: Counter[str] = Counter()
        for one in chats:
            by = Counter({name_of(a): n for a, n in one.deleted_by.items()}).most_common(2)
            if by and (len(by) == 1 or by[0][1] > by[1][1]):
                mine[by[0][0]] += by[0][1]
        first = next((n for n, _ in mine.most_common(1)), None)
        # another name counts only where the first is not: the same phone, before its owner changed the name
        others = [n for n in mine if n != first and not any({n, first} <= set(c.people.values()) for c in chats)]
        return [first, *others] if first else []

    def _dates(self) -> None:
        """Chats whose dates can be read in two ways: as the person says, else day first, and they are asked."""
        unsure = [c for c in self.chats.values() if not c.sure]
        if not unsure:
            return
        if self.answers.day_first is not None:
            for one in unsure:
                one.order = "dmy" if self.answers.day_first else "mdy"
            return
        first, second = next(pair for c in unsure if (pair := c.days.pair))
        months = [_MONTHS[n] for n in (first, second)]
        self.questions.append(
            Question(
                id="whatsapp.day-order",
                text=f"In {_listed([_called(c) for c in unsure])}, is {first}/{second} a day in {months[1]} or in {months[0]}?",
                options=(("day-first", f"{first} {months[1]}"), ("month-first", f"{second} {months[0]}")),
            )
        )
        self.warnings.append(
            f"The dates of {_listed([_called(c) for c in unsure])} can be read in two ways and are uncertain: "
            f"{first}/{second} is taken to be {first} {months[1]}. Say which it is if you know."
        )

    def finish(self) -> Iterator[Record]:
        """The other people of conversations of two; what a person should know: what one chat can't show, chats that stop."""
        chats = list(self.chats.values())
        if chats:
            many = len({c.id for c in chats})
            told = "one conversation" if many == 1 else f"{many} conversations"
            self.warnings.append(
                f"This is {told} of your WhatsApp, no more: what you wrote in other chats is not in it, so nothing found here "
                "does not mean nothing there. Export every chat that matters. Status updates are in no export."
            )
            if any(self.seen[c.id] is not None for c in chats):
                self.warnings.append("A chat was given in more than one export: what they have in common is read once.")
        elif not any(report.FILES.search(m) for m in self.members):
            self.warnings.append("There is no message in what you gave: export the chat again, and open the file to see it.")
        else:
            self.warnings.append(
                "This is WhatsApp's account report: your messages are not in it. Export the chats that matter, one by one."
            )
        self._cut(chats)
        self._early(chats)
        for where, name in self.others:
            yield from self.person(where, name)

    def _cut(self, chats: list[Chat]) -> None:
        cut = [
            c
            for c in chats
            if _CUTS[0][0] <= c.count <= _CUTS[0][1] or (c.attachments and _CUTS[1][0] <= c.count <= _CUTS[1][1])
        ]
        if cut:
            self.warnings.append(
                f"{_listed([_called(c) for c in cut])} may be cut: WhatsApp exports only the newest messages of a long chat, "
                "about 40,000, or 10,000 with media. Export it without media, and scroll back in the app for what is older."
            )

    def _early(self, chats: list[Chat]) -> None:
        stopped: list[str] = []
        newest: dict[str, tuple[str, Chat]] = {}
        for one in chats:
            if last := self.latest.get(one.member):
                newest[one.id] = max(newest.get(one.id, ("", one)), (last, one), key=lambda pair: pair[0])
        for last, one in newest.values():
            saved = self._saved(one.member)
            if saved and datetime.fromisoformat(last[:10]) + _LATE < saved:
                day = datetime.fromisoformat(last[:10])
                stopped.append(f"{_called(one)} ({day.day} {_MONTHS[day.month]} {day.year})")
        if stopped:
            self.warnings.append(
                f"Stops well before the export was made: {_listed(stopped)}. If you have written there since, export it again."
            )

    def _saved(self, member: str) -> datetime | None:
        """When a chat was exported, as far as its zip or file says; archives without a date say 1980."""
        inner = self.tree.members[member].inner
        try:
            if isinstance(inner, ZipInfo):
                saved = datetime(*inner.date_time)
            elif isinstance(inner, Path):
                saved = datetime.fromtimestamp(inner.stat().st_mtime, UTC).replace(tzinfo=None)
            else:
                return None
        except (OSError, ValueError, OverflowError):
            return None
        return saved if saved.year > 2009 else None

    def person(self, where: str, name: str) -> Iterator[Record]:
        """The other person of a conversation of two."""
        key = f"{NAME}:messaged:{digest(folded(name))}"
        if key in self.told:
            return
        self.told.add(key)
        phone, digits = is_phone(name), re.sub(r"\D", "", name)
        yield Connection(
            platform=NAME,
            account=self.account,
            where=where,
            key=key,
            relation="messaged",
            handle=name if phone else None,
            name=None if phone else name,
            url=f"https://wa.me/{digits}" if phone and name.startswith("+") else None,
        )


def chat(stream: BinaryIO, a: Reader) -> Iterator[Record | BadElement]:
    """One chat file: its messages, then who the other person is."""
    one = a.chats.get(a.member)
    if one is None:
        raise Broken("not a chat" if stream.read(1) else "empty")
    talk = Conversation(one.id, one.title, one.participants, one.group)
    folder = a.member[: a.member.rfind("/") + 1]
    files = {m[len(folder) :]: m for m in a.tree.members if m.startswith(folder) and "/" not in m[len(folder) :]}
    files.pop(a.member[len(folder) :], None)
    yield from messages(stream, one, Told(a.account, a.owners, talk, files, a.latest, a.seen[one.id]))
    if not talk.group:
        others = [n for n in talk.participants if folded(n) not in a.owners]
        if not a.owners:  # then the file's name tells who the other person is
            others = [n for n in others if one.title and folded(n) == folded(one.title)]
        a.others.extend((f"{a.member}#0", name) for name in others)


def _called(one: Chat) -> str:
    return f"\u201c{one.title}\u201d" if one.title else "a chat without a name"


def _listed(names: list[str]) -> str:
    """Up to five names as a sentence has them."""
    names = list(dict.fromkeys(names))
    more = len(names) - 5
    if more > 0:
        names = [*names[:5], f"{more} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


FILES: Rows = (
    (r"_chat\.txt$", Stream(chat)),
    (r"[^/]*WhatsApp[^/]*\.txt$", Stream(chat)),
    (r"registration_information\.json$", Whole(report.registration)),
    (r"user_information\.json$", Whole(report.settings)),
    (r"account_settings\.json$", Whole(report.settings)),
    (r"contacts\.json$", Whole(report.contacts)),
    (r"groups\.json$", Whole(report.groups)),
    (r"(?:avatars_information|terms_of_service)\.(?:json|html?)$", Ignored("avatars and terms: no words of yours")),
    (r"index\.html?$", Ignored("a table of contents")),
    (r"(?:registration_information|user_information|account_settings)\.html?$", Page(report.settings_page)),
    (r"contacts\.html?$", Page(report.contacts_page)),
    (r"groups\.html?$", Page(report.groups_page)),
)  # fmt: skip
