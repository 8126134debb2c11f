"""Which exports lie in the paths a person gave: zips, folders, loose files, mixed, several parts of one export.

Paths given together are one person's archives (`joining.py` puts parts together); what is no export at all is reported, never
passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType, TracebackType

from auditlib import platforms
from auditlib.archive import DATA, Member, Tree, is_noise, open_path, shown
from auditlib.errors import ArchiveError, NotAnArchive, UnknownPlatform
from auditlib.joining import GENERIC, Export, Found, join, stem
from auditlib.markup import unstyled
from auditlib.reading import NO_ANSWERS, Answers
from auditlib.records import Coverage, Record

MAX_SNIFFED = 2000  # loose files whose first bytes are looked at
COVERS = ("archive_browser.html",)  # what only shows an archive's contents: lies above Google's products
MAX_STYLE = 1 << 19  # bytes of a page that may be its style sheet
MAX_NAMED = 50  # files of no export that are named one by one
ALONE = "it looks like posts of yours from a site not known here: choose this file by itself to have it read"
PACKED = re.compile(r"\.(zip|tar|tgz|tar\.(gz|bz2|xz)|csv\.gz)$", re.IGNORECASE)


class Exports:
    """What was found. Use as a context manager: it holds the archives open.

    `exports` in registry order; `notes` are coverage lines for what belongs to no export or could not be opened.
    """

    def __init__(self) -> None:
        self.exports: list[Export] = []
        self.notes: list[Coverage] = []
        self.errors: list[ArchiveError] = []
        self._trees: list[Tree] = []

    def __enter__(self) -> Exports:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of every archive."""
        for tree in self._trees:
            tree.close()

    def records(self) -> Iterator[Record]:
        """Every record of every export, then what belongs to none."""
        for export in self.exports:
            yield from export.records()
        yield from self.notes


def _note(state: str, member: str, reason: str, count: int = 1) -> Coverage:
    return Coverage(platform=GENERIC, account=None, state=state, member=member, reason=reason, count=count)  # type: ignore[arg-type]


def look(paths: Iterable[Path], answers: Answers = NO_ANSWERS) -> Exports:
    """Open the paths and sort out what is in them. A file of another site is taken only when the person names it itself.

    Raises NotAnArchive when none of the paths can be opened, UnknownPlatform when they can but hold no export known here.
    """
    result = Exports()
    found: list[Found] = []
    opened = 0
    try:
        for path in dict.fromkeys(paths):
            try:
                tree = open_path(path)
            except ArchiveError as error:
                result.errors.append(error)
                result.notes.append(_note("failed", shown(path.name or str(path)), str(error)))
                continue
            opened += 1
            before = len(result.notes)
            result._trees.append(tree)
            here = _find(tree, result) or _pointed_at(tree, path, answers)
            taken = {member for one in here for member in one.paths()}
            result.notes[before:] = [note for note in result.notes[before:] if note.member not in taken]
            found += [one._replace(given=path) for one in here]
            if not here and len(result.notes) == before:
                result.notes.append(_note("unknown", tree.name, "is not an export this version knows"))
        if result.errors and not opened:
            raise result.errors[0]
        if not found and (alone := [note.member for note in result.notes if note.reason == ALONE]):
            raise UnknownPlatform(f"{shown(alone[0])}: {ALONE}.")
        if not found:
            names = ", ".join(dict.fromkeys(shown(p.name or str(p)) for p in paths))
            raise UnknownPlatform(
                f"{names} is not an export this version knows: choose the file you downloaded from the platform, "
                "in JSON where it offers a choice."
            )
        result.exports = join(_decided(found), result.notes, answers)
    except BaseException:
        result.close()
        raise
    return result


def _find(tree: Tree, result: Exports, depth: int = 0) -> list[Found]:
    """The exports in one tree, archives lying in it included (an archive inside an archive, no deeper)."""
    roots = _roots(tree)
    found = [Found(module, tree, root, root.rstrip("/").rsplit("/", 1)[-1] or tree.name) for module, root in roots]
    starts = {root for _, root in roots}
    found = [f._replace(without=tuple(s for s in starts if s != f.root and s.startswith(f.root))) for f in found]
    found += _shared(tree, [f.root for f in found])
    found += _loose(tree, [f.root for f in found])
    if depth < 2:
        for path in [p for p in tree.members if PACKED.search(p) and not is_noise(p)]:
            if "_media/" in path or ("media" in path.lower() and any(path.startswith(f.root) for f in found)):
                continue  # X, 2019: media folders hold zips of pictures, many gigabytes
            found += _packed(tree, path, result, depth)
    if found or depth == 0:
        _leftovers(tree, found, result, f"{tree.name.rsplit(', ', 1)[-1]}/" if depth else "")
    return found


def _packed(tree: Tree, path: str, result: Exports, depth: int) -> list[Found]:
    """The exports in an archive that lies in a tree; where there are none, or it cannot be opened, that is noted."""
    where: Member = tree.members[path]
    on_disk = isinstance(where.inner, Path)
    try:
        inner = open_path(where.inner) if isinstance(where.inner, Path) else tree.inner_zip(path)
        if inner is None:
            raise NotAnArchive("an archive inside the archive that cannot be opened: unpack it and choose what comes out")
    except ArchiveError as error:
        result.notes.append(_note("failed", path, str(error)))
        return []
    finally:
        del tree.members[path]  # what is in it is told, not the archive itself
    found = _find(inner, result, 1 if depth == 0 and on_disk else 2)
    if not found:
        inner.close()
        result.notes.append(_note("unknown", path, "an archive that is not an export this version knows"))
        return []
    result._trees.append(inner)
    return [one._replace(name=path.rsplit("/", 1)[-1]) if one.name == inner.name else one for one in found]


def _leftovers(tree: Tree, found: list[Found], result: Exports, where: str) -> None:
    """Note what belongs to no export: data files by name up to a number, everything else counted."""
    owned = {path for one in found for path in one.paths()}
    rest = [path for path in tree.members if path not in owned and not is_noise(path) and not path.endswith(COVERS)]
    data = [path for path in rest if DATA.search(path)]
    fits = platforms.load(GENERIC).SNIFF
    for path in data[:MAX_NAMED]:
        reason = ALONE if fits(tree.head(path), path) else "belongs to no export that was recognised"
        result.notes.append(_note("unknown", where + path, reason))
    if len(data) > MAX_NAMED:
        result.notes.append(
            _note("unknown", "", "more files that belong to no export that was recognised", len(data) - MAX_NAMED)
        )
    if found and len(rest) > len(data):
        reason = "pictures, documents and other files beside the exports: not read"
        result.notes.append(_note("ignored", "", reason, len(rest) - len(data)))


def _platforms() -> list[ModuleType]:
    """All platforms that are recognised by themselves."""
    return [module for module in platforms.every() if module.NAME != GENERIC]


def _pointed_at(tree: Tree, path: Path, answers: Answers) -> list[Found]:
    """A file of a site this version has no reader for, which the person named, or said how to read."""
    if path.is_dir():
        return []
    module = platforms.load(GENERIC)
    asked = answers.asked and path.suffix.lower() in (".csv", ".tsv", ".json")
    sure = bool(answers.columns) or asked
    named = [p for p in tree.members if DATA.search(p) and (sure or module.SNIFF(tree.head(p), p))]
    return [Found(module, tree, "", tree.name, loose=(member,)) for member in named]


def _roots(tree: Tree) -> list[tuple[ModuleType, str]]:
    """Which platforms' marks start where in this tree; a start inside another of the same platform belongs to it."""
    found: list[tuple[ModuleType, str]] = []
    paths = _telling(tree)
    for module in _platforms():
        starts: set[str] = set()
        for marker in module.MARKERS:
            starts |= {m["root"] for p in paths if (m := marker.search(p))}
        starts |= _together(getattr(module, "TOGETHER", ()), paths)
        found += [(module, s) for s in sorted(starts) if not any(o != s and s.startswith(o) for o in starts)]
    return found


def _telling(tree: Tree) -> list[str]:
    """The paths that can be a platform's mark: data files, and of the pictures in one folder the first."""
    folders: set[str] = set()
    found = []
    for path in tree.members:
        folder = path[: path.rfind("/") + 1]
        if (folder not in folders or DATA.search(path)) and not is_noise(path):
            found.append(path)
            folders.add(folder)
    return found


def _loose(tree: Tree, roots: list[str]) -> list[Found]:
    """Files without a mark around them, told by how they begin: all below their folder in an archive made of them, in a folder
    on disk (where anything may lie) only the files themselves."""
    paths = [p for p in tree.members if DATA.search(p) and not is_noise(p) and not any(p.startswith(r) for r in roots)]
    files: dict[tuple[str, str], list[str]] = {}
    for path in paths[:MAX_SNIFFED]:
        head = tree.head(path)
        if b"<style" in head:  # Meta's pages begin with some 200 KB of it
            head = unstyled(tree.head(path, MAX_STYLE))[:4096]
        for module in _platforms():
            if _begins(module, head, path):
                files.setdefault((module.NAME, path[: path.rfind("/") + 1]), []).append(path)
                break
    on_disk = any(isinstance(m.inner, Path) for m in tree.members.values())
    if on_disk or roots:
        lone = len(tree.members) == 1
        return [
            Found(
                platforms.load(name),
                tree,
                root,
                tree.name if lone or not root else root.rstrip("/").rsplit("/", 1)[-1],
                loose=tuple(own),
            )
            for (name, root), own in files.items()
        ]
    starts = {(n, r.removesuffix("data/") if r == "data/" or r.endswith("/data/") else r) for n, r in files}
    least = [(n, s) for n, s in sorted(starts) if not any(n == o and r != s and s.startswith(r) for o, r in starts)]
    least.sort(key=lambda pair: (platforms.NAMES.index(pair[0]), pair[1]))
    return [Found(platforms.load(n), tree, s, s.rstrip("/").rsplit("/", 1)[-1] or tree.name) for n, s in least]


def _begins(module: ModuleType, head: bytes, path: str) -> bool:
    """Whether a file begins as this platform's do."""
    sniff = module.SNIFF
    if sniff is None:
        return False
    return bool(sniff.search(head) if isinstance(sniff, re.Pattern) else sniff(head, path.rsplit("/", 1)[-1]))


def _together(names: tuple[str, ...], paths: list[str]) -> set[str]:
    """The folders that hold all of these files."""
    folders = [{p[: -len(n)] for p in paths if p == n or p.endswith("/" + n)} for n in names]
    return set.intersection(*folders) if folders else set()


def _shared(tree: Tree, roots: list[str]) -> list[Found]:
    """What looks alike in several platforms' exports (message folders), for the first of those platforms until decided."""
    paths = [p for p in tree.members if DATA.search(p) and not is_noise(p) and not any(p.startswith(r) for r in roots)]
    for module in _platforms():
        starts = {m["root"] for p in paths if (s := getattr(module, "SHARED", None)) and (m := s.search(p))}
        if starts:
            least = [s for s in sorted(starts) if not any(o != s and s.startswith(o) for o in starts)]
            if least == [""] and isinstance(tree.members[paths[0]].inner, Path):  # loose among other things
                own = tuple(p for p in paths if module.SHARED.search(p))
                return [Found(module, tree, "", tree.name, True, loose=own)]
            return [Found(module, tree, s, s.rstrip("/").rsplit("/", 1)[-1] or tree.name, True) for s in least]
    return []


def _named(one: Found) -> set[str]:
    """Which of the sharing platforms the nearest folder (or the file) that names one of them names."""
    sharing = [module.NAME for module in _platforms() if hasattr(module, "SHARED")]
    for part in reversed([*one.given.absolute().parts, *one.root.split("/")]):
        if names := {name for name in sharing if name in part.lower()}:
            return names
    return set()


def _decided(found: list[Found]) -> list[Found]:
    """Shared finds given to the one sharing platform that was found beside them: of the same name, else at all."""
    sure = [f for f in found if not f.shared and hasattr(f.module, "SHARED")]
    made = []
    for one in found:
        if one.shared:
            alike = {f.module.NAME for f in sure if stem(f.name) == stem(one.name)} or {f.module.NAME for f in sure}
            alike = alike or _named(one)
            if len(alike) == 1:
                one = one._replace(module=platforms.load(alike.pop()), shared=False)
        made.append(one)
    return made
