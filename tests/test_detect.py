"""The scanner: spans, disguises, contexts, severities, order, and what it must never do."""

from __future__ import annotations

import random
from functools import cache

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_rules import CASES, post, record

from auditlib.detect import Scanner, order
from auditlib.detect.fields import field_kind, fields
from auditlib.detect.normal import Normaliser
from auditlib.detect.numbers import luhn, nhs_number, ni_number, phones
from auditlib.policy import ClauseChoice, School, SchoolInfo, Staff, Terms, load_policy, load_school, school_named
from auditlib.records import Connection, Finding, Media, Place, ProfileFact, Quoted, Span

ELM = School(
    school=SchoolInfo(
        name="St Brigid's CE Primary School", trust="Elm Learning Trust", also_known_as=("St Brigid's", "Brigids"),
        handles=("@stbrigids_elm",), domains=("stbrigids.example.org",), postcode="EX4 4QJ", phase="primary",
    ),
    staff=(Staff("Mrs Ada Q Example", "headteacher"),),
)  # fmt: skip


@cache
def scanner() -> Scanner:
    return Scanner(load_policy(), load_school(None))


@cache
def elm() -> Scanner:
    return Scanner(load_policy(), ELM)


def words(found: list[Finding], clause: str) -> list[str]:
    return [f.text[span.start:span.end] for f in found if f.clause == clause for span in f.spans]


def clauses(text: str, **more: object) -> set[str]:
    return {f.clause for f in scanner().scan(post(text, **more))}


def only(text: str, clause: str, **more: object) -> Finding:
    found = [f for f in scanner().scan(post(text, **more)) if f.clause == clause]
    assert len(found) == 1, found
    return found[0]


# --- whole findings ---------------------------------------------------------------------------------------------------


def test_a_finding_says_everything_the_contract_asks() -> None:
    item = post("So glad, F**k this", id="7", key="x:post:7", url="https://x.com/i/status/7")
    assert scanner().scan(item) == [
        Finding(
            key="x:post:7", id="7", platform="x", kind="post", at="2020-01-01T00:00:00+00:00", clause="offence",
            rule="offence.strong-language", severity="look", score=0.832, field="text", spans=(Span(9, 13),),
            reason="This has strong swearing. Whether it stays is your decision.", text="So glad, F**k this",
            url="https://x.com/i/status/7",
        )
    ]  # fmt: skip


def test_same_input_gives_same_findings_in_the_same_order() -> None:
    items = [record(case) for case in CASES]
    again = Scanner(load_policy(), load_school(None))
    assert [again.scan(item) for item in items] == [scanner().scan(item) for item in items]


def test_findings_are_ordered_by_severity_score_and_time() -> None:
    found = [f for case in CASES for f in scanner().scan(record(case))]
    shuffled = random.Random(7).sample(found, len(found))
    ranks = [("serious", "look", "note").index(f.severity) for f in order(shuffled)]
    assert ranks == sorted(ranks)
    look = [f.score for f in order(shuffled) if f.severity == "look"]
    assert look == sorted(look, reverse=True)
    early, late = (msgspec.structs.replace(found[0], at=at) for at in ("2019-01-01", "2020-01-01"))
    assert order([late, early]) == [early, late]


def test_overlapping_findings_of_one_clause_are_one() -> None:
    found = scanner().scan(post("Mr Okafor in maths is useless and a liar"))
    defamation = [f for f in found if f.clause == "defamation"]
    assert len(defamation) == 1
    assert words(defamation, "defamation") == ["Mr Okafor in maths is useless and a liar"]


def test_every_item_of_the_own_author_gets_scores_also_below_the_line() -> None:
    scores = scanner().scores(post("bloody weather"))
    assert scores["offence"] == pytest.approx(0.312)
    assert scores["threat"] == 0
    assert set(scores) == {rule.clause for rule in load_policy().rules}
    assert scanner().scan(post("bloody weather")) == []


# --- who wrote it ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("author", ["other", "system"])
def test_words_of_others_never_flag(author: str) -> None:
    assert scanner().scan(post("I'm going to kill him, fuck", author=author, kind="message")) == []
    assert set(scanner().scores(post("fuck", author=author)).values()) == {0.0}


def test_an_unknown_author_counts_as_possibly_own() -> None:
    assert clauses("fuck", author=None) == {"offence"}


def test_connections_have_no_words_to_scan() -> None:
    link = Connection(platform="x", account="me", where="data", key="k", relation="friend", name="Fuck Off")
    assert scanner().scan(link) == []


def test_reposts_are_judged_like_own_posts_and_likes_are_notes_at_most() -> None:
    words_ = "I'm going to kill him"
    assert only(words_, "threat", kind="repost").severity == "serious"
    assert only(words_, "threat", kind="reaction").severity == "note"
    bare = post("", kind="repost", quoted=Quoted(text="fuck this"))
    assert [(f.field, f.spans) for f in scanner().scan(bare)] == [("quoted.text", (Span(0, 4),))]
    assert scanner().scan(post("nice", quoted=Quoted(text="fuck this"))) == []


def test_old_bios_are_notes() -> None:
    assert only("TA at The Chiltern School", "school-name", kind="bio").severity == "note"


# --- fields -----------------------------------------------------------------------------------------------------------


def test_every_field_with_words_is_read_and_named() -> None:
    item = post(
        "fine", title="shit", place=Place(name="The Chiltern School"), links=("https://chiltern.example.org/x",),
        media=(Media(path=None, type="photo", alt="fuck", description="wanker", place=Place(name="Mill Lane")),),
    )  # fmt: skip
    assert [name for name, _ in fields(item)] == [
        "text", "title", "place.name", "media[0].alt", "media[0].description", "media[0].place.name", "links[0]",
    ]  # fmt: skip
    found = {(f.field, f.clause) for f in scanner().scan(item)}
    assert found == {
        ("title", "offence"), ("place.name", "school-name"), ("place.name", "personal-info"), ("media[0].alt", "offence"),
        ("media[0].description", "offence"),
    }  # one note on places is enough
    assert field_kind("media[12].alt") == "alt" and field_kind("links[0]") == "links" and field_kind("value") == "value"


@pytest.mark.parametrize(
    ("fact", "value", "clause"),
    [
        ("employer", "The Chiltern School", "school-name"), ("bio", "Teacher. Email jo.b@gmail.com", "email"),
        ("phone", "07700 900123", "phone"), ("email", "jo@example.org", "email"), ("birthday", "1 May 1990", "personal-info"),
        ("bio", "Fuck off", "offence"),
    ],
)  # fmt: skip
def test_profile_facts_are_read(fact: str, value: str, clause: str) -> None:
    profile = ProfileFact(platform="x", account="me", where="d", key="p", fact=fact, value=value)  # type: ignore[arg-type]
    found = scanner().scan(profile)
    assert [(f.clause, f.kind, f.field, f.text) for f in found] == [(clause, "profile", "value", value)]


def test_a_place_on_the_map_without_a_name_is_a_note_without_words() -> None:
    item = post("Lovely", place=Place(lat=51.6, lon=-0.6))
    assert [(f.rule, f.severity, f.field, f.spans) for f in scanner().scan(item)] == [
        ("personal-info.photo-place", "note", "place", ())
    ]


# --- the school and its staff ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The gates of St Brigid's CE Primary School", "St Brigid's CE Primary School"),
        ("st brigids primary fete", "st brigids primary"),
        ("Saint Brigid’s School rocks", "Saint Brigid’s School"), ("#StBrigids fun", "#StBrigids"),
        ("ask @stbrigids_elm", "@stbrigids_elm"), ("mail a.x@stbrigids.example.org", "a.x@stbrigids.example.org"),
        ("see www.stbrigids.example.org/news", "www.stbrigids.example.org/news"),
        ("Elm Learning Trust news", "Elm Learning Trust"),
        ("we are at EX4 4QJ", "EX4 4QJ"), ("teaching at Brigids", "Brigids"), ("St. Brigid's class", "St. Brigid's"),
    ],
)  # fmt: skip
def test_the_school_is_found_in_the_ways_people_write_it(text: str, shown: str) -> None:
    assert words(elm().scan(post(text)), "school-name") == [shown]


def test_a_link_to_the_schools_site_is_found() -> None:
    found = elm().scan(post("news", links=("https://www.stbrigids.example.org/a", "https://example.com")))
    assert [(f.clause, f.field) for f in found] == [("school-name", "links[0]")]


@pytest.mark.parametrize("text", ["Ada Example is leaving", "mrs example again", "Mrs. Example!", "Ada Q Example"])
def test_named_staff_are_found(text: str) -> None:
    assert "colleagues" in {f.clause for f in elm().scan(post(text))}


def test_ones_own_name_is_no_colleagues_name() -> None:
    mine = Scanner(load_policy(), ELM, me=("Ada Example",))
    assert mine.scan(post("Ada Example here, hello")) == []


def test_a_typed_school_name_is_found_without_its_common_words() -> None:
    typed = Scanner(load_policy(), school_named("The Meadow Lane Community Primary School"))
    for text in ("Meadow Lane Primary is great", "at Meadow Lane School", "MEADOW LANE COMMUNITY PRIMARY SCHOOL"):
        assert "school-name" in {f.clause for f in typed.scan(post(text))}, text
    assert typed.scan(post("A walk in the meadow down the lane")) == []


def test_an_older_neutral_post_is_a_note_only_when_a_start_date_is_known() -> None:
    since = Scanner(load_policy(), load_school(None), since="2024-09-01")
    item = post("Lovely fair at The Chiltern School", at="2019-06-01T10:00:00+00:00")
    late = msgspec.structs.replace(item, at="2024-10-01T10:00:00+00:00")
    rude = msgspec.structs.replace(item, text="Shit fair at The Chiltern School")
    assert [f.severity for f in since.scan(item)] == ["note"]
    assert [f.severity for f in scanner().scan(item)] == ["look"]
    assert [f.severity for f in since.scan(late)] == ["look"]
    assert {f.clause: f.severity for f in since.scan(rude)}["school-name"] == "look"


# --- what a school and a person can choose -----------------------------------------------------------------------------


def test_a_clause_can_be_off_and_a_severity_has_a_ceiling() -> None:
    school = School(
        school=SchoolInfo(name="Elm"), clauses={"offence": ClauseChoice(on=False), "threat": ClauseChoice(severity="note")}
    )
    found = Scanner(load_policy(), school).scan(post("fuck, I'm going to kill him"))
    assert [(f.clause, f.severity) for f in found] == [("threat", "note")]


def test_a_school_adds_and_allows_terms() -> None:
    school = School(
        school=SchoolInfo(name="Elm"), terms={"offence": Terms(add=("wibble club",), allow=("bloody mess", "shit happens"))}
    )
    mine = Scanner(load_policy(), school)
    assert words(mine.scan(post("off to the Wibble Club!")), "offence") == ["Wibble Club"]
    assert mine.scan(post("oh well, Shit happens")) == []
    assert words(mine.scan(post("shit happens, what a shit day")), "offence") == ["shit"]


def test_a_word_the_person_called_harmless_is_not_asked_about_again() -> None:
    mine = Scanner(load_policy(), load_school(None), allowed_words=frozenset({"Shit"}))
    assert mine.scan(post("shit weather and sh1t trains")) == []
    assert words(mine.scan(post("shit and bollocks")), "offence") == ["bollocks"]


def test_version_changes_with_everything_that_changes_findings() -> None:
    policy, school = load_policy(), load_school(None)
    made = [
        Scanner(policy, school), Scanner(policy, ELM), Scanner(policy, school, since="2024-09-01"),
        Scanner(policy, school, allowed_words=frozenset({"shit"})),
        Scanner(msgspec.structs.replace(policy, hash="0" * 64), school),
    ]  # fmt: skip
    assert len({scan.version for scan in made}) == len(made)
    assert Scanner(policy, school).version == made[0].version


# --- disguises and the words behind them ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("what a sh1t day", "sh1t"), ("F**K that", "F**K"), ("f u c k off", "f u c k"), ("f.u.c.k it", "f.u.c.k"),
        ("fuuuuuck", "fuuuuuck"), ("ｆｕｃｋ", "ｆｕｃｋ"), ("fu\u200bck", "fu\u200bck"),
        ("fυck", "fυck"), ("b*ll*cks", "b*ll*cks"),
        ("w@nker", "w@nker"), ("#FuckMondays", "Fuck"), ("#fuckthisschool", "fuck"), ("f_ck", "f_ck"), ("s h i t", "s h i t"),
        ("what a c**t", "c**t"), ("ßhit 🙈 shït", "shït"), ("you're a t w a t", "t w a t"),
    ],
)  # fmt: skip
def test_disguised_words_are_found_and_shown_as_written(text: str, shown: str) -> None:
    assert words(scanner().scan(post(text)), "offence")[:1] == [shown]


@pytest.mark.parametrize(
    "text",
    [
        "A* in maths and a 5* review", "M&S and B&B", "A&E again", "see @fuck_bot and https://example.org/shit",
        "class of 2019",
        "e-mail x-ray t-shirt", "3.5km run", "Scunthorpe Penistone Cockermouth Clitheroe", "assess the classic bass",
        "3 2 1 go",
    ],
)  # fmt: skip
def test_harmless_signs_and_places_are_no_disguises(text: str) -> None:
    assert clauses(text) & {"offence", "harassment", "discrimination"} == set()


def test_the_normal_form_ties_every_character_to_the_original() -> None:
    form = Normaliser(frozenset({"fuck"}), frozenset({"hate", "mondays"}))("Ⅷ  f**k #hatemondays ok")
    assert form.lower == "viii fuck #hate mondays ok"
    start = form.lower.index("mondays")
    span = form.span(start, start + 7)
    assert form.original[span.start:span.end] == "mondays"


# --- contexts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("alone", "in_context", "clause"),
    [
        ("pakis out", "a man shouted \"pakis out\" at me on the bus, I reported it", "discrimination"),
        ("I'm going to kill him", "I'm going to kill him, says the villain in this film", "threat"),
        ("he should be hanged", "BBC News: MP says he should be hanged", "threat"),
        ("women belong in the kitchen", "People who say women belong in the kitchen are wrong", "discrimination"),
        ("added my Year 9s on snap", "never added my Year 9s on snap", "pupil-contact"),
    ],
)
def test_quoting_condemning_news_and_negation_weigh_less(alone: str, in_context: str, clause: str) -> None:
    assert scanner().scores(post(in_context))[clause] < 0.5 < scanner().scores(post(alone))[clause]


def test_a_public_audience_weighs_more() -> None:
    public, direct = (scanner().scores(post("what a twat", audience=who))["offence"] for who in ("public", "direct"))
    assert public > direct


CLEAN = [
    "I'm gay", "As a lesbian mum of two", "I am a Muslim and fasting today", "I have bipolar disorder", "I'm trans and I teach",
    "I'm a proud Jew", "My husband is Nigerian", "I'm pregnant!", "I use a wheelchair", "I voted Labour", "Tories out",
    "Join your union", "On strike with the NEU on Thursday", "NASUWT rep for six years", "I oppose the two-child cap",
    "Immigration should be lower", "Abortion is a woman's right", "I am pro-life", "Jesus is Lord", "There is no God",
    "Sex education should start at secondary", "I don't agree with gender self-ID", "Stop the war", "Ceasefire now",
    "Somebody called me a paki on the train and nobody helped", "I was called a faggot every day at school",
    "He called her the n word, I reported him to the police", "Racism has no place in football",
    "My feet are killing me", "I'd kill for a coffee", "You're killing it!", "shoot me an email", "drop dead gorgeous",
    "I nearly died laughing", "could murder a curry", "break a leg tonight!", "blow up the balloons", "dying for half term",
]  # fmt: skip


@pytest.mark.parametrize("text", CLEAN)
def test_identity_belief_union_talk_reports_of_abuse_and_idioms_are_never_shown(text: str) -> None:
    assert scanner().scan(post(text)) == []


# --- numbers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("on 07700 900123.", ["07700 900123"]), ("+44 (0)7700 900 123", ["+44 (0)7700 900 123"]),
        ("O77OO 9OO123", ["O77OO 9OO123"]),
        ("oh seven seven double oh nine double oh one two three", ["oh seven seven double oh nine double oh one two three"]),
        ("020 7946 0958", ["020 7946 0958"]), ("+353 85 012 3456", ["+353 85 012 3456"]), ("7700 900123", ["7700 900123"]),
        ("0800 1111", []), ("116 123", []), ("ISBN 9780141036144", []), ("£1,234,567,890", []), ("2012-2013", []),
        ("12-34-56 12345678", []), ("4111 1111 1111 1111", []), ("lottery 07 12 23 34 45 56", []), ("0345 678 9012", []),
        ("10 9 8 7 6 5 4 3 2 1", []), ("03/04/2021 10:30", []), ("ref 07700900123", []),
    ],
)  # fmt: skip
def test_telephone_numbers_are_told_from_other_numbers(text: str, shown: list[str]) -> None:
    assert [text[span.start:span.end] for span, _ in phones(text)] == shown


def test_check_digits() -> None:
    assert luhn("4111 1111 1111 1111") and not luhn("4111 1111 1111 1112") and not luhn("0000 0000 0000 0000")
    assert ni_number("AB 12 34 56 C") and ni_number("QQ123456C") and not ni_number("GB123456A") and not ni_number("AO123456A")
    assert nhs_number("943 476 5919") and not nhs_number("943 476 5910") and not nhs_number("12345")


# --- any text at all ---------------------------------------------------------------------------------------------------

spice = st.sampled_from(
    ["fuck", "sh1t", "f u c k", "#FuckOff", "@ss", "my pupil", "is useless", "07700 900123", "a@gmail.com",
     "The Chiltern School",
     "Mr Okafor", "I'll kill him", "…", "\u200b", "ﬁ", "🖕", "İ", "ß", "\n", "  ", "***", "f**k",
     "#ihatemyjob", "password is Ab1!"]
)  # fmt: skip
mixed = st.lists(st.one_of(st.text(max_size=12), spice), max_size=8).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(text=st.one_of(st.text(max_size=200), mixed))
def test_any_text_gives_spans_inside_it_and_never_an_error(text: str) -> None:
    for found in scanner().scan(post(text)):
        assert found.field == "text"
        last = 0
        for span in found.spans:
            assert last <= span.start < span.end <= len(text)
            last = span.end


@settings(max_examples=300, deadline=None)
@given(text=st.one_of(st.text(max_size=200), mixed))
def test_the_normal_form_keeps_its_length_and_its_order(text: str) -> None:
    form = Normaliser(frozenset({"fuck", "shit"}), frozenset({"i", "hate", "my", "job"}))(text)
    assert len(form.cased) == len(form.lower)
    spans = [form.span(at, at + 1) for at in range(len(form.cased))]
    assert spans == sorted(spans, key=lambda span: span.start)
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
