"""How fast an X archive is read, as a ratio to its floor: `zipfile` + `orjson.loads` of the same member, in the same run.

    python benchmarks/bench_x.py [--tweets 100000] [--scale]

Prints CPU seconds (this process and what it starts) and peak memory. The archive is invented, shaped like a real one (about
2.4 KB a post, pretty-printed), made in a temporary folder and removed. `--scale` also reads ten times as many posts.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

WORDS = ["the", "school", "run", "took", "ages", "this", "morning", "but", "tea", "and", "toast", "sorted", "me", "right"]


def tweet(number: int, rng: random.Random) -> dict[str, object]:
    """One invented post with the fields of a real export."""
    identifier = str(1500000000000000000 + number * 4096)
    text = " ".join(rng.choices(WORDS, k=rng.randint(5, 30)))
    urls, media, mentions = [], [], []
    if number % 4 == 0:
        short = f"https://t.co/{number:010x}"
        urls = [
            {
                "url": short,
                "expanded_url": f"https://example.org/page/{number}",
                "display_url": "example.org/page",
                "indices": ["10", "33"],
            }
        ]
        text += " " + short
    if number % 3 == 0:
        mentions = [
            {
                "name": "Sam Invented",
                "screen_name": f"sam{number % 500}",
                "indices": ["0", "9"],
                "id_str": str(number % 500),
                "id": str(number % 500),
            }
        ]
    if number % 7 == 0:
        media = [
            {
                "expanded_url": f"https://twitter.com/me/status/{identifier}/photo/1",
                "indices": ["1", "24"],
                "url": "https://t.co/pic",
                "media_url": "http://pbs.twimg.com/media/a.jpg",
                "id_str": identifier,
                "id": identifier,
                "type": "photo",
                "media_url_https": "https://pbs.twimg.com/media/a.jpg",
                "display_url": "pic.twitter.com/a",
                "sizes": {s: {"w": "680", "h": "510", "resize": "fit"} for s in ("thumb", "small", "medium", "large")},
            }
        ]
    body: dict[str, object] = {
        "edit_info": {
            "initial": {
                "editTweetIds": [identifier],
                "editableUntil": "2022-03-04T09:15:00.000Z",
                "editsRemaining": "5",
                "isEditEligible": True,
            }
        },
        "retweeted": False,
        "source": '<a href="http://twitter.com/download/iphone" rel="nofollow">Twitter for iPhone</a>',
        "entities": {
            "hashtags": [],
            "symbols": [],
            "user_mentions": mentions,
            "urls": urls,
            **({"media": media} if media else {}),
        },
        "display_text_range": ["0", str(len(text))],
        "favorite_count": str(number % 50),
        "id_str": identifier,
        "truncated": False,
        "retweet_count": "0",
        "id": identifier,
        "created_at": f"Fri Mar {number % 28 + 1:02} {number % 24:02}:15:{number % 60:02} +0000 2022",
        "favorited": False,
        "full_text": text,
        "lang": "en",
    }
    if media:
        body["extended_entities"] = {"media": media}
    if number % 5 == 0:
        body |= {
            "in_reply_to_status_id_str": "1400000000000000000",
            "in_reply_to_user_id_str": "77",
            "in_reply_to_screen_name": "pat77",
        }
    return {"tweet": body}


def make(folder: Path, count: int) -> Path:
    """Write the invented archive and return its path."""
    rng, path = random.Random(7), folder / f"x-{count}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("data/account.js", 'window.YTD.account.part0 = [ {"account": {"username": "me", "accountId": "9"}} ]')
        with z.open("data/tweets.js", "w", force_zip64=True) as out:
            out.write(b"window.YTD.tweets.part0 = [\n")
            for n in range(count):
                text = "\n".join(
                    "  " + line for line in json.dumps(tweet(n, rng), indent=2, separators=(",", " : ")).splitlines()
                )
                out.write(text.encode() + (b",\n" if n + 1 < count else b"\n]"))
    return path


MEASURED = {
    "floor: zipfile + orjson.loads": """
import zipfile, orjson, sys
data = zipfile.ZipFile(sys.argv[1]).read("data/tweets.js")
print(len(orjson.loads(data[data.index(b"=") + 1:])))""",
    "records, counted": """
import sys
from pathlib import Path
from auditlib import exports
with exports.look([Path(sys.argv[1])]) as found:
    print(sum(1 for _ in found.records()))""",
    "into the workspace": """
import sys, tempfile
from pathlib import Path
from auditlib import walk
from auditlib.workspace import Workspace
with tempfile.TemporaryDirectory() as home, Workspace.open(Path(home)) as workspace:
    walk.import_archives(workspace, [Path(sys.argv[1])])""",
    "self-audit records ZIP --only item --json": """
import sys
from auditlib.cli import main
sys.exit(main(["records", sys.argv[1], "--only", "item", "--json"]))""",
}


def run(code: str, path: Path) -> tuple[float, float]:
    """CPU seconds and peak resident megabytes of a fresh interpreter that runs `code`."""
    started = time.perf_counter()
    # an installed product has its modules compiled, wherever this runs
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    child = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.DEVNULL, env=kept)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"stopped with {child.returncode} after {time.perf_counter() - started:.1f} s")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20)


def main() -> None:
    """Make the archive, measure each way three times (the best counts), print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tweets", type=int, default=100_000)
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for count in (options.tweets, options.tweets * 10) if options.scale else (options.tweets,):
            path = make(Path(folder), count)
            floor = 0.0
            print(f"{count:,} posts")
            for name, code in MEASURED.items():
                if floor and count > 500_000 and name.startswith("floor"):
                    continue
                cpu, memory = min(run(code, path) for _ in range(options.repeat if count <= 200_000 else 1))
                floor = floor or cpu
                print(
                    f"  {name:<45} {cpu:7.2f} s CPU   {cpu / floor:5.2f} of the floor   {memory:7.0f} MB peak",
                    flush=True,
                )


if __name__ == "__main__":
    main()
