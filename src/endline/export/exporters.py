"""The formats as exporters of nbconvert, which `jupyter nbconvert --to endline-pdf` finds; a run needs none of them."""

from __future__ import annotations

from typing import Any, ClassVar

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import List

from endline.export.blocks import Document, read_document
from endline.export.formats import write
from endline.export.typst import write_typst


class ReportExporter(Exporter):
    """Export an executed notebook in one of the formats; the same notebook gives the same bytes."""

    default_preprocessors: List[Any] = List([])  # what the cells show reaches the page through no other hands
    format: ClassVar[str]

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        """Return the file's content and the resources; `resources["outputs"]` holds files that go beside it.

        Raises ExportError for a notebook that cannot become a report.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        return self.write(read_document(nb), resources), resources

    def write(self, document: Document, resources: dict[str, Any]) -> str | bytes:
        """Return the file's content, and put the other files into the resources."""
        return write(self.format, document)


class PdfExporter(ReportExporter):
    """Export an executed notebook as PDF/A-3a and PDF/UA-1."""

    format = "pdf"
    file_extension = ".pdf"
    output_mimetype = "application/pdf"
    export_from_notebook = "endline report (PDF)"


class DocxExporter(ReportExporter):
    """Export an executed notebook as a Word file."""

    format = "docx"
    file_extension = ".docx"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    export_from_notebook = "endline report (Word)"


class ExcelExporter(ReportExporter):
    """Export an executed notebook as a workbook of its tables and figures."""

    format = "xlsx"
    file_extension = ".xlsx"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    export_from_notebook = "endline report (Excel)"


class CsvExporter(ReportExporter):
    """Export the figures of an executed notebook as CSV."""

    format = "csv"
    file_extension = ".csv"
    output_mimetype = "text/csv"
    export_from_notebook = "endline report (CSV)"


class TypstExporter(ReportExporter):
    """Export an executed notebook as Typst source; template, cover data and charts go beside it."""

    file_extension = ".typ"
    output_mimetype = "text/x-typst"
    export_from_notebook = "endline report (Typst)"

    def write(self, document: Document, resources: dict[str, Any]) -> str:
        """Return the main file's text, and put the other files into the resources."""
        folder = resources["output_files_dir"] or f"{resources['metadata']['name']}_files"
        source, parts = write_typst(document, folder)
        resources["outputs"] = {f"{folder}/{name}": data for name, data in parts.items()}
        return source
