"""A map without boundaries: a tile an area, about where it lies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Tile:
    """An area: its row from the top and column from the left (from 0), its name, a short text, and its state."""

    row: int
    column: int
    label: str
    text: str = ""
    state: str = ""


def tile_map(tiles: Sequence[Tile], words: Mapping[str, str], corner: str = "") -> str:
    """Return the SVG of a tile-grid map; `words` names the states that occur, in the order of the legend."""
    raise NotImplementedError
