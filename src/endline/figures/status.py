"""How many targets have which verdict: one stacked bar a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from endline.figures.labels import broken, ems, pushed_apart
from endline.figures.legend import draw_legend, legend_lines, state_entries
from endline.figures.sheet import Sheet, new_sheet
from endline.figures.style import EDGE, INK, LOOKS, ORANGE, POINTS_A_MM, SIZE, SMALL

BAR, GAP = 8.5 * POINTS_A_MM, 4.5 * POINTS_A_MM
PAD = 6.0


@dataclass(frozen=True)
class Part:
    """So many of one state; `label` is the state's name."""

    label: str
    count: int
    state: str


@dataclass(frozen=True)
class StatusRow:
    """A bar: what it is of, its parts in order, and its sum as text."""

    label: str
    parts: Sequence[Part]
    total: str = ""


def status_bar(rows: Sequence[StatusRow], corner: str = "") -> str:
    """Return the SVG of stacked bars, all of one length; a part too narrow for its name is explained below."""
    with new_sheet(max(1, len(rows)) * (BAR + GAP) + GAP + 2.2 * SMALL) as sheet:
        lines = {row.label: broken(row.label, 9) for row in rows}
        left = EDGE + max((ems(line) for own in lines.values() for line in own), default=0.0) * SIZE + PAD
        right = sheet.width - EDGE - max((ems(row.total) for row in rows), default=0.0) * SIZE - PAD
        unnamed: dict[str, str] = {}
        for n, row in enumerate(rows):
            y = sheet.height - GAP - n * (BAR + GAP) - BAR
            for k, line in enumerate(lines[row.label]):
                middle = y + BAR / 2 + ((len(lines[row.label]) - 1) / 2 - k) * 1.2 * SIZE
                sheet.text(left - PAD, middle, line, SIZE, align="right")
            sheet.text(right + PAD, y + BAR / 2, row.total, SIZE)
            unnamed |= _draw_bar(sheet, row, left, right, y)
        foot = 1.2 * SMALL
        draw_legend(sheet, legend_lines(state_entries(list(unnamed.items())), right - left), foot, left=left)
        sheet.text(sheet.width - EDGE, foot, corner, SIZE, ORANGE, "right")
    return sheet.svg()


def _draw_bar(sheet: Sheet, row: StatusRow, left: float, right: float, y: float) -> dict[str, str]:
    """Draw a bar; return the states and names of the parts that are too narrow for their names."""
    parts = [part for part in row.parts if part.count]
    total = sum(part.count for part in parts)
    unnamed: dict[str, str] = {}
    outside: list[tuple[float, Part]] = []
    x = left
    for part in parts:
        width, look = (right - left) * part.count / total, LOOKS[part.state]
        sheet.boxes([(x, y, width, BAR)], look.area, edge=0.5)
        told = f"{part.label} {part.count}"
        if ems(told) * SIZE + 4 > width:
            unnamed[part.state] = part.label
            told = str(part.count)
        if ems(told) * SIZE + 2 > width:
            outside.append((x + width / 2, part))
        else:
            sheet.text(x + width / 2, y + BAR / 2, told, SIZE, look.ink, "center")
        x += width
    widths = [ems(str(part.count)) * SMALL + 3 for _, part in outside]
    for place, (_, part) in zip(pushed_apart([x for x, _ in outside], widths, left, right), outside, strict=True):
        sheet.text(place, y + BAR + 0.65 * SMALL, str(part.count), SMALL, INK, "center")
    return unnamed
