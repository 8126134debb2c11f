"""The `self-audit` command. Thin: each command reads its arguments, calls the library, prints.

Answers go to stdout (`--json`: one object a line), progress and warnings to stderr. On an error the last line of stderr is
one sentence that says what to do. Exit 0 done; 1 the answer is no; 2 wrong usage or unusable input.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from auditlib import __version__
from auditlib.errors import AuditError, NotReady, PolicyError, UnknownPlatform

ONLY = ("item", "connection", "setting", "profile", "coverage")


class _Parser(argparse.ArgumentParser):
    """Wrong usage is told in one sentence, like every other error."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{self.format_usage()}{message[:1].upper()}{message[1:]}. Try {self.prog} --help.\n")
        raise SystemExit(2)


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = _Parser(prog="self-audit", description="Look back over your own social media before you start work at a school.")
    top.add_argument("--version", action="version", version=f"self-audit {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str, help_text: str, under: argparse._SubParsersAction = commands) -> argparse.ArgumentParser:  # type: ignore[type-arg]
        made: argparse.ArgumentParser = under.add_parser(name, help=help_text, description=help_text)
        return made

    start = add("start", "open the walk-through in the browser (what `self-audit` alone does)")
    start.add_argument("--no-browser", action="store_true", help="only print the address")
    demo = add("demo", "run the whole walk on the bundled invented archives, without a browser")
    demo.add_argument("--out", type=Path, metavar="DIR", help="folder for the declaration (default: exports/)")
    for name, help_text in (
        ("inspect", "what lies in the archives: one line per account"),
        ("records", "every record in the archives, streamed"),
        ("scan", "every finding in the archives: what is worth another look"),
    ):
        command = add(name, help_text)
        command.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="zip, folder or file; one person's archives")
        command.add_argument("--json", action="store_true", help="one JSON object a line")
        command.add_argument(
            "--me", action="append", default=[], metavar="NAME", help="who you are where an export doesn't say"
        )
        command.add_argument(
            "--dates",
            choices=("day", "month"),
            help="which number of a date like 3/9 comes first, where a file doesn't show it",
        )
        command.add_argument(
            "--columns",
            action="append",
            metavar="USE=COLUMN",
            help="read files of a site not known here: text=Body, date=Posted, link=URL ... (may be repeated)",
        )
        if name == "records":
            command.add_argument("--only", metavar="KINDS", help="comma-separated: " + ",".join(ONLY))
        if name == "scan":
            command.add_argument("--school", type=Path, metavar="FILE", help="a school file (default: the bundled one)")
            command.add_argument("--since", metavar="DATE", help="the start date, as 2026-09-01")
            command.add_argument("--scores", action="store_true", help="also one line of scores per item of your own")
            command.add_argument("--workspace", action="store_true", help="store what is found in the private work file")
    declare = add("declare", "make the declaration from the work file (what notebook 5 does)")
    declare.add_argument(
        "--answers", type=Path, metavar="FILE", help="a JSON file of answers to put in first; see docs/for-staff.md"
    )
    declare.add_argument("--name", required=True, help="your name, typed as your signature")
    declare.add_argument("--agree", action="store_true", help="you mean the typed name to be your signature")
    declare.add_argument("--code", help="the code that came with your invitation")
    declare.add_argument("--out", type=Path, metavar="DIR", help="folder for the declaration (default: exports/)")
    declare.add_argument("--json", action="store_true", help="one JSON object a line")
    verify = add("verify", "check declarations strictly")
    verify.add_argument("files", nargs="+", type=Path, metavar="FILE")
    verify.add_argument("--ca", type=Path, metavar="FILE", help="the school's certificate")
    verify.add_argument("--json", action="store_true", help="one JSON object a line")
    hr = add("hr", "for HR: collect declarations").add_subparsers(dest="hr", metavar="COMMAND", required=True)
    register = add("register", "verify the declarations in files or folders and show the register", hr)
    register.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="declarations, or folders of them, to collect")
    register.add_argument("--ca", type=Path, metavar="FILE", help="the school's certificate")
    register.add_argument("--by", default="", metavar="NAME", help="who received them, for the register")
    register.add_argument("--school", type=Path, metavar="FILE", help="your school file: papers in other words are pointed out")
    register.add_argument("--xlsx", type=Path, metavar="FILE", help="also save the register as a spreadsheet")
    register.add_argument("--csv", type=Path, metavar="FILE", help="also save the register as CSV")
    register.add_argument("--json", action="store_true", help="one JSON object a line")
    policy = add("policy", "for HR: check a school file or rule data").add_subparsers(
        dest="policy", metavar="COMMAND", required=True
    )
    check = add("check", "every fault of a school file or of rule data at once, with line and fix", policy)
    check.add_argument("file", type=Path, metavar="FILE")
    add("wipe", "erase your private work file, and say what cannot be erased")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = parser().parse_args(argv)
        return _run(options)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _say("Stopped: nothing was left half-written.", 130)
    except PolicyError as error:
        for fault in error.faults:
            sys.stderr.write(f"{fault}\n")
        return _say(f"{error.name} has {len(error.faults)} thing(s) to mend: see the lines above.", 2)
    except AuditError as error:
        return _say(str(error), 1 if isinstance(error, UnknownPlatform | NotReady) else 2)


def _say(sentence: str, code: int) -> int:
    sys.stdout.flush()
    sys.stderr.write(sentence + "\n")
    return code


def _run(options: argparse.Namespace) -> int:
    """Hand over to the command's module; each is imported only when it is asked for."""
    if options.command in (None, "start"):
        from auditlib import app

        return app.serve(open_browser=not getattr(options, "no_browser", False))
    if options.command in ("inspect", "records", "scan"):
        from auditlib import commands

        return commands.archives(options)
    if options.command == "verify" or options.command == "hr":
        from auditlib import commands

        return commands.verify(options) if options.command == "verify" else commands.register(options)
    if options.command == "policy":
        from auditlib import policy

        faults = policy.check_file(options.file)
        sys.stdout.write("".join(f"{fault}\n" for fault in faults) or f"{options.file.name}: no faults.\n")
        return 1 if faults else 0
    if options.command == "wipe":
        from auditlib.workspace import data_home, erase

        sys.stdout.write("".join(f"{line}\n" for line in erase(data_home())))
        return 0
    from auditlib import commands

    return commands.demo(options) if options.command == "demo" else commands.declare(options)


if __name__ == "__main__":
    raise SystemExit(main())
