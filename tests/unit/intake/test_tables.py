"""CSV read strictly: a number is a plain decimal or nothing, and every cell has its address."""

import hashlib
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endline.errors import DataError
from endline.intake.tables import count, number, read_table
from endline.workbooks.addresses import column_letters

NOT_NUMBERS = [
    "",
    " ",
    "１２３",
    "１２．５",
    "²",
    "1_000",
    "nan",
    "NaN",
    "inf",
    "-inf",
    "Infinity",
    "1e5",
    "1E5",
    "1,234",
    "1,23",
    "1 234",
    " 5",
    "5 ",
    "5\n",
    "+5",
    "--5",
    ".5",
    "5.",
    "0x10",
    "1/2",
    "5%",
    "约1200",
    "1234人",
    "1234*",
    "—",
    "N/A",
    "True",
    "=1+1",
    "−5",
    "٣",
    "1" * 400,
]


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_what_is_no_plain_decimal_is_no_number(text: str) -> None:
    assert number(text) is None
    assert count(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("0", 0.0), ("16.9", 16.9), ("30.0", 30.0), ("99.97", 99.97), ("007", 7.0)]
)
def test_a_plain_decimal_is_its_number(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("186500", 186500), ("1000000000", 10**9), ("1000000001", None), ("12.0", None), ("-1", None)],
)
def test_a_count_is_whole_and_at_most_a_thousand_million(text: str, value: int | None) -> None:
    """FAULTS F12: counts must be whole and ≤ 10^9."""
    assert count(text) == value


@given(st.text(max_size=12))
def test_no_text_becomes_an_infinite_or_an_undefined_number(text: str) -> None:
    value = number(text)
    assert value is None or math.isfinite(value)
    assert count(text) is None or text.isascii()


@given(st.decimals(0, 10**9, places=4))
def test_every_printed_decimal_is_read(printed: object) -> None:
    assert number(f"{printed:f}") == float(str(printed))


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_columns_have_spreadsheet_letters(index: int, letters: str) -> None:
    assert column_letters(index) == letters


def test_a_table_knows_its_file_its_digest_and_its_cells(tmp_path: Path) -> None:
    data = '﻿code,值\n150000,"1,2"\n150100,NA\n'.encode()
    path = tmp_path / "raw" / "t.csv"
    path.parent.mkdir()
    path.write_bytes(data)
    table = read_table(path, tmp_path)
    assert (table.file, table.sha256) == ("raw/t.csv", hashlib.sha256(data).hexdigest())
    assert table.header == ["code", "值"]
    assert table.rows == [["150000", "1,2"], ["150100", "NA"]], "every cell a text, NA too"
    assert (table.cell(0, "code"), table.cell(1, "值")) == ("A2", "B3")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"a,b\n1\n", "line 2"),
        (b"a,b\n1,2\n1,2,3\n", "line 3"),
    ],
)
def test_a_file_that_is_no_table_is_one_error(tmp_path: Path, data: bytes, told: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with pytest.raises(DataError, match=told) as caught:
        read_table(path, tmp_path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-be"])
def test_another_encoding_is_read_rightly_or_not_at_all(tmp_path: Path, encoding: str) -> None:
    """FAULTS F21: never a wrong letter without an error."""
    path = tmp_path / "t.csv"
    path.write_bytes("地区,数值\n内蒙古,1\n".encode(encoding))
    try:
        header = read_table(path, tmp_path).header
    except DataError:
        return
    assert header == ["地区", "数值"]
