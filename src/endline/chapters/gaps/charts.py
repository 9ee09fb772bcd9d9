"""The charts of regions below a region: a funnel of an indicator, a map of the targets met."""

from collections.abc import Mapping

import numpy as np

from endline.chapters.gaps.areas import Areas
from endline.chapters.telling import Telling
from endline.figures import FunnelLimits, FunnelPoint, Tile
from endline.model import Indicator
from endline.narrative import Row
from endline.params.tiles import Place
from endline.stats import funnel_limits
from endline.story import Block

CURVE = 80  # points of a limit


def funnel(a: Areas, row: Row, scope: str, caption: str) -> Block:
    """Return the funnel of an indicator's regions of a scope around the region's own value, with its target."""
    indicator, key = a.indicator(row), (scope, row.indicator_id, row.stratum)
    members = [m for m in a.t.slice.rows["gap_members"] if (m.scope, m.indicator_id, m.stratum) == key]
    points = [
        FunnelPoint(a.region(m.member_code), m.denominator, m.value, m.state, m.stability == "hidden") for m in members
    ]
    reference = row.own_events / row.own_size * indicator.per
    limits = _limits(reference, [point.denominator for point in points], indicator)
    return a.t.charts.funnel(points, limits, reference, a.goal(row), a.indicator(row), caption, row.stratum)


def _limits(reference: float, sizes: list[float], indicator: Indicator) -> FunnelLimits:
    sizes_drawn = np.geomspace(min(sizes) / 1.5, max(sizes) * 1.5, CURVE)
    curves = funnel_limits(sizes_drawn, reference, indicator.per, indicator.is_proportion)
    return FunnelLimits(sizes_drawn.tolist(), *(curve.tolist() for curve in curves))


def tile_map(t: Telling, tiles: Mapping[str, Place], caption: str) -> Block:
    """Return the map of the regions directly below, by the share of their judged targets that are met."""
    say, steps = t.say, t.teller.method.attainment_steps.value
    limits = [f"{step:g}" for step in steps]
    words = {
        "level_1": say.say("gaps.steps.below", high=limits[0]),
        "level_2": say.say("gaps.steps.between", low=limits[0], high=limits[1]),
        "level_3": say.say("gaps.steps.between", low=limits[1], high=limits[2]),
        "level_4": say.say("gaps.steps.above", low=limits[2]),
        "no_data": say.get("verdict.no_data"),
    }
    drawn = []
    for region in t.slice.rows["subregions"]:
        judged = region.met + region.not_met
        state = f"level_{1 + sum(100 * region.met >= step * judged for step in steps)}" if judged else "no_data"
        place = tiles[region.member_code]
        drawn.append(Tile(*place, t.teller.regions[region.member_code].name, f"{region.met}/{judged}", state))
    return t.charts.tiles(drawn, caption, words)
