"""start.py: what it says when something is missing, and that a cut-off set-up is never half used."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "start.py"


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """start.py as a module, moved to an empty folder with two small locks, its pip and its last step replaced.

    `calls` gets one entry for each pip run and each hand-over; pip puts nothing in place.
    """
    spec = importlib.util.spec_from_file_location("start", SOURCE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, text in (("requirements.lock", "a==1 \\\n"), ("requirements-test.lock", "b==1 \\\n"), ("pyproject.toml", "#\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    venv = tmp_path / ".venv"
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", venv)
    monkeypatch.setattr(module, "PYTHON", python)
    monkeypatch.setattr(module, "LOG", venv / "set-up.log")
    monkeypatch.setattr(module, "OURS", venv / "made-by-start")
    monkeypatch.setattr(module, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(module, "TEST_LOCK", tmp_path / "requirements-test.lock")
    calls: list[list[str]] = []

    class Builder:
        def __init__(self, **_options: object) -> None: ...

        def create(self, folder: Path) -> None:
            calls.append(["venv"])
            python.parent.mkdir(parents=True)
            python.touch()
            (Path(folder) / "pyvenv.cfg").write_text(f"home = {Path(sys.executable).parent}\n", encoding="utf-8")

    monkeypatch.setattr("venv.EnvBuilder", Builder)
    monkeypatch.setattr(module, "pip", lambda _words, *arguments, **_: calls.append(list(arguments)))
    monkeypatch.setattr(module, "hand_over", lambda arguments: calls.append(arguments) or 0)
    monkeypatch.setattr(module, "absent", lambda: iter(()))
    monkeypatch.chdir(tmp_path)
    module.calls = calls  # type: ignore[attr-defined]
    return module


FETCH = ["install", "--require-hashes", "--only-binary=:all:", "-r", "requirements.lock"]
FETCH_TESTS = [*FETCH[:-1], "requirements-test.lock"]
PUT = ["install", "--no-deps", "--no-build-isolation", "-e", "."]


def run(start: ModuleType, *arguments: str) -> list[list[str]]:
    """Run start.py and return what it did."""
    start.calls.clear()
    assert start.main(list(arguments)) == 0
    return list(start.calls)


def program(start: ModuleType, *arguments: str) -> list[str]:
    return [str(start.PYTHON), "-P", "-m", "auditlib", *arguments]


def test_start_needs_nothing_but_python() -> None:
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"))
    names = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} - sys.stdlib_module_names == set()


def test_an_old_python_can_read_it_and_is_told_so_in_one_sentence() -> None:
    source = SOURCE.read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))
    code = (
        "import os, sys; sys.version_info = (3, 8, 10); os.environ['PATH'] = '';"
        f"exec(compile({source!r}, 'start.py', 'exec'), {{'__name__': '__main__', '__file__': {str(SOURCE)!r}}})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    said = "self-audit needs Python 3.11 or newer; this is Python 3.8. Please install a newer one and start again.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)


def test_the_first_start_sets_up_and_the_second_goes_straight_on(start: ModuleType) -> None:
    assert run(start) == [["venv"], FETCH, PUT, program(start)]
    assert run(start) == [program(start)]
    assert run(start, "demo", "--out", "there") == [program(start, "demo", "--out", "there")]


def test_a_new_lock_makes_everything_anew(start: ModuleType) -> None:
    run(start)
    start.LOCK.write_text("a==2 \\\n", encoding="utf-8")
    assert run(start) == [["venv"], FETCH, PUT, program(start)]


def test_a_new_version_of_the_project_only_puts_itself_in_place(start: ModuleType) -> None:
    run(start)
    (start.ROOT / "pyproject.toml").write_text("# changed\n", encoding="utf-8")
    assert run(start) == [PUT, program(start)]


def test_a_moved_folder_is_set_up_anew(start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(start)
    moved = tmp_path / "moved"
    moved.mkdir()
    monkeypatch.setattr(start, "ROOT", moved)
    (moved / "pyproject.toml").write_text("#\n", encoding="utf-8")
    assert run(start)[:1] == [["venv"]]


def test_a_python_that_went_away_means_a_new_venv(start: ModuleType) -> None:
    run(start)
    (start.VENV / "pyvenv.cfg").write_text("home = " + str(start.ROOT / "gone") + "\n", encoding="utf-8")
    assert run(start) == [["venv"], FETCH, PUT, program(start)]


@pytest.mark.parametrize("after", [0, 1])
def test_a_set_up_that_was_cut_off_is_made_anew(start: ModuleType, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    whole = start.pip

    def cut_off(words: str, *arguments: str, **rest: int) -> None:
        if sum(call[:1] == ["install"] for call in start.calls) == after:
            raise KeyboardInterrupt
        whole(words, *arguments, **rest)

    monkeypatch.setattr(start, "pip", cut_off)
    assert start.main([]) == 130
    monkeypatch.setattr(start, "pip", whole)
    assert run(start) == [["venv"], FETCH, PUT, program(start)]


def test_a_venv_that_somebody_else_made_is_kept(start: ModuleType) -> None:
    run(start)
    start.OURS.unlink()
    mine = start.VENV / "mine"
    mine.touch()
    start.LOCK.write_text("a==3 \\\n", encoding="utf-8")
    assert run(start) == [FETCH, PUT, program(start)]
    assert mine.exists()


def test_the_tests_fetch_what_they_need_once(start: ModuleType) -> None:
    pytest_call = [str(start.PYTHON), "-m", "pytest", "-q", "tests/x.py"]
    assert run(start, "test", "-q", "tests/x.py") == [["venv"], FETCH, PUT, FETCH_TESTS, pytest_call]
    assert run(start, "test", "-q", "tests/x.py") == [pytest_call]


@pytest.mark.parametrize(
    ("program_there", "command"),
    [
        ("apt-get", "sudo apt install python3-venv"),
        ("dnf", "sudo dnf install python3 python3-pip"),
        ("zypper", "sudo zypper install python3-venv python3-pip"),
    ],
)
def test_missing_venv_or_pip_names_the_one_command(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], program_there: str, command: str
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "ensurepip" else object())
    monkeypatch.setattr("shutil.which", lambda name: name if name == program_there else None)
    assert start.main([]) == 1
    assert capsys.readouterr().err.splitlines()[1:] == [
        "Python's venv or pip is missing on this computer. Please run this once, then start again:",
        "  " + command,
    ]
    assert start.calls == []


@pytest.fixture
def real_pip(start: ModuleType) -> Callable[..., None]:
    """start.py's own pip step, run with a stand-in for pip that prints what it is told to and fails."""
    spec = importlib.util.spec_from_file_location("start_again", SOURCE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ROOT, module.VENV, module.LOG, module.PYTHON = start.ROOT, start.VENV, start.LOG, sys.executable  # type: ignore[attr-defined]
    start.VENV.mkdir()

    def with_output(lines: str, code: int, words: str, *arguments: str, parts: int = 0) -> None:
        fake = start.ROOT / "pip.py"
        fake.write_text(f"import sys; print({lines!r}); sys.exit({code})", encoding="utf-8")
        module.pip(words, *arguments, parts=parts)

    return with_output


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "A part that arrived is not the one expected"),
        ("OSError: [Errno 28] No space left on device", "There is not enough room on the disk."),
        ("WARNING: Retrying after connection broken\nERROR: No matching distribution found", "The parts could not be fetched."),
        ("ERROR: No matching distribution found for x", "A part is not to be had ready-made for this Python."),
        ("ERROR: something else", "Setting up did not work."),
    ],
)
def test_a_failed_step_is_told_in_a_sentence_and_kept_in_a_log(
    real_pip: Callable[..., None], start: ModuleType, monkeypatch: pytest.MonkeyPatch, output: str, sentence: str
) -> None:
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)  # the stand-in is found through the current folder
    with pytest.raises(Exception, match=r"set-up\.log") as stop:
        real_pip(output, 1, "Fetching.", "install")
    assert str(stop.value).startswith(sentence)
    assert output in start.LOG.read_text(encoding="utf-8")


def test_progress_is_told_in_plain_words(real_pip: Callable[..., None], capfd: pytest.CaptureFixture[str]) -> None:
    real_pip("\n".join(["Collecting a==1"] * 30 + ["Installing collected packages: a"]), 0, "Fetching.", "install", parts=30)
    assert capfd.readouterr().err.splitlines() == [
        "Fetching.",
        "  part 25 of about 30",
        "  All parts are here. Putting them in place.",
    ]


def test_a_second_window_waits_for_the_first(start: ModuleType, tmp_path: Path) -> None:
    code = f"""
import importlib.util, pathlib
spec = importlib.util.spec_from_file_location("start", {str(SOURCE)!r})
start = importlib.util.module_from_spec(spec); spec.loader.exec_module(start)
start.ROOT = pathlib.Path({str(start.ROOT)!r})
with start.only_one(): print("in")
"""
    with start.only_one():
        other = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert other.stderr
        assert other.stderr.readline() == "Another window is setting self-audit up. Waiting for it.\n"
        time.sleep(0.3)
        assert other.poll() is None
    assert other.communicate(timeout=30)[0] == "in\n"
