"""From baseline to final year: a line an area or an indicator."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from endline.figures.labels import ems, pushed_apart
from endline.figures.legend import draw_legend, legend_lines, state_entries
from endline.figures.line import Mark
from endline.figures.sheet import Sheet, new_sheet
from endline.figures.style import EDGE, GREY, INK, LOOKS, ORANGE, POINTS_A_MM, SIZE, SMALL, WEAK

MOST, LEAST = 110 * POINTS_A_MM, 50 * POINTS_A_MM  # of the height
HEAD, FOOT = 3.2 * SIZE, 2.4 * SMALL
LEADING = 1.25 * SMALL
MOST_LABELS = int((MOST - HEAD - FOOT) / LEADING) - 1


@dataclass(frozen=True)
class SlopeRow:
    """A line: its name, both values (NaN where missing), the state it is drawn as, and both values as printed.

    `weak` says that its values rest on too few events: it is grey.
    """

    label: str
    baseline: float
    final: float
    state: str = ""
    baseline_text: str = ""
    final_text: str = ""
    weak: bool = False


def slope_chart(
    rows: Sequence[SlopeRow],
    years: tuple[str, str],
    target: Mark | None,
    axis_label: str,
    words: Mapping[str, str],
    corner: str = "",
) -> str:
    """Return the SVG of a slope chart between two years; `words` names the states that occur, for the legend.

    A row with one value is a mark without a line. Of more than MOST_LABELS rows those that did not meet their target
    and then those farthest apart are named; the others are lines only.
    """
    known = [row for row in rows if not math.isnan(row.baseline) or not math.isnan(row.final)]
    named = _named(known)
    height = min(MOST, max(LEAST, (len(named) + 1) * LEADING + HEAD + FOOT))
    with new_sheet(height) as sheet:
        seen = [v for row in known for v in (row.baseline, row.final)] + [target.value if target else math.nan]
        values = [v for v in seen if not math.isnan(v)] or [0.0]
        low, high = min(values), max(values)
        bottom, top = FOOT, sheet.height - HEAD
        spread = (high - low) or 1.0
        left, right = 0.36 * sheet.width, 0.64 * sheet.width

        def y(value: float) -> float:
            return (bottom + top) / 2 if low == high else bottom + 6 + (value - low) / spread * (top - bottom - 12)

        for x, year in ((left, years[0]), (right, years[1])):
            sheet.line([(x, bottom), (x, top)], GREY, 0.6)
            sheet.text(x, top + SIZE, year, SIZE, align="center")
        if target and not math.isnan(target.value):
            level = y(target.value)
            sheet.line([(left, level), (right, level)], ORANGE, 0.9, dashes=(5, 3))
        for row in sorted(known, key=lambda row: row.state == "not_met"):  # what matters is painted last
            look = LOOKS[row.state]
            edge, fill = (GREY, WEAK) if row.weak else (look.edge, look.fill)
            ends = [(left, y(row.baseline)), (right, y(row.final))]
            sheet.line(ends if not math.isnan(ends[0][1] + ends[1][1]) else [], edge, 1.1, alpha=0.8)
            sheet.marks(ends, look.shape, 5.0, edge, fill)
        if target and not math.isnan(target.value):
            level, width = y(target.value), ems(target.text) * SMALL
            sheet.boxes(
                [((left + right - width) / 2 - 2, level - 0.55 * SMALL, width + 4, 1.1 * SMALL)], "white", alpha=0.85
            )
            sheet.text((left + right) / 2, level, target.text, SMALL, ORANGE, "center")
        starts = [(y(r.baseline), f"{r.label} {r.baseline_text}".strip()) for r in named]
        ends_at = [(y(r.final), f"{r.final_text} {r.label}".strip()) for r in named]
        _draw_labels(sheet, starts, left, -1, (bottom, top))
        _draw_labels(sheet, ends_at, right, 1, (bottom, top))
        states = [(state, words[state]) for state in words if any(row.state == state for row in known)]
        draw_legend(sheet, legend_lines(state_entries(states), sheet.width - 90)[:1], 1.1 * SMALL)
        title = sheet.height - 1.1 * SIZE
        sheet.text(EDGE, title, axis_label, SIZE)
        sheet.text(sheet.width - EDGE, title, corner, SIZE, ORANGE, "right")
    return sheet.svg()


def _draw_labels(
    sheet: Sheet, labels: Sequence[tuple[float, str]], axis: float, side: int, room: tuple[float, float]
) -> None:
    """Write labels beside an axis, left (-1) or right (1) of it, pushed apart where two would touch."""
    known = sorted((label for label in labels if not math.isnan(label[0])), key=lambda label: label[0])
    wanted = [at for at, _ in known]
    placed = pushed_apart(wanted, [LEADING] * len(known), room[0] - LEADING / 2, room[1] + LEADING / 2)
    for place, (at, text) in zip(placed, known, strict=True):
        if abs(place - at) > 1:
            sheet.line([(axis + side * 4, at), (axis + side * 11, place)], GREY, 0.4)
        sheet.text(axis + side * 13, place, text, SMALL, INK, "left" if side > 0 else "right")


def _named(rows: Sequence[SlopeRow]) -> list[SlopeRow]:
    """Return the rows to name, in their order."""
    if len(rows) <= MOST_LABELS:
        return list(rows)
    finals = sorted(row.final for row in rows if not math.isnan(row.final))
    middle = finals[len(finals) // 2] if finals else 0.0
    by_weight = sorted(
        range(len(rows)),
        key=lambda n: (
            rows[n].state != "not_met",
            -abs(rows[n].final - middle) if rows[n].final == rows[n].final else 0,
        ),
    )
    kept = set(by_weight[:MOST_LABELS])
    return [row for n, row in enumerate(rows) if n in kept]
