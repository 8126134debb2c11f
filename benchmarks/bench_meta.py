"""How fast Facebook messages and posts are read, as a ratio to `zipfile` + `orjson.loads` of the same members, in one run.

    python benchmarks/bench_meta.py [--repeat 3]

The exports are invented (100,000 messages in ten files, 50,000 posts in five), pretty-printed as Meta does, made in a temporary
folder and removed. Prints CPU seconds of this process; importing is done before the clock starts.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import orjson

from auditlib import exports

PROFILE = {"profile_v2": {"name": {"full_name": "Jo Invented"}, "username": "jo.invented"}}
WORDS = "the school run took ages this morning but tea and toast sorted me right out"


def message(number: int) -> dict[str, object]:
    """One invented message, from either side in turn; every fifth with Meta's double-encoded letters."""
    words = WORDS + " caf\u00c3\u00a9" * (number % 5 == 0)
    sender = "Jo Invented" if number % 2 else "Sam Invented"
    facts = {"sender_name": sender, "timestamp_ms": 1500000000000 + number * 60_000, "content": f"{words} {number}"}
    return facts | {"is_geoblocked_for_viewer": False}


def post(number: int) -> dict[str, object]:
    """One invented post; every third with a picture that knows its place."""
    exif = {"photo_metadata": {"exif_data": [{"latitude": 52.05, "longitude": -1.12, "camera_make": "X"}]}}
    media = {"uri": f"posts/media/{number}.jpg", "creation_timestamp": number, "title": "", "media_metadata": exif}
    shown = {"attachments": [{"data": [{"media": media}]}]} if number % 3 == 0 else {}
    return {"timestamp": 1400000000 + number * 3600, "data": [{"post": f"{WORDS} {number}"}], "title": "Jo Invented"} | shown


def make(folder: Path, name: str, files: dict[str, object]) -> Path:
    """Write one export with the profile in it and return its path."""
    path = folder / f"facebook-{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for member, document in (
            {"personal_information/profile_information/profile_information.json": PROFILE} | files
        ).items():
            z.writestr(member, json.dumps(document, indent=2))
    return path


def messages(folder: Path) -> Path:
    """100,000 messages of one thread in ten files."""
    people = [{"name": "Sam Invented"}, {"name": "Jo Invented"}]
    return make(folder, "messages", {
        f"your_facebook_activity/messages/inbox/saminvented_100/message_{n + 1}.json": {
            "participants": people, "messages": [message(n * 10_000 + k) for k in range(10_000)], "title": "Sam Invented",
            "thread_path": "inbox/saminvented_100"}
        for n in range(10)})  # fmt: skip


def posts(folder: Path) -> Path:
    """50,000 posts in five files."""
    name = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_{}.json"
    return make(folder, "posts", {name.format(n + 1): [post(n * 10_000 + k) for k in range(10_000)] for n in range(5)})


def floor(path: Path) -> int:
    """Inflate and decode every member."""
    with zipfile.ZipFile(path) as z:
        return sum(len(orjson.loads(z.read(name))) for name in z.namelist())


def read(path: Path) -> int:
    """Read every record."""
    with exports.look([path]) as found:
        return sum(1 for _ in found.records())


def cpu(work: Callable[[Path], int], path: Path, repeat: int) -> float:
    """The least CPU seconds of `repeat` runs."""
    best = []
    for _ in range(repeat):
        started = time.process_time()
        work(path)
        best.append(time.process_time() - started)
    return min(best)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for what, build in (("100,000 messages", messages), ("50,000 posts", posts)):
            archive = build(Path(temporary))
            read(archive)
            bottom, ours = cpu(floor, archive, options.repeat), cpu(read, archive, options.repeat)
            print(f"{what}: floor {bottom:.2f} s, {read(archive):,} records in {ours:.2f} s, {ours / bottom:.1f} of the floor")
