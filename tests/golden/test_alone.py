"""A notebook opened by itself in a fresh clone works: it observes, evaluates and, where they are absent, simulates."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from runs import new_project


@pytest.mark.parametrize(
    ("notebook", "told"),
    [
        ("region-report.ipynb", "孕产妇死亡率"),
        ("round-summary.ipynb", "各地区计数"),
        ("data-quality.ipynb", "各地区的数据质量"),
    ],
)
def test_run_all_cells_from_the_notebooks_folder_then_export(notebook: str, told: str, tmp_path: Path) -> None:
    project = new_project(tmp_path)
    command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--inplace", notebook]
    subprocess.run(command, cwd=project / "notebooks", check=True, capture_output=True)
    executed = nbformat.read(project / "notebooks" / notebook, as_version=4)
    shown = "".join(o.data.get("text/markdown", "") for c in executed.cells for o in c.get("outputs", ()))
    assert told in shown.replace("\\", "")
    command = [sys.executable, "-m", "nbconvert", "--to", "endline-pdf", notebook]
    subprocess.run(command, cwd=project / "notebooks", check=True, capture_output=True)
    assert (project / "notebooks" / notebook).with_suffix(".pdf").read_bytes().startswith(b"%PDF-")


def test_a_notebook_that_was_not_run_is_refused_with_what_to_do(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    command = [sys.executable, "-m", "nbconvert", "--to", "endline-pdf", "region-report.ipynb"]
    done = subprocess.run(command, cwd=project / "notebooks", check=False, capture_output=True, text=True)
    assert done.returncode
    assert "run all cells first" in done.stderr
    assert not list((project / "notebooks").glob("*.pdf"))
