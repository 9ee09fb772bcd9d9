"""A workbook as received → the returns in it, the figures of other indicators, and what is to be explained."""

from dataclasses import dataclass

from endline.kept import once
from endline.layouts.context import Context, Folder
from endline.layouts.declared import declared
from endline.layouts.grid import Grid
from endline.layouts.head import read_head_above
from endline.layouts.known import read_known
from endline.layouts.others import Values, header_of_others, read_others
from endline.layouts.places import Places
from endline.layouts.returns import Return
from endline.layouts.sheet import SheetRead, of_region, read_sheet
from endline.params import Params
from endline.regions import Regions
from endline.workbooks.cells import Finding, Workbook


@dataclass(frozen=True)
class Received:
    """What came of a workbook, sheet by sheet; `findings` are its own and those of its sheets."""

    file: str
    sheets: tuple[SheetRead, ...]
    values: tuple[Values, ...]
    findings: tuple[Finding, ...]

    @property
    def returns(self) -> tuple[Return, ...]:
        """The forms that were read."""
        return tuple(sheet.found for sheet in self.sheets if sheet.found)


def read_returns(workbook: Workbook, params: Params, regions: Regions) -> Received:
    """Return the figures of a workbook that lies in `<year>/` or `<region>/`, each with region, year, item and cell.

    What is noteworthy about reading the file itself stays in `workbook.findings`.
    """
    known = read_known(params.folder / "forms.yaml")
    places = places_of(regions)
    context = Context(known, places, regions, Folder.of(workbook.file, places, regions))
    sheets: list[SheetRead] = []
    values: list[Values] = []
    findings: list[Finding] = []
    for sheet in workbook.sheets:
        if not sheet.cells:
            continue
        grid = Grid(sheet)
        other = _read_values(workbook, grid, params, context)
        if other is not None:
            values += other[0]
            findings += other[1]
        else:
            sheets.append(read_sheet(workbook, grid, context))
            findings += sheets[-1].findings
    if not values and not any(sheet.matches for sheet in sheets):
        names = "、".join(sheet.name for sheet in workbook.sheets)
        findings.append(Finding("F18f", names, region=context.folder_region))
    return Received(workbook.file, tuple(sheets), tuple(values), tuple(findings))


@once
def places_of(regions: Regions) -> Places:
    """Return the names of a register's regions, worked out once."""
    return Places(regions)


def _read_values(
    workbook: Workbook, grid: Grid, params: Params, context: Context
) -> tuple[list[Values], tuple[Finding, ...]] | None:
    """Return the figures of a sheet of other indicators, None where it is none; refused where its head contradicts."""
    sheet = grid.sheet
    header = header_of_others(grid, context.known.words.others)
    if header is None:
        return None
    head = read_head_above(grid, header[0], context.known)
    place, wrong = declared(head, sheet.name, "", context)
    if not place.region and not wrong:
        wrong.append(Finding("F40", sheet.name, sheet=sheet.name))
    if wrong:
        return [], of_region(wrong, place.region)
    found, findings = read_others(grid, header, params.indicators, context.known.units)
    of_sheet = Values(place.region, workbook.file, workbook.sha256, sheet.name, tuple(found), place.vintage)
    return [of_sheet], of_region(findings, place.region)
