"""One league's refused workbook: its own report is not made, those that print nothing of it stay as they are."""

from pathlib import Path

import pypdf
import pytest

from returned import LEAGUES, send
from runs import Ran, endline, manifest, new_project

ROUND = "few"
REGIONS = ["150000", "150300", "150302", "152900", "152921"]
FILE = "2020/152900-阿拉善盟.xlsx"
Runs = tuple[Path, dict[str, bytes], dict[str, bytes], Ran]


def run(project: Path) -> Ran:
    return endline(project, "run", ROUND, *[word for code in REGIONS for word in ("--region", code)])


def pdfs(project: Path) -> dict[str, bytes]:
    return {path.name[:6]: path.read_bytes() for path in (project / "reports" / ROUND).glob("1*.pdf")}


def text(pdf: Path) -> str:
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(pdf).pages)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """A project after a run in which the league's workbook could not be used, the PDFs before and after it."""
    project = new_project(tmp_path_factory.mktemp("refused"))
    folder = project / "data" / "raw" / "few"
    folder.mkdir()
    (folder / "SOURCE.yaml").write_text(
        "title: few\npublisher: test\nsimulated: false\ntop: '150000'\n", encoding="utf-8"
    )
    shipped = (project / "params" / "rounds" / "simulated-2020.yaml").read_text(encoding="utf-8")
    few = shipped.replace("id: simulated-2020", f"id: {ROUND}").replace("dataset: simulated", "dataset: few")
    (project / "params" / "rounds" / f"{ROUND}.yaml").write_text(few, encoding="utf-8")
    method = project / "params" / "method.yaml"  # no median of the level: every report of a banner would print it
    method.write_text(
        method.read_text(encoding="utf-8").replace(
            "minimum_level_regions:\n  value: 5", "minimum_level_regions:\n  value: 999"
        ),
        encoding="utf-8",
    )
    for year in (2010, 2020):
        for name in LEAGUES:
            send(folder, name, 5000 + year, year=year)
    first = run(project)
    assert first.code == 0, first.err
    before = pdfs(project)
    (folder / FILE).write_bytes(b"PK\x03\x04 no workbook")
    second = run(project)
    return project, before, pdfs(project), second


def test_its_own_report_is_not_made_and_all_others_are(runs: Runs) -> None:
    project, before, after, ran = runs
    assert ran.code == 1
    states = {code: entry["state"] for code, entry in manifest(project, ROUND).items()}
    assert states == {code: "failed" if code == "152900" else "made" for code in REGIONS}
    assert after["152900"] == before["152900"], "the last good one stays"
    (line,) = [line for line in ran.err.splitlines() if "152900 阿拉善盟" in line]
    assert f"F22f data/raw/few/{FILE}" in line


def test_reports_that_print_nothing_of_it_stay_byte_identical(runs: Runs) -> None:
    _, before, after, ran = runs
    assert {code for code in REGIONS if after[code] == before[code]} == {"152900", "150302"}, ran.out


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("150000", "2/12盟市（缺："),
        ("150000", "阿拉善盟"),
        ("152921", "阿拉善盟2020年的报表未能使用"),
        ("150300", "阿拉善盟"),
    ],
)
def test_who_is_missing_is_said(runs: Runs, code: str, said: str) -> None:
    project, *_ = runs
    (pdf,) = (project / "reports" / ROUND).glob(f"{code}-*.pdf")
    assert said in text(pdf)


def test_a_good_workbook_mends_it(runs: Runs) -> None:
    project, before, *_ = runs
    send(project / "data" / "raw" / "few", "152900-阿拉善盟", 7020)
    ran = run(project)
    assert ran.code == 0, ran.err
    assert pdfs(project).keys() == before.keys()
    assert {entry["state"] for entry in manifest(project, ROUND).values()} == {"made"}
