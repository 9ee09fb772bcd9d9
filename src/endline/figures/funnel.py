"""Areas of different size around a common value, with the limits of what chance explains."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from endline.figures.frame import Box, draw_across, draw_values, room_of, value_ticks
from endline.figures.labels import ems
from endline.figures.legend import Entry, draw_legend, legend_lines, state_entries
from endline.figures.sheet import Point, Sheet, new_sheet
from endline.figures.series import Mark
from endline.figures.style import BLUE, EDGE, GREY, INK, LOOKS, ORANGE, POINTS_A_MM, SIZE, SMALL, TINY

HEIGHT = 85 * POINTS_A_MM
STATES = ("inside", "above_95", "below_95", "above_998", "below_998")
MOST_LABELS = 8


@dataclass(frozen=True)
class FunnelPoint:
    """An area: its denominator, its value, one of STATES, and whether the value rests on too few events."""

    label: str
    denominator: float
    value: float
    state: str = "inside"
    weak: bool = False


@dataclass(frozen=True)
class FunnelLimits:
    """The inner (95 %) and outer (99.8 %) limits over ascending denominators, one length; NaN where there is none."""

    denominators: Sequence[float]
    low95: Sequence[float]
    high95: Sequence[float]
    low998: Sequence[float]
    high998: Sequence[float]


def funnel_chart(
    points: Sequence[FunnelPoint],
    limits: FunnelLimits,
    reference: Mark,
    target: Mark | None,
    axes: tuple[str, str],
    words: Mapping[str, str],
    corner: str = "",
) -> str:
    """Return the SVG of a funnel plot; `axes` names the denominator (a logarithmic scale) and the value.

    Areas outside the outer limits are named, the MOST_LABELS farthest from the reference; `words` names the states,
    the two limits ("limit_95", "limit_998") and "weak" in the legend.
    """
    raise NotImplementedError
