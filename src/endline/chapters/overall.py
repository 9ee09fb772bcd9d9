"""Chapter: how far the targets were met, all of them at a glance."""

import math
from collections.abc import Iterator

from endline.chapters.due import AT_BASELINE
from endline.chapters.telling import Telling
from endline.figures import SpineRow, Spot
from endline.model import Indicator, Verdict
from endline.narrative import Row
from endline.numbers import exact
from endline.story import Block, prose, table, text


def figures(t: Telling) -> int:
    """Return how many charts this chapter has, the first ones of a report: the second only where it has a row."""
    return 1 + any(True for _ in _spine(t))


def overall(t: Telling) -> list[Block]:
    """Return the counts by outline with both rates, and every measured target against its comparators."""
    say = t.say
    header, rows = t.counts_table
    counted = table(header, rows, "lccccccc", [5, 3, 3, 4, 4, 3, 5, 5], say.get("overall.caption_counts"))
    bars = [t.charts.status_row(o.short, t.counts_of(o)) for o in t.outlines]
    return [
        text(t.title("overall"), t.section(1, say.get("overall.counts")), prose(t.rates(t.counts)), counted),
        t.charts.status(bars, say.say("overall.caption_bars", n=1)),
        *_against_targets(t),
    ]


def _against_targets(t: Telling) -> list[Block]:
    """Return by name the targets that the chart cannot show, and the chart of all with a value."""
    say, spine = t.say, list(_spine(t))
    shown = {key for key, _ in spine}
    absent = [
        target.label
        for key, target in t.tables.by_key.items()
        if key not in shown and t.tables.by_target[key].verdict != Verdict.NOT_APPLICABLE
    ]
    lead = say.get("overall.list_text" if spine else "overall.no_list")
    blocks = [text(t.section(2, say.get("overall.list")), prose(lead))]
    if absent:  # said first: the chart fills the next page
        names = say.names(absent, "target_separator")
        blocks.append(text(prose(say.say("overall.absent", n=len(absent), names=names)), style="detail"))
    if spine:
        blocks += [
            t.charts.spine([row for _, row in spine], say.say("overall.caption_spine", n=figures(t))),
            text(prose(t.charts.note("spine")), style="small"),
        ]
    return blocks


def _spine(t: Telling) -> Iterator[tuple[str, SpineRow]]:
    """Give the key and the row of each measure with a final value and a level to reach, in the order of the targets."""
    above = t.teller.regions.get(t.region.parent)
    twice = above is not None and above.level == "nation"  # what lies above a province is the nation: shown once
    for e in t.tables.evaluations:
        if e.verdict == Verdict.NOT_APPLICABLE:
            continue
        for row in t.tables.rows[e.target]:
            indicator = t.teller.indicators[row.indicator_id]
            demanded = row.baseline_value if math.isnan(row.threshold) and row.kind == "directional" else row.threshold
            if (
                row.reason == AT_BASELINE
                or math.isnan(row.value)
                or math.isnan(demanded)
                or indicator.better == "neutral"
            ):
                continue
            yield (
                e.target,
                SpineRow(
                    t.say.say(
                        "table.series",
                        name=t.say.series_name(indicator, row.stratum),
                        unit=t.say.unit(indicator).strip(),
                    ),
                    indicator.better,
                    row.verdict,
                    Spot(demanded, _demanded(t, row, demanded, indicator)),
                    _spot(t, row.baseline_value, row.baseline_value_text, row.baseline_bound, indicator),
                    _spot(t, row.value, row.value_text, row.bound, indicator),
                    Spot() if twice else _spot(t, row.upper_value, row.upper_value_text, row.upper_bound, indicator),
                    _spot(t, row.nation_value, row.nation_value_text, row.nation_bound, indicator),
                    _spot(t, row.level_median, "", "", indicator),
                    row.stability == "hidden",
                ),
            )


def _spot(t: Telling, value: float, printed: str, bound: str, indicator: Indicator) -> Spot:
    if math.isnan(value):
        return Spot()
    shown = t.say.plain(value, printed, indicator)
    return Spot(value, t.say.say(f"bound.{bound}", value=shown) if bound else shown)


def _demanded(t: Telling, row: Row, value: float, indicator: Indicator) -> str:
    """Return the level to reach as the chart prints it: of a direction, that it is the baseline."""
    if row.kind == "directional":
        return t.say.say(f"overall.demanded.{row.operator}")
    shown = t.say.plain(value, "", indicator) if row.kind == "relative" else f"{exact(value).normalize():f}"
    return t.say.say(f"overall.demanded.{row.operator}", target=shown)
