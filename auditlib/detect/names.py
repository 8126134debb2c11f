"""The school's and its staff's names, in the ways people write them: short forms, hashtags, handles, domains."""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditlib.detect.normal import Normal
from auditlib.policy import School
from auditlib.records import Span

_FAITH = r"c of e|ce|rc|roman catholic|catholic|church of england|voluntary aided|va|vc"
_KIND = (
    rf"(?:{_FAITH}|community|special|primary|junior|"
    r"infants?|nursery|secondary|high|grammar|academy|school|college|sch|and)"
)
_NOT_SCHOOL_AFTER = re.compile(r"[ ](?!School|Academy|College|Primary|Special)[A-Z][a-z]+")
_AROUND = re.compile(
    r"\b(?:work|working|worked|job|teach|teaching|teacher|taught|school|staff|pupils?|students?|class|classroom|inset|"
    r"interview|started|starting|start|head|term|half[- ]term|back to|back at|children|kids|open day|ofsted|sports day|"
    r"parents'? evening|trip|leaving|left|colleagues?|slt|governors?|assembly|lessons?)\b|(?:\bat|@)\s+\| "
)
_LOOSE_GAP = r"[\s,.'&-]{1,3}"


class Names:
    """Finds the school (name, other names, handles, domains, postcode) and its named staff."""

    def __init__(self, school: School) -> None:
        info = school.school
        self._full = _any_of(_school_forms(info.name, *info.also_known_as, short=False))
        self._short = _any_of(_school_forms(info.name, *info.also_known_as, short=True))
        names = (info.name, *info.also_known_as)
        whole = {_squash(name).removeprefix("the") for name in names if len(name.split()) > 1}
        handles = {_squash(handle) for handle in info.handles}
        single = {_squash(name) for name in names if len(name.split()) == 1}
        self._tags = _written_together(whole | handles, single, {name for name in whole if len(name) > 7})
        domains = [domain.lower().removeprefix("www.") for domain in info.domains]
        hosts = "|".join(map(re.escape, domains))
        pattern = rf"[\w.+-]*@?(?<![a-z0-9-])(?:[\w-]+\.)*(?:{hosts})(?![\w-])\S*"
        self._domains = re.compile(pattern, re.IGNORECASE) if domains else None
        code = re.sub(r"\s", "", info.postcode).upper()
        self._postcode = re.compile(rf"(?<!\w){code[:-3]} ?{code[-3:]}(?!\w)", re.I) if len(code) >= 5 else None
        self._trust = _any_of({info.trust.lower()} if info.trust else set())
        self._staff = _any_of(form for person in school.staff for form in _staff_forms(person.name))

    def school(self, form: Normal) -> list[tuple[Span, float]]:
        """Return where the school is named and how sure that is (0-1). A one-word short name needs school words near."""
        found: list[tuple[Span, float]] = []
        for pattern, sure in ((self._full, 0.92), (self._trust, 0.66)):
            if pattern is not None:
                found += [(form.span(*hit.span()), sure) for hit in pattern.finditer(form.lower)]
        for pattern, sure in ((self._tags, 0.9), (self._domains, 0.9), (self._postcode, 0.62)):
            if pattern is not None:
                found += [(Span(*hit.span()), sure) for hit in pattern.finditer(form.original)]
        if self._short is not None and not found:
            for hit in self._short.finditer(form.lower):
                start, end = hit.span()
                near = form.lower[max(0, start - 70):start] + " | " + form.lower[end:end + 70]
                capital = form.cased[start].isupper()
                if capital and _NOT_SCHOOL_AFTER.match(form.cased, end):
                    continue
                sure = 0.72 if capital and _AROUND.search(near) else 0.58 if _AROUND.search(near) else 0.42
                found.append((form.span(start, end), sure))
        return found

    def staff(self, form: Normal) -> list[Span]:
        """Return where a member of staff of the school file is named: full name, or title and surname."""
        if self._staff is None:
            return []
        return [form.span(*hit.span()) for hit in self._staff.finditer(form.lower)]


def _any_of(forms: Iterable[str]) -> re.Pattern[str] | None:
    words = sorted({form for form in forms if form}, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<![\w@#])(?:{'|'.join(map(_loose, words))})(?!\w)") if words else None


def _written_together(tags: set[str], single: set[str], names: set[str]) -> re.Pattern[str] | None:
    """Names without spaces: after @ or # (more may follow, not after one word alone), and long ones by themselves."""
    parts = [rf"[@#](?:the)?(?:{_either(tags)})\w*"] if tags else []
    parts += [rf"[@#](?:the)?(?:{_either(single)})(?!\w)"] if single else []
    parts += [rf"(?<!\w)(?:the)?(?:{_either(names)})(?!\w)"] if names else []
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _either(words: set[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _loose(form: str) -> str:
    """A name as a pattern: any of space, comma, dot or hyphen between words, apostrophes optional, saint as st."""
    parts = []
    for word in re.findall(r"[\w']+", form.lower().replace("’", "'")):
        if word in ("st", "saint"):
            parts.append(r"(?:st\.?|saint)")
        elif word == "and":
            parts.append(r"(?:and|&)")
        else:
            parts.append(re.escape(word).replace("'", "'?") if "'" in word else re.sub(r"s$", "'?s", re.escape(word)))
    return _LOOSE_GAP.join(parts).replace(_LOOSE_GAP + "(?:and|&)" + _LOOSE_GAP, r"\s?(?:and|&|\+)\s?")


def _school_forms(*names: str, short: bool) -> set[str]:
    """The forms of names of at least two words (or, with `short`, the one-word ones)."""
    forms: set[str] = set()
    for name in names:
        low = " ".join(name.lower().replace(",", " ").replace("’", "'").split())
        bare = re.sub(r"^the ", "", low)
        forms |= {low, bare}
        plain = " ".join(re.sub(rf"\b(?:{_FAITH})\b", " ", bare).split())
        forms |= {plain, re.sub(r" (?:school|academy|college)$", "", plain)} if plain != bare else set()
        core = bare
        while (cut := re.sub(rf" {_KIND}$", "", core)) != core:
            core = cut
            # "oakfield primary" names Oakfield Primary School, and so does "oakfield school"
            if cut != core or len(cut.split()) > 1 or re.search(rf" {_KIND}$", bare):
                forms.add(core)
        if core != bare:
            forms |= {f"{core} school", f"{core} academy"} if bare.endswith(("school", "academy")) else set()
    generic = {"the school", "school", "primary school", "academy", "high school", "the academy"}
    if short:
        return {form for form in forms - generic if len(form.split()) == 1 and len(form) > 3}
    return {form for form in forms - generic if len(form.split()) > 1}


def _staff_forms(name: str) -> set[str]:
    parts = [part for part in name.split() if part.strip(".").lower() not in _TITLES]
    titled = [part for part in name.split() if part.strip(".").lower() in _TITLES]
    if not parts:
        return set()
    forms = {f"{title} {parts[-1]}".lower() for title in ("mr", "mrs", "ms", "miss", "dr", "sir", *map(str.lower, titled))}
    if len(parts) > 1:
        forms |= {" ".join(parts).lower(), f"{parts[0]} {parts[-1]}".lower()}
    return forms


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame", "rev", "mx"})


def _squash(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
