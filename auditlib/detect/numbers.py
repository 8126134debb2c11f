"""Numbers with a meaning: telephone numbers (also in words), and the checks behind patterns for cards and NI numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

import phonenumbers

from auditlib.detect.shapes import secret_like
from auditlib.records import Span

_DIGIT_WORDS = {"zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "one": "1", "two": "2", "three": "3",
                "four": "4", "hundred": "00", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9"}  # fmt: skip
_ONE = "|".join(sorted(_DIGIT_WORDS, key=len, reverse=True))
_TIMES = r"(?:double|triple|treble)[ -]"
_RUN = re.compile(
    rf"(?<![\w£$€.#/])(?:\+ ?|00 ?)?(?:\(?[0-9OoIl]{{1,14}}\)?|(?:{_TIMES})?(?:{_ONE}))"
    rf"(?:[ \t().\-–·*/,]{{0,3}}(?:[0-9OoIl]{{1,14}}|(?:(?:{_TIMES})?(?:{_ONE})(?![a-z]))))*(?![\w£%]|\.\d)",
    re.IGNORECASE,
)
_PIECE = re.compile(rf"({_TIMES})?(?:({_ONE})(?![a-z])|([0-9OoIl]+))", re.IGNORECASE)
_MAYBE = re.compile(r"(?:[\doO][^\w\n]{0,3}){7}|(?:\b(?:oh|zero|double|seven|nought)\b.{1,8}){3}", re.IGNORECASE | re.DOTALL)
_NOT_BEFORE = re.compile(
    r"(?:isbn|order|ref|reference|tracking|invoice|ticket|parcel|booking|policy|account|acc|a/c|sort code|iban|barcode|"
    r"charity|company|vat|model|serial|part|nhs|urn|utr|candidate|item|card|id|lotto|lottery|numbers were|pb|score|"
    r"registered|licence|passport|postcode)(?: no| number| num)?\.?:?#? ?(?:is |was |no\.? |number )?$",
    re.IGNORECASE,
)
_PUBLIC_START = ("0800", "0808", "0500", "084", "087", "09", "03", "116", "118", "111", "101", "055", "056")
_PUBLIC_NUMBERS = frozenset({"999", "112", "111", "101", "119", "105", "116123", "116000", "116111", "116117"})


def phones(text: str) -> list[tuple[Span, bool]]:
    """Return each telephone number in `text` and whether it is a mobile one.

    Reserved drama numbers (Ofcom's 07700 900xxx and the like) count as real; helplines, freephone, business and
    emergency numbers, ISBNs, card numbers, sort codes, prices and dates do not.
    """
    if not _MAYBE.search(text):
        return []
    found = []
    for hit in _RUN.finditer(text):
        shown = hit[0].rstrip(" \t().-–·*/,")
        digits = _digits(shown)
        if not 9 <= len(digits.lstrip("+")) <= 15 or not _written_like_one(shown, text, hit.start()):
            continue
        mobile = _kind(digits)
        if mobile is not None:
            found.append((Span(hit.start(), hit.start() + len(shown)), mobile))
    return found


def _digits(shown: str) -> str:
    """The digits of a run, words read as digits; a leading + is kept."""
    out = "+" if shown.lstrip().startswith("+") else ""
    letters_only = not re.search(r"\d|[a-z]{3}", shown, re.IGNORECASE)
    for times, word, run in _PIECE.findall(shown):
        if word:
            out += _DIGIT_WORDS[word.lower()] * {"": 1, "double": 2}.get(times.lower().rstrip(" -"), 3)
        else:
            out += re.sub("[Il]", "1", re.sub("[Oo]", "0", run)) if not letters_only else ""
    return re.sub(r"^(\+|00)(44)0", r"\1\2", out) if out.startswith(("+440", "00440")) else out


def _written_like_one(shown: str, text: str, start: int) -> bool:
    before = text[max(0, start - 40):start]
    if _NOT_BEFORE.search(before):
        return False
    parts = re.findall(r"\d+", shown)
    if shown.count(",") > 1 and shown[0] in "123456789":
        return False
    if re.search(r"\b(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d\b", shown) or re.fullmatch(r"\d\d[./-]\d\d[./-]\d{2,4}.*", shown):
        return False
    return not (len(parts) > 6 and all(len(part) <= 2 for part in parts) and not shown.lstrip("+( ").startswith(("0", "44")))


def _kind(digits: str) -> bool | None:
    """Whether a mobile (True) or other (False) private number; None for what is no telephone number or a public one."""
    national = re.sub(r"^(?:\+44|0044|44(?=[1-9]\d{9}$))", "0", digits)
    if national in _PUBLIC_NUMBERS or (national.startswith("0") and national.startswith(_PUBLIC_START)):
        return None
    if luhn(digits) and len(digits) >= 15:
        return None
    british = digits.startswith(("+44", "0044"))
    if british or (national.startswith("0") and not digits.startswith(("+", "00"))):
        if re.fullmatch(r"07\d{9}", national):
            return True
        return False if re.fullmatch(r"0[12]\d{8,9}", national) else None
    if re.fullmatch(r"7[1-9]\d{8}", digits):
        return True
    if not digits.startswith(("+", "00")):
        return None
    try:
        number = phonenumbers.parse("+" + digits.lstrip("+").removeprefix("00"), None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE


def luhn(shown: str) -> bool:
    """Return whether the digits pass the Luhn check (ISO/IEC 7812) and are not all alike."""
    digits = [int(c) for c in shown if c.isdigit()]
    if not 13 <= len(digits) <= 19 or len(set(digits)) < 2:
        return False
    doubled = [d * 2 - 9 * (d > 4) if at % 2 else d for at, d in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def ni_number(shown: str) -> bool:
    """Return whether the prefix may be one of a National Insurance number (HMRC's manual, NIM39110).

    QQ, which HMRC uses in examples, counts: a person may paste it as readily as a real one.
    """
    prefix = re.sub(r"[^A-Z]", "", shown.upper())[:2]
    if prefix == "QQ":
        return True
    return prefix not in ("BG", "GB", "NK", "KN", "TN", "NT", "ZZ") and not set(prefix) & set("DFIQUV") and prefix[1] != "O"


def nhs_number(shown: str) -> bool:
    """Return whether ten digits pass the NHS number's modulus 11 check."""
    digits = [int(c) for c in shown if c.isdigit()]
    if len(digits) != 10:
        return False
    rest = 11 - sum(d * (10 - at) for at, d in enumerate(digits[:9])) % 11
    return rest != 10 and rest % 11 == digits[9]


CHECKS: dict[str, Callable[[str], bool]] = {
    "luhn": luhn, "ni-number": ni_number, "nhs-number": nhs_number, "secret": secret_like,
}  # fmt: skip

_OWN = re.compile(
    r"\b(?:my (?:new |own |mobile |personal |home |work |landline )*"
    r"(?:number|num|no|mobile|mob|phone|cell|tel|digits|whatsapp)|"
    r"(?:call|text|ring|phone|whatsapp|message|msg|txt|contact|buzz|bell|dm|facetime|reach|get) me|me on|hmu|new number|"
    r"give me a (?:call|ring|text|bell|shout|buzz)|drop me a (?:text|line|message)|i'?m on|here'?s my|mine(?:'s| is)|tel|mob|"
    r"at home|home on|at the house)\b"
)
_BUSINESS = re.compile(
    r"\b(?:office|reception|helpline|box office|book(?:ings?)?(?: a table)?|customer|surgery|doctors?|clinic|hospital|pharmacy|"
    r"restaurant|pub|shop|store|hotel|taxi|garage|plumber|electrician|council|police|crimestoppers|samaritans|childline|"
    r"line is|switchboard|enquiries|open|call us|ring us|text us|call our|tickets|volunteers?|donate|scam|scammers?|"
    r"spam|nuisance|cold call\w*|missed call|anyone know (?:this|who)|kept? (?:calling|ringing)|been calling|vets?|vet's)\b"
)


def weight(around: str, *, mobile: bool) -> float:
    """Return how much of a telephone rule's score stands, from the words (lower case) around the number."""
    if _OWN.search(around):
        return 1.0
    if _BUSINESS.search(around):
        return 0.5 if mobile else 0.35
    return 0.9 if mobile else 0.7
