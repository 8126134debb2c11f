"""One row per person: the same person's links across platforms put together, likely pupils and parents first.

Together go: the same id or handle on one platform; the same handle on two platforms; the same full name on two platforms
when only one person on each bears it; a handle that spells a full name (`tess.oakhanger`). Two people of one name on one
platform are never put together (Facebook lists them apart by the day they were added and gives no id).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from auditlib.connections.hints import Context, suggest
from auditlib.connections.names import nicknames, plain, words_of
from auditlib.connections.watch import Talk
from auditlib.records import Connection, Finding, Person

_RANK = ("pupil", "former-pupil", "parent", "unknown", "colleague", "friend", "family", "business")
_RELATIONS = (
    "request_received", "friend", "follower", "following", "messaged", "close_friend", "contact", "request_sent",
    "request_rejected", "removed", "muted", "blocked",
)  # fmt: skip
_SAME_HANDLES = {"threads": "instagram"}  # one account, one user name
_SHORTEST_HANDLE = 5
_SHORTEST_SPELT = 8


def people(
    connections: Iterable[Connection], conversations: Iterable[Finding | Talk] = (), context: Context | None = None
) -> list[Person]:
    """Return one row per person: likely pupils, former pupils and parents first, then those waiting for an answer.

    `conversations` are what `ConversationWatch` made of private messages (findings or talks): its suggestion outweighs
    what a name suggests, and who only wrote gets a row too. The same records always give the same rows.
    """
    context = context or Context()
    links = list({link.key: link for link in connections}.values())
    groups = _Groups(links)
    about = [talk for talk in conversations if not _of_group(talk)]
    said: dict[int, list[Finding | Talk]] = defaultdict(list)
    alone: dict[tuple[str, str], list[Finding | Talk]] = defaultdict(list)
    for talk in about:
        found = groups.with_talk(talk)
        for root in found:
            said[root].append(talk)
        if not found:
            alone[(talk.platform, plain(_title(talk)) or talk.key)].append(talk)
    rows = [_person([links[index] for index in members], said[root], context) for root, members in groups.all().items()]
    rows += [_only_wrote(talks) for talks in alone.values()]
    return sorted(rows, key=_order)


class _Groups:
    """Disjoint groups of links, joined step by step from the surest reason to the weakest."""

    def __init__(self, links: list[Connection]) -> None:
        self._links = links
        self._parent = list(range(len(links)))
        self._exact: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._named: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, link in enumerate(links):
            for known in {plain(text) for text in (link.id, link.handle) if text}:
                self._exact[(link.platform, known)].append(index)
            if link.name:
                self._named[(link.platform, plain(link.name))].append(index)
        self._by_handle()
        self._by_name_on_one_platform()
        self._by_handle_across()
        self._by_name_across()

    def all(self) -> dict[int, list[int]]:
        """Return each group's members under its first one."""
        members: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._links)):
            members[self._root(index)].append(index)
        return dict(members)

    def with_talk(self, talk: Finding | Talk) -> list[int]:
        """Return the groups that a private conversation is with, by id, handle or name on its platform."""
        named = {plain(text) for text in _talk_names(talk)} - {""}
        platforms = {talk.platform, "facebook"} if talk.platform == "messenger" else {talk.platform}
        for by in (self._exact, self._named):
            found = {self._root(index) for one in platforms for name in named for index in by.get((one, name), ())}
            if found:
                return sorted(found)
        return []

    def _root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def _join(self, indices: Iterable[int]) -> None:
        first, *rest = sorted({self._root(index) for index in indices})
        for other in rest:
            self._parent[other] = first

    def _by_handle(self) -> None:
        seen: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for index, link in enumerate(self._links):
            platform = _SAME_HANDLES.get(link.platform, link.platform)
            if link.id:
                seen[(platform, "id", link.id)].append(index)
            if link.handle:
                seen[(platform, "handle", link.handle.casefold())].append(index)
        for members in seen.values():
            self._join(members)

    def _by_name_on_one_platform(self) -> None:
        """Facebook: friend and follower of one name are one person, unless one list holds that name twice."""
        seen: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, link in enumerate(self._links):
            if link.name and not link.id and not link.handle and plain(link.name):
                seen[(link.platform, plain(link.name))].append(index)
        for members in seen.values():
            relations = Counter((self._links[index].account, self._links[index].relation) for index in members)
            if max(relations.values()) == 1:
                self._join(members)

    def _by_handle_across(self) -> None:
        seen: dict[str, list[int]] = defaultdict(list)
        for index, link in enumerate(self._links):
            if link.handle and len(link.handle) >= _SHORTEST_HANDLE:
                seen[link.handle.casefold()].append(index)
        for members in seen.values():
            named = {plain(n) for i in members if (n := self._links[i].name) and len(words_of(n)) > 1}
            if not _differ(named):
                self._join(members)

    def _by_name_across(self) -> None:
        """A full name borne once on each platform, and handles that spell it, when nobody else could be meant."""
        named: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        spelt: dict[str, set[int]] = defaultdict(set)
        for index, link in enumerate(self._links):
            platform, root = _SAME_HANDLES.get(link.platform, link.platform), self._root(index)
            words = words_of(link.name or "")
            if len(words) > 1:
                named["".join(words)][platform].add(root)
            if link.handle and not re.search(r"\d", link.handle):
                spelt[plain(link.handle).replace(" ", "")].add(root)
        for name, per_platform in named.items():
            if all(len(roots) == 1 for roots in per_platform.values()):
                roots = {root for found in per_platform.values() for root in found}
                handled = spelt.get(name, set()) if len(name) >= _SHORTEST_SPELT else set()
                self._join(roots | (handled if len(handled - roots) <= 1 else set()))


def _differ(names: set[str]) -> bool:
    """True when two full names can't be one person's: other surname, or first names that don't stand for each other."""
    split = [name.split() for name in sorted(names)]
    known = nicknames()
    for one in split:
        for two in split:
            same_first = one[0] == two[0] or known.get(one[0], frozenset()) & known.get(two[0], frozenset())
            if one[-1] != two[-1] or not same_first:
                return True
    return False


def _person(links: list[Connection], talks: list[Finding | Talk], context: Context) -> Person:
    suggestion, evidence = _suggested(links, talks, context)
    names = Counter(link.name for link in links if link.name)
    full = [name for name in names if len(words_of(name)) > 1]
    keys = tuple(sorted(link.key for link in links))
    relations = {link.relation for link in links} | ({"messaged"} if talks else set())
    return Person(
        person_key=keys[0],
        name=max(full or list(names), key=lambda name: (names[name], name), default=None),
        handles=tuple(sorted({link.handle for link in links if link.handle})),
        platforms=tuple(sorted({link.platform for link in links})),
        relations=tuple(relation for relation in _RELATIONS if relation in relations),
        url=next((link.url for link in sorted(links, key=lambda link: link.key) if link.url), None),
        since=min((link.since for link in links if link.since), default=None),
        suggestion=suggestion, evidence=evidence,
        keys=tuple(sorted({*keys, *(talk.key for talk in talks)})),
    )  # fmt: skip


def _only_wrote(talks: list[Finding | Talk]) -> Person:
    first = min(talks, key=lambda talk: talk.key)
    suggestion, evidence = _suggested([], talks, Context())
    return Person(
        person_key=first.key, name=_title(first) or None, platforms=(first.platform,), relations=("messaged",),
        url=first.url if isinstance(first, Finding) else None, since=min((t.at for t in talks if t.at), default=None),
        suggestion=suggestion, evidence=evidence, keys=tuple(sorted({talk.key for talk in talks})),
    )  # fmt: skip


def _suggested(
    links: list[Connection], talks: list[Finding | Talk], context: Context
) -> tuple[str | None, tuple[str, ...]]:
    heard = [talk for talk in talks if talk.suggestion and talk.suggestion != "unknown"]
    guessed = [suggest(link, context) for link in links]
    named = min((guess for guess in guessed if guess[0] != "unknown"), key=lambda g: (_RANK.index(g[0]), g[1]), default=None)
    if heard:
        best = min(heard, key=lambda talk: (_RANK.index(str(talk.suggestion)), -talk.score, talk.key))
        if named is None or str(best.suggestion) not in ("friend", "business"):
            return best.suggestion, best.evidence
    return named if named else (None, ())


def _of_group(talk: Finding | Talk) -> bool:
    return talk.group if isinstance(talk, Talk) else talk.rule.startswith("group-")


def _title(talk: Finding | Talk) -> str:
    return talk.title if isinstance(talk, Talk) else talk.text.partition("\n")[0]


def _talk_names(talk: Finding | Talk) -> list[str]:
    """What may name the other side: title, names and ids as exported, and the pieces of the conversation's id.

    X joins two account ids with a hyphen; Instagram's folder is `<user name>_<digits or ten letters>`.
    """
    last = (talk.id or "").rstrip("/").rpartition("/")[2]
    pieces = [*last.split("-"), re.sub(r"_(?:\d+|[a-z0-9]{10})$", "", last)]
    return [_title(talk), *(talk.who if isinstance(talk, Talk) else ()), *(piece for piece in pieces if piece)]


def _order(person: Person) -> tuple[int, bool, str, str]:
    rank = _RANK.index(person.suggestion or "unknown")
    return rank, "request_received" not in person.relations, plain(person.name or " ".join(person.handles)), person.person_key
