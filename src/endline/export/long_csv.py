"""The figures of a document as CSV: UTF-8 with a mark, RFC 4180; codes and unrounded numbers, for programs."""

from __future__ import annotations

import csv
import io

from endline.export.blocks import Document
from endline.export.data import Value
from endline.export.errors import ExportError
from endline.template.book import safe


def write_csv(document: Document) -> bytes:
    """Return the figures of a document, one a row, under their names for programs.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    Raises ExportError for a document without figures as data.
    """
    if document.figures is None:
        raise ExportError("the notebook shows no figures as data: end it with a cell report.figures(), run all cells")
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([safe(column.name) for column in document.figures.columns])
    writer.writerows([_cell(value) for value in record] for record in document.figures.records())
    return written.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return safe(value) if isinstance(value, str) else repr(value)
