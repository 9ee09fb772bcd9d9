"""Tasks run side by side; what goes wrong in one stays there."""

from pathlib import Path

from endline.pipeline.batch import run_batch
from endline.pipeline.notebooks import REGION_REPORT
from endline.pipeline.task import Task

NOTEBOOK = Path(__file__).parents[3] / "notebooks" / REGION_REPORT


def task(code: str, root: Path, **parameters: str) -> Task:
    given = {"round_id": "r", "region_code": code, "language": "zh"} | parameters
    return Task(code, code, NOTEBOOK, given, "digest", root, root / code, ("pdf",), "key")


def test_every_task_has_a_result_and_a_refused_one_says_why(tmp_path: Path) -> None:
    tasks = [task("150100", tmp_path, extra="1"), task("150200", tmp_path, regin="2")]
    started: list[str] = []
    made = {m.code: m for m in run_batch(tasks, 2, lambda t: started.append(t.code))}
    assert sorted(started) == ["150100", "150200"]
    assert "unknown parameter 'extra'" in made["150100"].message
    assert "unknown parameter 'regin'" in made["150200"].message
    assert not list(tmp_path.iterdir())


def test_a_failing_cell_is_named_and_its_notebook_kept_as_evidence(tmp_path: Path) -> None:
    """The root has no params/: the load cell fails, the executed notebook says where."""
    (made,) = run_batch([task("150100", tmp_path)], 1, lambda t: None)
    assert made.cell == "region-report.ipynb#load"
    assert "EndlineError" in made.message
    assert [p.name for p in tmp_path.iterdir()] == ["150100.failed.ipynb"]
    assert '"output_type": "error"' in (tmp_path / "150100.failed.ipynb").read_text(encoding="utf-8")
