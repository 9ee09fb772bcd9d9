"""Observations as matrices: one row a series, one column a year, bounds as intervals."""

import math

import numpy as np
import pandas as pd

from builders import observation, observations, series
from endline.evaluation.panel import Panel, at

ROWS = [
    *series("2010=30 2012>=24 2020<=16.9"),
    *series("2011=5", region_code="100000", stratum="urban"),
    observation(None, year=2013, missing_reason="refused"),
    *series("2009=1 2021=1", region_code="110000"),
]
PANEL = Panel.of(observations(ROWS), range(2010, 2021))


def keys(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["region_code", "indicator_id", "stratum"])


def test_a_series_of_the_rounds_years_is_a_row() -> None:
    assert PANEL.value.shape == (2, 11)
    found = PANEL.find(
        keys(
            ("150000", "deaths", "total"),
            ("100000", "deaths", "urban"),
            ("100000", "deaths", "total"),
            ("110000", "deaths", "total"),
        )
    )
    assert set(found[:2]) == {0, 1}
    assert found[2:].tolist() == [-1, -1]


def test_a_bound_is_an_interval_and_no_point() -> None:
    (row,) = PANEL.find(keys(("150000", "deaths", "total")))
    limits = [(PANEL.low[row, n], PANEL.high[row, n]) for n in (0, 2, 10)]
    assert limits == [(30, 30), (24, math.inf), (-math.inf, 16.9)]
    assert np.isfinite(PANEL.points()[row]).tolist() == [True, *[False] * 10]


def test_what_was_not_observed_is_nan_on_both_sides() -> None:
    (row,) = PANEL.find(keys(("150000", "deaths", "total")))
    for n in (1, 3):
        assert math.isnan(PANEL.low[row, n])
        assert math.isnan(PANEL.high[row, n])
    assert PANEL.missing_reason[row, 3] == "refused"


def test_a_row_that_is_not_there_reads_as_nothing() -> None:
    rows = np.array([-1, 0])
    assert np.isnan(at(PANEL.value, rows, 1)).tolist()[0]
    assert at(PANEL.bound, rows, 0).tolist()[0] == ""
    assert at(PANEL.value, rows).shape == (2, 11)


def test_without_observations_nothing_is_found() -> None:
    empty = Panel.of(observations([]), range(2010, 2021))
    assert empty.find(keys(("150000", "deaths", "total"))).tolist() == [-1]
    assert np.isnan(at(empty.value, np.array([-1]), 0)).all()
    assert at(empty.bound, np.array([-1]), 0).tolist() == [""]
