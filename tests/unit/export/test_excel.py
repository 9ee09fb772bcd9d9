"""The workbook holds what the annexes print: numbers as numbers, texts as texts, the same bytes every time."""

import io
import zipfile
from datetime import datetime
from itertools import count
from typing import Any

import openpyxl
import pytest
from nbformat import NotebookNode

from endline.export.blocks import Document, read_document
from endline.export.excel import write_xlsx
from endline.export.sheets import HEAD, WIDE
from endline.figure_list import data_block
from endline.story import heading, table

from .samples import META, cover, notebook, said, shown, tabled

EVIL = ["=1+1", "+1+1", "-1+cmd", "@SUM(A1)", "\t=1", "＝1", '=HYPERLINK("http://x","y")', "'quoted"]
COLUMNS: list[dict[str, Any]] = [
    {"name": "Area Code", "label": "代码", "kind": "text", "values": ["150100"]},
    {"name": "Value", "label": "数值", "kind": "value", "values": [12.8402670775, None, -0.5]},
    {
        "name": "Value note",
        "label": "说明",
        "kind": "code",
        "values": ["hidden; >=", "", "="],
        "words": {"hidden": "灰"},
    },
    {"name": "Count", "label": "事件数", "kind": "whole", "values": [3, None, 0]},
    {"name": "Decimals", "label": "小数位数", "kind": "whole", "values": [2]},
]


NUMBERS = count()


def figures(columns: list[dict[str, Any]] = COLUMNS, cell: str = "figures") -> NotebookNode:
    return shown(cell, data_block("数据清单", 3, columns).media, kind="figures")


def annex(title: str, *cells: str, align: str = "lr") -> NotebookNode:
    part = table(["项目", "2010"], [cells], align, [3, 3], "表题")
    return said(heading(1, title), part, cell=f"annex-{next(NUMBERS)}", style="annex")


def document(*cells: NotebookNode, **changes: Any) -> Document:
    return read_document(notebook(*cells, first=cover(**changes)))


def book(*cells: NotebookNode, **changes: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(document(*cells, **changes))))


def test_each_table_with_a_caption_has_a_sheet_and_the_figures_the_last() -> None:
    chapter = said(heading(1, "一、总体"), tabled(2), tabled(3), tabled(2), tabled(1, caption=""))
    made = book(chapter, annex("附件1　总表", "甲", "1"), figures())
    assert made.sheetnames == ["目 录", "一、总体", "一、总体 (2)", "附件1 总表", "数据清单"]


def test_names_that_no_sheet_may_have_are_made_fit_and_differ() -> None:
    long = "附件1：[很长]*的/标题?" * 5
    made = book(*(annex(title, "甲", f"{n}") for n, title in enumerate((long, long, "表a", "表A", "History"))))
    assert len({name.lower() for name in made.sheetnames} | {"history"}) == 7
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in made.sheetnames)


def test_numbers_are_numbers_years_whole_and_codes_stay_texts() -> None:
    sheet = book(annex("附件1", "150100", "12.80"))["附件1"]
    assert [(cell.value, cell.data_type) for cell in sheet[HEAD]] == [("项目", "s"), (2010, "n")]
    code, value = sheet[HEAD + 1]
    assert (code.value, code.data_type) == ("150100", "s")
    assert (value.value, value.number_format) == (12.8, '0.00;"−"0.00')


@pytest.mark.parametrize("text", EVIL)
def test_no_text_is_a_formula(text: str) -> None:
    columns = [{**COLUMNS[0], "values": [text]}, {**COLUMNS[2], "values": [text], "label": text}]
    made = book(annex(text, text, text), figures(columns), mark=text, title=text)
    for sheet in made:
        assert all(cell.data_type in "sn" for row in sheet for cell in row)
    cell = made.worksheets[1].cell(HEAD + 1, 1)
    assert cell.value == text.strip()  # as printed
    assert cell.quotePrefix
    raw = write_xlsx(document(annex(text, text, text), figures(columns)))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_figures_have_the_decimals_that_are_printed_and_words_for_codes() -> None:
    sheet = book(annex("附件1", "甲", "1"), figures())["数据清单"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD)]
    assert rows[0] == ["代码", "数值", "说明", "事件数", "小数位数"]
    assert rows[1] == ["150100", 12.8402670775, "灰; >=", 3, 2]
    assert rows[2] == ["150100", None, None, None, 2]
    assert sheet.cell(HEAD + 1, 2).number_format == '0.00;"−"0.00'


def test_simulated_data_are_marked_on_every_sheet_and_in_print() -> None:
    made = book(annex("附件1", "甲", "1"), figures())
    for sheet in made:
        assert "模拟数据" in [cell.value for row in sheet.iter_rows(max_row=8) for cell in row]
        assert sheet.oddHeader.right.text == "模拟数据"
    assert not [
        c for sheet in book(annex("附件1", "甲", "1"), mark="") for row in sheet for c in row if c.value == "模拟数据"
    ]


def test_headers_stay_in_view_and_every_sheet_is_linked_both_ways() -> None:
    made = book(annex("附件1", "甲", "1"), figures())
    index = made.worksheets[0]
    links = {cell.value: cell.hyperlink.location for row in index for cell in row if cell.hyperlink}
    assert links == {"附件1": "'附件1'!A1", "数据清单": "'数据清单'!A1"}
    for sheet in made.worksheets[1:]:
        assert sheet.freeze_panes == "B5"
        assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
        assert sheet["A3"].hyperlink.location == "'目 录'!A1"


def test_a_long_text_has_room_in_its_row() -> None:
    sheet = book(annex("附件1", "很长的说明" * 20, "1"))["附件1"]
    assert sheet.column_dimensions["A"].width == WIDE
    assert sheet.row_dimensions[HEAD + 1].height >= 200 / WIDE * 14
    assert book(annex("附件1", "短", "1"))["附件1"].row_dimensions[HEAD + 1].height is None


def test_the_same_document_gives_the_same_bytes_dated_with_its_day_of_issue() -> None:
    cells = (annex("附件1", "甲", "1"), figures())
    data = write_xlsx(document(*cells))
    assert data == write_xlsx(document(*cells))
    made = openpyxl.load_workbook(io.BytesIO(data)).properties
    assert made.created == made.modified == datetime(2021, 7, 20)
    assert (made.title, made.language, made.creator) == (META["title"], "zh", META["issuer"])
