"""How long a huge archive of mostly media takes to open, and how much of it is read.

    python benchmarks/bench_big_zip.py [--members 100000] [--gigabytes 10]

The zip is invented and sparse: its media members are holes in the file, so that it takes little room on the disk and is as long
as a real one. Their check sums are wrong on purpose: reading one of them would fail.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
import zipfile
from pathlib import Path

from auditlib.exports import look
from auditlib.records import Item


def made(path: Path, members: int, size: int) -> None:
    """An X archive of one post and `members` pictures, `size` bytes long altogether."""
    each = size // members
    with zipfile.ZipFile(path, "w", allowZip64=True) as z:
        z.writestr(
            "data/account.js", "window.YTD.account.part0 = " + json.dumps([{"account": {"username": "wren", "accountId": "1"}}])
        )
        tweet = {"tweet": {"id_str": "1", "created_at": "Fri Mar 04 08:15:00 +0000 2022", "full_text": "Tea and toast"}}
        z.writestr("data/tweets.js", "window.YTD.tweets.part0 = " + json.dumps([tweet]))
        assert z.fp is not None
        for number in range(members):
            info = zipfile.ZipInfo(f"data/tweets_media/{number}-picture.jpg")
            info.file_size = info.compress_size = each
            info.header_offset, info.CRC = z.fp.tell(), 1
            z.fp.write(info.FileHeader(zip64=False))
            z.fp.seek(each, 1)
            z.filelist.append(info)
            z.NameToInfo[info.filename] = info
        z.start_dir = z.fp.tell()
        z._didModify = True  # the library's own mark that a directory is to be written


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--gigabytes", type=float, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "twitter-2022.zip"
        made(path, options.members, int(options.gigabytes * 1e9))
        started = time.perf_counter()
        with zipfile.ZipFile(path) as z:
            z.namelist()
        bare = time.perf_counter() - started
        started = time.perf_counter()
        with look([path]) as found:
            opened = time.perf_counter() - started
            [export] = found.exports
            items = [r for r in export.records() if isinstance(r, Item)]
            done = time.perf_counter() - started
            inflated = export.account.tree.inflated
        length = path.stat().st_size / 1e9
        print(f"{length:.1f} GB, {options.members:,} members: zipfile's own directory {bare:.2f} s; recognised {opened:.2f} s;")
        print(f"read to the end {done:.2f} s ({len(items)} item, {inflated:,} bytes inflated)")
