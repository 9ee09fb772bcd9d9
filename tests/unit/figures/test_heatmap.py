"""The matrix of verdicts: every cell has its verdict's colour and symbol, nothing is cut off."""

import random
from typing import Any

import pytest

from endline.figures import verdict_heatmap
from endline.figures.style import BLUE, LIGHT, ORANGE
from endline.model import Verdict

from .drawn import Drawn

NAMES = {str(v): f"名{n}" for n, v in enumerate(Verdict)}
SYMBOLS = {"met": "●", "not_met": "×", "no_data": "", "pending": "○", "not_applicable": ""}
COLOURS = {"met": BLUE, "not_met": ORANGE, "no_data": LIGHT}


def matrix(rows: int, columns: int) -> list[list[str]]:
    chance = random.Random(1)  # noqa: S311
    return [chance.choices(list(SYMBOLS), [6, 3, 2, 1, 1], k=columns) for _ in range(rows)]


def draw(verdicts: list[list[str]], **changes: Any) -> Drawn:
    rows = changes.get("rows") or [f"行{n}" for n in range(len(verdicts))]
    columns = [f"列 {n}a" for n in range(len(verdicts[0]))]
    return Drawn(verdict_heatmap(rows, columns, verdicts, NAMES, SYMBOLS, changes.get("corner", "")))


@pytest.mark.parametrize("size", [(1, 1), (2, 37), (34, 46)])
def test_every_cell_has_the_colour_and_the_symbol_of_its_verdict(size: tuple[int, int]) -> None:
    verdicts = matrix(*size)
    drawn = draw(verdicts)
    xs = [t.x - 0.37 * t.size for t in drawn.texts if t.turned]
    ys = [drawn.text(f"行{n}").y - 0.37 * 7.5 for n in range(size[0])]
    symbols = {(round(t.x), round(t.y - 0.37 * t.size)): t.text for t in drawn.texts if t.text in "●×○"}
    assert len(xs) == size[1]
    for y, row in zip(ys, verdicts, strict=True):
        for x, verdict in zip(xs, row, strict=True):
            colours = [c for c in (BLUE, ORANGE, LIGHT) for p in drawn.filled(c) if inside(p.pieces, x, y)]
            assert colours == ([COLOURS[verdict]] if verdict in COLOURS else [])
            found = [text for (a, b), text in symbols.items() if abs(a - x) <= 1 and abs(b - y) <= 1]
            assert found == ([SYMBOLS[verdict]] if SYMBOLS[verdict] else [])


def inside(boxes: list[list[tuple[float, float]]], x: float, y: float) -> bool:
    return any(
        min(a for a, _ in box) < x < max(a for a, _ in box) and min(b for _, b in box) < y < max(b for _, b in box)
        for box in boxes
    )


def test_the_legend_names_the_verdicts_that_are_drawn() -> None:
    drawn = draw(matrix(3, 4))
    assert [t.text for t in drawn.texts if t.text.startswith("名")] == [NAMES[v] for v in SYMBOLS][:4]


def test_the_corner_is_marked_only_where_there_is_a_mark() -> None:
    assert draw(matrix(3, 4), corner="模拟数据").text("模拟数据").right <= draw(matrix(3, 4)).width
    assert "模拟数据" not in {t.text for t in draw(matrix(3, 4)).texts}


def test_nothing_is_cut_off() -> None:
    drawn = draw(matrix(2, 46), rows=["新疆生产建设兵团第十三师新星市", "甲"], corner="模拟数据")
    assert drawn.text("甲").size == 7.5
    drawn.check_texts()
    for t in drawn.texts:
        assert t.turned or 0 <= t.left < t.right <= drawn.width, t
        assert 0 < t.y < drawn.height


def test_the_same_verdicts_give_the_same_bytes() -> None:
    first, second = (
        verdict_heatmap(["甲"], ["a", "b"], [["met", "pending"]], NAMES, SYMBOLS, "模拟") for _ in range(2)
    )
    assert first == second
