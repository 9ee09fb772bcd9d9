"""The long CSV: a row a series and year, as programs read it, and nothing that a spreadsheet would run."""

import csv
import io

import pytest

from endline.export.errors import ExportError
from endline.export.long_csv import write_csv

from .test_excel import COLUMNS, EVIL, annex, document, figures


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_codes_and_numbers_are_as_they_are() -> None:
    data = write_csv(document(annex("附件1", "甲", "1"), figures()))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 4
    assert rows(data) == [
        ["Area Code", "Value", "Value note", "Count", "Decimals"],
        ["150100", "12.8402670775", "hidden; >=", "3", "2"],
        ["150100", "", "", "", "2"],
        ["150100", "-0.5", "'=", "0", "2"],
    ]


@pytest.mark.parametrize("text", [text for text in EVIL if text[0] != "'"])
def test_a_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    columns = [{**COLUMNS[0], "values": [text], "name": text}]
    assert rows(write_csv(document(figures(columns))))[:2] == [[f"'{text}"]] * 2


def test_a_comma_a_quote_and_a_line_end_stay_in_their_cell() -> None:
    text = '甲,"乙"\r\n丙'
    assert rows(write_csv(document(figures([{**COLUMNS[0], "values": [text]}]))))[1] == [text]


def test_without_figures_as_data_it_says_what_to_do() -> None:
    with pytest.raises(ExportError, match=r"report\.figures\(\)"):
        write_csv(document(annex("附件1", "甲", "1")))


def test_figures_are_no_block_and_stand_once() -> None:
    assert document(figures()).blocks == ()
    with pytest.raises(ExportError, match="twice"):
        document(figures(), figures(cell="again"))


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ({**COLUMNS[0], "values": ["a", "b"]}, "expected 3 values, found 2"),
        ({**COLUMNS[0], "kind": "formula"}, "kind"),
        ({**COLUMNS[0], "values": [["a"]]}, "values"),
        ({**COLUMNS[0], "name": ""}, "name"),
    ],
)
def test_uneven_or_unknown_columns_are_refused_with_their_cell(column: dict[str, object], told: str) -> None:
    with pytest.raises(ExportError, match=f"cell figures: .*{told}"):
        document(figures([column]))


def test_a_cell_without_data_is_refused() -> None:
    cell = figures()
    cell.outputs[0].data = {"text/plain": "x"}
    with pytest.raises(ExportError, match="cell figures"):
        document(cell)
