"""The chart of an indicator, read back: values stand at their heights, gaps stay gaps, no label touches another."""

import math
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from endline.figures import PANEL, Line, Mark, series_chart
from endline.figures.style import BLUE, GREY, ORANGE

from .drawn import Drawn, close

NAN = math.nan
YEARS = list(range(2010, 2021))
FALLING = [30.0, 28.0, 26.0, 24.0, 22.0, 20.0, 19.0, 18.0, 17.0, 16.0, 15.0]


def line(values: list[float] = FALLING, name: str = "本区", **more: Any) -> Line:
    n = len(values)
    facts = {"low": [NAN] * n, "high": [NAN] * n, "hidden": [False] * n, "bounds": [""] * n, **more}
    return Line(name, values, **facts)


def around(values: list[float], below: float, above: float) -> dict[str, list[float]]:
    return {"low": [v - below for v in values], "high": [v + above for v in values]}


def chart(own: Line, upper: Line | None = None, aim: Mark | None = None, *points: Mark, **more: Any) -> Drawn:
    years = more.get("years", YEARS)
    axis, corner = more.get("axis", "率（%）"), more.get("corner", "")
    own_words = {name: more[name] for name in ("breaks", "form") if name in more}
    return Drawn(series_chart(years, own, upper, aim, points, axis, corner, **own_words))


# values


def test_every_value_stands_at_its_year_and_height() -> None:
    drawn = chart(line(), line([v + 5 for v in FALLING], "上级"))
    assert [t.text for t in drawn.year_labels()] == [str(year) for year in YEARS]
    places = [t.x for t in drawn.year_labels()]
    (axes,) = drawn.stroked("#000000")
    (left, _), _, (right, _) = axes.pieces[0]
    assert places[0] - left == pytest.approx((right - left) / 22, abs=0.02)
    for values, shape in ((FALLING, "circle"), ([v + 5 for v in FALLING], "square")):
        marks = [m for m in drawn.marks if m.shape == shape]
        assert [m.x for m in marks] == pytest.approx(places, abs=0.02)
        assert [drawn.value(m.y) for m in marks] == pytest.approx(values, abs=0.1)


@pytest.mark.parametrize(
    ("missing", "pieces"), [([], [11]), ([0, 10], [9]), ([3], [3, 7]), ([2, 3, 8], [2, 4, 2]), (range(1, 10), [1, 1])]
)
def test_a_gap_stays_a_gap(missing: list[int], pieces: list[int]) -> None:
    drawn = chart(line([NAN if n in missing else v for n, v in enumerate(FALLING)]))
    (path,) = drawn.stroked(BLUE, "1.6")
    assert [len(piece) for piece in path.pieces] == pieces
    assert len(drawn.marks) == sum(pieces)


def test_a_bound_points_to_where_the_value_may_lie() -> None:
    drawn = chart(line(bounds=["", ">=", "<=", *[""] * 8]))
    by_year = sorted(drawn.marks, key=lambda m: m.x)
    assert [m.shape for m in by_year] == ["circle", "up", "down", *["circle"] * 8]


def test_a_value_on_too_few_events_is_grey_and_hollow() -> None:
    drawn = chart(line(hidden=[True, *[False] * 10]))
    first, second, *_ = sorted(drawn.marks, key=lambda m: m.x)
    assert (first.fill, first.edge) == ("#ffffff", GREY.lower())
    assert (second.fill, second.edge) == (BLUE.lower(), BLUE.lower())


# intervals


def test_an_interval_is_drawn_at_its_limits() -> None:
    drawn = chart(line(**around(FALLING, 1, 2)))
    (band,) = drawn.bands()
    for (_, low, high), value in zip(band, FALLING, strict=True):
        limits = drawn.value(low), drawn.value(high)
        assert limits == (pytest.approx(value - 1, abs=0.1), pytest.approx(value + 2, abs=0.1))


def test_a_band_has_the_gaps_of_its_line_and_a_year_alone_has_a_whisker() -> None:
    values = [NAN if n in (3, 5) else v for n, v in enumerate(FALLING)]
    drawn = chart(line(values, **around(values, 1, 2)))
    assert [len(band) for band in drawn.bands()] == [3, 5]
    ((whisker,),) = (path.pieces for path in drawn.stroked(BLUE, "0.7"))
    assert [drawn.value(y) for _, y in whisker] == pytest.approx([FALLING[4] - 1, FALLING[4] + 2], abs=0.1)


def test_a_very_wide_interval_is_cut_off_and_does_not_press_the_series_flat() -> None:
    drawn = chart(line(**around(FALLING, 1, 500)))
    (band,) = drawn.bands()
    assert min(high for _, _, high in band) > 0.08 * drawn.height
    assert max(m.y for m in drawn.marks) - min(m.y for m in drawn.marks) > 0.2 * drawn.height


def test_a_hidden_value_has_no_interval_and_leaves_no_room_for_one() -> None:
    hidden = line(hidden=[True] * 11)
    assert chart(replace(hidden, **around(FALLING, 5, 50))).texts == chart(hidden).texts
    assert chart(replace(hidden, **around(FALLING, 5, 50))).bands() == []
    assert chart(line(**around(FALLING, 5, 50))).texts != chart(hidden).texts


# breaks


def test_no_line_and_no_band_crosses_a_break() -> None:
    own, upper = line(**around(FALLING, 1, 2)), line([v + 5 for v in FALLING], "上级")
    drawn = chart(own, upper, breaks=[(2015, "口径变化")])
    assert [len(piece) for piece in drawn.stroked(BLUE, "1.6")[0].pieces] == [5, 6]
    assert [len(band) for band in drawn.bands()] == [5, 6]
    (rule,) = [p for p in drawn.stroked(GREY) if p.style.get("stroke-dasharray") == "2,2"]
    x = rule.pieces[0][0][0]
    before, after = (t.x for t in drawn.year_labels() if t.text in ("2014", "2015"))
    assert (x, drawn.text("口径变化").x) == (pytest.approx((before + after) / 2, abs=0.1), pytest.approx(x, abs=0.1))
    assert [len(p.pieces) for p in drawn.stroked(GREY) if "stroke-dasharray" not in p.style] == [2]


# sizes


@pytest.mark.parametrize(
    ("name", "axis"),
    [
        ("全国", "0～6个月婴儿纯母乳喂养率（%）"),
        ("莫力达瓦达斡尔族自治旗", "婴儿死亡率（‰）"),
        ("全国", "农村流动人口妇女心理健康和精神疾病预防知识知晓率的城乡差距（每10万）"),
    ],
)
def test_a_panel_stands_beside_a_table(name: str, axis: str) -> None:
    own = line(name=name, **around(FALLING, 1, 2))
    ends = (Mark("基期 30.00", 30.0, 2010), Mark("终期 15.00", 15.0, 2020))
    facts = {"axis": axis, "corner": "模拟数据", "breaks": [(2013, "口径变化")]}
    drawn = chart(own, line([v + 6 for v in FALLING], "呼伦贝尔市"), Mark("目标 20", 20.0), *ends, form=PANEL, **facts)
    assert (drawn.width, drawn.height) == (
        pytest.approx(73 * 72 / 25.4, abs=0.1),
        pytest.approx(43 * 72 / 25.4, abs=0.1),
    )
    assert drawn.year_labels()[-1].text == "2020"
    drawn.check_texts()


def test_a_series_of_nothing_has_years_only() -> None:
    drawn = chart(line([NAN] * 11))
    assert (drawn.marks, drawn.value_labels(), len(drawn.year_labels())) == ([], [], 11)


# target, points, corner


def test_the_target_is_a_dashed_line_at_its_level() -> None:
    (path,) = chart(line(), None, Mark("目标 20", 20.0)).stroked(ORANGE)
    assert path.style["stroke-dasharray"] == "5,3"
    drawn = chart(line(), None, Mark("目标 20", 20.0))
    assert drawn.value(path.pieces[0][0][1]) == pytest.approx(20, abs=0.1)
    assert chart(line(), None, Mark("目标", NAN)).stroked(ORANGE) == chart(line()).stroked(ORANGE) == []


def test_a_chart_without_upper_region_has_no_squares() -> None:
    assert {m.shape for m in chart(line()).marks} == {"circle"}
    assert chart(line()).stroked(GREY) == []


@pytest.mark.parametrize(("values", "above"), [(FALLING, (True, False)), (FALLING[::-1], (False, True))])
def test_both_ends_are_named_beside_their_points_away_from_the_line(
    values: list[float], above: tuple[bool, bool]
) -> None:
    drawn = chart(line(values), None, None, Mark("基期 1", values[0], 2010), Mark("终期 2", values[-1], 2020))
    baseline, final = drawn.text("基期 1"), drawn.text("终期 2")
    first, *_, last = sorted(drawn.marks, key=lambda m: m.x)
    assert 0 < first.x - baseline.left < 5
    assert 0 < final.right - last.x < 5
    assert (baseline.y < first.y, final.y < last.y) == above
    assert all(abs(t.y - 0.37 * t.size - m.y) < 15 for t, m in ((baseline, first), (final, last)))
    (backing,) = [p for p in drawn.filled("#ffffff") if p.style.get("fill-opacity") == "0.75"]
    for text, box in zip((baseline, final), backing.pieces, strict=True):
        assert (box[0][0], box[1][0]) == (pytest.approx(text.left, abs=0.1), pytest.approx(text.right, abs=0.1))


def test_the_corner_marks_simulated_figures_only() -> None:
    marked = chart(line(), corner="模拟数据").text("模拟数据")
    assert marked.fill == ORANGE.lower()
    assert marked.y < 20
    assert "模拟数据" not in {t.text for t in chart(line()).texts}


# labels

LONG = "新疆生产建设兵团第十三师新星市某某区"


@pytest.mark.parametrize("level", [10.0, 15.0, 20.0, 30.0, 45.0])
@pytest.mark.parametrize("names", [("本区", "全国", "目标 20"), (LONG, "内蒙古自治区呼伦贝尔市某旗", "目标 -1234.5")])
def test_names_at_the_right_neither_touch_nor_leave_the_sheet(level: float, names: tuple[str, str, str]) -> None:
    drawn = chart(line(name=names[0]), line([level] * 11, names[1]), Mark(names[2], level + 0.1))
    right = [t for t in drawn.texts if t.left > 0.82 * drawn.width]
    for name, colour in zip(names, (BLUE, GREY, ORANGE), strict=True):
        own = sorted((t for t in right if t.fill == colour.lower()), key=lambda t: t.y)
        assert "".join(t.text for t in own) == name
    assert close(right) == []
    assert all(t.right <= drawn.width and 0 < t.y < drawn.height for t in right)


def test_names_stand_at_the_heights_of_their_last_values_in_their_order() -> None:
    drawn = chart(line(), line([10.0] * 5 + [NAN] * 6, "上级"), Mark("目标 25", 25.0))
    heights = [drawn.text(name) for name in ("目标 25", "本区", "上级")]
    assert [drawn.value(t.y - 0.37 * t.size) for t in heights] == pytest.approx([25, 15, 10], abs=0.1)


@pytest.mark.parametrize(
    "values", [[v * 1e5 for v in FALLING], [v / 1e4 for v in FALLING], [-v for v in FALLING], [5.0] * 11, [0.0] * 11]
)
def test_values_of_any_size_are_labelled_without_powers_of_ten_inside_the_sheet(values: list[float]) -> None:
    drawn = chart(line(values))
    labels = drawn.value_labels()
    assert 3 <= len(labels) <= 7
    assert len({float(t.text) for t in labels}) == len(labels)
    assert close(labels) == []
    assert all(t.left >= 0 for t in labels)
    tolerance = (float(labels[1].text) - float(labels[0].text)) / 50
    assert [drawn.value(m.y) for m in drawn.marks] == pytest.approx(values, abs=tolerance)


@pytest.mark.parametrize("first", [2020, 2019, 2010, 2005, 1995, 1975])
def test_years_never_touch(first: int) -> None:
    years = list(range(first, 2021))
    drawn = chart(line([float(year) for year in years]), years=years)
    labels = drawn.year_labels()
    assert labels[-1].text == "2020"
    assert all(a.right + 2 < b.left for a, b in pairwise(labels))
    assert len(drawn.marks) == len(years)


@pytest.mark.parametrize("text", ["$x^2$", "a < b & c > d", '"甲"'])
def test_texts_are_literal(text: str) -> None:
    drawn = chart(line(name=text), line(name="上级"), Mark(text, 20.0), Mark(text, 15.0, 2020), axis=text, corner=text)
    assert [t.text for t in drawn.texts].count(text) == 5


def test_the_same_figures_give_the_same_bytes_and_others_do_not() -> None:
    facts = (line(**around(FALLING, 1, 2)), line([20.0] * 11, "上级"), Mark("目标 20", 20.0), [], "率", "模拟数据")
    svg = series_chart(YEARS, *facts)
    assert series_chart(YEARS, *facts) == svg
    assert series_chart(YEARS, line([*FALLING[:10], 15.5]), *facts[1:]) != svg
    assert len(svg.encode()) < 10_000
