"""Judging intervals: met where every value meets every aim, missed where none does any, else unknown."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from endline.evaluation.judge import (
    MET,
    MISSED,
    UNKNOWN,
    first_met_year,
    judge_against,
    judge_directional,
    share_of,
)

GRID = [-np.inf, 0.0, 0.5, 1.0, 1.5, 2.0, np.inf]
SIGNS = {"<=": np.less_equal, "<": np.less, ">=": np.greater_equal, ">": np.greater}
ends = st.tuples(st.sampled_from(GRID), st.sampled_from(GRID)).map(sorted).filter(lambda e: np.isfinite(e).any())
NAN, ONE = np.array([np.nan]), np.array([1.0])


def inside(low: float, high: float) -> list[float]:
    """Some values of the closed interval, its finite ends and its far ends among them."""
    return [v for v in (-99.0, *np.arange(-0.25, 2.5, 0.25), 99.0) if low <= v <= high]


def expected(outcomes: set[bool]) -> int:
    return UNKNOWN if len(outcomes) > 1 else MET if outcomes == {True} else MISSED


@given(ends, ends, st.sampled_from(sorted(SIGNS)))
def test_a_verdict_holds_for_every_value_and_every_aim(final: list[float], aim: list[float], sign: str) -> None:
    outcomes = {bool(SIGNS[sign](v, a)) for v in inside(*final) for a in inside(*aim)}
    arrays = [np.array([end]) for end in (*final, *aim)]
    assert judge_against(sign, *arrays)[0] == expected(outcomes)


@given(ends, ends, st.sampled_from(["increase", "decrease"]))
def test_a_direction_holds_for_every_pair_of_values(final: list[float], base: list[float], sign: str) -> None:
    compare = np.less if sign == "decrease" else np.greater
    outcomes = {bool(compare(v, b)) for v in inside(*final) for b in inside(*base)}
    arrays = [np.array([end]) for end in (*final, *base)]
    assert judge_directional(sign, *arrays)[0] == expected(outcomes)


@pytest.mark.parametrize("sign", sorted(SIGNS))
def test_against_a_target_what_is_missing_is_unknown(sign: str) -> None:
    assert judge_against(sign, NAN, NAN, ONE, ONE)[0] == UNKNOWN
    assert judge_against(sign, ONE, ONE, NAN, NAN)[0] == UNKNOWN


@pytest.mark.parametrize("sign", ["increase", "decrease"])
def test_against_a_baseline_what_is_missing_is_unknown(sign: str) -> None:
    assert judge_directional(sign, NAN, NAN, ONE, ONE)[0] == UNKNOWN
    assert judge_directional(sign, ONE, ONE, NAN, NAN)[0] == UNKNOWN


@given(st.integers(1, 10**6), st.integers(0, 4), st.fractions(0, 1, max_denominator=12))
def test_a_share_of_a_printed_figure_is_exact(digits: int, places: int, fraction: Fraction) -> None:
    printed = Fraction(digits, 10**places)
    assert share_of(fraction, float(printed), np.nan, np.nan, 100_000) == float(fraction * printed)


@given(st.integers(0, 10**6), st.integers(1, 10**9), st.fractions(0, 1, max_denominator=12))
def test_a_share_of_a_counted_rate_is_exact(events: int, births: int, fraction: Fraction) -> None:
    rate = events * 100_000 / births
    assert share_of(fraction, rate, events, births, 100_000) == float(fraction * Fraction(events * 100_000, births))


@given(st.lists(st.sampled_from(["met", "missed", "unknown", "absent"]), min_size=1, max_size=11))
def test_the_first_met_year_begins_the_unbroken_end(years: list[str]) -> None:
    observed = [year != "absent" for year in years]
    begins = (n for n, o in enumerate(observed) if o and set(years[n:]) <= {"met", "absent"})
    first = next(begins, -1)
    codes = {"met": MET, "missed": MISSED, "unknown": UNKNOWN, "absent": UNKNOWN}
    states = np.array([[codes[year] for year in years]], dtype=np.int8)
    found, maybe_before = first_met_year(states, np.array([observed]))
    assert found[0] == first
    assert maybe_before[0] == (first > 0 and years[first - 1] in ("absent", "unknown"))
