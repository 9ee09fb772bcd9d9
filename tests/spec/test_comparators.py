"""The nation's value, and the median of the regions of the same level."""

import math

from builders import REGIONS, evaluate_one, method, observation, target
from endline.model import Region
from endline.regions import Regions

FIVE = [f"15020{n}" for n in range(3, 8)]
MANY = Regions(
    [
        *REGIONS.values(),
        *(Region.model_validate({"code": code, "name": code, "level": "banner", "parent": "150200"}) for code in FIVE),
    ]
)


def test_the_nations_value_stands_beside_every_region_below_it() -> None:
    rows = [observation(10.0, region_code="150102"), observation(16.9, region_code="100000", value_text="16.9")]
    found = evaluate_one(rows, code="150102")
    assert (found.nation_value, found.nation_value_text) == (16.9, "16.9")


def test_the_nation_has_no_nation_above_it() -> None:
    assert math.isnan(evaluate_one([observation(16.9, region_code="100000")], code="100000").nation_value)


def test_beside_no_value_of_its_own_nothing_is_set() -> None:
    found = evaluate_one([observation(16.9, region_code="100000")], code="150102")
    assert math.isnan(found.nation_value)


def test_the_median_is_of_the_same_level_its_own_value_among_them() -> None:
    values = dict(zip(FIVE, (1.0, 2.0, 4.0, 8.0, 100.0), strict=True))
    rows = [observation(v, region_code=code) for code, v in values.items()]
    rows += [observation(99.0, region_code="150200"), observation(99.0, region_code="150000")]
    found = evaluate_one(rows, code=FIVE[0], regions=MANY)
    assert found.level_median == 4.0


def test_of_too_few_regions_there_is_no_median() -> None:
    rows = [observation(1.0, region_code=code) for code in FIVE[:4]]
    found = evaluate_one(rows, code=FIVE[0], regions=MANY)
    assert math.isnan(found.level_median)
    few = evaluate_one(rows, code=FIVE[0], regions=MANY, method=method(minimum_level_regions=4))
    assert few.level_median == 1.0


def test_bounds_other_years_and_other_strata_are_not_of_the_median() -> None:
    rows = [observation(1.0, region_code=code) for code in FIVE[:3]]
    rows += [observation("<=1", region_code=FIVE[3]), observation(1.0, region_code=FIVE[4], year=2019)]
    rows += [observation(1.0, region_code=FIVE[4], stratum="rural")]
    for least, known in ((3, True), (4, False)):
        found = evaluate_one(rows, target(), FIVE[0], regions=MANY, method=method(minimum_level_regions=least))
        assert (found.level_median == 1.0) == known
