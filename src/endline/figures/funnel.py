"""Areas of different size around a common value, with the limits of what chance explains."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from endline.figures.frame import Box, draw_axes, room_of, value_ticks
from endline.figures.labels import Area, around, broken, ems, first_free, pushed_apart
from endline.figures.legend import Entry, draw_legend, legend_lines, state_entries
from endline.figures.line import Mark
from endline.figures.sheet import GAP, Point, Sheet, new_sheet
from endline.figures.style import BLUE, EDGE, GREY, INK, LOOKS, ORANGE, POINTS_A_MM, SIZE, SMALL, TINY, WEAK

HEIGHT = 72 * POINTS_A_MM
STATES = ("inside", "above_95", "below_95", "above_998", "below_998")
MOST_LABELS = 8
BESIDE = 7.5  # farthest that a label is from its point without a line to it


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
    """The inner (95 %) and outer (99.8 %) limits over ascending denominators, one length; NaN where there is none.

    Some eighty denominators, from 0.8 times the least to 1.3 times the largest of the areas, fill the frame smoothly.
    """

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

    Areas outside the outer limits are named, the MOST_LABELS farthest from the reference, where there is room.
    `words` names the states in the legend, the limits ("limit_95", "limit_998") and what is "weak".
    """
    known = [p for p in points if not math.isnan(p.value) and p.denominator > 0]
    with new_sheet(HEIGHT) as sheet:
        plot = _plot(sheet, known, limits, [reference, *([target] if target else [])])
        _draw_axes(plot, axes)
        for low, high, dashes, width in (
            (limits.low998, limits.high998, None, 0.9),
            (limits.low95, limits.high95, (3, 2), 0.7),
        ):
            for curve in (low, high):
                sheet.line(_curve(plot, limits.denominators, curve), GREY, width, dashes=dashes)
        levels = [(reference, BLUE, None), (target, ORANGE, (5, 3))]
        for level, colour, dashes in levels:
            if level and not math.isnan(level.value):
                y = plot.y(level.value)
                sheet.line([(plot.box.left, y), (plot.box.right, y)], colour, 0.9, dashes=dashes)
        _draw_points(plot, known)
        _name_outside(plot, known, limits, [level.value for level, *_ in levels if level])
        _name_lines(plot, limits, [(level, colour) for level, colour, _ in levels if level], words)
        strong = {p.state for p in known if not p.weak}
        entries = state_entries([(state, words[state]) for state in STATES if state in strong])
        if any(p.weak for p in known):
            entries.append(Entry(words["weak"], "o", GREY, WEAK))
        foot = 1.0 * SMALL
        draw_legend(sheet, legend_lines(entries, sheet.width - 2 * EDGE, TINY)[:1], foot, TINY)
        title = sheet.height - 1.1 * SIZE
        sheet.text(EDGE, title, axes[1], SIZE)
        sheet.text(sheet.width - EDGE, title, corner, SIZE, ORANGE, "right")
    return sheet.svg()


@dataclass(frozen=True)
class Plot:
    """Where denominators and values stand."""

    sheet: Sheet
    box: Box
    across: tuple[float, float]
    upwards: tuple[float, float]

    def x(self, denominator: float) -> float:
        """Return where a denominator stands across."""
        low, high = map(math.log, self.across)
        return self.box.left + (math.log(denominator) - low) / (high - low) * (self.box.right - self.box.left)

    def y(self, value: float) -> float:
        """Return where a value stands upwards."""
        low, high = self.upwards
        return self.box.bottom + (value - low) / ((high - low) or 1.0) * (self.box.top - self.box.bottom)


def _plot(sheet: Sheet, points: Sequence[FunnelPoint], limits: FunnelLimits, levels: Sequence[Mark]) -> Plot:
    sizes = [p.denominator for p in points] or [d for d in limits.denominators if d > 0] or [1.0]
    values = [v for v in [*(p.value for p in points), *(level.value for level in levels)] if not math.isnan(v)]
    middle = sorted(sizes)[len(sizes) // 2]
    near = min(range(len(limits.denominators)), key=lambda n: abs(limits.denominators[n] - middle), default=None)
    if near is not None:  # the limits of the area in the middle are to be seen
        values += [v for v in (limits.low998[near], limits.high998[near]) if not math.isnan(v)]
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    spread = (high - low) or abs(high) * 0.4
    floor = -0.05 * (high + 0.12 * spread) if low >= 0 else -math.inf
    upwards = (max(low - 0.15 * spread, floor), high + 0.15 * spread)
    left = max(0.06 * sheet.width, room_of(value_ticks(*upwards), SIZE))
    box = Box(left, 3.2 * SIZE + 2.2 * SMALL, 0.84 * sheet.width, sheet.height - 2.4 * SIZE)
    return Plot(sheet, box, (min(sizes) / 1.25, max(sizes) * 1.3), upwards)


def _draw_axes(plot: Plot, axes: tuple[str, str]) -> None:
    low, high = plot.across
    steps = [m * 10**n for n in range(-1, 12) for m in (1, 2, 5)]
    ticks = [step for step in steps if low <= step <= high] or [round((low * high) ** 0.5)]
    sizes = {plot.x(step): f"{step:g}" if step < 1e5 else f"{step:.0f}" for step in ticks}
    values = {plot.y(value): label for value, label in value_ticks(*plot.upwards)}
    draw_axes(plot.sheet, plot.box, values, sizes, SIZE)
    plot.sheet.text(plot.box.right, plot.box.bottom - 2.55 * SIZE, axes[0], SMALL, align="right")


def _curve(plot: Plot, denominators: Sequence[float], values: Sequence[float]) -> list[Point]:
    """Return the points of a limit, NaN where it lies outside the frame or is flat on a value that cannot be passed."""
    (left, right), (low, high) = plot.across, plot.upwards
    moving = [n > 0 and values[n] != values[n - 1] for n in range(len(values))]
    return [
        (plot.x(d), plot.y(v)) if moves and left <= d <= right and low <= v <= high else GAP
        for d, v, moves in zip(denominators, values, moving, strict=True)
    ]


def _draw_points(plot: Plot, points: Sequence[FunnelPoint]) -> None:
    for weak in (True, False):
        for state in STATES:
            look = LOOKS[state]
            places = [(plot.x(p.denominator), plot.y(p.value)) for p in points if (p.state, p.weak) == (state, weak)]
            edge, fill = (GREY, WEAK) if weak else (look.edge, look.fill)
            plot.sheet.marks(places, look.shape, 4.0 if state == "inside" else 5.0, edge, fill)


def _name_outside(plot: Plot, points: Sequence[FunnelPoint], limits: FunnelLimits, levels: Sequence[float]) -> None:
    outside = [p for p in points if p.state.endswith("_998")]
    named = sorted(outside, key=lambda p: -abs(p.value - levels[0]))[:MOST_LABELS]
    marks = [(plot.x(p.denominator), plot.y(p.value)) for p in points]
    taken = [(x - 3.5, y - 3.5, x + 3.5, y + 3.5) for x, y in marks]
    taken += [(plot.box.left, plot.y(v) - 1, plot.box.right, plot.y(v) + 1) for v in levels if not math.isnan(v)]
    curves = [
        (x - 3, y - 1, x + 3, y + 1)
        for curve in (limits.low95, limits.high95, limits.low998, limits.high998)
        for x, y in _curve(plot, limits.denominators, curve)
        if not math.isnan(x)
    ]
    room = (plot.box.left + 2, plot.box.bottom + 1, plot.box.right - 2, plot.box.top + SMALL)
    labels: list[Area] = []
    for p in named:
        x, y = plot.x(p.denominator), plot.y(p.value)
        wanted = around(x, y, ems(p.label) * SMALL, 1.15 * SMALL, room)
        places = [place for place in wanted if all(first_free([step], labels) for step in _leader(x, y, place))]
        if place := first_free(places, [*taken, *curves]) or first_free(places, taken):
            steps = _leader(x, y, place)
            plot.sheet.line([((left + right) / 2, (low + high) / 2) for left, low, right, high in steps], GREY, 0.5)
            plot.sheet.text(place[0], (place[1] + place[3]) / 2, p.label, SMALL, INK)
            labels.append(place)
            taken += [place, *steps]


def _leader(x: float, y: float, place: Area) -> list[Area]:
    """Return the line from a point to its label as small areas; none where the label is beside the point."""
    left, bottom, right, top = place
    across, up = min(max(x, left), right) - x, min(max(y, bottom), top) - y
    if math.hypot(across, up) <= BESIDE:
        return []
    way = [(x + across * k / 9, y + up * k / 9) for k in range(10)]
    return [(a - 1, b - 1, a + 1, b + 1) for a, b in way]


def _name_lines(plot: Plot, limits: FunnelLimits, levels: Sequence[tuple[Mark, str]], words: Mapping[str, str]) -> None:
    """Write at the right edge what the levels and the limits are, the limits where their upper curves end."""
    ends: list[tuple[float, str, str]] = [(plot.y(level.value), level.text, colour) for level, colour in levels]
    for key, curves in (("limit_95", (limits.high95, limits.low95)), ("limit_998", (limits.high998, limits.low998))):
        for curve in curves:
            drawn = [point for point in _curve(plot, limits.denominators, curve) if not math.isnan(point[0])]
            if drawn and drawn[-1][0] > plot.box.right - 0.05 * plot.sheet.width:
                ends.append((drawn[-1][1], words[key], GREY))
                break
    ends = sorted((end for end in ends if not math.isnan(end[0])), key=lambda end: end[0])
    x = plot.box.right + 4
    texts = [broken(text, (plot.sheet.width - EDGE - x) / TINY) for _, text, _ in ends]
    heights = [1.2 * TINY * len(lines) + 1 for lines in texts]
    centres = pushed_apart([y for y, _, _ in ends], heights, plot.box.bottom, plot.box.top)
    for centre, lines, (_, _, colour) in zip(centres, texts, ends, strict=True):
        for n, line in enumerate(lines):
            plot.sheet.text(x, centre + ((len(lines) - 1) / 2 - n) * 1.2 * TINY, line, TINY, colour)
