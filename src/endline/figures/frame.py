"""A part of a sheet with years across and values upwards: its two axes, and where a value stands."""

import math
from collections.abc import Sequence

from matplotlib.ticker import MaxNLocator

from endline.figures.labels import ems
from endline.figures.sheet import GAP, Point, Sheet
from endline.figures.style import SIZE
from endline.numbers import rounded

TICK, PAD = 3.5, 3.5
LABELS_A_FRAME = 6  # most ticks of the value axis less one
YEAR = 2.7 * SIZE  # width of a year and the space around it


class Frame:
    """The frame of a chart: from `low` to `high`, and half a year more than the years at either side."""

    def __init__(self, sheet: Sheet, years: Sequence[int], low: float, high: float) -> None:
        self.sheet, self.years, self.low, self.high = sheet, years, low, high
        self.ticks = value_ticks(low, high)
        widest = max((ems(label) for _, label in self.ticks), default=0.0) * SIZE
        self.left = max(0.085 * sheet.width, widest + TICK + 2 * PAD)
        self.right, self.bottom, self.top = 0.82 * sheet.width, 0.13 * sheet.height, 0.85 * sheet.height

    def x(self, year: float) -> float:
        """Return where a year stands across the sheet."""
        share = (year - self.years[0] + 0.5) / (self.years[-1] - self.years[0] + 1)
        return self.left + share * (self.right - self.left)

    def y(self, value: float) -> float:
        """Return where a value stands up the sheet."""
        return self.bottom + (value - self.low) / (self.high - self.low) * (self.top - self.bottom)

    def points(self, values: Sequence[float]) -> list[Point]:
        """Return the points of a series, NaN where a value is missing."""
        return [(self.x(year), self.y(value)) for year, value in zip(self.years, values, strict=True)]

    def draw(self) -> None:
        """Draw both axes with their ticks and labels."""
        labelled = set(labelled_years(self.years, (self.right - self.left) / len(self.years)))
        points = [(self.left, self.top), (self.left, self.bottom), (self.right, self.bottom)]
        for year in self.years:
            x = self.x(year)
            points += [GAP, (x, self.bottom), (x, self.bottom - TICK)]
            if year in labelled:
                self.sheet.text(x, self.bottom - TICK - PAD - 0.51 * SIZE, str(year), SIZE, align="center")
        for value, label in self.ticks:
            y = self.y(value)
            points += [GAP, (self.left, y), (self.left - TICK, y)]
            self.sheet.text(self.left - TICK - PAD, y, label, SIZE, align="right")
        self.sheet.line(points, "black", 0.6)


def value_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Return round values between two limits, each as text with as many decimals as their step needs."""
    locator = MaxNLocator(LABELS_A_FRAME, steps=[1, 2, 2.5, 5, 10])
    values = [float(value) for value in locator.tick_values(low, high)]
    step = values[1] - values[0]
    decimals = next(n for n in range(20) if abs(round(step, n) - step) < step / 1000)
    return [(value, rounded(value, decimals)) for value in values if low <= value <= high]


def labelled_years(years: Sequence[int], distance: float) -> Sequence[int]:
    """Return the years to label, evenly spaced to the last one, and from the first where a step does that."""
    least = max(1, math.ceil(YEAR / distance))
    step = next((n for n in range(least, 2 * least + 2) if (len(years) - 1) % n == 0), least)
    return years[::-1][::step]
