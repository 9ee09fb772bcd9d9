"""The charts of the page: which indicators, and what is drawn of few events, bounds, breaks and missing years."""

import math
import re

import pytest

from builders import shipped_params
from endline.webpage.charts import Point, _paths, main_targets

YEARS = range(2010, 2021)


def point(year: int, value: float, bound: str = "", events: float | None = 50) -> Point:
    return Point(year, value, "", bound, events)


def places(path: str) -> list[float]:
    return [float(x) for x in re.findall(r"[ML]([\d.]+) ", path)]


@pytest.mark.parametrize(
    ("round_id", "names"),
    [
        ("published-2020", ["mmr", "imr"]),
        ("published-2025-midterm", ["mmr", "imr"]),
        ("inner-mongolia-2025-simulated", ["mmr", "imr"]),
        ("nanchang-2019-tasks", []),
    ],
)
def test_the_main_indicators_are_those_of_the_method_that_targets_measure(round_id: str, names: list[str]) -> None:
    params = shipped_params()
    targets = [target for outline in params.round(round_id).outlines for target in params.outline(outline).targets]
    main = main_targets(params.method.gap_indicators.value, targets)
    assert [target.measures[number].indicator for target, number in main] == names
    assert all(target.stratum == "total" for target, _ in main)
    other = main_targets(["c3sm_rate", "mmr", "imr"], targets)
    assert [target.measures[n].indicator for target, n in other][:1] == (["c3sm_rate"] if names else [])


def test_a_line_stops_at_a_missing_year_and_at_a_break() -> None:
    points = [point(year, 10.0 + year % 3) for year in YEARS if year != 2013]
    paths = _paths(YEARS, math.nan, points, [], [2017])
    assert paths["line"].count("M") == 3
    assert paths["break"].count("M") == 1
    before, after = places(paths["line"])[5:7]
    assert before < float(paths["break"][1:].split()[0]) < after
    assert "goal" not in paths


def test_few_events_are_hollow_and_bounds_are_triangles() -> None:
    few, bound, plain = point(2010, 30.0, events=2), point(2011, 99.0, ">="), point(2012, 20.0)
    paths = _paths(YEARS, 25.0, [few, bound, plain], [few], [])
    assert places(paths["few"]) == places(paths["hole"]) == places(paths["line"])[:1]
    assert places(paths["dots"]) == places(paths["line"])[2:]
    assert paths["bound"].endswith("z")
    assert list(paths) == ["goal", "line", "dots", "bound", "few", "hole"]


def test_a_series_of_one_value_stands_within_the_chart() -> None:
    paths = _paths(YEARS, math.nan, [point(2020, 0.0)], [], [])
    x, y = map(float, re.findall(r"[\d.]+", paths["line"]))
    assert 0 < x < 120
    assert 0 < y < 42
