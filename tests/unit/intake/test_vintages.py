"""Vintages, streams and definitions: the latest judges, a mix is refused, what was revised is kept."""

from typing import Any

import pytest

from builders import VALUE_COLUMNS, RawDataset, cases, row_of, rows_of
from returned import send

WUHAI = "150300-乌海市"
GOOD = {
    **dict.fromkeys(VALUE_COLUMNS, ""),
    "region_code": "150000",
    "stratum": "total",
    "indicator_id": "mmr",
    "year": "2020",
    "value": "14.92",
    "unit": "1/100000",
    "status": "published",
    "source_id": "s",
}


def values(raw: RawDataset, *rows: dict[str, Any]) -> None:
    """Write values.csv with the columns that may be there."""
    columns = [*VALUE_COLUMNS, "stream", "vintage"]
    filled = [{**GOOD, "stream": "", "vintage": "", **row} for row in rows]
    raw._write("values.csv", columns, [[row[column] for column in columns] for row in filled])


@cases(
    """
    first       | second    | value
    preliminary | final     | 15.1
    final       | revised   | 14.92
    preliminary | revised   | 15.1
    """
)
def test_the_latest_vintage_judges_and_the_difference_is_kept(
    raw: RawDataset, first: str, second: str, value: float
) -> None:
    values(raw, {"vintage": first}, {"vintage": second, "value": "15.1"})
    observed = raw.observe()
    row = row_of(observed.observations)
    assert row.value == value
    revision = row_of(observed.revisions)
    later = second if value == 15.1 else first
    assert (row.vintage, revision.latest_vintage) == (later, later)
    assert {revision.value, revision.latest} == {"14.92", "15.1"}
    assert revision.difference == ("0.18" if value == 15.1 else "-0.18")
    assert observed.issues.empty


@pytest.mark.parametrize("vintages", [("", "final"), ("final", "final"), ("", "")])
def test_two_figures_of_which_none_is_later_are_both_refused(raw: RawDataset, vintages: tuple[str, str]) -> None:
    values(raw, {"vintage": vintages[0]}, {"vintage": vintages[1], "value": "15.1"})
    observed = raw.observe()
    assert row_of(observed.issues).rule == "F19"
    assert row_of(observed.observations).missing_reason == "refused"
    assert observed.revisions.empty


def test_a_vintage_or_stream_that_is_not_known(raw: RawDataset) -> None:
    values(raw, {"vintage": "初报"}, {"stream": "年报", "year": "2019"})
    issues = {issue.rule: issue.cell for issue in rows_of(raw.observe().issues)}
    assert issues == {"W40": "M2", "W41": "L3"}


def test_streams_do_not_meet_in_one_series(raw: RawDataset) -> None:
    other = {"stream": "survey", "region_code": "100000"}
    values(raw, {"stream": "annual", "year": "2019"}, {"stream": "survey"}, other)
    observed = raw.observe()
    issue = row_of(observed.issues)
    assert (issue.rule, issue.level, issue.region_code, issue.found) == ("F15a", "refused", "150000", "annual / survey")
    found = {(row.region_code, row.year): row.missing_reason for row in rows_of(observed.observations)}
    assert found == {("150000", 2019): "refused", ("150000", 2020): "refused", ("100000", 2020): ""}


def test_a_survey_does_not_stand_in_a_series_of_the_annual_report(raw: RawDataset) -> None:
    send(raw.folder, WUHAI, 8000)
    values(raw, {"stream": "survey", "region_code": "150302", "year": "2019"})
    observed = raw.observe()
    issue = row_of(observed.issues, rule="F15a")
    assert (issue.cell, issue.region_code) == ("E2", "150302")
    found = rows_of(observed.observations, region_code="150302", indicator_id="mmr")
    assert [(row.year, row.missing_reason) for row in found] == [(2019, "refused"), (2020, "")]


def test_of_two_returns_the_later_vintage_stands(raw: RawDataset) -> None:
    send(raw.folder, WUHAI, 8000, 2, more="-1", 版次="初报")
    send(raw.folder, WUHAI, 8000, 1, more="-2", 版次="终审")
    observed = raw.observe()
    assert row_of(observed.observations, region_code="150302", indicator_id="mmr").numerator == 1
    revision = row_of(observed.revisions)
    assert (revision.region_code, revision.item, revision.year) == ("150302", "form41.maternal_deaths", 2020)
    assert (revision.vintage, revision.value, revision.latest, revision.difference) == ("preliminary", "2", "1", "-1")
    assert (revision.file[-6:], revision.cell) == ("1.xlsx", "C3")
    assert "F19" not in set(observed.issues["rule"])


def test_of_two_returns_of_no_vintage_neither_stands(raw: RawDataset) -> None:
    send(raw.folder, WUHAI, 8000, 2, more="-1")
    send(raw.folder, WUHAI, 8000, 1, more="-2", 版次="终审")
    observed = raw.observe()
    assert "F19" in set(observed.issues["rule"])
    assert observed.revisions.empty


def test_a_vintage_of_a_return_that_is_not_known_refuses_the_sheet(raw: RawDataset) -> None:
    send(raw.folder, WUHAI, 版次="定稿")
    observed = raw.observe()
    issue = row_of(observed.issues, rule="W40")
    assert (issue.sheet, issue.cell, issue.found) == ("Sheet", "A1", "定稿")
    assert row_of(observed.refused).rule == "W40"


def test_a_dataset_says_the_vintage_of_what_does_not(raw: RawDataset) -> None:
    raw.source(top='"150000"', vintage="final")
    values(raw, {"vintage": ""}, {"year": "2019", "vintage": "revised"})
    found = {row.year: row.vintage for row in rows_of(raw.observe().observations)}
    assert found == {2020: "final", 2019: "revised"}
