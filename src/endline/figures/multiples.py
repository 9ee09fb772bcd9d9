"""The same indicator of several areas: a small chart each, on the same axes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Multiple:
    """A panel: an area's values over years (NaN where missing), its target (NaN for none), the state of its verdict.

    `hidden` tells which values rest on too few events; empty for none.
    """

    label: str
    years: Sequence[int]
    values: Sequence[float]
    target: float = math.nan
    state: str = ""
    hidden: Sequence[bool] = field(default=())


def small_multiples(
    panels: Sequence[Multiple],
    axis_label: str,
    target_text: str = "",
    behind: Sequence[float] = (),
    behind_text: str = "",
    corner: str = "",
) -> str:
    """Return the SVG of panels, four beside one another, in the order given.

    `behind` is a line that stands in every panel for comparison (the region's own), a value a year of the first panel.
    """
    raise NotImplementedError
