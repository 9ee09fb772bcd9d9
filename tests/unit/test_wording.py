"""Figures as they are printed: units, points, bounds, P, and what a target demands."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import target
from endline.errors import ParameterError
from endline.model import Indicator
from endline.params import Params
from endline.stats import Reason
from endline.wording import Wording

TEMPLATES: dict[str, Any] = {
    "clause_separator": "，",
    "sentence_end": "。",
    "list_separator": "、",
    "greet": {"hello": "你好{name}"},
    "sentence": {"p_small": "＜0.001", "p_equal": "＝{p}"},
}
PLAIN = Wording(TEMPLATES)


@pytest.fixture(scope="module")
def say(params: Params) -> Wording:
    return Wording(params.wording("zh"))


def of_unit(unit: str, decimals: int = 2) -> Indicator:
    facts = {"id": "i", "name": "指标", "name_en": "i", "domain": "d", "better": "lower", "definition": "seen"}
    return Indicator.model_validate({**facts, "unit": unit, "decimals": decimals})


@pytest.mark.parametrize(
    ("unit", "value", "change"),
    [
        ("1/100000", "14.92/10万", "1.98个十万分点"),
        ("1/10000", "14.92/万", "1.98个万分点"),
        ("1/1000", "14.92‰", "1.98个千分点"),
        ("%", "14.92%", "1.98个百分点"),
        ("years", "14.92岁", "1.98岁"),
        ("persons", "14.92人", "1.98人"),
        ("10000 persons", "14.92万人", "1.98万人"),
    ],
)
def test_each_unit_has_its_sign_and_its_points(say: Wording, unit: str, value: str, change: str) -> None:
    assert say.value(14.92, "", "", of_unit(unit)) == value
    assert say.points(-1.98, 2, of_unit(unit)) == change


@pytest.mark.parametrize(
    ("value", "text", "bound", "printed"),
    [
        (30.0, "30.0", "", "30.0%"),
        (99.97, "99.97", "", "99.97%"),
        (100.0, "100", "", "100%"),
        (2.675, "", "", "2.68%"),
        (0.0, "", "", "0.00%"),
        (99.0, "99", ">=", "99%以上"),
        (5.0, "5", "<=", "5%以下"),
        (math.nan, "", "", "—"),
        (math.nan, "x", "", "—"),
    ],
)
def test_published_as_received_computed_by_the_decimals_a_bound_as_a_bound(
    say: Wording, value: float, text: str, bound: str, printed: str
) -> None:
    assert say.value(value, text, bound, of_unit("%")) == printed


@pytest.mark.parametrize(
    ("unit", "printed"),
    [("%", "63.00%～68.00%"), ("1/1000", "63.00‰～68.00‰"), ("1/100000", "63.00～68.00/10万")],
)
def test_an_interval_keeps_its_per_cent_at_both_ends(say: Wording, unit: str, printed: str) -> None:
    assert say.interval(63, 68, of_unit(unit)) == printed


@pytest.mark.parametrize(
    ("p", "printed"),
    [
        (0.0, "＜0.001"),
        (1e-12, "＜0.001"),
        (0.0005, "＜0.001"),
        (0.00099, "＜0.001"),
        (0.001, "＝0.001"),
        (0.0325, "＝0.033"),
        (0.05, "＝0.050"),
        (1.0, "＝1.000"),
    ],
)
def test_a_p_value(p: float, printed: str) -> None:
    assert PLAIN.p(p) == printed


@given(st.floats(0, 1))
def test_no_p_value_prints_as_zero(p: float) -> None:
    assert PLAIN.p(p) != "＝0.000"


@pytest.mark.parametrize(
    ("operator", "value", "unit", "printed"),
    [
        ("<=", 20, "1/100000", "不高于20/10万"),
        ("<=", 14.5, "1/100000", "不高于14.5/10万"),
        ("<", 5, "%", "低于5%"),
        (">=", 100, "%", "不低于100%"),
        (">", 98, "%", "高于98%"),
        ("<=", 13, "1/1000", "不高于13‰"),
        ("<=", 3.0, "1/1000", "不高于3‰"),
        ("<=", "2/3", "%", "不高于2010年的2/3"),
        ("increase", None, "years", "比2010年提高"),
        ("decrease", None, "1/10000", "比2010年下降"),
    ],
)
def test_what_a_target_demands(say: Wording, operator: str, value: Any, unit: str, printed: str) -> None:
    indicator = of_unit(unit)
    aim = target(operator, value, indicator="i", indicators={"i": indicator})
    assert say.demanded(aim, 0, indicator) == printed


@pytest.mark.parametrize(
    ("clause", "part", "printed"),
    [("2", "", "第2条"), ("2", "a", "第2a条"), ("10", "b", "第10b条"), ("S", "1", "策略措施1")],
)
def test_a_clause_is_cited_by_its_number(say: Wording, clause: str, part: str, printed: str) -> None:
    assert say.clause(target(clause=clause, part=part)) == printed


@pytest.mark.parametrize(
    ("stratum", "printed"),
    [("total", "指标"), ("urban", "城市指标"), ("rural", "农村指标"), ("female", "指标")],
)
def test_a_series_is_named_with_its_stratum(say: Wording, stratum: str, printed: str) -> None:
    assert say.series_name(of_unit("%"), stratum) == printed


def test_a_sentence_is_made_of_its_clauses() -> None:
    assert PLAIN.sentence("甲", "", "乙") == "甲，乙。"
    assert PLAIN.sentence("", "") == ""
    assert PLAIN.names(["甲", "乙"]) == "甲、乙"


def test_what_is_filled_in_is_not_filled_in_again() -> None:
    assert PLAIN.say("greet.hello", name="{name} {0} {") == "你好{name} {0} {"


def test_an_unknown_entry_comes_with_the_nearest_known_one() -> None:
    with pytest.raises(ParameterError, match=r"no entry 'greet.helo' \(did you mean 'hello'\?\)"):
        PLAIN.get("greet.helo")


@pytest.mark.parametrize("template", ["{nam}", "{name", "{0}", "{name:d}", "{name.x}", "{name[1]}"])
def test_a_template_that_cannot_be_filled_in_is_a_parameter_error(template: str) -> None:
    with pytest.raises(ParameterError, match="key"):
        Wording({"key": template}).say("key", name="甲")


def leaves(entry: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(entry, dict):
        return [leaf for key, value in entry.items() for leaf in leaves(value, f"{path}.{key}")]
    return [(path, str(entry))]


def test_no_sentence_claims_significance_without_naming_the_test(params: Params) -> None:
    wording = params.wording("zh")
    assert "{claim}" in wording["sentence"]["trend"]
    assert "{test}" in wording["sentence"]["trend"]
    inside = (".sentence.claim_", ".recent.")  # told with its test: in the sentence above, in the annex's column
    for path, text in leaves(wording):
        assert "显著" not in text or path.startswith(inside), path


@pytest.mark.parametrize("word", ["由于", "使得", "因此", "导致", "促使", "得益于", "归功", "带动", "明显"])
def test_no_sentence_on_a_target_gives_a_cause(params: Params, word: str) -> None:
    told = {
        part: params.wording("zh")[part] for part in ("sentence", "summary", "verdict", "reason", "flag", "evidence")
    }
    assert not [path for path, text in leaves(told) if word in text]


def test_a_trend_without_evidence_is_not_called_stable(params: Params) -> None:
    for path, text in leaves(params.wording("zh")):
        if "trend" in path:
            assert "稳定" not in text, path
            assert "平稳" not in text, path


def test_every_verdict_reason_flag_and_evidence_has_its_word(params: Params) -> None:
    wording = params.wording("zh")
    assert wording["verdict"] == {
        "met": "达标",
        "not_met": "未达标",
        "no_data": "无数据",
        "pending": "待评",
        "not_applicable": "不适用",
        "already_met": "已提前达标",
        "on_track": "按当前趋势可达",
        "uncertain": "不确定",
        "off_track": "难以达到",
        "not_yet": "尚未达到",
    }
    assert set(wording["reason"]) >= {
        "no_final_year",
        "no_baseline",
        "refused",
        "subunits_incomplete",
        "bound_inconclusive",
    }
    assert wording["flag"] == {
        "early": "提前达标",
        "baseline_met": "基期已达标",
        "met_but_worse": "达标但退步",
        "looser_than_present": "目标宽于现值",
        "nearly_met": "基本实现",
    }
    assert set(wording["evidence"]) == {"confirmed", "compatible", "contradicted", "not_assessed"}
    assert wording["edition"] == {"acceptance": "送审版", "public": "公开版"}
    assert wording["simulated_mark"] == "模拟数据"


def test_every_reason_of_a_refusal_has_its_words(params: Params) -> None:
    found = set(params.wording("zh")["refusal"]) - {"boundary_break"}  # which evaluation knows, and no statistic
    assert found == set(map(str, Reason))
