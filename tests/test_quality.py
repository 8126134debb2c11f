"""ruff and mypy, as part of the tests: what they would mark is mended before it lands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*arguments: str) -> tuple[int, str]:
    pytest.importorskip(arguments[0], reason=f"{arguments[0]} is not installed")
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def test_ruff_has_nothing_to_say() -> None:
    code, said = run("ruff", "check", "--output-format=concise", ".")
    assert code == 0, said


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_types_hold_on_each_system(platform: str) -> None:
    code, said = run("mypy", "--platform", platform, "auditlib", "start.py")
    assert code == 0, said
