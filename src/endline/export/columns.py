"""How a table of plain cells is set: its columns' shares of the line, and what of it may break over pages."""

from __future__ import annotations

import unicodedata
from math import ceil
from typing import Any

from endline.story import Table

# In points, as the template sets tables of a style: type, pitch, and the air that each column has beside it.
SET = {"": (10.5, 16, 8), "annex": (8, 11, 5), "mini": (7.5, 9.5, 3)}
# The type area's width, upright and landscape, and the height beyond which a table breaks. Lines may be half empty
# where words are long: twice that height is still a page.
AREAS = {False: (442.2, 283.5), True: (637.8, 200)}
LONG_CELL = 120
SMALL_BREAKS = 100  # points: a table in small type breaks sooner, for the space before it


def layout(table: Table, landscape: bool, style: str = "") -> dict[str, Any]:
    """Return the shares of the columns (none where all are equal: Typst measures them) and what breaks.

    A table breaks when it is higher than 100 mm, on a landscape page 70 mm, by an estimate that spares Typst to set it
    twice; its rows stay whole, unless one could be taller than a page.
    """
    line, tall = AREAS[landscape]
    tall = min(tall, SMALL_BREAKS) if style == "annex" else tall
    size, pitch, air = SET.get(style, SET[""])
    shares = [width + 2 for width in table.widths]  # characters, and the air beside them
    ems = [max(1, (line * share / sum(shares) - air) / size) for share in shares]
    rows = (table.header, *table.rows)
    heights = [
        pitch * max(ceil(width_in_ems(cell) / room) for cell, room in zip(row, ems, strict=True)) for row in rows
    ]
    return {
        "shares": shares if len(set(shares)) > 1 else None,
        "breaks": sum(heights) > tall,
        "rows_break": max(heights) > tall or max(len(cell) for row in rows for cell in row) > LONG_CELL,
    }


def width_in_ems(text: str) -> float:
    """Return about how many ems wide a text is."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.55 for char in text)
