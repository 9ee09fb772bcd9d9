"""The simulated figures as offices send them: every planted fault is found where it stands, no other figure changes."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from endline.checks.panels import panels
from endline.errors import ParameterError
from endline.intake import Observed, observe
from endline.params import Params
from endline.project import Project
from endline.simulate import datasets, simulate
from runs import as_tables, new_project, replace

PLACES = ["file", "sheet", "cell", "file_sha256"]
LEVELS = {"refused", "missing", "ask", "log"}


def write_all(project: Path) -> None:
    for name in datasets(project):
        simulate(project, dataset=name)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with both simulated datasets."""
    made = new_project(tmp_path_factory.mktemp("books"))
    write_all(made)
    return made


def observed_in(root: Path, dataset: str) -> Observed:
    return observe(Params(Project(root)), dataset)


@pytest.fixture(scope="module")
def sent(root: Path) -> Observed:
    return observed_in(root, "simulated")


@pytest.fixture(scope="module")
def faulty(root: Path) -> Observed:
    return observed_in(root, "simulated-faulty")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


def faults_of(root: Path, dataset: str) -> pd.DataFrame:
    return pd.read_csv(root / "data/raw" / dataset / "faults.csv", dtype=str, keep_default_na=False)


def truth_of(root: Path, dataset: str) -> pd.DataFrame:
    table = pd.read_csv(root / "data/raw" / dataset / "truth.csv", dtype={"region_code": str})
    return table.set_index(["region_code", "year"])


def unfound(faults: pd.DataFrame, issues: pd.DataFrame, dataset: str) -> list[tuple[str, ...]]:
    """Return the planted faults that no finding of their rule names with file, sheet and cell."""
    return [
        (fault.kind, fault.file, fault.sheet, fault.cell)
        for fault in faults.itertuples()
        if not any(
            set(fault.cell.split()) <= set(cell.replace("/", " ").split())
            for cell in issues.loc[
                (issues["rule"] == ("W25" if fault.mended else fault.rule))
                & (issues["file"] == f"data/raw/{dataset}/{fault.file}")
                & (issues["sheet"] == fault.sheet),
                "cell",
            ]
        )
    ]


def test_a_return_a_league_and_year_in_many_kinds_of_file(root: Path) -> None:
    files = contents(root / "data/raw/simulated")
    kinds = Counter(Path(name).suffix for name in files if "/" in name)
    assert set(kinds) == {".xlsx", ".ods", ".csv"}
    assert 150 <= kinds.total() <= 250
    assert {(name[:4], name[5:11]) for name in files if name[4:5] == "/"} == {
        (str(year), league) for year in range(2010, 2021) for league in sorted({row[:4] + "00" for row in codes(root)})
    }
    starts = {data[:2] for name, data in files.items() if name.endswith(".csv") and "/" in name}
    assert {b"\xff\xfe", b"\xef\xbb", b"20"} == starts  # UTF-16, UTF-8 with its mark, GB 18030
    own = {name.split("/")[0] for name in files if name[6:7] == "/"}
    assert own == {own["region"] for own in settings(root)["datasets"]["simulated"]["own"]}


def codes(root: Path) -> list[str]:
    return sorted({code for code, _ in truth_of(root, "simulated").index})


def settings(root: Path) -> dict:  # type: ignore[type-arg]
    return dict(yaml.safe_load((root / "params/simulation.yaml").read_text(encoding="utf-8"))["workbooks"])


def test_the_committed_sources_are_what_is_written(root: Path) -> None:
    for name in datasets(root):
        committed = Path(__file__).parents[3] / "data/raw" / name / "SOURCE.yaml"
        assert (root / "data/raw" / name / "SOURCE.yaml").read_bytes() == committed.read_bytes()


def test_the_same_bytes_whatever_the_hash_order_and_the_zone(root: Path, tmp_path: Path) -> None:
    other = new_project(tmp_path)
    run = (
        "import sys, pathlib, endline.simulate as s; s.simulate(pathlib.Path(sys.argv[1]), dataset='simulated-faulty')"
    )
    environment = {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONPATH": ":".join(sys.path)}
    subprocess.run([sys.executable, "-c", run, str(other)], check=True, env=environment, cwd=tmp_path)
    one, two = (contents(place / "data/raw/simulated-faulty") for place in (root, other))
    assert one == two
    assert len(one) > 30


def test_the_observations_are_those_of_plain_tables(root: Path, sent: Observed, tmp_path: Path) -> None:
    """Workbooks in many shapes, with all their faults, say what one table a form and year says."""
    plain = new_project(tmp_path)
    as_tables(plain)
    simulate(plain)
    kept = [name for name in sent.observations.columns if name not in PLACES]
    before, after = (
        found.observations[kept].astype({n: str for n in kept if found.observations[n].dtype.name == "category"})
        for found in (observed_in(plain, "simulated"), sent)
    )
    pd.testing.assert_frame_equal(before, after)


def test_every_planted_fault_is_found_where_it_stands(root: Path, sent: Observed, faulty: Observed) -> None:
    for dataset, found in (("simulated", sent), ("simulated-faulty", faulty)):
        faults = faults_of(root, dataset)
        assert len(faults) == sum(f.get("times", 1) for f in settings(root)["datasets"][dataset]["faults"])
        assert unfound(faults, found.issues, dataset) == []


def test_all_that_is_refused_is_mended_in_the_default_dataset(root: Path, sent: Observed) -> None:
    faults, issues = faults_of(root, "simulated"), sent.issues
    assert set(issues["level"]) == LEVELS - {"refused"}
    assert len(sent.corrections) == (faults["mended"] == "yes").sum() >= 20
    missing = issues[issues["level"] == "missing"]
    assert set(missing["rule"]) == {
        "F30",
        "F34",
        "F09",
    }  # gaps and zeros as drawn, and what a banner says it did not do
    assert (missing["rule"] == "F09").sum() == (faults["rule"] == "F09").sum() == 3


def test_a_missing_form_is_told_with_the_file_of_its_own_league(sent: Observed) -> None:
    gaps = sent.issues[sent.issues["rule"] == "F30"]
    assert len(gaps) > 10
    for gap in gaps.itertuples():
        assert gap.file == "" or f"/{gap.region_code[:4]}00-" in gap.file


def test_what_is_refused_stays_refused_in_the_other(root: Path, faulty: Observed) -> None:
    issues = faulty.issues
    assert {"F28b", "F22f", "F18a", "F27", "F33", "F11", "F40"} <= set(issues.loc[issues["level"] == "refused", "rule"])
    assert faulty.corrections.empty
    assert not (root / "data/raw/simulated-faulty/corrections.yaml").exists()
    persons = faulty.observations[faulty.observations["region_code"].isin(["152921", "152922", "152923", "152900"])]
    assert 2019 in set(persons["year"])
    assert 2020 not in set(persons["year"])


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same workbooks without planted faults and gaps."""
    made = new_project(tmp_path_factory.mktemp("sound"))
    path = made / "params/simulation.yaml"
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    said["missing"] = []
    said["workbooks"]["datasets"]["simulated"]["faults"] = []
    path.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), encoding="utf-8")
    simulate(made)
    return made


def test_sound_figures_are_left_alone_in_every_shape(sound: Path) -> None:
    """Nothing is refused, nothing is missing but rates of nobody, at most one series in a hundred is asked about."""
    found = observed_in(sound, "simulated")
    truth, issues = truth_of(sound, "simulated"), found.issues
    items = found.items
    for item in truth.columns:
        value = pd.DataFrame(items[item].value, index=items.counties, columns=items.years)
        told = value.rename_axis("region_code").rename_axis("year", axis=1).stack().dropna()
        assert told.to_dict() == truth[item].dropna().to_dict(), item
    series = sum(len(panel.regions) for panel in panels(found.observations, Params(Project(sound)).indicators))
    assert set(issues["level"]) <= {"ask", "missing", "log"}
    assert set(issues.loc[issues["level"] == "missing", "rule"]) <= {"F34"}
    empty = found.observations[found.observations["missing_reason"] != ""]
    assert (empty["denominator"] == 0).all()
    assert series > 4000
    assert (issues["level"] == "ask").sum() <= 0.01 * series


def test_a_term_without_faults_is_asked_about_as_seldom(root: Path) -> None:
    """No county's figure stays what it was for want of a level in the later years."""
    found = observed_in(root, "simulated-2025")
    assert set(found.issues["rule"]) <= {"F34", "F36"}
    series = sum(len(panel.regions) for panel in panels(found.observations, Params(Project(root)).indicators))
    assert series > 4000
    assert (found.issues["level"] == "ask").sum() <= 0.01 * series


def test_the_truth_is_never_read(root: Path) -> None:
    """Neither observing nor building the tables of a round opens what the simulation says of itself."""
    code = """
import sys
from pathlib import Path
def hook(event, arguments):
    if event == "open" and str(arguments[0]).endswith(("truth.csv", "faults.csv")):
        raise SystemExit(f"opened {arguments[0]}")
sys.addaudithook(hook)
from endline.params import Params
from endline.project import Project
from endline.store.build import build
project = Project(Path(sys.argv[1]))
build(Params(project), "simulated-faulty-2020", Path(sys.argv[2]))
"""
    command = [sys.executable, "-c", code, str(root), str(root / "round.sqlite")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{kind: number as text, times: 4}", "{kind: number as texts, times: 4}", "no kind 'number as texts'"),
        ("{kind: filter, times: 2}", "{kind: filter, times: 400}", "no place for the fault 'filter'"),
        ('{kind: cut off, region: "152500", year: 2014}', '{kind: cut off, region: "152500", year: 2031}', "no place"),
        ('leagues: ["150300", "152500", "152900"]', 'leagues: ["150300", "152501"]', "no such league"),
        ('{region: "152921", years: [2010', '{region: "152999", years: [2010', "152999"),
        ("file: xlsx\n", "file: xls\n", "workbooks.shapes.0.file"),
    ],
)
def test_wrong_settings_are_named(old: str, new: str, message: str, tmp_path: Path) -> None:
    project = new_project(tmp_path)
    replace(project / "params/simulation.yaml", old, new)
    with pytest.raises(ParameterError, match=message) as caught:
        write_all(project)
    assert "\n" not in str(caught.value)


def test_another_seed_plants_elsewhere(root: Path, tmp_path: Path) -> None:
    other = new_project(tmp_path)
    simulate(other, dataset="simulated-faulty", seed=1)
    one, two = (faults_of(place, "simulated-faulty") for place in (root, other))
    assert list(one["kind"]) == list(two["kind"])
    assert not np.array_equal(one["cell"], two["cell"])
