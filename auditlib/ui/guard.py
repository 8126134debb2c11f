"""A page of the walk as one anywidget: messages in, one answer out for each, and no failure that stays silent.

An exception in a widget callback reaches neither the page nor the person: the screen still says "saved". So every message
goes through `Page._receive`, which answers each one, with the result or with a plain sentence to show in a banner.
Nothing of a page is kept in synced traits: JupyterLab can write those into the notebook file.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anywidget

from ..errors import AuditError, NotReady

HERE = Path(__file__).parent

Handler = Callable[[Mapping[str, Any]], Any]

UNEXPECTED = (
    "Something went wrong inside this program. What it had already confirmed as saved is safe. "
    "Reload the page and try again. If it happens again, this is what to quote: {where}."
)


def bundle(*names: str) -> str:
    """Return the named files of this folder as one text, in order. One widget takes one script and one style sheet."""
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


def place_of(error: BaseException) -> str:
    """Return the error's type and where it arose, never its message: a message can hold archive content."""
    frames = traceback.extract_tb(error.__traceback__)
    spot = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + spot


def plain(error: BaseException) -> str:
    """Return the sentence to show a person for this error."""
    if isinstance(error, AuditError):
        return str(error)
    if isinstance(error, PermissionError):
        return "This computer did not let the program read or write there. Choose another place, or close the file."
    return UNEXPECTED.format(where=place_of(error))


class Page(anywidget.AnyWidget):
    """Base of every page. A subclass names its scripts and fills `handlers`: message type -> function of the payload.

    A message is `{"type", "id", "data"}`; its answer is `{"type": "answer", "id", "data"}`, or the same with
    `"problem"` (a sentence) and `"missing"` (a list) instead of data. `tell` sends a message nobody asked for.
    """

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    _esm: str
    _css: str

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "_esm" not in cls.__dict__:  # anywidget makes a subclass of its own, with both as traits
            cls._esm = bundle("dom.js", "talk.js", *cls.scripts)
            cls._css = bundle("base.css", *cls.styles)
        super().__init_subclass__(**kwargs)

    def __init__(self) -> None:
        self.handlers: dict[str, Handler] = {}
        self._sending = threading.Lock()
        super().__init__()
        self.on_msg(self._receive)

    def tell(self, kind: str, **data: Any) -> None:
        """Send `data` to the page under `kind`. Safe from any thread."""
        with self._sending:
            self.send({"type": kind, **data})

    def _receive(self, _widget: Any, content: Mapping[str, Any], _buffers: Any = None) -> None:
        answer: dict[str, Any] = {"id": content.get("id")}
        try:
            handler = self.handlers.get(str(content.get("type")))
            if handler is None:
                answer["problem"] = "This page and the program behind it do not match. Reload the page."
            else:
                answer["data"] = handler(content.get("data") or {})
        except NotReady as error:
            answer["problem"], answer["missing"] = str(error), list(error.missing)
        # Anything else a handler raises would vanish without a word, so all of it is turned into an answer.
        except Exception as error:
            answer["problem"] = plain(error)
        self.tell("answer", **answer)


class ErrorPage(Page):
    """What a notebook shows when its page could not be made at all: one sentence and what to do."""

    scripts = ("error.js",)

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.handlers["start"] = lambda _data: {"sentence": sentence}


def guarded(make: Callable[[], Page]) -> Page:
    """Return the page `make` builds, or an `ErrorPage` saying in plain words why it could not be built."""
    try:
        return make()
    # The notebook's only cell: an exception here would print a traceback in front of a teacher.
    except Exception as error:
        return ErrorPage(plain(error))
