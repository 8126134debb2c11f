"""What the documents name exists, and what exists is named."""

import argparse
import re
from pathlib import Path

import pytest

from auditlib import policy
from auditlib.cli import parser

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "exports").glob("*.md")])


def options(top: argparse.ArgumentParser, name: str = "") -> dict[str, set[str]]:
    """Every command with its long options."""
    found: dict[str, set[str]] = {}
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, below in action.choices.items():
                found |= options(below, f"{name} {word}".strip())
    return found or {name: {o for a in top._actions for o in a.option_strings if o.startswith("--") and o != "--help"}}


@pytest.mark.parametrize(("command", "flags"), sorted(options(parser()).items()))
def test_every_command_and_option_is_in_the_list_of_commands(command, flags):
    [row] = [line for line in (ROOT / "docs/commands.md").read_text(encoding="utf-8").splitlines()
             if re.match(rf"\| `self-audit.*\bself-audit {command}\b|\| `self-audit {command}\b", line)]  # fmt: skip
    assert [flag for flag in sorted(flags) if flag not in row and flag != "--json"] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_to_a_file_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_every_document_is_linked_from_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in (ROOT / "docs").glob("*.md") if f"docs/{p.name}" not in readme] == []


def test_every_clause_is_in_the_policy_page():
    page = (ROOT / "docs/policy-file.md").read_text(encoding="utf-8")
    assert [clause for clause in policy.load_policy().clauses if f"`{clause}`" not in page] == []
