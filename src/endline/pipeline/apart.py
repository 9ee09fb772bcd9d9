"""Work in a process of its own: what it needs of memory is gone with it, and it can break nothing but itself."""

import multiprocessing
import traceback
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext
from pathlib import Path
from typing import Any

from endline.errors import EndlineError
from endline.export.formats import WRITERS
from endline.kernels.server import CAN_FORK, preload


def have_at_hand(formats: Iterable[str]) -> None:
    """Let the server import what makes reports in these formats; without effect once it runs."""
    writers = (WRITERS[name].partition(":")[0] for name in formats)
    preload(["endline.kernels.first", "endline.pipeline.warm", *writers, "endline.kernels.child"])


def new_process(work: Callable[..., None], *arguments: Any) -> Any:
    """Return a process, not yet begun, forked from the server that has libraries at hand; a plain one without it."""
    if not CAN_FORK:
        context: SpawnContext = multiprocessing.get_context("spawn")
        return context.Process(target=work, args=arguments)
    from endline.kernels.server import ForkedProcess

    return ForkedProcess(target=work, args=arguments)


def end(process: Any) -> None:
    """Leave nothing of a process, whatever it is doing."""
    if CAN_FORK:
        process.end()
    else:
        process.kill()
        process.join()


def run_apart(work: Callable[..., None], *arguments: Any) -> None:
    """Run a function to its end in a process of its own.

    Raises the EndlineError that it raised; RuntimeError for any other fault, or where it ended without a word.
    """
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = new_process(_told, sender, work, *arguments)
    process.start()
    sender.close()
    try:
        error = receiver.recv()
    except EOFError:
        process.join()
        error = RuntimeError(f"its process was killed, or broke down (exit code {process.exitcode})")
    finally:
        end(process)
        receiver.close()
    if error is not None:
        raise error


def _told(sender: Connection, work: Callable[..., None], *arguments: Any) -> None:
    error: Exception | None = None
    try:
        work(*arguments)
    except EndlineError as refused:
        error = refused
    except Exception as fault:
        last = traceback.extract_tb(fault.__traceback__)[-1]
        error = RuntimeError(f"{type(fault).__name__}: {fault} ({Path(last.filename).name}:{last.lineno})")
    sender.send(error)
