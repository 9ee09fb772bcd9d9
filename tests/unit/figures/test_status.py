"""The status bar: lengths are shares, every part is named once, nothing overlaps."""

import pytest

from endline.figures import Part, StatusRow, status_bar
from endline.figures.style import BLUE, LIGHT, ORANGE

from .drawn import Drawn

NAMES = {"met": "达标", "not_met": "未达标", "no_data": "无数据", "pending": "待评"}


def row(label: str, *counts: int) -> StatusRow:
    parts = [Part(name, n, state) for (state, name), n in zip(NAMES.items(), counts, strict=True)]
    return StatusRow(label, parts, f"共{sum(counts)}项")


def widths(drawn: Drawn, colour: str) -> list[float]:
    return [box[1][0] - box[0][0] for path in drawn.filled(colour) for box in path.pieces]


def test_parts_are_as_long_as_their_shares_and_all_bars_as_long_as_one_another() -> None:
    drawn = Drawn(status_bar([row("妇女纲要", 12, 3, 0, 5), row("合计", 30, 6, 4, 0)]))
    met, not_met, no_data = (widths(drawn, colour) for colour in (BLUE, ORANGE, LIGHT))
    bar = met[0] / (12 / 20)
    assert met == pytest.approx([bar * 12 / 20, bar * 30 / 40], abs=0.1)
    assert not_met == pytest.approx([bar * 3 / 20, bar * 6 / 40], abs=0.1)
    assert no_data == pytest.approx([bar * 4 / 40], abs=0.1)


@pytest.mark.parametrize("counts", [(22, 5, 1, 5), (100, 1, 1, 1), (1, 0, 0, 0), (1, 1, 100, 1), (0, 0, 0, 0)])
def test_every_part_is_named_with_its_count_and_nothing_overlaps(counts: tuple[int, ...]) -> None:
    drawn = Drawn(
        status_bar([row("中国儿童发展纲要（2011—2020年）", *counts), row("儿童纲要", 20, 4, 4, 4)], "模拟数据")
    )
    told = {t.text for t in drawn.texts}
    assert told >= {f"{name} {n}" for name, n in zip(NAMES.values(), counts, strict=True) if n}
    assert f"共{sum(counts)}项" in told
    drawn.check_texts()


def test_of_no_row_there_is_an_empty_sheet() -> None:
    assert Drawn(status_bar([])).texts == []
