"""A region's report as a notebook asks for it: its own words, and what it prints where nothing was observed."""

import pytest

from builders import project
from endline.project import Project
from endline.report import Report

ROUND = "published-2020"
NATION, INNER_MONGOLIA, COUNTY = "100000", "150000", "150102"
TITLE = "未达标目标的原因与改进措施"
GAP = "women-2011-2020:2b"  # 孕产妇死亡率城乡差距缩小: missed by the nation
MET = "women-2011-2020:2a"


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with few regions, so that its store is soon made."""
    copied = project(tmp_path_factory.mktemp("report"))
    register = copied.params / "regions.csv"
    head, *lines = register.read_text(encoding="utf-8").splitlines(keepends=True)
    register.write_text(
        head + "".join(line for line in lines if line.startswith((NATION, INNER_MONGOLIA, "150100", COUNTY))),
        encoding="utf-8",
    )
    return copied


def told(where: Project, monkeypatch: pytest.MonkeyPatch, code: str, notes: str = "") -> str:
    """Return the chapter of open targets as a notebook shows it, with a region's notes."""
    monkeypatch.setenv("ENDLINE_ROOT", str(where.root))
    path = where.params / "rounds" / ROUND / "notes" / f"{code}.yaml"
    if notes:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"targets:\n{notes}", encoding="utf-8")
    try:
        return "\n".join(block.data["text/markdown"] for block in Report.load(ROUND, code).open_targets())
    finally:
        path.unlink(missing_ok=True)


def rows(text: str) -> list[list[str]]:
    """Return the cells of the rows below the section's title."""
    _, section = text.split(f"{TITLE}\n", 1)
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in (lines[0], *lines[2:])]


def test_a_missed_target_waits_for_its_reason(where: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rows(told(where, monkeypatch, NATION)) == [
        ["目标", "原因", "改进措施", "责任单位", "时限"],
        ["孕产妇死亡率城乡差距缩小", "待填", "待填", "待填", "待填"],
    ]


def test_the_regions_words_stand_beside_its_missed_target(where: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = f"  {GAP}: {{reason: 转诊时间长, measure: 建立转诊网络, unit: 卫生健康委}}\n"
    assert rows(told(where, monkeypatch, NATION, notes))[1:] == [
        ["孕产妇死亡率城乡差距缩小", "转诊时间长", "建立转诊网络", "卫生健康委", "待填"]
    ]


def test_words_on_a_target_that_was_not_missed_are_not_lost(where: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    found = rows(told(where, monkeypatch, NATION, f"  {MET}: {{measure: 保持现有措施}}\n"))
    assert [row[0].replace("\\", "") for row in found[1:]] == [
        "孕产妇死亡率不高于20/10万（达标）",
        "孕产妇死亡率城乡差距缩小",
    ]
    assert found[1][1:] == ["—", "保持现有措施", "—", "—"]


def test_what_is_written_is_shown_literally_and_on_one_line(where: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = f'  {GAP}: {{reason: "甲\\n\\n# 乙 [c](http://d) | <b>", measure: "$x$ @e"}}\n'
    text = told(where, monkeypatch, NATION, notes)
    assert "甲 \\# 乙 \\[c\\]\\(http\\:\\/\\/d\\) \\| \\<b\\>" in text.replace("  ", " ")
    assert "\\$x\\$ \\@e" in text


def test_without_a_missed_target_and_without_notes_there_is_no_section(
    where: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert TITLE not in told(where, monkeypatch, INNER_MONGOLIA)
    assert rows(told(where, monkeypatch, INNER_MONGOLIA, f"  {MET}: {{reason: 甲}}\n"))[1][1] == "甲"


def test_a_region_without_observations_has_its_report(where: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENDLINE_ROOT", str(where.root))
    report = Report.load(ROUND, COUNTY)
    assert report.tables.values() == report.tables.births() == []
    assert report.tables.printed() == []
    assert list(report.annexes())


@pytest.mark.parametrize("written", [False, True])
def test_what_a_region_has_not_written_is_to_be_filled_in(
    where: Project, monkeypatch: pytest.MonkeyPatch, written: bool
) -> None:
    """Basic conditions, causes and proposals are the region's own words; the report invents none."""
    monkeypatch.setenv("ENDLINE_ROOT", str(where.root))
    path = where.params / "rounds" / ROUND / "notes" / f"{NATION}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    if written:
        path.write_text(
            "conditions: {population: 甲口}\nproblems: [乙题]\nproposals: [丙议]\n"
            "versions: [{date: 2021-06-01, change: 丁版}]\n",
            encoding="utf-8",
        )
    try:
        report = Report.load(ROUND, NATION)
        chapters = (report.basics(), report.problems(), report.proposals(), report.annexes())
        told = ["\n".join(block.data["text/markdown"] for block in story) for story in chapters]
    finally:
        path.unlink(missing_ok=True)
    for text, own in zip(told, ("甲口", "乙题", "丙议", "丁版"), strict=True):
        assert (own in text) == written
    assert all("待填" in text for text in told[:3]) or written


def test_the_summary_is_no_longer_than_its_page(where: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENDLINE_ROOT", str(where.root))
    told = "\n".join(block.data["text/markdown"] for block in Report.load(ROUND, NATION).summary())
    assert "主要问题：1" in told
    assert "4\\. " not in told, "three problems at most"
