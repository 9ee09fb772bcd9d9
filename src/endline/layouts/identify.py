"""Whose figures a row holds, and of which year: by code, by name within the reporting region, by the file's place."""

from collections.abc import Callable, Mapping

from endline.layouts.context import Context, Place
from endline.layouts.grid import Grid
from endline.layouts.places import given_up
from endline.layouts.recognise import Layout
from endline.layouts.returns import Who
from endline.layouts.rows import Row
from endline.layouts.text import plain
from endline.layouts.words import Key
from endline.workbooks.cells import Cell, Finding
from endline.workbooks.codes import as_code
from endline.workbooks.years import as_year

_SERIAL = 3  # digits of a row's number
_HINTS = 20  # names that are looked for among those of the register: it takes a millisecond each


class Identifier:
    """Tells whose each row of a sheet is."""

    def __init__(self, grid: Grid, layout: Layout, place: Place, context: Context) -> None:
        self._grid, self._layout, self._place = grid, layout, place
        self._places, self._regions = context.places, context.regions
        self._within = context.places.within(place.region)
        self.keys = _with_unlabelled(grid, layout, self._key_of)
        self._is_own = bool(context.folder.region or self.keys.get("year"))
        self._findings: list[Finding] = []
        self._hints = _HINTS

    def identify(self, row: Row) -> tuple[Who | None, list[Finding]]:
        """Return whose a row is, None where that cannot be said, and what is to be explained."""
        self._findings = []
        year = self._year(row)
        region = self._region(row, year)
        if region and year is not None and not self._regions[region].exists_in(year):
            self._find("F40", row.cell, f"{region} {self._regions[region].name} {year}")
            region = ""
        return Who(region, year) if region and year is not None else None, self._findings

    def _year(self, row: Row) -> int | None:
        columns = self.keys.get("year", ())
        cells = [cell for column in columns if (cell := self._grid.cell(row.row, column))]
        if not cells:
            if columns and self._place.year is None:
                self._find("F14", Cell(row.row, columns[0], None).address, "")
            return self._place.year
        read = as_year(cells[0], sheet=self._layout.sheet)
        self._findings += read.findings
        if read.value is not None and self._place.year and read.value != self._place.year:
            self._find("F27", cells[0].address, str(read.value), str(self._place.year))
            return None
        return read.value

    def _region(self, row: Row, year: int | None) -> str:
        coded, code_cell = self._by_code(row)
        names = [cell for c in self.keys.get("name", ()) if (cell := self._grid.cell(row.row, c)) and _says(cell)]
        if not names and code_cell is None:
            return self._alone(row)
        named, name_cell = self._by_name(names, year)
        label = str(name_cell.value) if name_cell else ""
        if code_cell is not None and not coded:
            return ""
        if coded and label and not named:
            known = self._places.named(label, self._regions)
            self._find("F40" if known else "F40a", row.cell, f"{coded} {label}", self._called(coded))
            return "" if known else coded
        if coded and named and coded not in named:
            self._find("F40", row.cell, f"{coded} {label}", self._called(coded))
            return ""
        if coded or len(named) == 1:
            region = coded or named[0]
            if label and year is not None and given_up(self._regions[region], label, year):
                address = name_cell.address if name_cell else row.cell
                self._find("F40a", address, f"{region} {label} {year}", self._called(region))
            return region
        address = name_cell.address if name_cell else row.cell
        near = [self._called(code) for code in named]
        if not near and self._hints:
            self._hints -= 1
            near = self._places.similar(label, self._within)
        self._find("F40", address, label, "、".join(near))
        return ""

    def _by_code(self, row: Row) -> tuple[str, Cell | None]:
        for column in self.keys.get("code", ()):
            cell = self._grid.cell(row.row, column)
            if cell is None or not _says(cell):
                continue
            read = as_code(cell, sheet=self._layout.sheet)
            self._findings += read.findings
            if read.value is None:
                return "", cell
            if read.value in self._within:
                return read.value, cell
            self._find("F40", cell.address, f"{read.value}{self._outside(read.value)}", self._expected())
            return "", cell
        return "", None

    def _by_name(self, cells: list[Cell], year: int | None) -> tuple[list[str], Cell | None]:
        """Return the regions that the last name of a row may mean; those that exist in the year where some do."""
        if not cells:
            return [], None
        cell = cells[-1]
        found = self._places.named(str(cell.value), self._within)
        alive = [code for code in found if year is None or self._regions[code].exists_in(year)]
        return alive or found, cell

    def _alone(self, row: Row) -> str:
        """Return the region of a row that names none: the file's, where all rows are its own and no text is unknown."""
        named = self.keys.get("name") or self.keys.get("code")
        stray = self._stray(row)
        if self._place.region and self._is_own and not named and stray is None:
            return self._place.region
        cell, text = (stray.address, str(stray.value)) if stray else (row.cell, f"{row.number}")
        self._find("F40", cell, text, self._expected())
        return ""

    def _stray(self, row: Row) -> Cell | None:
        """Return the first text left of a row's figures that nothing is known of; a short number counts the rows."""
        known = {column for columns in self.keys.values() for column in columns}
        for column in (c for c in range(min(self._layout.items, default=0)) if c not in known):
            text = self._grid.text(row.row, column)
            if text and not (text.isdigit() and len(text) <= _SERIAL):
                return self._grid.cell(row.row, column)
        return None

    def _called(self, code: str) -> str:
        return f"{code} {self._regions[code].name}"

    def _outside(self, code: str) -> str:
        return f" {self._regions[code].name}" if code in self._regions else ""

    def _expected(self) -> str:
        return self._called(self._place.region) if self._place.region else ""

    def _key_of(self, text: str) -> Key | None:
        if self._places.named(text, self._within):
            return "name"
        if text.removesuffix(".0") in self._regions:
            return "code"
        return "year" if self._place.year is None and _is_year(text) else None

    def _find(self, rule: str, cell: str, found: str, expected: str = "") -> None:
        self._findings.append(Finding(rule, found, expected, self._layout.sheet, cell))


def _says(cell: Cell) -> bool:
    return cell.value is not None and bool(str(cell.value).strip())


def _is_year(text: str) -> bool:
    bare = plain(text).removesuffix("年度").removesuffix("年")
    return len(bare) == len("2020") and bare.isascii() and bare.isdigit() and bare[:2] in ("19", "20")


def _with_unlabelled(grid: Grid, layout: Layout, key_of: Callable[[str], Key | None]) -> Mapping[Key, tuple[int, ...]]:
    """Return the columns that say whose a row is; one without a known header is known by what stands in it.

    A column of codes and of nothing else is one wherever it stands; names and years are looked for on the left.
    """
    keys = dict(layout.keys)
    taken = {*layout.items, *(column for columns in keys.values() for column in columns)}
    free = {c: _below(grid, layout, c) for c in grid.columns if c not in taken}
    codes = [c for c, texts in free.items() if texts and all(key_of(text) == "code" for text in texts)]
    if codes and not keys.get("code"):
        keys["code"] = (codes[0],)
    if keys.get("name") or keys.get("code"):
        return keys
    headed = {heading.column for heading in layout.header.headings}
    for column, texts in free.items():
        if column < min(layout.items, default=0) and column not in headed:
            found = next((key for text in texts if (key := key_of(text))), None)
            if found and found not in keys:
                keys[found] = (column,)
    return keys


def _below(grid: Grid, layout: Layout, column: int) -> list[str]:
    """Return the texts of a column below the header, those that hold a digit where any does."""
    texts = [text for row in grid.rows if row > layout.header.bottom and (text := grid.text(row, column))]
    return [text for text in texts if any(map(str.isdigit, text))] or texts
