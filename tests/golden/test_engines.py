"""However a report is run, its bytes are the same: warm or plain kernels, one or two jobs, here or on a cluster."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from endline.export.formats import FORMATS
from runs import ROOT, Ran, endline, manifest, new_project

ROUND = "published-2020"
SUFFIXES = {".ipynb", ".html", *(f".{name}" for name in FORMATS)}
Published = tuple[Path, Ran]


def outputs(project: Path, round_id: str = ROUND) -> dict[str, bytes]:
    folder = project / "reports" / round_id
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in SUFFIXES}


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a Dask cluster of one worker that started elsewhere, as a site's would."""
    pytest.importorskip("distributed")
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--no-dashboard", "--port", "0"]
    command += ["--host", "127.0.0.1", "--scheduler-file", str(tmp_path / "scheduler.json")]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--no-dashboard", "--nthreads", "2"]
    worker += ["--scheduler-file", str(tmp_path / "scheduler.json"), "--local-directory", str(tmp_path)]
    processes = [subprocess.Popen(one, cwd=tmp_path, stderr=subprocess.DEVNULL) for one in (command, worker)]
    try:
        import json
        import time

        for _ in range(300):
            if (tmp_path / "scheduler.json").is_file():
                break
            time.sleep(0.1)
        yield str(json.loads((tmp_path / "scheduler.json").read_text())["address"])
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(20)


@pytest.mark.parametrize(
    "options",
    [["--kernels", "plain", "--jobs", "1"], ["--engine", "dask", "--jobs", "2"]],
    ids=["plain kernels, one job", "a Dask cluster of its own"],
)
def test_the_bytes_are_the_same(published: Published, tmp_path: Path, options: list[str]) -> None:
    project = new_project(tmp_path)
    ran = endline(project, "run", ROUND, *options)
    assert ran.code == 0, ran.err
    assert outputs(project) == outputs(published[0])
    assert manifest(project, ROUND) == manifest(published[0], ROUND)


@pytest.mark.parametrize("shared", [[], ["--shared"]], ids=["inputs shipped", "inputs on shared storage"])
def test_on_a_cluster_elsewhere_as_well(
    published: Published, tmp_path: Path, scheduler: str, shared: list[str]
) -> None:
    project = new_project(tmp_path / "project")
    ran = endline(project, "run", ROUND, "--engine", "dask", "--scheduler", scheduler, *shared)
    assert ran.code == 0, ran.err
    assert outputs(project) == outputs(published[0])


def test_a_scheduler_that_does_not_answer_is_a_wrong_command(tmp_path: Path) -> None:
    ran = endline(new_project(tmp_path), "run", ROUND, "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9")
    assert ran.code == 2
    assert "no scheduler answers there" in ran.err


def test_an_unknown_engine_is_a_wrong_command(tmp_path: Path) -> None:
    ran = endline(new_project(tmp_path), "run", ROUND, "--engine", "dusk")
    assert ran.code == 2
    assert "unknown engine 'dusk' (did you mean 'dask'?)" in ran.err


@pytest.mark.slow
def test_the_snakemake_workflow_makes_the_same_reports(tmp_path: Path) -> None:
    """A dry run, then a local run in groups of five, against one run of all."""
    pytest.importorskip("snakemake")
    project, other = new_project(tmp_path / "a"), new_project(tmp_path / "b")
    ran = endline(project, "export", "snakemake", "simulated-2020", "--group", "5")
    assert ran.code == 0, ran.err
    assert "3 jobs of up to 5 regions" in ran.out
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    command = [sys.executable, "-m", "snakemake", "--cores", "2", "--nocolor"]
    for options in (["--dry-run"], []):
        done = subprocess.run(
            [*command, *options],
            cwd=project,
            env={"PATH": path, "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
    assert endline(other, "run", "simulated-2020").code == 0
    assert outputs(project, "simulated-2020") == outputs(other, "simulated-2020")
    assert len(outputs(project, "simulated-2020")) == 15 * (
        1 + len(FORMATS)
    )  # the page for the CSV that data-quality has not
    assert ROOT not in project.parents
