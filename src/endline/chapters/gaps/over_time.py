"""The years behind the differences: of the main indicator in which the regions below lie farthest apart."""

import math
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from endline.chapters.gaps.areas import Areas
from endline.figures import Multiple, SlopeRow
from endline.narrative import Row
from endline.story import Block, prose, table, text

SHOWN = 12  # regions in a chart: two charts of so many stand on a page
Members: TypeAlias = Mapping[str, Mapping[int, Row]]  # by code and year


def over_time(a: Areas, figures: Iterator[int]) -> list[Block]:
    """Return both ends of the term as a slope chart, and all years as small multiples; not in the public edition."""
    found: dict[str, dict[int, Row]] = {}
    for one in a.t.slice.rows["member_series"]:
        found.setdefault(one.member_code, {})[one.year] = one
    years = list(a.t.round.years)
    both = [code for code, own in found.items() if {years[0], years[-1]} <= own.keys()]
    if a.t.round.edition != "acceptance" or len(both) < 2:
        return []
    row = _row(a, next(iter(found[both[0]].values())))
    shown, numbers = _shown(found, years[-1]), (next(figures), next(figures))
    facts = {**a.facts, "indicator": a.name(row), "first": years[0], "last": years[-1]}
    return [
        text(prose(*_lead(a, row, shown, found, numbers)), style="detail"),
        _slope(a, row, {code: found[code] for code in shown}, numbers[0], facts),
        _multiples(a, row, {code: found[code] for code in shown}, numbers[1], facts),
        text(prose(a.t.charts.note("slope")), prose(a.t.charts.note("multiples")), style="small"),
        _every_year(a, row, found, facts),
    ]


def _row(a: Areas, one: Row) -> Row:
    """Return the row of the series that the years are of."""
    return next(row for row in a.children if (row.indicator_id, row.stratum) == (one.indicator_id, one.stratum))


def _shown(found: Members, final: int) -> list[str]:
    """Return the regions with the largest denominators, whose values are the steadiest, in code order."""
    known = {code: own[final].denominator for code, own in found.items() if final in own}
    sizes = {code: size if (size := known.get(code, 0.0)) > 0 else 0.0 for code in found}  # none counts as none
    largest = sorted(sizes, key=lambda code: (-sizes[code], code))[:SHOWN]
    return [code for code in found if code in largest]


def _lead(a: Areas, row: Row, shown: list[str], found: Members, numbers: tuple[int, int]) -> list[str]:
    said = {"indicator": a.name(row), "ratio": a.ratio(row), "slope": numbers[0], "multiples": numbers[1]}
    lead = a.say.say("gaps.over_time.lead", **said, **a.facts)
    if len(shown) == len(found):
        return [lead]
    return [lead, a.say.say("gaps.over_time.largest", areas=len(found), n=len(shown), **a.facts)]


def _slope(a: Areas, row: Row, shown: Members, number: int, facts: Mapping[str, object]) -> Block:
    ends = (a.t.round.years[0], a.t.round.years[-1])
    lines = []
    for code, own in shown.items():
        first, last = (own.get(year) for year in ends)
        verdict = next(iter(own.values())).verdict
        weak = any(one is not None and _few(a, one) for one in (first, last))
        before, after = (math.nan if one is None else one.value for one in (first, last))
        told = (_told(a, row, first), _told(a, row, last))
        lines.append(SlopeRow(a.region(code), before, after, verdict, *told, weak))
    caption = a.say.say("gaps.figure", n=number, caption=a.say.say("gaps.over_time.caption_slope", **facts))
    return a.t.charts.slope(lines, a.indicator(row), caption, a.goal(row), row.stratum)


def _multiples(a: Areas, row: Row, shown: Members, number: int, facts: Mapping[str, object]) -> Block:
    years, goal = list(a.t.round.years), a.goal(row)
    panels = []
    for code, own in shown.items():
        values = [own[year].value if year in own else math.nan for year in years]
        hidden = [year in own and _few(a, own[year]) for year in years]
        verdict = next(iter(own.values())).verdict
        panels.append(Multiple(a.region(code), years, values, math.nan if goal is None else goal, verdict, hidden))
    caption = a.say.say("gaps.figure", n=number, caption=a.say.say("gaps.over_time.caption_multiples", **facts))
    return a.t.charts.multiples(panels, a.indicator(row), caption, _own(a, row), row.stratum)


def _own(a: Areas, row: Row) -> list[float]:
    """Return the region's own values over the years, as far as they have the final year's definition."""
    known = {o.year: o for o in a.t.tables.of(row.indicator_id, row.stratum)}
    final = known.get(a.t.round.final_year)
    alike = {year for year, o in known.items() if final is not None and o.definition == final.definition}
    return [known[year].value if year in alike and not known[year].bound else math.nan for year in a.t.round.years]


def _every_year(a: Areas, row: Row, found: Members, facts: Mapping[str, object]) -> Block:
    """Return the values of all regions, for the workbook."""
    years = list(a.t.round.years)
    rows = [[a.region(code), *(_cell(a, row, own.get(year)) for year in years)] for code, own in found.items()]
    header = [str(a.say.get("gaps.columns.region")), *map(str, years)]
    widths = [12, *[8] * len(years)]
    caption = a.say.say("gaps.over_time.caption_table", **facts)
    return text(table(header, rows, "l" + "r" * len(years), widths, caption), style="sheet")


def _few(a: Areas, one: Row) -> bool:
    return bool(one.events < a.hide)


def _told(a: Areas, row: Row, one: Row | None) -> str:
    """Return a value as a label; of too few events only that."""
    if one is None:
        return str(a.say.get("missing"))
    few = a.say.say("gaps.cell_few", hide=a.hide)
    return few if _few(a, one) else a.say.plain(one.value, one.value_text, a.indicator(row))


def _cell(a: Areas, row: Row, one: Row | None) -> str:
    value = _told(a, row, one)
    if one is None or _few(a, one) or a.indicator(row).is_proportion or math.isnan(one.events):
        return value
    return a.say.say("gaps.cell_events", value=value, events=f"{one.events:.0f}")
