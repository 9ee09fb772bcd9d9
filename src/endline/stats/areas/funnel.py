"""Funnel plots: which areas differ from the common value by more than chance, and the limits to draw."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from endline.stats.areas.funnel_limits import (
    ALARM,
    WARNING,
    poisson_limits,
    poisson_significance,
    proportion_limits,
    proportion_significance,
)
from endline.stats.errors import InputError
from endline.stats.inputs import FloatArray, counts, not_negative, positive, same_shape
from endline.stats.results import Shown


@dataclass(frozen=True, eq=False)
class Funnel(Shown):
    """Areas around a baseline, arrays [areas]: value, inner and outer limits in one unit, and where it lies.

    `significance` is "Low (0.001)", "Low (0.025)", "Not significant", "High (0.025)" or "High (0.001)" as
    Public Health England writes it, "" for an area without a value.
    """

    value: FloatArray
    baseline: float
    low95: FloatArray
    high95: FloatArray
    low998: FloatArray
    high998: FloatArray
    significance: NDArray[np.str_]


def funnel_rates(events: ArrayLike, exposure: ArrayLike, per: float = 1.0, baseline: float | None = None) -> Funnel:
    """Set the rates of areas, in events per `per` units of exposure, around a baseline of the same unit.

    Without a `baseline` it is all events over all exposure. The limits are exact: an area is outside where its
    Poisson tail is below that of the limit. Areas with a missing number or exposure 0 have no value; without any
    event there is no funnel. Raises InputError for events that are not whole numbers >= 0 and for a negative exposure.
    Source: Spiegelhalter 2005, Statistics in Medicine 24:1185.
    """
    x, size = same_shape(events=counts("events", events), exposure=not_negative("exposure", exposure))
    x, size = _used(x, size)
    scale = positive("per", per)
    common = _baseline(x, size) * scale if baseline is None else positive("baseline", baseline)
    expected = size * common / scale
    (low95, high95), (low998, high998) = (poisson_limits(expected, tail) for tail in (WARNING, ALARM))
    to_rate = scale / size
    return Funnel(
        value=x * to_rate,
        baseline=common,
        low95=low95 * to_rate,
        high95=high95 * to_rate,
        low998=low998 * to_rate,
        high998=high998 * to_rate,
        significance=poisson_significance(x, expected),
    )


def funnel_proportions(
    numerator: ArrayLike, denominator: ArrayLike, per: float = 100.0, baseline: float | None = None
) -> Funnel:
    """Set the proportions of areas, times `per`, around a baseline of the same unit.

    Without a `baseline` it is the sum of numerators over the sum of denominators. Numerators need not be whole
    (weighted surveys). Areas with a missing number or denominator 0 have no value. Raises InputError for
    negative numbers and for a numerator above its denominator.
    Source: Spiegelhalter 2005, Statistics in Medicine 24:1185.
    """
    x, size = same_shape(
        numerator=not_negative("numerator", numerator), denominator=not_negative("denominator", denominator)
    )
    if (x > size).any():
        raise InputError("numerator: a numerator is above its denominator")
    x, size = _used(x, size)
    scale = positive("per", per)
    common = _baseline(x, size) * scale if baseline is None else positive("baseline", baseline)
    (low95, high95), (low998, high998) = (proportion_limits(common / scale, size, tail) for tail in (WARNING, ALARM))
    return Funnel(
        value=x / size * scale,
        baseline=common,
        low95=low95 * scale,
        high95=high95 * scale,
        low998=low998 * scale,
        high998=high998 * scale,
        significance=proportion_significance(x / size, common / scale, size),
    )


def funnel_limits(
    size: ArrayLike, baseline: float, per: float = 1.0, proportion: bool = False
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return the curves to draw over sizes [points]: lower and upper 95 %, lower and upper 99.8 % limits, per `per`."""
    n, scale = not_negative("size", size), positive("per", per)
    common = positive("baseline", baseline) / scale
    pairs = (
        proportion_limits(common, n, tail) if proportion else tuple(k / n for k in poisson_limits(n * common, tail))
        for tail in (WARNING, ALARM)
    )
    (low95, high95), (low998, high998) = pairs
    return low95 * scale, high95 * scale, low998 * scale, high998 * scale


def funnel_significance(
    events: ArrayLike, size: ArrayLike, baseline: ArrayLike, proportion: ArrayLike = False
) -> NDArray[np.str_]:
    """Return where areas lie in funnels, each around a baseline of its own (events per 1), labelled as in `Funnel`.

    Arrays [areas]; `proportion` tells whether events are parts of the size or a rate. "" where a number is missing or
    there is no funnel: the baseline is 0, or all of a proportion. Raises InputError as `funnel_rates`.
    """
    x, n, common, share = same_shape(
        events=counts("events", events),
        size=not_negative("size", size),
        baseline=not_negative("baseline", baseline),
        proportion=np.asarray(proportion, dtype=np.float64),
    )
    x, n = _used(x, n)
    drawn = (common > 0) & ~((share > 0) & (common >= 1))
    x = np.where(drawn, x, np.nan)
    inside = np.where(drawn & (share > 0), common, np.nan)
    return np.where(
        share > 0,
        proportion_significance(x / n, inside, n),
        poisson_significance(x, np.where(drawn, n * common, np.nan)),
    )


def _used(x: FloatArray, size: FloatArray) -> tuple[FloatArray, FloatArray]:
    used = ~np.isnan(x) & (size > 0)
    return np.where(used, x, np.nan), np.where(used, size, np.nan)


def _baseline(x: FloatArray, size: FloatArray) -> float:
    return float(np.nansum(x) / np.nansum(size)) if np.nansum(size) > 0 else np.nan
