"""Where the header of a sheet stands, and what each of its columns is called, level by level."""

from dataclasses import dataclass, replace
from itertools import zip_longest

from endline.layouts.grid import Grid
from endline.layouts.known import Known
from endline.layouts.text import YEAR, plain, split_unit
from endline.workbooks.cells import Cell
from endline.workbooks.words import MISSING

SEARCHED = 40  # rows that are not empty, from the top
LEVELS = 4
_FEWEST = 2  # known words in the row by which a header is found


@dataclass(frozen=True)
class Heading:
    """What stands above a column: its levels, with those of its left neighbour where cells are not merged, its unit.

    `is_whole` is false where its lowest level spans other columns as well, so that a level is missing; `is_lowest`
    where the header has a level below that says nothing here.
    """

    column: int
    address: str
    path: tuple[str, ...]
    spread: tuple[str, ...]
    unit: str = ""
    code: str = ""
    is_whole: bool = True
    is_lowest: bool = True

    @property
    def text(self) -> str:
        """Its levels in one line."""
        return " / ".join(self.spread)


@dataclass(frozen=True)
class Header:
    """The rows of a header, first and last, and what stands above each column."""

    top: int
    bottom: int
    headings: tuple[Heading, ...]


def find_header(grid: Grid, known: Known) -> Header | None:
    """Return the header of a sheet: up to four rows of known words, empty ones between; None where there is none."""
    rows = list(grid.rows)[:SEARCHED]
    finder = _Finder(grid, known)
    counts = {row: len(items) + len(finder.keys(row)) for row in rows if (items := finder.items(row))}
    counts = {row: n for row, n in counts.items() if not finder.is_meta(row, min(finder.items(row)))} or counts
    best = max(counts, key=lambda row: (counts[row], -row), default=-1)
    if best < 0 or counts[best] < _FEWEST:
        return None
    left = min(finder.items(best))
    place = rows.index(best)
    levels, meta = [best], []
    for row in reversed(rows[:place]):
        if not finder.is_level_above(row, left, levels[0]):
            break
        levels.insert(0, row)
    left = min(column for row in levels for column in (*finder.items(row), left))
    for row in rows[place + 1 :]:
        if finder.is_meta(row, left):
            meta.append(row)
        elif not meta and finder.is_level_below(row, left, levels):
            levels.append(row)
        else:
            break
    if len(levels) > LEVELS:
        return None
    bottom = (meta or levels)[-1]
    grid.spread_merges(levels[0], bottom)
    return Header(levels[0], bottom, tuple(_headings(grid, known, levels, meta)))


class _Finder:
    def __init__(self, grid: Grid, known: Known) -> None:
        self.grid, self.known = grid, known
        self._items: dict[int, list[int]] = {}

    def items(self, row: int) -> list[int]:
        """Return the columns in which a level of an item's header stands; none in a row with numbers."""
        if row not in self._items:
            texts = () if self.grid.numbers(row) else self.grid.texts(row)
            self._items[row] = [column for column, text in texts if self.known.is_level(text)]
        return self._items[row]

    def keys(self, row: int) -> list[int]:
        return [column for column, text in self.grid.texts(row) if plain(text) in self.known.keys]

    def is_level_above(self, row: int, left: int, below: int) -> bool:
        """Tell whether a row belongs to the header below it: known words, or right above it any that are no title's."""
        if any(column >= left for column in self.items(row)):
            return True
        texts = [text for column, text in self.grid.texts(row) if column >= left]
        return bool(texts) and row == below - 1 and not self.grid.numbers(row) and not self._is_head(row)

    def is_level_below(self, row: int, left: int, levels: list[int]) -> bool:
        """Tell whether a row belongs to the header above it: known words, or any where no region and no figure is."""
        keys = {column for level in levels for column in self.keys(level)}
        if any(column >= left and column not in keys for column in self.items(row)):
            return True
        texts = dict(self.grid.texts(row))
        is_labelled = any(column < left or column in keys for column in texts)
        return not is_labelled and not self.grid.numbers(row) and not MISSING.keys() >= set(texts.values())

    def _is_head(self, row: int) -> bool:
        texts = [plain(text) for _, text in self.grid.texts(row)]
        return any(word in text for text in texts for word in self.known.heads) or any(map(YEAR.search, texts))

    def is_meta(self, row: int, left: int) -> bool:
        """Tell whether a row holds units, codes or column numbers, and no more."""
        texts = [(column, plain(text)) for column, text in self.grid.texts(row)]
        body = [text for column, text in texts if column >= left]
        start = [text for column, text in texts if column < left]
        if any(text in self.known.meta for text in start):
            return True
        if not body or any(text and text not in self.known.words.ordinals for text in start):
            return False
        numbered = [int(text) for text in body if text.isascii() and text.isdigit()]
        if len(numbered) == len(body) > _FEWEST:
            return numbered == list(range(numbered[0], numbered[0] + len(body))) and numbered[0] in (1, 2, 3)
        return all(self._says_unit(text) for text in body) or all(text in self.known.all_codes for text in body)

    def _says_unit(self, text: str) -> bool:
        bare, unit = split_unit(text, self.known.units)
        return bool(unit) and not bare


def _headings(grid: Grid, known: Known, levels: list[int], meta: list[int]) -> list[Heading]:
    current = [""] * len(levels)
    found = []
    for column in grid.columns:
        own = [grid.filled(row, column) for row in levels]
        for level, text in enumerate(own):
            is_merged = grid.is_merged(levels[level], column)
            if (text or is_merged) and (text != current[level] or not is_merged):
                current[level:] = [text] + [""] * (len(levels) - level - 1)
        lowest = max((level for level, text in enumerate(own) if text), default=-1)
        spread = [text or current[level] for level, text in enumerate(own[: lowest + 1])]
        below = [grid.filled(row, column) for row in meta]
        code = next((text for text in (*own, *below) if text in known.all_codes), "")
        path, unit = _levels(own, known, code)
        filled, _ = _levels(spread, known, code)
        named = [split_unit(plain(text), known.units)[1] for text in below]
        unit = next(filter(None, named), unit)
        if not (path or code or unit):
            current = [""] * len(levels)
            continue
        address = Cell(levels[lowest] if lowest >= 0 else meta[0], column, None).address
        is_whole = lowest < 0 or grid.width(levels[lowest], column) == 1
        found.append(Heading(column, address, path, filled, unit, code, is_whole, lowest == len(levels) - 1))
    return [replace(h, is_whole=h.is_whole and not _spans(h, after)) for h, after in zip_longest(found, found[1:])]


def _spans(heading: Heading, after: Heading | None) -> bool:
    """Tell whether the column on the right stands under a heading that is not merged over it."""
    if after is None or after.spread == after.path:
        return False
    return len(after.spread) > len(heading.spread) and after.spread[: len(heading.spread)] == heading.spread


def _levels(texts: list[str], known: Known, code: str) -> tuple[tuple[str, ...], str]:
    """Return the levels of a header, those that repeat the one above left out, and the unit of the lowest."""
    path: list[str] = []
    unit = ""
    for text in texts:
        if not text or text == code:
            continue
        bare, found = split_unit(plain(text), known.units)
        unit = found or unit
        if bare and not (path and path[-1] == bare):
            path.append(bare)
    return tuple(path), unit


def is_header_row(grid: Grid, row: int, known: Known) -> bool:
    """Tell whether a row below a header is another header: words of items, and no figures."""
    return len(_Finder(grid, known).items(row)) >= _FEWEST
