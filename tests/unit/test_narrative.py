"""What is said of a target: each clause is tied to a verdict and its figures, and claims no more."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from builders import a_round, cases, counted, evaluated, joined, method, observation, series, target
from endline.evaluation import evaluate
from endline.intake import observe
from endline.model import Target
from endline.narrative import Teller
from endline.params import Params
from endline.wording import Wording

CAUSES = ("由于", "使得", "因此", "导致", "促使", "得益于", "因为", "归功")
CLAIMS = ("达到目标", "已达", "提前", "完成", "下降", "上升", "提高", "改善", "提升", "降低", "好于", "优于", "稳定")


@dataclass
class Told:
    """The key sentence of a target and the sentences behind it."""

    finding: str
    details: str

    @property
    def all(self) -> str:
        return self.finding + self.details


def details(teller: Teller, measures: Sequence[Any]) -> str:
    """Return the sentences on all aspects of what was observed."""
    return "".join(said for row in measures if row.last_year >= 0 for said in teller.aspects(row).values())


@pytest.fixture(scope="module")
def tell(params: Params) -> Any:
    say, register = Wording(params.wording("zh")), params.regions()

    def told(rows: Sequence[dict[str, Any]], aim: Target, code: str = "150000", **how: Any) -> Told:
        facts = {"regions": register, "indicators": params.indicators, **how}
        result = evaluated(rows, [aim], [code], **facts)
        thresholds, round_ = how.get("method", params.method), how.get("round", a_round())
        teller = Teller(round_, register[code], register, params.indicators, thresholds, say)
        (evaluation,) = result.evaluations.itertuples(index=False)
        measures = list(result.measures.itertuples(index=False))
        return Told(teller.finding(aim, evaluation.verdict, evaluation.reason, measures), details(teller, measures))

    return told


@pytest.fixture(scope="module")
def mmr(params: Params) -> Target:
    """孕产妇死亡率 ≤ 20/10万."""
    return target("<=", 20, indicator="mmr", indicators=params.indicators)


def own(history: str, indicator: str = "mmr", **more: Any) -> list[dict[str, Any]]:
    """A series of figures as they were printed."""
    rows = series(history, indicator_id=indicator, **more)
    texts = re.findall(r"=(\S+)", history)
    return [row | {"value_text": text} for row, text in zip(rows, texts, strict=True)]


# met and missed


def test_a_met_target_is_told_with_value_demand_and_verdict(tell: Any, mmr: Target) -> None:
    assert tell(own("2010=30.0 2020=16.9"), mmr).finding == (
        "2020年孕产妇死亡率为16.9/10万，目标为不高于20/10万，结论为达标。"
    )


def test_a_missed_target_is_told_as_plainly(tell: Any, mmr: Target) -> None:
    assert tell(own("2020=20.1"), mmr).finding.endswith("20.1/10万，目标为不高于20/10万，结论为未达标。")


def test_a_rate_stands_with_its_events_denominator_and_exact_interval(tell: Any, mmr: Target) -> None:
    told = tell([counted(27, 186_500, indicator_id="mmr")], mmr)
    assert "14.48/10万（27/186500）" in told.finding
    assert "95%精确区间为9.54～21.06/10万。" in told.details
    assert "不稳定" not in told.finding


@cases(
    """
    events | marked
    2      | yes
    3      | yes
    19     | yes
    20     | no
    """
)
def test_few_events_are_marked_unstable(tell: Any, mmr: Target, events: int, marked: bool) -> None:
    assert ("不稳定" in tell([counted(events, 100_000, indicator_id="mmr")], mmr).finding) == marked


def test_a_sum_with_missing_counties_says_so(tell: Any, mmr: Target) -> None:
    row = counted(27, 186_500, indicator_id="mmr", units_reported=101, units_total=103)
    assert "101/103" in tell([row], mmr).details
    assert "103" not in tell([row | {"units_reported": 103}], mmr).details


# no data: no claim


@pytest.mark.parametrize(
    ("history", "wanted"),
    [
        ("", ["没有可用数据"]),
        ("2010=30.0", ["没有2020年数据", "2010年的30.0/10万", "不参与判定"]),
        ("2015=18.3 2018=12.0", ["没有2020年数据", "2018年的12.0/10万", "不参与判定"]),
    ],
)
def test_without_a_final_value_nothing_is_claimed(tell: Any, mmr: Target, history: str, wanted: list[str]) -> None:
    told = tell(own(history), mmr)
    for part in (*wanted, "结论为无数据"):
        assert part in told.finding
    for claim in CLAIMS:
        assert claim not in told.all
    assert "未达标" not in told.all
    assert "达标" not in told.all
    assert "目标为" not in told.finding


@pytest.mark.parametrize("aim", [("<=", "2/3"), ("decrease", None)])
def test_without_a_baseline_the_reason_is_named(tell: Any, params: Params, aim: tuple[str, Any]) -> None:
    told = tell(own("2020=16.9"), target(*aim, indicator="mmr", indicators=params.indicators))
    assert told.finding.endswith("结论为无数据（没有2010年基期数据）。")
    assert "变化情况无法评价" in told.details


def test_a_refused_value_is_not_shown(tell: Any, mmr: Target) -> None:
    row = observation(None, indicator_id="mmr", missing_reason="refused", value_text="99.9")
    finding = tell([row], mmr).finding
    assert "未通过核查" in finding
    assert "结论为无数据" in finding
    assert "99.9" not in finding


def test_a_zero_denominator_is_named_as_such(tell: Any, mmr: Target) -> None:
    """FAULTS F34: the rate is 缺 (“分母为0”), and shown as such."""
    row = observation(None, indicator_id="mmr", missing_reason="zero_denominator", numerator=0.0, denominator=0.0)
    told = tell([row], mmr).all
    assert "分母为0" in told
    assert "0.00" not in told


def test_a_bound_that_cannot_decide(tell: Any, params: Params) -> None:
    aim = target(">=", 99.5, indicator="hosp_delivery_rate", indicators=params.indicators)
    row = observation(">=99", indicator_id="hosp_delivery_rate", value_text="99")
    finding = tell([row], aim).finding
    assert "住院分娩率为99%以上" in finding
    assert finding.endswith("结论为无数据（只有界限值，不足以判定）。")


# few events prove little


@cases(
    """
    births | demanded | needed | told
    800    | 20       | 14979  | yes
    14978  | 20       | 14979  | yes
    14979  | 20       | 14979  | no
    8420   | 14.5     | 20661  | yes
    20661  | 14.5     | 20661  | no
    """
)
def test_zero_deaths_in_few_births_prove_nothing(
    tell: Any, params: Params, births: int, demanded: float, needed: int, told: bool
) -> None:
    aim = target("<=", demanded, indicator="mmr", indicators=params.indicators)
    text = tell([counted(0, births, indicator_id="mmr")], aim)
    assert "结论为达标" in text.finding
    assert ("尚不能据此判定" in text.details) == told
    assert (str(needed) in text.details.replace(",", "")) == told


@cases(
    """
    events | births | words
    1      | 800    | 区间跨越目标值
    100    | 100000 | 区间整体不满足目标
    0      | 50000  | 区间整体满足目标
    """
)
def test_the_evidence_has_a_sentence(tell: Any, mmr: Target, events: int, births: int, words: str) -> None:
    assert words in tell([counted(events, births, indicator_id="mmr")], mmr).details


def test_without_counts_nothing_is_said_of_the_evidence(tell: Any, mmr: Target) -> None:
    assert "区间" not in tell(own("2020=16.9"), mmr).all


# flags


@pytest.mark.parametrize(
    ("history", "words"),
    [
        ("2010=30 2015=20.1 2016=19.9 2020=16.9", "自2016年起"),
        ("2010=30 2014=21 2016=19.9 2020=16.9", "不晚于2016年"),
        ("2010=15 2020=14", "基期（2010年）已达到目标"),
        ("2010=15 2020=19", "虽达标，但数值比基期退步"),
    ],
)
def test_a_flag_has_its_clause(tell: Any, mmr: Target, history: str, words: str) -> None:
    assert words in tell(own(history), mmr).details


def test_met_at_the_baseline_and_missed_since_is_two_things(tell: Any, mmr: Target) -> None:
    told = tell(own("2010=15 2012=21 2013=19 2020=14"), mmr).details
    assert "自2013年起" in told
    assert "基期已达到目标" in told
    assert "基期（" not in told


def test_nearly_met_stands_beside_a_missed_verdict(tell: Any, mmr: Target) -> None:
    told = tell(own("2020=20.05"), mmr, method=method(nearly_met_tolerance=0.01))
    assert "结论为未达标" in told.finding
    assert "基本实现" in told.details


# change, trend, comparison


@pytest.mark.parametrize(
    ("history", "words"),
    [
        ("2010=30.0 2020=16.9", "比2010年（30.0/10万）下降13.1个十万分点，降幅43.7%，完成目标变化量的131.0%"),
        ("2010=30.0 2020=31.5", "比2010年（30.0/10万）上升1.5个十万分点，升幅5.0%"),
        ("2010=16.9 2020=16.9", "与2010年（16.9/10万）持平"),
        (
            "2010=19.0 2020=16.9",
            "下降2.1个十万分点，降幅11.1%，年均下降速度1.2%（几何平均；按联合国ARR对数公式为1.2%）。",
        ),
    ],
)
def test_the_change_is_told_in_points_and_per_cent(tell: Any, mmr: Target, history: str, words: str) -> None:
    assert words in tell(own(history), mmr).details


def test_no_change_where_the_final_value_is_a_bound(tell: Any, mmr: Target) -> None:
    rows = [*own("2010=30.0"), observation("<=15", indicator_id="mmr", value_text="15")]
    assert "终期值只有界限，变化情况无法评价" in tell(rows, mmr).details


def test_no_change_where_the_baseline_is_a_bound(tell: Any, mmr: Target) -> None:
    rows = [observation(">=30", indicator_id="mmr", value_text="30", year=2010), *own("2020=16.9")]
    details = tell(rows, mmr).details
    assert "变化情况无法评价" in details
    assert "终期值只有界限" not in details, "the final value is a point"
    assert "降幅" not in details


def test_no_change_across_a_break(tell: Any, mmr: Target) -> None:
    rows = [*own("2010=30.0", definition="农村"), *own("2020=16.9", definition="县")]
    assert "口径不同，变化情况无法评价" in tell(rows, mmr).details


def test_a_trend_names_its_test_size_and_number_of_points(tell: Any, mmr: Target) -> None:
    details = tell(own("2016=20 2017=19 2018=18 2019=17 2020=16"), mmr).details
    for part in ("5个年度点", "下降趋势有统计学证据", "Mann–Kendall", "P＝0.017", "年均下降1.000个十万分点"):
        assert part in details


def test_a_very_small_p_is_never_zero(tell: Any, mmr: Target) -> None:
    details = tell(own(" ".join(f"{year}={40 - year % 100}" for year in range(2010, 2021))), mmr).details
    assert "P＜0.001" in details
    assert "0.000，" not in details
    assert "P＝0.000" not in details


def test_a_trend_without_evidence_is_neither_stable_nor_unchanged(tell: Any, mmr: Target) -> None:
    details = tell(own("2016=20 2017=19 2018=21 2019=17 2020=20.5"), mmr).details
    assert "未见统计学显著趋势" in details
    for word in ("稳定", "平稳", "无变化", "没有变化"):
        assert word not in details


@pytest.mark.parametrize(("history", "n"), [("2018=20 2020=16.9", 2), ("2017=3 2018=20 2019=9 2020=16.9", 4)])
def test_too_few_points_give_no_trend(tell: Any, mmr: Target, history: str, n: int) -> None:
    details = tell(own(history), mmr).details
    assert f"只有{n}个年度点（至少5个），数据不足，不作趋势判断" in details
    assert "Mann" not in details


def test_missing_years_of_a_trend_are_named(tell: Any, mmr: Target) -> None:
    """FAULTS F30: the narrative says “2014年数据缺失”."""
    history = " ".join(f"{year}={40 - year % 100}" for year in range(2010, 2021) if year != 2014)
    assert "2014年" in tell(own(history), mmr).details


@pytest.mark.parametrize(
    ("upper", "words"),
    [
        ("16.9", "比全国（16.9/10万）低1.98个十万分点"),
        ("14.9", "比全国（14.9/10万）高0.02个十万分点"),
        ("14.92", "与全国（14.92/10万）相同"),
    ],
)
def test_the_upper_region_is_compared_in_points(tell: Any, mmr: Target, upper: str, words: str) -> None:
    rows = [*own("2020=14.92"), *own(f"2020={upper}", region_code="100000")]
    assert words in tell(rows, mmr).details


# several measures, sub-units, persons' verdicts


def test_of_several_measures_each_is_told_before_the_verdict(tell: Any, params: Params) -> None:
    both = joined(
        target("<=", 10, indicator="imr", indicators=params.indicators),
        target("<=", 13, indicator="u5mr", indicators=params.indicators),
    )
    finding = tell([*own("2020=9.5", "imr"), *own("2020=13.2", "u5mr")], both).finding
    assert finding.index("婴儿死亡率为9.5‰") < finding.index("5岁以下儿童死亡率为13.2‰") < finding.index("未达标")
    assert finding.count("结论为") == 1


def test_failing_counties_are_named_with_the_worst(tell: Any, params: Params) -> None:
    aim = target(
        "<=", 1, kind="every_subunit", subunit="banner", indicator="nt_incidence", indicators=params.indicators
    )
    rows = [
        observation(value, region_code=code, indicator_id="nt_incidence")
        for code, value in (("150302", 0.2), ("150303", 1.5), ("150304", 2.5))
    ]
    finding = tell(rows, aim, "150300").finding
    for part in ("应报3个县级单位，已报3个，达到目标1个", "海南区", "乌达区", "乌达区，2.50‰", "结论为未达标"):
        assert part in finding
    partial = tell(rows[:1], aim, "150300").finding
    assert "应报3个县级单位，已报1个" in partial
    assert "无数据（下级单位数据不全）" in partial
    assert "达标" not in partial.replace("达到目标", "")
    assert "没有县级单位上报数据" in tell([], aim, "150300").finding


def test_counties_that_reported_are_not_called_no_data(tell: Any, params: Params) -> None:
    """The region's own figure is missing, its counties' are not."""
    aim = target(
        "<=", 1, kind="every_subunit", subunit="banner", indicator="nt_incidence", indicators=params.indicators
    )
    rows = [observation(1.5, region_code="150303", indicator_id="nt_incidence")]
    finding = tell(rows, aim, "150300").finding
    assert "结论为未达标" in finding
    assert "没有可用数据" not in finding
    assert "目标为不高于1‰" in finding, "a verdict stands beside what was demanded"


def test_a_worst_county_known_only_by_a_bound_is_told_as_a_bound(tell: Any, params: Params) -> None:
    aim = target(
        "<=", 1, kind="every_subunit", subunit="banner", indicator="nt_incidence", indicators=params.indicators
    )
    row = observation(">=1.5", region_code="150303", indicator_id="nt_incidence", value_text="1.5")
    assert "海南区，1.5‰以上" in tell([row], aim, "150300").finding


# the whole shipped round


@pytest.fixture(scope="module")
def shipped(params: Params) -> list[tuple[str, str, str, Told]]:
    """Everything that is told of both regions of the published round: code, target, verdict, texts."""
    round_ = params.round("published-2020")
    register, say = params.regions(), Wording(params.wording("zh"))
    aims = {t.key: t for o in round_.outlines for t in params.outline(o).targets}
    rows = observe(params, "published").observations
    codes = ["100000", "150000"]
    result = evaluate(rows, [*aims.values()], codes, register, params.indicators, params.method, round_)
    found = []
    for e in result.evaluations.itertuples(index=False):
        teller = Teller(round_, register[e.region_code], register, params.indicators, params.method, say)
        own = result.measures[
            (result.measures["region_code"] == e.region_code) & (result.measures["target"] == e.target)
        ]
        measures = list(own.itertuples(index=False))
        if measures:
            told = Told(teller.finding(aims[e.target], e.verdict, e.reason, measures), details(teller, measures))
            found.append((e.region_code, e.target, e.verdict, told))
    assert len(found) > 50
    return found


def test_no_sentence_names_a_cause(shipped: list[tuple[str, str, str, Told]]) -> None:
    assert not [(code, key, word) for code, key, _, told in shipped for word in CAUSES if word in told.all]


def test_nothing_rises_or_improves_without_a_figure(shipped: list[tuple[str, str, str, Told]]) -> None:
    for code, key, _, told in shipped:
        for clause in re.split("[，。；]", told.all):
            if any(word in clause for word in ("提升", "改善", "降幅", "升幅", "下降", "上升")):
                assert re.search(r"\d|趋势有统计学证据|比\d+年(下降|提高)", clause), (code, key, clause)
            assert "显著提升" not in clause
            assert "显著" not in clause or "Mann–Kendall" in told.all, (code, key, clause)


def test_no_data_is_told_without_a_claim(shipped: list[tuple[str, str, str, Told]]) -> None:
    for code, key, verdict, told in shipped:
        if verdict == "no_data":
            assert "结论为无数据" in told.finding, (code, key)
            assert "达标" not in told.all.replace("达标率", ""), (code, key)
            assert "区间整体" not in told.all, (code, key)


def test_every_figure_is_a_number(shipped: list[tuple[str, str, str, Told]]) -> None:
    for code, key, _, told in shipped:
        for word in ("nan", "NaN", "None", "inf", "P＝0.000", "{", "}", "-0.0"):
            assert word not in told.all, (code, key, told.all)


# trends by the data at hand


def yearly(events: Sequence[int], births: int, **more: Any) -> list[dict[str, Any]]:
    return [counted(x, births, year=2010 + n, indicator_id="mmr", **more) for n, x in enumerate(events)]


def test_a_banner_of_800_births_claims_no_trend_says_what_would_be_needed_and_pools(tell: Any, params: Params) -> None:
    aim = target("<=", 14.5, indicator="mmr", indicators=params.indicators)
    details = tell(yearly([1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1], 800, region_code="150102"), aim, "150102").details
    assert "11个年度点合计只有3例（至少20例），数据不足，不作趋势判断" in details
    assert "分母800不足20661，即使0例也不能据此判定低于目标" in details
    assert "2018—2020年合并：死亡1例/活产2400人，41.67/10万（95%精确区间1.05～232.15/10万）" in details
    assert not re.search("趋势有统计学证据|未见统计学显著趋势|年均", details)


def test_the_region_claims_with_test_size_interval_evidence_and_data(tell: Any, mmr: Target) -> None:
    details = tell(yearly([61, 56, 54, 51, 41, 45, 39, 38, 33, 24, 22], 210_000), mmr).details
    assert re.search(
        r"2010—2020年，孕产妇死亡率年均下降[0-9.]+%（95% CI [0-9.]+%～[0-9.]+%），下降趋势有统计学证据"
        r"（11个年度点；泊松对数线性回归，P＜0\.001，校正后P＜0\.001；死亡464例/活产2310000人）",
        details,
    )


def test_no_evidence_names_what_would_have_been_detected(tell: Any, mmr: Target) -> None:
    details = tell(yearly([30, 25, 28, 33, 27, 31, 26, 30, 29, 27, 30], 210_000), mmr).details
    assert re.search(r"未见统计学显著趋势（年均变化−?[0-9.]+%，95% CI .*；可检出的最小年变化为[0-9.]+%）", details)
    assert "稳定" not in details
