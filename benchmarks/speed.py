"""What a report costs: `python benchmarks/speed.py plain|floor|growth|idle|changes` (README.md says what each is)."""

import importlib.util
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from measure import BIN, ROOT, Cost, measure
from places import ROUND, new_place, regions, run

MANY = ["**"]
TURNS = 3  # of each loop and of the floor, each between reports of ours: a machine's speed drifts within minutes
PROCESSORS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
PDF = ("--format", "pdf")  # what all measures make: the other formats have no counterpart in the loop or the floor

Other = TypeVar("Other")


def plain(folder: Path) -> None:
    """The loop that a user would write: papermill and nbconvert, region by region, against `endline run`."""
    place = new_place(folder)
    run(place, "run", ROUND, "--dry-run")  # both find the figures observed and evaluated
    routes = {"html": ["--to", "html"]}
    if shutil.which("xelatex"):
        routes["pdf (xelatex)"] = ["--to", "pdf"]
    else:
        print("no xelatex here: --to pdf is not measured")
    if importlib.util.find_spec("playwright"):
        routes["webpdf"] = ["--to", "webpdf"]
    else:
        print("no Playwright here: --to webpdf is not measured")
    for name, options in routes.items():
        ours, theirs = in_turn(partial(made_by_us, place), partial(made_by_loop, place, name, options))
        compare(f"{name} / endline", [their / our for their, our in zip(theirs, ours, strict=True)])


def made_by_loop(place: Path, name: str, options: Sequence[str]) -> float:
    """Make a few banners' reports by a route of nbconvert's and return the CPU seconds of one."""
    papermill = (BIN / "papermill", "-k", "python3", "--no-progress-bar")
    notebook = place / "notebooks" / "region-report.ipynb"
    banners = [code for code in codes_of(place) if not code.endswith("00")]
    sample = banners[:: len(banners) // (2 * PROCESSORS) + 1]

    def loop(codes: Sequence[str]) -> list[Cost]:
        costs = []
        for code in codes:
            given = place / f"{code}.yaml"
            given.write_text(json.dumps({"round_id": ROUND, "region_code": code, "language": "zh"}))
            done = place / f"{code}.ipynb"
            costs.append(measure(*papermill, "--cwd", place, "-f", given, notebook, done, cwd=place))
            costs.append(measure(BIN / "jupyter", "nbconvert", *options, done.name, cwd=place))
        return costs

    total = added([each for one in side_by_side(loop, sample) for each in one])
    show(f"papermill + nbconvert --to {name}, {len(sample)} reports", total, len(sample))
    return total.cpu / len(sample)


def floor(folder: Path) -> None:
    """The same report code as plain Python in warm processes, plus the PDF."""
    place = new_place(folder)
    run(place, "run", ROUND, "--dry-run")
    ours, bare = in_turn(partial(made_by_us, place), partial(made_barely, place))
    compare("endline / floor", [our / each for our, each in zip(ours, bare, strict=True)])
    made = len(codes_of(place))
    few = made_by_us(place, PROCESSORS) * PROCESSORS
    # the floor's processes are warm when it begins: libraries, fonts and plan are behind it
    further = [(our * made - few) / (made - PROCESSORS) for our in ours]
    compare("endline, one more report / floor", [our / each for our, each in zip(further, bare, strict=True)])


def made_barely(place: Path) -> float:
    """Make the reports that there are without notebooks and return the CPU seconds of one."""

    def share(codes: Sequence[str]) -> dict[str, float]:
        cost = measure(sys.executable, ROOT / "benchmarks" / "floor.py", ROUND, *codes, cwd=place)
        return dict(json.loads(cost.out.splitlines()[-1]))

    bare = side_by_side(share, codes_of(place))
    made = sum(each["reports"] for each in bare)
    cpu = sum(each["cpu"] * each["reports"] for each in bare) / made
    print(f"floor, {made} PDFs in {PROCESSORS} processes: {cpu:.3f} s CPU a report", flush=True)
    return cpu


def side_by_side(make: Callable[[Sequence[str]], Other], codes: Sequence[str]) -> list[Other]:
    """Deal regions out to as many makers as there are processors, and return what comes of each.

    A run keeps all processors at work as well; alone on the machine the same work costs another amount of CPU.
    """
    with ThreadPoolExecutor(PROCESSORS) as pool:
        return list(pool.map(make, [codes[first::PROCESSORS] for first in range(PROCESSORS)]))


def codes_of(place: Path) -> list[str]:
    """Return the codes of the regions whose reports are there."""
    return sorted(path.name[:6] for path in (place / "reports" / ROUND).glob("[0-9]*.pdf"))


def growth(folder: Path, *sizes: str) -> None:
    """Ever more regions: CPU a report and the parent's memory must not grow; the first size again shows the drift."""
    first = None
    for size in map(int, sizes or ("116", "15", "1160", "2900", "116")):
        place = folder / str(size)
        if size <= 116:
            new_place(place)
            chosen = regions("**") if size == 116 else regions("150000", "150000/*", "150102", "150103")
        else:
            new_place(place, size)
            chosen = regions("**")
        dry = run(place, "run", ROUND, "--dry-run", *chosen)
        cost = run(place, "run", ROUND, *PDF, *chosen)
        made = len(list((place / "reports" / ROUND).glob("[0-9]*.pdf")))
        show(f"{made} reports: observe, evaluate", dry, made)
        show(f"{made} reports", cost, made)
        first = first or (cost, made)
        shutil.rmtree(place)
        each = cost.cpu / made / (first[0].cpu / first[1])
        memory = cost.own_peak / first[0].own_peak
        print(f"ratio to {first[1]}: CPU a report {each:.3f}, peak memory of the parent {memory:.3f}")


def idle(folder: Path) -> None:
    """Nothing to do: 116 reports that are there."""
    place = new_place(folder)
    first = run(place, "run", ROUND, *PDF, *regions(*MANY))
    show("116 reports", first, 116)
    runs = sorted((run(place, "run", ROUND, *PDF, *regions(*MANY)) for _ in range(5)), key=lambda cost: cost.wall)
    show("nothing to do (median of 5)", runs[2], 1)
    print(f"ratio of wall time to the first run: {runs[2].wall / first.wall:.4f}")


def changes(folder: Path) -> None:
    """One banner's note changed, one banner's figure changed; the figures lie in plain tables."""
    place = new_place(folder, changed=lambda said: said["workbooks"].update(datasets={}))
    first = run(place, "run", ROUND, *PDF, *regions(*MANY))
    show("116 reports", first, 116)
    notes = place / "params" / "rounds" / ROUND / "notes"
    notes.mkdir(parents=True)
    (notes / "152502.yaml").write_text("targets: {women-2011-2020:2a: {reason: 说明}}\n", encoding="utf-8")
    told("one banner's note", run(place, "run", ROUND, *PDF, *regions(*MANY)), first)
    path = place / "data" / "raw" / "simulated" / "2016" / "form41.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    column = header.split(",").index("haemoglobin_below_80")
    number = next(n for n, row in enumerate(rows) if row.split(",")[0].strip('"') == "152502")
    cells = rows[number].split(",")
    cells[column] = str(int(cells[column]) + 1)
    rows[number] = ",".join(cells)
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    told("one banner's figure", run(place, "run", ROUND, *PDF, *regions(*MANY)), first)


def told(what: str, cost: Cost, first: Cost) -> None:
    """Print what a change cost and what `endline run` said of it."""
    show(f"{what} changed", cost, 1)
    print("\n".join(line for line in cost.out.splitlines() if "rebuilt" in line or "built," in line))
    print(f"ratio of CPU to the first run: {cost.cpu / first.cpu:.3f}")


def made_by_us(place: Path, few: int = 0) -> float:
    """Make all reports, or a few, and return the CPU seconds of one."""
    chosen = codes_of(place)[1 : 1 + few] or MANY
    shutil.rmtree(place / "reports", ignore_errors=True)
    cost = run(place, "run", ROUND, *PDF, *regions(*chosen))
    made = len(list((place / "reports" / ROUND).glob("[0-9]*.pdf")))
    show(f"endline run, {made} PDFs", cost, made)
    return cost.cpu / made


def in_turn(ours: Callable[[], float], theirs: Callable[[], Other]) -> tuple[list[float], list[Other]]:
    """Measure both sides in turn: the means of ours before and after each of theirs, and theirs."""
    own, others = [ours()], []
    for _ in range(TURNS):
        others.append(theirs())
        own.append(ours())
    return [(before + after) / 2 for before, after in pairwise(own)], others


def compare(what: str, ratios: Sequence[float]) -> None:
    """Print the mean of the turns' ratios, and each: how far they differ is the drift of the machine."""
    told = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"ratio of CPU a report, {what}: {sum(ratios) / len(ratios):.2f} (turns: {told})")


def added(costs: list[Cost]) -> Cost:
    """Return several commands as one."""
    if wrong := [cost for cost in costs if cost.code]:
        sys.exit(f"exit code {wrong[0].code}: {wrong[0].out[-2000:]}")
    cpu, wall = sum(c.cpu for c in costs), sum(c.wall for c in costs)
    return Cost(cpu, wall, max(c.own_peak for c in costs), max(c.peak for c in costs), 0, "")


def show(what: str, cost: Cost, reports: int) -> None:
    """Print a line of a cost."""
    each = f" ({cost.cpu / reports:.3f} a report)" if reports > 1 else ""
    peaks = f"peak memory {cost.own_peak:.0f} MiB itself, {cost.peak:.0f} MiB any one process"
    print(f"{what}: CPU {cost.cpu:.2f} s{each}, wall {cost.wall:.2f} s, {peaks}", flush=True)


MEASURES: dict[str, Callable[..., None]] = {
    "plain": plain, "floor": floor, "growth": growth, "idle": idle, "changes": changes,
}  # fmt: skip

if __name__ == "__main__":
    if sys.argv[1:2] == [] or sys.argv[1] not in MEASURES:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="endline-bench-") as name:
        MEASURES[sys.argv[1]](Path(name).resolve() / "place", *sys.argv[2:])
