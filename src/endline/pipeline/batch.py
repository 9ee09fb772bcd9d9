"""Run tasks side by side, each in a process of its own: a crash costs one report."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, ForkServerProcess, SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess

from endline.pipeline.task import Made, Task, make_report

PRELOAD = ["endline.pipeline.task", "endline.export.pdf", "papermill", "pypdf"]
SECONDS_TO_END = 2


def run_batch(tasks: Sequence[Task], jobs: int, started: Callable[[Task], None]) -> Iterator[Made]:
    """Yield what came of each task as it ends; `started` is told of each task as it begins.

    Processes are forked from a server that has imported what they need (spawned where that is not to be had).
    """
    context = _context()
    waiting = list(reversed(tasks))
    running: dict[ForkServerProcess | SpawnProcess, tuple[Task, Connection]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                task = waiting.pop()
                receiver, sender = context.Pipe(duplex=False)
                process = context.Process(target=_work, args=(task, sender))
                process.start()
                sender.close()
                running[process] = (task, receiver)
                started(task)
            ready = wait([receiver for _, receiver in running.values()])
            for process, (task, receiver) in list(running.items()):
                if receiver in ready:
                    del running[process]
                    yield _result(task, process, receiver)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.join(SECONDS_TO_END)


def _context() -> ForkServerContext | SpawnContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    return context


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
