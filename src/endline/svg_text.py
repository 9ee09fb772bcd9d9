"""Lines of text in the SVG of a chart: as they are written there, and taken out of it for what sets them itself."""

import re
from typing import NamedTuple
from xml.sax.saxutils import escape, unescape

FAMILY = "Noto Sans SC"
_LINE = re.compile(
    rf"<text style=\"font-size: ([\d.]+)px; font-family: '{FAMILY}'; text-anchor: (start|middle|end); "
    r'fill: (#[0-9a-f]{6})" x="(-?[\d.]+)" y="(-?[\d.]+)">([^<]*)</text>\n'
)
_WIDTH = re.compile(r'<svg [^>]*?width="([\d.]+)pt"')
_MOVED = re.compile(r"<(?:g|svg) [^>]*transform=")  # then a place in it is not one of the whole
_SPACES = re.compile("[ \t\r\n]+")


class TextLine(NamedTuple):
    """A line of text and where its baseline begins, has its middle or ends, in points from the top left of the SVG."""

    x: float
    y: float
    text: str
    size: float
    colour: str  # as #rrggbb
    anchor: str  # start, middle or end


def written(line: TextLine, upwards: bool = False) -> str:
    """Return a line of text as an element of an SVG."""
    place = f"{line.x:.2f}", f"{line.y:.2f}"
    font = f"font-size: {line.size:g}px; font-family: '{FAMILY}'"
    style = f"{font}; text-anchor: {line.anchor}; fill: {line.colour}"
    turned = f' transform="rotate(-90 {place[0]} {place[1]})"' if upwards else ""
    return f'<text style="{style}" x="{place[0]}" y="{place[1]}"{turned}>{escape(line.text)}</text>\n'


def apart(svg: str) -> tuple[str, float, list[TextLine]]:
    """Return an SVG without its level lines of text, its width in points, and those lines.

    Only what `written` has written is taken out: of an SVG by others nothing.
    """
    width = _WIDTH.search(svg)
    if not width or _MOVED.search(svg):
        return svg, 0.0, []
    lines = [
        TextLine(float(x), float(y), _SPACES.sub(" ", unescape(text)).strip(" "), float(size), colour, anchor)
        for size, anchor, colour, x, y, text in _LINE.findall(svg)
    ]
    return _LINE.sub("", svg), float(width[1]), lines
