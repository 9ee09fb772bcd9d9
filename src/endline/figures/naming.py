"""The names in a chart of a series: beside a point where no line runs, and of every line at the right."""

import math
from collections.abc import Sequence
from itertools import pairwise

from endline.figures.frame import Frame
from endline.figures.labels import Area, broken, ems, least_taken, pushed_apart
from endline.figures.line import Form, Line, Mark
from endline.figures.sheet import GAP
from endline.figures.style import BLUE, EDGE

# where the name of a point may stand above or below it, in font sizes, the best first
ABOVE_FIRST = (1.08, -1.15, 2.2, -2.2, 3.3, -3.3)
BELOW_FIRST = (-1.15, 1.08, -2.2, 2.2, -3.3, 3.3)


def name_points(frame: Frame, lines: Sequence[Line], points: Sequence[Mark], size: float, roof: float) -> None:
    """Write what points of the own line stand for above or below them, below `roof`, where no line runs if possible."""
    runs = _runs_of(frame, lines)
    places = [(p, _place(frame, lines[0], runs, p, size, roof)) for p in points if p.year is not None]
    frame.sheet.boxes([(left, low, right - left, high - low) for _, (left, low, right, high) in places], "white", 0.75)
    for point, (left, low, right, high) in places:
        first = point.year == frame.years[0]
        frame.sheet.text(
            left if first else right, (low + high) / 2, point.text, size, BLUE, "left" if first else "right"
        )


def _place(frame: Frame, own: Line, runs: Sequence[Area], point: Mark, size: float, roof: float) -> Area:
    """Return the area where the name of a point stands best."""
    first = point.year == frame.years[0]
    known = [v for v in (own.values if first else own.values[::-1]) if not math.isnan(v)]
    below = len(known) > 1 and known[1] > known[0]  # the line comes from above: write below the point
    x, y, width = frame.x(point.year or 0), frame.y(point.value), ems(point.text) * size
    left = x - 3 if first else x + 3 - width
    middles = [y + way * size for way in (BELOW_FIRST if below else ABOVE_FIRST)]
    areas = [(left, middle - 0.55 * size, left + width, middle + 0.55 * size) for middle in middles]
    inside = [area for area in areas if frame.bottom < area[1] and area[3] < roof] or areas[:1]
    return least_taken(inside, runs)


def _runs_of(frame: Frame, lines: Sequence[Line]) -> list[Area]:
    """Return small areas that cover the lines."""
    found = []
    for line in lines:
        for (x, y), (right, up) in pairwise([*frame.points(line.values), GAP]):
            if math.isnan(y):
                continue
            whole = not math.isnan(right + up)
            places = [(x + (right - x) * k / 6, y + (up - y) * k / 6) for k in range(6)] if whole else [(x, y)]
            found += [(a - 2, b - 2, a + 2, b + 2) for a, b in places]
    return found


def name_lines(frame: Frame, labels: list[tuple[float, str, str]], form: Form) -> None:
    """Write each line's name at the right edge, over as many lines as it needs, pushed apart where two would touch."""
    x, leading = frame.right + 4, 1.25 * form.small
    placed = sorted((label for label in labels if not math.isnan(label[0])), key=lambda label: label[0])
    texts = [broken(name, (form.width - EDGE - x) / form.small) for _, name, _ in placed]
    heights = [len(lines) * leading + 1.5 for lines in texts]
    centres = [frame.y(value) for value, _, _ in placed]
    centres = pushed_apart(centres, heights, frame.bottom - leading / 2, frame.top + leading / 2)
    for centre, lines, (_, _, colour) in zip(centres, texts, placed, strict=True):
        top = centre + (len(lines) - 1) / 2 * leading
        for n, line in enumerate(lines):
            frame.sheet.text(x, top - n * leading, line, form.small, colour)
