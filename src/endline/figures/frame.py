"""A part of a sheet with years across and values upwards: its two axes, and where a value stands."""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from matplotlib.ticker import MaxNLocator

from endline.figures.labels import ems
from endline.figures.sheet import GAP, Point, Sheet
from endline.figures.style import SIZE
from endline.numbers import rounded

TICK, PAD = 3.5, 3.5
LABELS_A_FRAME = 6  # most ticks of the value axis less one
YEAR = 2.7  # width of a year and the space around it, in font sizes


class Box(NamedTuple):
    """A rectangle of a sheet."""

    left: float
    bottom: float
    right: float
    top: float


class Frame:
    """The frame of a chart: from `low` to `high`, and half a year more than the years at either side.

    The labels of the values stand left of the box, or move its left side where they need more room; where `low`
    is `high` there is nothing to label, and a `bare` frame has no labels of its own.
    """

    def __init__(
        self,
        sheet: Sheet,
        years: Sequence[int],
        low: float,
        high: float,
        box: Box,
        size: float = SIZE,
        bare: bool = False,
    ) -> None:
        self.sheet, self.years, self.low, self.high, self.size = sheet, years, low, high, size
        self.ticks = [] if bare else value_ticks(low, high)
        self.left = box.left if bare else max(box.left, room_of(self.ticks, size))
        _, self.bottom, self.right, self.top = box

    def x(self, year: float) -> float:
        """Return where a year stands across the sheet."""
        share = (year - self.years[0] + 0.5) / (self.years[-1] - self.years[0] + 1)
        return self.left + share * (self.right - self.left)

    def y(self, value: float) -> float:
        """Return where a value stands up the sheet."""
        return self.bottom + (value - self.low) / ((self.high - self.low) or 1.0) * (self.top - self.bottom)

    def points(self, values: Sequence[float]) -> list[Point]:
        """Return the points of a series, NaN where a value is missing."""
        return [(self.x(year), self.y(value)) for year, value in zip(self.years, values, strict=True)]

    def draw(self) -> None:
        """Draw both axes with their ticks and labels."""
        labelled = labelled_years(self.years, (self.right - self.left) / len(self.years) / self.size)
        values = {self.y(value): label for value, label in self.ticks}
        years = {self.x(year): str(year) if year in labelled else "" for year in self.years}
        draw_axes(self.sheet, Box(self.left, self.bottom, self.right, self.top), values, years, self.size)


def room_of(ticks: Sequence[tuple[float, str]], size: float) -> float:
    """Return the width that the labels of a value axis need, with its ticks."""
    return max((ems(label) for _, label in ticks), default=0.0) * size + TICK + 2 * PAD


def draw_axes(
    sheet: Sheet, box: Box, upwards: Mapping[float, str], across: Mapping[float, str], size: float = SIZE
) -> None:
    """Draw the axes at the left of a box and below it: one line, with labelled ticks at the places given."""
    points = [(box.left, box.top), (box.left, box.bottom), (box.right, box.bottom)]
    for y, label in upwards.items():
        points += [GAP, (box.left, y), (box.left - TICK, y)]
        sheet.text(box.left - TICK - PAD, y, label, size, align="right")
    for x, label in across.items():
        points += [GAP, (x, box.bottom), (x, box.bottom - TICK)]
        sheet.text(x, box.bottom - TICK - PAD - 0.51 * size, label, size, align="center")
    sheet.line(points, "black", 0.6)


def value_ticks(low: float, high: float, most: int = LABELS_A_FRAME) -> list[tuple[float, str]]:
    """Return round values between two limits, each as text with as many decimals as their step needs."""
    if low == high:
        return []
    values = [float(value) for value in _locator(most).tick_values(low, high)]
    step = values[1] - values[0]
    decimals = next(n for n in range(20) if abs(round(step, n) - step) < step / 1000)
    return [(value, rounded(value, decimals)) for value in values if low <= value <= high]


@cache
def _locator(most: int) -> MaxNLocator:
    return MaxNLocator(most, steps=[1, 2, 2.5, 5, 10])


def labelled_years(years: Sequence[int], distance: float) -> Sequence[int]:
    """Return the years to label, `distance` font sizes apart: evenly to the last, from the first where a step does."""
    least = max(1, math.ceil(YEAR / distance))
    step = next((n for n in range(least, 2 * least + 2) if (len(years) - 1) % n == 0), least)
    return years[::-1][::step]
