import numpy as np
import pytest

from endline.stats import InputError
from endline.stats.inputs import by_year, numbers


def test_none_becomes_nan_and_the_argument_stays_as_it_was() -> None:
    given = [1, None, 2.5]
    np.testing.assert_array_equal(numbers("values", given), [1.0, np.nan, 2.5])
    assert given == [1, None, 2.5]


def test_sorting_leaves_the_callers_array_alone() -> None:
    years, values = np.array([2020, 2019]), np.array([[1.0, 2.0]])
    axis, table = by_year(years, values)
    assert axis.tolist() == [2019, 2020]
    assert table.tolist() == [[2.0, 1.0]]
    assert years.tolist() == [2020, 2019]
    assert values.tolist() == [[1.0, 2.0]]


def test_ragged_lists_are_refused() -> None:
    with pytest.raises(InputError, match="not a number"):
        numbers("values", [[1, 2], [3]])
