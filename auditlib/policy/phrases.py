"""The small phrase language that rules are written in, so that a school can add one without a regular expression.

    useless                     the word itself (`'` and `-` may be missing in the post: don't, dont; e-mail, email)
    teach*                      any word that begins so
    (head|deputy head)          one of these
    [really]                    may be there or not
    {pupil}                     any entry of the word list `pupil`
    <Name> <Titled> <num> ...   something with a shape: see SHAPES
    a .. b                      up to four words between         a ... b    up to 60 characters, same sentence
    a .... b                    up to 140 characters, across sentences

A phrase unfolds into variants: short rows of elements with a gap before each. Everything made of words only becomes
one set of literal strings, so the scanner finds all phrases of all rules in one pass.
"""

from __future__ import annotations

import itertools
import re
from typing import Literal

import msgspec

Gap = Literal["next", "words", "sentence", "far"]
SHAPES = ("Name", "Full", "Titled", "School", "Business", "Mention", "num", "time", "date", "value", "street", "plate")
MOST_VARIANTS = 200
MOST_LITERALS = 6000
MOST_JOINED = 60  # neighbouring words become one literal up to here; beyond, they stay neighbours, joined while matching
_GAPS: dict[str, Gap] = {"..": "words", "...": "sentence", "....": "far"}
_TOKEN = re.compile(r"\s*(\.{2,4}|[()\[\]|]|\{[a-z0-9-]+\}|<[A-Za-z]+>|[^\s()\[\]|{}<>]+)")


class PhraseFault(ValueError):
    """A phrase cannot be read; the text says why, in plain words."""


class Words(msgspec.Struct, frozen=True):
    """Literal strings, any of which may stand here; one ending in `*` also matches longer words."""

    literals: frozenset[str]


class ListRef(msgspec.Struct, frozen=True):
    """Any entry of the word list with this name."""

    name: str


class Shape(msgspec.Struct, frozen=True):
    """Something with a shape (`<Name>`), looked for where the other elements are present."""

    name: str


Element = Words | ListRef | Shape


class Step(msgspec.Struct, frozen=True):
    """One element and the gap allowed before it (`next` for the first)."""

    gap: Gap
    element: Element


Variant = tuple[Step, ...]


def spellings(word: str) -> list[str]:
    """Return the ways one word of a phrase may be written: without its apostrophe, with hyphen, space or neither."""
    forms = [word]
    if "'" in word:
        forms = [word, word.replace("'", "")]
    if "-" in word.strip("-"):
        forms = [form.replace("-", joint) for form in forms for joint in ("-", " ", "")]
    return forms


def unfold(phrase: str, lists: dict[str, tuple[str, ...]], most: int = MOST_JOINED) -> list[Variant]:
    """Return every variant of `phrase`. Raises PhraseFault with the reason when it cannot be read."""
    tokens = _tokens(phrase)
    rows, rest = _alternatives(tokens, 0)
    if rest != len(tokens):
        raise PhraseFault(f"unexpected {tokens[rest]!r}")
    variants: list[Variant] = []
    for row in rows:
        variants.append(_joined(row, lists, most))
    if not variants:
        raise PhraseFault("it is empty")
    return list(dict.fromkeys(variants))


def is_composite(name: str, lists: dict[str, tuple[str, ...]]) -> bool:
    """Return whether a list is put together while matching: from other lists, gaps, shapes, or more than is unfolded."""
    if any("{" in entry or "<" in entry or ".." in entry for entry in lists[name]):
        return True
    return any(len(variant) > 1 for entry in lists[name] for variant in unfold(entry, lists, MOST_LITERALS))


def literals(name: str, lists: dict[str, tuple[str, ...]]) -> frozenset[str]:
    """Return all literal strings of the word list `name`, which is not composite. Raises PhraseFault when too many."""
    found: set[str] = set()
    for entry in lists[name]:
        for variant in unfold(entry, lists, MOST_LITERALS):
            for step in variant:
                found |= step.element.literals if isinstance(step.element, Words) else set()
    if len(found) > MOST_LITERALS * 2:
        raise PhraseFault(f"the list {name!r} unfolds into more than {MOST_LITERALS * 2} entries")
    return frozenset(found)


def check_list(name: str, lists: dict[str, tuple[str, ...]]) -> None:
    """Raise PhraseFault when list `name` cannot be used: an entry that cannot be read, or lists that go in a circle."""
    for entry in lists[name]:
        try:
            unfold(entry, lists)
        except PhraseFault as fault:
            raise PhraseFault(f"{entry!r}: {fault}") from fault
    if name in _reached(name, lists, set()):
        raise PhraseFault(f"the list {name!r} contains itself")


def _reached(name: str, lists: dict[str, tuple[str, ...]], seen: set[str]) -> set[str]:
    for other in re.findall(r"\{([a-z0-9-]+)\}", " ".join(lists.get(name, ()))):
        if other not in seen:
            seen.add(other)
            _reached(other, lists, seen)
    return seen


def _tokens(phrase: str) -> list[str]:
    tokens, at = [], 0
    text = phrase.strip()
    while at < len(text):
        hit = _TOKEN.match(text, at)
        if hit is None:
            raise PhraseFault(f"{text[at:].strip()[:12]!r} cannot be read here")
        tokens.append(hit[1])
        at = hit.end()
    if not tokens:
        raise PhraseFault("it is empty")
    return tokens


_Row = tuple[tuple[Gap, Element], ...]


def _alternatives(tokens: list[str], at: int) -> tuple[list[_Row], int]:
    """Read `a|b|c` from `tokens[at:]` up to a closing bracket or the end."""
    rows: list[_Row] = []
    current: list[_Row] = [()]
    gap: Gap = "next"
    seen = False
    while at < len(tokens):
        token = tokens[at]
        if token in (")", "]"):
            break
        if token == "|":
            if not seen or gap != "next":
                raise PhraseFault("an alternative is empty or ends in a gap")
            rows += current
            current, gap, seen = [()], "next", False
            at += 1
            continue
        if token in _GAPS:
            if not seen:
                raise PhraseFault("a gap needs words before it")
            gap = _GAPS[token]
            at += 1
            continue
        options: list[_Row]
        if token in ("(", "["):
            options, at = _alternatives(tokens, at + 1)
            if at >= len(tokens) or tokens[at] != {"(": ")", "[": "]"}[token]:
                raise PhraseFault(f"a {token!r} is not closed")
            options = _merged(options)
            if token == "[":
                options = [*options, ()]
        else:
            options = [(("next", _element(token)),)]
        current = [_after(left, gap, right) for left in current for right in options]
        if len(current) > MOST_VARIANTS * 4:
            raise PhraseFault("it unfolds into too many variants: use a word list for the long group")
        gap, seen = "next", True
        at += 1
    if not seen or gap != "next":
        raise PhraseFault("it is empty or ends in a gap")
    return rows + current, at


def _merged(options: list[_Row]) -> list[_Row]:
    """Put all alternatives that are words only into one set: fewer variants, same meaning."""
    sets = [row[0][1] for row in options if len(row) == 1]
    words = frozenset(itertools.chain.from_iterable(e.literals for e in sets if isinstance(e, Words)))
    others = [row for row in options if not (len(row) == 1 and isinstance(row[0][1], Words))]
    joined: set[str] = set(words)
    left: list[_Row] = []
    for row in others:
        if row and all(gap == "next" and isinstance(element, Words) for gap, element in row):
            parts = [element.literals for _, element in row if isinstance(element, Words)]
            joined.update(" ".join(c) for c in itertools.product(*parts))
        else:
            left.append(row)
    if joined:
        left.insert(0, (("next", Words(frozenset(joined))),))
    return left


def _after(left: _Row, gap: Gap, right: _Row) -> _Row:
    if not right or not left:
        return left or right
    return (*left, (gap, right[0][1]), *right[1:])


def _element(token: str) -> Element:
    if token.startswith("{"):
        return ListRef(token[1:-1])
    if token.startswith("<"):
        if token[1:-1] not in SHAPES:
            raise PhraseFault(f"there is no shape {token}: use one of {', '.join(f'<{s}>' for s in SHAPES)}")
        return Shape(token[1:-1])
    return Words(frozenset(spellings(token.lower())))


def _joined(row: _Row, lists: dict[str, tuple[str, ...]], most: int) -> Variant:
    """Join neighbouring words into longer literals and check the list names."""
    steps: list[Step] = []
    for gap, element in row:
        if isinstance(element, ListRef) and element.name not in lists:
            raise PhraseFault(f"there is no word list called {element.name!r}")
        last = steps[-1].element if steps else None
        if gap == "next" and isinstance(last, Words) and isinstance(element, Words):
            stems = any(literal.endswith("*") for literal in last.literals)  # a stem's end is not known beforehand
            if not stems and len(last.literals) * len(element.literals) <= most:
                both = frozenset(f"{a} {b}" for a in last.literals for b in element.literals)
                steps[-1] = Step(steps[-1].gap, Words(both))
                continue
        steps.append(Step(gap, element))
    if not steps:
        raise PhraseFault("everything in it is optional")
    return tuple(steps)
