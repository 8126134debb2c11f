"""One file per platform; this list is the registry. A platform is imported only when it is asked for.

A platform module holds:
    NAME, TITLE     its id in records, and what people call it
    MARKERS         patterns of member paths that only this platform has; the group `root` is what lies before the export
    SHARED          (optional) a pattern of paths that several platforms have alike, used for what no marker explains
    TOGETHER        (optional) names of files that only together, in one folder, are a sign of this platform
    SNIFF           a pattern of the first bytes of a file handed over on its own (None: no such)
    FILES           rows (pattern of a path's tail -> Each | Whole | Ignored), in reading order; the first match owns a member
    Reader          a `reading.Account`: reads who the person is in `begin`, says what is left in `finish`
Adding one is one new file and its name here.
"""

from __future__ import annotations

import importlib
from types import ModuleType

NAMES = ("x", "facebook", "instagram", "threads", "tiktok")


def load(name: str) -> ModuleType:
    """The module of a platform."""
    return importlib.import_module(f"auditlib.platforms.{name.replace('-', '_')}")


def every() -> list[ModuleType]:
    """All platform modules, in registry order."""
    return [load(name) for name in NAMES]


def titles() -> dict[str, str]:
    """What people call each platform, by id; Threads lies inside the Instagram export."""
    return {m.NAME: m.TITLE for m in every()} | {"threads": "Threads", "generic": "Another site"}
