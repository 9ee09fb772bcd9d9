"""Labels are placed by estimates of their widths; the estimates must be near what the font says."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.ft2font import FT2Font

from builders import cases
from endline.export.fonts import font_files
from endline.figures.labels import broken, ems, pushed_apart


@pytest.fixture(scope="module")
def font() -> FT2Font:
    font = FT2Font(str(font_files()[0]))
    font.set_size(100, 72)
    return font


@pytest.mark.parametrize("text", ["2020", "0.0016", "-12.5", "终期 15.32", "基期 ≥1000", "内蒙古自治区", "目标 14.1"])
def test_the_estimated_width_is_near_the_fonts(font: FT2Font, text: str) -> None:
    width = sum(font.load_char(ord(char)).linearHoriAdvance for char in text) / 65536 / 100
    assert ems(text) == pytest.approx(width, rel=0.04)


@cases(
    """
    text                     | room | lines
    全国                     | 8    | 全国
    新疆维吾尔自治区         | 8    | 新疆维吾尔自治区
    积石山保安族东乡族自治县 | 8    | 积石山保安族/东乡族自治县
    甲乙丙丁戊己庚辛壬       | 4    | 甲乙丙/丁戊己/庚辛壬
    abcdefgh甲乙丙丁         | 4    | abcd/efgh/甲乙丙丁
    住院分娩率（农村）（%）  | 8    | 住院分娩率/（农村）（%）
    甲乙丙丁戊（%）          | 6    | 甲乙丙丁/戊（%）
    （甲乙）                 | 3    | （甲/乙）
    甲乙丙                   | 0.5  | 甲/乙/丙
    甲                       | 0.5  | 甲
    """
)
def test_a_long_name_is_broken_evenly_over_as_few_lines_as_fit(text: str, room: float, lines: str) -> None:
    assert broken(text, room) == lines.split("/")


labels = st.lists(st.tuples(st.floats(-50, 250), st.floats(5, 30)), max_size=6).map(sorted)


@given(labels)
def test_labels_are_pushed_apart_inside_their_room_in_their_order(wanted: list[tuple[float, float]]) -> None:
    centres, heights = [c for c, _ in wanted], [h for _, h in wanted]
    placed = pushed_apart(centres, heights, 0, 180)
    edges = [(c - h / 2, c + h / 2) for c, h in zip(placed, heights, strict=True)]
    assert all(above[0] >= below[1] - 1e-9 for below, above in pairwise(edges))
    assert all(low >= -1e-9 and high <= 180 + 1e-9 for low, high in edges)


def test_labels_apart_stay_where_they_are() -> None:
    assert pushed_apart([10, 30, 90], [20, 20, 20], 0, 100) == [10, 30, 90]
