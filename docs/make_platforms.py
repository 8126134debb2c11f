"""Write docs/platforms.md from the platform modules: `python docs/make_platforms.py`. A test holds the page to them."""

from __future__ import annotations

from pathlib import Path

from auditlib import platforms

PAGE = Path(__file__).with_name("platforms.md")
HEAD = """# Platforms

What is read of each platform's export. Made by `python docs/make_platforms.py` from `auditlib/platforms/`; tests hold that
every "read" cell is read in one of the exports under `tests/archives/`, and that no other cell is.

- **read**: read where the export given holds it. A small or partial download may lack it; the program then says so.
- **no**: the platform does not put it into its export, so look at it on the platform itself.
- **not yet**: it may be in the export, and this version does not read it. It is named as unknown, never passed over.

"""
ASKING = """
## How to ask for your data

The same words are shown in the first notebook. Menus move: where a name is no longer there, look for "download your data".
"""


def page() -> str:
    """The whole page as Markdown."""
    names = list(platforms.COLUMNS)
    lines = [f"| | {' | '.join(name.replace('-', ' ') for name in names)} |", "|---|" + "---|" * len(names)]
    for module in platforms.every():
        cells = ["no" if n in module.NOT_HELD else "not yet" if n in module.NOT_YET else "**read**" for n in names]
        lines.append(f"| {module.TITLE} | {' | '.join(cells)} |")
    for name, ask in platforms.asking().items():
        lines += ["", f"### {platforms.titles()[name]}", ""]
        lines += [ask.where, ""] if ask.where else []
        lines += [f"{number}. {step}" for number, step in enumerate(ask.steps, 1)]
        told = {"Choose": ask.choose, "How long it takes": ask.wait, "Fetch it in time": ask.lasts, "Address": ask.url}
        lines += ["", *(f"- {label}: {words}" for label, words in told.items() if words)]
    start = next(n for n, line in enumerate(lines) if line.startswith("### "))
    return HEAD + "\n".join([*lines[: start - 1], ASKING, *lines[start:]]).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
