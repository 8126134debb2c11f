"""How fast a Bluesky repository is read, as a ratio to the bare walk of the same file in the same run: `libipld.decode_car`
of the whole file, which decodes every block at once, and the tree followed from the root to each record.

    python benchmarks/bench_bluesky.py [--records 500000] [--scale]

Prints CPU seconds and peak memory. The repository is invented (likes, posts, replies, follows and reposts of common sizes),
made in a temporary folder and removed. `--scale` also reads one of a quarter of the size: a quarter of the seconds.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from bench_x import run
from making_car import ALPHABET, KIT, Repository, blob, link, ref

WORDS = ["the", "school", "run", "took", "ages", "this", "morning", "but", "tea", "and", "toast", "sorted", "me", "right"]
HASH = "bafyreifbd6nwnmdboqsgbku3lqxn6dcpgw5elq7uxh5dtuwdjavldhvb64"


def records(count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Invented records, a minute apart: four likes and four posts in ten, a follow and a repost."""
    rng = random.Random(5)
    for number in range(count):
        micros = 1_680_000_000_000_000 + number * 60_000_000 + rng.randrange(1000)
        key = "".join(ALPHABET[(micros << 10 | 7) >> shift & 31] for shift in range(60, -1, -5))
        at = datetime.fromtimestamp(micros / 1e6, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        theirs = ref(f"at://{KIT}/app.bsky.feed.post/{key}") | {"cid": HASH}
        turn = number % 10
        if turn in (0, 1, 2, 3, 9):
            kind = "app.bsky.feed.repost" if turn == 9 else "app.bsky.feed.like"
            yield f"{kind}/{key}", {"$type": kind, "subject": theirs, "createdAt": at}
        elif turn == 8:
            kind = "app.bsky.graph.follow"
            yield f"{kind}/{key}", {"$type": kind, "subject": f"{KIT[:-8]}{key[:8]}", "createdAt": at}
        else:
            text = " ".join(rng.choices(WORDS, k=rng.randint(5, 30)))
            post: dict[str, Any] = {"$type": "app.bsky.feed.post", "text": text, "langs": ["en"], "createdAt": at}
            if number % 3 == 0:
                post["reply"] = {"root": theirs, "parent": theirs}
            if number % 5 == 0:
                start = len(text) + 1
                post |= {"text": f"{text} example.org/a…", "facets": [link(start, start + 16, "https://example.org/abcdef")]}
            if number % 7 == 0:
                shown = {"alt": "A cup of tea", "image": blob(), "aspectRatio": {"width": 3, "height": 4}}
                post["embed"] = {"$type": "app.bsky.embed.images", "images": [shown]}
            yield f"app.bsky.feed.post/{key}", post


def make(folder: Path, count: int) -> None:
    """Write the invented repository, and the same file in a zip beside it."""
    path = folder / f"repo-{count}.car"
    path.write_bytes(Repository(records(count)).car())
    with zipfile.ZipFile(path.with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as z:
        z.write(path, "repo.car")


READ = """
import sys
from pathlib import Path
from auditlib import exports
with exports.look([Path(sys.argv[1]){suffix}]) as found:
    print(sum(1 for _ in found.records()))"""
MEASURED = {
    "floor: libipld.decode_car + the tree walked": """
import sys, libipld
header, blocks = libipld.decode_car(open(sys.argv[1], "rb").read())
def walk(cid):
    node = blocks[cid]
    if node["l"]:
        yield from walk(node["l"])
    key = b""
    for entry in node["e"]:
        key = key[: entry["p"]] + entry["k"]
        yield key, blocks[entry["v"]]
        if entry["t"]:
            yield from walk(entry["t"])
print(sum(1 for _ in walk(blocks[header["roots"][0]]["data"])))""",
    "own index + the tree walked, block by block": """
import sys
from pathlib import Path
from auditlib.platforms import _bluesky_repo as repo
path = Path(sys.argv[1])
with path.open("rb") as stream, repo.Blocks(stream, path) as blocks:
    print(sum(1 for _ in repo.entries(blocks, repo.committed(blocks.reader()(blocks.root)).data)))""",
    "records, counted": READ.format(suffix=""),
    "records out of a zip, counted": READ.format(suffix='.with_suffix(".zip")'),
}


def main() -> None:
    """Make the repository, measure each way three times (the best counts), print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=500_000)
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        make(options.make, options.records)
        return
    with tempfile.TemporaryDirectory() as folder:
        for count in (options.records // 4, options.records) if options.scale else (options.records,):
            # in a process of its own: the peak of a process counts what the one that started it held at that moment
            subprocess.run([sys.executable, __file__, "--make", folder, "--records", str(count)], check=True)
            path = Path(folder) / f"repo-{count}.car"
            floor = 0.0
            print(f"{count:,} records, {path.stat().st_size / 1e6:.0f} MB")
            for name, code in MEASURED.items():
                cpu, memory = min(run(code, path) for _ in range(options.repeat))
                floor = floor or cpu
                print(
                    f"  {name:<45} {cpu:7.2f} s CPU   {cpu / floor:5.2f} of the floor   {memory:7.0f} MB peak",
                    flush=True,
                )


if __name__ == "__main__":
    main()
