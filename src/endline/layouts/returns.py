"""What a recognised sheet hands over: the figures of each region and year, with the cell in which each stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from endline.layouts.figures import Bools, Floats
from endline.layouts.match import Match
from endline.workbooks.cells import Cell

Stream = Literal["upper", "own"]  # told by a region about those below it, or by a region about itself


@dataclass(frozen=True)
class Who:
    """The region and the year that a row of figures is of."""

    region: str
    year: int


@dataclass(frozen=True)
class Line:
    """A row of figures: whose, of which year, its number in the file, whether it is refused, its cells as JSON."""

    region: str
    year: int
    number: int
    refused: bool
    cells: str


@dataclass(frozen=True)
class Return:
    """A form as one sheet holds it: matrices [lines, columns] of the values (NaN: none to be used) and if there is one.

    `items` names each column's item (`form41.live_births`), in the order of the matrices; `rates` are those columns
    that are printed beside counts, with the unit that their header says ("" where it says none). `region` is whose
    return it is, "" where nothing says so.
    """

    form: str
    region: str
    stream: Stream
    file: str
    sha256: str
    sheet: str
    items: Mapping[int, str]
    rates: Mapping[int, str]
    lines: tuple[Line, ...]
    value: Floats
    given: Bools
    matches: tuple[Match, ...]
    vintage: str = ""  # first, revised or final figures; "" where the head does not say

    def cell(self, line: int, column: int) -> str:
        """Return the address of a figure, by its place in `lines` and its column in the sheet."""
        return Cell(self.lines[line].number - 1, column, None).address
