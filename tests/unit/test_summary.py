"""A round's regions side by side: all in the table, and in the matrix as many as can be looked through."""

from pathlib import Path

import pytest

from builders import edit
from endline import summary
from endline.evaluation import tally
from endline.project import Project
from endline.store import Store
from endline.story import PARTS
from endline.summary import RoundSummary
from stores import INNER_MONGOLIA, NATION, ROUND, made, read_params, small


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Store]:
    found = small(tmp_path_factory.mktemp("project"))
    edit(found.params / "rounds" / f"{ROUND}.yaml", 'regions: ["100000", "150000"]', 'regions: ["**"]')
    return found, made(found)


@pytest.fixture
def told(where: tuple[Project, Store]) -> RoundSummary:
    return RoundSummary(read_params(where[0]), where[1], ROUND, "zh")


def table(story: object) -> list[list[str]]:
    (found,) = [p for block in story.blocks for p in block.data.get(PARTS, ()) if p["kind"] == "table"]  # type: ignore[attr-defined]
    return [list(row) for row in found["rows"]]


def test_every_region_stands_in_the_table_with_its_counts(told: RoundSummary, where: tuple[Project, Store]) -> None:
    rows = {row[0]: row for row in table(told.regions_table())}
    assert len(rows) == len(told.codes) == 6
    own = tally(where[1].slice(NATION).rows["evaluations"])
    assert rows["全国"][1:6] == [str(n) for n in (own.all, own.met, own.not_met, own.no_data, own.pending)]
    assert rows["全国"][6:] == ["83.3", "18.8"]
    assert rows["赤峰市"][6] == "—" or float(rows["赤峰市"][6]) >= 0


def test_the_counts_of_a_target_are_those_of_the_regions(told: RoundSummary) -> None:
    rows = table(told.targets_table())
    assert len(rows) == 37
    for row in rows:
        assert sum(map(int, row[2:])) <= len(told.codes)
    mmr = next(row for row in rows if row[0].endswith("2（1）") or "孕产妇死亡率" in row[1])
    key = next(t.key for o in told.outlines for t in o.targets if t.label == mmr[1])
    verdicts = told.evaluations.loc[told.evaluations["target"] == key, "verdict"].tolist()
    assert mmr[2:] == [str(verdicts.count(v)) for v in ("met", "not_met", "no_data", "pending")]


def test_a_trend_is_told_of_each_series_once_a_region(told: RoundSummary) -> None:
    rows = table(told.trends())
    series = told.measures.drop_duplicates(["region_code", "indicator_id", "stratum"])
    assert sum(int(n) for row in rows for n in row[1:]) == len(series)
    assert len({row[0] for row in rows}) == len(rows)


def test_p_is_adjusted_over_all_regions_tests(told: RoundSummary) -> None:
    """Benjamini and Hochberg 1995: evident are the k smallest p, k the greatest with p(k) ≤ k α ÷ m."""
    p = sorted(told.measures.drop_duplicates(["region_code", "indicator_id", "stratum"])["trend_p"].dropna())
    unlike = 0
    for alpha in (0.0001, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2):
        told._alpha = alpha
        evident = max((k for k, value in enumerate(p, 1) if value <= k * alpha / len(p)), default=0)
        unlike += evident != sum(value <= alpha for value in p)
        increase, decrease, no_evidence, _ = map(
            sum, zip(*(map(int, row[1:]) for row in table(told.trends())), strict=True)
        )
        assert (increase + decrease, no_evidence) == (evident, len(p) - evident)
    assert unlike, "each p by itself would say something else"


def test_the_trend_of_an_indicator_is_counted_by_its_direction(told: RoundSummary) -> None:
    falls = next(row for row in table(told.trends()) if row[0] == "孕产妇死亡率")
    assert falls[1:3] == ["0", "1"]


def alts(told: RoundSummary) -> list[str]:
    return [block.data["text/plain"] for block in told.verdicts_heatmap().blocks[1:]]


def test_few_regions_stand_in_the_matrix_all(told: RoundSummary) -> None:
    assert "6个地区" in alts(told)[0]
    assert "其下另有地区" not in str(told.verdicts_heatmap().blocks[0].data)


def test_of_many_regions_those_above_others_stand_in_the_matrix_and_it_is_said(
    told: RoundSummary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "ROWS_AT_MOST", 5)
    assert told._upper_codes() == [NATION, INNER_MONGOLIA]
    (alt,) = alts(told)
    assert "2个地区" in alt
    said = told.verdicts_heatmap().blocks[0].data["text/markdown"]
    assert "超过5个" in said
    assert "其下另有地区的2个地区" in said
    assert len(table(told.regions_table())) == 6


def test_where_too_many_are_above_others_the_highest_stand(told: RoundSummary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "ROWS_AT_MOST", 1)
    assert told._upper_codes() == [NATION]
    assert "1个地区" in alts(told)[0]


def test_a_summary_needs_no_observation(told: RoundSummary, where: tuple[Project, Store], tmp_path: Path) -> None:
    project, store = where
    store.extract(tmp_path / "part.sqlite", told.codes, with_observations=False)
    again = RoundSummary(read_params(project), Store(tmp_path / "part.sqlite"), ROUND, "zh")
    assert again.digest == told.digest
    for name in ("regions_table", "verdicts_heatmap", "targets_table", "trends"):
        ours, theirs = (getattr(t, name)().blocks for t in (again, told))
        assert [b.data for b in ours] == [b.data for b in theirs]


def test_what_most_regions_miss_or_cannot_judge_is_named_first(told: RoundSummary) -> None:
    text = "\n".join(block.data["text/markdown"] for block in told.attention().blocks).replace("\\", "")
    missed = told.evaluations.loc[told.evaluations["verdict"] == "not_met", "target"].value_counts()
    unknown = told.evaluations.loc[told.evaluations["verdict"] == "no_data", "target"].value_counts()
    of = told.evaluations[told.evaluations["verdict"] != "not_applicable"]["target"].value_counts()
    labels = {t.key: t.label for o in told.outlines for t in o.targets}
    for found in (missed, unknown):
        most = found.index[found == found.max()][0]
        assert f"{labels[most]}（{found[most]}/{of[most]}个地区）" in text
    assert text.count("个地区）；") <= 2 * 4, "five targets of a kind at most"
    assert "排名" in text
