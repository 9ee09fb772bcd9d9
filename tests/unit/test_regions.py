"""The register of regions: who lies within whom, who exists when, and what a pattern names."""

from pathlib import Path

import pytest

from builders import REGIONS, ROOT, cases
from endline.errors import ParameterError
from endline.model import Region
from endline.regions import read_regions


def codes(regions: list[Region]) -> list[str]:
    return [region.code for region in regions]


def test_children_are_directly_below_and_below_is_all_the_way() -> None:
    assert codes(REGIONS.children("150000")) == ["150100", "150200"]
    assert codes(REGIONS.below("150200")) == ["150202"]
    assert codes(REGIONS.below("150000")) == ["150100", "150102", "150103", "150104", "150105", "150200", "150202"]
    assert REGIONS.children("150202") == REGIONS.below("150202") == []


def test_the_path_leads_from_the_top() -> None:
    assert REGIONS.path("150202") == ["100000", "150000", "150200", "150202"]
    assert REGIONS.path("100000") == ["100000"]


@cases(
    """
    year | counties
    2013 | 150102 150103 150105
    2014 | 150102 150103 150105
    2015 | 150102 150103
    2016 | 150102 150103 150104
    2020 | 150102 150103 150104
    """
)
def test_counties_are_those_that_exist_in_the_year(year: int, counties: str) -> None:
    assert codes(REGIONS.counties("150100", year) or []) == counties.split()


@pytest.mark.parametrize("code", ["110000", "100000"])
def test_counties_are_unknown_where_the_register_does_not_hold_them_all(code: str) -> None:
    assert REGIONS.counties(code, 2020) is None


def test_a_county_is_its_own_only_county() -> None:
    assert codes(REGIONS.counties("150102", 2020) or []) == ["150102"]


@cases(
    """
    pattern   | named
    150200    | 150200
    150000/*  | 150100 150200
    150200/** | 150202
    100000/*  | 110000 150000
    **        | 110000 150102
    150202/*  |
    """
)
def test_a_pattern_names_regions(pattern: str | int, named: str | int) -> None:
    found = REGIONS.match(str(pattern), ["150102", "110000"], "regions")
    assert found == str(named).split()


@pytest.mark.parametrize(
    "pattern", ["999999", "15000", "999999/*", "", "内蒙古自治区", "*", "150000/150100", "150000/***"]
)
def test_an_unknown_region_or_pattern_says_where_and_what(pattern: str) -> None:
    with pytest.raises(ParameterError) as caught:
        REGIONS.match(pattern, [], "rounds/r.yaml: regions")
    assert str(caught.value).startswith("rounds/r.yaml: regions")
    assert repr(pattern.split("/")[0]) in str(caught.value) or repr(pattern) in str(caught.value)


def test_an_unknown_region_comes_with_the_nearest_known_code() -> None:
    with pytest.raises(ParameterError, match="did you mean '150202'"):
        REGIONS.get_known("1502O2", "here")


HEAD = "code,name,level,parent,type,valid_from,valid_to\n"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("15010,A,banner,,,,", "15010"),
        ("１５０１０２,A,banner,,,,", "１５０１０２"),
        ("150102.0,A,banner,,,,", "150102.0"),
        ("../../x,A,banner,,,,", "../../x"),
        ("150102,A,county,,,,", "county"),
        ("150102,A,banner,,,16-07,", "16-07"),
    ],
)
def test_a_faulty_row_is_named_with_its_line(tmp_path: Path, line: str, found: str) -> None:
    path = tmp_path / "regions.csv"
    path.write_text(HEAD + "100000,全国,nation,,,,\n" + line + "\n", encoding="utf-8")
    with pytest.raises(ParameterError, match="line 3") as caught:
        read_regions(path)
    assert found in str(caught.value)


def test_a_code_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "regions.csv"
    path.write_text(HEAD + "100000,全国,nation,,,,\n" * 2, encoding="utf-8")
    with pytest.raises(ParameterError, match="100000 stands twice"):
        read_regions(path)


def test_the_shipped_register_knows_when_the_two_new_districts_began() -> None:
    rows = {region.code: region for region in read_regions(ROOT / "params" / "regions.csv")}
    assert [rows["150603"].exists_in(year) for year in (2015, 2016, 2020)] == [False, True, True]
    assert [rows["150703"].exists_in(year) for year in (2012, 2013)] == [False, True]
    assert sum(region.level == "banner" for region in rows.values()) == 103
    assert sum(region.parent == "150000" for region in rows.values()) == 12
