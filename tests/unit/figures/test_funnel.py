"""The funnel plot: areas at their sizes and values, limits, and names only for what lies far outside."""

import math

import pytest

from endline.figures import FunnelLimits, FunnelPoint, Mark, funnel_chart
from endline.figures.style import BLUE, GREY, INK, ORANGE

from .drawn import Drawn

WORDS = {
    "inside": "限内",
    "above_95": "高于95%",
    "below_95": "低于95%",
    "above_998": "高于99.8%",
    "below_998": "低于99.8%",
    "limit_95": "95%控制限",
    "limit_998": "99.8%控制限",
    "weak": "事件过少",
}
SIZES = [100 * 1.1**n for n in range(50)]
LIMITS = FunnelLimits(
    SIZES,
    *([max(0.0, 10 + way * 100 / math.sqrt(size)) for size in SIZES] for way in (-2, 2, -3, 3)),
)
NOTHING = FunnelLimits([], [], [], [], [])


def draw(points: list[FunnelPoint], limits: FunnelLimits = LIMITS, target: float | None = 12.0) -> Drawn:
    goal = None if target is None else Mark(f"目标 {target:g}", target)
    axes = ("活产数（对数刻度）", "率（‰）")
    return Drawn(funnel_chart(points, limits, Mark("本区 10", 10.0), goal, axes, WORDS, "模拟数据"))


def crowd(number: int, state: str, value: float) -> list[FunnelPoint]:
    return [FunnelPoint(f"察哈尔右翼中旗{n}", 500 + 90 * n, value + n % 7, state) for n in range(number)]


def test_points_stand_at_their_values_over_a_logarithmic_size() -> None:
    drawn = draw([FunnelPoint("甲", size, value) for size, value in ((200, 5.0), (1000, 10.0), (5000, 15.0))])
    marks = sorted((m for m in drawn.marks if m.y < 0.8 * drawn.height), key=lambda m: m.x)
    assert [drawn.value(m.y) for m in marks] == pytest.approx([5, 10, 15], abs=0.1)
    assert marks[1].x - marks[0].x == pytest.approx(marks[2].x - marks[1].x, abs=0.1)
    assert [drawn.text(f"{m}").x for m in (200, 1000, 5000)] == pytest.approx([m.x for m in marks], abs=0.1)


def test_the_state_is_a_shape_and_only_what_lies_outside_the_outer_limits_is_named() -> None:
    states = ("inside", "above_95", "below_95", "above_998", "below_998")
    points = [FunnelPoint(state, 300 * 2**n, 5.0 + 3 * n, state) for n, state in enumerate(states)]
    drawn = draw(points)
    assert [m.shape for m in sorted(drawn.marks, key=lambda m: m.x) if m.y < 0.8 * drawn.height] == [
        *("circle", "up", "down", "up", "down")
    ]
    assert {t.text for t in drawn.texts} & set(states) == {"above_998", "below_998"}
    assert {t.text for t in drawn.texts} >= set(WORDS.values()) - {"事件过少"}


def test_a_value_on_too_few_events_is_grey_and_said_to_be() -> None:
    drawn = draw([FunnelPoint("甲", 500, 0.0, "below_998", weak=True)])
    point, entry = sorted(drawn.marks, key=lambda m: m.y)
    assert (point.edge, entry.edge) == (GREY.lower(), GREY.lower())
    assert drawn.text("事件过少")


def test_limits_levels_and_their_names() -> None:
    drawn = draw(crowd(5, "inside", 9))
    assert len(drawn.stroked(GREY, "0.9")) == len(drawn.stroked(GREY, "0.7")) == 2
    (reference,), (target,) = drawn.stroked(BLUE, "0.9"), drawn.stroked(ORANGE)
    assert drawn.value(reference.pieces[0][0][1]) == pytest.approx(10, abs=0.1)
    assert drawn.value(target.pieces[0][0][1]) == pytest.approx(12, abs=0.1)
    assert {t.text for t in drawn.texts} >= {"本区 10", "目标 12", "95%控制限", "99.8%控制限"}
    assert not draw(crowd(5, "inside", 9), target=None).stroked(ORANGE)


def test_a_limit_of_zero_is_none() -> None:
    drawn = draw(crowd(30, "inside", 9))
    lowest = max(y for path in drawn.stroked(GREY, "0.9") for piece in path.pieces for _, y in piece[1:])
    assert drawn.value(lowest) > 0


@pytest.mark.parametrize(
    "points",
    [
        [],
        [FunnelPoint("莫力达瓦达斡尔族自治旗", 800, 3.0, "below_998")],
        [FunnelPoint("甲", math.nan, 3.0), FunnelPoint("乙", 300, math.nan), FunnelPoint("丙", 0, 0)],
        crowd(103, "inside", 8),
        crowd(103, "above_998", 30),
        [*crowd(60, "below_998", 0), *crowd(43, "above_998", 25)],
        [FunnelPoint("甲", 500, 7.0, "above_998")] * 9,
    ],
)
def test_names_never_overlap_and_are_at_most_eight(points: list[FunnelPoint]) -> None:
    for limits in (LIMITS, NOTHING):
        drawn = draw(points, limits)
        named = [t for t in drawn.texts if t.fill == INK.lower() and t.size == 8.5]
        assert len(named) <= 8
        drawn.check_texts()
