"""What a report's annex says of the quality of its data: complete, consistent, checked, put right."""

import math

from endline.narrative import Row, Teller
from endline.quality.counts import Counts, share
from endline.quality.listed import corrections_table
from endline.store import Slice
from endline.story import Block, Part, heading, prose, table, text

Series = tuple[str, str]  # an indicator and a stratum


def quality_blocks(teller: Teller, slice_: Slice) -> list[Block]:
    """Return the blocks of one region, headings of level 2 included; computes nothing, prints what the slice holds."""
    told = _Annex(teller, slice_)
    return [*told.completeness(), *told.rules(), *told.agreement(), *told.corrections()]


class _Annex:
    def __init__(self, teller: Teller, slice_: Slice) -> None:
        self.teller, self.say = teller, teller.say
        self.years = list(teller.round.years)
        self.counts = Counts(slice_.rows["quality"])
        self.corrected = slice_.rows["corrections"]
        keys = ((row.indicator_id, row.stratum) for row in slice_.rows["measures"])
        self.series: dict[Series, list[Row]] = {key: [] for key in keys}  # each with its years that have a usable value
        for row in slice_.rows["observations"]:
            key = row.indicator_id, row.stratum
            if row.region_code == teller.region.code and key in self.series and not math.isnan(row.value):
                self.series[key].append(row)

    def completeness(self) -> list[Block]:
        """How many series have a figure, and how full the forms are, year by year; then the series with gaps."""
        say = self.say
        with_any = [key for key, rows in self.series.items() if rows]
        full = sum(len(rows) == len(self.years) for rows in self.series.values())
        facts = {"first": self.years[0], "last": self.years[-1], "all": len(self.series), "full": full}
        sentences = [say.say("quality.series", **facts, some=len(with_any))]
        missing = [self._name(key) for key in self.series if key not in with_any]
        if missing:
            sentences.append(say.say("quality.without", names=say.names(missing)))
        for of_year in self.counts.children:
            if of_year.item:
                names = say.names([self.teller.regions[code].name for code in of_year.item.split()])
                sentences.append(say.say("quality.silent", year=of_year.year, names=names))
        header, rows = self._by_year()
        widths = [4, 7, *[7] * (len(header) - 2)]
        caption = say.say("quality.caption_forms" if self.counts.forms else "quality.caption_years", **facts)
        by_year = table(header, rows, "l" + "r" * (len(header) - 1), widths, caption)
        blocks = [*self._section("completeness", prose(*sentences)), text(by_year, style="annex")]
        if gaps := self._gaps():
            columns = [say.get(f"quality.{name}") for name in ("indicator", "with_value", "without_value", "fewest")]
            body = table(columns, gaps, "llll", [26, 5, 16, 9], say.get("quality.caption_gaps"))
            blocks.append(text(body, style="sheet"))
        return blocks

    def _by_year(self) -> tuple[list[str], list[list[str]]]:
        say, counts = self.say, self.counts
        none = str(say.get("missing"))
        header = [say.get("table.year"), say.say("quality.with_series", all=len(self.series))]
        for name in counts.forms.values():
            short = say.told(name.partition(" ")[0])
            header += [say.say("quality.form_complete", form=short), say.say("quality.form_reported", form=short)]
        if counts.children:
            header.append(say.get("quality.children"))
        rows = []
        for year in self.years:
            cells = [str(year), str(sum(any(row.year == year for row in found) for found in self.series.values()))]
            for form in counts.forms:
                given, reported = counts.of("completeness", form, year), counts.of("reporting", form, year)
                cells += [share(given) if given else none, f"{reported.part}/{reported.whole}" if reported else none]
            if counts.children:
                cells.append(next((f"{of.part}/{of.whole}" for of in counts.children if of.year == year), none))
            rows.append(cells)
        return header, rows

    def _gaps(self) -> list[list[str]]:
        """Return the series that miss a year, or counties in one: years with a value, without, the fewest counties."""
        same: dict[tuple[str, str, str], list[str]] = {}  # series that lack the same stand in one row
        none = str(self.say.get("missing"))
        for key, found in self.series.items():
            there = {row.year for row in found}
            parts = [row for row in found if row.units_reported < row.units_total]
            if not found or (len(there) == len(self.years) and not parts):
                continue
            fewest = min(parts, key=lambda row: row.units_reported / row.units_total, default=None)
            least = none
            if fewest:
                units = {"reported": f"{fewest.units_reported:.0f}", "total": f"{fewest.units_total:.0f}"}
                least = self.say.say("quality.fewest_units", year=fewest.year, **units)
            absent = self.say.years(year for year in self.years if year not in there)
            row = f"{len(there)}/{len(self.years)}", absent or none, least
            same.setdefault(row, []).append(self._name(key))
        return [[self.say.names(names), *row] for row, names in same.items()]

    def rules(self) -> list[Block]:
        """Which rules found something, of the region itself and with all below it."""
        say, fired = self.say, self.counts.rules
        if not fired:
            return self._section("rules", prose(say.get("quality.no_rules")))
        sums = {
            f"{level}_{which}": sum(getattr(row, of) for row in fired if row.level == level)
            for level in say.get("issue_level")
            for which, of in (("own", "part"), ("all", "whole"))
        }
        below = bool(self.teller.regions.children(self.teller.region.code))
        columns = 5 if below else 4
        lead = say.say(f"quality.rules_{'below' if below else 'own'}", **sums), say.get("quality.levels")
        header = [say.get(f"quality.{name}") for name in ("rule", "level", "rule_name", "own", "with_below")]
        cells = [
            [row.item, say.get(f"issue_level.{row.level}"), say.told(row.name), str(row.part), str(row.whole)][:columns]
            for row in fired
        ]
        widths = [4, 4, 26, 5, 5][:columns]
        body = table(header[:columns], cells, "lllrr"[:columns], widths, say.get("quality.caption_rules"))
        return [*self._section("rules", prose(*lead)), text(body, style="sheet")]

    def agreement(self) -> list[Block]:
        """How far related counts agree, how many steps stick out, whether last digits are even."""
        say, lines = self.say, []
        ratios = [
            say.say("quality.ratio", name=say.told(row.name), part=row.part, whole=row.whole)
            for row in self.counts.consistency
        ]
        if ratios:
            lines.append(prose(say.say("quality.consistency_text", ratios=say.names(ratios, "target_separator"))))
        for measure in ("outliers", "digits"):
            if row := self.counts.of(measure):
                lines.append(prose(say.say(f"quality.{measure}_text", part=row.part, whole=row.whole)))
        return self._section("agreement", *(lines or [prose(say.get("quality.no_agreement"))]))

    def corrections(self) -> list[Block]:
        """The cells that were put right: what stood there, what stands there now, why, and who says so."""
        if not self.corrected:
            return self._section("corrections", prose(self.say.get("quality.no_corrections")))
        listed = corrections_table(self.say, self.corrected, self.teller.regions, self.teller.round.dataset)
        count = prose(self.say.say("quality.corrections_text", n=len(self.corrected)))
        return [*self._section("corrections", count), text(listed, style="annex")]

    def _section(self, key: str, *paragraphs: Part) -> list[Block]:
        return [text(heading(2, self.say.get(f"quality.{key}")), *paragraphs, style="annex")]

    def _name(self, key: Series) -> str:
        return self.say.series_name(self.teller.indicators[key[0]], key[1])
