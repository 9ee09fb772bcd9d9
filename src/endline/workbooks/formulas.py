"""Formulas as texts, never run: moved to where they are shared, taken with their cached values, looked through."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from endline.workbooks.addresses import LAST_COLUMN, LAST_ROW, addresses, column_letters, column_of
from endline.workbooks.cells import Cell, Finding, Sheet
from endline.workbooks.recomputed import Recomputed, same

_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
_REFERENCE = re.compile(r"(?<![A-Za-z0-9_.!$])(\$?)([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})(?![A-Za-z0-9_.(!])")
_EXTERNAL = re.compile(r"\[[0-9]{1,4}\]|\[[^\]]{1,200}\.(?:xlsx?|xlsm|ods|csv)\]", re.IGNORECASE)
_SHOWN: Final = 120  # characters of a formula in a message


def moved(formula: str, down: int, right: int) -> str:
    """Return a formula with its relative references moved, as it stands in another cell that shares it."""

    def shifted(found: re.Match[str]) -> str:
        fixed_column, letters, fixed_row, digits = found.groups()
        column = column_of(letters) + (0 if fixed_column else right)
        row = int(digits) - 1 + (0 if fixed_row else down)
        if not (0 <= row < LAST_ROW and 0 <= column < LAST_COLUMN):
            return "#REF!"
        return f"{fixed_column}{column_letters(column)}{fixed_row}{row + 1}"

    parts = _QUOTED.split(formula)
    return "".join(part if n % 2 else _REFERENCE.sub(shifted, part) for n, part in enumerate(parts))


def without_false_zeros(sheet: Sheet) -> Sheet:
    """Return a sheet without the zeros that stand for formulas which nobody has calculated yet.

    For workbooks that ask to be calculated when opened: programs that write them put 0 in the place of a value.
    """
    recomputed = Recomputed(sheet.cells)
    changed = {
        place: replace(cell, value=None, serial=None)
        for place, cell in sheet.cells.items()
        if cell.formula and cell.value == 0 and recomputed.value(cell.formula) != 0
    }
    return replace(sheet, cells={**sheet.cells, **changed}) if changed else sheet


def formula_findings(sheet: Sheet) -> Iterator[Finding]:
    """Yield that a sheet has formulas (F02), which do not give what they say (F02a), which look elsewhere (F26)."""
    with_formula = {place: cell for place, cell in sheet.cells.items() if cell.formula}
    cached = {place: cell for place, cell in with_formula.items() if cell.value is not None or cell.error}
    if cached:
        told = next(iter(cached.values())).formula if len(cached) == 1 else f"{len(cached)}"
        yield Finding("F02", told[:_SHOWN], sheet=sheet.name, cell=addresses(cached))
    recomputed = Recomputed(sheet.cells)
    for cell in cached.values():
        if (finding := _different(cell, recomputed)) is not None:
            yield replace(finding, sheet=sheet.name)
    if outside := [place for place, cell in with_formula.items() if _EXTERNAL.search(cell.formula)]:
        yield Finding("F26", f"{len(outside)} × [n]!", sheet=sheet.name, cell=addresses(outside))


def _different(cell: Cell, recomputed: Recomputed) -> Finding | None:
    held = cell.value if cell.serial is None else cell.serial
    if isinstance(held, bool) or not isinstance(held, int | float):
        return None
    value = recomputed.value(cell.formula)
    if value is None or same(value, held):
        return None
    return Finding("F02a", f"{cell.formula[:_SHOWN]}: {held!r} ≠ {value!r}", cell=cell.address)
