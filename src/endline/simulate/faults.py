"""Faults that are planted in sheets, each with the cell in which it must be found and what stood there in truth."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from endline.simulate.draft import Draft, Drawer, Line, Place
from endline.simulate.sending import Kind, Shape
from endline.workbooks.cells import Cell, Sheet, Value
from endline.workbooks.dates import from_serial
from endline.workbooks.sheet_cells import whole

DATE: Final = "yyyy-mm-dd"
_DECIMALS: Final = 4
_FEWEST: Final = 4  # rows of which a part is summed
_WIDE: Final = {code: code + 0xFEE0 for code in map(ord, "0123456789")}


@dataclass
class Page:
    """A form that somebody sends: its file, whose it is (of a year, or 0: a row a year), and what stands beside it."""

    file: str
    region: str
    year: int
    shape: Shape
    draft: Draft
    more: list[Sheet] = field(default_factory=list)
    is_cut: bool = False  # the file ends before its end


@dataclass(frozen=True)
class Planted:
    """A fault: its kind, where it stands ("" = the file or sheet as a whole), whose figure it is, written and true."""

    kind: str
    file: str
    sheet: str
    cell: str = ""
    region: str = ""
    year: int = 0
    item: str = ""
    written: str = ""
    truth: str = ""


Found = tuple[str, Line | None, str, object, object]  # cell, line, item, what is written, what is true
Planter = Callable[[Page, Kind, np.random.Generator, Drawer], Found | None]


def plant(name: str, kind: Kind, page: Page, rng: np.random.Generator, drawer: Drawer) -> Planted | None:
    """Change a page as a kind of fault says, and return what was done; None where the page has no place for it."""
    if kind.own != (page.year == 0) or (kind.files and page.shape.file not in kind.files):
        return None
    found = PLANTERS[kind.how](page, kind, rng, drawer)
    if found is None:
        return None
    cell, line, item, written, truth = found
    named = page.more[-1].name if page.more else page.draft.name
    sheet = "" if page.is_cut or page.shape.file not in ("xlsx", "ods") else named
    whose = (line.code, line.year) if line else (page.region, page.year)
    return Planted(name, page.file, sheet, cell, *whose, item, str(written), str(truth))


def _spots(page: Page, kind: Kind) -> list[tuple[Line, str, Place]]:
    """Return the figures that may be changed: those of some items, or all counts, that are large enough."""
    draft = page.draft
    counts = {column.id for column in draft.form.columns if column.kind == "count"}
    return [
        (line, item, (row, column))
        for line, row in zip(draft.lines, draft.rows, strict=True)
        for item, column in draft.columns.items()
        if item in (kind.items or counts) and kind.least <= _number(draft, (row, column)) <= kind.most
    ]


def _number(draft: Draft, place: Place) -> float:
    cell = draft.cells.get(place)
    return cell.value if cell is not None and isinstance(cell.value, int | float) else -1


def _changed(change: Callable[[Kind, float], Value], number_format: str = "General") -> Planter:
    """Return the planter that writes one figure in another way."""

    def planter(page: Page, kind: Kind, rng: np.random.Generator, drawer: Drawer) -> Found | None:
        if not (spots := _spots(page, kind)):
            return None
        line, item, place = spots[rng.integers(len(spots))]
        truth = page.draft.cells[place].value
        written = change(kind, _number(page.draft, place))
        page.draft.put(*place, written, number_format)
        shown = from_serial(_number(page.draft, place)) if number_format == DATE else None
        return page.draft.address(place), line, item, shown.date() if shown else written, truth

    return planter


def _as_text(kind: Kind, value: float) -> Value:
    return kind.text.format(value=value, high=int(value) // 100, low=int(value) % 100)


def _formula(page: Page, kind: Kind, rng: np.random.Generator, drawer: Drawer) -> Found | None:
    """Write a sum of items in the place of its value, which stays beside it; `text` stands behind the formula."""
    draft = page.draft
    if not set(kind.items) <= set(draft.columns):
        return None
    n = int(rng.integers(len(draft.lines)))
    whole, *parts = ((draft.rows[n], draft.columns[item]) for item in kind.items)
    formula, value = "=" + "+".join(map(draft.address, parts)) + kind.text, draft.cells[whole].value
    draft.put(*whole, value, formula=formula)
    return draft.address(whole), draft.lines[n], kind.items[0], formula, value


def _repeated(page: Page, kind: Kind, rng: np.random.Generator, drawer: Drawer) -> Found | None:
    """Write a row once more below itself."""
    draft, n = page.draft, int(rng.integers(len(page.draft.lines)))
    row = draft.rows[n]
    draft.insert_row(row + 1)
    for column in range(max(draft.columns.values()) + 1):
        if (cell := draft.cells.get((row, column))) is not None:
            draft.put(row + 1, column, cell.value, cell.number_format)
    first = draft.address((row, _label(draft)))
    return f"{first} {draft.address((row + 1, _label(draft)))}", draft.lines[n], "", "", ""


def _subtotal(page: Page, kind: Kind, rng: np.random.Generator, drawer: Drawer) -> Found | None:
    """Write the sum of the first rows below them."""
    draft = page.draft
    if len(draft.lines) < _FEWEST:
        return None
    first = draft.lines[: len(draft.lines) // 2]
    row = draft.rows[len(first) - 1] + 1
    draft.insert_row(row)
    drawer.write(draft, row, {list(draft.keys)[-1]: kind.text}, drawer.sum(first))
    return draft.address((row, _label(draft))), None, "", kind.text, ""


def _hidden_row(page: Page, kind: Kind, rng: np.random.Generator, drawer: Drawer) -> Found | None:
    n = int(rng.integers(len(page.draft.lines)))
    row = page.draft.rows[n]
    page.draft.hidden_rows.add(row)
    return f"{row + 1}:{row + 1}", page.draft.lines[n], "", "", ""


def _hidden_column(page: Page, kind: Kind, rng: np.random.Generator, drawer: Drawer) -> Found | None:
    columns = page.draft.columns
    item = list(columns)[int(rng.integers(len(columns)))]
    page.draft.hidden_columns.add(columns[item])
    letters = page.draft.address((0, columns[item]))[:-1]
    return f"{letters}:{letters}", None, item, "", ""


def _filtered(page: Page, kind: Kind, rng: np.random.Generator, drawer: Drawer) -> Found | None:
    page.draft.filtered = True
    return "", None, "", "", ""


def _total(page: Page, kind: Kind, rng: np.random.Generator, drawer: Drawer) -> Found | None:
    """Make the row of the whole differ from the sum of its parts in one figure."""
    draft = page.draft
    counts = [column.id for column in draft.form.columns if column.kind == "count"]
    if draft.total is None:
        return None
    item = kind.items[0] if kind.items else counts[int(rng.integers(len(counts)))]
    if item not in draft.columns:
        return None
    place = draft.total, draft.columns[item]
    truth = _number(draft, place)
    draft.put(*place, int(truth) + int(kind.plus))
    return draft.address(place), None, item, int(truth) + int(kind.plus), int(truth)


def _column(page: Page, kind: Kind, rng: np.random.Generator, drawer: Drawer) -> Found | None:
    """Add a column on the right, with figures."""
    draft = page.draft
    column = max(draft.columns.values()) + 1
    top = 1 + len(page.shape.head)
    draft.put(top, column, kind.text)
    for row in draft.rows:
        draft.put(row, column, int(rng.integers(1, 100)))
    return draft.address((top, column)), None, "", kind.text, ""


def _name(page: Page, kind: Kind, rng: np.random.Generator, drawer: Drawer) -> Found | None:
    """Call a region otherwise than the register does; its code says whose the row is."""
    return _label_changed(page, rng, "name", lambda line: (kind.text.format(name=line.name), line.name))


def _code(page: Page, kind: Kind, rng: np.random.Generator, drawer: Drawer) -> Found | None:
    """Write a code that the register does not have."""
    return _label_changed(page, rng, "code", lambda line: (f"{line.code[:4]}{kind.text}", line.code))


def _label_changed(
    page: Page, rng: np.random.Generator, key: str, change: Callable[[Line], tuple[str, str]]
) -> Found | None:
    draft, n = page.draft, int(rng.integers(len(page.draft.lines)))
    if not {"code", "name"} <= set(draft.keys):
        return None
    place = draft.rows[n], draft.keys[key]
    written, truth = change(draft.lines[n])
    draft.put(*place, written)
    return draft.address(place), draft.lines[n], "", written, truth


def _title(page: Page, kind: Kind, rng: np.random.Generator, drawer: Drawer) -> Found | None:
    """Name the year before in the title."""
    truth = str(page.draft.cells[0, 0].value)
    written = truth.replace(str(page.year), str(page.year - 1))
    page.draft.put(0, 0, written)
    return "A1", None, "", written, truth


def _sheet(page: Page, kind: Kind, rng: np.random.Generator, drawer: Drawer) -> Found | None:
    """Add a sheet of notes."""
    page.more.append(Sheet(kind.text, {(0, 0): Cell(0, 0, kind.text)}))
    return "", None, "", kind.text, ""


def _cut(page: Page, kind: Kind, rng: np.random.Generator, drawer: Drawer) -> Found | None:
    page.is_cut = True
    return "", None, "", "", ""


def _label(draft: Draft) -> int:
    """Return the column whose text a row is known by: its name, or else its code."""
    return draft.keys.get("name", draft.keys.get("code", 0))


PLANTERS: Final[Mapping[str, Planter]] = {
    "text": _changed(_as_text),
    "wide": _changed(lambda _, value: f"{value:.0f}".translate(_WIDE)),
    "number": _changed(lambda kind, value: whole(round(value * kind.times + kind.plus, _DECIMALS))),
    "date": _changed(lambda _, value: value, DATE),
    "formula": _formula,
    "repeated": _repeated,
    "subtotal": _subtotal,
    "hidden_row": _hidden_row,
    "hidden_column": _hidden_column,
    "filtered": _filtered,
    "total": _total,
    "column": _column,
    "name": _name,
    "code": _code,
    "title": _title,
    "sheet": _sheet,
    "cut": _cut,
}
