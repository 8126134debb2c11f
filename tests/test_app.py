"""The server's parts, without a browser: what it is set to, what a kernel may see, and that nothing reaches outside."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditlib import app
from auditlib.app import guard, pages, server
from auditlib.app.managers import trimmed
from auditlib.app.places import RunFolder, notebooks_dir
from auditlib.errors import UsageError

APP = Path(app.__file__).parent


# ---- settings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [True, False])
def test_the_policy_lets_nothing_be_fetched_from_or_sent_to_another_address(page: bool) -> None:
    rules = {rule.split()[0]: rule.split()[1:] for rule in server.policy(8123, page=page).split("; ")}
    assert rules["default-src"] == ["'none'"]
    assert rules["connect-src"] == ["'self'", "ws://127.0.0.1:8123", "ws://localhost:8123"]
    sources = {source for name, all_ in rules.items() if name != "connect-src" for source in all_}
    assert sources <= {"'none'", "'self'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}
    for name in ("frame-src", "frame-ancestors", "object-src", "base-uri", "form-action"):
        assert rules[name] == ["'none'"]


def test_our_own_pages_allow_no_inline_script() -> None:
    assert "script-src 'self' blob:" in server.policy(1, page=True).split("; ")
    template = (APP / "share/voila/templates/self-audit/index.html.j2").read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*(?:application/json|src=))", template) == []
    assert re.findall(r"\son\w+=", template) == []


def test_the_server_keeps_to_itself(home: Path) -> None:
    run = RunFolder()
    config = server.configuration(run, notebooks_dir(), "token", 0)
    asked = {
        ("ServerApp", "ip"): "127.0.0.1",
        ("ServerApp", "allow_remote_access"): False,
        ("ServerApp", "allow_origin"): "",
        ("ServerApp", "terminals_enabled"): False,
        ("ServerApp", "open_browser"): False,
        ("ServerApp", "root_dir"): str(notebooks_dir()),
        ("IdentityProvider", "token"): "token",
        ("LabApp", "news_url"): None,
        ("LabApp", "check_for_updates_class"): "jupyterlab.NeverCheckForUpdate",
        ("LabApp", "extension_manager"): "readonly",
        ("VoilaConfiguration", "allow_template_override"): "NO",
        ("VoilaConfiguration", "show_tracebacks"): False,
    }
    assert {(part, name): config[part][name] for part, name in asked} == asked
    run.remove()


def test_jupyterlab_asks_no_news_and_runs_no_command_from_a_link() -> None:
    overrides = json.loads((APP / "lab/overrides.json").read_text(encoding="utf-8"))
    assert overrides["@jupyterlab/apputils-extension:sanitizer"]["allowCommandLinker"] is False
    notices = overrides["@jupyterlab/apputils-extension:notification"]
    assert (notices["fetchNews"], notices["checkForUpdates"]) == ("false", False)
    assert overrides["@jupyterlab/docmanager-extension:plugin"]["autosave"] is False
    disabled = json.loads((APP / "lab/page_config.json").read_text(encoding="utf-8"))["disabledExtensions"]
    assert disabled["@jupyterlab/apputils-extension:announcements"] is True


def test_an_unknown_page_is_refused_before_anything_starts(home: Path) -> None:
    with pytest.raises(UsageError, match="There is no page called 9-nothing"):
        app.serve(open_browser=False, notebook="9-nothing")
    assert not (home / "running").exists()


def test_a_port_in_use_is_told_in_a_sentence(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code = (
            "import sys\nfrom auditlib.app import serve\nfrom auditlib.errors import UsageError\n"
            f"try: serve(open_browser=False, port={port})\nexcept UsageError as e: print(e); sys.exit(2)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, f"Port {port} is in use. Name another one, or none to get a free one.\n")
    assert list((home / "running").iterdir()) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a way to open an address")
def test_without_a_browser_the_address_is_printed(home: Path) -> None:
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")}
    env |= {"PATH": "", "SELF_AUDIT_HOME": str(home), "PYTHONUTF8": "1"}
    code = "from auditlib.app import serve; serve()"
    process = subprocess.Popen([sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    assert process.stderr.readline() == "No browser could be opened from here. Please open the address above yourself.\n"
    process.terminate()
    said = process.communicate(timeout=20)[0]
    assert re.search(r"^  http://127\.0\.0\.1:\d+/open\?page=1-archives&token=\S{40,}$", said, re.M)


# ---- pages ---------------------------------------------------------------------------------------------------------


def test_every_page_has_its_notebook_and_the_reverse() -> None:
    found = {p.relative_to(notebooks_dir()).with_suffix("").as_posix() for p in notebooks_dir().rglob("*.ipynb")}
    assert found == pages.NAMES
    assert [step.name for step in pages.STEPS] == ["1-archives", "2-posts", "3-settings", "4-connections", "5-declaration"]


# ---- folders of a run ----------------------------------------------------------------------------------------------


def test_a_run_lies_in_the_data_folder_closed_to_others_and_goes_away(home: Path) -> None:
    run = RunFolder()
    assert run.path.parent == home / "running"
    if os.name != "nt":
        assert {oct(folder.stat().st_mode & 0o777) for folder in (run.path, run.data, run.runtime)} == {"0o700"}
    run.remove()
    assert list((home / "running").iterdir()) == []


def test_what_an_old_run_left_is_cleared_and_a_running_one_is_not(home: Path) -> None:
    running, old = RunFolder(), RunFolder()
    os.utime(old.path, (0, 0))
    new = RunFolder()
    assert set((home / "running").iterdir()) == {running.path, new.path}


def test_only_our_notebooks_are_trusted(home: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    from nbformat.sign import NotebookNotary

    run = RunFolder()
    run.trust(notebooks_dir())
    notary = NotebookNotary(data_dir=str(run.data))
    ours = nbformat.read(notebooks_dir() / "1-archives.ipynb", as_version=4)
    changed = nbformat.read(notebooks_dir() / "1-archives.ipynb", as_version=4)
    changed.cells[0].source += "\nimport os"
    assert (notary.check_signature(ours), notary.check_signature(changed)) == (True, False)
    notary.store.close()
    run.remove()


def test_the_persons_own_jupyter_is_left_alone(home: Path) -> None:
    code = (
        "import os; os.environ['JUPYTER_CONFIG_DIR'] = 'elsewhere'; os.environ['JUPYTER_TOKEN'] = 'x'\n"
        "from auditlib.app.places import RunFolder; run = RunFolder(); run.enter()\n"
        "from jupyter_core.paths import jupyter_config_path, jupyter_data_dir, jupyter_runtime_dir, jupyter_path\n"
        "assert jupyter_config_path() == [str(run.config)], jupyter_config_path()\n"
        "assert (jupyter_data_dir(), jupyter_runtime_dir()) == (str(run.data), str(run.runtime))\n"
        "assert jupyter_path('kernels')[1] == str(run.data / 'kernels')\n"
        "assert 'JUPYTER_TOKEN' not in os.environ\n"
        "run.remove(); assert not run.config.exists()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


# ---- kernels -------------------------------------------------------------------------------------------------------


def test_a_kernel_sees_only_what_it_needs_of_the_environment() -> None:
    given = {
        "PATH": "p", "Path": "p", "HOME": "h", "LC_ALL": "C", "SELF_AUDIT_HOME": "s", "SystemRoot": "w", "JPY_PARENT_PID": "1",
        "JUPYTER_NO_CONFIG": "1", "AWS_SECRET_ACCESS_KEY": "k", "GITHUB_TOKEN": "k", "HTTPS_PROXY": "k", "PYTHONPATH": "k",
        "PYTHONSTARTUP": "k", "QUERY_STRING": "token=k", "HTTP_COOKIE": "k",
    }  # fmt: skip
    assert set(trimmed(given)) == {"PATH", "Path", "HOME", "LC_ALL", "SELF_AUDIT_HOME", "SystemRoot", "JPY_PARENT_PID"}


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.9.1", "::1", "localhost", "LOCALHOST.", b"localhost", None, "", "0.0.0.0"]
)
def test_this_computer_is_let_through(host: object) -> None:
    assert guard.is_local(host)


@pytest.mark.parametrize(
    "host", ["192.168.1.1", "10.0.0.1", "8.8.8.8", "school.example", "localhost.school.example", "fe80::1%eth0"]
)
def test_other_computers_are_not(host: str) -> None:
    assert not guard.is_local(host)


def test_a_process_that_refuses_outside_cannot_connect_send_or_look_up() -> None:
    code = (
        "import socket; from auditlib.app.guard import OutsideRefused, refuse_outside; refuse_outside()\n"
        "def no(act):\n"
        "    try: act()\n"
        "    except OutsideRefused: return True\n"
        "tcp, udp = socket.socket(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "assert no(lambda: tcp.connect(('192.0.2.1', 80)))\n"
        "assert no(lambda: udp.sendto(b'x', ('192.0.2.1', 53)))\n"
        "assert no(lambda: socket.getaddrinfo('school.example', 443))\n"
        "with socket.create_server(('127.0.0.1', 0)) as s: socket.create_connection(s.getsockname()).close()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def entered(home: Path) -> Iterator[RunFolder]:
    """A run folder that this process uses as the server would."""
    before, run = dict(os.environ), RunFolder()
    run.enter()
    yield run
    os.environ.clear()
    os.environ.update(before)
    run.remove()


def executed(notebook: Any, folder: Path) -> Any:
    nbclient = pytest.importorskip("nbclient")
    nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    return notebook


@pytest.mark.parametrize("name", sorted(pages.NAMES))
def test_every_notebook_runs_from_top_to_bottom(entered: RunFolder, name: str) -> None:
    nbformat = pytest.importorskip("nbformat")
    notebook = executed(nbformat.read(notebooks_dir() / f"{name}.ipynb", as_version=4), entered.path)
    (output,) = notebook.cells[-1].outputs
    assert "application/vnd.jupyter.widget-view+json" in output["data"]
    state = json.dumps(notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"])
    assert "ErrorPage" not in output["data"]["text/plain"] and "Something went wrong" not in state


def test_a_kernel_refuses_the_outside_and_writes_no_history(entered: RunFolder) -> None:
    nbformat = pytest.importorskip("nbformat")
    cell = nbformat.v4.new_code_cell(
        "import socket, sys\n"
        "try: socket.getaddrinfo('school.example', 443)\nexcept PermissionError as e: print(type(e).__name__)\n"
        "print(get_ipython().history_manager.enabled, sys.flags.isolated)"
    )
    notebook = executed(nbformat.v4.new_notebook(cells=[cell]), entered.path)
    assert notebook.cells[0].outputs[0]["text"].split() == ["OutsideRefused", "False", "1"]
    assert list(entered.path.rglob("history.sqlite")) == []
