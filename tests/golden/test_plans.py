"""The rounds of the other plans: each makes its report, under the same demands on its PDF as the two outlines."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from pages import assert_all_in_the_type_area
from runs import Ran, endline, manifest, new_project, text_of

ROUNDS = {
    "district-2024": "999901",
    "inner-mongolia-2020-baseline": "150000",
    "inner-mongolia-2021-tasks": "150000",
    "inner-mongolia-2025-simulated": "150000",
    "mch-culture-2025-tasks": "100000",
    "nanchang-2019-tasks": "360100",
    "published-2025-midterm": "100000",
}


SHORTEST = {"mch-culture-2025-tasks": 7}  # pages: of a document of tasks alone; of all others 8


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    project = new_project(tmp_path_factory.mktemp("plans"))
    return project, endline(project, "run", *ROUNDS, "--format", "pdf")


@pytest.mark.parametrize("round_id", ROUNDS)
def test_its_report_is_archival_accessible_and_inside_its_margins(plans: tuple[Path, Ran], round_id: str) -> None:
    project, ran = plans
    assert ran.code == 0, ran.err
    entries = manifest(project, round_id)
    assert {code: entry["state"] for code, entry in entries.items()} == {ROUNDS[round_id]: "made"}
    (path,) = (project / "reports" / round_id).glob("*.pdf")
    with pikepdf.open(path) as document:
        xmp = str(document.open_metadata())
        assert "pdfaid:part" in xmp
        assert "pdfuaid:part" in xmp
        assert document.Root.MarkInfo.Marked
    pages = list(pypdfium2.PdfDocument(path))
    assert SHORTEST.get(round_id, 8) <= len(pages) <= 48
    assert_all_in_the_type_area(pages)
    told = text_of(path)
    assert "\ufffd" not in told
    assert "nan" not in told.lower().replace("nanchang", "")
