"""Mutated exports must never raise, hang or swell: everything ends as records, coverage, or an ArchiveError.

    python tests/fuzz/mutate.py [--minutes 10] [--seed 1] [--platform NAME]... [ARCHIVE...]

Takes the bundled sample's archives and the folders under tests/archives/ (or those of the platforms or the archives named),
changes some of their data files (bit flips, cuts, swapped types, nulls, huge numbers, deep nesting, wrong encodings, lines and
tags lost, doubled or out of order), and reads the result. Prints the number of runs, the slowest one in seconds and the peak
memory in megabytes; stops with the seed of the first fault. `--platform` given several times takes the minutes for each.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import re
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from auditlib import exports, platforms, walk
from auditlib.archive import DATA
from auditlib.errors import ArchiveError
from auditlib.records import encode_line

ROOT = Path(__file__).resolve().parents[1]
SLOWEST = 10.0  # seconds of processor time one small archive may take
ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    10**30,
    1e308,
    "",
    "x" * 300,
    [],
    {},
    [[]],
    [None],
    {"a": None},
    "\ud800",
    "NaN",
    0.5,
)


def flip(data: bytes, rng: random.Random) -> bytes:
    """Some bits turned over."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        if out:
            out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def cut(data: bytes, rng: random.Random) -> bytes:
    """The end, or a piece of the middle, missing."""
    a, b = sorted((rng.randint(0, len(data)), rng.randint(0, len(data))))
    return data[:a] if rng.random() < 0.5 else data[:a] + data[b:]


def recode(data: bytes, rng: random.Random) -> bytes:
    """Another encoding, or a byte-order mark."""
    text = data.decode("utf-8", "replace")
    return rng.choice(
        [text.encode("utf-16"), text.encode("latin-1", "replace"), b"\xef\xbb\xbf" + data, data.replace(b"\n", b"\r\n")]
    )


def nest(data: bytes, rng: random.Random) -> bytes:
    """Brackets without end somewhere."""
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice([b"[", b'{"a":']) * rng.randint(10, 100_000) + data[at:]


def swap(data: bytes, rng: random.Random) -> bytes:
    """Some values of the document replaced by values of another type, keys dropped, lists turned into their first element."""
    head, sep, body = data.partition(b"=") if data.lstrip()[:1] not in (b"[", b"{") else (b"", b"", data)
    try:
        document = json.loads(body)
    except ValueError:
        return rng.choice((shuffle, retag, inflate))(data, rng)

    def change(value: Any, depth: int) -> Any:
        if rng.random() < 0.03:
            return rng.choice(ODD)
        if isinstance(value, dict):
            return {k: change(v, depth + 1) for k, v in value.items() if rng.random() > 0.02}
        if isinstance(value, list):
            if value and rng.random() < 0.05:
                return change(value[0], depth + 1)
            return [change(v, depth + 1) for v in value]
        return value

    return head + sep + json.dumps(change(document, 0), indent=rng.choice([None, 1, 2])).encode()


def shuffle(data: bytes, rng: random.Random) -> bytes:
    """Lines lost, doubled, run together or out of order."""
    lines = data.split(b"\n")
    for _ in range(rng.randint(1, 5)):
        at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        how = rng.randrange(4)
        if how == 0 and len(lines) > 1:
            del lines[at]
        elif how == 1:
            lines.insert(at, lines[other])
        elif how == 2:
            lines[at], lines[other] = lines[other], lines[at]
        else:
            lines[at] += lines[other]
    return b"\n".join(lines)


def retag(data: bytes, rng: random.Random) -> bytes:
    """Quotes, separators, tags and entities put in or taken out."""
    marks = [m.start() for m in re.finditer(rb'[",;<>&\[\]:/]', data)]
    out = bytearray(data)
    for at in sorted(rng.sample(marks, min(len(marks), rng.randint(1, 6))), reverse=True):
        put = rng.choice(
            (b"", b'"', b'""', b",", b"</div>", b"<table>", b"&#x110000;", b"<![CDATA[", b"]]>", b"\xe2\x80\x8e", b"\r")
        )
        out[at : at + rng.randint(0, 1)] = put
    return bytes(out)


def inflate(data: bytes, rng: random.Random) -> bytes:
    """Numbers made huge, negative or nothing; a piece repeated many times."""
    if rng.random() < 0.3 and data:
        a, b = sorted((rng.randrange(len(data)), rng.randrange(len(data))))
        return data[:a] + data[a:b] * (1 + 200_000 // (b - a + 1)) + data[b:]
    return re.sub(rb"\d+", lambda m: rng.choice((b"9" * 30, b"0", b"-1", b"")) if rng.random() < 0.1 else m.group(), data)


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (flip, cut, recode, nest, retag, inflate, swap, swap, swap)


def sources(given: list[Path], platform: str = "") -> list[dict[str, bytes]]:
    """Each archive as member -> bytes; of one platform only where it is named."""
    found: list[dict[str, bytes]] = []
    folders = sorted(p for p in (ROOT / "archives").iterdir() if p.is_dir()) if (ROOT / "archives").is_dir() else []
    named = [p for p in folders if p.name.startswith(f"{platform}-")] if platform else [*walk.sample_paths(), *folders]
    for path in given or named:
        if path.is_dir():
            found.append({p.relative_to(path).as_posix(): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file()})
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as z:
                found.append({n: z.read(n) for n in z.namelist() if not n.endswith("/")})
        else:
            found.append({path.name: path.read_bytes()})
    return found


def once(files: dict[str, bytes], seed: int, folder: Path) -> float:
    """One mutated archive read to the end; returns its processor seconds. Whatever but an ArchiveError passes through."""
    rng = random.Random(seed)
    names = [n for n in files if DATA.search(n)]
    changed = dict(files)
    for name in rng.sample(names, min(len(names), rng.randint(1, 6))):
        changed[name] = rng.choice(MUTATIONS)(changed[name], rng)
    if rng.random() < 0.1:
        path = folder / "mutated.tgz"
        with tarfile.open(path, "w:gz", compresslevel=1) as tar:
            for name, data in changed.items():
                info = tarfile.TarInfo(name)
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
    else:
        path = folder / "mutated.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as z:
            for name, data in changed.items():
                z.writestr(name, data)
    if rng.random() < 0.1:
        path.write_bytes(flip(path.read_bytes(), rng))
    started = time.process_time()
    try:
        with exports.look([path]) as found:
            for record in found.records():
                msgspec.json.decode(encode_line(record), type=type(record))  # every field of the type it promises
    except ArchiveError:
        pass
    return time.process_time() - started


def memory() -> float:
    """Peak resident megabytes of this process; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20)


def run(seconds: float, seed: int, given: list[Path], platform: str = "") -> tuple[int, float, float]:
    """Mutate and read until the time is up; returns (runs, slowest seconds, peak megabytes)."""
    archives = sources(given, platform)
    runs, slowest, end = 0, 0.0, time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            try:
                slowest = max(slowest, once(archives[runs % len(archives)], seed + runs, Path(folder)))
            except Exception as error:  # whatever it is, the seed that made it is what a person needs
                raise SystemExit(f"seed {seed + runs}, archive {runs % len(archives)}: {type(error).__name__}") from error
            runs += 1
            if slowest > SLOWEST:
                raise SystemExit(f"seed {seed + runs - 1}: {slowest:.1f} s for one small archive")
    return runs, slowest, memory()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archives", nargs="*", type=Path)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--platform", action="append", default=[], choices=platforms.NAMES)
    options = parser.parse_args()
    for name in options.platform or [""]:
        count, worst, peak = run(options.minutes * 60, options.seed, options.archives, name)
        label = f"{name}: " if name else ""
        print(f"{label}{count} archives read, slowest {worst:.2f} s, peak {peak:.0f} MB, no fault", flush=True)
