"""Differences and ratios of columns of decimals are exact."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import cases
from endline.columns import difference, ratio


@cases(
    """
    left  | right | result
    7.5   | 16.4  | -8.9
    18.5  | 14.1  | 4.4
    14.92 | 16.9  | -1.98
    0.3   | 0.1   | 0.2
    91.6  | 84.1  | 7.5
    5.0   | 5.0   | 0.0
    """
)
def test_a_difference_of_printed_figures_is_exact(left: float, right: float, result: float) -> None:
    assert difference([left], [right])[0] == result


@given(st.integers(-(10**7), 10**7), st.integers(-(10**7), 10**7), st.integers(0, 4))
def test_every_difference_is_the_decimal_one(a: int, b: int, places: int) -> None:
    left, right = (Decimal(n).scaleb(-places) for n in (a, b))
    assert difference([float(left)], [float(right)])[0] == float(left - right)


@pytest.mark.parametrize(("a", "b"), [(math.nan, 1.0), (1.0, math.nan), (math.nan, math.nan)])
def test_a_difference_with_a_missing_figure_is_missing(a: float, b: float) -> None:
    assert math.isnan(difference([a], [b])[0])


def test_difference_needs_as_many_on_both_sides() -> None:
    with pytest.raises(ValueError, match="shorter"):
        difference([1.0, 2.0], [1.0])


def test_a_ratio_is_exact_before_it_is_rounded_and_missing_over_zero() -> None:
    found = ratio([0.3, 14.1, 1.0, math.nan], [0.1, 18.5, 0.0, 2.0], times=100)
    assert list(found[:2]) == [300.0, float(Decimal(1410) / Decimal("18.5"))]
    assert all(map(math.isnan, found[2:]))
