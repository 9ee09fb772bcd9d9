"""The table of what sentences say beside the values: comparators, yearly reductions, years taken together."""

import math

from endline.change_clauses import change_decimals
from endline.narrative import Row
from endline.numbers import rounded, signed
from endline.tables import Cells, Tables
from endline.trend_clauses import counts, percent

COLUMNS = (
    "level", "subunits", "worst", "upper", "difference", "nation", "median", "compound", "log", "years", "events",
    "base", "value", "interval", "needed",
)  # fmt: skip


def behind(tables: Tables) -> tuple[list[str], Cells]:
    """Return the header, and a row a measure of which more is said than the table of targets has."""
    say = tables.say
    header = tables.header("clause", "indicator")
    header += [say.say(f"behind.{name}", confidence=tables.teller.confidence) for name in COLUMNS]
    rows = []
    for key, measures in tables.rows.items():
        for row in measures:
            indicator = tables.teller.indicators[row.indicator_id]
            own = _cells(tables, row)
            if any(cell != say.get("missing") for cell in own):
                place = tables.place(tables.by_key[key])
                rows.append([place, say.series_name(indicator, row.stratum), *own])
    return header, rows


def _cells(tables: Tables, row: Row) -> list[str]:
    teller, say = tables.teller, tables.say
    indicator, none = teller.indicators[row.indicator_id], str(say.get("missing"))
    decimals = change_decimals(row.value_text, row.upper_value_text, indicator)
    pooled, counted = not math.isnan(row.pooled_value), counts(teller, row, row.pooled_events, row.pooled_base)
    needed = teller.births_needed(row)
    return [
        say.value(row.threshold, "", "", indicator) if row.kind == "relative" else none,
        *_subunits(tables, row),
        say.value(row.upper_value, row.upper_value_text, row.upper_bound, indicator),
        none if math.isnan(row.upper_difference) else signed(row.upper_difference, decimals),
        say.value(row.nation_value, row.nation_value_text, row.nation_bound, indicator),
        say.value(row.level_median, "", "", indicator),
        none if math.isnan(row.annual_compound) else percent(row.annual_compound),
        none if math.isnan(row.annual_log) else rounded(row.annual_log, 1),
        say.range(str(row.pooled_first), str(teller.round.final_year)) if pooled else none,
        counted["events_number"] if pooled else none,
        counted["base_number"] if pooled else none,
        say.value(row.pooled_value, "", "", indicator),
        say.interval(row.pooled_low, row.pooled_high, indicator) if pooled else none,
        str(needed) if needed else none,
    ]


def _subunits(tables: Tables, row: Row) -> tuple[str, str]:
    """Return how many units meet the target, reported and should have, and the worst of them."""
    say, teller = tables.say, tables.teller
    none = str(say.get("missing"))
    if not row.subunit or math.isnan(row.subunits_reported):
        return none, none
    counted = (row.subunits_meeting, row.subunits_reported, row.subunits_total)
    told = "/".join(str(say.get("unknown")) if math.isnan(n) else f"{n:.0f}" for n in counted)
    if not row.worst_code:
        return told, none
    worst = say.value(row.worst_value, row.worst_text, row.worst_bound, teller.indicators[row.indicator_id])
    return told, say.say("behind.worst_of", name=teller.regions[row.worst_code].name, value=worst)
