"""What the tests say of each series: the primary one that its data allow, and the checks beside it."""

from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy.special import expit, ndtri

from endline.evaluation.panel import Floats
from endline.evaluation.trends.series import Series
from endline.model import Method
from endline.stats import (
    Reason,
    binomial_trend_many,
    detectable_apc_many,
    joinpoint_many,
    log_linear_many,
    mann_kendall_many,
    poisson_trend_many,
    prewhitened_many,
    recent_trend_many,
    theil_sen_many,
)

Column = npt.NDArray[Any]
Rows = npt.NDArray[np.intp]
RECENT: dict[str, Literal["rate", "proportion"]] = {"poisson": "rate", "binomial": "proportion"}
NUMBERS = (
    *("p", "size", "size_low", "size_high", "odds", "phi", "events", "base", "detectable"),
    *("S", "p_ranks", "slope", "slope_low", "slope_high", "p_prewhitened", "eapc"),
    *("joinpoints", "joinpoint", "joinpoint_p"),
    *("apc1", "apc1_low", "apc1_high", "apc2", "apc2_low", "apc2_high"),
    *("fitted_first", "fitted_last"),
)


class Results:
    """Arrays [series] by name, NaN where a statistic was not computed; `direction` has the sign of the trend."""

    def __init__(self, series: Series, method: Method) -> None:
        self._series, self._method = series, method
        self.method, self.why = series.method.copy(), series.why.copy()
        self.numbers: dict[str, Floats] = {name: np.full(len(series.n), np.nan) for name in NUMBERS}
        self.direction = np.full(len(series.n), np.nan)
        self.recent: Column = np.full(len(series.n), str(Reason.COUNTS_MISSING), dtype=object)
        self._ranks()
        self._counts()
        self._shares()
        self._lean_on_ranks()
        self._joinpoints()
        self._recent()

    def _put(self, rows: Rows, **found: Floats) -> None:
        for name, values in found.items():
            self.numbers[name][rows] = values

    def _of(self, method: str) -> Rows:
        return np.flatnonzero((self._series.method == method) & (self._series.state == ""))

    def _ranks(self) -> None:
        """Mann-Kendall, Theil-Sen and the log-linear line: of every series, as checks or for want of counts."""
        series, confidence = self._series, self._method.confidence.value
        rows = np.flatnonzero(np.isin(series.state, ["", "no_variation", "too_few_events"]))
        points = series.points[rows]
        if not len(rows):
            return
        test, line = mann_kendall_many(points), theil_sen_many(series.years, points, confidence)
        self._put(rows, S=test.S.astype(float), p_ranks=test.p)
        self._put(rows, slope=line.slope, slope_low=line.low, slope_high=line.high)
        self._put(rows, p_prewhitened=prewhitened_many(points).p)
        constant = rows[series.state[rows] == "no_variation"]
        self._put(constant, p=self.numbers["p_ranks"][constant])
        positive = rows[(np.nan_to_num(points, nan=1) > 0).all(axis=1)]
        self._put(positive, eapc=log_linear_many(series.years, series.points[positive], confidence).eapc)

    def _counts(self) -> None:
        series, method = self._series, self._method
        counted = np.flatnonzero(series.method == "poisson")
        total = np.nansum(series.events[counted], axis=1)
        self._put(counted, events=total, base=np.nansum(series.base[counted], axis=1))
        least = detectable_apc_many(series.years, series.base[counted], total, method.power.value, method.alpha.value)
        self._put(counted, detectable=np.abs(least))
        rows = self._of("poisson")
        trend = poisson_trend_many(series.years, series.events[rows], series.base[rows], method.confidence.value)
        per, year = series.per[rows], trend.first_year
        self._put(rows, p=trend.p, size=trend.apc, size_low=trend.low, size_high=trend.high, phi=trend.phi)
        ends = [per * np.exp(trend.log_rate + trend.beta * (end - year)) for end in (series.years[0], series.years[-1])]
        self._put(rows, fitted_first=ends[0], fitted_last=ends[1])
        self.direction[rows] = trend.beta

    def _shares(self) -> None:
        series, method = self._series, self._method
        counted = np.flatnonzero(series.method == "binomial")
        events, base = np.nansum(series.events[counted], axis=1), np.nansum(series.base[counted], axis=1)
        self._put(counted, events=events, base=base)
        rows = self._of("binomial")
        per = series.per[rows]
        trend = binomial_trend_many(series.years, series.events[rows], series.base[rows], method.confidence.value)
        odds = trend.log_odds[:, None] + trend.beta[:, None] * (series.years - trend.first_year[:, None])
        fitted = expit(odds)
        self._put(rows, p=trend.p, phi=trend.phi, odds=trend.odds_ratio)
        self._put(rows, fitted_first=per * fitted[:, 0], fitted_last=per * fitted[:, -1])
        self.direction[rows] = trend.beta
        # a change of the log odds in points: times the average slope of the fitted curve over the term
        points = per * (fitted * (1 - fitted)).mean(axis=1)
        errors = ndtri(1 - method.alpha.value / 2) + ndtri(method.power.value)
        self._put(rows, size=points * trend.beta, detectable=points * errors * trend.se)
        self._put(rows, size_low=points * np.log(trend.low), size_high=points * np.log(trend.high))

    def _lean_on_ranks(self) -> None:
        """Let ranks decide where there are only values, and where a regression has no finite estimate."""
        fallen = (self._series.state == "") & (self.method != "ranks") & np.isnan(self.numbers["p"])
        self.method[fallen], self.why[fallen] = "ranks", "no_finite_estimate"
        rows = np.flatnonzero((self.method == "ranks") & (self._series.state == ""))
        numbers, years = self.numbers, self._series.years
        self._put(rows, p=numbers["p_ranks"][rows])
        self._put(rows, **{f"size{end}": numbers[f"slope{end}"][rows] for end in ("", "_low", "_high")})
        self.direction[rows] = numbers["S"][rows]
        points, slope = self._series.points[rows], numbers["slope"][rows]
        middle = np.nanmedian(points - slope[:, None] * years, axis=1)
        self._put(rows, fitted_first=middle + slope * years[0], fitted_last=middle + slope * years[-1])

    def _joinpoints(self) -> None:
        series, method = self._series, self._method
        rows = self._of("poisson")
        events = series.events[rows]
        enough = series.n[rows] >= method.minimum_joinpoint_points.value
        enough &= (np.nan_to_num(events, nan=1) > 0).all(axis=1)
        enough &= np.nanmean(events, axis=1) >= method.minimum_joinpoint_events.value
        rows = rows[enough]
        if not len(rows):
            return
        found = joinpoint_many(
            series.years,
            series.points[rows],
            series.events[rows],
            permutations=method.joinpoint_permutations.value,
            alpha=method.alpha.value,
            confidence=method.confidence.value,
        )
        self._put(rows, joinpoints=found.k.astype(float), joinpoint=found.joinpoints[:, 0], joinpoint_p=found.p)
        for n in range(2):
            limits = {f"apc{n + 1}": found.apc, f"apc{n + 1}_low": found.low, f"apc{n + 1}_high": found.high}
            self._put(rows, **{name: values[:, n] for name, values in limits.items()})

    def _recent(self) -> None:
        """The marker of the last years, of the series that have counts."""
        series = self._series
        self.recent[series.break_ != ""] = series.break_[series.break_ != ""]
        for method, kind in RECENT.items():
            rows = np.flatnonzero((series.method == method) & (series.break_ == ""))
            found = recent_trend_many(series.years, series.events[rows], series.base[rows], kind)
            self.recent[rows] = np.where(found.refused == "", found.marker, found.refused)
