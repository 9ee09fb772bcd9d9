"""One rounding, half up in decimal."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endline.numbers import decimals_of, exact, rounded


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (2.675, 2, "2.68"),
        (1.005, 2, "1.01"),
        (0.125, 2, "0.13"),
        (14.45, 1, "14.5"),
        (14.4499, 1, "14.4"),
        (99.95, 1, "100.0"),
        (99.949, 1, "99.9"),
        (-43.65, 1, "-43.7"),
        (16.9, 2, "16.90"),
        (20, 1, "20.0"),
        (0.0, 1, "0.0"),
        (-0.04, 1, "0.0"),
        (-0.05, 1, "-0.1"),
        (12345.0, 0, "12345"),
    ],
)
def test_half_up_with_exactly_as_many_places(value: float, decimals: int, text: str) -> None:
    assert rounded(value, decimals) == text


@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.integers(0, 4))
def test_every_printed_decimal_rounds_as_on_paper(digits: int, places: int, decimals: int) -> None:
    number = Decimal(digits).scaleb(-places)
    expected = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert Decimal(rounded(float(number), decimals)) == expected


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_no_negative_zero_and_no_exponent(value: float, decimals: int) -> None:
    text = rounded(value, decimals)
    assert not (text.startswith("-") and float(text) == 0)
    assert "e" not in text.lower()
    assert decimals_of(text) == decimals


def test_exact_is_the_decimal_that_was_printed() -> None:
    assert exact(0.1) == Decimal("0.1")
    assert exact(1e-7) == Decimal("0.0000001")


@pytest.mark.parametrize(("text", "places"), [("16.9", 1), ("30.0", 1), ("99", 0), ("99.97", 2), ("", 0)])
def test_decimals_of_a_printed_number(text: str, places: int) -> None:
    assert decimals_of(text) == places
