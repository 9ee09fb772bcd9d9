"""The sheet: text stays text, the same drawing gives the same bytes, a user's settings are neither used nor changed."""

import re
import subprocess
import sys

import matplotlib as mpl
import pytest

from endline.figures import sheet as module
from endline.figures.frame import Box, Frame
from endline.figures.sheet import GAP, Sheet, new_sheet

from .drawn import Drawn, Mark

ODD = {
    "svg.fonttype": "path",
    "svg.hashsalt": None,
    "svg.id": "mine",
    "font.family": "serif",
    "font.size": 20.0,
    "font.style": "italic",
    "font.weight": "bold",
    "text.color": "red",
    "text.parse_math": True,
    "text.usetex": True,
    "lines.linewidth": 9.0,
    "lines.color": "red",
    "markers.fillstyle": "left",
    "axes.unicode_minus": True,
    "axes.autolimit_mode": "round_numbers",
    "path.simplify": True,
    "path.simplify_threshold": 1.0,
    "figure.dpi": 300.0,
    "savefig.dpi": 300.0,
}


def draw(sheet: Sheet) -> None:
    sheet.line([(1, 1), (20, 30), GAP, *((30 + n / 10, 40) for n in range(200))], "#123456", 2, dashes=(5, 3))
    sheet.marks([(5, 5), GAP, (9, 9)], "v", 5, "#123456", "white")
    sheet.boxes([(1, 2, 3, 4), (5, 6, 7, 8)], "#abcdef", alpha=0.5)
    sheet.text(50, 50, "-1 $x^2$", 9, "#123456", "center")
    Frame(sheet, range(2010, 2013), 24.0, 81.9, Box(40, 15, 360, 90)).draw()


def svg() -> str:
    with new_sheet(100) as sheet:
        draw(sheet)
    return sheet.svg()


@pytest.mark.parametrize("text", ["$a_1$ 与 $b", "<b>&amp;</b>", "甲 & 乙 < 丙 > 丁", "\"双\" '单'", "a\\b {c} %"])
def test_text_is_written_literally(text: str) -> None:
    with new_sheet(100) as sheet:
        sheet.text(10, 20, text, 9)
    drawn = Drawn(sheet.svg())
    assert [t.text for t in drawn.texts] == [text]
    assert drawn.texts[0].family == "'Noto Sans SC'"


def test_a_text_is_anchored_where_it_was_put_with_its_middle_at_the_height() -> None:
    with new_sheet(100) as sheet:
        for align in ("left", "center", "right"):
            sheet.text(200, 60, align, 10, align=align)
        sheet.text(200, 60, "upwards", 10, upwards=True)
    left, center, right, upwards = Drawn(sheet.svg()).texts
    assert left.left == center.x == right.right == 200
    assert [left.y, center.y, right.y] == pytest.approx([40 + 3.7] * 3)
    assert (upwards.x, upwards.y, upwards.turned) == (pytest.approx(203.7), 40, True)
    assert not left.turned


def test_the_same_drawing_gives_the_same_bytes_without_a_date() -> None:
    assert svg() == svg()
    assert "metadata" not in svg()


def test_nothing_is_drawn_of_nothing() -> None:
    with new_sheet(100) as empty:
        pass
    with new_sheet(100) as sheet:
        sheet.line([], "black")
        sheet.marks([GAP], "o", 5, "black", "black")
        sheet.boxes([], "black")
        sheet.area([], "black")
        sheet.text(1, 1, "", 9)
    assert sheet.svg() == empty.svg()


def test_a_line_is_broken_at_a_gap_and_keeps_all_its_points() -> None:
    (line,) = Drawn(svg()).stroked("#123456", "2")
    assert [len(piece) for piece in line.pieces] == [2, 200]
    assert line.style["stroke-dasharray"] == "5,3"


def test_a_mark_in_one_colour_is_a_line_as_wide_as_the_mark() -> None:
    with new_sheet(100) as sheet:
        sheet.marks([(5, 5), GAP, (9, 9)], "o", 5, "#123456", "#123456")
        sheet.marks([(20, 5)], "s", 3, "#123456", "#123456")
        sheet.marks([(30, 5)], "o", 5, "#123456", "white")
    text = sheet.svg()
    dots = [Mark("circle", 5.0, 95.0, "#123456", "#123456"), Mark("circle", 9.0, 91.0, "#123456", "#123456")]
    others = [Mark("square", 20.0, 95.0, "#123456", "#123456"), Mark("circle", 30.0, 95.0, "#ffffff", "#123456")]
    assert Drawn(text).marks == [*dots, *others]
    widths = [float(width) for width in re.findall(r"stroke-width: ([\d.]+)", text)]
    assert widths == [6, 4]  # size and edge, as of one with an edge of its own


def test_a_users_settings_do_not_change_a_drawing() -> None:
    module._marker.cache_clear()
    with mpl.rc_context(ODD):
        odd = svg()
    module._marker.cache_clear()
    assert odd == svg()


def test_a_drawing_does_not_change_a_users_settings() -> None:
    with mpl.rc_context(ODD):
        before = dict(mpl.rcParams)
        svg()
        with pytest.raises(ZeroDivisionError), new_sheet(100):
            raise ZeroDivisionError
        assert dict(mpl.rcParams) == before


def test_no_figure_and_no_pyplot_is_loaded() -> None:
    loaded = "import sys, endline.figures; print(*(m for m in sys.modules if m.startswith('matplotlib.')))"
    names = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout.split()
    assert "matplotlib.backends.backend_svg" in names
    assert not {"matplotlib.pyplot", "matplotlib.axes"} & set(names)
