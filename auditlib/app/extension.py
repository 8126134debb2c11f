"""Our Jupyter server extension: the address people open, the end of a page's kernel, and tidy ways in."""

from __future__ import annotations

import asyncio
import re
import secrets
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, authenticated

from .pages import NAMES, STEPS

# A page that is left sends its last choices first; they must reach the kernel before it ends.
_GRACE = 0.8  # seconds

NO_KEY = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>self-audit</title></head><body>
<main><h1>This page needs its full address</h1>
<p>Open the whole address that the start window shows. It holds a key that is made anew at each start, so that nobody
else on this computer can look in.</p>
<p>If that window is gone, start self-audit again.</p></main></body></html>"""


class Open(JupyterHandler):
    """`/open?token=...&page=...`: swaps the token in the address for a cookie, so that no later address holds it.

    The browser this program opens itself gets `ticket=` instead: other people on this computer can read a program's
    command line, and a ticket is of use once, within a minute.
    """

    @allow_unauthenticated
    def get(self) -> None:
        if not self.current_user and not self._has_ticket():
            self.redirect(self.get_login_url())
            return
        name = self.get_argument("page", STEPS[0].name)
        if name not in NAMES:
            raise HTTPError(404, "There is no such page.")
        assert self.xsrf_token  # sets the cookie that the page's own requests send back
        self.redirect(url_path_join(self.base_url, "voila/render", f"{name}.ipynb"))

    def _has_ticket(self) -> bool:
        tickets: set[str] = self.settings["self_audit_tickets"]
        given = self.get_argument("ticket", "")
        for ticket in tickets:
            if secrets.compare_digest(ticket.encode(), given.encode()):
                tickets.remove(ticket)
                provider = self.identity_provider
                provider.set_login_cookie(self, provider.generate_anonymous_user(self))
                return True
        return False


class FirstPage(JupyterHandler):
    """`/`, and Voila's own list of notebooks: straight to step 1."""

    @authenticated
    def get(self, *_path: str) -> None:
        self.redirect(url_path_join(self.base_url, "voila/render", f"{STEPS[0].name}.ipynb"))


class NoKey(JupyterHandler):
    """`/login`: where everyone without the token ends."""

    @allow_unauthenticated
    def get(self) -> None:
        self.set_status(403)
        self.finish(NO_KEY)

    @allow_unauthenticated
    def post(self) -> None:
        self.get()


class Leave(JupyterHandler):
    """`POST /leave/<kernel>`: the page is being left; its kernel ends shortly after."""

    @authenticated
    def post(self, kernel_id: str) -> None:
        if kernel_id in self.kernel_manager:
            task = asyncio.get_running_loop().create_task(self._end(kernel_id))
            _ENDING.add(task)
            task.add_done_callback(_ENDING.discard)
        self.set_status(204)
        self.finish()

    async def _end(self, kernel_id: str) -> None:
        await asyncio.sleep(_GRACE)
        if kernel_id in self.kernel_manager:
            await self.kernel_manager.shutdown_kernel(kernel_id)


_ENDING: set[asyncio.Task[None]] = set()  # the loop itself keeps only weak references


def check_page(handler: JupyterHandler, notebook: Any, cwd: str) -> None:
    """Voila calls this before it renders: only our own pages, under the strict policy for pages."""
    name = re.sub(r"^.*/voila/render/|\.ipynb$", "", handler.request.path)
    if name not in NAMES:
        raise HTTPError(404, "There is no such page.")
    handler.set_header("Content-Security-Policy", handler.settings["self_audit_page_policy"])


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "auditlib.app.extension"}]


def _load_jupyter_server_extension(server: Any) -> None:
    base = server.web_app.settings["base_url"]
    server.web_app.add_handlers(
        ".*$",
        [
            (url_path_join(base, r"/?"), FirstPage),
            (url_path_join(base, "/open"), Open),
            (url_path_join(base, r"/leave/([0-9a-f-]{36})"), Leave),
            (url_path_join(base, r"/voila/?"), FirstPage),
            (url_path_join(base, r"/voila/tree(.*)"), FirstPage),
            (url_path_join(base, r"/tree(.*)"), FirstPage),
        ],
    )
