"""A sheet to draw on: lines, marks, boxes and lines of text, handed straight to matplotlib's SVG renderer.

A figure lays out each text with the font before it draws, and axes are made of some hundred objects. SVG that keeps
its text as text needs neither, and a report has dozens of charts: this is a twentieth of the work. Texts are written
between what the renderer draws, each an element of its own; marks of one call are one path, for what reads an SVG
spends more on an element than on a curve.
"""

import io
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Literal, TypeAlias

import matplotlib as mpl
import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_hex, to_rgba
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

from endline.figures.style import TEXT_WIDTH
from endline.svg_text import TextLine, written

Point: TypeAlias = tuple[float, float]
GAP: Point = (math.nan, math.nan)  # breaks a line

# Whatever a user's notebook has set, a chart is drawn with these.
STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "endline",
    "svg.id": None,
    "path.simplify": False,
    "axes.autolimit_mode": "data",
}
NO_METADATA: Any = dict.fromkeys(("Date", "Creator", "Format", "Type"))
MIDDLE = 0.37  # from the baseline to the middle of digits and Chinese characters, in font sizes
BOX = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
SVG: Any = RendererSVG  # which has no types
PLAIN = IdentityTransform()
RIM = 1.0  # width of a mark's edge
ENDS: dict[str, Literal["butt", "round"]] = {"s": "butt", "o": "round"}  # of the line that a mark can be
ANCHORS = {"left": "start", "center": "middle", "right": "end"}


class Sheet:
    """An SVG in the making, measured in points from the bottom left; what comes later covers what came before."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = round(width, 2), round(height, 2)
        self._stream = io.StringIO()
        self._renderer: Any = SVG(self.width, self.height, self._stream, metadata=NO_METADATA)
        self.boxes([(0, 0, width, height)], "white")

    def line(
        self,
        points: Sequence[Point],
        colour: str,
        width: float = 1.0,
        alpha: float = 1.0,
        dashes: tuple[float, float] | None = None,
        ends: Literal["butt", "round"] = "butt",
    ) -> None:
        """Draw a line through the points, broken where one is NaN."""
        pen = self._pen(colour, width, alpha)
        pen.set_dashes(0, dashes)
        pen.set_capstyle(ends)
        if any(not math.isnan(x + y) for x, y in points):
            self._renderer.draw_path(pen, _path(points), PLAIN)

    def marks(self, points: Sequence[Point], shape: str, size: float, colour: str, fill: str) -> None:
        """Draw one of matplotlib's markers at each point that is not NaN.

        A square or circle of one colour is a line as wide as the mark, which takes a tenth of the circle's curves.
        """
        known = [point for point in points if not math.isnan(sum(point))]
        if not known:
            return
        self._renderer.open_group("marks")
        if fill == colour and shape in ENDS:
            wide = size + RIM
            half = wide / 2 if shape == "s" else 0.01  # a line without any length is not drawn everywhere
            pieces = [place for x, y in known for place in ((x - half, y), (x + half, y), GAP)]
            self.line(pieces, colour, wide, ends=ENDS[shape])
        else:
            corners, codes, joins = _marker(shape, size)
            pen = self._pen(colour, RIM)
            pen.set_joinstyle(joins)
            path = _path((np.array(known)[:, None] + corners).reshape(-1, 2), np.tile(codes, len(known)))
            self._renderer.draw_path(pen, path, PLAIN, to_rgba(fill))
        self._renderer.close_group("marks")

    def boxes(
        self, boxes: Sequence[tuple[float, float, float, float]], fill: str, alpha: float = 1.0, edge: float = 0.0
    ) -> None:
        """Draw rectangles of x, y, width and height, with a grey edge where it has a width."""
        corners = [p for x, y, w, h in boxes for p in ((x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y))]
        if corners:
            pen, path = self._pen("#888888", edge, alpha), _path(corners, BOX * len(boxes))
            self._renderer.draw_path(pen, path, PLAIN, to_rgba(fill, alpha))

    def area(self, corners: Sequence[Point], fill: str, alpha: float = 1.0) -> None:
        """Fill a polygon, without an edge."""
        if corners:
            pen, path = self._pen(fill, 0.0), _path([*corners, corners[0]])
            self._renderer.draw_path(pen, path, PLAIN, to_rgba(fill, alpha))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str = "black",
        align: Literal["left", "center", "right"] = "left",
        upwards: bool = False,
    ) -> None:
        """Write one line of text, literally; its middle is at y, or at x where it reads upwards."""
        down = MIDDLE * size
        x, y = (x + down, y) if upwards else (x, y - down)
        if text:
            line = TextLine(x, self.height - y, text, size, _hex(colour), ANCHORS[align])
            self._stream.write(written(line, upwards))

    def svg(self) -> str:
        """Return all that was drawn; each path in one line, for a notebook holds a text as a list of its lines."""
        return self._stream.getvalue().replace(" \n", " ").replace("z\n", "z")

    def close(self) -> None:
        """End the SVG; nothing can be drawn after it."""
        self._renderer.finalize()

    def _pen(self, colour: str, width: float = 1.0, alpha: float = 1.0) -> GraphicsContextBase:
        pen: GraphicsContextBase = self._renderer.new_gc()
        pen.set_foreground(to_rgba(colour, alpha), isRGBA=True)  # a PDF needs two pictures for what set_alpha gives
        pen.set_linewidth(width)
        return pen


@contextmanager
def new_sheet(height: float, width: float = TEXT_WIDTH) -> Iterator[Sheet]:
    """Give an empty sheet, as wide as the text area unless told; its SVG is complete once the context is left."""
    before = {name: mpl.rcParams[name] for name in STYLE}  # a context of matplotlib's copies all of its settings
    mpl.rcParams.update(STYLE)
    try:
        sheet = Sheet(width, height)
        yield sheet
        sheet.close()
    finally:
        mpl.rcParams.update(before)


@lru_cache(maxsize=32)
def _hex(colour: str) -> str:
    return to_hex(colour)


def _path(points: Any, codes: Any = None) -> Path:
    return Path(np.array(points, float).round(2), codes)


@lru_cache(maxsize=32)
def _marker(shape: str, size: float) -> tuple[Any, Any, Any]:
    """Return one of matplotlib's markers: its corners around (0, 0), what leads to each, and how its lines join."""
    marker = MarkerStyle(shape, fillstyle="full")
    path = marker.get_path()
    line = [Path.MOVETO, *[Path.LINETO] * (len(path) - 1)]
    codes = np.array(line if path.codes is None else path.codes)
    return size * marker.get_transform().transform(path.vertices), codes, marker.get_joinstyle()
