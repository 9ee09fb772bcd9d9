"""The parts of an .xlsx package: values, formulas beside their values, number formats, what is merged or hidden."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from endline.workbooks.addresses import column_letters
from endline.workbooks.cells import Cell, Sheet

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN = "http://schemas.openxmlformats.org/"
_MAIN = f"{_OPEN}spreadsheetml/2006/main"
_OFFICE = f"{_OPEN}officeDocument/2006/relationships"
_PACKAGE = f"{_OPEN}package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_OWN_FORMATS = 164  # the first number that a file may give to a format of its own


def xlsx_parts(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """Yield the parts of a package by name."""
    formats = sorted({cell.number_format for sheet in sheets for cell in sheet.cells.values()} - {"General"})
    numbers = range(1, len(sheets) + 1)
    yield (
        "[Content_Types].xml",
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(
            f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPE}{kind}+xml"/>'
            for name, kind in [
                ("workbook", "sheet.main"),
                ("styles", "styles"),
                *((f"worksheets/sheet{n}", "worksheet") for n in numbers),
            ]
        )
        + "</Types>",
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    listed = "".join(f'<sheet name={quoteattr(s.name)} sheetId="{n}" r:id="rId{n}"/>' for n, s in enumerate(sheets, 1))
    yield "xl/workbook.xml", f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
    parts = [*(("worksheet", f"worksheets/sheet{n}.xml") for n in numbers), ("styles", "styles.xml")]
    yield "xl/_rels/workbook.xml.rels", _relations(parts)
    yield "xl/styles.xml", _styles(formats)
    for n, sheet in enumerate(sheets, 1):
        yield f"xl/worksheets/sheet{n}.xml", "".join(_sheet(sheet, ["General", *formats]))


def _relations(parts: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(parts, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _styles(formats: Sequence[str]) -> str:
    own = "".join(
        f'<numFmt numFmtId="{n}" formatCode={quoteattr(text)}/>' for n, text in enumerate(formats, _OWN_FORMATS)
    )
    cells = "".join(
        f'<xf numFmtId="{n}" xfId="0" applyNumberFormat="1"/>'
        for n in (0, *range(_OWN_FORMATS, _OWN_FORMATS + len(formats)))
    )
    numbers = f'<numFmts count="{len(formats)}">{own}</numFmts>' if formats else ""
    return (
        f'{_XML}<styleSheet xmlns="{_MAIN}">{numbers}<fonts count="1"><font/></fonts>'
        '<fills count="2"><fill><patternFill/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(formats) + 1}">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _sheet(sheet: Sheet, formats: Sequence[str]) -> Iterator[str]:
    yield f'{_XML}<worksheet xmlns="{_MAIN}">'
    if sheet.hidden_columns:
        unseen = (f'<col min="{c + 1}" max="{c + 1}" width="9" hidden="1"/>' for c in sorted(sheet.hidden_columns))
        yield "<cols>" + "".join(unseen) + "</cols>"
    yield "<sheetData>"
    current = -1
    for (row, _), cell in sorted(sheet.cells.items()):
        if row != current:
            hidden = ' hidden="1"' if row in sheet.hidden_rows else ""
            yield "</row>" * (current >= 0) + f'<row r="{row + 1}"{hidden}>'
            current = row
        yield _cell(cell, formats.index(cell.number_format) if cell.number_format != "General" else 0)
    yield "</row></sheetData>"
    if sheet.filtered:
        corner = max(row for row, _ in sheet.cells), max(column for _, column in sheet.cells)
        yield f'<autoFilter ref="A1:{column_letters(corner[1])}{corner[0] + 1}"/>'
    if sheet.merged:
        ranges = (
            f'<mergeCell ref="{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"/>'
            for top, left, bottom, right in sheet.merged
        )
        yield f'<mergeCells count="{len(sheet.merged)}">{"".join(ranges)}</mergeCells>'
    yield "</worksheet>"


def _cell(cell: Cell, style: int) -> str:
    styled = f' s="{style}"' if style else ""
    place = f'<c r="{cell.address}"{styled}'
    if isinstance(cell.value, str):
        return f'{place} t="inlineStr"><is><t xml:space="preserve">{escape(cell.value)}</t></is></c>'
    formula = f"<f>{escape(cell.formula[1:])}</f>" if cell.formula else ""
    return f"{place}>{formula}<v>{cell.value!r}</v></c>"
