"""Run tasks side by side, each in a process of its own: a crash costs one report."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from endline.pipeline.task import Made, Task, make_report


def run_batch(tasks: Sequence[Task], jobs: int, started: Callable[[Task], None]) -> Iterator[Made]:
    """Yield what came of each task as it ends; `started` is told of each task as it begins.

    Processes are forked from a server that has imported what they need (spawned where that is not to be had).
    """
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload(["endline.pipeline.task", "papermill", "endline.export.pdf", "pypdf"])
    waiting = list(reversed(tasks))
    running: dict[Connection, tuple[Task, BaseProcess]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                task = waiting.pop()
                receiver, sender = context.Pipe(duplex=False)
                process = context.Process(target=_work, args=(task, sender), daemon=False)
                process.start()
                sender.close()
                running[receiver] = (task, process)
                started(task)
            for ready in wait(list(running)):
                task, process = running.pop(ready)  # type: ignore[index]
                yield _result(task, process, ready)  # type: ignore[arg-type]
    finally:
        for _, process in running.values():
            process.terminate()
        for _, process in running.values():
            process.join(2)


def _work(task: Task, sender: Connection) -> None:
    sender.send(make_report(task))
    sender.close()


def _result(task: Task, process: BaseProcess, receiver: Connection) -> Made:
    try:
        made: Made = receiver.recv()
    except EOFError:
        process.join()
        made = Made(task.code, message=f"the process ended without a result (exit code {process.exitcode})", ours=True)
    receiver.close()
    process.join()
    return made
