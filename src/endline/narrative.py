"""What is said of a target: every clause is tied to a verdict and its figures."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from endline.change_clauses import change_clause, comparison_clause
from endline.missing import value_clause
from endline.model import Indicator, Method, Region, Round, Target
from endline.regions import Regions
from endline.stats import births_needed
from endline.trend_clauses import joinpoint_clause, pooled_clause, trend_clause
from endline.wording import Wording

Row = Any  # one row of `measures`, as `itertuples` gives it


@dataclass(frozen=True)
class Teller:
    """The words for one region's part of a round."""

    round: Round
    region: Region
    regions: Regions
    indicators: Mapping[str, Indicator]
    method: Method
    say: Wording

    def value(self, row: Row) -> str:
        """Return the clause with the final year's value, its events and denominator."""
        indicator = self.indicators[row.indicator_id]
        name, year = self.say.series_name(indicator, row.stratum), self.round.final_year
        if not math.isnan(row.value):
            printed = self.say.value(row.value, row.value_text, row.bound, indicator)
            facts = {"year": year, "indicator": name, "value": printed}
            if math.isnan(row.numerator) or math.isnan(row.interval_low):
                return self.say.say("sentence.value", **facts) + value_clause(self, row)
            return self.say.say("sentence.value_counts", **facts, **self._counted(row)) + value_clause(self, row)
        if row.missing_reason in ("refused", "zero_denominator"):
            return self.say.say(f"sentence.{row.missing_reason}", year=year, indicator=name)
        if row.last_year < 0:
            return self.say.say("sentence.no_observation", indicator=name)
        last = self.say.value(row.last_value, row.last_value_text, row.last_bound, indicator)
        return (
            name
            + self.say.say("sentence.no_value", year=year)
            + self.say.say("sentence.last_value", year=row.last_year, value=last)
        )

    def certainty(self, row: Row) -> str:
        """Return the clause with the exact interval of the final value, and the units that it is summed from."""
        if math.isnan(row.value) or math.isnan(row.numerator) or math.isnan(row.interval_low):
            return ""
        indicator = self.indicators[row.indicator_id]
        clause = self.say.say(
            "sentence.certainty",
            confidence=self.confidence,
            interval=self.say.interval(row.interval_low, row.interval_high, indicator),
        )
        if row.units_reported < row.units_total:
            reported, total = f"{row.units_reported:.0f}", f"{row.units_total:.0f}"
            clause += self.say.say("sentence.value_units", reported=reported, total=total)
        return clause

    def _counted(self, row: Row) -> dict[str, str]:
        unstable = self.say.get("sentence.unstable") if row.stability in ("hidden", "unstable") else ""
        return {"events": f"{row.numerator:.0f}", "denominator": f"{row.denominator:.0f}", "unstable": unstable}

    def subunits(self, row: Row) -> list[str]:
        """Return the clauses on the units that must each meet the target."""
        unit = self.say.get(f"subunit.{row.subunit}")
        counted = {n: f"{getattr(row, f'subunits_{n}'):.0f}" for n in ("total", "reported", "meeting")}
        if math.isnan(row.subunits_reported) or not row.subunits_reported:
            return [self.say.say("sentence.subunits_none", unit=unit)]
        key = "subunits_unknown" if math.isnan(row.subunits_total) else "subunits"
        clauses = [self.say.say(f"sentence.{key}", unit=unit, **counted)]
        failing = [self.regions[code].name for code in row.subunits_failing.split(";") if code]
        if failing:
            clauses.append(self.say.say("sentence.subunits_failing", names=self.say.names(failing)))
        if row.worst_code:
            indicator = self.indicators[row.indicator_id]
            worst = self.say.value(row.worst_value, row.worst_text, row.worst_bound, indicator)
            name = self.regions[row.worst_code].name
            clauses.append(self.say.say("sentence.subunits_worst", name=name, value=worst))
        return clauses

    def verdict(self, verdict: str, reason: str) -> str:
        """Return the clause with a verdict and, where there is one, its reason."""
        printed = self.say.get(f"verdict.{verdict}")
        if not reason:
            return self.say.say("sentence.verdict", verdict=printed)
        return self.say.say("sentence.verdict_reason", verdict=printed, reason=self.reason(reason))

    def reason(self, reason: str) -> str:
        """Return the words for a reason code."""
        return self.say.say(f"reason.{reason}", year=self.round.final_year, baseline=self.round.baseline_year)

    def flags(self, row: Row) -> list[str]:
        """Return a clause for each flag of a measure."""
        flags = [flag for flag in row.flags.split(";") if flag]
        if {"early", "baseline_met"} <= set(flags) and row.early_year == self.round.baseline_year:  # said once
            flags = ["early_baseline", *(flag for flag in flags if flag not in ("early", "baseline_met"))]
        elif row.early_gap:
            flags = ["early_gap" if flag == "early" else flag for flag in flags]
        if row.kind == "directional" and row.operator == "decrease" and row.baseline_value == 0 and row.value == 0:
            flags.append("zero_baseline")
        return [self.say.say(f"sentence.{flag}", year=row.early_year) for flag in flags]

    def evidence(self, row: Row) -> str:
        """Return the clause on what the exact interval says of the target."""
        if row.evidence == "not_assessed":
            return ""
        of = "" if row.kind == "absolute" else "change_"
        said = self.say.say(f"sentence.{of}{row.evidence}", confidence=self.confidence)
        if needed := self.births_needed(row):
            facts = {"needed": needed, "denominator": f"{row.denominator:.0f}", "confidence": self.confidence}
            if row.numerator == 0:
                return self.say.say("sentence.zero_events", **facts)
            return f"{said}{self.say.get('clause_separator')}{self.say.say('sentence.too_small', **facts)}"
        return said

    def births_needed(self, row: Row) -> int:
        """Return the denominator with which no event would show that a target is met, where the region's is smaller.

        0 where that is no question: no interval was set against the target, or the denominator suffices.
        """
        indicator = self.indicators[row.indicator_id]
        if row.evidence == "not_assessed" or row.kind != "absolute" or not row.threshold > 0:
            return 0
        if indicator.better != "lower" or indicator.is_proportion:
            return 0
        needed = births_needed(row.threshold, indicator.per, self.method.confidence.value)
        return needed if row.denominator < needed else 0

    def finding(self, target: Target, verdict: str, reason: str, rows: list[Row]) -> str:
        """Return the key sentence of a target: value, demand, verdict."""
        parts = []
        for row in rows:
            by_subunits = row.subunits_reported > 0
            clauses = [self.value(row)] if not (by_subunits and math.isnan(row.value)) else []
            if by_subunits or not math.isnan(row.value):
                demanded = self.say.demanded(target, row.measure, self.indicators[row.indicator_id])
                clauses.append(self.say.say("sentence.target", target=demanded))
            if row.subunit:
                clauses += self.subunits(row)
            parts.append(self.say.get("clause_separator").join(clauses))
        told = reason == "no_final_year"  # by the clause on the value
        conclusion = self.verdict(verdict, "" if told else reason)
        if len(parts) > 1:
            return str(self.say.get("part_separator")).join([*parts, conclusion]) + str(self.say.get("sentence_end"))
        return self.say.sentence(*parts, conclusion)

    def aspects(self, row: Row) -> dict[str, str]:
        """Return the sentences behind the finding by what they are of: attainment, change and trend."""
        parts: dict[str, list[Callable[[Teller, Row], str]]] = {
            "attainment": [Teller.certainty, Teller._flagged, Teller.evidence, pooled_clause],
            "change": [change_clause, comparison_clause],
            "trend": [trend_clause, joinpoint_clause],
        }
        told = {name: "".join(self.say.sentence(part(self, row)) for part in own) for name, own in parts.items()}
        return {name: sentences for name, sentences in told.items() if sentences}

    def _flagged(self, row: Row) -> str:
        return str(self.say.get("clause_separator")).join(self.flags(row))

    @property
    def confidence(self) -> str:
        """The confidence level in per cent, as printed."""
        return f"{100 * self.method.confidence.value:g}"
