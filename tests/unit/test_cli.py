"""The small commands: one statistic, the simulated figures, the list of rounds, the check of data."""

import json
import re
from pathlib import Path

import pytest

from runs import endline, new_project


def test_one_statistic_json_in_json_out(tmp_path: Path) -> None:
    inputs = {"years": [2019, 2020, 2021, 2022, 2023], "values": [17.8, 16.9, 16.1, 15.7, 15.1]}
    ran = endline(tmp_path, "stats", "mann_kendall+theil_sen", stdin=json.dumps(inputs))
    assert ran.code == 0, ran.err
    result = json.loads(ran.out)
    assert (result["S"], round(result["p_exact"], 4), result["sen_slope_per_year"]) == (
        -10,
        0.0167,
        pytest.approx(-0.6375),
    )


def test_the_methods_are_listed(tmp_path: Path) -> None:
    assert "mann_kendall+theil_sen" in endline(tmp_path, "stats", "--list").out.splitlines()


@pytest.mark.parametrize("stdin", ["{", '{"years": [1, 2], "values": [1]}', '{"years": [1, 1], "values": [1, 2]}'])
def test_inputs_that_are_none_are_one_line_and_exit_code_2(stdin: str, tmp_path: Path) -> None:
    ran = endline(tmp_path, "stats", "mann_kendall", stdin=stdin)
    assert ran.code == 2
    assert len(ran.err.strip().splitlines()) == 1


def test_the_rounds_are_listed(tmp_path: Path) -> None:
    listed = endline(new_project(tmp_path), "run", "--list").out.splitlines()
    defaults = [line.split()[0] for line in listed if line.endswith("default")]
    assert defaults == [
        "district-2024",
        "inner-mongolia-2020-baseline",
        "inner-mongolia-2021-tasks",
        "inner-mongolia-2025-simulated",
        "mch-culture-2025-tasks",
        "nanchang-2019-tasks",
        "published-2020",
        "published-2025-midterm",
        "simulated-2020",
    ]
    assert [line.split()[0] for line in listed] == [*defaults, "simulated-faulty-2020"]


def test_simulated_counties_go_to_a_dataset_apart_and_pass_the_check(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    ran = endline(project, "simulate", "--counties", "40")
    assert ran.code == 0, ran.err
    assert "data/raw/simulated-40: written" in ran.out
    checked = endline(project, "check", "data/raw/simulated-40", "data/raw/published")
    assert checked.code == 0, checked.out
    assert "data/raw/published: 286 observations, 0 issues" in checked.out
    assert not re.search(r"\[[拒缺]\]", checked.out), "sound figures are asked about at most"


def test_a_dataset_of_ones_own_makes_a_round(tmp_path: Path) -> None:
    """What the README says of a new round: a dataset's folder, a round's file, one command."""
    project = new_project(tmp_path)
    folder = project / "data/raw/mine"
    folder.mkdir()
    (folder / "SOURCE.yaml").write_text("title: 本地数据\npublisher: 卫生健康委\nsimulated: false\n", encoding="utf-8")
    head = "region_code,stratum,indicator_id,year,value,unit,bound,status,source_id,definition,note\n"
    rows = "150100,total,mmr,2015,21.0,1/100000,,reported,a,,\n150100,total,mmr,2020,18.0,1/100000,,reported,a,,\n"
    (folder / "values.csv").write_text(head + rows, encoding="utf-8")
    shipped = (project / "params/rounds/published-2020.yaml").read_text(encoding="utf-8")
    mine = shipped.replace("id: published-2020", "id: mine").replace("dataset: published", "dataset: mine")
    mine = mine.replace('["100000", "150000"]', '["150100"]').replace("default: true", "default: false")
    (project / "params/rounds/mine.yaml").write_text(mine, encoding="utf-8")
    ran = endline(project, "run", "mine", "--region", "150100")
    assert ran.code == 0, ran.err
    assert (project / "reports/mine/150100-呼和浩特市.pdf").is_file()
