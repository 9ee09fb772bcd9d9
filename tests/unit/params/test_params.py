"""What was promised and decided: whatever is unknown or impossible is one line that says where."""

import datetime
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from builders import ROOT, edit, project, target
from endline.errors import ParameterError
from endline.params import Params
from endline.project import Project

ROUND = "rounds/published-2020.yaml"
WOMEN = "outlines/women-2011-2020.yaml"
WOMEN_IN_ENGLISH = "outlines/en/women-2011-2020.yaml"


def read_everything(params: Params) -> None:
    _ = params.round("published-2020"), params.method, params.indicators
    params.outline_names("women-2011-2020", "en")


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (ROUND, 'regions: ["100000", "150000"]', "regions: [100000, 150000]", ["regions.0", "found 100000"]),
        (ROUND, 'regions: ["100000", "150000"]', 'regions: ["100000", "159999"]', ["unknown region '159999'"]),
        (ROUND, 'regions: ["100000", "150000"]', 'regions: ["150000/x"]', ["'150000/x'"]),
        (ROUND, "[women-2011-2020,", "[women-2011-202O,", ["unknown outline", "did you mean 'women-2011-2020'"]),
        (ROUND, "dataset: published", "dataset: publisched", ["unknown dataset 'publisched'", "'published'"]),
        (ROUND, "edition: acceptance", "edition: acceptence", ["edition", "did you mean 'acceptance'"]),
        (ROUND, "kind: final", "kind: finel", ["kind", "did you mean 'final'"]),
        (ROUND, "default: true", "default: yes", ["default", "'yes'"]),
        (ROUND, "default: true", "defualt: true", ["unknown key 'defualt'", "did you mean 'default'"]),
        (ROUND, "final_year: 2020", "final_year: 02020", ["final_year", "'02020'"]),
        (ROUND, "final_year: 2020", "final_year: 2010", ["baseline_year 2010 must come before final_year 2010"]),
        (ROUND, "issued: 2026-11-21", "issued: 21.11.2026", ["issued", "'21.11.2026'"]),
        (ROUND, "id: published-2020", "id: published-2021", ["id", "'published-2020'", "'published-2021'"]),
        (ROUND, "baseline_year: 2010", "baseline_year: 2010\nbaseline_year: 2011", ["'baseline_year' stands twice"]),
        (ROUND, "baseline_year: 2010\n", "", ["baseline_year"]),
        (WOMEN, "indicator: women_screen_rate", "indicator: women_scren_rate", ["3a", "mean 'women_screen_rate'"]),
        (WOMEN, "indicator: mmr, unit", "indicator: 孕产妇死亡率, unit", ["did you mean 'mmr'"]),
        (WOMEN, "mmr, unit: 1/100000", "mmr, unit: 1/1000", ["2a", "'1/100000'", "'1/1000'"]),
        (WOMEN, 'operator: "<=", value: 20', 'operator: "≤", value: 20', ["operator", "'≤'"]),
        (WOMEN, 'operator: "<=", value: 20', 'operator: "<=", value: "20"', ["value", "'20'"]),
        (WOMEN, 'operator: "<=", value: 20', 'operator: "<=", value: 2_0', ["value", "'2_0'"]),
        (WOMEN, 'operator: "<=", value: 20', 'operator: "<=", valeu: 20', ["unknown key", "did you mean 'value'"]),
        (
            WOMEN_IN_ENGLISH,
            "妇女纲要:",
            "妇女刚要:",
            ["en/women-2011-2020.yaml", "mean '妇女纲要'"],
        ),
        (WOMEN_IN_ENGLISH, "妇女纲要: Women's outline", "妇女纲要: 1", ["妇女纲要", "found 1"]),
        (WOMEN, "id: 2a\n", "id: 1b\n", ["1b", "stands twice"]),
        (
            "method.yaml",
            "5\n  reason: 少于5个年度点",
            "five\n  reason: 少于5个年度点",
            ["minimum_trend_points", "'five'"],
        ),
        ("method.yaml", "alpha:", "alhpa:", ["unknown key 'alhpa'", "did you mean 'alpha'"]),
        ("indicators.yaml", "form41.mothers_managed", "form41.mothers_manged", ["unknown item", "mothers_managed'"]),
        ("indicators.yaml", "  name: 孕产妇死亡率\n", "  name: 孕产妇死亡率\n  name: x\n", ["'name' stands twice"]),
        ("regions.csv", "150102,新城区,banner,150100", "150102,新城区,banner,150199", ["150102", "'150199'"]),
    ],
)
def test_one_damaged_file_is_one_line_that_says_where(
    tmp_path: Path, name: str, old: str, new: str, told: list[str]
) -> None:
    copied = project(tmp_path)
    edit(copied.params / name, old, new)
    with pytest.raises(ParameterError) as caught:
        read_everything(Params(copied))
    message = str(caught.value)
    assert Path(name).name in message
    assert "\n" not in message
    for part in told:
        assert part in message


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (lambda p: p.round("published-202"), "unknown round 'published-202' (did you mean 'published-2020'?)"),
        (lambda p: p.outline("women-2011-202"), "did you mean 'women-2011-2020'"),
        (lambda p: p.wording("zn"), "unknown language 'zn'; known: ['en', 'zh']"),
        (lambda p: p.dataset("publishd"), "unknown dataset 'publishd' (did you mean 'published'?)"),
        (lambda p: p.round("../rounds/published-2020"), "published-2020"),
    ],
)
def test_an_unknown_name_comes_with_the_nearest_known_one(params: Params, asked: Any, told: str) -> None:
    with pytest.raises(ParameterError) as caught:
        asked(params)
    assert told in str(caught.value)


def test_every_shipped_parameter_is_valid(params: Params) -> None:
    assert params.round_ids
    for round_id in params.round_ids:
        assert params.round(round_id).issued > datetime.date(2020, 12, 31)
    for threshold in type(params.method).model_fields:
        assert getattr(params.method, threshold).reason, f"{threshold} has no reason"


def test_every_shipped_round_can_be_read_and_runs_by_default(params: Params) -> None:
    assert {"published-2020", "simulated-2020", "published-2025-midterm"} <= set(params.default_round_ids)
    for round_id in params.round_ids:
        assert params.round(round_id).default == (round_id in params.default_round_ids)


def test_a_round_that_cannot_be_read_still_runs_so_that_its_error_is_shown(tmp_path: Path) -> None:
    copied = project(tmp_path)
    edit(copied.params / ROUND, "default: true", "default: yes")
    assert "published-2020" in Params(copied).default_round_ids


def test_a_round_reads_baseline_to_final_year(params: Params) -> None:
    assert list(params.round("published-2020").years) == list(range(2010, 2021))


# the kinds of target, each with what it needs and no more

MEASURE = {"indicator": "deaths", "unit": "1/100000"}


@pytest.mark.parametrize(
    ("kind", "measure", "more"),
    [
        ("absolute", {"operator": "<="}, {}),
        ("absolute", {"operator": "decrease"}, {}),
        ("absolute", {"operator": "<=", "value": 5, "fraction": "2/3"}, {}),
        ("relative", {"operator": "<=", "value": 5}, {"baseline_year": 2010}),
        ("relative", {"operator": "<=", "fraction": "2/3"}, {}),
        ("directional", {"operator": "decrease"}, {}),
        ("directional", {"operator": "<=", "value": 5}, {"baseline_year": 2010}),
        ("directional", {"operator": "decrease", "value": 5}, {"baseline_year": 2010}),
        ("every_subunit", {"operator": "<=", "value": 5}, {}),
        ("absolute", {"operator": "<=", "value": 5}, {"subunit": "banner"}),
        ("absolute", {"operator": "=", "value": 5}, {}),
        ("absolute", {"operator": "＜", "value": 5}, {}),
        ("relative", {"operator": "<=", "fraction": "two thirds"}, {"baseline_year": 2010}),
        ("relative", {"operator": "<=", "fraction": "2/0"}, {"baseline_year": 2010}),
    ],
)
def test_a_target_that_does_not_say_what_it_demands_is_refused(
    kind: str, measure: dict[str, Any], more: dict[str, Any]
) -> None:
    with pytest.raises((ValidationError, ZeroDivisionError)):
        target(kind=kind, measures=(MEASURE | measure,), **more)


def test_a_target_without_measures_is_qualitative_or_refused() -> None:
    assert target(kind="qualitative").measures == ()
    with pytest.raises(ValidationError):
        target(kind="absolute", measures=())


def test_a_fraction_by_zero_is_a_parameter_error(tmp_path: Path) -> None:
    copied = project(tmp_path)
    edit(copied.params / "outlines/children-2011-2020.yaml", "fraction: 2/3", "fraction: 2/0")
    with pytest.raises(ParameterError, match=r"children-2011-2020\.yaml"):
        Params(copied).outline("children-2011-2020")


# read once, and again when a file changes


def test_the_same_parameters_are_given_for_as_long_as_no_file_changes(tmp_path: Path) -> None:
    copied = project(tmp_path)
    params = Params.of(copied)
    round_ = params.round("published-2020")
    assert Params.of(Project(tmp_path)) is params
    assert params.round("published-2020") is round_
    assert params.regions("published") is params.regions("published")
    assert params.wording("zh") is params.wording("zh")


@pytest.mark.parametrize(
    "name",
    [
        "params/wording/zh.yaml",
        "params/regions.csv",
        "params/rounds/published-2020.yaml",
        "params/rounds/published-2020/evidence.yaml",
        "data/raw/published/SOURCE.yaml",
        "data/raw/published/regions.csv",
        "data/raw/other/SOURCE.yaml",
        "params/outlines/new.yaml",
    ],
)
def test_a_file_that_changed_or_came_or_went_gives_new_parameters(tmp_path: Path, name: str) -> None:
    copied = project(tmp_path)
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    before = Params.of(copied)
    with path.open("a", encoding="utf-8") as stream:
        stream.write("\n")
    changed = Params.of(copied)
    assert changed is not before
    path.unlink()
    assert Params.of(copied) is not changed


@pytest.mark.parametrize("name", [".zh.yaml.swp", "zh.yaml~"])
def test_what_an_editor_leaves_is_no_parameter(tmp_path: Path, name: str) -> None:
    copied = project(tmp_path)
    before = Params.of(copied)
    (copied.params / "wording" / name).write_text("x", encoding="utf-8")
    assert Params.of(copied) is before
    assert not [path for path in before.shared_files(before.round("published-2020")) if path.endswith(name)]


def test_an_error_is_raised_until_it_is_mended(tmp_path: Path) -> None:
    copied = project(tmp_path)
    edit(copied.params / ROUND, "kind: final", "kind: finel")
    for _ in range(2):
        with pytest.raises(ParameterError, match="did you mean 'final'"):
            Params.of(copied).round("published-2020")
    edit(copied.params / ROUND, "kind: finel", "kind: final")
    assert Params.of(copied).round("published-2020").kind == "final"


def test_all_is_read_ahead_and_a_fault_is_left_to_whoever_asks(tmp_path: Path) -> None:
    copied = project(tmp_path)
    params = Params.of(copied)
    params.read_all()  # the simulated dataset is not there
    with pytest.raises(ParameterError, match="unknown dataset 'simulated'"):
        params.round("simulated-2020")


def test_what_is_read_ahead_is_all_that_the_reports_of_a_round_ask_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    params = Params.of(project(tmp_path))
    params.read_all()
    monkeypatch.setattr("endline.params.readers.read_yaml", None)  # from now on no file can be read
    round_ = params.round("published-2020")
    outlines = [params.outline(name) for name in (*round_.outlines, *round_.next_outlines)]
    assert len(outlines) == 4
    assert params.method.confidence.value == 0.95
    assert params.dataset(round_.dataset).id == "published"
    assert params.regions(round_.dataset)["150000"].name
    assert params.tiles(("150000",))


def test_the_files_of_every_report_are_all_but_what_belongs_to_other_rounds_or_to_one_region(tmp_path: Path) -> None:
    copied = project(tmp_path)
    beside = copied.params / "rounds" / "published-2020"
    (beside / "notes").mkdir(parents=True)
    (beside / "notes" / "150000.yaml").write_text("targets: {}\n", encoding="utf-8")
    (beside / "evidence.yaml").write_text('"150000": {}\n', encoding="utf-8")
    params = Params(copied)
    shared = params.shared_files(params.round("published-2020"))
    apart = ("rounds", "new")  # no report is made from first files
    shipped = {p.relative_to(ROOT).as_posix() for p in (ROOT / "params").rglob("*.*") if p.parent.name not in apart}
    own = {f"params/{ROUND}", "data/raw/published/SOURCE.yaml", "data/raw/published/sources.csv"}
    assert set(shared) == shipped | own
    assert all(path == tmp_path / name and path.is_file() for name, path in shared.items())


def test_reading_parameters_needs_none_of_the_heavy_libraries() -> None:
    heavy = "{'numpy', 'pandas', 'scipy', 'matplotlib'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", f"import sys, endline.params; assert not {heavy}, {heavy}"], check=True)
