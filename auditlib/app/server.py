"""Starts and stops the one Jupyter server behind the walk-through. It listens on 127.0.0.1 only and asks for a token."""

from __future__ import annotations

import json
import logging
import os
import secrets
import signal
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..errors import UsageError
from ..walk import exports_folder
from .managers import DEBUG
from .pages import NAMES, steps_for_browser
from .places import RunFolder, notebooks_dir

HOST = "127.0.0.1"


def policy(port: int, *, page: bool) -> str:
    """Return the Content-Security-Policy. `page`: for our Voila pages, where only scripts from this server's files run
    (`blob:` is how anywidget loads a widget's script).

    JupyterLab needs inline scripts and `eval` (its settings are checked by generated code). In both, nothing can be
    fetched from or sent to any address but this server's own.
    """
    lab = "" if page else " 'unsafe-eval' 'unsafe-inline'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' blob:{lab}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self' ws://{HOST}:{port} ws://localhost:{port}",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "frame-src 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def configuration(run: RunFolder, notebooks: Path, token: str, port: int) -> dict[str, dict[str, Any]]:
    """Return Jupyter's whole configuration as plain data; no file of the person's own is read."""
    extensions = {"auditlib.app.extension": True, "jupyterlab": True, "voila.server_extension": True}
    level = logging.INFO if os.environ.get(DEBUG) else logging.CRITICAL
    return {
        "ServerApp": {
            "ip": HOST,
            "port": port,
            "port_retries": 0,
            "open_browser": False,
            "root_dir": str(notebooks),
            "jpserver_extensions": extensions,
            "terminals_enabled": False,
            "allow_remote_access": False,
            "allow_origin": "",
            "allow_root": True,  # what is refused by default is a server for others; this one is for loopback only
            "answer_yes": True,
            "log_level": level,
            "quit_button": False,
            "contents_manager_class": "auditlib.app.managers.ReadOnlyNotebooks",
            "kernel_manager_class": "auditlib.app.managers.PageKernels",
            "websocket_ping_interval": 30_000,
            # Voila asks a public address for MathJax whenever a Label is drawn; ours stands in and does nothing.
            "tornado_settings": {"mathjax_url": "/voila/templates/self-audit/static/no-math.js"},
        },
        "IdentityProvider": {"token": token, "login_handler_class": "auditlib.app.extension.NoKey"},
        "KernelSpecManager": {"allowed_kernelspecs": ["python3"], "ensure_native_kernel": False},
        # A net below /leave: a kernel whose page went away without a word (browser killed) ends after half an hour.
        "MappingKernelManager": {"cull_idle_timeout": 1800, "cull_interval": 60, "cull_connected": False},
        "LabApp": {
            "log_level": level,
            "custom_css": True,
            "news_url": None,
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "extension_manager": "readonly",
            "app_settings_dir": str(run.lab_settings),
            "user_settings_dir": str(run.lab_user),
            "workspaces_dir": str(run.workspaces),
        },
        "VoilaConfiguration": {
            "template": "self-audit",
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "file_allowlist": ["^$"],  # Voila serves no file from beside the notebooks
            "extension_denylist": ["self-audit-lab", "jupyterlab_pygments", "@voila-dashboards/jupyterlab-preview"],
            "resources": {"self_audit": {"steps": steps_for_browser()}},
            "show_tracebacks": False,
        },
    }


def run(*, open_browser: bool, notebook: str, port: int | None) -> int:
    """Serve until stopped; see `auditlib.app.serve`."""
    if notebook not in NAMES:
        raise UsageError(f"There is no page called {notebook}. The pages are: {', '.join(sorted(NAMES))}.")
    notebooks = notebooks_dir()
    os.environ.setdefault("SELF_AUDIT_EXPORTS", str(exports_folder()))  # kernels run elsewhere and must be told
    folder = RunFolder()
    try:
        folder.enter()
        folder.trust(notebooks)
        token = secrets.token_urlsafe(32)
        app = _application(configuration(folder, notebooks, token, port or 0), folder, port)
        place = f"http://{HOST}:{app.port}/open?page={notebook}&"
        # Once the loop runs the server listens; said earlier, the address could be opened too soon.
        app.io_loop.add_callback(_announce, f"{place}token={token}")
        if open_browser:
            app.io_loop.add_callback(_show_with_ticket, app, place)
        _serve(app)
    finally:
        folder.remove()
    print("Stopped. Everything you had confirmed is saved.", flush=True)
    return 0


def _application(config: dict[str, dict[str, Any]], folder: RunFolder, port: int | None) -> Any:
    from jupyter_server.serverapp import ServerApp
    from traitlets.config import Config

    from .extension import check_page

    config["VoilaConfiguration"]["prelaunch_hook"] = check_page
    app = ServerApp.instance(config=Config(config), config_dir=str(folder.config))
    try:
        with _no_other_programs():
            app.initialize(argv=[], find_extensions=False)
    except SystemExit as stop:
        raise UsageError(f"Port {port} is in use. Name another one, or none to get a free one.") from stop
    settings = app.web_app.settings
    settings["headers"] = {
        "Content-Security-Policy": policy(app.port, page=False),
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    settings["self_audit_tickets"] = set()
    settings["self_audit_page_policy"] = policy(app.port, page=True)
    settings["page_config_data"].update(
        token="",  # JupyterLab would write it into its page; the cookie from /open is enough
        buildAvailable=False,
        buildCheck=False,
        selfAuditSteps=json.dumps(steps_for_browser()),
    )
    return app


@contextmanager
def _no_other_programs() -> Iterator[None]:
    """Where Node.js is installed, JupyterLab runs it on loading, to read settings for builds that never happen here."""
    path = os.environ.get("PATH")
    os.environ["PATH"] = ""
    try:
        yield
    finally:
        if path is None:
            del os.environ["PATH"]
        else:
            os.environ["PATH"] = path


def _serve(app: Any) -> None:
    def stop(_signal: int, _frame: Any) -> None:
        app.io_loop.add_callback_from_signal(app.stop)

    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
    app.start()


def _announce(address: str) -> None:
    print("self-audit is running on this computer only. Its address, which works until you stop it:\n")
    print(f"  {address}\n")
    print("Leave this window open while you work. Closing the browser stops nothing: open the address again to go on.")
    print("To stop, press Ctrl+C here or close this window. What you have confirmed on the pages stays saved.", flush=True)


def _show_with_ticket(app: Any, place: str) -> None:
    tickets: set[str] = app.web_app.settings["self_audit_tickets"]
    ticket = secrets.token_urlsafe(32)
    tickets.add(ticket)
    app.io_loop.call_later(60, tickets.discard, ticket)
    # Some browsers hold their caller until they are closed.
    threading.Thread(target=_show, args=(f"{place}ticket={ticket}",), daemon=True).start()


def _show(address: str) -> None:
    # On Linux without a screen Python would look for a browser in the terminal, where the pages cannot work.
    screen = not sys.platform.startswith("linux") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")))
    try:
        shown = screen and webbrowser.open(address)
    except webbrowser.Error:
        shown = False
    if not shown:
        print("No browser could be opened from here. Please open the address above yourself.", file=sys.stderr, flush=True)
