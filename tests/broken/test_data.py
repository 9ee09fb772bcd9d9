"""One faulty figure or name each: named with its cell, printed literally or refused, never taken for code."""

from pathlib import Path

import pytest

from runs import endline, manifest, new_project, replace, text_of

HOSTILE = '#read("/etc/passwd") $x^2$ *a* <b>b</b> @r [l](javascript:x) `c` \\frac{$ <script>alert(1)</script>'


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with four faults in its data, run for both regions and one whose name cannot be a file's."""
    project = new_project(tmp_path_factory.mktemp("damaged"))
    values = project / "data/raw/published/values.csv"
    replace(values, "100000,total,mmr,2020,16.9,", "100000,total,mmr,2020,16.9人,")
    replace(values, "100000,total,imr,2020,5.4,1/1000", "100000,total,imr,2020,5.4,%")
    replace(values, "100000,total,u5mr,2019,7.8,", "100000,total,u5mrr,2019,7.8,")
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    replace(project / "data/raw/published/sources.csv", "《中国妇女发展纲要（2011—2020年）》终期统计监测报告", quoted)
    replace(project / "params/indicators.yaml", "  name: 妇女常见病筛查率\n", f"  name: '{HOSTILE}'\n")
    replace(project / "params/regions.csv", "120000,天津市,", "120000,天津#$*<@市,")
    ran = endline(project, "run", "published-2020", "--region", "100000", "--region", "120000", "--region", "150000")
    (project / "ran.txt").write_text(f"{ran.code}\n{ran.out}\n{ran.err}", encoding="utf-8")
    return project


def test_a_name_that_cannot_stand_in_a_file_name_costs_one_region(damaged: Path) -> None:
    told = (damaged / "ran.txt").read_text(encoding="utf-8")
    assert told.startswith("1\n")
    assert "params/regions.csv: 120000: name '天津#$*<@市'" in told
    states = {code: entry["state"] for code, entry in manifest(damaged, "published-2020").items()}
    assert states == {"100000": "made", "120000": "failed", "150000": "made"}


def test_markup_in_names_and_titles_is_printed_literally(damaged: Path) -> None:
    nation = text_of(damaged / "reports/published-2020/100000-全国.pdf")
    assert nation.count("".join(HOSTILE.split())) >= 4
    assert "root:x:" not in nation


def test_a_cell_that_cannot_be_used_is_no_data_and_listed_with_its_address(damaged: Path) -> None:
    nation = text_of(damaged / "reports/published-2020/100000-全国.pdf")
    assert "2020年孕产妇死亡率的数据未通过核查，不使用" in nation
    assert "F12" in nation
    assert "data/raw/published/values.csvE14" in nation
    assert "16.9人" in nation
    checked = endline(damaged, "check", "data/raw/published")
    assert checked.code == 1
    assert "W02 [拒] data/raw/published/values.csv" in checked.out
    assert "u5mrr" in checked.out
    counts = manifest(damaged, "published-2020")["100000"]["counts"]
    assert (counts["met"], counts["not_met"], counts["no_data"], counts["pending"]) == (3, 1, 23, 5)


def test_a_character_that_no_font_has_fails_its_report_with_the_character(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    replace(project / "data/raw/published/sources.csv", "内蒙古自治区卫生健康委", "内蒙古𠮷自治区卫生健康委")
    ran = endline(project, "run", "published-2020", "--region", "150000", "--region", "120000")
    assert ran.code == 1
    assert "U+20BB7" in ran.err
    states = {code: entry["state"] for code, entry in manifest(project, "published-2020").items()}
    assert states == {"150000": "failed", "120000": "made"}
    assert not (project / "reports/published-2020/150000-内蒙古自治区.pdf").exists()
