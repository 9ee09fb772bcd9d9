"""An indicator over the years, with its target and the upper region behind it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.axes import Axes

from endline.figures.style import BLUE, GREY, ORANGE, STYLE, as_svg, new_figure

HEIGHT_MM = 54
ROOM = 0.11  # least distance of two labels at the right edge, as a share of the axis


@dataclass(frozen=True)
class Line:
    """A series: a value a year (NaN where missing), its limits, and whether a value rests on too few events."""

    name: str
    values: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    hidden: Sequence[bool]
    bounds: Sequence[str]


@dataclass(frozen=True)
class Mark:
    """A level or a point that the chart names."""

    text: str
    value: float
    year: int | None = None


def series_chart(
    years: Sequence[int],
    own: Line,
    upper: Line | None,
    target: Mark | None,
    points: Sequence[Mark],
    axis_label: str,
    corner: str = "",
) -> str:
    """Return the SVG of one indicator's chart; gaps stay gaps, `corner` marks simulated figures."""
    with mpl.rc_context(STYLE):
        figure = new_figure(HEIGHT_MM)
        axes = figure.add_axes((0.085, 0.13, 0.735, 0.72))
        labels = []
        if upper:
            axes.plot(years, upper.values, color=GREY, linewidth=1, marker="s", markersize=3, zorder=1)
            labels.append((_last(upper.values), upper.name, GREY))
        _draw_own(axes, years, own)
        labels.append((_last(own.values), own.name, BLUE))
        if target and not math.isnan(target.value):
            axes.axhline(target.value, color=ORANGE, linewidth=1, linestyle=(0, (5, 3)), zorder=2)
            labels.append((target.value, target.text, ORANGE))
        _set_limits(axes, years, own, upper, target)
        for point in points:
            first = point.year == years[0]
            known = [v for v in (own.values if first else own.values[::-1]) if not math.isnan(v)]
            below = len(known) > 1 and known[1] > known[0]  # the line comes from above: write below the point
            axes.annotate(
                point.text,
                (point.year, point.value),
                xytext=(-3 if first else 3, -13 if below else 6),
                textcoords="offset points",
                ha="left" if first else "right",
                color=BLUE,
                fontsize=8.5,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4, "alpha": 0.75},
                zorder=6,
            )
        _label_right(axes, years[-1], labels)
        axes.set_xticks(years, [str(year) for year in years])
        figure.text(0.012, 0.94, axis_label, fontsize=9, va="center")
        if corner:
            figure.text(0.99, 0.94, corner, fontsize=9, color=ORANGE, ha="right", va="center")
        return as_svg(figure)


def _draw_own(axes: Axes, years: Sequence[int], own: Line) -> None:
    axes.plot(years, own.values, color=BLUE, linewidth=1.6, zorder=4)
    shapes = {"": "o", ">=": "^", "<=": "v"}
    for year, value, low, high, hidden, bound in zip(
        years, own.values, own.low, own.high, own.hidden, own.bounds, strict=True
    ):
        if math.isnan(value):
            continue
        if not hidden and not math.isnan(low):
            axes.plot([year, year], [low, high], color=BLUE, linewidth=0.7, alpha=0.55, zorder=3)
        axes.plot(
            [year],
            [value],
            marker=shapes[bound],
            markersize=5,
            zorder=5,
            color=GREY if hidden else BLUE,
            markerfacecolor="white" if hidden else BLUE,
        )


def _set_limits(axes: Axes, years: Sequence[int], own: Line, upper: Line | None, target: Mark | None) -> None:
    known = [
        v
        for v in [*own.values, *(upper.values if upper else ()), target.value if target else math.nan]
        if not math.isnan(v)
    ]
    top, bottom = max(known), min(known)
    whiskers = [v for v in (*own.low, *own.high) if not math.isnan(v)]
    spread = (top - bottom) or abs(top) * 0.2 or 1.0
    # a whisker of a very small denominator would press the series flat: cut it off at one spread
    top = min(max([top, *whiskers]), top + spread)
    bottom = max(min([bottom, *whiskers]), bottom - spread)
    spread = (top - bottom) or spread
    floor = -0.2 * spread if bottom >= 0 else -math.inf
    axes.set_ylim(max(bottom - 0.22 * spread, floor), top + 0.22 * spread)
    axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)


def _last(values: Sequence[float]) -> float:
    known = [v for v in values if not math.isnan(v)]
    return known[-1] if known else math.nan


def _label_right(axes: Axes, year: int, labels: list[tuple[float, str, str]]) -> None:
    """Write each line's name at the right edge, pushed apart where two would touch."""
    low, high = axes.get_ylim()
    placed = sorted(((v - low) / (high - low), name, colour) for v, name, colour in labels if not math.isnan(v))
    heights: list[float] = []
    for share, _, _ in placed:
        heights.append(max(share, heights[-1] + ROOM) if heights else max(share, 0.0))
    if heights and heights[-1] > 1:
        shift = heights[-1] - 1
        heights = [max(h - shift, n * ROOM) for n, h in enumerate(heights)]
    for height, (_, name, colour) in zip(heights, placed, strict=True):
        axes.annotate(
            _shortened(name),
            (year + 0.5, 0),
            xytext=(4, height),
            textcoords=("offset points", "axes fraction"),
            va="center",
            color=colour,
            fontsize=8.5,
            annotation_clip=False,
        )


def _shortened(name: str, width: int = 10) -> str:
    """Break a long name over two lines, so that it stays inside the figure."""
    if len(name) <= width:
        return name
    middle = (len(name) + 1) // 2
    return name[:middle] + "\n" + name[middle:]
