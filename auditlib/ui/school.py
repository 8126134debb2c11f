"""Which school the walk is for: from the invitation, else the typed name, else the bundled default."""

from __future__ import annotations

from .. import policy
from ..workspace import Workspace


def current(ws: Workspace) -> policy.School:
    """Return the school file in force for this workspace.

    Raises:
        PolicyError: the school file that came with the invitation has faults.
    """
    toml = ws.get("school_toml")
    if toml:
        return policy.school_from_toml(str(toml), "the school file in your invitation")
    name = str(ws.get("school_name") or "").strip()
    return policy.school_named(name) if name else policy.load_school(None)
