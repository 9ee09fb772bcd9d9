"""A return of which a file or a sheet cannot be used: whose it is, of which year, and what its report is spared."""

from pathlib import Path

import openpyxl
import pytest

from builders import RawDataset, rows_of
from returned import send

WUHAI, ALXA = "150300-乌海市", "152900-阿拉善盟"


def refused(raw: RawDataset) -> list[tuple[str, int, str, str]]:
    return [(r.region_code, r.year, r.rule, r.sheet) for r in rows_of(raw.observe().refused)]


def test_a_file_that_is_no_workbook(raw: RawDataset) -> None:
    send(raw.folder, WUHAI)
    path = send(raw.folder, ALXA)
    assert refused(raw) == []
    path.write_bytes(b"PK\x03\x04 no workbook")
    assert refused(raw) == [("152900", 2020, "F22f", "")]


def test_a_sheet_that_contradicts_its_folder(raw: RawDataset) -> None:
    send(raw.folder, WUHAI, 填报单位="阿拉善盟")
    assert refused(raw) == [("150300", 2020, "F27", "Sheet")]


def test_a_sheet_of_two_readings(raw: RawDataset) -> None:
    path = send(raw.folder, WUHAI)
    book = openpyxl.load_workbook(path)
    book.active["B1"].value = book.active["C1"].value
    book.save(path)
    assert refused(raw) == [("150300", 2020, "F18a", "Sheet")]


def test_a_cell_that_cannot_be_used_is_not_a_refused_return(raw: RawDataset) -> None:
    send(raw.folder, WUHAI, deaths="约1")
    observed = raw.observe()
    assert set(observed.issues["level"]) >= {"refused"}
    assert observed.refused.empty


def test_a_sheet_beside_a_good_one(raw: RawDataset) -> None:
    """Notes, examples and other tables are no returns."""
    path = send(raw.folder, WUHAI)
    book = openpyxl.load_workbook(path)
    book.create_sheet("说明").append(["本表说明", 12])
    book.save(path)
    assert refused(raw) == []


@pytest.mark.parametrize("name", ["150302-海勃湾区.xlsx", "其他.xlsx"])
def test_a_units_own_file_is_of_any_year(raw: RawDataset, name: str) -> None:
    send(raw.folder, WUHAI)
    own = raw.folder / "150302" / name
    own.parent.mkdir()
    own.write_bytes(b"")
    assert [(code, year) for code, year, *_ in refused(raw)] == [("150302", 0)]


def test_a_file_of_nobody_costs_nobodys_report(raw: RawDataset, tmp_path: Path) -> None:
    send(raw.folder, WUHAI)
    (raw.folder / "2020" / "新建工作表.xlsx").write_bytes(b"")
    assert [code for code, *_ in refused(raw)] == [""]
