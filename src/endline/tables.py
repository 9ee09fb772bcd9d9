"""The annex tables of a report: plain cells, ready to print."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from endline.change_clauses import change_decimals
from endline.model import Note, Outline, Target, Verdict
from endline.narrative import Row, Teller
from endline.numbers import rounded, signed
from endline.store import Slice
from endline.trend_tables import TrendTables

Cells = list[list[str]]
Series = tuple[str, str]  # an indicator and a stratum


class Tables:
    """The tables of one region's part of a round."""

    def __init__(self, teller: Teller, outlines: Sequence[Outline], slice_: Slice) -> None:
        self.teller, self.say = teller, teller.say
        self.by_key: dict[str, Target] = {target.key: target for outline in outlines for target in outline.targets}
        self.outlines = {outline.id: outline for outline in outlines}
        self.evaluations = slice_.rows["evaluations"]
        self.by_target: dict[str, Row] = {e.target: e for e in self.evaluations}
        self.rows: dict[str, list[Row]] = {key: [] for key in self.by_key}
        for row in slice_.rows["measures"]:
            self.rows[row.target].append(row)
        self._observations: dict[Series, list[Row]] = {}
        for o in slice_.rows["observations"]:
            if o.region_code == teller.region.code:
                self._observations.setdefault((o.indicator_id, o.stratum), []).append(o)
        self._with_upper = slice_.rows["observations"]
        self.tests = max((row.trend_m for row in slice_.rows["measures"]), default=0)
        self.trends = TrendTables(teller, (row for rows in self.rows.values() for row in rows))
        order = dict.fromkeys((row.indicator_id, row.stratum) for rows in self.rows.values() for row in rows)
        self.series = [key for key in order if self.of(*key)]

    def header(self, *names: str) -> list[str]:
        """Return the column heads of the given names."""
        years = {"baseline": self.teller.round.baseline_year, "final": self.teller.round.final_year}
        return [
            self.say.say(f"table.{name}", year=years.get(name), confidence=self.teller.confidence) for name in names
        ]

    def of(self, indicator: str, stratum: str) -> list[Row]:
        """Return the region's observations of one series, in year order."""
        return self._observations.get((indicator, stratum), [])

    def printed(self) -> list[Row]:
        """Return the observations that the report prints or draws: the region's and its upper region's series."""
        printed = set(self.series)
        return [o for o in self._with_upper if (o.indicator_id, o.stratum) in printed]

    def place(self, target: Target) -> str:
        """Return where a target stands: its outline, shortened, and its clause."""
        return f"{self.outlines[target.outline].short} {self.say.clause(target)}"

    def remark(self, e: Row) -> str:
        """Return what stands beside a verdict: its flags, or its reason."""
        if e.reason:
            return self.teller.reason(e.reason)
        return self.say.names([self.say.get(f"flag.{flag}") for flag in e.flags.split(";") if flag])

    def targets(self) -> Cells:
        """Rows: clause, indicator, demanded, baseline, final, interval, units, change, %, targeted %, verdict."""
        cells = []
        for e in self.evaluations:
            target = self.by_key[e.target]
            verdict, none = self.say.get(f"verdict.{e.verdict}"), str(self.say.get("missing"))
            if not self.rows[e.target]:
                kind = self.say.get(f"kind.{target.kind}")
                cells.append([self.place(target), target.label, kind, *[none] * 7, verdict])
            for row in self.rows[e.target]:
                cells.append([self.place(target), *self._measure_cells(target, row), verdict])
        return cells

    def _measure_cells(self, target: Target, row: Row) -> list[str]:
        indicator = self.teller.indicators[row.indicator_id]
        none = str(self.say.get("missing"))
        decimals = change_decimals(row.value_text, row.baseline_value_text, indicator)
        plain = indicator.difference is None and not math.isnan(row.change_percent)
        total = "?" if math.isnan(row.units_total) else f"{row.units_total:.0f}"
        return [
            self.say.series_name(indicator, row.stratum),
            self.say.demanded(target, row.measure, indicator),
            self.say.value(row.baseline_value, row.baseline_value_text, row.baseline_bound, indicator),
            self.say.value(row.value, row.value_text, row.bound, indicator),
            none if math.isnan(row.interval_low) else self.say.interval(row.interval_low, row.interval_high, indicator),
            none if math.isnan(row.units_reported) else f"{row.units_reported:.0f}/{total}",
            none if math.isnan(row.change) else signed(row.change, decimals),
            signed(row.change_percent, 1) if plain else none,
            none if math.isnan(row.targeted_percent) else signed(row.targeted_percent, 1),
        ]

    @cached_property
    def charted(self) -> frozenset[Series]:
        """The series that have a chart of their own, with all years in the table below it."""
        return frozenset(
            (row.indicator_id, row.stratum)
            for key, rows in self.rows.items()
            for row in rows
            if row.last_year >= 0 and self.by_key[key].counted and self.by_target[key].verdict != Verdict.NOT_APPLICABLE
        )

    def values(self, counts: bool = True) -> Cells:
        """Rows: series with unit, one cell a year; with `counts` events and denominators below it, if there are any."""
        cells = []
        for indicator_id, stratum in self.series:
            indicator = self.teller.indicators[indicator_id]
            unit = self.say.get(f"chart.unit_plain.{indicator.unit}")
            first = self.say.say("table.series", name=self.say.series_name(indicator, stratum), unit=unit)
            rows = self.yearly(indicator_id, stratum, list(self.teller.round.years), limits=False)
            for n, (name, *years) in enumerate(rows if counts else rows[:1]):
                cells.append([self.say.say("table.of_series", name=name) if n else first, *years])
        return cells

    def yearly(self, indicator_id: str, stratum: str, years: Sequence[int], limits: bool = True) -> Cells:
        """Rows of one series, a cell a year: values; where it has counts, events, denominators and limits as well."""
        known = {o.year: o for o in self.of(indicator_id, stratum)}
        none, indicator = str(self.say.get("missing")), self.teller.indicators[indicator_id]
        seen = [known.get(year) for year in years]

        def row(name: str, cell: Callable[[Row], str]) -> list[str]:
            return [self.say.get(f"table.{name}"), *(none if o is None else cell(o) for o in seen)]

        rows = [row("value", self._value_cell)]
        if not any(o is not None and o.numerator == o.numerator for o in seen):
            return rows
        counts = [
            row(name, lambda o, field=field: none if math.isnan(getattr(o, field)) else f"{getattr(o, field):.0f}")  # type: ignore[misc]
            for name, field in (("events", "numerator"), ("denominator", "denominator"))
        ]
        rows = [*counts, *rows] if limits else [*rows, *counts]
        if limits:
            for name in ("low", "high"):
                ends = [math.nan if o is None else getattr(o, name) for o in seen]
                title = self.say.say(f"table.limit_{name}", confidence=self.teller.confidence)
                rows.append([title, *(none if math.isnan(e) else rounded(e, indicator.decimals) for e in ends)])
        return rows

    def _is_withheld(self, o: Row) -> bool:
        """Tell whether the public edition hides a value of a stratum, for its few events."""
        few = o.numerator < self.teller.method.hide_rate_below_events.value
        return self.teller.round.edition == "public" and bool(few)

    def births(self) -> list[tuple[int, float]]:
        """Return the year and number of live births, from the first series of rates whose denominators are births."""
        named = self.say.get("basics.births_base")
        for indicator_id, stratum in self.series:
            counted = self.teller.indicators[indicator_id].counted_as
            if counted and counted[1] == named and stratum == "total":
                return [(o.year, o.denominator) for o in self.of(indicator_id, stratum) if o.denominator > 0]
        return []

    def _value_cell(self, o: Row) -> str:
        if math.isnan(o.value):
            return str(self.say.get("missing"))
        indicator = self.teller.indicators[o.indicator_id]
        printed = self.say.plain(o.value, o.value_text, indicator)
        printed += self.say.get("derived_mark") if o.status == "derived" and not o.numerator > 0 else ""
        return self.say.say(f"bound.{o.bound}", value=printed) if o.bound else printed

    def undefined(self) -> list[str]:
        """Return the names of the indicators of which neither a definition nor a stream is known."""
        unknown = self.say.get("unknown")
        return [name for name, _, definition, stream, _ in self.definitions() if definition == stream == unknown]

    def definitions(self) -> Cells:
        """Rows: indicator, unit, definition, stream and period, status of the definition."""
        cells = []
        for indicator_id in dict.fromkeys(row.indicator_id for rows in self.rows.values() for row in rows):
            i = self.teller.indicators[indicator_id]
            definition = f"{i.numerator}÷{i.denominator}" if i.numerator else self.say.get("unknown")
            note = self.say.say("bracketed", text=i.note) if i.note else ""
            stream = self._apart(i.stream, i.period) or self.say.get("unknown")
            cells.append(
                [
                    self.say.series_name(i, "total"),
                    self.say.get(f"chart.unit_plain.{i.unit}"),
                    definition + note,
                    stream,
                    self.say.get(f"definition_status.{i.definition}"),
                ]
            )
        return cells

    def wording(self) -> Cells:
        """Rows: outline, clause, target, status of the wording, remark."""
        return [
            [
                self.outlines[t.outline].short,
                self.say.clause(t),
                t.label,
                self.say.get(f"wording_status.{t.wording}"),
                self._apart(t.wording_note, t.note),
            ]
            for t in self.by_key.values()
        ]

    def wording_by_status(self) -> Cells:
        """Rows: outline, clauses of the same status and remark, status of the wording, remark."""
        clauses: dict[tuple[str, str, str], list[str]] = {}
        for outline, clause, _, status, remark in self.wording():
            clauses.setdefault((outline, status, remark), []).append(clause)
        return [[outline, self.say.names(own), *said] for (outline, *said), own in clauses.items()]

    def open_targets(self) -> Cells:
        """Rows: clause, target, verdict, reason, latest observed value; of the open targets."""
        cells = []
        for e in self.evaluations:
            if e.verdict in (Verdict.MET, Verdict.ALREADY_MET, Verdict.ON_TRACK, Verdict.NOT_APPLICABLE):
                continue
            target = self.by_key[e.target]
            cells.append(
                [
                    self.place(target),
                    target.label,
                    self.say.get(f"verdict.{e.verdict}"),
                    self.remark(e),
                    self.say.names(list(filter(None, map(self._last, self.rows[e.target])))) or self.say.get("missing"),
                ]
            )
        return cells

    def notes(self, notes: Mapping[str, Note]) -> Cells:
        """Rows: target, reason, measure, unit, deadline; of the missed targets, and of others that have a note."""
        cells = []
        for e in self.evaluations:
            missed = e.verdict == Verdict.NOT_MET
            if not missed and e.target not in notes:
                continue
            name, verdict = self.by_key[e.target].label, self.say.get(f"verdict.{e.verdict}")
            note = notes.get(e.target, Note())
            absent = str(self.say.get("pending_fill" if missed else "missing"))
            cells.append(
                [
                    name if missed else self.say.say("missed.other", target=name, verdict=verdict),
                    *(said or absent for said in (note.reason, note.measure, note.unit, note.deadline)),
                ]
            )
        return cells

    def _last(self, row: Row) -> str:
        if row.last_year < 0:
            return ""
        value = self.say.value(
            row.last_value, row.last_value_text, row.last_bound, self.teller.indicators[row.indicator_id]
        )
        return self.say.say("table.last_one", year=row.last_year, value=value)

    def _apart(self, *texts: str) -> str:
        return self.say.names([text for text in texts if text], "part_separator")

    def strata(self, row: Row) -> str:
        """Return the sentence with the two strata behind a difference, and their ratio, at both ends of the term."""
        indicator = self.teller.indicators[row.indicator_id]
        rule, clauses = indicator.difference, []
        if rule is None:
            return ""
        of = self.teller.indicators[rule.indicator]
        for year in (self.teller.round.baseline_year, self.teller.round.final_year):
            found = [o for s in (rule.minuend, rule.subtrahend) for o in self.of(rule.indicator, s)]
            pair = [o for o in found if o.year == year and o.value > 0 and not self._is_withheld(o)]
            if len(pair) == 2:
                high, low = (self.say.value(o.value, o.value_text, o.bound, of) for o in pair)
                minuend, subtrahend = (self.say.get(f"stratum.{s}") for s in (rule.minuend, rule.subtrahend))
                facts = {"year": year, "minuend": minuend, "high": high, "subtrahend": subtrahend, "low": low}
                ratio = rounded(pair[0].value / pair[1].value, 2)
                clauses.append(self.say.say("sentence.strata", **facts, ratio=ratio))
        return self.say.sentence(str(self.say.get("part_separator")).join(clauses))
