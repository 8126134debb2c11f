"""How long a start takes: `python3 benchmarks/bench_start.py [--warm-only] [--times 5]`.

Cold: a fresh copy of this project, `python3 start.py` until its first page is served, everything fetched on the way.
Warm: the same command again. "Served" is the whole HTML of step 1, its kernel run; the browser's drawing comes on top.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
LEAVE = shutil.ignore_patterns(".venv", ".git", "__pycache__", ".*_cache", ".hypothesis", "*.docx")


def once(folder: Path, home: Path) -> tuple[float, float]:
    """Start in `folder`; return the seconds to the address and to the whole first page."""
    env = {**os.environ, "SELF_AUDIT_HOME": str(home)}
    began = time.perf_counter()
    command = [sys.executable, str(folder / "start.py"), "start", "--no-browser"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        address = urlsplit(next(line.strip() for line in process.stdout if "/open?" in line))
        said = time.perf_counter() - began
        token = address.query.partition("token=")[2]
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=120)
        connection.request("GET", "/voila/render/1-archives.ipynb", headers={"Authorization": f"token {token}"})
        answer = connection.getresponse()
        body = answer.read()
        served = time.perf_counter() - began
        assert answer.status == 200 and b"</html>" in body, answer.status
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    return said, served


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--warm-only", action="store_true", help="measure this folder as it is set up, fetch nothing")
    options.add_argument("--times", type=int, default=5, help="warm starts to take (default 5)")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder, home = ROOT, Path(temporary) / "home"
        if not given.warm_only:
            folder = Path(temporary) / "project"
            shutil.copytree(ROOT, folder, ignore=LEAVE)
            said, served = once(folder, home)
            print(f"cold: address after {said:.1f} s, page served after {served:.1f} s")
        runs = [once(folder, home) for _ in range(given.times)]
        for what, number in (("address", 0), ("page served", 1)):
            times = [run[number] for run in runs]
            spread = f"{min(times):.2f} to {max(times):.2f}"
            print(f"warm: {what} after {statistics.median(times):.2f} s (median of {len(times)}; {spread})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
