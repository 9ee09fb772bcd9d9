"""The figures that a report prints, as data: one row a series and year, in the columns that OHID exports."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from endline.evaluation.judge import MET, MISSED, judge_against, judge_directional
from endline.model import Indicator, Method, Outline, Region, Target, Verdict
from endline.narrative import Row, Teller
from endline.numbers import decimals_of
from endline.store import Slice
from endline.story import FIGURES, Block
from endline.wording import Wording

Values = dict[str, Any]  # a row, by the names of its columns
# The columns with their kinds. A `value` has the decimals that the row names; a `code` has its words for people in
# the sections of the wording named here.
COLUMNS: dict[str, tuple[str, ...]] = {
    "Indicator ID": ("text",),
    "Indicator Name": ("text",),
    "Area Code": ("text",),
    "Area Name": ("text",),
    "Area Type": ("code", "level"),
    "Stratum": ("code", "stratum"),
    "Time period": ("whole",),
    "Value": ("value",),
    "Lower CI": ("value",),
    "Upper CI": ("value",),
    "Count": ("whole",),
    "Denominator": ("whole",),
    "Value note": ("code", "figure_list.note"),
    "Target": ("text",),
    "Compared to target": ("code", "verdict"),
    "Compared to upper region": ("code", "figure_list.beside"),
    "Recent Trend": ("code", "recent", "refusal"),
    "Unit": ("text",),
    "Decimals": ("whole",),
    "Data status": ("code", "status"),
    "Source": ("text",),
    "Simulated": ("text",),
}


class Aim(NamedTuple):
    """A measure that a series is judged by, and the target that it belongs to."""

    target: Target
    row: Row


def figures_block(teller: Teller, outlines: Sequence[Outline], own: Slice, *, simulated: bool) -> Block:
    """Return the block with every year of each series that the region has: data for exporters, nothing to print.

    Values and limits are in the indicator's unit and unrounded; a note says what the report says of them.
    """
    say, region = teller.say, teller.region
    targets = {target.key: target for outline in outlines for target in outline.targets}
    aims: dict[tuple[str, str], list[Aim]] = {}
    for row in own.rows["measures"]:
        aims.setdefault((row.indicator_id, row.stratum), []).append(Aim(targets[row.target], row))
    observed: dict[str, dict[tuple[str, str], dict[int, Row]]] = {}
    for o in own.rows["observations"]:
        observed.setdefault(o.region_code, {}).setdefault((o.indicator_id, o.stratum), {})[o.year] = o
    mine, above = observed.get(region.code, {}), observed.get(region.parent, {})
    everywhere = {
        "Area Code": region.code,
        "Area Name": region.name,
        "Area Type": region.level,
        "Simulated": say.get("simulated_mark") if simulated else "",
    }
    order = [*(series for series in aims if series in mine), *(series for series in mine if series not in aims)]
    rows = [
        row | everywhere
        for series in order
        for row in _years(teller, series, mine[series], above.get(series, {}), aims.get(series, []))
    ]
    columns = []
    for name, (kind, *sections) in COLUMNS.items():
        values = _plain([row.get(name) for row in rows], kind)
        columns.append(
            {
                "name": f"{name} {100 * teller.method.confidence.value:.1f} limit" if name.endswith("CI") else name,
                "label": say.say(f"figure_list.{name.lower().replace(' ', '_')}", confidence=teller.confidence),
                "kind": kind,
                "words": {code: word for section in sections for code, word in say.get(section).items()},
                "values": values[:1] if len(set(values)) == 1 else values,
            }
        )
    return data_block(say.get("figure_list.title"), len(rows), columns)


def data_block(title: str, rows: int, columns: Sequence[Mapping[str, Any]]) -> Block:
    """Return a block of data for exporters: columns of `rows` values, or of one that holds for every row."""
    content = {"title": title, "rows": rows, "columns": list(columns)}
    return Block({FIGURES: content, "text/plain": title}, {"kind": "figures"})


def counts_block(
    say: Wording, regions: Sequence[Region], counts: Sequence[Mapping[str, Any]], *, simulated: bool
) -> Block:
    """Return the block with the counts of several regions' verdicts and both rates, one row a region."""
    mark = say.get("simulated_mark") if simulated else ""
    columns: list[dict[str, Any]] = [
        {"name": "Area Code", "label": "area_code", "kind": "text", "values": [region.code for region in regions]},
        {"name": "Area Name", "label": "area_name", "kind": "text", "values": [region.name for region in regions]},
        {"name": "Area Type", "label": "area_type", "kind": "code", "values": [region.level for region in regions]},
    ]
    columns[-1]["words"] = say.get("level")
    kinds = dict.fromkeys(("all", "met", "not_met", "no_data", "pending"), "whole")
    kinds |= dict.fromkeys(("attainment", "assessability"), "value")
    for name, kind in kinds.items():
        columns.append({"name": name, "label": name, "kind": kind, "values": [own[name] for own in counts]})
    columns.append({"name": "Decimals", "label": "decimals", "kind": "whole", "values": [1] * len(regions)})
    columns.append({"name": "Simulated", "label": "simulated", "kind": "text", "values": [mark] * len(regions)})
    for column in columns:
        section = "table" if column["name"] in kinds else "figure_list"
        column["label"] = say.get(f"{section}.{column['label']}")
    return data_block(say.get("figure_list.title"), len(regions), columns)


def _years(
    teller: Teller, series: tuple[str, str], own: Mapping[int, Row], above: Mapping[int, Row], aims: Sequence[Aim]
) -> list[Values]:
    """Return a row a year of the round, a missing year as such."""
    say, years = teller.say, list(teller.round.years)
    indicator = teller.indicators[series[0]]
    events, base = ([_number(own.get(year), name) for year in years] for name in ("numerator", "denominator"))
    verdicts = [_verdicts(aim, own, years) for aim in aims]
    demanded = [say.demanded(aim.target, aim.row.measure, indicator) for aim in aims]
    always = {
        "Indicator ID": indicator.id,
        "Indicator Name": say.series_name(indicator, series[1]),
        "Stratum": series[1],
        "Target": say.names(demanded, "target_separator"),
        "Unit": say.get(f"chart.unit_plain.{indicator.unit}"),
    }
    rows = []
    for n, year in enumerate(years):
        o = own.get(year)
        row = {**always, "Time period": year, "Count": events[n], "Denominator": base[n]}
        row["Value note"] = _note(o, teller.method)
        row["Compared to target"] = "; ".join(filter(None, [told[n] for told in verdicts]))
        row["Data status"], row["Source"] = (o.status, o.source_id) if o is not None else ("missing", "")
        if o is not None and not math.isnan(o.value):
            row |= {"Value": o.value, "Lower CI": o.low, "Upper CI": o.high}
            row["Decimals"] = _decimals(o, indicator)
            row["Compared to upper region"] = _beside(o, above.get(year))
        rows.append(row)
    if aims:
        rows[-1]["Recent Trend"] = aims[0].row.trend_recent
    return rows


def _number(o: Row | None, name: str) -> float:
    return math.nan if o is None else float(getattr(o, name))


def _decimals(o: Row, indicator: Indicator) -> int:
    return decimals_of(o.value_text) if o.value_text else indicator.decimals


def _note(o: Row | None, method: Method) -> str:
    """Return what stands beside a value: why it is missing, that it is a bound, that it rests on few events."""
    if o is None or math.isnan(o.value):
        return (o.missing_reason if o is not None else "") or "missing"
    notes = [o.bound] if o.bound else []
    if o.numerator < method.unstable_below_events.value:
        notes.append("hidden" if o.numerator < method.hide_rate_below_events.value else "unstable")
    return "; ".join(notes)


def _verdicts(aim: Aim, own: Mapping[int, Row], years: Sequence[int]) -> list[str]:
    """Return how each year's value compares with a measure; in the final year, what was concluded.

    A target for each sub-unit says nothing of the region's own value: only the conclusion is given.
    """
    row = aim.row
    values = np.array([_number(own.get(year), "value") for year in years])
    bounds = np.array([own[year].bound if year in own else "" for year in years])
    low, high = np.where(bounds == "<=", -np.inf, values), np.where(bounds == ">=", np.inf, values)
    states = np.full(len(years), -1)
    if row.kind == "directional":
        base = np.array(row.baseline_low), np.array(row.baseline_high)
        states[1:] = judge_directional(row.operator, low[1:], high[1:], *base)  # not the baseline with itself
    elif row.kind in ("absolute", "relative"):
        states = judge_against(row.operator, low, high, row.threshold, row.threshold)
    names = {MET: str(Verdict.MET), MISSED: str(Verdict.NOT_MET)}
    told = [names.get(int(state), "") if value == value else "" for state, value in zip(states, values, strict=True)]
    return [*told[:-1], row.verdict]


def _beside(own: Row, above: Row | None) -> str:
    """Return on which side of the upper region's value a value lies; nothing is tested, and a bound has no side."""
    if above is None or math.isnan(above.value) or own.bound or above.bound:
        return ""
    return "same" if own.value == above.value else "lower" if own.value < above.value else "higher"


def _plain(values: Sequence[Any], kind: str) -> list[Any]:
    """Return values as JSON holds them, a missing number as null."""
    if kind in ("text", "code"):
        return [value or "" for value in values]
    numbers = [None if value is None or math.isnan(value) else float(value) for value in values]
    return [int(n) if n is not None and n.is_integer() else n for n in numbers] if kind == "whole" else numbers
