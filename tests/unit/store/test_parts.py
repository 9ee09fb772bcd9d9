"""The digest of a part follows what is said, not how it is held."""

import numpy as np
import pandas as pd
import pytest

from builders import REGIONS, evaluated, observations, series, target
from endline.intake.observations import TYPES, observations_table, typed
from endline.store.parts import Parts, digest_of

LEAGUE, PROVINCE = "150100", "150000"
ROWS = [
    *series("2010=30 2015=0 2020<=16.9", region_code=PROVINCE),
    *series("2010=20 2020=10", region_code=LEAGUE),
    *series("2010=7", region_code=PROVINCE, indicator_id="infant"),
]
ISSUES = pd.DataFrame({"rule": ["F12"], "region_code": [LEAGUE], "cell": ["C5"]})
AIMS = [target(), target(indicator="coverage", operator=">=", value=90, id="cover")]


def parts(table: pd.DataFrame, issues: pd.DataFrame = ISSUES, code: str = LEAGUE) -> dict[str, bytes]:
    found = evaluated(ROWS, AIMS, [PROVINCE, LEAGUE])
    return Parts(table, found.evaluations, found.measures.drop(columns=["fraction", "series"]), issues).of(
        code, REGIONS[code].parent
    )


def test_a_part_a_series_an_evaluation_and_the_issues() -> None:
    names = ["evaluation/o:cover", "evaluation/o:t", "issues", "own/deaths/total", "upper/deaths/total"]
    assert list(parts(observations(ROWS))) == names
    assert len(set(parts(observations(ROWS)).values())) == len(names)


def test_a_table_of_few_regions_is_a_part_of_those_that_have_rows() -> None:
    found = evaluated(ROWS, AIMS, [PROVINCE, LEAGUE])
    measures = found.measures.drop(columns=["fraction", "series"])

    def of(code: str, ratio: float) -> bytes | None:
        more = {"gaps": pd.DataFrame({"region_code": [LEAGUE], "ratio": [ratio]})}
        return Parts(observations(ROWS), found.evaluations, measures, ISSUES, more).of(code, PROVINCE).get("gaps")

    assert of(PROVINCE, 1.5) is None
    assert of(LEAGUE, 1.5) == of(LEAGUE, 1.5) != of(LEAGUE, 1.6)


def test_the_upper_regions_part_is_its_own_part() -> None:
    table = observations(ROWS)
    assert parts(table)["upper/deaths/total"] == parts(table, code=PROVINCE)["own/deaths/total"]


def test_texts_and_categories_say_the_same() -> None:
    table = observations(ROWS)
    held = observations_table([typed({name: table[name] for name in TYPES})])
    assert held["stratum"].dtype == "category"
    assert parts(held) == parts(table)


def test_zero_has_no_sign_and_nothing_is_nothing() -> None:
    table = observations(ROWS)
    other = table.assign(value=np.where(table["value"] == 0, -0.0, table["value"]), numerator=-table["numerator"])
    assert parts(other, code=PROVINCE) == parts(table, code=PROVINCE)


@pytest.mark.parametrize(
    ("column", "value", "moves"),
    [("value", 16.800000000000001, True), ("bound", "", True), ("note", "x", True), ("cell", "D9", False)],
)
def test_what_is_printed_moves_the_digest(column: str, value: float | str, moves: bool) -> None:
    table = observations(ROWS)
    changed = table.copy()
    row = (table["region_code"] == PROVINCE) & (table["year"] == 2020)
    changed.loc[row, column] = value
    assert (parts(changed, code=PROVINCE) != parts(table, code=PROVINCE)) == moves


def test_an_issue_of_another_region_is_no_part() -> None:
    table = observations(ROWS)
    elsewhere = pd.concat([ISSUES, ISSUES.assign(region_code=PROVINCE)])
    assert parts(table, elsewhere) == parts(table)
    assert parts(table, ISSUES.assign(cell="C6"))["issues"] != parts(table)["issues"]


def test_the_digest_of_all_follows_names_as_well_as_contents() -> None:
    one = digest_of({"own/a": b"1", "own/b": b"2"})
    assert digest_of({"own/a": b"1", "own/c": b"2"}) != one
    assert digest_of({"own/a": b"1"}) != one
