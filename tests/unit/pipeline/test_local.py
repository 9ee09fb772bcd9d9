"""Tasks run side by side; what goes wrong in one stays there, and nothing is left behind."""

from pathlib import Path

from endline.pipeline.bounds import Bounds
from endline.pipeline.local import run_local
from endline.pipeline.task import Made, Task

from .tasks import bare_project, task


def run(tasks: list[Task], scratch: Path, jobs: int = 2) -> dict[str, Made]:
    scratch.mkdir()
    started: list[str] = []
    made = {
        one.code: what for one, what in run_local(tasks, jobs, Bounds(60), scratch, lambda t: started.append(t.code))
    }
    assert sorted(started) == sorted(made)
    assert {path.name for path in scratch.iterdir()} <= {"ipython"}  # shared by the run, and gone with its scratch
    return made


def test_every_task_has_a_result_and_a_refused_one_says_why(tmp_path: Path) -> None:
    root = bare_project(tmp_path / "p")
    made = run([task(root, "150100", extra="1"), task(root, "150200", regin="2")], tmp_path / "s")
    assert "unknown parameter 'extra'" in made["150100"].message
    assert "unknown parameter 'regin'" in made["150200"].message


def test_a_failing_cell_is_named_and_its_notebook_kept_as_evidence(tmp_path: Path) -> None:
    """The root has no params/: the load cell fails, the executed notebook says where."""
    made = run([task(bare_project(tmp_path / "p"))], tmp_path / "s")["150100"]
    assert made.cell == "region-report.ipynb#load"
    assert "EndlineError" in made.message
    assert not made.ours
    assert list(made.contents) == [".failed.ipynb"]
    assert '"output_type": "error"' in made.contents[".failed.ipynb"].decode()
