"""Run rounds: which reports there are to make, which are current, what came of the others."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from endline.errors import EndlineError, ParameterError, RegionError
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
_NAME = re.compile(r"[一-鿿㐀-䶿A-Za-z0-9·（）]{1,40}")
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


@dataclass(frozen=True)
class Progress:
    """Who is told how a run goes."""

    planned: Callable[[str, int], None] = lambda round_id, count: None
    started: Callable[[Task], None] = lambda task: None
    ended: Callable[[Task, Made], None] = lambda task, made: None


def run_rounds(project: Project, round_ids: Sequence[str], patterns: Sequence[str], jobs: int,
               formats: Sequence[str] = FORMATS, progress: Progress | None = None, only_failed: bool = False) -> list[Outcome]:  # fmt: skip # noqa: E501
    """Return the outcome of each round; a round that is refused does not stop the others.

    Raises ParameterError before anything is made when a notebook or a named round, region or format is unknown.
    """
    for name in (REGION_REPORT, ROUND_SUMMARY):
        check_notebook(project.notebooks / name)
    for name in formats:
        if name not in FORMATS:
            raise ParameterError(f"unknown format {name!r}; known: {', '.join(FORMATS)}")
    outcomes = []
    for round_id in round_ids:
        params = Params(project)
        outcome = Outcome(round_id)
        outcomes.append(outcome)
        try:
            _run_round(project, params, outcome, patterns, jobs, tuple(formats), progress or Progress(), only_failed)
        except EndlineError as error:
            outcome.error = str(error)
    return outcomes


def exit_code(outcomes: Iterable[Outcome]) -> int:
    """Return 0 all made, 1 some refused, 2 nothing usable, 3 a fault of ours (RULES: exit codes)."""
    every = list(outcomes)
    if any(o.ours or any(entry.get("ours") for entry in o.failures.values()) for o in every):
        return 3
    refused = sum(bool(o.error) for o in every) + sum(len(o.failures) for o in every)
    made = sum(entry["state"] == "made" for o in every for entry in o.entries.values())
    return 0 if not refused else 1 if made else 2


def _run_round(project: Project, params: Params, outcome: Outcome, patterns: Sequence[str], jobs: int,
               formats: tuple[str, ...], progress: Progress, only_failed: bool) -> None:  # fmt: skip
    round_ = params.round(outcome.round_id)
    outcome.title = round_.title
    register = params.regions(round_.dataset)
    where = "--region" if patterns else f"params/rounds/{round_.id}.yaml: regions"
    store = Store.ensure(project, params, round_.id)
    outcome.issues = int(store.meta("issues") or 0)
    extent = store.codes()
    codes = dict.fromkeys(c for p in patterns or round_.regions for c in register.match(p, extent, where))
    manifest = Manifest(project.reports(round_.id))
    shared = _shared_key(project, params, round_)
    failures: list[tuple[Task, Made]] = []
    tasks = []
    for code in codes:
        region = register[code]
        task = _region_task(project, round_, region, store.digest(code), shared, formats)
        try:
            _check_name(region)
        except RegionError as error:
            failures.append((task, Made(code, message=str(error))))
            continue
        tasks.append(task)
    if not patterns:
        tasks.append(_summary_task(project, round_, store, list(codes), shared, formats))
    by_code = {task.code: task for task in (*tasks, *(task for task, _ in failures))}
    todo = [t for t in tasks if not manifest.is_current(t)]
    if only_failed:
        todo = [t for t in todo if manifest.entries.get(t.code, {}).get("state") == "failed"]
    progress.planned(round_.id, len(todo))
    counts = {code: _counts(store, [code]) for code in codes}
    for task, made in failures:
        manifest.record(task, made, {})
    try:
        for made in run_batch(todo, jobs, progress.started):
            task = by_code[made.code]
            manifest.record(task, made, counts.get(made.code, {}))
            manifest.entries[made.code]["ours"] = made.ours
            if not made.failed:
                outcome.built.append(made.code)
            progress.ended(task, made)
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


def _region_task(project: Project, round_: Round, region: Region, digest: str, shared: str,
                 formats: tuple[str, ...]) -> Task:  # fmt: skip
    notebook = project.notebooks / REGION_REPORT
    parameters = {"round_id": round_.id, "region_code": region.code, "language": LANGUAGE}
    key = _key(shared, notebook, digest, parameters)
    target = project.reports(round_.id) / f"{region.code}-{region.name}"
    return Task(region.code, region.name, notebook, parameters, digest, project.root, target, formats, key)


def _summary_task(project: Project, round_: Round, store: Store, codes: list[str], shared: str,
                  formats: tuple[str, ...]) -> Task:  # fmt: skip
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
    return sha256("\n".join([tree_digest(project.root, files), tree_digest(PACKAGE, code), font_digest(),
                             *libraries]).encode())  # fmt: skip


def _key(shared: str, notebook: Path, digest: str, parameters: dict[str, str]) -> str:
    return sha256("\n".join([shared, sha256(notebook.read_bytes()), digest, repr(parameters)]).encode())


def _counts(store: Store, codes: list[str]) -> dict[str, object]:
    counts = tally(store.slice(codes[0]).evaluations)
    return {"all": counts.all, "met": counts.met, "not_met": counts.not_met, "no_data": counts.no_data,
            "pending": counts.pending, "attainment": counts.attainment, "assessability": counts.assessability}  # fmt: skip
