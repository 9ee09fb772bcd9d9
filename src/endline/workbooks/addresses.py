"""Places in a sheet by their addresses, one or many."""

import re
from collections.abc import Iterable
from functools import lru_cache

Place = tuple[int, int]
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_MOST_RUNS = 20


def column_letters(index: int) -> str:
    """Return the spreadsheet letters of the zero-based column `index` (0 → A, 26 → AA)."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place_of(address: str) -> Place:
    """Return the (row, column), from 0, of an address such as `C4`; ValueError where no sheet has it."""
    found = _REFERENCE.fullmatch(address)
    if not found:
        raise ValueError(f"no cell address: {address[:20]!r}")
    row, column = int(found[2]) - 1, column_of(found[1])
    if row >= LAST_ROW or column >= LAST_COLUMN:
        raise ValueError(f"no cell of a sheet: {address}")
    return row, column


@lru_cache(maxsize=20_000)
def column_of(letters: str) -> int:
    """Return the zero-based column of spreadsheet letters (A → 0, AA → 26)."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def address_of(row: int, column: int) -> str:
    """Return the address of a place."""
    return f"{column_letters(column)}{row + 1}"


def addresses(places: Iterable[Place]) -> str:
    """Return places as addresses, runs down a column and across a row joined (`C4:C9 D2`); no more than 20 runs."""
    down = _runs((column, row) for row, column in places)
    blocks: list[tuple[int, int, int, int]] = []  # column, last column, row, last row
    for (row, last), columns in _by_rows(down).items():
        blocks += [(first, end, row, last) for first, end in _joined(columns)]
    blocks.sort(key=lambda block: (block[2], block[0]))
    told = [_told(*block) for block in blocks[:_MOST_RUNS]]
    return " ".join(told + ["…"] * (len(blocks) > _MOST_RUNS))


def rows(numbers: Iterable[int]) -> str:
    """Return rows as addresses (`4:4 7:9`)."""
    return " ".join(f"{first + 1}:{last + 1}" for first, last in _joined(sorted(numbers)))


def columns(numbers: Iterable[int]) -> str:
    """Return columns as addresses (`C:C F:H`)."""
    return " ".join(f"{column_letters(first)}:{column_letters(last)}" for first, last in _joined(sorted(numbers)))


def _runs(places: Iterable[Place]) -> list[tuple[int, int, int]]:
    """Return the runs (column, first row, last row) of places (column, row)."""
    found: list[tuple[int, int, int]] = []
    for column, row in sorted(places):
        if found and found[-1][0] == column and found[-1][2] == row - 1:
            found[-1] = column, found[-1][1], row
        else:
            found.append((column, row, row))
    return found


def _by_rows(runs: Iterable[tuple[int, int, int]]) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = {}
    for column, first, last in runs:
        found.setdefault((first, last), []).append(column)
    return found


def _joined(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return sorted numbers as runs (first, last)."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found


def _told(left: int, right: int, top: int, bottom: int) -> str:
    first, last = address_of(top, left), address_of(bottom, right)
    return first if first == last else f"{first}:{last}"
