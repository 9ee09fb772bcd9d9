"""The counts of all forms as matrices, each with the place where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from endline.workbooks.addresses import column_letters

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.intp]
Places = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Sheet:
    """One form of one year as received: in which column each item stands, and the rows that count."""

    form: str
    year: int
    file: str
    sha256: str
    items: Mapping[int, str]  # by zero-based column
    rows: Sequence[tuple[str, int, bool, str]]  # county, line of the file, whether refused, the cells as JSON
    name: str = ""  # of the sheet in a workbook


@dataclass(frozen=True)
class Total:
    """A count that stands in a higher region's own row; it is compared with the sum of those below, never added."""

    region: str
    year: int
    item: str  # `form.column`
    value: float
    file: str
    cell: str
    sheet: str = ""


@dataclass
class Count:
    """One item as matrices [counties, years]: its value (NaN: none, or none that can be used), and if there is one."""

    value: Floats
    given: Bools


class Items:
    """What the forms hold: a matrix [counties, years] an item, and the sheets that they come from."""

    def __init__(self, counties: Sequence[str], years: Sequence[int]) -> None:
        self.counties, self.years = counties, years
        self.sheets: list[Sheet] = []
        self.totals: list[Total] = []
        self._row = {code: n for n, code in enumerate(counties)}
        self._counts: dict[str, Count] = {}
        self._sheet: dict[str, Places] = {}  # by item: the number of the sheet in which each figure stands,
        self._line: dict[str, Places] = {}  # and its line there
        self._letters: list[dict[str, str]] = []  # by sheet: the column of each item

    def add(self, sheet: Sheet, value: Floats, given: Bools) -> None:
        """Add a sheet, with the matrices [its rows, its items] of what stands in it; no figure is given twice."""
        column, number = self.years.index(sheet.year), len(self.sheets)
        places = np.array([self._row[code] for code, *_ in sheet.rows], dtype=np.intp)
        lines = np.array([line for _, line, *_ in sheet.rows], dtype=np.int32)
        self.sheets.append(sheet)
        self._letters.append({name: column_letters(index) for index, name in sheet.items.items()})
        for n, name in enumerate(sheet.items.values()):
            count, own = self[name], given[:, n]
            self._counts[name] = count
            count.value[places[own], column], count.given[places[own], column] = value[own, n], True
            self._of(self._sheet, name)[places[own], column] = number
            self._of(self._line, name)[places[own], column] = lines[own]

    def __getitem__(self, name: str) -> Count:
        known = self._counts.get(name)
        return known or Count(np.full(self._shape, np.nan), np.zeros(self._shape, dtype=bool))

    def __len__(self) -> int:
        return sum(int(count.given.sum()) for count in self._counts.values())

    def sheets_of(self, name: str, rows: Ints, columns: Ints) -> list[Sheet]:
        """Return the sheet in which an item stands, for each of some counties and years."""
        return [self.sheets[number] for number in self._sheet[name][rows, columns].tolist()]

    def cells(self, name: str, rows: Ints, columns: Ints) -> list[str]:
        """Return the address (`C5`) of an item for each of some counties and years."""
        lines, sheets = (places[name][rows, columns].tolist() for places in (self._line, self._sheet))
        return [f"{self._letters[sheet][name]}{line}" for sheet, line in zip(sheets, lines, strict=True)]

    def _of(self, places: dict[str, Places], name: str) -> Places:
        return places.setdefault(name, np.zeros(self._shape, dtype=np.int32))

    @property
    def _shape(self) -> tuple[int, int]:
        return len(self.counties), len(self.years)
