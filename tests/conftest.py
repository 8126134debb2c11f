"""What all tests share: no test reaches another computer, and none touches the work file of the person running it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditlib.app.guard import refuse_outside

refuse_outside()

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session", autouse=True)
def _data_folder_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = os.environ.get("SELF_AUDIT_HOME")
    os.environ["SELF_AUDIT_HOME"] = str(tmp_path_factory.mktemp("home"))
    yield
    if before is None:
        del os.environ["SELF_AUDIT_HOME"]
    else:
        os.environ["SELF_AUDIT_HOME"] = before


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder for this test alone."""
    folder = tmp_path / "home"
    monkeypatch.setenv("SELF_AUDIT_HOME", str(folder))
    return folder


@pytest.fixture
def shared() -> Path:
    """The folder of reference exports beside the project; tests that use it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside this project")
    return SHARED
