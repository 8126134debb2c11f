"""The server and its two views of the same notebooks."""

from __future__ import annotations

import http.client
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from harness import WIDGET, Server, forgive, start

PAGES = ["1-archives", "2-posts", "3-settings", "4-connections", "5-declaration", "hr/2-register"]


def ask(server: Server, path: str, *, host: str | None = None, token: bool = False, method: str = "GET") -> tuple[int, str]:
    """Return status and location of one plain request, redirects not followed."""
    place = urlsplit(server.base)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)
    headers = {"Host": host or place.netloc}
    if token:
        headers["Authorization"] = f"token {server.token}"
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers.get("Location", "")


@pytest.mark.parametrize("path", ["/", "/open", "/voila/render/1-archives.ipynb", "/doc/tree/1-archives.ipynb", "/lab"])
def test_without_the_token_there_is_no_page(server: Server, path: str) -> None:
    status, location = ask(server, path)
    assert (status, location.startswith("/login")) == (302, True)
    assert ask(server, location)[0] == 403


def test_the_browser_is_given_a_ticket_of_use_once(tmp_path: Path, settled: Callable) -> None:
    given, script = tmp_path / "given", tmp_path / "browser.py"
    script.write_text(f"import sys; open({str(given)!r}, 'w').write(sys.argv[1])", encoding="utf-8")
    server = start(tmp_path / "home", tmp_path, f'"{sys.executable}" "{script}" %s')
    try:
        assert settled(lambda: given.exists() and given.stat().st_size > 0)
        address = given.read_text(encoding="utf-8")
        assert address.startswith(f"{server.base}/open?page=1-archives&ticket=")
        assert server.token not in address
        path = address.removeprefix(server.base)
        assert ask(server, path) == (302, "/voila/render/1-archives.ipynb")
        assert ask(server, path)[1].startswith("/login")
    finally:
        server.stop()


@pytest.mark.parametrize("path", ["/api/kernels", "/api/contents/1-archives.ipynb", "/api/sessions"])
def test_without_the_token_the_api_refuses(server: Server, path: str) -> None:
    assert ask(server, path)[0] == 403


def test_a_kernel_is_ended_only_by_its_own_page(server: Server, voila_page: Callable) -> None:
    page = voila_page("1-archives")
    (kernel,) = server.kernels()
    assert ask(server, f"/leave/{kernel}", method="POST")[0] == 403
    without_xsrf = "(id) => fetch(`/leave/${id}`, { method: 'POST' }).then((answer) => answer.status)"
    assert page.evaluate(without_xsrf, kernel) == 403
    page.wait_for_timeout(1500)
    assert server.kernels() == [kernel]
    forgive(page)


@pytest.mark.parametrize("path", ["/", "/open", "/voila/render/1-archives.ipynb", "/lab", "/api/kernels"])
def test_a_foreign_host_name_is_refused_even_with_the_token(server: Server, path: str) -> None:
    assert ask(server, path, host="school.example:80", token=True)[0] == 403


def test_the_server_listens_on_loopback_only(server: Server) -> None:
    assert urlsplit(server.base).hostname == "127.0.0.1"
    psutil = pytest.importorskip("psutil")
    ports = {c.laddr.ip for c in psutil.Process(server.process.pid).net_connections("tcp") if c.status == "LISTEN"}
    assert ports == {"127.0.0.1"}


def test_terminals_are_off(server: Server) -> None:
    assert ask(server, "/api/terminals", token=True, method="POST")[0] == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST", "PATCH"])
def test_a_notebook_cannot_be_changed(server: Server, method: str) -> None:
    request = urllib.request.Request(
        f"{server.base}/api/contents/1-archives.ipynb", method=method, headers={"Authorization": f"token {server.token}"},
        data=b'{"type":"file","format":"text","content":"x","path":"other.ipynb","copy_from":"2-posts.ipynb"}',
    )  # fmt: skip
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert refused.value.code in (400, 403)


def test_only_our_own_pages_are_rendered(server: Server) -> None:
    assert ask(server, "/voila/render/another.ipynb", token=True)[0] == 404
    assert ask(server, "/open?page=another", token=True)[0] == 404
    assert ask(server, "/voila/files/1-archives.ipynb", token=True)[0] == 403


def test_the_address_swaps_its_token_for_a_cookie(server: Server, new_page: Callable) -> None:
    page = new_page()
    page.goto(server.address)
    page.locator(WIDGET).first.wait_for()
    assert page.url == f"{server.base}/voila/render/1-archives.ipynb"
    assert server.token not in page.content()


@pytest.mark.parametrize("name", PAGES)
def test_each_notebook_draws_its_page_in_voila(voila_page: Callable, name: str) -> None:
    page = voila_page(name)
    page.locator("main").get_by_role("heading").first.wait_for()
    current = page.locator(".sa-steps a[aria-current]")
    assert current.get_attribute("href") == f"/voila/render/{name}.ipynb"
    assert page.locator("header, nav, main, footer").count() >= 4
    assert page.get_by_role("link", name="Open in JupyterLab").get_attribute("href") == f"/doc/tree/{name}.ipynb"


@pytest.mark.parametrize("name", PAGES)
def test_each_notebook_draws_its_page_in_jupyterlab(lab_page: Callable, name: str) -> None:
    page = lab_page(name)
    page.locator(".jp-Notebook").get_by_role("heading").first.wait_for()
    assert page.locator(".jp-InputArea-editor:visible").count() == 0
    assert page.get_by_role("link", name="Back to the simple view").get_attribute("href") == f"/voila/render/{name}.ipynb"


def test_no_page_needs_sideways_scrolling_on_a_narrow_screen(voila_page: Callable) -> None:
    for name in PAGES:
        page = voila_page(name, width=390)
        page.locator("main").get_by_role("heading").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        page.close()


def test_pages_left_behind_end_their_kernels(voila_page: Callable, server: Server, settled: Callable) -> None:
    page = voila_page("1-archives")
    for step in range(10):
        page.goto(f"{server.base}/voila/render/{PAGES[(step + 1) % 5]}.ipynb")
        page.locator(WIDGET).first.wait_for()
    assert len(server.kernels()) <= 2
    assert settled(lambda: len(server.kernels()) == 1)
    page.close(run_before_unload=True)
    assert settled(lambda: server.kernels() == [])


def test_a_jupyterlab_page_left_behind_ends_its_kernel(lab_page: Callable, server: Server, settled: Callable) -> None:
    page = lab_page("1-archives")
    assert len(server.kernels()) == 1
    page.get_by_role("link", name="Back to the simple view").click()
    page.locator("main " + WIDGET).first.wait_for()
    assert settled(lambda: len(server.kernels()) == 1)
    page.close(run_before_unload=True)
    assert settled(lambda: server.kernels() == [])


def test_a_page_may_not_fetch_from_another_address(voila_page: Callable) -> None:
    page = voila_page("1-archives")
    blocked = page.evaluate(
        """() => new Promise((done) => {
            document.addEventListener("securitypolicyviolation", (e) => done(e.effectiveDirective));
            fetch("https://school.example/").catch(() => {});
        })"""
    )
    assert blocked == "connect-src"
    forgive(page)


def test_an_inline_script_does_not_run_on_a_page(voila_page: Callable) -> None:
    page = voila_page("1-archives")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
        }"""
    )
    assert page.evaluate("window.ran") is None
    forgive(page)


def test_stopping_says_so_and_leaves_no_run_folder(start_server: Callable[..., Server]) -> None:
    server = start_server()
    home: Path = server.home
    assert len(list((home / "running").iterdir())) == 1
    assert server.stop().splitlines()[-1].startswith("Stopped.")
    assert list((home / "running").iterdir()) == []
