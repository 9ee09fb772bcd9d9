"""Small multiples: one scale for all, gaps stay gaps, names fit."""

import math
from itertools import pairwise

import pytest

from endline.figures import Multiple, small_multiples
from endline.figures.style import BLUE, GREY, ORANGE

from .drawn import Drawn

NAN = math.nan
YEARS = list(range(2010, 2021))
FALLING = [30.0 - n for n in range(11)]


def draw(panels: list[Multiple], behind: list[float] | None = None) -> Drawn:
    words = {"met": "达标", "not_met": "未达标"}
    names = ("目标 20", behind or [], "内蒙古自治区" if behind else "")
    return Drawn(small_multiples(panels, "率（‰）", *names, words, "模拟数据"))


def test_all_panels_have_one_scale() -> None:
    panels = [Multiple(f"区{n}", YEARS, [value] * 11) for n, value in enumerate((10.0, 20.0, 30.0, 40.0))]
    lines = draw(panels).stroked(BLUE, "1.4")
    heights = [line.pieces[0][0][1] for line in lines]
    steps = [a - b for a, b in pairwise(heights)]
    assert steps == pytest.approx([steps[0]] * 3, abs=0.05)
    assert [line.pieces[0][-1][1] for line in lines] == heights


def test_a_gap_stays_a_gap_and_few_events_are_hollow() -> None:
    values = [NAN if n == 4 else v for n, v in enumerate(FALLING)]
    drawn = draw([Multiple("甲", YEARS, values, 20.0, "met", [n == 9 for n in range(11)])])
    assert [len(piece) for piece in drawn.stroked(BLUE, "1.4")[0].pieces] == [4, 6]
    hollow = [m for m in drawn.marks if m.fill == "#ffffff" and m.edge == GREY.lower()]
    assert len(hollow) == 1


def test_the_own_series_the_target_and_the_verdict_stand_in_every_panel() -> None:
    panels = [Multiple(f"区{n}", YEARS, FALLING, 20.0, "not_met" if n else "met") for n in range(5)]
    drawn = draw(panels, FALLING)
    assert len(drawn.stroked(GREY, "0.7")) == 5
    assert len([p for p in drawn.stroked(ORANGE) if p.style.get("stroke-dasharray")]) == 5
    assert [m.shape for m in drawn.marks].count("cross") == 4 + 1  # and one in the legend
    assert {t.text for t in drawn.texts} >= {"目标 20", "内蒙古自治区", "达标", "未达标"}


@pytest.mark.parametrize("number", [0, 1, 4, 5, 12, 14])
def test_nothing_overlaps(number: int) -> None:
    names = ["莫力达瓦达斡尔族自治旗", "甲", "双江拉祜族佤族布朗族傣族自治县"]
    drawn = draw([Multiple(names[n % 3], YEARS, FALLING, 20.0, "met") for n in range(number)], FALLING)
    assert [t.text for t in drawn.texts].count("2020") == min(number, 4)
    drawn.check_texts()


def test_a_panel_without_values_keeps_its_name() -> None:
    assert draw([Multiple("甲", YEARS, [NAN] * 11)]).text("甲")
