"""The review queue under fast fingers, across reloads, and when the program behind the page is gone."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filled import many_posts
from harness import Server, forgive, opener, until

from auditlib.workspace import QueueFilter, Workspace

COUNT = 600
KEYS = "knl"
CHOICES = {"k": "keep", "n": "not-a-problem", "l": "limit"}

PRESS_ALL = """(list, keys) => {
    for (const key of keys) list.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}"""
Opener = Callable[..., Any]


@pytest.fixture
def walk(start_server: Callable[..., Server], tmp_path: Path) -> Iterator[tuple[Server, list[str]]]:
    """A server of its own on a workspace with 600 posts to decide."""
    home = tmp_path / "home"
    keys = many_posts(home, COUNT)
    server = start_server(home)
    yield server, keys
    server.stop()


def queue(page: Any) -> Any:
    """Return the list of the queue once its first card is there, with the focus on it."""
    page.locator(".sa-card h3").filter(has_text="1 of 600").wait_for()
    listed = page.locator(".sa-list")
    listed.focus()
    return listed


def chosen(home: Path) -> dict[str, str | None]:
    with Workspace.open(home) as ws:
        ws.queue()
        return {card.key: card.choice for card in ws.page(QueueFilter(), 0, COUNT)}


@pytest.mark.parametrize("view", ["voila/render", "doc/tree"])
def test_every_one_of_600_fast_keys_is_acknowledged(
    view: str, walk: tuple[Server, list[str]], new_page: Opener, settled: Callable[[Callable[[], bool]], bool]
) -> None:
    server, keys = walk
    page = opener(server, new_page, view)("2-posts")
    listed = queue(page)
    typed = "".join(KEYS[n % 3] for n in range(COUNT))
    for key in typed[:60]:  # as the keyboard sends them
        page.keyboard.press(key)
    # and the rest all at once, so that the pages after the first are still on their way
    listed.evaluate(
        PRESS_ALL,
        typed[60:],
    )
    page.get_by_text("600 of 600 decided").wait_for()
    page.get_by_text("Everything is saved on this computer").wait_for()
    assert chosen(server.home) == {key: CHOICES[letter] for key, letter in zip(keys, typed, strict=True)}

    page.reload()
    page.get_by_text("600 of 600 decided").wait_for()


def test_the_page_resumes_at_the_first_undecided_and_undo_works_after_a_reload(
    walk: tuple[Server, list[str]], new_page: Opener
) -> None:
    server, keys = walk
    page = opener(server, new_page, "voila/render")("2-posts")
    queue(page)
    for key in "kkn":
        page.keyboard.press(key)
    page.get_by_text("3 of 600 decided").wait_for()
    page.reload()
    page.locator(".sa-card h3").filter(has_text="4 of 600").wait_for()
    page.locator(".sa-list").focus()
    page.keyboard.press("z")
    page.get_by_text("2 of 600 decided").wait_for()
    page.locator(".sa-card h3").filter(has_text="3 of 600").wait_for()
    assert chosen(server.home)[keys[2]] is None


@pytest.mark.parametrize("view", ["voila/render", "doc/tree"])
def test_letters_typed_into_a_box_decide_nothing(view: str, walk: tuple[Server, list[str]], new_page: Opener) -> None:
    server, _ = walk
    page = opener(server, new_page, view)("2-posts")
    queue(page)
    page.keyboard.press("/")
    search = page.get_by_label("Search the words")
    until(page, "document.activeElement.type === 'search'")
    page.keyboard.type("knrl number 599")
    assert search.input_value() == "knrl number 599"
    search.fill("number 599")
    page.locator(".sa-card h3").filter(has_text="1 of 1").wait_for()
    page.get_by_text("0 of 600 decided").wait_for()


def test_a_button_with_the_focus_keeps_its_own_space_key(walk: tuple[Server, list[str]], new_page: Opener) -> None:
    server, keys = walk
    page = opener(server, new_page, "voila/render")("2-posts")
    queue(page)
    page.get_by_role("button", name="Not a problem").focus()
    page.keyboard.press(" ")
    page.get_by_text("1 of 600 decided").wait_for()
    assert chosen(server.home)[keys[0]] == "not-a-problem"


def test_a_choice_made_just_before_going_on_is_kept(walk: tuple[Server, list[str]], new_page: Opener) -> None:
    server, keys = walk
    page = opener(server, new_page, "voila/render")("2-posts")
    queue(page).evaluate(PRESS_ALL, "kkl")
    page.evaluate("document.querySelector('.sa-onward a').click()")
    page.get_by_role("heading", name="Who can see you").wait_for()
    assert [chosen(server.home)[key] for key in keys[:4]] == ["keep", "keep", "limit", None]


def kill_kernels(server: Server) -> None:
    psutil = pytest.importorskip("psutil")
    ids = server.kernels()
    for process in psutil.Process(server.process.pid).children(recursive=True):
        if any(id_ in " ".join(process.cmdline()) for id_ in ids):
            process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))


@pytest.mark.parametrize("view", ["voila/render", "doc/tree"])
def test_when_the_program_behind_the_page_is_gone_a_banner_says_so(
    view: str, walk: tuple[Server, list[str]], new_page: Opener
) -> None:
    server, keys = walk
    page = opener(server, new_page, view)("2-posts")
    queue(page)
    page.keyboard.press("k")
    page.get_by_text("1 of 600 decided").wait_for()
    kill_kernels(server)
    started = time.monotonic()
    page.evaluate("document.querySelector('.sa-list').focus()")
    page.keyboard.press("n")
    page.locator(".sa-banner").filter(has_text="Not saved yet").wait_for(timeout=15_000)
    assert time.monotonic() - started < 15
    page.locator(".sa-banner").get_by_role("button", name="Reload the page").wait_for()
    assert chosen(server.home)[keys[0]] == "keep"
    forgive(page)  # the hosts complain in the console about the kernel that went away
