"""The pages of a round, one a language, beside the reports that they list."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from endline.files import atomic_write, sha256
from endline.model import Dataset, Level, Round, suffix_of
from endline.params import Params
from endline.pipeline.apart import run_apart
from endline.pipeline.manifest import Manifest
from endline.pipeline.plan import Plan
from endline.project import Project
from endline.regions import Regions
from endline.store import Store
from endline.translated import in_language
from endline.wording import Wording

NAME = "index.html"
# Smaller places than these have counts from which a person could be told; of real data they are not for the public.
PUBLIC: tuple[Level, ...] = ("nation", "province")
Listed: TypeAlias = dict[str, list[str]]  # names of files by region, those of the whole round by its id
_NAMED = 3


def make_page(project: Project, params: Params, round_: Round, store: Store, manifest: Manifest) -> str:
    """Write the page of each language with reports that are there and current; where none may be, return why.

    Pages name the `run.json` that they were made from, and are made anew when that is another; any other is removed.
    """
    folder, register = manifest.folder, params.regions(round_.dataset)
    codes = sorted({report.partition(".")[0] for report in manifest.entries} & register.keys())
    if small := _too_small(params.dataset(round_.dataset), register, codes, store):
        _keep(manifest, ())
        return _refused(params, round_, small)
    mark = f"endline run.json sha256 {sha256(manifest.path.read_bytes())}" if manifest.path.is_file() else ""
    names = _names(round_)
    if mark and all(_is_of(folder / name, mark) for name in names.values()):
        return ""
    own = register.match_all(round_.regions, store.codes(), f"params/rounds/{round_.id}.yaml: regions")
    plans = (Plan(project, params, round_, store, some, (), "warm") for some in (codes, own))
    tasks = {task.report: (plan, task) for plan in plans for task in plan.tasks(of_round=True)}
    files: dict[str, Listed] = {language: {} for language in round_.languages}
    for report, (plan, task) in tasks.items():
        if not manifest.why(task, plan.sources(task)):
            files[plan.parted(report)[1]][task.code] = list(manifest.entries[report]["files"])
    files = {language: found for language, found in files.items() if found.keys() & register.keys()}
    _keep(manifest, [names[language] for language in files])
    if files:
        run_apart(_write, project, round_.id, store.path, folder, files, mark)
    return ""


def _write(project: Project, round_id: str, store: Path, folder: Path, files: Mapping[str, Listed], mark: str) -> None:
    from endline.webpage import Reports, render

    params, reports = Params.of(project), Reports(folder, files, mark)
    names = _names(params.round(round_id))
    for language in files:
        atomic_write(folder / names[language], render(params, Store(store), round_id, reports, language))


def pages_of(folder: Path, round_: Round) -> list[str]:
    """Return the names of a round's pages that are there."""
    return [name for name in _names(round_).values() if (folder / name).is_file()]


def _names(round_: Round) -> dict[str, str]:
    return {language: f"index{suffix_of(language)}.html" for language in round_.languages}


def _keep(manifest: Manifest, names: Collection[str]) -> None:
    """Remove the pages that have none of these names."""
    for path in (manifest.folder / NAME, *manifest.folder.glob("index.??.html")):
        if path.name not in names:
            path.unlink(missing_ok=True)


def _is_of(path: Path, mark: str) -> bool:
    with suppress(OSError), path.open("rb") as page:
        return mark.encode() in page.read(2000)
    return False


def _refused(params: Params, round_: Round, codes: Iterable[str]) -> str:
    """Return, in each language of the round, that it has no page because of these regions."""
    told = []
    for language in round_.languages:
        say, register = Wording(params.wording(language)), in_language(params, language).regions(round_.dataset)
        told.append(say.say("site.refused", names=say.names([register[code].name for code in codes])))
    return "\n".join(told)


def _too_small(dataset: Dataset, register: Regions, codes: Iterable[str], store: Store) -> list[str]:
    """Return the first of the regions whose real figures must not stand on a page."""
    if dataset.simulated:
        return []
    observed = set(store.codes())
    return [code for code in codes if code in observed and register[code].level not in PUBLIC][:_NAMED]
