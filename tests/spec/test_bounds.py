"""A bound (`99 %以上`) decides where it can, and says nothing where it cannot."""

from builders import cases, evaluate_one, target


@cases(
    """
    value  | operator | demanded | verdict
    >=99   | >=       | 98       | met
    >=99   | >=       | 99       | met
    >=99   | >=       | 99.5     | no_data
    >=99   | >        | 98       | met
    >=99   | >        | 99       | no_data
    >=99   | >        | 99.5     | no_data
    >=99   | <=       | 98       | not_met
    >=99   | <=       | 99       | no_data
    >=99   | <=       | 99.5     | no_data
    >=99   | <        | 98       | not_met
    >=99   | <        | 99       | not_met
    >=99   | <        | 99.5     | no_data
    <=5    | <=       | 6        | met
    <=5    | <=       | 5        | met
    <=5    | <=       | 4        | no_data
    <=5    | <        | 6        | met
    <=5    | <        | 5        | no_data
    <=5    | <        | 4        | no_data
    <=5    | >=       | 6        | not_met
    <=5    | >=       | 5        | no_data
    <=5    | >=       | 4        | no_data
    <=5    | >        | 6        | not_met
    <=5    | >        | 5        | not_met
    <=5    | >        | 4        | no_data
    """
)
def test_a_bound_against_an_absolute_target(value: str, operator: str, demanded: float, verdict: str) -> None:
    result = evaluate_one(f"2020{value}", target(operator, demanded))
    assert result.verdict == verdict
    assert result.reason == ("bound_inconclusive" if verdict == "no_data" else "")


@cases(
    """
    baseline | value  | operator | verdict
    =97.8    | >=99   | increase | met
    =99      | >=99   | increase | no_data
    =99.5    | >=99   | increase | no_data
    =98      | >=99   | decrease | not_met
    =99      | >=99   | decrease | not_met
    =99.5    | >=99   | decrease | no_data
    =6       | <=5    | decrease | met
    =5       | <=5    | decrease | no_data
    =4       | <=5    | increase | no_data
    =5       | <=5    | increase | not_met
    =6       | <=5    | increase | not_met
    >=95     | =94.9  | increase | not_met
    >=95     | =95    | increase | not_met
    >=95     | =96    | increase | no_data
    >=95     | =94.9  | decrease | met
    >=95     | =95    | decrease | no_data
    >=95     | >=96   | increase | no_data
    <=95     | >=96   | increase | met
    <=95     | >=95   | increase | no_data
    """
)
def test_a_bound_against_a_direction(baseline: str, value: str, operator: str, verdict: str) -> None:
    result = evaluate_one(f"2010{baseline} 2020{value}", target(operator))
    assert result.verdict == verdict
    assert result.reason == ("bound_inconclusive" if verdict == "no_data" else "")


@cases(
    """
    baseline | value | verdict
    =30      | <=20  | met
    =30      | <=21  | no_data
    =30      | >=21  | not_met
    =30      | >=20  | no_data
    >=30     | =20   | met
    >=30     | =21   | no_data
    <=30     | =21   | not_met
    <=30     | =20   | no_data
    """
)
def test_a_bound_against_two_thirds_of_the_baseline(baseline: str, value: str, verdict: str) -> None:
    result = evaluate_one(f"2010{baseline} 2020{value}", target("<=", "2/3"))
    assert result.verdict == verdict
    assert result.reason == ("bound_inconclusive" if verdict == "no_data" else "")
