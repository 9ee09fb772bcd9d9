"""Whose a row is: by code, by name within the reporting region; an alias needs to be in the register."""

from typing import Any

import pytest

from builders import cases
from endline.layouts.places import Places
from endline.regions import Regions

from .drawn import UNITS, figures, found, read

HEAD = ["代码", "地区", "产妇数", "剖宫产活产数"]


def one(code: object, name: str | None, **more: Any) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Return the region that a row is said to be, and what is to be explained."""
    result = read([HEAD, [code, name, 10, 4]], **more)
    return [region for region, _ in figures(result)], [f for f in found(result) if f[0] not in ("F18e", "F12a")]


@cases(
    """
    code     | name               | region
    150202   | 东河区             | 150202
    —        | 东河区             | 150202
    —        | 东 河 区           | 150202
    —        | 包头市东河区       | 150202
    —        | 内蒙古自治区包头市东河区 | 150202
    150203   | —                  | 150203
    """
)
def test_a_region_is_known_by_code_or_name(code: int | None, name: str | None, region: int) -> None:
    for spelt in (code and str(code), code, code and float(code)):
        assert one(spelt, name) == ([str(region)], [])


@cases(
    """
    code    | name     | cell | told
    150204  | —        | A2   | 150204
    150302  | —        | A2   | 150302 海勃湾区
    —       | 东河     | B2   | 东河
    —       | 海勃湾区 | B2   | 海勃湾区
    150202  | 昆都仑区 | B2   | 150202 昆都仑区
    —       | 某某旗   | B2   | 某某旗
    """
)
def test_what_the_reporting_region_does_not_have_is_refused(
    code: int | None, name: str | None, cell: str, told: str | int
) -> None:
    assert one(code and str(code), name) == ([], [("F40", cell, str(told))])


def test_names_like_it_are_told() -> None:
    (finding,) = [f for f in read([HEAD, [None, "东河", 10, 4]]).findings if f.rule == "F40"]
    assert finding.expected == "东河区 150202"


def test_a_code_with_a_name_that_nobody_has_stands_and_is_asked() -> None:
    assert one("150202", "东河") == (["150202"], [("F40a", "B2", "150202 东河")])


def test_a_name_that_two_regions_have_is_refused_where_nobody_reports() -> None:
    result = read([HEAD, [None, "东河区", 10, 4]], file="data/raw/test/2020/报表.xlsx")
    (finding,) = [f for f in result.findings if f.rule == "F40"]
    assert (finding.cell, finding.expected) == ("B2", "150202 东河区、150303 东河区")


def renamed(aliases: str) -> Regions:
    """Return the register, 东河区 with other names."""
    more = UNITS["150202"].model_copy(update={"aliases": aliases})
    return Regions(more if region.code == "150202" else region for region in UNITS.values())


def test_an_alias_counts_once_it_is_in_the_register() -> None:
    assert one(None, "东河新区") == ([], [("F40", "B2", "东河新区")])
    assert one(None, "东河新区", regions=renamed("东河新区")) == (["150202"], [])
    assert one("150202", "东河新区") == (["150202"], [("F40a", "B2", "150202 东河新区")])


@cases(
    """
    aliases       | asked
    东河县        | no
    东河县:2020   | no
    旧名、东河县:2021 | no
    东河县:2019   | yes
    """
)
def test_a_name_that_was_given_up_is_asked_in_later_years(aliases: str, asked: bool) -> None:
    region, told = one(None, "东河县", regions=renamed(aliases))
    assert region == ["150202"], "known all the same: the register says so"
    assert told == ([("F40a", "B2", "150202 东河县 2020")] if asked else [])


def test_a_region_that_does_not_exist_yet_is_refused() -> None:
    assert one("150207", "九原区") == (["150207"], [])
    early = one("150207", "九原区", file="data/raw/test/2015/150200.xlsx")
    assert early == ([], [("F40", "B2", "150207 九原区 2015")])


def test_a_column_without_a_header_is_known_by_its_regions() -> None:
    rows = [[None, "产妇数", "剖宫产活产数"], ["东河区", 10, 4]]
    assert list(figures(read(rows))) == [("150202", 2020)]
    coded = [[None, None, "产妇数", "剖宫产活产数"], [1, "150203", 10, 4]]
    assert list(figures(read(coded))) == [("150203", 2020)]


def test_the_narrower_of_two_columns_of_names_counts() -> None:
    rows = [["盟市", "旗县", "产妇数", "剖宫产活产数"], ["包头市", "东河区", 10, 4], ["包头市", "昆都仑区", 20, 7]]
    assert list(figures(read(rows))) == [("150202", 2020), ("150203", 2020)]


@pytest.mark.parametrize(
    ("file", "mentioned"),
    [
        ("包头市2019年报", ["150200"]),
        ("内蒙古自治区-包头市-东河区", ["150000", "150200", "150202", "150303"]),
        ("报表", []),
    ],
)
def test_the_names_in_a_files_name_are_found(file: str, mentioned: list[str]) -> None:
    assert Places(UNITS).mentioned(file) == mentioned


def test_one_region_stays_where_others_lie_above_it() -> None:
    places = Places(UNITS)
    assert places.lowest(["150000", "150202", "150200"]) == "150202"
    assert places.lowest(["150202", "150303"]) == ""
    assert places.lowest([]) == ""
