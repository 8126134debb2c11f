"""A real server and a real browser. Every page fails its test on a request that leaves this computer, on an error in the
page, and on an error in its console.

    server                    one running walk-through with an empty data folder, shared by the tests of one file
    start_server(home=None)   another one, on a data folder of your choice
    voila_page("2-posts")     a browser page showing that notebook in Voila, first widget drawn
    lab_page("2-posts")       the same in JupyterLab
Both take width=1280, height=900 and server=...; `watch(page)` gives what was seen on the page so far.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from harness import CHROMIUM, FLAGS, PATIENCE, Seen, Server, opener, start, watch

sync_api = pytest.importorskip("playwright.sync_api", reason="the playwright package is not installed")


@pytest.fixture(scope="module")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def make(home: Path | None = None) -> Server:
        folder = tmp_path_factory.mktemp("walk")
        servers.append(start(home or folder / "home", folder))
        return servers[-1]

    yield make
    for server in servers:
        server.stop()


@pytest.fixture(scope="module")
def server(start_server: Callable[..., Server]) -> Server:
    return start_server()


@pytest.fixture(scope="session")
def browser() -> Iterator[sync_api.Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this computer (Debian: sudo apt install chromium)")
    with sync_api.sync_playwright() as play:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        running = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS + ["--no-sandbox"] * root)
        yield running
        running.close()


@pytest.fixture
def new_page(browser: sync_api.Browser) -> Iterator[Callable[..., sync_api.Page]]:
    """Makes watched pages in one fresh browser profile; at the end of the test all they did must have been in order."""
    seen: list[Seen] = []
    contexts: dict[tuple[int, int], sync_api.BrowserContext] = {}

    def make(width: int = 1280, height: int = 900) -> sync_api.Page:
        if (width, height) not in contexts:
            contexts[width, height] = browser.new_context(
                viewport={"width": width, "height": height}, locale="en-GB", accept_downloads=True
            )
        page = contexts[width, height].new_page()
        page.set_default_timeout(PATIENCE)
        seen.append(watch(page))
        return page

    yield make
    for context in contexts.values():
        context.close()
    assert [line for one in seen for line in one.trouble()] == []


@pytest.fixture
def voila_page(server: Server, new_page: Callable[..., sync_api.Page]) -> Callable[..., sync_api.Page]:
    return opener(server, new_page, "voila/render")


@pytest.fixture
def lab_page(server: Server, new_page: Callable[..., sync_api.Page]) -> Callable[..., sync_api.Page]:
    return opener(server, new_page, "doc/tree")


@pytest.fixture
def settled() -> Callable[[Callable[[], bool]], bool]:
    """`settled(lambda: ...)` waits up to 15 s for something to become true and says whether it did."""

    def wait(question: Callable[[], bool]) -> bool:
        for _ in range(150):
            if question():
                return True
            time.sleep(0.1)
        return question()

    return wait
