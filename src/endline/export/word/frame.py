"""What stands around the body of a report: title page, table of contents, page headers and numbers, sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

from endline.export.blocks import Cover
from endline.export.columns import width_in_ems
from endline.export.word.body import HEIGHTS, Listed
from endline.export.word.package import HEAD, Relations, faces
from endline.export.word.tables import grid, row_of
from endline.export.word.text import Paragraph, field, run, xml_of

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
# GB/T 9704-2012 in twentieths of a point: A4, margins of 37, 35, 28 and 26 mm, 22 lines of 28.95 pt; the characters of
# 16 pt are set 0.207 pt closer (in 4096ths of a point), so that 28 fill a line. The dashes beside a page number lie
# 7 mm below the type area.
_UPRIGHT = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"'
    ' w:header="1180" w:footer="1430" w:gutter="0"/>'
)
_LANDSCAPE = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1587" w:right="2098" w:bottom="1474"'
    ' w:left="1984" w:header="900" w:footer="900" w:gutter="0"/>'
)
_GRID = '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-848"/>'
_MILLIMETRE = 36_000  # in English metric units
_LABELS = (3000, 5844)  # the columns of the title page's facts
_HEADER_END = {False: 8844, True: 12756}  # where a line of the type area ends


class Frame:
    """The headers and footers of a report as parts, and the sections that use them."""

    def __init__(self, cover: Cover, relations: Relations) -> None:
        self.parts: dict[str, str] = {}
        self._relations = relations
        self._uses = {}
        for landscape, name in ((False, "upright"), (True, "landscape")):
            header = self._part("header", name, _header(cover, landscape))
            odd, even = (self._part("footer", f"{name}-{side}", _footer(side, landscape)) for side in ("odd", "even"))
            self._uses[landscape] = "".join(
                f'<w:{kind}Reference w:type="{pages}" r:id="{used}"/>'
                for kind, pages, used in (
                    ("header", "default", header),
                    ("header", "even", header),
                    ("footer", "default", odd),
                    ("footer", "even", even),
                )
            )

    def section(self, landscape: bool) -> str:
        """Return the properties of a section with the report's headers and page numbers."""
        return _section(self._uses[landscape], _LANDSCAPE if landscape else _UPRIGHT)

    def _part(self, kind: str, name: str, content: str) -> str:
        element = {"header": "hdr", "footer": "ftr"}[kind]
        self.parts[f"word/{kind}-{name}.xml"] = f"{HEAD}<w:{element} {_SPACES}>{content}</w:{element}>"
        return self._relations.add(kind, f"{kind}-{name}.xml")


def document_part(content: str, last_section: str) -> str:
    """Return the main part: its body, and the section that ends with it."""
    return f"{HEAD}<w:document {_SPACES}><w:body>{content}{last_section}</w:body></w:document>"


def cover_page(cover: Cover) -> str:
    """Return the title page, a section without header and page number; what is left of the page is shared out."""
    used = 28.95 * 4 + 40 * _lines(cover.title_lines, 22, 442) + 20 + 28 * _lines([v for _, v in cover.facts], 14, 280)
    colophon = re.sub(r"\{(\w+)\}", lambda part: faces().get(part[1], part[0]), cover.colophon)
    used += 13 * _lines([cover.digest_line, colophon], 9, 442) + 18
    gap = max(4.0, (HEIGHTS[False] - used) / 4)
    mark = run(f" {cover.mark} ", "ReportMark") if cover.mark else ""
    line_end = "<w:r><w:br/></w:r>"
    title, digest = line_end.join(map(run, cover.title_lines)), line_end.join(map(run, [cover.digest_line, colophon]))
    rows = [
        row_of(
            [Paragraph("ReportFact", run(label, "ReportLabel"), align="right"), Paragraph("ReportFact", run(value))],
            _LABELS,
        )
        for label, value in cover.facts
    ]
    parts: list[Paragraph | str] = [
        Paragraph("ReportCover", mark, align="right"),
        Paragraph("Title", title, before=gap),
        Paragraph("ReportCover", run(cover.edition), before=20),
        Paragraph("ReportTableEnd", before=gap),
        grid("TableNormal", _LABELS, rows) if rows else "",
        Paragraph("ReportCover", run(cover.issuer), before=gap),
        Paragraph("ReportCover", run(cover.issued_text)),
        Paragraph("ReportNote", digest, before=gap, align="center", section=_section("", _UPRIGHT)),
    ]
    return xml_of(parts)


def contents(cover: Cover, listed: Sequence[Listed]) -> str:
    """Return the table of contents: a field with its entries; only Word knows the pages, and updates what is dirty."""
    begin = '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> TOC '
    begin += r'\o "1-2" \h \z </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    entries = [
        f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{run(entry.title)}<w:r><w:tab/></w:r>'
        + field(rf"PAGEREF {entry.bookmark} \h", "")
        + "</w:hyperlink>"
        for entry in listed
    ]
    styles = [f"TOC{entry.level}" for entry in listed] or ["TOC1"]
    lines = entries or [""]
    lines[0] = begin + lines[0]
    lines[-1] += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    rows = "".join(Paragraph(style, line).xml for style, line in zip(styles, lines, strict=True))
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{Paragraph('TOCHeading', run(cover.contents_title)).xml}{rows}</w:sdtContent></w:sdt>"
    )


def _section(uses: str, page: str) -> str:
    return f'<w:sectPr>{uses}<w:type w:val="nextPage"/>{page}<w:cols w:space="720"/>{_GRID}</w:sectPr>'


def _header(cover: Cover, landscape: bool) -> str:
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{_HEADER_END[landscape]}"/></w:tabs>'
    mark = f"<w:r><w:tab/></w:r>{run(f' {cover.mark} ', 'ReportMark')}" if cover.mark else ""
    return f'<w:p><w:pPr><w:pStyle w:val="Header"/>{tab}</w:pPr>{run(cover.running_title)}{mark}</w:p>'


def _footer(side: str, landscape: bool) -> str:
    """Return the page number between dashes, one character in from the outer edge: odd right, even left."""
    place = {
        "odd": '<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>',
        "even": '<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>',
    }[side]
    number = f"{run('— ')}{field('PAGE', '2')}{run(' —')}"
    line = f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{place}</w:pPr>{number}</w:p>'
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{_turned(line)}</w:p>' if landscape else line


def _turned(line: str) -> str:
    """Return a box for the page number of a landscape page: where the bound volume has it, in the left margin."""
    extent = f'cx="{6 * _MILLIMETRE}" cy="{156 * _MILLIMETRE}"'  # as high as the type area
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0"'
        ' distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{25 * _MILLIMETRE}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{28 * _MILLIMETRE}</wp:posOffset></wp:positionV>'
        f'<wp:extent {extent}/><wp:wrapNone/><wp:docPr id="9000" name="page-number"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{line}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr vert="vert" lIns="0" tIns="0" rIns="0" bIns="0"/></wps:wsp></a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def _lines(texts: Sequence[str], size: float, width: float) -> int:
    """Return about how many lines texts take, each from a line of its own."""
    return sum(max(1, ceil(width_in_ems(text) * size / width)) for text in texts)
