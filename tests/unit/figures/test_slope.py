"""The slope chart: both values of a row at their heights, names apart, the missed ones in front."""

import math

import pytest

from endline.figures import Mark, SlopeRow, slope_chart
from endline.figures.style import BLUE, GREY, ORANGE

from .drawn import Drawn

NAN = math.nan
WORDS = {"met": "达标", "not_met": "未达标"}


def row(label: str, baseline: float, final: float, state: str = "met", **more: bool) -> SlopeRow:
    return SlopeRow(
        label, baseline, final, state, *("—" if math.isnan(v) else f"{v:g}" for v in (baseline, final)), **more
    )


def draw(rows: list[SlopeRow], target: float | None = 20.0) -> Drawn:
    goal = Mark(f"目标 {target:g}", target) if target is not None else None
    return Drawn(slope_chart(rows, ("2010年", "2020年"), goal, "率（‰）", WORDS, "模拟数据"))


def test_a_line_joins_both_values() -> None:
    drawn = draw([row("甲", 40, 10), row("乙", 30, 35, "not_met")], None)
    ((left, high), (right, low)), ((_, before), (_, after)) = (
        drawn.stroked(colour, "1.1")[0].pieces[0] for colour in (BLUE, ORANGE)
    )
    assert (left, right) == (drawn.text("2010年").x, drawn.text("2020年").x)
    assert (before - high) / (low - high) == pytest.approx(10 / 30, abs=0.01)
    assert (after - high) / (low - high) == pytest.approx(5 / 30, abs=0.01)
    assert {t.text for t in drawn.texts} >= {"甲 40", "10 甲", "乙 30", "35 乙"}
    assert {m.shape for m in drawn.marks} == {"circle", "cross"}


def test_a_row_with_one_value_is_a_mark_without_a_line() -> None:
    drawn = draw([row("甲", NAN, 10)])
    assert drawn.stroked(BLUE, "1.1") == []
    assert len([m for m in drawn.marks if m.x > drawn.width / 2]) == 1
    assert [t.text for t in drawn.texts if "甲" in t.text] == ["10 甲"]


def test_values_on_too_few_events_are_grey() -> None:
    assert draw([row("甲", 40, 10, weak=True)]).stroked(GREY, "1.1")


def test_of_many_rows_the_missed_are_named_first() -> None:
    rows = [row(f"达{n}", 20 + n, 10 + n / 9) for n in range(60)]
    drawn = draw([*rows, row("未", 21, 13, "not_met")])
    assert drawn.text("13 未")
    assert len(drawn.stroked(BLUE, "1.1")) == 60
    assert drawn.height <= 110 * 72 / 25.4
    drawn.check_texts()


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [row("甲", 5, 5)] * 14,
        [row("莫力达瓦达斡尔族自治旗", 30 + n / 50, n, "not_met") for n in range(14)],
        [row(f"察哈尔右翼中旗{n}", 0, 0) for n in range(14)] + [row("乙", 3000, 1234.56)],
    ],
)
def test_names_neither_touch_nor_leave_the_sheet(rows: list[SlopeRow]) -> None:
    draw(rows).check_texts()
