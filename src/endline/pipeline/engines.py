"""Where tasks run: on this machine, or on a cluster; the same tasks, the same bytes."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from endline.errors import ParameterError, did_you_mean
from endline.pipeline.bounds import Bounds
from endline.pipeline.local import Results, run_local
from endline.pipeline.plan import Plan
from endline.pipeline.task import Task

Engine = Callable[[Plan, Iterable[Task], Callable[[Task], None]], Results]
ENGINES = ("local", "dask")


@dataclass(frozen=True)
class Place:
    """Where to run: the engine's name, how many tasks side by side, within which bounds; for Dask, which cluster."""

    engine: str = "local"
    jobs: int = 1
    bounds: Bounds = field(default_factory=Bounds)
    scheduler: str = ""  # its address; "" for a cluster on this machine
    shared: bool = False  # the workers see this project's folder under the same path


@contextmanager
def engine_of(place: Place, scratch: Path) -> Iterator[Engine]:
    """Yield the engine; ParameterError when there is none of this name."""
    if place.engine not in ENGINES:
        raise ParameterError(
            f"unknown engine {place.engine!r}{did_you_mean(place.engine, ENGINES)}; known: {', '.join(ENGINES)}"
        )
    if place.engine == "dask":
        from endline.pipeline.cluster import Cluster

        with Cluster(place.scheduler, place.jobs, place.bounds, place.shared) as cluster:
            yield cluster.run
        return

    def local(_: Plan, tasks: Iterable[Task], started: Callable[[Task], None]) -> Results:
        return run_local(tasks, place.jobs, place.bounds, scratch, started)

    yield local
