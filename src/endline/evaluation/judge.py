"""Whether a value meets a target, with bounds as bounds: met, missed, or not to be said."""

import operator
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from endline.numbers import exact

Floats = npt.NDArray[np.float64]
States = npt.NDArray[np.int8]

MET, MISSED, UNKNOWN = 1, 0, -1
_COMPARE = {"<=": operator.le, "<": operator.lt, ">=": operator.ge, ">": operator.gt}


def judge_absolute(sign: str, low: Floats, high: Floats, threshold: Floats | float) -> States:
    """Return MET where every value of [low, high] compares so with the threshold, MISSED where none does.

    UNKNOWN elsewhere: a bound that straddles the threshold, or no value (NaN). Arrays that broadcast.
    """
    compare = _COMPARE[sign]
    ends = np.stack(np.broadcast_arrays(compare(low, threshold), compare(high, threshold)))
    known = ~(np.isnan(low) | np.isnan(high) | np.isnan(threshold))
    states = np.where(ends.all(axis=0), MET, np.where(ends.any(axis=0), UNKNOWN, MISSED))
    return np.where(known, states, UNKNOWN).astype(np.int8)


def judge_directional(sign: str, low: Floats, high: Floats, base_low: Floats, base_high: Floats) -> States:
    """Return MET where the final value lies strictly on the promised side of the baseline value."""
    if sign == "increase":
        return judge_directional("decrease", -high, -low, -base_high, -base_low)
    known = ~(np.isnan(low) | np.isnan(base_low))
    states = np.where(high < base_low, MET, np.where(low >= base_high, MISSED, UNKNOWN))
    return np.where(known, states, UNKNOWN).astype(np.int8)


def relative_threshold(fraction: Fraction, baseline: Floats) -> Floats:
    """Return fraction × baseline, exact in decimals before it becomes a float (2/3 of 18.3 is 12.2)."""
    return np.array([np.nan if np.isnan(b) else float(fraction * Fraction(exact(b))) for b in baseline])


def first_met_year(
    states: States, observed: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Return the first column from which every observed year meets, and whether the column before is a gap.

    `states` and `observed` are [rows, years]; −1 where there is no such column.
    """
    spoiled = np.logical_or.accumulate((observed & (states != MET))[:, ::-1], axis=1)[:, ::-1]
    candidates = observed & ~spoiled
    first = np.where(candidates.any(axis=1), candidates.argmax(axis=1), -1)
    before = np.maximum(first - 1, 0)
    gap = (first > 0) & ~observed[np.arange(len(first)), before]
    return first, gap
