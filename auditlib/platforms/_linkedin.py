"""LinkedIn's account: whose export it is, what was told so far, and what the person should know about it.

The owner's own address is in no profile file: it is inferred from Invitations.csv, else from the messages. Facts of the
format: "Get a copy of your data", exports of 2018 to 2026.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from auditlib.archive import READ_ERRORS
from auditlib.csvtable import encoding_of, table
from auditlib.jsonstream import Broken
from auditlib.platforms._linkedin_forms import NAME, alike, file, full, slug, web
from auditlib.reading import Account
from auditlib.records import Author, Connection, Conversation, Question, Record, Relation
from auditlib.text import digest

NOBODY = "linkedin member"  # how a deleted or hidden account is called in messages
SAMPLE = 20_000  # messages looked at to find out whose archive it is
MOST = 16  # own addresses kept
_NAMED = re.compile(r"LinkedInDataExport_(\d\d)-(\d\d)-(20\d\d)", re.IGNORECASE)


class Once:
    """Keys for rows without ids: the same row in a second file of its kind is told once, a repeat in one file keeps a count."""

    def __init__(self) -> None:
        self.member = ""
        self.earlier: set[int] = set()
        self.here: set[int] = set()
        self.again: Counter[int] = Counter()

    def turn(self, member: str) -> None:
        """Begin another file."""
        self.member = member
        self.earlier |= self.here
        self.here, self.again = set(), Counter()

    def key(self, member: str, name: str) -> str | None:
        """The end of the key of a row that this name stands for, or None when another file told this row already."""
        if member != self.member:
            self.turn(member)
        number = hash(name)
        if number in self.here:
            self.again[number] += 1
            name = f"{name}-{self.again[number] + 1}"
            number = hash(name)
        self.here.add(number)
        return None if number in self.earlier else name

    def has(self, name: str) -> bool:
        """Whether this was told, in this file or another."""
        number = hash(name)
        return number in self.here or number in self.earlier

    def first(self, name: str) -> bool:
        """Whether what can occur only once was not told before, in this file or another; it is now."""
        if self.has(name):
            return False
        self.here.add(hash(name))
        return True


class Talk:
    """One conversation as far as it was read: its people, and what is known of each sender to the same recipients."""

    __slots__ = ("mark", "people", "record", "senders", "url")

    def __init__(self, name: str) -> None:
        self.mark = digest(name)
        self.url = f"https://www.linkedin.com/messaging/thread/{name}/" if name else None
        self.people: dict[str, None] = {}
        # by name, address and recipients: who it is, the name, and the sum that the words' begins with
        self.senders: dict[tuple[str, str, str], tuple[Author | None, str | None, int]] = {}
        self.record = Conversation(None, None, (), False)


class Reader(Account):
    """Who the person is, and what later files need of earlier ones: connections, addresses met, drafts left out."""

    platform = NAME

    def begin(self) -> None:
        """Read Profile.csv, Invitations.csv, and of the messages what tells whose they are."""
        self.name = ""
        self.slugs: set[str] = set()
        self.names = {alike(name) for name in self.me}
        self.everywhere: list[str] = []  # who is in most of the conversations, to choose from
        self.senders: set[str] = set()  # names met as senders: they tell where a list of names is cut
        self.addresses: dict[str, str] = {}  # of senders, by name: until 2023 recipients had none
        self.once: dict[str, Once] = {}
        self.linked_names: set[str] = set()  # who is in Connections.csv with an address, by name
        self.linked_bare: set[str] = set()  # those without an address, by name
        self.talks: dict[str, Talk] = {}
        self.messages = Once()
        self.hidden = self.drafts = self.undated = 0
        self.written: set[str] = set()  # other people already told as messaged
        self.shared: set[str] = set()  # numbers of posts told
        self.told: set[str] = set()  # facts told
        self.attempt(self._profile)
        self.attempt(self._invited)
        if not self.slugs or not self.name or not any("recipient profile urls" in h for h in self._headers("messages")):
            self.attempt(self._sampled)
        if self.name:
            self.names.add(alike(self.name))
        self.account = self.name or min(self.slugs, default="") or None
        self.prefix = f"{NAME}:{self.account or '?'}:"
        self.era = self._era()
        named = " ".join({f"{self.origin(m)}/{m}" for m in self.members}).lower()
        self.words = any(self.files(name) for name in ("Shares", "Comments", "Reactions"))
        self.partial = not self.words and "complete_linkedin" not in named
        if self.members:
            # small and larger download of one day are parts of one export
            dated = _NAMED.search(f"{self.origin(self.members[0])}/{self.members[0]}")
            self.edition = f"{dated[3]}-{dated[1]}-{dated[2]}" if dated else ""

    def files(self, name: str) -> list[str]:
        """The members that are this file or a numbered copy of it."""
        wanted = re.compile(rf"(?:^|/){file(name)}", re.IGNORECASE)
        return [m for m in self.members if wanted.search(m)]

    def rows(self, name: str, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Rows of a file before its turn; what cannot be read ends it, and is reported when its turn comes."""
        for path in self.files(name):
            try:
                with self.tree.open(path) as stream:
                    for _, batch in table(stream, columns):
                        yield from batch
            except (Broken, *READ_ERRORS):
                continue

    def _profile(self) -> None:
        for first, last in self.rows("Profile", ("first name", "last name")):
            self.name = self.name or full(first, last)

    def _invited(self) -> None:
        columns = ("from", "to", "direction", "inviterprofileurl", "inviteeprofileurl")
        names: Counter[str] = Counter()
        for sender, to, direction, inviter, invitee in self.rows("Invitations", columns):
            word = direction.strip().upper()
            if word not in ("OUTGOING", "INCOMING"):
                continue
            mine, name = (inviter, sender) if word == "OUTGOING" else (invitee, to)
            if slug(mine) and len(self.slugs) < MOST:
                self.slugs.add(slug(mine))
            names[name.strip()] += 1
        if names and not self.name:
            self.name = names.most_common(1)[0][0]

    def _sampled(self) -> None:
        """Whose address is in nearly every conversation, or who sends under the profile's name."""
        talks: dict[str, set[str]] = {}
        called: dict[str, str] = {}
        columns = ("conversation id", "from", "sender profile url", "recipient profile urls", "date")
        seen: set[tuple[str, ...]] = set()
        for row in islice(self.rows("messages", columns), SAMPLE):
            talk, sender, url, others, date = row
            if not date or row[:4] in seen:
                continue
            seen.add(row[:4])
            self.senders.add(sender)
            if who := slug(url):
                called.setdefault(who, sender.strip())
                self.addresses.setdefault(alike(sender), url)
            if others.strip():  # until 2023 only senders had an address, and the person need not have sent anything
                there = {slug(one) for one in others.split(",")} | {who}
                talks.setdefault(talk, set()).update(there - {""})
        if not self.slugs:
            wanted = self.names | ({alike(self.name)} if self.name else set())
            named = {who for who, name in called.items() if alike(name) in wanted or who in wanted}
            self.slugs = named if len(named) == 1 else {who for who in self._everywhere(talks) if self._may_be(called.get(who))}
            met = Counter(called.get(who, who) for people in talks.values() for who in people)
            self.everywhere = [name for name, _ in met.most_common(10)] or sorted(set(called.values()))[:10]
        if not self.name and len(self.slugs) == 1:
            self.name = called.get(min(self.slugs), "")

    def _may_be(self, name: str | None) -> bool:
        """Whether a name met in messages does not contradict the profile's."""
        return not name or not self.name or alike(name) == alike(self.name)

    @staticmethod
    def _everywhere(talks: dict[str, set[str]]) -> set[str]:
        counts = Counter(who for people in talks.values() for who in people)
        first = counts.most_common(2)
        if len(talks) < 2 or not first or first[0][1] < 0.9 * len(talks):
            return set()
        # one other person in most conversations: it could be either of the two, so it stays open
        return {first[0][0]} if len(first) == 1 or first[1][1] <= 0.6 * len(talks) else set()

    def _headers(self, name: str) -> list[str]:
        heads = [self.tree.head(m) for m in self.files(name)]
        return [head.decode(encoding_of(head), "replace").lstrip("\ufeff").lower() for head in heads]

    def _era(self) -> str:
        for head in self._headers("messages"):
            if head.startswith('"conversation id"'):
                return "2026 onward"
            first = head.split("\n", 1)[0]
            if "attachments" in first or "draft" in first:
                return "2024 and 2025"
            return "2023" if "recipient profile urls" in first else "until early 2023"
        for head in self._headers("Connections"):
            return "mid-2023 onward" if re.search(r"last name\"?[,;\t]\"?url", head) else "until mid-2023"
        return ""

    def mine(self, name: str, address: str) -> bool | None:
        """Whether a sender is the person; None while the export does not say who that is."""
        if slug(address) in self.slugs or alike(name) in self.names:
            return True
        return False if self.slugs or self.names or alike(name) == NOBODY else None

    def kept(self, kind: str) -> Once:
        """What was told of a kind of row so far."""
        once = self.once.get(kind)
        if once is None:
            once = self.once[kind] = Once()
        return once

    def unique(self, kind: str, *parts: str) -> str | None:
        """A whole key for a row without an id, or None when it was told before (numbered duplicates of a file)."""
        end = self.kept(kind).key(self.member, digest("\0".join(parts)))
        return f"{self.prefix}{kind}:{end}" if end else None

    def person(self, relation: Relation, name: str, url: str, since: str | None, about: str = "") -> tuple[Record, ...]:
        """One line about one person; without an address they are known by name and date, which may occur twice."""
        who, once = slug(url), self.kept(relation)
        if who:
            end = (digest(who) if "@" in who else who) if once.first(who) else None
        else:
            end = once.key(self.member, digest(f"{name}\0{since or ''}"))
        if end is None:
            return ()
        return (
            Connection(
                platform=NAME,
                account=self.account,
                where=self.where,
                key=f"{self.prefix}{relation}:{end}",
                relation=relation,
                handle=who or None,
                name=name or None,
                since=since,
                url=web(url),
                about=about or None,
            ),
        )

    def dated(self, at: str | None, value: str) -> str | None:
        """The moment as read; a time that is there and cannot be read is counted."""
        if at is None and value.strip():
            self.undated += 1
        return at

    def finish(self) -> Iterator[Record]:
        """What the person should know about this archive."""
        self.warnings += self._said()
        if not self.slugs and not self.names and self.files("messages"):
            options = tuple((name, name) for name in self.everywhere)
            self.questions.append(Question(id="linkedin.owner", text="Which of these people are you?", options=options))
        yield from ()

    def _said(self) -> Iterator[str]:
        if len(self.members) == 1:
            yield "Only one file of a LinkedIn archive is here: choose the whole download, as LinkedIn gave it, if you have it."
        elif self.partial:
            yield (
                "This is LinkedIn's small download: your posts and comments are not in it. That does not mean that there "
                "are none. Ask again and choose the larger archive (Settings, Get a copy of your data)."
            )
        elif not self.words:
            yield (
                "This is LinkedIn's larger download, but no file of posts, comments or reactions is in it: look at your "
                "profile under Activity in case you ever posted."
            )
        elif not self.files("Shares"):
            yield "No file of your own posts is in this archive: if you ever posted, ask again and choose the larger archive."
        if self.account is None and len(self.members) > 1 and not self.files("messages"):
            yield "Nothing in these files says whose account this is: choose the whole download, as LinkedIn gave it."
        if not self.slugs and not self.names and self.files("messages"):
            yield (
                "The archive does not say which of the people in the messages you are: give your name as it is on LinkedIn, "
                "and your own messages will be told from those of others."
            )
        if self.hidden:
            yield (
                f"Connections that are only a date, because their accounts are closed or hidden: {self.hidden}. You can look "
                "through your connections on LinkedIn itself."
            )
        if self.drafts:
            yield f"Messages that you began and did not send are left out: {self.drafts}."
        if self.undated:
            yield (
                f"Dates that could not be read: {self.undated}. Perhaps a file was opened and saved in a spreadsheet program: "
                "use the archive as LinkedIn gave it, if you still have it."
            )
