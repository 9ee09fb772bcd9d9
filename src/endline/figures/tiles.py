"""A map without boundaries: a tile an area, about where it lies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from endline.figures.labels import broken
from endline.figures.legend import draw_legend, legend_lines, state_entries
from endline.figures.sheet import Sheet, new_sheet
from endline.figures.style import EDGE, LOOKS, ORANGE, POINTS_A_MM, SIZE, SMALL, TEXT_WIDTH

WIDEST, TALLEST = 30 * POINTS_A_MM, 13 * POINTS_A_MM
HEAD, FOOT = 1.0, 2.6 * SMALL
LEAST = 7.2  # size of a name that needs more lines
SYMBOLS = ("met", "not_met", "no_data", "pending")  # states that have a symbol in the tile as well


@dataclass(frozen=True)
class Tile:
    """An area: its row from the top and column from the left (from 0), its name, a short text, and its state."""

    row: int
    column: int
    label: str
    text: str = ""
    state: str = ""


def tile_map(tiles: Sequence[Tile], words: Mapping[str, str], corner: str = "") -> str:
    """Return the SVG of a tile-grid map; `words` names states for the legend, in its order.

    A grid that begins further down or to the right is moved to the corner. Tiles are as wide as fits, at most WIDEST.
    """
    first_row, first_column = (min((getattr(t, n) for t in tiles), default=0) for n in ("row", "column"))
    rows, columns = (
        max((getattr(t, n) for t in tiles), default=0) - first + 1
        for n, first in (("row", first_row), ("column", first_column))
    )
    width = min(WIDEST, TEXT_WIDTH / columns)
    height = min(width, TALLEST)
    with new_sheet(HEAD + rows * height + FOOT) as sheet:
        left, top = (sheet.width - columns * width) / 2, sheet.height - HEAD
        for tile in tiles:
            x, y = left + (tile.column - first_column) * width, top - (tile.row - first_row + 1) * height
            _draw_tile(sheet, tile, (x + 1.2, y + 1.2, width - 2.4, height - 2.4))
        states = [(state, words[state]) for state in words if any(tile.state == state for tile in tiles)]
        draw_legend(sheet, legend_lines(state_entries(states), sheet.width - 90)[:1], 1.1 * SMALL)
        sheet.text(sheet.width - EDGE, 1.1 * SMALL, corner, SIZE, ORANGE, "right")
    return sheet.svg()


def _draw_tile(sheet: Sheet, tile: Tile, box: tuple[float, float, float, float]) -> None:
    x, y, width, height = box
    look = LOOKS[tile.state]
    sheet.boxes([box], look.area, edge=0.6)
    lines = broken(tile.label, (width - 4) / SMALL)
    step = 1.15 * SMALL
    size = SMALL
    if len(lines) > 2:
        lines, size, step = broken(tile.label, (width - 2) / LEAST), LEAST, 1.12 * LEAST
    middle = y + height / 2 + (step / 2 if tile.text else 0)
    for n, line in enumerate(lines):
        sheet.text(x + width / 2, middle + ((len(lines) - 1) / 2 - n) * step, line, size, look.ink, "center")
    sheet.text(x + width / 2, middle - (len(lines) + 1) / 2 * step, tile.text, size, look.ink, "center")
    if look.shape and tile.state in SYMBOLS:
        edge = look.ink if look.ink == "white" else look.edge
        sheet.marks(
            [(x + width - 7, y + height - 6.5)], look.shape, 5, edge, look.area if tile.state == "pending" else edge
        )
