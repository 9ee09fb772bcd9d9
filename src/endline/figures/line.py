"""What a chart of a series is made of: lines, marks, and the two sizes in which it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from endline.figures.style import POINTS_A_MM, SIZE, SMALL, TEXT_WIDTH, TINY


class Form(NamedTuple):
    """The size of a chart of a series: of its sheet, of its text, and where the names of the lines begin."""

    width: float
    height: float
    size: float
    small: float
    names: float


FULL = Form(TEXT_WIDTH, 58 * POINTS_A_MM, SIZE, SMALL, 0.82)
PANEL = Form(73 * POINTS_A_MM, 43 * POINTS_A_MM, TINY, TINY, 0.765)
"""The two sizes: across the text area, and beside a table."""


@dataclass(frozen=True)
class Line:
    """A series: a value a year (NaN where missing), its limits, and whether a value rests on too few events.

    `fitted` is the trend that the evidence supports, a value a year; empty where there is none.
    """

    name: str
    values: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    hidden: Sequence[bool]
    bounds: Sequence[str]
    fitted: Sequence[float] = ()


@dataclass(frozen=True)
class Mark:
    """A level that the chart names, or with a year a point."""

    text: str
    value: float
    year: int | None = None
