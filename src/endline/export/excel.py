"""A document's tables and figures as a workbook: numbers as numbers, texts as texts, nothing a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]

from endline.export.blocks import Document
from endline.export.data import Figures
from endline.export.sheets import Sheet, fill, fill_index
from endline.export.typed import number_format, typed
from endline.story import Heading, Table
from endline.template.book import cleaned, to_bytes

_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\s]+")
_LONGEST_NAME = 31


def write_xlsx(document: Document) -> bytes:
    """Return the workbook: an index with links, a sheet for each table that has a caption, and one for the figures."""
    cover = document.cover
    book = Workbook()
    index = book.active
    index.title = _name(cover.contents_title, ())
    sheets: list[Sheet] = []
    for sheet in _sheets(document, [index.title]):
        sheets.append(sheet)
        fill(book.create_sheet(sheet.name), sheet, cover, index.title)
    fill_index(index, cover, sheets)
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
        yield Sheet(names[-1], title, table.caption, table.header, rows, numeric)
    if document.figures is not None:
        title, columns = document.figures.title, document.figures.columns
        rows, numeric = list(_figure_rows(document.figures)), [column.kind in ("whole", "value") for column in columns]
        yield Sheet(_name(title, names), title, "", [column.label for column in columns], rows, numeric)


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
