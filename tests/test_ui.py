"""The pages' Python side: messages go in directly, answers are caught; no browser and no Jupyter."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditlib import declaration, declaring, walk
from auditlib.declaration import statements as lists
from auditlib.errors import ArchiveError, Cancelled, NotReady, UsageError
from auditlib.records import Connection, Coverage, Finding, Item, Person, Span
from auditlib.ui import cards, folders, jobs, links, steps, words
from auditlib.ui.archives import ArchivesPage
from auditlib.ui.batches import Batches
from auditlib.ui.connections import ConnectionsPage
from auditlib.ui.declaration import DeclarationPage
from auditlib.ui.guard import ErrorPage, Page, guarded
from auditlib.ui.posts import PostsPage
from auditlib.ui.settings import SettingsPage
from auditlib.workspace import QueueFilter, Workspace

UI = Path(steps.__file__).parent
SECRET = "a sentence that only the archive holds"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "home") as opened:
        yield opened


def ask(page: Page, kind: str, **data: Any) -> dict[str, Any]:
    """Send one message and return its answer."""
    told: list[dict[str, Any]] = []
    page.send = lambda content, buffers=None: told.append(content)  # type: ignore[method-assign, assignment]
    page._receive(page, {"type": kind, "id": "v-1", "data": data})
    answers = [one for one in told if one["type"] == "answer"]
    assert len(answers) == 1
    return answers[0]


def post(number: int, text: str, **more: Any) -> Item:
    return Item(
        platform="x",
        account="sam",
        where=f"data/tweets.js[{number}]",
        kind="post",
        key=f"x:post:{number}",
        id=str(number),
        at=f"2019-03-{number % 28 + 1:02d}T08:15:00+00:00",
        text=text,
        author="me",
        audience="public",
        **more,
    )


def finding(
    item: Item, clause: str = "offence", rule: str = "offence.word", span: tuple[int, int] = (0, 6), **more: Any
) -> Finding:
    return Finding(
        key=item.key,
        id=item.id,
        platform=item.platform,
        kind=item.kind,
        at=item.at,
        clause=clause,
        rule=rule,
        severity=more.pop("severity", "look"),
        score=more.pop("score", 0.8),
        spans=(Span(*span),),
        reason="It may embarrass.",
        text=item.text,
        **more,
    )


@pytest.fixture
def filled(ws: Workspace) -> Workspace:
    """Ten flagged posts; the last one is a safeguarding matter."""
    items = [post(n, f"hungover again, number {n}") for n in range(9)] + [post(9, "she told me something worrying")]
    with ws.importing("x", "sam", "x.zip") as load:
        load.add(items)
        load.add([Coverage(platform="x", account="sam", state="failed", member="data/like.js", reason="cut off", count=2)])
    found = [finding(item, span=(0, 8), score=0.9 - n / 100) for n, item in enumerate(items[:9])]
    found.append(finding(items[9], "safeguarding", "safeguarding.told", severity="serious"))
    ws.store_findings(found, walk.scanner(ws).version)
    return ws


def queue_keys(page: PostsPage, **filters: Any) -> list[str]:
    total = ask(page, "queue", **filters)["data"]["total"]
    return [c["key"] for c in ask(page, "page", filters=filters, start=0, count=total)["data"]["cards"]]


# every message is answered


class Raising(Page):
    def __init__(self, error: Exception) -> None:
        super().__init__()

        def fail(_data: Any) -> None:
            raise error

        self.handlers["go"] = fail


def test_an_unexpected_error_becomes_a_sentence_without_its_message() -> None:
    answer = ask(Raising(KeyError(SECRET)), "go")
    assert answer["problem"].startswith("Something went wrong inside this program.")
    assert "KeyError at test_ui.py:" in answer["problem"]
    assert SECRET not in str(answer) and "Traceback" not in str(answer)


def test_an_error_meant_for_people_is_shown_as_it_is() -> None:
    assert ask(Raising(ArchiveError("The zip is cut off. Download it again.")), "go") == {
        "type": "answer",
        "id": "v-1",
        "problem": "The zip is cut off. Download it again.",
    }


def test_everything_missing_comes_as_a_list() -> None:
    assert ask(Raising(NotReady(["your job role", "your start date"])), "go")["missing"] == ["your job role", "your start date"]


def test_an_unknown_message_is_answered_too() -> None:
    assert "do not match" in ask(Raising(ValueError()), "something else")["problem"]


def test_a_step_that_cannot_open_its_workspace_shows_a_page_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "workspace.sqlite").write_bytes(b"this is no database, but it has some length to it" * 100)
    monkeypatch.setenv("SELF_AUDIT_HOME", str(tmp_path))
    page = steps.posts()
    assert isinstance(page, ErrorPage)
    sentence = ask(page, "start")["data"]["sentence"]
    assert sentence.endswith(".") and "Error" not in sentence


def test_every_step_gives_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELF_AUDIT_HOME", str(tmp_path))
    made = [steps.archives, steps.posts, steps.settings, steps.connections, steps.declaration, steps.register]
    names = [type(step()).__mro__[1].__name__ for step in made]  # anywidget makes a subclass for each widget
    assert names == ["ArchivesPage", "PostsPage", "SettingsPage", "ConnectionsPage", "DeclarationPage", "RegisterPage"]


def test_an_error_while_building_a_page_is_no_traceback() -> None:
    def make() -> Page:
        raise ZeroDivisionError(SECRET)

    page = guarded(make)
    assert isinstance(page, ErrorPage)
    assert SECRET not in ask(page, "start")["data"]["sentence"]


def test_nothing_from_an_archive_is_in_a_pages_synced_state(filled: Workspace) -> None:
    page = PostsPage(filled)
    queue_keys(page)
    assert "hungover again" not in str(page.get_state())


# the review queue


def test_a_decision_is_on_the_disk_before_it_is_acknowledged(filled: Workspace) -> None:
    page = PostsPage(filled)
    keys = queue_keys(page)
    answer = ask(page, "decide", view="v", seq=1, batch=[{"key": keys[1], "choice": "keep"}])
    with Workspace.open(filled.path.parent) as other:
        card = other.card(keys[1])
    assert card is not None and card.choice == "keep"
    assert answer["data"]["counts"]["decided"] == 1


def test_a_batch_that_is_sent_again_is_not_acted_on_twice(filled: Workspace) -> None:
    page = PostsPage(filled)
    keys = queue_keys(page)
    ask(page, "decide", view="v", seq=1, batch=[{"key": k, "choice": "keep"} for k in keys[1:4]])
    again = {"view": "v", "seq": 2, "batch": [{"undo": True}]}
    assert ask(page, "decide", **again)["data"]["undone"] == [[keys[3], None]]
    assert ask(page, "decide", **again)["data"]["undone"] == []
    assert ask(page, "decide", **again)["data"]["counts"]["decided"] == 2


def test_a_batch_that_failed_half_way_goes_on_where_it_stopped() -> None:
    batches, data, seen = Batches(), {"view": "v", "seq": 1, "batch": [{"n": 1}, {"n": 2}, {"n": 3}]}, []
    with pytest.raises(OSError, match="disk"):
        for entry in batches.rest(data):
            if entry["n"] == 2 and len(seen) == 1:
                raise OSError("disk")
            seen.append(entry["n"])
    seen += [entry["n"] for entry in batches.rest(data)]
    assert seen == [1, 2, 3]
    assert list(batches.rest(data)) == []
    assert list(batches.rest({**data, "view": "another", "batch": [{"n": 4}]})) == [{"n": 4}]


def test_undo_takes_back_one_key_at_a_time_even_within_a_batch(filled: Workspace) -> None:
    page = PostsPage(filled)
    keys = queue_keys(page)
    batch = [{"key": keys[1], "choice": "keep"}, {"key": keys[2], "choice": "remove"}, {"undo": True}]
    assert ask(page, "decide", view="v", seq=1, batch=batch)["data"]["undone"] == [[keys[2], None]]
    assert filled.counts()["keep"] == 1


def test_a_safeguarding_card_is_never_removed_and_the_rest_of_its_batch_is_kept(filled: Workspace) -> None:
    page = PostsPage(filled)
    keys = queue_keys(page)
    first = ask(page, "page", filters={}, start=0, count=1)["data"]["cards"][0]
    assert (first["key"], first["refer"]) == ("x:post:9", True)
    batch = [{"key": "x:post:9", "choice": "remove"}, {"key": keys[1], "choice": "keep"}]
    answer = ask(page, "decide", view="v", seq=1, batch=batch)["data"]
    assert [entry[:2] for entry in answer["refused"]] == [["x:post:9", None]]
    assert answer["counts"]["keep"] == 1 and answer["counts"]["remove"] == 0


def test_the_queue_resumes_at_the_first_undecided_card(filled: Workspace) -> None:
    page = PostsPage(filled)
    keys = queue_keys(page)
    ask(page, "decide", view="v", seq=1, batch=[{"key": key, "choice": "keep"} for key in keys[:4]])
    assert ask(PostsPage(filled), "queue")["data"] == {"total": 10, "decided": 4, "first": 4}
    assert queue_keys(PostsPage(filled), choice="undecided") == keys[4:]
    assert queue_keys(PostsPage(filled), choice="keep") == keys[:4]


def test_keeping_all_with_a_word_leaves_cards_with_another_reason_alone(filled: Workspace) -> None:
    kept = list(filled.findings())
    other = next(f for f in kept if f.key == "x:post:3")
    filled.store_findings([*kept, finding(post(3, other.text), "colleagues", "colleagues.x")], "test")
    page = PostsPage(filled)
    assert ask(page, "like", key="x:post:0")["data"] == {"word": "hungover", "count": 8}
    assert sorted(ask(page, "bulk", key="x:post:0")["data"]["keys"]) == [f"x:post:{n}" for n in (0, 1, 2, 4, 5, 6, 7, 8)]
    assert filled.counts()["keep"] == 8
    assert len(ask(page, "decide", view="v", seq=1, batch=[{"undo": True}])["data"]["undone"]) == 8


def test_a_safeguarding_card_is_never_part_of_a_bulk_choice(filled: Workspace) -> None:
    assert ask(PostsPage(filled), "like", key="x:post:9")["data"] == {"word": "", "count": 0}
    assert ask(PostsPage(filled), "bulk", key="x:post:9")["data"]["keys"] == []


def test_the_to_do_list_holds_what_is_to_go_and_remembers_the_tick(filled: Workspace) -> None:
    page = PostsPage(filled)
    ask(page, "decide", view="v", seq=1, batch=[{"key": "x:post:1", "choice": "remove"}, {"key": "x:post:2", "choice": "keep"}])
    ask(page, "done", view="v", seq=1, batch=[{"key": "x:post:1", "done": True}])
    groups = ask(page, "todo")["data"]["groups"]
    assert [(g["platform"], [(r["key"], r["what"], r["done"]) for r in g["rows"]]) for g in groups] == [
        ("X (Twitter)", [("x:post:1", "Remove", True)])
    ]


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("plain", [], [["plain", []]]),
        ("a😂bc", [(1, 2, 1)], [["a", []], ["😂", [1]], ["bc", []]]),
        ("abcdef", [(0, 4, 1), (2, 6, 2)], [["ab", [1]], ["cd", [1, 2]], ["ef", [2]]]),
        ("abc", [(0, 99, 1)], [["abc", [1]]]),
        ("abc", [(2, 2, 1)], [["abc", []]]),
    ],
)
def test_text_is_cut_at_the_edges_of_its_highlights(text: str, spans: list[tuple[int, int, int]], expected: list[Any]) -> None:
    cut = cards.pieces(text, [(Span(start, end), number) for start, end, number in spans])
    assert cut == expected
    assert "".join(piece for piece, _ in cut) == text


@pytest.mark.parametrize(
    ("platform", "url", "safe"),
    [
        ("x", "https://x.com/sam/status/1", True),
        ("x", "https://twitter.com/sam/status/1", True),
        ("instagram", "https://www.instagram.com/p/abc/", True),
        ("x", "http://x.com/sam/status/1", False),
        ("x", "https://x.com.evil.example/1", False),
        ("x", "https://evilx.com/1", False),
        ("x", "https://x.com@evil.example/1", False),
        ("x", "https://evil.example\\@x.com/", False),
        ("x", "https://x.com:8443/1", False),
        ("x", "https://x.com:port/1", False),
        ("x", "javascript:alert(1)//https://x.com", False),
        ("x", "JavaScript:alert(1)", False),
        ("x", "data:text/html,<script>1</script>", False),
        ("x", "https://x.com/\n1", False),
        ("facebook", "https://x.com/sam/status/1", False),
        ("mastodon", "https://school.example/@sam/1", False),
        ("x", None, False),
    ],
)
def test_only_an_https_address_on_the_platforms_own_site_becomes_a_link(platform: str, url: str | None, safe: bool) -> None:
    assert links.safe_link(platform, url) == (url if safe else None)


@pytest.mark.parametrize(
    ("platform", "account", "url", "safe"),
    [
        ("mastodon", "wren@toot.example", "https://toot.example/@wren/9", True),
        ("mastodon", "wren@toot.example", "https://other.example/@wren/9", False),
        ("mastodon", None, "https://toot.example/@wren/9", False),
        ("discourse", "wren (talk.example)", "https://talk.example/t/parking/31/7", True),
        ("wordpress", "kettle.example", "https://kettle.example/2018/half-term/", True),
        ("wordpress", "kettle.example", "https://kettle.example.evil.example/", False),
        ("bereal", "wren", "https://bere.al/wren", True),
        ("generic", "kettle.example", "https://kettle.example/1", False),
    ],
)
def test_a_link_on_ones_own_blog_forum_or_server_is_offered(platform: str, account: str | None, url: str, safe: bool) -> None:
    assert links.safe_link(platform, url, account) == (url if safe else None)


def test_what_has_no_link_has_directions_with_its_date() -> None:
    assert links.directions("facebook", "sam", "2016-05-01T10:00:00+00:00") == (
        "On Facebook, open your profile, choose the three dots, then Activity log, and go to 1 May 2016."
    )
    assert links.directions("strava", None, None) == "On Strava, open your profile, then My activities, and look for its date."
    assert links.directions("discord", None, None) == "Open Discord, go to your own profile or activity, and look for its date."


@pytest.mark.parametrize(
    ("iso", "day", "moment"),
    [
        ("2026-11-22T14:05:00+00:00", "22 November 2026", "22 November 2026, 14:05"),
        ("2026-11-02", "2 November 2026", "2 November 2026"),
        (None, "date not given", "date not given"),
        ("2026-13-02", "date not given", "date not given"),
    ],
)
def test_dates_are_written_as_people_write_them(iso: str | None, day: str, moment: str) -> None:
    assert (words.day(iso), words.moment(iso)) == (day, moment)


def test_counts_are_in_words_and_the_largest_comes_first() -> None:
    assert words.counted({"friend": 1, "post": 1204, "comment": 0, "story": 2}) == ["1,204 posts", "2 stories", "1 friend"]


def test_after_the_school_has_changed_everything_is_looked_through_again(filled: Workspace) -> None:
    assert "counts" in ask(PostsPage(filled), "start")["data"]
    filled.put("school_name", "Another Invented School")
    page = PostsPage(filled)
    heard = Heard(page)
    page._receive(page, {"type": "fresh", "id": "0", "data": {}})
    for _ in range(200):
        if {"type": "stale"} in heard.told:
            break
        threading.Event().wait(0.1)
    assert {"type": "stale"} in heard.told
    page._receive(page, {"type": "rescan", "id": "1", "data": {}})
    assert heard.last()["type"] == "done"
    assert "counts" in ask(PostsPage(filled), "start")["data"]


# notebook 1


def test_the_picker_lists_zips_and_folders_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.zip", "notes.txt", ".hidden.zip"):
        (tmp_path / name).write_bytes(b"x" * 1500)
    (tmp_path / "Folder").mkdir()
    (tmp_path / ".cache").mkdir()
    listing = folders.listing(tmp_path)
    assert [(e["name"], e["folder"], e["size"]) for e in listing["entries"]] == [("b.zip", False, "1 KB"), ("Folder", True, "")]
    assert (listing["parent"], listing["more"]) == (str(tmp_path.parent), 0)


def test_a_folder_that_cannot_be_opened_is_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="That folder cannot be opened"):
        folders.listing(tmp_path / "missing")


@pytest.mark.parametrize("form", ["{}", '"{}"', "  {} ", "'{}'", "file://{}"])
def test_a_pasted_place_is_found_however_it_was_copied(tmp_path: Path, form: str) -> None:
    path = tmp_path / "my archive.zip"
    path.write_bytes(b"x")
    assert folders.typed_path(form.format(path.as_posix())) == path


@pytest.mark.parametrize("typed", ["", "  ", "/no/such/place", "\0", "x" * 5000])
def test_a_pasted_place_that_is_not_there_is_a_plain_sentence(typed: str) -> None:
    with pytest.raises(UsageError):
        folders.typed_path(typed)


def test_the_picker_tells_what_each_zip_is(tmp_path: Path, ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.zip").write_bytes(b"x")
    (tmp_path / "other.zip").write_bytes(b"x")
    told: list[dict[str, Any]] = []
    arrived = threading.Event()

    def look(path: Path) -> list[walk.Found]:
        if path.name != "x.zip":
            raise ArchiveError("no export")
        return [walk.Found(path, "X (Twitter)", 2_000_000, "account sam")]

    monkeypatch.setattr(walk, "look", look)
    page = ArchivesPage(ws)
    assert [e["name"] for e in ask(page, "folder", path=str(tmp_path), purpose="archives")["data"]["entries"]]

    def hear(content: dict[str, Any], buffers: Any = None) -> None:
        if content["type"] == "recognised":
            told.append(content)
            if content["path"] == str(tmp_path):
                arrived.set()

    page.send = hear  # type: ignore[method-assign, assignment]
    page._receive(page, {"type": "folder", "id": "2", "data": {"path": str(tmp_path), "purpose": "archives"}})
    assert arrived.wait(10)
    found = {Path(one["path"]).name: one["found"] for one in told}
    assert found["x.zip"] == [{"title": "X (Twitter)", "note": "2.0 MB, account sam"}]
    assert found["other.zip"] == []


class Heard:
    """Catches what a page says on its own until it says that the work is over."""

    def __init__(self, page: Page) -> None:
        self.told: list[dict[str, Any]] = []
        self.over = threading.Event()
        page.send = self._hear  # type: ignore[method-assign, assignment]

    def _hear(self, content: dict[str, Any], buffers: Any = None) -> None:
        self.told.append(content)
        if content["type"] in ("done", "problem"):
            self.over.set()

    def last(self) -> dict[str, Any]:
        assert self.over.wait(20)
        return next(one for one in self.told if one["type"] in ("done", "problem"))


def test_reading_reports_progress_and_ends_with_the_accounts(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_ws: Workspace, paths: list[Path], progress: Any, cancel: Any, _answers: Any) -> None:
        progress(walk.Progress("Reading X", 2000, 5_000_000, 10_000_000, 40.0))
        with ws.importing("x", "sam", "x.zip") as load:
            load.add([post(1, "hello")])

    monkeypatch.setattr(walk, "import_archives", read)
    monkeypatch.setattr(walk, "rescan", lambda *_args: 0)
    page = ArchivesPage(ws)
    heard = Heard(page)
    page._receive(page, {"type": "read", "id": "1", "data": {"paths": ["x.zip"]}})
    done = heard.last()
    assert {"type": "answer", "id": "1", "data": {}} in heard.told
    progress = {"stage": "Reading X", "detail": "2,000 read, 5.0 MB of 10.0 MB, about 40 seconds left", "share": 0.5}
    assert {"type": "progress", "data": progress} in heard.told
    assert done["type"] == "done" and done["data"]["cancelled"] is False
    assert [(a["name"], a["account"], a["counts"], a["dates"]) for a in done["data"]["accounts"]] == [
        ("X (Twitter)", "sam", [("Posts", ["1 post"])], "2 March 2019 to 2 March 2019")
    ]


def test_stop_ends_the_reading_and_says_so(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_ws: Workspace, _paths: Any, _progress: Any, cancel: threading.Event, _answers: Any) -> None:
        assert cancel.wait(10)
        raise Cancelled("Stopped.")

    monkeypatch.setattr(walk, "import_archives", read)
    page = ArchivesPage(ws)
    heard = Heard(page)
    page._receive(page, {"type": "read", "id": "1", "data": {"paths": ["x.zip"]}})
    page._receive(page, {"type": "read", "id": "2", "data": {"paths": ["x.zip"]}})
    page._receive(page, {"type": "stop", "id": "3", "data": {}})
    assert heard.last()["data"]["cancelled"] is True
    assert "still being read" in next(one for one in heard.told if one.get("id") == "2")["problem"]
    assert jobs.current() is None


def test_an_archive_that_cannot_be_read_is_told_in_a_sentence(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_args: Any) -> None:
        raise ArchiveError("big.zip is locked with a password. Ask for a download without one.")

    monkeypatch.setattr(walk, "import_archives", read)
    page = ArchivesPage(ws)
    heard = Heard(page)
    page._receive(page, {"type": "read", "id": "1", "data": {"paths": ["big.zip"]}})
    assert heard.last()["data"]["words"] == "big.zip is locked with a password. Ask for a download without one."


def test_a_scan_counts_records_and_not_bytes() -> None:
    assert words.progress(walk.Progress("Looking", 500, 500, 1000)) == {"stage": "Looking", "detail": "500 read", "share": 0.5}


def test_the_answers_on_other_accounts_are_kept(ws: Workspace) -> None:
    page = ArchivesPage(ws)
    batch = [
        {"platform": "tiktok", "route": "not-audited", "reason": "archive-not-arrived"},
        {"platform": "reddit", "route": "not-held", "reason": ""},
        {"hide": True},
        {"platform": "reddit", "route": "", "reason": ""},
    ]
    assert ask(page, "scope", batch=batch)["data"] == {}
    assert ws.get("platforms") == {"tiktok": {"route": "not-audited", "reason": "archive-not-arrived"}}
    scope = ask(ArchivesPage(ws), "start")["data"]["scope"]
    assert scope["hide"] is True
    assert [(r["platform"], r["reason"]) for r in scope["rows"] if r["route"]] == [("tiktok", "archive-not-arrived")]


def test_saying_that_there_are_no_accounts_does_not_go_with_a_download(filled: Workspace) -> None:
    assert "at least one account" in ask(ArchivesPage(filled), "none", none=True)["problem"]


def test_a_typed_school_changes_the_texts(ws: Workspace) -> None:
    data = ask(ArchivesPage(ws), "school", name="  Invented  Primary School ")["data"]
    assert data["school"]["name"] == "Invented Primary School"
    assert data["policy"]["title"].find("Invented Primary School") > 0
    assert "Invented Primary School is the controller" in str(data["notice"])


def test_the_first_page_shows_every_clause_and_what_is_not_part_of_the_walk(ws: Workspace) -> None:
    from auditlib.policy import load_policy

    about = ask(ArchivesPage(ws), "start")["data"]
    titles = {clause["title"] for clause in about["policy"]["clauses"]}
    assert titles == {clause.title for id_, clause in load_policy().clauses.items() if id_ != "safeguarding"}
    assert len(about["policy"]["also"]) == 5


# notebooks 3 and 4


def test_settings_are_listed_for_the_platforms_present_and_answers_are_kept(filled: Workspace) -> None:
    page = SettingsPage(filled)
    groups = ask(page, "start")["data"]["groups"]
    assert [group["name"] for group in groups] == ["X (Twitter)", "All your accounts"]
    row = groups[0]["rows"][0]
    ask(page, "answer", batch=[{"row": row["id"], "answer": "leave", "reason": "I need it open"}])
    again = ask(SettingsPage(filled), "start")["data"]["groups"][0]["rows"][0]
    assert (again["answer"], again["reason"]) == ("leave", "I need it open")


def people(ws: Workspace, count: int) -> None:
    with ws.importing("facebook", "sam", "f.zip") as load:
        load.add(
            [
                Connection(
                    platform="facebook",
                    account="sam",
                    where="f",
                    key=f"facebook:friend:{n}",
                    relation="friend",
                    name=f"Person {n}",
                )
                for n in range(count)
            ]
        )
    ws.store_people(
        [
            Person(
                person_key=f"p{n}",
                name=f"Person {n}",
                platforms=("facebook",),
                relations=("friend",),
                keys=(f"facebook:friend:{n}",),
            )
            for n in range(count)
        ]
    )


def test_marks_on_people_are_kept_and_can_be_taken_back(ws: Workspace) -> None:
    people(ws, 5)
    page = ConnectionsPage(ws)
    ask(page, "mark", view="v", seq=1, batch=[{"keys": ["p0"], "mark": "pupil"}, {"keys": ["p1", "p2", "p3"], "mark": "none"}])
    rows = ask(ConnectionsPage(ws), "people", start=0, count=9)["data"]["people"]
    assert [row["mark"] for row in rows] == ["pupil", "none", "none", "none", None]
    undone = ask(page, "mark", view="v", seq=2, batch=[{"undo": True}])["data"]["undone"]
    assert sorted(undone) == [["p1", None], ["p2", None], ["p3", None]]
    assert ws.people().marked == 1


def test_the_end_of_the_connections_is_kept_for_the_declaration(ws: Workspace) -> None:
    ask(ConnectionsPage(ws), "finish", batch=[{"check": "done"}, {"wish": "wish-to-speak"}])
    assert ws.get("connections") == {"check": "done", "wish": "wish-to-speak"}
    draft = declaring.draft(ws)
    assert (draft.connections, draft.wish) == ("done", "wish-to-speak")


# notebook 5


def answer_everything(page: DeclarationPage) -> None:
    entries: list[dict[str, Any]] = [
        {"what": "person", "name": "full_name", "value": "Sam Sample"},
        {"what": "person", "name": "role", "value": "Teaching assistant"},
        {"what": "person", "name": "start_date", "value": "2027-01-04"},
        {"what": "person", "name": "staff_group", "value": "support-staff"},
        {"what": "person", "name": "former_names", "value": "Sam Former\n\n"},
        {"what": "connections", "name": "check", "value": "done"},
        {"what": "connections", "name": "wish", "value": "nothing-to-raise"},
        {"what": "referral", "name": "to", "value": "none"},
        {"what": "adjustments", "name": "", "value": ""},
    ]
    entries += [{"what": "statement", "name": one.id, "value": "yes"} for one in declaration.STATEMENTS]
    assert "problem" not in ask(page, "answer", batch=entries)


def test_the_preview_lists_everything_missing_and_then_shows_the_document(ws: Workspace) -> None:
    page = DeclarationPage(ws)
    before = ask(page, "preview")["data"]
    assert before["blocks"] == []
    assert len(before["missing"]) >= len(declaration.STATEMENTS)
    ws.put("route", "no-accounts")
    answer_everything(page)
    after = ask(page, "preview")["data"]
    assert after["missing"] == []
    text = str(after["blocks"])
    assert "Sam Sample" in text and "Sam Former" in text and lists.STATEMENT_OF_TRUTH in text


def test_signing_writes_a_valid_declaration_where_the_server_says(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SELF_AUDIT_EXPORTS", str(tmp_path / "exports"))
    ws.put("route", "no-accounts")
    page = DeclarationPage(ws)
    answer_everything(page)
    stroke = [[10.0, 10.0], [80.5, 40.0], [200.0, 22.0]]
    done = ask(page, "sign", name="Sam Sample", tick=True, code="", strokes=[stroke])["data"]
    written = tmp_path / "exports" / done["file"]
    assert declaration.verify(written).verdict == "valid"
    assert done["folder"] == str(tmp_path / "exports")


@pytest.mark.parametrize(("name", "tick"), [("", True), ("Sam Sample", False), ("Somebody Else", True)])
def test_without_name_and_tick_nothing_is_signed(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, tick: bool
) -> None:
    monkeypatch.setenv("SELF_AUDIT_EXPORTS", str(tmp_path / "exports"))
    ws.put("route", "no-accounts")
    page = DeclarationPage(ws)
    answer_everything(page)
    answer = ask(page, "sign", name=name, tick=tick, code="", strokes=[])
    assert answer["missing"] and not (tmp_path / "exports").exists()


def test_wiping_says_what_it_cannot_erase(filled: Workspace) -> None:
    path = filled.path
    left = ask(DeclarationPage(filled), "wipe")["data"]["left"]
    assert left and not path.exists()


# the source itself

BANNED = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc|\beval\(|new Function"
    r"|setHTML|\bHTML\(|Markdown\(|description_allow_html|escape=False|https?://(?!www\.w3\.org/)"
)


@pytest.mark.parametrize("path", sorted(UI.glob("*.js")) + sorted(UI.glob("*.css")), ids=lambda path: path.name)
def test_a_script_builds_no_markup_and_names_no_address(path: Path) -> None:
    assert BANNED.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted(UI.glob("*.py")), ids=lambda path: path.name)
def test_no_page_uses_a_widget_that_shows_markup(path: Path) -> None:
    banned = r"\bHTML\w*\(|Markdown\(|FileUpload|IPython\.display|description_allow_html|escape=False"
    assert re.findall(banned, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted(UI.glob("*.js")), ids=lambda path: path.name)
def test_a_script_stays_readable(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 300


def test_the_queue_knows_the_filters_of_the_page() -> None:
    from auditlib.ui.posts import filters_from

    assert filters_from({}) == QueueFilter()
    assert filters_from(
        {"clause": "phone", "year": "2019", "choice": "later", "search": "x", "all_posts": True}
    ) == QueueFilter(clause="phone", year=2019, choice="later", search="x", all_posts=True)
