"""Tasks for tests, in a project that has only its notebooks."""

import shutil
from pathlib import Path

from endline.pipeline.notebooks import REGION_REPORT
from endline.pipeline.task import Task

NOTEBOOKS = Path(__file__).parents[3] / "notebooks"


def bare_project(root: Path) -> Path:
    """Return a root with the notebooks and nothing else."""
    shutil.copytree(NOTEBOOKS, root / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return root


def task(root: Path, code: str = "150100", name: str = "呼和浩特市", **parameters: str) -> Task:
    """Return a region's task; `parameters` are given on top of its own."""
    given = {"round_id": "r", "region_code": code, "language": "zh"} | parameters
    return Task(code, name, REGION_REPORT, given, "digest", "key", root, ("pdf",))
