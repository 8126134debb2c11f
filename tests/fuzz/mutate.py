"""Mutated exports must never raise, hang or swell: everything ends as records, coverage, or an ArchiveError.

    python tests/fuzz/mutate.py [--minutes 10] [--seed 1] [ARCHIVE...]

Takes the bundled sample's archives and the folders under tests/archives/ (or the archives named), changes some of their data
files (bit flips, cuts, swapped types, nulls, huge numbers, deep nesting, wrong encodings), and reads the result. Prints the
number of runs, the slowest one in seconds and the peak memory in megabytes; stops with the seed of the first fault.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from auditlib import exports, walk
from auditlib.errors import ArchiveError
from auditlib.records import encode_line

ROOT = Path(__file__).resolve().parents[1]
SLOWEST = 10.0  # seconds one small archive may take
DATA = (".json", ".js")
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
        return flip(data, rng)

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


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (flip, cut, recode, nest, swap, swap, swap)


def sources(given: list[Path]) -> list[dict[str, bytes]]:
    """Each archive as member -> bytes."""
    found: list[dict[str, bytes]] = []
    folders = sorted(p for p in (ROOT / "archives").iterdir() if p.is_dir()) if (ROOT / "archives").is_dir() else []
    for path in given or [*walk.sample_paths(), *folders]:
        if path.is_dir():
            found.append({p.relative_to(path).as_posix(): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file()})
        else:
            with zipfile.ZipFile(path) as z:
                found.append({n: z.read(n) for n in z.namelist() if not n.endswith("/")})
    return found


def once(files: dict[str, bytes], seed: int, folder: Path) -> float:
    """One mutated archive read to the end; returns the seconds it took. Whatever but an ArchiveError passes through."""
    rng = random.Random(seed)
    names = [n for n in files if n.lower().endswith(DATA)]
    changed = dict(files)
    for name in rng.sample(names, min(len(names), rng.randint(1, 6))):
        changed[name] = rng.choice(MUTATIONS)(changed[name], rng)
    path = folder / "mutated.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as z:
        for name, data in changed.items():
            z.writestr(name, data)
    if rng.random() < 0.1:
        path.write_bytes(flip(path.read_bytes(), rng))
    started = time.perf_counter()
    try:
        with exports.look([path]) as found:
            for record in found.records():
                msgspec.json.decode(encode_line(record), type=type(record))  # every field of the type it promises
    except ArchiveError:
        pass
    return time.perf_counter() - started


def memory() -> float:
    """Peak resident megabytes of this process; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20)


def run(seconds: float, seed: int, given: list[Path]) -> tuple[int, float, float]:
    """Mutate and read until the time is up; returns (runs, slowest seconds, peak megabytes)."""
    archives = sources(given)
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
    options = parser.parse_args()
    count, worst, peak = run(options.minutes * 60, options.seed, options.archives)
    print(f"{count} archives read, slowest {worst:.2f} s, peak {peak:.0f} MB, no fault")
