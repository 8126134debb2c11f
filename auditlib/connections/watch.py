"""Who is on the other side of private conversations, from the words of both sides.

A conversation is judged by weights that add up (policy/data/conversations.toml), never by one word. What speaks against
is taken off: family of the person, two classmates, a teacher of the person's own. Received words are read here to see
who writes; they are never held against the person.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from auditlib.connections.names import plain, words_of
from auditlib.connections.signals import Hit, Signals, name_words
from auditlib.records import Finding, Item, Severity, Span

THRESHOLD = 1.0
_CHILD = 0.5  # so much must speak for a pupil before "I don't feel safe" is read as a child's words
_SAME_SURNAME = 1.5  # enough to outweigh a relative's talk of their own child at school
_KEPT = 12  # telling messages kept per conversation
_SHOWN = 4
_CLIP = 160
_CLAUSE = {"pupil": "pupil-contact", "former-pupil": "pupil-contact", "parent": "family-contact"}
_SAYS = {"pupil": "a pupil", "former-pupil": "a former pupil", "parent": "a pupil's parent or carer"}


class Line(msgspec.Struct, frozen=True):
    """One telling message, clipped; `spans` are the telling words in it, `weight` how much they tell."""

    at: str
    mine: bool
    who: str
    text: str
    spans: tuple[Span, ...]
    roles: frozenset[str]
    weight: float


class Talk(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one conversation. `who` holds the other side's names, handles and ids as exported; `score` is
    0-1; `suggestion` is one of pupil, former-pupil, parent, colleague, family, friend, business, unknown."""

    key: str
    id: str | None
    platform: str
    account: str | None
    title: str
    who: tuple[str, ...]
    group: bool
    at: str | None
    suggestion: str
    score: float
    evidence: tuple[str, ...]
    messages: int
    mine: int


class _Heard:
    """What was heard so far in one conversation: a tally per sign, and the most telling messages."""

    __slots__ = (
        "account", "at", "group", "id", "key", "lines", "messages", "mine", "platform", "tally", "title", "url", "who",
        "words",
    )  # fmt: skip

    def __init__(self, item: Item, key: str) -> None:
        assert item.conversation is not None
        self.key, self.id, self.platform, self.account = key, item.conversation.id, item.platform, item.account
        self.group, self.title = item.conversation.group, item.conversation.title or ""
        self.who: dict[str, None] = {}
        self.tally: dict[int, int] = {}
        self.words: dict[int, tuple[str, str]] = {}  # the earliest telling words per sign
        self.lines: list[Line] = []
        self.messages = self.mine = 0
        self.at: str | None = None
        self.url = item.url


class _Said(NamedTuple):
    """What one finding says; `role` names the signs it rests on when they are not those of the suggestion."""

    clause: str
    rule: str
    severity: Severity
    reason: str
    role: str | None = None


_CHANNEL = _Said(
    "work-channels", "conversation-channel", "look",
    "School matters seem to have moved here from the school's own systems.", "channel",
)  # fmt: skip
_TOLD = _Said(
    "safeguarding", "conversation-disclosure", "serious",
    "A child may have told you something that must reach the designated safeguarding lead (DSL). "
    "Keep it as it is, do not delete or forward it, and talk to the DSL first.",
    "disclosure",
)  # fmt: skip


class ConversationWatch:
    """Listens to messages in any order. `me_names` are the person's own names and handles."""

    def __init__(self, me_names: Iterable[str] = ()) -> None:
        self._me = {plain(name) for name in me_names if name}
        names = [words_of(name) for name in me_names]
        self._surnames = tuple(sorted({words[-1] for words in names if len(words) > 1 and len(words[-1]) > 2}))
        self._signals = Signals(self._surnames)
        self._heard: dict[str, _Heard] = {}

    def feed(self, item: Item) -> None:
        """Take in one item; everything but messages of a conversation between people is passed over."""
        talk = item.conversation
        if item.kind != "message" or talk is None or item.author == "system":
            return
        name = str(talk.id or talk.title or ",".join(talk.participants))
        key = f"{item.platform}:{item.account or ''}:conversation:{name}"
        heard = self._heard.get(key)
        if heard is None:
            heard = self._heard[key] = _Heard(item, key)
        heard.title = heard.title or talk.title or ""
        mine = item.author == "me" or (item.author is None and plain(item.author_name or "") in self._me)
        heard.messages += 1
        heard.mine += mine
        heard.at = max(heard.at or "", item.at or "") or None
        for person in (*talk.participants, *(() if mine else (item.author_name,))):
            if person and plain(person) not in self._me and person != item.account:
                heard.who[person] = None
        hits = self._signals.find(item.text, mine) if item.text else []
        for hit in hits:
            heard.tally[hit.row] = heard.tally.get(hit.row, 0) + 1
            said = (item.at or "", _short(item.text[hit.start : hit.end]))
            heard.words[hit.row] = min(said, heard.words.get(hit.row, said))
        if hits:
            self._keep(heard, item, mine, hits)

    def talks(self) -> list[Talk]:
        """Return every conversation with what its words suggest, the surest first."""
        made = [self._judged(heard)[0] for heard in self._heard.values()]
        return sorted(made, key=lambda talk: (-talk.score, talk.key))

    def findings(self) -> list[Finding]:
        """Return what deserves another look: private talk that suggests a pupil, a former pupil or a parent, or in which
        a child may have told something. Serious, then surest, then oldest first."""
        made: list[Finding] = []
        for heard in self._heard.values():
            made += self._findings(heard)
        rank = {"serious": 0, "look": 1, "note": 2}
        return sorted(made, key=lambda f: (rank[f.severity], -f.score, f.at or "", f.key, f.clause))

    def _keep(self, heard: _Heard, item: Item, mine: bool, hits: list[Hit]) -> None:
        start = max(0, min(hit.start for hit in hits) - 40) if len(item.text) > _CLIP else 0
        text = " ".join(item.text[start : start + _CLIP].split("\n"))
        spans = tuple(
            Span(hit.start - start, min(hit.end - start, len(text))) for hit in hits if hit.start - start < len(text)
        )
        rows = self._signals.rows
        line = Line(
            item.at or "", mine, "you" if mine else (item.author_name or "the other side"), text, spans,
            frozenset(rows[hit.row].role for hit in hits), sum(rows[hit.row].weight for hit in hits),
        )  # fmt: skip
        heard.lines.append(line)
        if len(heard.lines) > _KEPT:
            heard.lines.remove(min(heard.lines, key=lambda kept: (kept.weight, kept.at)))

    def _weights(self, heard: _Heard) -> tuple[dict[str, float], dict[str, bool]]:
        weights: dict[str, float] = {}
        gates: dict[str, bool] = {}
        for number, count in heard.tally.items():
            row = self._signals.rows[number]
            weights[row.role] = weights.get(row.role, 0.0) + row.weight * (1 + 0.25 * min(count - 1, 2))
            gates[row.role] = gates.get(row.role, False) or row.gate
        if not heard.group and any(self._related(name) for name in heard.who):
            weights["family"] = weights.get("family", 0.0) + _SAME_SURNAME
        return weights, gates

    def _related(self, name: str) -> bool:
        words = words_of(name)
        return bool(words) and ((len(words) > 1 and words[-1] in self._surnames) or words[0] in name_words()["family"])

    def _judged(self, heard: _Heard) -> tuple[Talk, dict[str, float]]:
        weights, gates = self._weights(heard)
        role, weight = _role(weights, gates)
        evidence = [heard.words[number][1] for number in self._signs(heard, role)]
        if role == "family":
            evidence = [name for name in heard.who if self._related(name)][:1] + evidence
        talk = Talk(
            key=heard.key, id=heard.id, platform=heard.platform, account=heard.account,
            title=heard.title or ", ".join(heard.who), who=tuple(heard.who), group=heard.group, at=heard.at,
            suggestion=role, score=_score(weight), evidence=tuple(dict.fromkeys(evidence)), messages=heard.messages,
            mine=heard.mine,
        )  # fmt: skip
        return talk, weights

    def _findings(self, heard: _Heard) -> list[Finding]:
        talk, weights = self._judged(heard)
        told = weights.get("disclosure", 0.0) >= THRESHOLD and weights.get("pupil", 0.0) >= _CHILD
        if talk.suggestion not in _CLAUSE:
            return self._made(heard, talk, [_TOLD]) if told and talk.suggestion == "unknown" else []
        signs = dict.fromkeys(self._signals.rows[number].means for number in self._signs(heard, talk.suggestion))
        named = "; ".join(list(signs)[:3])
        who = _SAYS[talk.suggestion]
        if talk.group:
            reason = f"Words in this group chat suggest that {who} is in it: {named}."
            said = [_Said("work-channels", "group-" + talk.suggestion, "look", reason)]
        else:
            reason = f"Words in this conversation suggest that you talk with {who}: {named}."
            severity: Severity = "serious" if talk.suggestion == "pupil" else "look"
            said = [_Said(_CLAUSE[talk.suggestion], "conversation-" + talk.suggestion, severity, reason)]
            if weights.get("channel"):
                said.append(_CHANNEL)
        return self._made(heard, talk, [*said, _TOLD] if told and talk.suggestion != "parent" else said)

    def _made(self, heard: _Heard, talk: Talk, said: list[_Said]) -> list[Finding]:
        """The findings of one conversation: one text for all, so that one card can show every reason's words in it."""
        roles = [one.role or talk.suggestion for one in said]
        text, places = _excerpt(talk, heard.lines, roles)
        made = []
        for one, role in zip(said, roles, strict=True):
            spans, at = places[role]
            signs = self._signs(heard, one.role) if one.role else []
            evidence = tuple(dict.fromkeys(heard.words[number][1] for number in signs)) if one.role else talk.evidence
            made.append(Finding(
                key=talk.key, id=talk.id, platform=talk.platform, kind="conversation", at=at or talk.at, clause=one.clause,
                rule=one.rule, severity=one.severity, score=talk.score, spans=spans, reason=one.reason, text=text,
                url=heard.url, suggestion=talk.suggestion, evidence=evidence,
            ))  # fmt: skip
        return made

    def _signs(self, heard: _Heard, role: str) -> list[int]:
        """The rows that speak for a role, the weightiest first."""
        rows, roles = self._signals.rows, {role, "pupil"} if role == "former-pupil" else {role}
        found = [number for number in heard.tally if rows[number].role in roles]
        return sorted(found, key=lambda number: (rows[number].role != role, -rows[number].weight, number))


def _role(weights: dict[str, float], gates: dict[str, bool]) -> tuple[str, float]:
    """The role the weights speak for, and its weight after what speaks against it. Talk of school adds to a pupil or a
    parent only where something else speaks for them already."""
    get = weights.get
    against = get("family", 0.0) + get("business", 0.0) * 0.5
    pupil = get("pupil", 0.0) - against - get("classmate", 0.0) - 1.5 * get("my-teacher", 0.0) - 0.6 * get("colleague", 0.0)
    former = get("former-pupil", 0.0) - against - 1.5 * get("my-teacher", 0.0)
    parent = get("parent", 0.0) - get("family", 0.0) - 0.6 * get("colleague", 0.0) - get("business", 0.0) * 0.5
    pupil -= 0.3 * get("friend", 0.0)
    pupil += get("school", 0.0) if pupil > 0 else 0.0
    parent += get("school", 0.0) if parent > 0 else 0.0
    if not gates.get("pupil"):
        pupil = min(pupil, 0.9)
    if not gates.get("parent"):
        parent = min(parent, 0.9)
    if former >= 0.9 or (former >= 0.5 and pupil >= 0.8):  # "miss, I've left school now"
        former, pupil = former + max(pupil, 0.0) * 0.5, 0.0
    strong = [("former-pupil", former), ("pupil", pupil), ("parent", parent)]
    role, weight = max(strong, key=lambda pair: pair[1])
    if weight >= THRESHOLD:
        return role, weight
    mild = [(name, get(name, 0.0)) for name in ("family", "colleague", "business", "friend")]
    role, weight = max(mild, key=lambda pair: pair[1])
    enough = {"family": 1.0, "colleague": 0.7, "business": 0.7, "friend": 0.5}
    return (role, weight) if weight >= enough[role] else ("unknown", 0.0)


def _score(weight: float) -> float:
    """A weight as 0-1: 1.0 gives 0.57, 2.0 gives 0.81, 3.0 gives 0.92."""
    return round(1 - math.exp(-0.84 * max(weight, 0.0)), 3)


def _excerpt(
    talk: Talk, lines: list[Line], roles: list[str]
) -> tuple[str, dict[str, tuple[tuple[Span, ...], str | None]]]:
    """The title and each role's most telling messages, oldest first, as one text; per role its words' places and time."""
    best: dict[str, list[Line]] = {}
    for role in roles:
        telling = [line for line in lines if role in line.roles or (role == "former-pupil" and "pupil" in line.roles)]
        best[role] = sorted(telling, key=lambda line: (-line.weight, line.at))[:_SHOWN]
    chosen = {id(line): line for shown in best.values() for line in shown}
    text, starts = re.sub(r"\s+", " ", talk.title), {}
    for line in sorted(chosen.values(), key=lambda line: line.at):
        head = f"\n{line.who}: "
        starts[id(line)] = len(text) + len(head)
        text += head + line.text
    places = {}
    for role, shown in best.items():
        spans = {Span(starts[id(x)] + p.start, starts[id(x)] + p.end) for x in shown for p in x.spans if p.end > p.start}
        places[role] = tuple(sorted(spans)), min((line.at for line in shown if line.at), default=None)
    return text, places


def _short(words: str) -> str:
    """The telling words on one line, without the punctuation round them, at most 40 characters."""
    line = " ".join(words.split()).strip(" ,.!?:;")
    return line if len(line) <= 40 else line[:39].rstrip() + "…"
