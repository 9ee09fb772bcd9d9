"""One sheet of a workbook → the figures in it, or why there are none."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from endline.layouts.context import Context
from endline.layouts.declared import declared
from endline.layouts.figures import Figures, read_figures
from endline.layouts.grid import Grid
from endline.layouts.head import read_head
from endline.layouts.match import Match
from endline.layouts.reader import Reader
from endline.layouts.recognise import Layout, Refused, recognise
from endline.layouts.returns import Return
from endline.layouts.rows import read_rows
from endline.workbooks.cells import Finding, Workbook


@dataclass(frozen=True)
class SheetRead:
    """What came of a sheet: its figures if it is a form that can be used, its columns, what is to be explained."""

    sheet: str
    found: Return | None
    matches: tuple[Match, ...]
    findings: tuple[Finding, ...]


def read_sheet(workbook: Workbook, grid: Grid, context: Context) -> SheetRead:
    """Return the figures of one sheet of a workbook; all of them or, where it contradicts itself, none."""
    sheet = grid.sheet
    layout = recognise(sheet, context.known, grid)
    if isinstance(layout, Refused):
        return SheetRead(sheet.name, None, layout.matches, of_region(layout.findings, context.folder_region))
    head = read_head(grid, layout.header, context.known)
    place, wrong = declared(head, sheet.name, layout.form, context)
    rows, stray = read_rows(grid, layout, context.known, context.places.names(place.region))
    if head.is_example:
        rule = "F18d" if _is_as_sent(read_figures(grid, layout, rows, context.known), layout, context) else "F18c"
        return SheetRead(sheet.name, None, (), of_region([Finding(rule, sheet.name, sheet=sheet.name)], place.region))
    findings = [*layout.findings, *wrong, *stray]
    found = None
    if not wrong and not any(finding.rule == "F18a" for finding in stray):
        if layout.keys.get("year") and context.folder.year is None:
            place = replace(place, year=None)
        reader = Reader(grid, layout, rows, place, context)
        found = reader.read(workbook)
        findings += reader.findings
    return SheetRead(sheet.name, found, layout.matches, of_region(findings, place.region))


def _is_as_sent(figures: Figures, layout: Layout, context: Context) -> bool:
    """Tell whether an example says no more than the template's own."""
    example = [context.known.words.example.get(match.item, np.nan) for match in layout.items.values()]
    return bool((~figures.given | (figures.value == np.array(example, float))).all())


def of_region(findings: Iterable[Finding], region: str) -> tuple[Finding, ...]:
    """Return findings as those of a region, where they name none."""
    return tuple(finding if finding.region else replace(finding, region=region) for finding in findings)
