"""Sheets built from rows of values, so that a test states only what stands in them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from endline.layouts.context import Context, Folder
from endline.layouts.grid import Grid
from endline.layouts.known import Known, read_known
from endline.layouts.places import Places
from endline.layouts.sheet import SheetRead, read_sheet
from endline.model import Region
from endline.regions import Regions
from endline.workbooks.cells import Cell, Sheet, Workbook

Rows = Sequence[Sequence[Any]]
FORMS = Path(__file__).parents[3] / "params" / "forms.yaml"

UNITS = Regions(
    Region.model_validate(dict(zip(("code", "name", "level", "parent", "valid_from", "valid_to"), row, strict=True)))
    for row in (
        ("150000", "内蒙古自治区", "province", "", "", ""),
        ("150200", "包头市", "league", "150000", "", ""),
        ("150202", "东河区", "banner", "150200", "", ""),
        ("150203", "昆都仑区", "banner", "150200", "", ""),
        ("150207", "九原区", "banner", "150200", "2016", ""),
        ("150300", "乌海市", "league", "150000", "", ""),
        ("150302", "海勃湾区", "banner", "150300", "", ""),
        ("150303", "东河区", "banner", "150300", "", ""),  # a name that two leagues have
    )
)


def known() -> Known:
    """Return the shipped forms and words."""
    return read_known(FORMS)


def sheet(rows: Rows, name: str = "Sheet1", start: int = 0, **more: Any) -> Sheet:
    """Return a sheet of values; None is an empty cell, a Cell stands as it is (its place is set)."""
    cells = {}
    for r, row in enumerate(rows, start):
        for c, value in enumerate(row):
            if isinstance(value, Mapping):
                cells[r, c] = Cell(r, c, **value)
            elif value is not None and value != "":
                cells[r, c] = Cell(r, c, value)
    return Sheet(name, cells, **more)


def workbook(*sheets: Sheet, file: str = "data/raw/test/2020/150200.xlsx") -> Workbook:
    """Return a workbook as received."""
    return Workbook(file, "0" * 64, "xlsx", sheets)


def read(rows: Rows, file: str = "data/raw/test/2020/150200.xlsx", regions: Regions = UNITS, **more: Any) -> SheetRead:
    """Return what comes of one sheet, of a league's return by default."""
    made = sheet(rows, **more)
    places = Places(regions)
    return read_sheet(
        workbook(made, file=file), Grid(made), Context(known(), places, regions, Folder.of(file, places, regions))
    )


def found(result: SheetRead, *rules: str) -> list[tuple[str, str, str]]:
    """Return rule, cell and what was found of the findings, of some rules where they are named."""
    return [(f.rule, f.cell, f.found) for f in result.findings if not rules or f.rule in rules]


def figures(result: SheetRead) -> dict[tuple[str, int], dict[str, float | None]]:
    """Return what was read: by region and year, the items that are given (None: not to be used)."""
    assert result.found, result.findings
    names = [item.partition(".")[2] for item in result.found.items.values()]
    return {
        (line.region, line.year): {
            name: None if value != value else float(value)
            for name, value, given in zip(names, result.found.value[n], result.found.given[n], strict=True)
            if given
        }
        for n, line in enumerate(result.found.lines)
    }
