"""A document's tables and figures as a workbook: numbers as numbers, texts as texts, nothing a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import Cell  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.hyperlink import Hyperlink  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from endline.export.blocks import Document
from endline.export.columns import width_in_ems
from endline.export.data import Figures
from endline.export.typed import number_format, typed
from endline.export.typst import TypstExporter
from endline.story import Heading, Table
from endline.template.book import cleaned, to_bytes

HEAD = 4  # the row of a sheet's header: above it title, caption and marks
NARROW, WIDE = 10, 48  # columns, in characters
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\s]+")
_LONGEST_NAME = 31
_LINE = Side(style="thin", color="8A8A8A")
_TITLE = Font(name="SimHei", size=14)
_HEADER = Font(name="SimHei", size=10.5)
_BODY = Font(name="SimSun", size=10.5)
_LINK = Font(name="SimSun", size=10.5, color="0563C1", underline="single")
_MARK = Font(name="SimHei", size=10.5, color="B34700")
_GROUND = PatternFill("solid", fgColor="EDEDED")
_BORDER = Border(bottom=_LINE)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_RIGHT = Alignment(horizontal="right", vertical="top")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, title and caption, and a table of typed cells, each with its number format."""

    name: str
    title: str
    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[tuple[Any, str]]]


class ExcelExporter(TypstExporter):
    """Export an executed notebook as a workbook of its tables and figures."""

    file_extension = ".xlsx"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    export_from_notebook = "endline report (Excel)"

    def write(self, document: Document, resources: dict[str, Any]) -> bytes:
        """Return the bytes of the workbook."""
        return write_xlsx(document)


def write_xlsx(document: Document) -> bytes:
    """Return the workbook: an index with links, a sheet for each table that has a caption, and one for the figures."""
    cover = document.cover
    book = Workbook()
    index = book.active
    index.title = _name(cover.contents_title, ())
    sheets: list[Sheet] = []
    for sheet in _sheets(document, [index.title]):
        sheets.append(sheet)
        _fill(book.create_sheet(sheet.name), sheet, document, index.title)
    _fill_index(index, document, sheets)
    book.properties.title, book.properties.language = cover.title, cover.language
    book.properties.creator, book.properties.lastModifiedBy = cover.issuer or "endline", None
    book.properties.keywords = "; ".join(filter(None, [*cover.keywords, cover.mark]))
    return to_bytes(book, cover.issued)


def _sheets(document: Document, names: list[str]) -> Iterator[Sheet]:
    """Yield the sheets of the tables and of the figures."""
    for title, table in _tables(document):
        names.append(_name(title or table.caption, names))
        numeric = [align != "l" for align in table.align]
        rows = [
            [typed(cell) if number else (cell, "@") for cell, number in zip(row, numeric, strict=True)]
            for row in table.rows
        ]
        yield Sheet(names[-1], title, table.caption, table.header, rows)
    if document.figures is not None:
        title = document.figures.title
        rows = list(_figure_rows(document.figures))
        yield Sheet(_name(title, names), title, "", [column.label for column in document.figures.columns], rows)


def _tables(document: Document) -> Iterator[tuple[str, Table]]:
    """Yield each table that has a caption, once, with the last heading before it.

    A table without a caption belongs to the chart beside it; its figures are in the list of figures.
    """
    title, seen = "", set()
    for block in document.blocks:
        for part in block.parts:
            if isinstance(part, Heading):
                title = part.title
            elif isinstance(part, Table) and part.caption and (part.header, part.rows) not in seen:
                seen.add((part.header, part.rows))
                yield title, part


def _figure_rows(figures: Figures) -> Iterator[list[tuple[Any, str]]]:
    """Yield the rows of the figures: codes in words, values with the decimals that the report prints."""
    columns = figures.columns
    place = next((n for n, column in enumerate(columns) if column.name == "Decimals"), None)
    for record in figures.records():
        decimals = 0 if place is None else int(record[place] or 0)
        row: list[tuple[Any, str]] = []
        for column, value in zip(columns, record, strict=True):
            if isinstance(value, str):
                told = "; ".join(column.words.get(code, code) for code in value.split("; ")) if column.words else value
                row.append((told, "@"))
            else:
                row.append((value, number_format(decimals if column.kind == "value" else 0)))
        yield row


def _name(title: str, taken: Sequence[str]) -> str:
    """Return a sheet's name of a title: as a spreadsheet allows it, and unlike those that are taken."""
    base = _FORBIDDEN.sub(" ", cleaned(title)).strip() or "-"
    lower = {"history", *(name.lower() for name in taken)}  # Excel keeps that one to itself
    number, name = 1, base[:_LONGEST_NAME].strip()
    while name.lower() in lower:
        number += 1
        behind = f" ({number})"
        name = base[: _LONGEST_NAME - len(behind)].strip() + behind
    return name


def _fill(page: Worksheet, sheet: Sheet, document: Document, index: str) -> None:
    cover = document.cover
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
        cell.fill, cell.border, cell.alignment = _GROUND, _BORDER, Alignment(wrap_text=True, vertical="center")
    styles: dict[str, Any] = {}
    for number, row in enumerate(sheet.rows, HEAD + 1):
        for column, (value, format_) in enumerate(row, 1):
            if value is None or value == "":
                continue
            cell = page.cell(number, column)
            if isinstance(value, str):
                cell.value, cell.data_type = cleaned(value), "s"
            else:
                cell.value = value
            if format_ not in styles:  # a style is looked up by its content: once a sheet, not once a cell
                cell.font, cell.number_format, cell.border = _BODY, format_, _BORDER
                cell.alignment = _WRAPPED if format_ == "@" else _RIGHT
                cell.quotePrefix = format_ == "@"
                styles[format_] = cell._style
            cell._style = styles[format_]
    for column, name in enumerate(sheet.header):
        texts = {row[column][0] for row in sheet.rows if isinstance(row[column][0], str)}
        widest = max([width_in_ems(name) / 2, *map(width_in_ems, texts)])  # a header may take two lines
        page.column_dimensions[get_column_letter(column + 1)].width = min(WIDE, max(NARROW, 2 * widest + 2))
    page.freeze_panes = page.cell(HEAD + 1, 2 if len(sheet.header) > 1 else 1)
    page.print_title_rows = f"{HEAD}:{HEAD}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    _mark_print(page, cover.mark)
    page.oddFooter.left.text = _escaped(cover.running_title)
    page.oddFooter.right.text = "— &P —"


def _fill_index(page: Worksheet, document: Document, sheets: Sequence[Sheet]) -> None:
    """Write the first sheet: what the book is, and a link to each of its sheets."""
    cover = document.cover
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
    _mark_print(page, cover.mark)


def _mark_print(page: Worksheet, mark: str) -> None:
    if mark:
        page.oddHeader.right.text = _escaped(mark)


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
