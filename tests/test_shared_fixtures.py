"""Real sample exports that other projects publish, where they lie beside this checkout: the right platform, and no crash."""

import json
from pathlib import Path

import pytest

from auditlib.cli import main

FIXTURES = Path(__file__).resolve().parents[2] / "shared" / "fixtures"
pytestmark = pytest.mark.skipif(
    not FIXTURES.is_dir(), reason="the sample exports of other projects are not beside this checkout"
)
META = {"facebook", "messenger"}  # a thread inside Facebook's folders is Facebook's, Messenger's own zip is Messenger's
ENDINGS = (".car", ".csv", ".html", ".txt", ".json")
SAMPLES = sorted(p for p in FIXTURES.glob("*/*") if p.is_dir() or (p.suffix in ENDINGS and "target" not in p.name))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_inspect_names_the_platform_and_does_not_crash(path, capsys):
    code = main(["inspect", "--json", str(path)])
    told = {json.loads(line)["platform"] for line in capsys.readouterr().out.splitlines()}
    assert code in (0, 1) and told and told <= (META if path.parent.name == "messenger" else {path.parent.name})
