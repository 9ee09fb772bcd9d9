"""Charts in a Word file: the SVG itself, and a picture of it for programs that cannot draw it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from endline.export.errors import ExportError
from endline.export.fonts import FREE, fonts
from endline.export.word.text import escaped

RESOLUTION = 200  # dots per inch of the pictures
CAPTION = 57  # points of a page that a chart leaves to its caption
POINT = 12_700  # English metric units
_UNITS = {"": 0.75, "px": 0.75, "pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4}
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


def pictures(svgs: Sequence[str]) -> list[bytes]:
    """Return a PNG of each chart, all of one call of Typst, with the fonts of the reports."""
    if not svgs:
        return []
    with TemporaryDirectory(prefix="endline-") as name:
        root = Path(name).resolve()
        for number, svg in enumerate(svgs):
            (root / f"{number}.svg").write_bytes(svg.encode())
        pages = "#pagebreak()\n".join(f'#image("{number}.svg")\n' for number in range(len(svgs)))
        main = root / "charts.typ"
        main.write_bytes(f"#set page(width: auto, height: auto, margin: 0pt)\n{pages}".encode())
        try:
            made = typst.compile(
                str(main),
                root=str(root),
                font_paths=fonts(FREE),
                ignore_system_fonts=True,
                format="png",
                ppi=RESOLUTION,
            )
        except typst.TypstError as error:
            raise ExportError(f"Typst cannot draw a chart of the report: {error.message}") from None
    return [made] if isinstance(made, bytes) else list(made)


def embedded(svg: str) -> str:
    """Return a chart as Word reads it: no document type, and a face of the office's where ours is not installed."""
    bare = re.sub(r"<!DOCTYPE[^>]*>\s*", "", svg, count=1)
    return re.sub(r"'Noto Sans SC'(?! *, *')", "'Noto Sans SC', 'Microsoft YaHei', 'SimHei'", bare)


def drawing(number: int, svg: str, alt: str, png_id: str, svg_id: str, room: tuple[float, float]) -> str:
    """Return the run of a chart in its own size, or smaller where the type area (`room`, in points) is."""
    width, height = size(svg)
    scale = min(1.0, room[0] / width, (room[1] - CAPTION) / height)
    extent = f'cx="{round(width * scale * POINT)}" cy="{round(height * scale * POINT)}"'
    image = f'<a:blip r:embed="{png_id}"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    image += f'<asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{svg_id}"/></a:ext></a:extLst></a:blip>'
    picture = (
        f'<pic:pic xmlns:pic="{_MAIN}/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="chart-{number:02}"/>'
        f"<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>{image}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic>"
    )
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="{number}" name="chart-{number:02}" descr="{escaped(alt)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{_MAIN}/picture">{picture}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def size(svg: str) -> tuple[float, float]:
    """Return a chart's width and height in points, from its own words, else from its view box."""
    root = re.search(r"<svg\b[^>]*>", svg)
    head = root[0] if root else ""
    named = [re.search(rf'\s{side}="([\d.]+)(pt|px|in|cm|mm|)"', head) for side in ("width", "height")]
    if all(named):
        width, height = (float(found[1]) * _UNITS[found[2]] for found in named if found)
    else:
        box = re.search(r'\sviewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)"', head)
        width, height = (0.75 * float(box[1]), 0.75 * float(box[2])) if box else (0.0, 0.0)
    if not (width > 0 and height > 0):
        raise ExportError("a chart says neither how wide and high it is nor its view box: draw it with both")
    return width, height
