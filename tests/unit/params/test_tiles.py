"""The grids of tiles: every banner once within its league, nothing on top of another."""

from pathlib import Path

import pytest

from builders import ROOT, edit, project
from endline.errors import ParameterError
from endline.params import Params
from endline.params.tiles import read_tiles
from endline.project import Project

PROVINCE = "150000"


@pytest.fixture(scope="module")
def params() -> Params:
    return Params(Project(ROOT))


def test_every_league_and_every_banner_has_one_tile_in_its_own_grid(params: Params) -> None:
    register = params.regions()
    below = register.below(PROVINCE)
    assert set(read_tiles(ROOT / "params" / "tiles.csv")) == {region.code for region in below}
    for parent in (PROVINCE, *(r.code for r in below if r.level == "league")):
        codes = tuple(region.code for region in register.children(parent))
        places = params.tiles(codes)
        assert list(places) == list(codes)
        assert len(set(places.values())) == len(codes)
        assert all(min(place[n] for place in places.values()) == 0 for n in (0, 1))
        assert max(column for _, column in places.values()) < 7


def test_leagues_lie_from_west_to_east_and_from_north_to_south(params: Params) -> None:
    names = {region.name: region.code for region in params.regions().children(PROVINCE)}
    places = params.tiles(tuple(names.values()))
    west_to_east = [places[names[name]][1] for name in ("阿拉善盟", "包头市", "呼和浩特市", "赤峰市", "通辽市")]
    north_to_south = [places[names[name]][0] for name in ("呼伦贝尔市", "兴安盟", "通辽市", "赤峰市", "鄂尔多斯市")]
    assert west_to_east == sorted(set(west_to_east))
    assert north_to_south == sorted(set(north_to_south))


def test_regions_without_a_grid_stand_row_by_row_in_their_order(params: Params) -> None:
    codes = tuple(str(440000 + 100 * n) for n in range(1, 9))
    assert list(params.tiles(codes).values()) == [*((0, n) for n in range(6)), (1, 0), (1, 1)]


def test_a_project_may_have_no_grids(tmp_path: Path) -> None:
    copied = project(tmp_path)
    (copied.params / "tiles.csv").unlink()
    assert Params(copied).tiles(("150100", "150200")) == {"150100": (0, 0), "150200": (0, 1)}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("150200,3,2", "150200,3,3", ["150200 and 150100", "row 3, column 3"]),
        ("150200,3,2", "150100,3,2", ["line 3", "150100 stands twice"]),
        ("150200,3,2", "150200,-1,2", ["line 3", "row", "'-1'"]),
        ("150200,3,2", "150200,3,x", ["line 3", "column", "'x'"]),
        ("150200,3,2", "150200,3", ["line 3", "column"]),
        ("code,row,column", "code,row,columm", ["line 2", "columm"]),
    ],
)
def test_a_faulty_row_is_one_line_that_says_where(tmp_path: Path, old: str, new: str, told: list[str]) -> None:
    copied = project(tmp_path)
    edit(copied.params / "tiles.csv", old, new)
    with pytest.raises(ParameterError) as caught:
        Params(copied).tiles(("150100",))
    message = str(caught.value)
    assert "tiles.csv" in message
    assert "\n" not in message
    for part in told:
        assert part in message
