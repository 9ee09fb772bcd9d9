"""Flags stand beside the verdict, never instead of it: 提前达标, 基期已达标, 达标但退步, 目标宽于现值, 基本实现."""

from typing import Any

import pytest

from builders import REGIONS, a_round, cases, evaluate_one, joined, method, observation, series, target
from endline.regions import Regions

IMR = target("<=", 10, indicator="infant")


@cases(
    """
    history                                             | since | by
    2012=10.3 2013=9.5 2014=8.9 2020=5.4                | 2013  | no
    2010=13.1 2012=10.3 2013=9.5 2014=8.9 2020=5.4      | 2013  | no
    2010=13.1 2011=12 2014=8.9 2015=8.1 2020=5.4        | 2014  | yes
    2014=8.9 2015=8.1 2020=5.4                          | 2014  | yes
    2015=9 2016=11 2017=9 2018=9 2020=5.4               | 2017  | no
    2018=11 2020=5.4                                    | —     | no
    2019=11 2020=5.4                                    | —     | no
    2020=5.4                                            | —     | no
    2019=9 2020=11                                      | —     | no
    2018=9 2019=9                                       | —     | no
    2010=9 2011=9 2020=9                                | 2010  | no
    2010=9 2020=9                                       | 2010  | no
    2019=10 2020=10                                     | 2019  | yes
    2018=11 2019=10 2020=10                             | 2019  | no
    """
)
def test_early_since_a_year_or_by_a_year_with_a_gap_before_it(history: str, since: int | None, by: bool) -> None:
    result = evaluate_one(history, IMR)
    assert ("early" in result.flags) == (since is not None)
    if since:
        assert (result.early_year, result.early_gap) == (since, by)


@cases(
    """
    history                       | since | by
    2017=11 2018<=12 2019=9 2020=9 | 2019  | yes
    2017=9 2018<=12 2019=9 2020=9  | 2019  | yes
    2017=9 2018<=12 2019<=12 2020=9 | —    | no
    2017=11 2018<=9 2019=9 2020=9  | 2018  | no
    2017=11 2018>=12 2019=9 2020=9 | 2019  | no
    """
)
def test_a_year_whose_bound_cannot_decide_does_not_meet_and_hides_when_it_began(
    history: str, since: int | None, by: bool
) -> None:
    result = evaluate_one(history, IMR)
    assert ("early" in result.flags) == (since is not None)
    if since:
        assert (result.early_year, result.early_gap) == (since, by)


def test_early_looks_at_no_year_outside_the_round() -> None:
    result = evaluate_one("2005=3 2009=3 2010=12 2019=9 2020=9 2021=99", IMR)
    assert result.early_year == 2019
    assert "early" in evaluate_one("2013=9 2014=9 2015=8.1 2016=99", IMR, round=a_round(final_year=2015)).flags


def test_a_refused_year_is_a_gap_before() -> None:
    rows = [
        *series("2017=11 2019=9 2020=9", indicator_id="infant"),
        observation(None, year=2018, indicator_id="infant", missing_reason="refused"),
    ]
    result = evaluate_one(rows, IMR)
    assert (result.early_year, result.early_gap) == (2019, True)


@cases(
    """
    before               | since         | early
    2010=9 2015=9 2016=9 | 2017=9 2020=9 | 2017
    2010=9 2011=11       | 2015=9 2020=9 | 2015
    2010=9 2016=11       | 2017=9 2020=9 | 2017
    2010=9 2016=9        | 2017=11 2020=9 | —
    2010=9 2019=9        | 2020=9        | —
    """
)
@pytest.mark.parametrize("of", ["definition", "boundary"])
def test_nothing_counts_that_lies_before_a_break(before: str, since: str, early: int | None, of: str) -> None:
    """A value of another definition, or of other boundaries, does not say when the target of today was first met."""
    marks, register = {"definition": "old"}, REGIONS
    if of == "boundary":
        changed = REGIONS["150000"].model_copy(update={"changed": since[:4]})
        marks, register = {}, Regions({**REGIONS, "150000": changed}.values())
    rows = [*series(before, indicator_id="infant", **marks), *series(since, indicator_id="infant")]
    result = evaluate_one(rows, IMR, regions=register)
    assert (result.verdict, result.flags) == ("met", {"early"} if early else set())
    if early:
        assert (result.early_year, result.early_gap) == (early, True)


def test_a_definition_that_comes_back_does_not_bridge_the_break() -> None:
    rows = [*series("2010=9 2011=9 2013=9 2020=9", indicator_id="infant")]
    rows.append(observation(9, year=2012, indicator_id="infant", definition="other"))
    result = evaluate_one(rows, IMR)
    assert (result.flags, result.early_year, result.early_gap) == ({"early"}, 2013, True)


def test_without_a_final_value_the_baseline_is_set_beside_the_latest_one() -> None:
    rows = [*series("2010=9", indicator_id="infant", definition="old")]
    assert "baseline_met" in evaluate_one(rows, IMR).flags
    rows += series("2015=9", indicator_id="infant")
    assert "baseline_met" not in evaluate_one(rows, IMR).flags


def test_a_missing_year_in_between_does_not_undo_early() -> None:
    result = evaluate_one("2012=11 2013=9 2016=8 2020=5", IMR)
    assert (result.early_year, result.early_gap) == (2013, False)


@cases(
    """
    operator | demanded | history          | flagged
    <=       | 20       | 2010=20 2020=10  | yes
    <=       | 20       | 2010=21 2020=10  | no
    <=       | 20       | 2010=10 2020=30  | yes
    <=       | 20       | 2010=10          | yes
    <=       | 20       | 2011=10 2020=10  | no
    <        | 20       | 2010=20 2020=10  | no
    >=       | 20       | 2010=20 2020=10  | yes
    >=       | 98       | 2010>=99 2020=99 | yes
    >=       | 98       | 2010>=97 2020=99 | no
    """
)
def test_the_baseline_had_met_the_target(operator: str, demanded: float, history: str, flagged: bool) -> None:
    assert ("baseline_met" in evaluate_one(history, target(operator, demanded)).flags) == flagged


@cases(
    """
    indicator | operator | demanded | history            | flagged
    deaths    | <=       | 20       | 2010=10 2020=15    | yes
    deaths    | <=       | 20       | 2010=15 2020=15    | no
    deaths    | <=       | 20       | 2010=15 2020=14    | no
    deaths    | <=       | 20       | 2010=10 2020=25    | no
    deaths    | <=       | 20       | 2020=15            | no
    coverage  | >=       | 80       | 2010=95 2020=85    | yes
    coverage  | >=       | 80       | 2010=85 2020=95    | no
    coverage  | >=       | 80       | 2010=95 2020=79    | no
    coverage  | >=       | 80       | 2010>=95 2020=85   | no
    """
)
def test_met_but_worse_than_the_baseline(
    indicator: str, operator: str, demanded: float, history: str, flagged: bool
) -> None:
    result = evaluate_one(history, target(operator, demanded, indicator=indicator))
    assert ("met_but_worse" in result.flags) == flagged


@cases(
    """
    kind     | history         | flagged
    baseline | 2010=3 2020=3   | yes
    baseline | 2010=21 2020=3  | yes
    baseline | 2020=3          | yes
    baseline | 2010=3 2020=20  | no
    baseline | 2010=3 2020=21  | no
    baseline | 2010=3          | no
    final    | 2010=3 2020=3   | no
    midterm  | 2010=3 2020=3   | no
    """
)
def test_a_target_is_called_looser_than_the_present_only_in_a_baseline_round(
    kind: str, history: str, flagged: bool
) -> None:
    assert ("looser_than_present" in evaluate_one(history, round=a_round(kind=kind)).flags) == flagged


NEAR = method(nearly_met_tolerance=0.005)


@cases(
    """
    operator | demanded | value  | tolerance | flagged
    <=       | 20       | 20.05  | off       | no
    <=       | 20       | 20.05  | on        | yes
    <=       | 20       | 20.1   | on        | yes
    <=       | 20       | 20.11  | on        | no
    <=       | 20       | 20     | on        | no
    <=       | 20       | 19.95  | on        | no
    >=       | 80       | 79.7   | on        | yes
    >=       | 80       | 79.6   | on        | yes
    >=       | 80       | 79.5   | on        | no
    >=       | 80       | 79.7   | off       | no
    >=       | 80       | 80.1   | on        | no
    """
)
def test_nearly_met_within_a_tolerance_that_is_off_by_default(
    operator: str, demanded: float, value: float, tolerance: str, flagged: bool
) -> None:
    how: dict[str, Any] = {"method": NEAR} if tolerance == "on" else {}
    result = evaluate_one([observation(value)], target(operator, demanded), **how)
    assert ("nearly_met" in result.flags) == flagged
    assert (result.verdict == "met") == (value <= demanded if operator == "<=" else value >= demanded)


def test_the_shipped_tolerance_is_off(params: Any) -> None:
    assert params.method.nearly_met_tolerance.value is None


def test_a_bound_that_misses_is_not_nearly_met() -> None:
    """`79.9以下` may be 10: nothing says that it is near."""
    assert "nearly_met" not in evaluate_one("2020<=79.9", target(">=", 80), method=NEAR).flags


def test_the_regions_mean_makes_no_nearly_met_of_a_failing_county() -> None:
    aim = target("<=", 1, kind="every_subunit", subunit="banner")
    rows = [observation(0.999), observation(50.0, region_code="150102")]
    result = evaluate_one(rows, aim, method=NEAR)
    assert (result.verdict, result.flags) == ("not_met", set())


def test_no_data_is_never_nearly_met() -> None:
    assert evaluate_one("2019=20.05", method=NEAR).flags == set()


@pytest.mark.parametrize(
    ("coverage", "flagged"),
    [("2018=95 2019=95 2020=95", True), ("2018=85 2019=85 2020=95", False), ("2019=95", False)],
)
def test_a_target_of_several_measures_is_early_only_if_all_are(coverage: str, flagged: bool) -> None:
    aim = joined(target("<=", 20), target(">=", 90, indicator="coverage"))
    rows = [*series("2018=10 2019=10 2020=10"), *series(coverage, indicator_id="coverage")]
    assert ("early" in evaluate_one(rows, aim).flags) == flagged


@pytest.mark.parametrize("history", ["2010=5 2020=25", "2010=30 2019=15 2020=15", "2010=10 2020=15"])
@pytest.mark.parametrize("kind", ["final", "baseline"])
def test_no_flag_changes_a_verdict(history: str, kind: str) -> None:
    plain, flagged = (evaluate_one(history, round=a_round(kind=kind), **how) for how in ({}, {"method": NEAR}))
    assert plain.verdict == flagged.verdict
