"""The pages of the walk, in order. Template, JupyterLab bar and server all read this one list."""

from __future__ import annotations

from typing import NamedTuple

PRODUCT = "self-audit"
TAGLINE = "Look back over your own posts, on this computer only"


class PageInfo(NamedTuple):
    """`name` is the notebook's path without `.ipynb`, with `/` between folders; `label` is what the steps bar shows."""

    name: str
    label: str


STEPS = (
    PageInfo("1-archives", "Archives"),
    PageInfo("2-posts", "Posts"),
    PageInfo("3-settings", "Settings"),
    PageInfo("4-connections", "Connections"),
    PageInfo("5-declaration", "Declaration"),
)
HR = (PageInfo("hr/2-register", "Register"),)
NAMES = frozenset(page.name for page in STEPS + HR)


def steps_for_browser() -> list[dict[str, str]]:
    """Return the five steps as plain data for the template and the JupyterLab bar."""
    return [page._asdict() for page in STEPS]
