"""达标 + 未达标 + 无数据 + 待评 = all counted targets; 不适用 and the strategy targets stand apart."""

import pandas as pd
import pytest

from builders import cases, evaluated, judgement, observation, target
from endline.evaluation import tallies, tally


def verdicts(text: str, counted: bool = True) -> pd.DataFrame:
    """`met*3 no_data*1` → one row each."""
    names = [name for part in text.split() for name in [part.partition("*")[0]] * int(part.partition("*")[2] or 1)]
    return pd.DataFrame({"verdict": names, "counted": counted}).astype({"counted": bool})


@cases(
    """
    found                                         | all | met | not_met | no_data | pending | attainment | assessability
    met*5 not_met*1 no_data*21 pending*5          | 32  | 5   | 1       | 21      | 5       | 83.33      | 18.75
    met*88 not_met*4 no_data*2                    | 94  | 88  | 4       | 2       | 0       | 95.65      | 97.87
    met*2                                         | 2   | 2   | 0       | 0       | 0       | 100.0      | 100.0
    not_met*2                                     | 2   | 0   | 2       | 0       | 0       | 0.0        | 100.0
    no_data*3 pending*1                           | 4   | 0   | 0       | 3       | 1       | —          | 0.0
    met*1 not_applicable*7                        | 1   | 1   | 0       | 0       | 0       | 100.0      | 100.0
    not_applicable*7                              | 0   | 0   | 0       | 0       | 0       | —          | —
    """
)
def test_the_counts_reconcile_and_both_rates_follow_from_them(
    found: str,
    all: int,  # noqa: A002
    met: int,
    not_met: int,
    no_data: int,
    pending: int,
    attainment: float | None,
    assessability: float | None,
) -> None:
    counts = tally(verdicts(found).itertuples())
    assert (counts.met, counts.not_met, counts.no_data, counts.pending) == (met, not_met, no_data, pending)
    assert counts.all == all == met + not_met + no_data + pending
    for rate, expected in ((counts.attainment, attainment), (counts.assessability, assessability)):
        assert rate is None if expected is None else rate == pytest.approx(expected, abs=0.005)


def test_without_any_target_the_rates_are_unknown_not_zero() -> None:
    counts = tally(verdicts("").itertuples())
    assert (counts.all, counts.attainment, counts.assessability) == (0, None, None)
    assert tallies(evaluated([observation(10)], []).evaluations) == {}


def test_strategy_targets_are_judged_apart_from_the_counts() -> None:
    table = pd.concat([verdicts("met*2 no_data*1"), verdicts("met*4 not_met*3", counted=False)])
    counts = tally(table.itertuples())
    assert (counts.all, counts.met, counts.not_met) == (3, 2, 0)


def test_an_uncounted_target_has_its_verdict_all_the_same() -> None:
    aim = target(">=", 85, counted=False, indicator="coverage")
    result = evaluated([observation(92.7, indicator_id="coverage")], [aim])
    assert result.evaluations["verdict"].tolist() == ["met"]
    assert result.evaluations["counted"].tolist() == [False]
    assert tally(result.evaluations.itertuples()).all == 0


def test_every_target_of_a_region_falls_into_exactly_one_count() -> None:
    targets = [
        target("<=", 20, id="met"),
        target("<=", 5, id="missed"),
        target(">=", 90, id="none", indicator="coverage"),
        target(id="pending", kind="qualitative"),
        target(id="judged", kind="qualitative"),
        target(id="elsewhere", applies_to=("nation",)),
        target(id="apart", counted=False),
    ]
    found = evaluated([observation(10)], targets, judgements={("150000", "o:judged"): judgement("not_met")})
    counts = tally(found.evaluations.itertuples())
    assert (counts.met, counts.not_met, counts.no_data, counts.pending, counts.all) == (1, 2, 1, 1, 5)


def test_the_counts_of_many_regions_are_those_of_each() -> None:
    targets = [target("<=", 20, id="met"), target(id="pending", kind="qualitative"), target(id="apart", counted=False)]
    only_uncounted = [target("<=", 20, id="apart", counted=False)]
    for aims in (targets, only_uncounted):
        found = evaluated(
            [observation(10), observation(30, region_code="150100")], aims, ["150000", "150100", "150102"]
        )
        table = found.evaluations
        assert tallies(table) == {
            code: tally(table[table["region_code"] == code].itertuples()) for code in set(table["region_code"])
        }


def test_the_counts_by_name_reconcile() -> None:
    named = tally(verdicts("met*5 not_met*1 no_data*21 pending*5").itertuples()).as_dict()
    assert named["all"] == named["met"] + named["not_met"] + named["no_data"] + named["pending"] == 32
    assert (round(named["attainment"], 2), named["assessability"]) == (83.33, 18.75)
