"""The policy data loads, every fault of a bad file is told once with its line and mend, and a school file round-trips."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib.errors import PolicyError
from auditlib.policy import (
    ClauseChoice,
    Contacts,
    PolicyInfo,
    Retention,
    RollCheck,
    School,
    SchoolInfo,
    SettingsChoice,
    Staff,
    Terms,
    check_file,
    load_policy,
    load_school,
    school_from_toml,
    school_named,
    school_to_toml,
)
from auditlib.policy.phrases import PhraseFault, is_composite, unfold
from auditlib.policy.rules import DATA, read_policy, rule_files

CLAUSES = {
    "access", "assume-public", "colleagues", "confidentiality", "consequences", "copyright", "defamation", "discrimination",
    "email", "family-contact", "harassment", "log-ins", "offence", "personal-info", "phone", "pupil-contact", "refer",
    "safeguarding", "school-name", "threat", "work-channels",
}  # fmt: skip
MAY_BE_SERIOUS = {
    "confidentiality", "discrimination", "log-ins", "offence", "pupil-contact", "safeguarding", "threat", "work-channels"
}  # fmt: skip

FULL = School(
    school=SchoolInfo(
        name='St "Brigid\'s" \\ School', trust="Elm Trust", also_known_as=("St B's", "Brigids"), handles=("@stbrigids",),
        domains=("stbrigids.example.org",), postcode="HP6 6AA", phase="primary",
    ),
    policy=PolicyInfo(
        title="Social media", version="3", date="1 May 2026", review="1 May 2027", kcsie_edition="2026", kcsie_paragraph="1"
    ),
    staff=(Staff("Ada Example", "headteacher"), Staff("Bo Sample", "")),
    contacts=Contacts(hr="HR", headteacher="head@example.org", dsl="DSL", dpo="DPO"),
    clauses={"phone": ClauseChoice(on=False), "offence": ClauseChoice(on=True, wording="Line one\nline two", severity="note")},
    terms={"offence": Terms(add=("wibble",), allow=("crumbs",))},
    settings=SettingsChoice(leave_out=("x.protected",)),
    roll_check=RollCheck(on=True, max_names=20),
    retention=Retention(declaration="a year", register="while in post"),
)  # fmt: skip


def test_bundled_policy_holds_every_clause_of_the_policy() -> None:
    policy = load_policy()
    assert set(policy.clauses) == CLAUSES
    assert len(policy.hash) == 64 and policy.version
    assert policy is load_policy()


def test_every_clause_that_posts_are_read_for_has_a_rule() -> None:
    policy = load_policy()
    with_rules = {rule.clause for rule in policy.rules}
    assert with_rules == CLAUSES - {"access", "assume-public", "consequences", "refer"}


def test_only_the_clauses_the_policy_names_may_be_serious() -> None:
    serious = {clause for rule in load_policy().rules if rule.severity == "serious" for clause in (rule.clause, *rule.also)}
    assert serious == MAY_BE_SERIOUS


def test_reasons_say_whose_decision_it_is_and_never_blame() -> None:
    for rule in load_policy().rules:
        words = rule.say.lower()
        assert not any(word in words for word in ("violation", "offence", "failed", "clean", "risky", "breach")), rule.id
        assert any(sign in words for sign in ("decision", "for you to judge", "talk to", "tell it", "tell whoever")), rule.id


def test_allow_list_and_disguised_lists_are_plain_words() -> None:
    policy = load_policy()
    assert [name for name in ("allow", "common", "not-names", *policy.disguised) if is_composite(name, policy.lists)] == []


def test_hash_follows_the_words_and_not_the_line_ends(tmp_path: Path) -> None:
    for path in rule_files():
        copy = tmp_path / path.relative_to(DATA)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert read_policy(tmp_path).hash == load_policy().hash
    allow = tmp_path / "words" / "allow.txt"
    allow.write_text(allow.read_text(encoding="utf-8") + "marmalade sandwich\n", encoding="utf-8")
    assert read_policy(tmp_path).hash != load_policy().hash


def test_bundled_files_have_no_faults() -> None:
    for path in rule_files():
        if path.name != "rules.toml":  # reads with all others, which the next test does
            assert check_file(path) == [], path.name
    assert check_file(DATA / "school-default.toml") == []


def test_default_school_is_the_chiltern_school() -> None:
    school = load_school(None)
    assert school.school == SchoolInfo(
        name="The Chiltern School", also_known_as=("Chiltern School", "Chiltern"), phase="special"
    )
    assert school.staff == (Staff("Lisa Leonard", "policy author"),)
    assert (school.policy.title, school.policy.date, school.policy.review) == (
        "Social Media Policy", "December 2018", "December 2019",
    )  # fmt: skip


def test_a_typed_school_name_replaces_names_staff_and_handles_only() -> None:
    default, named = load_school(None), school_named("  Elm Park   Primary ")
    assert named == msgspec.structs.replace(default, school=SchoolInfo(name="Elm Park Primary"), staff=(), terms={})


def test_school_file_reads_back_equal() -> None:
    assert school_from_toml(school_to_toml(FULL), "school.toml") == FULL
    assert school_from_toml(school_to_toml(load_school(None)), "school.toml") == load_school(None)


words = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)


@given(name=words.filter(str.strip), wording=words, terms=st.lists(words, max_size=3))
def test_any_text_survives_the_school_file(name: str, wording: str, terms: list[str]) -> None:
    school = School(
        school=SchoolInfo(name=name),
        clauses={"offence": ClauseChoice(wording=wording)},
        terms={"threat": Terms(add=tuple(terms))},
    )
    assert school_from_toml(school_to_toml(school), "s.toml") == school


FAULTY_SCHOOL = """\
[school]
nmae = "Elm Park"
postcode = "nowhere"
domains = ["https://elm.example.org"]
handles = "elm"

[policy]
title = 3

[[staff]]
name = ""

[[staff]]
name = "Ada Example"
job = "head"

[clauses.swearing]
on = false

[clauses.phone]
on = "no"
severity = "bad"

[terms.offence]
add = [1, 2]

[roll_check]
max_names = 0

[colours]
"""
SCHOOL_FAULTS = [
    "line 1: the school has no name - add name = \"...\" under [school]",
    "line 2: unknown name 'nmae' in [school] - did you mean 'name'?",
    "line 3: the postcode is not a UK postcode - write it like HP6 6AA",
    "line 4: 'https://elm.example.org' is not a web domain - write it like school.example.org, no https:// or @",
    "line 5: 'handles' in [school] has the wrong type - write a list in square brackets",
    "line 8: 'title' in [policy] has the wrong type - write text in quotation marks",
    "line 10: a member of staff has no name - add name = \"...\" there",
    "line 15: unknown name 'job' in [staff] - take it out, or use one of: name, position",
    f"line 17: there is no clause 'swearing' - use one of: {', '.join(sorted(CLAUSES))}",
    "line 21: 'on' in [clauses.phone] has the wrong type - write true or false",
    "line 22: there is no severity 'bad' - use one of: serious, look, note",
    "line 25: 'add' in [terms.offence] holds something that is not text - put every entry in quotation marks",
    "line 28: max_names is below 1 - write 1 or more",
    "line 30: unknown name 'colours' - take it out, or use one of: school, policy, contacts, settings, roll_check, retention, "
    "staff, clauses, terms",
]


def test_every_fault_of_a_school_file_is_told_once_with_line_and_mend(tmp_path: Path) -> None:
    path = tmp_path / "school.toml"
    path.write_text(FAULTY_SCHOOL, encoding="utf-8")
    assert check_file(path) == SCHOOL_FAULTS
    with pytest.raises(PolicyError) as caught:
        load_school(path)
    assert caught.value.faults == SCHOOL_FAULTS


FAULTY_RULES = """\
[lists]
elm-loop = ["{elm-loop}"]

[[rule]]
id = "offence.elm"
clause = "offense"
severity = "bad"
score = 3
say = "Worth another look."
any = ["one (two"]

[[rule]]
id = "Offence Elm!"
clause = "offence"
severity = "look"
score = 0.5
say = "Worth another look."
regex = ['(']
when = 7

[[rule]]
id = "offence.none"
clause = "offence"
severity = "look"
score = 0.5
say = "Worth another look."
kinds = ["poster"]
colour = "red"

[[rule]]
id = "offence.none"

[[rule]]
id = "offence.none"
clause = "offence"
severity = "look"
score = 0.5
say = "Worth another look."
match = "magic"
any = ["{no-such-list}", "<Shape>"]

[[context]]
id = "c"
factor = 2
match = "magic"
where = "nowhere"
"""
RULE_FAULTS = [
    "line 2: the word list 'elm-loop' cannot be used: the list 'elm-loop' contains itself - mend or remove that entry",
    f"line 6: there is no clause 'offense' - use one of: {', '.join(sorted(CLAUSES))}",
    "line 7: 'bad' is not a value of 'severity' - use one of: serious, look, note",
    "line 8: the score of 'offence.elm' is not between 0 and 1 - write a number such as 0.7",
    "line 10: the phrase 'one (two' cannot be read: a '(' is not closed - see docs/policy-file.md",
    "line 13: the id 'Offence Elm!' has other signs in it - "
    "use small letters, digits and hyphens, such as clause.short-name",
    "line 18: the pattern '(' is not a regular expression (missing ), unterminated subpattern at position 0) - "
    "mend or remove it",
    "line 19: 'when' in [rule] has the wrong type - write a list in square brackets",
    "line 22: the rule 'offence.none' needs exactly one way to match - give it one of: any, regex, match",
    "line 27: 'poster' is not a value of 'kinds' - use one of: post, story, repost, comment, message, reaction, review, bio, "
    "other, profile",
    "line 28: unknown name 'colour' in [rule] - take it out, or use one of: id, clause, severity, score, say, any, regex, "
    "match, check, when, needs, near, unless, kinds, audiences, fields, facts, has, also, plain",
    "line 30: this rule has no clause, severity, score, say - add what is missing",
    "line 34: the rule id 'offence.none' is used twice - rename one",
    "line 34: the rule 'offence.none' needs exactly one way to match - give it one of: any, regex, match",
    "line 39: 'magic' is not a value of 'match' - use one of: names:school, names:staff, phone, email, photo-place",
    "line 40: the phrase '{no-such-list}' cannot be read: "
    "there is no word list called 'no-such-list' - see docs/policy-file.md",
    "line 40: the phrase '<Shape>' cannot be read: there is no shape <Shape>: use one of <Name>, <Full>, <Titled>, <School>, "
    "<Business>, <Mention>, <num>, <time>, <date>, <value>, <street>, <plate> - see docs/policy-file.md",
    "line 44: the factor of 'c' is not between 0 and 1 - write a number such as 0.6",
    "line 45: there is no context match 'magic' - use one of: quotes, question",
    "line 46: 'nowhere' is not a value of 'where' - use one of: post, sentence, before",
]


def test_every_fault_of_rule_data_is_told_once_with_line_and_mend(tmp_path: Path) -> None:
    path = tmp_path / "extra.toml"
    path.write_text(FAULTY_RULES, encoding="utf-8")
    assert sorted(check_file(path)) == sorted(RULE_FAULTS)


def test_a_word_list_file_is_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("# mine\nfine words\n(broken\n", encoding="utf-8")
    assert check_file(path) == [
        "line 1: the word list 'mine' cannot be used: '(broken': a '(' is not closed - mend or remove that entry"
    ]


def test_broken_toml_and_missing_files_are_told_plainly(tmp_path: Path) -> None:
    path = tmp_path / "school.toml"
    path.write_text('[school]\nname = "Elm\n', encoding="utf-8")
    assert [fault.split(" (")[0] for fault in check_file(path)] == ["line 2: this is not valid TOML"]
    with pytest.raises(PolicyError, match=r"none\.toml has 1 thing\(s\) to mend: line 1: the file is not there"):
        load_school(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PolicyError, match="cannot be read as text"):
        check_file(tmp_path / "bytes.toml")


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("", "it is empty"), ("(a|)", "it is empty or ends in a gap"), ("a )", "unexpected ')'"),
        ("... a", "a gap needs words"), ("a ...", "ends in a gap"), ("[a]", "everything in it is optional"),
        ("{none}", "no word list"), ("<None>", "no shape"),
    ],
)  # fmt: skip
def test_a_phrase_that_cannot_be_read_says_why(phrase: str, why: str) -> None:
    with pytest.raises(PhraseFault, match=why.replace("(", r"\(").replace(")", r"\)")):
        unfold(phrase, {})


def test_a_phrase_unfolds_into_literals_and_gaps() -> None:
    variants = unfold("(my|our) [dear] head .. can't", {})
    shown = {
        tuple((step.gap, tuple(sorted(step.element.literals))) for step in variant)  # type: ignore[union-attr]
        for variant in variants
    }
    assert shown == {
        (("next", ("my dear head", "our dear head")), ("words", ("can't", "cant"))),
        (("next", ("my head", "our head")), ("words", ("can't", "cant"))),
    }
