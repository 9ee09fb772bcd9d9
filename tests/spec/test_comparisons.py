"""The upper region beside the region; sums above the counties; the gap between two strata."""

import math

from builders import INDICATORS, RawDataset, cases, evaluate_one, observation, row_of, rows_of, series, target
from endline.evaluation import evaluate
from endline.model import Indicator
from endline.params import Params


@cases(
    """
    own    | upper | difference
    =14.92 | =16.9 | -1.98
    =18.5  | =14.1 | 4.4
    =16.9  | =16.9 | 0.0
    >=99   | =99.9 | —
    =99.5  | >=99  | —
    """
)
def test_the_upper_regions_value_is_compared_point_with_point(own: str, upper: str, difference: float | None) -> None:
    rows = [*series(f"2020{own}"), *series(f"2020{upper}", region_code="100000")]
    result = evaluate_one(rows)
    assert result.upper_code == "100000"
    assert math.isnan(result.upper_difference) if difference is None else result.upper_difference == difference


@cases(
    """
    code   | upper
    150102 | 150100
    150100 | 150000
    150000 | 100000
    """
)
def test_the_upper_region_is_the_parent(code: int, upper: int) -> None:
    rows = [observation(1.0, region_code=str(code)), observation(3.0, region_code=str(upper))]
    result = evaluate_one(rows, code=str(code))
    assert (result.upper_code, result.upper_value, result.upper_difference) == (str(upper), 3.0, -2.0)


def test_only_the_upper_regions_final_year_and_stratum_are_compared() -> None:
    rows = [
        *series("2020=10"),
        *series("2010=30 2019=17.8", region_code="100000"),
        *series("2020=14.1", region_code="100000", stratum="urban"),
    ]
    assert math.isnan(evaluate_one(rows).upper_difference)


def test_the_nation_has_no_upper_region() -> None:
    assert math.isnan(evaluate_one("2020=16.9", code="100000").upper_difference)


def test_the_comparison_never_changes_the_verdict() -> None:
    rows = [*series("2020=25"), *series("2020=99", region_code="100000")]
    assert evaluate_one(rows).verdict == "not_met"


# sums above the counties


def test_a_higher_regions_rate_comes_of_summed_counts_never_of_the_mean_of_rates(raw: RawDataset) -> None:
    raw.form(
        2020,
        "form41",
        "region_code live_births maternal_deaths",
        "150302 1000 1",
        "150303 99000 9",
        "150402 100000 0",
    )
    rates = raw.observe().observations
    league = row_of(rates, region_code="150300", indicator_id="mmr")
    assert (league.numerator, league.denominator, league.value) == (10, 100_000, 10.0), "the mean of rates is 54.5"
    province = row_of(rates, region_code="150000", indicator_id="mmr")
    assert (province.numerator, province.denominator, province.value) == (10, 200_000, 5.0)
    assert not rows_of(rates, region_code="100000"), "above the dataset's top nothing is summed"


def test_the_sum_says_how_many_of_its_counties_it_holds(raw: RawDataset) -> None:
    raw.form(2020, "form41", "region_code live_births maternal_deaths", "150302 1000 1", "150303 1000 ·")
    league = row_of(raw.observe().observations, region_code="150300", indicator_id="mmr")
    assert (league.units_reported, league.units_total) == (1, 3)


# the gap

GAP = Indicator.model_validate(
    {
        **INDICATORS["deaths"].model_dump(),
        "id": "gap",
        "difference": {"indicator": "deaths", "minuend": "rural", "subtrahend": "urban"},
    }
)


@cases(
    """
    rural      | urban      | gap
    2020=18.5  | 2020=14.1  | 4.4
    2020=14.1  | 2020=18.5  | -4.4
    2020=30.1  | 2020=29.7  | 0.4
    2020=15.0  | 2020=15.0  | 0.0
    2020=18.5  | 2019=14.1  | —
    2020=18.5  | 2020<=14.1 | —
    """
)
def test_the_gap_is_rural_minus_urban(raw: RawDataset, rural: str, urban: str, gap: float | None) -> None:
    rows = [*series(rural, stratum="rural"), *series(urban, stratum="urban")]
    raw.values(
        *(
            {"stratum": r["stratum"], "year": str(r["year"]), "value": str(r["value"]), "bound": r["bound"]}
            for r in rows
        )
    )
    found = rows_of(raw.observe().observations, indicator_id="mmr_urban_rural_gap")
    assert [row.value for row in found] == ([] if gap is None else [gap])
    assert {row.status for row in found} <= {"derived"}


@cases(
    """
    before | after | verdict
    0.4    | 4.4   | not_met
    4.4    | 0.4   | met
    4.4    | 4.4   | not_met
    4.4    | 4.39  | met
    """
)
def test_a_gap_is_closed_when_it_is_strictly_smaller(before: float, after: float, verdict: str) -> None:
    aim = target("decrease", indicator="gap", indicators={"gap": GAP})
    result = evaluate_one(f"2010={before} 2020={after}", aim, indicators={"gap": GAP})
    assert result.verdict == verdict


def test_the_gap_of_counted_strata_is_judged_on_the_sums(raw: RawDataset, params: Params) -> None:
    head = "region_code live_births_urban maternal_deaths_urban maternal_deaths_rural"
    for year, urban, rural in ((2010, 20, 60), (2020, 10, 30)):
        raw.form(year, "extra", head, f"150302 100000 {urban} {rural}")
        raw.form(year, "form41", "region_code live_births_rural", "150302 100000")
    observed = raw.observe().observations
    assert [r.value for r in rows_of(observed, region_code="150000", indicator_id="mmr_urban_rural_gap")] == [40, 20]
    aims = [t for t in params.outline("women-2011-2020").targets if t.id == "2b"]
    register, round_ = params.regions(), params.round("published-2020")
    found = evaluate(observed, aims, ["150000"], register, params.indicators, params.method, round_)
    assert row_of(found.evaluations).verdict == "met"
