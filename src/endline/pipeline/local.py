"""The local engine: so many tasks side by side on this machine."""

import time
from collections.abc import Callable, Generator, Iterable
from multiprocessing.connection import wait
from pathlib import Path

from endline.pipeline.bounds import Bounds, Running
from endline.pipeline.task import Made, Task

Results = Generator[tuple[Task, Made], None, None]  # each task with what came of it


def run_local(
    tasks: Iterable[Task], jobs: int, bounds: Bounds, scratch: Path, started: Callable[[Task], None]
) -> Results:
    """Yield each task with what came of it as it ends; `started` is told of each as it begins."""
    waiting = iter(tasks)
    running: list[Running] = []
    try:
        while True:
            while len(running) < jobs and (task := next(waiting, None)) is not None:
                running.append(Running(task, bounds, scratch))
                started(task)
            if not running:
                return
            left = min(one.deadline for one in running) - time.monotonic()
            ready = wait([one.receiver for one in running], timeout=max(0.0, left))
            for one in list(running):
                done = one.receiver in ready
                if done or time.monotonic() >= one.deadline:
                    made = one.result() if done else one.stop()
                    running.remove(one)
                    yield one.task, made
    finally:
        for one in running:
            one.end()
