"""A county's own figures, brought in by the commands of the guide alone, come out as its report."""

import re
import shlex
import shutil
from pathlib import Path

import openpyxl
import pytest

from builders import ROOT
from runs import Ran, endline, manifest, new_project, text_of

GUIDE = ROOT / "docs" / "how-to" / "own-data.md"
CODES = "项目代码"
BIRTHS, DEATHS = "form41.live_births", "form41.maternal_deaths"
YEARS = range(2010, 2021)


def fill_in(blank: Path) -> None:
    """Write births and one maternal death a year, none in the last, into a county's blank workbook."""
    book = openpyxl.load_workbook(blank)
    sheet = book.worksheets[0]
    rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    columns = {cell.value: cell.column for cell in sheet[rows[CODES]]}
    for year in YEARS:
        sheet.cell(rows[year], columns[BIRTHS]).value = 5000
        sheet.cell(rows[year], columns[DEATHS]).value = int(year < YEARS[-1])
    book.save(blank)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Ran]]:
    """The project after the guide's commands, and what each of them said, by its verb."""
    project, said = new_project(tmp_path_factory.mktemp("own")), {}
    commands = re.findall(r"^endline (.+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    for command in commands:
        words = shlex.split(command)
        verb = " ".join(words[:2]) if words[0] == "new" else words[0]
        said[verb] = endline(project, *words)
        assert said[verb].code == 0, said[verb].err
        if verb == "template":
            blank = project / "data/processed/templates-my-county-2020/150298/150298-示例县.xlsx"
            fill_in(blank)
            (project / "data/raw/my-county/150298").mkdir()
            shutil.copy(blank, project / "data/raw/my-county/150298")
    return project, said


def test_each_command_says_what_comes_next(made: tuple[Path, dict[str, Ran]]) -> None:
    said = made[1]
    assert list(said) == ["new region", "new round", "template", "check", "run"]
    assert "next: endline new round ROUND --dataset my-county --region 150298" in said["new region"].out
    assert said["new round"].out.splitlines() == [
        "data/raw/my-county/SOURCE.yaml: written; to fill in: title, publisher",
        "params/rounds/my-county-2020.yaml: written",
        "next: figures in data/raw/my-county/ (endline template my-county-2020: blank workbooks), "
        "then endline run my-county-2020",
    ]
    assert "2 workbooks written" in said["template"].out


def test_the_report_is_judged_by_what_was_filled_in(made: tuple[Path, dict[str, Ran]]) -> None:
    project, _ = made
    counts = manifest(project, "my-county-2020")["150298"]["counts"]
    assert counts["met"] >= 1
    assert counts["no_data"] > counts["met"]
    told = text_of(project / "reports/my-county-2020/150298-示例县.pdf")
    assert "示例县妇女儿童发展纲要（2011—2020年）" in told
    assert "2021年6月1日" in told
    assert "2020年孕产妇死亡率为0.00/10万" in told


def test_what_only_a_person_can_say_is_printed_as_missing(made: tuple[Path, dict[str, Ran]]) -> None:
    project, _ = made
    told = text_of(project / "reports/my-county-2020/150298-示例县.pdf")
    assert "待填：数据名称" in told
