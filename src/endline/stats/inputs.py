"""Numbers as handed in, turned into arrays that the statistics can trust."""

from numbers import Real
from types import NoneType
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from endline.stats.errors import InputError

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]


def numbers(name: str, values: ArrayLike) -> FloatArray:
    """Return the values as float64, None as NaN.

    Raises InputError for text, truth values, ragged lists and infinities.
    """
    # A list goes through dtype=object: NumPy would read "17.8" as a number and True as 1.
    raw = values if isinstance(values, np.ndarray) else np.asarray(values, dtype=object)
    if raw.dtype.kind == "O":
        wrong = {kind for kind in set(map(type, raw.flat)) if not _is_number(kind)}
        if wrong:
            found = next(value for value in raw.flat if type(value) in wrong)
            raise InputError(f"{name}: {found!r} is not a number")
    elif raw.dtype.kind not in "iuf":
        raise InputError(f"{name}: {raw.dtype} is not a numeric type")
    try:
        array: FloatArray = raw.astype(np.float64)
    except OverflowError:
        raise InputError(f"{name}: a number is too large") from None
    if np.isinf(array).any():
        raise InputError(f"{name}: infinite values are not accepted")
    return array


def _is_number(kind: type) -> bool:
    """Tell whether the values of a type are numbers, or missing ones; to ask each value takes ten times as long."""
    return kind is NoneType or (issubclass(kind, Real) and not issubclass(kind, bool))


def series_table(values: ArrayLike) -> FloatArray:
    """Return the values as [series, years], one row a series, NaN where a year is missing."""
    table = numbers("values", values)
    if table.ndim != 2:
        raise InputError(f"values: expected [series, years], got {table.ndim} dimension(s)")
    return table


def by_year(years: ArrayLike, values: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the years in ascending order, and values [..., years] in the same order.

    Raises InputError for unequal lengths, and for missing or duplicate years.
    """
    axis, table = numbers("years", years), numbers("values", values)
    if axis.ndim != 1:
        raise InputError(f"years: expected a flat list, got {axis.ndim} dimensions")
    if table.ndim == 0 or table.shape[-1] != axis.size:
        got = table.shape[-1] if table.ndim else "a single number"
        raise InputError(f"years and values differ in length: {axis.size} and {got}")
    if np.isnan(axis).any():
        raise InputError("years: a year is missing")
    distinct, counts = np.unique(axis, return_counts=True)
    if (counts > 1).any():
        raise InputError(f"years: duplicate {', '.join(f'{year:g}' for year in distinct[counts > 1])}")
    order = np.argsort(axis)
    return axis[order], table[..., order]


def one_series(years: ArrayLike, values: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the years in ascending order, and one flat series of values as a table of one row."""
    axis, series = by_year(years, values)
    if series.ndim != 1:
        raise InputError(f"values: expected a flat list, got {series.ndim} dimensions")
    return axis, series[np.newaxis]


def fraction(name: str, value: float) -> float:
    """Return a number strictly between 0 and 1, or raise InputError."""
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 < value < 1:
        raise InputError(f"{name}: {value!r} is not a number between 0 and 1")
    return float(value)


def positive(name: str, value: float) -> float:
    """Return a finite number above 0, or raise InputError."""
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 < value < np.inf:
        raise InputError(f"{name}: {value!r} is not a number above 0")
    return float(value)


def not_negative(name: str, values: ArrayLike) -> FloatArray:
    """Return the values as float64, None as NaN, or raise InputError where one is below 0."""
    array = numbers(name, values)
    if (array < 0).any():
        raise InputError(f"{name}: a value is negative")
    return array


def counts(name: str, values: ArrayLike) -> FloatArray:
    """Return whole numbers >= 0 as float64, None as NaN, or raise InputError."""
    array = not_negative(name, values)
    if (array % 1 > 0).any():
        raise InputError(f"{name}: a count is not a whole number")
    return array


def same_shape(**arrays: FloatArray) -> tuple[FloatArray, ...]:
    """Return the named arrays broadcast to one shape, or raise InputError."""
    try:
        return np.broadcast_arrays(*arrays.values())
    except ValueError:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise InputError(f"arrays that do not go together: {shapes}") from None
