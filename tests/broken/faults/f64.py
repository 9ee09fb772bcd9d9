"""F64: what we write holds no formula: a text that begins like one has an apostrophe, a number stays a number."""

import json
from pathlib import Path

import openpyxl

from builders import shipped_params
from endline.intake.lists import write_lists
from endline.template import write_templates

from ..sheets.renamed import renamed
from .fixtures import LEAGUE, Told, changed, dataset


def listed(folder: Path) -> None:
    """The list to send back cites a command that a cell holds."""
    raw = dataset(folder, {LEAGUE: changed(C2="=cmd|' /C calc'!A0")})
    params = shipped_params()
    paths = write_lists(raw.observe().issues, params.regions(), params.wording("zh"), folder / "list")
    sheet = openpyxl.load_workbook(paths[0]).active
    cells = [c for row in sheet.iter_rows() for c in row if "cmd|" in str(c.value)]
    assert {(cell.value, cell.data_type) for cell in cells} == {("'=cmd|' /C calc'!A0", "s")}
    assert any(row["found"] == "=cmd|' /C calc'!A0" for row in json.loads(paths[1].read_text(encoding="utf-8")))


def template(folder: Path) -> None:
    """A blank workbook has a region that is called like a formula."""
    params = renamed(shipped_params(), "150302", "＝1+1")
    (path,) = write_templates(params, "simulated-2020", folder, codes=["150300"])
    cell = openpyxl.load_workbook(path)["卫统41"]["B9"]
    assert (cell.value, cell.data_type) == ("'＝1+1", "s")


FIXTURES = (Told("in the list to send back", listed), Told("in a blank workbook", template))
