"""Corrections: applied where their old value stands, told where it does not, and no cost where there are none."""

import json
import math
from pathlib import Path

import pytest

from builders import RawDataset, row_of, rows_of
from endline.checks.corrected import position
from endline.checks.corrections import Correction, Corrections
from endline.errors import ParameterError
from endline.workbooks.addresses import column_letters

from .made import new_issues, told

HEAD = "region_code live_births maternal_deaths birth_weight_below_2500"
FACTS = {"reason": "笔误", "who": "张", "date": "2021-03-01"}


def write(raw: RawDataset, *entries: dict[str, str]) -> None:
    lines = ["corrections:"]
    for entry in entries:
        facts = {"file": "2020/form41.csv", "cell": "C2", "old": "21", "new": "12", **FACTS, **entry}
        lines += [
            f"  {'-' if n == 0 else ' '} {key}: {quoted(key, value)}" for n, (key, value) in enumerate(facts.items())
        ]
    (raw.folder / "corrections.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def quoted(key: str, value: str) -> str:
    return value if key == "date" else json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize("index", [0, 25, 26, 51, 702])
def test_an_address_is_a_place(index: int) -> None:
    assert position(f"{column_letters(index)}7") == (6, index)


def test_a_correction_is_applied_and_listed(raw: RawDataset) -> None:
    raw.form(2020, "form41", HEAD, "150302 8000 21 40", "150303 1000 0 40")
    write(raw, {})
    observed = raw.observe()
    row = row_of(observed.observations, region_code="150302", indicator_id="mmr")
    assert (row.numerator, row.cell) == (12, "C2/B2"), "the figure keeps its place"
    league = row_of(observed.observations, region_code="150300", indicator_id="mmr")
    assert league.numerator == 12
    (applied,) = rows_of(observed.corrections)
    assert vars(applied) == {"region_code": "150302", "file": "2020/form41.csv", "sheet": "", "cell": "C2"} | {
        "old": "21", "new": "12", "reason": "笔误", "who": "张", "date": "2021-03-01"
    }  # fmt: skip
    issue = row_of(observed.issues)
    assert (issue.rule, issue.level, issue.region_code, issue.cell, issue.found) == (
        "W25", "log", "150302", "C2", "21 → 12"
    )  # fmt: skip
    assert json.loads(observed.items.sheets[0].rows[0][3]) == ["150302", "8000", "12", "40"]


def test_a_correction_may_repair_what_would_be_refused(raw: RawDataset) -> None:
    raw.form(2020, "form41", HEAD, "150302 8000 21人 40")
    assert rows_of(raw.observe().issues, level="refused")
    write(raw, {"old": "21人", "new": "21"})
    observed = raw.observe()
    assert not rows_of(observed.issues, level="refused")
    assert row_of(observed.observations, region_code="150302", indicator_id="mmr").numerator == 21


def test_a_head_and_an_empty_cell_can_be_put_right(raw: RawDataset) -> None:
    raw.form(2020, "form41", "region_code live_births deaths", "150302 8000 ·")
    write(raw, {"cell": "C1", "old": "deaths", "new": "maternal_deaths"}, {"old": "", "new": "1"})
    assert row_of(raw.observe().observations, region_code="150302").value == 12.5


@pytest.mark.parametrize(
    ("entries", "rule"),
    [
        ([{"old": "22"}], "W22"),
        ([{"old": "21 "}], "W22"),
        ([{}, {"new": "13"}], "W24"),
        ([{}, {}], "W24"),
    ],
)
def test_a_cell_whose_correction_does_not_fit_is_not_used(
    raw: RawDataset, entries: list[dict[str, str]], rule: str
) -> None:
    raw.form(2020, "form41", HEAD, "150302 8000 21 320", "150303 1000 0 40")
    write(raw, *entries)
    observed = raw.observe()
    row = row_of(observed.observations, region_code="150302", indicator_id="mmr")
    assert math.isnan(row.value)
    assert row.missing_reason == "refused"
    assert row_of(observed.observations, region_code="150302", indicator_id="lbw_rate").value == 4.0
    assert row_of(observed.observations, region_code="150300", indicator_id="mmr").denominator == 1000
    assert {(i.rule, i.level, i.region_code, i.cell) for i in rows_of(observed.issues)} == {
        (rule, "refused", "150302", "C2")
    }
    assert observed.corrections.empty


@pytest.mark.parametrize(("cell", "lost"), [("A2", {"mmr", "lbw_rate"}), ("C1", {"mmr"})])
def test_whose_code_or_head_is_in_doubt_is_not_used(raw: RawDataset, cell: str, lost: set[str]) -> None:
    raw.form(2020, "form41", HEAD, "150302 8000 21 40", "150303 1000 0 40")
    write(raw, {"cell": cell, "old": "x"})
    rows = rows_of(raw.observe().observations, region_code="150302")
    usable = {row.indicator_id for row in rows if not math.isnan(row.value)}
    assert usable.isdisjoint(lost)
    assert usable | lost >= {"mmr", "lbw_rate"}


@pytest.mark.parametrize(
    "place",
    [
        {"cell": "C9"},
        {"cell": "Z2"},
        {"file": "2019/form41.csv"},
        {"file": "../published/values.csv"},
        {"sheet": "妇女"},
    ],
)
def test_a_correction_of_a_cell_that_is_not_there_is_told(raw: RawDataset, place: dict[str, str]) -> None:
    raw.form(2020, "form41", HEAD, "150302 8000 21 40")
    write(raw, place)
    observed = raw.observe()
    assert row_of(observed.observations, region_code="150302", indicator_id="mmr").numerator == 21
    issue = row_of(observed.issues)
    assert (issue.rule, issue.level, issue.cell) == ("W23", "refused", place.get("cell", "C2"))


def test_values_are_corrected_as_well(raw: RawDataset) -> None:
    raw.values({"value": "14.92"}, {"value": "18.27", "year": "2019"})
    write(raw, {"file": "values.csv", "cell": "E2", "old": "14.92", "new": "14.29"})
    assert row_of(raw.observe().observations, year=2020).value_text == "14.29"
    write(raw, {"file": "values.csv", "cell": "E2", "old": "14.93", "new": "14.29"})
    observed = raw.observe()
    assert math.isnan(row_of(observed.observations, year=2020).value)
    assert row_of(observed.observations, year=2019).value == 18.27


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  - file:", "  - files:", "unknown key 'corrections.0.files'"),
        ('    old: "21"', "    old: 21", "corrections.0.old"),
        ('    new: "12"', '    new: "21"', "old and new are the same"),
        ('    cell: "C2"', '    cell: "c2"', "corrections.0.cell"),
        ('    reason: "笔误"', '    reason: ""', "corrections.0.reason"),
        ("    date: 2021-03-01", "    date: 2021", "corrections.0.date"),
        ('    who: "张"', "", "corrections.0.who"),
    ],
)
def test_a_file_that_is_not_in_order_is_an_error_with_its_key(raw: RawDataset, old: str, new: str, told: str) -> None:
    write(raw, {})
    path = raw.folder / "corrections.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    raw.form(2020, "form41", HEAD, "150302 8000 21 40")
    with pytest.raises(ParameterError, match=r"corrections\.yaml") as caught:
        raw.observe()
    assert told in str(caught.value)


def test_a_reader_of_workbooks_asks_sheet_by_sheet() -> None:
    """By file, sheet and address; a sheet without corrections is not even looked at."""
    entry = {
        "file": "2020/150300.xlsx",
        "sheet": "妇女",
        "cell": "D7",
        "old": "5",
        "new": "6",
        "reason": "r",
        "who": "w",
    }
    made = Correction.model_validate({**entry, "date": "2021-03-01"}, strict=False)
    corrections, issues = Corrections([made], "data/raw/d"), new_issues()
    file = "data/raw/d/2020/150300.xlsx"
    assert corrections.apply(file, "儿童", lambda cell: pytest.fail(cell), issues).texts == {}
    assert corrections.apply(file, "妇女", {"D7": "5"}.get, issues, lambda cell: "150300").texts == {"D7": "6"}
    corrections.finish(issues)
    assert told(issues) == [("W25", "log", "150300", "D7")]
    assert list(corrections.table()["cell"]) == ["D7"]


def test_no_corrections_no_table(raw: RawDataset) -> None:
    raw.form(2020, "form41", HEAD, "150302 8000 1 40")
    assert raw.observe().corrections.empty
    assert not Path(raw.folder / "corrections.yaml").exists()


def test_whose_a_cell_is_may_be_known_only_after_reading() -> None:
    facts = {"file": "2020/a.xlsx", "sheet": "妇女", "old": "5", "new": "6", **FACTS}
    entries = [Correction.model_validate({**facts, "cell": cell}, strict=False) for cell in ("D7", "D9")]
    corrections, file = Corrections(entries, "data/raw/d"), "data/raw/d/2020/a.xlsx"
    corrections.apply(file, "妇女", {"D7": "5", "D9": "5"}.get, new_issues())
    corrections.belong("data/raw/d/2020/b.xlsx", {("妇女", 7): "150399"}, "150399")
    corrections.belong(file, {("妇女", 7): "150302", ("儿童", 9): "150303"}, "150300")
    assert corrections.table()[["cell", "region_code"]].to_numpy().tolist() == [["D7", "150302"], ["D9", "150300"]]
