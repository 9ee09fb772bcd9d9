"""Read the workbooks that offices send: a league's return of a year in `<year>/`, a unit's own in `<code>/`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from endline.checks.corrected import position
from endline.intake.issues import Issues
from endline.intake.items import Items, Sheet
from endline.intake.observations import Row
from endline.layouts.context import Folder
from endline.layouts.others import Value, Values
from endline.layouts.returns import Return
from endline.layouts.settle import settle
from endline.layouts.workbook import places_of, read_returns
from endline.model import Dataset
from endline.params import Params
from endline.regions import Regions
from endline.workbooks import FileRefused, read_workbook, text_of
from endline.workbooks.cells import Cell, Finding, Workbook

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv")
_FOLDER = re.compile(r"[0-9]{4}|[0-9]{6}([0-9]{3}){0,2}")
_NUMBER = re.compile(r"-?[0-9]{1,15}")


@dataclass(frozen=True)
class Received:
    """What came of a dataset's workbooks: each figure of the forms once, and the figures of other indicators."""

    returns: Sequence[Return]
    values: Sequence[Row]

    @property
    def years(self) -> set[int]:
        """The years that the forms are of."""
        return {line.year for of in self.returns for line in of.lines}


def read_received(folder: Path, params: Params, regions: Regions, dataset: Dataset, issues: Issues) -> Received:
    """Return what the workbooks of a dataset say; what cannot be used is an issue, with its file, sheet and cell."""
    returns: list[Return] = []
    values: list[Row] = []
    for path in _workbooks(folder, params):
        file = path.relative_to(params.project.root).as_posix()
        try:
            workbook = _corrected(read_workbook(path, params.project.root), issues)
        except FileRefused as refused:
            _tell(issues, file, refused.findings, _whose(file, regions))
            continue
        received = read_returns(workbook, params, regions)
        _tell(issues, file, (*workbook.findings, *received.findings), _whose(file, regions))
        returns += received.returns
        lines = {(of.sheet, line.number): line.region for of in received.returns for line in of.lines}
        issues.corrections.belong(file, lines, _whose(file, regions))
        values += [_row(one, of, dataset, params) for of in received.values for one in of.values]
    settled = settle(returns, regions)
    for file, finding in settled.findings:
        _tell(issues, file, [finding], "")
    return Received(settled.returns, values)


def add_received(items: Items, received: Received, issues: Issues) -> None:
    """Add the figures of the forms to the items: those of counties, and apart the totals of regions above them.

    A figure that a plain table of the forms gives as well is used where both agree, else neither is (F19).
    """
    counties = set(items.counties)
    for of in received.returns:
        items.totals += of.totals(counties)
        for year in sorted({line.year for line in of.lines}):
            places = [n for n, line in enumerate(of.lines) if line.year == year and line.region in counties]
            if not places:
                continue
            rows = [(x.region, x.number, x.refused, x.cells) for x in (of.lines[n] for n in places)]
            sheet = Sheet(of.form, year, of.file, of.sha256, of.items, rows, of.sheet)
            value, given = of.value[places].copy(), of.given[places].copy()
            value[[refused for _, _, refused, _ in rows]] = np.nan
            _drop_what_is_there(items, sheet, value, given, issues)
            items.add(sheet, value, given)


def _drop_what_is_there(items: Items, sheet: Sheet, value: np.ndarray, given: np.ndarray, issues: Issues) -> None:
    column = items.years.index(sheet.year)
    place = {code: n for n, code in enumerate(items.counties)}
    rows = np.array([place[code] for code, *_ in sheet.rows], dtype=np.intp)
    for n, (index, name) in enumerate(sheet.items.items()):
        count = items[name]
        for at in np.flatnonzero(given[:, n] & count.given[rows, column]).tolist():
            code, line, *_ = sheet.rows[at]
            before, now = count.value[rows[at], column], value[at, n]
            given[at, n] = False
            if before != now:
                here = f"{Cell(line - 1, index, None).address}"
                issues.add(
                    "F19", file=sheet.file, sheet=sheet.name, cell=here, region=code, found=f"{before:g} / {now:g}"
                )
                count.value[rows[at], column] = np.nan


def _workbooks(folder: Path, params: Params) -> Iterator[Path]:
    """Yield the files that may be workbooks, in order: not the plain tables of the forms, nor what a program left."""
    plain = {f"{form}.csv" for form in params.forms}
    for place in sorted(p for p in folder.iterdir() if p.is_dir() and _FOLDER.fullmatch(p.name)):
        for path in sorted(place.iterdir()):
            if path.suffix.lower() in SUFFIXES and path.name not in plain and not path.name.startswith((".", "~$")):
                yield path


def _corrected(workbook: Workbook, issues: Issues) -> Workbook:
    """Return the workbook with its corrections; a cell that must not be used stands as an error."""
    sheets = []
    for sheet in workbook.sheets:
        cells = dict(sheet.cells)

        def found(address: str, cells: dict[tuple[int, int], Cell] = cells) -> str | None:
            return text_of(cells[place]) if (place := position(address)) in cells else None

        made = issues.corrections.apply(workbook.file, sheet.name, found, issues)
        if made.texts or made.refused:
            for address, text in made.texts.items():
                number = int(text) if _NUMBER.fullmatch(text) else text
                cells[position(address)] = Cell(*position(address), number)
            for address in made.refused:
                cells[position(address)] = Cell(*position(address), None, error="corrections.yaml")
            sheet = replace(sheet, cells=cells)
        sheets.append(sheet)
    return replace(workbook, sheets=sheets)


def _whose(file: str, regions: Regions) -> str:
    """Return the region that a file's path names, "" where it names none."""
    places = places_of(regions)
    of = Folder.of(file, places, regions)
    return of.region or places.lowest(of.regions)


def _tell(issues: Issues, file: str, findings: Iterable[Finding], region: str) -> None:
    for f in dict.fromkeys(findings):
        facts = {"sheet": f.sheet, "cell": f.cell, "found": f.found, "expected": f.expected}
        issues.add(f.rule, file=file, region=f.region or region, **facts)


def _row(one: Value, of: Values, dataset: Dataset, params: Params) -> Row:
    """Return a figure of another indicator as `values.csv` would have it."""
    refused = one.value is None
    status = "simulated" if dataset.simulated else "reported"
    return {
        "dataset": dataset.id,
        "region_code": of.region,
        "stratum": one.stratum,
        "indicator_id": one.indicator,
        "year": one.year,
        "value": one.value,
        "value_text": "" if refused else one.text,
        "unit": params.indicators[one.indicator].unit,
        "bound": "",
        "status": "missing" if refused else status,
        "missing_reason": "refused" if refused else "",
        "stream": params.indicators[one.indicator].stream,
        "definition": "",
        "source_id": dataset.id,
        "note": "",
        "file": of.file,
        "sheet": of.sheet,
        "cell": one.cell,
        "file_sha256": of.sha256,
    }
