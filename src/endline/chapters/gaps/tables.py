"""The tables of the regions below: a row an indicator, and a row a region in code order."""

import math
from collections.abc import Mapping

from endline.chapters.gaps.areas import Areas
from endline.narrative import Row
from endline.numbers import rounded
from endline.story import Block, prose, table, text
from endline.tables import Cells


def spread_table(a: Areas, main: list[Row]) -> list[Block]:
    """Return a row an indicator: extremes, areas outside the limits, dispersion, targets met.

    Printed are the main indicators; all stand in the workbook.
    """
    say, with_counties = a.say, a.with_counties
    names = ["indicator", "reported", "extremes", "difference", "ratio", "outside", "excess", "disparity", "met"]
    widths = [17, 5, 24, 5, 5, 6, 5, 6, 6]
    if with_counties:
        names, widths = [*names, "counties"], [*widths, 6]
    header = [say.get(f"gaps.columns.{name}") for name in names]
    silent = [row for row in a.children if _is_silent(a, row)]
    told = [row for row in a.children if row not in silent]
    rows = [_spread_cells(a, row, with_counties) for row in told if row in main]
    every = [_spread_cells(a, row, with_counties) for row in told]
    align = "lclrr" + "c" * (len(names) - 5)
    caption = say.say("gaps.caption_spread", **a.facts)
    listed, sheet = (table(header, cells, align, widths, caption) for cells in (rows, every))
    absent = say.names([a.name(row) for row in silent])
    apart = say.say("gaps.note_silent", names=absent) if silent else ""
    note = prose(say.say("gaps.note_spread", **a.facts), apart)
    blocks = [text(listed, style="annex")] if rows else []
    return [*blocks, *([text(sheet, style="sheet")] if every else []), text(note, style="small")]


def _is_silent(a: Areas, row: Row) -> bool:
    """Tell whether there are too few events for extremes and for dispersion, and no area outside the limits."""
    outside = row.above_998 + row.below_998
    counties = a.counties(row)
    outside += 0 if counties is None else counties.above_998 + counties.below_998
    return not (row.low_code or row.expected >= a.hide or outside)


def _spread_cells(a: Areas, row: Row, with_counties: bool) -> list[str]:
    say, indicator = a.say, a.indicator(row)
    none = str(say.get("missing"))
    extremes = none
    if row.low_code:
        ends = {
            name: say.plain(getattr(row, f"{name}_value"), getattr(row, f"{name}_text"), indicator)
            for name in ("low", "high")
        }
        names = {f"{name}_name": a.region(getattr(row, f"{name}_code")) for name in ("low", "high")}
        extremes = say.say("gaps.range", **ends, **names)
    few = not row.expected >= a.hide
    counties = a.counties(row)
    cells = [
        say.say("table.series", name=a.name(row), unit=say.get(f"chart.unit_plain.{indicator.unit}")),
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


def members_table(a: Areas, main: list[Row]) -> list[Block]:
    """Return the main indicators of every area in code order; not in the public edition."""
    say, edition = a.say, a.t.round.edition
    if not main or edition != "acceptance":
        return []
    members = {
        (m.member_code, m.indicator_id, m.stratum): m for m in a.t.slice.rows["gap_members"] if m.scope == "children"
    }
    header = [
        str(say.get("gaps.columns.region")),
        *(
            say.say("table.series", name=a.name(r), unit=say.get(f"chart.unit_plain.{a.indicator(r).unit}"))
            for r in main
        ),
    ]
    rows: Cells = [
        [a.region(code), *(_member_cell(a, members.get((code, r.indicator_id, r.stratum)), r) for r in main)]
        for code in a.codes()
    ]
    listed = table(
        header, rows, "l" + "r" * len(main), [9, *[8] * len(main)], say.say("gaps.caption_members", **a.facts)
    )
    note = prose(say.say("gaps.note_members", **a.facts))
    return [text(listed, style="annex"), text(note, style="small")]


def funnel_table(a: Areas, row: Row, scope: str) -> list[Block]:
    """Return the points of a funnel, for the workbook; not in the public edition."""
    say, key = a.say, (scope, row.indicator_id, row.stratum)
    own = [m for m in a.t.slice.rows["gap_members"] if (m.scope, m.indicator_id, m.stratum) == key]
    if a.t.round.edition != "acceptance":
        return []
    indicator, words = a.indicator(row), say.get("chart.funnel.words")
    unit = say.get("gaps.unit.banner") if scope == "counties" else a.facts["unit"]
    header = [str(unit), *a.t.tables.header("events", "denominator", "value")]
    header.append(str(say.get("behind.place")))
    rows = [
        [
            a.region(m.member_code),
            say.get("missing") if m.stability == "hidden" else f"{m.events:.0f}",
            f"{m.denominator:.0f}",
            say.say("gaps.cell_few", hide=a.hide)
            if m.stability == "hidden"
            else say.value(m.value, m.value_text, "", indicator),
            words.get(m.state, ""),
        ]
        for m in own
    ]
    caption = say.say("behind.funnel", indicator=a.name(row), **a.facts)
    return [text(table(header, rows, "lrrrl", [12, 8, 10, 10, 16], caption), style="sheet")]


def met_table(a: Areas) -> list[Block]:
    """Return how many of its judged targets every area met, for the workbook; not in the public edition."""
    if a.t.round.edition != "acceptance":
        return []
    header = [str(a.say.get("gaps.columns.region")), str(a.say.get("gaps.columns.met"))]
    rows = [[a.region(r.member_code), f"{r.met}/{r.met + r.not_met}"] for r in a.t.slice.rows["subregions"]]
    return [text(table(header, rows, "lc", [12, 10], a.say.say("behind.met", **a.facts)), style="sheet")]


def _member_cell(a: Areas, member: Row | None, row: Row) -> str:
    say, indicator = a.say, a.indicator(row)
    if member is None:
        return str(say.get("missing"))
    if member.stability == "hidden":
        return say.say("gaps.cell_few", hide=a.hide)
    marks: Mapping[str, str] = say.get("gaps.marks")
    value = say.plain(member.value, member.value_text, indicator)
    value += marks.get(member.stability, "") + marks.get(member.state, "")
    return value if indicator.is_proportion else say.say("gaps.cell_events", value=value, events=f"{member.events:.0f}")
