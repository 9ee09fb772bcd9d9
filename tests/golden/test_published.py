"""The published round: real figures in, two reports and a summary out."""

from pathlib import Path

import pikepdf
import pypdf
import pytest

from audit.told import Told
from runs import Ran, endline, manifest, pages_of, text_of

Published = tuple[Path, Ran]
NATION, REGION = "100000-全国.pdf", "150000-内蒙古自治区.pdf"


def pdf(published: Published, name: str) -> Path:
    return published[0] / "reports" / "published-2020" / name


def test_it_ends_0_and_lists_the_reports_with_pages_and_counts(published: Published) -> None:
    ran = published[1]
    assert ran.code == 0, ran.err
    entry = manifest(published[0], "published-2020")["100000"]
    line = next(line for line in ran.out.splitlines() if NATION in line)
    assert line.split()[1:] == [str(entry["pages"]), "5", "1", "21", "5", "32", "83.3", "18.8"]
    assert len(pypdf.PdfReader(pdf(published, NATION)).pages) == entry["pages"] > 20


def test_the_summary_page_reconciles_and_names_what_is_open(published: Published) -> None:
    (page,) = [p for p in pages_of(pdf(published, NATION)) if "（5＋1＋21＋5＝32）" in p]
    assert "达标率＝达标÷（达标＋未达标）＝5÷（5＋1）＝83.3%" in page
    assert "可评率＝（达标＋未达标）÷全部＝（5＋1）÷32＝18.8%" in page
    assert "未达标目标：孕产妇死亡率城乡差距缩小。" in page
    for name in ("低出生体重发生率不高于4%", "中小学生体质健康标准达标率提高", "环境污染对儿童的伤害减少"):
        assert name in page  # no data by name, pending by name, all on one page


def test_the_national_findings_stand_as_published(published: Published) -> None:
    told = text_of(pdf(published, NATION))
    assert "2020年孕产妇死亡率为16.9/10万，目标为不高于20/10万，结论为达标。" in told
    assert "自2016年起各观测年份均达到目标，属提前达标。" in told
    assert "比2010年（30.0/10万）下降13.1个十万分点，降幅43.7%" in told
    assert "2010年农村30.1/10万、城市29.7/10万，比值1.01；2020年农村18.5/10万、城市14.1/10万，比值1.31" in told
    assert "妇女常见病筛查率没有2020年数据；最近的观测值为2018年的75.5%，只作参考，不参与判定，结论为无数据" in told


def test_the_region_without_a_baseline_has_a_verdict_but_no_change(published: Published) -> None:
    told = text_of(pdf(published, REGION))
    assert "2020年孕产妇死亡率为14.92/10万，目标为不高于20/10万，结论为达标。" in told
    assert "没有2010年基期数据，变化情况无法评价。" in told
    assert "只有2个年度点（至少5个），数据不足，不作趋势判断。" in told
    assert "比全国（16.9/10万）低1.98个十万分点。" in told


def test_the_nation_above_a_province_is_one_comparator_not_two(published: Published) -> None:
    (chart,) = [
        piece
        for piece in Told.read(pdf(published, REGION).with_suffix(".ipynb")).pieces
        if piece.kind == "chart" and "可比地区" in piece.caption
    ]
    assert chart.labels.count("全国") == 2  # a column's head, and the legend
    assert chart.labels.count("16.9") == 1


def test_every_sources_title_and_the_unverified_flags_are_printed(published: Published) -> None:
    told = text_of(pdf(published, NATION))
    assert "2018年《中国妇女发展纲要》统计监测报告" in told
    assert told.count("UNVERIFIED") > 20
    assert "模拟数据" not in told


@pytest.mark.parametrize("name", [NATION, REGION, "summary.pdf", "data-quality.pdf"])
def test_it_is_an_archival_accessible_pdf_with_its_own_two_fonts(published: Published, name: str) -> None:
    with pikepdf.open(pdf(published, name)) as document:
        xmp = str(document.open_metadata())
        fonts = {
            str(descendant.FontDescriptor.FontName)
            for page in document.pages
            for font in page.Resources.get("/Font", {}).values()
            for descendant in font.DescendantFonts
            if descendant.FontDescriptor.FontFile3 is not None
        }
        assert "pdfaid:part" in xmp.replace("<pdfaid:part>3", "pdfaid:part")
        assert "pdfuaid:part" in xmp
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("zh")
    assert {font.split("+")[1].split("-")[0] for font in fonts} <= {"NotoSansSC", "NotoSerifSC"}
    assert fonts
    assert "\ufffd" not in text_of(pdf(published, name))


def test_a_second_run_builds_nothing_and_says_so(published: Published) -> None:
    again = endline(published[0], "run", "published-2020")
    assert again.code == 0
    assert "nothing to do, all 4 reports are up to date" in again.out


def test_a_region_without_any_observation_gets_its_report(published: Published) -> None:
    apart = published[0] / "apart"  # other tests compare what is in reports/
    ran = endline(published[0], "run", "published-2020", "--region", "120000", "--output", apart.name)
    assert ran.code == 0, ran.err
    told = text_of(apart / "published-2020" / "120000-天津市.pdf")
    assert "达标0项，未达标0项，无数据27项，待评5项（0＋0＋27＋5＝32）" in told
    assert "没有可判定的目标，不计算达标率" in told
    assert "nan" not in told.lower()


def test_the_executed_notebook_exports_by_itself_to_the_same_pdf(published: Published, tmp_path: Path) -> None:
    import subprocess
    import sys

    evidence = pdf(published, NATION).with_suffix(".ipynb")
    command = [sys.executable, "-m", "nbconvert", "--to", "endline-pdf", "--output-dir", str(tmp_path), str(evidence)]
    subprocess.run(command, check=True, capture_output=True)
    assert (tmp_path / NATION).read_bytes() == pdf(published, NATION).read_bytes()
