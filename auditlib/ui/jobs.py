"""One long piece of work at a time, in a thread, with live progress and a way to stop it.

A handler that works for long freezes every other click on the page (measured), so it starts a `Job` and answers at once.
The job outlives a page: JupyterLab keeps the kernel when the page is reloaded, and the new page takes the job over.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from ..errors import UsageError

Listener = Callable[[str, dict[str, Any]], None]
Work = Callable[[Callable[[dict[str, Any]], None], threading.Event], dict[str, Any]]

BEAT = 2.0  # seconds between signs of life; the page waits for five of them before it says that nothing answers
PACE = 0.1  # seconds: no more than ten progress messages a second


class Job:
    """The running piece of work. `listener` hears ("progress" | "done" | "problem", data)."""

    def __init__(self, work: Work, listener: Listener, explain: Callable[[BaseException], str]) -> None:
        self.cancel = threading.Event()
        self.listener = listener
        self.latest: dict[str, Any] = {"stage": "Starting"}
        self._explain = explain
        self._work = work
        self._sent = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="self-audit-import", daemon=True)

    def start(self) -> None:
        """Begin, and keep giving a sign of life until the work is over."""
        self._thread.start()
        threading.Thread(target=self._beat, name="self-audit-beat", daemon=True).start()

    def running(self) -> bool:
        """Return whether the work is still under way."""
        return not self._over.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait at most `timeout` seconds; return whether the work is over."""
        return self._over.wait(timeout)

    def _beat(self) -> None:
        while not self._over.wait(BEAT):
            self.listener("progress", self.latest)

    def _progress(self, data: dict[str, Any]) -> None:
        self.latest = data
        now = time.monotonic()
        if now - self._sent >= PACE:
            self._sent = now
            self.listener("progress", data)

    def _run(self) -> None:
        try:
            outcome = self._work(self._progress, self.cancel)
            kind = "done"
        # The thread is the last one to see this error: without the catch the page would wait for ever.
        except Exception as error:
            kind, outcome = "problem", {"words": self._explain(error)}
        self._over.set()
        outcome["cancelled"] = self.cancel.is_set()
        self.listener(kind, outcome)


_current: Job | None = None
_lock = threading.Lock()


def current() -> Job | None:
    """Return the job under way in this kernel, if any."""
    return _current if _current and _current.running() else None


def begin(work: Work, listener: Listener, explain: Callable[[BaseException], str]) -> Job:
    """Start `work` in a thread and return its job.

    Raises:
        UsageError: something is already under way in this kernel.
    """
    global _current
    with _lock:
        if current():
            raise UsageError("Something is still being read. Wait until it has finished, or stop it first.")
        _current = Job(work, listener, explain)
        _current.start()
        return _current
