"""A line of marks and what they stand for."""

from collections.abc import Sequence
from typing import NamedTuple

from endline.figures.labels import ems
from endline.figures.sheet import Sheet
from endline.figures.style import EDGE, INK, LOOKS, SMALL

GAP_AFTER, MARK = 12.0, 9.0


class Entry(NamedTuple):
    """A mark (shape, colours of edge and fill, size) and its name."""

    name: str
    shape: str
    edge: str
    fill: str
    size: float = 6.0


def state_entries(names: Sequence[tuple[str, str]]) -> list[Entry]:
    """Return the entries of states, given as pairs of state and name."""
    return [Entry(name, LOOKS[state].shape, LOOKS[state].edge, LOOKS[state].fill) for state, name in names]


def legend_lines(entries: Sequence[Entry], room: float, size: float = SMALL) -> list[list[Entry]]:
    """Return the entries in as few lines as fit the room."""
    lines: list[list[Entry]] = []
    used = room
    for entry in entries:
        width = MARK + ems(entry.name) * size + GAP_AFTER
        if used + width - GAP_AFTER > room:
            lines.append([])
            used = 0.0
        lines[-1].append(entry)
        used += width
    return lines


def draw_legend(
    sheet: Sheet, lines: Sequence[Sequence[Entry]], y: float, size: float = SMALL, left: float = EDGE
) -> None:
    """Write the lines downwards from the middle of the first."""
    for n, line in enumerate(lines):
        x, middle = left, y - n * 1.5 * size
        for name, shape, edge, fill, mark in line:
            if shape:
                sheet.marks([(x + MARK / 2 - 1, middle)], shape, mark, edge, fill)
            sheet.text(x + MARK + 1, middle, name, size, INK)
            x += MARK + ems(name) * size + GAP_AFTER
