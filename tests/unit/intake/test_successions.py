"""A region that was founded of whole others goes on from their series; what it says itself stands."""

from typing import Any

import pandas as pd

from builders import INDICATORS, counted, observation, observations, row_of
from endline.intake.observations import typed
from endline.intake.successions import with_former
from endline.model import Region
from endline.regions import Regions


def register(*rows: tuple[str, str, str, str]) -> Regions:
    made = [{"code": "150100", "name": "League", "level": "league"}]
    names = ("code", "valid_from", "valid_to", "successor")
    facts = {"level": "banner", "parent": "150100"}
    made += [dict(zip(names, row, strict=True)) | facts | {"name": row[0]} for row in rows]
    return Regions(map(Region.model_validate, made))


RENAMED = register(("150121", "", "2014", "150104"), ("150104", "2015", "", ""))
MERGED = register(("150121", "", "2014", "150104"), ("150122", "2012", "2014", "150104"), ("150104", "2015", "", ""))


def as_observed(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return typed(observations(rows).to_dict("list"))


def joined(rows: list[dict[str, Any]], regions: Regions) -> pd.DataFrame:
    return with_former(as_observed(rows), INDICATORS, regions)


def test_a_region_with_a_new_code_has_the_series_of_the_old_one() -> None:
    old = [counted(2, 1000, region_code="150121", year=year, file="f", cell="B2") for year in (2013, 2014)]
    new = [counted(1, 1000, region_code="150104", year=2015)]
    found = joined([*old, *new], RENAMED)
    assert len(found) == 5
    row = row_of(found, region_code="150104", year=2014)
    assert (row.value, row.numerator, row.file, row.cell) == (200, 2, "f", "B2")


def test_what_the_new_region_says_of_earlier_years_stands() -> None:
    rows = [observation(9, region_code="150121", year=2014), observation(8, region_code="150104", year=2014)]
    found = joined(rows, RENAMED)
    assert row_of(found, region_code="150104").value == 8


def test_merged_regions_are_the_sum_of_those_that_were_there() -> None:
    rows = [counted(2, 1000, region_code="150121", year=year) for year in (2011, 2013, 2014)]
    rows += [counted(4, 3000, region_code="150122", year=2013)]
    found = joined(rows, MERGED)
    assert row_of(found, region_code="150104", year=2011).value == 200, "the other one did not exist yet"
    row = row_of(found, region_code="150104", year=2013)
    assert (row.numerator, row.denominator, row.value, row.status, row.file) == (6, 4000, 150, "derived", "")
    assert found[(found["region_code"] == "150104") & (found["year"] == 2014)].empty, "one of two is no sum"


def test_values_without_counts_are_not_added() -> None:
    rows = [observation(5, region_code=code, year=2013) for code in ("150121", "150122")]
    assert set(joined(rows, MERGED)["region_code"]) == {"150121", "150122"}


def test_a_register_without_changes_changes_nothing() -> None:
    table = as_observed([observation(5)])
    assert with_former(table, INDICATORS, register()) is table
