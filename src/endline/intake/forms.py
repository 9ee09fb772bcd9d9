"""Read the counties' forms (`<year>/<form>.csv`): one row a county, one column an item."""

from pathlib import Path

import pandas as pd

from endline.intake.issues import Issues
from endline.intake.tables import YEAR, Table, column_letters, count
from endline.model import Form
from endline.params import Params
from endline.regions import Regions

ITEM_COLUMNS = ["region_code", "year", "item", "value", "value_text", "file", "sheet", "cell", "file_sha256"]


def read_forms(folder: Path, params: Params, regions: Regions, issues: Issues) -> pd.DataFrame:
    """Return the items of all forms of a dataset, one a row: region, year, item (`form.column`), count, address.

    An empty cell is missing and has no row; a cell that cannot be used is an issue, and its value is NaN.
    """
    tables = []
    for year in sorted(p for p in folder.iterdir() if p.is_dir() and YEAR.fullmatch(p.name)):
        for form in params.forms.values():
            path = year / f"{form.id}.csv"
            table = issues.readable(path, params.project.root) if path.is_file() else None
            if table:
                tables.append(_items(table, form, int(year.name), regions, issues))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=ITEM_COLUMNS)


def _items(table: Table, form: Form, year: int, regions: Regions, issues: Issues) -> pd.DataFrame:
    known = {column.id for column in form.columns if column.kind == "count"}
    columns = []
    for index, name in enumerate(table.header):
        if name in known:
            columns.append((index, name))
        elif name != "region_code":
            issues.add("W04", file=table.file, cell=f"{column_letters(index)}1", found=name)
    if "region_code" not in table.header:
        issues.add("W06", file=table.file, cell="1", found=", ".join(table.header)[:80], expected="region_code")
        return pd.DataFrame(columns=ITEM_COLUMNS)
    letters = {name: column_letters(index) for index, name in columns}
    records = []
    for n, (code, is_refused) in _county_rows(table, year, regions, issues).items():
        for index, name in columns:
            text = table.rows[n][index]
            if not text:
                continue
            cell = f"{letters[name]}{n + 2}"
            value = None if is_refused else count(text)
            if value is None and not is_refused:
                issues.add("F12", file=table.file, cell=cell, found=text, region=code)
            records.append((code, year, f"{form.id}.{name}", value, text, table.file, "", cell, table.sha256))
    return pd.DataFrame(records, columns=ITEM_COLUMNS).astype({"value": "float64"})


def _county_rows(table: Table, year: int, regions: Regions, issues: Issues) -> dict[int, tuple[str, bool]]:
    """Return the rows that count: by their number, the county's code, and whether rows that conflict refuse it."""
    place = table.header.index("region_code")
    found: dict[int, tuple[str, bool]] = {}
    first: dict[str, int] = {}
    for n, cells in enumerate(table.rows):
        code, cell = cells[place], table.cell(n, "region_code")
        if code not in regions:
            issues.add("F40", file=table.file, cell=cell, found=code)
        elif not regions[code].exists_in(year):
            issues.add("F40", file=table.file, cell=cell, found=f"{code} {year}", region=code)
        elif regions[code].level != "banner":
            issues.add("F18", file=table.file, cell=cell, found=f"{code} {regions[code].name}", region=code)
        elif code not in first:
            first[code] = n
            found[n] = (code, False)
        elif cells != table.rows[first[code]]:
            both = f"{table.cell(first[code], 'region_code')} {cell}"
            issues.add("F19", file=table.file, cell=both, found=code, region=code)
            found[first[code]] = (code, True)
    return found
