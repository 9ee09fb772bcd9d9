"""How the regions below a region lie around its own value; town and country."""

import math
from typing import Any

import pytest

from builders import REGIONS, cases, counted, evaluated, method, observation, row_of, rows_of, target
from endline.evaluation.gaps import Gaps

PROVINCE, LEAGUE, OTHER = "150000", "150100", "150200"
A, B, YOUNG, GONE, D = "150102", "150103", "150104", "150105", "150202"
CODES = (PROVINCE, LEAGUE, A, B, YOUNG, D, OTHER)


def gaps(rows: list[dict[str, Any]], codes: tuple[str, ...] = CODES, **how: Any) -> Gaps:
    return evaluated(rows, how.pop("targets", [target()]), codes, **how).gaps


def deaths(**events: int) -> list[dict[str, Any]]:
    """Return deaths in 100,000 births each, by region; the league's own are their sum."""
    codes = {"a": A, "b": B, "young": YOUNG, "gone": GONE}
    rows = [counted(number, 100_000, region_code=codes[name]) for name, number in events.items()]
    return [*rows, counted(sum(events.values()), 100_000 * len(events), region_code=LEAGUE)]


# who is compared


def test_members_are_those_that_exist_in_the_final_year() -> None:
    row = row_of(gaps(deaths(a=30, b=30)).gaps, region_code=LEAGUE)
    assert (row.scope, row.areas, row.reported, row.counted) == ("children", 3, 2, 2)


def test_counties_are_those_two_levels_below() -> None:
    found = gaps([*deaths(a=1, b=2, young=3), counted(4, 100_000, region_code=D)])
    row = row_of(found.gaps, region_code=PROVINCE, scope="counties")
    assert (row.areas, row.counted) == (4, 4)
    assert rows_of(found.gaps, region_code=LEAGUE, scope="counties") == []
    assert rows_of(found.gaps, region_code=A) == []


def test_an_area_without_a_denominator_stands_outside_their_number() -> None:
    empty = observation(None, region_code=YOUNG, missing_reason="zero_denominator", numerator=0.0, denominator=0.0)
    row = row_of(gaps([*deaths(a=30, b=30), empty]).gaps, region_code=LEAGUE)
    assert (row.areas, row.reported) == (2, 2)


def test_a_series_of_which_no_member_has_a_value_has_no_row() -> None:
    found = gaps([counted(30, 100_000, region_code=LEAGUE)]).gaps
    assert rows_of(found, region_code=LEAGUE) == []


def test_a_value_without_counts_is_reported_and_not_compared() -> None:
    rows = [observation(v, region_code=code) for code, v in ((A, 10.0), (B, 30.0), (LEAGUE, 20.0))]
    found = gaps(rows)
    row = row_of(found.gaps, region_code=LEAGUE)
    assert (row.reported, row.counted, row.low_code, row.above_998, row.refused) == (2, 0, "", 0, "no_data")
    assert found.gap_members.empty


# extremes


def test_extremes_are_named_with_difference_and_ratio() -> None:
    row = row_of(gaps(deaths(a=60, b=20, young=30)).gaps, region_code=LEAGUE)
    assert (row.low_code, row.low_value, row.high_code, row.high_value) == (B, 20.0, A, 60.0)
    assert (row.difference, row.ratio) == (40.0, 3.0)


def test_of_equal_extremes_the_first_by_code_is_named() -> None:
    row = row_of(gaps(deaths(a=20, b=20, young=20)).gaps, region_code=LEAGUE)
    assert (row.low_code, row.high_code, row.ratio) == (A, A, 1.0)


@cases(
    """
    a  | b  | young | low    | high
    60 | 20 | 19    | 150103 | 150102
    60 | 19 | 0     | —      | —
    19 | 19 | 19    | —      | —
    """
)
def test_extremes_are_of_stable_values_and_absent_where_most_are_not(
    a: int, b: int, young: int, low: int | None, high: int | None
) -> None:
    row = row_of(gaps(deaths(a=a, b=b, young=young)).gaps, region_code=LEAGUE)
    assert (row.low_code, row.high_code) == (str(low or ""), str(high or ""))
    assert math.isnan(row.difference) == (low is None)


# the funnel


def test_areas_outside_the_funnel_are_counted_by_side_and_named_beyond_the_outer_limit() -> None:
    found = gaps(deaths(a=400, b=100, young=100))
    row = row_of(found.gaps, region_code=LEAGUE)  # around 200
    assert (row.above_998, row.above_95, row.below_95, row.below_998) == (1, 0, 0, 2)
    assert (row.above_codes, row.below_codes) == (A, f"{B};{YOUNG}")
    states = {m.member_code: m.state for m in rows_of(found.gap_members, region_code=LEAGUE, scope="children")}
    assert states == {A: "above_998", B: "below_998", YOUNG: "below_998"}


def test_one_death_in_a_small_area_is_inside() -> None:
    rows = [
        counted(1, 800, region_code=A),
        counted(14, 99_200, region_code=B),
        counted(15, 100_000, region_code=LEAGUE),
    ]
    found = gaps(rows)
    member = row_of(found.gap_members, region_code=LEAGUE, member_code=A)
    assert (member.value, member.state, member.stability) == (125.0, "inside", "hidden")
    assert row_of(found.gaps, region_code=LEAGUE).contradicted == 0


def test_without_counts_of_the_region_itself_there_is_no_funnel() -> None:
    rows = [*deaths(a=400, b=100)[:-1], observation(250.0, region_code=LEAGUE)]
    row = row_of(gaps(rows).gaps, region_code=LEAGUE)
    assert (row.above_998, row.below_998) == (0, 0)
    assert row.refused == ""  # the areas can still be compared with one another


def test_members_are_kept_of_the_main_indicators_only() -> None:
    assert gaps(deaths(a=30, b=30), method=method(gap_indicators=("coverage",))).gap_members.empty


def test_a_numerator_above_its_denominator_is_not_compared() -> None:
    rows = [
        counted(n, 10, 100, region_code=code, indicator_id="coverage") for code, n in ((A, 12), (B, 9), (LEAGUE, 10))
    ]
    row = row_of(gaps(rows, targets=[target(">=", 90, indicator="coverage")]).gaps, region_code=LEAGUE)
    assert (row.reported, row.counted) == (2, 1)


# the years of the members


def test_the_years_are_those_of_the_indicator_whose_stable_values_lie_farthest_apart() -> None:
    goals = [target(), target(">=", 90, indicator="coverage", id="u")]
    shares = [
        counted(n, 1000, 100, region_code=c, indicator_id="coverage") for c, n in ((A, 900), (B, 100), (LEAGUE, 500))
    ]
    how = {"targets": goals, "method": method(gap_indicators=("deaths", "coverage"))}
    found = rows_of(gaps([*deaths(a=60, b=30), *shares], **how).member_series, region_code=LEAGUE)
    assert [(m.member_code, m.year, m.indicator_id, m.value) for m in found] == [
        (A, 2020, "coverage", 90.0),
        (B, 2020, "coverage", 10.0),
    ]
    found = rows_of(gaps([*deaths(a=300, b=20), *shares], **how).member_series, region_code=LEAGUE)
    assert {m.indicator_id for m in found} == {"deaths"}


def test_years_of_another_definition_are_left_out_and_members_keep_their_order() -> None:
    old = [
        counted(50, 100_000, region_code=A, year=2010, definition="old"),
        counted(50, 100_000, region_code=B, year=2010),
    ]
    found = rows_of(gaps([*deaths(b=60, a=30), *old]).member_series, region_code=LEAGUE)
    assert [(m.member_code, m.year, m.events, m.verdict) for m in found] == [
        (A, 2020, 30.0, "not_met"),
        (B, 2010, 50.0, "not_met"),
        (B, 2020, 60.0, "not_met"),
    ]


def test_members_that_the_target_does_not_bind_have_years_without_a_verdict() -> None:
    found = gaps(deaths(a=30, b=60), codes=(LEAGUE,)).member_series
    assert [(m.member_code, m.verdict) for m in rows_of(found)] == [(A, ""), (B, "")]


def test_where_most_values_are_not_stable_there_are_no_years() -> None:
    assert gaps(deaths(a=19, b=19, young=30)).member_series.empty


# targets met


def test_how_many_met_and_of_how_many_others_that_is_sure() -> None:
    row = row_of(gaps(deaths(a=10, b=22, young=80)).gaps, region_code=LEAGUE)  # target <= 20 in 100,000
    assert (row.judged, row.met, row.contradicted) == (3, 1, 1)


def test_a_target_that_does_not_bind_the_members_is_not_judged() -> None:
    row = row_of(gaps(deaths(a=10, b=30), targets=[target(applies_to=("league",))]).gaps, region_code=LEAGUE)
    assert (row.judged, row.met) == (0, 0)


def test_the_counts_of_verdicts_stand_by_region_in_code_order() -> None:
    table = gaps(deaths(a=10, b=30, young=10)).subregions
    own = rows_of(table, region_code=LEAGUE)
    assert [(r.member_code, r.met, r.not_met) for r in own] == [(A, 1, 0), (B, 0, 1), (YOUNG, 1, 0)]


def test_where_most_members_have_no_verdict_their_counts_are_not_told() -> None:
    assert rows_of(gaps(deaths(a=10)).subregions, region_code=LEAGUE) == []


# town and country


def pair(rural: tuple[int, int], urban: tuple[int, int], year: int = 2020, **more: Any) -> list[dict[str, Any]]:
    facts = {"region_code": LEAGUE, "year": year, **more}
    return [
        counted(*rural, stratum="rural", **facts),
        counted(*urban, stratum="urban", **facts),
        counted(rural[0] + urban[0], rural[1] + urban[1], **facts),
    ]


def test_country_less_town_at_both_ends_and_the_change() -> None:
    found = gaps([*pair((60, 100_000), (30, 100_000), 2010), *pair((30, 100_000), (20, 100_000))])
    row = row_of(found.town_country, region_code=LEAGUE)
    assert (row.baseline_difference, row.baseline_ratio) == (30.0, 2.0)
    assert (row.final_difference, row.final_ratio) == (10.0, 1.5)
    assert row.baseline_difference_low > 0 > row.final_difference_low
    assert row.baseline_ratio_low > 1 > row.final_ratio_low
    assert row.change == -20.0
    assert row.change_low < -20 < row.change_high


def test_of_proportions_the_difference_has_an_interval_and_the_ratio_none() -> None:
    rows = pair((90, 100), (95, 100), indicator_id="coverage", per=100)
    row = row_of(gaps(rows, targets=[target(">=", 90, indicator="coverage")]).town_country, region_code=LEAGUE)
    assert row.final_difference == -5.0
    assert -15 < row.final_difference_low < -5 < row.final_difference_high < 5
    assert math.isnan(row.final_ratio_low)


def test_published_values_have_a_difference_and_no_interval() -> None:
    values = {("rural", 2010): 30.1, ("urban", 2010): 29.7, ("rural", 2020): 18.5, ("urban", 2020): 14.1}
    rows = [observation(v, stratum=s, year=y, value_text=str(v)) for (s, y), v in values.items()]
    row = row_of(gaps([*rows, observation(16.9)]).town_country, region_code=PROVINCE)
    assert (row.baseline_difference, row.final_difference, row.change) == (0.4, 4.4, 4.0)
    assert math.isnan(row.final_difference_low)
    assert math.isnan(row.change_low)
    assert row.final_rural_value_text == "18.5"


@pytest.mark.parametrize("spoiled", [{"definition": "other"}, {"bound": ">="}])
def test_unlike_values_have_no_difference(spoiled: dict[str, str]) -> None:
    rows = [observation(18.5, stratum="rural"), observation(14.1, stratum="urban", **spoiled), observation(16.9)]
    row = row_of(gaps(rows).town_country, region_code=PROVINCE)
    assert math.isnan(row.final_difference)
    assert row.final_urban_value == 14.1


def test_a_region_without_both_has_no_row() -> None:
    assert gaps([observation(18.5, stratum="rural"), observation(16.9)]).town_country.empty


def test_regions_are_in_code_order_and_stand_together() -> None:
    codes = gaps(deaths(a=30, b=30)).gaps["region_code"].tolist()
    assert codes == sorted(codes)
    assert set(codes) <= set(REGIONS)
