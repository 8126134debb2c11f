"""The walk as calls: reading with progress and cancel, rescanning, invitations, answers, and what is signed in the end."""

import hashlib
import itertools
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from declaring import authority
from making import script, tweet, x_files, zipped

from auditlib import declaration, declaring, settings, walk
from auditlib.errors import Cancelled, NotAnArchive, NotReady, UnknownPlatform, UsageError
from auditlib.reading import Answers
from auditlib.workspace import QueueFilter, Workspace


@pytest.fixture
def ws(home: Path):
    with Workspace.open(home) as workspace:
        yield workspace


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    posts = [tweet(n, "The wifi password at work is Sunflower12" if n == 7 else "Tea and toast") for n in range(1, 5001)]
    return zipped(tmp_path / "twitter.zip", x_files("jo") | {"data/tweets.js": script("tweets", posts)})


def answered(ws: Workspace) -> None:
    ws.put("person", {"full_name": "Jo Invented", "role": "Teacher", "start_date": "2026-09-01", "staff_group": "teacher"})
    ws.put("connections", {"check": "done", "wish": "nothing-to-raise"})
    for statement in declaration.STATEMENTS:
        ws.answer_statement(statement.id, "yes")


SCHOOL = '[school]\nname = "Elm Park Primary School"\n[policy]\ntitle = "Online Policy"\nversion = "2026"\ndate = "May 2026"\n'


def an_invitation(folder: Path) -> tuple[Path, str]:
    """An invitation file and the code that was sent another way."""
    _, certificate = authority("Elm Park CA")
    invitation = declaration.Invitation(
        id=declaration.new_id(), expires="2099-12-31", policy_version="2026", school=SCHOOL,
        ca_certificate=certificate.public_bytes(Encoding.PEM).decode(),
        ca_fingerprint=hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest(),
    )  # fmt: skip
    path = folder / "invitation.json"
    path.write_bytes(declaration.write_invitation(invitation))
    return path, declaration.new_code()


CHAT = "".join(
    f"03/09/2021, 07:1{n} - {who}: {text}\n"
    for n, (who, text) in enumerate([("Jo Penrose", "hello"), ("Sam Wick", "hi"), ("Jo Penrose", "see you there")], 1)
)


def test_what_a_chat_does_not_say_is_asked_and_the_answer_is_used(ws, tmp_path):
    chat = tmp_path / "WhatsApp Chat with Sam Wick.txt"
    chat.write_text(CHAT, encoding="utf-8")
    [view] = walk.import_archives(ws, [chat])
    asked = {question.id: dict(question.options) for question in view.questions}
    assert set(asked) == {"whatsapp.owner", "whatsapp.day-order"}
    assert set(asked["whatsapp.owner"]) == {"Jo Penrose", "Sam Wick"} and set(asked["whatsapp.day-order"]) == {
        "day-first",
        "month-first",
    }
    assert {item.author for item in ws.items()} == {None}

    walk.answer(ws, "whatsapp.owner", "Jo Penrose")
    walk.answer(ws, "whatsapp.day-order", "month-first")
    [view] = walk.import_again(ws, "whatsapp", view.account)
    assert (view.platform, view.account, view.questions) == ("whatsapp", "Jo Penrose", ())
    assert [(item.author, item.at) for item in ws.items()] == [
        ("me", "2021-03-09T07:11:00"),
        ("other", "2021-03-09T07:12:00"),
        ("me", "2021-03-09T07:13:00"),
    ]
    with pytest.raises(UsageError):
        walk.answer(ws, "whatsapp.colour", "blue")


def test_what_a_file_of_another_site_does_not_say_is_asked_and_each_answer_is_used(ws, tmp_path):
    file = tmp_path / "posts.csv"
    file.write_text("A,B,C,author\n1,tea,03/04/2021,jo\n2,cake,03/04/2021,kit\n", encoding="utf-8")
    [view] = walk.import_archives(ws, [file], answers=Answers(columns={"text": "Z"}))
    asked = [(question.id, dict(question.options)) for question in view.questions]
    assert asked == [("generic.column-text", {"A": "A", "B": "B", "C": "C", "author": "author"})]
    for question, value, then in (
        ("generic.column-text", "B", {"generic.column-date", "generic.owner"}),
        ("generic.column-date", "C", {"generic.day-order", "generic.owner"}),
        ("generic.day-order", "month-first", {"generic.owner"}),
        ("generic.owner", "jo", set()),
    ):
        walk.answer(ws, question, value)
        [view] = walk.import_again(ws, "generic", view.account)
        assert {one.id for one in view.questions} == then
    assert [(i.text, i.at, i.author) for i in ws.items()] == [("tea", "2021-03-04", "me"), ("cake", "2021-03-04", "other")]


def test_a_table_that_tells_nothing_by_itself_is_asked_about_in_the_walk_and_refused_by_the_commands(ws, tmp_path):
    table = tmp_path / "forum.csv"
    table.write_text("A,B\nwords of mine,2021-03-04\n", encoding="utf-8")
    with pytest.raises(UnknownPlatform):
        walk.import_archives(ws, [table])
    [view] = walk.import_archives(ws, [table], answers=walk.answers(ws))
    assert [(q.id, [v for v, _ in q.options]) for q in view.questions] == [("generic.column-text", ["A", "B"])]
    walk.answer(ws, "generic.column-text", "A")
    walk.import_again(ws, "generic", view.account)
    assert [item.text for item in ws.items()] == ["words of mine"]


def test_a_download_that_has_been_moved_cannot_be_read_again(ws, archive):
    walk.import_archives(ws, [archive])
    archive.unlink()
    with pytest.raises(NotAnArchive, match="There is no"):
        walk.import_again(ws, "x", "jo")
    with pytest.raises(NotAnArchive, match="Choose the download again"):
        walk.import_again(ws, "x", "somebody")
    assert [view.counts["post"] for view in ws.accounts()] == [5000]


def test_reading_tells_how_far_it_is_and_keeps_everything(ws, archive):
    told: list[walk.Progress] = []
    [view] = walk.import_archives(ws, [archive], told.append)
    assert (view.platform, view.account, view.counts["post"]) == ("x", "jo", 5000)
    assert told[0].total_bytes > 0 and all(a.done_bytes <= b.done_bytes <= b.total_bytes for a, b in itertools.pairwise(told))


def test_a_stopped_import_leaves_what_was_there(ws, archive, tmp_path):
    walk.import_archives(ws, [zipped(tmp_path / "first.zip", x_files("jo", 1))])
    stop = threading.Event()
    with pytest.raises(Cancelled):
        walk.import_archives(ws, [archive], lambda _: stop.set(), stop)
    assert [view.counts["post"] for view in ws.accounts()] == [1]


def test_a_rescan_keeps_decisions(ws, archive):
    walk.import_archives(ws, [archive])
    assert walk.rescan(ws) == 1
    [card] = [c for c in ws.page(QueueFilter(), 0, ws.queue().total) if c.kind == "post"]
    ws.decide([(card.key, "remove")])
    walk.rescan(ws)
    assert ws.card(card.key).choice == "remove"


def test_files_that_belong_nowhere_are_kept_for_the_page(ws, archive, tmp_path):
    (tmp_path / "list.json").write_text("[]")
    walk.import_archives(ws, [archive, tmp_path / "list.json"])
    assert [(n.state, n.member) for n in walk.unplaced(ws)] == [("unknown", "list.json")]


def test_an_invitation_brings_its_school_and_its_code_is_asked_for(ws, tmp_path):
    path, code = an_invitation(tmp_path)
    invitation = walk.accept_invitation(ws, path)
    assert walk.school(ws).school.name == "Elm Park Primary School"
    answered(ws)
    ws.put("route", "no-accounts")
    with pytest.raises(NotReady) as told:
        declaring.sign(ws, "Jo Invented", True, folder=tmp_path)
    assert told.value.missing == ["the code that came with your invitation by another way"]
    with pytest.raises(UsageError):
        declaring.sign(ws, "Jo Invented", True, code=declaration.new_code()[:-1] + "!", folder=tmp_path)
    document = declaring.sign(ws, "Jo Invented", True, code=code, folder=tmp_path)
    [verdict] = declaration.verify_files([document], codes={invitation.id: code})
    assert (verdict.verdict, verdict.checks.invitation) == ("valid", True)


def test_without_any_account_three_answers_and_a_name_are_enough(ws, tmp_path):
    answered(ws)
    ws.put("route", "no-accounts")
    document = declaring.sign(ws, "Jo Invented", True, folder=tmp_path)
    [verdict] = declaration.verify_files([document])
    assert verdict.verdict == "valid" and verdict.payload.scope.no_accounts
    assert document.name == f"declaration-{verdict.payload.declaration_id}.docx"


def test_settings_count_as_done_only_when_every_row_of_the_platform_is_answered(ws, archive):
    from auditlib import settings

    walk.import_archives(ws, [archive])
    rows = [r.row.id for r in settings.checklist(["x"], []) if r.row.platform == "x"]
    states = [declaring.settings_states(ws)["x"]]
    for number, row in enumerate(rows):
        ws.answer_setting(row, "done" if number else "leave", "my reason")
        states.append(declaring.settings_states(ws)["x"])
    assert states == ["not-done", *["partly"] * (len(rows) - 1), "complete"]
    ws.answer_setting(rows[0], "later")
    assert declaring.settings_states(ws)["x"] == "partly"


def test_a_platform_the_paper_cannot_name_is_declared_as_another_website(ws, tmp_path):
    archives = Path(__file__).parent / "archives"
    walk.import_archives(ws, [archives / "bereal-2026", archives / "strava-2026"])
    answered(ws)
    for row in settings.checklist(["bereal"], [], ()):
        ws.answer_setting(row.row.id, "done")
    declared = {p: (a.route, a.settings) for p, a in declaring.draft(ws).platforms.items()}
    assert declared == {"generic": ("archive", "complete"), "strava": ("archive", declared["strava"][1])}
    signed = declaring.sign(ws, "Jo Invented", True, folder=tmp_path)
    assert declaration.verify(signed).verdict == "valid"


@pytest.mark.parametrize("text", ["not json", "[]", '{"passwords": ["x"]}'])
def test_an_answers_file_holds_only_known_names(ws, tmp_path, text):
    (tmp_path / "answers.json").write_text(text)
    with pytest.raises(UsageError):
        declaring.put_answers(ws, tmp_path / "answers.json")


def test_an_answers_file_is_enough_to_declare(ws, tmp_path):
    (tmp_path / "answers.json").write_text(
        '{"person": {"full_name": "Jo Invented", "role": "Teacher", "start_date": "2026-09-01", "staff_group": "teacher"},'
        '"route": "no-accounts", "connections": {"check": "not-applicable", "wish": "wish-to-speak"},'
        '"referral": {"to": "dsl", "contact": "in-person"}, "statements": {'
        + ",".join(f'"{s.id}": "{"discuss" if s.id == "pupils" else "yes"}"' for s in declaration.STATEMENTS)
        + "}}"
    )
    declaring.put_answers(ws, tmp_path / "answers.json")
    payload = declaring.preview(ws)
    assert declaration.outcome(payload) == "complete, discussion requested"
    assert (payload.referral.to, payload.referral.contact) == ("dsl", "in-person")
