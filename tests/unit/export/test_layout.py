"""GB/T 9704-2012, measured on the page; millimetres from the upper left corner."""

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from nbformat import NotebookNode

from endline.export import PdfExporter
from endline.export.columns import widest
from endline.export.fonts import TEX, font_files
from endline.figures.sheet import new_sheet
from endline.story import heading, prose
from endline.story import table as story_table
from pages import MM, assert_all_in_the_type_area, boxes

from .samples import PROSE, chart, notebook, report, said, table, tabled, text

HAN = "十年来全区各级党委和政府坚持儿童优先男女平等"


def document(*cells: NotebookNode) -> pypdfium2.PdfDocument:
    for number, cell in enumerate(cells):
        cell["id"] = f"c{number}"
    return pypdfium2.PdfDocument(PdfExporter().from_notebook_node(notebook(*cells))[0])


def texts(pdf: pypdfium2.PdfDocument) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pdf]


def lines(page: pypdfium2.PdfPage) -> list[str]:
    """Return the lines of the type area, by the middles of their characters."""
    rows = defaultdict(str)
    for char, _, top, _, bottom in boxes(page):
        if 37 <= top < 262:
            rows[round(((top + bottom) / 2 - 37) // (28.95 * MM))] += char
    return [rows[key] for key in sorted(rows)]


def test_22_lines_of_28_characters() -> None:
    pages = document(said(prose(HAN * 60)))
    first, second = lines(pages[2]), lines(pages[3])
    assert len(first) == len(second) == 22
    assert [len(line) for line in first] == [26, *[28] * 21]
    left, right = min(b[1] for b in boxes(pages[3])[50:600]), max(b[3] for b in boxes(pages[3])[50:600])
    assert (left, right) == (pytest.approx(28, abs=0.6), pytest.approx(184, abs=0.6))


def test_page_numbers_stand_7_mm_below_on_the_outer_side() -> None:
    pages = document(said(prose(HAN * 60)))
    for number, side in ((3, "right"), (4, "left")):
        dashes = [box for box in boxes(pages[number - 1]) if box[0] == "—" and box[2] > 262]
        assert len(dashes) == 2
        assert [(box[2] + box[4]) / 2 for box in dashes] == pytest.approx([269, 269], abs=0.3)
        if side == "right":
            assert max(box[3] for box in dashes) == pytest.approx(184 - 14 * MM, abs=0.6)
        else:
            assert min(box[1] for box in dashes) == pytest.approx(28 + 14 * MM, abs=0.6)


def test_nothing_leaves_the_type_area() -> None:
    row = ["组织机构代码150100000000abcdef"] * 12
    wide = "| " + " | ".join(row) + " |"
    markdown = "\n".join([wide, "|--" * 12 + "|", *[wide] * 3])
    equal, shared = (story_table(row, [row] * 3, "l" * 12, [6] * 11 + [last]) for last in (6, 7))
    cells = [text(markdown, landscape=wide) for wide in (False, True)]
    cells += [said(part, landscape=wide) for part in (equal, shared) for wide in (False, True)]
    cells += [text("0f" * 90), said(heading(1, "0f" * 90), prose("0f" * 90))]
    assert_all_in_the_type_area(document(*report().cells[1:], *cells))


@pytest.mark.parametrize(("landscape", "letters"), [(False, 6), (True, 9)])
def test_a_table_that_stays_whole_is_lower_than_a_page_however_its_words_fall(landscape: bool, letters: int) -> None:
    words = " ".join(["n" * letters] * 4)  # two of them just do not stand on one line
    for rows in range(5, 10):
        table = story_table([*"甲乙丙丁戊"], [[words, *"1234"]] * rows, "lllll", [9, 9, 9, 9, 8])
        assert_all_in_the_type_area(document(said(table, landscape=landscape)))


TABLES = {
    "shares": lambda rows: said(tabled(rows)),
    "equal columns": lambda rows: said(tabled(rows, first=6)),
    "Markdown": lambda rows: text(table(rows)),
}


@pytest.mark.parametrize("kind", TABLES)
def test_the_header_row_stands_on_every_page_of_a_table(kind: str) -> None:
    pages = texts(document(said(heading(1, "一")), TABLES[kind](70)))
    assert len(pages) > 3
    assert ["死亡人数" in page for page in pages] == [False, False, *[True] * (len(pages) - 2)]
    assert sum("监测统计表" in page for page in pages) == 1


@pytest.mark.parametrize("kind", TABLES)
def test_a_short_table_is_not_broken(kind: str) -> None:
    for filler in range(12, 22, 3):
        pages = texts(document(said(*[prose("段落")] * filler), TABLES[kind](9)))
        assert sum("置信区间" in page for page in pages) == 1


@pytest.mark.parametrize(("words", "whole"), [(PROSE[:100], True), (PROSE * 12, False)])
def test_a_row_stays_whole_unless_it_could_be_taller_than_a_page(words: str, whole: bool) -> None:
    rows = [[f"<{n}" + words + f"{n}>", "二"] for n in range(20 if whole else 2)]
    pages = texts(document(said(story_table(["甲", "乙"], rows, "ll", [6, 5]))))
    assert len(pages) > 4
    for n in range(len(rows)):
        start, end = (next(i for i, page in enumerate(pages) if mark in page) for mark in (f"<{n}", f"{n}>"))
        assert (start == end) == whole


@pytest.mark.parametrize("style", ["", "annex", "mini"])
@pytest.mark.parametrize("char", "永Wm5n")
def test_no_row_of_a_table_reaches_into_the_next(char: str, style: str) -> None:
    words = [char * number for number in range(4, 64, 5)]  # some fit in one line of their column, others do not
    rows = [[word, "末"] for word in words]
    page = document(said(story_table(["名", "次"], rows, "ll", [12, 22]), style=style))[2]
    heights: list[list[float]] = [[]]
    for sign, _, top, _, bottom in boxes(page):
        if sign == char:
            heights[-1] += [top, bottom]
        elif sign == "末":
            heights.append([])
    assert [len(own) // 2 for own in heights[:-1]] == [len(word) for word in words]
    lines_of = [len({round(top) for top in own[::2]}) for own in heights[:-1]]
    assert min(lines_of) == 1 < max(lines_of)
    assert all(max(above) < min(below) for above, below in pairwise(heights[:-1]))


@pytest.mark.parametrize("path", [*font_files(), *sorted(TEX.glob("Fandol*.otf"))], ids=lambda path: path.stem)
def test_no_character_of_the_faces_is_wider_than_a_row_of_one_line_reckons(path: Path) -> None:
    font = TTFont(path, lazy=True)
    widths, unit = font["hmtx"].metrics, font["head"].unitsPerEm
    wider = {chr(code): widths[name][0] / unit for code, name in font.getBestCmap().items()}
    assert [char for char, width in wider.items() if width > widest(char)] == []


@pytest.mark.parametrize(
    "what",
    [
        said(tabled(30)),
        said(tabled(30, first=6)),
        said(tabled(30, caption="")),
        text(table(30)),
        said(prose("正文" * 40)),
        chart(),
    ],
    ids=range(6),
)
def test_no_heading_or_caption_ends_a_page(what: NotebookNode) -> None:
    for filler in range(14, 22):
        head = said(heading(1, "标题"), *[prose("段落")] * filler, heading(2, "标题"), heading(3, "标题"))
        for page in list(document(head, what, text("结束")))[2:]:
            assert not lines(page)[-1].endswith(("标题", "监测统计表", "置信区间", "图中文字")), filler


def test_a_footnote_is_small_and_code_in_a_heading_stands_in_the_contents_too() -> None:
    pages = document(text("# 一 `码` **重** *斜*\n\n正文[^1]\n\n[^1]: 注文"))
    assert ["码重斜" in "".join(page.split()) for page in texts(pages)] == [False, True, True]
    heights = {char: bottom - top for char, _, top, _, bottom in boxes(pages[2])}
    assert heights["注"] / heights["正"] == pytest.approx(9 / 16, abs=0.06)


def test_a_chart_taller_than_the_page_is_made_smaller() -> None:
    words = '<text x="40" y="1990">底</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="2000">{words}</svg>'
    page = document(chart(svg))[2]
    assert [box[4] for box in boxes(page) if box[0] in "底图"] == pytest.approx([242, 250], abs=6)


def test_a_figure_keeps_its_caption_and_the_width() -> None:
    words = '<text x="1900" y="50">右</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="900">{words}</svg>'
    for filler in (10, 16):
        pdf = document(said(*[prose("段落")] * filler), chart(svg), said(prose(PROSE)))
        page = next(page for page in pdf if "右" in page.get_textpage().get_text_bounded())
        assert "图1" in page.get_textpage().get_text_bounded()
        assert 170 < next(box[3] for box in boxes(page) if box[0] == "右") < 184


@pytest.mark.parametrize("width", [442.2, 206.93, 600])
@pytest.mark.parametrize("panel", [False, True], ids=["alone", "with text beside it"])
def test_labels_stand_where_the_chart_has_them(width: float, panel: bool) -> None:
    with new_sheet(120, width) as sheet:
        for n, align in enumerate(("left", "center", "right")):
            sheet.text(width / 2, 100 - 20 * n, f"甲乙（2020年）{n}.50%", 7.5 + n, "#0072B2", align=align)
        sheet.text(width, 10, "模拟数据", 9, align="right")
        sheet.text(0, 10, "一二三四", 9)
    drawn = sheet.svg()
    as_drawn = drawn.replace("</svg>", '<g transform="scale(1)"/></svg>')  # so its texts stay in it
    beside = [said(prose("：文字"), style="beside")] if panel else []
    apart, whole = (boxes(document(chart(svg), *beside)[2]) for svg in (drawn, as_drawn))
    assert sorted(box[0] for box in apart) == sorted(box[0] for box in whole)
    assert "模拟数据" in "".join(box[0] for box in apart)
    for one, other in zip(sorted(apart), sorted(whole), strict=True):
        assert one[1:] == pytest.approx(other[1:], abs=0.02)
