"""A workbook as bytes: the same content gives the same bytes, and no text of ours is taken for a formula."""

import datetime
import io
import re
import zipfile

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import Cell  # type: ignore[import-untyped]

_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip archive knows
_LEADING = tuple("=+-@\t\r\n\0＝＋－＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: ' before a leading sign, no control characters."""
    clean = cleaned(text)
    return f"'{clean}" if text.startswith(_LEADING) else clean


def cleaned(text: str) -> str:
    """Return a text without the control characters that no workbook can hold."""
    return _CONTROL.sub("", text)


def put(cell: Cell, value: str | int | float | None) -> None:
    """Write a value into a cell: a number as a number, a text as a text whatever it begins with."""
    if isinstance(value, str):
        cell.value = safe(value)
        cell.data_type = "s"
    else:
        cell.value = value


def to_bytes(book: Workbook, day: datetime.date) -> bytes:
    """Return a workbook's file, dated `day` and not now."""
    written = io.BytesIO()
    book.save(written)
    stamp = f"{day.isoformat()}T00:00:00Z".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "docProps/core.xml":
                data = _STAMP.sub(rb"\g<1>" + stamp + rb"\g<3>", data)
            same = zipfile.ZipInfo(entry.filename, _FIRST)
            same.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(same, data)
    return out.getvalue()
