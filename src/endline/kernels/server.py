"""Processes forked from the standard library's fork server, which end with the process that asked for them."""

import multiprocessing
import os
import select
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import ModuleType
from typing import Any

CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()
_launching = threading.Lock()
_LONGEST_PLACE = 69  # bytes: about 100 may be a socket's path, with the library's own folder and name

if CAN_FORK:
    from multiprocessing import forkserver, popen_forkserver, util
    from multiprocessing.context import ForkServerProcess

    _server: Any = forkserver._forkserver

    class _Popen(popen_forkserver.Popen):
        def _launch(self, process_obj: Any) -> None:
            with _launching, _no_main():
                _keep_the_server()
                _make_room()
                super()._launch(process_obj)  # type: ignore[misc]

    class ForkedProcess(ForkServerProcess):
        """A process of the fork server, which ends when its owner ends, whatever either is doing.

        It leads a session of its own, so that a terminal's Ctrl-C reaches only the owner. The script that runs
        is not imported again in it.
        """

        @staticmethod
        def _Popen(process_obj: Any) -> _Popen:  # noqa: N802 - the library's name
            return _Popen(process_obj)

        def run(self) -> None:
            """Bind the process to its owner, then do the work."""
            os.setsid()
            _end_with_owner()
            super().run()

        def end(self) -> None:
            """Kill the process with all of its group, and wait for it."""
            if self.pid is not None and self.is_alive():
                with suppress(ProcessLookupError):
                    os.kill(self.pid, signal.SIGKILL)
                with suppress(ProcessLookupError):
                    os.killpg(self.pid, signal.SIGKILL)
            self.join()


def preload(modules: Sequence[str]) -> None:
    """Let the server import `modules` when it starts; without effect once it runs."""
    if CAN_FORK:
        multiprocessing.set_forkserver_preload(list(modules))


def stop_server() -> None:
    """End the server, if this process started one; what is left of its processes ends with their owners."""
    if CAN_FORK and _server._forkserver_pid is not None:
        _server._stop()


def _keep_the_server() -> None:
    """Let a process that came from the server ask that same server: the library would start another."""
    if _server._forkserver_pid is None and _server._forkserver_address is not None:
        _server.ensure_running = lambda: None


def _make_room() -> None:
    """Let the library make its folder for sockets in /tmp where their paths would else be too long."""
    if len(os.fsencode(tempfile.gettempdir())) > _LONGEST_PLACE:
        before, tempfile.tempdir = tempfile.tempdir, "/tmp"  # noqa: S108 - the folder in it has a random name
        try:
            util.get_temp_dir()  # made once in a process, and removed at its end
        finally:
            tempfile.tempdir = before


def _end_with_owner() -> None:
    """Have the operating system end this process group once the owner is gone.

    The owner holds the other end of a pipe. When that closes, the pipe raises SIGIO, which by default ends a
    process: no thread has to run, so a computation that never lets go of the interpreter ends as well.
    """
    import fcntl

    owner = multiprocessing.parent_process()
    if owner is None:
        return
    pipe: int = owner.sentinel
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(pipe, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([pipe], [], [], 0)[0]:  # gone before we listened
        os._exit(1)


@contextmanager
def _no_main() -> Iterator[None]:
    """Hide the script that runs, which the library would import again in every child: it may have no guard."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
