"""The change since the baseline: exact in decimals, and as a share of the change aimed at."""

import math

from builders import cases, evaluate_one, observation, target


@cases(
    """
    baseline | final | change | percent
    16.4     | 7.5   | -8.9   | -54.27
    14.1     | 18.5  | 4.4    | 31.21
    84.1     | 91.6  | 7.5    | 8.92
    30.0     | 16.9  | -13.1  | -43.67
    30.0     | 18.3  | -11.7  | -39.00
    0.3      | 0.1   | -0.2   | -66.67
    10.0     | 10.0  | 0.0    | 0.0
    0.0      | 1.1   | 1.1    | —
    """
)
def test_the_change_is_the_exact_difference_of_the_figures(
    baseline: float, final: float, change: float, percent: float | None
) -> None:
    result = evaluate_one(f"2010={baseline} 2020={final}")
    assert result.change == change, "to the last bit: 7.5 − 16.4 is −8.9"
    assert math.isnan(result.change_percent) if percent is None else round(result.change_percent, 2) == percent


@cases(
    """
    baseline | final  | percent
    20.0     | 20.29  | 1.45
    80.0     | 80.28  | 0.35
    40.0     | 40.58  | 1.45
    1.6      | 1.604  | 0.25
    """
)
def test_a_percentage_on_the_rounding_boundary_is_exact(baseline: float, final: float, percent: float) -> None:
    """Rounded half up to one decimal, 1.45 % must print 1.5: a last bit too low would print 1.4."""
    assert evaluate_one(f"2010={baseline} 2020={final}").change_percent == percent


@cases(
    """
    history           | why
    2020=5            | no baseline
    2010=5            | no final value
    2010=5 2019=4     | the latest value is not the final one
    2010>=5 2020=9    | the baseline is only a bound
    2010=97 2020>=99  | the final value is only a bound
    """
)
def test_no_change_without_two_figures(history: str, why: str) -> None:
    result = evaluate_one(history)
    assert math.isnan(result.change), why
    assert math.isnan(result.change_percent), why


def test_no_change_across_a_break_in_the_definition() -> None:
    rows = [observation(5, year=2010, definition="农村"), observation(4, definition="县")]
    assert math.isnan(evaluate_one(rows).change)


@cases(
    """
    operator | demanded | history         | percent
    <=       | 20       | 2010=30 2020=25 | 50
    <=       | 20       | 2010=30 2020=20 | 100
    <=       | 20       | 2010=30 2020=15 | 150
    <=       | 20       | 2010=30 2020=30 | 0
    <=       | 20       | 2010=30 2020=35 | -50
    <=       | 20       | 2010=20 2020=15 | —
    <=       | 20       | 2010=19 2020=15 | —
    <=       | 20       | 2010=19 2020=25 | —
    <=       | 20       | 2020=15         | —
    <=       | 20       | 2010=30         | —
    <        | 20       | 2010=20 2020=15 | —
    >=       | 90       | 2010=80 2020=85 | 50
    >=       | 90       | 2010=95 2020=85 | —
    <=       | 2/3      | 2010=30 2020=25 | 50
    <=       | 2/3      | 2010=30 2020=20 | 100
    decrease | —        | 2010=30 2020=25 | —
    increase | —        | 2010=30 2020=35 | —
    """
)
def test_percentage_of_the_targeted_change(
    operator: str, demanded: float | str | None, history: str, percent: float | None
) -> None:
    found = evaluate_one(history, target(operator, demanded)).targeted_percent
    assert math.isnan(found) if percent is None else found == percent
