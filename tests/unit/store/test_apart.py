"""A store that is built in a process of its own: the same store, the same errors, nothing left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builders import edit
from endline.errors import DataError, ParameterError
from endline.project import Project
from endline.store import Store
from stores import BEIJING, NATION, ROUND, made, small, values


@pytest.fixture
def where(tmp_path: Path) -> Project:
    return small(tmp_path)


def left(where: Project) -> list[str]:
    folder = where.processed(ROUND)
    return [path.name for path in folder.iterdir()] if folder.is_dir() else []


def test_the_store_is_the_same(where: Project) -> None:
    apart = made(where, apart=True)
    digests = {code: apart.digest(code) for code in apart.codes()}
    assert {NATION, BEIJING} <= set(digests)
    assert left(where) == ["round.sqlite"]
    apart.path.unlink()
    here = made(where)
    assert {code: here.digest(code) for code in here.codes()} == digests


def test_a_store_that_is_up_to_date_needs_no_process(where: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    made(where)
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a process was started"))
    assert made(where, apart=True).codes()


def test_a_faulty_parameter_is_told_as_it_is_here(where: Project) -> None:
    folder = where.params / "rounds" / ROUND
    folder.mkdir()
    (folder / "evidence.yaml").write_text('"150000":\n  women-2011-2020:99: {status: met}\n', encoding="utf-8")
    told = []
    for apart in (False, True):
        with pytest.raises(ParameterError, match="99") as caught:
            made(where, apart)
        told.append((type(caught.value), str(caught.value)))
    assert told[0] == told[1]
    assert not left(where)


def test_data_that_cannot_be_used_are_told_as_they_are_here(where: Project) -> None:
    values(where).unlink()
    told = []
    for apart in (False, True):
        with pytest.raises(DataError) as caught:
            made(where, apart)
        told.append(str(caught.value))
    assert "no usable figure" in told[0]
    assert told[0] == told[1]


def test_a_fault_of_ours_comes_with_its_place(where: Project) -> None:
    edit(where.params / "regions.csv", "150102,", "150103,")
    (where.params / "checks.yaml").unlink()
    (where.params / "checks.yaml").mkdir()
    with pytest.raises(RuntimeError, match="IsADirectoryError") as caught:
        made(where, apart=True)
    assert "yaml_files.py" in caught.value.__notes__[0]


def test_a_process_that_is_killed_leaves_nothing_behind(where: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is as when memory runs out: the process says nothing, and its unfinished file stays."""
    killer = (
        "import os, sys, pathlib, endline.database as d\n"
        "folder = pathlib.Path(sys.argv[-1]); folder.mkdir(parents=True)\n"
        "(folder / f'{d.unfinished(os.getpid())}x').touch(); os.kill(os.getpid(), 9)\n"
    )
    folder = where.processed(ROUND)
    started = subprocess.Popen
    command = [sys.executable, "-c", killer, str(folder)]
    monkeypatch.setattr(subprocess, "Popen", lambda _, **how: started(command, **how))
    with pytest.raises(RuntimeError, match="-9"):
        made(where, apart=True)
    assert not left(where)


def test_the_building_ends_with_the_process_that_wanted_it(where: Project) -> None:
    """However that one ends, the standard input of the other ends with it."""
    environment = {**os.environ, "ENDLINE_ROOT": str(where.root)}
    command = [sys.executable, "-m", "endline.store.apart", ROUND]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin
        child.stdin.close()
        assert child.wait(timeout=30) == 1
    assert not left(where)
    assert Store(where.processed(ROUND) / "round.sqlite").meta("inputs") == ""


BUILDER = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background job would ignore
from endline.params import Params
from endline.project import Project
from endline.store import Store
project = Project.find()
try:
    Store.ensure(project, Params(project), "published-2020", apart=True)
except KeyboardInterrupt:
    raise SystemExit(130)
"""


def open_when_read(fifo: Path) -> int:
    """Return the writing end of a pipe as soon as someone reads it."""
    for _ in range(2000):
        try:
            return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.01)
    raise AssertionError("nobody reads")


def is_read(pipe: int) -> bool:
    try:
        os.write(pipe, b"#")
    except BrokenPipeError:
        return False
    return True


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -15), (signal.SIGKILL, -9)])
def test_nothing_goes_on_after_an_interruption(where: Project, how: signal.Signals, code: int) -> None:
    """The building waits for a parameter that never comes to an end; Ctrl-C reaches every process of the terminal."""
    rules = where.params / "checks.yaml"
    rules.unlink()
    os.mkfifo(rules)
    environment = {**os.environ, "ENDLINE_ROOT": str(where.root)}
    command = [sys.executable, "-c", BUILDER]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, start_new_session=True) as wanting:
        pipe = open_when_read(rules)
        (os.killpg if how == signal.SIGINT else os.kill)(wanting.pid, how)
        assert wanting.wait(timeout=20) == code
        for _ in range(500):
            if not is_read(pipe):
                break
            time.sleep(0.01)
        else:
            pytest.fail("the building goes on")
        assert wanting.stderr
        assert not wanting.stderr.read()
    os.close(pipe)
    assert not left(where)
