"""Rows of a table: what `itertuples` gives."""

import pandas as pd
import pytest

from endline.rows import made_rows, rows_of

TABLE = pd.DataFrame({"code": ["150102", "150103"], "year": [2011, 2020], "value": [1.5, float("nan")]})


def test_rows_are_those_of_itertuples() -> None:
    ours, theirs = rows_of(TABLE), list(TABLE.itertuples(index=False, name="Row"))
    assert [row._fields for row in ours] == [row._fields for row in theirs]
    for name in TABLE.columns:
        assert str([getattr(row, name) for row in ours]) == str([getattr(row, name) for row in theirs])
    code, year, value = ours[0]
    assert (code, year, value) == ("150102", 2011, 1.5)


def test_no_row_can_be_changed() -> None:
    row = rows_of(TABLE)[0]
    with pytest.raises(AttributeError):
        row.year = 2012
    with pytest.raises(AttributeError):
        row.other = 1


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        made_rows(("a", "b"), ([1, 2], [1]))
