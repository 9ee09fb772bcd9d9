"""The tile map: every area on its tile with its state, names inside."""

import pytest

from endline.figures import Tile, tile_map
from endline.figures.style import BLUE, ORANGE

from .drawn import Drawn

WORDS = {"met": "达标", "not_met": "未达标", "pending": "待评"}


def test_tiles_lie_as_their_rows_and_columns_say() -> None:
    drawn = Drawn(tile_map([Tile(2, 3, "甲", "1/2", "met"), Tile(2, 5, "乙"), Tile(4, 3, "丙", "", "not_met")], WORDS))
    first, right, below = (drawn.text(name) for name in "甲乙丙")
    assert (first.x, right.x > first.x, below.x) == (below.x, True, first.x)
    assert below.y > first.y
    assert drawn.text("1/2").x == first.x
    met, not_met = drawn.filled(BLUE), drawn.filled(ORANGE)
    assert (len(met[0].pieces), len(not_met[0].pieces)) == (1, 1)
    assert [t.text for t in drawn.texts if t.text in WORDS.values()] == ["达标", "未达标"]


@pytest.mark.parametrize("columns", [1, 3, 6, 8])
def test_names_stay_inside_their_tiles(columns: int) -> None:
    names = ["莫力达瓦达斡尔族自治旗", "察哈尔右翼中旗", "达尔罕茂明安联合旗"]
    tiles = [Tile(n // columns, n % columns, names[n % 3], "22/27", "met") for n in range(14)]
    drawn = Drawn(tile_map(tiles, WORDS, "模拟数据"))
    boxes = [p.pieces[0] for p in drawn.filled(BLUE) if len(p.pieces[0]) == 4]
    for text in (t for t in drawn.texts if t.y < drawn.height - 25):
        assert any(box[0][0] <= text.left and text.right <= box[1][0] for box in boxes), text
    drawn.check_texts()


def test_of_no_tile_there_is_an_empty_sheet() -> None:
    assert Drawn(tile_map([], WORDS)).texts == []
