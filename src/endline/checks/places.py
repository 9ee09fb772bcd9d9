"""Where the figures of the forms stand: one place that knows how items are addressed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from endline.intake.items import Items, Sheet


@dataclass(frozen=True)
class Place:
    """A file, a sheet and the addresses in it; a cell of another sheet or file carries that one's name."""

    file: str
    sheet: str
    cell: str


def place(items: Items, names: Sequence[str], row: int, column: int) -> Place:
    """Return where some items of one county (`row`) and year (`column`) stand, in their order; each is given."""
    rows, columns = np.array([row]), np.array([column])
    sheets = [items.sheets_of(name, rows, columns)[0] for name in names]
    cells = [items.cells(name, rows, columns)[0] for name in names]
    return _joined(sheets, cells, "/")


def places(items: Items, name: str, row: int, columns: Sequence[int]) -> Place:
    """Return where one item of one county (`row`) stands in some years (`columns`)."""
    at = np.array(columns)
    rows = np.full(len(at), row)
    return _joined(items.sheets_of(name, rows, at), items.cells(name, rows, at), " ")


def _joined(sheets: Sequence[Sheet], cells: Sequence[str], sign: str) -> Place:
    first = sheets[0]
    told = []
    for sheet, cell in zip(sheets, cells, strict=True):
        file = sheet.file if sheet.file != first.file else ""
        name = sheet.name if file or sheet.name != first.name else ""
        told.append(" ".join(filter(None, (file, name, cell))))
    return Place(first.file, first.name, sign.join(dict.fromkeys(told)))


def file_of(items: Items, form: str, column: int, counties: Collection[str]) -> str:
    """Return the file of a form and year (`column`) that holds some of these counties, or the only one there is.

    "" where several hold others only.
    """
    year = items.years[column]
    sheets = [sheet for sheet in items.sheets if sheet.form == form and sheet.year == year]
    holding = [sheet for sheet in sheets if any(code in counties for code, *_ in sheet.rows)]
    found = holding or (sheets if len({sheet.file for sheet in sheets}) == 1 else [])
    return max(found, key=lambda sheet: len(sheet.rows)).file if found else ""
