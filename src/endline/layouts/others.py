"""The sheet of the indicators that no form counts, as templates have it: a row an indicator, a column a year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from endline.layouts.grid import Grid, text_of
from endline.layouts.text import YEAR, Units, plain, unit_of
from endline.model import Indicator
from endline.workbooks.cells import Cell, Finding
from endline.workbooks.numbers import as_number

_HEADED_WITHIN = 10  # rows


@dataclass(frozen=True)
class Value:
    """One figure of an indicator, as text and as number (None: none that can be used)."""

    indicator: str
    stratum: str
    year: int
    text: str
    value: float | None
    cell: str


@dataclass(frozen=True)
class Values:
    """The figures of a sheet of other indicators."""

    region: str
    file: str
    sha256: str
    sheet: str
    values: tuple[Value, ...]
    vintage: str = ""


def header_of_others(grid: Grid, label: str) -> tuple[int, int, dict[int, int]] | None:
    """Return where the header stands (its row, the column headed `label`) and the years by column; None without one."""
    for row in list(grid.rows)[:_HEADED_WITHIN]:
        codes = [column for column, text in grid.texts(row) if plain(text) == label]
        if not codes:
            continue
        years = {
            column: int(found[1])
            for column, text in grid.texts(row)
            if (found := YEAR.fullmatch(plain(text).removesuffix("年")))
        }
        if years:
            return row, codes[0], years
    return None


def read_others(
    grid: Grid, header: tuple[int, int, dict[int, int]], indicators: Mapping[str, Indicator], units: Units
) -> tuple[list[Value], list[Finding]]:
    """Return the figures below the header, and what cannot be read; an empty cell says nothing."""
    top, codes, years = header
    found: list[Value] = []
    findings: list[Finding] = []
    for row in (row for row in grid.rows if row > top):
        cells = [(year, cell) for column, year in years.items() if (cell := grid.cell(row, column))]
        code = grid.text(row, codes)
        name, _, stratum = code.partition(".")
        if not cells or not (code or any(grid.text(row, c.column) for _, c in cells)):
            continue
        if name not in indicators or not stratum:
            findings.append(Finding("W01", code, sheet=grid.sheet.name, cell=Cell(row, codes, None).address))
            continue
        findings += _other_unit(grid, row, codes, indicators[name], units)
        for year, cell in cells:
            read = as_number(cell, unit=indicators[name].unit, sheet=grid.sheet.name)
            findings += read.findings
            if not read.missing_kind:
                found.append(Value(name, stratum, year, read.text or text_of(cell), read.value, cell.address))
    return found, findings


def _other_unit(grid: Grid, row: int, codes: int, indicator: Indicator, units: Units) -> Iterator[Finding]:
    """Yield a finding where the unit, two columns right of the code, is not the indicator's."""
    unit = grid.text(row, codes + 2)
    if unit and indicator.unit not in (unit, unit_of(plain(unit), units)):
        address = Cell(row, codes + 2, None).address
        yield Finding("W02", f"{indicator.name} {unit}", indicator.unit, grid.sheet.name, address)
