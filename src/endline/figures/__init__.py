"""Charts as SVG: one style, colour-blind safe, text kept as text, the same bytes for the same figures."""

from endline.figures.heatmap import verdict_heatmap
from endline.figures.series import Line, Mark, series_chart

__all__ = ["Line", "Mark", "series_chart", "verdict_heatmap"]
