"""Lines of text in an SVG: taken out as they were written, and nothing else."""

import pytest

from endline.figures.sheet import new_sheet
from endline.svg_text import TextLine, apart, written

LINES = [
    TextLine(12.5, 30.25, "达标 7", 9.0, "#ffffff", "middle"),
    TextLine(0.0, -3.5, "<b>&amp;</b> 'x' \"y\"", 7.5, "#0072b2", "start"),
    TextLine(206.93, 110.0, "模拟数据", 8.5, "#b84e00", "end"),
]
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="206.93pt" height="120pt" viewBox="0 0 206.93 120">\n'


def svg(inner: str) -> str:
    return f'{HEAD}<path d="M 0 0 L 1 1"/>\n{inner}</svg>\n'


def test_lines_come_back_as_they_were_written() -> None:
    assert apart(svg("".join(map(written, LINES)))) == (svg(""), 206.93, LINES)


def test_what_a_sheet_draws_is_taken_apart() -> None:
    with new_sheet(100, 200) as sheet:
        sheet.text(20, 60, "甲 & 乙", 10, "#123456", "right")
        sheet.boxes([(0, 0, 5, 5)], "white")
    rest, width, lines = apart(sheet.svg())
    assert lines == [TextLine(20, 43.7, "甲 & 乙", 10, "#123456", "end")]
    assert width == 200
    assert "<text" not in rest
    assert rest.count("<path") == sheet.svg().count("<path") == 2


def test_spaces_are_those_that_an_svg_shows() -> None:
    line = LINES[0]._replace(text="  a \n b　c  ")
    assert apart(svg(written(line)))[2] == [LINES[0]._replace(text="a b　c")]


@pytest.mark.parametrize(
    "whole",
    [
        svg(written(LINES[0], upwards=True)),
        svg('<text x="1" y="2" style="font: 14px \'Noto Sans SC\'">图</text>\n'),
        svg(f'<g transform="scale(2)">\n{written(LINES[0])}</g>\n'),
        svg(written(LINES[0])).replace(' width="206.93pt"', ""),
        svg(written(LINES[0])).replace("Noto Sans SC", "Arial"),
        "no SVG",
        "",
    ],
    ids=["upwards", "by others", "moved", "of no width", "in another face", "none", "empty"],
)
def test_other_text_stays_where_it_is(whole: str) -> None:
    rest, _, lines = apart(whole)
    assert (rest, lines) == (whole, [])
