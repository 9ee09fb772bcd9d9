"""The table of what sentences say beside the values: comparators, yearly reductions, years taken together."""

import math

from endline.narrative import Row, change_decimals
from endline.numbers import rounded, signed
from endline.tables import Cells, Tables
from endline.trend_clauses import counts, percent

COLUMNS = (
    "upper", "difference", "nation", "median", "compound", "log", "years", "events", "base", "value", "interval",
    "needed",
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
        say.value(row.upper_value, row.upper_value_text, row.upper_bound, indicator),
        none if math.isnan(row.upper_difference) else signed(row.upper_difference, decimals),
        say.value(row.nation_value, row.nation_value_text, row.nation_bound, indicator),
        say.value(row.level_median, "", "", indicator),
        none if math.isnan(row.annual_compound) else percent(row.annual_compound),
        none if math.isnan(row.annual_log) else rounded(row.annual_log, 1),
        f"{row.pooled_first}—{teller.round.final_year}" if pooled else none,
        counted["events_number"] if pooled else none,
        counted["base_number"] if pooled else none,
        say.value(row.pooled_value, "", "", indicator),
        say.interval(row.pooled_low, row.pooled_high, indicator) if pooled else none,
        str(needed) if needed else none,
    ]
