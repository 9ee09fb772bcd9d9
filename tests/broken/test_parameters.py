"""One faulty parameter each: the stated error, before anything of its round is made; other rounds go on."""

from pathlib import Path

import pytest

from runs import endline, manifest, new_project, replace

FAULTS = [
    pytest.param(
        "params/rounds/published-2020.yaml", "final_year: 2020", "finalyear: 2020",
        ["params/rounds/published-2020.yaml", "unknown key 'finalyear'", "did you mean 'final_year'"],
        id="unknown key",
    ),
    pytest.param(
        "params/rounds/published-2020.yaml", '"150000"]', '"150009"]',
        ["params/rounds/published-2020.yaml: regions", "unknown region '150009'", "did you mean"],
        id="unknown region",
    ),
    pytest.param(
        "params/rounds/published-2020.yaml", '["100000", "150000"]', "[100000, 150000]",
        ["regions.0", "valid string", "found 100000"],
        id="a code without quotes",
    ),
    pytest.param(
        "params/rounds/published-2020.yaml", "children-2011-2020]", "childern-2011-2020]",
        ["unknown outline 'childern-2011-2020'", "did you mean 'children-2011-2020'"],
        id="unknown outline",
    ),
    pytest.param(
        "params/rounds/published-2020.yaml", "dataset: published", "dataset: publishd",
        ["unknown dataset 'publishd'", "did you mean 'published'"],
        id="unknown dataset",
    ),
    pytest.param(
        "params/outlines/women-2011-2020.yaml", "{indicator: mmr, unit", "{indicator: mmrr, unit",
        ["params/outlines/women-2011-2020.yaml", "targets.2a", "unknown indicator 'mmrr'", "did you mean 'mmr'"],
        id="misspelt indicator",
    ),
    pytest.param(
        "params/outlines/women-2011-2020.yaml", "{indicator: mmr, unit: 1/100000", "{indicator: mmr, unit: 1/1000",
        ["targets.2a.unit", "mmr is held in '1/100000', found '1/1000'"],
        id="another unit",
    ),
    pytest.param(
        "params/indicators.yaml", "form41.maternal_deaths,", "form41.maternal_death,",
        ["params/indicators.yaml: mmr", "unknown item 'form41.maternal_death'", "'form41.maternal_deaths'"],
        id="misspelt item",
    ),
    pytest.param(
        "params/method.yaml", "alpha:\n", "alpha:\n  valeu: 0.1\n",
        ["params/method.yaml", "unknown key 'alpha.valeu'", "did you mean 'value'"],
        id="unknown threshold key",
    ),
    pytest.param(
        "params/method.yaml", "[mmr, imr,", "[mmr, imrr,",
        ["params/method.yaml: gap_indicators", "unknown indicator 'imrr'", "did you mean 'imr'"],
        id="unknown indicator of the gaps",
    ),
    pytest.param(
        "params/method.yaml", "[70.0, 80.0, 90.0]", "[70.0, 90.0, 80.0]",
        ["params/method.yaml", "attainment_steps: expected rising numbers"],
        id="steps that do not rise",
    ),
    pytest.param(
        "params/wording/zh.yaml", "  no_data: 无数据\n  pending: 待评\n  not_app", "  pending: 待评\n  not_app",
        ["no entry 'verdict.no_data'"],
        id="a sentence is missing",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "told"), FAULTS)
def test_the_fault_is_named_with_file_and_key(file: str, old: str, new: str, told: list[str], tmp_path: Path) -> None:
    project = new_project(tmp_path)
    replace(project / file, old, new)
    ran = endline(project, "run", "published-2020", "--region", "120000")
    assert ran.code == 2, ran.err
    for words in told:
        assert words in ran.err
    assert "Traceback" not in ran.err
    assert not list(project.glob("reports/*/*.pdf"))


def test_a_broken_round_does_not_stop_the_others(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    (project / "params/rounds/simulated-2020.yaml").write_text("id: simulated-2020\nmonth: 3\n", encoding="utf-8")
    ran = endline(project, "run", "--region", "120000")
    assert ran.code == 1
    assert "unknown key 'month'" in ran.err
    assert manifest(project, "published-2020")["120000"]["state"] == "made"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run", "publishd-2020"), "unknown round 'publishd-2020' (did you mean 'published-2020'?)"),
        (("run", "published-2020", "--region", "15000"), "--region: unknown region '15000' (did you mean"),
        (("run", "published-2020", "--region", "150000/?"), "no region pattern"),
        (("run", "published-2020", "--format", "pfd"), "unknown format 'pfd' (did you mean 'pdf'?)"),
        (("run", "--regoin", "150000"), "No such option"),
        (("rnu",), "No such command 'rnu'"),
        (("stats", "man_kendall"), "mann_kendall"),
        (("check", "params"), "a dataset's folder under data/raw/"),
    ],
)
def test_a_wrong_command_is_one_line_and_exit_code_2(arguments: tuple[str, ...], told: str, tmp_path: Path) -> None:
    ran = endline(new_project(tmp_path), *arguments, stdin="{}")
    assert ran.code == 2
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_a_notebook_without_its_parameters_cell_stops_the_run(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    replace(project / "notebooks/region-report.ipynb", '"parameters"\n    ]', '"parameter"\n    ]')
    ran = endline(project, "run")
    assert ran.code == 2
    assert "region-report.ipynb: expected one code cell tagged 'parameters', found 0" in ran.err
    assert not (project / "reports").exists()


def test_outside_a_project_it_says_where_to_go(tmp_path: Path) -> None:
    ran = endline(tmp_path, "run")
    assert ran.code == 2
    assert "no project found at or above" in ran.err
