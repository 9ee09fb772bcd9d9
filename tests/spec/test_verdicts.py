"""The closed list of verdicts, and why there is none."""

from typing import Any

import pandas as pd
import pytest

from builders import (
    a_round,
    cases,
    evaluate_one,
    evaluated,
    joined,
    judgement,
    observation,
    observations,
    series,
    target,
)

BOTH = joined(target("<=", 20), target(">=", 90, indicator="coverage"))


def both(deaths: float | None, coverage: float | None) -> list[dict[str, Any]]:
    values = (("deaths", deaths), ("coverage", coverage))
    return [observation(value, indicator_id=name) for name, value in values if value is not None]


@cases(
    """
    deaths | coverage | verdict
    20     | 90       | met
    21     | 90       | not_met
    20     | 89       | not_met
    21     | 89       | not_met
    21     | —        | not_met
    —      | 89       | not_met
    20     | —        | no_data
    —      | 90       | no_data
    —      | —        | no_data
    """
)
def test_of_several_measures_all_must_be_met_and_one_miss_decides(
    deaths: float | None, coverage: float | None, verdict: str
) -> None:
    result = evaluate_one(both(deaths, coverage), BOTH)
    assert result.verdict == verdict
    assert result.reason == ("no_final_year" if verdict == "no_data" else "")


def test_several_values_belong_to_the_measures_in_order() -> None:
    aim = joined(target("<=", 38, indicator="anaemia"), target("<=", 60, indicator="infant"), target("<=", 70))
    rows = [observation(v, indicator_id=name) for name, v in (("anaemia", 38), ("infant", 60), ("deaths", 70))]
    assert evaluate_one(rows, aim).verdict == "met"
    swapped = [observation(v, indicator_id=name) for name, v in (("anaemia", 60), ("infant", 38), ("deaths", 70))]
    assert evaluate_one(swapped, aim).verdict == "not_met"


@cases(
    """
    kind        | history         | reason
    absolute    | 2019=1          | no_final_year
    absolute    | 2010=1          | no_final_year
    absolute    | 2020<=30        | bound_inconclusive
    relative    | 2020=1          | no_baseline
    relative    | 2011=9 2020=1   | no_baseline
    relative    | 2010=9          | no_final_year
    relative    | 2010=9 2020<=30 | bound_inconclusive
    directional | 2020=1          | no_baseline
    directional | 2011=9 2020=1   | no_baseline
    directional | 2010=9          | no_final_year
    directional | 2010=9 2020<=9  | bound_inconclusive
    """
)
def test_no_data_names_its_reason(kind: str, history: str, reason: str) -> None:
    aim = {"absolute": target(), "relative": target("<=", "2/3"), "directional": target("decrease")}[kind]
    result = evaluate_one(history, aim)
    assert (result.verdict, result.reason) == ("no_data", reason)


@pytest.mark.parametrize("aim", [target(), target("<=", "2/3"), target("decrease")])
def test_no_observation_at_all_is_no_data(aim: Any) -> None:
    result = evaluate_one([], aim)
    assert (result.verdict, result.reason) == ("no_data", "no_final_year")


def test_a_refused_value_is_no_data_and_says_so() -> None:
    result = evaluate_one([observation(None, missing_reason="refused")])
    assert (result.verdict, result.reason) == ("no_data", "refused")


def test_missing_is_never_zero() -> None:
    result = evaluate_one([observation(None)], target("<=", 20))
    assert result.verdict == "no_data"
    assert pd.isna(result.value)


def test_an_older_value_is_kept_with_its_year_and_changes_nothing() -> None:
    result = evaluate_one("2015=1.0 2018=75.5", target(">=", 70))
    assert (result.verdict, result.reason) == ("no_data", "no_final_year")
    assert (result.last_year, result.last_value) == (2018, 75.5)


@cases(
    """
    final_year | verdict
    2019       | met
    2020       | not_met
    2021       | met
    """
)
def test_the_final_years_value_decides_alone(final_year: int, verdict: str) -> None:
    history = "2010=99 2011=1 2019=19 2020=21 2021=3"
    assert evaluate_one(history, round=a_round(final_year=final_year)).verdict == verdict


def test_years_outside_baseline_to_final_are_not_read() -> None:
    inside = series("2010=30 2012=24.5 2014=21.7 2016=19.9 2018=18.3 2020=16.9")
    outside = series("2005=1 2008=2 2009=3 2021=99 2022=99 2025=99")
    for aim in (target(), target("<=", "2/3"), target("decrease")):
        alone, among = (evaluated(rows, [aim]) for rows in (inside, [*outside, *inside]))
        pd.testing.assert_frame_equal(alone.measures, among.measures)
        pd.testing.assert_frame_equal(alone.evaluations, among.evaluations)
    only_outside = evaluate_one(outside)
    assert (only_outside.verdict, only_outside.last_year, only_outside.trend_n) == ("no_data", -1, 0)


@cases(
    """
    code   | level    | verdict
    100000 | nation   | met
    150000 | province | met
    150100 | league   | not_applicable
    150102 | banner   | not_applicable
    """
)
def test_a_target_binds_the_levels_it_names(code: int, level: str, verdict: str) -> None:
    aim = target(applies_to=("nation", "province"))
    assert evaluate_one("2020=1", aim, str(code)).verdict == verdict, level


def test_not_applicable_needs_no_data_and_gives_no_reason() -> None:
    result = evaluate_one([], target(applies_to=("nation",)))
    assert (result.verdict, result.reason, result.flags) == ("not_applicable", "", set())


QUALITATIVE = target(kind="qualitative")


def test_a_qualitative_target_is_pending_without_a_persons_verdict() -> None:
    result = evaluate_one([], QUALITATIVE)
    assert (result.verdict, result.reason, result.evidence) == ("pending", "", "not_assessed")


@pytest.mark.parametrize("verdict", ["met", "not_met"])
def test_a_person_judges_a_qualitative_target(verdict: str) -> None:
    judgements = {("150000", "o:t"): judgement(verdict)}
    assert evaluate_one([], QUALITATIVE, judgements=judgements).verdict == verdict
    assert evaluate_one([], QUALITATIVE, "100000", judgements=judgements).verdict == "pending", "of another region"


def test_a_persons_verdict_never_stands_for_a_figure() -> None:
    judgements = {("150000", "o:t"): judgement("met")}
    assert evaluate_one([], target(), judgements=judgements).verdict == "no_data"
    assert evaluate_one("2020=99", target(), judgements=judgements).verdict == "not_met"


def test_a_qualitative_target_of_another_level_is_not_applicable() -> None:
    aim = target(kind="qualitative", applies_to=("nation",))
    assert evaluate_one([], aim, judgements={("150000", "o:t"): judgement()}).verdict == "not_applicable"


def test_the_order_of_the_observations_changes_nothing() -> None:
    rows = [
        *series("2010=30 2012=24.5 2014=21.7 2016=19.9 2018=18.3 2020=16.9"),
        *series("2010=84.1 2020=92.7", indicator_id="coverage"),
        *series("2010=29 2020=17", region_code="100000"),
    ]
    targets = [target(), target(">=", 85, id="c", indicator="coverage"), target("decrease", id="d")]
    straight, reverse = (evaluated(r, targets, ["100000", "150000"]) for r in (rows, rows[::-1]))
    pd.testing.assert_frame_equal(straight.measures, reverse.measures)
    pd.testing.assert_frame_equal(straight.evaluations, reverse.evaluations)


def test_one_evaluation_a_region_and_target_in_the_given_order() -> None:
    targets = [target(id="b"), target(id="a", kind="qualitative"), target(id="c", applies_to=("nation",))]
    table = evaluated([observation(1)], targets, ["150102", "100000"]).evaluations
    assert list(zip(table["region_code"], table["target"], strict=True)) == [
        (code, f"o:{name}") for code in ("150102", "100000") for name in "bac"
    ]


def test_the_observations_are_left_as_they_are() -> None:
    table = observations(series("2010=30 2020=16.9"))
    before = table.copy()
    evaluate_one(table.to_dict("records"))
    pd.testing.assert_frame_equal(table, before)
