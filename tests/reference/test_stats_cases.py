"""The statistics against reference figures, each with its source in stats_cases.json."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from endline.stats import (
    binomial_interval,
    births_needed,
    interval_evidence,
    poisson_interval,
    run_method,
    trend_many,
)

CASES = {
    case["id"]: case for case in json.loads(Path(__file__).with_name("stats_cases.json").read_text(encoding="utf-8"))
}
OPERATORS = {"at most": "<="}


def mann_kendall_theil_sen(inputs: dict[str, Any]) -> dict[str, Any]:
    return run_method("mann_kendall+theil_sen", inputs)


def rate_ci(inputs: dict[str, Any]) -> dict[str, Any]:
    counts = inputs["events"], inputs["person_time"], inputs["rate_per"]
    _, one_sided_upper = poisson_interval(*counts, confidence=0.90)
    return {"exact_ci95": poisson_interval(*counts), "one_sided_upper95": one_sided_upper}


def proportion_ci(inputs: dict[str, Any]) -> dict[str, Any]:
    limits = binomial_interval(inputs["events"], inputs["n"], confidence=inputs["confidence"])
    return {"clopper_pearson_ci95": limits}


def rate_vs_target_exact(inputs: dict[str, Any]) -> dict[str, Any]:
    low, high = poisson_interval(inputs["events"], inputs["births"], inputs["rate_per"])
    operator, target = OPERATORS[inputs["direction"]], inputs["target"]
    return {
        "ci95": (low, high),
        "ratio_ci95": (low / target, high / target),
        "evidence": f"{interval_evidence(low, high, operator, target)}_with_target",
    }


def assessability(inputs: dict[str, Any]) -> dict[str, Any]:
    asked = inputs["target"], inputs["rate_per"], inputs["confidence"]
    return {
        "min_births_one_sided": births_needed(*asked),
        "min_births_two_sided": births_needed(*asked, two_sided=True),
    }


RUN = {
    "mann_kendall+theil_sen": mann_kendall_theil_sen,
    "rate_ci": rate_ci,
    "proportion_ci": proportion_ci,
    "rate_vs_target_exact": rate_vs_target_exact,
    "assessability": assessability,
}


@pytest.mark.parametrize("case_id", [case_id for case_id in CASES if not case_id.startswith("IV")])
def test_published_figures(case_id: str) -> None:
    case = CASES[case_id]
    computed = RUN[case["method"]](case["inputs"])
    for key, expected in case["expected"].items():
        if isinstance(expected, str):
            assert computed[key] == expected, key
        else:
            # null becomes NaN on both sides: a figure where none is expected fails, and the reverse.
            np.testing.assert_allclose(
                np.array(computed[key], dtype=float),
                np.array(expected, dtype=float),
                rtol=case["tolerance"]["rel"],
                atol=case["tolerance"]["abs"],
                err_msg=key,
            )


def test_years_are_sorted_first() -> None:
    case = CASES["IV-01"]
    answer = run_method("mann_kendall", case["inputs"])
    assert answer == run_method("mann_kendall", case["expected"]["same_as"])
    assert answer["S"] == case["expected"]["S"]
    assert answer["p_exact"] == pytest.approx(case["expected"]["p_exact"], rel=case["tolerance"]["rel"])


def test_too_few_points_get_no_verdict() -> None:
    case = CASES["IV-07"]
    years, values = case["inputs"]["years"], case["inputs"]["values"]
    trend = trend_many(years, [values, [8.6, 8.1, 7.4, 6.9, 6.0]])
    assert trend.n.tolist() == [case["expected"]["n_used"], case["expected"]["minimum"]]
    assert trend.state.tolist() == ["too_few_points", "decrease"]
    assert np.isnan(trend.p).tolist() == [True, False]
