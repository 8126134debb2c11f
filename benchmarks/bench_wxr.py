"""How fast a WordPress export of 100 MB is read, as a ratio to a bare defusedxml iterparse of the same file, in the same run.

    python benchmarks/bench_wxr.py [--megabytes 100] [--repeat 3]

Prints CPU seconds (this process and what it starts) and peak memory. The export is invented: posts of some 4 KB of block HTML
with three comments each, in CDATA, as WordPress writes them; it is made in a temporary folder and removed.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from bench_x import run

WORDS = [
    "the",
    "school",
    "run",
    "took",
    "ages",
    "this",
    "morning",
    "but",
    "tea",
    "and",
    "toast",
    "sorted",
    "me",
    "right",
    "café",
]
WP = "http://wordpress.org/export/1.2/"
HEAD = f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="{WP}excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="{WP}">
<channel><title>Invented</title><link>https://invented.example</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://invented.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[jo]]></wp:author_login></wp:author>
"""


def sentence(rng: random.Random) -> str:
    """Some words."""
    return " ".join(rng.choices(WORDS, k=rng.randint(8, 30)))


def item(number: int, rng: random.Random) -> str:
    """One invented post with three comments."""
    body = "\n\n".join(
        f"<!-- wp:paragraph -->\n<p>{sentence(rng)} <strong>{sentence(rng)}</strong> "
        f'<a href="https://link.example/{number}">{sentence(rng)}</a> &amp; so on</p>\n<!-- /wp:paragraph -->'
        for _ in range(8)
    )
    comments = "".join(
        f"""<wp:comment><wp:comment_id>{number * 3 + k}</wp:comment_id>
<wp:comment_author><![CDATA[Sam Invented]]></wp:comment_author>
<wp:comment_author_email>sam@invented.example</wp:comment_author_email>
<wp:comment_author_url></wp:comment_author_url><wp:comment_author_IP>192.0.2.1</wp:comment_author_IP>
<wp:comment_date>2019-03-02 10:00:00</wp:comment_date>
<wp:comment_date_gmt>2019-03-02 10:00:00</wp:comment_date_gmt>
<wp:comment_content><![CDATA[{sentence(rng)}]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved>
<wp:comment_type></wp:comment_type><wp:comment_parent>0</wp:comment_parent><wp:comment_user_id>0</wp:comment_user_id></wp:comment>
"""
        for k in range(3)
    )
    return f"""<item><title><![CDATA[{sentence(rng)}]]></title><link>https://invented.example/{number}/</link>
<pubDate>Sat, 02 Mar 2019 10:00:00 +0000</pubDate><dc:creator><![CDATA[jo]]></dc:creator>
<guid isPermaLink="false">https://invented.example/?p={number}</guid><description></description>
<content:encoded><![CDATA[{body}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>2019-03-02 10:00:00</wp:post_date>
<wp:post_date_gmt>2019-03-02 10:00:00</wp:post_date_gmt><wp:comment_status>open</wp:comment_status>
<wp:post_name>p-{number}</wp:post_name><wp:status>publish</wp:status><wp:post_parent>0</wp:post_parent>
<wp:post_type>post</wp:post_type><wp:post_password></wp:post_password>
<category domain="category" nicename="garden"><![CDATA[Garden]]></category>{comments}</item>
"""


def make(folder: Path, size: int) -> Path:
    """Write the invented export and return its path."""
    rng, path, number = random.Random(7), folder / "invented.WordPress.2019-04-01.xml", 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(HEAD)
        while out.tell() < size:
            for _ in range(100):
                number += 1
                out.write(item(number, rng))
        out.write("</channel></rss>\n")
    return path


MEASURED = {
    "floor: defusedxml iterparse, elements let go": """
import sys
from defusedxml.ElementTree import iterparse
count = 0
for event, element in iterparse(sys.argv[1], forbid_dtd=True):
    if element.tag == "item":
        count += 1
        element.clear()
print(count)""",
    "records, counted": """
import sys
from pathlib import Path
from auditlib import exports
with exports.look([Path(sys.argv[1])]) as found:
    print(sum(1 for _ in found.records()))""",
}


def main() -> None:
    """Make the export, a copy with a control character near its end, measure each way (the best counts), print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder), options.megabytes << 20)
        floor = 0.0
        print(f"{path.stat().st_size / 1e6:,.0f} MB")
        for name, code in MEASURED.items():
            cpu, memory = min(run(code, path) for _ in range(options.repeat))
            floor = floor or cpu
            print(f"  {name:<45} {cpu:7.2f} s CPU   {cpu / floor:5.2f} of the floor   {memory:7.0f} MB peak", flush=True)
        broken = Path(folder) / "broken.xml"
        with path.open("rb") as whole, broken.open("wb") as out:  # in pieces: a child's peak begins at its parent's
            for line in whole:
                out.write(line.replace(b"</channel></rss>", b"\x0b</channel></rss>"))
        cpu, memory = run(MEASURED["records, counted"], broken)
        name = "the same with repairs (read twice)"
        print(f"  {name:<45} {cpu:7.2f} s CPU   {cpu / floor:5.2f} of the floor   {memory:7.0f} MB peak")


if __name__ == "__main__":
    main()
