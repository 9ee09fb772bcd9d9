"""What a cell shows: plain texts reach the page as they are, whatever they contain."""

import json
import random
import re
import string
import subprocess
from typing import Any

import nbformat
import pypandoc
import pytest

from endline.export.blocks import read_document
from endline.story import PARTS, Story, chart, escape, heading, outputs, prose, table, text

from .export import samples

# As the exporter reads: no raw markup. Jupyter reads CommonMark, whose escapes are the same.
DIALECT = "markdown-raw_attribute-raw_html-raw_tex-tex_math_dollars-citations-smart"
AWKWARD = [
    string.punctuation,
    "150102",
    "1. 不是列表",
    "- 不是列表",
    "# 不是标题",
    "> 不是引文",
    "| 不是 | 表格 |",
    ": 不是题注",
    "```\n不是代码",
    "https://example.org/a_b_c",
    "<script>alert(1)</script>",
    "<!-- 注释 -->",
    "&amp; &#35; &nbsp;",
    "$x$ \\frac{$",
    "[链接](javascript:alert(1))",
    "![图](file:///etc/passwd)",
    "[^1] [@ref] @ref",
    "~~删~~ ^上^ ~下~ **粗** __粗__ *斜* _斜_ `码`",
    "::: div\n:::",
    '#read("/etc/passwd")',
    "a\\",
    "\\",
    "A--B---C...D 'E' \"F\"",
    "＝1+1，@SUM",
    "---",
    "===",
    "第一行\n第二行\r\n第三行",
]


def shown(markdown: str) -> list[str]:
    """Return the texts of the paragraphs that pandoc reads, one each; anything but a paragraph fails."""
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from", DIALECT, "--to", "json"],
        input=markdown,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    blocks = json.loads(done.stdout)["blocks"]
    assert {block["t"] for block in blocks} == {"Para"}
    return [plain(block["c"]) for block in blocks]


def plain(inlines: list[dict[str, Any]]) -> str:
    words = {"Space": " ", "SoftBreak": " "}
    return "".join(inline["c"] if inline["t"] == "Str" else words[inline["t"]] for inline in inlines)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_every_text_is_read_back_as_it_was() -> None:
    chance = random.Random(20201)  # noqa: S311 - the same texts every time
    letters = string.punctuation + string.digits + "aB  妇幼‰～—，。：\n"
    texts = [*AWKWARD, *("x" + "".join(chance.choices(letters, k=chance.randint(1, 40))) for _ in range(400))]
    read = shown("\n\n".join(escape(t) for t in texts))
    assert [squeezed(t) for t in read] == [squeezed(t) for t in texts]


@pytest.mark.parametrize("text", ["    四个空格", "\t制表", "\u3000\u3000全角空格"])
def test_leading_spaces_make_no_code_block(text: str) -> None:
    (paragraph,) = shown(escape(text))
    assert squeezed(paragraph) == squeezed(text)


@pytest.mark.parametrize("character", string.punctuation)
def test_every_ascii_punctuation_survives(character: str) -> None:
    bare = escape(f"a{character}b {character}c d{character}")
    assert bare.replace("\\" + character, character).replace("\\\\", "\\") == f"a{character}b {character}c d{character}"


def test_a_text_stays_on_one_line() -> None:
    assert "\n" not in escape("a\nb\r\nc\vd\fe")
    assert prose("一句。", "二\n句。").markdown == "一句。二 句。"
    assert heading(2, "标\n题").markdown == "## 标 题"


def test_anything_is_shown_as_text() -> None:
    assert escape(12) == "12"
    assert escape(None) == "None"


def cells_of(markdown: str) -> list[list[str]]:
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from", DIALECT, "--to", "json"],
        input=markdown,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    (block,) = json.loads(done.stdout)["blocks"]
    assert block["t"] == "Table"
    head, (body,) = block["c"][3], block["c"][4]
    rows = [*head[1], *body[3]]
    return [["".join(plain(b["c"]) for b in cell[4]) for cell in row[1]] for row in rows]


def test_the_cells_of_a_table_are_read_back_as_they_were() -> None:
    rows = [
        ["a|b", "一\n二"],
        ["", "—"],
        ["\\", "|"],
        ["`|`", "a\\|b"],
        [":--", "---"],
        ["−1.98", "14.5/10万"],
        [string.punctuation, "x" * 200],
    ]
    found = cells_of(table(["名|称", "值"], rows, "lr", [3, 1], "题|注 # 1").markdown)
    assert [[squeezed(c) for c in row] for row in found] == [["名|称", "值"], *([squeezed(c) for c in r] for r in rows)]


def test_a_table_without_rows_has_its_head() -> None:
    assert re.fullmatch(r"\| 甲 \| 乙 \|\n\|:-+\|:-+:\|", table(["甲", "乙"], [], "lc", [2, 1]).markdown)


@pytest.mark.parametrize(
    ("rows", "align", "widths"), [([], "lcc", [1, 1]), ([], "lc", [1]), ([["1"]], "lc", [1, 1]), ([], "l#", [1, 1])]
)
def test_every_column_has_a_cell_an_alignment_and_a_share(rows: list[list[str]], align: str, widths: list[int]) -> None:
    with pytest.raises(ValueError, match=r"2 columns|pattern"):
        table(["甲", "乙"], rows, align, widths)


@pytest.mark.parametrize("level", [0, 7])
def test_a_heading_has_a_level_that_markdown_knows(level: int) -> None:
    with pytest.raises(ValueError, match="equal to"):
        heading(level, "题")


def test_a_text_shows_its_markdown_and_carries_its_parts_as_plain_data() -> None:
    block = text(
        heading(2, "一#"), prose("", ""), prose("-5 \n*a*"), table(["甲", "乙"], [[1, "|"]], "lr", [3, 1], "表")
    )
    assert block.data["text/markdown"] == ("## 一\\#\n\n\\-5 \\*a\\*\n\n| 甲 | 乙 |\n|:----|--:|\n| 1 | \\| |\n\n: 表")
    assert json.loads(json.dumps(block.data[PARTS])) == [
        {"kind": "heading", "level": 2, "title": "一#"},
        {"kind": "prose", "text": "-5 *a*"},
        {
            "kind": "table",
            "header": ["甲", "乙"],
            "rows": [["1", "|"]],
            "align": "lr",
            "widths": [3, 1],
            "caption": "表",
        },
    ]


def test_a_block_knows_what_it_is() -> None:
    assert text(prose("一"), style="finding", new_page=True, landscape=True).marks == {
        "kind": "text",
        "style": "finding",
        "break": True,
        "landscape": True,
    }
    drawn = chart("<svg/>", "替代文字", "图1")
    assert drawn.data["text/plain"] == "替代文字"
    assert drawn.marks == {"kind": "chart", "alt": "替代文字", "caption": "图1"}


def test_a_story_marks_each_block_with_its_region_and_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    published: list[dict[str, Any]] = []
    monkeypatch.setattr("IPython.display.publish_display_data", lambda **kw: published.append(kw))
    blocks = (text(prose("一")), chart("<svg/>", "a", "b"))
    story = Story("150000", "ab12", blocks)
    assert list(story) == list(blocks)
    story._ipython_display_()
    assert [p["data"] for p in published] == [block.media for block in blocks]
    assert {(p["metadata"]["endline"]["region"], p["metadata"]["endline"]["digest"]) for p in published} == {
        ("150000", "ab12")
    }


def test_texts_that_follow_one_another_are_one_output_and_come_apart_again() -> None:
    blocks = [
        text(heading(1, "一"), new_page=True),
        text(prose("二"), style="finding"),
        chart("<svg/>", "图", ""),
        text(prose("三"), landscape=True),
    ]
    first, second, third = outputs(blocks)
    assert first.data["text/markdown"] == "# 一\n\n二"
    assert (second.data, third.data) == (blocks[2].data, blocks[3].data)
    book = nbformat.v4.new_notebook(cells=[samples.cover()])
    shown = [
        nbformat.v4.new_output("display_data", data=o.media, metadata={"endline": o.marks})
        for o in (first, second, third)
    ]
    book.cells.append(nbformat.v4.new_code_cell("", id="x", execution_count=1, outputs=shown))
    read = read_document(book).blocks
    assert [[*map(vars, block.parts)] for block in read] == [b.data.get(PARTS, []) for b in blocks]
    assert [(b.style, b.new_page, b.landscape) for b in read] == [
        ("", True, False), ("finding", False, False), ("", False, False), ("", False, True)]  # fmt: skip
