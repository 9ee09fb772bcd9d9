"""The trend as evidence beside the verdict: exact Mann–Kendall, adjusted over the region's own tests."""

import math
from typing import Any

import pytest
from scipy.stats import false_discovery_control

from builders import a_round, cases, evaluate_one, evaluated, observation, row_of, series, target

FALLING = "2016=10 2017=9 2018=8 2019=7 2020=6"  # five points in order: two-sided exact p = 2/5! = 1/60
WAVERING = "2016=10 2017=12 2018=9 2019=11 2020=10.5"


@cases(
    """
    history                                                              | n  | state          | p
    2016=10 2017=9 2018=8 2019=7 2020=6                                  | 5  | decrease       | 1/60
    2016=6 2017=7 2018=8 2019=9 2020=10                                  | 5  | increase       | 1/60
    2010=10 2012=9 2015=8 2019=7 2020=6                                  | 5  | decrease       | 1/60
    2010=9 2011=9 2012=9 2013=9 2014=9                                   | 5  | no_variation   | 1/1
    2017=9 2018=8 2019=7 2020=6                                          | 4  | too_few_points | —
    2016>=10 2017=9 2018=8 2019=7 2020=6                                 | 4  | too_few_points | —
    2009=11 2017=9 2018=8 2019=7 2020=6 2021=5                           | 4  | too_few_points | —
    2020=6                                                               | 1  | too_few_points | —
    2016=10 2017=9 2018=8 2019=7                                         | 4  | too_few_points | —
    """
)
def test_five_points_are_needed_and_bounds_and_other_years_are_none(
    history: str, n: int, state: str, p: str | None
) -> None:
    result = evaluate_one(history)
    assert (result.trend_n, result.trend_state) == (n, state)
    if p is None:
        assert all(math.isnan(result.__dict__[f"trend_{name}"]) for name in ("p", "p_adjusted", "S", "slope"))
        assert result.trend_m == 0
    else:
        over, under = p.split("/")
        assert result.trend_p == pytest.approx(int(over) / int(under))


def test_no_observation_no_trend() -> None:
    for rows in ([], series(FALLING, region_code="100000")):
        result = evaluate_one(rows)
        assert (result.trend_n, result.trend_state, result.trend_m) == (0, "too_few_points", 0)


def test_the_slope_is_per_calendar_year() -> None:
    assert evaluate_one("2010=10 2012=8 2014=6 2016=4 2018=2").trend_slope == pytest.approx(-1)


def test_no_trend_across_a_break_in_the_definition() -> None:
    rows = [
        *series("2014=10 2015=9 2016=8 2017=7 2018=6", definition="农村"),
        *series("2019=5 2020=4", definition="县"),
    ]
    result = evaluate_one(rows)
    assert (result.trend_state, result.trend_n) == ("definition_break", 7)
    assert math.isnan(result.trend_p)
    assert math.isnan(result.trend_slope)
    assert result.trend_m == 0, "a test that was not made is none of the family"
    assert evaluate_one([r for r in rows if r["definition"] == "农村"]).trend_state == "decrease"


def test_a_value_that_is_missing_makes_no_break() -> None:
    rows = [*series(FALLING), observation(None, year=2015, definition="other")]
    assert evaluate_one(rows).trend_state == "decrease"


def region_with(*histories: str) -> tuple[list[dict[str, Any]], list[Any]]:
    """A region with a series and a target for each history."""
    names = ("deaths", "infant", "coverage", "anaemia", "years")
    rows, aims = [], []
    for name, history in zip(names, histories, strict=False):
        rows += series(history, indicator_id=name)
        aims.append(target("<=", 50, id=name, indicator=name))
    return rows, aims


@cases(
    """
    others | m | adjusted | state
    0      | 1 | 1/60     | decrease
    1      | 2 | 2/60     | decrease
    2      | 3 | 3/60     | no_evidence
    3      | 4 | 4/60     | no_evidence
    """
)
def test_each_p_is_adjusted_over_the_regions_own_tests(others: int, m: int, adjusted: str, state: str) -> None:
    """Benjamini–Hochberg: the smallest of m p-values is multiplied by m; evidence needs adjusted P＜0.05."""
    rows, aims = region_with(FALLING, *[WAVERING] * others)
    result = row_of(evaluated(rows, aims).measures, indicator_id="deaths")
    over, under = adjusted.split("/")
    assert result.trend_m == m
    assert result.trend_p == pytest.approx(1 / 60)
    assert result.trend_p_adjusted == pytest.approx(int(over) / int(under))
    assert result.trend_state == state


def test_the_adjusted_p_is_benjamini_hochbergs() -> None:
    rows, aims = region_with(
        FALLING, "2016=10 2017=9 2018=8 2019=6 2020=7", WAVERING, "2015=1 2016=2 2017=3 2018=4 2019=5 2020=6"
    )
    measures = evaluated(rows, aims).measures
    assert measures["trend_p_adjusted"].tolist() == pytest.approx(false_discovery_control(measures["trend_p"]).tolist())


def test_other_regions_unused_series_and_refused_tests_are_none_of_the_family() -> None:
    rows, aims = region_with(FALLING, WAVERING, "2019=1 2020=2")
    more = [
        *series(WAVERING, region_code="100000"),
        *series(WAVERING, region_code="150102"),
        *series(WAVERING, indicator_id="years"),
        *series(WAVERING, stratum="urban"),
    ]
    table = evaluated([*rows, *more], aims, ["100000", "150000", "150102"]).measures
    assert row_of(table, region_code="150000", indicator_id="deaths").trend_m == 2
    assert row_of(table, region_code="100000", indicator_id="deaths").trend_m == 1


def test_a_series_that_two_targets_share_is_one_test() -> None:
    rows, aims = region_with(FALLING, WAVERING)
    table = evaluated(rows, [*aims, target("<=", 1, id="again")]).measures
    assert set(table["trend_m"]) == {2}


def test_a_target_that_does_not_apply_brings_no_test() -> None:
    rows, aims = region_with(FALLING, WAVERING, WAVERING)
    elsewhere = [aims[0], *(aim.model_copy(update={"applies_to": ("nation",)}) for aim in aims[1:])]
    assert row_of(evaluated(rows, elsewhere).measures, indicator_id="deaths").trend_m == 1


def test_the_trend_never_changes_the_verdict() -> None:
    assert evaluate_one(FALLING, target("<=", 5)).verdict == "not_met"
    assert evaluate_one("2016=6 2017=7 2018=8 2019=9 2020=10", target("<=", 10)).verdict == "met"


def test_the_trend_reads_the_rounds_years_only() -> None:
    result = evaluate_one(FALLING, round=a_round(baseline_year=2017, final_year=2020))
    assert (result.trend_n, result.trend_state) == (4, "too_few_points")
