#!/usr/bin/env python3
"""Sets self-audit up beside this file and starts it. Needs Python 3.11 or newer and nothing else.

python3 start.py               opens the walk-through in the browser
python3 start.py demo          does the whole walk on invented archives, without a browser
python3 start.py test          runs the tests (arguments after it go to pytest)
python3 start.py ANYTHING ...  any other command of self-audit; --help lists them
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OLDEST = (3, 11)
# Everything above and in this block must also run on an old Python, whose owner is to read a sentence, not a traceback.
if sys.version_info < OLDEST:
    for _name in ("python3.13", "python3.12", "python3.11"):
        _newer = shutil.which(_name)
        if _newer and os.name != "nt":
            os.execv(_newer, [_newer] + sys.argv)  # noqa: RUF005
    _this = f"{sys.version_info[0]}.{sys.version_info[1]}"
    sys.exit(f"self-audit needs Python 3.11 or newer; this is Python {_this}. Please install a newer one and start again.")

from collections.abc import Iterator  # noqa: E402
from contextlib import contextmanager  # noqa: E402

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOG = VENV / "set-up.log"
LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"
OURS = VENV / "made-by-start"  # only then may the folder be deleted and made anew


class Stop(Exception):
    """Set-up cannot go on; the message says what to do."""


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


# ---- is it set up? -------------------------------------------------------------------------------------------------


def digest(*files: Path) -> str:
    """Return one SHA-256 over `files` and this folder's place (a .venv that was moved does not work)."""
    parts = [*(file.read_bytes() for file in files), str(ROOT).encode("utf-8")]
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def wanted(lock: Path) -> list[str]:
    """Return what a finished set-up writes down: first line the parts from `lock`, second this package's own set-up."""
    return [digest(lock), digest(ROOT / "pyproject.toml")]


def stamp_file(lock: Path) -> Path:
    return VENV / (lock.name + ".stamp")


def stamp(lock: Path) -> list[str]:
    try:
        return stamp_file(lock).read_text(encoding="utf-8").split()
    except OSError:
        return []


def python_works() -> bool:
    """Return whether .venv still has the Python it was made from (an update of the system may have taken it away)."""
    try:
        lines = (VENV / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    homes = [line.partition("=")[2].strip() for line in lines if line.partition("=")[0].strip() == "home"]
    return PYTHON.exists() and all(Path(home).is_dir() for home in homes)


def is_ready(lock: Path) -> bool:
    return python_works() and stamp(lock) == wanted(lock)


# ---- setting up ----------------------------------------------------------------------------------------------------


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the set-up for this process; a second window waits. The system frees the hold when a process ends."""
    name = "self-audit-" + hashlib.sha256(str(ROOT).encode("utf-8")).hexdigest()[:16] + ".lock"
    with (Path(tempfile.gettempdir()) / name).open("a+b") as held:
        if sys.platform == "win32":
            import msvcrt

            def take(wait: bool) -> None:
                held.seek(0)
                msvcrt.locking(held.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            def take(wait: bool) -> None:
                fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))

        try:
            take(False)
        except OSError:
            say("Another window is setting self-audit up. Waiting for it.")
            while True:
                try:
                    take(True)
                    break
                except OSError:  # Windows gives up after ten seconds; ask again
                    continue
        yield


def missing_part() -> str:
    """Return the one command that supplies venv and pip where a system ships Python without them, or ""."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return ""
    if shutil.which("apt-get"):
        return "sudo apt install python3-venv"
    if shutil.which("dnf"):
        return "sudo dnf install python3 python3-pip"
    if shutil.which("zypper"):
        return "sudo zypper install python3-venv python3-pip"
    if shutil.which("apk"):
        return "sudo apk add python3 py3-pip"
    return "your system's command for installing Python's venv and pip"


def make_venv() -> None:
    """Make .venv from nothing. One that somebody else made here on purpose (a developer) is used as it is."""
    if Path(sys.prefix).resolve() == VENV.resolve() or (python_works() and not OURS.exists()):
        return
    command = missing_part()
    if command:
        raise Stop(f"Python's venv or pip is missing on this computer. Please run this once, then start again:\n  {command}")
    import venv

    if VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()
    OURS.touch()
    try:
        venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(VENV)
    except subprocess.CalledProcessError as error:
        raise Stop("The folder .venv could not be made here. Please check that there is room on the disk.") from error


# In this order: without a connection pip also says that it found no matching distribution.
REASONS = (
    ("No space left", "There is not enough room on the disk. Please free about 1 GB, then start again."),
    ("DO NOT MATCH THE HASHES", "A part that arrived is not the one expected, so it was not used. Please try again later."),
    ("Permission denied", "This computer did not allow writing here. Please move the folder to your own documents."),
    ("onnection", "The parts could not be fetched. Please check the internet connection, then start again."),
    ("Could not fetch", "The parts could not be fetched. Please check the internet connection, then start again."),
    ("No matching distribution", "A part is not to be had ready-made for this Python. Python 3.11 to 3.13 is known to work."),
)  # fmt: skip


def pip(words: str, *arguments: str, parts: int = 0) -> None:
    """Run pip in .venv. Its own output goes to the log; the person sees `words` and how many of `parts` have come."""
    env = {k: v for k, v in os.environ.items() if k not in ("PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PYTHONPATH")}
    env["PYTHONUNBUFFERED"] = "1"  # its lines are to arrive as they are written
    command = [str(PYTHON), "-m", "pip", "--no-input", "--disable-pip-version-check", *arguments, "--progress-bar=off"]
    terminal = sys.stderr.isatty()
    say(words)
    came, tail = 0, [""]
    with LOG.open("a", encoding="utf-8") as log:
        log.write("\n$ pip " + " ".join(arguments) + "\n")
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
        assert process.stdout
        try:
            for line in process.stdout:
                log.write(line)
                tail = [*tail[-400:], line]
                if line.startswith(("Collecting ", "Processing ")) and parts:
                    came += 1
                    if terminal:
                        print(f"\r  part {min(came, parts)} of about {parts} ", end="", file=sys.stderr, flush=True)
                    elif came % 25 == 0:
                        say(f"  part {came} of about {parts}")
                if line.startswith("Installing collected") and parts:
                    if terminal:
                        print(file=sys.stderr)
                    say("  All parts are here. Putting them in place.")
            code = process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
    if code:
        said = "".join(tail)
        reason = next((words for sign, words in REASONS if sign in said), "Setting up did not work.")
        raise Stop(reason + "\nWhat happened in detail is in " + str(LOG) + ".")


def pins(lock: Path) -> int:
    return sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())


def set_up(lock: Path) -> None:
    """Bring .venv to what `lock` says. Cut off at any point, the next start makes it anew or goes on, never half."""
    with only_one():
        if is_ready(lock):
            return
        parts_here = python_works() and stamp(lock)[:1] == wanted(lock)[:1]
        if lock is LOCK and not parts_here:
            say("Setting self-audit up in this folder. This happens once; it takes one to five minutes.")
            make_venv()
        stamp_file(lock).unlink(missing_ok=True)
        if not parts_here:
            what = "the parts it is built from" if lock is LOCK else "what the tests need"
            sentence = f"Fetching {what}. Each is checked against a fixed list."
            pip(sentence, "install", "--require-hashes", "--only-binary=:all:", "-r", lock.name, parts=pins(lock))
        if lock is LOCK:
            # The build back end came with the lock, so that nothing further is fetched.
            pip("Putting self-audit itself in place.", "install", "--no-deps", "--no-build-isolation", "-e", ".")
        temporary = stamp_file(lock).with_suffix(".new")
        temporary.write_text("\n".join(wanted(lock)) + "\n", encoding="utf-8")
        temporary.replace(stamp_file(lock))
        say("Ready.")


# ---- running -------------------------------------------------------------------------------------------------------


def hand_over(arguments: list[str]) -> int:
    """Become `arguments`, or where a process cannot be replaced (Windows), run it and return its exit code."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(arguments[0], arguments)
    process = subprocess.Popen(arguments)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # Ctrl+C reaches the program as well; it says goodbye in its own time
            continue


def absent() -> Iterator[str]:
    """Yield a line for each program that some tests need and this computer lacks."""
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome-stable"))):
        yield "No Chromium here: the browser tests will be skipped (Debian: sudo apt install chromium)."
    if not any(map(shutil.which, ("soffice", "libreoffice"))):
        yield "No LibreOffice here: its tests will be skipped (Debian: sudo apt install libreoffice-writer-nogui python3-uno)."


def main(arguments: list[str]) -> int:
    try:
        if not is_ready(LOCK):
            set_up(LOCK)
        if arguments[:1] != ["test"]:
            return hand_over([str(PYTHON), "-P", "-m", "auditlib", *arguments])
        if not is_ready(TEST_LOCK):
            set_up(TEST_LOCK)
    except Stop as stop:
        say(str(stop))
        return 1
    except OSError as error:
        say(f"Setting up stopped ({error.strerror}). Please check that this folder is yours to write in and the disk has room.")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. Start again to go on.")
        return 130
    for line in absent():
        say(line)
    os.chdir(ROOT)
    return hand_over([str(PYTHON), "-m", "pytest", *arguments[1:]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
