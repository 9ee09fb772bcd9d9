"""An unchanged file is not read again; what is kept says the same; whatever decides a reading undoes it."""

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from builders import RawDataset, row_of
from endline.intake import Observed, readings, returns
from endline.intake.shelf import Shelf
from endline.layouts.others import Value, Values
from endline.workbooks import FileRefused
from endline.workbooks.cells import Finding
from returned import LEAGUES, send


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read, as they are."""
    names: list[str] = []
    original = returns.read_workbook

    def noted(path: Path, root: Path) -> Any:
        names.append(path.stem)
        return original(path, root)

    monkeypatch.setattr(returns, "read_workbook", noted)
    return names


def same(first: Observed, second: Observed) -> None:
    for name in ("observations", "issues", "corrections", "refused", "revisions"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))


def test_only_what_changed_is_read_again(raw: RawDataset, read: list[str]) -> None:
    for name in LEAGUES:
        send(raw.folder, name)
    before = raw.observe()
    assert sorted(read) == sorted(LEAGUES)
    read.clear()
    same(before, raw.observe())
    assert read == []
    send(raw.folder, "150300-乌海市", deaths=2)
    after = raw.observe()
    assert read == ["150300-乌海市"]
    assert row_of(after.observations, region_code="150302", indicator_id="mmr", stratum="total").numerator == 2


def test_what_is_kept_says_the_same(raw: RawDataset, read: list[str]) -> None:
    path = send(raw.folder, "150300-乌海市", births="５０００", deaths="约1")
    send(raw.folder, "152900-阿拉善盟", deaths=9)
    (raw.folder / "2020" / "152500-锡林郭勒盟.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    entry = "{{file: 2020/{}, sheet: Sheet, cell: C2, old: '{}', new: '2', reason: r, who: w, date: 2021-03-01}}"
    (raw.folder / "corrections.yaml").write_text(f"corrections: [{entry.format(path.name, '约1')}]\n", encoding="utf-8")
    before = raw.observe()
    assert {"W25", "F07"} <= set(before.issues["rule"])
    assert len(before.refused) == 1
    read.clear()
    same(before, raw.observe())
    assert read == []
    (raw.folder / "corrections.yaml").write_text(f"corrections: [{entry.format(path.name, '约2')}]\n", encoding="utf-8")
    assert "W22" in set(raw.observe().issues["rule"])
    assert read == [path.stem]


@pytest.mark.parametrize("name", ["forms.yaml", "regions.csv", "indicators.yaml", "checks.yaml"])
def test_what_decides_a_reading_undoes_it(raw: RawDataset, read: list[str], name: str) -> None:
    send(raw.folder, "150300-乌海市")
    raw.observe()
    path = raw.project.params / name
    path.write_text(
        path.read_text(encoding="utf-8") + ("\n" if name == "regions.csv" else "# more\n"), encoding="utf-8"
    )
    raw.observe()
    assert len(read) == 2


def test_a_file_that_moved_is_read_and_the_old_entry_goes(raw: RawDataset, read: list[str]) -> None:
    path = send(raw.folder, "150300-乌海市")
    raw.observe()
    shelf = raw.project.processed("readings") / "tiny.sqlite"
    size = shelf.stat().st_size
    (raw.folder / "2019").mkdir()
    path.rename(raw.folder / "2019" / path.name)
    assert set(raw.observe().observations["year"]) == {2019}
    assert len(read) == 2
    assert shelf.stat().st_size <= size
    (raw.folder / "2019" / path.name).unlink()
    send(raw.folder, "152900-阿拉善盟")
    raw.observe()
    assert shelf.stat().st_size <= size


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00 torn"])
def test_a_torn_shelf_costs_time_only(raw: RawDataset, read: list[str], content: bytes) -> None:
    send(raw.folder, "150300-乌海市")
    before = raw.observe()
    (raw.project.processed("readings") / "tiny.sqlite").write_bytes(content)
    same(before, raw.observe())
    assert len(read) == 2
    raw.observe()
    assert len(read) == 2


USER = """
import sys, time
from pathlib import Path
from endline.intake.readings import Reading
from endline.intake.shelf import Shelf

folder, me = Path(sys.argv[1]), sys.argv[2]
(folder / me).touch()
while not (folder / "go").exists():
    time.sleep(0.001)
for turn in range(60):
    shelf = Shelf(folder / "tiny.sqlite", [])
    for n in range(turn, turn + 20):  # a file goes, a file comes
        said = {"sheet": {"A1": str(n)}}
        key = shelf.key(str(n), b"", "")
        found = shelf.find(key)
        assert found is None or found.texts == said
        if found is None:
            shelf.add(key, Reading(texts=said))
    shelf.save()
"""


def test_two_processes_at_one_shelf_neither_break_it_nor_lose_a_reading(tmp_path: Path) -> None:
    users = [subprocess.Popen([sys.executable, "-c", USER, str(tmp_path), name]) for name in ("one", "two")]
    try:
        while not all((tmp_path / name).exists() for name in ("one", "two")):
            assert all(user.poll() is None for user in users)
            time.sleep(0.001)
        (tmp_path / "go").touch()
        assert [user.wait(timeout=60) for user in users] == [0, 0]
    finally:
        for user in users:
            user.kill()
            user.wait()
    shelf = Shelf(tmp_path / "tiny.sqlite", [])
    found = [shelf.find(shelf.key(str(n), b"", "")) for n in range(59, 79)]
    assert [reading and reading.texts for reading in found] == [{"sheet": {"A1": str(n)}} for n in range(59, 79)]
    with closing(sqlite3.connect(tmp_path / "tiny.sqlite")) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("SELECT count(*) FROM readings").fetchone() == (20,)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["go", "one", "tiny.sqlite", "two"]


def test_a_shelf_that_cannot_be_written_costs_time_only(raw: RawDataset, read: list[str]) -> None:
    send(raw.folder, "150300-乌海市")
    raw.project.processed("readings").parent.mkdir(parents=True)
    raw.project.processed("readings").write_text("in the way", encoding="utf-8")
    same(raw.observe(), raw.observe())
    assert len(read) == 2


def test_a_file_that_took_too_long_is_tried_again(raw: RawDataset, monkeypatch: pytest.MonkeyPatch) -> None:
    send(raw.folder, "150300-乌海市")
    original = returns.read_workbook

    def slow(path: Path, root: Path) -> Any:
        raise FileRefused([Finding("F24b", "10")], "")

    monkeypatch.setattr(returns, "read_workbook", slow)
    assert set(raw.observe().issues["rule"]) == {"F24b"}
    monkeypatch.setattr(returns, "read_workbook", original)
    assert "F24b" not in set(raw.observe().issues["rule"])


def test_a_reading_as_json() -> None:
    """No figures at all, figures that are missing, and texts of any kind come back as they were."""
    assert readings.from_json(readings.to_json(readings.Reading())) == readings.Reading([], [], [], [], {})
    value = Value("mmr", "total", 2020, "约1", None, "C3")
    said = Finding("F11", "“约1”\n\u2028", sheet="表1", cell="C3", region="150302")
    full = readings.Reading(
        values=[Values("150302", "f", "s", "表1", (value, value), "final")],
        findings=[said],
        unusable=[said],
        texts={"表1": {"C3": "约1"}},
    )
    assert readings.from_json(readings.to_json(full)) == replace(full, returns=[])
