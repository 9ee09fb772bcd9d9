"""Work in a process of its own is done, or tells why not; nothing of it is left."""

import operator
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from endline.errors import ParameterError
from endline.pipeline.apart import run_apart
from endline.pipeline.notebooks import check_notebook


def grandchildren() -> set[int]:
    """The processes below this one, but for the server that forks them and what watches it."""
    return {below.pid for child in psutil.Process().children() for below in child.children(recursive=True)}


def test_it_is_done_elsewhere(tmp_path: Path) -> None:
    before = Path.cwd()
    run_apart(os.chdir, str(tmp_path))
    run_apart(Path.touch, tmp_path / "made")
    assert (tmp_path / "made").is_file()
    assert Path.cwd() == before
    assert grandchildren() == set()


def test_a_refusal_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="region-report"):
        run_apart(check_notebook, tmp_path / "region-report.ipynb")


@pytest.mark.parametrize(
    ("work", "arguments", "told"),
    [(operator.truediv, (1, 0), "ZeroDivisionError: division by zero"), (os._exit, (3,), "exit code 3")],
)
def test_any_other_fault_is_told(work: object, arguments: tuple[int, ...], told: str) -> None:
    with pytest.raises(RuntimeError, match=told):
        run_apart(work, *arguments)  # type: ignore[arg-type]
    assert grandchildren() == set()


AT_HAND = """
import sys
from endline.pipeline.apart import have_at_hand, run_apart

have_at_hand(sys.argv[1:])
for name in ("papermill", "typst", "openpyxl"):
    run_apart(exec, f"import sys; print({name!r} in sys.modules, flush=True)")
"""


@pytest.mark.parametrize(("formats", "excel"), [(["pdf"], "False"), (["pdf", "csv", "xlsx"], "True")])
def test_what_no_format_needs_is_not_at_hand(formats: list[str], excel: str) -> None:
    run = subprocess.run([sys.executable, "-c", AT_HAND, *formats], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["True", "True", excel]
