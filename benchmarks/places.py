"""Project folders to measure in: the shipped parameters and notebooks, simulated figures of any size."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from measure import BIN, ROOT, measure

ROUND = "simulated-2020"


def new_place(folder: Path, counties: int = 0, changed: Callable[[Any], None] | None = None) -> Path:
    """Return a project in `folder`; with `counties`, its round is over so many fictitious ones.

    `changed` may change what params/simulation.yaml says before the figures are simulated.
    """
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    raw = folder / "data" / "raw" / "simulated"
    raw.mkdir(parents=True)
    shutil.copy(ROOT / "data" / "raw" / "simulated" / "SOURCE.yaml", raw)
    for path in (folder / "params" / "rounds").glob("*.yaml"):
        if path.stem != ROUND:
            path.unlink()
    if changed:
        path = folder / "params" / "simulation.yaml"
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        changed(said)
        path.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), encoding="utf-8")
    options = ["--counties", str(counties)] if counties else []
    run(folder, "simulate", *options)
    if counties:
        path = folder / "params" / "rounds" / f"{ROUND}.yaml"
        text = path.read_text(encoding="utf-8")
        dataset = f"dataset: simulated-{counties}"
        regions = next(line for line in text.splitlines() if line.startswith("regions:"))
        text = text.replace("dataset: simulated", dataset).replace(regions, 'regions: ["**"]')
        path.write_text(text, encoding="utf-8")
    return folder


def run(place: Path, *words: str, code: int = 0):  # type: ignore[no-untyped-def]
    """Run `endline` in a place and return its cost; anything but the expected exit code ends the benchmark."""
    cost = measure(BIN / "endline", *words, cwd=place)
    if cost.code != code:
        sys.exit(f"endline {' '.join(words)}: exit code {cost.code}\n{cost.out[-3000:]}")
    return cost


def regions(*codes: str) -> list[str]:
    """Return the options that name regions."""
    return [word for code in codes for word in ("--region", code)]
