"""The page of a round, beside the reports that it lists."""

from collections.abc import Iterable

from endline.files import atomic_write, sha256
from endline.model import Dataset, Level, Round
from endline.params import Params
from endline.pipeline.manifest import Manifest
from endline.pipeline.plan import Plan
from endline.project import Project
from endline.regions import Regions
from endline.store import Store
from endline.wording import Wording

NAME = "index.html"
# Smaller places than these have counts from which a person could be told; of real data they are not for the public.
PUBLIC: tuple[Level, ...] = ("nation", "province")
_NAMED = 3


def make_page(project: Project, params: Params, round_: Round, store: Store, manifest: Manifest) -> str:
    """Write the page of all reports that are there and current; where none may be, remove it and return why.

    It names the `run.json` that it was made from, and is made anew when that is another.
    """
    path, register = manifest.folder / NAME, params.regions(round_.dataset)
    codes = sorted(manifest.entries.keys() & register.keys())
    if small := _too_small(params.dataset(round_.dataset), register, codes, store):
        path.unlink(missing_ok=True)
        say = Wording(params.wording("zh"))
        return say.say("site.refused", names=say.names([register[code].name for code in small]))
    mark = f"endline run.json sha256 {sha256(manifest.path.read_bytes())}" if manifest.path.is_file() else ""
    if mark and path.is_file() and mark.encode() in path.read_bytes()[:2000]:
        return ""
    own = register.match_all(round_.regions, store.codes(), f"params/rounds/{round_.id}.yaml: regions")
    plans = (Plan(project, params, round_, store, some, (), "warm") for some in (codes, own))
    tasks = {task.report: (plan, task) for plan in plans for task in plan.tasks(of_round=True)}
    current = [code for code, (plan, task) in tasks.items() if not manifest.why(task, plan.sources(task))]
    if not any(code in register for code in current):
        path.unlink(missing_ok=True)
        return ""
    from endline.webpage import render

    files = {code: list(manifest.entries[code]["files"]) for code in current}
    atomic_write(path, render(params, store, round_, files, manifest.folder, mark))
    return ""


def _too_small(dataset: Dataset, register: Regions, codes: Iterable[str], store: Store) -> list[str]:
    """Return the first of the regions whose real figures must not stand on a page."""
    if dataset.simulated:
        return []
    observed = set(store.codes())
    return [code for code in codes if code in observed and register[code].level not in PUBLIC][:_NAMED]
