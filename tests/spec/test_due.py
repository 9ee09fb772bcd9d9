"""Before a target is due: what a baseline and an interim round say, and the yearly change still required."""

import pytest

from builders import a_round, cases, evaluate_one, evaluated, joined, judgement, series, target
from endline.evaluation import tally
from endline.model import Verdict

START = a_round(kind="baseline", baseline_year=2015, final_year=2020)
MIDTERM = a_round(kind="midterm", baseline_year=2020, final_year=2025)
DUE_2025, DUE_2030 = {"due_year": 2025}, {"due_year": 2030}


@cases(
    """
    operator | demanded | history           | verdict     | reason
    <=       | 20       | 2015=30 2020=20   | already_met |
    <        | 20       | 2015=30 2020=20   | not_yet     |
    <=       | 20       | 2015=10 2020=20.1 | not_yet     |
    <=       | 20       | 2015=10           | no_data     | no_final_year
    <=       | 20       | 2020<=20          | already_met |
    >=       | 20       | 2020<=20          | no_data     | bound_inconclusive
    """
)
def test_a_baseline_round_sets_the_present_against_what_is_demanded_later(
    operator: str, demanded: int, history: str, verdict: str, reason: str
) -> None:
    found = evaluate_one(history, target(operator, demanded, **DUE_2025), round=START)
    assert (found.verdict, found.reason) == (verdict, reason or "")


@pytest.mark.parametrize("kind", [{"operator": "decrease", "value": None}, {"operator": "<=", "value": "5/6"}])
def test_a_change_that_starts_where_the_baseline_round_ends_cannot_be_judged(kind: dict[str, str]) -> None:
    aim = target(kind["operator"], kind["value"], baseline_year=2020, **DUE_2025)
    found = evaluate_one("2015=30 2020=20", aim, round=START)
    assert (found.verdict, found.reason) == (Verdict.NO_DATA, "at_baseline")


@cases(
    """
    values                                | verdict     | reason
    2020=16 2025=12                       | already_met |
    2020=20 2021=19 2022=18 2023=17 2024=16 2025=15 | on_track |
    2020=15 2021=15.1 2022=15.2 2023=15.3 2024=15.4 2025=15.5 | off_track |
    2020=20 2021=13 2022=19 2023=14 2024=18 2025=15 | uncertain |
    2020=16 2025=15                       | uncertain   | too_few_points
    2020=16 2024=11                       | no_data     | no_final_year
    2020=20 2021=19 2022=18 2023=17 2024=16 | on_track  |
    """
)
def test_an_interim_round_asks_where_the_trend_leads_with_its_interval(values: str, verdict: str, reason: str) -> None:
    found = evaluate_one(values, target("<=", 12, **DUE_2030), round=MIDTERM)
    assert (found.verdict, found.reason) == (verdict, reason or "")
    assert found.projected_year == 2030


@cases(
    """
    values                                            | verdict
    2020=20 2025=19                                   | already_met
    2020=20 2021=21 2022=22 2023=23 2024=24 2025=25   | off_track
    2020=20 2025=21                                   | uncertain
    """
)
def test_a_direction_is_projected_against_its_baseline(values: str, verdict: str) -> None:
    assert (
        evaluate_one(values, target("decrease", None, baseline_year=2020, **DUE_2030), round=MIDTERM).verdict == verdict
    )


def test_what_each_sub_unit_must_meet_is_not_projected() -> None:
    aim = target("<=", 12, kind="every_subunit", subunit="banner", **DUE_2030)
    found = evaluate_one("2020=16 2025=15", aim, code="150102", round=MIDTERM)
    assert (found.verdict, found.reason) == (Verdict.UNCERTAIN, "by_subunit")


def test_the_worst_measure_decides_and_every_verdict_is_counted_once() -> None:
    rising = "2020=15 2021=15.1 2022=15.2 2023=15.3 2024=15.4 2025=15.5"
    falling = "2020=20 2021=19 2022=18 2023=17 2024=16 2025=15"
    rows = [*series(falling), *series(rising, indicator_id="infant"), *series("2025=3", indicator_id="years")]
    down = target("<=", 12, id="a", **DUE_2030)
    aims = [
        down,
        joined(down, target("<=", 12, indicator="infant"), id="b"),
        joined(down, target("<=", 12, indicator="years"), id="c"),
        joined(down, target("<=", 12, indicator="anaemia"), id="d"),
        target(id="e", kind="qualitative", **DUE_2030),
        target(id="f", kind="qualitative", **DUE_2030),
    ]
    spoken = {("150000", "o:f"): judgement("met")}
    found = evaluated(rows, aims, round=MIDTERM, judgements=spoken).evaluations
    assert found["verdict"].tolist() == ["on_track", "off_track", "on_track", "no_data", "pending", "met"]
    counts = tally(found.itertuples())
    assert (counts.met, counts.not_met, counts.no_data, counts.pending, counts.on_track) == (1, 1, 1, 1, 2)
    assert counts.all == len(aims)


def test_the_required_yearly_decline_is_given_in_both_conventions_where_something_is_still_required() -> None:
    found = evaluate_one("2015=18.27 2020=14.92", target("<=", 14.5, **DUE_2025), round=START)
    assert (found.required_log, found.required_compound) == pytest.approx((0.57111, 0.56948), abs=1e-4)
    rising = evaluate_one("2020=80", target(">=", 90, indicator="coverage", **DUE_2025), round=START)
    assert (rising.required_log, rising.required_compound) == pytest.approx((2.35566, 2.38362), abs=1e-4)
    for history, aim in (("2020=14", 14.5), ("2015=14.92", 14.5)):
        nothing = evaluate_one(history, target("<=", aim, **DUE_2025), round=START)
        assert nothing.required_log != nothing.required_log  # NaN


def test_a_final_round_knows_neither() -> None:
    found = evaluate_one("2010=30 2020=25", target("<=", 20, due_year=2030))
    assert (found.verdict, found.due_year) == (Verdict.NOT_MET, 2020)
    assert found.required_log != found.required_log
