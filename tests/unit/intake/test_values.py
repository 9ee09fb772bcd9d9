"""values.csv: a value with its source, or an issue that names the cell and leaves no number."""

import hashlib
import math
from typing import Any

import pytest

from builders import RawDataset, cases, row_of, rows_of


def test_a_good_row_is_an_observation_with_its_provenance(raw: RawDataset) -> None:
    raw.values({"value": "18.27", "year": "2015"}, {"value": "14.92"})
    observed = raw.observe()
    row = row_of(observed.observations, year=2020)
    assert (row.dataset, row.region_code, row.indicator_id, row.stratum) == ("tiny", "150000", "mmr", "total")
    assert (row.value, row.value_text, row.unit, row.bound, row.status) == (14.92, "14.92", "1/100000", "", "published")
    path = raw.folder / "values.csv"
    assert (row.file, row.cell) == ("data/raw/tiny/values.csv", "E3")
    assert row.file_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert "年报" in row.stream, "the stream is the indicator's"
    assert observed.issues.empty


def test_a_value_is_kept_as_it_was_printed(raw: RawDataset) -> None:
    raw.values({"value": "30.0"})
    assert row_of(raw.observe().observations).value_text == "30.0"


@pytest.mark.parametrize(
    ("changed", "rule", "cell"),
    [
        ({"value": ""}, "F12", "E2"),
        ({"value": "１４．９２"}, "F12", "E2"),
        ({"value": "1_000"}, "F12", "E2"),
        ({"value": "nan"}, "F12", "E2"),
        ({"value": "inf"}, "F12", "E2"),
        ({"value": "1e5"}, "F12", "E2"),
        ({"value": "1,234"}, "F12", "E2"),
        ({"value": "14.92/10万"}, "F12", "E2"),
        ({"unit": "1/1000"}, "W02", "F2"),
        ({"unit": ""}, "W02", "F2"),
        ({"bound": "<"}, "W03", "G2"),
        ({"bound": "≥"}, "W03", "G2"),
        ({"status": "guessed"}, "W03", "H2"),
        ({"status": ""}, "W03", "H2"),
        ({"region_code": "150603", "year": "2015"}, "F40", "D2"),
        ({"region_code": "150703", "year": "2012"}, "F40", "D2"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(raw: RawDataset, changed: dict[str, str], rule: str, cell: str) -> None:
    raw.values(changed)
    observed = raw.observe()
    row = row_of(observed.observations)
    assert math.isnan(row.value)
    assert (row.status, row.missing_reason, row.bound) == ("missing", "refused", "")
    issue = row_of(observed.issues)
    assert (issue.rule, issue.level, issue.file, issue.cell) == (rule, "refused", "data/raw/tiny/values.csv", cell)
    assert issue.expected
    assert issue.action


@pytest.mark.parametrize(
    ("changed", "rule", "cell"),
    [
        ({"region_code": "159999"}, "F40", "A2"),
        ({"region_code": "15000"}, "F40", "A2"),
        ({"region_code": "150000.0"}, "F40", "A2"),
        ({"region_code": ""}, "F40", "A2"),
        ({"region_code": "内蒙古自治区"}, "F40", "A2"),
        ({"indicator_id": "mrr"}, "W01", "C2"),
        ({"indicator_id": "孕产妇死亡率"}, "W01", "C2"),
        ({"year": "20"}, "W07", "D2"),
        ({"year": "2020年"}, "W07", "D2"),
        ({"year": "２０２０"}, "W07", "D2"),
        ({"year": "2020.0"}, "W07", "D2"),
    ],
)
def test_a_row_that_belongs_nowhere_is_an_issue_and_no_observation(
    raw: RawDataset, changed: dict[str, str], rule: str, cell: str
) -> None:
    raw.values({}, {"year": "2019"}, changed)
    observed = raw.observe()
    assert len(observed.observations) == 2
    issue = row_of(observed.issues)
    assert (issue.rule, issue.level, issue.cell) == (rule, "refused", cell.replace("2", "4"))
    assert issue.found == next(iter(changed.values()))


@pytest.mark.parametrize("value", ["-1", "-2", "-14.92"])
def test_a_negative_rate_is_refused(raw: RawDataset, value: str) -> None:
    """FAULTS F10: negative = 拒. It would be judged as met by every `<=`."""
    raw.values({"value": value})
    observed = raw.observe()
    assert math.isnan(row_of(observed.observations).value)
    assert row_of(observed.issues).level == "refused"


@cases(
    """
    value  | kept
    100    | yes
    100.0  | yes
    100.01 | no
    120    | no
    """
)
def test_a_coverage_above_100_per_cent_is_refused(raw: RawDataset, value: float, kept: bool) -> None:
    """FAULTS F32: coverage > 100 % is 拒 unless the indicator declares that it can be."""
    raw.values({"indicator_id": "hosp_delivery_rate", "unit": "%", "value": str(value)})
    observed = raw.observe()
    assert math.isnan(row_of(observed.observations).value) != kept
    assert observed.issues.empty == kept


@pytest.mark.parametrize("stratum", ["totl", "", "城市", "Urban"])
def test_an_unknown_stratum_is_an_issue(raw: RawDataset, stratum: str) -> None:
    raw.values({}, {"stratum": stratum})
    observed = raw.observe()
    assert row_of(observed.issues).level == "refused"
    assert set(observed.observations["stratum"]) <= {"total", stratum}
    assert observed.observations["value"].notna().sum() == 1


def test_a_value_may_be_declared_missing(raw: RawDataset) -> None:
    raw.values({"value": "", "status": "missing"})
    observed = raw.observe()
    row = row_of(observed.observations)
    assert math.isnan(row.value)
    assert row.missing_reason != "refused"
    assert observed.issues.empty


def test_a_figure_that_is_declared_missing_is_not_used(raw: RawDataset) -> None:
    raw.values({"value": "14.92", "status": "missing"}, {"year": "2019"})
    observed = raw.observe()
    assert math.isnan(row_of(observed.observations, year=2020).value)
    assert row_of(observed.issues).level == "refused"


@pytest.mark.parametrize(("simulated", "status"), [("false", "simulated"), ("true", "published"), ("true", "reported")])
def test_real_and_simulated_figures_never_meet(raw: RawDataset, simulated: str, status: str) -> None:
    raw.source(simulated=simulated)
    own = "simulated" if simulated == "true" else "published"
    raw.values({"status": status}, {"year": "2019", "status": own})
    observed = raw.observe()
    assert math.isnan(row_of(observed.observations, year=2020).value)
    assert row_of(observed.observations, year=2019).value == 14.92
    assert row_of(observed.issues).level == "refused"


def test_an_unknown_source_is_refused(raw: RawDataset) -> None:
    raw.values({"source_id": "s"}, {"source_id": "s+t", "year": "2019"}, {"source_id": "s+x", "year": "2018"})
    (raw.folder / "sources.csv").write_text("source_id,title\ns,A\nt,B\n", encoding="utf-8")
    observed = raw.observe()
    assert [r.year for r in rows_of(observed.observations, missing_reason="refused")] == [2018]
    assert (row_of(observed.issues).rule, row_of(observed.issues).found) == ("W05", "s+x")


def test_all_faults_of_a_row_and_of_a_file_are_found_at_once(raw: RawDataset) -> None:
    raw.values({"value": "x", "unit": "%"}, {"year": "2019", "status": "y"}, {"region_code": "1"}, {"year": "z"})
    assert sorted(raw.observe().issues["rule"]) == ["F12", "F40", "W02", "W03", "W07"]


# duplicates


@pytest.mark.parametrize("copies", [2, 3])
def test_an_identical_row_is_dropped(raw: RawDataset, copies: int) -> None:
    raw.values(*[{}] * copies)
    observed = raw.observe()
    assert row_of(observed.observations).value == 14.92
    assert not rows_of(observed.issues, level="refused")


@pytest.mark.parametrize(
    "rows",
    [
        ({}, {"value": "14.93"}),
        ({}, {}, {"value": "14.93"}),
        ({}, {"value": "14.93"}, {}),
        ({}, {"value": "14.93"}, {"value": "14.93"}),
        ({"bound": ">="}, {}),
    ],
)
def test_conflicting_rows_are_refused_naming_both(raw: RawDataset, rows: tuple[dict[str, Any], ...]) -> None:
    raw.values(*rows)
    observed = raw.observe()
    row = row_of(observed.observations)
    assert math.isnan(row.value)
    assert row.missing_reason == "refused"
    issues = rows_of(observed.issues)
    assert {issue.rule for issue in issues} == {"F19"}
    odd = next(n for n, r in enumerate(rows) if r != rows[0])
    assert any(f"E2 E{odd + 2}" == issue.cell for issue in issues)


def test_rows_of_another_stratum_year_or_region_are_no_duplicates(raw: RawDataset) -> None:
    raw.values({}, {"stratum": "rural"}, {"year": "2019"}, {"region_code": "100000"})
    observed = raw.observe()
    assert observed.observations["value"].notna().sum() == 4
    assert observed.issues.empty


def test_a_missing_column_refuses_the_file_and_names_it(raw: RawDataset) -> None:
    raw.values({})
    raw.form(2020, "form41", "region_code live_births maternal_deaths", "150302 1000 1")
    path = raw.folder / "values.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",bound", ",bond"), encoding="utf-8")
    observed = raw.observe()
    assert not rows_of(observed.observations, status="published")
    issue = row_of(observed.issues, rule="W06")
    assert issue.level == "refused"
    assert "bound" in issue.expected
