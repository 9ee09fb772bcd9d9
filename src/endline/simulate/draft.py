"""One form as an office writes it: a sheet with its title, header, rows and sums, and where each figure stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from endline.layouts.words import Words
from endline.model import PER, Column, Form
from endline.numbers import rounded
from endline.simulate.sending import Shape
from endline.workbooks.addresses import column_letters
from endline.workbooks.cells import Cell, Sheet, Value

Place = tuple[int, int]
Figures = Mapping[str, int]  # by item
RATE_DECIMALS = 2


@dataclass(frozen=True)
class Line:
    """A row to be written: whose, of which year, and its figures."""

    code: str
    name: str
    year: int
    figures: Figures


@dataclass
class Draft:
    """A sheet while it is written; places count from 0. `keys` are the columns that say whose a row is."""

    name: str
    form: Form
    lines: Sequence[Line]
    cells: dict[Place, Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    columns: dict[str, int] = field(default_factory=dict)  # by item
    keys: dict[str, int] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)  # of each line
    total: int | None = None
    bottom: int = 0  # the first row below all figures

    def put(self, row: int, column: int, value: Value, number_format: str = "General", formula: str = "") -> None:
        """Set a cell."""
        self.cells[row, column] = Cell(row, column, value, number_format, formula)

    def address(self, place: Place) -> str:
        """Return the address of a place (`C5`)."""
        return f"{column_letters(place[1])}{place[0] + 1}"

    def insert_row(self, at: int) -> None:
        """Make room for a row among the figures."""
        moved = {(row + (row >= at), column): cell for (row, column), cell in self.cells.items()}
        self.cells = {place: Cell(*place, c.value, c.number_format, c.formula) for place, c in moved.items()}
        self.rows = [row + (row >= at) for row in self.rows]
        self.total = self.total if self.total is None else self.total + (self.total >= at)
        self.bottom += 1

    def sheet(self) -> Sheet:
        """Return the sheet as it is written."""
        hidden = frozenset(self.hidden_rows), frozenset(self.hidden_columns)
        return Sheet(self.name, self.cells, False, *hidden, self.merged, self.filtered)


class Drawer:
    """Draws forms in a shape; `rates` are the ratios that a form prints beside its counts."""

    def __init__(self, words: Words, rates: Mapping[str, Mapping[str, str]]) -> None:
        self._words, self._rates = words.words, rates

    def draw(
        self, form: Form, shape: Shape, lines: Sequence[Line], facts: Mapping[str, object], rng: np.random.Generator
    ) -> Draft:
        """Return a form's sheet; `facts` fill in the title, the head and the foot."""
        draft = Draft(shape.sheets[form.id], form, lines)
        columns = [column for column in form.columns if column.kind == "count" or shape.rates]
        if shape.moved:
            columns = [columns[n] for n in rng.permutation(len(columns))]
        told = {"name": form.name, **facts}
        for row, text in enumerate((shape.title, *shape.head)):
            draft.put(row, 0, text.format(**told))
        draft.keys = {key: n for n, key in enumerate(shape.keys)}
        draft.columns = {column.id: n for n, column in enumerate(columns, len(shape.keys))}
        row = self._write_header(draft, shape, columns, 1 + len(shape.head))
        row += shape.total is not None and shape.total.at == "first"
        for number, line in enumerate(lines, 1):
            said: dict[str, Value] = {"code": line.code, "name": line.name, "serial": number, "year": line.year}
            self.write(draft, row, {key: said[key] for key in shape.keys}, line.figures)
            draft.rows.append(row)
            row += 1
        if shape.total is not None:
            draft.total = row if shape.total.at == "last" else draft.rows[0] - 1
            row += shape.total.at == "last"
            self.write(draft, draft.total, {list(shape.keys)[-1]: shape.total.label}, self.sum(lines))
        draft.bottom = row
        for text in shape.foot:
            draft.put(row, 0, text.format(**told))
            row += 1
        return draft

    def sum(self, lines: Sequence[Line]) -> dict[str, int]:
        """Return the sums of the figures of some rows."""
        return {item: sum(line.figures[item] for line in lines) for item in lines[0].figures}

    def write(self, draft: Draft, row: int, keys: Mapping[str, Value], figures: Figures) -> None:
        """Write a row: whose it is, its counts, and the rates that are made of them."""
        for key, value in keys.items():
            draft.put(row, draft.keys[key], value)
        units = {column.id: column.unit for column in draft.form.columns}
        for item, column in draft.columns.items():
            if item in figures:
                draft.put(row, column, figures[item])
                continue
            numerator, _, denominator = self._rates[draft.form.id][item].split()
            if figures[denominator]:
                rate = figures[numerator] * PER[units[item]] / figures[denominator]
                draft.put(row, column, float(rounded(rate, RATE_DECIMALS)))

    def _write_header(self, draft: Draft, shape: Shape, columns: Sequence[Column], top: int) -> int:
        """Write the header, and below it the columns' numbers; return the row below."""
        paths = [tuple(self._called(level, shape.words) for level in c.label.split(" / ")) for c in columns]
        if shape.header == "flat":
            paths = [("".join(path),) for path in paths]
        height, shift = max(map(len, paths)), len(shape.keys)
        for n, label in enumerate(shape.keys.values()):
            self._head(draft, shape, (top, n, top + height - 1, n), label)
        for level in range(height):
            n = 0
            while n < len(paths):
                end = n
                while level < len(paths[n]) - 1 and _shares(paths, n, end + 1, level):
                    end += 1
                if level < len(paths[n]):
                    bottom = top + (height - 1 if level == len(paths[n]) - 1 else level)
                    self._head(draft, shape, (top + level, shift + n, bottom, shift + end), paths[n][level])
                n = end + 1
        if shape.numbered:
            for n in range(len(paths)):
                draft.put(top + height, shift + n, n + 1)
        return top + height + shape.numbered

    def _head(self, draft: Draft, shape: Shape, range_: tuple[int, int, int, int], text: str) -> None:
        top, left, bottom, right = range_
        draft.put(top, left, text)
        if shape.header == "merged" and (top, left) != (bottom, right):
            draft.merged.append(range_)

    def _called(self, word: str, place: int) -> str:
        names = (word, *self._words.get(word, ()))
        return names[min(place, len(names) - 1)]


def _shares(paths: Sequence[Sequence[str]], first: int, other: int, level: int) -> bool:
    """Tell whether another column stands under the same upper levels."""
    return (
        other < len(paths) and level < len(paths[other]) - 1 and paths[other][: level + 1] == paths[first][: level + 1]
    )
