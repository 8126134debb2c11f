"""The review queue, decisions, the to-do list and people. All people and posts here are invented."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from auditlib.errors import UsageError
from auditlib.records import Connection, Conversation, Finding, Item, Media, Person, Place, ProfileFact, Quoted, ReplyTo, Span
from auditlib.workspace import Card, PeopleFilter, PeopleView, QueueFilter, QueueView, Reason, Workspace
from auditlib.workspace.search import fold

EVERYTHING = QueueFilter()
UNDECIDED = QueueFilter(undecided=True)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def ws(home: Path) -> Iterator[Workspace]:
    with Workspace.open(home) as opened:
        yield opened


def post(number: int, **changes: Any) -> Item:
    made: dict[str, Any] = {
        "platform": "x", "account": "wren_example", "where": f"data/tweets.js#{number}", "kind": "post",
        "key": f"x:post:{number}", "id": str(number), "at": "2014-05-03T08:15:00+00:00",
        "text": f"post number {number}", "author": "me", "audience": "public",
        "url": f"https://x.com/wren_example/status/{number}",
    }  # fmt: skip
    return Item(**made | changes)


def finding(key: str | int, **changes: Any) -> Finding:
    made: dict[str, Any] = {
        "key": f"x:post:{key}" if isinstance(key, int) else key, "id": None, "platform": "x", "kind": "post",
        "at": "2014-05-03T08:15:00+00:00", "clause": "offence", "rule": "offence.word", "severity": "look",
        "score": 0.5, "spans": (Span(0, 4),), "reason": "A word worth another look.",
    }  # fmt: skip
    return Finding(**made | changes)


def fill(ws: Workspace, *records: Any, platform: str = "x") -> None:
    with ws.importing(platform, "wren_example", "my archive") as load:
        load.add(records)


def flag(ws: Workspace, count: int) -> None:
    fill(ws, *[post(number) for number in range(count)])
    ws.store_findings([finding(number, score=1 - number / 1000) for number in range(count)], "v1")


def keys(ws: Workspace, filters: QueueFilter, start: int = 0, count: int = 200) -> list[str]:
    ws.queue(filters)
    return [card.key for card in ws.page(filters, start, count)]


# -- cards


def test_card_shows_the_record_and_every_reason_the_weightiest_first(ws: Workspace) -> None:
    item = post(
        1, title="Warning", text="stone the crows", author_name="Wren", reply_to=ReplyTo("9", "robin", None),
        quoted=Quoted("8", "jay", "their words"), place=Place("Thame"), state="archived",
        media=(Media("a.jpg", "photo", "a cake"), Media("b.jpg", "photo")),
        conversation=Conversation("c", "Quiz night", ("wren",), True),
    )  # fmt: skip
    fill(ws, item)
    note = finding(1, severity="note", score=0.9, field="media[0].alt", spans=(Span(2, 6),), clause="copyright")
    look = finding(1, severity="look", score=0.4, text="stone the crows")
    assert ws.store_findings([note, look, look], "v1") == 1
    assert ws.page(EVERYTHING, 0, 10) == [
        Card(
            key="x:post:1",
            platform="x",
            account="wren_example",
            kind="post",
            at="2014-05-03T08:15:00+00:00",
            audience="public",
            url="https://x.com/wren_example/status/1",
            title="Warning",
            text="stone the crows",
            author="me",
            author_name="Wren",
            reply_to=ReplyTo("9", "robin", None),
            quoted="their words",
            quoted_author="jay",
            place="Thame",
            media_count=2,
            conversation_title="Quiz night",
            state="archived",
            choice=None,
            decided_at=None,
            done=False,
            refer=False,
            fields={"text": "stone the crows", "media[0].alt": "a cake"},
            reasons=(
                Reason(
                    clause="offence",
                    rule="offence.word",
                    severity="look",
                    score=0.4,
                    field="text",
                    spans=(Span(0, 4),),
                    reason="A word worth another look.",
                ),
                Reason(
                    clause="copyright",
                    rule="offence.word",
                    severity="note",
                    score=0.9,
                    field="media[0].alt",
                    spans=(Span(2, 6),),
                    reason="A word worth another look.",
                ),
            ),
        )
    ]
    assert list(ws.findings()) == [look, note]


def test_cards_come_by_severity_then_score_then_time_undated_last(ws: Workspace) -> None:
    dated = {1: "2015-01-01", 4: "2013-01-01", 5: None}
    fill(ws, *[post(number, at=dated.get(number, "2014-01-01")) for number in range(6)])
    scores = [(0, "note", 1.0), (1, "look", 0.5), (2, "look", 0.9), (3, "serious", 0.1), (4, "look", 0.5), (5, "look", 0.5)]
    later = [(0, "note", 0.2), (2, "note", 1.0)]
    ws.store_findings([finding(n, severity=severity, score=score) for n, severity, score in scores + later], "v1")
    assert keys(ws, EVERYTHING) == [f"x:post:{number}" for number in (3, 2, 4, 1, 5, 0)]


def test_profile_facts_connections_and_conversations_get_cards_of_their_kind(ws: Workspace) -> None:
    fill(
        ws,
        ProfileFact(platform="x", account="wren_example", where="w", key="x:profile:bio", fact="bio", value="Year 6!"),
        Connection(platform="x", account="wren_example", where="w", key="x:follower:7", relation="follower",
                   handle="robin7a", url="https://x.com/robin7a"),
    )  # fmt: skip
    ws.store_findings(
        [
            finding("x:profile:bio", kind="profile", at=None, field="value", score=0.9),
            finding("x:follower:7", kind="connection", at=None, clause="pupil-contact", suggestion="pupil",
                    evidence=("7A",), text="robin7a", score=0.8),
            finding("x:conversation:3", kind="conversation", at="2020-01-01", clause="family-contact",
                    suggestion="parent", evidence=("Year 4 mums",), text="Year 4 mums", score=0.7),
        ],
        "v1",
    )  # fmt: skip
    shown = [(card.kind, card.title, card.text, card.url, card.fields, card.reasons[0].suggestion)
             for card in ws.page(EVERYTHING, 0, 10)]  # fmt: skip
    assert shown == [
        ("profile", "bio", "Year 6!", None, {"text": "Year 6!", "value": "Year 6!"}, None),
        ("connection", "follower", "robin7a", "https://x.com/robin7a", {"text": "robin7a"}, "pupil"),
        ("conversation", None, "Year 4 mums", None, {"text": "Year 4 mums"}, "parent"),
    ]


def test_rescan_keeps_decisions_and_drops_cards_no_longer_flagged(ws: Workspace) -> None:
    flag(ws, 3)
    ws.decide([("x:post:0", "keep"), ("x:post:1", "remove")])
    ws.store_findings([finding(2, score=0.1), finding(0, score=0.9)], "v2")
    assert [(card.key, card.choice) for card in ws.page(EVERYTHING, 0, 10)] == [("x:post:0", "keep"), ("x:post:2", None)]
    assert [row.key for row in ws.todo()] == ["x:post:1"]
    ws.store_findings([finding(1)], "v3")
    assert [(card.key, card.choice) for card in ws.page(EVERYTHING, 0, 10)] == [("x:post:1", "remove")]


def test_findings_that_break_off_leave_the_earlier_cards(ws: Workspace) -> None:
    def scanning() -> Iterator[Finding]:
        yield finding(2)
        raise ValueError("stopped")

    flag(ws, 2)
    with pytest.raises(ValueError, match="stopped"):
        ws.store_findings(scanning(), "v2")
    assert (keys(ws, EVERYTHING), ws.scanner_version()) == (["x:post:0", "x:post:1"], "v1")


# -- filters and search


@pytest.fixture
def mixed(ws: Workspace) -> Workspace:
    fill(
        ws, post(1, text="Über-café in THAME, naïve \"quote\" 50% off_peak"), post(2, audience="followers"),
        post(3, at="2016-01-01", kind="repost"), post(4, text="an unflagged café"), post(5, text="their café", author="other"),
        post(6, text="plain", at=None),
    )  # fmt: skip
    fill(ws, post(7, platform="instagram", key="instagram:7", at="2016-02-01"), platform="instagram")
    ws.store_findings(
        [
            finding(1, score=0.9), finding(1, clause="school-name"), finding(2, severity="serious"),
            finding(3, score=0.8, kind="repost", severity="note"), finding("instagram:7", platform="instagram"),
        ],
        "v1",
    )  # fmt: skip
    return ws


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (QueueFilter(), ["x:post:2", "x:post:1", "instagram:7", "x:post:3"]),
        (QueueFilter(clause="school-name"), ["x:post:1"]),
        (QueueFilter(clause="school"), []),
        (QueueFilter(platform="instagram"), ["instagram:7"]),
        (QueueFilter(year=2016), ["instagram:7", "x:post:3"]),
        (QueueFilter(year=2016, platform="x"), ["x:post:3"]),
        (QueueFilter(audience="followers"), ["x:post:2"]),
        (QueueFilter(kind="repost"), ["x:post:3"]),
        (QueueFilter(band="serious"), ["x:post:2"]),
        (QueueFilter(search="cafe"), ["x:post:1"]),
        (QueueFilter(search="  UBER   thame "), ["x:post:1"]),
        (QueueFilter(search="cafe thame school"), []),
        (QueueFilter(all_posts=True),
         ["x:post:2", "x:post:1", "instagram:7", "x:post:3", "x:post:4", "x:post:6"]),
        (QueueFilter(all_posts=True, search="CAFÉ"), ["x:post:1", "x:post:4"]),
        (QueueFilter(all_posts=True, platform="x", year=2014), ["x:post:2", "x:post:1", "x:post:4"]),
        (QueueFilter(all_posts=True, clause="offence", search="cafe"), ["x:post:1"]),
        (QueueFilter(all_posts=True, kind="repost"), ["x:post:3"]),
    ],
)  # fmt: skip
def test_filters_combine(mixed: Workspace, filters: QueueFilter, found: list[str]) -> None:
    assert keys(mixed, filters) == found


def test_decided_filters_follow_the_decisions(mixed: Workspace) -> None:
    mixed.decide([("x:post:2", "keep"), ("x:post:4", "remove"), ("x:post:3", "later")])
    assert keys(mixed, UNDECIDED) == ["x:post:1", "instagram:7"]
    assert keys(mixed, QueueFilter(undecided=True, all_posts=True)) == ["x:post:1", "instagram:7", "x:post:6"]
    assert keys(mixed, QueueFilter(choice="later")) == ["x:post:3"]
    assert keys(mixed, QueueFilter(choice="remove", all_posts=True)) == ["x:post:4"]
    assert mixed.queue() == QueueView(total=4, decided=2, first_undecided=1)


@pytest.mark.parametrize(
    "typed", ['"', "'", "*", "AND", "OR NOT", "a AND (", "%", "_", "\\", "NEAR/3", "text:", "^", "-", "💥", "\x00", "\ud83d",
              "%' OR 1=1 --", "]]", "é" * 5000, " "],
)  # fmt: skip
@pytest.mark.parametrize("all_posts", [False, True])
def test_any_characters_may_be_typed(mixed: Workspace, typed: str, all_posts: bool) -> None:
    found = keys(mixed, QueueFilter(search=typed, all_posts=all_posts))
    expected = {'"': ["x:post:1"], "%": ["x:post:1"], "_": ["x:post:1"], "-": ["x:post:1"]}
    everything = keys(mixed, QueueFilter(all_posts=all_posts))
    assert found == (everything if not typed.strip().replace("\x00", "") else expected.get(typed, []))


def test_search_reaches_titles_places_quotes_and_picture_words(ws: Workspace) -> None:
    texts = {
        1: post(1, title="alpha"), 2: post(2, place=Place("Alphaville")), 3: post(3, quoted=Quoted(None, None, "ALPHA")),
        4: post(4, media=(Media(None, "photo", "an alpha"),)), 5: post(5, links=("https://alpha.example",)), 6: post(6),
    }  # fmt: skip
    fill(ws, *texts.values())
    assert sorted(keys(ws, QueueFilter(search="alpha", all_posts=True))) == [f"x:post:{number}" for number in range(1, 6)]


def test_search_finds_what_a_newer_import_brought(ws: Workspace) -> None:
    alphas = QueueFilter(search="alpha", all_posts=True)
    fill(ws, post(1, text="alpha"))
    assert keys(ws, alphas) == ["x:post:1"]
    fill(ws, post(2, text="alpha"))
    assert [card.key for card in ws.page(alphas, 0, 10)] == ["x:post:2"]
    with ws._store.read() as conn:
        assert conn.execute("SELECT count(*) FROM words").fetchone() == (1,)
    assert ws.prepare_search() == 0


@pytest.mark.parametrize(
    ("text", "folded"),
    [("CAFÉ", "cafe"), ("Straße", "strasse"), ("Łódź", "lodz"), ("it’s “so”", "it's \"so\""), ("ﬁne", "fine"),
     ("İstanbul", "istanbul"), ("Ærø", "aero"), ("\ud83d", "?")],
)  # fmt: skip
def test_folding_drops_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_facets_count_the_cards_of_each_value(mixed: Workspace) -> None:
    assert mixed.facets() == {
        "clause": {"offence": 4, "school-name": 1}, "platform": {"instagram": 1, "x": 3},
        "year": {"2014": 2, "2016": 2}, "audience": {"followers": 1, "public": 3}, "kind": {"post": 3, "repost": 1},
        "band": {"look": 2, "note": 1, "serious": 1},
    }  # fmt: skip


# -- paging


def test_pages_stand_still_while_undecided_cards_are_decided(ws: Workspace) -> None:
    flag(ws, 60)
    assert ws.queue(UNDECIDED) == QueueView(total=60, decided=0, first_undecided=0)
    seen = []
    for start in range(0, 60, 20):
        cards = ws.page(UNDECIDED, start, 20)
        seen += [card.key for card in cards]
        ws.decide([(card.key, "keep") for card in cards[::2]])
    assert seen == [f"x:post:{number}" for number in range(60)]
    assert [card.choice for card in ws.page(UNDECIDED, 0, 3)] == ["keep", None, "keep"]
    assert ws.queue(UNDECIDED) == QueueView(total=30, decided=0, first_undecided=0)
    assert ws.page(UNDECIDED, 0, 1)[0].key == "x:post:1"


def test_page_beyond_the_end_is_empty_and_a_page_needs_no_view_first(ws: Workspace) -> None:
    flag(ws, 3)
    assert [len(ws.page(UNDECIDED, start, 2)) for start in (0, 2, 3, 100)] == [2, 1, 0, 0]
    assert ws.page(UNDECIDED, -5, 2) == ws.page(UNDECIDED, 0, 2)
    assert ws.page(UNDECIDED, 0, -1) == []


def test_view_made_before_a_rescan_is_made_afresh(ws: Workspace) -> None:
    flag(ws, 3)
    ws.queue(EVERYTHING)
    ws.store_findings([finding(2)], "v2")
    assert [card.key for card in ws.page(EVERYTHING, 0, 10)] == ["x:post:2"]


def test_many_views_at_once_each_page_rightly(ws: Workspace) -> None:
    flag(ws, 5)
    views = [QueueFilter(search=f"number {number % 5}", year=2014 if number > 9 else None) for number in range(20)]
    for filters in views:
        ws.queue(filters)
    assert [ws.page(filters, 0, 9)[0].key for filters in views] == [f"x:post:{number % 5}" for number in range(20)]


def test_empty_queue_has_nothing_to_resume(ws: Workspace) -> None:
    assert (ws.queue(), ws.page(EVERYTHING, 0, 10), ws.card("x:post:1")) == (QueueView(total=0, decided=0), [], None)


# -- decisions


def test_undo_takes_back_batch_after_batch_also_after_a_restart(home: Path) -> None:
    with Workspace.open(home) as ws:
        flag(ws, 3)
        ws.decide([("x:post:0", "remove"), ("x:post:1", "keep")])
        ws.mark_done("x:post:0")
        ws.decide([("x:post:0", "discuss"), ("x:post:2", "later")])
        ws.decide([("x:post:1", None)])
    with Workspace.open(home) as ws:
        assert ws.undo() == [("x:post:1", "keep")]
        assert ws.undo() == [("x:post:0", "remove"), ("x:post:2", None)]
        card = ws.card("x:post:0")
        assert card is not None and (card.choice, card.done) == ("remove", True)
        ws.decide([("x:post:2", "keep")])
        assert ws.undo() == [("x:post:2", None)]
        assert ws.undo() == [("x:post:0", None), ("x:post:1", None)]
        assert (ws.undo(), ws.counts()["decided"]) == ([], 0)


def test_last_word_on_a_record_in_one_batch_counts(ws: Workspace) -> None:
    flag(ws, 1)
    ws.decide([("x:post:0", "keep"), ("x:post:0", "limit")])
    assert [row.choice for row in ws.todo()] == ["limit"]
    assert ws.undo() == [("x:post:0", None)]
    ws.decide([])
    assert ws.undo() == []


def test_counts_are_of_the_cards(ws: Workspace) -> None:
    flag(ws, 4)
    fill(ws, *[post(number) for number in range(5)])
    ws.decide([("x:post:0", "remove"), ("x:post:1", "keep"), ("x:post:2", "not-a-problem"), ("x:post:4", "limit")])
    ws.mark_done("x:post:0")
    assert ws.counts() == {
        "cards": 4, "decided": 3, "keep": 1, "remove": 1, "limit": 0, "discuss": 0, "later": 0, "not-a-problem": 1,
        "todo": 2, "done": 1,
    }  # fmt: skip


@pytest.mark.parametrize("choice", ["delete", "", "KEEP"])
def test_unknown_choice_changes_nothing(ws: Workspace, choice: Any) -> None:
    flag(ws, 2)
    with pytest.raises(UsageError, match="A decision is one of: keep, remove"):
        ws.decide([("x:post:0", "keep"), ("x:post:1", choice)])
    assert ws.counts()["decided"] == 0


def test_safeguarding_card_is_referred_and_never_removed(ws: Workspace) -> None:
    fill(ws, post(1), post(2))
    ws.store_findings([finding(1), finding(1, clause="safeguarding", severity="serious"), finding(2)], "v1")
    assert [(card.key, card.refer) for card in ws.page(EVERYTHING, 0, 9)] == [("x:post:1", True), ("x:post:2", False)]
    with pytest.raises(UsageError, match="speak to the designated safeguarding lead"):
        ws.decide([("x:post:2", "remove"), ("x:post:1", "remove")])
    assert ws.counts()["decided"] == 0
    ws.decide([("x:post:1", "discuss")])
    assert ws.counts()["discuss"] == 1


def test_unflagged_post_found_by_search_can_be_decided(ws: Workspace) -> None:
    flag(ws, 1)
    fill(ws, post(0), post(8, text="found by search"))
    everything = QueueFilter(search="found", all_posts=True)
    (card,) = ws.page(everything, 0, 10)
    assert (card.key, card.reasons, card.fields) == ("x:post:8", (), {"text": "found by search"})
    ws.decide([("x:post:8", "remove")])
    assert ws.page(everything, 0, 10)[0].choice == "remove"
    fill(ws, post(0))
    assert [(row.key, row.words, row.present) for row in ws.todo()] == [("x:post:8", "found by search", False)]


DECIDE_FOR_EVER = """
    import sys
    from pathlib import Path
    from auditlib.workspace import Workspace
    with Workspace.open(Path(sys.argv[1])) as ws:
        for number in range(3, 3000, 3):
            batch = [(f"x:post:{n}", "keep") for n in range(number, number + 3)]
            ws.decide(batch)
            print(number + 2, flush=True)
"""


def run(home: Path, code: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", dedent(code), str(home)], stdout=subprocess.PIPE, text=True, encoding="utf-8",
        cwd=Path(__file__).resolve().parents[1],
    )  # fmt: skip


def test_killed_process_loses_no_acknowledged_decision_and_leaves_no_half_batch(home: Path) -> None:
    with Workspace.open(home) as ws:
        flag(ws, 3003)
    for _ in range(3):
        process = run(home, DECIDE_FOR_EVER)
        assert process.stdout is not None
        acknowledged = [process.stdout.readline() for _ in range(40)]
        process.kill()
        acknowledged += process.communicate()[0].splitlines()
        last = max(int(line) for line in acknowledged if line.strip().isdigit())
        with Workspace.open(home) as ws:
            ws.queue(EVERYTHING)
            kept = {int(card.key.rsplit(":", 1)[1]) for card in ws.page(EVERYTHING, 0, 3003) if card.choice == "keep"}
            assert kept >= set(range(3, last + 1)) and len(kept) % 3 == 0
            while ws.undo():
                pass


def test_two_processes_deciding_at_once_lose_nothing(home: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from auditlib.workspace import Workspace
        with Workspace.open(Path(sys.argv[1])) as ws:
            for number in range(PART, 80, 2):
                ws.decide([(f"x:post:{number}", "keep" if PART else "later")])
    """
    with Workspace.open(home) as ws:
        flag(ws, 80)
        for process in [run(home, code.replace("PART", part)) for part in "01"]:
            assert process.communicate(timeout=60) and process.returncode == 0
        counts = ws.counts()
        assert (counts["decided"], counts["keep"], counts["later"]) == (80, 40, 40)
        batches = [ws.undo() for _ in range(81)]
        assert sorted(key for batch in batches for key, _ in batch) == sorted(f"x:post:{number}" for number in range(80))


# -- the to-do list


def test_todo_gives_link_or_directions_by_platform_and_newest_first(ws: Workspace) -> None:
    facebook = {"platform": "facebook", "account": "Wren Example", "url": None}
    fill(ws, post(1, at="2014-05-03T08:15:00+00:00", text="word " * 40), post(2, at="2015-01-31"), post(3))
    fill(
        ws, post(4, **facebook, key="facebook:4", text="at the\npub"),
        post(5, **facebook, key="facebook:5", kind="message", at=None, conversation=Conversation("c", "Quiz", (), True)),
        platform="facebook",
    )  # fmt: skip
    ws.store_findings([finding(1), finding(2), finding("facebook:4"), finding("facebook:5")], "v1")
    ws.decide([("x:post:1", "remove"), ("x:post:2", "limit"), ("facebook:4", "limit"), ("facebook:5", "remove")])
    ws.decide([("x:post:3", "keep")])
    rows = ws.todo()
    assert [(row.key, row.choice, row.url, row.words) for row in rows] == [
        ("facebook:4", "limit", None, "at the pub"),
        ("facebook:5", "remove", None, "post number 5"),
        ("x:post:2", "limit", "https://x.com/wren_example/status/2", "post number 2"),
        ("x:post:1", "remove", "https://x.com/wren_example/status/1", "word " * 17 + "word…"),
    ]
    assert [row.directions for row in rows] == [
        "On Facebook, open your profile, then Activity log, then Your posts, and filter by date. It is from 3 May 2014."
        " Then change who can see it.",
        "In Messenger, open the conversation “Quiz”. The export gives no date for it.",
        "On X, open your profile, then Posts or Replies. It is from 31 January 2015. Or search X for:"
        " from:wren_example since:2015-01-30 until:2015-02-02 X can't change who sees one post: protect the whole"
        " account, or remove the post.",
        "On X, open your profile, then Posts or Replies. It is from 3 May 2014. Or search X for: from:wren_example"
        " since:2014-05-02 until:2014-05-05",
    ]


def test_ticking_the_list_is_kept_and_reset_by_another_choice(ws: Workspace) -> None:
    flag(ws, 2)
    ws.decide([("x:post:0", "remove"), ("x:post:1", "keep")])
    ws.mark_done("x:post:0")
    ws.decide([("x:post:0", "remove")])
    assert [row.done for row in ws.todo()] == [True]
    ws.mark_done("x:post:0", False)
    assert [row.done for row in ws.todo()] == [False]
    ws.mark_done("x:post:0")
    ws.decide([("x:post:0", "limit")])
    assert [row.done for row in ws.todo()] == [False]
    with pytest.raises(UsageError, match="not on your to-do list"):
        ws.mark_done("x:post:1")


# -- people

ROBIN = Person(
    person_key="p1", name="Robin Exâmple", handles=("robin_ex",), platforms=("x", "facebook"),
    relations=("friend", "follower"), suggestion="pupil", evidence=("7A in the name",), keys=("x:follower:1", "fb:1"),
)  # fmt: skip
JAY = Person(person_key="p2", name="Jay Invented", handles=("jay",), platforms=("x",), relations=("following",),
                suggestion="unknown", keys=("x:following:2",))  # fmt: skip
DAW = Person(person_key="p3", handles=("jackdaw",), platforms=("instagram",), relations=("follower",), keys=("ig:3",))


def marks(ws: Workspace) -> dict[str, str | None]:
    ws.people()
    return {row.person_key: row.mark for row in ws.people_page(0, 100)}


def test_people_come_in_the_order_given_and_filters_combine(ws: Workspace) -> None:
    assert ws.store_people([ROBIN, JAY, DAW]) == 3
    assert ws.people() == PeopleView(total=3, marked=0)
    assert ws.people_page(0, 2) == [ROBIN, JAY] and ws.people_page(2, 2) == [DAW]
    found = {
        name: [row.person_key for row in ws.people_page(0, 10, **filters)]
        for name, filters in {
            "accent": {"search": "EXAMPLE robin"}, "handle": {"search": "jack"}, "quote": {"search": '"*'},
            "platform": {"platform": "x"}, "both": {"platform": "x", "relation": "following"},
            "suggested": {"suggested": True}, "not suggested": {"suggested": False},
        }.items()
    }  # fmt: skip
    assert found == {
        "accent": ["p1"], "handle": ["p3"], "quote": [], "platform": ["p1", "p2"], "both": ["p2"], "suggested": ["p1"],
        "not suggested": ["p2", "p3"],
    }  # fmt: skip


def test_marks_follow_the_person_into_a_new_grouping(ws: Workspace) -> None:
    ws.store_people([ROBIN, JAY])
    ws.mark_people(["p1"], "pupil")
    ws.mark_people(["p2"], "none")
    apart = [Person(person_key="new", keys=("fb:1",)), Person(person_key="p1", keys=("x:follower:1",))]
    ws.store_people([*apart, DAW])
    assert marks(ws) == {"new": "pupil", "p1": "pupil", "p3": None}
    ws.store_people([Person(person_key="all", keys=("fb:1", "x:following:2"))])
    assert marks(ws) == {"all": "none"}


def test_none_of_these_marks_only_the_unmarked_of_the_filter_in_one_step(ws: Workspace) -> None:
    ws.store_people([ROBIN, JAY, DAW])
    ws.mark_people(["p1"], "pupil")
    assert ws.mark_all(PeopleFilter(platform="x"), "none") == 1
    assert ws.mark_all(PeopleFilter(suggested=False), "none") == 1
    assert marks(ws) == {"p1": "pupil", "p2": "none", "p3": "none"}
    assert ws.people(PeopleFilter(mark="none")) == PeopleView(total=2, marked=2)
    assert ws.people_counts() == {
        "people": 3, "marked": 3, "pupil": 1, "former-pupil": 0, "parent": 0, "colleague": 0, "family": 0, "friend": 0,
        "business": 0, "none": 2, "unknown": 0,
    }  # fmt: skip
    assert [ws.undo_marks(), ws.undo_marks(), ws.undo_marks(), ws.undo_marks()] == [
        [("p3", None)], [("p2", None)], [("p1", None)], [],
    ]  # fmt: skip
    assert marks(ws) == {"p1": None, "p2": None, "p3": None}


def test_undecided_people_page_stands_still_while_marking(ws: Workspace) -> None:
    ws.store_people([Person(person_key=f"p{number:03}") for number in range(50)])
    assert ws.people(PeopleFilter(undecided=True)).total == 50
    seen = []
    for start in range(0, 50, 10):
        rows = ws.people_page(start, 10, undecided=True)
        seen += [row.person_key for row in rows]
        ws.mark_people([row.person_key for row in rows[:5]], "friend")
    assert seen == [f"p{number:03}" for number in range(50)]
    assert ws.people(PeopleFilter(undecided=True)) == PeopleView(total=25, marked=0)


def test_unknown_mark_or_person_changes_nothing(ws: Workspace) -> None:
    ws.store_people([ROBIN])
    wrong: Any = "nuisance"
    for act in (
        lambda: ws.mark_people(["p1"], wrong),
        lambda: ws.mark_all(PeopleFilter(), wrong),
        lambda: ws.mark_people(["p1", "p9"], "pupil"),
    ):
        with pytest.raises(UsageError):
            act()
    assert (marks(ws), ws.undo_marks()) == ({"p1": None}, [])
