"""Reports are right as they stand: each number is found in the annex, each claim and count follows from the figures.

The second look (tests/audit) uses nothing of the program. Annex means the report's tables that have a caption (the
sheets of its workbook) and its figures as data (its CSV).
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from audit.counted import Counts
from audit.gapped import all_claims
from audit.judged import Round
from audit.numbers import missing, thresholds_of
from audit.told import Told
from runs import Ran, endline, new_project, text_of

Project = tuple[Path, Ran]
# Nothing was designed to show a cause, nothing was ranked, nothing was forecast.
CAUSES = ("由于", "使得", "导致", "促使", "得益于", "因为", "归功", "带动", "明显", "大幅")
RANKS = ("名列", "最差", "最好", "第一名", "领先", "落后")
FORECASTS = ("预期可达标", "预计达标", "接近达标", "难以达标", "基本达标", "有望")
REPORTS = [
    (name, code)
    for name, codes in {
        "published": ("100000", "150000"),
        "simulated": ("150000", "150500", "152900", "150603"),
    }.items()
    for code in codes
]


def report(project: Path, name: str, code: str) -> tuple[Told, Round, Path]:
    """Return a report of a project that has run, and the figures of its round."""
    (path,) = (project / "reports" / f"{name}-2020").glob(f"{code}-*.ipynb")
    return Told.read(path), Round(project, f"{name}-2020"), path


def audited(told: Told, round_: Round) -> tuple[list[str], int]:
    """Return what is wrong with a report, and how many claims and counts were compared."""
    claims = all_claims(told, round_)
    counts = Counts(told, round_, claims.adverse).run()
    lost = [f"in no table: {number}" for number in missing(told, thresholds_of(round_.method))]
    return claims.wrong + counts.wrong + lost, sum(claims.checked.values()) + sum(counts.checked.values())


@pytest.mark.parametrize(("name", "code"), REPORTS)
def test_every_number_claim_and_count_is_right(request: pytest.FixtureRequest, name: str, code: str) -> None:
    told, round_, _ = report(request.getfixturevalue(name)[0], name, code)
    wrong, compared = audited(told, round_)
    assert wrong == []
    assert compared > 200  # the sentences were found


def test_each_kind_of_claim_and_count_was_found(simulated: Project) -> None:
    """A form of sentence that is worded anew would else be looked for in vain, and nothing compared."""
    told, round_, _ = report(simulated[0], "simulated", "150000")
    claims = all_claims(told, round_)
    counts = Counts(told, round_, claims.adverse).run()
    often = {
        "verdict": 30,
        "value": 30,
        "interval": 30,
        "evidence": 13,
        "change": 25,
        "direction": 20,
        "size of a trend": 25,
    }
    assert {kind: n for kind, n in often.items() if claims.checked[kind] < n} == {}
    once = {
        "share of the aim",
        "yearly reduction",
        "sub-units",
        "evidence of change",
        "extremes",
        "met below",
        "change of a gap",
        "year of a region below",
        "ends of regions below",
        "ways of regions below",
        "small multiples",
        "ratio of the widest spread",
    }
    assert once <= claims.checked.keys()
    assert {"total", "rate", "assessability", "listed", "bar", "tiles", "points of the funnel"} <= counts.checked.keys()
    assert {"by name 未达标", "by name 待评", "目标未达标", "rows of the spine"} <= counts.checked.keys()
    assert any("策略措施" in kind for kind in counts.checked)


@pytest.mark.slow
def test_all_fifteen_default_reports_are_right(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    assert endline(project, "run", "published-2020", "simulated-2020", "--format", "pdf,csv").code == 0
    found = {"published": 2, "simulated": 13}
    for name, number in found.items():
        paths = sorted((project / "reports" / f"{name}-2020").glob("[0-9]*.ipynb"))
        assert len(paths) == number
        round_ = Round(project, f"{name}-2020")
        assert {path.name: audited(Told.read(path), round_)[0] for path in paths} == {path.name: [] for path in paths}


@pytest.mark.parametrize(("name", "code"), REPORTS)
def test_no_report_gives_a_cause_a_rank_or_a_forecast(request: pytest.FixtureRequest, name: str, code: str) -> None:
    told, _, _ = report(request.getfixturevalue(name)[0], name, code)
    texts = [text for p in told.pieces if p.kind != "table" for text in (p.text, p.caption, *p.labels)]
    found = [(word, text) for text in texts for word in (*CAUSES, *RANKS, *FORECASTS) if word in text]
    assert found == []
    assert [t for t in texts if "因此" in t.replace("因此不作检验和区间估计", "")] == []  # of a method, not of a change


@pytest.mark.parametrize(("name", "code"), REPORTS)
def test_significance_has_its_test_and_want_of_evidence_is_not_called_stable(
    request: pytest.FixtureRequest, name: str, code: str
) -> None:
    told, _, _ = report(request.getfixturevalue(name)[0], name, code)
    sentences = [s for piece in told.prose for s in piece.text.split("。")]
    for sentence in sentences:
        plain = sentence.replace("“未见趋势”", "")
        if "显著" in plain:
            assert re.search(r"未见统计学显著趋势（.*）（.*，P[＝＜].*，校正后P[＝＜]", plain), plain
        if "有统计学证据" in plain and re.match("趋势：", plain):
            assert re.search(r"95% CI .*（.*，P[＝＜].*，校正后P[＝＜]", plain), plain
        assert "稳定" not in plain.replace("不稳定", ""), plain
        assert "平稳" not in plain, plain


def test_the_pdf_tells_what_was_audited(published: Project) -> None:
    told, _, path = report(published[0], "published", "100000")
    pdf = text_of(path.with_suffix(".pdf"))
    sentences = [s for p in told.prose for s in "".join(p.text.split()).split("。") if re.search(r"\d", s)]
    broken = [s for s in sentences if s not in pdf]
    assert len(broken) < len(sentences) / 20, broken  # those that a page's end parts
    for sentence in broken:
        assert sentence[:8] in pdf, sentence
        assert sentence[-8:] in pdf, sentence


LIES = {
    "a verdict": ("结论为达标", "结论为未达标"),
    "a value": ("为16.9/10万", "为16.8/10万"),
    "a direction": ("下降13.1个", "上升13.1个"),
    "a size": ("下降13.1个", "下降13.2个"),
    "a per cent": ("降幅43.7%", "降幅43.8%"),
    "early": ("自2016年起各观测年份均达到目标", "自2015年起各观测年份均达到目标"),
    "a trend": ("下降趋势有统计学证据", "上升趋势有统计学证据"),
    "a yearly change": ("年均下降", "年均上升"),
    "a rate": ("＝83.3%", "＝84.3%"),
    "no data as met": ("达标5项，未达标1项，无数据21项", "达标26项，未达标1项，无数据0项"),
    "a remainder": ("（5＋1＋21＋5＝32）", "（5＋1＋20＋5＝32）"),
    "a list": ("未列入对照图的目标26项", "未列入对照图的目标25项"),
    "a gap": ("扩大", "缩小"),
    "a reason": ("结论为无数据（下级单位数据不全）", "结论为无数据（没有2020年数据）"),
}


@pytest.mark.parametrize("lie", LIES)
def test_the_audit_finds_a_lie(published: Project, lie: str) -> None:
    told, round_, _ = report(published[0], "published", "100000")
    true, false = LIES[lie]
    if not any(true in piece.text for piece in told.prose):
        pytest.fail(f"the report does not say {true!r}")
    lying = [
        replace(piece, text=piece.text.replace(true, false)) if piece.kind == "prose" else piece
        for piece in told.pieces
    ]
    assert audited(replace(told, pieces=lying), round_)[0] != []


def test_the_audit_finds_another_indicator_called_the_widest(simulated: Project) -> None:
    told, round_, _ = report(simulated[0], "simulated", "150000")
    (said,) = (piece for piece in told.prose if "之比最大" in piece.text)
    lying = replace(said, text=re.sub("主要指标中，.*?的最高值", "主要指标中，孕产妇系统管理率的最高值", said.text))
    assert lying != said
    pieces = [lying if piece is said else piece for piece in told.pieces]
    assert any("widest spread" in wrong for wrong in audited(replace(told, pieces=pieces), round_)[0])
