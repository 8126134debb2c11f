"""How fast the big tables and JSON lists of each platform are read, as a ratio to their floor in the same run, and peak memory.

    python benchmarks/bench_streams.py [--count 200000] [--only NAME]... [--repeat 2]

The floor is `zipfile` and the fastest plain decoding of the same members: `orjson.loads`, or `csv.reader`. Each way runs in a
process of its own, its start included. The exports are invented, made in a temporary folder and removed.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench_x import MEASURED, run

WORDS = "the school run took ages this morning but tea and toast sorted me right out, and nobody minded"
JSON_FLOOR = """
import zipfile, orjson, sys
with zipfile.ZipFile(sys.argv[1]) as z:
    for name in z.namelist():
        orjson.loads(z.read(name))"""
CSV_FLOOR = """
import csv, io, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    for name in z.namelist():
        for row in csv.reader(io.TextIOWrapper(z.open(name), "utf-8", newline="")):
            pass"""
Pieces = Iterator[bytes]


def said(number: int) -> str:
    """Invented words, every tenth of more than one line."""
    return f"{WORDS} {number}" + ("\n\nand a second line" if number % 10 == 0 else "")


def listed(before: str, records: Iterable[object], after: str) -> Pieces:
    """A JSON document with a long list in it, one record a line."""
    yield before.encode()
    for number, record in enumerate(records):
        yield (",\n" if number else "\n").encode() + json.dumps(record, ensure_ascii=False, indent=1).encode()
    yield after.encode()


def rows(header: list[str], records: Iterable[list[str]]) -> Pieces:
    """A CSV file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for record in records:
        writer.writerow(record)
        if out.tell() > 1 << 20:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def clock(number: int) -> str:
    """A time of day in some year, as text."""
    return f"20{10 + number // 400_000 % 15:02}-{number % 12 + 1:02}-{number % 28 + 1:02} {number % 24:02}:{number % 60:02}:09"


def reddit(count: int) -> dict[str, Pieces]:
    header = ["id", "permalink", "date", "ip", "subreddit", "gildings", "link", "parent", "body", "media"]
    home = "https://www.reddit.com/r/Teaching/comments/1abcde/title/"
    made = (
        [f"h{n}", f"{home}h{n}/", f"{clock(n)} UTC", "", "Teaching", "0", home, f"t1_p{n}", said(n), ""] for n in range(count)
    )
    return {
        "comments.csv": rows(header, made),
        "statistics.csv": rows(["statistic", "value"], [["account name", "jo_invented"]]),
        "checkfile.csv": rows(["filename", "sha256"], []),
    }


def spoken(text: str) -> str:
    """A cell of words as Google writes it: an object for each line and each line break, without spaces or brackets."""
    pieces = [piece for piece in re.split(r"(\n)", text) if piece]
    return ",".join(json.dumps({"text": piece}, separators=(",", ":")) for piece in pieces)


def youtube(count: int) -> dict[str, Pieces]:
    header = ["Channel ID", "Comment Create Timestamp", "Price", "Comment ID", "Parent Comment ID", "Video ID", "Comment Text"]
    made = (
        [
            "UCinvented",
            clock(n).replace(" ", "T") + ".123456+00:00",
            "0",
            f"Ugx{n}",
            "",
            "dQinvented1",
            spoken(said(n)),
        ]
        for n in range(count)
    )
    return {"Takeout/YouTube and YouTube Music/comments/comments.csv": rows(header, made)}


def linkedin(count: int) -> dict[str, Pieces]:
    header = ["CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS"]
    header += ["DATE", "SUBJECT", "CONTENT", "FOLDER"]
    mine, theirs = "https://www.linkedin.com/in/jo-invented", "https://www.linkedin.com/in/sam-invented"
    made = (
        [f"2-{n % 500}", "", "Jo Invented", mine, "Sam Invented", theirs, f"{clock(n)} UTC", "", said(n), "INBOX"]
        for n in range(count)
    )
    profile = ["First Name", "Last Name", "Headline"]
    return {"messages.csv": rows(header, made), "Profile.csv": rows(profile, [["Jo", "Invented", "Teacher"]])}


def discord(count: int) -> dict[str, Pieces]:
    made = (
        {"ID": 2 * 10**18 + n, "Timestamp": clock(n), "Contents": said(n), "Attachments": ""} for n in range(count)
    )  # fmt: skip
    channel = {"id": "100000000000000001", "type": 1, "recipients": ["1", "2"]}
    return {
        "Account/user.json": iter([json.dumps({"id": "1", "username": "jo", "relationships": []}).encode()]),
        "Messages/index.json": iter([json.dumps({"100000000000000001": "Direct Message with sam#0"}).encode()]),
        "Messages/c100000000000000001/channel.json": iter([json.dumps(channel).encode()]),
        "Messages/c100000000000000001/messages.json": listed("[", made, "]"),
    }


def telegram(count: int) -> dict[str, Pieces]:
    about = {"type": "message", "from": "Jo Invented", "from_id": "user1"}
    made = (
        {"id": n, **about, "date": clock(n).replace(" ", "T"), "date_unixtime": str(1646381700 + n), "text": said(n),
         "text_entities": [{"type": "plain", "text": said(n)}]}
        for n in range(count)
    )  # fmt: skip
    before = '{"about": "x", "personal_information": {"user_id": 1, "first_name": "Jo", "last_name": "Invented"}, '
    before += '"chats": {"about": "x", "list": [{"name": "Sam Invented", "type": "personal_chat", "id": 2, "messages": ['
    return {"result.json": listed(before, made, "]}]}}")}


def tiktok(count: int) -> dict[str, Pieces]:
    made = ({"date": clock(n), "comment": said(n), "photo": "N/A", "url": ""} for n in range(min(count, 200_000)))
    before = (
        '{"Profile": {"Profile Info": {"ProfileMap": {"userName": "jo.invented"}}}, "Comment": {"Comments": {"CommentsList": ['
    )
    return {"user_data_tiktok.json": listed(before, made, "]}}}")}


def mastodon(count: int) -> dict[str, Pieces]:
    me = "https://toot.example/users/jo"
    public = "https://www.w3.org/ns/activitystreams#Public"
    made = (
        {"id": f"{me}/statuses/{n}/activity", "type": "Create", "actor": me, "published": clock(n).replace(" ", "T") + "Z",
         "to": [public], "cc": [f"{me}/followers"],
         "object": {"id": f"{me}/statuses/{n}", "type": "Note", "summary": None, "inReplyTo": None, "attributedTo": me,
                    "url": f"https://toot.example/@jo/{n}", "published": clock(n).replace(" ", "T") + "Z", "to": [public],
                    "cc": [f"{me}/followers"], "sensitive": False, "content": f"<p>{said(n)}</p>", "attachment": [], "tag": [],
                    "contentMap": {"en": f"<p>{said(n)}</p>"},
                    "replies": {"id": f"{me}/statuses/{n}/replies", "type": "Collection"}}}
        for n in range(count)
    )  # fmt: skip
    actor = {"id": me, "type": "Person", "preferredUsername": "jo", "name": "Jo", "url": "https://toot.example/@jo"}
    return {
        "actor.json": iter([json.dumps(actor).encode()]),
        "outbox.json": listed('{"type": "OrderedCollection", "orderedItems": [', made, "]}"),
    }


def connections(count: int) -> dict[str, Pieces]:
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    header = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
    made = (
        ["Sam", f"Invented{n}", f"https://www.linkedin.com/in/sam-invented-{n}", "", f"Invented Trust {n % 900}", "Teacher",
         f"{n % 28 + 1:02} {months[n % 12]} {2008 + n % 17}"]
        for n in range(count)
    )  # fmt: skip
    profile = ["First Name", "Last Name", "Headline"]
    return {"Connections.csv": rows(header, made), "Profile.csv": rows(profile, [["Jo", "Invented", "Teacher"]])}


def facebook(count: int) -> dict[str, Pieces]:
    """Messenger threads as they lie in a Facebook export, newest first, 10,000 messages a file."""
    home = "your_facebook_activity/messages/inbox/saminvented_100/message_{}.json"
    profile = {"profile_v2": {"name": {"full_name": "Jo Invented"}, "username": "jo.invented"}}
    before = '{"participants": [{"name": "Sam Invented"}, {"name": "Jo Invented"}], "messages": ['
    after = (
        '], "title": "Sam Invented", "is_still_participant": true, "thread_path": "inbox/saminvented_100", "magic_words": []}'
    )

    def made(first: int) -> Iterator[object]:
        for n in range(first, min(first + 10_000, count)):
            yield {
                "sender_name": "Jo Invented" if n % 3 else "Sam Invented", "timestamp_ms": 1600000000000 - n * 60_000,
                "content": said(n), "is_geoblocked_for_viewer": False, "is_unsent_image_by_messenger_kid_parent": False,
            }  # fmt: skip

    files = {home.format(n // 10_000 + 1): listed(before, made(n), after) for n in range(0, count, 10_000)}
    return files | {"personal_information/profile_information/profile_information.json": iter([json.dumps(profile).encode()])}


CASES: dict[str, tuple[Callable[[int], dict[str, Pieces]], str]] = {
    "reddit": (reddit, CSV_FLOOR),
    "youtube": (youtube, CSV_FLOOR),
    "linkedin": (linkedin, CSV_FLOOR),
    "linkedin connections": (connections, CSV_FLOOR),
    "discord": (discord, JSON_FLOOR),
    "telegram": (telegram, JSON_FLOOR),
    "tiktok": (tiktok, JSON_FLOOR),
    "mastodon": (mastodon, JSON_FLOOR),
    "facebook messages": (facebook, JSON_FLOOR),
}


def make(folder: Path, name: str, count: int) -> Path:
    """Write one export and return its path."""
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for member, pieces in CASES[name][0](count).items():
            with z.open(member, "w", force_zip64=True) as out:
                for piece in pieces:
                    out.write(piece)
    return path


def main() -> None:
    """Measure each platform's export (the best of the repeats counts) and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--only", action="append", choices=CASES)
    parser.add_argument("--repeat", type=int, default=2)
    options = parser.parse_args()
    print("| export | records | floor, s CPU | ours, s CPU | of the floor | peak MB |\n|---|---|---|---|---|---|")
    for name in options.only or CASES:
        with tempfile.TemporaryDirectory() as folder:
            path = make(Path(folder), name, options.count)
            floor, _ = min(run(CASES[name][1], path) for _ in range(options.repeat))
            ours, peak = min(run(MEASURED["records, counted"], path) for _ in range(options.repeat))
            print(f"| {name} | {options.count:,} | {floor:.2f} | {ours:.2f} | {ours / floor:.2f} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    main()
