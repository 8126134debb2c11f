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
_WORD = re.compile(r"[^\W_]+")  # what str.isalnum() takes for inside a word
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

    __slots__ = ("_hits", "_matcher", "_spans", "form", "mask", "present")

    def __init__(self, matcher: Matcher, form: Normal, hits: list[tuple[int, int, int]], mask: int) -> None:
        self._matcher, self.form, self._hits, self.mask = matcher, form, hits, mask
        self._spans: dict[int, Spans] = {}
        # the elements that occur and that some variant waits for; -1 stands for variants that wait for no word
        self.present: set[int] = {-1}.union(*[matcher.waiting[pattern] for pattern in {hit[0] for hit in hits}])

    def put(self, number: int, spans: Spans) -> None:
        """Note the places of a composite element."""
        if spans:
            self._spans[number] = in_order(spans)
            self.present.add(number)
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
        self._groups: list[dict[int, list[Compiled]]] = []  # each group's variants by the element they wait for
        self._primaries: set[int] = set()
        self._automaton: ahocorasick_rs.AhoCorasick | None = None
        self._single: dict[str, int] = {}
        self._longer: list[int] = []
        self.owners: list[frozenset[int]] = []  # of each pattern of the automaton: the elements it belongs to,
        self.waiting: list[frozenset[int]] = []  # those that some variant waits for,
        self._bits: list[int] = []  # their bits,
        self._edges: list[tuple[bool, bool, bool]] = []  # whether it begins and ends in a word, and may go on
        self._triggers: dict[int, list[tuple[int, Compiled]]] = {}
        self._composites: list[tuple[int, int, int]] = []  # element, group, bits of which one must be there
        self._common: dict[int, float] = {}
        self._allow = -1

    def group(self, phrases: Iterable[str], *, trigger: bool = False) -> int:
        """Return the number of a new group of phrases; with `trigger`, `candidates` reports when it may match."""
        variants = [self._compiled(variant) for phrase in phrases for variant in unfold(phrase, self._lists)]
        number = len(self._groups)
        by_primary: dict[int, list[Compiled]] = {}
        for variant in variants:
            by_primary.setdefault(variant.primary, []).append(variant)
        self._groups.append(by_primary)
        self._primaries.update(by_primary)
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
        alike: dict[frozenset[int], tuple[frozenset[int], frozenset[int], int]] = {}  # most words have one owner
        for word in ordered:
            of_word = frozenset(owners[word])
            if of_word not in alike:
                alike[of_word] = (of_word, of_word & self._primaries, sum(1 << number for number in of_word))
            shared, waiting, bits = alike[of_word]
            self.owners.append(shared)
            self.waiting.append(waiting)
            self._bits.append(bits)
            bare = word.rstrip("*")
            self._edges.append((bare[:1].isalnum(), bare[-1:].isalnum(), word.endswith("*")))
        # A word by itself is looked up; only what is longer, or a stem, needs the search.
        self._single = {word: at for at, word in enumerate(ordered) if word.isalnum()}
        self._longer = [at for at, word in enumerate(ordered) if not word.isalnum()]
        self._automaton = ahocorasick_rs.AhoCorasick([ordered[at].rstrip("*") for at in self._longer])

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
        words = [hit.span() for hit in _WORD.finditer(text)]
        starts, ends = {start for start, _ in words}, {end for _, end in words}
        single, longer, edges = self._single, self._longer, self._edges
        hits = [(single[text[start:end]], start, end) for start, end in words if text[start:end] in single]
        for at, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            index = longer[at]
            begins, closes, goes_on = edges[index]
            if begins and start not in starts:
                continue
            if closes and end not in ends:
                if not goes_on:
                    continue
                end = next(last for _, last in words if last > end)
            hits.append((index, start, end))
        mask = self._mask(hits)
        if mask >> self._allow & 1:
            hidden = [(s, e) for index, s, e in hits if self._allow in self.owners[index]]
            hits = [hit for hit in hits if not any(_hides(span, hit[1], hit[2]) for span in hidden)]
            mask = self._mask(hits)
        marks = Marks(self, form, hits, mask)
        for number, group, some in self._composites:
            if marks.mask & some:
                marks.put(number, self._raw(group, marks))
        return marks

    def _mask(self, hits: list[tuple[int, int, int]]) -> int:
        mask = 0
        for index in {hit[0] for hit in hits}:
            mask |= self._bits[index]
        return mask

    def candidates(self, marks: Marks) -> list[int]:
        """Return the trigger groups of which at least one variant has all its words in `marks`, in order."""
        found: set[int] = set()
        mask = marks.mask
        for primary in self._triggers.keys() & marks.present:
            for number, variant in self._triggers[primary]:
                if number not in found and mask & variant.need == variant.need:
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
        by_primary = self._groups[group]
        for primary in by_primary.keys() & marks.present:
            for variant in by_primary[primary]:
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
                some = sum(1 << n for n in self._groups[group] if n >= 0)
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
