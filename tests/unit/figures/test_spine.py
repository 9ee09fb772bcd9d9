"""The spine chart: the target is the zero of every row, better is to the right, far away is an arrow."""

import math
from typing import Any, Literal

import pytest

from endline.figures import SPINE_ROWS, SpineRow, Spot, spine_chart
from endline.figures.style import BLUE, GREY, ORANGE

from .drawn import Drawn, Mark

WORDS = {
    "target": "目标",
    "baseline": "2010年",
    "final": "2020年",
    "upper": "内蒙古自治区",
    "nation": "全国",
    "median": "同级中位数",
    "worse": "未达目标",
    "better": "优于目标",
    "met": "达标",
    "not_met": "未达标",
    "no_data": "无数据",
    "pending": "待评",
}


def spot(value: float) -> Spot:
    return Spot(value, "—" if math.isnan(value) else f"{value:g}")


def row(
    baseline: float, final: float, target: float = 20, better: Literal["lower", "higher"] = "lower", **more: Any
) -> SpineRow:
    facts = {"name": "孕产妇死亡率（/10万）", "state": "met", **more}
    return SpineRow(
        better=better, target=Spot(target, f"≤{target:g}"), baseline=spot(baseline), final=spot(final), **facts
    )


def target_line(drawn: Drawn) -> tuple[float, float]:
    """Return where the line of the target stands, and the height at which the rows end."""
    (line,) = drawn.stroked(ORANGE)
    return line.pieces[0][0]


def own_marks(drawn: Drawn) -> dict[str, list[Mark]]:
    """Return the marks of the own values on the scale."""
    left, bottom = drawn.text("未达目标").left - 120, target_line(drawn)[1]
    own = [m for m in drawn.marks if m.y < bottom and m.edge == BLUE.lower() and left < m.x < 0.8 * drawn.width]
    filled = [m.fill == BLUE.lower() for m in own]
    return {
        "final": [m for m, full in zip(own, filled, strict=True) if full],
        "baseline": [m for m, full in zip(own, filled, strict=True) if not full],
    }


@pytest.mark.parametrize(
    ("facts", "places"),
    [
        ((30.0, 15.0, 20.0, "lower"), (-1.0, 0.5)),
        ((22.0, 10.0, 20.0, "lower"), (-0.2, 1.0)),
        ((70.0, 90.0, 80.0, "higher"), (-1.0, 1.0)),
        ((85.0, 95.0, 80.0, "higher"), (1 / 3, 1.0)),
        ((20.0, 20.0, 20.0, "lower"), (0.0, 0.0)),
    ],
)
def test_a_value_stands_at_its_distance_from_the_target_in_units_of_the_row(
    facts: tuple[Any, ...], places: tuple[float, float]
) -> None:
    one = row(*facts)
    assert (one.place(one.baseline), one.place(one.final)) == pytest.approx(places)


def test_better_is_to_the_right_of_the_target() -> None:
    drawn = Drawn(spine_chart([row(30, 15)], WORDS))
    marks = own_marks(drawn)
    final, baseline = (marks[key][0].x - target_line(drawn)[0] for key in ("final", "baseline"))
    assert final > 0 > baseline
    assert final / baseline == pytest.approx(-0.5, abs=0.02)


def test_comparators_have_their_own_marks_and_are_arrows_where_they_are_far_away() -> None:
    one = row(30, 15, upper=spot(22), nation=spot(90), median=spot(-20))
    drawn = Drawn(spine_chart([one], WORDS))
    grey = [m for m in drawn.marks if m.edge == GREY.lower() and m.y < target_line(drawn)[1]]
    assert sorted(m.shape for m in grey) == ["left", "right", "square"]
    assert {t.text for t in drawn.texts} >= {"22", "90", "-20"}


def test_a_row_without_values_keeps_its_name_its_target_and_its_verdict() -> None:
    drawn = Drawn(spine_chart([row(math.nan, math.nan, state="no_data"), row(30, 15)], WORDS))
    assert {t.text for t in drawn.texts} >= {"孕产妇死亡率（/10万）", "≤20", "—", "无数据", "达标"}
    assert [len(marks) for marks in own_marks(drawn).values()] == [1, 1]


def test_columns_without_a_value_are_left_out() -> None:
    told = {t.text for t in Drawn(spine_chart([row(30, 15, upper=spot(22), nation=Spot(math.nan, "—"))], WORDS)).texts}
    assert "自治区" in told
    assert not told & {"全国", "同级中位数", "—"}


def test_a_value_on_too_few_events_is_grey() -> None:
    drawn = Drawn(spine_chart([row(30, 15, weak=True)], WORDS))
    assert drawn.text("15").fill == GREY.lower()
    assert drawn.text("30").fill != GREY.lower()


@pytest.mark.parametrize("number", [0, 1, 31, SPINE_ROWS])
def test_nothing_overlaps_and_a_page_holds_it(number: int) -> None:
    names = ["婴儿死亡率（‰）", "妇女心理健康和精神疾病预防知识知晓率（%）", "0～6个月婴儿纯母乳喂养率（%）"]
    rows = [
        row(30, 15, name=names[n % 3], state="not_met", upper=spot(1234.56), nation=spot(22)) for n in range(number)
    ]
    drawn = Drawn(spine_chart(rows, WORDS, "模拟数据"))
    assert drawn.height <= 196 * 72 / 25.4 + 0.01
    drawn.check_texts()
