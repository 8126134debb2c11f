"""Cost of the workspace, run by hand: `python benchmarks/bench_workspace.py [items] [cards]`.

Prints CPU microseconds an item for importing (against unzipping and orjson-decoding the same posts as an X archive
member, measured in the same run), reading back, first and later search, and milliseconds for the review queue.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import orjson

from auditlib.records import Finding, Item, Person, Span
from auditlib.workspace import QueueFilter, Workspace

SENTENCE = "the quick brown fox jumps over a lazy dog at school today really great café naïve home tomorrow"
WORDS = SENTENCE.split()
T = TypeVar("T")


def posts(count: int) -> Iterator[Item]:
    chance = random.Random(7)
    for number in range(count):
        status = str(1_200_000_000_000_000_000 + number * 7919)
        yield Item(
            platform="x", account="wren_example", where=f"data/tweets.js#{number}", kind="post", key=f"x:post:{status}",
            id=status, at=f"20{10 + number * 14 // count:02}-0{1 + number % 9}-{10 + number % 18}T08:15:00+00:00",
            text=" ".join(chance.choices(WORDS, k=16)), author="me", author_name="Wren Example", audience="public",
            url=f"https://x.com/wren_example/status/{status}",
        )  # fmt: skip


def member(items: list[Item]) -> bytes:
    """Return the posts as an X archive zip holding one data/tweets.js, laid out as X does."""
    tweets = [
        {"tweet": {
            "edit_info": {"initial": {"editTweetIds": [item.id], "editableUntil": item.at, "editsRemaining": "5",
                                      "isEditEligible": True}},
            "retweeted": False, "source": '<a href="https://mobile.example.org" rel="nofollow">An app</a>',
            "entities": {"hashtags": [], "symbols": [], "urls": [], "user_mentions": [
                {"name": "Robin Example", "screen_name": "robin_example", "indices": ["0", "14"], "id_str": "12345678",
                 "id": "12345678"}] * (number % 2)},
            **({"in_reply_to_status_id_str": item.id, "in_reply_to_user_id": "12345678", "in_reply_to_status_id": item.id,
                "in_reply_to_screen_name": "robin_example", "in_reply_to_user_id_str": "12345678"} if number % 2 else {}),
            "display_text_range": ["0", str(len(item.text))], "favorite_count": "3", "id_str": item.id,
            "truncated": False, "retweet_count": "0", "id": item.id, "created_at": "Fri Mar 04 08:15:00 +0000 2022",
            "favorited": False, "full_text": item.text, "lang": "en",
        }}
        for number, item in enumerate(items)
    ]  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/tweets.js", orjson.dumps(tweets, option=orjson.OPT_INDENT_2))
    return packed.getvalue()


def cpu(name: str, per: int, unit: str, work: Callable[[], T]) -> tuple[float, T]:
    """Run once, print CPU time divided by `per` in microseconds or whole milliseconds, and return it in seconds."""
    before, wall = time.process_time(), time.perf_counter()
    result = work()
    spent, wall = time.process_time() - before, time.perf_counter() - wall
    shown = f"{spent / per * 1e6:8.2f} us each" if unit == "us" else f"{wall * 1e3:8.1f} ms"
    print(f"{name:58} {shown}", flush=True)
    return spent, result


def main(count: int, flagged: int) -> None:
    """Measure and print; see the module's first lines."""
    items = list(posts(count))
    archive = member(items)

    def floor() -> int:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            return len(orjson.loads(opened.read("data/tweets.js")))

    floor_spent, _ = cpu("zipfile + orjson.loads of the member (the floor)", count, "us", floor)
    with tempfile.TemporaryDirectory() as folder, Workspace.open(Path(folder) / "home") as ws:

        def load() -> None:
            with ws.importing("x", "wren_example", "bench") as taking:
                taking.add(items)

        spent, _ = cpu("import into the workspace", count, "us", load)
        print(f"{'  ratio to the floor':58} {spent / floor_spent:8.2f}")
        print(f"{'  file':58} {ws.path.stat().st_size / count:8.0f} bytes an item")
        cpu("import again (replaces, sweeps the old rows)", count, "us", load)
        cpu("read all items back", count, "us", lambda: sum(1 for _ in ws.items()))
        step = max(1, count // flagged)
        findings = [
            Finding(key=item.key, id=item.id, platform="x", kind="post", at=item.at, clause="offence", rule="r",
                    severity=("serious", "look", "note")[number % 3], score=(number % 97) / 97, spans=(Span(0, 3),),
                    text=item.text, url=item.url)
            for number, item in enumerate(items[::step])
        ]  # fmt: skip
        cpu(f"store {len(findings):,} findings", 1, "ms", lambda: ws.store_findings(findings, "v1"))
        undecided, cafe = QueueFilter(undecided=True), QueueFilter(search="cafe naive")
        everywhere = QueueFilter(search="cafe naive", all_posts=True)
        cpu("queue, undecided", 1, "ms", lambda: ws.queue(undecided))
        cpu("page of 200 at the start", 1, "ms", lambda: ws.page(undecided, 0, 200))
        cpu("page of 200 at the end", 1, "ms", lambda: ws.page(undecided, len(findings) - 200, 200))
        cpu("queue, search in the cards", 1, "ms", lambda: ws.queue(cafe))
        cpu("queue, first search in all posts (folds every word)", 1, "ms", lambda: ws.queue(everywhere))
        cpu("queue, next search in all posts", 1, "ms", lambda: ws.queue(everywhere))
        cpu("page of 200 of it", 1, "ms", lambda: ws.page(everywhere, 0, 200))

        def decide() -> None:
            for finding in findings[:200]:
                ws.decide([(finding.key, "keep")])

        cpu("200 decisions, one commit each", 1, "ms", decide)
        cpu("timeline", 1, "ms", ws.timeline)
        people = [Person(person_key=f"p{n}", name=f"Person {n}", keys=(f"k{n}",)) for n in range(10_000)]
        cpu("store 10,000 people", 1, "ms", lambda: ws.store_people(people))
        cpu("page of 200 people at the end", 1, "ms", lambda: ws.people_page(9_800, 200))
        tracemalloc.start()
        with ws.importing("x", "other_example", "bench") as taking:
            taking.add(posts(min(count, 100_000)))
        print(f"{'peak Python memory of an import':58} {tracemalloc.get_traced_memory()[1] / 1e6:8.1f} MB")
        tracemalloc.stop()


if __name__ == "__main__":
    main(*[int(word) for word in [*sys.argv[1:], "200000", "20000"][:2]])
