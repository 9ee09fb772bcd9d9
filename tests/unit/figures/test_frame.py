"""The axes: round values without powers of ten, and as many years as there is room for."""

import pytest

from builders import cases
from endline.figures.frame import labelled_years, value_ticks


@cases(
    """
    low    | high    | labels
    -17.5  | 107.1   | 0 25 50 75 100
    1.2    | 15.4    | 2.5 5.0 7.5 10.0 12.5 15.0
    -4     | 3       | -4 -2 0 2
    -0.25  | 1.2     | -0.25 0.00 0.25 0.50 0.75 1.00
    0.0006 | 0.00165 | 0.0006 0.0008 0.0010 0.0012 0.0014 0.0016
    98.95  | 99.95   | 99.0 99.2 99.4 99.6 99.8
    0.0    | 1300000 | 0 250000 500000 750000 1000000 1250000
    """
)
def test_values_are_labelled_with_the_decimals_of_their_step(low: float, high: float, labels: str) -> None:
    ticks = value_ticks(low, high)
    assert [label for _, label in ticks] == str(labels).split()
    assert [value for value, _ in ticks] == pytest.approx([float(label) for _, label in ticks])


@cases(
    """
    first | last | distance | labelled
    2010  | 2020 | 3.3      | 2010 2011 2012 2013 2014 2015 2016 2017 2018 2019 2020
    1995  | 2020 | 1.39     | 1995 2000 2005 2010 2015 2020
    2007  | 2020 | 2.6      | 2008 2010 2012 2014 2016 2018 2020
    2019  | 2020 | 18       | 2019 2020
    2020  | 2020 | 36       | 2020
    """
)
def test_years_are_labelled_evenly_to_the_last(first: int, last: int, distance: float, labelled: str) -> None:
    assert sorted(labelled_years(range(first, last + 1), distance)) == [int(y) for y in str(labelled).split()]


def test_there_is_nothing_to_label_between_a_value_and_itself() -> None:
    assert value_ticks(3.0, 3.0) == []
