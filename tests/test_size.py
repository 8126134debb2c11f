"""The shape of the code: how big a module may be, who may import whom, and what may not be written at all."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "auditlib"
HARD_STOP = 400  # lines of a module

# A part imports only parts that stand above it. Parts of one line may not import each other.
LAYERS = (
    ("errors", "records"),
    ("tarball", "jsonstream", "text", "dates", "markup"),
    ("archive", "csvtable", "jsonwalk", "ways"),
    ("reading",),
    ("platforms",),
    ("joining",),
    ("exports",),
    ("policy",),
    ("detect",),
    ("connections",),
    ("settings",),
    ("workspace",),
    ("declaration",),
    ("register",),
    ("sample",),
    ("walk",),
    ("declaring",),
    ("demo",),
    ("ui", "commands"),
    ("app",),
    ("cli",),
    ("__main__",),
)
RANK = {part: rank for rank, parts in enumerate(LAYERS) for part in parts}
ALONE = {  # top-level package of the outside world -> the only parts that may import it
    "pandas": {"register", "ui"},
    "docx": {"declaration"},
    "ipywidgets": {"ui"},
    "anywidget": {"ui"},
    "traitlets": {"ui", "app"},
    "jupyter_server": {"app"},
    "jupyterlab": {"app"},
    "jupyter_core": {"app"},
    "jupyter_client": {"app"},
    "nbformat": {"app"},
    "voila": {"app"},
    "tornado": {"app"},
    "ipykernel": {"app"},
    "IPython": {"app"},
}
NEVER = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "requests", "httpx", "urllib3", "aiohttp"}
FORBIDDEN_WITHIN = {  # part -> modules of ours it never sees, though they stand above it
    "declaration": {"detect", "workspace", "connections", "platforms", "exports", "reading", "archive"},
    "register": {"detect", "workspace", "connections", "platforms", "exports", "reading", "archive", "settings"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imports(path: Path) -> frozenset[str]:
    """Return the full dotted names a module imports, relative ones resolved, wherever in the file they stand."""
    package = ("auditlib", *path.relative_to(PACKAGE).parts[:-1])
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*start, *filter(None, [node.module])))
            found |= {f"{base}.{alias.name}" for alias in node.names}
    return frozenset(found)


def parts_imported(path: Path) -> set[str]:
    names = [name.split(".") for name in imports(path)]
    return {name[1] for name in names if name[0] == "auditlib" and len(name) > 1 and name[1] in RANK}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_stays_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= HARD_STOP


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    assert [name_of(p) for p in modules() if p.stem in ("utils", "util", "helpers", "common", "misc")] == []
    assert [name_of(p) for p in PACKAGE.rglob("*") if p.is_dir() and p.name in ("utils", "helpers", "common")] == []


def test_every_part_has_its_place_in_the_layers() -> None:
    assert {part_of(p) for p in modules()} - {"__init__"} - RANK.keys() == set()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_imports_only_what_stands_above_it(path: Path) -> None:
    part = part_of(path)
    if part == "__init__":
        assert parts_imported(path) == set()
        return
    seen = parts_imported(path) - {part}
    assert {other for other in seen if RANK[other] >= RANK[part] and other not in LAYERS[0]} == set()
    assert seen & FORBIDDEN_WITHIN.get(part, set()) == set()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_outside_packages_stay_in_their_parts(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports(path)}
    assert {root for root in roots & ALONE.keys() if part_of(path) not in ALONE[root]} == set()
    assert roots & NEVER == set()


def test_declaration_never_sees_a_record_of_the_archives() -> None:
    seen = {name for p in modules() if part_of(p) in ("declaration", "register") for name in imports(p)}
    assert {
        n for n in seen if n.startswith("auditlib.records.") and n.rpartition(".")[2] in ("Item", "Connection", "Finding")
    } == set()


def test_platforms_do_not_import_each_other() -> None:
    allowed = {
        "auditlib.records",
        "auditlib.archive",
        "auditlib.jsonstream",
        "auditlib.jsonwalk",
        "auditlib.csvtable",
        "auditlib.markup",
        "auditlib.text",
        "auditlib.dates",
        "auditlib.ways",
        "auditlib.reading",
    }
    for path in modules():
        if part_of(path) != "platforms" or path.stem == "__init__":
            continue
        others = {
            name.split(".")[2]
            for name in imports(path)
            if name.startswith("auditlib.platforms.") and not name.split(".")[2].startswith("_")
        }
        assert others - {path.stem} == set(), name_of(path)
        parts = {".".join(name.split(".")[:2]) for name in imports(path) if name.startswith("auditlib.")}
        assert parts - allowed - {"auditlib.platforms", "auditlib.errors"} == set(), name_of(path)


# ---- importing is cheap --------------------------------------------------------------------------------------------


def loaded(code: str) -> set[str]:
    """Return the modules a fresh Python has loaded after `code`, without those it has anyway."""
    script = f"import sys; before = set(sys.modules); {code}; print('\\n'.join(set(sys.modules) - before))"
    return set(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split())


def test_importing_the_package_loads_nothing_else() -> None:
    # A count, not a time: it says the same on every computer. `__future__` is all it needs.
    assert {name.split(".")[0] for name in loaded("import auditlib")} <= {"auditlib", "__future__"}


def test_the_command_names_its_options_without_loading_what_is_heavy() -> None:
    roots = {name.split(".")[0] for name in loaded("import auditlib.cli; auditlib.cli.parser()")}
    assert (
        roots & {"pandas", "numpy", "docx", "lxml", "IPython", "ipywidgets", "anywidget", "voila", "cryptography", "msgspec"}
        == set()
    )
    assert not any(root.startswith(("jupyter", "tornado", "nbformat")) for root in roots)


# ---- what may not be written ---------------------------------------------------------------------------------------

PYTHON_BANS = {
    "markup from text": r"\bHTML(Math)?\(|\bMarkdown\(|\bLatex\(|\bIFrame\(|\bJavascript\(",
    "escaping switched off": r"escape\s*=\s*False|description_allow_html|autoescape\s*=\s*False|\|\s*safe\b",
    "running text as code": r"(?<![\w.])(eval|exec)\(|\b__import__\(|(?<![\w.])compile\(",
    "a shell": r"shell\s*=\s*True|\bos\.system\(|\bos\.popen\(",
    "unsafe loading": r"\bpickle\b|\bmarshal\b|yaml\.load\(|read_pickle|to_pickle",
    "unpacking to disk": r"\.extractall\(|\.extract\(",
    "XML without limits": r"xml\.etree|xml\.dom|minidom|xml\.sax(?!\.saxutils)",
    "loose ends": r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError|pragma: no cover",
}
JS_BANS = {
    "markup from text": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc",
    "running text as code": r"\beval\(|new Function\(|setTimeout\(\s*[\"'`]|javascript:",
    "another address": r"https?://(?!www\.w3\.org/)|\bws://|//cdn|importScripts",
    "a store that outlives the page": r"localStorage|sessionStorage|indexedDB",
    "loose ends": r"\b(TODO|FIXME|XXX)\b",
}


def code_only(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a Python file without comments and docstrings, with their numbers."""
    text = path.read_text(encoding="utf-8")
    hidden: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node):
            doc = node.body[0]
            hidden |= set(range(doc.lineno, (doc.end_lineno or doc.lineno) + 1))
    for number, line in enumerate(text.splitlines(), 1):
        if number not in hidden:
            yield number, line if "TODO" in line else re.sub(r"(?:^|\s)#.*$", "", line)


@pytest.mark.parametrize("path", [*modules(), ROOT / "start.py"], ids=name_of)
def test_python_holds_nothing_banned(path: Path) -> None:
    found = [
        f"line {number}: {what}"
        for number, line in code_only(path)
        for what, pattern in PYTHON_BANS.items()
        if re.search(pattern, line)
    ]
    assert found == []


@pytest.mark.parametrize("path", sorted([*PACKAGE.rglob("*.js"), *PACKAGE.rglob("*.j2")]), ids=name_of)
def test_scripts_and_templates_hold_nothing_banned(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [what for what, pattern in JS_BANS.items() if re.search(pattern, text)] == []


@pytest.mark.parametrize("path", sorted([*PACKAGE.rglob("*.css"), *PACKAGE.rglob("*.j2")]), ids=name_of)
def test_styles_fetch_nothing(path: Path) -> None:
    assert re.findall(r"@import|url\(\s*[\"']?(?!data:)\w|https?://", path.read_text(encoding="utf-8")) == []


def test_the_bans_see_what_they_ban() -> None:
    for bad in ("W.HTML(x)", "display(Markdown(t))", "df.to_html(escape=False)", "eval(x)", "z.extractall(p)", "import pickle"):
        assert any(re.search(pattern, bad) for pattern in PYTHON_BANS.values()), bad
    for fine in ("re.compile(x)", "model.evaluate(x)", "msgspec.json.decode(x)", "to_html(x)"):
        assert not any(re.search(pattern, fine) for pattern in PYTHON_BANS.values()), fine
    for bad in ("el.innerHTML = t", "eval(t)", "fetch('https://school.example')", "a.href = 'javascript:x'"):
        assert any(re.search(pattern, bad) for pattern in JS_BANS.values()), bad


def test_a_broad_except_says_why() -> None:
    """A line above or behind it gives the reason."""
    bare = []
    for path in modules():
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if re.search(r"except Exception\b|except:", line):
                near = [line, *lines[max(0, number - 3) : number]]
                if not any("#" in text for text in near):
                    bare.append(f"{name_of(path)}:{number + 1}")
    assert bare == []


# ---- notebooks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").rglob("*.ipynb")), ids=name_of)
def test_a_notebook_is_thin_and_holds_no_output(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert cells
    for cell in cells:
        lines = "".join(cell["source"]).splitlines()
        assert (cell["outputs"], cell["execution_count"]) == ([], None)
        assert len(lines) <= 5
        assert lines[0].startswith("# ")
        assert not any(re.match(r"\s*(def|class|for|while|if|with|try)\b", line) for line in lines)
    assert notebook["metadata"]["selfaudit"] == {
        "autorun": True,
        "page": path.relative_to(ROOT / "notebooks").with_suffix("").as_posix(),
    }
