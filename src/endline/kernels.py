"""Kernels that talk over private sockets: no TCP port, no race for one, nothing left behind."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager


class PrivateKernelManager(AsyncKernelManager):
    """A kernel manager whose channels are IPC sockets in a temporary folder of its own (TCP on Windows)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._folder = tempfile.mkdtemp(prefix="endline-")
        if hasattr(__import__("socket"), "AF_UNIX"):
            self.transport = "ipc"
            self.ip = str(Path(self._folder) / "k")

    async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, Any]]:
        command, options = await super()._async_pre_start_kernel(**options)
        # a kernel that is told to end may still write to its terminal: not into ours
        options.setdefault("stderr", subprocess.DEVNULL)
        return command, options

    pre_start_kernel = _async_pre_start_kernel

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        if not restart:
            shutil.rmtree(self._folder, ignore_errors=True)

    cleanup_resources = _async_cleanup_resources
