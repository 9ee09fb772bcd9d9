"""From an executed notebook to an official report: nbconvert exporters for Typst source, PDF, Word, Excel and CSV.

Read `blocks` (notebook to blocks), `typst` (blocks to Typst source), `pdf` (source to PDF), `word` (blocks to Word);
`excel`, `long_csv` (blocks to tables and data); `formats` names them all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from endline.export.errors import ExportError

if TYPE_CHECKING:
    from endline.export.excel import ExcelExporter
    from endline.export.fonts import font_digest
    from endline.export.long_csv import CsvExporter
    from endline.export.pdf import PdfExporter
    from endline.export.typst import TypstExporter
    from endline.export.word.exporter import DocxExporter

__all__ = ["CsvExporter", "DocxExporter", "ExcelExporter", "ExportError", "PdfExporter", "TypstExporter", "font_digest"]

_HOMES = {
    "CsvExporter": "long_csv",
    "DocxExporter": "word.exporter",
    "ExcelExporter": "excel",
    "PdfExporter": "pdf",
    "TypstExporter": "typst",
    "font_digest": "fonts",
}


def __getattr__(name: str) -> Any:
    """Import an exporter when it is first asked for: nbconvert and Typst take their time."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
