"""The chart of a target's indicator: its lines, its marks, and the sentence that stands for it."""

import math
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit

from endline.figures import FULL, Form, Line, Mark, series_chart
from endline.model import Target
from endline.narrative import Row, Teller
from endline.numbers import exact, rounded
from endline.story import Block, chart

SERIES = attrgetter("region_code", "indicator_id", "stratum")


class YearValue(NamedTuple):
    """What was observed of a series in one year; nothing, where only the year is given."""

    year: int
    value: float = math.nan
    value_text: str = ""
    bound: str = ""
    numerator: float = math.nan
    denominator: float = math.nan
    low: float = math.nan
    high: float = math.nan


SEEN = attrgetter(*YearValue._fields)


class SeriesCharts:
    """The charts of the series of one region; `corner` marks simulated figures."""

    def __init__(self, teller: Teller, observations: Iterable[Row], corner: str) -> None:
        self.teller, self.say, self.corner = teller, teller.say, corner
        self.years = list(teller.round.years)
        self._series: dict[tuple[str, str, str], dict[int, YearValue]] = {}
        for o in observations:
            self._series.setdefault(SERIES(o), {})[o.year] = YearValue(*SEEN(o))

    def block(self, number: int, target: Target, row: Row, verdict: str, form: Form = FULL) -> Block:
        """Return the chart of a measure, with target, both ends of the term and the upper region behind it.

        `form` is FULL, as wide as the text, or PANEL, to stand beside a table.
        """
        say, indicator, region = self.say, self.teller.indicators[row.indicator_id], self.teller.region
        own = self._line(region.code, region.name, row, fitted_trend(row, self.years))
        upper = self._line(row.upper_code, self.teller.regions[row.upper_code].name, row) if row.upper_code else None
        if upper and all(map(math.isnan, upper.values)):
            upper = None
        name = say.series_name(indicator, row.stratum)
        axis = say.say("chart.axis", indicator=name, unit=say.get(f"chart.unit_plain.{indicator.unit}"))
        breaks = [(int(year), say.get("chart.break")) for year in row.trend_breaks.split(";") if year]
        svg = series_chart(
            self.years,
            own,
            upper,
            self._level(target, row),
            self._ends(row),
            axis,
            self.corner,
            breaks=breaks,
            form=form,
        )
        names = {"region": region.name, "indicator": name}
        caption = say.say("chart.caption", n=number, first=self.years[0], last=self.years[-1], **names)
        return chart(svg, self._alt(target, row, own, verdict, names), caption)

    def _observed(self, code: str, row: Row) -> list[YearValue]:
        """Return a region's observations of the series that a measure is of, one a year."""
        series = self._series.get((code, row.indicator_id, row.stratum), {})
        return [series.get(year) or YearValue(year) for year in self.years]

    def _line(self, code: str, name: str, row: Row, fitted: Sequence[float] = ()) -> Line:
        observed, hidden = self._observed(code, row), self.teller.method.hide_rate_below_events.value
        return Line(
            name,
            values=[o.value for o in observed],
            low=[o.low for o in observed],
            high=[o.high for o in observed],
            hidden=[o.numerator < hidden for o in observed],
            bounds=[o.bound for o in observed],
            fitted=fitted,
        )

    def _level(self, target: Target, row: Row) -> Mark | None:
        """Return the level that the target sets; a direction sets none."""
        if math.isnan(row.threshold):
            return None
        decimals = self.teller.indicators[row.indicator_id].decimals
        shown = rounded(row.threshold, decimals) if row.kind == "relative" else f"{exact(row.threshold).normalize():f}"
        return Mark(self.say.say("chart.target", target=shown), row.threshold)

    def _ends(self, row: Row) -> list[Mark]:
        """Return the marks of the baseline and the final value, where there are any."""
        say, indicator, marks = self.say, self.teller.indicators[row.indicator_id], []
        for key, year, value, printed, bound in (
            ("baseline", self.years[0], row.baseline_value, row.baseline_value_text, row.baseline_bound),
            ("final", self.years[-1], row.value, row.value_text, row.bound),
        ):
            if not math.isnan(value):
                shown = say.plain(value, printed, indicator)
                shown = say.say(f"bound.{bound}", value=shown) if bound else shown
                marks.append(Mark(f"{say.get(f'chart.{key}')} {shown}", value, year))
        return marks

    def _alt(self, target: Target, row: Row, own: Line, verdict: str, names: dict[str, str]) -> str:
        """Return what the chart shows: first and last value, target, missing years, verdict."""
        say, indicator = self.say, self.teller.indicators[row.indicator_id]
        known = [o for o in self._observed(self.teller.region.code, row) if not math.isnan(o.value)]
        points = [
            say.say("chart.alt_point", year=p.year, value=say.value(p.value, p.value_text, p.bound, indicator))
            for p in dict.fromkeys((known[0], known[-1]))
        ]
        gaps = [year for year, value in zip(self.years, own.values, strict=True) if math.isnan(value)]
        missing = say.say("chart.alt_gaps", years=say.years(gaps)) if gaps else ""
        missing += "".join(say.say("chart.alt_break", year=year) for year in row.trend_breaks.split(";") if year)
        demanded = say.say("chart.alt_target", target=say.demanded(target, row.measure, indicator))
        concluded = say.say("chart.alt_verdict", year=self.years[-1], verdict=say.get(f"verdict.{verdict}"))
        return say.say("chart.alt", points=say.names(points), target=demanded + missing, verdict=concluded, **names)


def fitted_trend(row: Row, years: Sequence[int]) -> list[float]:
    """Return the fitted value of each year where the evidence supports a trend: a line on the scale of its test."""
    first, last = row.trend_fitted_first, row.trend_fitted_last
    if row.trend_state not in ("increase", "decrease") or math.isnan(first + last):
        return []
    share = np.linspace(0, 1, len(years))
    if row.trend_method == "poisson":
        fitted = first * (last / first) ** share
    elif row.trend_method == "binomial":
        fitted = 100 * expit(logit(first / 100) + share * (logit(last / 100) - logit(first / 100)))
    else:
        fitted = first + share * (last - first)
    return [float(value) for value in fitted]
