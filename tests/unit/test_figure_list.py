"""The figures as data: every year of each series that the report prints, with what it says of them."""

import json
import math
from types import SimpleNamespace
from typing import Any

import pytest

from endline.figure_list import COLUMNS, _note, counts_block
from endline.model import Region
from endline.params import Params
from endline.report import Report
from endline.story import FIGURES, Block
from endline.wording import Wording
from stores import COUNTY, INNER_MONGOLIA, NATION, ROUND, made, read_params, small

Rows = list[dict[str, Any]]


def rows_of(block: Block) -> Rows:
    content = json.loads(block.media[FIGURES])
    columns = content["columns"]
    values = [c["values"] * (content["rows"] if len(c["values"]) == 1 else 1) for c in columns]
    return [dict(zip((c["name"] for c in columns), row, strict=True)) for row in zip(*values, strict=True)]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Report, Rows]]:
    where = small(tmp_path_factory.mktemp("figures"))
    store, params = made(where), read_params(where)
    reports = {code: Report(params, store, ROUND, code, "zh") for code in (NATION, INNER_MONGOLIA, COUNTY)}
    return {code: (report, rows_of(next(iter(report.figures())))) for code, report in reports.items()}


def of(rows: Rows, indicator: str, stratum: str = "total") -> dict[int, dict[str, Any]]:
    return {r["Time period"]: r for r in rows if (r["Indicator ID"], r["Stratum"]) == (indicator, stratum)}


def test_every_series_of_the_annex_has_every_year_of_the_round(told: dict[str, tuple[Report, Rows]]) -> None:
    report, rows = told[NATION]
    assert set(rows[0]) >= {"Lower CI 95.0 limit", "Upper CI 95.0 limit", *(n for n in COLUMNS if "CI" not in n)}
    series = list(dict.fromkeys((r["Indicator ID"], r["Stratum"]) for r in rows))
    assert set(series) >= set(report.tables.series)
    assert [r["Time period"] for r in rows] == list(range(2010, 2021)) * len(series)


def test_published_values_are_as_received_with_their_decimals_and_source(told: dict[str, tuple[Report, Rows]]) -> None:
    mmr = of(told[NATION][1], "mmr")
    assert (mmr[2020]["Value"], mmr[2020]["Decimals"], mmr[2010]["Value"]) == (16.9, 1, 30.0)
    assert mmr[2020]["Source"] == "nbs_w_final"
    assert (mmr[2020]["Unit"], mmr[2020]["Target"], mmr[2020]["Simulated"]) == ("每10万", "不高于20/10万", "")
    assert mmr[2020]["Lower CI 95.0 limit"] is None  # no counts, no interval


def test_each_year_compares_with_the_target_and_the_last_as_concluded(told: dict[str, tuple[Report, Rows]]) -> None:
    report, rows = told[NATION]
    mmr = of(rows, "mmr")
    assert [mmr[year]["Compared to target"] for year in (2015, 2016, 2020)] == ["not_met", "met", "met"]
    for row in report.slice.rows["measures"]:
        if found := of(rows, row.indicator_id, row.stratum):
            assert row.verdict in found[2020]["Compared to target"].split("; ")


def test_a_missing_year_is_a_row_that_says_so(told: dict[str, tuple[Report, Rows]]) -> None:
    missing = [row for row in told[INNER_MONGOLIA][1] if row["Value"] is None]
    assert missing
    assert {(r["Value note"], r["Data status"], r["Compared to upper region"]) for r in missing} == {
        ("missing", "missing", "")
    }
    assert {r["Compared to target"] for r in missing if r["Time period"] < 2020} == {""}


def test_a_value_stands_on_one_side_of_its_upper_region(told: dict[str, tuple[Report, Rows]]) -> None:
    own, above = told[INNER_MONGOLIA][1], told[NATION][1]
    seen = set()
    for row in own:
        side, other = row["Compared to upper region"], of(above, row["Indicator ID"], row["Stratum"])
        if side:
            seen.add(side)
            sign = {"lower": -1, "same": 0, "higher": 1}[side]
            difference = row["Value"] - other[row["Time period"]]["Value"]
            assert (difference > 0) - (difference < 0) == sign
    assert len(seen) >= 2
    assert {row["Compared to upper region"] for row in above} == {""}


def test_a_region_without_figures_has_columns_and_no_rows(told: dict[str, tuple[Report, Rows]]) -> None:
    assert told[COUNTY][1] == []


@pytest.mark.parametrize(
    ("observed", "note"),
    [
        ({"numerator": 2.0}, "hidden"),
        ({"numerator": 3.0}, "unstable"),
        ({"numerator": 19.0, "bound": "<="}, "<=; unstable"),
        ({"numerator": 20.0}, ""),
        ({"numerator": math.nan, "bound": ">="}, ">="),
        ({"value": math.nan, "missing_reason": "refused"}, "refused"),
    ],
)
def test_few_events_bounds_and_refusals_are_noted(params: Params, observed: dict[str, Any], note: str) -> None:
    """As in the report: below 3 events hidden, below 20 unstable."""
    plain = {"value": 1.0, "numerator": 100.0, "bound": "", "missing_reason": ""}
    assert _note(SimpleNamespace(**plain | observed), params.method) == note


def test_the_counts_of_a_round_are_a_row_a_region(params: Params) -> None:
    region = Region(code="150100", name="甲", level="league")
    counts = {"all": 5, "met": 2, "not_met": 1, "no_data": 1, "pending": 1, "attainment": None, "assessability": 60.0}
    say = Wording(params.wording("zh"))
    (row,) = rows_of(counts_block(say, [region], [counts], simulated=True))
    assert row == {
        "Area Code": "150100",
        "Area Name": "甲",
        "Area Type": "league",
        **counts,
        "Decimals": 1,
        "Simulated": "模拟数据",
    }
