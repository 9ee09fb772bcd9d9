"""Read the counties' forms (`<year>/<form>.csv`): one row a county, one column an item."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from endline.intake.issues import Issues
from endline.intake.items import Items, Sheet, Total
from endline.intake.tables import YEAR, Table, count
from endline.model import Form
from endline.params import Params
from endline.regions import Regions
from endline.workbooks.addresses import column_letters

CODE = "region_code"


def read_forms(folder: Path, params: Params, regions: Regions, issues: Issues, more: Iterable[int] = ()) -> Items:
    """Return the items (`form.column`) of all plain tables of the forms of a dataset; `more` are years without one.

    An empty cell is missing; a cell that cannot be used is an issue, and its value is NaN.
    """
    years = sorted(p for p in folder.iterdir() if p.is_dir() and YEAR.fullmatch(p.name))
    all_years = sorted({*(int(year.name) for year in years), *more})
    items = Items([r.code for r in regions.values() if r.level == "banner"], all_years)
    for year in years:
        for form in params.forms.values():
            path = year / f"{form.id}.csv"
            table = issues.readable(path, params.project.root) if path.is_file() else None
            if table:
                _read_sheet(items, table, form, int(year.name), regions, issues)
    return items


def _read_sheet(items: Items, table: Table, form: Form, year: int, regions: Regions, issues: Issues) -> None:
    known = {column.id for column in form.columns if column.kind == "count"}
    names: dict[int, str] = {}
    for index, name in enumerate(table.header):
        if f"{column_letters(index)}1" in table.refused:
            continue
        if name in known - set(names.values()):
            names[index] = name
        elif name != CODE:
            issues.add("W04", file=table.file, cell=f"{column_letters(index)}1", found=name)
    if CODE not in table.header:
        issues.add("W06", file=table.file, cell="1", found=", ".join(table.header)[:80], expected=CODE)
        return
    counted = _county_rows(table, year, regions, issues)
    rows = [(code, n + 2, is_refused, _json(table.rows[n])) for n, (code, is_refused) in counted.items()]
    texts = [[table.rows[n][index] for index in names] for n in counted]
    shape = len(rows), len(names)
    value = np.array([[count(text) for text in row] for row in texts], float).reshape(shape)
    given = np.array([[text != "" for text in row] for row in texts], bool).reshape(shape)
    refused = np.array([[is_refused] * len(names) for _, _, is_refused, _ in rows], bool).reshape(shape)
    if table.refused:
        cells = [[f"{column_letters(index)}{line}" for index in names] for _, line, *_ in rows]
        refused |= np.isin(np.array(cells).reshape(shape), list(table.refused))
    for n, m in np.argwhere(given & np.isnan(value) & ~refused).tolist():
        cell = f"{column_letters(list(names)[m])}{rows[n][1]}"
        issues.add("F12", file=table.file, cell=cell, found=texts[n][m], region=rows[n][0])
    value[refused] = np.nan
    of_form = {index: f"{form.id}.{name}" for index, name in names.items()}
    items.totals += _totals(table, of_form, year, regions)
    items.add(Sheet(form.id, year, table.file, table.sha256, of_form, rows), value, given)


def _totals(table: Table, items: Mapping[int, str], year: int, regions: Regions) -> list[Total]:
    """Return the counts in rows of regions that stand above the counties."""
    place, found = table.header.index(CODE), []
    for n, cells in enumerate(table.rows):
        if cells[place] in regions and regions[cells[place]].level != "banner":
            for index, item in items.items():
                if (value := count(cells[index])) is not None:
                    cell = f"{column_letters(index)}{n + 2}"
                    found.append(Total(cells[place], year, item, float(value), table.file, cell))
    return found


def _json(cells: list[str]) -> str:
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))


def _county_rows(table: Table, year: int, regions: Regions, issues: Issues) -> dict[int, tuple[str, bool]]:
    """Return the rows that count: by their number, the county's code, and whether rows that conflict refuse it."""
    place = table.header.index(CODE)
    found: dict[int, tuple[str, bool]] = {}
    first: dict[str, int] = {}
    for n, cells in enumerate(table.rows):
        code, cell = cells[place], table.cell(n, CODE)
        if code not in regions:
            issues.add("F40", file=table.file, cell=cell, found=code)
        elif not regions[code].exists_in(year):
            issues.add("F40", file=table.file, cell=cell, found=f"{code} {year}", region=code)
        elif regions[code].level != "banner":
            issues.add("F18", file=table.file, cell=cell, found=f"{code} {regions[code].name}", region=code)
        elif code not in first:
            first[code] = n
            found[n] = (code, cell in table.refused)
        elif cells != table.rows[first[code]]:
            both = f"{table.cell(first[code], CODE)} {cell}"
            issues.add("F19", file=table.file, cell=both, found=code, region=code)
            found[first[code]] = (code, True)
    return found
