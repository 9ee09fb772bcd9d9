"""A document as PDF: Typst with the files that it is given, two fonts, two standards and no clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from endline.export.blocks import Document
from endline.export.errors import ExportError
from endline.export.fonts import fonts
from endline.export.typst import write_typst

STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
_ONE_CHART = b'#image(bytes(sys.inputs.svg), format: "svg")'


def write_pdf(document: Document) -> bytes:
    """Return the report as PDF, dated with its day of issue.

    Raises ExportError for whatever Typst refuses or warns of: a page that it doubts is not printed.
    """
    source, parts = write_typst(document, "parts", charts_apart=False)
    sources = {"main": source.encode()}
    with TemporaryDirectory(prefix="endline-") as folder:
        Path(folder, "parts").mkdir()
        for name, data in parts.items():
            if name.endswith(".typ"):
                sources[f"parts/{name}"] = data
            else:  # in memory it would be parsed as if it were Typst too
                Path(folder, "parts", name).write_bytes(data)
        try:
            pdf: bytes
            pdf, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]  # its stubs know no dict
                sources,
                root=folder,
                font_paths=fonts(document.cover.fonts),
                ignore_system_fonts=True,
                pdf_standards=STANDARDS,
                timestamp=datetime.combine(document.cover.issued, time(), UTC),
            )
        except typst.TypstError as error:
            raise ExportError(_explained(error, document)) from None
    if warnings:
        raise ExportError(_explained(warnings[0], document))
    return pdf


def page_count(pdf: bytes) -> int:
    """Return the number of pages of a report, from the page tree that Typst writes first and uncompressed."""
    found = re.search(rb"/Type/Pages/Count (\d+)", pdf[:200])
    if not found:
        raise ValueError("not a PDF as Typst writes it")
    return int(found[1])


def _explained(fault: typst.TypstError | typst.TypstWarning, document: Document) -> str:
    """Return in one line what Typst found, and where that is in the notebook."""
    texts = re.findall(r'the text `"(.+?)"` could not be displayed', fault.diagnostic)
    if texts:
        chars = re.sub(r"\\u\{(\w+)\}", lambda code: chr(int(code[1], 16)), "".join(texts))
        told = [f"U+{ord(char):04X} '{char}' is in no font{_place(char, document)}" for char in dict.fromkeys(chars)]
        return "; ".join(told) + ": write it with other characters"
    cell = _broken_chart(document) if "SVG" in fault.message else ""
    place = f" (cell {cell})" if cell else ""
    return " — ".join([f"Typst refuses the report: {fault.message}{place}", *fault.hints])


def _broken_chart(document: Document) -> str:
    """Return the cell of the first chart that Typst cannot read, "" where it reads all."""
    for block in document.printed:
        try:
            if block.svg:
                typst.compile(_ONE_CHART, sys_inputs={"svg": block.svg}, ignore_system_fonts=True)
        except typst.TypstError:
            return block.cell
    return ""


def _place(char: str, document: Document) -> str:
    """Return the first place where the notebook prints a character, with the words around it."""
    for place, text in _texts(document):
        if found := re.search(rf"[^<>\n]{{0,12}}{re.escape(char)}[^<>\n]{{0,12}}", text):
            return f" ({place}: {found[0].strip()})"
    return ""


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    for block in document.blocks:
        parts = block.model_dump_json(include={"parts"}).replace('"', "\n")
        for text in (block.markdown, parts, block.caption, block.svg):
            yield f"cell {block.cell}", text.replace("\\", "")
    yield "cover", document.cover.model_dump_json().replace('"', "\n")
