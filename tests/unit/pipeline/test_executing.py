"""Papermill with our engine and with its own: the same notebook, but for what is cleaned."""

from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import DeadKernelError
from papermill import PapermillExecutionError, execute_notebook

from endline.pipeline.executing import ENGINE, CleanEngine
from endline.pipeline.notebooks import cleaned

SHOWS = [
    "from IPython.display import HTML, clear_output, display\ndisplay(HTML('<b>甲</b>'), metadata={'a': {'b': [1]}})",
    "shown = display('before', display_id='one')",
    "shown.update('after')",
    "display('gone')\nclear_output(wait=True)\ndisplay('stays')\ndisplay('too')",
    "print('said')\ndisplay({'text/plain': 'raw', 'application/json': {'a': [1, None]}}, raw=True)\n1 + 1",
    "display()",
]


def executed(tmp_path: Path, engine: str | None, *cells: str) -> nbformat.NotebookNode:
    given = nbformat.v4.new_notebook()
    given.cells = [nbformat.v4.new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(cells)]
    nbformat.write(given, tmp_path / "given.ipynb")
    made = tmp_path / f"{engine}.ipynb"
    execute_notebook(
        tmp_path / "given.ipynb", made, engine_name=engine, kernel_name="python3", progress_bar=False, cwd=tmp_path
    )
    return nbformat.read(made, as_version=4)


def test_a_notebook_holds_what_papermill_would_have_put_there(tmp_path: Path) -> None:
    ours, theirs = executed(tmp_path, ENGINE, *SHOWS), cleaned(executed(tmp_path, None, *SHOWS))
    assert ours == theirs
    texts = [[o.get("data", o).get("text/plain", o.get("text")) for o in cell.outputs] for cell in ours.cells]
    assert texts[1:] == [["'after'"], [], ["'stays'", "'too'"], ["said\n", "raw", "2"], []]


@pytest.mark.parametrize(
    "cell",
    [
        "display({'text/plain': 5}, raw=True)",
        "display({'text/plain': 'a'}, raw=True, display_id='x')\n"
        "display({'text/plain': 5}, raw=True, display_id='x', update=True)",
    ],
    ids=["new", "update"],
)
def test_what_no_notebook_may_hold_is_refused(tmp_path: Path, cell: str) -> None:
    with pytest.raises(nbformat.ValidationError, match="5 is not valid"):
        executed(tmp_path, ENGINE, cell)


def test_a_notebook_that_is_none_is_refused_before_it_runs(tmp_path: Path) -> None:
    none = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("open('ran', 'w').close()")])
    none.cells[0].source = 5
    with pytest.raises(nbformat.ValidationError, match="5 is not valid"):
        CleanEngine.execute_notebook(none, "python3", start_timeout=60, cwd=str(tmp_path))
    assert not (tmp_path / "ran").exists()


def test_a_failed_cell_is_told_as_papermill_tells_it(tmp_path: Path) -> None:
    with pytest.raises(PapermillExecutionError, match="ValueError: 甲"):
        executed(tmp_path, ENGINE, "raise ValueError('甲')", "never = 1")
    failed = nbformat.read(tmp_path / f"{ENGINE}.ipynb", as_version=4)
    assert [cell.execution_count for cell in failed.cells if cell.id == "cell-1"] == [None]


def test_a_notebook_that_shows_much_at_once_shows_all_in_order(tmp_path: Path) -> None:
    made = executed(tmp_path, ENGINE, "for n in range(350):\n    display({'text/plain': str(n)}, raw=True)", "1 + 1")
    assert [output.data["text/plain"] for output in made.cells[0].outputs] == [str(n) for n in range(350)]
    assert made.cells[1].outputs[0].data["text/plain"] == "2"


def test_a_notebook_that_asks_gets_no_answer(tmp_path: Path) -> None:
    with pytest.raises(PapermillExecutionError, match="StdinNotImplementedError"):
        executed(tmp_path, ENGINE, "input('?')")


def test_a_kernel_that_ends_is_missed_without_its_heartbeat(tmp_path: Path) -> None:
    with pytest.raises(DeadKernelError):
        executed(tmp_path, ENGINE, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
