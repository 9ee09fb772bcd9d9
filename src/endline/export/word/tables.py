"""A table of plain cells as Word sets it: three rules, a header on each page, whole rows."""

from __future__ import annotations

from collections.abc import Sequence

from endline.export.columns import AREAS, layout
from endline.export.word.figures import Figures, row_context
from endline.export.word.text import Paragraph, escaped, run, runs
from endline.story import Table

# The type of a table by the style of its block.
_TEXTS = {"annex": "ReportTableSmall", "mini": "ReportTableMini"}
_TO_SIGN = 1200  # how high a row is in which somebody signs, in twentieths of a point
_SIDES = {"l": "left", "c": "center", "r": "right"}
_LOOK = (  # the style's form of a first row, and no other
    '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
    ' w:noVBand="1"/>'
)


def table(part: Table, landscape: bool, figures: Figures, style: str = "") -> str:
    """Return a table's element, its figures as fields; one that fits on a page stays on one page."""
    how = layout(part, landscape, style)
    place = figures.part()
    whole, keep = not how["rows_break"], not how["breaks"]
    sides = [_SIDES[side] for side in part.align]
    widths = _widths(part.widths, landscape) if how["shares"] else [0] * len(sides)  # 0: measured by what stands in it
    text, height = _TEXTS.get(style, "ReportTableText"), _TO_SIGN if style == "sign" else 0
    named = zip(part.header, sides, strict=True)
    head = [Paragraph(text, run(name, "ReportLabel"), keep_next=True, align=side) for name, side in named]
    rows = [row_of(head, widths, whole, is_header=True)]
    for number, row in enumerate(part.rows, 1):
        kept = keep and number < len(part.rows)
        cells = []
        for column, (cell, side) in enumerate(zip(row, sides, strict=True)):
            context = row_context(row, part.header, column)
            pieces = figures.pieces(cell, f"{place}.{number}.{column + 1}", context)
            cells.append(Paragraph(text, runs(pieces), keep_next=kept, align=side))
        rows.append(row_of(cells, widths, whole, height=height))
    return grid("ReportTable", widths, rows, part.caption)


def grid(style: str, widths: Sequence[int], rows: Sequence[str], title: str = "") -> str:
    """Return a table's element as wide as the type area, of rows; widths in twentieths of a point."""
    properties = (
        f'<w:tblStyle w:val="{style}"/><w:tblW w:w="5000" w:type="pct"/>'
        f'<w:tblLayout w:type="{"fixed" if any(widths) else "autofit"}"/>{_LOOK}'
        + (f'<w:tblCaption w:val="{escaped(title)}"/>' if title else "")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' if width else "<w:gridCol/>" for width in widths)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def row_of(
    cells: Sequence[Paragraph], widths: Sequence[int], whole: bool = True, is_header: bool = False, height: int = 0
) -> str:
    """Return a row of cells of one paragraph each; a whole row stays on one page, a header stands on each."""
    properties = [
        "<w:cantSplit/>" if whole else "",
        f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else "",
        "<w:tblHeader/>" if is_header else "",
    ]
    columns = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="{"dxa" if width else "auto"}"/></w:tcPr>{cell.xml}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{''.join(properties)}</w:trPr>{''.join(columns)}</w:tr>"


def _widths(shares: Sequence[int], landscape: bool) -> list[int]:
    total = 20 * AREAS[landscape][0]
    weights = [share + 2 for share in shares]  # the air beside the characters, as `layout` counts it
    return [round(total * weight / sum(weights)) for weight in weights]
