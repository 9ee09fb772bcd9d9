"""A researcher's own Markdown in the Word file."""

import pytest
from nbformat.v4 import new_markdown_cell

from endline.export import ExportError
from endline.story import heading, prose

from .opened import W, fields, made, paragraphs, properties, tree
from .opened import text as text_of
from .samples import said, table, text


def body(*markdown: str) -> list[tuple[str, str]]:
    data = made(*(text(one, cell=f"m{n}") for n, one in enumerate(markdown)))
    return [line for line in paragraphs(data) if line[1]][6:]  # behind the title page


def test_paragraphs_lists_code_and_notes_become_paragraphs() -> None:
    markdown = "第一行\n第二行[^1]，**重点**与*强调*。\n\n- 甲\n- 乙\n\n  又\n\n3. 丙\n4. 丁\n\n> 引\n\n"
    markdown += "~~~\na\n  b\n~~~\n\n[^1]: 注 5 例。\n"
    assert body(markdown) == [
        ("BodyText", "第一行第二行[1]，重点与强调。"),
        ("ReportList", "● 甲"),
        ("ReportList", "● 乙"),
        ("ReportList", "又"),
        ("ReportList", "3. 丙"),
        ("ReportList", "4. 丁"),
        ("BodyText", "引"),
        ("ReportCode", "a"),
        ("ReportCode", "  b"),
        ("ReportNote", "[1] 注 5 例。"),
    ]


def test_emphasis_is_a_face_of_its_own() -> None:
    data = made(text("**重**与*强*和`码`"))
    faces = {
        text_of(run): style.get(f"{W}val")
        for run in tree(data).iter(f"{W}r")
        if (style := run.find(f"{W}rPr/{W}rStyle")) is not None
    }
    assert {name: faces.get(name) for name in "重强码与"} == {
        "重": "Strong",
        "强": "Emphasis",
        "码": "ReportVerbatim",
        "与": None,
    }


def test_figures_are_fields_numbered_through_the_paragraph() -> None:
    data = made(new_markdown_cell("由**30.2**降到 13.9/10万\n（2 例）", id="own"))
    assert properties(data) == {"E.own.0.1.1": "30.2", "E.own.0.1.2": "13.9", "E.own.0.1.3": "2"}


def test_tables_are_those_of_the_report() -> None:
    data = made(text(table(2, 3, caption="表1a　研究者的表")))
    own = tree(data)[0].findall(f"{W}tbl")[1]
    assert [text_of(cell) for cell in own.iter(f"{W}tc")][:6] == [
        "年份",
        "死亡人数",
        "活产数",
        "2011年",
        "0.5",
        "1000.5",
    ]
    assert ("Caption", "表1a　研究者的表") in paragraphs(data)


def test_headings_stand_among_those_of_the_stories() -> None:
    data = made(said(heading(1, "一"), cell="a"), text("## （二）*研究者*", "b"), said(prose("三"), cell="c"))
    assert ("Heading2", "（二）研究者") in paragraphs(data)
    with pytest.raises(ExportError, match=r"skips from level 1 to 3; use level 2 \(cell b\)"):
        made(said(heading(1, "一"), cell="a"), text("### 三", "b"))


def test_only_web_links_stay_links_and_no_address_ends_its_field() -> None:
    data = made(
        text('[甲](javascript:x) [乙](#y) [丙](https://example.org/a%22b "t") [丁](<https://example.org/"\\* X>)')
    )
    links = [code.split("&quot;") for code, _ in fields(data) if code.startswith("HYPERLINK")]
    addresses = ["https://example.org/a%22b", "https://example.org/%22*%20X"]
    assert links == [["HYPERLINK ", address, ""] for address in addresses]
    assert paragraphs(data)[-1][1] == "甲 乙 丙 丁"


def test_an_image_in_markdown_is_refused_with_its_cell() -> None:
    with pytest.raises(ExportError, match=r"an image in Markdown; .* \(cell prose\)"):
        made(text("![图](a.png)"))


@pytest.mark.parametrize("markup", ["```{=openxml}\n<w:p/>\n```", "`<w:p/>`{=openxml}", "<b>x</b>", "$x$", "\\(x\\)"])
def test_no_markdown_becomes_markup(markup: str) -> None:
    shown = "".join(line for _, line in body(markup))
    assert "x" in shown or "<w:p/>" in shown
    assert not list(tree(made(text(markup))).iter("b"))
