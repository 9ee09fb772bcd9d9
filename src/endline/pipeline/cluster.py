"""The Dask engine: the same tasks on the workers of a cluster."""

import multiprocessing
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from endline.errors import ParameterError
from endline.pipeline.apart import have_at_hand
from endline.pipeline.bounds import Bounds, Running, new_scratch
from endline.pipeline.local import Results
from endline.pipeline.plan import Plan
from endline.pipeline.program import program
from endline.pipeline.task import Made, Task

RETRIES = 2  # of a task whose worker was lost
_AHEAD = 2  # tasks sent per worker thread: enough to keep each busy, few enough to hold in memory


@dataclass(frozen=True)
class Parcel:
    """A task for a machine that sees nothing of this one: what its project must hold, and by which program."""

    task: Task
    files: Mapping[str, bytes]  # by path under the root; none where the worker sees the root itself
    program: Mapping[str, str]
    bounds: Bounds


class Cluster:
    """A Dask cluster, found at its scheduler's address or started on this machine for the length of the run."""

    def __init__(self, scheduler: str, jobs: int, bounds: Bounds, shared: bool) -> None:
        self._scheduler, self._jobs, self._bounds, self._shared = scheduler, jobs, bounds, shared
        self._client: Any = None

    def __enter__(self) -> "Cluster":
        try:
            from distributed import Client, LocalCluster
        except ImportError:
            raise ParameterError("--engine dask needs the extra packages: pip install 'endline[dask]'") from None
        if self._scheduler:
            try:
                self._client = Client(self._scheduler, timeout="10s")
            except (OSError, ValueError) as error:
                raise ParameterError(f"--scheduler {self._scheduler}: no scheduler answers there: {error}") from None
        else:
            cluster = LocalCluster(
                n_workers=self._jobs, threads_per_worker=1, dashboard_address=None, processes=True, silence_logs=40
            )
            self._client = Client(cluster)
            self._own = cluster
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):  # a cluster that is gone is closed
            self._client.close()
            if not self._scheduler:
                self._own.close()

    def run(self, plan: Plan, tasks: Iterable[Task], started: Callable[[Task], None]) -> Results:
        """Yield each task with what came of it as it ends; few are under way at a time, the others wait here."""
        from distributed import as_completed

        waiting = iter(tasks)
        sent: dict[str, Task] = {}
        room = _AHEAD * max(1, sum(self._client.nthreads().values()))
        done = as_completed(with_results=False)
        try:
            for task in islice(waiting, room):
                done.add(self._send(plan, task, sent, started))
            for future in done:
                task = sent.pop(future.key)
                made = future.result() if future.status == "finished" else _lost(task, future)
                future.release()
                yield task, made
                if (following := next(waiting, None)) is not None:
                    done.add(self._send(plan, following, sent, started))
        finally:
            if sent:
                self._client.cancel(list(done.futures), force=True)

    def _send(self, plan: Plan, task: Task, sent: dict[str, Task], started: Callable[[Task], None]) -> Any:
        files = {} if self._shared else plan.files(task)
        parcel = Parcel(task, files, program(), self._bounds)
        future = self._client.submit(make_parcel, parcel, pure=False, retries=RETRIES)
        sent[future.key] = task
        started(task)
        return future


def make_parcel(parcel: Parcel) -> Made:
    """Make a report on a worker: unpack, run within bounds, send the files back; nothing is left there."""
    task = parcel.task
    if different := sorted(name for name, value in parcel.program.items() if program().get(name) != value):
        message = f"the worker's endline is another ({', '.join(different)} differ): install the same on every worker"
        return Made(task.code, message=message)
    scratch = new_scratch()
    try:
        if parcel.files:
            task = replace(task, root=_unpacked(parcel.files, scratch / "project"))
        have_at_hand(task.formats)
        with _children_allowed():
            running = Running(task, parcel.bounds, scratch)
        try:
            return running.result() if running.receiver.poll(parcel.bounds.seconds) else running.stop()
        finally:
            running.end()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _unpacked(files: Mapping[str, bytes], root: Path) -> Path:
    """Write a project's files under a folder, and return it."""
    for place, data in files.items():
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def _lost(task: Task, future: Any) -> Made:
    """Return what comes of a task that no worker brought to an end."""
    error = future.exception() if future.status == "error" else future.status
    return Made(task.code, message=f"the cluster gave the report up after {RETRIES + 1} tries: {error}")


@contextmanager
def _children_allowed() -> Iterator[None]:
    """Let a Dask worker start a process though its nanny made it daemonic: ours end with it in any case."""
    settings: dict[str, Any] = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    daemon = settings.pop("daemon", None)
    try:
        yield
    finally:
        if daemon is not None:
            settings["daemon"] = daemon
