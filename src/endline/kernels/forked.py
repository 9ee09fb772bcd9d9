"""A forked kernel, seen from the process that owns it."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from endline.kernels.server import ForkedProcess

Limits = Mapping[int, tuple[int, int]]


class ForkedKernel:
    """A forked kernel behind the methods of `subprocess.Popen` that a provisioner uses."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: Sequence[str], options: Mapping[str, Any]) -> None:
        silent = [fd for name, fd in (("stdout", 1), ("stderr", 2)) if options.get(name) == subprocess.DEVNULL]
        cwd = str(options.get("cwd") or Path.cwd())
        environment = dict(options.get("env") or os.environ)
        self._process = ForkedProcess(target=_kernel, args=(list(arguments), cwd, environment, _limits(), silent))
        self._process.start()

    @property
    def pid(self) -> int:
        """The kernel's process, which leads its group."""
        return self._process.pid or 0

    @property
    def returncode(self) -> int | None:
        """The exit code, negative for a signal; None while the kernel runs."""
        return self._process.exitcode

    def poll(self) -> int | None:
        """Return the exit code, None while the kernel runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the kernel to end and return its exit code."""
        self._process.join(timeout)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel, if it is there."""
        if self._process.is_alive():
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End the kernel."""
        self._process.end()


def _kernel(arguments: list[str], cwd: str, environment: dict[str, str], limits: Limits, silent: Sequence[int]) -> None:
    """Be what `python -m ipykernel_launcher` is: same arguments, folder, environment and limits."""
    import resource

    from endline.kernels import child

    for name, limit in limits.items():
        resource.setrlimit(name, limit)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    for fd in silent:
        os.dup2(os.open(os.devnull, os.O_WRONLY), fd)
    child.run_kernel(arguments)


def _limits() -> Limits:
    """Return the limits of this process, which a child would inherit."""
    import resource

    names = [getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_")]
    return {name: resource.getrlimit(name) for name in names}
