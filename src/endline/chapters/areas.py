"""Section: the regions directly below, and the counties two levels below, around the region's own value."""

import math
from collections.abc import Iterator, Mapping

from endline.chapters.area_charts import funnel, tile_map
from endline.chapters.telling import Telling
from endline.model import Indicator
from endline.narrative import Row
from endline.numbers import rounded
from endline.params.tiles import Place
from endline.rows import rows_of
from endline.story import Block, prose, table, text
from endline.tables import Cells

FINDINGS = 5  # indicators that are told one by one
FUNNELS = 1
NAMES = 6  # regions outside the limits: more are only counted


class Areas:
    """The comparison of the regions below one region, in code order; no ranks."""

    def __init__(self, t: Telling) -> None:
        self.t, self.say = t, t.say
        rows = rows_of(t.slice.gaps)
        self._children = [row for row in rows if row.scope == "children"]
        self._counties = {(row.indicator_id, row.stratum): row for row in rows if row.scope == "counties"}
        self._hide = t.teller.method.hide_rate_below_events.value
        self._stable = t.teller.method.unstable_below_events.value
        level = next((t.teller.regions[code].level for code in self._codes()), "banner")
        self._facts = {
            "region": t.region.name,
            "year": t.round.final_year,
            "unit": self.say.get(f"gaps.unit.{level}"),
            "events": self._stable,
            "hide": self._hide,
        }

    def _codes(self) -> list[str]:
        year = self.t.round.final_year
        return [r.code for r in self.t.teller.regions.children(self.t.region.code) if r.exists_in(year)]

    @property
    def _compared(self) -> bool:
        return any(row.counted > 1 for row in self._children)

    def lead(self) -> str:
        """Return what is compared with what, or why nothing is."""
        areas = len(self._codes())
        if not areas:
            kind = "no_areas" if self.t.region.level == "banner" else "no_areas_above"
            level = self.say.get(f"gaps.unit.{self.t.region.level}") if kind == "no_areas" else ""
            return self.say.say(f"gaps.{kind}", region=self.t.region.name, level=level)
        if not self._compared:
            reported = max((row.reported for row in self._children), default=0)
            return self.say.say("gaps.no_counts", areas=areas, reported=reported, **self._facts)
        return self.say.say("gaps.lead", areas=areas, **self._facts)

    def blocks(self, tiles: Mapping[str, Place], figures: Iterator[int]) -> list[Block]:
        """Return the findings, funnels, the map of targets met, and the tables of indicators and of regions."""
        if not self._compared:
            return []
        say, main = self.say, self._main()
        told = [prose(self._finding(row)) for row in main] or [prose(say.say("gaps.no_findings", **self._facts))]
        blocks = [text(*told, style="detail")]
        drawn = [(row, scope) for row in main if (scope := self._drawn(row))][:FUNNELS]
        for row, scope in drawn:
            unit = say.get("gaps.unit.banner") if scope == "counties" else self._facts["unit"]
            name = self._name(row)
            caption = say.say("gaps.caption_funnel", **self._facts | {"unit": unit, "indicator": name})
            blocks.append(funnel(self.t, row, scope, say.say("gaps.figure", n=next(figures), caption=caption)))
        if drawn:
            blocks.append(text(prose(self.t.charts.note("funnel")), style="small"))
        if len(self.t.slice.subregions):
            caption = say.say("gaps.caption_tiles", **self._facts)
            blocks.append(tile_map(self.t, tiles, say.say("gaps.figure", n=next(figures), caption=caption)))
            blocks.append(text(prose(self.t.charts.note("tiles"), say.get("gaps.note_tiles")), style="small"))
        return [*blocks, *self._spread_table(), *self._members_table(main)]

    def _main(self) -> list[Row]:
        """Return the main indicators with enough events, in the order of the method."""
        order = self.t.teller.method.gap_indicators.value
        known = {row.indicator_id: row for row in self._children if row.counted > 1 and row.own_events >= self._stable}
        return [known[name] for name in order if name in known][:FINDINGS]

    def _drawn(self, row: Row) -> str:
        """Return the scope of an indicator's funnel: the counties, or else the regions below; "" for none.

        Where an area has fewer events on average than a rate is shown with, a funnel shows nothing.
        """
        counties = self._counties.get((row.indicator_id, row.stratum))
        if counties is not None and counties.expected >= self._hide:
            return "counties"
        return "children" if row.expected >= self._hide else ""

    def _indicator(self, row: Row) -> Indicator:
        return self.t.teller.indicators[row.indicator_id]

    def _name(self, row: Row) -> str:
        return self.say.series_name(self._indicator(row), row.stratum)

    def _region(self, code: str) -> str:
        return self.t.teller.regions[code].name

    def _finding(self, row: Row) -> str:
        """Return an indicator's sentences: number of areas, extremes, funnel, dispersion, targets met, counties."""
        say, indicator = self.say, self._indicator(row)
        own = next(r for r in self.t.tables.rows[row.target] if r.indicator_id == row.indicator_id)
        value = say.value(own.value, own.value_text, own.bound, indicator)
        facts = self._facts | {"indicator": self._name(row), "value": value}
        key = "finding" if row.areas == row.counted else "finding_some"
        lead = say.say(f"gaps.{key}", areas=row.areas, counted=row.counted, **facts)
        extremes = say.say("gaps.few_stable", stable=row.stable, **facts)
        if row.low_code:
            pair = {
                "low": self._region(row.low_code),
                "low_value": say.value(row.low_value, row.low_text, "", indicator),
                "high": self._region(row.high_code),
                "high_value": say.value(row.high_value, row.high_text, "", indicator),
                "difference": say.points(row.difference, indicator.decimals, indicator),
                "ratio": say.get("not_computable") if math.isnan(row.ratio) else rounded(row.ratio, 2),
            }
            extremes = say.say("gaps.extremes", stable=row.stable, **pair, **facts)
        outside = [self._outside(row, side) for side in ("above", "below")]
        if not row.above_998 + row.below_998:
            outside = [say.say("gaps.none_outside", **facts)]
        counties = self._counties.get((row.indicator_id, row.stratum))
        below = "" if counties is None else say.say("gaps.counties", **self._counted(counties))
        sentences = [(lead, extremes), (*outside, self._excess(row)), self._met(row), (below,)]
        return "".join(say.sentence(*clauses) for clauses in sentences)

    def _outside(self, row: Row, side: str) -> str:
        n, codes = getattr(row, f"{side}_998"), getattr(row, f"{side}_codes")
        if not n:
            return str(self.say.get(f"gaps.none_{side}"))
        names = self.say.names([self._region(code) for code in codes.split(";")])
        return self.say.say(f"gaps.{side}", n=n, names=self.say.say("gaps.named", names=names) if n <= NAMES else "")

    def _excess(self, row: Row) -> str:
        if row.expected < self._hide:
            return self.say.say("gaps.few_expected", **self._facts | {"events": self._hide})
        if math.isnan(row.excess_percent):
            return ""
        percent = rounded(row.excess_percent, 0)
        return (
            self.say.say("gaps.excess", percent=percent) if row.excess_percent else str(self.say.get("gaps.no_excess"))
        )

    def _met(self, row: Row) -> tuple[str, ...]:
        """Return how many areas met the target, and of how many of the others that is sure."""
        missed = row.judged - row.met
        if not row.judged:
            return ()
        if not missed:
            return (self.say.say("gaps.all_met", judged=row.judged),)
        met = self.say.say("gaps.some_met", judged=row.judged, met=row.met)
        if self.t.tables.by_key[row.target].kind != "absolute":
            return (met,)
        key = {0: "contradicted_none", missed: "contradicted_all"}.get(row.contradicted, "contradicted")
        return met, self.say.say(f"gaps.{key}", missed=missed, n=row.contradicted)

    def _counted(self, row: Row) -> dict[str, int]:
        return {"counted": row.counted, "areas": row.areas, "above": row.above_998, "below": row.below_998}

    def _spread_table(self) -> list[Block]:
        """Return a row an indicator: extremes, areas outside the limits, dispersion, targets met."""
        say, with_counties = self.say, bool(self._counties)
        names = ["indicator", "reported", "extremes", "difference", "ratio", "outside", "excess", "disparity", "met"]
        widths = [17, 5, 24, 5, 5, 6, 5, 6, 6]
        if with_counties:
            names, widths = [*names, "counties"], [*widths, 6]
        header = [say.get(f"gaps.columns.{name}") for name in names]
        rows = [self._spread_cells(row, with_counties) for row in self._children]
        align = "lclrr" + "c" * (len(names) - 5)
        listed = table(header, rows, align, widths, say.say("gaps.caption_spread", **self._facts))
        note = prose(say.say("gaps.note_spread", **self._facts))
        return [text(listed, style="annex"), text(note, style="small")]

    def _spread_cells(self, row: Row, with_counties: bool) -> list[str]:
        say, indicator = self.say, self._indicator(row)
        none = str(say.get("missing"))
        extremes = none
        if row.low_code:
            ends = {
                name: say.plain(getattr(row, f"{name}_value"), getattr(row, f"{name}_text"), indicator)
                for name in ("low", "high")
            }
            names = {f"{name}_name": self._region(getattr(row, f"{name}_code")) for name in ("low", "high")}
            extremes = say.say("gaps.range", **ends, **names)
        few = not row.expected >= self._hide
        counties = self._counties.get((row.indicator_id, row.stratum))
        cells = [
            say.say("table.series", name=self._name(row), unit=say.get(f"chart.unit_plain.{indicator.unit}")),
            f"{row.reported}/{row.areas}",
            extremes,
            none if math.isnan(row.difference) else rounded(row.difference, indicator.decimals),
            none if math.isnan(row.ratio) else rounded(row.ratio, 2),
            f"{row.above_998}/{row.below_998}" if row.counted else none,
            none if few or math.isnan(row.excess_percent) else rounded(row.excess_percent, 0),
            none if few or math.isnan(row.disparity_percent) else rounded(row.disparity_percent, 1),
            f"{row.met}/{row.judged}" if row.judged else none,
        ]
        if with_counties:
            cells.append(none if counties is None else f"{counties.above_998}/{counties.below_998}")
        return cells

    def _members_table(self, main: list[Row]) -> list[Block]:
        """Return the main indicators of every area in code order; not in the public edition."""
        say, edition = self.say, self.t.round.edition
        if not main or edition != "acceptance":
            return []
        members = {
            (m.member_code, m.indicator_id, m.stratum): m
            for m in rows_of(self.t.slice.gap_members)
            if m.scope == "children"
        }
        header = [
            str(say.get("gaps.columns.region")),
            *(
                say.say("table.series", name=self._name(r), unit=say.get(f"chart.unit_plain.{self._indicator(r).unit}"))
                for r in main
            ),
        ]
        rows: Cells = [
            [self._region(code), *(self._member_cell(members.get((code, r.indicator_id, r.stratum)), r) for r in main)]
            for code in self._codes()
        ]
        listed = table(
            header, rows, "l" + "r" * len(main), [9, *[8] * len(main)], say.say("gaps.caption_members", **self._facts)
        )
        note = prose(say.say("gaps.note_members", **self._facts))
        return [text(listed, style="annex"), text(note, style="small")]

    def _member_cell(self, member: Row | None, row: Row) -> str:
        say, indicator = self.say, self._indicator(row)
        if member is None:
            return str(say.get("missing"))
        if member.stability == "hidden":
            return say.say("gaps.cell_few", hide=self._hide)
        marks: Mapping[str, str] = say.get("gaps.marks")
        value = say.plain(member.value, member.value_text, indicator)
        value += marks.get(member.stability, "") + marks.get(member.state, "")
        return (
            value
            if indicator.is_proportion
            else say.say("gaps.cell_events", value=value, events=f"{member.events:.0f}")
        )
