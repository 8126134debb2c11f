"""The walk-through in the browser: one Jupyter server on this computer, two views (Voila, JupyterLab) of one set of pages."""

from __future__ import annotations

import sys


def serve(open_browser: bool = True, notebook: str = "1-archives", port: int | None = None) -> int:
    """Start the server, open the page called `notebook`, and return 0 once it has been stopped.

    `port` is the TCP port on 127.0.0.1 (None: any free one). The address is printed; with `open_browser` it is opened
    as well where this computer has a browser to open. Raises UsageError for an unknown page or a port in use.
    """
    # jsonschema, which Jupyter needs, also loads this checker of international addresses where it is installed: more than
    # a second for a grammar that nothing here uses. None makes the import fail, which jsonschema expects.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    from .server import run

    return run(open_browser=open_browser, notebook=notebook, port=port)


__all__ = ["serve"]
