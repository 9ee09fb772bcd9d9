"""Regions over time: names that change, regions that merge, are split or founded anew."""

import math

import pytest

from builders import REGIONS, cases, evaluate_one, evaluated, observation, series, target
from endline.errors import ParameterError
from endline.model import Region
from endline.regions import Regions


def register(**changed: dict[str, str]) -> Regions:
    """Return the small register with some regions changed, or added (`r150106={...}`)."""
    rows = {code: region.model_dump() for code, region in REGIONS.items()}
    for name, facts in changed.items():
        code = name[1:]
        rows[code] = {"code": code, "name": name, "level": "banner", "parent": "150100"} | rows.get(code, {}) | facts
    return Regions(Region.model_validate(facts) for facts in rows.values())


def test_other_names_with_the_last_year_in_which_they_were_used() -> None:
    region = REGIONS["150102"].model_copy(update={"aliases": "旧名:2013、另名"})
    assert region.other_names == {"旧名": 2013, "另名": None}
    assert REGIONS["150102"].other_names == {}


@cases(
    """
    ended   | founded | year
    2013    | —       | 2014
    2013-12 | 2014-01 | 2014
    2013-06 | 2013-07 | 2013
    —       | 2016-07 | 2016
    2013    | 2009    | 2014
    """
)
def test_the_first_year_of_new_boundaries(ended: object, founded: object, year: int) -> None:
    former = {"valid_to": str(ended or ""), "successor": "150103"}
    found = register(r150102=former, r150103={"valid_from": str(founded or "")}).changes()
    assert found == {"150102": [year], "150103": [year]}


def test_leagues_break_only_where_a_change_crosses_them() -> None:
    within = register(r150105={"successor": "150102"})
    assert within.changes() == {"150102": [2015], "150105": [2015]}
    across = register(r150105={"successor": "150202"})
    assert across.changes() == {code: [2015] for code in ("150100", "150105", "150200", "150202")}


def test_changes_of_boundaries_without_a_change_of_codes() -> None:
    assert register(r150102={"changed": "2012;2016"}).changes() == {"150102": [2012, 2016]}


def test_a_successor_without_any_date_is_an_error() -> None:
    with pytest.raises(ParameterError, match=r"150102: successor 150103: neither has a date"):
        register(r150102={"successor": "150103"}).changes()


def test_a_region_founded_of_whole_others() -> None:
    merged = register(
        r150105={"successor": "150106"},
        r150103={"valid_to": "2014", "successor": "150106"},
        r150106={"valid_from": "2015"},
    )
    assert merged.formed_of() == {"150106": (2015, ["150103", "150105"])}
    split = register(r150102={"successor": "150104"})
    assert split.formed_of() == {}, "a part of one that goes on"


# what does not run across a change

AIM = {"code": "150102"}
SPLIT = register(r150102={"successor": "150104"})  # 150104 is founded in 2016


def test_no_trend_no_change_and_no_baseline_across_a_change_of_boundaries() -> None:
    history = "2010=30 2011=29 2012=27 2013=26 2014=25 2015=24 2016=14 2017=13 2018=12 2019=11 2020=10"
    told = evaluate_one(history, **AIM, regions=SPLIT)
    assert (told.trend_state, told.trend_breaks, told.trend_recent) == ("boundary_break", "2016", "boundary_break")
    assert told.baseline_break == "boundary"
    assert math.isnan(told.change)
    assert math.isnan(told.change_percent)
    assert told.verdict == "met", "an absolute target asks for the final year only"
    for aim in (target("decrease"), target("<=", "3/4")):
        told = evaluate_one(history, aim, **AIM, regions=SPLIT)
        assert (told.verdict, told.reason) == ("no_data", "baseline_break")
    assert evaluate_one(history, target("decrease"), **AIM).verdict == "met"


def test_a_break_is_put_where_the_series_goes_on() -> None:
    told = evaluate_one("2010=30 2011=29 2012=27 2013=26 2018=12 2020=10", **AIM, regions=SPLIT)
    assert told.trend_breaks == "2018"


def test_a_series_on_one_side_of_the_change_is_tested() -> None:
    told = evaluate_one("2016=14 2017=13 2018=12 2019=11 2020=10", **AIM, regions=SPLIT)
    assert (told.trend_state, told.trend_breaks) == ("decrease", "")


def test_a_definition_that_changes_is_a_break_as_well() -> None:
    rows = [*series("2010=9 2012=8", definition="old"), *series("2014=5 2016=4 2018=4 2020=3", definition="new")]
    told = evaluate_one(rows, target("decrease"))
    assert (told.trend_state, told.trend_breaks) == ("definition_break", "2014")
    assert (told.verdict, told.reason, told.baseline_break) == ("no_data", "baseline_break", "definition")


# who is missing from a sum

SUM = {"units_reported": 1.0, "units_total": 3.0, "status": "derived", "file": ""}


def test_who_is_missing_from_a_sum_year_by_year() -> None:
    rows = [
        *(observation(10, region_code="150000", year=year, **SUM) for year in (2015, 2020)),
        *(observation(10, region_code="150100", year=year, **SUM) for year in (2015, 2020)),
        observation(10, region_code="150200", year=2015, **SUM),
        *(observation(10, region_code=code, year=2020) for code in ("150102", "150104")),
        *(observation(10, region_code=code, year=2015) for code in ("150102", "150103")),
    ]
    table = evaluated(rows, [target()], ["150000", "150100", "150102"]).measures.set_index("region_code")
    assert table["absent"].to_dict() == {
        "150000": "2020:1/2:150200",
        "150100": "2020:2/3:150103",
        "150102": "",
    }
    assert table["upper_absent"].to_dict() == {"150000": "", "150100": "1/2:150200", "150102": "2/3:150103"}


def test_a_published_figure_is_no_sum() -> None:
    rows = [observation(10, region_code="150000"), observation(10, region_code="150100")]
    assert evaluated(rows, [target()], ["150000"]).measures["absent"].to_list() == [""]
