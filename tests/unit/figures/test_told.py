"""What stands for a chart: its numbers, directions and names, and nothing else."""

import math
from typing import Any

import pytest

from builders import a_round
from endline.charts import Charts
from endline.evaluation.tally import Tally
from endline.figures import FunnelLimits, FunnelPoint, Multiple, SlopeRow, SpineRow, Spot, Tile
from endline.narrative import Teller
from endline.params import Params
from endline.story import Block
from endline.wording import Wording

from .drawn import Drawn

NAN = math.nan
LIMITS = FunnelLimits([], [], [], [], [])


@pytest.fixture(scope="module")
def charts(params: Params) -> Charts:
    register = params.regions()
    say = Wording(params.wording("zh"))
    teller = Teller(a_round(), register["150100"], register, params.indicators, params.method, say)
    return Charts(teller, [], "模拟数据")


def alt(block: Block) -> str:
    assert Drawn(block.data["image/svg+xml"]).text("模拟数据")
    assert block.marks["caption"] == "图1"
    return str(block.marks["alt"])


def test_the_status_says_every_count(charts: Charts) -> None:
    rows = [charts.status_row("妇女纲要", Tally(9, 1, 0, 2)), charts.status_row("合计", Tally(22, 5, 0, 5))]
    assert alt(charts.status(rows, "图1")) == (
        "条形图：妇女纲要共12项，达标9项、未达标1项、无数据0项、待评2项；合计共32项，达标22项、未达标5项、无数据0项、待评5项"
    )


def spine_row(name: str, baseline: float, final: float, state: str) -> SpineRow:
    spots = [Spot(value, f"{value:g}") for value in (baseline, final)]
    return SpineRow(name, "lower", state, Spot(20, "≤20"), *spots)


def test_the_spine_says_who_missed_and_what_became_worse(charts: Charts) -> None:
    rows = [
        spine_row("甲率", 30, 15, "met"),
        spine_row("乙率", 30, 31, "not_met"),
        spine_row("丙率", 10, 12, "met"),
        spine_row("丁率", NAN, 12, "no_data"),
    ]
    told = alt(charts.spine(rows, "图1"))
    assert "4项指标的终期值与目标比较，达标2项、未达标1项、无数据1项" in told
    assert "1项好转、2项变差、0项不变、1项缺数不能比较" in told
    assert "未达标的是乙率（目标≤20，终期31）；较基期变差的是乙率、丙率" in told


def test_the_funnel_names_what_lies_outside_the_outer_limits(charts: Charts, params: Params) -> None:
    points = [
        FunnelPoint("甲旗", 500, 30, "above_998"),
        FunnelPoint("乙旗", 500, 12, "above_95"),
        FunnelPoint("丙旗", 500, 8),
        FunnelPoint("丁旗", NAN, NAN),
    ]
    told = alt(charts.funnel(points, LIMITS, 7.5, 10, params.indicators["imr"], "图1"))
    assert told == (
        "漏斗图：4个地区的婴儿死亡率，参照值7.50‰；高于99.8%控制限的1个（甲旗30.00‰）；没有低于99.8%控制限的；"
        "高于95%控制限的1个；没有低于95%控制限的；95%控制限之内的1个；没有数值的1个；目标10‰"
    )
    assert "；目标" not in alt(charts.funnel(points, LIMITS, 7.5, None, params.indicators["imr"], "图1"))


def test_the_slope_says_every_row_and_its_direction(charts: Charts, params: Params) -> None:
    rows = [
        SlopeRow("甲旗", 30, 20, "met", "30.00", "20.00"),
        SlopeRow("乙旗", 10, 12, "met", "10.00", "12.00"),
        SlopeRow("丙旗", NAN, 12, "met", "—", "12.00"),
    ]
    told = alt(charts.slope(rows, params.indicators["imr"], "图1", 10))
    assert "2010年至2020年共3条，上升1条、下降1条、不变0条、缺数1条" in told
    assert told.endswith("；甲旗由30.00到20.00；乙旗由10.00到12.00；丙旗由—到12.00")


def test_small_multiples_say_both_ends_of_each(charts: Charts, params: Params) -> None:
    years = [2010, 2015, 2020]
    panels = [
        Multiple("甲旗", years, [8.0, 7.0, NAN], 10, "no_data"),
        Multiple("乙旗", years, [NAN] * 3, 10),
        Multiple("丙旗", years, [NAN, 5.0, NAN], 10),
    ]
    block = charts.multiples(panels, params.indicators["imr"], "图1", [9.0, 8.0, 7.0])
    assert alt(block).endswith(
        "3个地区的婴儿死亡率（‰）；甲旗2010年8.00‰、2015年7.00‰，无数据；乙旗无数据；丙旗2015年5.00‰"
    )
    assert {t.text for t in Drawn(block.data["image/svg+xml"]).texts} >= {"目标 10", "呼和浩特市"}


@pytest.mark.parametrize(
    ("words", "states", "told"),
    [
        (None, ("met", "not_met"), "2个地区，达标的1个、未达标的1个；甲旗1/2、乙旗"),
        ({"level_1": "不足60%", "level_2": "60%以上"}, ("level_2", "level_2"), "2个地区，60%以上的2个；甲旗1/2、乙旗"),
        (None, ("", ""), "2个地区；甲旗1/2、乙旗"),
    ],
)
def test_tiles_say_their_states_and_texts(charts: Charts, words: Any, states: tuple[str, str], told: str) -> None:
    tiles = [Tile(0, 0, "甲旗", "1/2", states[0]), Tile(0, 1, "乙旗", "", states[1])]
    assert alt(charts.tiles(tiles, "图1", words)) == f"地区示意图：{told}"


def test_every_kind_has_a_note_on_how_to_read_it(charts: Charts) -> None:
    for kind in ("spine", "funnel", "slope", "multiples", "tiles"):
        assert charts.note(kind).startswith("注：")
