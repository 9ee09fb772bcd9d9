"""The charts of a region's report: drawn, named, and told in a sentence that says what they show."""

import math
from collections.abc import Mapping, Sequence

from endline.charts import alts
from endline.charts.series import SeriesCharts, YearValue, fitted_trend
from endline.evaluation.tally import NAMED, Tally
from endline.figures import (
    FunnelLimits,
    FunnelPoint,
    Mark,
    Multiple,
    Part,
    SlopeRow,
    SpineRow,
    StatusRow,
    Tile,
    funnel_chart,
    slope_chart,
    small_multiples,
    spine_chart,
    status_bar,
    tile_map,
)
from endline.model import Indicator
from endline.numbers import exact
from endline.story import Block, chart

__all__ = ["Charts", "YearValue", "fitted_trend"]


class Charts(SeriesCharts):
    """The charts of one region's part of a round; `corner` marks simulated figures, captions come from the caller."""

    def status_row(self, label: str, counts: Tally) -> StatusRow:
        """Return the bar of a tally."""
        say = self.say
        named = NAMED[self.teller.round.kind]
        parts = [Part(say.get(f"verdict.{v}"), getattr(counts, field), str(v)) for field, v in named.items()]
        return StatusRow(label, parts, say.say("chart.status.total", n=counts.all))

    def status(self, rows: Sequence[StatusRow], caption: str) -> Block:
        """Return the bars of how many targets have which verdict."""
        return chart(status_bar(rows, self.corner), alts.status_alt(self.say, rows), caption)

    def spine(self, rows: Sequence[SpineRow], caption: str) -> Block:
        """Return all indicators against their targets; `self.note("spine")` says how to read it."""
        upper = self.teller.regions.get(self.teller.region.parent)
        words = {**self.say.get("verdict"), **self.say.get("chart.spine.words")}
        words |= {"upper": upper.name if upper else "", **self._term}
        return chart(spine_chart(rows, words, self.corner), alts.spine_alt(self.say, rows), caption)

    def funnel(
        self,
        points: Sequence[FunnelPoint],
        limits: FunnelLimits,
        reference: float,
        target: float | None,
        indicator: Indicator,
        caption: str,
        stratum: str = "total",
    ) -> Block:
        """Return areas around a common value, that of this region, in the indicator's unit."""
        say, name = self.say, self.teller.region.name
        common = Mark(
            say.say("chart.funnel.reference", region=name, value=self._shown(reference, indicator)), reference
        )
        names = self.say.get("counted_as") if indicator.counted_as is None else indicator.counted_as
        axes = (say.say("chart.funnel.denominator", name=names[1]), self._axis(indicator, stratum))
        words = say.get("chart.funnel.words")
        svg = funnel_chart(points, limits, common, self._goal(target, indicator), axes, words, self.corner)
        return chart(svg, alts.funnel_alt(say, points, reference, target, indicator, stratum), caption)

    def slope(
        self,
        rows: Sequence[SlopeRow],
        indicator: Indicator,
        caption: str,
        target: float | None = None,
        stratum: str = "total",
        words: Mapping[str, str] | None = None,
    ) -> Block:
        """Return lines from baseline to final year; `words` names their states where these are no verdicts."""
        years = (self._term["baseline"], self._term["final"])
        names = self.say.get("verdict") if words is None else words
        axis, goal = self._axis(indicator, stratum), self._goal(target, indicator)
        svg = slope_chart(rows, years, goal, axis, names, self.corner)
        return chart(svg, alts.slope_alt(self.say, rows, years, axis), caption)

    def multiples(
        self,
        panels: Sequence[Multiple],
        indicator: Indicator,
        caption: str,
        behind: Sequence[float] = (),
        stratum: str = "total",
    ) -> Block:
        """Return a small chart an area; `behind` is this region's own series over the same years."""
        axis = self._axis(indicator, stratum)
        targets = {panel.target for panel in panels if not math.isnan(panel.target)}
        goal = self._goal(min(targets), indicator) if len(targets) == 1 else None
        goal_text = goal.text if goal else self.say.get("chart.multiples.target") if targets else ""
        own = self.teller.region.name if len(behind) else ""
        svg = small_multiples(panels, axis, goal_text, behind, own, self.say.get("verdict"), self.corner)
        few = self.say.say("gaps.cell_few", hide=self.teller.method.hide_rate_below_events.value)
        return chart(svg, alts.multiples_alt(self.say, panels, indicator, axis, few), caption)

    def tiles(self, tiles: Sequence[Tile], caption: str, words: Mapping[str, str] | None = None) -> Block:
        """Return a map without boundaries; `words` names the states of the tiles where these are no verdicts."""
        names = self.say.get("verdict") if words is None else words
        return chart(tile_map(tiles, names, self.corner), alts.tiles_alt(self.say, tiles, names), caption)

    def note(self, kind: str) -> str:
        """Return how to read a kind of chart (spine, funnel, slope, multiples, tiles)."""
        return str(self.say.get(f"chart.{kind}.note"))

    @property
    def _term(self) -> dict[str, str]:
        ends = {"baseline": self.years[0], "final": self.years[-1]}
        return {name: self.say.say("chart.year", year=year) for name, year in ends.items()}

    def _axis(self, indicator: Indicator, stratum: str) -> str:
        say = self.say
        unit = say.get(f"chart.unit_plain.{indicator.unit}")
        return say.say("chart.axis", indicator=say.series_name(indicator, stratum), unit=unit)

    def _goal(self, target: float | None, indicator: Indicator) -> Mark | None:
        if target is None or math.isnan(target):
            return None
        return Mark(self.say.say("chart.target", target=f"{exact(target).normalize():f}"), target)

    def _shown(self, value: float, indicator: Indicator) -> str:
        return self.say.plain(value, "", indicator)
