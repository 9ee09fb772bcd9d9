"""The charts of the page: a region's main indicators over the years, drawn small, each told in a sentence.

Drawn as those of the reports: neither missing years nor breaks are crossed, few events are grey and hollow.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from endline.model import Target
from endline.narrative import Row, Teller
from endline.store import Store

CHARTS = 2  # a region
WIDTH, TOP, BOTTOM, EDGE = 120, 4.0, 30.0, 5.0  # of a chart, in units of its own
_TRIANGLES = {">=": "l2.6 4.6h-5.2z", "<=": "l2.6-4.6h-5.2z"}


class Point(NamedTuple):
    """A year's value as received."""

    year: int
    value: float
    text: str
    bound: str
    events: float | None


@dataclass(frozen=True)
class KeyChart:
    """A chart: the sentence that it shows, more for who cannot see it, the final value; SVG paths by class."""

    title: str
    detail: str
    value: str
    paths: Mapping[str, str]


def main_targets(order: Iterable[str], targets: Iterable[Target]) -> list[tuple[Target, int]]:
    """Return the first main indicators that targets measure, each as the first such target and its measure's number.

    `order` are the main indicators (`gap_indicators` of the method).
    """
    found: dict[str, tuple[Target, int]] = {}
    for target in targets:
        for number, measure in enumerate(target.measures if target.stratum == "total" else ()):
            found.setdefault(measure.indicator, (target, number))
    return [found[name] for name in order if name in found][:CHARTS]


def read_charts(
    store: Store, tellers: Sequence[Teller], main: Sequence[tuple[Target, int]]
) -> dict[str, list[KeyChart | None]]:
    """Return the charts of each teller's region by its code; None for a series without values."""
    codes = [teller.region.code for teller in tellers]
    if not main or not codes:
        return {code: [] for code in codes}
    years, series = tellers[0].round.years, dict[tuple[str, str], list[Point]]()
    names = [target.measures[number].indicator for target, number in main]
    for code, indicator, *point in store.totals(codes, names, years):
        series.setdefault((code, indicator), []).append(Point(*point))
    measures = store.measures(codes)
    wanted = measures["target"].isin([target.key for target, _ in main])
    rows = {(row.region_code, row.target, row.measure): row for row in measures[wanted].itertuples()}
    return {
        teller.region.code: [
            _chart(teller, target, rows.get((code, target.key, number)), series.get((code, name), ()))
            for (target, number), name in zip(main, names, strict=True)
        ]
        for code, teller in zip(codes, tellers, strict=True)
    }


def _chart(teller: Teller, target: Target, row: Row | None, points: Sequence[Point]) -> KeyChart | None:
    if row is None or not points:
        return None
    breaks = [int(year) for year in row.trend_breaks.split(";") if year]
    few = [p for p in points if p.events is not None and p.events < teller.method.hide_rate_below_events.value]
    finding = teller.finding(target, row.verdict, row.reason, [row])
    return KeyChart(
        teller.say.say("site.chart_title", region=teller.region.name, finding=finding),
        _detail(teller, row, points, few, breaks),
        _value(teller, row),
        _paths(teller.round.years, row.threshold, points, few, breaks),
    )


def _value(teller: Teller, row: Row) -> str:
    """Return the final value with what a rate is never printed without: its events, denominator and interval."""
    say, indicator = teller.say, teller.indicators[row.indicator_id]
    if math.isnan(row.value):
        return say.say("site.chart_none", year=teller.round.final_year)
    value = say.value(row.value, row.value_text, row.bound, indicator)
    if math.isnan(row.numerator) or math.isnan(row.interval_low):
        return value
    unstable = say.get("sentence.unstable") if row.stability in ("hidden", "unstable") else ""
    counts = {"events": f"{row.numerator:.0f}", "denominator": f"{row.denominator:.0f}", "unstable": unstable}
    interval = say.interval(row.interval_low, row.interval_high, indicator)
    return say.say("site.chart_value", value=value, confidence=teller.confidence, interval=interval, **counts)


def _detail(teller: Teller, row: Row, points: Sequence[Point], few: Sequence[Point], breaks: Sequence[int]) -> str:
    """Return the values of all years, and which years are missing, begin a definition, or rest on few events."""
    say, indicator = teller.say, teller.indicators[row.indicator_id]
    values = [(p.year, say.value(p.value, p.text, p.bound, indicator)) for p in points]
    told = say.names([say.say("chart.alt_point", year=year, value=value) for year, value in values])
    gaps = [year for year in teller.round.years if year not in {p.year for p in points}]
    told += say.say("chart.alt_gaps", years=say.years(gaps)) if gaps else ""
    told += "".join(say.say("chart.alt_break", year=year) for year in breaks)
    least = teller.method.hide_rate_below_events.value
    return told + (say.say("site.chart_few", years=say.years(p.year for p in few), events=least) if few else "")


def _paths(
    years: range, goal: float, points: Sequence[Point], few: Sequence[Point], breaks: Sequence[int]
) -> dict[str, str]:
    """Return the paths of a chart by class, empty ones left out; what comes later covers what came before."""
    known = [p.value for p in points] + ([] if math.isnan(goal) else [goal])
    low, spread = min(known), (max(known) - min(known)) or 1.0
    step = (WIDTH - 2 * EDGE) / max(1, len(years) - 1)

    def x(year: float) -> str:
        return f"{EDGE + (year - years[0]) * step:.4g}"

    def y(value: float) -> str:
        return f"{BOTTOM - (value - low) / spread * (BOTTOM - TOP):.4g}"

    line = ""
    for before, point in zip([None, *points], points, strict=False):
        joined = before and before.year == point.year - 1 and point.year not in breaks
        line += f"{'L' if joined else 'M'}{x(point.year)} {y(point.value)}"
    shaped = [p for p in points if p.bound in _TRIANGLES]
    dots = [p for p in points if p not in few and p not in shaped]
    hollow = "".join(f"M{x(p.year)} {y(p.value)}h0" for p in few)
    paths = {
        "goal": "" if math.isnan(goal) else f"M0 {y(goal)}H{WIDTH}",
        "break": "".join(f"M{x(year - 0.5)} 0V{BOTTOM + 4:g}" for year in breaks),
        "line": line,
        "dots": "".join(f"M{x(p.year)} {y(p.value)}h0" for p in dots),
        "bound": "".join(f"M{x(p.year)} {y(p.value)}{_TRIANGLES[p.bound]}" for p in shaped),
        "few": hollow,
        "hole": hollow,
    }
    return {name: path for name, path in paths.items() if path}
