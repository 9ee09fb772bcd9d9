"""An indicator over the years, with its target and the upper region behind it."""

import math
from collections.abc import Sequence

from endline.figures.frame import Box, Frame
from endline.figures.labels import broken, ems
from endline.figures.line import FULL, Form, Line, Mark
from endline.figures.naming import name_lines, name_points
from endline.figures.sheet import GAP, Point, new_sheet
from endline.figures.style import BLUE, EDGE, GREY, ORANGE, TEXT_WIDTH

SHAPES = {"": "o", ">=": "^", "<=": "v"}
BEHIND = ("s", "D", "P")  # marks of the lines behind the own one


def series_chart(
    years: Sequence[int],
    own: Line,
    upper: Line | None,
    target: Mark | None,
    points: Sequence[Mark],
    axis_label: str,
    corner: str = "",
    *,
    breaks: Sequence[tuple[int, str]] = (),
    others: Sequence[Line] = (),
    form: Form = FULL,
) -> str:
    """Return the SVG of one indicator's chart; gaps stay gaps, `corner` marks simulated figures.

    A break is the first year of a new definition and its name: a dashed line stands before that year, and no line
    crosses it. `others` are more comparators behind the upper region; `form` is FULL or PANEL.
    """
    with new_sheet(form.height, form.width) as sheet:
        behind = [line for line in (upper, *others) if line]
        title = broken(axis_label, (form.width - 3 * EDGE - ems(corner) * form.size) / form.size)
        head = form.height - (1.0 + 1.2 * len(title)) * form.small
        box = Box(0.085 * TEXT_WIDTH if form is FULL else 0.0, 2.2 * form.size, form.names * form.width, head - 6)
        frame = Frame(sheet, years, *_limits(own, behind, target), box, form.size)
        labels = [(_last(own.values), own.name, BLUE)]
        starts = [year for year, _ in breaks]
        _draw_band(frame, own, starts)
        frame.draw()
        for line, shape in zip(behind, BEHIND, strict=False):
            sheet.line(_split(frame, line.values, starts), GREY, 0.7)
            sheet.marks(frame.points(line.values), shape, 3, GREY, GREY)
            labels.append((_last(line.values), line.name, GREY))
        if target and not math.isnan(target.value):
            y = frame.y(target.value)
            sheet.line([(frame.left, y), (frame.right, y)], ORANGE, dashes=(5, 3))
            labels.append((target.value, target.text, ORANGE))
        for year, text in breaks:
            x = frame.x(year - 0.5)
            sheet.line([(x, frame.bottom), (x, frame.top)], GREY, 0.8, dashes=(2, 2))
            sheet.text(x, frame.top + 0.55 * form.small, text, form.small, GREY, "center")
        _draw_own(frame, own, starts)
        roof = frame.top if breaks else frame.top + form.small  # the names of breaks stand above the frame
        name_points(frame, [own, *behind], points, form.small, roof)
        name_lines(frame, labels, form)
        top = form.height - 1.1 * form.small
        for n, text in enumerate(title):
            sheet.text(EDGE, top - 1.2 * n * form.size, text, form.size)
        sheet.text(form.width - EDGE, top, corner, form.size, ORANGE, "right")
    return sheet.svg()


def _split(frame: Frame, values: Sequence[float], starts: Sequence[int]) -> list[Point]:
    """Return the points of a line that stops before each year in which a definition changes."""
    return [
        place
        for year, point in zip(frame.years, frame.points(values), strict=True)
        for place in ([GAP, point] if year in starts else [point])
    ]


def _draw_band(frame: Frame, own: Line, starts: Sequence[int]) -> None:
    """Draw the intervals: a band over neighbouring years, a whisker where a year stands alone."""
    found = [
        (n, frame.x(frame.years[n]), frame.y(max(low, frame.low)), frame.y(min(high, frame.high)))
        for n, low, high in _intervals(own)
    ]
    runs: list[list[tuple[int, float, float, float]]] = []
    for place in found:
        n = place[0]
        if runs and runs[-1][-1][0] == n - 1 and frame.years[n] not in starts:
            runs[-1].append(place)
        else:
            runs.append([place])
    whiskers: list[Point] = []
    for run in runs:
        if len(run) > 1:
            lower, upper = [(x, low) for _, x, low, _ in run], [(x, high) for _, x, _, high in run]
            frame.sheet.area([*lower, *reversed(upper)], BLUE, alpha=0.14)
        else:
            ((_, x, low, high),) = run
            whiskers += [(x, low), (x, high), GAP]
    frame.sheet.line(whiskers, BLUE, 0.7, alpha=0.55)


def _draw_own(frame: Frame, own: Line, starts: Sequence[int]) -> None:
    if own.fitted:
        fitted = [min(max(value, frame.low), frame.high) for value in own.fitted]
        frame.sheet.line(frame.points(fitted), BLUE, 0.9, dashes=(1.2, 2.4))
    frame.sheet.line(_split(frame, own.values, starts), BLUE, 1.6)
    marks: dict[tuple[str, bool], list[Point]] = {}
    for point, hidden, bound in zip(frame.points(own.values), own.hidden, own.bounds, strict=True):
        marks.setdefault((SHAPES[bound], hidden), []).append(point)
    for (shape, hidden), places in marks.items():
        frame.sheet.marks(places, shape, 5, GREY if hidden else BLUE, "white" if hidden else BLUE)


def _intervals(line: Line) -> list[tuple[int, float, float]]:
    """Return the place and the limits of each interval to draw: none around a missing or a hidden value."""
    limits = enumerate(zip(line.values, line.low, line.high, line.hidden, strict=True))
    return [(n, low, high) for n, (value, low, high, hidden) in limits if not hidden and not math.isnan(value + low)]


def _limits(own: Line, behind: Sequence[Line], target: Mark | None) -> tuple[float, float]:
    """Return the lowest and highest value to show; twice 0 where there is nothing."""
    seen = [*own.values, *(v for line in behind for v in line.values), target.value if target else math.nan]
    known = [v for v in seen if not math.isnan(v)]
    if not known:
        return 0.0, 0.0
    top, bottom = max(known), min(known)
    whiskers = [limit for _, *limits in _intervals(own) for limit in limits]
    spread = (top - bottom) or abs(top) * 0.2 or 1.0
    # a whisker of a very small denominator would press the series flat: cut it off at one spread
    top = min(max([top, *whiskers]), top + spread)
    bottom = max(min([bottom, *whiskers]), bottom - spread)
    spread = (top - bottom) or spread
    floor = -0.2 * spread if bottom >= 0 else -math.inf
    return max(bottom - 0.22 * spread, floor), top + 0.22 * spread


def _last(values: Sequence[float]) -> float:
    known = [v for v in values if not math.isnan(v)]
    return known[-1] if known else math.nan
