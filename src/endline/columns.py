"""Columns of decimals, compared exactly: 18.5 − 14.1 is 4.4."""

from collections.abc import Iterable
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from endline.numbers import exact


def difference(left: Iterable[float], right: Iterable[float]) -> npt.NDArray[np.float64]:
    """Return left − right as exact decimal differences (18.5 − 14.1 is 4.4); NaN where either is NaN."""
    pairs = zip(left, right, strict=True)
    return np.array([np.nan if np.isnan(a) or np.isnan(b) else float(exact(a) - exact(b)) for a, b in pairs])


def ratio(left: Iterable[float], right: Iterable[float], times: int = 1) -> npt.NDArray[np.float64]:
    """Return times × left ÷ right, exact before it becomes a float; NaN where either is NaN or right is 0."""
    pairs = zip(left, right, strict=True)
    return np.array(
        [
            np.nan if np.isnan(a) or np.isnan(b) or b == 0 else float(times * Fraction(exact(a)) / Fraction(exact(b)))
            for a, b in pairs
        ]
    )
