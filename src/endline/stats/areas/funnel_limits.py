"""The limits of a funnel plot, and on which side of them an area lies."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainc, gammaincc, gdtrib, ndtri

from endline.stats.errors import InputError
from endline.stats.inputs import FloatArray, counts, fraction, not_negative, same_shape

WARNING, ALARM = 0.025, 0.001
"""The tails outside the inner (95 %) and the outer (99.8 %) limits."""

Limits = tuple[FloatArray, FloatArray]


def poisson_limits(expected: ArrayLike, tail: float) -> Limits:
    """Return the counts, between whole ones, on the limits of a funnel where so many are expected.

    The lower is 0 where even no events are not that rare. NaN where `expected` is missing or 0.
    """
    mean = not_negative("expected", expected)
    mean = np.where(mean > 0, mean, np.nan)
    outside = fraction("tail", tail)
    low = gdtrib(1.0, 1 - outside, mean) - 1
    return np.maximum(low, 0.0), gdtrib(1.0, outside, mean)


def proportion_limits(baseline: ArrayLike, denominator: ArrayLike, tail: float) -> Limits:
    """Return the proportions on the limits of a funnel, clipped to 0 and 1; NaN where the denominator is 0.

    They are the proportions whose Wilson interval ends at the baseline. Raises InputError for a baseline above 1.
    """
    share, n = same_shape(
        baseline=not_negative("baseline", baseline), denominator=not_negative("denominator", denominator)
    )
    if (share > 1).any():
        raise InputError("baseline: a proportion is above 1")
    spread = -ndtri(fraction("tail", tail)) * np.sqrt(share * (1 - share) / np.where(n > 0, n, np.nan))
    return np.maximum(share - spread, 0.0), np.minimum(share + spread, 1.0)


def poisson_significance(observed: ArrayLike, expected: ArrayLike) -> NDArray[np.str_]:
    """Return where counts lie against what was expected, labelled as in `Funnel`, "" where a number is missing.

    Arrays of one shape, or shapes that broadcast. Raises InputError as `funnel_rates`.
    """
    x, mean = same_shape(observed=counts("observed", observed), expected=not_negative("expected", expected))
    less = gammaincc(x + 1, mean)
    greater = np.where(x > 0, gammainc(np.maximum(x, 1), mean), 1.0)
    return _labels(less < ALARM, greater < ALARM, less < WARNING, greater < WARNING, ~np.isnan(x + mean) & (mean > 0))


def proportion_significance(share: FloatArray, baseline: ArrayLike, denominator: ArrayLike) -> NDArray[np.str_]:
    """Return where proportions lie around the baseline, labelled as in `Funnel`, "" where one is NaN."""
    (low95, high95), (low998, high998) = (proportion_limits(baseline, denominator, tail) for tail in (WARNING, ALARM))
    return _labels(share < low998, share > high998, share < low95, share > high95, ~np.isnan(share))


def _labels(
    very_low: NDArray[np.bool_],
    very_high: NDArray[np.bool_],
    low: NDArray[np.bool_],
    high: NDArray[np.bool_],
    known: NDArray[np.bool_],
) -> NDArray[np.str_]:
    return np.select(
        [~known, very_low, very_high, low, high],
        ["", "Low (0.001)", "High (0.001)", "Low (0.025)", "High (0.025)"],
        default="Not significant",
    )
