"""What reaches Typst, and what never does."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typst
from nbformat.v4 import new_markdown_cell

from endline.export import ExportError, TypstExporter
from endline.export.blocks import read_document
from endline.export.fonts import FREE, fonts
from endline.export.typst import write_typst
from endline.story import escape, heading, prose
from endline.story import table as story_table

from .samples import chart, notebook, report, said, text


def written(*cells: Any) -> tuple[list[Any], str]:
    """Return the groups of blocks that Typst reads as data, and the markup beside them."""
    _, files = write_typst(read_document(notebook(*cells)), "parts")
    return json.loads(files["blocks.json"]), files["foreign.typ"].decode()


def body(*markdown: str) -> str:
    """Return the Typst markup of blocks of Markdown."""
    _, markup = written(*(text(one, f"c{n}") for n, one in enumerate(markdown)))
    contents = re.fullmatch(r'#import "blocks.typ": horizontalrule\n#let foreign = \(\n(.*)\)\n', markup, re.S)
    assert contents
    blocks = re.findall(r"^\[\n(.*?)^\],\n", contents[1], re.S | re.M)
    assert len(blocks) == len(markdown)
    return "\n\n".join(block.strip() for block in blocks)


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
    wide = [said(prose("宽"), cell=f"w{n}", landscape=True, **{"break": True}) for n in range(3)]
    groups, _ = written(*wide, said(prose("窄"), **{"break": True}), said(prose("又"), cell="b", **{"break": True}))
    assert [(group["landscape"], [block["break"] for block in group["blocks"]]) for group in groups] == [
        (True, [False, True, True]),
        (False, [False, True]),
    ]


CODE = ["#panic()", "$x$", "*a*", "_a_", "\\", '"] #x', "-5", "...", "--", "@ref", "<label>", "//", "/*", "]}"]
CODE += ["[x]{typst:text:fill='panic()'}", "`#panic()`{=typst}", "\\u{41}", "a  b"]


def test_strings_reach_typst_as_data_only() -> None:
    wanted = [code.replace("  ", " ") for code in CODE]
    rows = [[code, "1"] for code in CODE]
    groups, markup = written(
        said(*(heading(1, code) for code in CODE), cell="h"),
        said(*map(prose, CODE), cell="p"),
        said(story_table(["#panic()", "*a*"], rows, "lr", [3, 2], "$x$"), cell="t"),
        chart(alt='"] #x\\\n', caption="*a*"),
    )
    headings, paragraphs, tables, drawn = groups[0]["blocks"]
    assert [part["title"] for part in headings["parts"]] == wanted
    assert [part["text"] for part in paragraphs["parts"]] == wanted
    assert tables["parts"][0]["header"] == ["#panic()", "*a*"]
    assert tables["parts"][0]["rows"] == [[code, "1"] for code in wanted]
    assert (tables["parts"][0]["caption"], tables["parts"][0]["align"]) == ("$x$", "lr")
    assert (drawn["file"], drawn["alt"], drawn["caption"]) == ("chart-01.svg", '"] #x\\\n', "*a*")
    assert markup == "#let foreign = ()\n"


def test_the_main_file_holds_no_data() -> None:
    sources = {write_typst(read_document(notebook(said(prose(code)), text(escape(code)))), "parts")[0] for code in CODE}
    assert len(sources) == 1


def test_pandoc_runs_once_for_all_markdown_and_never_for_stories(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    run = subprocess.run

    def counted(*args: Any, **more: Any) -> Any:
        calls.append(args)
        return run(*args, **more)

    monkeypatch.setattr("endline.export.foreign.subprocess.run", counted)
    own = said(heading(1, "一"), prose("正文"))
    written(own, chart())
    assert calls == []
    groups, markup = written(text("甲", "a"), own, text("乙", "b"), chart())
    assert len(calls) == 1
    assert [block.get("foreign") for block in groups[0]["blocks"]] == [0, None, 1, None]
    assert re.findall("[甲乙]", markup) == ["甲", "乙"]


@pytest.mark.parametrize("kind", ["parts", "Markdown", "mixed"])
def test_a_heading_that_skips_a_level_is_refused_with_its_cell(kind: str) -> None:
    def cell(level: int, title: str, name: str) -> Any:
        own = kind == "parts" or (kind == "mixed" and level % 2)
        return said(heading(level, title), cell=name) if own else text("#" * level + " " + title, name)

    written(cell(1, "一", "a"), cell(2, "二", "b"), cell(3, "三", "c"), cell(1, "一", "d"), cell(2, "二", "e"))
    with pytest.raises(ExportError, match=r'heading "四" skips from level 2 to 4; use level 3 \(cell c\)'):
        written(cell(1, "一", "a"), cell(2, "二", "b"), cell(4, "四", "c"))
    with pytest.raises(ExportError, match=r'heading "三" skips from level 1 to 3; use level 2 \(cell b\)'):
        written(cell(1, "一", "a"), cell(3, "三", "b"))
    with pytest.raises(ExportError, match=r"skips from level 0 to 2; use level 1 \(cell a\)"):
        written(cell(2, "二", "a"))


def test_an_image_in_markdown_is_refused_with_its_cell() -> None:
    with pytest.raises(ExportError, match=r"an image in Markdown; .* \(cell prose\)"):
        written(text("![图](a.png)"))


def test_source_compiles_where_it_is_written(tmp_path: Path) -> None:
    source, resources = TypstExporter().from_notebook_node(report(), {"metadata": {"name": '卷"一'}})
    for name, data in resources["outputs"].items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    main = tmp_path / "main.typ"
    assert isinstance(source, str)
    main.write_text(source, encoding="utf-8")
    assert typst.compile(str(main), font_paths=fonts(FREE), ignore_system_fonts=True).startswith(b"%PDF")


def test_a_researchers_markdown_cell_is_printed() -> None:
    _, markup = written(new_markdown_cell("研究者按"))
    assert "研究者按" in markup
