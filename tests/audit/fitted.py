"""Trends a second time: the maximum-likelihood line of two coefficients, by Newton's method in plain Python."""

from collections.abc import Sequence
from math import exp, log
from statistics import median

from scipy.stats import beta, chi2

Counts = Sequence[tuple[int, int, int]]  # year, events, denominator


def poisson_line(points: Counts) -> tuple[float, float]:
    """Return intercept and slope of log(rate) on the year since the first."""
    start = points[0][0]
    a, b = log(sum(d for _, d, _ in points) / sum(n for *_, n in points)), 0.0
    for _ in range(60):
        fitted = [(t - start, d, n * exp(a + b * (t - start))) for t, d, n in points]
        step = _step(fitted, [m for *_, m in fitted])
        a, b = a + step[0], b + step[1]
    return a, b


def logistic_line(points: Counts) -> tuple[float, float]:
    """Return intercept and slope of the log odds on the year since the first."""
    start = points[0][0]
    share = sum(d for _, d, _ in points) / sum(n for *_, n in points)
    a, b = log(share / (1 - share)), 0.0
    for _ in range(60):
        shares = [1 / (1 + exp(-(a + b * (t - start)))) for t, *_ in points]
        fitted = [(t - start, d, n * p) for (t, d, n), p in zip(points, shares, strict=True)]
        step = _step(fitted, [n * p * (1 - p) for (*_, n), p in zip(points, shares, strict=True)])
        a, b = a + step[0], b + step[1]
    return a, b


def _step(fitted: Sequence[tuple[int, int, float]], weights: Sequence[float]) -> tuple[float, float]:
    """Return the Newton step from scores and information."""
    u0, u1 = sum(d - m for _, d, m in fitted), sum(t * (d - m) for t, d, m in fitted)
    i00, i01, i11 = (sum(w * t**k for (t, *_), w in zip(fitted, weights, strict=True)) for k in (0, 1, 2))
    determinant = i00 * i11 - i01 * i01
    return (i11 * u0 - i01 * u1) / determinant, (i00 * u1 - i01 * u0) / determinant


def yearly_percent(points: Counts) -> float:
    """Return the yearly change of a rate in per cent."""
    return 100 * (exp(poisson_line(points)[1]) - 1)


def yearly_points(points: Counts, per: int, years: Sequence[int]) -> float:
    """Return the yearly change of a proportion in its unit: the mean slope of the fitted curve over the years."""
    a, b = logistic_line(points)
    shares = [1 / (1 + exp(-(a + b * (year - points[0][0])))) for year in years]
    return per * b * sum(p * (1 - p) for p in shares) / len(years)


def sen_slope(values: Sequence[tuple[int, float]]) -> float:
    """Return the median of the slopes of all pairs."""
    return median((y - x) / (t - s) for n, (s, x) in enumerate(values) for t, y in values[n + 1 :])


def exact_interval(events: int, size: int, per: int, is_share: bool) -> tuple[float, float]:
    """Return the exact 95 % interval: of Poisson events, or of a binomial share."""
    if is_share:
        low = float(beta.ppf(0.025, events, size - events + 1)) if events else 0.0
        high = float(beta.ppf(0.975, events + 1, size - events)) if events < size else 1.0
        return per * low, per * high
    low = float(chi2.ppf(0.025, 2 * events)) / 2 if events else 0.0
    return per * low / size, per * float(chi2.ppf(0.975, 2 * events + 2)) / 2 / size
