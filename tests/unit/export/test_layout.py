"""GB/T 9704-2012, measured on the page; millimetres from the upper left corner."""

from collections import defaultdict

import pypdfium2
import pytest
from nbformat import NotebookNode

from endline.export import PdfExporter

from .samples import PROSE, chart, notebook, report, table, text

HAN = "十年来全区各级党委和政府坚持儿童优先男女平等"
MM = 25.4 / 72


def document(*markdown: str) -> pypdfium2.PdfDocument:
    book = notebook(*(text(one, f"c{n}") for n, one in enumerate(markdown)))
    return pypdfium2.PdfDocument(PdfExporter().from_notebook_node(book)[0])


def boxes(page: pypdfium2.PdfPage) -> list[tuple[str, float, float, float, float]]:
    """Return each visible character with its left, top, right and bottom."""
    words = page.get_textpage()
    height = page.get_height()
    found = []
    for n in range(words.count_chars()):
        char = words.get_text_range(n, 1)
        left, bottom, right, top = words.get_charbox(n)
        if char.strip():
            found.append((char, left * MM, (height - top) * MM, right * MM, (height - bottom) * MM))
    return found


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
    pages = document(HAN * 60)
    first, second = lines(pages[2]), lines(pages[3])
    assert len(first) == len(second) == 22
    assert [len(line) for line in first] == [26, *[28] * 21]
    left, right = min(b[1] for b in boxes(pages[3])[50:600]), max(b[3] for b in boxes(pages[3])[50:600])
    assert (left, right) == (pytest.approx(28, abs=0.6), pytest.approx(184, abs=0.6))


def test_page_numbers_stand_7_mm_below_on_the_outer_side() -> None:
    pages = document(HAN * 60)
    for number, side in ((3, "right"), (4, "left")):
        dashes = [box for box in boxes(pages[number - 1]) if box[0] == "—" and box[2] > 262]
        assert len(dashes) == 2
        assert [(box[2] + box[4]) / 2 for box in dashes] == pytest.approx([269, 269], abs=0.3)
        if side == "right":
            assert max(box[3] for box in dashes) == pytest.approx(184 - 14 * MM, abs=0.6)
        else:
            assert min(box[1] for box in dashes) == pytest.approx(28 + 14 * MM, abs=0.6)


def test_nothing_leaves_the_type_area() -> None:
    wide = "| " + " | ".join(["组织机构代码150100000000abcdef"] * 12) + " |"
    tables = "\n".join([wide, "|--" * 12 + "|", *[wide] * 3])
    book = report()
    book.cells += [text(tables, "narrow"), text(tables, "flipped", landscape=True), text("0f" * 90, "digest")]
    for page in pypdfium2.PdfDocument(PdfExporter().from_notebook_node(book)[0]):
        left, right, bottom = (28, 184, 273) if page.get_width() < page.get_height() else (25, 260, 184)
        for char, x0, _, x1, y1 in boxes(page):
            assert left - 0.5 < x0 < x1 < right + 0.5, char
            assert y1 < bottom, char


def test_the_header_row_stands_on_every_page_of_a_table() -> None:
    pages = texts(document("# 一\n\n" + table(70)))
    assert len(pages) > 3
    assert ["死亡人数" in page for page in pages] == [False, False, *[True] * (len(pages) - 2)]
    assert sum("监测统计表" in page for page in pages) == 1


def test_a_short_table_is_not_broken() -> None:
    for filler in range(12, 22, 3):
        pages = texts(document("\n\n".join(["段落"] * filler), table(9)))
        assert sum("置信区间" in page for page in pages) == 1


@pytest.mark.parametrize(
    "what", [text(table(30)), text(table(30, caption="")), text("正文" * 40), chart()], ids=range(4)
)
def test_no_heading_or_caption_ends_a_page(what: NotebookNode) -> None:
    for filler in range(14, 22):
        head = text("# 标题\n\n" + "\n\n".join(["段落"] * filler) + "\n\n## 标题\n\n### 标题", "head")
        pdf, _ = PdfExporter().from_notebook_node(notebook(head, what, text("结束", "end")))
        for page in list(pypdfium2.PdfDocument(pdf))[2:]:
            assert not lines(page)[-1].endswith(("标题", "监测统计表", "置信区间", "图中文字")), filler


def test_a_chart_taller_than_the_page_is_made_smaller() -> None:
    words = '<text x="40" y="1990">底</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="2000">{words}</svg>'
    page = pypdfium2.PdfDocument(PdfExporter().from_notebook_node(notebook(chart(svg)))[0])[2]
    assert [box[4] for box in boxes(page) if box[0] in "底图"] == pytest.approx([242, 250], abs=6)


def test_a_figure_keeps_its_caption_and_the_width() -> None:
    words = '<text x="1900" y="50">右</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="900">{words}</svg>'
    for filler in (10, 16):
        book = notebook(text("\n\n".join(["段落"] * filler)), chart(svg), text(PROSE, "after"))
        pdf = pypdfium2.PdfDocument(PdfExporter().from_notebook_node(book)[0])
        page = next(page for page in pdf if "右" in page.get_textpage().get_text_bounded())
        assert "图1" in page.get_textpage().get_text_bounded()
        assert 170 < next(box[3] for box in boxes(page) if box[0] == "右") < 184
