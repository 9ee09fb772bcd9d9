"""What was promised and decided: whatever is unknown or impossible is one line that says where."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from builders import edit, project, target
from endline.errors import ParameterError
from endline.params import Params

ROUND = "rounds/published-2020.yaml"
WOMEN = "outlines/women-2011-2020.yaml"


def read_everything(params: Params) -> None:
    _ = params.round("published-2020"), params.method, params.indicators


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (ROUND, 'regions: ["100000", "150000"]', "regions: [100000, 150000]", ["regions.0", "found 100000"]),
        (ROUND, 'regions: ["100000", "150000"]', 'regions: ["100000", "159999"]', ["unknown region '159999'"]),
        (ROUND, 'regions: ["100000", "150000"]', 'regions: ["150000/x"]', ["'150000/x'"]),
        (ROUND, "[women-2011-2020,", "[women-2011-202O,", ["unknown outline", "did you mean 'women-2011-2020'"]),
        (ROUND, "dataset: published", "dataset: publisched", ["unknown dataset 'publisched'", "'published'"]),
        (ROUND, "edition: acceptance", "edition: acceptence", ["edition", "did you mean 'acceptance'"]),
        (ROUND, "kind: final", "kind: finel", ["kind", "did you mean 'final'"]),
        (ROUND, "default: true", "default: yes", ["default", "'yes'"]),
        (ROUND, "default: true", "defualt: true", ["unknown key 'defualt'", "did you mean 'default'"]),
        (ROUND, "final_year: 2020", "final_year: 02020", ["final_year", "'02020'"]),
        (ROUND, "final_year: 2020", "final_year: 2010", ["baseline_year 2010 must come before final_year 2010"]),
        (ROUND, "issued: 2026-11-21", "issued: 21.11.2026", ["issued", "'21.11.2026'"]),
        (ROUND, "id: published-2020", "id: published-2021", ["id", "'published-2020'", "'published-2021'"]),
        (ROUND, "baseline_year: 2010", "baseline_year: 2010\nbaseline_year: 2011", ["'baseline_year' stands twice"]),
        (ROUND, "baseline_year: 2010\n", "", ["baseline_year"]),
        (WOMEN, "indicator: women_screen_rate", "indicator: women_scren_rate", ["3a", "mean 'women_screen_rate'"]),
        (WOMEN, "indicator: mmr, unit", "indicator: 孕产妇死亡率, unit", ["did you mean 'mmr'"]),
        (WOMEN, "mmr, unit: 1/100000", "mmr, unit: 1/1000", ["2a", "'1/100000'", "'1/1000'"]),
        (WOMEN, 'operator: "<=", value: 20', 'operator: "≤", value: 20', ["operator", "'≤'"]),
        (WOMEN, 'operator: "<=", value: 20', 'operator: "<=", value: "20"', ["value", "'20'"]),
        (WOMEN, 'operator: "<=", value: 20', 'operator: "<=", value: 2_0', ["value", "'2_0'"]),
        (WOMEN, 'operator: "<=", value: 20', 'operator: "<=", valeu: 20', ["unknown key", "did you mean 'value'"]),
        (WOMEN, "id: 2a\n", "id: 1b\n", ["1b", "stands twice"]),
        ("method.yaml", "value: 5\n", "value: five\n", ["minimum_trend_points", "'five'"]),
        ("method.yaml", "alpha:", "alhpa:", ["unknown key 'alhpa'", "did you mean 'alpha'"]),
        ("indicators.yaml", "form41.mothers_managed", "form41.mothers_manged", ["unknown item", "mothers_managed'"]),
        ("indicators.yaml", "  name: 孕产妇死亡率\n", "  name: 孕产妇死亡率\n  name: x\n", ["'name' stands twice"]),
        ("regions.csv", "150102,新城区,banner,150100", "150102,新城区,banner,150199", ["150102", "'150199'"]),
    ],
)
def test_one_damaged_file_is_one_line_that_says_where(
    tmp_path: Path, name: str, old: str, new: str, told: list[str]
) -> None:
    copied = project(tmp_path)
    edit(copied.params / name, old, new)
    with pytest.raises(ParameterError) as caught:
        read_everything(Params(copied))
    message = str(caught.value)
    assert Path(name).name in message
    assert "\n" not in message
    for part in told:
        assert part in message


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (lambda p: p.round("published-202"), "unknown round 'published-202' (did you mean 'published-2020'?)"),
        (lambda p: p.outline("women-2011-202"), "did you mean 'women-2011-2020'"),
        (lambda p: p.wording("zn"), "unknown language 'zn'; known: ['zh']"),
        (lambda p: p.dataset("publishd"), "unknown dataset 'publishd' (did you mean 'published'?)"),
        (lambda p: p.round("../rounds/published-2020"), "published-2020"),
    ],
)
def test_an_unknown_name_comes_with_the_nearest_known_one(params: Params, asked: Any, told: str) -> None:
    with pytest.raises(ParameterError) as caught:
        asked(params)
    assert told in str(caught.value)


def test_every_shipped_parameter_is_valid(params: Params) -> None:
    assert params.round_ids
    for round_id in params.round_ids:
        assert params.round(round_id).issued > datetime.date(2020, 12, 31)
    for threshold in type(params.method).model_fields:
        assert getattr(params.method, threshold).reason, f"{threshold} has no reason"


def test_both_shipped_rounds_run_by_default(params: Params) -> None:
    assert params.default_round_ids == ["published-2020", "simulated-2020"]


def test_a_round_that_cannot_be_read_still_runs_so_that_its_error_is_shown(tmp_path: Path) -> None:
    copied = project(tmp_path)
    edit(copied.params / ROUND, "default: true", "default: yes")
    assert "published-2020" in Params(copied).default_round_ids


def test_a_round_reads_baseline_to_final_year(params: Params) -> None:
    assert list(params.round("published-2020").years) == list(range(2010, 2021))


# the kinds of target, each with what it needs and no more

MEASURE = {"indicator": "deaths", "unit": "1/100000"}


@pytest.mark.parametrize(
    ("kind", "measure", "more"),
    [
        ("absolute", {"operator": "<="}, {}),
        ("absolute", {"operator": "decrease"}, {}),
        ("absolute", {"operator": "<=", "value": 5, "fraction": "2/3"}, {}),
        ("relative", {"operator": "<=", "value": 5}, {"baseline_year": 2010}),
        ("relative", {"operator": "<=", "fraction": "2/3"}, {}),
        ("directional", {"operator": "decrease"}, {}),
        ("directional", {"operator": "<=", "value": 5}, {"baseline_year": 2010}),
        ("directional", {"operator": "decrease", "value": 5}, {"baseline_year": 2010}),
        ("every_subunit", {"operator": "<=", "value": 5}, {}),
        ("absolute", {"operator": "<=", "value": 5}, {"subunit": "banner"}),
        ("absolute", {"operator": "=", "value": 5}, {}),
        ("absolute", {"operator": "＜", "value": 5}, {}),
        ("relative", {"operator": "<=", "fraction": "two thirds"}, {"baseline_year": 2010}),
        ("relative", {"operator": "<=", "fraction": "2/0"}, {"baseline_year": 2010}),
    ],
)
def test_a_target_that_does_not_say_what_it_demands_is_refused(
    kind: str, measure: dict[str, Any], more: dict[str, Any]
) -> None:
    with pytest.raises((ValidationError, ZeroDivisionError)):
        target(kind=kind, measures=(MEASURE | measure,), **more)


def test_a_target_without_measures_is_qualitative_or_refused() -> None:
    assert target(kind="qualitative").measures == ()
    with pytest.raises(ValidationError):
        target(kind="absolute", measures=())


def test_a_fraction_by_zero_is_a_parameter_error(tmp_path: Path) -> None:
    copied = project(tmp_path)
    edit(copied.params / "outlines/children-2011-2020.yaml", "fraction: 2/3", "fraction: 2/0")
    with pytest.raises(ParameterError, match=r"children-2011-2020\.yaml"):
        Params(copied).outline("children-2011-2020")


# the verdicts of persons


def evidence(tmp_path: Path, text: str) -> Params:
    copied = project(tmp_path)
    folder = copied.params / "rounds" / "published-2020"
    folder.mkdir()
    (folder / "evidence.yaml").write_text(text, encoding="utf-8")
    return Params(copied)


KEY = "women-2011-2020:1a"
GOOD = "  {status: met, evidence: 验收材料12号, unit: 卫生健康委, date: 2021-05-01}\n"


def test_a_persons_verdict_is_read_with_its_evidence(tmp_path: Path) -> None:
    """RULES, Rounds: `<id>/evidence.yaml` (status, evidence, unit, date)."""
    params = evidence(tmp_path, f'"150000":\n  {KEY}:\n  {GOOD}')
    found = params.judgements(params.round("published-2020"))
    assert [(k, str(j.status), j.evidence, j.unit) for k, j in found.items()] == [
        (("150000", KEY), "met", "验收材料12号", "卫生健康委")
    ]


@pytest.mark.parametrize(
    ("head", "key", "told"),
    [
        ("150000", KEY, "150000"),
        ('"159999"', KEY, "unknown region '159999'"),
        ('"150000"', "women-2011-2020:1b", "unknown qualitative target"),
        ('"150000"', "women-2011-2020:1z", "unknown qualitative target"),
    ],
)
def test_evidence_for_an_unknown_region_or_target_is_refused(tmp_path: Path, head: str, key: str, told: str) -> None:
    params = evidence(tmp_path, f"{head}:\n  {key}:\n  {GOOD}")
    with pytest.raises(ParameterError, match=r"evidence\.yaml") as caught:
        params.judgements(params.round("published-2020"))
    assert told in str(caught.value)


def test_without_an_evidence_file_nobody_has_judged(params: Params) -> None:
    assert params.judgements(params.round("published-2020")) == {}
