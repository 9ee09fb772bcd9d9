"""What counts as an executed report, and what belongs into it."""

import json
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from endline.export import ExportError
from endline.export.blocks import read_document
from endline.story import PARTS, Part, heading, prose, table

from .samples import META, SVG, chart, cover, notebook, said, shown, text


def test_blocks_stand_in_the_order_of_the_cells() -> None:
    stream = new_code_cell("print()", execution_count=1, outputs=[new_output("stream", text="log")])
    document = read_document(
        notebook(
            new_markdown_cell("前言", id="own"),
            new_markdown_cell("说明", metadata={"tags": ["jupyter-only"]}),
            stream,
            new_code_cell("  \n"),
            text("正文", style="finding", landscape=True, **{"break": True}),
            chart(),
            shown("user", {"text/markdown": "补充", "text/plain": "<Markdown>"}),
            shown("repr", {"text/plain": "42", "text/html": "<b>42</b>"}),
        )
    )
    assert [(b.cell, b.markdown, bool(b.svg)) for b in document.blocks] == [
        ("own", "前言", False),
        ("prose", "正文", False),
        ("figure", "", True),
        ("user", "补充", False),
    ]
    prose = document.blocks[1]
    assert (prose.style, prose.landscape, prose.new_page) == ("finding", True, True)
    assert document.cover.edition == "送审版"


def test_lists_of_lines_are_joined() -> None:
    book = notebook(text("正文"))
    book.cells[1].outputs[0].data["text/markdown"] = ["第一段\n", "\n", "第二段"]
    assert read_document(book).blocks[0].markdown == "第一段\n\n第二段"


def test_the_parts_of_a_story_are_read_back_as_they_were_and_their_markdown_is_not() -> None:
    parts = (heading(2, "*题*"), prose("-5 a...b"), table(["甲", "乙"], [["|", "#x"]], "lr", [3, 1], "表"))
    (block,) = read_document(notebook(said(*parts, style="small"))).blocks
    assert (block.parts, block.markdown, block.style) == (parts, "", "small")


def test_a_text_that_says_nothing_is_a_block_without_parts() -> None:
    assert [block.parts for block in read_document(notebook(said(prose("")))).blocks] == [()]


def damaged(part: Part, **changes: Any) -> Any:
    return shown("odd", {PARTS: json.dumps([{**vars(part), **changes}]), "text/markdown": "好"}, kind="text")


HEADING, PROSE, TABLE = heading(1, "一"), prose("一"), table(["甲", "乙"], [["1", "2"]], "lr", [3, 1])


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (damaged(HEADING, level=7), "cell odd: block parts.0.heading.level: .* less than or equal to 6"),
        (damaged(HEADING, title=None), "cell odd: block parts.0.heading.title"),
        (damaged(PROSE, text=["#x"]), "cell odd: block parts.0.prose.text"),
        (damaged(PROSE, code="#x"), "cell odd: block parts.0.prose.code"),
        (damaged(PROSE, kind="typst"), "cell odd: block parts.0"),
        (damaged(TABLE, align="l#"), "cell odd: block parts.0.table.align"),
        (damaged(TABLE, rows=[["1"]]), "cell odd: block parts.0.table: .*2 columns"),
        (damaged(TABLE, rows=[["1", 2]]), "cell odd: block parts.0.table.rows.0.1"),
        (damaged(TABLE, widths=[0, 1]), "cell odd: block parts.0.table.widths.0"),
        (shown("odd", {PARTS: "#panic()", "text/markdown": "好"}, kind="text"), "cell odd: block parts"),
    ],
)
def test_parts_that_no_story_makes_are_refused(cell: Any, message: str) -> None:
    with pytest.raises(ExportError, match=message):
        read_document(notebook(cell))


ERROR = new_output("error", ename="ZeroDivisionError", evalue="", traceback=[])
FAILED = new_code_cell("1/0", id="bad", execution_count=1, outputs=[ERROR])


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([new_code_cell("report.x()", id="late")], "cell late has not been executed: run all cells first"),
        ([FAILED], r"cell bad failed \(ZeroDivisionError\)"),
        ([text("x", digest="ff")], "the digest of cell prose"),
        ([text("x", region="150200")], r"region of cell prose \(150200\) is not that of cell cover"),
        ([chart(alt="  ")], "the chart of cell figure has no alt text"),
        ([shown("user", {"image/svg+xml": SVG})], "the chart of cell user has no alt text"),
        ([shown("user", {"image/png": "iVBOR"})], "the chart of cell user has no alt text"),
        ([shown("lost", {"text/plain": "x"}, kind="text")], "cell lost shows a text without text/markdown"),
        ([shown("odd", {"text/markdown": "x"}, kind="film")], "unknown kind of block, 'film'"),
        ([text("x", style="loud")], "cell prose: block style"),
        ([shown("again", {}, kind="cover", meta=META)], "2 covers"),
    ],
)
def test_refused(cells: list[Any], message: str) -> None:
    with pytest.raises(ExportError, match=message):
        read_document(notebook(*cells))


def test_without_cover_refused() -> None:
    with pytest.raises(ExportError, match="0 covers instead of one"):
        read_document(notebook(first=text("正文")))


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"issued": "昨天"}, "issued"),
        ({"title_lines": []}, "title_lines"),
        ({"title": ""}, "title"),
        ({"mark": 1}, "mark"),
    ],
)
def test_cover_fields_checked(change: dict[str, Any], where: str) -> None:
    with pytest.raises(ExportError, match=f"cell cover: cover {where}"):
        read_document(notebook(first=cover(**change)))
