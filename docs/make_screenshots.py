"""Makes the pictures of the README from the bundled invented person: `.venv/bin/python docs/make_screenshots.py`.

    --all DIR   every page in both views, 1280 and 390 pixels wide, whole length, into DIR (for looking at, not for git)

Needs the test tools (`python3 start.py test` fetches them) and Chromium.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
PAGES = ("1-archives", "2-posts", "3-settings", "4-connections", "5-declaration", "hr/2-register")
VIEWS = {"voila": "voila/render", "jupyterlab": "doc/tree"}
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome-stable"))), None)


def fill(person: Path) -> None:
    """Give the sample person a folder with downloads, a work file in which she has begun, and HR's register of one."""
    from auditlib import walk
    from auditlib.workspace import QueueFilter, Workspace

    downloads = person / "Downloads"
    downloads.mkdir(parents=True)
    for archive in walk.sample_paths():
        shutil.copy(archive, downloads)
    with Workspace.open(person / "self-audit") as ws:
        person_facts = {"full_name": "Marnie Oakhanger", "role": "Teaching assistant", "start_date": "2026-09-01"}
        ws.put("person", person_facts | {"staff_group": "support-staff"})
        walk.import_archives(ws, [downloads], answers=walk.sample_answers())
        walk.rescan(ws)
        cards = [c for c in ws.page(QueueFilter(), 0, 40) if all(r.clause != "safeguarding" for r in c.reasons)]
        ws.decide([(card.key, choice) for card, choice in zip(cards, ("remove", "keep", "limit"), strict=False)])
    run = [sys.executable, "-m", "auditlib"]
    subprocess.run([*run, "demo", "--out", person / "Declarations"], check=True, env=environment(person), capture_output=True)
    made = next((person / "Declarations").glob("*.docx"))
    subprocess.run([*run, "hr", "register", made], check=True, env=environment(person), capture_output=True)


def environment(person: Path) -> dict[str, str]:
    """Return the environment of a computer that is the sample person's."""
    here = {"SELF_AUDIT_HOME": str(person / "self-audit"), "SELF_AUDIT_EXPORTS": str(person / "Declarations")}
    return {**os.environ, **here, "HOME": str(person), "USERPROFILE": str(person)}


@contextmanager
def serving(person: Path) -> Iterator[str]:
    """Run the walk-through on her computer; give its full address."""
    command = [sys.executable, "-m", "auditlib", "start", "--no-browser"]
    with subprocess.Popen(command, env=environment(person), stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout
        yield next(line.strip() for line in process.stdout if "/open?" in line)
        process.terminate()
        process.communicate(timeout=30)


def shoot(context: Any, base: str, view: str, name: str, target: Path, *, whole: bool) -> None:
    page = context.new_page()
    page.goto(f"{base}/{VIEWS[view]}/{name}.ipynb")
    page.locator(".sa h1").first.wait_for()
    page.wait_for_timeout(1200)  # lists and charts draw after the heading
    page.screenshot(path=target, full_page=whole)
    page.close()
    print(target.name)


def main() -> int:
    from playwright.sync_api import sync_playwright

    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--all", type=Path, metavar="DIR")
    wanted = options.parse_args().all
    folder = wanted or IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    shots = [(v, n, w) for v in VIEWS for n in PAGES for w in (1280, 390)] if wanted else [("voila", n, 1280) for n in PAGES]
    if not wanted:
        shots.append(("jupyterlab", "2-posts", 1280))
    with tempfile.TemporaryDirectory(prefix="pictures-") as temporary:
        person = Path(temporary) / "Marnie"
        fill(person)
        with serving(person) as address, sync_playwright() as play:
            root = hasattr(os, "geteuid") and os.geteuid() == 0
            browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] * root)
            base = address.partition("/open")[0]
            for width in sorted({w for *_, w in shots}):
                context = browser.new_context(viewport={"width": width, "height": 860}, locale="en-GB")
                context.request.get(address)
                for view, name, _ in (shot for shot in shots if shot[2] == width):
                    tail = f"-{view}-{width}" if wanted else "" if view == "voila" else f"-{view}"
                    shoot(context, base, view, name, folder / f"{name.replace('/', '-')}{tail}.png", whole=bool(wanted))
                context.close()
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
