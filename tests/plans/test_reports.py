"""What the reports on the documents say: their figures, where a region stands before targets are due, its tasks."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from endline.params import Params
from endline.project import Project
from endline.report import Report
from endline.store import Store
from endline.story import Story
from runs import new_project

CHAPTERS = ("cover", "summary", "method", "overall", "outline_chapters", "tasks", "open_targets", "problems", "annexes")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(new_project(tmp_path_factory.mktemp("plans")))


def report(project: Project, round_id: str) -> Report:
    params = Params(project)
    (code,) = params.round(round_id).regions
    return Report(params, Store.ensure(project, params, round_id), round_id, code, "zh")


def told(made: Report, *chapters: str) -> str:
    """Return the text of a report as a reader sees it, without white space and the marks of Markdown."""
    stories: Iterator[Story] = (getattr(made, name)() for name in chapters or CHAPTERS)
    shown = "\n".join(
        "".join(str(block.data.get("text/markdown", "")) + str(block.marks.get("alt", "")) for block in story)
        for story in stories
    )
    return re.sub(r"\\|\s", "", shown)


@pytest.fixture(scope="module")
def baseline(project: Project) -> str:
    return told(report(project, "inner-mongolia-2020-baseline"))


@pytest.fixture(scope="module")
def district(project: Project) -> str:
    return told(report(project, "district-2024"))


def test_six_of_the_eight_targets_with_a_figure_of_2020_were_met_at_the_start(baseline: str) -> None:
    assert "有2020年数值的8项计数目标中，6项在2020年已达到2025年的目标，2项尚未达到" in baseline
    assert "已达到6项，尚未达到2项，无数据15项，待评0项（6＋2＋15＋0＝23）" in baseline


def test_targets_looser_than_the_present_are_named(baseline: str) -> None:
    (said,) = re.findall(r"目标宽于现值的有6项[^。]*。", baseline)
    assert "婴儿死亡率（现值3.56‰，目标不高于5.2‰）" in said
    assert "5岁以下儿童死亡率（现值4.29‰，目标不高于6.6‰）" in said


def test_the_required_decline_is_given_in_both_conventions(baseline: str) -> None:
    assert (
        "孕产妇死亡率由2020年的14.92/10万达到2025年不高于14.5/10万的目标，"
        "年均须下降0.569%（几何平均；按联合国ARR对数公式为0.571%）"
    ) in baseline


def test_the_regions_claim_of_being_better_than_the_nation_has_figures_behind_it(baseline: str) -> None:
    assert "孕产妇死亡率14.92/10万，优于全国的16.9/10万" in baseline
    assert baseline.count("无数据支持") >= 7
    assert "发展不平衡不充分" in baseline


@pytest.mark.parametrize(
    ("fixture", "outline_id"),
    [("baseline", "inner-mongolia-mch-2021-2025"), ("district", "district-speech-2025")],
)
def test_every_figure_of_the_document_is_found_in_its_report(
    fixture: str, outline_id: str, params: Params, request: pytest.FixtureRequest
) -> None:
    text, outline = request.getfixturevalue(fixture), params.outline(outline_id)
    asked = [f"{m.value:g}" for target in outline.targets for m in target.measures if m.value is not None]
    stated = [f"{one.value}{one.unit}" for one in outline.statements if one.kind == "figure"]
    assert len(asked) + len(stated) > 30
    assert [figure for figure in (*asked, *stated) if figure not in text] == []


def test_bounds_stay_bounds_and_a_claim_without_a_figure_is_told_as_such(district: str) -> None:
    for figure in ("98%以上", "95%以上", "5%以内", "35%以内", "超过200例"):
        assert figure in district
    assert re.search(r"群众健康素养明显提升\|2024\|无数据支持", district)


def test_the_districts_claim_is_set_against_the_nations_figures_of_the_year(district: str) -> None:
    assert "三项死亡率均优于全国|2024|与数据不符" in district
    assert "孕产妇死亡率8.5/10万，优于全国的14.3/10万" in district
    assert "婴儿死亡率4.2‰，不优于全国的4.0‰" in district
    assert "孕产妇死亡率8.5/10万若为1例死亡，约合11765例活产（按四舍五入为11696～11834例）" in district


def test_an_interim_round_projects_to_the_year_due(project: Project) -> None:
    text = told(report(project, "published-2025-midterm"))
    assert (
        "已提前达标3项，按当前趋势可达3项，不确定0项，难以达到0项，无数据15项，待评10项（3＋3＋0＋0＋15＋10＝31）"
        in text
    )
    assert re.search(r"孕产妇死亡率\|16.9/10万\|不高于12/10万\|13.4/10万\|[0-9.]+/10万\|[^|]+\|按当前趋势可达", text)
    assert text.count("UNVERIFIED") > 20
    assert "达标率＝" not in text


@pytest.mark.parametrize(
    ("round_id", "tasks"),
    [("inner-mongolia-2021-tasks", 51), ("nanchang-2019-tasks", 47), ("mch-culture-2025-tasks", 36)],
)
def test_without_evidence_every_task_waits(project: Project, round_id: str, tasks: int) -> None:
    text = told(report(project, round_id), "cover", "summary", "tasks")
    assert f"重点任务共{tasks}项：完成0项，基本完成0项，推进中0项，未启动0项，待评{tasks}项" in text
    assert "不计入目标总数" in text
    assert "完成情况报告" in text


def test_a_document_of_tasks_alone_is_reported_without_targets_figures_and_tests(project: Project) -> None:
    text = told(report(project, "mch-culture-2025-tasks"))
    assert "评估期为2021—2025年，评估对象为文件所列的重点任务" in text
    assert re.findall(r"#附件\d+..", text) == ["#附件1佐证", "#附件2复现", "#附件3勘误"]
    assert "1.有36项重点任务待评。没有佐证材料" in text
    for computed in ("基期", "终期", "精确区间", "趋势", "UNVERIFIED", "达标"):
        assert computed not in text, computed


def test_no_chart_is_announced_that_is_not_there(project: Project) -> None:
    text = told(report(project, "nanchang-2019-tasks"), "overall")
    assert "下图" not in text
    assert "不作对照图" in text
    assert "图2" not in text


def test_an_annex_without_rows_says_so(project: Project) -> None:
    text = told(report(project, "nanchang-2019-tasks"), "annexes")
    assert re.search(r"#附件6数据来源没有任何观测值。#附件7", text)
    assert "标UNVERIFIED的条目" not in text, "the wording of both targets was seen"


def test_a_task_is_told_with_the_evidence_that_a_person_gave(tmp_path: Path) -> None:
    project = Project(new_project(tmp_path))
    evidence = project.params / "rounds" / "nanchang-2019-tasks" / "evidence.yaml"
    evidence.parent.mkdir()
    evidence.write_text(
        '"360100":\n'
        "  nanchang-work-2019:T025: {status: done, evidence: 竞赛通知, unit: 市妇幼保健院, date: 2019-11-02}\n"
        "  nanchang-work-2019:T026: {status: under_way, evidence: 方案, unit: 市妇幼保健院, date: 2019-11-02}\n",
        encoding="utf-8",
    )
    made = report(project, "nanchang-2019-tasks")
    assert made.telling.judgements["360100", "nanchang-work-2019:T025"].date == date(2019, 11, 2)
    text = told(made, "tasks", "problems", "annexes")
    assert "完成1项，基本完成0项，推进中1项，未启动0项，待评45项" in text
    assert "有1项重点任务未完成。推进中或未启动的任务为：" in text
    assert re.search(r"#附件9佐证材料清单[^#]*\|1\|市级孕妇学校授课竞赛\|竞赛通知\|[^#]*\|2\|[^|]+\|方案\|", text)
    assert re.search(r"市级孕妇学校授课竞赛\|完成\|竞赛通知\|市妇幼保健院\|2019-11-02", text)


def test_nothing_that_a_document_states_stands_beside_simulated_figures(project: Project) -> None:
    made = report(project, "inner-mongolia-2025-simulated")
    assert "claims" not in made.telling.chapters
    text = told(made, "cover", "summary", "outline_chapters", "tasks")
    assert "模拟数据" in text
    assert "18.27" not in text
    assert "重点任务共103项" in text
    assert "终期评估报告" in text
