"""The regions directly below a region, and the counties two levels below, as its report compares them."""

import math

from endline.chapters.telling import Telling
from endline.model import Indicator
from endline.narrative import Row
from endline.numbers import rounded

FINDINGS = 5  # indicators that are told one by one


class Areas:
    """The regions below one region side by side, in code order, never ranked; `facts` are words of most sentences."""

    def __init__(self, t: Telling) -> None:
        self.t, self.say = t, t.say
        rows = t.slice.rows["gaps"]
        self.children = [row for row in rows if row.scope == "children"]
        self._counties = {(row.indicator_id, row.stratum): row for row in rows if row.scope == "counties"}
        self.hide = t.teller.method.hide_rate_below_events.value
        self.stable = t.teller.method.unstable_below_events.value
        level = next((t.teller.regions[code].level for code in self.codes()), "banner")
        self.facts = {
            "region": t.region.name,
            "year": t.round.final_year,
            "unit": self.say.get(f"gaps.unit.{level}"),
            "events": self.stable,
            "hide": self.hide,
        }

    def codes(self) -> list[str]:
        """Return the codes of the regions directly below, in code order."""
        year = self.t.round.final_year
        return [r.code for r in self.t.teller.regions.children(self.t.region.code) if r.exists_in(year)]

    @property
    def compared(self) -> bool:
        """Tell whether any indicator has counts of two of them."""
        return any(row.counted > 1 for row in self.children)

    def lead(self) -> str:
        """Return what is compared with what, or why nothing is."""
        areas = len(self.codes())
        if not areas:
            kind = "no_areas" if self.t.region.level == "banner" else "no_areas_above"
            level = self.say.get(f"gaps.unit.{self.t.region.level}") if kind == "no_areas" else ""
            return self.say.say(f"gaps.{kind}", region=self.t.region.name, level=level)
        if not self.compared:
            reported = max((row.reported for row in self.children), default=0)
            key = "no_counts" if reported else "no_values"
            return self.say.say(f"gaps.{key}", areas=areas, reported=reported, **self.facts)
        return self.say.say("gaps.lead", areas=areas, **self.facts)

    def main(self) -> list[Row]:
        """Return the main indicators with enough events, in the order of the method."""
        order = self.t.teller.method.gap_indicators.value
        known = {row.indicator_id: row for row in self.children if row.counted > 1 and row.own_events >= self.stable}
        return [known[name] for name in order if name in known][:FINDINGS]

    def drawn(self, row: Row) -> str:
        """Return the scope of an indicator's funnel: the counties, or else the regions below; "" for none.

        Where an area has fewer events on average than a rate is shown with, a funnel shows nothing.
        """
        counties = self.counties(row)
        if counties is not None and counties.expected >= self.hide:
            return "counties"
        return "children" if row.expected >= self.hide else ""

    @property
    def with_counties(self) -> bool:
        """Tell whether there are counties two levels below."""
        return bool(self._counties)

    def indicator(self, row: Row) -> Indicator:
        """Return the indicator of a row."""
        return self.t.teller.indicators[row.indicator_id]

    def name(self, row: Row) -> str:
        """Return the name of a row's series."""
        return self.say.series_name(self.indicator(row), row.stratum)

    def goal(self, row: Row) -> float | None:
        """Return the level that the target of a row sets; None where it sets none."""
        own = (r for r in self.t.tables.rows[row.target] if r.indicator_id == row.indicator_id)
        return next((r.threshold for r in own if r.kind == "absolute"), None)

    def ratio(self, row: Row) -> str:
        """Return the ratio of the highest to the lowest value as it is printed."""
        return str(self.say.get("not_computable")) if math.isnan(row.ratio) else rounded(row.ratio, 2)

    def region(self, code: str) -> str:
        """Return a region's name."""
        return self.t.teller.regions[code].name

    def counties(self, row: Row) -> Row | None:
        """Return the same series among the counties two levels below."""
        return self._counties.get((row.indicator_id, row.stratum))
