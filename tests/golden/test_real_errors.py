"""Errors of reports that were really published (each test names its own): figures that tempt to them, and what is told.

Each changes a figure or rule of the published round; the report is told in this process, without a notebook.
"""

import re
from pathlib import Path

import pytest

from audit.claims import Claims
from audit.counted import MET_RATE, TOTAL, Counts
from audit.judged import Round
from audit.told import Told, pieces_of
from endline.report import Report
from endline.story import outputs
from runs import replace
from stores import small

ROUND, NATION = "published-2020", "100000"
CHAPTERS = (
    "summary",
    "method",
    "overall",
    "outline_chapters",
    "gaps",
    "tasks",
    "open_targets",
    "problems",
    "proposals",
    "annexes",
)
MMR = "100000,total,mmr,2020,16.9,1/100000,,published"
AS_PUBLISHED = {"met": 5, "not_met": 1, "no_data": 21, "pending": 5}


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of few regions with the published figures."""
    project = small(tmp_path)
    monkeypatch.setenv("ENDLINE_ROOT", str(project.root))
    return project.root


def change(where: Path, old: str, new: str) -> None:
    """Change the nation's figures as they were received."""
    replace(where / "data" / "raw" / "published" / "values.csv", old, new)


def tell(code: str = NATION) -> Told:
    """Return a region's report as a notebook would hold it."""
    report = Report.load(ROUND, code)
    cells = [
        {
            "outputs": [
                {"data": block.media, "metadata": {"endline": block.marks}}
                for block in outputs(list(getattr(report, name)()))
            ]
        }
        for name in CHAPTERS
    ]
    return Told(code, list(pieces_of({"cells": cells})), [])


def counts(told: Told) -> dict[str, int]:
    """Return the counts of the summary, which must add up to their total."""
    totals = {found.groups() for piece in told.prose if (found := TOTAL.search(piece.text))}
    ((every, *four, a, b, c, d, total),) = totals
    assert four == [a, b, c, d]
    assert sum(map(int, four)) == int(every) == int(total)
    return dict(zip(AS_PUBLISHED, map(int, four), strict=True))


def wrong(told: Told, where: Path) -> list[str]:
    """Return what the second look finds wrong with verdicts, claims and counts."""
    round_ = Round(where, ROUND)
    claims = Claims(told, round_).run()
    return claims.wrong + Counts(told, round_, claims.adverse).run().wrong


def verdict(told: Told, clause: str) -> str:
    return next(row["结论"] for row in told.table("各目标基期值") if row["条款"] == clause)


# 1. 金川县: 94 indicators, 4 missed, 2 without data; "the other 90 all met, 96 %"

TEMPTING = {
    "the year before met": (MMR, "100000,total,mmr,2019,17.8,1/100000,,published"),
    "an empty cell": (MMR, "100000,total,mmr,2020,,1/100000,,published"),
    "a figure that is refused": (MMR, "100000,total,mmr,2020,约16,1/100000,,published"),
    "a bound that does not decide": (MMR, "100000,total,mmr,2020,21,1/100000,<=,published"),
}


@pytest.mark.parametrize("tempting", TEMPTING)
def test_what_has_no_data_is_not_counted_as_met(where: Path, tempting: str) -> None:
    old, new = TEMPTING[tempting]
    if ",2019," in new:
        change(where, "100000,total,mmr,2019,", "100000,total,mmr,2003,")
    change(where, old, new)
    told = tell()
    assert verdict(told, "妇女纲要 第2a条") == "无数据"
    found = counts(told)
    assert found["met"] == AS_PUBLISHED["met"] - 1
    assert found["no_data"] >= AS_PUBLISHED["no_data"] + 1
    assert "孕产妇死亡率不高于20/10万" in next(p.text for p in told.prose if p.text.startswith("无数据目标"))
    sentences = [
        p.text
        for p in told.prose
        if p.target.startswith("2. 孕产妇死亡率") or ("（第2a条）" in p.target and "妇女" in p.chapter)
    ]
    assert sentences
    assert not [text for text in sentences if re.search("提前达标|结论为达标|已达到目标", text)]


# 2. 呼伦贝尔市: 155 indicators = 107 + 32, and 16 of which nothing is said

CODES = {
    "the nation": "100000",
    "a region with few figures": "150000",
    "a region without any": "110000",
    "a county": "150102",
}


@pytest.mark.parametrize("region", CODES)
def test_every_target_stands_in_the_total_and_by_name(where: Path, region: str) -> None:
    told = tell(CODES[region])
    round_, found = Round(where, ROUND), counts(told)
    counted = [(clause, t) for clause, t in round_.targets if t.get("counted", True) and round_.applies(told.code, t)]
    assert sum(found.values()) == len(counted)
    named = {
        label
        for piece in told.prose
        if (names := re.match("(?:未达标|无数据|待评)目标(?:（[^）]*）)?：(.*)。$", piece.text))
        and piece.chapter == "摘要"
        for label in names[1].split("；")
    }
    met = {t["label"] for clause, t in counted if verdict(told, clause) == "达标"}
    assert named.isdisjoint(met)
    assert named | met == {t["label"] for _, t in counted}
    assert wrong(told, where) == []


# 3. 国家统计局 2016 counts 基本实现 within 达标率, 兴安盟 what it expects; neither prints the formula


def test_what_is_nearly_met_is_missed_and_no_part_of_the_rate(where: Path) -> None:
    replace(
        where / "params" / "method.yaml", "nearly_met_tolerance:\n  value: null", "nearly_met_tolerance:\n  value: 0.01"
    )
    change(where, MMR, "100000,total,mmr,2020,20.1,1/100000,,published")  # as in 2015
    told = tell()
    assert verdict(told, "妇女纲要 第2a条") == "未达标"
    assert counts(told) == AS_PUBLISHED | {"met": 4, "not_met": 2}
    assert "属基本实现" in told.under("《中国妇女发展纲要（2011—2020年）》目标实现情况")
    assert "达标率＝达标÷（达标＋未达标）＝4÷（4＋2）＝66.7%" in told.under("摘要")
    assert "基本实现" not in told.under("摘要")


def test_a_rate_has_its_formula_wherever_it_stands(where: Path) -> None:
    told = tell()
    rated = [p.text for p in told.prose if re.search(r"(?<!标准)达标率", p.text) and re.search(r"\d\.\d%", p.text)]
    assert len(rated) >= 2  # the summary, the chapter of all targets
    for text in rated:
        assert MET_RATE.search(text), text
        assert "可评率＝" in text


def test_a_falling_trend_is_no_expectation(where: Path) -> None:
    change(where, MMR, "100000,total,mmr,2004,48.3,1/100000,,published")
    told = tell()
    assert "下降趋势有统计学证据" in "".join(p.text for p in told.prose if "（第2a条）" in p.target)
    assert verdict(told, "妇女纲要 第2a条") == "无数据"
    assert not [p.text for p in told.prose if re.search("预期(?!寿命)|预计|有望|将达到", p.text)]


# 4. 福田区 is the good example: 197 targets, of which it says how many meet the value of 2015, and apart that of 2020


def test_years_after_the_final_one_and_later_outlines_change_no_count(where: Path) -> None:
    before = tell()
    later = ("mmr,2021,16.1,1/100000", "mmr,2023,15.1,1/100000", "lbw_rate,2021,3.5,%")
    change(where, MMR, "".join(f"100000,total,{one},,published,nhc_2016,,\n" for one in later) + MMR)
    after = tell()
    assert counts(after) == counts(before) == AS_PUBLISHED
    assert verdict(after, "儿童纲要 第7条") == "无数据"  # a value of 2021 is none of 2020
    judged = [p.text for p in after.prose if "目标实现情况" in p.chapter or p.chapter == "摘要"]
    assert not [text for text in judged if re.search(r"202[1-9]年|2030年", text)]
    ahead = after.table("起点与下一周期目标值")
    assert ahead  # what is ahead is told, in a table of its own
    assert all(row["现状"] in ("已达到", "尚有差距") for row in ahead)  # and not in the words of a verdict


# 5. a district's plan: "素养水平显著提升" without a figure; bounds only (95 %以上)


def test_every_conclusion_stands_beside_its_figure(where: Path) -> None:
    findings = [p.text for p in tell().prose if p.style == "finding" and re.search("结论为(?:达标|未达标)", p.text)]
    assert len(findings) > 5
    for text in findings:
        assert re.search(r"2020年[^，]*为\d+(?:\.\d+)?", text), text
        assert re.search(r"目标为(?:不高于|不低于|高于|低于|比2010年)", text), text


def test_words_are_no_figure(where: Path) -> None:
    change(where, MMR, "100000,total,mmr,2020,显著下降,1/100000,,published")
    told = tell()
    assert verdict(told, "妇女纲要 第2a条") == "无数据"
    text = "".join(p.text for p in told.prose if "（第2a条）" in p.target and "妇女" in p.chapter)
    assert "2020年孕产妇死亡率的数据未通过核查，不使用" in text
    assert "显著下降" not in text


@pytest.mark.parametrize(("value", "expected"), [("19", "达标"), ("21", "无数据")])
def test_a_bound_is_told_as_one_and_nothing_is_computed_from_it(where: Path, value: str, expected: str) -> None:
    change(where, MMR, f"100000,total,mmr,2020,{value},1/100000,<=,published")
    told = tell()
    assert verdict(told, "妇女纲要 第2a条") == expected
    text = "".join(p.text for p in told.prose if "（第2a条）" in p.target and "妇女" in p.chapter)
    assert f"2020年孕产妇死亡率为{value}/10万以下" in text
    assert "终期值只有界限，变化情况无法评价" in text
    assert not re.search("降幅|年均下降速度|完成目标变化量", text)
    assert "10个年度点" in text  # of the trend, without the bound
    assert wrong(told, where) == []
