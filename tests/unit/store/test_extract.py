"""A part of a store that goes to another machine: it says the same, holds nothing else, and needs no data."""

import shutil
import sqlite3
from pathlib import Path

import pandas as pd
import pytest

from endline.params import Params
from endline.project import Project
from endline.store import NOBODY, Store, quality_digest, summary_digest
from stores import BEIJING, COUNTY, INNER_MONGOLIA, NATION, ROUND, made, small

TABLES = ("observations", "evaluations", "measures", "issues", "quality", "corrections")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Store]:
    where = small(tmp_path_factory.mktemp("project"))
    return where, made(where)


def codes_in(path: Path, table: str) -> set[str]:
    with sqlite3.connect(path) as db:
        return {code for (code,) in db.execute(f"SELECT region_code FROM {table}")}  # noqa: S608


@pytest.mark.parametrize("code", [NATION, INNER_MONGOLIA, BEIJING, COUNTY])
def test_a_slice_of_an_extract_is_the_slice(shipped: tuple[Project, Store], tmp_path: Path, code: str) -> None:
    _, store = shipped
    store.extract(tmp_path / "part.sqlite", [code], with_observations=True)
    part, whole = Store(tmp_path / "part.sqlite").slice(code), store.slice(code)
    assert part.digest == whole.digest
    for table in TABLES:
        pd.testing.assert_frame_equal(pd.DataFrame(part.rows[table]), pd.DataFrame(whole.rows[table]))


def test_an_extract_holds_what_its_region_prints_and_nothing_else(
    shipped: tuple[Project, Store], tmp_path: Path
) -> None:
    _, store = shipped
    path = tmp_path / "part.sqlite"
    store.extract(path, [BEIJING], with_observations=True)
    assert codes_in(path, "observations") == {BEIJING, NATION}
    for table in ("slices", "evaluations", "measures"):
        assert codes_in(path, table) == {BEIJING}
    assert not codes_in(path, "items")
    with sqlite3.connect(path) as db:
        (count,) = db.execute("SELECT count(*) FROM observations").fetchone()
    assert count == len(store.slice(BEIJING).rows["observations"]) < len(store.slice(NATION).rows["observations"])


def test_regions_whose_upper_region_is_extracted_too(shipped: tuple[Project, Store], tmp_path: Path) -> None:
    _, store = shipped
    codes = [NATION, INNER_MONGOLIA, "150400"]
    store.extract(tmp_path / "part.sqlite", codes, with_observations=True)
    for code in codes:
        part = Store(tmp_path / "part.sqlite").slice(code)
        whole = store.slice(code)
        pd.testing.assert_frame_equal(*(pd.DataFrame(one.rows["observations"]) for one in (part, whole)))


def test_for_a_summary_no_observation_is_needed(shipped: tuple[Project, Store], tmp_path: Path) -> None:
    _, store = shipped
    codes, path = [INNER_MONGOLIA, NATION], tmp_path / "part.sqlite"
    store.extract(path, codes, with_observations=False)
    part = Store(path)
    assert not codes_in(path, "observations")
    assert summary_digest(part, codes) == summary_digest(store, codes)
    assert list(part.digests(codes).items()) == list(store.digests(codes).items())
    assert list(part.counts_of(codes).items()) == list(store.counts_of(codes).items())
    pd.testing.assert_frame_equal(part.measures(codes), store.measures(codes))


def test_a_sealed_store_needs_neither_data_nor_a_look_at_them(shipped: tuple[Project, Store], tmp_path: Path) -> None:
    where, store = shipped
    elsewhere = Project(tmp_path)
    shutil.copytree(where.params, elsewhere.params)
    store.extract(elsewhere.processed(ROUND) / "round.sqlite", [BEIJING], with_observations=True)
    before = (elsewhere.processed(ROUND) / "round.sqlite").read_bytes()
    found = Store.ensure(elsewhere, Params(elsewhere), ROUND, apart=True)
    assert found.meta("sealed") == "1"
    assert found.slice(BEIJING).digest == store.digest(BEIJING)
    assert found.path.read_bytes() == before
    assert not store.meta("sealed")


def test_an_extract_takes_the_place_of_an_older_one_whole(shipped: tuple[Project, Store], tmp_path: Path) -> None:
    _, store = shipped
    path = tmp_path / "part.sqlite"
    for code in (NATION, BEIJING):
        store.extract(path, [code], with_observations=True)
        assert codes_in(path, "slices") == {code}
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_for_the_quality_of_a_round_what_names_no_region_comes_along(
    shipped: tuple[Project, Store], tmp_path: Path
) -> None:
    store, path = Store(tmp_path / "whole.sqlite"), tmp_path / "part.sqlite"
    shutil.copy(shipped[1].path, store.path)
    with sqlite3.connect(store.path) as db:
        db.execute("INSERT INTO issues SELECT 'W23', 'refused', '', '', 'f', '', 'A1', '', '', ''")
    store.extract(path, [BEIJING, NOBODY], with_observations=False)
    assert list(Store(path).checked("issues", [BEIJING])["cell"]) == ["A1"]
    assert not Store(path).slice(BEIJING).rows["issues"]
    assert quality_digest(Store(path), [BEIJING]) == quality_digest(store, [BEIJING])
