"""What `endline new` says: what was written, what is to be filled in, what comes next; one line where it refuses."""

from pathlib import Path

import pytest

from builders import project
from runs import endline
from stores import modules_after


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("commands")).root


def test_a_plan_says_what_is_to_be_filled_in_and_is_never_replaced(copied: Path) -> None:
    ran = endline(copied, "new", "plan", "our-plan", "--years", "2021-2025")
    assert (ran.code, ran.out.splitlines()) == (
        0,
        [
            "params/outlines/our-plan.yaml: written; to fill in: title, short, publisher, source",
            "next: its targets, then endline new round ROUND --dataset NAME --outline our-plan --region CODE",
        ],
    )
    path = copied / "params/outlines/our-plan.yaml"
    path.write_text("mine", encoding="utf-8")
    again = endline(copied, "new", "plan", "our-plan")
    assert again.code == 2
    assert again.err == (
        "endline: params/outlines/our-plan.yaml: is there already and stays as it is; edit it, or choose another id\n"
    )
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_round_on_figures_that_are_there_can_be_run_next(copied: Path) -> None:
    ran = endline(copied, "new", "round", "again", "--dataset", "published", "--from", "published-2020")
    assert ran.out.splitlines() == [
        "params/rounds/again.yaml: written; to fill in: title, issued",
        "next: endline run again",
    ]


def test_the_command_line_loads_nothing_for_them_until_they_are_asked_for() -> None:
    loaded = {name for name in modules_after("import endline.cli") if name.startswith("endline.new.")}
    assert loaded == {"endline.new.commands"}
