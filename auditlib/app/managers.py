"""Jupyter's kernel and contents managers, narrowed to what the walk needs."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from typing import Any, NoReturn

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError

# What Python and the operating system need, and our own. Everything else in a person's environment (keys, tokens,
# proxies, PYTHONPATH) stays out of the process that reads their archives.
_KEEP = frozenset(
    {
        "PATH",
        "HOME",
        "USER",
        "LOGNAME",
        "USERNAME",
        "USERPROFILE",
        "HOMEDRIVE",
        "HOMEPATH",
        "APPDATA",
        "LOCALAPPDATA",
        "PROGRAMDATA",
        "ALLUSERSPROFILE",
        "PUBLIC",
        "SYSTEMROOT",
        "SYSTEMDRIVE",
        "WINDIR",
        "COMSPEC",
        "PATHEXT",
        "TMP",
        "TEMP",
        "TMPDIR",
        "LANG",
        "LANGUAGE",
        "TZ",
        "OS",
        "ONEDRIVE",
        "NUMBER_OF_PROCESSORS",
        "PROCESSOR_ARCHITECTURE",
        "IPYTHONDIR",
    }
)
_KEEP_STARTS = ("LC_", "XDG_", "JUPYTER_", "JPY_", "SELF_AUDIT_", "__CF")


def trimmed(env: Mapping[str, str]) -> dict[str, str]:
    """Return only those variables of `env` that a kernel needs."""
    kept = {k: v for k, v in env.items() if k.upper() in _KEEP or k.upper().startswith(_KEEP_STARTS)}
    kept.pop("JUPYTER_NO_CONFIG", None)  # it would make every kernel leave an empty folder behind
    return kept


DEBUG = "SELF_AUDIT_DEBUG"  # set: Jupyter's own log and the kernels' output go to the terminal; they may hold content


class PageKernels(AsyncMappingKernelManager):
    """Starts kernels with a trimmed environment and a closed mouth: what one prints must not reach the terminal."""

    async def _async_start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]
        kwargs["env"] = trimmed(kwargs.get("env") or os.environ)
        if not os.environ.get(DEBUG):
            kwargs.update(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return await super()._async_start_kernel(**kwargs)

    start_kernel = _async_start_kernel  # type: ignore[assignment]


class ReadOnlyNotebooks(AsyncLargeFileManager):
    """Serves the notebooks and changes nothing: no saving, renaming, uploading, deleting or checkpoints."""

    def _no(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise HTTPError(403, "The pages of self-audit cannot be changed here. Your work is saved elsewhere.")

    async def save(self, model: dict[str, Any], path: str = "") -> Any:
        self._no()

    async def new(self, model: dict[str, Any] | None = None, path: str = "") -> Any:
        self._no()

    async def new_untitled(self, path: str = "", type: str = "", ext: str = "") -> Any:
        self._no()

    async def copy(self, from_path: str, to_path: str | None = None) -> Any:
        self._no()

    async def update(self, model: dict[str, Any], path: str) -> Any:
        self._no()

    async def delete(self, path: str) -> Any:
        self._no()

    async def create_checkpoint(self, path: str) -> Any:
        self._no()

    async def list_checkpoints(self, path: str) -> list[Any]:
        return []

    async def get(
        self, path: str, content: bool = True, type: str | None = None, format: str | None = None, require_hash: bool = False
    ) -> Any:
        """Return the notebook or folder at `path`, marked as not writable."""
        model = await super().get(path, content=content, type=type, format=format, require_hash=require_hash)
        model["writable"] = False
        return model
