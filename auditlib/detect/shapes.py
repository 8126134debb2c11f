"""The shapes a phrase may ask for: names, titled names, schools, numbers, times, dates. Each returns spans of the cased
normal form; a name needs its capital, as that is what tells `Will` from `will`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

Spans = list[tuple[int, int]]

_CAPITAL = re.compile(r"(?<![\w'])(?:Mc|Mac|O'|D')?[A-Z][a-z]{1,}(?:['-][A-Z][a-z]+)?(?![A-Za-z])")
_TITLED = re.compile(
    r"(?<![\w'])(?:(?:[Mm]rs?|[Mm]s|Mx|[Dd]r|Prof|MR|MRS|MS)\.? ?|(?:Miss|Sir|Madam|Lady|Father|Sister) )"
    r"((?:Mc|Mac|O'|D')?[A-Za-z]{1,}(?:['-][A-Za-z]+)?)(?![A-Za-z])"
)
_SCHOOL = re.compile(
    r"(?<![\w'])(?:[Tt]he )?((?:St\.? |Saint )?[A-Z][\w'-]+(?: (?:and|of|&|the|[A-Z][\w'-]+\.?)){0,5}? )"
    r"(?:CE |C of E |RC |Catholic |Church of England )?(?:Junior|Infants?|Primary|Prep|Preparatory|Secondary|High|Grammar|"
    r"Special|Community|Girls'?|Boys'?|Upper|Middle|First|Comprehensive|Nursery|Sixth Form|Academy|School|College|PRU)\b"
    r"(?: (?:School|Academy|College|Nursery|Trust))?"
)
_BUSINESS = re.compile(r"(?<![\w'])[A-Z][\w'&-]+(?: (?:and|&|of|the|[A-Z][\w'&-]+)){0,3}")
_MENTION = re.compile(r"@[zq]+")
_NUM = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])")
_TIME = re.compile(r"(?<!\w)(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?(?: ?[ap]m)?(?!\w)", re.IGNORECASE)
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_DATE = re.compile(
    rf"(?<!\w)(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})(?:,? (?:19|20)\d\d)?"
    rf"|(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?:,? (?:19|20)\d\d)?|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)?\d\d)(?!\w)",
    re.IGNORECASE,
)
_VALUE = re.compile(r"(?<![^\s\"'(:=])[^\s\"'<>]{3,40}(?![^\s\"').,;!?])")
_STREET = re.compile(
    r"(?<!\w)(?:flat \d+[a-z]?,? )?\d{1,4}[a-z]?,? (?:[A-Z]?[a-z']+\.? ){1,3}(?:road|rd|street|lane|ln|close|avenue|ave|"
    r"drive|crescent|cres|gardens|gdns|grove|way|terrace|court|mews|place|hill|rise|walk|green|park|square|row|view)(?!\w)",
    re.IGNORECASE,
)
_PLATE = re.compile(r"(?<!\w)(?:[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z])(?!\w)", re.I)


# Words one of which must be there for a shape to be possible: they let the matcher pass over most posts at once.
SHAPE_WORDS: dict[str, frozenset[str]] = {
    "Titled": frozenset(["mr", "mrs", "ms", "mx", "dr", "prof", "miss", "sir", "madam", "lady", "father", "sister"]),
    "School": frozenset(
        [
            "junior", "infant", "infants", "primary", "prep", "preparatory", "secondary", "high", "grammar",
            "special", "community", "girls", "boys", "upper", "middle", "first", "comprehensive", "nursery", "sixth",
            "academy", "school", "college", "pru",
        ]
    ),
    "street": frozenset(
        [
            "road", "rd", "street", "lane", "ln", "close", "avenue", "ave", "drive", "crescent", "cres", "gardens",
            "gdns", "grove", "way", "terrace", "court", "mews", "place", "hill", "rise", "walk", "green", "park",
            "square", "row", "view",
        ]
    ),
}


def makers(not_names: frozenset[str], not_titled: frozenset[str]) -> dict[str, Callable[[str], Spans]]:
    """Return the finder of each shape. `not_names`: capitalised words that are no names; `not_titled`: `mr bean`."""

    def names(text: str) -> Spans:
        return [hit.span() for hit in _CAPITAL.finditer(text) if hit[0].lower() not in not_names]

    def full(text: str) -> Spans:
        found = names(text)
        return [
            (a, d) for (a, b), (c, d) in pairwise(found)
            if text[b:c] == " " or re.fullmatch(r" [A-Z]\.? ", text[b:c])
        ]

    def titled(text: str) -> Spans:
        spans = []
        for hit in _TITLED.finditer(text):
            rest = hit[1].lower()
            title_shown = hit[0][: hit.start(1) - hit.start()].strip(" .").lower()
            if rest in not_titled or (rest in not_names and not hit[1][0].isupper()):
                continue
            if not hit[1][0].isupper() and (len(rest) < 4 or title_shown not in ("mr", "mrs")):
                continue
            spans.append(hit.span())
        return spans

    def spans_of(pattern: re.Pattern[str]) -> Callable[[str], Spans]:
        return lambda text: [hit.span() for hit in pattern.finditer(text)]

    def values(text: str) -> Spans:
        return [hit.span() for hit in _VALUE.finditer(text) if secret_like(hit[0])]

    def schools(text: str) -> Spans:
        return [
            hit.span() for hit in _SCHOOL.finditer(text)
            if hit[1].split()[-1].lower() not in not_names or len(hit[1].split()) > 1
        ]

    return {
        "Name": names, "Full": full, "Titled": titled, "School": schools, "Business": spans_of(_BUSINESS),
        "Mention": spans_of(_MENTION), "num": spans_of(_NUM), "time": spans_of(_TIME), "date": spans_of(_DATE),
        "value": values, "street": spans_of(_STREET), "plate": spans_of(_PLATE),
    }  # fmt: skip


def secret_like(word: str) -> bool:
    """Return whether a word looks made up to be secret: letters with digits or signs, inner capitals, or 4-8 digits."""
    bare = word.strip("\"'().,;")
    letters = sum(c.isalpha() for c in bare)
    digits = sum(c.isdigit() for c in bare)
    if len(bare) < 4 or bare.startswith(("http", "www.")) or re.fullmatch(r"\d+(?:st|nd|rd|th|am|pm|k|m|s)", bare, re.I):
        return False
    if letters and digits:
        return True
    if digits == len(bare):
        return 4 <= digits <= 8
    if any(c in "!$%^&*_#~@+=" for c in bare.rstrip("!*")) and letters:
        return True
    if letters and bare.endswith("!") and bare[:-1].isalnum() and bare[:1].isupper():
        return False
    return bool(re.search(r"[a-z][A-Z]", bare))


def in_order(spans: Iterable[tuple[int, int]]) -> Spans:
    """Return spans by start, the longer first."""
    return sorted(set(spans), key=lambda span: (span[0], -span[1]))
