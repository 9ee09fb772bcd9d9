"""Run rounds: which reports there are to make, which are current, what came of the others."""

import re
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import pandas as pd

from endline.errors import EndlineError, ParameterError, RegionError, did_you_mean
from endline.evaluation import tally
from endline.export.fonts import font_digest
from endline.files import sha256, tree_digest
from endline.model import Region, Round
from endline.params import Params
from endline.pipeline.batch import run_batch
from endline.pipeline.manifest import Entry, Manifest
from endline.pipeline.notebooks import REGION_REPORT, ROUND_SUMMARY, check_notebook
from endline.pipeline.task import Made, Task
from endline.project import Project
from endline.store import PACKAGE, Store

FORMATS = ("pdf",)
LANGUAGE = "zh"
_NAME = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbfA-Za-z0-9\u00b7\uff08\uff09]{1,40}")
_LIBRARIES = ("papermill", "nbconvert", "matplotlib", "numpy", "scipy", "pandas", "typst", "pypandoc-binary")


@dataclass
class Outcome:
    """What came of a round: every report's entry, which of them were made now, what refused the whole round."""

    round_id: str
    title: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)
    built: list[str] = field(default_factory=list)
    issues: int = 0
    error: str = ""
    ours: bool = False

    @property
    def failures(self) -> dict[str, Entry]:
        """The reports that could not be made."""
        return {code: entry for code, entry in self.entries.items() if entry["state"] == "failed"}


class Watcher(Protocol):
    """Who is told how a run goes."""

    def planned(self, round_id: str, count: int) -> None:
        """A round has so many reports to make."""

    def started(self, code: str, name: str) -> None:
        """A report is under way."""

    def ended(self, code: str) -> None:
        """A report is made, or has failed."""


@dataclass(frozen=True)
class Request:
    """What is asked of a run: which regions (the rounds' own when none), how, and in which formats."""

    patterns: tuple[str, ...] = ()
    jobs: int = 1
    formats: tuple[str, ...] = FORMATS
    only_failed: bool = False


def run_rounds(project: Project, round_ids: Sequence[str], request: Request, watcher: Watcher) -> list[Outcome]:
    """Return the outcome of each round; a round that is refused does not stop the others.

    Raises ParameterError before anything is made when a notebook is not fit, or a format unknown.
    """
    for name in (REGION_REPORT, ROUND_SUMMARY):
        check_notebook(project.notebooks / name)
    for name in request.formats:
        if name not in FORMATS:
            raise ParameterError(f"unknown format {name!r}{did_you_mean(name, FORMATS)}; known: {', '.join(FORMATS)}")
    outcomes = []
    for round_id in round_ids:
        outcome = Outcome(round_id)
        outcomes.append(outcome)
        try:
            _run_round(project, Params(project), outcome, request, watcher)
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


def _run_round(project: Project, params: Params, outcome: Outcome, request: Request, watcher: Watcher) -> None:
    round_ = params.round(outcome.round_id)
    outcome.title = round_.title
    register = params.regions(round_.dataset)
    where = "--region" if request.patterns else f"params/rounds/{round_.id}.yaml: regions"
    store = Store.ensure(project, params, round_.id)
    outcome.issues = int(store.meta("issues") or 0)
    extent = store.codes()
    codes = dict.fromkeys(c for p in request.patterns or round_.regions for c in register.match(p, extent, where))
    manifest = Manifest(project.reports(round_.id))
    shared = _shared_key(project, params, round_)
    failures: list[tuple[Task, Made]] = []
    tasks = []
    for code in codes:
        region = register[code]
        task = _region_task(project, round_, region, store.digest(code), shared, request.formats)
        try:
            _check_name(region)
        except RegionError as error:
            failures.append((task, Made(code, message=str(error))))
            continue
        tasks.append(task)
    if not request.patterns:
        tasks.append(_summary_task(project, round_, store, list(codes), shared, request.formats))
    by_code = {task.code: task for task in (*tasks, *(task for task, _ in failures))}
    todo = [t for t in tasks if not manifest.is_current(t)]
    if request.only_failed:
        todo = [t for t in todo if manifest.entries.get(t.code, {}).get("state") == "failed"]
    watcher.planned(round_.id, len(todo))
    evaluations = store.evaluations(list(codes) if todo else [])
    for task, made in failures:
        manifest.record(task, made, {})
    try:
        for made in run_batch(todo, request.jobs, lambda task: watcher.started(task.code, task.name)):
            task = by_code[made.code]
            own = evaluations[evaluations["region_code"] == made.code]
            manifest.record(task, made, {} if own.empty else _counts(own))
            if not made.failed:
                outcome.built.append(made.code)
            watcher.ended(task.code)
    finally:
        if todo or failures:
            manifest.save()
    outcome.entries = {code: manifest.entries[code] for code in by_code if code in manifest.entries}


def _check_name(region: Region) -> None:
    """Refuse a region whose name cannot stand in a file's name."""
    if not _NAME.fullmatch(region.name):
        raise RegionError(
            f"params/regions.csv: {region.code}: name {region.name!r}: expected 1 to 40 Chinese characters, letters "
            "or digits (a file is named after it); correct the name"
        )


def _region_task(
    project: Project, round_: Round, region: Region, digest: str, shared: str, formats: tuple[str, ...]
) -> Task:
    notebook = project.notebooks / REGION_REPORT
    parameters = {"round_id": round_.id, "region_code": region.code, "language": LANGUAGE}
    key = _key(shared, notebook, digest, parameters)
    target = project.reports(round_.id) / f"{region.code}-{region.name}"
    return Task(region.code, region.name, notebook, parameters, digest, project.root, target, formats, key)


def _summary_task(
    project: Project, round_: Round, store: Store, codes: list[str], shared: str, formats: tuple[str, ...]
) -> Task:
    from endline.summary import summary_digest

    notebook = project.notebooks / ROUND_SUMMARY
    parameters = {"round_id": round_.id, "language": LANGUAGE}
    digest = summary_digest(store, codes)
    key = _key(shared, notebook, digest, parameters)
    target = project.reports(round_.id) / "summary"
    return Task(round_.id, round_.title, notebook, parameters, digest, project.root, target, formats, key)


def _shared_key(project: Project, params: Params, round_: Round) -> str:
    """Return the digest of all that every report of a round is made from, beside its own figures."""
    files = [p for p in project.params.rglob("*.*") if p.is_file() and p.parent.name != "rounds"]
    files.append(project.params / "rounds" / f"{round_.id}.yaml")
    files += [p for name in ("SOURCE.yaml", "sources.csv") if (p := project.raw(round_.dataset) / name).is_file()]
    code = [p for p in PACKAGE.rglob("*") if p.is_file() and p.suffix in (".py", ".typ", ".lua")]
    libraries = [f"{name}=={version(name)}" for name in _LIBRARIES]
    return sha256(
        "\n".join([tree_digest(project.root, files), tree_digest(PACKAGE, code), font_digest(), *libraries]).encode()
    )


def _key(shared: str, notebook: Path, digest: str, parameters: dict[str, str]) -> str:
    return sha256("\n".join([shared, sha256(notebook.read_bytes()), digest, repr(parameters)]).encode())


def _counts(evaluations: pd.DataFrame) -> dict[str, object]:
    counts = tally(evaluations)
    return {
        "all": counts.all,
        "met": counts.met,
        "not_met": counts.not_met,
        "no_data": counts.no_data,
        "pending": counts.pending,
        "attainment": counts.attainment,
        "assessability": counts.assessability,
    }
