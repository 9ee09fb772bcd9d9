"""Chapter: how the regions below the region differ, and its town and country."""

from collections.abc import Iterator, Mapping

from endline.chapters.gaps.areas import Areas
from endline.chapters.gaps.charts import funnel, tile_map
from endline.chapters.gaps.findings import finding
from endline.chapters.gaps.over_time import over_time
from endline.chapters.gaps.tables import funnel_table, members_table, met_table, spread_table
from endline.chapters.gaps.town_country import town_country
from endline.chapters.telling import Telling
from endline.params.tiles import Place
from endline.story import Block, Part, prose, text

__all__ = ["gaps"]


def gaps(t: Telling, tiles: Mapping[str, Place], figures: Iterator[int]) -> list[Block]:
    """Return the chapter; `tiles` are the places of the regions directly below, `figures` gives numbers to charts."""
    areas = Areas(t)
    parts: list[Part] = [t.title("gaps"), t.section(1, t.say.get("gaps.areas")), prose(areas.lead())]
    blocks = [text(*parts)]
    if areas.compared:
        main = areas.main()
        blocks += [*_findings(areas), *spread_table(areas, main), *_funnel(areas, figures), *over_time(areas, figures)]
        blocks += [*members_table(areas, main), *_tile_map(areas, tiles, figures)]
    return [*blocks, text(t.section(2, t.say.get("gaps.town_country"))), *town_country(t)]


def _findings(areas: Areas) -> list[Block]:
    told = [prose(finding(areas, row)) for row in areas.main()]
    return [text(*(told or [prose(areas.say.say("gaps.no_findings", **areas.facts))]), style="detail")]


def _funnel(areas: Areas, figures: Iterator[int]) -> list[Block]:
    """Return the funnel of the first main indicator that has one: the others would show much the same."""
    say = areas.say
    row, scope = next(((row, scope) for row in areas.main() if (scope := areas.drawn(row))), (None, ""))
    if row is None:
        return []
    unit = say.get("gaps.unit.banner") if scope == "counties" else areas.facts["unit"]
    caption = say.say("gaps.caption_funnel", **areas.facts | {"unit": unit, "indicator": areas.name(row)})
    drawn = funnel(areas, row, scope, say.say("gaps.figure", n=next(figures), caption=caption))
    note = text(prose(areas.t.charts.note("funnel")), style="small")
    return [drawn, note, *funnel_table(areas, row, scope)]


def _tile_map(areas: Areas, tiles: Mapping[str, Place], figures: Iterator[int]) -> list[Block]:
    if not areas.t.slice.rows["subregions"]:
        return []
    caption = areas.say.say("gaps.caption_tiles", **areas.facts)
    drawn = tile_map(areas.t, tiles, areas.say.say("gaps.figure", n=next(figures), caption=caption))
    note = text(prose(areas.t.charts.note("tiles"), areas.say.get("gaps.note_tiles")), style="small")
    return [drawn, note, *met_table(areas)]
