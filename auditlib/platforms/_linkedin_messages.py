"""LinkedIn's messages.csv, all its column sets, and the notes that go with invitations.

Sent messages lie in INBOX like the rest: who wrote one is told by the sender alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from zlib import crc32

from auditlib.dates import from_utc
from auditlib.markup import plain
from auditlib.platforms._linkedin import NOBODY, Reader, Talk
from auditlib.platforms._linkedin_forms import NAME, Row, alike, american, blank, slug, utc, web
from auditlib.records import Author, Conversation, Item, Media, Record
from auditlib.text import digest

_PAGE = re.compile(r"</?(?:p|br|a|div|span|ul|ol|li|b|i|u|strong|em|h\d)[\s/>]", re.IGNORECASE)
_AUTHORS: dict[bool | None, Author | None] = {True: "me", False: "other", None: None}
_FILE = Media(None, "file")
COLUMNS = (
    "conversation id",
    "conversation title",
    "from",
    "sender profile url",
    "to",
    "recipient profile urls",
    "date",
    "subject",
    "content",
    "attachments",
    "is message draft",
    "is conversation draft",
)


def message(row: Row, a: Reader) -> Iterable[Record]:
    """One message. Drafts are no messages yet and are left out; HTML becomes its words."""
    talk, _, sender, url, to, _, date, subject, content, attached, draft, unsent = row
    if not date and not sender:
        raise ValueError  # a line that is no row of this table
    if (draft or unsent) and "yes" in (draft.strip().lower(), unsent.strip().lower()):
        a.drafts += 1
        return ()
    held = a.talks.get(talk)
    if held is None:
        held = a.talks[talk] = Talk(talk)
    found: tuple[Record, ...] = ()
    known = held.senders.get((sender, url, to))
    if known is None:
        found = tuple(_met(a, held, row))
        summed = crc32((url or sender).encode())
        known = held.senders[sender, url, to] = _AUTHORS[a.mine(sender, url)], blank(sender), summed
    at = from_utc(date) or utc(date)
    # a short sum of sender and words will do: it only has to tell apart what was said in one conversation at one moment
    end = a.messages.key(a.member, f"{held.mark}-{at or digest(date)}-{crc32(content.encode(), known[2])}")
    if end is None:
        return found
    item = Item(
        platform=NAME,
        account=a.account,
        where=a.where,
        kind="message",
        key=f"{a.prefix}message:{end}",
        id=None,
        at=at or a.dated(at, date),
        title=subject.strip() or None,
        text=plain(content) if "<" in content and _PAGE.search(content) else content,
        author=known[0],
        author_name=known[1],
        audience="group" if held.record.group else "direct",
        conversation=held.record,
        media=tuple([_FILE for one in attached.split(",") if one.strip()]) if attached else (),
        url=held.url,
    )
    return (*found, item) if found else (item,)


def _met(a: Reader, held: Talk, row: Row) -> Iterable[Record]:
    """The people of a pair of sender and recipients; who was written with one to one is a line of their own."""
    talk, title, sender, url, to, others = row[:6]
    addresses = [one.strip() for one in others.split(",")] if others.strip() else []
    people = [to.strip()] if len(addresses) == 1 else split(to, len(addresses), a.senders)
    for name in (sender.strip(), *people):
        if name:
            held.people[name] = None
    group = held.record.group or max(len(addresses), len(people)) > 1
    held.record = Conversation(talk or None, blank(title), tuple(held.people), group)
    if group:
        return
    mine = a.mine(sender, url)
    name, address = (sender.strip(), url) if mine is False else (people[0] if people else "", addresses[0] if addresses else "")
    # nobody to name: deleted accounts, and advertisements, which come without an address
    if mine is None or not name or alike(name) == NOBODY or (mine is False and not address):
        return
    address = address or a.addresses.get(alike(name), "")
    known = slug(address) or alike(name)
    if known not in a.written and a.mine(name, address) is False:
        a.written |= {known, alike(name)}
        yield from a.person("messaged", name, address, None)


def split(to: str, count: int, known: set[str]) -> list[str]:
    """The names in a list joined with `, `, of which each may hold one itself (`Sam Wick, MEd, Jo Fen`).

    `count` is how many there are (0: not said); `known` are names met as senders.
    """
    pieces = to.split(", ") if to.strip() else []
    if len(pieces) == count:
        return [piece.strip() for piece in pieces]
    names: list[str] = []
    at = 0
    while at < len(pieces):
        for end in range(len(pieces), at, -1):
            whole = ", ".join(pieces[at:end])
            if whole in known:
                names.append(whole)
                at = end
                break
        else:
            # what has no space is no name of its own but letters behind the last one
            if names and " " not in pieces[at].strip():
                names[-1] += f", {pieces[at]}"
            else:
                names.append(pieces[at].strip())
            at += 1
    return names


def invitation(row: Row, a: Reader) -> Iterable[Record]:
    """A request to connect, unless the two are connected by now, and the note sent with it.

    Times are American, month first, and say no zone.
    """
    sender, to, sent, note, direction, inviter, invitee = row
    word = direction.strip().upper()
    if word not in ("OUTGOING", "INCOMING"):
        raise ValueError
    out = word == "OUTGOING"
    name, url = (to, invitee) if out else (sender, inviter)
    at = american(sent) or utc(sent) or a.dated(None, sent)
    known = slug(url)
    bare = alike(name) in a.linked_bare
    same = bare or a.kept("friend").has(known) if known else bare or alike(name) in a.linked_names
    if not same:
        yield from a.person("request_sent" if out else "request_received", name.strip(), url, at)
    if not note.strip():
        return
    key = a.unique("invitation", sent, inviter or sender, invitee or to, note)
    if key:
        yield Item(
            platform=NAME,
            account=a.account,
            where=a.where,
            kind="message",
            key=key,
            id=None,
            at=at,
            text=note,
            author="me" if out else "other",
            author_name=blank(sender),
            audience="direct",
            conversation=Conversation(
                f"invitation:{known or alike(name)}", None, tuple(n for n in (sender.strip(), to.strip()) if n), False
            ),
            url=web(url),
        )
