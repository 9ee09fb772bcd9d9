"""Run rounds: which reports there are to make and why, which are current, what came of the others."""

import os
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from endline.errors import EndlineError, ParameterError, did_you_mean
from endline.export.formats import FORMATS
from endline.kernels.server import stop_server
from endline.params import Params
from endline.pipeline.apart import have_at_hand
from endline.pipeline.engines import Engine, Place, engine_of
from endline.pipeline.manifest import FIGURES, MORE, Entry, Manifest
from endline.pipeline.notebooks import PARAMETERS, check_notebook
from endline.pipeline.page import make_page, pages_of
from endline.pipeline.plan import KERNELS, Plan
from endline.pipeline.task import Made, Task
from endline.pipeline.workshop import workshop
from endline.project import Project
from endline.regions import NAMES_A_FILE
from endline.store import Store
from endline.wording import Wording

REFUSED_RETURN = "refused return"  # the reason why a report is not made
MESSAGES = 3  # of one region's refused files, in the table of failures; all are among the issues
# One thread a process: there is a report for every processor.
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
# Large pages where the system has them, and one heap for all threads (Typst's own would grow a page at a time) and for
# all blocks (one of its own has new pages each time, 32 MiB is the most that may be asked for).
_MEMORY = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=33554432",
}


@dataclass
class Outcome:
    """What came of a round: every report's entry, which were made now and why, what refused the whole round."""

    round_id: str
    title: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)
    built: dict[str, str] = field(default_factory=dict)
    issues: int = 0
    pages: list[str] = field(default_factory=list)
    no_page: str = ""  # why the round may have none
    error: str = ""
    ours: bool = False

    @property
    def failures(self) -> dict[str, Entry]:
        """The reports that could not be made."""
        return {code: entry for code, entry in self.entries.items() if entry["state"] == "failed"}


class Watcher(Protocol):
    """Who is told how a run goes."""

    def planned(self, round_id: str, reasons: Mapping[str, str], count: int) -> None:
        """Of `count` reports of a round those in `reasons` are to be made, each for its reason."""

    def started(self, code: str, name: str) -> None:
        """A report is under way."""

    def ended(self, code: str) -> None:
        """A report is made, or has failed."""


@dataclass(frozen=True)
class Request:
    """What is asked of a run: which regions (the rounds' own when none), how, where, and in which formats."""

    patterns: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    only_failed: bool = False
    kernels: str = "warm"
    place: Place = field(default_factory=Place)
    dry: bool = False  # observe, evaluate and plan; make nothing
    collect: tuple[Path, ...] = ()  # folders whose reports other runs have made


def run_rounds(project: Project, round_ids: Sequence[str], request: Request, watcher: Watcher) -> list[Outcome]:
    """Return the outcome of each round; a round that is refused does not stop the others.

    Raises ParameterError before anything is made when a notebook is not fit, a format unknown, or another run
    is under way.
    """
    for name in PARAMETERS:
        check_notebook(project.notebooks / name)
    if request.kernels not in KERNELS:
        known = ", ".join(KERNELS)
        raise ParameterError(
            f"unknown kernels {request.kernels!r}{did_you_mean(request.kernels, KERNELS)}; known: {known}"
        )
    for name in request.formats:
        if name not in FORMATS:
            raise ParameterError(f"unknown format {name!r}{did_you_mean(name, FORMATS)}; known: {', '.join(FORMATS)}")
    have_at_hand(request.formats)
    outcomes = []
    with (
        workshop(project.root / project.told) as scratch,
        _environment(project),
        engine_of(request.place, scratch) as engine,
    ):
        for round_id in round_ids:
            outcome = Outcome(round_id)
            outcomes.append(outcome)
            try:
                _run_round(project, outcome, request, engine, watcher)
            except EndlineError as error:
                outcome.error = str(error)
            except Exception as error:  # a fault of ours costs its round, not the others
                place = traceback.extract_tb(error.__traceback__)[-1]
                outcome.error = f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
                outcome.ours = True
    return outcomes


def exit_code(outcomes: Iterable[Outcome]) -> int:
    """Return 0 all made, 1 some refused, 2 nothing usable, 3 a fault of ours (RULES: exit codes)."""
    every = list(outcomes)
    if any(o.ours or any(entry.get("ours") for entry in o.failures.values()) for o in every):
        return 3
    refused = sum(bool(o.error) for o in every) + sum(len(o.failures) for o in every)
    made = sum(entry["state"] == "made" for o in every for entry in o.entries.values())
    return 0 if not refused else 1 if made else 2


def _run_round(project: Project, outcome: Outcome, request: Request, engine: Engine, watcher: Watcher) -> None:
    params = Params.of(project)
    round_ = params.round(outcome.round_id)
    outcome.title = round_.title
    where = "--region" if request.patterns else f"params/rounds/{round_.id}.yaml: regions"
    register = params.regions(round_.dataset)
    store = Store.ensure(project, params, round_.id, apart=True)
    outcome.issues = int(store.meta("issues") or 0)
    codes = register.match_all(request.patterns or round_.regions, store.codes(), where)
    plan = Plan(project, params, round_, store, codes, request.formats, request.kernels)
    manifest = Manifest(project.reports(round_.id))
    for folder in request.collect:
        for found in sorted(folder.glob(f"**/{round_.id}/run.json")):
            manifest.collect(found.parent)
    reasons, wanted = {}, []
    for task in plan.tasks(of_round=not request.patterns):
        wanted.append(task.report)
        if why := manifest.why(task, plan.sources(task)):
            reasons[task.report] = why
    if request.only_failed:
        failed = {report for report, entry in manifest.entries.items() if entry["state"] == "failed"}
        reasons = {report: why for report, why in reasons.items() if report in failed}
    say = Wording(params.wording("zh"))
    barred = {code: _refused_return(code, found, say) for code, found in store.refused().items() if code in codes}
    reasons |= {report: REFUSED_RETURN for report in wanted if plan.parted(report)[0] in barred}
    names = {code: register[code].name for code in codes}
    barred |= {code: _badly_named(code, name) for code, name in names.items() if not NAMES_A_FILE.fullmatch(name)}
    watcher.planned(round_.id, reasons, len(wanted))
    if request.dry:
        return
    try:
        fit = [report for report in reasons if plan.parted(report)[0] not in barred]
        for task in map(plan.task, sorted(reasons.keys() - set(fit))):
            manifest.record(task, barred[task.code], plan.sources(task), {})
        todo = (_task(plan, manifest, report, reasons[report]) for report in fit)
        with closing(engine(plan, todo, lambda task: watcher.started(task.report, task.name))) as made_tasks:
            for task, made in made_tasks:
                why = reasons[task.report]
                if not made.failed:
                    outcome.built[task.report] = manifest.changed_parts(task) if why == FIGURES else why
                manifest.record(task, made, plan.sources(task), plan.counts(task.code))
                watcher.ended(task.report)
    finally:
        manifest.save()
    outcome.entries = {report: manifest.entries[report] for report in wanted if report in manifest.entries}
    outcome.no_page = make_page(project, params, round_, store, manifest)
    outcome.pages = pages_of(manifest.folder, round_)


def _task(plan: Plan, manifest: Manifest, report: str, why: str) -> Task:
    task = plan.task(report)
    return manifest.further(task) if why == MORE else task


def _refused_return(code: str, found: Sequence[Mapping[str, Any]], say: Wording) -> Made:
    """Return what comes of a region of whose own return a file or a sheet cannot be used."""
    places = [" › ".join(filter(None, (one["file"], one["sheet"], one["cell"]))) for one in found]
    messages = [say.say("refused_return.message", place=p, **one) for p, one in zip(places, found, strict=True)]
    return Made(code, message="  ".join(messages[:MESSAGES]))


def _badly_named(code: str, name: str) -> Made:
    """Return what comes of a region whose name cannot stand in a file's name."""
    message = (
        f"params/regions.csv: {code}: name {name!r}: expected 1 to 40 Chinese characters, letters "
        "or digits (a file is named after it); correct the name"
    )
    return Made(code, message=message)


@contextmanager
def _environment(project: Project) -> Iterator[None]:
    """Set what the fork server must find when it starts, and end the server with the run."""
    wanted = {**_MEMORY, **_ENVIRONMENT, "ENDLINE_ROOT": str(project.root)}
    if own := os.environ.get("GLIBC_TUNABLES"):
        wanted["GLIBC_TUNABLES"] = own
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        stop_server()
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
