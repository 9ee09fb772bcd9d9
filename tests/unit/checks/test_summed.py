"""The table of the measures of quality: each count of a region is its own with all below it."""

import math

import numpy as np
import pandas as pd

from builders import rows_of
from endline.checks.quality import digits, quality
from endline.checks.summed import COLUMNS, summed, with_above

from .made import COUNTIES, FORMS, REGIONS, VOCABULARY, items_of, new_issues, observed

RULES = new_issues().rules
NOTHING = observed([5.0])[1].iloc[:0]


def table(counts: dict[str, np.ndarray], years: list[int], issues: pd.DataFrame | None = None) -> pd.DataFrame:
    found = new_issues().table() if issues is None else issues
    items = items_of(counts, COUNTIES, years)
    measured = quality(items, NOTHING, found, FORMS, {}, REGIONS, RULES)
    return summed(measured, found, FORMS, REGIONS, years)


def test_completeness_and_reporting_by_form_and_year() -> None:
    births = np.array([[100.0, 100.0], [100.0, math.nan], [100.0, 100.0]])
    found = table({"form41.live_births": births, "form41.mothers": births}, [2019, 2020])
    given = rows_of(found, region_code="150300", measure="completeness")
    assert [(r.item, r.name, r.year, r.part, r.whole) for r in given] == [
        ("form41", FORMS["form41"].name, 2019, 6, 150),
        ("form41", FORMS["form41"].name, 2020, 4, 150),
    ]
    reported = rows_of(found, region_code="150300", measure="reporting", year=2020)
    assert [(r.part, r.whole) for r in reported] == [(2, 3)]
    assert [(r.part, r.whole) for r in rows_of(found, region_code="150303", measure="reporting", year=2020)] == [(0, 1)]


def test_only_the_years_of_the_round() -> None:
    found = table({"form41.live_births": np.full((3, 2), 100.0)}, [2019, 2020])
    measured = quality(
        items_of({"form41.live_births": np.full((3, 2), 100.0)}, COUNTIES, [2019, 2020]),
        NOTHING, new_issues().table(), FORMS, {}, REGIONS, RULES,
    )  # fmt: skip
    one = summed(measured, new_issues().table(), FORMS, REGIONS, [2020])
    assert set(found["year"]) == {2019, 2020}
    assert set(one["year"]) == {2020}


def test_a_rule_is_counted_for_the_region_itself_and_for_all_above_it() -> None:
    issues = new_issues()
    for region in ("150302", "150302", "150303", "150300", "", "999999"):
        issues.add("F12", file="f", cell="A1", found="x", region=region)
    issues.add(
        "F30", file="f", cell="", found={"form": "f", "year": 2020, "code": "150303"}, says="form", region="150303"
    )
    found = rows_of(table({}, [2020], issues.table()), measure="rule")
    counts = {(r.region_code, r.item): (r.part, r.whole) for r in found}
    assert counts[("150302", "F12")] == (2, 2)
    assert counts[("150300", "F12")] == (1, 4)
    assert counts[("150000", "F12")] == counts[("100000", "F12")] == (0, 4)
    assert counts[("150300", "F30")] == (0, 1)
    assert {(r.item, r.level) for r in found} == {("F12", "refused"), ("F30", "missing")}
    assert not {"", "999999"} & {r.region_code for r in found}, "what names no region is the round's"


def test_ratios_and_digits_are_counted_over_all_years() -> None:
    births, visited = np.full((3, 2), 1000.0), np.array([[900.0, 900.0], [900.0, 100.0], [900.0, math.nan]])
    found = table({"form41.hospital_births": births, "form41.postnatal_visited": visited}, [2019, 2020])
    (league,) = rows_of(found, region_code="150300", measure="consistency")
    assert (league.year, league.part, league.whole) == (0, 3, 5), (
        "with 2019's 0.9 and 2020's 0.5 of all, two are far off"
    )
    assert rows_of(found, measure="digits") == [], "too few counts to judge their last digits"


def test_uneven_last_digits_are_those_of_the_rule() -> None:
    rng = np.random.default_rng(1)
    sound = {f"form41.{name}": rng.integers(1000, 9000, (3, 11)).astype(float) for name in list_of_counts()}
    rounded = {name: np.vstack([np.round(of[:1], -1), of[1:]]) for name, of in sound.items()}
    found = digits(items_of(rounded), VOCABULARY, new_issues())
    assert dict(zip(found["region_code"], found["uneven"], strict=True)) == {
        "150302": True,
        "150303": False,
        "150304": False,
    }


def list_of_counts() -> list[str]:
    return [column.id for column in FORMS["form41"].columns if column.kind == "count"][:20]


def test_rows_stand_once_more_for_each_region_above() -> None:
    rows = pd.DataFrame({"region_code": ["150302", ""], "cell": ["C5", "D5"]}, dtype="str")
    found = with_above(rows, REGIONS)
    assert {(r.region_code, r.of, r.cell) for r in rows_of(found)} == {
        *((code, "150302", "C5") for code in ("100000", "150000", "150300", "150302")),
        ("", "", "D5"),
    }


def test_nothing_measured_is_an_empty_table() -> None:
    empty = table({}, [2020])
    assert list(empty.columns) == COLUMNS
    assert empty.empty
    assert with_above(pd.DataFrame({"region_code": []}, dtype="str"), REGIONS).empty
