"""axe-core finds nothing on our pages in Voila: as they open, with everything unfolded, and on a narrow screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filled import many_posts
from harness import Server, opener

from auditlib.records import Connection, Coverage, Person
from auditlib.workspace import Workspace

axe_playwright_python = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
PAGES = ["1-archives", "2-posts", "3-settings", "4-connections", "5-declaration", "hr/2-register"]


@pytest.fixture(scope="module")
def filled_server(start_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    home = tmp_path_factory.mktemp("axe") / "home"
    with Workspace.open(home) as ws:
        with ws.importing("facebook", "Sam Sample", "facebook.zip") as load:
            load.add(
                [
                    Coverage(
                        platform="facebook",
                        account="Sam Sample",
                        state=state,
                        member=f"{state}.json",
                        reason="an invented reason",
                        count=2,
                    )
                    for state in ("read", "ignored", "unknown", "failed")
                ]
            )
            load.add(
                [
                    Connection(
                        platform="facebook",
                        account="Sam Sample",
                        where="f",
                        key=f"f:{n}",
                        relation="friend",
                        name=f"Person {n}",
                    )
                    for n in range(30)
                ]
            )
        ws.store_people(
            [
                Person(
                    person_key=f"p{n}",
                    name=f"Person {n}",
                    platforms=("facebook",),
                    relations=("friend",),
                    keys=(f"f:{n}",),
                    suggestion="pupil" if n == 0 else None,
                    evidence=("“see you in period five”",) if n == 0 else (),
                )
                for n in range(30)
            ]
        )
        ws.put("platforms", {"tiktok": {"route": "not-audited", "reason": "archive-not-arrived"}})
    keys = many_posts(home, 40)  # after the import above: an import later than the scan would call for a new scan
    with Workspace.open(home) as ws:
        ws.decide([(keys[0], "remove"), (keys[1], "keep")])
    return start_server(home)


def findings(page: Any) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [f"{one['id']}: {[node['html'][:200] for node in one['nodes']][:3]}" for one in found["violations"]]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(name: str, width: int, filled_server: Server, new_page: Callable[..., Any]) -> None:
    page = opener(filled_server, new_page, "voila/render")(name, width=width)
    page.locator(".sa h1").wait_for()
    if name in ("2-posts", "4-connections"):
        page.locator(".sa-card h3").wait_for()
    assert findings(page) == []
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert findings(page) == []


def test_axe_would_see_a_fault(filled_server: Server, new_page: Callable[..., Any]) -> None:
    page = opener(filled_server, new_page, "voila/render")("1-archives")
    page.locator(".sa h1").wait_for()
    page.evaluate("document.querySelector('.sa').append(document.createElement('button'))")
    assert any(line.startswith("button-name") for line in findings(page))


def test_the_queue_can_be_reached_and_used_with_the_tab_key(filled_server: Server, new_page: Callable[..., Any]) -> None:
    page = opener(filled_server, new_page, "voila/render")("2-posts")
    page.locator(".sa-card h3").wait_for()
    page.locator(".sa h1").click()
    stops = []
    for _ in range(14):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.className + ' ' + document.activeElement.textContent.slice(0, 12)"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", stops[-1]
    text = " ".join(stops)
    assert "sa-list" in text and "KeepK" in text and "RemoveR" in text
