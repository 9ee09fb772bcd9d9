"""Ctrl-C, a job scheduler's SIGTERM and kill -9: the run ends at once, no process is left, the next run goes on."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from endline.pipeline.task import CELLS
from runs import endline, new_project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups of this kind")


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """A project whose reports never end."""
    project = new_project(tmp_path / "p")
    path = project / "notebooks" / "region-report.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    next(cell for cell in notebook["cells"] if cell["id"] == "chapters")["source"] = "while True: pass"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return project


def start(project: Path, temporary: Path) -> subprocess.Popen[str]:
    """Start a run, and return when two of its notebooks are in the middle."""
    temporary.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "endline.cli", "run", "published-2020", "--jobs", "2"]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    environment.pop("ENDLINE_ROOT", None)
    process = subprocess.Popen(
        command,
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    for _ in range(600):
        if sum(path.read_text().endswith("#chapters\n") for path in scratch_of(project).glob(f"*/{CELLS}")) == 2:
            return process
        time.sleep(0.1)
    process.kill()
    raise AssertionError("no notebook came to its endless cell")


def scratch_of(project: Path) -> Path:
    """The folder that a run writes to, as its note tells the next one; a folder that is nowhere if there is no note."""
    note = project / "reports" / ".scratch"
    return Path(json.loads(note.read_text())) if note.is_file() else project / "nowhere"


def group_of(process: subprocess.Popen[str]) -> set[int]:
    """The processes that descend from a run, by the chain of parents."""
    rows = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout.split("\n")
    parents = {int(pid): int(parent) for pid, parent in (row.split() for row in rows if row.strip())}
    found = {process.pid}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def left_of(pids: set[int], seconds: float = 5) -> set[int]:
    """Which of some processes are still there after a while; the library's own watchers take a moment."""
    deadline = time.monotonic() + seconds
    while (left := alive(pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def alive(pids: set[int]) -> set[int]:
    rows = subprocess.run(["ps", "-eo", "pid=,stat="], capture_output=True, text=True, check=True).stdout.split("\n")
    return {int(pid) for pid, state in (row.split() for row in rows if row.strip()) if state[0] != "Z"} & pids


paths = pytest.mark.parametrize("temporary", ["t", "long" * 25], ids=["short path", "long path"])


@paths
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_an_interrupted_run_ends_at_once_and_leaves_nothing(
    endless: Path, tmp_path: Path, number: int, temporary: str
) -> None:
    process = start(endless, tmp_path / temporary)
    family, scratch = group_of(process), scratch_of(endless)
    assert len(family) >= 5  # itself, the server, two reports, their kernels
    assert len(list(scratch.glob("*/endline-*/kernel.json"))) == 2  # the kernels' own folders, sockets in them
    asked = time.monotonic()
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    told, _ = process.communicate(timeout=20)
    assert time.monotonic() - asked < 2 + 3  # 2 s on a machine that does nothing else
    assert process.returncode == 130
    assert "`endline run` goes on from there" in told
    assert left_of(family) == set()
    assert list((tmp_path / temporary).iterdir()) == []
    assert not scratch.exists()


@paths
def test_a_killed_run_leaves_no_process_and_the_next_one_clears_up(
    endless: Path, tmp_path: Path, temporary: str
) -> None:
    process = start(endless, tmp_path / temporary)
    family, scratch = group_of(process), scratch_of(endless)
    process.kill()
    process.wait()
    assert left_of(family) == set()
    assert scratch.is_dir()
    assert endline(endless, "run", "published-2020", "--dry-run", TMPDIR=str(tmp_path / temporary)).code == 0
    assert not list((tmp_path / temporary).glob("endline-*"))
    assert not scratch.exists()
