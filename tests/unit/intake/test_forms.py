"""The counties' forms: counts become rates, counties become sums, and nothing is repaired in silence."""

import hashlib
import json
import math
from types import SimpleNamespace

import numpy as np
import pytest

from builders import RawDataset, a_round, cases, row_of, rows_of, target
from endline.evaluation import evaluate
from endline.params import Params

# Wuhai (150300) has three counties: 150302, 150303, 150304.
HEAD = "region_code live_births maternal_deaths birth_weight_below_2500"


def of(raw: RawDataset, code: str, indicator: str = "mmr", year: int = 2020) -> SimpleNamespace:
    return row_of(raw.observe().observations, region_code=code, indicator_id=indicator, year=year)


def test_two_counts_give_a_rate_with_its_provenance(raw: RawDataset) -> None:
    raw.form(2020, "form41", HEAD, "150302 8000 1 320")
    row = of(raw, "150302")
    assert (row.value, row.numerator, row.denominator) == (12.5, 1, 8000)
    assert (row.value_text, row.unit, row.status, row.bound) == ("", "1/100000", "reported", "")
    assert (row.units_reported, row.units_total) == (1, 1)
    path = raw.folder / "2020" / "form41.csv"
    assert (row.file, row.cell) == ("data/raw/tiny/2020/form41.csv", "C2/B2")
    assert row.file_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert of(raw, "150302", "lbw_rate").value == 4.0


def test_counts_of_two_forms_name_both_files(raw: RawDataset) -> None:
    raw.form(2020, "extra", "region_code maternal_deaths_rural", "150302 1")
    raw.form(2020, "form41", "region_code live_births_rural", "150302 8000")
    row = of(raw, "150302")
    assert (row.stratum, row.value) == ("rural", 12.5)
    assert row.file.endswith("extra.csv")
    assert row.cell == "B2/data/raw/tiny/2020/form41.csv B2"


def test_every_item_is_kept_as_it_was(raw: RawDataset) -> None:
    raw.form(2020, "form41", HEAD, "150303 1 · ·", "150302 8000 0 ·")
    items = raw.observe().items
    place = items.counties.index("150302"), items.years.index(2020)
    given = {name: items[f"form41.{name}"] for name in HEAD.split()[1:]}
    assert {name: item.value[place] for name, item in given.items() if item.given[place]} == {
        "live_births": 8000,
        "maternal_deaths": 0,
    }
    rows, columns = np.array([place[0]]), np.array([place[1]])
    assert items.cells("form41.maternal_deaths", rows, columns) == ["C3"]
    (sheet,) = items.sheets
    assert [(code, line, json.loads(cells)) for code, line, _, cells in sheet.rows] == [
        ("150303", 2, ["150303", "1", "", ""]),
        ("150302", 3, ["150302", "8000", "0", ""]),
    ]


def test_an_item_that_stands_twice_in_a_form_is_read_once_and_told(raw: RawDataset) -> None:
    raw.form(2020, "form41", "region_code live_births maternal_deaths live_births", "150302 8000 1 9")
    observed = raw.observe()
    assert row_of(observed.observations, region_code="150302").denominator == 8000
    issue = row_of(observed.issues)
    assert (issue.rule, issue.cell, issue.found) == ("W04", "D1", "live_births")


@cases(
    """
    births | deaths | value
    8000   | 0      | 0.0
    8000   | ·      | —
    ·      | 1      | —
    ·      | ·      | —
    """
)
def test_zero_is_a_zero_and_an_empty_cell_is_missing(
    raw: RawDataset, births: int | str, deaths: int | str, value: float | None
) -> None:
    raw.form(2020, "form41", HEAD, f"150302 {births} {deaths} ·", "150303 1000 1 ·")
    observed = raw.observe()
    found = rows_of(observed.observations, region_code="150302", indicator_id="mmr")
    assert [row.value for row in found] == ([] if value is None else [value])
    assert observed.issues.empty


# zero denominators, numerators above them


def test_a_zero_denominator_is_missing_and_never_zero(raw: RawDataset) -> None:
    raw.form(2020, "form41", HEAD, "150302 0 0 0", "150303 8000 1 320")
    observed = raw.observe()
    row = row_of(observed.observations, region_code="150302", indicator_id="mmr")
    assert math.isnan(row.value)
    assert (row.status, row.missing_reason) == ("missing", "zero_denominator")
    league = row_of(observed.observations, region_code="150300", indicator_id="mmr")
    assert (league.value, league.numerator, league.denominator) == (12.5, 1, 8000)


def test_a_zero_denominator_is_told(raw: RawDataset) -> None:
    """FAULTS F34: 缺, with a message as every fault has."""
    raw.form(2020, "form41", HEAD, "150302 0 0 ·")
    issues = rows_of(raw.observe().issues, rule="F34", region_code="150302")
    assert issues
    assert {issue.level for issue in issues} == {"missing"}


@pytest.mark.parametrize(
    ("line", "indicator"), [("150302 100 1 101", "lbw_rate"), ("150302 100 101 1", "mmr"), ("150302 0 · 1", "lbw_rate")]
)
def test_a_numerator_above_its_denominator_is_refused(raw: RawDataset, line: str, indicator: str) -> None:
    raw.form(2020, "form41", HEAD, line, "150303 1000 1 40")
    observed = raw.observe()
    row = row_of(observed.observations, region_code="150302", indicator_id=indicator)
    assert math.isnan(row.value)
    assert (row.status, row.missing_reason) == ("missing", "refused")
    issue = row_of(observed.issues, rule="F32")
    assert (issue.level, issue.region_code) == ("refused", "150302")
    league = row_of(observed.observations, region_code="150300", indicator_id=indicator)
    assert (league.units_reported, league.units_total, league.denominator) == (1, 3, 1000), "not in the sum"


# cells that are no counts, columns and rows that belong nowhere


def test_a_cell_that_is_no_count_is_refused_and_the_others_are_read(raw: RawDataset) -> None:
    texts = ["-1", "1.5", "１２", "1e3", "nan", "1,000", "1_000", "约5", "—", "TRUE", "5人"]
    codes = [f"1504{n:02}" for n in (2, 3, 4, *range(21, 27), 28, 29)]
    raw.form(2020, "form41", HEAD, *(f"{c} 1000 {t} 40" for c, t in zip(codes, texts, strict=True)))
    observed = raw.observe()
    for n, (code, text) in enumerate(zip(codes, texts, strict=True), start=2):
        issue = row_of(observed.issues, region_code=code)
        assert (issue.rule, issue.level, issue.cell, issue.found) == ("F12", "refused", f"C{n}", text)
        rate = row_of(observed.observations, region_code=code, indicator_id="mmr")
        assert math.isnan(rate.value), text
        assert row_of(observed.observations, region_code=code, indicator_id="lbw_rate").value == 4.0


def reason(raw: RawDataset, params: Params) -> str:
    aim = target(indicator="mmr", indicators=params.indicators)
    rows = raw.observe().observations
    found = evaluate(rows, [aim], ["150302"], params.regions(), params.indicators, params.method, a_round())
    return str(row_of(found.evaluations).reason)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["150302 1000 ·"], "no_final_year"),
        (["150302 1000 x"], "refused"),
        (["150302 1000 1", "150302 1000 2"], "refused"),
        (["150302 1000 1001"], "refused"),
    ],
)
def test_what_was_refused_is_told_from_what_was_not_reported(
    raw: RawDataset, params: Params, lines: list[str], expected: str
) -> None:
    """checks.yaml: 拒 = not used (no data, reason “refused”)."""
    raw.form(2020, "form41", "region_code live_births maternal_deaths", *lines, "150303 1000 1")
    assert reason(raw, params) == expected


@pytest.mark.parametrize("code", ["159999", "150302.0", "海勃湾区"])
def test_an_unknown_region_is_refused_and_in_no_sum(raw: RawDataset, code: str) -> None:
    raw.form(2020, "form41", HEAD, f"{code} 1000 500 40", "150303 1000 1 40")
    observed = raw.observe()
    issue = row_of(observed.issues)
    assert (issue.rule, issue.level, issue.cell, issue.found) == ("F40", "refused", "A2", code)
    assert row_of(observed.observations, region_code="150000", indicator_id="mmr").denominator == 1000


@cases(
    """
    year | kept | total
    2015 | no   | 8
    2016 | yes  | 9
    """
)
def test_a_region_founded_later_counts_from_its_first_year(raw: RawDataset, year: int, kept: bool, total: int) -> None:
    """康巴什区 (150603) exists since July 2016."""
    raw.form(year, "form41", HEAD, "150603 1000 9 40", "150602 1000 1 40")
    observed = raw.observe()
    league = row_of(observed.observations, region_code="150600", indicator_id="mmr", year=year)
    assert (league.numerator, league.units_total) == (10 if kept else 1, total)
    if not kept:
        issue = row_of(observed.issues)
        assert (issue.rule, issue.level, issue.cell) == ("F40", "refused", "A2"), (
            "FAULTS F40: register with valid-from/to"
        )


@pytest.mark.parametrize("code", ["150300", "150000"])
def test_a_subtotal_among_the_counties_is_never_added_to_the_sum(raw: RawDataset, code: str) -> None:
    """FAULTS F18: subtotals inside data; a form is one row a county."""
    raw.form(2020, "form41", HEAD, "150302 1000 1 40", "150303 1000 1 40", f"{code} 2000 2 80")
    observed = raw.observe()
    for upper in ("150300", "150000"):
        row = row_of(observed.observations, region_code=upper, indicator_id="mmr")
        assert (row.numerator, row.denominator, row.units_reported) == (2, 2000, 2)


def test_an_unknown_column_is_an_issue_and_the_others_are_read(raw: RawDataset) -> None:
    raw.form(2020, "form41", "region_code live_births maternal_death maternal_deaths", "150302 1000 7 1")
    observed = raw.observe()
    issue = row_of(observed.issues)
    assert (issue.rule, issue.level, issue.cell, issue.found) == ("W04", "refused", "C1", "maternal_death")
    assert row_of(observed.observations, region_code="150302").numerator == 1


def test_a_form_without_region_codes_is_refused(raw: RawDataset) -> None:
    raw.form(2020, "form41", "code live_births maternal_deaths", "150302 1000 1")
    raw.form(2019, "form41", HEAD, "150302 1000 1 40")
    observed = raw.observe()
    assert set(observed.observations["year"]) == {2019}
    assert rows_of(observed.issues, rule="W06", level="refused")


# duplicates


def test_an_identical_row_is_dropped(raw: RawDataset) -> None:
    raw.form(2020, "form41", HEAD, "150302 1000 1 40", "150302 1000 1 40")
    observed = raw.observe()
    assert row_of(observed.observations, region_code="150300", indicator_id="mmr").denominator == 1000
    assert not rows_of(observed.issues, level="refused")


def test_conflicting_rows_are_refused_naming_both(raw: RawDataset) -> None:
    raw.form(2020, "form41", HEAD, "150302 1000 1 40", "150303 1000 1 40", "150302 1000 2 40")
    observed = raw.observe()
    issue = row_of(observed.issues)
    assert (issue.rule, issue.level, issue.region_code, issue.cell) == ("F19", "refused", "150302", "A2 A4")
    league = row_of(observed.observations, region_code="150300", indicator_id="mmr")
    assert (league.denominator, league.units_reported) == (1000, 1)


def test_a_rate_that_is_also_given_as_a_value_is_no_second_observation(raw: RawDataset) -> None:
    """FAULTS F37: a reported rate that differs from the recomputed one is 拒, never a silent choice."""
    raw.form(2020, "form41", HEAD, "150302 1000 1 40")
    raw.values({"region_code": "150302", "value": "55", "status": "reported"})
    observed = raw.observe()
    assert not observed.observations.duplicated(["region_code", "indicator_id", "stratum", "year"]).any()
    assert rows_of(observed.issues, level="refused")


def test_a_reported_rate_that_agrees_with_its_counts_is_told_once(raw: RawDataset) -> None:
    raw.form(2020, "form41", HEAD, "150302 8000 1 40")
    raw.values({"region_code": "150302", "value": "12.5", "status": "reported"})
    observed = raw.observe()
    assert row_of(observed.observations, region_code="150302", indicator_id="mmr").value == 12.5
    assert observed.issues.empty


@cases(
    """
    bound | value | kept
    >=    | 12    | yes
    <=    | 13    | yes
    >=    | 13    | no
    <=    | 12    | no
    """
)
def test_a_reported_bound_contradicts_only_counts_beyond_it(
    raw: RawDataset, bound: str, value: int, kept: bool
) -> None:
    """The counts give 12.5."""
    raw.form(2020, "form41", HEAD, "150302 8000 1 40")
    raw.values({"region_code": "150302", "value": str(value), "bound": bound, "status": "reported"})
    observed = raw.observe()
    row = row_of(observed.observations, region_code="150302", indicator_id="mmr")
    assert (row.value == 12.5) == kept
    assert observed.issues.empty == kept


def test_a_parents_own_figure_that_differs_from_the_sum_is_asked_about(raw: RawDataset) -> None:
    """FAULTS F38: 问, the difference printed, never “fixed”; the higher rate comes of the summed counts."""
    raw.form(2020, "form41", HEAD, "150302 8000 1 40", "150303 8000 1 40", "150304 8000 1 40")
    raw.values({"region_code": "150300", "value": "13.0", "status": "reported"})
    observed = raw.observe()
    issue = row_of(observed.issues)
    assert (issue.rule, issue.level, issue.region_code) == ("F38", "ask", "150300")
    assert "13.0" in issue.found
    row = row_of(observed.observations, region_code="150300", indicator_id="mmr")
    assert (row.value, row.numerator) == (12.5, 3)


# sums


def test_parents_say_how_many_counties_reported(raw: RawDataset) -> None:
    raw.form(2020, "form41", HEAD, "150302 1000 1 40", "150303 1000 · 40", "150402 500 0 20")
    observed = raw.observe().observations
    assert [
        (r.region_code, r.numerator, r.denominator, r.units_reported, r.units_total)
        for r in rows_of(observed, indicator_id="mmr")
        if r.region_code in ("150300", "150400", "150000")
    ] == [("150000", 1, 1500, 2, 103), ("150300", 1, 1000, 1, 3), ("150400", 0, 500, 1, 12)]


def test_sums_are_derived_and_simulated_ones_are_simulated(raw: RawDataset) -> None:
    raw.form(2020, "form41", HEAD, "150302 1000 1 40")
    assert (of(raw, "150302").status, of(raw, "150300").status) == ("reported", "derived")
    raw.source(top='"150000"', simulated="true")
    assert (of(raw, "150302").status, of(raw, "150300").status) == ("simulated", "simulated")


def test_nothing_is_summed_outside_the_datasets_top(raw: RawDataset) -> None:
    raw.source(top='"150300"')
    raw.form(2020, "form41", HEAD, "150302 1000 1 40", "150402 1000 1 40")
    codes = {row.region_code for row in rows_of(raw.observe().observations, indicator_id="mmr")}
    assert codes == {"150302", "150402", "150300"}


def test_the_order_of_the_rows_changes_no_figure(raw: RawDataset) -> None:
    lines = ["150302 1000 1 40", "150303 99000 9 1", "150402 7 0 3"]
    tables = []
    for order in (lines, lines[::-1]):
        raw.form(2020, "form41", HEAD, *order)
        tables.append(raw.observe().observations[["region_code", "indicator_id", "year", "value", "numerator"]])
    assert tables[0].equals(tables[1])
