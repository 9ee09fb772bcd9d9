"""Verdicts a second time: plain exact arithmetic on a round's observations, by the printed rules, without the program.

The store is read with sqlite3 and the parameters as plain YAML and CSV. A value above the counties is made anew from
the counts of its counties.
"""

import csv
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

import yaml

PER = {"1/100000": 100_000, "1/10000": 10_000, "1/1000": 1_000, "%": 100}
BASE, FINAL = 2010, 2020
Series = tuple[str, str]  # indicator and stratum


class Value(NamedTuple):
    """An observed value: exact, or known only from one side (`>=`, `<=`); its counts where there are any."""

    exact: Fraction
    bound: str
    events: int | None
    size: int | None
    definition: str

    @property
    def ends(self) -> tuple[Any, Any]:
        return (-inf if self.bound == "<=" else self.exact, inf if self.bound == ">=" else self.exact)


@dataclass(frozen=True)
class Judged:
    """A target's verdict, with its reason where there is no data, and its series in order."""

    verdict: str
    reason: str
    series: tuple[Series, ...]


class Round:
    """One round of a project that has run: its observations and its rules."""

    def __init__(self, project: Path, round_id: str) -> None:
        params = project / "params"
        rules = yaml.safe_load((params / "rounds" / f"{round_id}.yaml").read_text(encoding="utf-8"))
        names = [params / "outlines" / f"{name}.yaml" for name in rules["outlines"]]
        self.outlines = [yaml.safe_load(name.read_text(encoding="utf-8")) for name in names]
        self.indicators: dict[str, Any] = yaml.safe_load((params / "indicators.yaml").read_text(encoding="utf-8"))
        self.method = yaml.safe_load((params / "method.yaml").read_text(encoding="utf-8"))
        with (params / "regions.csv").open(encoding="utf-8-sig", newline="") as file:
            self.regions = {row["code"]: row for row in csv.DictReader(file)}
        self._rows: dict[tuple[str, Series], dict[int, Mapping[str, Any]]] = {}
        store = sqlite3.connect(project / "data" / "processed" / round_id / "round.sqlite")
        store.row_factory = sqlite3.Row
        for row in store.execute("SELECT * FROM observations"):
            series = (row["indicator_id"], row["stratum"])
            self._rows.setdefault((row["region_code"], series), {})[row["year"]] = row
        store.close()
        self._made: dict[tuple[str, Series, int], Value | None] = {}

    def per(self, indicator: str) -> int:
        return PER.get(self.indicators[indicator]["unit"], 1)

    def counties(self, code: str) -> list[str]:
        """Return the banners below a region, itself for a banner, that exist in the final year."""
        if self.regions[code]["level"] == "banner":
            return [code]
        below = [c for c, region in self.regions.items() if region["parent"] == code]
        return [c for child in below for c in self.counties(child) if self._exists(c)]

    def _exists(self, code: str) -> bool:
        start, end = self.regions[code]["valid_from"][:4], self.regions[code]["valid_to"][:4]
        return (not start or int(start) <= FINAL) and (not end or int(end) > FINAL)

    def all_counties_known(self, code: str) -> bool:
        """Tell whether the register holds every county below a region: some below each of its parts."""
        level = self.regions[code]["level"]
        parts = [c for c, region in self.regions.items() if region["parent"] == code]
        return level == "banner" or (bool(parts) and all(map(self.all_counties_known, parts)))

    def row(self, code: str, series: Series, year: int = FINAL) -> Mapping[str, Any] | None:
        return self._rows.get((code, series), {}).get(year)

    def value(self, code: str, series: Series, year: int = FINAL) -> Value | None:
        """Return a value, exact; of a region above its counties from their counts, of a gap from its two strata."""
        key = (code, series, year)
        if key not in self._made:
            self._made[key] = self._value(*key)
        return self._made[key]

    def _value(self, code: str, series: Series, year: int) -> Value | None:
        rule = self.indicators[series[0]].get("difference")
        if rule:
            high, low = (self.value(code, (rule["indicator"], rule[end]), year) for end in ("minuend", "subtrahend"))
            if high is None or low is None or high.bound or low.bound:
                return None
            return Value(high.exact - low.exact, "", None, None, high.definition + low.definition)
        own = self.row(code, series, year)
        counted = [
            row
            for county in (c for c, r in self.regions.items() if r["level"] == "banner" and self._is_below(c, code))
            if (row := self.row(county, series, year)) is not None and row["denominator"] is not None
            if row["numerator"] is not None and row["value"] is not None
        ]
        if own is not None and self.regions[code]["level"] != "banner" and counted:
            events, size = (int(sum(row[name] for row in counted)) for name in ("numerator", "denominator"))
            return Value(Fraction(events * self.per(series[0]), size), "", events, size, counted[0]["definition"])
        if own is None or own["value"] is None:
            return None
        events, size = own["numerator"], own["denominator"]
        if own["value_text"]:
            exact = Fraction(own["value_text"])
        elif events is not None and size:
            exact = Fraction(int(events) * self.per(series[0]), int(size))
        else:
            exact = Fraction(repr(own["value"]))
        counts = (int(events), int(size)) if events is not None and size else (None, None)
        return Value(exact, own["bound"], *counts, own["definition"])

    def _is_below(self, code: str, upper: str) -> bool:
        while code and code != upper:
            code = self.regions[code]["parent"]
        return bool(code)

    @cached_property
    def targets(self) -> list[tuple[str, Mapping[str, Any]]]:
        """Each target with the short name of its outline and its clause as it is cited."""
        found = []
        for outline in self.outlines:
            for target in outline["targets"]:
                part = target.get("part", "")
                clause = f"第{target['clause']}{part}条" if target["clause"].isdigit() else f"策略措施{part}"
                found.append((f"{outline['short']} {clause}", target))
        return found

    def applies(self, code: str, target: Mapping[str, Any]) -> bool:
        level = self.regions[code]["level"]
        return level in target.get("applies_to", ["nation", "province", "league", "banner"])

    def judge(self, code: str, target: Mapping[str, Any]) -> Judged:
        """Return a target's verdict: one missed part decides, then one without data."""
        if not self.applies(code, target):
            return Judged("不适用", "", ())
        if target["kind"] == "qualitative":
            return Judged("待评", "", ())  # nobody's evidence ships
        stratum = target.get("stratum", "total")
        series = tuple((m["indicator"], stratum) for m in target["measures"])
        parts = [self._judge(code, target, m, s) for m, s in zip(target["measures"], series, strict=True)]
        for verdict in ("未达标", "无数据"):
            found = [reason for own, reason in parts if own == verdict]
            if found:
                return Judged(verdict, found[0], series)
        return Judged("达标", "", series)

    def _judge(self, code: str, target: Mapping[str, Any], measure: Mapping[str, Any], series: Series) -> Any:
        if target["kind"] == "every_subunit":
            return self._every(code, target, measure, series)
        final, base = self.value(code, series), self.value(code, series, BASE)
        if final is None:
            return "无数据", "没有2020年数据"
        if target["kind"] != "absolute" and base is None:
            return "无数据", "没有2010年基期数据"
        state = self.state(target, measure, final, base)
        return ("无数据", "只有界限值，不足以判定") if state is None else ("达标" if state else "未达标", "")

    def state(self, target: Mapping[str, Any], measure: Mapping[str, Any], value: Value, base: Value | None) -> Any:
        """Tell whether a value meets what is demanded; None where a bound cannot decide."""
        low, high = value.ends
        if target["kind"] in ("absolute", "every_subunit"):
            return compared(measure["operator"], low, high, Fraction(str(measure["value"])))
        if base is None:
            return None
        if target["kind"] == "relative":
            return compared(measure["operator"], low, high, Fraction(measure["fraction"]) * base.exact)
        below, above = base.ends
        if measure["operator"] == "decrease":
            return True if high < below else False if low >= above else None
        return True if low > above else False if high <= below else None

    def subunits(self, code: str, target: Mapping[str, Any], measure: Mapping[str, Any], series: Series) -> Any:
        """Return how many sub-units should have reported (None: not known), did, and meet; and which do not."""
        if target["subunit"] == "township":
            known = [(c, self.row(c, series)) for c in self.counties(code)]
            told = [(c, r) for c, r in known if r is not None and r["subunits_reported"] is not None]
            whole = self.all_counties_known(code) and len(told) == len(known) > 0
            counts = [
                int(sum(r[f"subunits_{name}"] or 0 for _, r in told)) for name in ("total", "reported", "meeting")
            ]
            return counts[0] if whole else None, counts[1], counts[2], []
        states = {}
        total = 0
        for county in self.counties(code):
            row = self.row(county, series)
            total += not (row is not None and row["missing_reason"] == "zero_denominator")
            value = self.value(county, series)
            state = None if value is None else self.state(target, measure, value, None)
            if state is not None:
                states[county] = state
        failing = [county for county, state in states.items() if not state]
        return (
            total if self.all_counties_known(code) else None,
            len(states),
            len(states) - len(failing),
            [self.regions[county]["name"] for county in sorted(failing)],
        )

    def _every(self, code: str, target: Mapping[str, Any], measure: Mapping[str, Any], series: Series) -> Any:
        total, reported, meeting, _ = self.subunits(code, target, measure, series)
        if meeting < reported:
            return "未达标", ""
        return ("达标", "") if total is not None and 0 < total == reported else ("无数据", "下级单位数据不全")

    def observed(self, code: str, series: Series) -> Iterator[tuple[int, Value]]:
        """Give the values of the term, year by year, without those that are missing."""
        for year in range(BASE, FINAL + 1):
            value = self.value(code, series, year)
            if value is not None:
                yield year, value


def compared(operator: str, low: Any, high: Any, aim: Fraction) -> bool | None:
    """Tell whether all values between two ends stand so to an aim: True for all, False for none, else None."""
    if operator == "<=":
        return True if high <= aim else False if low > aim else None
    if operator == "<":
        return True if high < aim else False if low >= aim else None
    if operator == ">=":
        return True if low >= aim else False if high < aim else None
    return True if low > aim else False if high <= aim else None
