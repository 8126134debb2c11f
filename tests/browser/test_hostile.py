"""Whatever an archive holds is shown as text: no script runs, no markup appears, no foreign link can be clicked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from filled import HOSTILE, hostile
from harness import Server, opener, until

PAGES = ["1-archives", "2-posts", "3-settings", "4-connections", "5-declaration"]


@pytest.fixture(scope="module")
def hostile_server(start_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    home = tmp_path_factory.mktemp("hostile") / "home"
    hostile(home)
    return start_server(home)


def open_everything(page: Any) -> None:
    page.evaluate("document.querySelectorAll('.sa details').forEach((one) => (one.open = true))")


def assert_only_text(page: Any) -> None:
    assert page.evaluate("window.pwned") is None
    counts = page.evaluate(
        """() => Object.fromEntries(
            ["script", "img", "iframe", "object", "embed", "style", "base", "[onerror]", "[onload]", "[onmouseover]",
             "[data-commandlinker-command]"].map((what) => [what, document.querySelectorAll(`.sa ${what}`).length]))"""
    )
    assert {what for what, count in counts.items() if count} == set()
    links = page.eval_on_selector_all(".sa a", "(links) => links.map((link) => [link.href, link.rel])")
    own = page.evaluate("location.origin")
    for href, rel in links:
        assert href.startswith((own, "https://")), href
        if not href.startswith(own):
            assert "noreferrer" in rel
            assert "evil.example" not in href


@pytest.mark.parametrize("view", ["voila/render", "doc/tree"])
@pytest.mark.parametrize("name", PAGES)
def test_hostile_text_stays_text_on_every_page(
    view: str, name: str, hostile_server: Server, new_page: Callable[..., Any]
) -> None:
    page = opener(hostile_server, new_page, view)(name)
    page.locator(".sa h1").wait_for()
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    if name == "3-settings":  # shows nothing of an archive but our own words for a setting's value
        page.get_by_text("On 2 January 2026 it was: off.").wait_for()
    else:
        until(page, "document.querySelector('.sa').innerText.includes('<script>window.pwned')")
    open_everything(page)
    if name in ("2-posts", "4-connections"):
        page.locator(".sa-card h3").wait_for()
        page.locator(".sa-list").focus()
        for _ in range(16):
            assert HOSTILE[:60] in page.locator(".sa-card").inner_text()
            assert_only_text(page)
            page.keyboard.press("ArrowDown")
    assert_only_text(page)
    assert page.locator(".sa-banner").count() == 0


def test_a_link_is_offered_only_to_the_platforms_own_site(hostile_server: Server, new_page: Callable[..., Any]) -> None:
    page = opener(hostile_server, new_page, "voila/render")("2-posts")
    page.locator(".sa-card h3").wait_for()
    page.locator(".sa-list").focus()
    offered = set()
    for _ in range(16):
        offered |= set(page.eval_on_selector_all(".sa-card a", "(links) => links.map((link) => link.getAttribute('href'))"))
        page.keyboard.press("ArrowDown")
    assert offered == {"https://x.com/sam/status/1"}
