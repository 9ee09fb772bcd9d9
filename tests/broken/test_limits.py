"""A notebook that runs for ever, eats memory or loses its kernel costs its region; all others are made."""

import json
import re
import time
from pathlib import Path

import pytest

from runs import Ran, endline, manifest, new_project, processes_of

FAULTS = {
    "110000": "while True: pass",
    "120000": "import re; re.match('(a+)+$', 'a' * 64 + 'b')",  # never lets go of the interpreter
    "130000": "eaten = bytearray(3 * 2**30)",
    "140000": "import os; os.kill(os.getpid(), 9)",
}
LIMIT = 25


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran, float, set[str]]:
    """A round in which four regions' notebooks go wrong, its seconds from then on, and the temporary files it left."""
    project = new_project(tmp_path_factory.mktemp("limited"))
    path = project / "notebooks" / "region-report.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = next(cell for cell in notebook["cells"] if cell["id"] == "chapters")
    temporary = tmp_path_factory.mktemp("t")
    began = temporary.with_name("began")
    note = f"import pathlib, time\n    pathlib.Path({str(began)!r}).open('a').write(f'{{time.monotonic()}}\\n')"
    lines = [f"if region_code == {code!r}:\n    {note}\n    {fault}\n" for code, fault in FAULTS.items()]
    cell["source"] = "".join(lines) + "".join(cell["source"])
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    regions = [x for code in (*FAULTS, "150000") for x in ("--region", code)]
    ran = endline(  # three at a time: while the endless ones run, the others are made
        project, "run", "published-2020", "--jobs", "3", "--timeout", str(LIMIT), *regions, TMPDIR=str(temporary)
    )
    ended, begun = time.monotonic(), [float(line) for line in began.read_text(encoding="ascii").splitlines()]
    return project, ran, ended - min(begun), {p.name for p in temporary.iterdir()}


Limited = tuple[Path, Ran, float, set[str]]


def test_the_others_are_made(limited: Limited) -> None:
    project, ran, _, _ = limited
    assert ran.code == 1, ran.err
    states = {code: entry["state"] for code, entry in manifest(project, "published-2020").items()}
    assert states == {**dict.fromkeys(FAULTS, "failed"), "150000": "made"}


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("110000", f"took longer than {LIMIT} s"),
        ("120000", f"took longer than {LIMIT} s"),
        ("130000", "MemoryError"),
        ("140000", "the kernel was killed, or broke down"),
    ],
)
def test_each_says_what_it_was_and_in_which_cell(limited: Limited, code: str, message: str) -> None:
    entry = manifest(limited[0], "published-2020")[code]
    assert message in entry["message"]
    assert entry["cell"] == "region-report.ipynb#chapters"
    assert not entry["ours"]
    assert re.search(rf"{code} \S+  region-report\.ipynb#chapters  .*{re.escape(message)}", limited[1].err)


def test_none_takes_longer_than_its_limit_and_ten_seconds(limited: Limited) -> None:
    assert limited[2] < LIMIT + 10, "from the first fault to the end of the whole run"


def test_no_process_and_no_file_is_left(limited: Limited) -> None:
    assert limited[3] == set()
    assert processes_of(limited[0]) == []


def test_only_the_failed_ones_are_made_again_when_asked(limited: Limited) -> None:
    project = limited[0]
    path = project / "notebooks" / "region-report.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("while True: pass", "pass"), encoding="utf-8")
    before = (project / "reports/published-2020/150000-内蒙古自治区.pdf").stat().st_mtime_ns
    ran = endline(
        project, "run", "published-2020", "--failed", "--timeout", "20", "--region", "110000", "--region", "150000"
    )
    assert ran.code == 0, ran.err
    assert "1 × failed last time" in ran.err
    assert (project / "reports/published-2020/150000-内蒙古自治区.pdf").stat().st_mtime_ns == before
