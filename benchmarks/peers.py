"""The same invented exports read by this product and by what people use today, in the same run: time, memory, and what is kept.

    python benchmarks/peers.py [--count 100000] [--venv FOLDER]

FOLDER (default: a temporary one) gets an environment of its own with the other programs, fetched by pip; nothing of them is
needed for anything else. Each program reads each file in a process of its own, from its start to its end. "kept exactly" counts
the messages whose words come out as they were written: some are of several lines, some hold joined emoji or odd letters.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

PACKAGES = ("chat-miner", "whatstk", "google_takeout_parser", "twitter-to-sqlite", "discord-data")
WORDS = ("the", "school", "run", "took", "ages", "this", "morning", "but", "tea", "and", "toast", "sorted", "me", "out")
ROOT = Path(__file__).resolve().parents[1]

# What each program runs: the path is argv[1], the texts it found go to argv[2] as a JSON list.
START = "import json, sys, pathlib\npath, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])\n"
USED = """
import os, resource
used = resource.getrusage(resource.RUSAGE_SELF)
peak = used.ru_maxrss  # on Linux it begins at what the parent held: the kernel's own figure is this process's
if os.path.exists("/proc/self/status"):
    peak = int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
print(used.ru_utime + used.ru_stime, peak)
"""
END = "\nout.write_text(json.dumps(texts))\n"
OURS = """
from auditlib.exports import look
from auditlib.reading import Answers
from auditlib.records import Item
with look([path], Answers(("Jo Invented",))) as found:
    texts = [r.text for r in found.records() if isinstance(r, Item) and r.kind in ("message", "comment", "post") and r.text]
"""
MINER = """
from chatminer.chatparsers import {0}
parser = {0}(str(path))
parser.parse_file()
texts = [m.message for m in parser.parsed_messages._parsed_messages]
"""
WHATSTK = """
from whatstk import df_from_whatsapp
texts = df_from_whatsapp(str(path), max_size=None)["message"].tolist()
"""
TAKEOUT = """
from google_takeout_parser.parse_csv import _parse_youtube_comments_csv, reconstruct_comment_content
rows = list(_parse_youtube_comments_csv(path / "Takeout/YouTube and YouTube Music/comments/comments.csv"))
texts = [t for r in rows if isinstance(t := reconstruct_comment_content(r.contentJSON, "text"), str)]
"""
DISCORD = """
from discord_data import parse_messages
texts = [m.content for m in parse_messages(path / "Messages") if not isinstance(m, Exception)]
"""
TWITTER = """
import sqlite3, tempfile
from click.testing import CliRunner
from twitter_to_sqlite.cli import cli
with tempfile.TemporaryDirectory() as folder:
    done = CliRunner().invoke(cli, ["import", folder + "/x.db", str(path)])
    assert done.exit_code == 0, done.output
    db = sqlite3.connect(folder + "/x.db")
    texts = [t for (t,) in db.execute("select full_text from archive_tweet")]
"""


class Case(NamedTuple):
    """One kind of export: how it is made (returns the texts written), and who reads it."""

    name: str
    make: Callable[[Path, int], list[str]]
    file: str
    readers: dict[str, str]


def texts(count: int, lines: bool = True) -> list[str]:
    """Invented messages; every tenth has more than one line or a letter that is easily lost."""
    rng = random.Random(7)
    made = []
    for number in range(count):
        said = f"{' '.join(rng.choices(WORDS, k=rng.randint(3, 14)))} {number}"
        if number % 10 == 0:
            said += ("\nand a second line" if lines else "", " 👩\u200d🏫", " ｆｕｌｌ ½ ﬁt", ": a colon")[number // 10 % 4]
        made.append(said)
    return made


def whatsapp(path: Path, count: int) -> list[str]:
    made = texts(count)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for number, said in enumerate(made):
            moment = datetime(2015, 3, 4) + timedelta(minutes=number)
            out.write(f"{moment:%d/%m/%Y, %H:%M} - {'Jo Invented' if number % 3 else 'Sam Invented'}: {said}\n")
    return made


def messenger(path: Path, count: int) -> list[str]:
    made = texts(count)
    said = [
        {"sender_name": "Jo Invented" if n % 3 else "Sam Invented", "timestamp_ms": 1500000000000 + n * 60000,
         "content": t.encode().decode("latin-1")}
        for n, t in enumerate(made)
    ]  # fmt: skip
    people = [{"name": "Sam Invented"}, {"name": "Jo Invented"}]
    document = {"participants": people, "messages": said[::-1], "title": "Sam Invented", "thread_path": "inbox/sam_100"}
    path.write_text(json.dumps(document, indent=2), encoding="utf-8")
    return made


def telegram(path: Path, count: int) -> list[str]:
    made = texts(count)
    said = [
        {"id": n, "type": "message", "date": "2022-03-04T08:15:00", "date_unixtime": str(1646381700 + n), "from": "Jo Invented",
         "from_id": "user1", "text": t, "text_entities": [{"type": "plain", "text": t}]}
        for n, t in enumerate(made)
    ]  # fmt: skip
    path.write_text(
        json.dumps({"name": "Sam Invented", "type": "personal_chat", "id": 2, "messages": said}, indent=1), encoding="utf-8"
    )
    return made


def takeout(path: Path, count: int) -> list[str]:
    made = texts(count)
    folder = path / "Takeout/YouTube and YouTube Music/comments"
    folder.mkdir(parents=True)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["Channel ID", "Comment Create Timestamp", "Price", "Comment ID", "Parent Comment ID", "Video ID", "Comment Text"]
    )
    for n, t in enumerate(made):
        cell = ",".join(
            json.dumps({"text": part}, ensure_ascii=False, separators=(",", ":")) for part in t.partition("\n") if part
        )
        writer.writerow(["UCinvented", "2024-11-02T21:10:00.123456+00:00", "0", f"Ugx{n}", "", "dQinvented1", cell])
    (folder / "comments.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    return made


def discord(path: Path, count: int) -> list[str]:
    made = texts(count)
    channel = path / "Messages/c100000000000000001"
    channel.mkdir(parents=True)
    (path / "Account").mkdir()
    (path / "Account/user.json").write_text(json.dumps({"id": "1", "username": "jo", "relationships": []}), encoding="utf-8")
    (path / "Messages/index.json").write_text(json.dumps({"100000000000000001": "Direct Message with sam#0"}), encoding="utf-8")
    facts = {"id": "100000000000000001", "type": 1, "recipients": ["1", "2"]}
    (channel / "channel.json").write_text(json.dumps(facts), encoding="utf-8")
    said = [
        {"ID": 2 * 10**18 + n, "Timestamp": "2024-08-02 00:59:59", "Contents": t, "Attachments": ""} for n, t in enumerate(made)
    ]
    (channel / "messages.json").write_text(json.dumps(said), encoding="utf-8")
    return made


def twitter(path: Path, count: int) -> list[str]:
    made = texts(count)
    posts = [
        {
            "tweet": {
                "id": str(n),
                "id_str": str(n),
                "created_at": "Sat Feb 18 12:33:11 +0000 2023",
                "full_text": t,
                "entities": {},
            }
        }
        for n, t in enumerate(made, 10**18)
    ]
    account = [{"account": {"username": "jo", "accountId": "1", "createdAt": "2012-01-01T00:00:00.000Z"}}]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("data/manifest.js", "window.__THAR_CONFIG = {}")
        z.writestr("data/account.js", "window.YTD.account.part0 = " + json.dumps(account))
        z.writestr("data/tweet.js", "window.YTD.tweet.part0 = " + json.dumps(posts, indent=2))
    return made


CASES = (
    Case("WhatsApp, Android, UK", whatsapp, "WhatsApp Chat with Sam Invented.txt",
         {"chat-miner": MINER.format("WhatsAppParser"), "whatstk": WHATSTK}),
    Case("Messenger, one thread", messenger, "message_1.json", {"chat-miner": MINER.format("FacebookMessengerParser")}),
    Case("Telegram, one chat", telegram, "result.json", {"chat-miner": MINER.format("TelegramJsonParser")}),
    Case("YouTube comments", takeout, "takeout", {"google_takeout_parser": TAKEOUT}),
    Case("Discord, 2024", discord, "package", {"discord-data": DISCORD}),
    Case("X posts", twitter, "twitter.zip", {"twitter-to-sqlite": TWITTER}),
)  # fmt: skip


def measured(python: Path, code: str, path: Path) -> tuple[float, float, list[str]]:
    """CPU seconds and peak megabytes of a process that reads `path`, and the texts it found."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "texts.json"
        environment = os.environ | {"PYTHONPATH": str(ROOT)} if python == Path(sys.executable) else dict(os.environ)
        command = [str(python), "-c", START + code + USED + END, str(path), str(out)]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=900, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no output")
        seconds, peak = done.stdout.strip().splitlines()[-1].split()
        return (
            float(seconds),
            float(peak) / (1 << 20 if sys.platform == "darwin" else 1024),
            json.loads(out.read_text(encoding="utf-8")),
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--venv", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        home = options.venv or Path(work) / "venv"
        python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        if not python.exists():
            venv.create(home, with_pip=True)
            subprocess.run([str(python), "-m", "pip", "install", "-q", *PACKAGES], check=True)
        print(f"{options.count:,} messages each\n\n| export | program | seconds | peak MB | found | kept exactly |")
        print("|---|---|---|---|---|---|")
        for case in CASES:
            path = Path(work) / case.file
            written = set(case.make(path, options.count))
            for name, code in {"self-audit": OURS, **case.readers}.items():
                try:
                    used, peak, found = measured(Path(sys.executable) if code is OURS else python, code, path)
                    exact = len(written & set(found))
                    print(f"| {case.name} | {name} | {used:.2f} | {peak:.0f} | {len(found):,} | {exact:,} |", flush=True)
                except (RuntimeError, subprocess.TimeoutExpired) as error:
                    print(
                        f"| {case.name} | {name} | could not read it ({type(error).__name__}: {str(error)[:60]}) | | | |",
                        flush=True,
                    )
