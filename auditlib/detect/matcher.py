"""All phrases of all rules in one pass: one multi-pattern search finds every word of every phrase, then only phrases
whose words are all present are tried, by joining the places where their elements were found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import ahocorasick_rs

from auditlib.detect.normal import Normal
from auditlib.detect.shapes import SHAPE_WORDS, Spans, in_order
from auditlib.policy.phrases import Element, Gap, ListRef, Shape, Variant, Words, is_composite, literals, unfold

_END = re.compile(r"[.!?](?:\s|$)|\n|[.!?]{2}")
_WORDS = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_JOINT = re.compile(r"[^\w.!?\n]{1,3}")
_REACH: dict[Gap, int] = {"next": 3, "words": 40, "sentence": 60, "far": 140}
# Words so common that a phrase should not be tried on their account alone.
_COMMON = frozenset(
    [
        "a", "about", "all", "am", "an", "and", "are", "as", "at", "back", "be", "been", "but", "by", "can", "day",
        "did", "do", "for", "from", "get", "go", "going", "good", "got", "had", "has", "have", "he", "her", "here",
        "him", "his", "home", "how", "i", "i'm", "if", "im", "in", "is", "it", "it's", "its", "just", "know", "last",
        "like", "look", "love", "made", "make", "me", "more", "my", "new", "no", "not", "now", "of", "off", "on",
        "one", "or", "our", "out", "people", "she", "so", "some", "someone", "that", "the", "their", "them", "then",
        "there", "they", "think", "this", "time", "to", "today", "too", "up", "us", "was", "we", "week", "well",
        "were", "what", "when", "who", "why", "will", "with", "work", "would", "year", "you", "your",
    ]
)


class Compiled:
    """One variant, ready to match: its elements' numbers with the gap before each, and the bits that must be there."""

    __slots__ = ("need", "primary", "steps")

    def __init__(self, steps: tuple[tuple[Gap, int], ...], need: int, primary: int) -> None:
        self.steps, self.need, self.primary = steps, need, primary


class Marks:
    """Where each element occurs in one normal form: worked out from the words found when first asked for."""

    __slots__ = ("_hits", "_matcher", "_put", "_spans", "form", "mask")

    def __init__(self, matcher: Matcher, form: Normal, hits: list[tuple[int, int, int]], mask: int) -> None:
        self._matcher, self.form, self._hits, self.mask = matcher, form, hits, mask
        self._spans: dict[int, Spans] = {}
        self._put: list[int] = []

    def primaries(self) -> set[int]:
        """Return the numbers of the elements that occur and that some trigger group waits for."""
        found: set[int] = set(self._put)
        for pattern, _, _ in self._hits:
            found |= self._matcher.waiting[pattern]
        return found

    def put(self, number: int, spans: Spans) -> None:
        """Note the places of a composite element."""
        if spans:
            self._spans[number] = in_order(spans)
            self._put.append(number)
            self.mask |= 1 << number

    def spans(self, number: int) -> Spans:
        """Return the places of element `number`, by start, the longer first."""
        if number not in self._spans:
            shape = self._matcher.shape_of.get(number)
            owners = self._matcher.owners
            found = shape(self.form.cased) if shape else [(s, e) for p, s, e in self._hits if number in owners[p]]
            self._spans[number] = in_order(found)
        return self._spans[number]


class Matcher:
    """Compiles phrases into numbered groups, then finds them. `lists` are the word lists the phrases refer to."""

    def __init__(self, lists: dict[str, tuple[str, ...]], shapes: dict[str, Callable[[str], Spans]]) -> None:
        self._lists, self._shapes = lists, shapes
        self._numbers: dict[Element, int] = {}
        self._literal_sets: list[frozenset[str]] = []
        self.shape_of: dict[int, Callable[[str], Spans]] = {}
        self._groups: list[tuple[Compiled, ...]] = []
        self._automaton: ahocorasick_rs.AhoCorasick | None = None
        self.owners: list[frozenset[int]] = []  # of each pattern of the automaton: the elements it belongs to,
        self.waiting: list[frozenset[int]] = []  # those that trigger groups wait for,
        self._bits: list[tuple[int, bool]] = []  # and their bits, with whether longer words count too
        self._triggers: dict[int, list[tuple[int, Compiled]]] = {}
        self._composites: list[tuple[int, int, int]] = []  # element, group, bits of which one must be there
        self._common: dict[int, float] = {}
        self._allow = -1

    def group(self, phrases: Iterable[str], *, trigger: bool = False) -> int:
        """Return the number of a new group of phrases; with `trigger`, `candidates` reports when it may match."""
        variants = [self._compiled(variant) for phrase in phrases for variant in unfold(phrase, self._lists)]
        number = len(self._groups)
        self._groups.append(tuple(variants))
        if trigger:
            for variant in variants:
                self._triggers.setdefault(variant.primary, []).append((number, variant))
        return number

    def finish(self, allow: str) -> None:
        """Build the one automaton; entries of the list `allow` hide every word inside them."""
        self._allow = self._number(ListRef(allow))
        owners: dict[str, set[int]] = {}
        for number, words in enumerate(self._literal_sets):
            for word in words:
                owners.setdefault(word, set()).add(number)
        ordered = sorted(owners)
        for word in ordered:
            self.owners.append(frozenset(owners[word]))
            self.waiting.append(frozenset(owners[word] & self._triggers.keys()))
            self._bits.append((sum(1 << number for number in owners[word]), word.endswith("*")))
        self._automaton = ahocorasick_rs.AhoCorasick([word.rstrip("*") for word in ordered])

    @property
    def vocabulary(self) -> frozenset[str]:
        """Return every single word that some phrase knows: what hashtags are split into."""
        words: set[str] = set()
        for literal_set in self._literal_sets:
            for literal in literal_set:
                words.update(part.replace("'", "") for part in literal.rstrip("*").split() if len(part) > 1)
        return frozenset(words)

    def marks(self, form: Normal) -> Marks:
        """Return where every element occurs in `form`."""
        assert self._automaton is not None, "finish() comes first"
        text = form.lower
        size = len(text)
        mask = 0
        hits: list[tuple[int, int, int]] = []
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if start and text[start - 1].isalnum() and text[start].isalnum():
                continue
            if end < size and text[end].isalnum() and text[end - 1].isalnum():
                if not self._bits[index][1]:
                    continue
                while end < size and text[end].isalnum():
                    end += 1
            hits.append((index, start, end))
            mask |= self._bits[index][0]
        if mask >> self._allow & 1:
            hidden = [(s, e) for index, s, e in hits if self._allow in self.owners[index]]
            hits = [hit for hit in hits if not any(_hides(span, hit[1], hit[2]) for span in hidden)]
            mask = 0
            for index, _, _ in hits:
                mask |= self._bits[index][0]
        marks = Marks(self, form, hits, mask)
        for number, group, some in self._composites:
            if marks.mask & some:
                marks.put(number, self._raw(group, marks))
        return marks

    def candidates(self, marks: Marks) -> list[int]:
        """Return the trigger groups of which at least one variant has all its words in `marks`, in order."""
        found: set[int] = set()
        mask = marks.mask
        for primary in (-1, *marks.primaries()):
            for number, variant in self._triggers.get(primary, ()):
                if mask & variant.need == variant.need:
                    found.add(number)
        return sorted(found)

    def find(self, group: int, marks: Marks) -> Spans:
        """Return the matches of a group, none overlapping another, by start."""
        kept: Spans = []
        for start, end in in_order(self._raw(group, marks)):
            if not kept or start >= kept[-1][1]:
                kept.append((start, end))
            elif end > kept[-1][1]:
                kept[-1] = (kept[-1][0], end)
        return kept

    def _raw(self, group: int, marks: Marks) -> Spans:
        found: Spans = []
        mask = marks.mask
        for variant in self._groups[group]:
            if mask & variant.need != variant.need:
                continue
            steps = variant.steps
            for start, end in marks.spans(steps[0][1]):
                last = _extend(marks, steps, 1, end)
                if last is not None:
                    found.append((start, last))
        return found

    def _compiled(self, variant: Variant) -> Compiled:
        steps = tuple((step.gap, self._number(step.element)) for step in variant)
        worded = [number for _, number in steps if number not in self.shape_of]
        worded += [
            self._number(Words(SHAPE_WORDS[step.element.name]))
            for step in variant if isinstance(step.element, Shape) and step.element.name in SHAPE_WORDS
        ]
        need = sum(1 << number for number in set(worded))
        primary = min(worded, key=self._commonness) if worded else -1
        return Compiled(steps, need, primary)

    def _number(self, element: Element) -> int:
        if element not in self._numbers:
            number = len(self._literal_sets)
            self._numbers[element] = number
            if isinstance(element, Shape):
                self.shape_of[number] = self._shapes[element.name]
                self._literal_sets.append(frozenset())
            elif isinstance(element, ListRef) and is_composite(element.name, self._lists):
                self._literal_sets.append(frozenset())
                group = self.group(self._lists[element.name])
                some = sum(1 << n for n in {variant.primary for variant in self._groups[group]} if n >= 0)
                self._composites.append((number, group, some))
            else:
                words = literals(element.name, self._lists) if isinstance(element, ListRef) else element.literals
                self._literal_sets.append(words)
        return self._numbers[element]

    def _commonness(self, number: int) -> float:
        """A guess at how often an element occurs: the sum over its entries of how common their rarest word is."""
        if number in self._common:
            return self._common[number]
        if not self._literal_sets[number]:
            return 3.0
        total = 0.0
        for literal in self._literal_sets[number]:
            total += min(100.0 if word in _COMMON else 27.0 / 1.7 ** len(word) for word in literal.rstrip("*").split())
        self._common[number] = total
        return total


def _hides(allowed: tuple[int, int], start: int, end: int) -> bool:
    """Whether an allowed phrase hides a word: it overlaps it, and the word does not hold the whole phrase."""
    return allowed[0] < end and start < allowed[1] and not (start <= allowed[0] and allowed[1] <= end)


def _extend(marks: Marks, steps: tuple[tuple[Gap, int], ...], at: int, end: int) -> int | None:
    if at == len(steps):
        return end
    gap, number = steps[at]
    reach = _REACH[gap]
    text = marks.form.lower
    for start, stop in marks.spans(number):
        if start < end:
            continue
        if start - end > reach:
            break
        if _gap_allows(gap, text[end:start]):
            last = _extend(marks, steps, at + 1, stop)
            if last is not None:
                return last
    return None


def _gap_allows(gap: Gap, between: str) -> bool:
    if gap == "next":
        return _JOINT.fullmatch(between) is not None or not between  # nothing between: `mum` + `'s`
    if gap == "far":
        return True
    if not between or _END.search(between):
        return False
    return gap == "sentence" or len(_WORDS.findall(between)) <= 4
