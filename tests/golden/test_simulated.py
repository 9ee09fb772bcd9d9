"""The simulated round: marked as such, the same bytes however it is run, every report its own figures only."""

import json
from pathlib import Path

import pytest

from runs import Ran, endline, manifest, new_project, text_of

Simulated = tuple[Path, Ran]
NAMES = {"150000": "内蒙古自治区", "150500": "通辽市", "152900": "阿拉善盟", "150603": "康巴什区"}
LEAGUES = ["呼和浩特市", "包头市", "乌海市", "赤峰市", "通辽市", "鄂尔多斯市", "呼伦贝尔市", "巴彦淖尔市", "乌兰察布市",
           "兴安盟", "锡林郭勒盟", "阿拉善盟"]  # fmt: skip


def pdf(simulated: Simulated, code: str) -> Path:
    return simulated[0] / "reports" / "simulated-2020" / f"{code}-{NAMES[code]}.pdf"


def test_it_writes_the_figures_that_are_absent_and_makes_every_report(simulated: Simulated) -> None:
    assert simulated[1].code == 0, simulated[1].err
    assert (simulated[0] / "data/raw/simulated/2020/150200-包头市.ods").is_file()
    assert {c: e["state"] for c, e in manifest(simulated[0], "simulated-2020").items()} == dict.fromkeys(NAMES, "made")


@pytest.mark.parametrize("code", NAMES)
def test_a_report_names_its_own_region_and_no_other_league(simulated: Simulated, code: str) -> None:
    told = text_of(pdf(simulated, code))
    assert NAMES[code] in told
    own = {NAMES[code], "鄂尔多斯市"} if code == "150603" else {NAMES[code]}  # the banner's upper region
    if code != "150000":
        assert [name for name in LEAGUES if name in told and name not in own] == []


@pytest.mark.parametrize("code", NAMES)
def test_every_page_is_marked_as_simulated(simulated: Simulated, code: str) -> None:
    import pypdf

    pages = ["".join(p.extract_text().split()) for p in pypdf.PdfReader(pdf(simulated, code)).pages]
    assert [n for n, page in enumerate(pages) if "模拟数据" not in page] == []


@pytest.mark.parametrize("code", NAMES)
def test_every_block_carries_the_digest_of_its_regions_figures(simulated: Simulated, code: str) -> None:
    notebook = json.loads(pdf(simulated, code).with_suffix(".ipynb").read_text(encoding="utf-8"))
    marks = [o["metadata"]["endline"] for c in notebook["cells"] for o in c.get("outputs", ()) if o["metadata"]]
    assert len(marks) > 40
    assert {m["region"] for m in marks} == {code}
    (digest,) = {m["digest"] for m in marks}
    assert digest in text_of(pdf(simulated, code))


def test_the_evidence_holds_no_clock(simulated: Simulated) -> None:
    text = pdf(simulated, "150500").with_suffix(".ipynb").read_text(encoding="utf-8")
    for word in ("start_time", "end_time", "duration", "iopub.execute_input", "shell.execute_reply"):
        assert word not in text


def test_alone_and_one_at_a_time_it_gives_the_same_bytes(simulated: Simulated, tmp_path: Path) -> None:
    project = new_project(tmp_path)
    ran = endline(project, "run", "simulated-2020", "--jobs", "1", "--region", "150500")
    assert ran.code == 0, ran.err
    for suffix in (".pdf", ".ipynb"):
        alone = project / "reports" / "simulated-2020" / f"150500-通辽市{suffix}"
        assert alone.read_bytes() == pdf(simulated, "150500").with_suffix(suffix).read_bytes()


def test_the_planted_faults_of_the_sub_units_decide(simulated: Simulated) -> None:
    told = text_of(pdf(simulated, "150000"))
    assert "应报103个县级单位，已报102个，达到目标101个，未达到目标的为苏尼特右旗" in told
    assert "最不利的为苏尼特右旗，1.85‰，结论为未达标" in told
    assert "应报乡镇数不详，已报995个，达到目标994个，结论为未达标" in told  # two counties sent no figures


def test_a_region_founded_later_has_no_baseline(simulated: Simulated) -> None:
    told = text_of(pdf(simulated, "150603"))
    assert "没有2010年基期数据，变化情况无法评价。" in told


def test_a_league_that_did_not_report_a_year_has_no_baseline_for_it(simulated: Simulated) -> None:
    told = text_of(pdf(simulated, "152900"))
    counts = manifest(simulated[0], "simulated-2020")["152900"]["counts"]
    assert f"无数据{counts['no_data']}项" in told
    assert "没有2010年基期数据" in told


@pytest.mark.slow
def test_all_116_reports_are_made(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    ran = endline(project, "run", "simulated-2020", "--region", "**")
    assert ran.code == 0, ran.err
    assert len(list((project / "reports/simulated-2020").glob("*.pdf"))) == 116
