"""The Word file of a report: what the PDF says, in Word's own styles, every figure a field."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from nbformat import NotebookNode

from endline import story
from endline.export import ExportError
from endline.export.blocks import read_document
from endline.export.word.charts import size
from endline.export.word.figures import FIGURE
from endline.export.word.read import read_word
from endline.story import Heading, Prose, Table, heading, prose

from .opened import W, exported, fields, made, paragraphs, parts, properties, style, text, tree, word
from .samples import META, SVG, chart, cover, report, said, tabled

LISTS = [
    prose("死亡率为15.32/10万（2例）。"),
    story.table(["年份", "率"], [["2020年", "30.2/10万"]], "lr", [3, 2], "表1"),
]


@pytest.fixture(scope="module")
def book() -> NotebookNode:
    return report()


@pytest.fixture(scope="module")
def data(book: NotebookNode) -> bytes:
    return exported(book)


# ---- The same content ----


def test_headings_prose_and_tables_are_those_of_the_report_in_their_order(book: NotebookNode, data: bytes) -> None:
    own = [part for block in read_document(book).blocks for part in block.parts]
    shown = paragraphs(data)
    headings = [line for name, line in shown if name.startswith("Heading")]
    foreign = ["1. 孕产妇死亡率", "（1）变化趋势", "（二）研究者的补充"]
    assert [line for line in headings if line not in foreign] == [p.title for p in own if isinstance(p, Heading)]
    lines = iter([line for _, line in shown])
    assert all(part.text in lines for part in own if isinstance(part, Prose)), "missing, or in another order"
    cells = [[text(cell) for cell in table.iter(f"{W}tc")] for table in tree(data)[0].findall(f"{W}tbl")]
    for table in (part for part in own if isinstance(part, Table)):
        assert [*table.header, *(cell for row in table.rows for cell in row)] in cells


def test_python_docx_opens_it(data: bytes) -> None:
    opened = word(data)
    assert opened.core_properties.title == META["title"]
    assert opened.core_properties.author == META["issuer"]
    assert f"{opened.core_properties.created:%Y-%m-%d %H:%M}" == "2021-07-20 00:00"
    assert opened.paragraphs[1].style.name == "Title"
    assert opened.paragraphs[1].text.splitlines() == META["title_lines"]
    names = {paragraph.style.name for paragraph in opened.paragraphs}
    assert {"Heading 1", "Heading 2", "Heading 3", "Heading 4", "Body Text", "Caption", "Report Summary"} <= names
    assert {table.style.name for table in opened.tables[1:]} == {"Report Table"}
    assert len(opened.inline_shapes) == 1


def test_the_same_notebook_gives_the_same_bytes_without_a_clock(book: NotebookNode, data: bytes) -> None:
    assert exported(book) == data
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# ---- Figures ----


def test_every_number_of_prose_and_cells_is_a_field_and_a_property_of_the_same_text(data: bytes) -> None:
    shown = [(code.removeprefix("DOCPROPERTY "), result) for code, result in fields(data) if "PROPERTY" in code]
    assert len(shown) > 300
    assert dict(shown) == properties(data)
    assert len(dict(shown)) == len(shown), "a name that stands twice"
    body = tree(data)[0]
    for paragraph in body.iter(f"{W}p"):
        if style(paragraph) in ("BodyText", "ReportSummary", "ReportFinding", "ReportNote", "ReportList"):
            bare = " ".join(run_text for run_text in _outside_fields(paragraph))
            assert not FIGURE.search(bare.replace(META["digest_line"], "")), bare


def _outside_fields(paragraph: ElementTree.Element) -> list[str]:
    depth, texts = 0, []
    for node in paragraph.iter():
        kind = node.get(f"{W}fldCharType")
        depth += (kind == "begin") - (kind == "end")
        if node.tag == f"{W}t" and not depth and not re.fullmatch(r"\[\d\] ?|\d\. ", node.text or ""):
            texts.append(node.text or "")
    return texts


def test_figures_keep_their_names_when_another_cell_changes() -> None:
    alone = properties(made(said(heading(1, "一"), *LISTS, cell="b")))
    after = properties(made(said(heading(1, "零"), prose("7"), cell="a"), said(heading(1, "一"), *LISTS, cell="b")))
    assert alone == {
        "E.b.1.1.1": "15.32",
        "E.b.1.1.2": "2",
        "E.b.1.2.1.1.1": "2020",
        "E.b.1.2.1.2.1": "30.2",
    }
    assert {name: value for name, value in after.items() if name.startswith("E.b")} == alone


# ---- The form ----


def test_the_styles_are_those_of_the_standard(data: bytes) -> None:
    found = {
        one.get(f"{W}styleId"): one for one in tree(data, "word/styles.xml").findall(f"{W}style")
    }  # ids, as paragraphs name them

    def value(name: str, path: str, attribute: str = "val") -> str | None:
        node = found[name].find("/".join(W + step for step in path.split("/")))
        return None if node is None else node.get(W + attribute)

    for level, face in enumerate(["黑体", "楷体", None, None], 1):
        assert value(f"Heading{level}", "rPr/rFonts", "eastAsia") == face  # else that of the body
        assert value(f"Heading{level}", "pPr/outlineLvl") == str(level - 1)
        assert value(f"Heading{level}", "name") == f"heading {level}"
    assert value("Title", "rPr/rFonts", "eastAsia") == "方正小标宋简体"
    assert value("Title", "rPr/sz") == "44"
    assert value("Normal", "pPr/spacing", "line") == "579"
    assert value("BodyText", "pPr/ind", "firstLineChars") == "200"
    defaults = tree(data, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert defaults is not None
    fonts, letters = defaults.find(f"{W}rFonts"), defaults.find(f"{W}sz")
    assert fonts is not None
    assert letters is not None
    assert (fonts.get(f"{W}eastAsia"), letters.get(f"{W}val")) == ("仿宋", "32")
    used = {style(paragraph) for paragraph in tree(data)[0].iter(f"{W}p")}
    assert used <= set(found)


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en-GB")])
def test_the_language_is_the_reports(language: str, tag: str) -> None:
    data = made(said(prose("一")), first=cover(language=language))
    found = tree(data, "word/styles.xml").find(f".//{W}lang")
    assert found is not None
    assert (found.get(f"{W}val"), found.get(f"{W}eastAsia")) == (tag, "zh-CN")


def test_pages_are_those_of_the_standard(data: bytes) -> None:
    sections = word(data).sections
    assert [section.orientation for section in sections] == [0, 0, 1, 0]
    for section in sections:
        wide = section.orientation == 1
        mm = [
            round(side.mm)
            for side in (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
        ]
        assert mm == ([28, 37, 26, 35] if wide else [37, 26, 35, 28])
        assert (round(section.page_width.mm), round(section.page_height.mm)) == ((297, 210) if wide else (210, 297))
    grids = tree(data).iter(f"{W}docGrid")
    assert {(grid.get(f"{W}linePitch"), grid.get(f"{W}charSpace")) for grid in grids} == {("579", "-848")}
    assert tree(data, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None


def test_the_cover_names_the_faces_of_the_styles() -> None:
    data = made(said(prose("一")), first=cover(colophon="标题{title}，一级{first}，二级{second}，正文{body}，{x}"))
    named = "标题方正小标宋简体，一级黑体，二级楷体，正文仿宋，{x}"
    assert [line for _, line in paragraphs(data) if line.startswith(META["digest_line"])] == [
        META["digest_line"] + named
    ]


def test_the_cover_has_no_header_and_the_others_have_odd_and_even_page_numbers(data: bytes) -> None:
    first, *others = tree(data).iter(f"{W}sectPr")
    assert not first.findall(f"{W}headerReference") + first.findall(f"{W}footerReference")
    for section in others:
        kinds = [(node.tag.removeprefix(W), node.get(f"{W}type")) for node in section if "Reference" in node.tag]
        assert kinds == [(k, t) for k in ("headerReference", "footerReference") for t in ("default", "even")]
    for side, align in (("odd", "right"), ("even", "left")):
        footer = tree(data, f"word/footer-upright-{side}.xml")
        jc = footer.find(f".//{W}jc")
        assert jc is not None
        assert jc.get(f"{W}val") == align
        assert text(footer) == "— 2 —"
        assert b"PAGE" in parts(data)[f"word/footer-upright-{side}.xml"]


def test_simulated_data_are_marked_on_every_page_and_others_are_not(data: bytes) -> None:
    for place in ("upright", "landscape"):
        assert text(tree(data, f"word/header-{place}.xml")) == META["running_title"] + " 模拟数据 "
    real = made(said(prose("一")), first=cover(mark=""))
    assert not [name for name, content in parts(real).items() if "模拟数据".encode() in content]


def test_the_table_of_contents_names_the_upper_headings_where_they_stand(data: bytes) -> None:
    root = tree(data)
    contents = root.find(f".//{W}sdtContent")
    assert contents is not None
    entries = [(link.get(f"{W}anchor"), text(link)) for link in contents.iter(f"{W}hyperlink")]
    marks = {start.get(f"{W}name"): text(p) for p in root.iter(f"{W}p") for start in p.findall(f"{W}bookmarkStart")}
    upper = [line for name, line in paragraphs(data) if name in ("Heading1", "Heading2")]
    assert [line for _, line in entries] == upper
    assert dict(entries) == marks
    codes = [node.text or "" for node in contents.iter(f"{W}instrText")]
    assert codes[0].split() == ["TOC", "\\o", '"1-2"', "\\h", "\\z"]
    dirty = [node for node in root.iter(f"{W}fldChar") if node.get(f"{W}dirty")]
    assert dirty == [contents.find(f".//{W}fldChar")], (
        "Word updates the contents when it opens the file, and nothing else"
    )


def test_a_tables_header_stands_on_each_page_and_its_rows_are_whole(data: bytes) -> None:
    for table in tree(data)[0].findall(f"{W}tbl")[1:]:
        header, *rows = table.findall(f"{W}tr")
        assert header.find(f"{W}trPr/{W}tblHeader") is not None
        assert not [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
    short = tree(made(said(tabled(3))))[0].findall(f"{W}tbl")[1]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in short.findall(f"{W}tr"))


def test_captions_stand_above_tables_and_below_charts() -> None:
    body = tree(made(said(heading(1, "一"), tabled(3, caption="表1")), chart(caption="图1")))[0]
    kinds = [style(node) if node.tag == f"{W}p" else node.tag.removeprefix(W) for node in body]
    at = kinds.index("Heading1")
    assert kinds[at:] == ["Heading1", "Caption", "tbl", "ReportTableEnd", "ReportFigure", "Caption", "sectPr"]


def test_a_chart_is_an_svg_with_a_picture_and_says_what_it_shows() -> None:
    data = made(chart(SVG % "图中", alt='下降 <"&'))
    found = parts(data)
    assert found["word/media/chart-01.png"].startswith(b"\x89PNG")
    assert b"<svg" in found["word/media/chart-01.svg"]
    xml = found["word/document.xml"].decode()
    relations = tree(data, "word/_rels/document.xml.rels")
    targets = {one.get("Id"): one.get("Target") for one in relations}
    blip, svg = re.findall(r'r:embed="(\w+)"', xml)
    assert (targets[blip], targets[svg]) == ("media/chart-01.png", "media/chart-01.svg")
    described = [node.get("descr") for node in tree(data).iter() if node.tag.endswith("}docPr")]
    assert described == ['下降 <"&']
    (shape,) = word(data).inline_shapes
    assert (shape.width.pt, shape.height.pt) == (pytest.approx(315, abs=0.1), pytest.approx(150, abs=0.1))


def test_a_chart_larger_than_the_page_is_made_smaller() -> None:
    large = '<svg xmlns="http://www.w3.org/2000/svg" width="900pt" height="1800pt" viewBox="0 0 900 1800"/>'
    (shape,) = word(made(chart(large))).inline_shapes
    assert shape.height.pt <= 637.8 - 40
    assert shape.height.pt / shape.width.pt == pytest.approx(2, abs=0.01)


@pytest.mark.parametrize(
    ("svg", "points"),
    [
        ('<svg width="442.2pt" height="153pt">', (442.2, 153)),
        ('<svg width="100" height="200px">', (75, 150)),
        ('<svg width="84mm" height="1in">', (238.11, 72)),
        ('<svg viewBox="0 0 420 200">', (315, 150)),
    ],
)
def test_the_size_of_a_chart(svg: str, points: tuple[float, float]) -> None:
    assert size(svg) == pytest.approx(points, abs=0.01)


def test_a_chart_without_a_size_is_refused() -> None:
    with pytest.raises(ExportError, match="neither how wide and high"):
        made(chart("<svg/>"))


def test_neighbouring_landscape_blocks_share_their_section() -> None:
    wide = [said(tabled(2), cell=f"w{n}", landscape=True) for n in range(2)]
    assert len(word(made(*wide)).sections) == 3  # cover, contents, the two
    assert len(word(made(said(prose("一")), *wide, said(prose("二"), cell="z"))).sections) == 4


def test_a_block_begins_a_page_where_it_asks_for_one() -> None:
    data = made(
        said(prose("一")), said(tabled(2, caption=""), cell="t", **{"break": True}), said(prose("二"), cell="z")
    )
    body = tree(data)[0]
    breaks = [style(p) for p in body.findall(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert breaks == ["BodyText", "ReportSectionEnd"]  # behind the contents; before the table


def test_a_heading_that_skips_a_level_is_refused_with_its_cell() -> None:
    with pytest.raises(ExportError, match=r"skips from level 1 to 3; use level 2 \(cell b\)"):
        made(said(heading(1, "一"), cell="a"), said(heading(3, "三"), cell="b"))


# ---- Data are never code ----

CODE = [
    "<w:p/>",
    "&amp;",
    "]]>",
    '" \\* INCLUDETEXT "x',
    "{ DOCPROPERTY x }",
    "<!DOCTYPE x>",
    "a\x0bb\x00c\ufffe",
    "&#0;",
]


def test_texts_reach_word_as_text() -> None:
    rows = [[code, "1"] for code in CODE]
    first = cover(title_lines=["<b>", "&"], facts=[["<i>", "&lt;"]], issuer="<u>", mark="<w:t>")
    cells = [
        said(*(heading(1, code) for code in CODE), *map(prose, CODE), cell="p"),
        said(story.table(["<x>", "&"], rows, "lr", [3, 1], "<y>"), cell="t"),
        chart(caption="<z>"),
    ]
    data = made(*cells, first=first)
    wanted = [re.sub("[\x00\ufffe]", "", code.replace("\x0b", " ")) for code in CODE]
    shown = [line for _, line in paragraphs(data)]
    assert [line for line in shown if line in wanted] == [*wanted, *wanted]
    assert not [code for code, _ in fields(data) if not code.startswith(("DOCPROPERTY E.", "PAGEREF _Toc", "TOC"))]


# ---- Elements stand in the order that Word demands (ECMA-376, part 1, annex A) ----

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr tabs autoSpaceDE autoSpaceDN snapToGrid spacing"
    " ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts color spacing sz szCs bdr lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "sectPr": "headerReference footerReference type pgSz pgMar cols docGrid",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr trPr tcPr tblStylePr",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang"
    " decimalSymbol listSeparator",
    "font": "altName charset family pitch",
}


def test_elements_stand_in_the_order_of_the_schema(data: bytes) -> None:
    met = set()
    for name in parts(data):
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for element in tree(data, name).iter():
            kind = element.tag.removeprefix(W)
            if kind in ORDER:
                met.add(kind)
                order = ORDER[kind].split()
                places = [order.index(child.tag.removeprefix(W)) for child in element]
                assert all(a <= b for a, b in pairwise(places)), (name, kind, [c.tag for c in element])
    assert met == set(ORDER)


def test_what_a_part_refers_to_is_there(data: bytes) -> None:
    found = parts(data)
    relations = tree(data, "word/_rels/document.xml.rels")
    assert {f"word/{one.get('Target')}" for one in relations} <= set(found)
    ids = {one.get("Id") for one in relations}
    used = set(re.findall(r'r:(?:id|embed)="(\w+)"', found["word/document.xml"].decode()))
    assert used <= ids
    types = tree(data, "[Content_Types].xml")
    named = {str(one.get("PartName"))[1:] for one in types if one.get("PartName")}
    assert named <= set(found)
    rest = {name for name in found if name.endswith(".xml") and not name.startswith("[")} - named
    assert not rest, "parts without a content type of their own"


def test_a_body_ends_with_a_paragraph_and_tables_do_not_touch() -> None:
    body = tree(made(said(tabled(2, caption=""), tabled(2, caption=""))))[0]
    kinds = [node.tag.removeprefix(W) for node in body]
    assert kinds[-3:] == ["tbl", "p", "sectPr"]
    assert all({a, b} != {"tbl"} for a, b in pairwise(kinds))


def test_quotation_marks_among_chinese_characters_are_chinese() -> None:
    data = made(said(prose("标注“不稳定”"), prose('"quoted" — 5'), prose("“unstable”")))
    hinted = [text(run) for run in tree(data)[0].findall(f"{W}p/{W}r") if run.find(f"{W}rPr/{W}rFonts") is not None]
    assert hinted == ["妇女儿童发展纲要（2011—2020年）", "标注“不稳定”"]


# ---- Another program ----

SOFFICE = shutil.which("soffice")


def converted(data: bytes, folder: Path, kind: str) -> bytes:
    """Return what LibreOffice makes of a Word file."""
    (folder / "in").mkdir()
    (folder / "in/a.docx").write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [str(SOFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    command += ["--outdir", str(folder), str(folder / "in/a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return (folder / f"a.{kind}").read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice (Debian: libreoffice-writer) is not installed")
def test_libreoffice_prints_the_same_headings_and_figures(book: NotebookNode, data: bytes, tmp_path: Path) -> None:
    pdf = pypdfium2.PdfDocument(converted(data, tmp_path, "pdf"))
    printed = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pdf)
    for name, line in paragraphs(data):
        if name.startswith(("Heading", "BodyText", "Caption")):
            assert "".join(line.split()) in printed.replace("\ufffe", ""), line
    for figure in set(properties(data).values()):
        assert figure in printed
    sizes = {(round(page.get_width()), round(page.get_height())) for page in pdf}
    assert sizes == {(595, 842), (842, 595)}


@pytest.mark.slow
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice (Debian: libreoffice-writer) is not installed")
def test_figures_are_still_found_when_libreoffice_has_saved_the_file(data: bytes, tmp_path: Path) -> None:
    before, after = read_word(data), read_word(converted(data, tmp_path, "docx"))
    assert after.properties == before.properties
    assert [(f.name, f.text, f.heading) for f in after.shown] == [(f.name, f.text, f.heading) for f in before.shown]
