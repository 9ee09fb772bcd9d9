"""The figures of a sheet as matrices: each cell read as its column says, and whether there is one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from endline.layouts.grid import Grid
from endline.layouts.known import Known
from endline.layouts.match import Match
from endline.layouts.recognise import Layout
from endline.layouts.rows import Row
from endline.workbooks.cells import Cell, Finding
from endline.workbooks.numbers import as_count, as_number
from endline.workbooks.parsed import Codes, Parsed

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Figures:
    """Matrices [rows, columns] of values (NaN: none that can be used) and of whether there is one.

    `columns` are the places in the sheet, `texts` the cells of each row up to the last item as they were understood,
    `findings` what is to be said of each row's cells.
    """

    columns: tuple[int, ...]
    counts: tuple[int, ...]  # which of the columns are counts
    value: Floats
    given: Bools
    texts: Sequence[Sequence[str]]
    findings: Sequence[Sequence[Finding]]

    def differences(self, row: int, parts: Sequence[int]) -> list[tuple[int, float, float, int]]:
        """Return where a row is not the sum of others: column, its figure, their sum, how many of them gave one."""
        counts = list(self.counts)
        value, given = self.value[np.ix_(parts, counts)], self.given[np.ix_(parts, counts)]
        own, total, told = self.value[row, counts], np.where(given, value, 0).sum(axis=0), given.sum(axis=0)
        differs = (told > 0) & ~np.isnan(own) & ~np.isnan(total) & (own != total)
        return [
            (self.columns[counts[n]], float(own[n]), float(total[n]), int(told[n])) for n in np.flatnonzero(differs)
        ]

    def same(self, one: int, other: int) -> bool:
        """Tell whether two rows hold the same figures."""
        return bool(
            np.array_equal(self.value[one], self.value[other], equal_nan=True)
            and np.array_equal(self.given[one], self.given[other])
        )


def read_figures(grid: Grid, layout: Layout, rows: Sequence[Row], known: Known) -> Figures:
    """Return the figures in some rows; in a row that is a sum what cannot be read is not there."""
    columns = layout.items
    units = {column.id: column.unit for column in known.forms[layout.form].columns}
    codes: Codes = known.words.missing_codes.get(layout.form, {})
    width = max(columns, default=-1) + 1
    value, given = np.full((len(rows), len(columns)), np.nan), np.zeros((len(rows), len(columns)), dtype=bool)
    texts = [[grid.text(row.row, column) for column in range(width)] for row in rows]
    findings: list[list[Finding]] = [[] for _ in rows]
    for n, row in enumerate(rows):
        for m, (column, match) in enumerate(columns.items()):
            cell = grid.cell(row.row, column)
            if cell is None:
                continue
            read = _read(cell, match, match.unit or units.get(match.item, ""), codes, layout.sheet)
            if row.kind == "data":
                findings[n] += read.findings
            given[n, m] = not read.missing_kind and (row.kind == "data" or read.value is not None)
            texts[n][column] = read.text or texts[n][column]
            if read.value is not None and column not in layout.refused:
                value[n, m] = read.value
    counts = tuple(n for n, match in enumerate(columns.values()) if not match.is_rate)
    return Figures(tuple(columns), counts, value, given, texts, findings)


def _read(cell: Cell, match: Match, unit: str, codes: Codes, sheet: str) -> Parsed[int] | Parsed[float]:
    if match.is_rate:
        return as_number(cell, unit=unit, codes=codes, sheet=sheet)
    return as_count(cell, unit=unit, codes=codes, sheet=sheet)
