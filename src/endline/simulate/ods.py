"""The parts of an .ods package: values, formulas beside their values, what is merged or hidden."""

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from endline.workbooks.cells import Cell, Sheet

_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_REFERENCE = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")


def ods_parts(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """Yield the parts of a package by name, the one that says what it is first."""
    yield "mimetype", _MIME
    spaces = " ".join(f'xmlns:{name}="{_NAMES}{name}:1.0"' for name in ("office", "table", "text"))
    tables = "".join(piece for sheet in sheets for piece in _table(sheet))
    yield (
        "content.xml",
        f'{_XML}<office:document-content {spaces} xmlns:of="{_NAMES}of:1.2" office:version="1.3">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
    )
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", _MIME), ("content.xml", "text/xml"))
    )
    space = f'xmlns:manifest="{_NAMES}manifest:1.0" manifest:version="1.3"'
    yield "META-INF/manifest.xml", f"{_XML}<manifest:manifest {space}>{listed}</manifest:manifest>"


def _table(sheet: Sheet) -> Iterator[str]:
    height, width = (max(place[n] for place in sheet.cells) + 1 for n in (0, 1))
    corners = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merged}
    covered = {
        (row, column)
        for top, left, bottom, right in sheet.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - set(corners)
    yield f"<table:table table:name={quoteattr(sheet.name)}>"
    for column in range(width):
        yield f"<table:table-column{_hidden(column in sheet.hidden_columns)}/>"
    for row in range(height):
        yield f"<table:table-row{_hidden(row in sheet.hidden_rows)}>"
        for column in range(width):
            if (row, column) in covered:
                yield "<table:covered-table-cell/>"
            else:
                yield _cell(sheet.cells.get((row, column)), *corners.get((row, column), (1, 1)))
        yield "</table:table-row>"
    yield "</table:table>"


def _hidden(is_hidden: bool) -> str:
    return ' table:visibility="collapse"' if is_hidden else ""


def _cell(cell: Cell | None, down: int, right: int) -> str:
    spans = (
        f' table:number-rows-spanned="{down}" table:number-columns-spanned="{right}"' if (down, right) > (1, 1) else ""
    )
    if cell is None:
        return f"<table:table-cell{spans}/>"
    if isinstance(cell.value, str):
        told = ' office:value-type="string"'
    else:
        told = f' office:value-type="float" office:value="{cell.value!r}"'
    if cell.formula:
        formula = "of:" + _REFERENCE.sub(lambda found: f"[.{found[0]}]", cell.formula)
        told = f" table:formula={quoteattr(formula)}{told}"
    return f"<table:table-cell{spans}{told}><text:p>{escape(str(cell.value))}</text:p></table:table-cell>"
