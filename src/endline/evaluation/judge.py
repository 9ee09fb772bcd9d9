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


def judge_against(sign: str, low: Floats, high: Floats, aim_low: Floats | float, aim_high: Floats | float) -> States:
    """Return MET where every value of [low, high] compares so with every aim of [aim_low, aim_high].

    MISSED where none does with any, UNKNOWN elsewhere: a bound that straddles, or no value (NaN). Arrays broadcast.
    """
    compare = _COMPARE[sign]
    if sign in ("<=", "<"):
        surely, possibly = compare(high, aim_low), compare(low, aim_high)
    else:
        surely, possibly = compare(low, aim_high), compare(high, aim_low)
    known = ~(np.isnan(low) | np.isnan(aim_low))
    return np.where(known & surely, MET, np.where(known & ~possibly, MISSED, UNKNOWN)).astype(np.int8)


def judge_directional(sign: str, low: Floats, high: Floats, base_low: Floats, base_high: Floats) -> States:
    """Return MET where the final value lies strictly on the promised side of the baseline value."""
    if sign == "increase":
        return judge_directional("decrease", -high, -low, -base_high, -base_low)
    known = ~(np.isnan(low) | np.isnan(base_low))
    states = np.where(high < base_low, MET, np.where(low >= base_high, MISSED, UNKNOWN))
    return np.where(known, states, UNKNOWN).astype(np.int8)


def share_of(fraction: Fraction, value: float, numerator: float, denominator: float, per: int) -> float:
    """Return fraction × value, exact before it becomes a float: from the counts, or else from the decimal."""
    if not np.isfinite(value):
        return value
    counted = np.isfinite(numerator) and denominator > 0
    whole = Fraction(int(numerator) * per, int(denominator)) if counted else Fraction(exact(value))
    return float(fraction * whole)


def first_met_year(
    states: States, observed: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Return the first column from which every observed year meets, and whether it may have begun before.

    It may have where the column before is not observed, or a bound that cannot decide. `states` and `observed` are
    [rows, years]; −1 where there is no such column.
    """
    spoiled = np.logical_or.accumulate((observed & (states != MET))[:, ::-1], axis=1)[:, ::-1]
    candidates = observed & ~spoiled
    first = np.where(candidates.any(axis=1), candidates.argmax(axis=1), -1)
    before = np.maximum(first - 1, 0)
    gap = (first > 0) & (states[np.arange(len(first)), before] == UNKNOWN)
    return first, gap
