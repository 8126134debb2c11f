"""E-mail addresses: personal ones by provider, work ones by the school's domains, also written as `name at gmail dot com`."""

from __future__ import annotations

import re

from auditlib.records import Span

_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]+\.)+[a-z]{2,}(?![\w-])", re.IGNORECASE)
_SPOKEN = re.compile(
    r"(?<!\w)[\w.+-]{2,40}\s?(?:\(at\)|\[at\]|\bat\b|@)\s?(gmail|googlemail|hotmail|outlook|yahoo|icloud|btinternet|live|"
    r"aol|sky|me|protonmail|proton|gmx)\s?(?:(?:\(dot\)|\[dot\]|\bdot\b|\.)\s?(?:com|co\.?\s?uk|co dot uk|co|net|uk|me))"
    r"(?:\s?dot uk)?(?!\w)",
    re.IGNORECASE,
)
_PROVIDERS = frozenset(
    [
        "gmail", "googlemail", "hotmail", "outlook", "live", "msn", "yahoo", "ymail", "rocketmail", "icloud", "me",
        "mac", "aol", "btinternet", "btopenworld", "sky", "virginmedia", "virgin", "ntlworld", "blueyonder",
        "talktalk", "tiscali", "plusnet", "fsmail", "o2", "orange", "protonmail", "proton", "pm", "gmx", "mail",
        "email", "fastmail", "zoho", "tutanota", "tuta", "hey", "inbox", "freeserve", "lineone", "supanet", "uwclub",
        "zen", "yandex", "qq", "hushmail",
    ]
)
_OFFICE = re.compile(
    r"^(?:info|hello|hi|contact|enquir(?:y|ies)|admin|office|bookings?|press|media|support|help|sales|noreply|no-reply|"
    r"newsletter|tickets?|events?|team|jobs|recruitment|careers|hr|volunteer\w*|membership|secretary|club|orders?|"
    r"customer\w*|"
    r"charity|donations?|fundraising|parentmail|reception|head|postmaster|editor|letters|studio|shop|subscriptions?)(?:[.\d]|$)"
)
_ORGANISATION = re.compile(r"\.(?:gov|nhs|police|ac|sch|org|mod|parliament)\.uk$|\.(?:org|gov|edu|charity)$")
_OWN = re.compile(
    r"\b(?:my (?:own |personal |private |new |home )*(?:e-?mail|mail|gmail|hotmail|address)|e-?mail me|mail me|reach me|"
    r"contact me|message me|send (?:it|them|work|your \w+|me \w+|anything) (?:to (?:me|my)|over)|drop me|ping me|"
    r"get me (?:on|at)|"
    r"i'?m on|me (?:on|at))\b"
)


def emails(text: str, lower: str, school_domains: tuple[str, ...]) -> list[tuple[Span, float]]:
    """Return each address that may be the person's own and how sure that is (0-1); the school's own ones are left out."""
    found: list[tuple[Span, float]] = []
    if "@" in text:
        for hit in _ADDRESS.finditer(text):
            user, _, domain = hit[0].lower().rpartition("@")
            if any(domain == d or domain.endswith("." + d) for d in map(str.lower, school_domains)):
                continue
            found.append((Span(*hit.span()), _sure(user, domain, text, hit.start())))
    if "dot" in lower or " at " in lower or "(at)" in lower or "[at]" in lower:
        for hit in _SPOKEN.finditer(text):
            span = Span(*hit.span())
            if not any(a.start < span.end and span.start < a.end for a, _ in found):
                found.append((span, 0.8))
    return found


def _sure(user: str, domain: str, text: str, start: int) -> float:
    own = bool(_OWN.search(text[max(0, start - 60):start].lower()))
    if domain.split(".")[0] in _PROVIDERS or domain.split(".")[-2:-1] == ["btinternet"]:
        if _OFFICE.match(user) and not own:
            return 0.4
        return 0.9 if own else 0.78
    if _OFFICE.match(user):
        return 0.2
    if _ORGANISATION.search(domain):
        return 0.55 if own and "." in user else 0.3
    return 0.75 if own else 0.45
