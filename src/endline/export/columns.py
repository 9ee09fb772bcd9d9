"""How a table of plain cells is set: its columns' shares of the line, its rows of one line, and what may break."""

from __future__ import annotations

import unicodedata
from functools import cache
from math import ceil
from typing import Any

from endline.story import Table

# In points, as the template sets tables of a style: type, pitch, and the air between two columns.
SET = {"": (10.5, 16, 8), "annex": (8, 11, 5), "mini": (7.5, 9.5, 3)}
# The type area's width, upright and landscape, and the height beyond which a table breaks. Lines may be half empty
# where words are long: twice that height is still a page.
AREAS = {False: (442.2, 283.5), True: (637.8, 200)}
LONG_CELL = 120
# Ems that no character of the free faces and of Fandol's exceeds: Chinese, any other, and what tables are full of.
FULL, OTHER = 1.0, 1.3
EMS = {
    **dict.fromkeys(".,:;", 0.34),
    **dict.fromkeys("()[]- ", 0.45),
    **dict.fromkeys("0123456789/–", 0.565),
    **dict.fromkeys("abcdefghijklnopqrstuvxyz", 0.67),
    **dict.fromkeys("%+<=>", 0.93),
    "−": 0.58,
    "—": 1.0,
    "ヱ": 1.03,
    **dict.fromkeys("⸺⸻", 2.6),  # dashes of two and three ems
}
SMALL_BREAKS = 100  # points: a table in small type breaks sooner, for the space before it


def layout(table: Table, landscape: bool, style: str = "") -> dict[str, Any]:
    """Return the shares of the columns (none where all are equal: Typst measures them), the rows and what breaks.

    A row whose cells fit in one line, in any of our faces, has a known height: Typst would set it twice to learn that.

    A table breaks when it is higher than 100 mm, on a landscape page 70 mm, by an estimate that spares Typst to set it
    twice; its rows stay whole, unless one could be taller than a page.
    """
    line, tall = AREAS[landscape]
    tall = min(tall, SMALL_BREAKS) if style == "annex" else tall
    size, pitch, air = SET.get(style, SET[""])
    wanted = [width + 2 for width in table.widths]  # characters, and the air beside them
    given = air * (len(wanted) - 1) / len(wanted)  # by each column, for the air between them
    shares = [round(max(size, line * width / sum(wanted) - given), 2) for width in wanted]
    ems = [share / size for share in shares]
    rows = (table.header, *table.rows)
    fit = [_fit(row, ems) for row in rows]
    heights = [pitch * (1 if fits else _lines(row, ems)) for row, fits in zip(rows, fit, strict=True)]
    shared = len(set(wanted)) > 1
    return {
        "shares": shares if shared else None,
        "one_line": [shared and style in SET and fits for fits in fit],
        "breaks": sum(heights) > tall,
        "rows_break": max(heights) > tall or max(len(cell) for row in rows for cell in row) > LONG_CELL,
    }


def _fit(row: tuple[str, ...], rooms: list[float]) -> bool:
    """Tell whether each cell of a row fits in one line of its column for certain; `rooms` in ems."""
    return all(sum(map(widest, cell)) <= room for cell, room in zip(row, rooms, strict=True))


def _lines(row: tuple[str, ...], rooms: list[float]) -> int:
    """Return about how many lines the tallest cell of a row has; `rooms` in ems."""
    return max(ceil(width_in_ems(cell) / room) for cell, room in zip(row, rooms, strict=True))


@cache
def widest(char: str) -> float:
    """Return how many ems wide a character is at most, in any of our faces."""
    return EMS.get(char) or (FULL if unicodedata.east_asian_width(char) in "WF" else OTHER)


def width_in_ems(text: str) -> float:
    """Return about how many ems wide a text is."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.55 for char in text)
