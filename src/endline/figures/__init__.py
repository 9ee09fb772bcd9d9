"""Charts as SVG: one style, colour-blind safe, text kept as text, the same bytes for the same figures."""

from endline.figures.funnel import FunnelLimits, FunnelPoint, funnel_chart
from endline.figures.heatmap import verdict_heatmap
from endline.figures.line import FULL, PANEL, Form, Line, Mark
from endline.figures.multiples import Multiple, small_multiples
from endline.figures.series import series_chart
from endline.figures.slope import SlopeRow, slope_chart
from endline.figures.spine import SPINE_ROWS, SpineRow, Spot, spine_chart
from endline.figures.status import Part, StatusRow, status_bar
from endline.figures.tiles import Tile, tile_map

__all__ = [
    "FULL",
    "PANEL",
    "SPINE_ROWS",
    "Form",
    "FunnelLimits",
    "FunnelPoint",
    "Line",
    "Mark",
    "Multiple",
    "Part",
    "SlopeRow",
    "SpineRow",
    "Spot",
    "StatusRow",
    "Tile",
    "funnel_chart",
    "series_chart",
    "slope_chart",
    "small_multiples",
    "spine_chart",
    "status_bar",
    "tile_map",
    "verdict_heatmap",
]
