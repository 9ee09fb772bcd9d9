"""Absolute, relative and directional targets: the final value, unrounded, against what was promised."""

from fractions import Fraction

import pytest

from builders import cases, counted, evaluate_one, observation, series, target


@cases(
    """
    operator | demanded | value   | verdict
    <=       | 14.5     | 14.92   | not_met
    <=       | 14.5     | 14.5001 | not_met
    <=       | 14.5     | 14.5    | met
    <=       | 14.5     | 14.4999 | met
    <=       | 14.5     | 0       | met
    <        | 5        | 5       | not_met
    <        | 5        | 4.9999  | met
    <        | 5        | 5.0001  | not_met
    >=       | 90       | 90      | met
    >=       | 90       | 89.9999 | not_met
    >=       | 100      | 99.97   | not_met
    >=       | 100      | 99.9999 | not_met
    >=       | 100      | 100     | met
    >        | 98       | 98      | not_met
    >        | 98       | 98.0001 | met
    >        | 98       | 97.9999 | not_met
    """
)
def test_an_absolute_target_is_judged_unrounded(operator: str, demanded: float, value: float, verdict: str) -> None:
    assert evaluate_one([observation(value)], target(operator, demanded)).verdict == verdict


@cases(
    """
    id    | value | operator | demanded | events | births | verdict
    AT-01 | 14.92 | <=       | 14.5     | —      | —      | not_met
    AT-02 | 14.5  | <=       | 14.5     | —      | —      | met
    AT-03 | 5     | <        | 5        | —      | —      | not_met
    AT-08 | 99.97 | >=       | 100      | —      | —      | not_met
    AT-11 | 0     | <=       | 14.5     | 0      | 8420   | met
    """
)
def test_the_reference_cases_of_target_attainment(
    id: str,  # noqa: A002
    value: float,
    operator: str,
    demanded: float,
    events: int | None,
    births: int | None,
    verdict: str,
) -> None:
    result = evaluate_one([observation(value, numerator=events, denominator=births)], target(operator, demanded))
    assert result.verdict == verdict
    if id == "AT-11":
        assert result.evidence == "compatible", "few births: met on the point value, not confirmed"


@cases(
    """
    events | births | demanded | verdict
    29     | 200000 | 14.5     | met
    30     | 200000 | 14.5     | not_met
    61     | 500000 | 12.2     | met
    1      | 3      | 33333    | not_met
    """
)
def test_a_rate_of_counts_is_judged_unrounded(events: int, births: int, demanded: float, verdict: str) -> None:
    assert evaluate_one([counted(events, births)], target("<=", demanded)).verdict == verdict


@cases(
    """
    fraction | baseline | value   | verdict
    2/3      | 18.3     | 12.2    | met
    2/3      | 18.3     | 12.2001 | not_met
    2/3      | 18.3     | 12.1999 | met
    5/6      | 21.6     | 18.0    | met
    5/6      | 21.6     | 18.01   | not_met
    2/3      | 10       | 6.66    | met
    2/3      | 10       | 6.67    | not_met
    2/3      | 0.3      | 0.2     | met
    1/3      | 0.9      | 0.3     | met
    2/3      | 0        | 0       | met
    """
)
def test_a_relative_target_takes_an_exact_fraction_of_the_baseline(
    fraction: str, baseline: float, value: float, verdict: str
) -> None:
    assert evaluate_one(f"2010={baseline} 2020={value}", target("<=", fraction)).verdict == verdict


@pytest.mark.parametrize("fraction", ["2/3", "5/6"])
def test_a_relative_target_is_met_on_the_boundary_of_counted_rates(fraction: str) -> None:
    """Two thirds of the deaths among as many births is two thirds of the rate: no last bit may miss the target."""
    part, failed = Fraction(fraction), []
    for births in (7, 9_999, 123_457):
        for before in range(part.denominator, min(births, 40), part.denominator):
            after = int(before * part)
            rows = [counted(before, births, year=2010), counted(after, births)]
            if evaluate_one(rows, target("<=", fraction)).verdict != "met":
                failed.append(f"{before} → {after} in {births}")
    assert not failed


@cases(
    """
    operator | baseline | value   | verdict
    decrease | 17.47    | 10.4    | met
    decrease | 17.47    | 17.4699 | met
    decrease | 17.47    | 17.47   | not_met
    decrease | 17.47    | 17.4701 | not_met
    decrease | 0        | 0       | not_met
    increase | 77.37    | 80.88   | met
    increase | 77.37    | 77.3701 | met
    increase | 77.37    | 77.37   | not_met
    increase | 77.37    | 77.3699 | not_met
    """
)
def test_a_directional_target_is_a_strict_inequality_against_the_baseline(
    operator: str, baseline: float, value: float, verdict: str
) -> None:
    assert evaluate_one(f"2010={baseline} 2020={value}", target(operator)).verdict == verdict


@cases(
    """
    operator | history                                                           | verdict
    decrease | 2010=10 2011=9 2012=8 2013=7 2014=6 2015=5 2016=4 2020=10         | not_met
    decrease | 2010=10 2011=12 2012=13 2013=14 2014=15 2015=16 2016=17 2020=9.99 | met
    """
)
def test_the_trend_stands_beside_a_directional_verdict_and_does_not_make_it(
    operator: str, history: str, verdict: str
) -> None:
    assert evaluate_one(history, target(operator)).verdict == verdict


def test_the_baseline_is_the_targets_own_region_and_stratum() -> None:
    rows = [
        *series("2010=30.1 2020=18.5", stratum="rural"),
        *series("2010=10 2020=99", stratum="urban"),
        *series("2010=10 2020=99", stratum="rural", region_code="100000"),
    ]
    result = evaluate_one(rows, target("decrease", stratum="rural"))
    assert (result.verdict, result.baseline_value, result.value) == ("met", 30.1, 18.5)
