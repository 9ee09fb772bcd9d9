"""Sheets as files: the same sheets give the same bytes. .xlsx and .ods are written directly, stored uncompressed.

A spreadsheet library takes ten times as long, and none writes a formula with the value that stands beside it; stored
parts are the same bytes with every version of zlib.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence

from endline.simulate.ods import ods_parts
from endline.simulate.sending import FileKind
from endline.simulate.xlsx import xlsx_parts
from endline.workbooks.cells import Sheet

_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip archive knows
_UNIX = 3


def to_bytes(kind: FileKind, sheets: Sequence[Sheet]) -> bytes:
    """Return a file of some sheets; of text files, which have one, the bytes in an encoding."""
    if kind == "xlsx":
        return _zip(xlsx_parts(sheets))
    if kind == "ods":
        return _zip(ods_parts(sheets))
    (sheet,) = sheets
    return _text(sheet, "\t" if kind == "utf-16" else ",").encode(kind if kind != "utf-16" else "utf-16-le")


def _zip(parts: Iterable[tuple[str, str]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts:
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.create_system, entry.external_attr = _UNIX, 0o644 << 16
            package.writestr(entry, text.encode())
    return out.getvalue()


def _text(sheet: Sheet, delimiter: str) -> str:
    """Return a sheet as a spreadsheet program saves it as text: every row as wide as the widest."""
    lines = io.StringIO()
    height, width = (max(place[n] for place in sheet.cells) + 1 for n in (0, 1))
    writer = csv.writer(lines, delimiter=delimiter, lineterminator="\r\n")
    for row in range(height):
        found = (sheet.cells.get((row, column)) for column in range(width))
        writer.writerow(["" if cell is None else cell.value for cell in found])
    return ("\ufeff" if delimiter == "\t" else "") + lines.getvalue()


def csv_bytes(header: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as UTF-8 CSV, a line feed after each row."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode()
