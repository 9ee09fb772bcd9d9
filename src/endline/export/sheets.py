"""How a sheet of a workbook is laid out: title, marks, frozen header, typed cells, and how it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from openpyxl.cell import Cell  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.hyperlink import Hyperlink  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from endline.export.blocks import Cover
from endline.export.columns import width_in_ems
from endline.export.typed import typed
from endline.template.book import cleaned

HEAD = 4  # the row of a sheet's header: above it title, caption and marks
NARROW, WIDE = 10, 48  # columns, in characters
LINE = 14.5  # the height of a line, in points
_TITLE = Font(name="SimHei", size=14)
_HEADER = Font(name="SimHei", size=10.5)
_BODY = Font(name="SimSun", size=10.5)
_LINK = Font(name="SimSun", size=10.5, color="0563C1", underline="single")
_MARK = Font(name="SimHei", size=10.5, color="B34700")
_GROUND = PatternFill("solid", fgColor="EDEDED")
_LINE = Border(bottom=Side(style="thin", color="8A8A8A"))


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, title and caption, and a table of typed cells, each with its number format.

    `right` tells of each column whether it stands at the right.
    """

    name: str
    title: str
    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[tuple[Any, str]]]
    right: Sequence[bool]


def fill(page: Worksheet, sheet: Sheet, cover: Cover, index: str) -> None:
    """Write a table into an empty sheet; `index` is the name of the sheet that lists all."""
    _text(page["A1"], sheet.title or sheet.caption, _TITLE)
    _text(page["A2"], " · ".join(filter(None, [sheet.caption, cover.running_title, cover.issued_text])), _BODY)
    _text(page["A3"], index, _LINK)
    _link(page["A3"], index)
    _text(page["B3"], cover.mark, _MARK)
    for column, name in enumerate(sheet.header, 1):
        cell = page.cell(HEAD, column)
        _text(cell, name, _HEADER)
        if isinstance(year := typed(name)[0], int):
            cell.value, cell.number_format, cell.quotePrefix = year, "0", False
        side = "right" if sheet.right[column - 1] else "left"
        cell.fill, cell.border = _GROUND, _LINE
        cell.alignment = Alignment(side, "center", wrap_text=True)
    _fill_rows(page, sheet)
    _set_sizes(page, sheet)
    page.freeze_panes = page.cell(HEAD + 1, 2 if len(sheet.header) > 1 else 1)
    page.print_title_rows = f"{HEAD}:{HEAD}"
    _set_print(page, cover)


def _fill_rows(page: Worksheet, sheet: Sheet) -> None:
    styles: dict[tuple[str, bool], Any] = {}
    for number, row in enumerate(sheet.rows, HEAD + 1):
        for column, (value, format_) in enumerate(row, 1):
            if value is None or value == "":
                continue
            cell = page.cell(number, column)
            if isinstance(value, str):
                cell.value, cell.data_type = cleaned(value), "s"
            else:
                cell.value = value
            style = format_, sheet.right[column - 1]
            if style not in styles:  # a style is looked up by its content: once a sheet, not once a cell
                cell.font, cell.number_format, cell.quotePrefix = _BODY, format_, format_ == "@"
                cell.alignment = Alignment("right" if style[1] else "left", "top", wrap_text=True)
                styles[style] = cell._style
            cell._style = styles[style]


def _set_sizes(page: Worksheet, sheet: Sheet) -> None:
    """Set columns as wide as their texts, within bounds, and rows as high as what then takes several lines."""
    widths = []
    for column, name in enumerate(sheet.header):
        texts = {row[column][0] for row in sheet.rows if isinstance(row[column][0], str)}
        widest = max([width_in_ems(name) / 2, *map(width_in_ems, texts)])  # a header may take two lines
        widths.append(min(WIDE, max(NARROW, 2 * widest + 2)))
        page.column_dimensions[get_column_letter(column + 1)].width = widths[-1]
    for number, row in enumerate(sheet.rows, HEAD + 1):
        long = ((value, width) for (value, _), width in zip(row, widths, strict=True) if isinstance(value, str))
        lines = max((ceil(2 * width_in_ems(value) / (width - 1)) for value, width in long), default=1)
        if lines > 1:
            page.row_dimensions[number].height = LINE * lines


def fill_index(page: Worksheet, cover: Cover, sheets: Sequence[Sheet]) -> None:
    """Write the first sheet: what the book is, and a link to each of its sheets."""
    lines = [(cover.title, _TITLE), (" ".join(filter(None, [cover.edition, cover.issued_text])), _BODY)]
    lines += [(" ".join(filter(None, fact)), _BODY) for fact in cover.facts]
    lines += [(cover.digest_line, _BODY), (cover.mark, _MARK), ("", _BODY)]
    for number, (line, font) in enumerate(lines, 1):
        _text(page.cell(number, 1), line, font)
    for number, sheet in enumerate(sheets, len(lines) + 1):
        link = page.cell(number, 1)
        _text(link, sheet.name, _LINK)
        _link(link, sheet.name)
        _text(page.cell(number, 2), sheet.caption or sheet.title, _BODY)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 40, 72
    _set_print(page, cover)


def _set_print(page: Worksheet, cover: Cover) -> None:
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    if cover.mark:
        page.oddHeader.right.text = _escaped(cover.mark)
    page.oddFooter.left.text = _escaped(cover.running_title)
    page.oddFooter.right.text = "— &P —"


def _text(cell: Cell, text: str, font: Font) -> None:
    """Write a text as a text, whatever it begins with."""
    if text:
        cell.value, cell.data_type = cleaned(text), "s"
    cell.font, cell.number_format, cell.quotePrefix = font, "@", True


def _link(cell: Cell, sheet: str) -> None:
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!A1")
    cell.font = _LINK


def _escaped(text: str) -> str:
    """Return a text for a page's header or footer, where & begins a code."""
    return cleaned(text).replace("&", "&&")
