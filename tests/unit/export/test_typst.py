"""What reaches Typst, and what never does."""

import re
from pathlib import Path

import pytest
import typst
from nbformat.v4 import new_markdown_cell

from endline.export import ExportError, TypstExporter
from endline.export.blocks import Block, read_document
from endline.export.fonts import fonts
from endline.export.typst import write_typst

from .samples import chart, notebook, report, text

TITLE = "# 一\n\n"


def body(*markdown: str) -> str:
    """Return the Typst markup of text blocks."""
    book = notebook(*(text(one, f"c{n}") for n, one in enumerate(markdown)))
    source, _ = write_typst(read_document(book), "parts")
    return source.split('json("parts/meta.json"))')[1].strip()


@pytest.mark.parametrize(
    "markup",
    [
        "```{=typst}\n#panic()\n```",
        "`#panic()`{=typst}",
        "[x]{typst:text:fill='panic()'}",
        "::: {typst:fill='panic()'}\nx\n:::",
        "<div typst:fill='panic()'>x</div>",
        "# x {typst:text:fill='panic()'}",
        "$panic()$",
        "\\(panic()\\)",
        "\\newcommand{\\x}{panic()} \\x",
        "---\nx: panic()\n---",
    ],
)
def test_no_markdown_becomes_code(markup: str) -> None:
    assert "panic" in body(markup)
    assert "panic" not in re.sub(r'"(\\.|[^"\\])*"', '""', body(markup))


def test_typst_shorthands_stay_as_written() -> None:
    assert body("-5.2 a...b 2010--2020 x-?y") == '#"-5.2"; #"a...b"; #"2010--2020"; #"x-?y";'


def test_each_block_is_parsed_by_itself() -> None:
    first, second = "~~~\n未完", "::: x\n后[^1]\n\n[^1]: 注二\n"
    markup = body(first, "前[^1]\n\n[^1]: 注一\n", second)
    assert "前#footnote[注一]" in markup
    assert "后#footnote[注二]" in markup


def test_lines_of_chinese_join_without_a_space() -> None:
    assert body("第一行\n第二行\nrate\n三") == "第一行第二行 rate 三"


def test_only_web_links_stay_links() -> None:
    markup = body("[甲](javascript:x) [乙](#y) [丙](https://example.org/a)")
    assert markup == '甲 乙 #link("https://example.org/a")[丙];'


def test_neighbouring_landscape_blocks_share_their_pages() -> None:
    wide = [text("宽", f"w{n}", landscape=True) for n in range(2)]
    source, _ = write_typst(read_document(notebook(*wide, text("窄"))), "parts")
    assert source.count("#landscape[") == 1
    assert source.index("窄") > source.rindex("]\n")


def test_strings_of_charts_are_literals() -> None:
    source, parts = write_typst(read_document(notebook(chart(alt='"] #x\\\n', caption="*a*"))), "parts")
    assert r'#chart("chart-01.svg", alt: "\"] #x\\\u{a}", caption: "*a*")' in source
    assert sorted(parts) == ["chart-01.svg", "meta.json", "report.typ"]


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        ("# 一\n\n### 三", r'heading "三" skips from level 1 to 3; use level 2 \(cell prose\)'),
        ("## 二", "skips from level 0 to 2"),
        ("![图](a.png)", r"an image in Markdown; .* \(cell prose\)"),
    ],
)
def test_refused_with_the_cell(markdown: str, message: str) -> None:
    with pytest.raises(ExportError, match=message):
        write_typst(read_document(notebook(text(markdown))), "parts")


def test_source_compiles_where_it_is_written(tmp_path: Path) -> None:
    source, resources = TypstExporter().from_notebook_node(report(), {"metadata": {"name": '卷"一'}})
    for name, data in resources["outputs"].items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    main = tmp_path / "main.typ"
    assert isinstance(source, str)
    main.write_text(source, encoding="utf-8")
    assert typst.compile(str(main), font_paths=fonts(), ignore_system_fonts=True).startswith(b"%PDF")


def test_a_researchers_markdown_cell_is_printed() -> None:
    source, _ = write_typst(read_document(notebook(new_markdown_cell("研究者按"))), "parts")
    assert "研究者按" in source
    assert Block(cell="x").model_dump(by_alias=True)["break"] is False
