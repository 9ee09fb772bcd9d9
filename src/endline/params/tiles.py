"""Where regions lie on a map of tiles: `params/tiles.csv`, one grid for the regions directly below each region."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import Field

from endline.errors import ParameterError
from endline.kept import kept
from endline.model import Strict
from endline.regions import Regions, read_by_code

Place = tuple[int, int]  # row from the north, column from the west, both from 0
COLUMNS = 6  # of a grid that the file does not hold


class _Row(Strict):
    code: str
    row: int = Field(ge=0, strict=False)
    column: int = Field(ge=0, strict=False)


@kept
def read_tiles(path: Path) -> Mapping[str, Place]:
    """Return the place of each region in the grid of its parent; ParameterError with file and line for a faulty row."""
    return {code: (row.row, row.column) for code, row in read_by_code(path, _Row).items()}


def check_tiles(places: Mapping[str, Place], register: Regions, path: Path) -> None:
    """Refuse two regions on one tile of a grid with a ParameterError; a place of no region is nobody's."""
    taken: dict[tuple[str, Place], str] = {}
    for code, place in places.items():
        if code not in register:
            continue
        other = taken.setdefault((register[code].parent, place), code)
        if other != code:
            raise ParameterError(f"{path}: {code} and {other} are both at row {place[0]}, column {place[1]}; move one")


def grid(places: Mapping[str, Place], codes: Sequence[str]) -> dict[str, Place]:
    """Return the place of each code: as the file has them, or row by row in their order where it lacks one."""
    if all(code in places for code in codes):
        return {code: places[code] for code in codes}
    return {code: divmod(n, COLUMNS) for n, code in enumerate(codes)}
