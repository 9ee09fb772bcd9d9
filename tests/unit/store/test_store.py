"""The tables of a round on disk: one report reads its own slice, whose digest follows its own figures."""

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest

from builders import edit
from endline.evaluation import evaluate, tally
from endline.intake import observe
from endline.intake.observations import KEYS
from endline.params import Params
from endline.project import Project
from endline.store import ENSURED, Store, summary_digest
from endline.store.build import printed_series
from endline.store.inputs import Inputs
from endline.store.limits import limits
from stores import BEIJING, COUNTY, INNER_MONGOLIA, NATION, ROUND, made, modules_after, small, values

OWN = ("150000,total,mmr,2020,14.92,", "150000,total,mmr,2020,14.93,")
UPPER = ("100000,total,mmr,2020,16.9,", "100000,total,mmr,2020,16.8,")
UPPER_EARLIER = ("100000,total,mmr,2015,20.1,", "100000,total,mmr,2015,20.2,")  # drawn in the chart
UNRELATED = ("110000,total,mmr,2017,8.17,", "110000,total,mmr,2017,8.18,")


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


# the slice


def test_a_slice_holds_its_own_and_the_upper_regions_observations(shipped: tuple[Project, Store]) -> None:
    _, store = shipped
    assert {row.region_code for row in store.slice(INNER_MONGOLIA).rows["observations"]} == {NATION, INNER_MONGOLIA}
    assert {row.region_code for row in store.slice(NATION).rows["observations"]} == {NATION}
    assert {row.region_code for row in store.slice(COUNTY).rows["observations"]} == set()
    for code in (NATION, INNER_MONGOLIA, COUNTY):
        part = store.slice(code)
        assert {row.region_code for row in part.rows["evaluations"]} == {code}
        assert {row.region_code for row in part.rows["measures"]} == {code}


def test_a_slice_reads_the_rounds_years_only(shipped: tuple[Project, Store]) -> None:
    _, store = shipped
    assert {row.year for row in store.slice(NATION).rows["observations"]} == set(range(2010, 2021))


def test_a_region_without_observations_has_its_slice_all_no_data(shipped: tuple[Project, Store]) -> None:
    _, store = shipped
    counts = tally(store.slice(COUNTY).rows["evaluations"])
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
    for name, theirs in (("evaluations", direct.evaluations), ("measures", direct.measures)):
        ours = pd.DataFrame(read.rows[name])
        columns = [c for c in ours.columns if c != "fraction"]
        pd.testing.assert_frame_equal(ours[columns], theirs[columns], check_dtype=False)
    seen = pd.DataFrame(read.rows["observations"])
    rows = rows.join(limits(rows, params.indicators, params.method.confidence.value))
    inside = rows[rows["year"].between(2010, 2020)].astype(seen.dtypes)
    printed = pd.DataFrame(printed_series(aims, params.indicators), columns=KEYS[1:3])
    own = inside[inside["region_code"] == INNER_MONGOLIA].merge(printed)
    upper = inside[inside["region_code"] == NATION].merge(own[KEYS[1:3]].drop_duplicates())
    pd.testing.assert_frame_equal(seen, pd.concat([upper, own]).sort_values(KEYS, ignore_index=True), check_dtype=False)


def test_of_the_upper_region_a_slice_has_the_series_that_the_region_has(shipped: tuple[Project, Store]) -> None:
    _, store = shipped
    series: dict[str, set[tuple[str, str]]] = {}
    for o in store.slice(BEIJING).rows["observations"]:
        series.setdefault(o.region_code, set()).add((o.indicator_id, o.stratum))
    everything = {(o.indicator_id, o.stratum) for o in store.slice(NATION).rows["observations"]}
    assert series[NATION] <= series[BEIJING]
    assert series[NATION] < everything
    assert ("mmr", "total") in series[NATION]


def test_the_codes_are_those_that_have_observations(shipped: tuple[Project, Store]) -> None:
    _, store = shipped
    assert store.codes() == [NATION, BEIJING, INNER_MONGOLIA, "150400", "150500", "650000"]


def test_the_evaluations_of_some_regions(shipped: tuple[Project, Store]) -> None:
    _, store = shipped
    table = store.evaluations([INNER_MONGOLIA, NATION])
    assert table["region_code"].value_counts().to_dict() == {NATION: 37, INNER_MONGOLIA: 37}
    assert table["counted"].dtype == bool


def test_the_evaluations_of_no_region_are_none(shipped: tuple[Project, Store]) -> None:
    table = shipped[1].evaluations([])
    assert table.empty
    assert "verdict" in table.columns


def test_some_columns_of_the_measures_of_many_regions(shipped: tuple[Project, Store]) -> None:
    _, store = shipped
    some = ["region_code", "target", "trend_p"]
    table = store.measures([COUNTY, NATION], some)
    whole = pd.DataFrame([row for code in (NATION, COUNTY) for row in store.slice(code).rows["measures"]])
    pd.testing.assert_frame_equal(table, whole[some])


def test_digests_and_counts_of_many_regions_come_in_the_order_asked_for(shipped: tuple[Project, Store]) -> None:
    _, store = shipped
    codes = [COUNTY, NATION, INNER_MONGOLIA]
    assert list(store.digests(codes).items()) == [(code, store.digest(code)) for code in codes]
    assert list(store.counts_of(codes).items()) == [(code, store.counts(code)) for code in codes]


def test_the_counts_are_those_of_the_evaluations(shipped: tuple[Project, Store]) -> None:
    _, store = shipped
    for code in (NATION, INNER_MONGOLIA, COUNTY):
        assert store.counts(code) == tally(store.slice(code).rows["evaluations"]).as_dict()


def test_reading_a_store_loads_no_table_library() -> None:
    """A run that finds nothing to do is over before pandas would be loaded."""
    assert not {"pandas", "numpy", "scipy"} & modules_after("import endline.store, endline.store.apart")


# the cost


LARGE = ("figures", "evaluations", "measures", "issues", "slices")


def statements(store: Store, read: Callable[[Store], object], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of SQLite to read something."""
    asked: list[str] = []
    opened = Store._open

    @contextmanager
    def traced(self: Store) -> Iterator[sqlite3.Connection]:
        with opened(self) as db:
            db.set_trace_callback(asked.append)
            yield db

    with monkeypatch.context() as patch:
        patch.setattr(Store, "_open", traced)
        read(store)
    return [statement for statement in asked if statement.startswith("SELECT")]


@pytest.mark.parametrize(
    ("read", "count"),
    [
        (lambda s: s.slice(BEIJING), 14),
        (lambda s: s.digest(BEIJING), 1),
        (lambda s: s.parts(BEIJING), 1),
        (lambda s: s.counts(BEIJING), 1),
        (lambda s: s.evaluations([BEIJING, NATION]), 2),
        (lambda s: s.measures([BEIJING, NATION]), 2),
        (lambda s: s.digests([BEIJING, NATION]), 1),
        (lambda s: s.counts_of([BEIJING, NATION]), 1),
        (lambda s: summary_digest(s, [BEIJING, NATION]), 1),
    ],
    ids=["slice", "digest", "parts", "counts", "evaluations", "measures", "digests", "counts of", "summary digest"],
)
def test_to_read_of_some_regions_no_table_is_gone_through(
    shipped: tuple[Project, Store], monkeypatch: pytest.MonkeyPatch, read: Callable[[Store], object], count: int
) -> None:
    """The cost does not grow with the round: rows are found by index, in a number of queries that stays the same."""
    _, store = shipped
    asked = statements(store, read, monkeypatch)
    assert len(asked) == count
    with sqlite3.connect(store.path) as db:
        steps = [row[3] for statement in asked for row in db.execute(f"EXPLAIN QUERY PLAN {statement}")]
    assert any(step.startswith("SEARCH") for step in steps)
    assert not [step for step in steps if step.startswith("SCAN") and any(table in step for table in LARGE)]


# the digest and the parts


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


@pytest.mark.parametrize(
    ("change", "code", "moved"),
    [
        (OWN, INNER_MONGOLIA, {"own/mmr/total", "evaluation/women-2011-2020:2a"}),
        (OWN, NATION, set()),
        (UPPER, INNER_MONGOLIA, {"upper/mmr/total", "evaluation/women-2011-2020:2a"}),
        (UPPER_EARLIER, INNER_MONGOLIA, {"upper/mmr/total"}),
    ],
    ids=["own figure", "a figure below", "upper region's figure", "upper region's earlier figure"],
)
def test_the_parts_say_what_has_changed(
    own_project: tuple[Project, Store], change: tuple[str, str], code: str, moved: set[str]
) -> None:
    where, store = own_project
    before = store.parts(code)
    edit(values(where), *change)
    after = made(where).parts(code)
    assert {name for name, _ in before.items() ^ after.items()} == moved


def test_a_series_that_the_region_has_not_is_no_part_of_its_report(shipped: tuple[Project, Store]) -> None:
    _, store = shipped
    names = store.parts(BEIJING)
    own = {name.removeprefix("own/") for name in names if name.startswith("own/")}
    upper = {name.removeprefix("upper/") for name in names if name.startswith("upper/")}
    assert "mmr/total" in upper
    assert upper <= own
    assert {name for name in names if name.startswith("evaluation/")} == {
        f"evaluation/{e.target}" for e in store.slice(BEIJING).rows["evaluations"]
    }
    assert "issues" in names
    assert all(re.fullmatch("[0-9a-f]{8}", beginning) for beginning in names.values())


def test_a_figure_that_moved_to_another_cell_says_the_same(own_project: tuple[Project, Store]) -> None:
    where, store = own_project
    before = store.parts(INNER_MONGOLIA), [o.cell for o in store.slice(INNER_MONGOLIA).rows["observations"]]
    edit(values(where), "100000,total,mmr,2025,13.4,1/100000,,published,nhc_2025,,\n", "")
    after = made(where)
    assert [o.cell for o in after.slice(INNER_MONGOLIA).rows["observations"]] != before[1]
    assert after.parts(INNER_MONGOLIA) == before[0]


def test_a_persons_verdict_changes_the_digest_of_its_region_and_of_the_one_that_prints_its_counts(
    own_project: tuple[Project, Store],
) -> None:
    where, store = own_project
    codes = (NATION, INNER_MONGOLIA, BEIJING)
    before = {code: store.digest(code) for code in codes}
    nation = store.parts(NATION)
    folder = where.params / "rounds" / ROUND
    folder.mkdir()
    line = "women-2011-2020:1a: {status: met, evidence: 材料, unit: 办公室, date: 2021-05-01}"
    (folder / "evidence.yaml").write_text(f'"150000":\n  {line}\n', encoding="utf-8")
    after = made(where)
    assert [code for code in codes if after.digest(code) != before[code]] == [NATION, INNER_MONGOLIA]
    assert {name for name, _ in nation.items() ^ after.parts(NATION).items()} == {"subregions"}


def test_an_issue_that_moved_to_another_cell_changes_the_digest(own_project: tuple[Project, Store]) -> None:
    """The report prints the place."""
    where, store = own_project
    edit(values(where), "150000,total,mmr,2020,14.92,", "150000,total,mmr,2020,14.92x,")
    before = made(where)
    digest = before.digest(INNER_MONGOLIA)
    assert len(before.slice(INNER_MONGOLIA).rows["issues"]) == 1
    edit(values(where), "100000,total,mmr,2025,13.4,1/100000,,published,nhc_2025,,\n", "")
    assert made(where).digest(INNER_MONGOLIA) != digest
    assert store.path == before.path


# stale and damaged


def verdict(store: Store, key: str = "women-2011-2020:2a") -> str:
    (found,) = (e.verdict for e in store.slice(INNER_MONGOLIA).rows["evaluations"] if e.target == key)
    return str(found)


def test_a_store_that_is_up_to_date_is_left_alone(own_project: tuple[Project, Store]) -> None:
    where, store = own_project
    before = store.path.stat().st_mtime_ns
    assert made(where).path.stat().st_mtime_ns == before


def test_a_file_that_was_touched_is_read_once_and_nothing_is_made_again(
    own_project: tuple[Project, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    where, store = own_project
    content = values(where).read_bytes()
    values(where).write_bytes(content)
    read = []
    digest = Inputs.digest
    monkeypatch.setattr(Inputs, "digest", lambda self: read.append(1) or digest(self))
    before = store.meta("signature"), store.meta("inputs")
    monkeypatch.setattr("endline.store.build.build", lambda *_: pytest.fail("made again"))
    made(where)
    made(where)
    assert len(read) == 1
    assert store.meta("signature") != before[0]
    assert store.meta("inputs") == before[1]


@pytest.mark.parametrize(
    "name",
    [
        "params/wording/zh.yaml",
        "params/rounds/another.yaml",
        f"params/rounds/{ROUND}/notes/150000.yaml",
        "params/.method.yaml.swp",
    ],
)
def test_what_no_table_follows_from_makes_nothing_again(own_project: tuple[Project, Store], name: str) -> None:
    where, store = own_project
    before = store.meta("signature")
    (where.root / name).parent.mkdir(parents=True, exist_ok=True)
    with (where.root / name).open("a", encoding="utf-8") as file:
        file.write("# more\n")
    assert Inputs(where, "published", ROUND).signature() == before


def test_a_figure_that_changed_is_observed_again(own_project: tuple[Project, Store]) -> None:
    where, store = own_project
    assert verdict(store) == "met"
    edit(values(where), "150000,total,mmr,2020,14.92,", "150000,total,mmr,2020,24.92,")
    assert verdict(made(where)) == "not_met"


@pytest.mark.parametrize(("ensured", "stands"), [(ROUND, True), ("another-round", False)])
def test_for_the_kernels_of_a_run_the_tables_of_its_round_stand_as_they_are(
    own_project: tuple[Project, Store], monkeypatch: pytest.MonkeyPatch, ensured: str, stands: bool
) -> None:
    where, store = own_project
    edit(values(where), *OWN)
    monkeypatch.setenv(ENSURED, ensured)
    before = store.digest(INNER_MONGOLIA)
    assert (made(where).digest(INNER_MONGOLIA) == before) == stands
    store.path.unlink()
    assert made(where).digest(INNER_MONGOLIA) != before


def test_a_change_of_the_same_length_is_noticed(own_project: tuple[Project, Store]) -> None:
    where, _ = own_project
    path = where.params / "outlines" / "women-2011-2020.yaml"
    edit(path, 'operator: "<=", value: 20', 'operator: "<=", value: 10')
    assert verdict(made(where)) == "not_met"


def test_a_threshold_that_changed_is_applied(own_project: tuple[Project, Store]) -> None:
    where, _ = own_project
    edit(where.params / "method.yaml", "minimum_trend_points:\n  value: 5\n", "minimum_trend_points:\n  value: 4\n")
    states = {row.target: row.trend_state for row in made(where).slice(NATION).rows["measures"]}
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
