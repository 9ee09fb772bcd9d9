"""What was published: the shipped figures give the printed verdicts, changes and counts.

`verdicts_published.csv` and `published_checks.csv` are the rows of the data page of the same name, with their sources.
"""

import csv
import re
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
import yaml

from builders import ROOT, SHARED, a_round, joined, row_of, rows_of, target
from endline.evaluation import Evaluated, evaluate, tally
from endline.intake import observe
from endline.model import Target
from endline.numbers import rounded
from endline.params import Params

HERE = Path(__file__).parent
NATION, INNER_MONGOLIA = "100000", "150000"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def month(text: str) -> str:
    """201607 → 2016-07."""
    return f"{text[:4]}-{text[4:]}" if text else ""


VERDICTS, CHECKS = read(HERE / "verdicts_published.csv"), read(HERE / "published_checks.csv")


@pytest.fixture(scope="module")
def published(params: Params) -> pd.DataFrame:
    observed = observe(params, "published")
    assert observed.issues.empty
    return observed.observations


def judged(
    params: Params, observations: pd.DataFrame, aims: list[Target], code: str = NATION, **years: int
) -> Evaluated:
    round_ = a_round(dataset="published", **years)
    return evaluate(observations, aims, [code], params.regions(), params.indicators, params.method, round_)


# the published verdicts


@pytest.mark.parametrize("row", VERDICTS, ids=lambda r: f"{r['indicator_id']} {r['area']} {r['year']} {r['source_id']}")
def test_a_published_verdict(params: Params, published: pd.DataFrame, row: dict[str, str]) -> None:
    name, printed = row["indicator_id"], row["published_verdict"]
    demanded = re.fullmatch(r"(<=|>=)([0-9.]+)", row["target"])
    operator, value = (demanded[1], float(demanded[2])) if demanded else ("decrease", None)
    aim = target(operator, value, indicator=name, stratum=row["area"], indicators=params.indicators)
    result = judged(params, published, [aim], final_year=int(row["year"]))
    measure, evaluation = row_of(result.measures), row_of(result.evaluations)

    assert measure.value == float(row["value"])
    assert evaluation.verdict == ("not_met" if printed.startswith("not met") else "met")
    if since := re.search(r"since (\d{4})", printed):
        assert measure.early_year == int(since[1])
    if "directional" in printed:
        before = float(re.search(r"from ([0-9.]+)", row["target"])[1])  # type: ignore[index]
        assert (aim.kind, measure.baseline_value) == ("directional", before)
        assert rounded(measure.change_percent, 1) == row["note"].rstrip("%")


@pytest.mark.parametrize("row", VERDICTS, ids=lambda r: f"{r['indicator_id']} {r['area']} {r['year']}")
def test_the_outlines_demand_what_the_published_verdict_was_measured_by(params: Params, row: dict[str, str]) -> None:
    targets = [t for o in ("women-2011-2020", "children-2011-2020") for t in params.outline(o).targets]
    stratum = "total" if row["indicator_id"] == "mmr" else row["area"]  # rural MMR: measured by the same 20/10万
    ours = [t for t in targets for m in t.measures if (m.indicator, t.stratum) == (row["indicator_id"], stratum)]
    demands = {
        f"{m.operator}{m.value}" if t.kind == "absolute" else "decrease"
        for t in ours
        for m in t.measures
        if m.indicator == row["indicator_id"]
    }
    assert demands == {row["target"].split()[0]}


def test_the_imr_target_was_met_early_since_2013(params: Params, published: pd.DataFrame) -> None:
    """2012 10.3, 2013 9.5 (nbs_c_final)."""
    measure = row_of(
        judged(params, published, [target("<=", 10, indicator="imr", indicators=params.indicators)]).measures
    )
    assert (measure.early_year, measure.early_gap) == (2013, False)
    assert "early" in measure.flags.split(";")


# the published changes


@pytest.mark.parametrize("row", CHECKS, ids=lambda r: f"{r['check_id']} {r['indicator_id']} {r['source_id']}")
def test_a_published_change(params: Params, published: pd.DataFrame, row: dict[str, str]) -> None:
    direction = params.indicators[row["indicator_id"]].better
    aim = target(
        {"lower": "decrease", "higher": "increase"}[direction],
        None,
        indicator=row["indicator_id"],
        stratum=row["area"],
        indicators=params.indicators,
    )
    years = {"baseline_year": int(row["from_year"]), "final_year": int(row["to_year"])}
    measure = row_of(judged(params, published, [aim], **years).measures)
    ours = {"pct_change": measure.change_percent, "diff": measure.change}[row["kind"]]
    assert rounded(ours, int(row["decimals"])) == row["published"]
    if row["kind"] == "diff":
        assert ours == float(row["published"]), "a difference of printed figures is exact"


# the round published-2020, worked out by hand from data/targets.csv and data/national_series.csv

LITERAL = """
women    1a  pending  qualitative, nobody has judged it
women    1b  met      female life expectancy 77.37 → 80.88, longer
women    2a  met      MMR 16.9 ≤ 20
women    2b  not_met  rural − urban: 30.1 − 29.7 = 0.4 → 18.5 − 14.1 = 4.4, wider
women    2c  no_data  MMR of migrants: no figure known
women    3a  no_data  screening: 75.5 in 2018, none in 2020
women    3b  no_data  early diagnosis and mortality of cancers: no figure known
women    4   pending  qualitative
women    5   no_data  moderate and severe anaemia of mothers: no figure known
women    6   no_data  mental health literacy: no figure known
women    7   no_data  abortion rate: no figure known
women    8   no_data  women who exercise: no figure known
children 1   met      severe birth defects 17.47 → 10.4, fewer
children 2a  met      IMR 5.4 ≤ 10
children 2b  met      U5MR 7.5 ≤ 13
children 2c  no_data  IMR and U5MR of migrants: no figure known
children 3a  no_data  deaths and disabilities by injury: no figure known
children 3b  no_data  injury mortality under 18: no figure, no 2010 baseline
children 4   pending  qualitative
children 5   no_data  vaccine coverage by township: nothing reported
children 6   no_data  neonatal tetanus by county: nothing reported
children 7   no_data  low birth weight: 3.13 in 2018, none in 2020
children 8   no_data  exclusive breastfeeding: 74.9 in 2018, none in 2020
children 9a  no_data  anaemia under 5: 5.44 in 2018, none in 2020
children 9b  no_data  anaemia of pupils: no figure known
children 10a no_data  stunting: 1.11 in 2018, none in 2020
children 10b no_data  underweight: 1.43 in 2018, none in 2020
children 11a no_data  fitness of pupils: no figure known
children 11b pending  qualitative
children 12  no_data  behaviour problems and mental illness: no figure known
children 13  no_data  sex education: no figure known
children 14  pending  qualitative
"""
EXPECTED = {
    f"{o}-2011-2020:{n}": verdict for o, n, verdict in (line.split()[:3] for line in LITERAL.split("\n") if line)
}
# Inner Mongolia: MMR 14.92, IMR 3.56, U5MR 4.29 and screening 82.73 % in 2020; of the others no 2020 or no 2010 figure.
HERE_ONLY_MET = {"women-2011-2020:2a", "women-2011-2020:3a", "children-2011-2020:2a", "children-2011-2020:2b"}
EXPECTED_150000 = {
    key: "met" if key in HERE_ONLY_MET else "pending" if verdict == "pending" else "no_data"
    for key, verdict in EXPECTED.items()
}


@pytest.fixture(scope="module")
def round_2020(params: Params, published: pd.DataFrame) -> Evaluated:
    round_ = params.round("published-2020")
    aims = [t for o in round_.outlines for t in params.outline(o).targets]
    return evaluate(
        published,
        aims,
        [NATION, INNER_MONGOLIA],
        params.regions(),
        params.indicators,
        params.method,
        round_,
        params.judgements(round_),
    )


@pytest.mark.parametrize(("code", "expected"), [(NATION, EXPECTED), (INNER_MONGOLIA, EXPECTED_150000)])
def test_every_verdict_of_the_round(round_2020: Evaluated, code: str, expected: dict[str, str]) -> None:
    ours = {e.target: str(e.verdict) for e in rows_of(round_2020.evaluations, region_code=code, counted=True)}
    assert len(ours) == 32
    assert ours == expected


@pytest.mark.parametrize(
    ("code", "met", "not_met", "no_data", "pending", "attainment", "assessability"),
    [(NATION, 5, 1, 21, 5, 100 * 5 / 6, 18.75), (INNER_MONGOLIA, 4, 0, 23, 5, 100.0, 12.5)],
)
def test_the_counts_of_the_round(
    round_2020: Evaluated,
    code: str,
    met: int,
    not_met: int,
    no_data: int,
    pending: int,
    attainment: float,
    assessability: float,
) -> None:
    counts = tally(round_2020.evaluations[round_2020.evaluations["region_code"] == code].itertuples())
    assert (counts.met, counts.not_met, counts.no_data, counts.pending) == (met, not_met, no_data, pending)
    assert counts.all == 32
    assert (counts.attainment, counts.assessability) == (pytest.approx(attainment), assessability)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (NATION, {"women S1": "met", "women S2": "met", "women S3": "met", "children S1": "met", "children S2": "met"}),
        (
            INNER_MONGOLIA,  # 94.68, S2 binds the nation only, no rural figure, 94.72, no figure
            {
                "women S1": "met",
                "women S2": "not_applicable",
                "women S3": "no_data",
                "children S1": "met",
                "children S2": "no_data",
            },
        ),
    ],
)
def test_the_strategy_targets_stand_apart(round_2020: Evaluated, code: str, expected: dict[str, str]) -> None:
    found = rows_of(round_2020.evaluations, region_code=code, counted=False)
    assert {e.target.replace("-2011-2020:", " "): str(e.verdict) for e in found} == expected


def of(result: Evaluated, code: str, key: str) -> SimpleNamespace:
    return row_of(result.measures, region_code=code, target=key)


def test_the_national_maternal_mortality_ratio(round_2020: Evaluated) -> None:
    mmr = of(round_2020, NATION, "women-2011-2020:2a")
    assert (mmr.baseline_value, mmr.value, mmr.change, rounded(mmr.change_percent, 1)) == (30.0, 16.9, -13.1, "-43.7")
    assert (mmr.early_year, mmr.early_gap) == (2016, False), "20.1 in 2015, 19.9 in 2016"
    assert (mmr.trend_n, mmr.trend_S, mmr.trend_state) == (11, -55, "decrease")
    assert rounded(mmr.targeted_percent, 0) == "131", "13.1 of the 10 that were aimed at"
    assert mmr.evidence == "not_assessed", "no counts are published"


def test_the_gap_between_the_strata_widened(round_2020: Evaluated) -> None:
    gap = of(round_2020, NATION, "women-2011-2020:2b")
    assert (gap.baseline_value, gap.value, gap.change, gap.verdict) == (0.4, 4.4, 4.0, "not_met")


def test_inner_mongolia_has_no_2010_figure_and_its_2020_verdicts_stand(round_2020: Evaluated) -> None:
    own = rows_of(round_2020.measures, region_code=INNER_MONGOLIA)
    assert own
    for row in own:
        assert pd.isna(row.baseline_value), row.target
        assert pd.isna(row.change), row.target
        assert row.trend_state == "too_few_points", row.target
        assert row.trend_m == 0, row.target
    mmr = of(round_2020, INNER_MONGOLIA, "women-2011-2020:2a")
    assert (mmr.value, mmr.verdict, mmr.upper_value, mmr.upper_difference) == (14.92, "met", 16.9, -1.98)


def test_the_break_between_rural_and_county_births_allows_no_trend(round_2020: Evaluated) -> None:
    """农村 until 2018, 县 from 2019: four points of two definitions."""
    assert of(round_2020, NATION, "women-2011-2020:S3").trend_state in ("too_few_points", "definition_break")


# the shipped files against the pages that they were made from

needs_shared = pytest.mark.skipif(not (SHARED / "data").is_dir(), reason=f"the pages are not here: {SHARED / 'data'}")
SHIPPED = ROOT / "data" / "raw" / "published" / "values.csv"


@needs_shared
@pytest.mark.parametrize("page", ["national_series.csv", "region_points.csv"])
def test_every_row_of_the_figures_is_shipped_as_it_was(page: str) -> None:
    keys = ("region_code", "stratum", "indicator_id", "year")
    same = ("value", "unit", "source_id", "bound", "status")
    shipped = {tuple(row[k] for k in keys): row for row in read(SHIPPED)}
    rows = read(SHARED / "data" / page)
    assert len(rows) > 50
    for row in rows:
        ours = {"region_code": NATION, "stratum": row.get("area", "total"), "bound": "", **row}
        found = shipped[tuple(ours[k] for k in keys)]
        assert {k: found[k] for k in same} == {k: ours[k] for k in same}


@needs_shared
def test_nothing_is_shipped_that_is_not_on_the_pages() -> None:
    rows = [*read(SHARED / "data" / "national_series.csv"), *read(SHARED / "data" / "region_points.csv")]
    assert len(read(SHIPPED)) == len(rows)


@needs_shared
def test_every_source_is_shipped() -> None:
    shipped = {row["source_id"] for row in read(SHIPPED.with_name("sources.csv"))}
    cited = {name for row in read(SHIPPED) for name in row["source_id"].split("+")}
    assert cited <= shipped
    assert cited <= {row["source_id"] for row in read(SHARED / "data" / "sources.csv")}


LEVELS = {
    "all": {"nation", "province", "league", "banner"},
    "national": {"nation"},
    "national+province": {"nation", "province"},
}
TRANSCRIBED = (
    [r for r in read(SHARED / "data" / "targets.csv") if r["outline"].endswith("2011-2020")]
    if (SHARED / "data").is_dir()
    else []
)


@needs_shared
@pytest.mark.parametrize("row", TRANSCRIBED, ids=lambda r: f"{r['outline'].split('-')[0]} {r['target_id']}")
def test_a_target_of_the_outlines_is_as_transcribed(params: Params, row: dict[str, str]) -> None:
    ours = next(t for t in params.outline(row["outline"]).targets if t.id == row["target_id"])
    assert (ours.clause, ours.part, ours.kind, ours.stratum) == (
        row["clause"],
        row["part"],
        row["kind"],
        row["stratum"],
    )
    assert set(ours.applies_to) == LEVELS[row["applies_to"]]
    assert ours.counted == (row["counted"] == "true")
    assert ours.baseline_year == (int(row["baseline_year"]) if row["baseline_year"] else None)
    assert (ours.wording == "UNVERIFIED") == ("UNVERIFIED" in row["wording_status"])
    assert (ours.wording == "quoted") == ("quoted" in row["wording_status"])
    assert [m.indicator for m in ours.measures] == list(filter(None, row["indicators"].split(";")))
    operators, values, units = (row[name].split(";") for name in ("operator", "value", "unit"))
    for n, measure in enumerate(ours.measures):
        assert measure.operator == operators[min(n, len(operators) - 1)]
        demanded: Any = values[min(n, len(values) - 1)]
        if ours.kind == "relative":
            assert measure.fraction == Fraction(demanded)
        else:
            assert measure.value == (float(demanded) if demanded else None)
            unit = units[min(n, len(units) - 1)]
            assert unit in ("", measure.unit)


@needs_shared
def test_the_outlines_hold_no_other_targets(params: Params) -> None:
    ours = [(o, t.id) for o in ("women-2011-2020", "children-2011-2020") for t in params.outline(o).targets]
    assert sorted(ours) == sorted((r["outline"], r["target_id"]) for r in TRANSCRIBED)


@needs_shared
def test_labels_are_our_own_words(params: Params) -> None:
    hints = {(r["outline"], r["target_id"]): r["wording_hint"] for r in TRANSCRIBED}
    for (outline, name), hint in hints.items():
        label = next(t.label for t in params.outline(outline).targets if t.id == name)
        assert label != hint


@needs_shared
def test_every_indicator_is_defined(params: Params) -> None:
    known = {*params.indicators, *(alias for i in params.indicators.values() for alias in i.aliases)}
    rows = read(SHARED / "data" / "indicator_definitions.csv")
    assert not [row["indicator_id"] for row in rows if row["indicator_id"] not in known]
    for row in rows:
        ours = params.indicators.get(row["indicator_id"])
        if ours is None:
            continue
        assert row["unit"] in ("", ours.unit), row["indicator_id"]
        assert row["direction"] in ("", ours.better), row["indicator_id"]
        assert ours.data == (row["data"] or None), row["indicator_id"]
        if row["per"] and row["unit"] in ("1/100000", "1/10000", "1/1000", "%"):
            assert ours.per == int(row["per"]), row["indicator_id"]


@needs_shared
def test_the_register_holds_every_region() -> None:
    ours = {row["code"]: row for row in read(ROOT / "params" / "regions.csv")}
    for page in ("regions_provinces.csv", "regions_nm_gbt2260.csv"):
        for row in read(SHARED / "data" / page):
            assert row["code"] in ours, row
            same = ("name", "level", "parent")
            assert {k: ours[row["code"]][k] for k in same} == {k: row[k] for k in same}
            assert ours[row["code"]]["valid_from"] == month(row.get("first_seen_after_2010_12", ""))


def test_the_shipped_dataset_is_not_simulated() -> None:
    source = yaml.safe_load(SHIPPED.with_name("SOURCE.yaml").read_text(encoding="utf-8"))
    assert source["simulated"] is False
    assert {row["status"] for row in read(SHIPPED)} == {"published", "derived"}


def test_one_missed_measure_of_the_two_decides(params: Params, published: pd.DataFrame) -> None:
    """The outline's clause 2 as one target: IMR ≤ 10 and U5MR ≤ 13 in 2012 (10.3, 13.2), 2013 (9.5, 12.0)."""
    facts: dict[str, Any] = {"indicators": params.indicators}
    both = joined(target("<=", 10, indicator="imr", **facts), target("<=", 13, indicator="u5mr", **facts))
    for year, verdict in ((2012, "not_met"), (2013, "met")):
        assert row_of(judged(params, published, [both], final_year=year).evaluations).verdict == verdict
