"""The tables of a round on disk: one report reads its own slice, whose digest follows its own figures."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from builders import edit, project, shipped_params
from endline.evaluation import evaluate, tally
from endline.intake import observe
from endline.params import Params
from endline.project import Project
from endline.store import Store

ROUND = "published-2020"
NATION, INNER_MONGOLIA, BEIJING, COUNTY = "100000", "150000", "110000", "150102"
OWN = ("150000,total,mmr,2020,14.92,", "150000,total,mmr,2020,14.93,")
UPPER = ("100000,total,mmr,2020,16.9,", "100000,total,mmr,2020,16.8,")
UPPER_EARLIER = ("100000,total,mmr,2015,20.1,", "100000,total,mmr,2015,20.2,")  # drawn in the chart
UNRELATED = ("110000,total,mmr,2017,8.17,", "110000,total,mmr,2017,8.18,")


FEW = (NATION, INNER_MONGOLIA, BEIJING, "150100", COUNTY, "150400", "150500", "650000")


def small(root: Path) -> Project:
    """A copy of the project with few regions, so that its store is soon made."""
    copied = project(root)
    register = copied.params / "regions.csv"
    head, *lines = register.read_text(encoding="utf-8").splitlines(keepends=True)
    register.write_text(head + "".join(line for line in lines if line.startswith(FEW)), encoding="utf-8")
    return copied


def made(where: Project) -> Store:
    params, shipped = Params(where), shipped_params()
    vars(params).update(indicators=shipped.indicators, forms=shipped.forms)  # read once for all
    return Store.ensure(where, params, ROUND)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Store]:
    copied = small(tmp_path_factory.mktemp("project"))
    return copied, made(copied)


@pytest.fixture
def own_project(shipped: tuple[Project, Store], tmp_path: Path) -> tuple[Project, Store]:
    """A project of one test's own, with the store that was made for the first."""
    shutil.copytree(shipped[0].root, tmp_path / "own")
    copied = Project(tmp_path / "own")
    return copied, made(copied)


def values(where: Project) -> Path:
    return where.raw("published") / "values.csv"


# the slice


def test_a_slice_holds_its_own_and_the_upper_regions_observations(shipped: tuple[Project, Store]) -> None:
    _, store = shipped
    assert set(store.slice(INNER_MONGOLIA).observations["region_code"]) == {NATION, INNER_MONGOLIA}
    assert set(store.slice(NATION).observations["region_code"]) == {NATION}
    assert set(store.slice(COUNTY).observations["region_code"]) == set()
    for code in (NATION, INNER_MONGOLIA, COUNTY):
        part = store.slice(code)
        assert set(part.evaluations["region_code"]) == {code}
        assert set(part.measures["region_code"]) == {code}


def test_a_slice_reads_the_rounds_years_only(shipped: tuple[Project, Store]) -> None:
    _, store = shipped
    assert set(store.slice(NATION).observations["year"]) == set(range(2010, 2021))


def test_a_region_without_observations_has_its_slice_all_no_data(shipped: tuple[Project, Store]) -> None:
    _, store = shipped
    counts = tally(store.slice(COUNTY).evaluations)
    assert (counts.met, counts.not_met) == (0, 0)
    assert counts.no_data > 0


def test_what_is_read_is_what_was_evaluated(shipped: tuple[Project, Store]) -> None:
    where, store = shipped
    params = Params(where)
    round_, register = params.round(ROUND), params.regions()
    aims = [t for o in round_.outlines for t in params.outline(o).targets]
    rows = observe(params, "published").observations
    direct = evaluate(rows, aims, [INNER_MONGOLIA], register, params.indicators, params.method, round_)
    read = store.slice(INNER_MONGOLIA)
    for ours, theirs in ((read.evaluations, direct.evaluations), (read.measures, direct.measures)):
        columns = [c for c in ours.columns if c != "fraction"]
        pd.testing.assert_frame_equal(ours[columns], theirs[columns], check_dtype=False)
    inside = rows[rows["region_code"].isin([NATION, INNER_MONGOLIA]) & rows["year"].between(2010, 2020)]
    pd.testing.assert_frame_equal(
        read.observations.sort_values(list(read.observations.columns[:6]), ignore_index=True),
        inside.sort_values(list(read.observations.columns[:6]), ignore_index=True),
        check_dtype=False,
    )


def test_the_codes_are_those_that_have_observations(shipped: tuple[Project, Store]) -> None:
    _, store = shipped
    assert store.codes() == [NATION, BEIJING, INNER_MONGOLIA, "150400", "150500", "650000"]


def test_the_evaluations_of_some_regions(shipped: tuple[Project, Store]) -> None:
    _, store = shipped
    table = store.evaluations([INNER_MONGOLIA, NATION])
    assert table["region_code"].value_counts().to_dict() == {NATION: 37, INNER_MONGOLIA: 37}
    assert table["counted"].dtype == bool


# the digest


def test_the_same_inputs_give_the_same_digests_anywhere(shipped: tuple[Project, Store], tmp_path: Path) -> None:
    again = made(small(tmp_path))
    for code in (NATION, INNER_MONGOLIA, COUNTY):
        assert shipped[1].digest(code) == again.digest(code) == again.slice(code).digest


@pytest.mark.parametrize(
    ("change", "moved"),
    [
        (OWN, {INNER_MONGOLIA}),
        (UPPER, {NATION, INNER_MONGOLIA, BEIJING}),
        (UPPER_EARLIER, {NATION, INNER_MONGOLIA, BEIJING}),
        (UNRELATED, {BEIJING}),
    ],
    ids=["own figure", "upper region's figure", "upper region's earlier figure", "unrelated figure"],
)
def test_a_digest_follows_its_own_and_the_upper_regions_figures_only(
    own_project: tuple[Project, Store], change: tuple[str, str], moved: set[str]
) -> None:
    where, store = own_project
    codes = [NATION, INNER_MONGOLIA, BEIJING, COUNTY]
    before = {code: store.digest(code) for code in codes}
    edit(values(where), *change)
    after = made(where)
    assert {code for code in codes if after.digest(code) != before[code]} == moved


def test_a_persons_verdict_changes_the_digest_of_its_region_only(own_project: tuple[Project, Store]) -> None:
    where, store = own_project
    before = {code: store.digest(code) for code in (NATION, INNER_MONGOLIA)}
    folder = where.params / "rounds" / ROUND
    folder.mkdir()
    line = "women-2011-2020:1a: {status: met, evidence: 材料, unit: 办公室, date: 2021-05-01}"
    (folder / "evidence.yaml").write_text(f'"150000":\n  {line}\n', encoding="utf-8")
    after = made(where)
    assert after.digest(INNER_MONGOLIA) != before[INNER_MONGOLIA]
    assert after.digest(NATION) == before[NATION]


def test_an_issue_that_moved_to_another_cell_changes_the_digest(own_project: tuple[Project, Store]) -> None:
    """The report prints the place."""
    where, store = own_project
    edit(values(where), "150000,total,mmr,2020,14.92,", "150000,total,mmr,2020,14.92x,")
    before = made(where)
    digest = before.digest(INNER_MONGOLIA)
    assert len(before.slice(INNER_MONGOLIA).issues) == 1
    edit(values(where), "100000,total,mmr,2025,13.4,1/100000,,published,nhc_2025,,\n", "")
    assert made(where).digest(INNER_MONGOLIA) != digest
    assert store.path == before.path


# stale and damaged


def verdict(store: Store, key: str = "women-2011-2020:2a") -> str:
    table = store.slice(INNER_MONGOLIA).evaluations
    return str(table.loc[table["target"] == key, "verdict"].item())


def test_a_store_that_is_up_to_date_is_left_alone(own_project: tuple[Project, Store]) -> None:
    where, store = own_project
    before = store.path.stat().st_mtime_ns
    assert made(where).path.stat().st_mtime_ns == before


def test_a_figure_that_changed_is_observed_again(own_project: tuple[Project, Store]) -> None:
    where, store = own_project
    assert verdict(store) == "met"
    edit(values(where), "150000,total,mmr,2020,14.92,", "150000,total,mmr,2020,24.92,")
    assert verdict(made(where)) == "not_met"


def test_a_change_of_the_same_length_is_noticed(own_project: tuple[Project, Store]) -> None:
    where, _ = own_project
    path = where.params / "outlines" / "women-2011-2020.yaml"
    edit(path, 'operator: "<=", value: 20', 'operator: "<=", value: 10')
    assert verdict(made(where)) == "not_met"


def test_a_threshold_that_changed_is_applied(own_project: tuple[Project, Store]) -> None:
    where, _ = own_project
    edit(where.params / "method.yaml", "value: 5\n", "value: 4\n")
    table = made(where).slice(NATION).measures
    states = dict(zip(table["target"], table["trend_state"], strict=True))
    assert states["women-2011-2020:S1"] != "too_few_points"


def test_a_file_that_came_or_went_is_noticed(own_project: tuple[Project, Store]) -> None:
    where, store = own_project
    before = store.meta("inputs")
    (where.raw("published") / "sources.csv").unlink()
    assert made(where).meta("inputs") != before


def garbage(path: Path) -> None:
    path.write_bytes(b"not a database" * 1000)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def removed(path: Path) -> None:
    path.unlink()


def without_meta(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("DROP TABLE meta")


@pytest.mark.parametrize("damage", [garbage, cut, removed, without_meta])
def test_a_damaged_store_is_made_again(own_project: tuple[Project, Store], damage: Callable[[Path], None]) -> None:
    where, store = own_project
    before = store.digest(INNER_MONGOLIA)
    damage(store.path)
    again = made(where)
    assert again.digest(INNER_MONGOLIA) == before
    assert verdict(again) == "met"


def test_nothing_but_the_store_is_left_behind(own_project: tuple[Project, Store]) -> None:
    where, store = own_project
    assert [path.name for path in where.processed(ROUND).iterdir()] == [store.path.name]
    assert store.path.stat().st_mode & 0o777 == 0o644
