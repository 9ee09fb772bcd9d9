"""What a run says with its exit code, and that one round's fault stays with it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from endline.pipeline import Outcome, Request, exit_code, run_rounds
from endline.pipeline import run as pipeline
from endline.project import Project
from runs import new_project
from stores import modules_after


class Silent:
    def planned(self, round_id: str, reasons: Mapping[str, str], count: int) -> None: ...

    def started(self, code: str, name: str) -> None: ...

    def ended(self, code: str) -> None: ...


def outcome(*states: str, error: str = "", ours: bool = False) -> Outcome:
    entries: dict[str, Any] = {str(n): {"state": s.split()[0], "ours": "ours" in s} for n, s in enumerate(states)}
    return Outcome("r", entries=entries, error=error, ours=ours)


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([outcome("made", "made")], 0),
        ([outcome("made", "failed")], 1),
        ([outcome("made"), outcome(error="unknown key")], 1),
        ([outcome("failed")], 2),
        ([outcome(error="unknown key")], 2),
        ([outcome("made", "failed ours")], 3),
        ([outcome("made"), outcome(error="bug", ours=True)], 3),
    ],
)
def test_the_exit_code(outcomes: list[Outcome], code: int) -> None:
    assert exit_code(outcomes) == code


def test_a_fault_of_ours_costs_its_round_and_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(pipeline.Store, "ensure", fail)
    (done,) = run_rounds(Project(new_project(tmp_path)), ["published-2020"], Request(), Silent())
    assert done.ours
    assert done.error.startswith("ZeroDivisionError: planted (test_run.py:")
    assert exit_code([done]) == 3


def test_a_run_that_finds_nothing_to_do_loads_what_makes_reports_as_little_as_tables() -> None:
    heavy = {"numpy", "pandas", "scipy", "matplotlib", "nbformat", "jupyter_client", "papermill", "typst"}
    assert not heavy & modules_after("import endline.cli, endline.pipeline")
