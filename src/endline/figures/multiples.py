"""The same indicator of several areas: a small chart each, on the same axes."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from endline.figures.frame import PAD, TICK, Box, Frame, draw_axes, room_of, value_ticks
from endline.figures.labels import broken
from endline.figures.legend import Entry, draw_legend, legend_lines, state_entries
from endline.figures.sheet import Sheet, new_sheet
from endline.figures.style import BLUE, EDGE, GREY, INK, LOOKS, ORANGE, POINTS_A_MM, SIZE, SMALL, TINY

COLUMNS = 4
PANEL = 25 * POINTS_A_MM  # height of a panel with its name and years
NAME = 12.5  # room for a line of the name, in font sizes
HEAD, FOOT = 2.4 * SIZE, 2.2 * SMALL


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
    hidden: Sequence[bool] = ()


def small_multiples(
    panels: Sequence[Multiple],
    axis_label: str,
    target_text: str = "",
    behind: Sequence[float] = (),
    behind_text: str = "",
    words: Mapping[str, str] = MappingProxyType({}),
    corner: str = "",
) -> str:
    """Return the SVG of panels, COLUMNS beside one another, in the order given.

    `behind` is a line that stands in every panel for comparison, a value a year of the first panel; `target_text` and
    `behind_text` name the dashed and the grey line below the panels,
    `words` the states that occur.
    """
    lines = -(-len(panels) // COLUMNS) or 1
    with new_sheet(HEAD + lines * PANEL + FOOT) as sheet:
        low, high = _limits(panels, behind)
        ticks = value_ticks(low, high, 4)
        head = max((0.5 + 1.1 * len(broken(panel.label, NAME)) for panel in panels), default=0.0)
        margin = room_of(ticks, TINY)
        width = (sheet.width - margin - EDGE) / COLUMNS
        for n, panel in enumerate(panels):
            across, down = n % COLUMNS, n // COLUMNS
            x, top = margin + across * width, sheet.height - HEAD - down * PANEL
            box = Box(x, top - PANEL + 2.3 * TINY, x + width - 9, top - head * TINY)
            last = n + COLUMNS >= len(panels)
            _draw_panel(sheet, panel, box, (low, high), behind, ticks if not across else [], last)
        entries = [Entry(target_text, "_", ORANGE, ORANGE, 9.0)] if target_text else []
        entries += state_entries([(s, words[s]) for s in words if any(panel.state == s for panel in panels)])
        entries += [Entry(behind_text, "_", GREY, GREY, 9.0)] if behind_text else []
        draw_legend(sheet, legend_lines(entries, sheet.width - 90)[:1], 1.0 * SMALL)
        title = sheet.height - 1.1 * SIZE
        sheet.text(EDGE, title, axis_label, SIZE)
        sheet.text(sheet.width - EDGE, title, corner, SIZE, ORANGE, "right")
    return sheet.svg()


def _draw_panel(
    sheet: Sheet,
    panel: Multiple,
    box: Box,
    limits: tuple[float, float],
    behind: Sequence[float],
    ticks: Sequence[tuple[float, str]],
    last: bool,
) -> None:
    frame = Frame(sheet, panel.years, *limits, box, TINY, bare=True)
    sheet.boxes([(box.left, box.bottom, box.right - box.left, box.top - box.bottom)], "#F7F7F7")
    years = {frame.x(year): "" for year in panel.years}
    draw_axes(sheet, box, {frame.y(value): label for value, label in ticks}, years, TINY)
    if last and panel.years:
        y = box.bottom - TICK - PAD - 0.51 * TINY
        sheet.text(box.left, y, str(panel.years[0]), TINY)
        if len(panel.years) > 1:
            sheet.text(box.right, y, str(panel.years[-1]), TINY, align="right")
    look = LOOKS[panel.state]
    lines = broken(panel.label, NAME)
    for n, line in enumerate(reversed(lines)):
        sheet.text(box.left, box.top + (0.75 + 1.1 * n) * TINY, line, TINY, INK)
    if look.shape and panel.state:
        sheet.marks([(box.right - 4, box.top + 0.75 * TINY)], look.shape, 5, look.edge, look.fill)
    if not math.isnan(panel.target):
        y = frame.y(panel.target)
        sheet.line([(box.left, y), (box.right, y)], ORANGE, 0.9, dashes=(4, 2.5))
    if len(behind) == len(panel.years):
        sheet.line(frame.points(behind), GREY, 0.7)
    places = frame.points(panel.values)
    sheet.line(places, BLUE, 1.4)
    hidden = panel.hidden or [False] * len(places)
    sheet.marks([p for p, weak in zip(places, hidden, strict=True) if not weak], "o", 2.6, BLUE, BLUE)
    sheet.marks([p for p, weak in zip(places, hidden, strict=True) if weak], "o", 2.6, GREY, "white")


def _limits(panels: Sequence[Multiple], behind: Sequence[float]) -> tuple[float, float]:
    seen = [*behind, *(v for panel in panels for v in (*panel.values, panel.target))]
    known = [v for v in seen if not math.isnan(v)]
    if not known:
        return 0.0, 0.0
    low, high = min(known), max(known)
    spread = (high - low) or abs(high) * 0.4 or 1.0
    return max(low - 0.08 * spread, -0.05 * spread if low >= 0 else -math.inf), high + 0.08 * spread
