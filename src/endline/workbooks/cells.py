"""What a workbook holds: sheets of cells, as they stand in the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from endline.workbooks.addresses import column_letters

Value = str | int | float | bool | datetime | None
Kind = Literal["xlsx", "xls", "ods", "csv"]


@dataclass(frozen=True)
class Cell:
    """One cell: its value as stored, how it is shown (`number_format`), and the formula that it came from.

    `row` and `column` count from 0. A formula's `value` is the cached one, None where the file has none. An error
    value (`#DIV/0!`) is `error`, and `value` None. A cell shown as a date has its raw number as `serial`. A CSV file
    has no formats: `number_format` is "".
    """

    row: int
    column: int
    value: Value
    number_format: str = "General"
    formula: str = ""
    error: str = ""
    comment: str = ""
    serial: float | None = None

    @property
    def address(self) -> str:
        """Return the address of the cell, such as `C4`."""
        return f"{column_letters(self.column)}{self.row + 1}"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells by (row, column), empty ones left out, and what is hidden or merged.

    `merged` are (first row, first column, last row, last column), all inclusive, counted from 0.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: Sequence[tuple[int, int, int, int]] = ()
    filtered: bool = False


@dataclass(frozen=True)
class Finding:
    """Something that a rule of params/checks.yaml has a name for; `cell` may be empty: the whole sheet is meant."""

    rule: str
    found: str
    expected: str = ""
    sheet: str = ""
    cell: str = ""
    region: str = ""  # whose figures are meant, where that is known


@dataclass(frozen=True)
class Workbook:
    """A file as received; `findings` say what is noteworthy about reading it."""

    file: str
    sha256: str
    kind: Kind
    sheets: Sequence[Sheet]
    findings: Sequence[Finding] = field(default=())
