"""One style for all charts."""

import io
from functools import lru_cache
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure

from endline.export.fonts import font_files

# Okabe & Ito 2008: told apart with any colour vision; symbols and line styles differ as well.
BLUE, ORANGE, GREY, LIGHT = "#0072B2", "#D55E00", "#8A8A8A", "#E3E3E3"
FAMILY = "Noto Sans SC"
TEXT_WIDTH_INCHES = 156 / 25.4

STYLE: Any = {
    "font.family": FAMILY,
    "font.size": 9,
    "axes.unicode_minus": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "svg.fonttype": "none",
    "svg.hashsalt": "endline",
    "text.parse_math": False,
}


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    for path in font_files():
        font_manager.fontManager.addfont(str(path))


def new_figure(height_mm: float) -> Figure:
    """Return an empty figure as wide as the text area."""
    _register_fonts()
    with mpl.rc_context(STYLE):
        return Figure(figsize=(TEXT_WIDTH_INCHES, height_mm / 25.4))


def as_svg(figure: Figure) -> str:
    """Return the figure as SVG text without a date."""
    stream = io.StringIO()
    with mpl.rc_context(STYLE):
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    return stream.getvalue()
