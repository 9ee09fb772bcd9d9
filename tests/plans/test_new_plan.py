"""A plan that is not shipped, written from the guide alone, runs without a change of code."""

import re
from pathlib import Path

import pytest

from builders import ROOT
from endline.params import Params
from endline.project import Project
from runs import endline, manifest, new_project, text_of

GUIDE = ROOT / "docs" / "how-to" / "add-a-plan.md"
AT_ITS_END = " (at its end)"


def follow(guide: Path, project: Path) -> list[str]:
    """Write the files that the guide shows, where it says; return their names."""
    blocks = re.findall(r"^```yaml (params/.+?)\n(.*?)^```$", guide.read_text(encoding="utf-8"), re.M | re.S)
    for name, content in blocks:
        path = project / name.removesuffix(AT_ITS_END)
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if name.endswith(AT_ITS_END) else ""
        path.write_text(before + content, encoding="utf-8")
    return [name for name, _ in blocks]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = new_project(tmp_path_factory.mktemp("guide"))
    assert len(follow(GUIDE, project)) == 4
    ran = endline(project, "run", "example-2020")
    assert ran.code == 0, ran.err
    return project


def test_the_plan_of_the_guide_has_all_five_kinds_of_target(made: Path) -> None:
    targets = Params(Project(made)).outline("example-plan").targets
    assert {t.kind for t in targets} == {"absolute", "relative", "directional", "every_subunit", "qualitative"}


def test_it_is_listed_and_judged(made: Path) -> None:
    assert "example-2020  示例规划终期评估" in endline(made, "run", "--list").out
    counts = manifest(made, "example-2020")["150000"]["counts"]
    assert {name: counts[name] for name in ("all", "met", "not_met", "no_data", "pending")} == {
        "all": 5, "met": 4, "not_met": 0, "no_data": 1, "pending": 0,
    }  # fmt: skip


def test_its_report_says_what_the_guide_promises(made: Path) -> None:
    told = text_of(made / "reports" / "example-2020" / "150000-内蒙古自治区.pdf")
    assert "示例规划（2016—2020年）" in told
    assert "2020年婴儿死亡率为3.56‰，目标为不高于2015年的3/4，结论为达标" in told
    assert "完成1项，基本完成0项，推进中0项，未启动0项，待评0项" in told
    assert "115个" in told
    assert "验收意见第3号" in told
