"""Workbooks as offices send them: their figures become observations with file, sheet and cell; what cannot is told."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from builders import RawDataset, raw_dataset, row_of, rows_of, shipped_params
from endline.template import write_templates

LEAGUE, BANNER, OTHER = "150300", "150302", "150303"
COUNTS = {"form41.live_births": 5000, "form41.maternal_deaths": 1, "form41.birth_weight_below_2500": 200}


@pytest.fixture
def raw(tmp_path: Path) -> RawDataset:
    return raw_dataset(tmp_path)


def send(raw: RawDataset, code: str, figures: dict[tuple[str, str], Any], *years: int) -> Path:
    """Fill in a region's template, by the code or the year of a row and by item; put it where it is to lie."""
    [path] = write_templates(shipped_params(), "simulated-2020", raw.folder, codes=[code], years=years)
    book = openpyxl.load_workbook(path)
    left = dict(figures)
    for sheet in book:
        rows = {str(row[0].value): row for row in sheet.iter_rows() if row[0].value is not None}
        if "项目代码" not in rows or sheet.title == "填写示例":
            continue
        for who, item in figures:
            cells = [c for c in rows["项目代码"] if c.value == item]
            if cells and who in rows:
                sheet.cell(rows[who][0].row, cells[0].column).value = left.pop((who, item))
    assert not left
    book.save(path)
    return path


def counts(**more: Any) -> dict[tuple[str, str], Any]:
    return {(BANNER, item): value for item, value in (COUNTS | more).items()}


def test_a_leagues_return_becomes_observations_with_file_sheet_and_cell(raw: RawDataset) -> None:
    path = send(raw, LEAGUE, counts(), 2020)
    observed = raw.observe()
    rate = row_of(observed.observations, region_code=BANNER, indicator_id="mmr", stratum="total", year=2020)
    assert (rate.value, rate.numerator, rate.denominator) == (20.0, 1, 5000)
    assert (rate.file, rate.sheet) == (f"data/raw/tiny/2020/{path.name}", "卫统41")
    sheet = openpyxl.load_workbook(path)["卫统41"]
    numerator, denominator = rate.cell.split("/")
    assert (sheet[numerator].value, sheet[denominator].value) == (1, 5000)
    above = row_of(observed.observations, region_code=LEAGUE, indicator_id="mmr", stratum="total", year=2020)
    assert (above.numerator, above.denominator, above.units_reported) == (1, 5000, 1)


def test_a_units_own_workbook_has_a_row_a_year(raw: RawDataset) -> None:
    send(raw, BANNER, {(str(year), item): value for year in (2019, 2020) for item, value in COUNTS.items()})
    found = rows_of(raw.observe().observations, region_code=BANNER, indicator_id="lbw_rate")
    assert [(row.year, row.value) for row in found if row.value == row.value] == [(2019, 4.0), (2020, 4.0)]


def test_the_leagues_figure_stands_and_both_are_asked_where_they_differ(raw: RawDataset) -> None:
    send(raw, LEAGUE, counts(), 2020)
    own = {**COUNTS, "form41.maternal_deaths": 2}
    send(raw, BANNER, {("2020", item): value for item, value in own.items()})
    observed = raw.observe()
    assert row_of(observed.observations, region_code=BANNER, indicator_id="mmr", stratum="total").numerator == 1
    issues = rows_of(observed.issues, rule="F19b")
    assert {(issue.region_code, issue.level) for issue in issues} == {(BANNER, "ask"), (LEAGUE, "ask")}
    assert all("2" in issue.found and "1" in issue.found for issue in issues)


@pytest.mark.parametrize(
    ("value", "rule"), [("5000*", "F11"), ("约5000", "F11"), (-5, "F10"), (12.5, "F12"), ("—", "F09"), ("=1+1", "F01")]
)
def test_a_cell_that_cannot_be_used_is_told_with_its_place(raw: RawDataset, value: Any, rule: str) -> None:
    path = send(raw, LEAGUE, counts(**{"form41.live_births": value}), 2020)
    observed = raw.observe()
    issue = row_of(observed.issues, rule=rule, region_code=BANNER)
    assert (issue.file, issue.sheet) == (f"data/raw/tiny/2020/{path.name}", "卫统41")
    assert openpyxl.load_workbook(path)["卫统41"][issue.cell].value == value
    assert not [r for r in rows_of(observed.observations, region_code=BANNER, indicator_id="mmr") if r.value == r.value]


def test_a_file_that_is_no_workbook_is_refused_and_the_others_are_read(raw: RawDataset) -> None:
    send(raw, LEAGUE, counts(), 2020)
    (raw.folder / "2020" / "150100-呼和浩特市.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    observed = raw.observe()
    refused = rows_of(observed.issues, level="refused")
    assert [(i.rule[:3], i.region_code) for i in refused] == [("F22", "150100")]
    assert row_of(observed.observations, region_code=BANNER, indicator_id="mmr", stratum="total").value == 20.0


def test_a_correction_is_applied_where_the_old_figure_stands_and_refused_where_it_is_gone(raw: RawDataset) -> None:
    path = send(raw, LEAGUE, counts(**{"form41.maternal_deaths": 10}), 2020)
    first = row_of(raw.observe().observations, region_code=BANNER, indicator_id="mmr", stratum="total")
    entry = (
        f'corrections:\n- {{file: "2020/{path.name}", sheet: 卫统41, cell: {first.cell.split("/")[0]},'
        ' old: "%s", new: "1",'
        " reason: 多录一位, who: 王某, date: 2021-03-01}\n"
    )
    (raw.folder / "corrections.yaml").write_text(entry % "10", encoding="utf-8")
    observed = raw.observe()
    assert row_of(observed.observations, region_code=BANNER, indicator_id="mmr", stratum="total").value == 20.0
    assert row_of(observed.corrections, old="10").new == "1"
    (raw.folder / "corrections.yaml").write_text(entry % "11", encoding="utf-8")
    observed = raw.observe()
    assert row_of(observed.issues, rule="W22").found == "10"
    assert not [r for r in rows_of(observed.observations, region_code=BANNER, indicator_id="mmr") if r.value == r.value]


def test_a_figure_that_a_plain_table_gives_differently_is_used_from_neither(raw: RawDataset) -> None:
    send(raw, LEAGUE, counts(), 2020)
    raw.form(2020, "form41", "region_code live_births maternal_deaths", f"{BANNER} 5000 3")
    observed = raw.observe()
    assert row_of(observed.issues, rule="F19").found == "3 / 1"
    assert not [r for r in rows_of(observed.observations, region_code=BANNER, indicator_id="mmr") if r.value == r.value]
