"""The PDF: what it says, what it is, and what is refused."""

import io
import random
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pikepdf
import pypdf
import pytest

from endline.export import ExportError, PdfExporter, font_digest
from endline.export.pdf import page_count
from endline.story import escape, heading, prose
from endline.story import table as story_table

from .samples import META, PROSE, SVG, chart, cover, notebook, pages, report, said, table, text

HOSTILE = r"""#read("/etc/passwd") $x$ *a* _b_ <l> @r [ ] \ ` ::: {.pagebreak} <script>x</script> ![](x) | //"""
HOSTILE += " -- ... -5 ~ 'q'"


def export(*cells: nbformat.NotebookNode, first: nbformat.NotebookNode | None = None) -> bytes:
    pdf, _ = PdfExporter().from_notebook_node(notebook(*cells, first=first))
    assert isinstance(pdf, bytes)
    return pdf


def found(document: pikepdf.Pdf, key: str) -> list[pikepdf.Dictionary]:
    """Return the dictionaries of a PDF that have a key."""
    return [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and key in one]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    data, resources = PdfExporter().from_notebook_node(report())
    assert resources["output_extension"] == ".pdf"
    assert isinstance(data, bytes)
    return data


def test_all_that_the_notebook_says_is_printed(pdf: bytes) -> None:
    printed = "".join(pages(pdf))
    wanted = [*META["title_lines"], META["edition"], META["issuer"], META["issued_text"], META["digest_line"]]
    wanted += [
        "一、概述",
        "（一）基本情况",
        "1.孕产妇死亡率",
        "（1）变化趋势",
        "达到目标。",
        "按国家监测口径。",
    ]
    wanted += ["图1孕产妇死亡率", "第一行第二行，重点与强调。", "表2逐年监测统计表", "7273.5"]
    wanted += ["2080年483.51483.52483.53483.5"]
    assert [one for one in wanted if "".join(one.split()) not in printed] == []
    assert "只供查看" not in printed
    assert "只在JupyterLab中看" not in printed
    assert "report.show" not in printed


def test_every_page_carries_mark_and_number_but_the_cover(pdf: bytes) -> None:
    texts = pages(pdf)
    assert all("模拟数据" in page for page in texts)
    assert "—1—" not in texts[0]
    assert [n for n, page in enumerate(texts[1:], 2) if f"—{n}—" not in page] == []


def test_it_is_pdf_a_3a_and_pdf_ua_1(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        with document.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")
            assert xmp["dc:title"] == META["title"]
        assert str(document.Root.Lang).lower() == "zh-cn"
        assert document.Root.MarkInfo.Marked
        assert [str(one.Alt) for one in found(document, "/Alt")] == ["折线图：死亡率逐年下降"]


def test_only_the_fonts_of_the_wheel_and_all_embedded(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = found(document, "/FontName")
        names = {re.sub(r"^/\w{6}\+|-Identity-H$", "", str(font.FontName)) for font in fonts}
        assert all("/FontFile3" in font for font in fonts)
    assert names == {"NotoSansSC-Regular", "NotoSerifSC-Regular"}


def test_the_same_notebook_gives_the_same_bytes(pdf: bytes) -> None:
    assert PdfExporter().from_notebook_node(report())[0] == pdf
    assert b"2021-07-20" in pdf
    assert re.fullmatch("[0-9a-f]{64}", font_digest("free"))


def test_the_pages_are_counted_without_a_reader(pdf: bytes) -> None:
    assert page_count(pdf) == len(pypdf.PdfReader(io.BytesIO(pdf)).pages)
    forged = "/Type/Pages/Count 99"
    assert page_count(export(said(heading(1, forged)), first=cover(title=forged, keywords=[forged]))) == 3
    with pytest.raises(ValueError, match="not a PDF"):
        page_count(b"%PDF-1.7 something else")


def test_wide_blocks_lie_on_landscape_pages(pdf: bytes) -> None:
    boxes = [page.mediabox for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    sizes = [(round(box.width * 25.4 / 72), round(box.height * 25.4 / 72)) for box in boxes]
    assert set(sizes) == {(210, 297), (297, 210)}
    for page, size in zip(pages(pdf), sizes, strict=True):
        assert (size == (297, 210)) == ("版本" in page and "死亡人数" in page)


def test_hostile_data_are_printed_literally() -> None:
    wanted = "".join(HOSTILE.split())
    parts = [
        heading(1, HOSTILE),
        prose("正文" + HOSTILE),
        story_table(["列" + HOSTILE, "乙"], [["格" + HOSTILE, HOSTILE]], "lr", [3, 2], "表题" + HOSTILE),
    ]
    markdown = f"# {escape(HOSTILE)}\n\n外文{escape(HOSTILE)}\n\n| a |\n|--|\n| 外格{escape(HOSTILE)} |\n"
    meta = dict.fromkeys(("title", "edition", "issuer", "issued_text", "contents_title", "digest_line"), HOSTILE)
    meta |= {"title_lines": [HOSTILE], "facts": [[HOSTILE, HOSTILE]], "keywords": [HOSTILE]}
    meta |= {"mark": "#x*a*", "running_title": "页眉" + HOSTILE}
    figure = chart(SVG % "图", alt=HOSTILE, caption="图题" + HOSTILE)
    data = export(said(*parts), text(markdown), figure, first=cover(**meta))
    printed = "".join(pages(data))
    assert printed.count(wanted) >= 16
    assert all(word + wanted in printed for word in ("正文", "列", "格", "表题", "外文", "外格", "页眉", "图题"))
    with pikepdf.open(io.BytesIO(data)) as document:
        assert [str(one.Alt) for one in found(document, "/Alt")] == [HOSTILE]


@pytest.mark.parametrize("kind", ["parts", "Markdown"])
def test_any_punctuation_is_printed_literally(kind: str) -> None:
    dice = random.Random(0)  # noqa: S311
    alphabet = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" * 2 + "a1中，"
    strings = ["甲" + "".join(dice.choices(alphabet, k=12)) + "乙" for _ in range(300)]
    strings += ["甲" + code + "乙" for code in ("#panic()", "$x$", "*a*", "_a_", "-5", "...", "--", "@ref", "<label>")]
    strings += [
        "甲" + code + "乙" for code in ("//", "/*", "=", "\\", "\\u{41}", "https://a.b", "'x' \"y\"", "~", "1.")
    ]
    cell = said(*map(prose, strings)) if kind == "parts" else text("\n\n".join(map(escape, strings)))
    printed = "".join(pages(export(cell)))
    assert [one for one in strings if "".join(one.split()) not in printed] == []


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([said(heading(1, "姓名𠮷田"))], r"U\+20BB7 '𠮷' is in no font \(cell story: 姓名𠮷田\): write it"),
        ([said(prose("a_𠮷-b"))], r"U\+20BB7 '𠮷' is in no font \(cell story: a_𠮷-b\): write it"),
        (
            [said(story_table(["甲", "乙"], [["姓𠮷", "1"]], "ll", [1, 2]))],
            r"'𠮷' is in no font \(cell story: .*姓𠮷.*\)",
        ),
        ([text("姓名𠮷田")], r"U\+20BB7 '𠮷' is in no font \(cell prose: 姓名𠮷田\): write it"),
        ([chart(SVG % "旗𠮷县")], r"U\+20BB7 '𠮷' is in no font \(cell figure: 旗𠮷县\)"),
        ([chart(caption="题𠮷")], r"U\+20BB7 '𠮷' is in no font \(cell figure: 题𠮷\)"),
        ([text("ᠮ和☐")], r"U\+182E 'ᠮ' is in no font.*; U\+2610 '☐'"),
    ],
)
def test_a_character_without_a_glyph_is_named(cells: list[nbformat.NotebookNode], message: str) -> None:
    with pytest.raises(ExportError, match=message):
        export(*cells)


def test_a_character_of_the_cover_is_named() -> None:
    with pytest.raises(ExportError, match=r"U\+20BB7 '𠮷' is in no font \(cover: 𠮷县政府\)"):
        export(first=cover(issuer="𠮷县政府"))


def test_a_broken_chart_is_refused() -> None:
    with pytest.raises(ExportError, match=r"failed to parse SVG .*\(cell figure\)"):
        export(chart("<svg"))


def test_a_cover_longer_than_its_page_is_refused() -> None:
    with pytest.raises(ExportError, match="the cover does not fit on one page"):
        export(first=cover(facts=[["项目", PROSE]] * 12))


def test_a_cover_of_empty_strings_is_a_cover() -> None:
    changes = dict.fromkeys(("edition", "mark", "issuer", "digest_line", "running_title"), "")
    assert len(pages(export(text("正文"), first=cover(**changes, facts=[], keywords=[])))) == 3


def test_nbconvert_finds_the_exporters(tmp_path: Path) -> None:
    nbformat.write(notebook(text("# 一\n\n" + table(3)), chart()), tmp_path / "r.ipynb")
    for kind in ("endline-pdf", "endline-typst"):
        command = [sys.executable, "-m", "nbconvert", "--to", kind, str(tmp_path / "r.ipynb")]
        subprocess.run(command, check=True, capture_output=True)
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*"))
    beside = [
        "blocks.json",
        "blocks.typ",
        "chart-01.svg",
        "faces.json",
        "foreign.typ",
        "meta.json",
        "report.typ",
        "type.typ",
    ]
    assert files == ["r.ipynb", "r.pdf", "r.typ", *(f"r_files/{name}" for name in beside)]
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")


def test_importing_the_package_is_cheap() -> None:
    probe = "import sys, endline.export; print({'nbconvert', 'typst', 'pydantic'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True, text=True)
    assert result.stdout.strip() == "set()"
