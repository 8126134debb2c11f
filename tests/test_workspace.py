"""The private work file: opening, migrations, imports, answers, erasing. All people and posts here are invented."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from textwrap import dedent
from typing import Any

import msgspec
import pytest

from auditlib.errors import UsageError, WorkspaceError
from auditlib.records import (
    Connection,
    Conversation,
    Coverage,
    Finding,
    Item,
    Media,
    Place,
    ProfileFact,
    Quoted,
    ReplyTo,
    Setting,
    Span,
    Summary,
)
from auditlib.workspace import AccountView, Answer, Bar, Workspace, data_home, erase, loading, schema, store, synced_folder

POSIX = os.name == "posix"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def post(number: int, **changes: Any) -> Item:
    made: dict[str, Any] = {
        "platform": "x", "account": "wren_example", "where": f"data/tweets.js#{number}", "kind": "post",
        "key": f"x:post:{number}", "id": str(number), "at": f"20{10 + number % 10}-05-0{1 + number % 9}T08:15:00+00:00",
        "text": f"post number {number}", "author": "me", "audience": "public",
        "url": f"https://x.com/wren_example/status/{number}",
    }  # fmt: skip
    return Item(**made | changes)


def follower(handle: str, **changes: Any) -> Connection:
    made: dict[str, Any] = {
        "platform": "x", "account": "wren_example", "where": "data/follower.js#1", "key": f"x:follower:{handle}",
        "relation": "follower", "handle": handle,
    }  # fmt: skip
    return Connection(**made | changes)


def fill(ws: Workspace, *records: Any, platform: str = "x", account: str | None = "wren_example") -> None:
    with ws.importing(platform, account, "my archive") as load:
        load.add(records)


def run(home: Path, code: str) -> subprocess.Popen[str]:
    """Start another Python process with `home` in argv[1]."""
    return subprocess.Popen(
        [sys.executable, "-c", dedent(code), str(home)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        encoding="utf-8", cwd=Path(__file__).resolve().parents[1],
    )  # fmt: skip


def answered(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out


# -- the file


@pytest.mark.skipif(not POSIX, reason="Windows guards files by the profile folder, not by modes")
def test_file_is_for_its_owner_only_whatever_the_umask(home: Path) -> None:
    before = os.umask(0)
    try:
        with Workspace.open(home) as ws:
            ws.put("school_name", "The Chiltern School")
            modes = {path.name: path.stat().st_mode & 0o777 for path in home.iterdir()}
    finally:
        os.umask(before)
    assert modes == {"workspace.sqlite": 0o600, "workspace.sqlite-wal": 0o600, "workspace.sqlite-shm": 0o600}
    assert home.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(not POSIX, reason="Windows has no modes")
def test_wide_file_is_narrowed_and_an_empty_folder_too(home: Path) -> None:
    home.mkdir(mode=0o755)
    Workspace.open(home).close()
    (home / "workspace.sqlite").chmod(0o644)
    Workspace.open(home).close()
    assert (home.stat().st_mode & 0o777, (home / "workspace.sqlite").stat().st_mode & 0o777) == (0o700, 0o600)


@pytest.mark.skipif(not POSIX, reason="Windows has no modes")
def test_folder_with_other_things_keeps_its_mode(home: Path) -> None:
    home.mkdir(mode=0o755)
    home.chmod(0o755)
    (home / "shopping.txt").write_text("milk", encoding="utf-8")
    Workspace.open(home).close()
    assert home.stat().st_mode & 0o777 == 0o755


def test_data_home_follows_the_environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELF_AUDIT_HOME", str(home))
    assert data_home() == home and home.is_dir()
    with Workspace.open() as ws:
        assert ws.path == home / "workspace.sqlite"
    monkeypatch.delenv("SELF_AUDIT_HOME")
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_a, **_k: str(home / "of the system"))
    assert data_home() == home / "of the system"


def test_commits_are_durable_and_nothing_spills_into_the_temporary_folder(home: Path) -> None:
    with Workspace.open(home) as ws, ws._store.read() as conn:
        found = {
            name: conn.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "temp_store", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "temp_store": 2, "busy_timeout": 15000}


def test_every_process_may_open_a_fresh_file_at_once(home: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from auditlib.workspace import Workspace
        with Workspace.open(Path(sys.argv[1])) as ws:
            ws.answer_statement(sys.argv[1][-1] + str(id(ws)), "yes")
            print("opened")
    """
    assert [answered(process) for process in [run(home, code) for _ in range(4)]] == ["opened\n"] * 4
    with Workspace.open(home) as ws:
        assert set(ws.statement_answers().values()) == {"yes"}


@pytest.mark.parametrize(
    "content",
    [b"this is a letter and no database at all " * 60, b"SQLite format 3\x00" + b"\xff" * 4000],
    ids=["text", "broken header"],
)
def test_damaged_file_is_left_alone_with_a_plain_sentence(home: Path, content: bytes) -> None:
    home.mkdir()
    path = home / "workspace.sqlite"
    path.write_bytes(content)
    with pytest.raises(WorkspaceError, match=r"damaged and cannot be read\. Nothing has been changed"):
        Workspace.open(home)
    assert path.read_bytes() == content
    assert [found.name for found in home.iterdir()] == ["workspace.sqlite"]


def test_cut_off_file_is_recognised_and_set_aside_only_when_asked(home: Path) -> None:
    with Workspace.open(home) as ws:
        fill(ws, *[post(number) for number in range(3000)])
    path = home / "workspace.sqlite"
    cut = path.read_bytes()[:-50_000]
    path.write_bytes(cut)
    with pytest.raises(WorkspaceError, match="damaged"):
        Workspace.open(home)
    assert path.read_bytes() == cut
    aside = Workspace.set_aside(home)
    assert aside.read_bytes() == cut
    with Workspace.open(home) as ws:
        assert list(ws.items()) == []
    erase(home)
    assert not home.exists()


def test_setting_aside_nothing_is_said_plainly(home: Path) -> None:
    with pytest.raises(WorkspaceError, match="could not be set aside"):
        Workspace.set_aside(home)


def test_other_peoples_database_is_left_alone(home: Path) -> None:
    home.mkdir()
    conn = sqlite3.connect(home / "workspace.sqlite")
    conn.execute("CREATE TABLE recipes(name)")
    conn.close()
    before = (home / "workspace.sqlite").read_bytes()
    with pytest.raises(WorkspaceError, match="not made by self-audit"):
        Workspace.open(home)
    assert (home / "workspace.sqlite").read_bytes() == before


@pytest.mark.skipif(not POSIX or os.geteuid() == 0, reason="needs a user whom modes can stop")
def test_folder_that_may_not_be_written_is_said_plainly(home: Path) -> None:
    home.mkdir(mode=0o500)
    with pytest.raises(WorkspaceError, match="cannot be opened"):
        Workspace.open(home)


# -- migrations


def test_file_of_version_one_is_brought_up_with_its_decisions(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as early:
        early.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        early.setattr(store, "migrate", lambda conn: schema.migrate(conn, schema.MIGRATIONS[:1]))
        with Workspace.open(home) as ws:
            fill(ws, post(1, text="a café in Thame"))
            ws.decide([("x:post:1", "remove")])
    with Workspace.open(home) as ws:
        assert [row.key for row in ws.todo()] == ["x:post:1"]
        with ws._store.read() as conn:
            assert schema.version(conn) == len(schema.MIGRATIONS)
            assert [row[0] for row in conn.execute("SELECT version FROM schema_version ORDER BY 1")] == [1, 2]


def test_step_that_breaks_leaves_the_earlier_version_whole(home: Path) -> None:
    Workspace.open(home).close()

    def breaks(conn: sqlite3.Connection) -> None:
        conn.execute("CREATE TABLE half(done)")
        raise RuntimeError("power cut")

    conn = sqlite3.connect(home / "workspace.sqlite", isolation_level=None)
    with pytest.raises(RuntimeError, match="power cut"):
        schema.migrate(conn, (*schema.MIGRATIONS, breaks))
    assert schema.version(conn) == len(schema.MIGRATIONS)
    assert conn.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)
    conn.close()


def test_file_from_a_newer_version_asks_for_an_update_and_stays_as_it_is(home: Path) -> None:
    Workspace.open(home).close()
    conn = sqlite3.connect(home / "workspace.sqlite")
    conn.execute("INSERT INTO schema_version VALUES(99, '2030-01-01')")
    conn.commit()
    conn.close()
    before = (home / "workspace.sqlite").read_bytes()
    with pytest.raises(WorkspaceError, match="newer version of self-audit: update self-audit"):
        Workspace.open(home)
    assert (home / "workspace.sqlite").read_bytes() == before


def test_item_written_before_a_field_was_added_is_read_with_its_default(home: Path) -> None:
    with Workspace.open(home) as ws:
        fill(ws, post(1))
        short = [name for name in Item.__struct_fields__ if name not in ("state", "deleted")]
        body = msgspec.msgpack.encode([getattr(post(1), name) for name in short] + ["a field long gone"])
        with ws._store.write() as conn:
            conn.execute("UPDATE item SET body = ?", (body,))
            conn.execute("UPDATE import SET fields = ?", (msgspec.json.encode([*short, "gone"]).decode(),))
        assert list(ws.items()) == [post(1)]


# -- imports


def test_records_come_back_as_they_went_in(home: Path) -> None:
    full = post(
        1, title="a title", text="Zoë’s café 🎉\n", author_name="Wren", reply_to=ReplyTo("9", "robin_example", None),
        quoted=Quoted("8", "robin_example", "their words"), place=Place("Thame", 51.75, -0.97), deleted=True,
        conversation=Conversation("c1", "Quiz night", ("wren", "robin"), True), state="archived",
        media=(Media("data/a.jpg", "photo", "a cake", None, Place("Oxford")),), links=("https://example.org/a",),
    )  # fmt: skip
    setting = Setting(platform="x", account="wren_example", where="w", id="x.protect", value="off", raw="false")
    fact = ProfileFact(platform="x", account="wren_example", where="w", key="x:profile:bio", fact="bio", value="Hello")
    with Workspace.open(home) as ws:
        fill(ws, full, follower("robin_example"), setting, fact, post(2))
        assert list(ws.items()) == [full, post(2)]
        assert list(ws.connections()) == [follower("robin_example")]
        assert (list(ws.settings()), list(ws.profile())) == ([setting], [fact])
        assert (ws.item("x:post:1"), ws.item("x:post:3")) == (full, None)


def test_half_of_a_character_pair_is_stored_as_a_question_mark(home: Path) -> None:
    with Workspace.open(home) as ws:
        fill(ws, post(1, text="broken \ud83d here"), follower("robin", name="\udc00"), post(2))
        assert [item.text for item in ws.items()] == ["broken ? here", "post number 2"]
        assert [connection.name for connection in ws.connections()] == ["?"]


def test_account_view_uses_the_summary_and_the_coverage_lines(home: Path) -> None:
    lines = [
        Coverage(platform="x", account="wren_example", state="read", member="data/tweets.js", count=2),
        Coverage(platform="x", account="wren_example", state="failed", member="data/like.js", reason="It is cut off."),
    ]
    summary = Summary(
        platform="x", account="wren_example", era="2022 to now", counts={"post": 2}, first="2011", last="2012",
        coverage={"read": 1, "failed": 1}, warnings=("One part is missing.",),
    )  # fmt: skip
    with Workspace.open(home) as ws:
        fill(ws, post(1), post(2), *lines, summary)
        view = ws.accounts()[0]
        assert ws.accounts() == [
            AccountView(
                platform="x",
                account="wren_example",
                era="2022 to now",
                counts={"post": 2},
                first="2011",
                last="2012",
                coverage=lines,
                warnings=("One part is missing.",),
                source_label="my archive",
                imported_at=view.imported_at,
            )
        ]
        assert view.imported_at.startswith("20")


def test_account_without_a_summary_is_counted_here(home: Path) -> None:
    with Workspace.open(home) as ws:
        fill(ws, post(1), post(2, kind="repost"), post(3, at=None), follower("robin"), follower("jay"))
        (view,) = ws.accounts()
        assert (view.counts, view.first, view.last) == (
            {"post": 2, "repost": 1, "follower": 2}, "2011-05-02T08:15:00+00:00", "2012-05-03T08:15:00+00:00",
        )  # fmt: skip


def test_lines_read_before_the_owner_was_known_join_the_account(home: Path) -> None:
    early = Coverage(platform="x", account=None, state="unknown", member="data/new-thing.js", count=1)
    with Workspace.open(home) as ws:
        fill(ws, early, post(1))
        assert [(view.account, view.coverage) for view in ws.accounts()] == [("wren_example", [early])]


def test_newer_export_replaces_the_records_and_keeps_the_decisions(home: Path) -> None:
    with Workspace.open(home) as ws:
        fill(ws, post(1), post(2))
        ws.decide([("x:post:1", "remove"), ("x:post:2", "keep")])
        fill(ws, post(2, text="edited"), post(3))
        assert [item.text for item in ws.items()] == ["edited", "post number 3"]
        assert [(row.key, row.present) for row in ws.todo()] == [("x:post:1", False)]
        card = ws.card("x:post:2")
        assert card is not None and (card.choice, card.text) == ("keep", "edited")
        with ws._store.read() as conn:
            left = [conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("item", "import", "account")]
        assert left == [2, 1, 1]


def test_threads_inside_an_instagram_export_come_and_go_with_it(home: Path) -> None:
    photo = post(1, platform="instagram", account="wren", key="instagram:post:1")
    thread = post(2, platform="threads", account="wren", key="threads:post:2")
    with Workspace.open(home) as ws:
        fill(ws, post(9))
        fill(ws, photo, thread, platform="instagram", account="wren")
        assert [view.platform for view in ws.accounts()] == ["x", "instagram", "threads"]
        fill(ws, photo, platform="instagram", account="wren")
        assert list(ws.items()) == [post(9), photo]


def test_exports_without_a_known_owner_replace_each_other_only_under_the_same_label(home: Path) -> None:
    def chat(number: int, text: str) -> Item:
        return post(number, platform="whatsapp", account=None, key=f"whatsapp:{number}", kind="message", text=text)

    with Workspace.open(home) as ws:
        for label, item in (("a", chat(1, "one")), ("b", chat(2, "two")), ("a", chat(1, "new"))):
            with ws.importing("whatsapp", None, label) as load:
                load.add([item])
        assert [item.text for item in ws.items()] == ["two", "new"]


def test_cancelled_import_leaves_the_earlier_state(home: Path) -> None:
    with Workspace.open(home) as ws:
        fill(ws, post(1), follower("robin"))
        with pytest.raises(KeyboardInterrupt), ws.importing("x", "wren_example", "my archive") as load:
            load.add(post(number) for number in range(100, 100 + loading.BATCH + 1))
            raise KeyboardInterrupt
        assert (list(ws.items()), list(ws.connections())) == ([post(1)], [follower("robin")])
        with ws._store.read() as conn:
            assert conn.execute("SELECT count(*) FROM item").fetchone() == (1,)


def test_reader_that_raises_half_way_leaves_the_earlier_state(home: Path) -> None:
    def reading() -> Any:
        yield post(2)
        raise ValueError("cut off")

    with Workspace.open(home) as ws:
        fill(ws, post(1))
        with pytest.raises(ValueError, match="cut off"), ws.importing("x", "wren_example", "my archive") as load:
            load.add(reading())
        assert list(ws.items()) == [post(1)]


IMPORT_FOR_EVER = """
    import sys, itertools
    from pathlib import Path
    from auditlib.records import Item
    from auditlib.workspace import Workspace
    def posts():
        for number in itertools.count(100):
            if number == 25_000:
                print("under way", flush=True)
            yield Item(platform="x", account="wren_example", where="w", kind="post", key=f"x:post:{number}", id=None,
                       at=None, text="new words", author="me")
    with Workspace.open(Path(sys.argv[1])) as ws, ws.importing("x", "wren_example", "my archive") as load:
        load.add(posts())
"""


def test_killed_import_leaves_the_earlier_state_and_is_swept_up_later(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Workspace.open(home) as ws:
        fill(ws, post(1))
    process = run(home, IMPORT_FOR_EVER)
    assert process.stdout is not None and process.stdout.readline() == "under way\n"
    with Workspace.open(home) as ws:
        ws.decide([("x:post:1", "later")])  # another process is importing: nobody waits for its end
    process.kill()
    process.communicate()
    with Workspace.open(home) as ws:
        assert list(ws.items()) == [post(1)]
        assert [(view.account, view.counts) for view in ws.accounts()] == [("wren_example", {"post": 1})]
        monkeypatch.setattr(loading, "ABANDONED_SECONDS", 0.0)
        time.sleep(0.01)
        fill(ws, post(2))
        assert list(ws.items()) == [post(2)]
        with ws._store.read() as conn:
            assert conn.execute("SELECT count(*) FROM item").fetchone() == (1,)


def test_import_under_way_is_not_swept_up_by_another(home: Path) -> None:
    with Workspace.open(home) as ws, ws.importing("x", "wren_example", "my archive") as slow:
        slow.add(post(number) for number in range(loading.BATCH + 1))
        fill(ws, post(1, platform="instagram", key="instagram:1"), platform="instagram")
        slow.add([post(99_999)])
        assert len(list(ws.items())) == 1
    with Workspace.open(home) as ws:
        assert len(list(ws.items())) == loading.BATCH + 3


def test_reading_stands_still_while_imports_swap(home: Path) -> None:
    def photo(number: int) -> Item:
        return post(number, platform="instagram", key=f"instagram:{number}")

    with Workspace.open(home) as ws:
        fill(ws, *[post(number) for number in range(20)])
        fill(ws, photo(1), platform="instagram")
        reading = ws.items()
        first = next(reading)
        fill(ws, post(500))
        fill(ws, photo(2), platform="instagram")
        assert [first, *reading] == [*[post(number) for number in range(20)], photo(1)]
        assert list(ws.items()) == [post(500), photo(2)]


def test_removed_account_takes_its_cards_along_and_keeps_the_decisions(home: Path) -> None:
    with Workspace.open(home) as ws:
        fill(ws, post(1))
        fill(ws, post(2, platform="instagram", key="instagram:2"), platform="instagram")
        ws.store_findings([finding("x:post:1"), finding("instagram:2", platform="instagram")], "v1")
        ws.decide([("x:post:1", "keep"), ("instagram:2", "remove")])
        ws.remove_account("instagram", "wren_example")
        ws.remove_account("bluesky", "never there")
        assert ([view.platform for view in ws.accounts()], ws.counts()["cards"]) == (["x"], 1)
        assert [row.key for row in ws.todo()] == ["instagram:2"]


def finding(key: str, **changes: Any) -> Finding:
    made: dict[str, Any] = {
        "key": key, "id": None, "platform": "x", "kind": "post", "at": None, "clause": "offence", "rule": "offence.word",
        "severity": "look", "score": 0.5, "spans": (Span(0, 4),), "reason": "A word worth another look.",
    }  # fmt: skip
    return Finding(**made | changes)


def test_timeline_counts_own_items_by_platform_and_year(home: Path) -> None:
    with Workspace.open(home) as ws:
        fill(
            ws, post(1, at="2012-01-01T00:00:00+00:00"), post(2, at="2012-02-01"), post(3, at=None),
            post(4, author="other", at="2012-01-01"), post(5, author=None, at="2013-01-01"),
        )  # fmt: skip
        ws.store_findings([finding("x:post:2", at="2012-02-01"), finding("c1", kind="conversation")], "v1")
        assert ws.timeline() == [
            Bar(platform="x", year=None, items=1, flagged=0), Bar(platform="x", year=2012, items=2, flagged=1),
            Bar(platform="x", year=2013, items=1, flagged=0),
        ]  # fmt: skip


def test_scan_counts_as_stale_after_an_import_or_a_new_word(home: Path) -> None:
    with Workspace.open(home) as ws:
        seen = [ws.scanner_version()]
        fill(ws, post(1))
        ws.store_findings([], "rules 7")
        seen.append(ws.scanner_version())
        ws.allow_word("Cockermouth")
        seen.append(ws.scanner_version())
        ws.store_findings([], "rules 7")
        fill(ws, post(1))
        seen.append(ws.scanner_version())
        assert seen == [None, "rules 7", None, None]


# -- answers


def test_answers_survive_and_are_plain_json(home: Path) -> None:
    with Workspace.open(home) as ws:
        ws.put("person", {"full_name": "Wren Example", "former_names": ["Robin"], "start_date": None})
        ws.put("route", "tool")
        ws.put("route", "paper")
        ws.answer_statement("pupils", "yes")
        ws.answer_statement("families", "discuss")
        ws.answer_setting("x.protect", "leave", "my choir uses it")
        ws.allow_word("  Scunthorpe   United ")
        ws.allow_word("CAFÉ")
        ws.allow_word(" ")
        ws.allow_word("gone")
        ws.disallow_word("Gone")
    with Workspace.open(home) as ws:
        assert ws.get("person") == {"full_name": "Wren Example", "former_names": ["Robin"], "start_date": None}
        assert (ws.get("route"), ws.get("nothing"), ws.get("nothing", 7)) == ("paper", None, 7)
        assert ws.statement_answers() == ws.get("statements") == {"pupils": "yes", "families": "discuss"}
        answer = ws.setting_answers()["x.protect"]
        assert ws.setting_answers() == {"x.protect": Answer(answer="leave", reason="my choir uses it", at=answer.at)}
        assert ws.allowed_words() == {"scunthorpe united", "café"}
        with pytest.raises(UsageError, match="already-set"):
            ws.answer_setting("x.protect", "perhaps")
        assert ws.setting_answers()["x.protect"] == answer


# -- several at once


def test_threads_decide_and_read_at_once_and_lose_nothing(home: Path) -> None:
    with Workspace.open(home) as ws:
        fill(ws, *[post(number) for number in range(120)])
        ws.store_findings([finding(f"x:post:{number}") for number in range(120)], "v1")
        wrong: list[BaseException] = []

        def work(part: int) -> None:
            try:
                for number in range(part, 120, 4):
                    ws.decide([(f"x:post:{number}", "keep")])
                    assert ws.counts()["cards"] == len(list(ws.items())) == 120
            except BaseException as error:
                wrong.append(error)

        threads = [threading.Thread(target=work, args=(part,)) for part in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (wrong, ws.counts()["keep"]) == ([], 120)


def test_file_erased_in_another_window_is_said_plainly(home: Path) -> None:
    if not POSIX:
        pytest.skip("Windows does not let an open file be removed")
    with Workspace.open(home) as ws:
        with Workspace.open(home) as other:
            other.wipe()
        for act in (lambda: ws.put("route", "tool"), lambda: fill(ws, post(1)), lambda: list(ws.items())):
            with pytest.raises(WorkspaceError, match="erased or moved in another window"):
                act()
        assert not home.exists()


def test_using_a_closed_workspace_is_said_plainly(home: Path) -> None:
    ws = Workspace.open(home)
    ws.close()
    ws.close()
    with pytest.raises(WorkspaceError, match="is closed: open this page again"):
        ws.get("route")


def test_full_disk_is_said_plainly_and_keeps_what_was_saved(home: Path) -> None:
    with Workspace.open(home) as ws:
        ws.put("route", "tool")
        with ws._store.read() as conn:
            pages = conn.execute("PRAGMA page_count").fetchone()[0]
            conn.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(WorkspaceError, match="The disk is full"):
            ws.put("person", "Wren Example" * 20_000)
        assert (ws.get("route"), ws.get("person")) == ("tool", None)


def test_errors_hold_no_content(home: Path) -> None:
    with Workspace.open(home) as ws:
        fill(ws, post(1, text="something private"))
        with pytest.raises(UsageError) as caught:
            ws.decide([("x:post:1", "keep"), ("x:post:my-secret", "keep")])
        assert "secret" not in str(caught.value) and caught.value.__cause__ is None
        assert ws.todo() == [] and ws.counts()["decided"] == 0


# -- the end


def test_wiping_removes_every_trace_and_says_what_it_cannot_reach(home: Path) -> None:
    ws = Workspace.open(home)
    fill(ws, post(1))
    (home / "hr").mkdir()
    sentences = ws.wipe()
    assert [path.name for path in home.iterdir()] == ["hr"]
    assert [next((word for word in words if word in said), said) for said, words in zip(
        sentences, [("Downloads",), ("exports",), ("Back-ups",), ("SSD",), ("platforms",)], strict=True
    )] == ["Downloads", "exports", "Back-ups", "SSD", "platforms"]  # fmt: skip
    assert not any("Google" in said for said in sentences)


def test_wiping_in_a_synced_folder_names_the_service(tmp_path: Path) -> None:
    ws = Workspace.open(tmp_path / "Google Drive" / "audit")
    assert any("Google Drive, which may keep copies" in said for said in ws.wipe())
    assert not (tmp_path / "Google Drive" / "audit").exists()


def test_wiping_where_nothing_is_says_the_same(home: Path) -> None:
    assert len(erase(home)) == 5 and not home.exists()


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (r"C:\Users\Wren\OneDrive\Documents\audit", "OneDrive"),
        (r"C:\Users\Wren\OneDrive - The Chiltern School\audit", "OneDrive"),
        ("/Users/wren/Library/CloudStorage/OneDrive-Personal/audit", "OneDrive"),
        ("/home/wren/onedrive", "OneDrive"),
        ("/Users/wren/Library/Mobile Documents/com~apple~CloudDocs/audit", "iCloud Drive"),
        (r"C:\Users\Wren\iCloudDrive\audit", "iCloud Drive"),
        (r"G:\My Drive\audit", "Google Drive"),
        ("/Users/wren/Library/CloudStorage/GoogleDrive-wren@example.org/My Drive", "Google Drive"),
        ("/home/wren/google drive/audit", "Google Drive"),
        (r"C:\Users\Wren\DROPBOX\audit", "Dropbox"),
        ("/Users/wren/Dropbox (Personal)/audit", "Dropbox"),
        ("/Users/wren/Library/CloudStorage/Box-Box/audit", "Box"),
        (r"C:\Users\Wren\Box\audit", "Box"),
        ("/home/wren/Nextcloud/audit", "Nextcloud"),
        ("/home/wren/ownCloud2/audit", "ownCloud"),
        ("/home/wren/Sync/audit", "Sync.com or Syncthing"),
        ("/home/wren/pCloudDrive/audit", "pCloud"),
        ("/home/wren/MEGA/audit", "MEGA"),
        ("/home/wren/.local/share/self-audit", None),
        (r"C:\Users\Wren\AppData\Local\self-audit", None),
        ("/Users/wren/Library/Application Support/self-audit", None),
        ("/home/wren/letters/box/audit", None),
        ("/home/wren/Dropboxes of matches/audit", None),
        ("/home/wren/megaphone/audit", None),
    ],
)
def test_synced_folders_are_known_by_their_shape(path: str, service: str | None) -> None:
    assert synced_folder(path) == service
