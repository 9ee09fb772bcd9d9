"""Where kernels come from: a plain process on private sockets, or the same forked from a warm server."""

import asyncio
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from endline.kernels.folders import short_folder
from endline.kernels.server import CAN_FORK, preload

PRELOAD = "ENDLINE_PRELOAD"  # the variable that names what the server imports, comma between
_DEFAULT_PRELOAD = "numpy,pandas,matplotlib.figure,scipy.stats"
_POLL_SECONDS = 0.01


class PrivateProvisioner(LocalProvisioner):
    """A plain kernel whose sockets and connection file lie in a temporary folder of its own (TCP on Windows).

    No port is chosen, so none is chosen twice; nothing is left in the working directory or the home folder. Only
    this user can open the folder, so that messages need no signature to tell whose they are.
    """

    _folder: Path | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Make the folder, and point the kernel's manager there."""
        manager = self.parent
        if self._folder is None and manager is not None and sys.platform != "win32":
            self._folder = short_folder()
            manager.transport, manager.ip = "ipc", str(self._folder / "k")
            manager.connection_file = str(self._folder / "kernel.json")
            manager.session.key = b""
        return await super().pre_launch(**kwargs)

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the folder, unless the kernel is about to start again."""
        await super().cleanup(restart=restart)
        if self._folder is not None and not restart:
            shutil.rmtree(self._folder, ignore_errors=True)


class ForkedProvisioner(PrivateProvisioner):
    """A kernel forked from a server that has imported the modules named in ENDLINE_PRELOAD.

    Falls back to a plain kernel, and says so, where processes cannot be forked, where the kernel is not the
    ipykernel of this Python, or where its output is to go to a pipe or a file.
    """

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel and return its connection info."""
        if reason := _why_not(cmd, kwargs):
            warnings.warn(f"endline: a plain kernel instead of a forked one: {reason}", stacklevel=2)
            return await super().launch_kernel(cmd, **kwargs)
        from endline.kernels.forked import ForkedKernel

        named = os.environ.get(PRELOAD, _DEFAULT_PRELOAD).split(",")
        preload(["endline.kernels.first", *named, "endline.kernels.child"])
        kernel: Any = ForkedKernel(cmd[3:], kwargs)
        self.process, self.pid, self.pgid = kernel, kernel.pid, kernel.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and whatever it has started, at once."""
        if self.process is not None:
            self.process.kill()

    async def wait(self) -> int | None:
        """Wait for the process to end; its end is noticed at once."""
        while self.process is not None and self.process.poll() is None:
            await asyncio.sleep(_POLL_SECONDS)
        return await super().wait()


def _why_not(cmd: Sequence[str], options: Mapping[str, Any]) -> str:
    """Return why a kernel cannot be forked, "" if it can."""
    if not CAN_FORK:
        return "this system has no fork server"
    if list(cmd[1:3]) != ["-m", "ipykernel_launcher"]:
        return "its command is not `python -m ipykernel_launcher`"
    if Path(cmd[0]).absolute().parent != Path(sys.executable).absolute().parent:
        return f"its Python is another: {cmd[0]}"
    if any(options.get(name) not in (None, subprocess.DEVNULL) for name in ("stdin", "stdout", "stderr")):
        return "its output goes to a pipe or a file"
    return ""
