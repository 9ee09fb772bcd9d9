"""How many targets have which verdict: one stacked bar a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from endline.figures.labels import broken, ems, pushed_apart
from endline.figures.sheet import Sheet, new_sheet
from endline.figures.style import EDGE, INK, LOOKS, ORANGE, POINTS_A_MM, SIZE, SMALL

BAR, GAP = 8.5 * POINTS_A_MM, 5.5 * POINTS_A_MM  # a bar, and the room above it
PAD = 6.0
NAME = 9.0  # room for the name of a row, in font sizes


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
    """Return the SVG of stacked bars, all of one length; the name of a part too narrow for it stands above the bar."""
    foot = GAP + (1.6 * SMALL if corner else 0.0)
    with new_sheet(max(1, len(rows)) * (BAR + GAP) + foot) as sheet:
        names = [broken(row.label, NAME) for row in rows]
        left = EDGE + max((ems(line) for name in names for line in name), default=0.0) * SIZE + PAD
        right = sheet.width - EDGE - max((ems(row.total) for row in rows), default=0.0) * SIZE - PAD
        for n, (row, name) in enumerate(zip(rows, names, strict=True)):
            y = sheet.height - (n + 1) * (BAR + GAP)
            for k, line in enumerate(name):
                middle = y + BAR / 2 + ((len(name) - 1) / 2 - k) * 1.2 * SIZE
                sheet.text(left - PAD, middle, line, SIZE, align="right")
            sheet.text(right + PAD, y + BAR / 2, row.total, SIZE)
            _draw_bar(sheet, row, left, right, y)
        sheet.text(sheet.width - EDGE, 1.1 * SMALL, corner, SIZE, ORANGE, "right")
    return sheet.svg()


def _draw_bar(sheet: Sheet, row: StatusRow, left: float, right: float, y: float) -> None:
    parts = [part for part in row.parts if part.count]
    total = sum(part.count for part in parts)
    outside: list[tuple[float, str]] = []
    x = left
    for part in parts:
        width, look = (right - left) * part.count / total, LOOKS[part.state]
        sheet.boxes([(x, y, width, BAR)], look.area, edge=0.5)
        told = f"{part.label} {part.count}"
        if ems(told) * SIZE + 4 > width:
            outside.append((x + width / 2, told))
        else:
            sheet.text(x + width / 2, y + BAR / 2, told, SIZE, look.ink, "center")
        x += width
    widths = [ems(told) * SMALL + 5 for _, told in outside]
    places = pushed_apart([at for at, _ in outside], widths, left, right)
    for place, width, (at, told) in zip(places, widths, outside, strict=True):
        nearest = min(max(at, place - width / 2 + 4), place + width / 2 - 4)
        sheet.line([(at, y + BAR - 2), (nearest, y + BAR + 4)], INK, 0.5)
        sheet.text(place, y + BAR + 4 + 0.55 * SMALL, told, SMALL, INK, "center")
    if not parts:
        sheet.boxes([(left, y, right - left, BAR)], "white", edge=0.5)
