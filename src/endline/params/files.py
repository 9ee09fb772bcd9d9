"""Which files hold parameters: those that every report of a round is made from, and all whose change counts."""

import os
from pathlib import Path

from endline.kept import Stamp, stamp
from endline.project import Project

NOTES = "notes"  # the folder of what regions wrote, beside a round
FIRST = "new"  # the folder of what first files begin as: no report is made from it
EVIDENCE = "evidence.yaml"  # the verdicts of persons, beside a round
Signature = tuple[tuple[str, Stamp], ...]
_OF_A_DATASET = ("SOURCE.yaml", "sources.csv", "regions.csv")


def shared_files(project: Project, round_id: str, dataset: str) -> dict[str, Path]:
    """Return, by path under the project's root, the files that every report of a round is made from."""
    rounds = project.params / "rounds"
    files = [path for path in _parameters(project.params) if rounds not in path.parents]
    files += [rounds / f"{round_id}.yaml", *described(project.raw(dataset))]
    return {path.relative_to(project.root).as_posix(): path for path in files}


def signature(project: Project) -> Signature:
    """Return what changes when a parameter changes; a folder of notes stands for what is in it, which is read alone."""
    datasets = [path for folder in sorted(project.raw("").glob("*/")) for path in described(folder)]
    return tuple((str(path), stamp(path)) for path in (*_parameters(project.params), *datasets))


def _parameters(top: Path) -> list[Path]:
    """Return the files below `top`, and the folders of notes instead of the thousands that may be in them."""
    found = []
    for folder, inner, names in os.walk(top):
        here = Path(folder)
        found += [here / name for name in names if is_parameter(name)]
        inner[:] = filter(is_parameter, inner)
        if here == top and FIRST in inner:
            inner.remove(FIRST)
        if NOTES in inner and here.parent == top / "rounds":
            inner.remove(NOTES)
            found.append(here / NOTES)
    return sorted(found)


def is_parameter(name: str) -> bool:
    """Tell what holds parameters from what an editor leaves beside it."""
    return not name.startswith(".") and not name.endswith("~")


def described(folder: Path) -> list[Path]:
    """Return the files that say of a dataset what it is, not what was reported."""
    return [path for name in _OF_A_DATASET if (path := folder / name).is_file()]
