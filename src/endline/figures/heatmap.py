"""Verdicts of many regions at a glance: a cell a region and target, with a symbol as well as a colour."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from endline.figures.labels import broken, ems
from endline.figures.sheet import GAP, Sheet, new_sheet
from endline.figures.style import BLUE, EDGE, LIGHT, ORANGE, POINTS_A_MM, SIZE
from endline.model import Verdict

FILL = {
    Verdict.MET: BLUE,
    Verdict.NOT_MET: ORANGE,
    Verdict.ALREADY_MET: BLUE,
    Verdict.ON_TRACK: "#9CC7E3",
    Verdict.UNCERTAIN: "#F4F8FB",
    Verdict.OFF_TRACK: ORANGE,
    Verdict.NOT_YET: ORANGE,
    Verdict.NO_DATA: LIGHT,
    Verdict.PENDING: "white",
    Verdict.NOT_APPLICABLE: "white",
}
DARK = (Verdict.MET, Verdict.NOT_MET, Verdict.ALREADY_MET, Verdict.OFF_TRACK, Verdict.NOT_YET)
ROW = 5.2 * POINTS_A_MM
HEAD, FOOT = 15 * POINTS_A_MM, 11 * POINTS_A_MM
SYMBOL, NAME, LEAST, COLUMN = 7.0, 7.5, 7.0, 7.0  # sizes of text
PAD = 2.0


def verdict_heatmap(
    rows: Sequence[str],
    columns: Sequence[str],
    verdicts: Sequence[Sequence[str]],
    names: Mapping[str, str],
    symbols: Mapping[str, str],
    corner: str = "",
) -> str:
    """Return the SVG of a matrix [rows, columns] of verdicts, with a legend of the verdicts' names."""
    with new_sheet(ROW * len(rows) + HEAD + FOOT) as sheet:
        left, right, top = 0.17 * sheet.width, 0.99 * sheet.width, sheet.height - HEAD
        width = (right - left) / len(columns)
        xs = [left + n * width for n in range(len(columns) + 1)]
        ys = [top - n * ROW for n in range(len(rows) + 1)]
        for verdict in FILL:
            runs = _runs(verdicts, verdict) if FILL[verdict] != "white" else ()
            sheet.boxes([(xs[a], ys[n + 1], xs[b] - xs[a], ROW) for n, a, b in runs], FILL[verdict])
        grid = [p for x in xs for p in ((x, top), (x, ys[-1]), GAP)]
        grid += [p for y in ys for p in ((left, y), (right, y), GAP)]
        sheet.line(grid, "white")
        for y, name, row in zip(ys, rows, verdicts, strict=False):
            _draw_name(sheet, name, left - PAD, y - ROW / 2)
            for x, cell in zip(xs, row, strict=False):
                _draw_symbol(sheet, x + width / 2, y - ROW / 2, Verdict(cell), symbols)
        for x, name in zip(xs, columns, strict=False):
            sheet.text(x + width / 2, top + PAD, name, COLUMN, upwards=True)
        _draw_legend(sheet, left, names, symbols)
        sheet.text(right, FOOT * 4.5 / 11, corner, SIZE, ORANGE, "right")
    return sheet.svg()


def _runs(verdicts: Sequence[Sequence[str]], verdict: str) -> Iterator[tuple[int, int, int]]:
    """Give the row, the first column and the column after the last of each run of cells of one verdict."""
    for n, row in enumerate(verdicts):
        start = 0
        for found, cells in groupby(row):
            end = start + len(list(cells))
            if found == verdict:
                yield n, start, end
            start = end


def _draw_name(sheet: Sheet, name: str, right: float, y: float) -> None:
    """Write the name of a row, over two lines of the least size where it is too long."""
    room = right - EDGE
    lines, size = ([name], NAME) if ems(name) * NAME <= room else (broken(name, room / LEAST), LEAST)
    for n, line in enumerate(lines):
        sheet.text(right, y + ((len(lines) - 1) / 2 - n) * size, line, size, align="right")


def _draw_symbol(sheet: Sheet, x: float, y: float, verdict: Verdict, symbols: Mapping[str, str]) -> None:
    sheet.text(x, y, symbols[verdict], SYMBOL, "white" if verdict in DARK else "#555555", "center")


def _draw_legend(sheet: Sheet, left: float, names: Mapping[str, str], symbols: Mapping[str, str]) -> None:
    width, height, middle = 0.022 * sheet.width, 4 * POINTS_A_MM, 4.5 * POINTS_A_MM
    for n, verdict in enumerate((Verdict.MET, Verdict.NOT_MET, Verdict.NO_DATA, Verdict.PENDING)):
        x = left + n * 0.12 * sheet.width
        sheet.boxes([(x, middle - height / 2, width, height)], FILL[verdict], edge=0.4)
        _draw_symbol(sheet, x + width / 2, middle, verdict, symbols)
        sheet.text(x + width + 0.006 * sheet.width, middle, names[verdict], 8)
