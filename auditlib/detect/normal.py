"""The normal form of a text: what it says with its disguises undone, every character tied to the original ones.

Undone: compatibility characters and accents, zero-width and combining signs, look-alike Cyrillic and Greek letters,
leetspeak (sh1t), censoring (f**k), spacing (f u c k), letters repeated for effect, hashtags written as one word.
Web and e-mail addresses become spaces and @handles become `@zqz`, so that no word is found inside them: other matchers
read those from the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

from auditlib.records import Span

_UNUSUAL = re.compile(r"[^\x00-\x7f]+")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)+/\S+", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w@])@[\w.]*\w")
_TAG = re.compile(r"#(\w{3,})")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]|[^\S\n]*\n\s*")
_SPACED = re.compile(r"(?<![^\W_])(?:[A-Za-z0@$!][ .\-*/]{1,2}){2,}[A-Za-z0@$!](?![^\W_])")
_ODD = re.compile(r"[A-Za-z0-9@$!*#%|+€_.-]{3,}")
_CENSOR = re.compile(r"[*#@$%!_\-.]+")
_REPEAT = re.compile(r"[A-Za-z]*([A-Za-z])\1{2,}[A-Za-z]*")
_RUN = re.compile(r"([a-z])\1{2,}", re.IGNORECASE)
_DOUBLED = re.compile(r"([a-z])\1+")
# Texts without any of these need no undoing: three tests, each far quicker than one pattern that says it all.
_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ,.!?'\"():;&-")
_INNER = re.compile(r"[.!-]\w")
_THRICE = re.compile(r"([A-Za-z])\1\1| \w \w |^\w \w |  ")
_LEET = str.maketrans("0134578@$!|+€", "oieastbasiite")
_LOOKALIKE = str.maketrans("аеорсухіјѕԁһоАВЕКМНОРСТУХαορυικνΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijsdhoABEKMHOPCTYXaopuiKvABEZHIKMNOPTYX")
_MARKS = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"',
                        "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "•": "*", "█": "*", "…": "...",
                        "ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "ı": "i"})  # fmt: skip


class Normal:
    """`cased` and `lower` have the same length; `span(a, b)` gives the original characters behind `[a, b)` of them."""

    __slots__ = ("_ends", "_starts", "cased", "lower", "original")

    def __init__(self, original: str) -> None:
        self.original = self.cased = original
        self._starts: list[int] | None = None
        self._ends: list[int] | None = None
        self.lower = ""

    def span(self, start: int, end: int) -> Span:
        """Return the span of the original text behind `[start, end)` of the normal form."""
        if self._starts is None or self._ends is None:
            return Span(start, end)
        return Span(self._starts[start], max(self._ends[end - 1], self._starts[start]))

    def edit(self, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> None:
        """Replace every match; a replacement of another length stands, as a whole, for the whole match."""
        changes = [(hit.start(), hit.end(), new) for hit in pattern.finditer(self.cased) if (new := change(hit)) != hit[0]]
        if not changes:
            return
        pieces: list[str] = []
        at = 0
        for first, last, new in changes:
            pieces += (self.cased[at:first], new)
            at = last
        pieces.append(self.cased[at:])
        if any(len(new) != last - first for first, last, new in changes):
            self._remap(changes)
        self.cased = "".join(pieces)

    def _remap(self, changes: list[tuple[int, int, str]]) -> None:
        old_starts: Sequence[int] = self._starts if self._starts is not None else range(len(self.cased))
        old_ends: Sequence[int] = self._ends if self._ends is not None else range(1, len(self.cased) + 1)
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for first, last, new in changes:
            if len(new) == last - first:
                continue
            starts += old_starts[at:first]
            ends += old_ends[at:first]
            starts += [old_starts[first]] * len(new)
            ends += [old_ends[last - 1]] * len(new)
            at = last
        starts += old_starts[at:]
        ends += old_ends[at:]
        self._starts, self._ends = starts, ends

    def put(self, first: int, last: int, new: str) -> None:
        """Replace `[first, last)` by `new`, which stands, as a whole, for all of it."""
        starts = self._starts if self._starts is not None else list(range(len(self.cased)))
        ends = self._ends if self._ends is not None else list(range(1, len(self.cased) + 1))
        start, end = starts[first], ends[last - 1]
        self.cased = self.cased[:first] + new + self.cased[last:]
        self._starts = starts[:first] + [start] * len(new) + starts[last:]
        self._ends = ends[:first] + [end] * len(new) + ends[last:]

    def spread(self, pattern: re.Pattern[str], split: Callable[[re.Match[str]], list[str]]) -> None:
        """Put a space between the parts that `split` gives for a match; each part keeps its own original characters."""
        for hit in reversed(list(pattern.finditer(self.cased))):
            parts = split(hit)
            at = hit.start(1)
            for part in parts[:-1]:
                at += len(part)
                self._space(at)
                at += 1

    def _space(self, at: int) -> None:
        starts = self._starts if self._starts is not None else list(range(len(self.cased)))
        ends = self._ends if self._ends is not None else list(range(1, len(self.cased) + 1))
        starts.insert(at, starts[at])
        ends.insert(at, ends[at - 1])
        self.cased, self._starts, self._ends = self.cased[:at] + " " + self.cased[at:], starts, ends


class Normaliser:
    """Makes normal forms. `disguised` are the words whose disguises are undone; `known` splits hashtags."""

    def __init__(self, disguised: frozenset[str], known: frozenset[str]) -> None:
        self._disguised = disguised
        self._known = known | disguised
        self._by_doubles: dict[str, str] = {}
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(disguised):
            self._by_doubles.setdefault(_DOUBLED.sub(r"\1", word), word)
            self._by_first.setdefault(word[0], []).append(word)
        self._tag_parts: dict[str, list[str]] = {}
        self._cleared: dict[str, str] = {}

    def __call__(self, text: str) -> Normal:
        """Return the normal form of `text`; any string is accepted."""
        form = Normal(text)
        if not text.isascii():
            form.edit(_UNUSUAL, lambda hit: "".join(map(_plain, hit[0])))
        text = form.cased
        if not _SAFE.issuperset(text) or _INNER.search(text) or _THRICE.search(text):
            self._undo(form)
        form.lower = form.cased.lower()
        if len(form.lower) != len(form.cased):
            form.lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in form.cased)
        return form

    def _undo(self, form: Normal) -> None:
        text = form.cased
        if "/" in text or "www." in text:
            form.edit(_LINK, lambda hit: " " * len(hit[0]))
        if "@" in text:
            form.edit(_MAIL, lambda hit: " " * len(hit[0]))
            form.edit(_HANDLE, lambda hit: self._handle(hit[0]))
        if "#" in text:
            form.spread(_TAG, lambda hit: self._parts(hit[1]))
        form.edit(_SPACES, lambda hit: "\n" if "\n" in hit[0] else " ")
        for hit in reversed(list(_SPACED.finditer(form.cased))):
            self._join(form, hit)
        form.edit(_ODD, lambda hit: self._clear(hit[0]))
        form.edit(_REPEAT, lambda hit: self._shortened(hit[0]))
        if "_" in form.cased:
            form.edit(re.compile("_"), lambda hit: " ")

    def _handle(self, text: str) -> str:
        """`@handle` without its words; `@ss` and `@rse` are no handles."""
        plain = text.lower().translate(_LEET)
        return text if plain in self._disguised else "@" + ("zq" * len(text))[: len(text) - 1]

    def _parts(self, tag: str) -> list[str]:
        """Split a hashtag at capitals and digits, else into known words when it is nothing but known words."""
        if tag not in self._tag_parts:
            if len(self._tag_parts) > 20_000:
                self._tag_parts.clear()
            pieces = _CAMEL.findall(tag.replace("_", ""))
            if "_" in tag or sum(map(len, pieces)) != len(tag):
                parts = [tag]
            elif len(pieces) > 1 and not (len(pieces) == 2 and pieces[0].isupper()):
                parts = [part for piece in pieces for part in self._words(piece)]
            else:
                parts = self._words(tag)
            self._tag_parts[tag] = parts
        return self._tag_parts[tag]

    def _words(self, tag: str) -> list[str]:
        low = tag.lower()
        if low in self._known or len(low) > 60:
            return [tag]
        best: list[list[str] | None] = [[]] + [None] * len(low)
        for end in range(1, len(low) + 1):
            for start in range(max(0, end - 16), end):
                before = best[start]
                if before is None or low[start:end] not in self._known:
                    continue
                row = best[end]
                if row is None or len(before) + 1 < len(row):
                    best[end] = [*before, tag[start:end]]
        return best[-1] or [tag]

    def _join(self, form: Normal, hit: re.Match[str]) -> None:
        """`f u c k` as one word, the longest part of the run that is a word worth undoing."""
        places = [at for at, sign in enumerate(hit[0], hit.start()) if sign not in " .-*/"]
        for size in range(len(places), 2, -1):
            for first in range(len(places) - size + 1):
                run = places[first:first + size]
                word = "".join(form.cased[at] for at in run).lower().translate(_LEET)
                if word in self._disguised:
                    form.put(run[0], run[-1] + 1, word)
                    return

    def _clear(self, token: str) -> str:
        """A token with signs or digits among its letters, read as the word it stands for (else left alone)."""
        if token.isalpha() or token.isdecimal() or len(token) > 24:
            return token
        if token not in self._cleared:
            if len(self._cleared) > 20_000:
                self._cleared.clear()
            self._cleared[token] = self._read(token)
        return self._cleared[token]

    def _read(self, token: str) -> str:
        head = token.rstrip(".!?-_")
        if len(head) < 3 or head.isalpha():
            return token
        for shown in dict.fromkeys((head, head.rstrip("*"))):
            if len(shown) >= 3 and (found := self._word(shown.lower())):
                return found + token[len(shown):]
        return token

    def _word(self, token: str) -> str | None:
        if token in self._disguised:
            return token
        plain = token.translate(_LEET)
        if plain in self._disguised:
            return plain
        if not token[0].isalpha() and not plain[0].isalpha():
            return None
        if _CENSOR.search(token) and len(token) >= 3:
            return self._censored(token if token[0].isalpha() else plain[0] + token[1:])
        return None

    def _censored(self, token: str) -> str | None:
        pattern, at, hidden = "", 0, 0
        for hit in _CENSOR.finditer(token):
            run = len(hit[0])
            tail = hit.end() == len(token)
            pattern += re.escape(token[at:hit.start()].translate(_LEET))
            pattern += f"[a-z]{{{run}}}" if tail or run > 3 else f"[a-z]{{{max(1, run - 1)},{run + 1}}}"
            hidden += run
            at = hit.end()
        pattern += re.escape(token[at:].translate(_LEET))
        if hidden >= len(token) - 1 and not token.startswith(("f*", "s*", "c*", "b*", "w*", "n*")):
            return None
        fits = re.compile(pattern)
        for word in _FIRST_GUESSES:
            if word in self._disguised and fits.fullmatch(word):
                return word
        return next((word for word in self._by_first.get(token[0], ()) if fits.fullmatch(word)), None)

    def _shortened(self, word: str) -> str:
        """`fuuuck`, `sooo`, `idiotttt`: the known word behind it, else every long run cut to one letter."""
        low = word.lower()
        if word.isupper() and not low.strip("ivxlc"):
            return word  # VIII is a numeral
        for shown in (_RUN.sub(r"\1\1", low), _RUN.sub(r"\1", low)):
            if shown in self._known:
                return shown
        return self._by_doubles.get(_DOUBLED.sub(r"\1", low), "") or _RUN.sub(r"\1", word)


_FIRST_GUESSES = ("fuck", "shit", "cunt", "bitch", "wanker", "fucking", "fucked", "bastard", "nigger", "arse", "bollocks")


@cache
def _plain(sign: str) -> str:
    """One unusual character as it reads: accents folded, invisible signs gone, look-alikes made Latin; emoji stay."""
    shown = sign.translate(_MARKS)
    if shown != sign:
        return shown
    kind = unicodedata.category(sign)
    if kind in ("Cf", "Mn", "Me") or sign == "\ufe0f":
        return ""
    folded = "".join(part for part in unicodedata.normalize("NFKD", sign) if unicodedata.category(part) != "Mn")
    folded = folded.translate(_LOOKALIKE).translate(_MARKS)
    return folded if folded else sign
