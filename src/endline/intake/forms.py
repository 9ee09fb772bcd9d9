"""Read the counties' forms (`<year>/<form>.csv`): one row a county, one column an item."""

from pathlib import Path

import pandas as pd

from endline.intake.issues import Issues
from endline.intake.tables import YEAR, Table, column_letters, count, read_table
from endline.model import Form
from endline.params import Params
from endline.regions import Regions

ITEM_COLUMNS = ["region_code", "year", "item", "value", "value_text", "file", "sheet", "cell", "file_sha256"]


def read_forms(folder: Path, params: Params, regions: Regions, issues: Issues) -> pd.DataFrame:
    """Return the items of all forms of a dataset, one a row: region, year, item (`form.column`), count, address.

    An empty cell is missing and has no row; a cell that is no count is an issue and has no row.
    """
    tables = []
    for year in sorted(p for p in folder.iterdir() if p.is_dir() and YEAR.fullmatch(p.name)):
        for form in params.forms.values():
            path = year / f"{form.id}.csv"
            if path.is_file():
                table = read_table(path, params.project.root)
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
    place = table.header.index("region_code")
    letters = {name: column_letters(index) for index, name in columns}
    seen: dict[str, int] = {}
    conflicting: set[str] = set()
    records = []
    for n, cells in enumerate(table.rows):
        code = cells[place]
        if code not in regions:
            issues.add("F40", file=table.file, cell=table.cell(n, "region_code"), found=code)
            continue
        if not regions[code].exists_in(year):
            issues.add("F41", file=table.file, cell=table.cell(n, "region_code"), found=f"{code} {year}", region=code)
            continue
        if code in seen:
            if cells != table.rows[seen[code]]:
                issues.add(
                    "F19",
                    file=table.file,
                    region=code,
                    found=code,
                    cell=f"{table.cell(seen[code], 'region_code')} {table.cell(n, 'region_code')}",
                )
                conflicting.add(code)
            continue
        seen[code] = n
        for index, name in columns:
            text = cells[index]
            if not text:
                continue
            value = count(text)
            cell = f"{letters[name]}{n + 2}"
            if value is None:
                issues.add("F12", file=table.file, cell=cell, found=text, region=code)
                continue
            records.append((code, year, f"{form.id}.{name}", value, text, table.file, "", cell, table.sha256))
    return pd.DataFrame([r for r in records if r[0] not in conflicting], columns=ITEM_COLUMNS)
