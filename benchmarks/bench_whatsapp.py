"""How fast a WhatsApp chat is read: megabytes a second on one core, and peak memory, beside the floor of decoding the text.

    python benchmarks/bench_whatsapp.py [--lines 1000000] [--repeat 3] [--compare]

The chats are invented, shaped like real ones (short lines, some of several, pictures, emoji, a few notices), made in a
temporary folder and removed. `--compare` also runs chat-miner and whatstk on a tenth of the lines, where they are installed
(`pip install chat-miner whatstk`; no part of the product).
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from bench_x import run

WORDS = "the school run took ages this morning but tea and toast sorted me right see you at half past six then"
CHOICES = WORDS.split()
PEOPLE = ("Jo Penrose", "Sam Ashdown", "Kit Øster", "Maud 🦦", "+44 7700 900123")


def make(folder: Path, count: int, phone: str) -> Path:
    """Write an invented chat of `count` lines as an iPhone or an Android phone exports it."""
    rng = random.Random(7)
    path = folder / f"{phone}-{count}.txt"
    moment = datetime(2015, 1, 1, 8)
    with path.open("w", encoding="utf-8", newline="") as out:
        lines = 0
        while lines < count:
            moment += timedelta(seconds=rng.randint(5, 600))
            who = rng.choice(PEOPLE)
            text = " ".join(rng.choices(CHOICES, k=rng.randint(2, 22)))
            kind = rng.random()
            if kind < 0.05:
                text += "\n" + " ".join(rng.choices(CHOICES, k=8))
                lines += 1
            elif kind < 0.10:
                text = "<Media omitted>" if phone == "android" else "\u200eimage omitted"
            elif kind < 0.15:
                text += " 😀"
            elif kind < 0.17:
                text += " https://www.example.org/page"
            if phone == "android":
                out.write(f"{moment:%d/%m/%Y, %H:%M} - {who}: {text}\n")
            else:
                out.write(f"[{moment:%d/%m/%Y, %H:%M:%S}] {who}: {text}\n".replace("\n", "\r\n"))
            lines += 1
    return path


MEASURED = {
    "floor: read and decode the text": """
import sys
print(len(open(sys.argv[1], encoding="utf-8", newline="").read()))""",
    "records, counted": """
import sys
from pathlib import Path
from auditlib import exports
with exports.look([Path(sys.argv[1])]) as found:
    print(sum(1 for _ in found.records()))""",
}
OTHERS = {
    "chatminer": """
import sys
from chatminer.chatparsers import WhatsAppParser
p = WhatsAppParser(sys.argv[1])
p.parse_file()
print(len(p.parsed_messages.get_df()))""",
    "whatstk": """
import sys
from whatstk import WhatsAppChat
print(len(WhatsAppChat.from_source(filepath=sys.argv[1]).df))""",
}


def main() -> None:
    """Make the chats, measure each way (the best of some runs counts), print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--compare", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for phone in ("android", "iphone"):
            show(make(Path(folder), options.lines, phone), MEASURED, f"{options.lines:,} lines, {phone}", options.repeat)
        if options.compare:
            small = make(Path(folder), options.lines // 10, "android")
            there = {name: code for name, code in OTHERS.items() if importlib.util.find_spec(name)}
            ours = {"records, counted": MEASURED["records, counted"]}
            show(small, ours | there, f"{options.lines // 10:,} lines, android", options.repeat)


def show(path: Path, ways: dict[str, str], title: str, repeat: int) -> None:
    """One table: CPU seconds, megabytes a second, peak memory."""
    size = path.stat().st_size / 1e6
    print(f"{title}, {size:.1f} MB")
    for name, code in ways.items():
        cpu, memory = min(run(code, path) for _ in range(repeat))
        print(f"  {name:<35} {cpu:7.2f} s CPU   {size / cpu:7.1f} MB/s   {memory:7.0f} MB peak", flush=True)


if __name__ == "__main__":
    main()
