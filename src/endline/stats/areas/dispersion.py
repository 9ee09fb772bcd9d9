"""How far areas lie from the value of all of them together, many groups of areas at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from endline.stats.errors import InputError
from endline.stats.inputs import FloatArray, IntArray, counts, not_negative, same_shape
from endline.stats.results import Reason, Shown
from endline.stats.trends.counts import refusals

LEAST_AREAS = 2


@dataclass(frozen=True, eq=False)
class DispersionTable(Shown):
    """Groups of areas, arrays [groups], NaN where `refused` has a reason.

    `chi2` is Pearson's, on areas − 1 degrees of freedom; `excess_percent` (I²) is the share of it that chance does
    not explain, 0 where chance explains all. `disparity_percent` is the mean distance of the areas from the group's
    value, weighted by size, in per cent of that value; chance is part of it. `expected` is how many events (of a
    proportion: events or others, whichever are fewer) an area has on average.
    """

    areas: IntArray
    expected: FloatArray
    chi2: FloatArray
    excess_percent: FloatArray
    disparity_percent: FloatArray
    refused: NDArray[np.str_]


@np.errstate(divide="ignore", invalid="ignore")
def dispersion_many(
    events: ArrayLike, size: ArrayLike, group: ArrayLike, groups: int, proportion: ArrayLike = False
) -> DispersionTable:
    """Measure how areas, events [areas] out of size [areas], differ within groups, group [areas] from 0 to groups − 1.

    `proportion` [areas] tells whether events are parts of the size (binomial variance) or rates (Poisson). An area
    with a missing number or size 0 is left out. Raises InputError for counts that are not whole numbers >= 0, for
    events above the size of a proportion, and for a group that does not exist.
    Source: Higgins & Thompson 2002, Statistics in Medicine 21:1539 (I²); Schlotheuber & Hosseinpoor 2022,
    IJERPH 19:3697 (index of disparity, weighted).
    """
    x, n, share = same_shape(
        events=counts("events", events),
        size=not_negative("size", size),
        proportion=np.asarray(proportion, dtype=np.float64),
    )
    of = np.asarray(group, dtype=np.int64)
    if x.ndim != 1 or of.shape != x.shape or (of.size and not 0 <= of.min() <= of.max() < groups):
        raise InputError("group: expected one whole number from 0 to groups - 1 for each area")
    if ((x > n) & (share > 0)).any():
        raise InputError("events: a numerator is above its denominator")
    used = ~np.isnan(x) & (n > 0)
    x, n, share, of = x[used], n[used], share[used], of[used]

    def total(values: FloatArray) -> FloatArray:
        return np.bincount(of, values, minlength=groups).astype(np.float64)

    areas, all_size = np.bincount(of, minlength=groups), total(n)
    common = total(x) / all_size
    mean, rest = n * common[of], n * (1 - common[of])
    variance = np.where(share > 0, n * common[of] * (1 - common[of]), mean)
    chi2 = total((x - mean) ** 2 / variance)
    refused = refusals(
        {
            Reason.NO_DATA: areas == 0,
            Reason.TOO_FEW_POINTS: areas < LEAST_AREAS,
            Reason.NO_EVENTS: common == 0,
            Reason.ALL_EVENTS: (common == 1) & (total(share) > 0),
        }
    )
    sound = np.where(refused == "", 1.0, np.nan)
    return DispersionTable(
        areas=areas,
        expected=total(np.where(share > 0, np.minimum(mean, rest), mean)) / areas * sound,
        chi2=chi2 * sound,
        excess_percent=100 * np.maximum(0, 1 - (areas - 1) / chi2) * sound,
        disparity_percent=100 * total(np.abs(x - mean)) / total(x) * sound,
        refused=refused,
    )
