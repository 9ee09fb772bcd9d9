"""The figures of the simulated dataset: repeatable, calibrated to what is published, and consistent in themselves."""

import ast
import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

import endline.simulate
from endline.errors import ParameterError
from endline.simulate import simulate
from endline.simulate.chance import allocate, calibrate, stream
from runs import as_tables

PROJECT = Path(__file__).parents[3]
YEARS = range(2010, 2021)
FORMS = ("form41", "form42", "extra")
SETTINGS = yaml.safe_load((PROJECT / "params" / "simulation.yaml").read_text(encoding="utf-8"))

ANCHORS = [  # events, denominator, per, 2015, 2020: data/region_points.csv, seed002
    ("form41.maternal_deaths", "form41.live_births", 100_000, 18.27, 14.92),
    ("form42.infant_deaths", "form42.live_births", 1000, 5.34, 3.56),
    ("form42.u5_deaths", "form42.live_births", 1000, 6.49, 4.29),
    ("form41.mothers_managed", "form41.live_births", 100, 93.77, 94.68),
    ("form42.children_u3_managed", "form42.children_u3", 100, 92.82, 94.72),
    ("extra.women_screened", "extra.women_screening_due", 100, 68.84, 82.73),
    ("form41.prenatal_screened", "form41.mothers", 100, 49.31, 88.9),
    ("form42.pku_screened", "form42.live_births", 100, 65.04, 96.86),
    ("form42.ch_screened", "form42.live_births", 100, 65.04, 96.86),
    ("form42.hearing_screened", "form42.live_births", 100, 79.96, 96.23),
]
BIRTHS_NBS = {2015: 194_000, 2016: 228_000, 2017: 239_000, 2018: 212_000, 2019: 209_000}  # nm_pop

# forms/form42_checks.csv, turned round: what must hold
FORM42 = """A1>A2
A2>A3
A3>0
A4>=A8>=A12
A5>=A9>=A13
A6>=A10>=A14
A7>=A11>=A15
A16>=A17>=A18
A1>=A20>=A21
A3>=A21
A3>=A16
A2>=A22>=A23
A22>=A24>=A25
A4==A5+A6+A7
A8==A9+A10+A11
A12==A13+A14+A15""".splitlines()

EQUAL = """form41.live_births == form42.live_births
form41.live_births == form41.live_births_male + form41.live_births_female + form41.live_births_sex_unknown
form41.live_births == form41.live_births_rural + extra.live_births_urban
form41.mothers == form41.mothers_urban + form41.mothers_rural
form41.early_neonatal_deaths == form41.early_neonatal_deaths_male + form41.early_neonatal_deaths_female \
+ form41.early_neonatal_deaths_sex_unknown
form41.maternal_deaths == form41.maternal_deaths_haemorrhage + form41.maternal_deaths_hypertension \
+ form41.maternal_deaths_medical + form41.maternal_deaths_embolism + form41.maternal_deaths_other
form41.maternal_deaths == extra.maternal_deaths_urban + extra.maternal_deaths_rural
extra.perinatal_births == form41.live_births + form41.stillbirths""".replace("\\\n", "").splitlines()

NESTED = """form41.live_births >= form41.mothers >= form41.mothers_registered
form41.live_births_rural >= form41.mothers_rural
form41.mothers >= form41.antenatal_any >= form41.antenatal_five >= form41.mothers_managed
form41.antenatal_any >= form41.antenatal_early >= form41.mothers_managed
form41.mothers >= form41.postnatal_visited >= form41.mothers_managed
form41.mothers >= form41.haemoglobin_tested >= form41.haemoglobin_below_100 >= form41.haemoglobin_below_80
form41.mothers >= form41.hiv_tested >= form41.hiv_infected
form41.mothers >= form41.syphilis_tested >= form41.syphilis_infected
form41.mothers >= form41.hbsag_tested >= form41.hbsag_positive
form41.mothers >= form41.prenatal_screened >= form41.prenatal_high_risk >= form41.prenatal_diagnosed
form41.prenatal_diagnosed >= form41.prenatal_confirmed
form41.live_births >= form41.hospital_births >= form41.hospital_births_rural
form41.live_births_rural >= form41.hospital_births_rural
form41.hospital_births >= form41.caesarean_births
form41.live_births - form41.hospital_births >= form41.nonhospital_clean_births
form41.mothers >= form41.high_risk_mothers >= form41.high_risk_managed
form41.high_risk_mothers >= form41.high_risk_hospital
form41.live_births >= form41.birth_weight_below_2500 + form41.birth_weight_4000_up
form41.live_births >= form41.preterm_births
form42.neonatal_deaths >= form41.early_neonatal_deaths
form42.neonatal_deaths_male >= form41.early_neonatal_deaths_male
form42.neonatal_deaths_female >= form41.early_neonatal_deaths_female
form42.neonatal_deaths >= form41.neonatal_tetanus_deaths
form41.neonatal_tetanus_cases >= form41.neonatal_tetanus_deaths
form42.children_u3 > form42.live_births
form42.live_births >= form42.newborns_visited
form42.live_births >= form42.pku_screened
form42.live_births >= form42.hearing_screened
form42.weighed >= form42.underweight + form42.overweight + form42.obese
form42.weighed >= form42.stunted
form42.haemoglobin_checked >= form42.anaemic >= form42.modsev_anaemic
extra.women_population >= extra.women_screening_due >= extra.women_screened
extra.women_population >= extra.women_15_49 >= extra.abortions
form41.live_births >= extra.migrant_live_births >= extra.migrant_u5_deaths >= extra.migrant_infant_deaths
form41.live_births_rural >= extra.maternal_deaths_rural
form41.maternal_deaths >= extra.migrant_maternal_deaths
form42.infant_deaths >= extra.migrant_infant_deaths
form42.u5_deaths - form42.infant_deaths >= extra.migrant_u5_deaths - extra.migrant_infant_deaths
extra.women_population >= extra.cancer_diagnosed >= extra.cancer_diagnosed_early
extra.mental_health_surveyed >= extra.mental_health_literate
extra.exercise_surveyed >= extra.exercise_regular
extra.perinatal_births >= extra.severe_birth_defects
extra.population_u18 > form42.children_u7
extra.population_u18 >= extra.injury_deaths_and_disabilities_u18 >= extra.injury_deaths_u18
extra.vaccine_due >= extra.vaccine_given
extra.townships >= extra.townships_reported >= extra.townships_meeting
extra.students_anaemia_checked >= extra.students_anaemic
extra.students_fitness_tested >= extra.students_fitness_passed
extra.behaviour_surveyed >= extra.behaviour_problem
extra.behaviour_surveyed >= extra.mental_illness
extra.sex_education_due >= extra.sex_education_covered""".splitlines()


def project(tmp: Path) -> Path:
    """Return a project that holds nothing but the parameters that a simulation reads."""
    (tmp / "params").mkdir(parents=True)
    for name in ("simulation.yaml", "forms.yaml", "regions.csv"):
        shutil.copy(PROJECT / "params" / name, tmp / "params" / name)
    as_tables(tmp)
    return tmp


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    return project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def dataset(root) -> Path:
    return simulate(root)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


def read(folder: Path) -> pd.DataFrame:
    """Return the counts of a dataset: one row a banner and year, one column a form's item."""
    forms = []
    for form in FORMS:
        years = [pd.read_csv(folder / str(year) / f"{form}.csv", dtype={0: str}).assign(year=year) for year in YEARS]
        forms.append(pd.concat(years).set_index(["region_code", "year"]).add_prefix(f"{form}."))
    return pd.concat(forms, axis=1)


@pytest.fixture(scope="module")
def counts(dataset) -> pd.DataFrame:
    return read(dataset)


@pytest.fixture(scope="module")
def region(counts) -> pd.DataFrame:
    return counts.groupby("year").sum()


def holds(counts: pd.DataFrame, condition: str) -> pd.Series:
    """Tell for each row in which all items are reported whether the condition holds."""
    names = {name: name.replace(".", "_0_") for name in counts.columns}
    written = condition
    for name in sorted(names, key=len, reverse=True):
        written = written.replace(name, names[name])
    used = [column for column in names.values() if column in written]
    return counts.rename(columns=names).dropna(subset=used).eval(written)


def test_the_same_parameters_give_the_same_bytes(dataset, root):
    first = contents(dataset)
    assert len(first) == 3 * len(YEARS) + 2
    simulate(root)
    assert contents(dataset) == first
    assert not list(dataset.parent.glob(".*")), "nothing is left beside the dataset"


def test_neither_hash_order_nor_place_nor_time_zone_matter(dataset, tmp_path):
    run = "import sys, pathlib, endline.simulate as s; s.simulate(pathlib.Path(sys.argv[1]))"
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "C"}
    other = project(tmp_path / "other")
    subprocess.run([sys.executable, "-c", run, str(other)], check=True, env=environment, cwd=tmp_path)
    assert contents(other / "data" / "raw" / "simulated") == contents(dataset)


def test_no_clock_and_no_global_chance_are_read():
    banned = {"time", "datetime", "random", "secrets", "uuid"}
    for path in Path(endline.simulate.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                modules = {name.name for name in node.names} | {getattr(node, "module", None)}
                assert not modules & banned, path.name


def test_another_seed_gives_other_figures(dataset, root):
    other = contents(simulate(root, dataset="simulated-other", seed=1))
    same = [name for name, data in contents(dataset).items() if other[name] == data]
    assert same == []
    assert b"seed: 1\n" in other["SOURCE.yaml"]


def test_the_committed_source_is_what_is_written(dataset):
    committed = (PROJECT / "data" / "raw" / "simulated" / "SOURCE.yaml").read_bytes()
    assert (dataset / "SOURCE.yaml").read_bytes() == committed
    source = yaml.safe_load(committed)
    assert source["simulated"] is True
    assert source["top"] == "150000"
    assert "模拟数据" in source["title"]


def test_files_are_plain_integers_in_form_order(dataset):
    forms = yaml.safe_load((PROJECT / "params" / "forms.yaml").read_text(encoding="utf-8"))["forms"]
    for form in forms:
        items = [column["id"] for column in form["columns"] if column["kind"] == "count"]
        for year in YEARS:
            data = (dataset / str(year) / f"{form['id']}.csv").read_bytes()
            assert b"\r" not in data
            header, *rows = csv.reader(data.decode().splitlines())
            assert header == ["region_code", *items]
            assert [row[0] for row in rows] == sorted({row[0] for row in rows})
            assert all(value.isascii() and value.isdigit() for row in rows for value in row)


@pytest.mark.parametrize(("events", "denominator", "per", "of_2015", "of_2020"), ANCHORS)
def test_published_rates_are_met_to_one_event(region, events, denominator, per, of_2015, of_2020):
    for year, rate in ((2015, of_2015), (2020, of_2020)):
        assert abs(region.loc[year, events] - rate / per * region.loc[year, denominator]) <= 1


def test_hospital_delivery_is_at_least_99_percent(region):
    assert (region["form41.hospital_births"] / region["form41.live_births"] >= 0.99).all()


def test_births_lie_within_5_percent_of_the_published(region, counts):
    births = region["form41.live_births"]
    for year, published in BIRTHS_NBS.items():
        assert births[year] == pytest.approx(published, rel=0.05)
    leagues = counts["form41.live_births"].groupby([lambda row: row[0][:4] + "00", "year"]).sum().unstack()
    assert leagues.loc["150400", 2017] == pytest.approx(45_000, rel=0.05)  # nm_2017
    assert leagues.loc["150500", 2017] == pytest.approx(30_900, rel=0.05)  # nm_2017
    assert set(leagues[2017].nlargest(2).index) == {"150400", "150500"}


def test_mortality_falls_by_6_to_9_percent_a_year(region):
    def fall(events: str, first: int, last: int) -> float:
        rate = region[events] / region["form41.live_births"]
        return float(1 - (rate[last] / rate[first]) ** (1 / (last - first)))

    for events in (
        "form41.maternal_deaths",
        "form42.infant_deaths",
        "form42.u5_deaths",
        "form42.neonatal_deaths",
    ):
        assert 0.06 <= fall(events, 2010, 2020) <= 0.09, events
        assert 0.06 <= fall(events, 2010, 2015) <= 0.09, events
    for events in ("form42.infant_deaths", "form42.u5_deaths"):  # the published mmr falls by 4.0 % after 2015
        assert 0.06 <= fall(events, 2015, 2020) <= 0.09, events


@pytest.mark.parametrize("condition", EQUAL + NESTED)
def test_items_are_consistent(counts, condition):
    assert holds(counts, condition).all()


@pytest.mark.parametrize("condition", FORM42)
def test_the_checks_of_form_42_hold(counts, condition):
    forms = yaml.safe_load((PROJECT / "params" / "forms.yaml").read_text(encoding="utf-8"))["forms"]
    columns = next(form["columns"] for form in forms if form["id"] == "form42")
    names = {f"form42.{column['id']}": column["code"] for column in columns if "code" in column}
    coded = counts[list(names)].rename(columns=names).dropna()
    assert coded.eval(condition).all()


def test_banners_differ_in_size_level_and_trend(counts):
    births = counts["form42.live_births"].unstack()
    assert births[2015].max() > 20 * births[2015].min()
    managed = (counts["form42.children_u3_managed"] / counts["form42.children_u3"]).unstack()
    assert managed[2020].std() > 0.02
    deaths = counts["form42.u5_deaths"].unstack()
    level = deaths.sum(axis=1) / births.sum(axis=1)
    assert level.quantile(0.9) > 1.5 * level.quantile(0.1)
    half = [list(range(2010, 2015)), list(range(2016, 2021))]
    early, late = (deaths[years].sum(axis=1) / births[years].sum(axis=1) for years in half)
    assert (late / early).quantile(0.9) > 1.5 * (late / early).quantile(0.1)


def test_banners_exist_from_the_year_of_their_founding(counts):
    births = counts["form41.live_births"].unstack()
    assert len(births) == 103
    assert births.loc["150703"].first_valid_index() == 2013
    assert births.loc["150603"].first_valid_index() == 2016
    assert births.loc["150602", 2016] < births.loc["150602", 2015] * 1.1, "the new district left the old one"


FIRST = {"form41": "live_births", "form42": "live_births", "extra": "townships"}


def holes(item: pd.Series) -> list[tuple[str, int]]:
    """Return the banners and years without a value, from each banner's founding on."""
    table = item.unstack().drop(index=["150603", "150703"])
    return [(code, year) for code, row in table.iterrows() for year in YEARS if np.isnan(row[year])]


def test_rows_are_missing_exactly_as_planned(counts):
    absent = {(form, code, year) for form in FORMS for code, year in holes(counts[f"{form}.{FIRST[form]}"])}
    planned = {
        (form, code, year)
        for gap in SETTINGS["missing"]
        for form in gap.get("forms") or FORMS
        for code in gap["regions"]
        for year in gap["years"]
    }
    assert absent == planned
    assert any(year == 2010 for _, _, year in absent)
    assert any(year == 2020 for _, _, year in absent)


def test_planted_exceptions_are_there(counts):
    last = counts.xs(2020, level="year")
    tetanus = last["form41.neonatal_tetanus_cases"] / last["form41.live_births"] * 1000
    assert list(tetanus[tetanus > 0].index) == ["152524"]
    assert tetanus["152524"] > 1
    short = last["extra.townships_reported"] - last["extra.townships_meeting"]
    assert list(short[short > 0].index) == ["150429"]
    silent = last["extra.townships"] - last["extra.townships_reported"]
    assert list(silent[silent > 0].index) == ["150722"]


def test_breaks_shift_a_level(counts):
    screened = (counts["form41.prenatal_screened"] / counts["form41.mothers"]).unstack()
    change = screened[2014] - screened[2013]
    assert change["150581"] > change.median() + 0.15
    managed = (counts["form42.children_u3_managed"] / counts["form42.children_u3"]).unstack()
    assert managed.loc["152223", 2017] < managed.loc["152223", 2016] - 0.1


def test_life_expectancy_is_a_value_of_the_region(dataset):
    values = pd.read_csv(dataset / "values.csv", dtype=str, keep_default_na=False)
    assert ",".join(values.columns) == (
        "region_code,stratum,indicator_id,year,value,unit,bound,status,source_id,definition,note"
    )
    assert list(values["year"]) == [str(year) for year in YEARS]
    same = ["region_code", "stratum", "indicator_id", "unit", "status"]
    assert values[same].drop_duplicates().to_numpy().tolist() == [
        ["150000", "female", "female_life_expectancy", "years", "simulated"]
    ]


@pytest.fixture(scope="module")
def small(root) -> Path:
    return simulate(root, counties=58)


def test_a_fictitious_country_has_its_own_regions(small):
    regions = pd.read_csv(small / "regions.csv", dtype=str, keep_default_na=False)
    header = (PROJECT / "params" / "regions.csv").read_text(encoding="utf-8").splitlines()[0]
    assert small.name == "simulated-58"
    assert ",".join(regions.columns) == header
    assert list(regions["level"].value_counts()[["banner", "league", "province"]]) == [58, 2, 1]
    assert list(regions["code"][:3]) == ["900000", "900100", "900101"]
    assert list(regions["name"][:3]) == ["模拟地区", "模拟盟001", "模拟县0001"]
    assert set(regions["parent"][1:]) <= set(regions["code"])


def test_a_fictitious_country_is_made_by_the_same_rules(small):
    counts = read(small)
    assert len(counts) == 58 * len(YEARS)
    for condition in EQUAL + NESTED:
        assert holds(counts, condition).all(), condition
    region = counts.groupby("year").sum()
    for events, denominator, per, _, rate in ANCHORS:
        assert abs(region.loc[2020, events] - rate / per * region.loc[2020, denominator]) <= 1


@pytest.mark.parametrize("counties", [0, 30_000])
def test_a_country_that_six_digits_cannot_number_is_refused(root, counties):
    with pytest.raises(ParameterError, match="six digits"):
        simulate(root, counties=counties)


def test_real_data_are_never_replaced(root):
    real = root / "data" / "raw" / "published"
    real.mkdir(parents=True)
    (real / "SOURCE.yaml").write_text("title: real\n", encoding="utf-8")
    with pytest.raises(ParameterError, match="left alone"):
        simulate(root, dataset="published")
    assert contents(real) == {"SOURCE.yaml": b"title: real\n"}
    with pytest.raises(ParameterError, match="plain name"):
        simulate(root, dataset="../elsewhere")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'source: seed002, reason: "2010 assumed: falls 6.3',
            'sorce: seed002, reason: "2010 assumed: falls 6.3',
            "sorce",
        ),
        ("{value: 19.4, source: nm_pop}", "{value: 19.4}", "source or a reason"),
        ("of: mothers, levels: {2010: 96.0", "of: mother, levels: {2010: 96.0", "mothers_registered"),
        ("within: [u5_deaths], per: 1000", "within: [u5_deaths], per: 100", "do not fit"),
        ('region: "152524", item: neonatal', 'region: "152599", item: neonatal', "152599"),
        ('"152923": 3}', '"152924": 3}', "152924"),
        ("item: townships_meeting, year: 2020", "item: township_meeting, year: 2020", "township_meeting"),
        ("years: [2012, 2013]", "years: [2009]", "2009"),
        ("forms: [extra], reason: the extra", "forms: [form43], reason: the extra", "form43"),
        (
            "levels: {2010: 62, 2015: 57, 2020: 52}",
            "levels: {2010: 62, 2015: 57, 2020: 100}",
            "between 0 and 100",
        ),
        ("    2013: {value: 22.4", "    2031: {value: 22.4", "2013"),
    ],
)
def test_wrong_settings_are_named_and_leave_the_old_dataset(tmp_path, old, new, message):
    root = project(tmp_path)
    source = root / "data" / "raw" / "simulated" / "SOURCE.yaml"
    source.parent.mkdir(parents=True)
    source.write_text("simulated: true\n", encoding="utf-8")
    settings = root / "params" / "simulation.yaml"
    text = settings.read_text(encoding="utf-8")
    assert old in text
    settings.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ParameterError, match=message) as caught:
        simulate(root)
    assert "\n" not in str(caught.value)
    assert contents(root / "data" / "raw") == {"simulated/SOURCE.yaml": b"simulated: true\n"}


def test_every_setting_has_a_source_or_a_reason():
    for rule in SETTINGS["items"] + SETTINGS["values"] + SETTINGS["missing"] + SETTINGS["planted"]:
        assert rule.get("source") or rule.get("reason"), rule


def test_allocated_counts_add_up_and_follow_their_chances():
    trials = np.full(50, 200)
    odds = np.linspace(-1, 1, 50)
    chance = calibrate(odds, trials, 400)
    assert (trials * chance).sum() == pytest.approx(400)
    drawn = np.array([allocate(stream(1, draw), trials, chance, 400) for draw in range(400)])
    assert (drawn.sum(axis=1) == 400).all()
    assert drawn.mean(axis=0) == pytest.approx(200 * chance, abs=0.6)


@pytest.mark.parametrize("total", [0, 1, 9, 10])
def test_allocated_counts_stay_within_their_trials(total):
    trials = np.array([0, 3, 7])
    counts = allocate(stream(1, total), trials, calibrate(np.zeros(3), trials, total), total)
    assert counts.sum() == total
    assert ((counts >= 0) & (counts <= trials)).all()


def test_more_events_than_trials_are_refused():
    with pytest.raises(ValueError, match="do not fit"):
        allocate(stream(1, "x"), np.array([1, 2]), np.array([0.5, 0.5]), 4)
