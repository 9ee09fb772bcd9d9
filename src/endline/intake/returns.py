"""Read the workbooks that offices send: a league's return of a year in `<year>/`, a unit's own in `<code>/`."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from endline.checks.corrected import position
from endline.checks.corrections import Corrected, Correction
from endline.intake.issues import REFUSED, Issues
from endline.intake.items import Items, Sheet, Total
from endline.intake.observations import Row
from endline.intake.readings import Reading, Texts
from endline.intake.shelf import Shelf
from endline.layouts.context import Folder
from endline.layouts.others import Value, Values
from endline.layouts.returns import Return
from endline.layouts.settle import Revision, settle
from endline.layouts.workbook import places_of, read_returns
from endline.model import Dataset
from endline.params import Params
from endline.regions import Regions
from endline.workbooks import FileRefused, read_workbook, text_of
from endline.workbooks.bounds import LARGEST_FILE
from endline.workbooks.cells import Cell, Finding, Workbook

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv")
_FOLDER = re.compile(r"[0-9]{4}|[0-9]{6}([0-9]{3}){0,2}")
_NUMBER = re.compile(r"-?[0-9]{1,15}")
_PASSING = "F24b"  # it took too long: the machine's fault as much as the file's, and tried again


@dataclass(frozen=True)
class Received:
    """What came of a dataset's workbooks: each figure of the forms once, the figures of other indicators, and more.

    `refused` are the files and sheets of which nothing could be used; `revisions` the figures that later ones replace.
    """

    returns: Sequence[Return]
    values: Sequence[Row]
    refused: Sequence[Row]
    revisions: Sequence[Revision]

    @property
    def years(self) -> set[int]:
        """The years that the forms are of."""
        return {line.year for of in self.returns for line in of.lines}


def read_received(folder: Path, params: Params, regions: Regions, dataset: Dataset, issues: Issues) -> Received:
    """Return what the workbooks of a dataset say; what cannot be used is an issue, with its file, sheet and cell.

    A file that was read before and has not changed since is not read again.
    """
    returns: list[Return] = []
    values: list[Row] = []
    refused: list[Row] = []
    shelf = _shelf(folder, params)
    for path in _workbooks(folder, params):
        file = path.relative_to(params.project.root).as_posix()
        reading = _read(path, file, params, regions, shelf, issues)
        region = _whose(file, regions)
        _tell(issues, file, reading.findings, region)
        returns += reading.returns
        lines = {(of.sheet, line.number): line.region for of in reading.returns for line in of.lines}
        issues.corrections.belong(file, lines, region)
        values += [_row(one, of, dataset, params) for of in reading.values for one in of.values]
        year = Folder.of(file, places_of(regions), regions).year or 0
        refused += [_refusal(f, file, f.region or region, year, issues) for f in dict.fromkeys(reading.unusable)]
    shelf.save()
    settled = settle(returns, regions)
    for file, finding in settled.findings:
        _tell(issues, file, [finding], "")
    return Received(settled.returns, values, refused, settled.revisions)


def _shelf(folder: Path, params: Params) -> Shelf:
    """Return the readings of a dataset; checks.yaml decides as well: it says which findings cost a sheet."""
    names = ("forms.yaml", "indicators.yaml", "regions.csv", "checks.yaml")
    path = params.project.processed("readings") / f"{folder.name}.sqlite"
    return Shelf(path, [*(params.folder / name for name in names), folder / "regions.csv"])


def _read(path: Path, file: str, params: Params, regions: Regions, shelf: Shelf, issues: Issues) -> Reading:
    """Return what a file says, from the shelf where it has been read before; its corrections are recorded anew."""
    entries = issues.corrections.of_file(file)
    said = "\n".join(entry.model_dump_json() for entry in entries)
    is_small = path.is_file() and path.stat().st_size <= LARGEST_FILE
    key = shelf.key(file, path.read_bytes(), said) if is_small else ""
    known = shelf.find(key) if key else None
    if known:
        for sheet, texts in known.texts.items():
            issues.corrections.apply(file, sheet, texts.get, issues)
        return known
    reading = _read_anew(path, params, regions, entries, issues)
    if key and not any(finding.rule == _PASSING for finding in reading.findings):
        shelf.add(key, reading)
    return reading


def _read_anew(path: Path, params: Params, regions: Regions, entries: Sequence[Correction], issues: Issues) -> Reading:
    try:
        workbook = read_workbook(path, params.project.root)
    except FileRefused as refused:
        return Reading(findings=refused.findings, unusable=refused.findings)
    texts = {sheet.name: _texts(sheet.cells.values(), sheet.name, entries) for sheet in workbook.sheets}
    made = {name: issues.corrections.apply(workbook.file, name, of.get, issues) for name, of in texts.items()}
    received = read_returns(_corrected(workbook, made), params, regions)
    used = {*(of.sheet for of in received.returns), *(of.sheet for of in received.values)}
    return Reading(
        returns=[replace(of, matches=()) for of in received.returns],
        values=received.values,
        findings=[*workbook.findings, *received.findings],
        unusable=[f for f in received.findings if f.sheet not in used and issues.rules[f.rule].level == REFUSED],
        texts=texts,
    )


def _refusal(finding: Finding, file: str, region: str, year: int, issues: Issues) -> Row:
    """Return a finding that cost a file or a sheet; year 0: the file holds many."""
    rule = issues.rules[finding.rule]
    return {
        "region_code": region,
        "year": year,
        "rule": finding.rule,
        "name": rule.name,
        "file": file,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "found": finding.found,
        "expected": finding.expected or rule.expected,
        "action": rule.action,
    }


def add_received(items: Items, received: Received, issues: Issues) -> None:
    """Add the figures of the forms to the items: those of counties, and apart the totals of regions above them.

    A figure that a plain table of the forms gives as well is used where both agree, else neither is (F19).
    """
    counties = set(items.counties)
    for of in received.returns:
        items.totals += _totals(of, counties)
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


def _texts(cells: Iterable[Cell], sheet: str, entries: Sequence[Correction]) -> Texts:
    """Return the texts of the cells that corrections name in a sheet, by address."""
    wanted = {entry.cell for entry in entries if entry.sheet == sheet}
    return {cell.address: text_of(cell) for cell in cells if cell.address in wanted} if wanted else {}


def _corrected(workbook: Workbook, made: Mapping[str, Corrected]) -> Workbook:
    """Return the workbook with its corrections; a cell that must not be used stands as an error."""
    sheets = []
    for sheet in workbook.sheets:
        said = made[sheet.name]
        if said.texts or said.refused:
            cells = dict(sheet.cells)
            for address, text in said.texts.items():
                number = int(text) if _NUMBER.fullmatch(text) else text
                cells[position(address)] = Cell(*position(address), number)
            for address in said.refused:
                cells[position(address)] = Cell(*position(address), None, error="corrections.yaml")
            sheet = replace(sheet, cells=cells)
        sheets.append(sheet)
    return replace(workbook, sheets=sheets)


def _totals(of: Return, counties: Collection[str]) -> Iterator[Total]:
    """Yield the counts that regions above the counties tell of themselves; they are compared, never added."""
    for n, line in enumerate(of.lines):
        for m, (column, item) in enumerate(of.items.items()):
            value = float(of.value[n, m])
            if line.region not in counties and column not in of.rates and of.given[n, m] and value == value:
                yield Total(line.region, line.year, item, value, of.file, of.cell(n, column), of.sheet)


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
        "vintage": of.vintage or dataset.vintage,
        "source_id": dataset.id,
        "note": "",
        "file": of.file,
        "sheet": of.sheet,
        "cell": one.cell,
        "file_sha256": of.sha256,
    }
