"""Folders of one run of the server. The person's own Jupyter set-up is neither read nor written."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from jupyter_core.paths import jupyter_config_dir
from nbformat.sign import NotebookNotary

from ..errors import WorkspaceError
from ..workspace import data_home

HERE = Path(__file__).parent
SHARE = HERE / "share"
_STALE = 30 * 24 * 3600  # seconds; a run that ended badly leaves a few small files behind


def notebooks_dir() -> Path:
    """Return the folder of notebooks: inside the package when installed from a wheel, else beside the package."""
    packed = HERE / "notebooks"
    beside = HERE.parent.parent / "notebooks"
    found = packed if packed.is_dir() else beside
    if not (found / "1-archives.ipynb").is_file():
        raise WorkspaceError("The notebooks are missing from this installation. Please download self-audit again.")
    return found


class RunFolder:
    """Config, data and runtime folders for one server, in the private data folder, removed when it stops."""

    def __init__(self) -> None:
        parent = data_home() / "running"
        parent.mkdir(mode=0o700, exist_ok=True)
        for old in parent.iterdir():
            if old.is_dir() and time.time() - old.stat().st_mtime > _STALE:
                shutil.rmtree(old, ignore_errors=True)
        self.path = Path(tempfile.mkdtemp(dir=parent))
        self.data, self.runtime = self.path / "data", self.path / "runtime"
        self.lab_settings, self.lab_user, self.workspaces = (
            self.path / name for name in ("lab-settings", "lab-user", "workspaces")
        )
        for folder in (self.data, self.runtime, self.lab_settings, self.lab_user, self.workspaces):
            folder.mkdir(mode=0o700)
        for name in ("overrides.json", "page_config.json"):
            shutil.copyfile(HERE / "lab" / name, self.lab_settings / name)
        self._kernel_spec()
        self.config: Path | None = None

    def _kernel_spec(self) -> None:
        folder = self.data / "kernels" / "python3"
        folder.mkdir(parents=True)
        # -I: no PYTHONPATH, no user site, and no module picked up from the current folder.
        argv = [sys.executable, "-I", "-m", "auditlib.app.kernel", "-f", "{connection_file}"]
        spec = {"argv": argv, "display_name": "self-audit", "language": "python", "metadata": {"debugger": False}}
        (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")

    def enter(self) -> None:
        """Point Jupyter and IPython of this process, and of the kernels it starts, at these folders only."""
        for name in [name for name in os.environ if name.startswith(("JUPYTER", "IPYTHON"))]:
            del os.environ[name]
        os.environ.update(
            JUPYTER_DATA_DIR=str(self.data),
            JUPYTER_RUNTIME_DIR=str(self.runtime),
            # First in every search: our kernel, our template and our extension, whatever else is installed.
            JUPYTER_PATH=os.pathsep.join((str(SHARE), str(self.data))),
            JUPYTER_NO_CONFIG="1",  # neither the person's nor the computer's Jupyter settings are read
            IPYTHONDIR=str(self.path / "ipython"),
        )
        # With JUPYTER_NO_CONFIG Jupyter makes an empty settings folder of its own; the style sheet goes there.
        self.config = Path(jupyter_config_dir())
        (self.config / "custom").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HERE / "lab" / "custom.css", self.config / "custom" / "custom.css")

    def trust(self, notebooks: Path) -> None:
        """Sign our own notebooks, so that JupyterLab runs them. Nothing else becomes trusted."""
        notary = NotebookNotary(data_dir=str(self.data))
        for path in sorted(notebooks.rglob("*.ipynb")):
            notary.sign(nbformat.read(path, as_version=4))
        notary.store.close()

    def remove(self) -> None:
        """Delete the folders; what another program still holds open (on Windows) goes at a later start."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self.config:
            shutil.rmtree(self.config, ignore_errors=True)
