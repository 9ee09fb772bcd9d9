"""Run the program as a user does: a project folder of its own, the command line, the files it leaves."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pypdf

ROOT = Path(__file__).parents[1]


def new_project(folder: Path) -> Path:
    """Return a project with the shipped parameters, notebooks and published figures, nothing derived."""
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for name in ("published", "district-2024"):
        shutil.copytree(ROOT / "data" / "raw" / name, folder / "data" / "raw" / name)
    for dataset in ("simulated", "simulated-faulty", "simulated-2025"):
        (folder / "data" / "raw" / dataset).mkdir()
        shutil.copy(ROOT / "data" / "raw" / dataset / "SOURCE.yaml", folder / "data" / "raw" / dataset)
    return folder


def as_tables(project: Path) -> None:
    """Let the simulated figures be plain tables in a project: the same figures, one row a county, easily changed."""
    path = project / "params" / "simulation.yaml"
    head, _, _ = path.read_text(encoding="utf-8").partition("\n  datasets:")
    path.write_text(f"{head}\n  datasets: {{}}\n", encoding="utf-8")


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def endline(project: Path, *arguments: str, stdin: str = "", **environ: str) -> Ran:
    """Run `endline` in a project's folder, with `environ` added to the environment."""
    environment = {k: v for k, v in os.environ.items() if k != "ENDLINE_ROOT"} | environ
    command = [sys.executable, "-m", "endline.cli", *arguments]
    done = subprocess.run(
        command, cwd=project, env=environment, input=stdin, capture_output=True, text=True, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def processes_of(project: Path) -> list[str]:
    """Return the commands of the processes that a run in a project has started and that are still there."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("ENDLINE_ROOT") == str(project.resolve()):
                found.append(" ".join(process.cmdline()))
    return found


def manifest(project: Path, round_id: str) -> dict[str, Any]:
    """Return the entries of a round's run.json."""
    path = project / "reports" / round_id / "run.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))["reports"])


def pages_of(pdf: Path) -> list[str]:
    """Return the text of each page, without white space."""
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(pdf).pages]


def text_of(pdf: Path) -> str:
    """Return a PDF's text without white space."""
    return "".join(pages_of(pdf))


def replace(path: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file; fail when it does not."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
