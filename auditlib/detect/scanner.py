"""The scanner: rules compiled once for a policy and a school, then records in, findings out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

import ahocorasick_rs
import msgspec

from auditlib.detect import numbers
from auditlib.detect.context import Contexts
from auditlib.detect.emails import emails
from auditlib.detect.fields import field_kind, fields
from auditlib.detect.matcher import Marks, Matcher
from auditlib.detect.merge import Hit, merged, order
from auditlib.detect.names import Names
from auditlib.detect.normal import Normal, Normaliser
from auditlib.detect.shapes import makers
from auditlib.policy import Policy, Rule, School
from auditlib.policy.phrases import literals
from auditlib.records import SEVERITIES, Connection, Finding, Item, ProfileFact, Severity, Span

Scanned = Item | ProfileFact | Connection
_CODE = "2026.11.2"  # moves when the code here changes what is found, so that a rescan knows
_AUDIENCE = {"public": 1.04, "unlisted": 1.04, "direct": 0.94, "private": 0.94, "friends": 0.99}
_DIGIT = re.compile(r"\d")


class Scanner:
    """Scans records for what the policy asks a second look at. Same input, same findings, same order.

    `since` is the person's start date (ISO): an older, neutral post that names the school is a note only. `me` are the
    person's own names. `allowed_words` are the words the person does not want to be asked about again.
    """

    def __init__(
        self, policy: Policy, school: School, *, since: str | None = None, me: tuple[str, ...] = (),
        allowed_words: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self._policy, self._school, self._since = policy, school, since
        self._me = frozenset(name.casefold().strip() for name in me)
        self._allowed = frozenset(word.casefold().strip() for word in allowed_words)
        self._matcher = Matcher(policy.lists, makers(
            literals("not-names", policy.lists), literals("not-titled", policy.lists)))  # fmt: skip
        on = {clause for clause in policy.clauses if clause not in school.clauses or school.clauses[clause].on}
        self._on = on
        rules = [rule for rule in (*policy.rules, *_school_rules(school)) if {rule.clause, *rule.also} & on]
        self._rules = rules
        self._by_group: dict[int, Rule] = {}
        self._needs: dict[str, int] = {}
        self._unless: dict[str, int] = {}
        for rule in rules:
            if rule.any:
                self._by_group[self._matcher.group(rule.any, trigger=True)] = rule
            if rule.needs:
                self._needs[rule.id] = self._matcher.group(rule.needs)
            if rule.unless:
                self._unless[rule.id] = self._matcher.group(rule.unless)
        self._patterns = [(rule, tuple(map(re.compile, rule.regex))) for rule in rules if rule.regex]
        gates = sorted({word for rule, _ in self._patterns for word in rule.when})
        self._gates = ahocorasick_rs.AhoCorasick(gates)
        self._opens = [frozenset(at for at, (rule, _) in enumerate(self._patterns) if word in rule.when) for word in gates]
        self._digit_patterns = frozenset(at for at, (rule, _) in enumerate(self._patterns) if not rule.when)
        self._specials = [rule for rule in rules if rule.match]
        self._contexts = Contexts(policy, self._matcher)
        self._matcher.finish("allow")
        disguised = frozenset(
            word for name in policy.disguised for word in literals(name, policy.lists) if word.isalpha() and len(word) > 2
        )
        self._normalise = Normaliser(disguised, self._matcher.vocabulary | literals("common", policy.lists))
        self._names = Names(school)
        self._school_allow = {
            clause: tuple(term.casefold() for term in terms.allow) for clause, terms in school.terms.items() if terms.allow
        }
        self._ceiling = {clause: choice.severity for clause, choice in school.clauses.items() if choice.severity}
        digest = hashlib.sha256()
        for part in (_CODE, policy.hash, since or "", *me, "|", *sorted(self._allowed)):
            digest.update(part.encode("utf-8", "replace") + b"\0")
        digest.update(msgspec.json.encode(school))
        self.version: str = digest.hexdigest()[:16]

    def scan(self, record: Scanned) -> list[Finding]:
        """Return what is worth another look in `record`, ordered; [] for words of others and for connections."""
        hits = self._hits(record)
        shown = [hit for hit in hits if hit.score >= self._policy.threshold]
        if not shown:
            return []
        return order(merged(record, self._capped(record, shown)))

    def scores(self, item: Scanned) -> dict[str, float]:
        """Return the highest score (0-1) of every clause that posts are read for, found or not, below the threshold too."""
        best = dict.fromkeys(sorted({rule.clause for rule in self._rules} & self._on), 0.0)
        for hit in self._hits(item):
            best[hit.clause] = max(best.get(hit.clause, 0.0), hit.score)
        return best

    # --- from a record to weighed hits -----------------------------------------------------------------------------

    def _hits(self, record: Scanned) -> list[Hit]:
        if isinstance(record, Connection):
            return []
        if isinstance(record, Item) and record.author not in ("me", None):
            return []
        found: list[Hit] = []
        for field, text in fields(record):
            found += self._field(record, field, text)
        if isinstance(record, Item):
            found += self._places(record)
            weight = _AUDIENCE.get(record.audience, 1.0) * (0.97 if record.author is None else 1.0)
        else:
            weight = 1.0
        return [msgspec.structs.replace(hit, score=min(0.99, round(hit.score * weight, 4))) for hit in found]

    def _field(self, record: Scanned, field: str, text: str) -> list[Hit]:
        kind = field_kind(field)
        form = self._normalise(text)
        found: list[Hit] = []
        rules = [rule for rule in self._specials if _applies(rule, record, kind)]
        for rule in rules:
            for span, score in self._special(rule, form, text):
                found += self._hit(rule, field, score, [span], text)
        if kind == "links":
            return found
        marks = self._matcher.marks(form)
        seen: dict[int, list[tuple[int, int]]] = {}
        for group in self._matcher.candidates(marks):
            rule = self._by_group[group]
            if _applies(rule, record, kind):
                for start, end in self._matcher.find(group, marks):
                    found += self._weighed(rule, field, text, marks, start, end, form.span(start, end), seen)
        for at in self._gated(text):
            rule, patterns = self._patterns[at]
            if not _applies(rule, record, kind):
                continue
            for pattern in patterns:
                for hit in pattern.finditer(text):
                    span = Span(*hit.span("is")) if "is" in pattern.groupindex else Span(*hit.span())
                    if not rule.check or numbers.CHECKS[rule.check](text[span.start:span.end]):
                        found += self._weighed(rule, field, text, marks, hit.start(), hit.end(), span, seen)
        return found

    def _gated(self, text: str) -> list[int]:
        """The rules with regular expressions worth trying on `text`, in order: those with a gate word, or a digit, in it."""
        found: set[int] = set(self._digit_patterns) if _DIGIT.search(text) is not None else set()
        for word, _, _ in self._gates.find_matches_as_indexes(text.lower(), overlapping=True):
            found |= self._opens[word]
        return sorted(found)

    def _weighed(
        self, rule: Rule, field: str, text: str, marks: Marks, start: int, end: int, span: Span,
        seen: dict[int, list[tuple[int, int]]],
    ) -> list[Hit]:  # fmt: skip
        spans = [span]
        if rule.needs:
            near = [
                (s, e) for s, e in self._matcher.find(self._needs[rule.id], marks)
                if (s >= end and s - end <= rule.near) or (e <= start and start - e <= rule.near) or (s < end and start < e)
            ]  # fmt: skip
            if not near:
                return []
            spans += [marks.form.span(s, e) for s, e in near[:1]]
        if rule.unless and self._matcher.find(self._unless[rule.id], marks):
            return []
        factor = 1.0
        if not rule.plain:
            factor = self._contexts.factor(rule.clause, rule.id, start, end, marks, seen, self._matcher)
        return self._hit(rule, field, rule.score * factor, spans, text)

    def _hit(self, rule: Rule, field: str, score: float, spans: list[Span], text: str) -> list[Hit]:
        found = []
        for clause in (rule.clause, *rule.also):
            if clause not in self._on:
                continue
            kept = [span for span in spans if not self._is_allowed(clause, text, span)]
            if kept and kept[0] == spans[0]:
                found.append(Hit(clause, rule.id, rule.severity, score, field, tuple(sorted(set(kept))), rule.say))
        return found

    def _is_allowed(self, clause: str, text: str, span: Span) -> bool:
        shown = text[span.start:span.end].casefold()
        if self._allowed and (shown.strip() in self._allowed or self._normalise(shown).lower.strip() in self._allowed):
            return True
        if shown.strip() in self._me:
            return True  # one's own name is no colleague's
        for term in self._school_allow.get(clause, ()):
            at = text.casefold().find(term, max(0, span.start - len(term)))
            if at >= 0 and at <= span.start and span.end <= at + len(term):
                return True
        return False

    # --- matchers that are more than words -------------------------------------------------------------------------

    def _special(self, rule: Rule, form: Normal, text: str) -> list[tuple[Span, float]]:
        if rule.match == "names:school":
            return [(span, min(sure, rule.score) if sure < 0.9 else rule.score) for span, sure in self._names.school(form)]
        if rule.match == "names:staff":
            return [(span, rule.score) for span in self._names.staff(form)]
        if rule.match == "email":
            return [(span, min(sure, rule.score)) for span, sure in emails(text, form.lower, self._school.school.domains)]
        if rule.match == "phone":
            found = []
            for span, mobile in numbers.phones(text):
                around = text[max(0, span.start - 60):span.start].lower() + " | " + text[span.end:span.end + 40].lower()
                found.append((span, rule.score * numbers.weight(around, mobile=mobile)))
            return found
        return []

    def _places(self, item: Item) -> list[Hit]:
        """Notes for places: a point on the map in a post or picture (no words to show, so an empty span list)."""
        found = []
        for rule in self._specials:
            if rule.match != "photo-place" or rule.clause not in self._on or not _applies(rule, item, "place"):
                continue
            places = [("place", item.place), *((f"media[{at}].place", media.place) for at, media in enumerate(item.media))]
            for field, place in places:
                if place is None or (place.name is None and place.lat is None):
                    continue
                spans = (Span(0, len(place.name)),) if place.name else ()
                shown = f"{field}.name" if place.name else field
                found.append(Hit(rule.clause, rule.id, rule.severity, rule.score, shown, spans, rule.say))
                break
        return found

    # --- severities ------------------------------------------------------------------------------------------------

    def _capped(self, record: Scanned, hits: list[Hit]) -> list[Hit]:
        """Apply the ceilings: likes and votes are notes; so are old bios and, before the start date, neutral posts."""
        capped = []
        others = any(hit.clause not in ("school-name", "personal-info") for hit in hits)
        for hit in hits:
            limit: Severity = "serious"
            kind = record.kind if isinstance(record, Item) else ""
            old_and_neutral = hit.clause == "school-name" and not others and self._before_start(record)
            if kind == "reaction" or (kind == "bio" and hit.severity == "look") or old_and_neutral:
                limit = "note"
            severity = _lower(hit.severity, limit)
            if hit.clause in self._ceiling:
                severity = _lower(severity, self._ceiling[hit.clause])
            capped.append(msgspec.structs.replace(hit, severity=severity))
        return capped

    def _before_start(self, record: Scanned) -> bool:
        if not self._since or not isinstance(record, Item) or not record.at:
            return False
        return record.at[:10] < self._since[:10]


def _lower(severity: str, limit: str) -> Severity:
    return SEVERITIES[max(SEVERITIES.index(severity), SEVERITIES.index(limit))]  # type: ignore[arg-type]


def _applies(rule: Rule, record: Scanned, kind: str) -> bool:
    if rule.fields and kind not in rule.fields:
        return False
    if not rule.fields and kind == "place":
        return False
    if isinstance(record, ProfileFact):
        if rule.kinds and "profile" not in rule.kinds:
            return False
        return record.fact in rule.facts if rule.facts else record.fact in ("bio", "employer", "website")
    if rule.facts or isinstance(record, Connection):
        return False
    if rule.kinds and record.kind not in rule.kinds:
        return False
    if rule.audiences and record.audience not in rule.audiences:
        return False
    if rule.has:
        return bool(getattr(record, rule.has))
    return True


def _school_rules(school: School) -> Iterable[Rule]:
    """The rule each `terms.<clause>.add` list stands for."""
    for clause, terms in school.terms.items():
        if terms.add:
            plain = tuple(re.sub(r"[()\[\]{}|<>]", " ", term).strip() for term in terms.add)
            yield Rule(
                id=f"{clause}.school-terms", clause=clause, severity="look", score=0.75, plain=True,
                any=tuple(term for term in plain if term),
                say="This has a word your school added to its list. Whether it matters here is your decision.",
            )  # fmt: skip
