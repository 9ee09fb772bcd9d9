"""Executed notebooks, built in memory, and what their PDFs say."""

from __future__ import annotations

import io
from typing import Any

import nbformat
import pypdfium2
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from endline import story
from endline.story import Part, heading, prose

META: dict[str, Any] = {
    "title": "内蒙古自治区妇女儿童发展纲要（2011—2020年）终期评估报告",
    "title_lines": ["内蒙古自治区", "妇女儿童发展纲要（2011—2020年）", "终期评估报告"],
    "edition": "送审版",
    "mark": "模拟数据",
    "facts": [
        ["评估地区", "呼和浩特市（150100）"],
        ["评估期间", "2011—2020年"],
        ["数据版本", "simulated-2020"],
    ],
    "issuer": "呼和浩特市人民政府妇女儿童工作委员会",
    "issued": "2021-07-20",
    "issued_text": "2021年7月20日",
    "contents_title": "目　录",
    "running_title": "呼和浩特市妇女儿童发展纲要终期评估报告",
    "language": "zh",
    "keywords": ["妇女", "儿童", "终期评估"],
    "digest_line": "数据摘要 sha256 " + "0123456789abcdef" * 4,
}
SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="420" height="200" viewBox="0 0 420 200">
<rect x="20" y="20" width="380" height="160" fill="none" stroke="black"/>
<text x="40" y="60" style="font: 14px 'Noto Sans SC'">%s</text></svg>"""
PROSE = (
    "十年来，全区各级党委和政府坚持儿童优先、男女平等，把妇女儿童健康放在优先发展的战略位置，持续完善妇幼健康服务体系，"
    "孕产妇死亡率、婴儿死亡率和五岁以下儿童死亡率持续下降，主要健康指标优于全国平均水平，城乡之间、地区之间的差距进一步缩小。"
)


def shown(cell: str, data: dict[str, Any], **facts: Any) -> NotebookNode:
    """Return an executed code cell that shows one output; no facts means a plain output."""
    metadata = {"endline": {"region": "150100", "digest": "ab12", **facts}} if facts else {}
    output = new_output("display_data", data=data, metadata=metadata)
    return new_code_cell("report.show()", id=cell, execution_count=1, outputs=[output])


def cover(**changes: Any) -> NotebookNode:
    return shown("cover", {"text/markdown": "# 只供查看"}, kind="cover", meta={**META, **changes})


def said(*parts: Part, cell: str = "story", **facts: Any) -> NotebookNode:
    """Return a cell that shows parts of a story, as the reports' own cells do."""
    return shown(cell, story.text(*parts).media, kind="text", **facts)


def text(markdown: str, cell: str = "prose", **facts: Any) -> NotebookNode:
    """Return a cell that shows Markdown and no parts, as anybody's may."""
    return shown(cell, {"text/markdown": markdown}, kind="text", **facts)


def chart(svg: str = SVG % "图中文字", cell: str = "figure", **facts: Any) -> NotebookNode:
    facts = {"alt": "折线图：死亡率逐年下降", "caption": "图1　孕产妇死亡率", **facts}
    return shown(cell, {"image/svg+xml": svg}, kind="chart", **facts)


def notebook(*cells: NotebookNode, first: NotebookNode | None = None) -> NotebookNode:
    """Return a valid notebook: a cover, then the cells."""
    book = new_notebook(cells=[first or cover(), *cells])
    nbformat.validate(book)
    return book


def cells(rows: int, columns: int) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of a table of figures."""
    names = "年份 死亡人数 活产数 死亡率（1/10万） 95%置信区间 来源 口径 备注 版本"
    return names.split()[:columns], [
        [f"{2011 + n}年", *(f"{n * 7 + k * 1000 + 0.5}" for k in range(columns - 1))] for n in range(rows)
    ]


def tabled(rows: int, columns: int = 5, caption: str = "表1　监测统计表", first: int = 8) -> Part:
    """Return a story's table; its columns are equal where the first is as wide as the others, 6."""
    header, body = cells(rows, columns)
    return story.table(header, body, "l" + "r" * (columns - 1), [first] + [6] * (columns - 1), caption)


def table(rows: int, columns: int = 5, caption: str = "表1　监测统计表") -> str:
    """Return a table in Markdown."""
    header, body = cells(rows, columns)
    lines = ["| " + " | ".join(row) + " |" for row in (header, *body)]
    lines.insert(1, "|:--" + "|--:" * (columns - 1) + "|")
    return "\n".join([*lines, "", f": {caption}"]) if caption else "\n".join(lines)


def plot() -> str:
    """Return a matplotlib chart as the figures of the reports are drawn."""
    import matplotlib as mpl
    from matplotlib import font_manager
    from matplotlib.figure import Figure

    from endline.export.fonts import font_files

    for path in font_files():
        font_manager.fontManager.addfont(path)
    style = {
        "svg.fonttype": "none",
        "font.family": "Noto Sans SC",
        "text.parse_math": False,
        "svg.hashsalt": "x",
    }
    with mpl.rc_context(style):
        figure = Figure(figsize=(6.1, 3.2), layout="constrained")
        axes = figure.subplots()
        axes.plot(range(2010, 2021), [30.2, 28.1, 26, 24.4, 22.9, 20, 19, 17, 16, 15.1, 13.9], marker="o")
        axes.axhline(22, linestyle="--")
        axes.set(title="孕产妇死亡率", xlabel="年份", ylabel="1/10万")
        target = io.StringIO()
        figure.savefig(target, format="svg", metadata={"Date": None})
    return target.getvalue()


def report() -> NotebookNode:
    """Return a report with everything in it: prose, chart, long and wide tables, a user's own cells."""
    words = [[f"指标{n}", PROSE, "0123456789abcdef" * 4] for n in range(4)]
    return notebook(
        new_markdown_cell("只在 JupyterLab 中看", metadata={"tags": ["jupyter-only"]}),
        said(heading(1, "摘要"), prose(PROSE), prose(PROSE), cell="summary", style="summary"),
        said(
            heading(1, "一、概述"),
            heading(2, "（一）基本情况"),
            *[prose(PROSE * 3)] * 3,
            cell="overview",
            **{"break": True},
        ),
        said(prose("孕产妇死亡率由2010年的30.2/10万下降到2020年的13.9/10万，达到目标。"), style="finding"),
        chart(plot()),
        said(prose("数据来源：妇幼健康监测年报，报告年度（10月至次年9月）。P<0.001。"), cell="note", style="small"),
        text(
            "### 1. 孕产妇死亡率\n\n#### （1）变化趋势\n\n" + PROSE + "[^1]\n\n[^1]: 按国家监测口径。\n",
            "women",
        ),
        said(tabled(11), cell="table", style="annex"),
        text(table(3, caption="表1a　研究者的表"), "own-table"),
        said(prose(PROSE * 2), cell="after"),
        new_markdown_cell(
            "## （二）研究者的补充\n\n第一行\n第二行，**重点**与*强调*。\n\n- 甲\n- 乙\n\n1. 一\n2. 二",
            id="own",
        ),
        said(
            heading(1, "附件"),
            heading(2, "附件1　监测统计表"),
            tabled(70, caption="表2　逐年监测统计表"),
            cell="annex",
            **{"break": True},
        ),
        said(heading(2, "附件2　宽表"), tabled(40, 9, "表3　各旗县逐年指标"), cell="wide", landscape=True),
        said(
            heading(2, "附件3　指标解释"),
            story.table(["指标", "解释", "摘要值"], words, "lll", [3, 3, 4]),
            cell="words",
        ),
    )


def pages(pdf: bytes) -> list[str]:
    """Return each page's text without spaces, which PDF readers guess from distances."""
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(pdf)]
