"""All indicators against their targets: a row each, on a scale whose zero is the target."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from endline.figures.labels import broken, ems
from endline.figures.legend import Entry, draw_legend, legend_lines
from endline.figures.sheet import GAP, Point, Sheet, new_sheet
from endline.figures.style import BLUE, EDGE, GREY, INK, LOOKS, ORANGE, POINTS_A_MM, SMALL, TINY, WEAK

MARKS = {
    "median": ("|", GREY, GREY, 8.0),
    "nation": ("D", GREY, "white", 4.0),
    "upper": ("s", GREY, GREY, 4.0),
    "baseline": ("o", BLUE, "white", 5.0),
    "final": ("o", BLUE, BLUE, 6.0),
}
"""What stands on a row, in the order of painting: shape, edge, fill, size."""
COLUMNS = ("target", "baseline", "final", "upper", "nation", "median")
REACH = 1.3  # of the scale to either side, in units of a row; what lies beyond is an arrow at its end
MOST = 196 * POINTS_A_MM
HEAD, FOOT = 30.0, 24.0
ROW, LEAST_ROW = 17.0, 14.7
SPINE_ROWS = int((MOST - HEAD - FOOT) / LEAST_ROW)  # that a page holds
NAMES = 7.2  # size of the names
SCALE = 105.0  # least width of the scale
HEADS = 4.0  # room for the heads of columns, in font sizes
VERDICT_PAD, REACH_PAD = 13.0, 8.0


@dataclass(frozen=True)
class Spot:
    """A value and how it is printed."""

    value: float = math.nan
    text: str = ""


NOWHERE = Spot()


@dataclass(frozen=True)
class SpineRow:
    """An indicator: its target, what is set against it, its verdict as a state.

    `weak` says that the final value rests on too few events.
    """

    name: str
    better: Literal["lower", "higher"]
    state: str
    target: Spot
    baseline: Spot
    final: Spot
    upper: Spot = NOWHERE
    nation: Spot = NOWHERE
    median: Spot = NOWHERE
    weak: bool = False

    @property
    def unit(self) -> float:
        """The larger distance of its own baseline and final value from the target; else that of the comparators."""
        for group in ((self.baseline, self.final), (self.upper, self.nation, self.median)):
            distances = [abs(spot.value - self.target.value) for spot in group]
            if far := max((d for d in distances if not math.isnan(d)), default=0.0):
                return far
        return 1.0

    def place(self, spot: Spot) -> float:
        """Return how far a value is from the target in units of its row, better being positive."""
        away = (spot.value - self.target.value) / self.unit
        return -away if self.better == "lower" else away


def spine_chart(rows: Sequence[SpineRow], words: Mapping[str, str], corner: str = "") -> str:
    """Return the SVG of a spine chart: a row an indicator, the target at 0, the right better.

    In each row the unit is the larger distance of its own baseline and final value from the target, so that what the
    region has moved fills the row: distances compare within a row, not between rows. What lies further than REACH
    units is an arrow at the end of the scale; the columns hold the values. `words` names target, baseline, final,
    upper, nation, median (heads of columns, legend), worse and better (sides of the scale), and the states; columns
    without any value are left out.
    """
    height = max(LEAST_ROW, min(ROW, (MOST - HEAD - FOOT) / max(1, len(rows))))
    with new_sheet(HEAD + FOOT + height * max(1, len(rows))) as sheet:
        shown = [key for key in COLUMNS if any(not math.isnan(getattr(row, key).value) for row in rows)]
        widths = {key: _column(rows, key, words[key]) for key in shown}
        verdict = max((ems(words[row.state]) for row in rows), default=0.0) * TINY + VERDICT_PAD + 6
        ends = sheet.width - EDGE - verdict - sum(widths.values()) - REACH_PAD
        room = min(max((ems(row.name) for row in rows), default=0.0), (ends - EDGE - SCALE) / NAMES)
        left = EDGE + room * NAMES
        scale = Scale(left + REACH_PAD, ends)
        top = sheet.height - HEAD
        _draw_grid(sheet, scale, top, FOOT, words)
        x = ends + REACH_PAD
        for key in shown:
            x += widths[key]
            for n, line in enumerate(reversed(broken(words[key], HEADS))):
                sheet.text(x, top + (0.9 + 1.2 * n) * TINY, line, TINY, INK, "right")
        stripes = [(EDGE, top - (n + 1) * height, sheet.width - 2 * EDGE, height) for n in range(1, len(rows), 2)]
        sheet.boxes(stripes, "#F6F6F6", alpha=0.6)
        heights = [top - (n + 0.5) * height for n in range(len(rows))]
        _draw_names(sheet, rows, room, heights)
        _draw_marks(sheet, scale, rows, heights)
        for row, y in zip(rows, heights, strict=True):
            x = ends + REACH_PAD
            for key in shown:
                x += widths[key]
                sheet.text(x, y, getattr(row, key).text, TINY, _ink(row, key), "right")
            look, x = LOOKS[row.state], x + VERDICT_PAD
            if look.shape:
                sheet.marks([(x, y)], look.shape, 6, look.edge, look.fill)
            sheet.text(x + 6, y, words[row.state], TINY, INK)
        entries = [Entry(words["target"], "|", ORANGE, ORANGE, 8.0)]
        entries += [Entry(words[key], *MARKS[key]) for key in reversed(MARKS) if key in shown]
        draw_legend(sheet, legend_lines(entries, sheet.width - 80, TINY), FOOT / 2 - 2, TINY)
        sheet.text(sheet.width - EDGE, FOOT / 2 - 2, corner, SMALL, ORANGE, "right")
    return sheet.svg()


class Scale(NamedTuple):
    """Where the scale of all rows lies across the sheet."""

    left: float
    right: float

    def x(self, place: float) -> float:
        """Return where a distance from the target stands, at most at an end."""
        share = (min(max(place, -REACH), REACH) + REACH) / (2 * REACH)
        return self.left + share * (self.right - self.left)


def _ink(row: SpineRow, key: str) -> str:
    return INK if key != "final" else GREY if row.weak else BLUE


def _column(rows: Sequence[SpineRow], key: str, head: str) -> float:
    texts = [getattr(row, key).text for row in rows] + broken(head, HEADS)
    return max(map(ems, texts)) * TINY + 7


def _draw_grid(sheet: Sheet, scale: Scale, top: float, bottom: float, words: Mapping[str, str]) -> None:
    sheet.boxes([(scale.x(0), bottom, scale.right - scale.x(0), top - bottom)], BLUE, alpha=0.06)
    sheet.line([(scale.x(0), bottom), (scale.x(0), top + 3)], ORANGE, 1.0)
    sheet.line([(EDGE, top), (sheet.width - EDGE, top), GAP, (EDGE, bottom), (sheet.width - EDGE, bottom)], INK, 0.6)
    y = top + 0.9 * TINY
    sheet.text(scale.x(0) - 6, y, words["worse"], TINY, INK, "right")
    sheet.text(scale.x(0) + 6, y, words["better"], TINY, INK)
    sheet.marks([(scale.left, y)], "<", 4, INK, INK)
    sheet.marks([(scale.right, y)], ">", 4, INK, INK)


def _draw_names(sheet: Sheet, rows: Sequence[SpineRow], room: float, heights: Sequence[float]) -> None:
    for row, y in zip(rows, heights, strict=True):
        lines = broken(row.name, room)
        for n, line in enumerate(lines):
            sheet.text(EDGE, y + ((len(lines) - 1) / 2 - n) * 1.06 * NAMES, line, NAMES, INK)


def _draw_marks(sheet: Sheet, scale: Scale, rows: Sequence[SpineRow], heights: Sequence[float]) -> None:
    """Draw what stands on the rows, all marks of a kind at once: each call costs."""
    lines: list[Point] = []
    marks: dict[tuple[str, str, str, float], list[Point]] = {}
    for row, y in zip(rows, heights, strict=True):
        lines += [*((scale.x(row.place(spot)), y) for spot in (row.baseline, row.final)), GAP]
    for key, (shape, edge, fill, size) in MARKS.items():
        for row, y in zip(rows, heights, strict=True):
            place = row.place(getattr(row, key))
            beyond = "<" if place < -REACH else ">" if place > REACH else ""
            colours = (GREY, WEAK) if row.weak and key == "final" else (edge, fill)
            marks.setdefault((beyond or shape, *colours, 5.0 if beyond else size), []).append((scale.x(place), y))
    sheet.line(lines, BLUE, 1.2, alpha=0.7)
    for (shape, edge, fill, size), places in marks.items():
        sheet.marks(places, shape, size, edge, fill)
