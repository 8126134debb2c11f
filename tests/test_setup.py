"""What a person installs: lock, environment.yml, pyproject.toml and the wheel agree, and nothing points at one machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCK, TEST_LOCK = ROOT / "requirements.lock", ROOT / "requirements-test.lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirements: list[str]) -> set[str]:
    return {normal(re.match(r"[A-Za-z0-9._-]+", line)[0]) for line in requirements}  # type: ignore[index]


def locked(lock: Path) -> dict[str, set[str]]:
    """Return name -> versions of a lock."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock.read_text(encoding="utf-8"), re.M):
        found.setdefault(normal(name), set()).add(version)
    return found


@pytest.mark.parametrize("lock", [LOCK, TEST_LOCK], ids=lambda p: p.name)
def test_every_pin_is_exact_and_hashed(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
    faulty = [e.splitlines()[0] for e in entries if not re.match(r"\S+==\S+[^\n]*( \\\n    --hash=sha256:[0-9a-f]{64})+$", e)]
    assert faulty == []


@pytest.mark.parametrize("lock", [LOCK, TEST_LOCK], ids=lambda p: p.name)
def test_a_lock_names_no_place(lock: Path) -> None:
    assert re.findall(r"://|--(?:extra-)?index|--find-links|@ |\bfile:", lock.read_text(encoding="utf-8")) == []


def test_the_lock_holds_all_that_the_project_asks_for() -> None:
    project = PROJECT["project"]
    asked = named(project["dependencies"]) | named(project["optional-dependencies"]["build"])
    assert asked - locked(LOCK).keys() == set()
    assert named(PROJECT["build-system"]["requires"]) - locked(LOCK).keys() == set()
    assert named(project["optional-dependencies"]["test"]) - locked(TEST_LOCK).keys() == set()


def test_the_test_lock_is_the_lock_and_more() -> None:
    tests = locked(TEST_LOCK)
    assert {name: tests.get(name) for name in locked(LOCK)} == locked(LOCK)


def test_a_person_who_only_uses_it_gets_no_test_tools() -> None:
    assert {"pytest", "playwright", "mypy", "ruff", "hypothesis"} & locked(LOCK).keys() == set()


def test_jupyterlab_is_not_older_than_its_mended_holes() -> None:
    (version,) = locked(LOCK)["jupyterlab"]
    assert tuple(map(int, version.split(".")[:3])) >= (4, 6, 2)


def test_environment_yml_is_python_and_pip_and_the_same_lock() -> None:
    yaml = pytest.importorskip("yaml")
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment == {
        "name": "self-audit",
        "channels": ["conda-forge"],
        "dependencies": [
            "python>=3.11,<3.14",
            "pip",
            {"pip": ["--require-hashes", "--only-binary=:all:", "-r requirements.lock"]},
        ],
    }


def test_pythons_named_agree() -> None:
    assert PROJECT["project"]["requires-python"] == ">=3.11"
    assert "OLDEST = (3, 11)" in (ROOT / "start.py").read_text(encoding="utf-8")
    assert PROJECT["tool"]["ruff"]["target-version"] == "py311"
    assert PROJECT["tool"]["mypy"]["python_version"] == "3.11"


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_package_index_or_a_folder_of_one_machine() -> None:
    bad = re.compile(
        r"pypi\.org|pythonhosted|registry\.npmjs|conda\.anaconda|(?<![\w.])/(?:root|work|opt|farm)/[a-z]|"
        + "|".join(re.escape(str(place)) + r"\b" for place in {ROOT, Path.home()})
    )
    found = []
    for path in committed():
        if path.suffix in (".zip", ".png", ".docx", ".xlsx", ".gz") or path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if bad.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []


def test_committed_files_are_small() -> None:
    assert [p.name for p in committed() if p.stat().st_size > 1_500_000] == []


def test_windows_starts_from_a_batch_file_with_its_own_line_ends() -> None:
    script = (ROOT / "start.bat").read_bytes()
    assert script.count(b"\r\n") == script.count(b"\n") > 0
    assert script.isascii()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no permission to run")
@pytest.mark.parametrize("name", ["start.py", "start.command", ".ci/run"])
def test_what_is_to_be_run_may_be_run(name: str) -> None:
    assert os.access(ROOT / name, os.X_OK)
    assert (ROOT / name).read_text(encoding="utf-8").startswith("#!")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this folder without asking any index."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    built = subprocess.run([*command, "--wheel-dir", folder, ROOT], capture_output=True, text=True)
    assert built.returncode == 0, built.stderr[-2000:]
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_carries_all_data_and_the_notebooks(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        inside = set(file.namelist())
    package = {
        p.relative_to(ROOT).as_posix()
        for p in (ROOT / "auditlib").rglob("*")
        if p.is_file() and "__pycache__" not in p.parts and "notebooks" not in p.parts
    }
    notebooks = {f"auditlib/app/{p.relative_to(ROOT).as_posix()}" for p in (ROOT / "notebooks").rglob("*.ipynb")}
    assert notebooks
    assert (package | notebooks) - inside == set()
    assert [name for name in inside if name.startswith(("tests/", "exports/", "docs/"))] == []


def test_a_wheel_finds_its_notebooks_and_writes_below_the_current_folder(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        for name in file.namelist():
            target = tmp_path / "site" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read(name))
    here = tmp_path / "elsewhere"
    here.mkdir()
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from auditlib.app.places import notebooks_dir; from auditlib.walk import exports_folder;"
        "print(notebooks_dir()); print(exports_folder())"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "site")], cwd=here, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [Path(line) for line in said] == [tmp_path / "site/auditlib/app/notebooks", here / "exports"]


def test_the_console_script_is_the_command() -> None:
    assert PROJECT["project"]["scripts"] == {"self-audit": "auditlib.cli:main"}
    from auditlib.cli import main

    assert callable(main)
