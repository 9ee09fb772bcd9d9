"""From an executed notebook to an official report: nbconvert exporters for Typst source, PDF, Word, Excel and CSV.

Read `blocks` (notebook to blocks), `typst` (blocks to Typst source), `pdf` (source to PDF), `word` (blocks to Word);
`excel`, `long_csv` (blocks to tables and data); `formats` names them all, and `exporters` makes them nbconvert's.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from endline.export.errors import ExportError
from endline.export.fonts import font_digest

if TYPE_CHECKING:
    from endline.export.exporters import CsvExporter, DocxExporter, ExcelExporter, PdfExporter, TypstExporter

__all__ = ["CsvExporter", "DocxExporter", "ExcelExporter", "ExportError", "PdfExporter", "TypstExporter", "font_digest"]


def __getattr__(name: str) -> Any:
    """Import an exporter when it is first asked for: nbconvert takes its time, and a run does without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.exporters"), name)
