"""What changed is made again, and nothing else; each report says what it was."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from endline.intake import observe
from endline.params import Params
from endline.project import Project
from runs import Ran, as_tables, endline, manifest, new_project

ROUND = "simulated-2020"
REGIONS = ["150000", "152500", "152500/*", "150500", "150502"]
BANNER, LEAGUE, REGION = "152502", "152500", "150000"
SERIES = ["region_code", "indicator_id", "stratum"]


def run(project: Path) -> Ran:
    ran = endline(project, "run", ROUND, *[word for region in REGIONS for word in ("--region", region)])
    assert ran.code == 0, ran.err
    return ran


def states(project: Path) -> dict[str, int]:
    """When each report's PDF was written."""
    folder = project / "reports" / ROUND
    return {
        code: (folder / f"{code}-{e['name']}.pdf").stat().st_mtime_ns for code, e in manifest(project, ROUND).items()
    }


def rebuilt(project: Path, before: dict[str, int]) -> set[str]:
    after = states(project)
    assert set(after) == set(before)
    return {code for code in after if after[code] != before[code]}


def observations(project: Path) -> pd.DataFrame:
    found = observe(Params(Project(project)), "simulated").observations
    return found[found["year"].between(2010, 2020)]


def printed(project: Path) -> set[tuple[str, str]]:
    """The series that reports print: those of the targets, and the strata behind a difference."""
    params = Params(Project(project))
    outlines = [params.outline(name) for name in params.round(ROUND).outlines]
    series = {(m.indicator, t.stratum) for o in outlines for t in o.targets for m in t.measures}
    for indicator, _ in list(series):
        if rule := params.indicators[indicator].difference:
            series |= {(rule.indicator, rule.minuend), (rule.indicator, rule.subtrahend)}
    return series


def affected(before: pd.DataFrame, after: pd.DataFrame, series: set[tuple[str, str]], codes: set[str]) -> set[str]:
    """The regions that print a figure which changed: their own, or one of their upper region that they have too."""
    columns = [*SERIES, "year", "value", "value_text", "bound", "numerator", "denominator", "missing_reason"]
    old, new = (table[columns].astype(str) for table in (before, after))
    differ = pd.concat([old, new]).drop_duplicates(keep=False)
    changed = {tuple(key) for key in differ[SERIES].itertuples(index=False) if (key[1], key[2]) in series}
    own = {tuple(key) for key in after[SERIES].drop_duplicates().itertuples(index=False)}
    upper = {BANNER: LEAGUE, LEAGUE: REGION, "150500": REGION, "150502": "150500"}
    upper |= {code: LEAGUE for code in codes if code.startswith("1525") and code != LEAGUE}
    return {
        code
        for code in codes
        for _, *key in (changed & {(c, *k) for c, *k in own if c in (code, upper.get(code))})
        if (code, *key) in own
    }


def set_cell(project: Path, year: int, form: str, item: str, more: int) -> None:
    """Add to a banner's figure."""
    path = project / f"data/raw/simulated/{year}/{form}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    (row,) = [row for row in rows if row[0] == BANNER]
    row[header.index(item)] = str(int(row[header.index(item)]) + more)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = new_project(tmp_path_factory.mktemp("changes"))
    as_tables(project)
    ran = run(project)
    assert "new" in ran.err
    return project


def test_nothing_changed_nothing_is_made(made: Path) -> None:
    before = states(made)
    assert "nothing to do" in run(made).out
    assert rebuilt(made, before) == set()


def test_a_dry_run_says_what_is_to_be_made_and_makes_nothing(made: Path) -> None:
    before = states(made)
    notes = made / "params/rounds" / ROUND / "notes"
    notes.mkdir(parents=True)
    note = notes / f"{BANNER}.yaml"
    note.write_text("targets: {women-2011-2020:2a: {reason: 山洪}}\n", encoding="utf-8")
    words = [word for region in REGIONS for word in ("--region", region)]
    ran = endline(made, "run", ROUND, "--dry-run", *words)
    note.unlink()
    notes.rmdir()
    assert ran.code == 0, ran.err
    assert "1 × figures" in ran.err
    assert rebuilt(made, before) == set()


def test_a_banners_note_makes_its_report_anew_and_says_so(made: Path) -> None:
    before = states(made)
    notes = made / "params/rounds" / ROUND / "notes"
    notes.mkdir(parents=True)
    (notes / f"{BANNER}.yaml").write_text("targets: {women-2011-2020:2a: {reason: 山洪}}\n", encoding="utf-8")
    ran = run(made)
    assert rebuilt(made, before) == {BANNER}
    assert f"rebuilt, notes: {BANNER} " in ran.out


def test_a_banners_figure_makes_anew_all_that_print_it(made: Path) -> None:
    before, figures = states(made), observations(made)
    set_cell(made, 2016, "form41", "haemoglobin_below_80", 1)
    ran = run(made)
    wanted = affected(figures, observations(made), printed(made), set(before))
    assert {BANNER, LEAGUE, REGION} < wanted < set(before)
    assert rebuilt(made, before) == wanted
    assert "rebuilt, own maternal_modsev_anemia_rate/total" in ran.out
    assert "rebuilt, upper maternal_modsev_anemia_rate/total" in ran.out


def test_a_figure_that_no_report_prints_makes_none_anew(made: Path) -> None:
    before = states(made)
    set_cell(made, 2016, "form41", "caesarean_births", 1)
    run(made)
    assert rebuilt(made, before) == set()


def test_a_changed_sentence_makes_all_anew_and_names_its_file(made: Path) -> None:
    before = states(made)
    with (made / "params/wording/zh.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# a remark\n")
    ran = run(made)
    assert rebuilt(made, before) == set(before)
    assert "changed: params/wording/zh.yaml" in ran.err
