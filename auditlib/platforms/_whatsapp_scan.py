"""The first pass over a WhatsApp chat: who writes in it, in which order its dates are written, and how much there is.

Nothing of a message's text is kept. What is gathered grows with the people and days of a chat, not with its messages.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import BinaryIO

from auditlib.jsonstream import Broken
from auditlib.platforms._whatsapp_bodies import CALL, names_in, of_a_person
from auditlib.platforms._whatsapp_lines import ACTS, MARK, NOTICES, DayOrder, Layout, pieces
from auditlib.platforms._whatsapp_words import OWNERS

_MARKS = re.compile(MARK)
_SPACES = re.compile("[\u00a0\u202f]")
_PHONE = re.compile(r"\+?[\d\s().-]{7,24}$")
MAX_PEOPLE = 20_000  # different beginnings of lines kept: a group holds at most about 1,000 people
_POLL = re.compile(rf"{MARK}*[^\W\d_]{{2,20}}:")  # the first line of a poll
_OPEN_QUOTE = re.compile('["\u201c\u201e\u00ab\u201d]')


class Chat:
    """What the first pass found out about one chat file; `broken` when it could not be read to its end."""

    def __init__(self, member: str, layout: Layout, title: str | None) -> None:
        self.member, self.layout, self.title = member, layout, title
        self.days = DayOrder()
        self.order, self.sure = "dmy", True
        self.typed: Counter[str] = Counter()  # messages by author as written, those in WhatsApp's own words apart
        self.people: dict[str, str] = {}  # author as written -> name, in order of first appearance
        self.named: dict[str, None] = {}  # names in notices
        self.deleted_by: Counter[str] = Counter()  # authors of "You deleted this message": only the owner sees "You"
        self.long_names: set[str] = set()  # authors whose name holds ": "
        self.cut_names: set[str] = set()  # what lies before the first ": " of those
        self.group_name: str | None = None  # the author that an iPhone gives to notices
        self.group = self.attachments = self.broken = False
        self.count = 0
        self.first_head = ""
        self.id = ""

    @property
    def participants(self) -> tuple[str, ...]:
        """Everybody known to be in the chat; who never wrote and is named nowhere cannot be known."""
        return tuple(dict.fromkeys([*self.people.values(), *self.named]))


def name_of(author: str) -> str:
    """A person as shown: without direction marks, and without the tilde before a name that is not in the address book."""
    name = _SPACES.sub(" ", _MARKS.sub("", author)).strip()
    return name[1:].lstrip() if name.startswith("~") and len(name) > 1 else name


def folded(name: str) -> str:
    """A name for comparing: `:` and `/` as file names have them, spaces as one."""
    return " ".join(re.sub(r"[:/\\|?*\"<>]", "_", name_of(name)).casefold().split())


def is_phone(name: str) -> bool:
    """Whether a person is shown by number only."""
    return bool(_PHONE.match(name)) and sum(c.isdecimal() for c in name) >= 7


def scan(stream: BinaryIO, chat: Chat, beside: set[str]) -> set[str]:
    """Fill `chat`; comes back with those of the file names `beside` that the text mentions.

    A file that goes wrong in the middle is scanned as far as it goes. Raises one of archive.READ_ERRORS.
    """
    marked: dict[str, str] = {}  # author -> first text WhatsApp made under that name
    sent: set[str] = set()  # authors of pictures and the like
    longer: dict[str, Counter[str]] = {}
    plain: set[str] = set()
    mentioned: set[str] = set()
    last = first_author = ""
    pattern = chat.layout.survey
    try:
        for piece in pieces(stream, chat.layout):
            found = pattern.findall(piece)
            if not chat.first_head and found and (match := pattern.search(piece)):
                chat.first_head, first_author = match[0][:200], found[0][1]
            chat.count += len(found)
            for text, _ in groupby([row[0] for row in found if row[1]]):
                if text != last:
                    chat.days.feed(text)
                    last = text
            authors = Counter([row[1] for row in found])
            del authors[""]
            chat.typed.update(authors)
            for (author, text), number in Counter([row[1:3] for row in found if row[2]]).items():
                chat.typed[author] -= number
                _marked(chat, author, text, number, marked, sent)
            ends_there = {row[1] for row in found if not row[3]}
            plain |= ends_there
            for author in ends_there & longer.keys():
                del longer[author]
            _longer([row for row in found if row[3] and row[1] not in plain], longer)
            for row in found:
                if row[4]:
                    _alone(chat, row[4])
            mentioned |= {name for name in beside - mentioned if name in piece}
            if len(chat.typed) > MAX_PEOPLE:
                break
    except Broken:
        chat.broken = True
    _people(chat, longer, marked, sent, first_author)
    chat.order, chat.sure = chat.days.decide()
    return mentioned


def _marked(chat: Chat, author: str, text: str, number: int, marked: dict[str, str], sent: set[str]) -> None:
    """A text that WhatsApp made under an author's name."""
    bare = _MARKS.sub("", text).removesuffix(".")
    if bare in OWNERS:
        chat.deleted_by[author] += number
        sent.add(author)
    elif _POLL.fullmatch(text) or CALL.fullmatch(text.rstrip("\r")) or of_a_person(text.rstrip("\r")):
        chat.attachments = chat.attachments or "<" in text or "(" in text
        sent.add(author)
    else:
        marked.setdefault(author, text)
        _notice(chat, text)


def _alone(chat: Chat, line: str) -> None:
    """A line without an author: a notice, or the empty message of somebody."""
    if empty := re.match(r"([^\n]{1,80}?):\.?[\r ]*$", line):
        chat.typed[empty[1]] += 1
    else:
        _notice(chat, line)


def _notice(chat: Chat, line: str) -> None:
    names = names_in(line)
    for name in names:
        chat.named.setdefault(name_of(name))
    if names or re.search(r"\bgroup\b|\bthe subject\b|\bYou (?:left|were|added|removed|joined)\b", line):
        chat.group = chat.group or not re.search(r"end-to-end|security code|\bcall\b", line)


def _longer(found: list[tuple[str, ...]], longer: dict[str, Counter[str]]) -> None:
    """Count what may be the rest of a name with ": " in it, as long as every line of that beginning goes on so."""
    for row in found:
        counts = longer.setdefault(row[1], Counter())
        parts = row[3].split(": ")[:-1]
        for n in range(1, len(parts) + 1):
            full = ": ".join([row[1], *parts[:n]])
            if full in counts or len(counts) < 1000:
                counts[full] += 1


def _names(begun: str, total: int, counts: Counter[str], known: set[str]) -> set[str]:
    """The names that lines beginning with `begun` have: itself, or longer ones.

    A name holds ": " when every line that begins like it goes on with one of a few recurring ends, or with one that the
    file's name or a notice knows; of several that would do, the longest.
    """
    more = [f for f in counts if f.startswith(f"{begun}: ") and ": " not in f[len(begun) + 2 :]]
    more = [f for f in more if counts[f] > 1 or folded(f) in known]
    if not more or sum(counts[f] for f in more) < total:
        return {begun}
    return set().union(*(_names(f, counts[f], counts, known) for f in more))


def _people(chat: Chat, longer: dict[str, Counter[str]], marked: dict[str, str], sent: set[str], first_author: str) -> None:
    """Tell authors from notices and group names; names that hold ": " from those that end there."""
    known = {folded(chat.title or "")} | {folded(n) for n in chat.named}
    for short, counts in longer.items():
        names = _names(short, chat.typed[short], counts, known)
        if names != {short}:
            chat.long_names |= names
            chat.cut_names.add(short)
            for name in sorted(names):
                chat.typed[name] = counts[name]
            del chat.typed[short]
    title = folded(chat.title or "")
    quiet = [a for a, n in chat.typed.items() if not n and a not in sent]
    of_group = [a for a in quiet if title and folded(a) == title]
    if not of_group and first_author in quiet:
        of_group = [first_author]
    typing = sum(1 for a, n in chat.typed.items() if a not in of_group[:1] and (n or a in sent))
    if of_group and (chat.group or typing > 1):
        chat.group_name = of_group[0]
        chat.group = True
    elif of_group and not title:  # somebody who never answered: a chat of two is called after them
        chat.title = name_of(of_group[0])
    for author in chat.typed:
        # a newer iPhone writes "You" above notices of what its owner did
        own_notice = author == "You" and author in quiet
        if author != chat.group_name and not own_notice and not is_notice(author, chat):
            chat.people[author] = name_of(author)
    known_names = {folded(n) for n in chat.people.values()}
    chat.named = dict.fromkeys(n for n in chat.named if folded(n) not in known_names and n != name_of(chat.group_name or ""))
    chat.group = chat.group or len(chat.participants) > 2


def is_somebody(who: str, chat: Chat) -> bool:
    """Whether the first words of a notice are a person: the owner, somebody of this chat, or a number."""
    return who.lower() == "you" or who in chat.typed or name_of(who) in chat.named or is_phone(name_of(who))


def is_notice(author: str, chat: Chat) -> bool:
    """Whether what lies before the first ": " is the beginning of a notice, such as a group's new subject with a colon."""
    if NOTICES.search(author):
        return True
    if (act := ACTS.match(author)) and is_somebody(act["who"], chat):
        return True
    return chat.typed[author] < 2 and len(_OPEN_QUOTE.findall(author)) % 2 == 1
