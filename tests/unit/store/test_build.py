"""The tables of a round in SQLite, as someone who opens the file finds them."""

import sqlite3
from pathlib import Path

import pytest

from builders import RawDataset, raw_dataset
from endline.files import sha256
from endline.store import Store
from endline.store.build import _write_items
from stores import read_params

HEAD = "region_code live_births maternal_deaths birth_weight_below_2500"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[RawDataset, Path]:
    """A dataset of two forms with its round, and the store of that."""
    raw = raw_dataset(tmp_path_factory.mktemp("project"))
    raw.form(2019, "form41", HEAD, "150302 8000 1 320")
    raw.form(2020, "form41", HEAD, "150302 8000 0 ·", "150303 1,000 1 40", "150304 10 1 1", "150304 10 2 1")
    rounds = raw.project.params / "rounds"
    shipped = (rounds / "published-2020.yaml").read_text(encoding="utf-8")
    text = shipped.replace("published-2020", "tiny").replace("dataset: published", "dataset: tiny")
    (rounds / "tiny.yaml").write_text(text, encoding="utf-8")
    return raw, Store.ensure(raw.project, read_params(raw.project), "tiny").path


def query(path: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as db:
        return db.execute(sql).fetchall()


def test_every_item_is_found_with_its_value_its_text_and_its_place(tiny: tuple[RawDataset, Path]) -> None:
    raw, path = tiny
    digests = {year: sha256((raw.folder / f"{year}/form41.csv").read_bytes()) for year in (2019, 2020)}
    found = query(path, "SELECT region_code, year, item, value, value_text, cell FROM items")
    assert set(found) == {
        ("150302", 2019, "form41.live_births", 8000, "8000", "B2"),
        ("150302", 2019, "form41.maternal_deaths", 1, "1", "C2"),
        ("150302", 2019, "form41.birth_weight_below_2500", 320, "320", "D2"),
        ("150302", 2020, "form41.live_births", 8000, "8000", "B2"),
        ("150302", 2020, "form41.maternal_deaths", 0, "0", "C2"),
        ("150303", 2020, "form41.live_births", None, "1,000", "B3"),
        ("150303", 2020, "form41.maternal_deaths", 1, "1", "C3"),
        ("150303", 2020, "form41.birth_weight_below_2500", 40, "40", "D3"),
        ("150304", 2020, "form41.live_births", None, "10", "B4"),
        ("150304", 2020, "form41.maternal_deaths", None, "1", "C4"),
        ("150304", 2020, "form41.birth_weight_below_2500", None, "1", "D4"),
    }
    places = query(path, "SELECT DISTINCT year, file, sheet, file_sha256 FROM items")
    assert set(places) == {(y, f"data/raw/tiny/{y}/form41.csv", "", digest) for y, digest in digests.items()}


def test_the_value_of_an_item_is_the_count_that_was_used(tiny: tuple[RawDataset, Path]) -> None:
    raw, path = tiny
    items = raw.observe().items
    for code, year, name, value in query(path, "SELECT region_code, year, item, value FROM items"):
        used = items[str(name)].value[items.counties.index(str(code)), items.years.index(int(str(year)))]
        assert used == value or (used != used and value is None)


@pytest.mark.parametrize(("column", "letters"), [(1, "B"), (25, "Z"), (26, "AA"), (60, "BI")])
def test_an_item_far_to_the_right_has_its_letters(tmp_path: Path, column: int, letters: str) -> None:
    raw = raw_dataset(tmp_path)
    names = [f"x{n}" for n in range(1, column)]
    raw.form(2020, "form41", " ".join(["region_code", *names, "live_births"]), " ".join(["150302", *names, "8000"]))
    items = raw.observe().items
    with sqlite3.connect(":memory:") as db:
        _write_items(db, items)
        found = db.execute("SELECT item, cell FROM items").fetchall()
    assert found == [("form41.live_births", f"{letters}2")]


def test_a_region_of_the_register_without_figures_is_evaluated(tiny: tuple[RawDataset, Path]) -> None:
    _, path = tiny
    assert query(
        path,
        "SELECT DISTINCT verdict FROM evaluations WHERE region_code = '150402' AND counted ORDER BY 1",
    ) == [("no_data",), ("not_applicable",), ("pending",)]


def test_what_many_observations_share_is_kept_once(tiny: tuple[RawDataset, Path]) -> None:
    _, path = tiny
    (figures,), (kinds,) = query(path, "SELECT count(*) FROM observations") + query(path, "SELECT count(*) FROM kinds")
    assert int(str(kinds)) < int(str(figures))
    rows = query(
        path, "SELECT value, file, cell, status FROM observations WHERE indicator_id = 'mmr' AND region_code = '150302'"
    )
    assert rows == [
        (12.5, "data/raw/tiny/2019/form41.csv", "C2/B2", "reported"),
        (0.0, "data/raw/tiny/2020/form41.csv", "C2/B2", "reported"),
    ]
