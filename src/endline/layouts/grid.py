"""A sheet as a grid of texts: what a cell says, and where a merged range spreads it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime

from endline.layouts.text import plain
from endline.workbooks.cells import Cell, Sheet

Place = tuple[int, int]
_NUMERIC = re.compile(r"[-+]?[0-9][0-9,. ]*[%‰]?")


def text_of(cell: Cell | None) -> str:
    """Return what a cell says, as a text in one line; "" for an empty one."""
    if cell is None or cell.value is None:
        return cell.error or cell.formula if cell else ""
    if type(cell.value) is int:
        return str(cell.value)
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    if isinstance(cell.value, datetime):
        return cell.value.date().isoformat()
    return " ".join(str(cell.value).split())


def is_number(cell: Cell | None) -> bool:
    """Tell whether a cell holds a number, as a number or as a text, or a formula."""
    if cell is None:
        return False
    if type(cell.value) is int:
        return True
    if isinstance(cell.value, str) and not cell.formula:
        return bool(_NUMERIC.fullmatch(plain(cell.value)))
    return bool(cell.formula or cell.error or cell.value is not None)


class Grid:
    """The cells of a sheet by place, with merged ranges looked up in both directions."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows: dict[int, list[int]] = {}
        self._texts = {place: text for place, cell in sheet.cells.items() if (text := text_of(cell))}
        for row, column in sorted(self._texts):
            self.rows.setdefault(row, []).append(column)
        self.columns = sorted({column for columns in self.rows.values() for column in columns})
        self._corner: dict[Place, Place] = {}
        self._width: dict[Place, int] = {}
        self._numbers: dict[int, list[int]] = {}

    def spread_merges(self, first: int, last: int) -> None:
        """Look up the merged ranges of some rows, so that `filled` sees them."""
        for top, left, bottom, right in self.sheet.merged:
            columns = self.columns[bisect_left(self.columns, left) : bisect_right(self.columns, right)]
            for row in range(max(top, first), min(bottom, last) + 1):
                for column in columns:
                    self._corner[row, column] = top, left
                    self._width[row, column] = len(columns)

    def cell(self, row: int, column: int) -> Cell | None:
        """Return a cell, None for an empty one."""
        return self.sheet.cells.get((row, column))

    def text(self, row: int, column: int) -> str:
        """Return what the cell itself says."""
        return self._texts.get((row, column), "")

    def filled(self, row: int, column: int) -> str:
        """Return what stands at a place: the cell's own text or, in a merged range, its first cell's."""
        return self.text(*self._corner.get((row, column), (row, column)))

    def is_merged(self, row: int, column: int) -> bool:
        """Tell whether a place belongs to a merged range."""
        return (row, column) in self._corner

    def width(self, row: int, column: int) -> int:
        """Return over how many columns that hold something a cell spreads."""
        return self._width.get((row, column), 1)

    def texts(self, row: int) -> Iterator[tuple[int, str]]:
        """Yield the columns of a row that are not empty, with their texts."""
        for column in self.rows.get(row, ()):
            yield column, self._texts[row, column]

    def numbers(self, row: int) -> list[int]:
        """Return the columns of a row in which a number stands."""
        if row not in self._numbers:
            cells = self.sheet.cells
            self._numbers[row] = [column for column in self.rows.get(row, ()) if is_number(cells.get((row, column)))]
        return self._numbers[row]
