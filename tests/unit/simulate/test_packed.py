"""What is written is what is read: values, formulas with their values, formats, merged and hidden cells; no clock."""

import io
import zipfile
from pathlib import Path
from typing import get_args

import openpyxl
import pytest

from endline.simulate.packed import csv_bytes, to_bytes
from endline.simulate.sending import FileKind
from endline.workbooks import read_workbook
from endline.workbooks.cells import Cell, Sheet

CELLS = {
    (0, 0): Cell(0, 0, "=“合计”<&>"),
    (1, 0): Cell(1, 0, "地区"),
    (1, 1): Cell(1, 1, "活产数"),
    (2, 0): Cell(2, 0, "东河区"),
    (2, 1): Cell(2, 1, 1250),
    (2, 2): Cell(2, 2, 4.5),
    (4, 1): Cell(4, 1, "1,250"),
}
MERGED = [(0, 0, 0, 2)]
PLAIN = Sheet("卫统41 “一”", CELLS, False, frozenset({2}), frozenset({1}), MERGED)
TEXTS = [kind for kind in get_args(FileKind) if kind not in ("xlsx", "ods")]


def read(kind: str, tmp_path: Path, *sheets: Sheet) -> list[Sheet]:
    path = tmp_path / f"one.{kind if kind in ('xlsx', 'ods') else 'csv'}"
    path.write_bytes(to_bytes(kind, sheets))  # type: ignore[arg-type]
    return list(read_workbook(path, tmp_path).sheets)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook_reads_as_it_was_written(kind: str, tmp_path: Path) -> None:
    formula = {**CELLS, (5, 0): Cell(5, 0, 1251, formula="=B3+1")}
    other = Sheet("第二", formula, merged=[])
    assert read(kind, tmp_path, PLAIN, other) == [PLAIN, other]


def test_formats_and_filters_are_those_of_the_sheet(tmp_path: Path) -> None:
    dated = {**CELLS, (5, 0): Cell(5, 0, 25183, "yyyy-mm-dd"), (5, 1): Cell(5, 1, 0.5, "0.0%")}
    (found,) = read("xlsx", tmp_path, Sheet("一", dated, filtered=True))
    assert found.filtered
    assert (found.cells[5, 0].number_format, found.cells[5, 0].serial) == ("yyyy-mm-dd", 25183)
    assert found.cells[5, 1] == dated[5, 1]


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_file_holds_the_texts(kind: str, tmp_path: Path) -> None:
    (found,) = read(kind, tmp_path, PLAIN)
    assert {place: cell.value for place, cell in found.cells.items()} == {p: str(c.value) for p, c in CELLS.items()}


def test_another_program_reads_the_same() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_bytes("xlsx", [PLAIN])))
    (sheet,) = book
    assert sheet.title == PLAIN.name
    assert {(c.row - 1, c.column - 1): c.value for r in sheet.iter_rows() for c in r if c.value is not None} == {
        place: cell.value for place, cell in CELLS.items()
    }
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:C1"]
    assert sheet.row_dimensions[3].hidden
    assert sheet.column_dimensions["B"].hidden


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_packages_are_stored_and_dated_by_no_clock(kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(to_bytes(kind, [PLAIN]))) as package:  # type: ignore[arg-type]
        entries = package.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert {entry.create_system for entry in entries} == {3}
    assert entries[0].filename == {"xlsx": "[Content_Types].xml", "ods": "mimetype"}[kind]


def test_a_table_is_utf_8_with_line_feeds() -> None:
    assert csv_bytes(["代码", "n"], [["150202", 1], ["a,b", ""]]) == '代码,n\n150202,1\n"a,b",\n'.encode()
