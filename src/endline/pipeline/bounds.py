"""One task in a process of its own, within bounds of time and memory: whatever it does costs one report."""

import multiprocessing
import os
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from endline.kernels.folders import PREFIX, RANDOM, short_folder
from endline.pipeline.apart import end, new_process
from endline.pipeline.task import Made, Task, last_cell

_SECONDS_TO_END = 5
_ROOM = len(f"/{'x' * RANDOM}/{PREFIX}{'x' * RANDOM}")  # of a task's folder, and its kernel's in that


def new_scratch() -> Path:
    """Return a new temporary folder for tasks: all that they and their kernels write lies in it, sockets too."""
    return short_folder(_ROOM)


@dataclass(frozen=True)
class Bounds:
    """How long a report may take (seconds), and how much memory each of its processes may use (GiB)."""

    seconds: float = 300
    memory: float = 2


class Running:
    """A task under way: its process, its scratch folder, the end of its time."""

    def __init__(self, task: Task, bounds: Bounds, scratch: Path) -> None:
        self.task, self._bounds = task, bounds
        self.scratch = Path(tempfile.mkdtemp(prefix="", dir=scratch))
        self.receiver, sender = multiprocessing.Pipe(duplex=False)
        self.process = new_process(_work, task, bounds, self.scratch, sender)
        self.process.start()
        sender.close()
        self.deadline = time.monotonic() + bounds.seconds

    def result(self) -> Made:
        """Return what the process sent, or that it ended without."""
        try:
            made: Made = self.receiver.recv()
            self.process.join(_SECONDS_TO_END)
        except (EOFError, OSError):
            self.process.join(_SECONDS_TO_END)
            message = f"the process was killed, or broke down (exit code {self.process.exitcode})"
            made = Made(self.task.code, cell=last_cell(self.scratch), message=message)
        self.end()
        return made

    def stop(self) -> Made:
        """End a task whose time is over, and say so."""
        message = f"took longer than {self._bounds.seconds:g} s (--timeout)"
        made = Made(self.task.code, cell=last_cell(self.scratch), message=message)
        self.end()
        return made

    def end(self) -> None:
        """Leave nothing behind: no process, no file."""
        end(self.process)
        self.receiver.close()
        shutil.rmtree(self.scratch, ignore_errors=True)


def _work(task: Task, bounds: Bounds, scratch: Path, sender: Connection) -> None:
    with suppress(ImportError):  # Windows has no limits of this kind
        import resource

        size = int(bounds.memory * 2**30)
        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))
    os.chdir(scratch)
    from endline.pipeline.making import make_report  # which the fork server has imported, and no run needs itself

    sender.send(make_report(task, scratch))
    sender.close()
