"""The recent-trend marker of OHID Fingertips: have the last five years gone one way, at p < 0.002."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import logit, ndtri

from endline.stats.errors import InputError
from endline.stats.inputs import FloatArray, by_year, fraction, series_table
from endline.stats.rates.closed_forms import rate_interval
from endline.stats.results import Reason, Refused, Shown
from endline.stats.trends.cochran_armitage import cochran_armitage_many
from endline.stats.trends.counts import Reasons, only_result, read_counts, read_one
from endline.stats.trends.marker import DETAILS, POINTS, RecentTrendTable, gradients, judged, recent_years

Kind = Literal["rate", "proportion"]


@dataclass(frozen=True)
class RecentTrend(Shown):
    """The recent trend of one series; see `RecentTrendTable`."""

    slope: float
    chi2: float
    p: float
    one_way: bool
    marker: str


def recent_trend(
    years: ArrayLike, events: ArrayLike, exposure: ArrayLike, kind: Kind = "rate", points: int = POINTS, span: float = 1
) -> RecentTrend | Refused:
    """Mark the last `points` years of one series as increasing, decreasing or without significant change.

    A proportion: the chi-square of Cochran-Armitage, and the gradient of the logit. A rate: the weighted gradient
    of the yearly rates, each with the standard error that its 95 % interval means (exact below 10 events, Byar from
    10). Increasing or decreasing where chi-square > 9.5495 (p < 0.002) and no point left out turns the gradient.
    Refused unless the last years are consecutive and complete, each point `span` = 1 year, and not all the same.
    Raises InputError as `read_counts`.
    Source: OHID, Fingertips Public Health Technical Guidance, Fingertips trend markers,
    fingertips.phe.org.uk/static-reports/public-health-technical-guidance/Presentation/Trend_markers.html
    """
    table = recent_trend_many(years, read_one("events", events), read_one("exposure", exposure), kind, points, span)
    return only_result(table, RecentTrend, DETAILS)


@np.errstate(divide="ignore", invalid="ignore")
def recent_trend_many(
    years: ArrayLike, events: ArrayLike, exposure: ArrayLike, kind: Kind = "rate", points: int = POINTS, span: float = 1
) -> RecentTrendTable:
    """Mark many series at once: years [years], events and exposure [series, years], NaN where missing."""
    if kind not in ("rate", "proportion"):
        raise InputError(f"kind: {kind!r} is not one of rate, proportion")
    counts = read_counts(years, events, exposure, within=kind == "proportion")
    last, in_a_row, single_years = recent_years(counts.years, points, span)
    year, x, n = counts.years[last], counts.events[:, last], counts.exposure[:, last]
    reasons: Reasons = {
        Reason.NOT_SUPPORTED: np.full(len(x), not single_years),
        Reason.TOO_FEW_POINTS: np.asarray(np.isnan(x).any(axis=1)) | np.full(len(x), not in_a_row),
        Reason.NO_EVENTS: (x == 0).all(axis=1),
    }
    if kind == "rate":
        low, high = rate_interval(x, 1)
        values = x / n
        slopes, chi2 = gradients(year, values, _weights(low / n, high / n, 0.95))
    else:
        values = logit(x / n)
        reasons = {**reasons, Reason.AT_THE_BOUNDARY: np.asarray(np.isinf(values).any(axis=1))}
        slopes, _ = gradients(year, values, np.ones_like(values))
        chi2 = cochran_armitage_many(year, x, n).chi2
    return judged(slopes, chi2, values, reasons)


def recent_trend_of_values(
    years: ArrayLike,
    values: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    confidence: float = 0.95,
    points: int = POINTS,
    span: float = 1,
) -> RecentTrend | Refused:
    """Mark one series of values with confidence limits (rates standardised, ratios, means); as `recent_trend`."""
    table = recent_trend_of_values_many(
        years, read_one("values", values), read_one("low", low), read_one("high", high), confidence, points, span
    )
    return only_result(table, RecentTrend, DETAILS)


@np.errstate(divide="ignore", invalid="ignore")
def recent_trend_of_values_many(
    years: ArrayLike,
    values: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    confidence: float = 0.95,
    points: int = POINTS,
    span: float = 1,
) -> RecentTrendTable:
    """Mark many series at once: years [years], values and their limits [series, years], NaN where missing."""
    axis, given = by_year(years, series_table(values))
    lower, upper = by_year(years, series_table(low))[1], by_year(years, series_table(high))[1]
    if not given.shape == lower.shape == upper.shape:
        raise InputError(f"values, low and high differ in shape: {given.shape}, {lower.shape}, {upper.shape}")
    if ((lower > given) | (given > upper)).any():
        raise InputError("low, high: a value is outside its limits")
    last, in_a_row, single_years = recent_years(axis, points, span)
    given, weights = given[:, last], _weights(lower[:, last], upper[:, last], fraction("confidence", confidence))
    reasons: Reasons = {
        Reason.NOT_SUPPORTED: np.full(len(given), not single_years),
        Reason.TOO_FEW_POINTS: np.asarray(np.isnan(given * weights).any(axis=1)) | np.full(len(given), not in_a_row),
        Reason.AT_THE_BOUNDARY: np.asarray(np.isinf(weights).any(axis=1)),
    }
    return judged(*gradients(axis[last], given, weights), given, reasons)


def _weights(low: FloatArray, high: FloatArray, confidence: float) -> FloatArray:
    standard_error = (high - low) / (2 * ndtri((1 + confidence) / 2))
    return np.asarray(standard_error**-2.0)
