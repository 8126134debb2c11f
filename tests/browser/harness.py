"""What the browser tests stand on: a real server in its own process, and a record of all that a page does."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Page = Any  # playwright.Page; not imported here, so that its absence skips tests instead of breaking them

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome-stable"))), None)
FLAGS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps",
]  # fmt: skip
WIDGET = ".sa"  # every page of ours is one element of this class
PATIENCE = 60_000  # ms


@dataclass
class Server:
    """A running walk-through. `base` has no slash at its end; `exports` is where it writes declarations."""

    address: str
    home: Path
    exports: Path
    process: subprocess.Popen[str]

    @property
    def base(self) -> str:
        return self.address.partition("/open")[0]

    @property
    def token(self) -> str:
        return self.address.partition("token=")[2].partition("&")[0]

    def kernels(self) -> list[str]:
        request = urllib.request.Request(f"{self.base}/api/kernels", headers={"Authorization": f"token {self.token}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return [kernel["id"] for kernel in json.load(answer)]

    def stop(self) -> str:
        """Stop as Ctrl+C does; return what was printed after the address."""
        if self.process.poll() is None:
            self.process.send_signal(signal.CTRL_BREAK_EVENT if os.name == "nt" else signal.SIGINT)
        try:
            return self.process.communicate(timeout=20)[0]
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


@dataclass
class Seen:
    """What one page did: addresses outside this computer, exceptions, console errors."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def trouble(self) -> list[str]:
        return [
            *(f"request to {url}" for url in self.outside),
            *(f"page error: {error}" for error in self.errors),
            *(f"console error: {line}" for line in self.console),
        ]


def start(home: Path, folder: Path, browser: str = "") -> Server:
    """Start the walk-through on `home`, with `folder` as the current folder, and wait for its address.

    `browser` is a command line with %s for the address; without it no browser is opened.
    """
    exports = folder / "exports"
    env = {**os.environ, "SELF_AUDIT_HOME": str(home), "SELF_AUDIT_EXPORTS": str(exports), "PYTHONUTF8": "1"}
    if browser:
        env["BROWSER"] = browser
    code = f"import sys; from auditlib.app import serve; sys.exit(serve(open_browser={bool(browser)}))"
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=folder, env=env, text=True, encoding="utf-8", stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )  # fmt: skip
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        if "/open?page=" in line:
            return Server(line.strip(), home, exports, process)
    raise AssertionError("the server did not start:\n" + "".join(said))


def watch(page: Page) -> Seen:
    """Return the record of what `page` does, from the first call on."""
    found: Seen | None = getattr(page, "_seen_by_tests", None)
    if found is None:
        found = Seen()
        page._seen_by_tests = found
        page.on("request", lambda request: _note(found, request.url))
        page.on("websocket", lambda socket: _note(found, socket.url))
        page.on("pageerror", lambda error: found.errors.append(str(error)))
        page.on("console", lambda line: found.console.append(line.text) if line.type == "error" else None)
    return found


def until(page: Page, expression: str, arg: Any = None) -> None:
    """Wait until `expression` is true on the page. Playwright's `wait_for_function` needs `eval`, which our pages forbid."""
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(expression, arg):
        assert time.monotonic() < end, f"never true on the page: {expression}"
        page.wait_for_timeout(50)


def forgive(page: Page) -> None:
    """Forget what was seen so far: for tests that provoke a refusal on purpose."""
    seen = watch(page)
    for noted in (seen.outside, seen.errors, seen.console):
        noted.clear()


def _note(seen: Seen, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob", "about") and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        seen.outside.append(url)


def opener(default: Server, new_page: Callable[..., Page], view: str) -> Callable[..., Page]:
    def open_page(name: str, *, width: int = 1280, height: int = 900, server: Server | None = None, wait: bool = True) -> Page:
        here = server or default
        page = new_page(width, height)
        # The token becomes a cookie without a page being drawn, so that no kernel is started in vain.
        page.context.request.get(f"{here.address}", max_redirects=0)
        page.goto(f"{here.base}/{view}/{name}.ipynb")
        if wait:
            page.locator(WIDGET).first.wait_for()
        return page

    return open_page
