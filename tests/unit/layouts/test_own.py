"""A unit's own file has one row a year; what it shares with its league's return is told apart."""

from collections.abc import Sequence

import numpy as np

from endline.layouts.returns import Return
from endline.layouts.settle import settle

from .drawn import UNITS, figures, found, read

OWN = "data/raw/test/150202/150202-东河区.xlsx"
LEAGUE = "data/raw/test/2020/150200.xlsx"
HEAD = ["年份", "产妇数", "剖宫产活产数"]


def test_one_row_a_year_for_one_unit() -> None:
    result = read([["2010—2020年"], HEAD, ["2019年", 9, 3], [2020, 10, 4]], file=OWN)
    assert figures(result) == {
        ("150202", 2019): {"mothers": 9, "caesarean_births": 3},
        ("150202", 2020): {"mothers": 10, "caesarean_births": 4},
    }
    assert result.found
    assert (result.found.stream, result.found.region) == ("own", "150202")


def test_a_year_that_stands_twice_is_refused_in_both_rows() -> None:
    result = read([HEAD, [2019, 9, 3], [2020, 10, 4], [2019, 9, 5]], file=OWN)
    assert found(result, "F19") == [("F19", "A2 A4", "150202 东河区 2019")]
    assert figures(result)["150202", 2019] == {"mothers": None, "caesarean_births": None}


def test_a_year_that_cannot_be_read_or_is_not_there_costs_its_row() -> None:
    result = read([HEAD, ["20l9", 9, 3], [None, 8, 2], [2020, 10, 4]], file=OWN)
    assert [(f.rule, f.cell) for f in result.findings if f.rule != "F18e"] == [("F14", "A2"), ("F14", "A3")]
    assert list(figures(result)) == [("150202", 2020)]


def test_a_row_of_another_unit_is_refused() -> None:
    result = read([["地区", *HEAD], ["昆都仑区", 2020, 10, 4]], file=OWN)
    assert found(result, "F40") == [("F40", "A2", "昆都仑区")]


def test_a_sheet_without_any_year_is_refused() -> None:
    result = read([HEAD[1:], [10, 4]], file="data/raw/test/150202/报表.xlsx")
    assert (result.found, found(result, "F27a")) == (None, [("F27a", "", "")])


def test_a_league_may_send_its_own_years() -> None:
    result = read([HEAD, [2020, 30, 11]], file="data/raw/test/150200/报表.xlsx")
    assert figures(result) == {("150200", 2020): {"mothers": 30, "caesarean_births": 11}}


def league(*rows: list[object], head: Sequence[str] = ("地区", *HEAD[1:]), file: str = LEAGUE) -> Return:
    result = read([list(head), *rows], file=file)
    assert result.found
    return result.found


def own(*rows: list[object], head: list[str] = HEAD) -> Return:
    result = read([head, *rows], file=OWN)
    assert result.found
    return result.found


def given(returns: tuple[Return, ...]) -> dict[tuple[str, int, str], tuple[str, float]]:
    """Return every figure with the stream in which it is left."""
    return {
        (line.region, line.year, item.partition(".")[2]): (of.stream, float(of.value[n, m]))
        for of in returns
        for n, line in enumerate(of.lines)
        for m, item in enumerate(of.items.values())
        if of.given[n, m]
    }


def test_the_leagues_return_stands_and_both_are_asked() -> None:
    settled = settle([own([2019, 9, 3], [2020, 10, 5]), league(["东河区", 10, 4])], UNITS)
    assert given(settled.returns) == {
        ("150202", 2019, "mothers"): ("own", 9),
        ("150202", 2019, "caesarean_births"): ("own", 3),
        ("150202", 2020, "mothers"): ("upper", 10),
        ("150202", 2020, "caesarean_births"): ("upper", 4),
    }
    asked = [(file, f.cell, f.region, f.found) for file, f in settled.findings if f.rule == "F19b"]
    figure = "form41.caesarean_births 150202 2020"
    assert asked == [
        (OWN, "C3", "150202", f"{figure}：5；{LEAGUE} Sheet1 C2：4"),
        (LEAGUE, "C2", "150200", f"{figure}：4；{OWN} Sheet1 C3：5"),
    ]


def test_what_the_league_leaves_empty_is_taken_from_the_unit_and_what_it_garbles_is_not() -> None:
    settled = settle([league(["东河区", None, "约4"]), own([2020, 10, 4])], UNITS)
    left = given(settled.returns)
    assert left["150202", 2020, "mothers"] == ("own", 10)
    stream, value = left["150202", 2020, "caesarean_births"]
    assert stream == "upper"
    assert np.isnan(value)
    assert settled.findings == ()


def test_two_returns_of_the_same_league_that_differ_are_both_refused() -> None:
    copy = "data/raw/test/2020/150200-第二次.xlsx"
    settled = settle([league(["东河区", 10, 4]), league(["东河区", 10, 5], file=copy)], UNITS)
    assert np.isnan(given(settled.returns)["150202", 2020, "caesarean_births"][1])
    assert [(f.rule, f.cell) for _, f in settled.findings] == [("F19", "C2"), ("F19a", "2:2")]


def test_two_returns_of_one_form_that_share_no_column_are_joined() -> None:
    head, file = ("地区", "产妇建卡人数", "死胎死产数"), "data/raw/test/2020/150200-续表.xlsx"
    more = league(["东河区", 2, 3], head=head, file=file)
    settled = settle([league(["东河区", 10, 4]), more], UNITS)
    assert settled.findings == ()
    assert len(given(settled.returns)) == 4


def test_three_that_differ_are_all_refused() -> None:
    files = [f"data/raw/test/2020/150200-{n}.xlsx" for n in range(3)]
    settled = settle([league(["东河区", 10, n + 1], file=file) for n, file in enumerate(files)], UNITS)
    values = [value for (_, _, item), (_, value) in given(settled.returns).items() if item == "caesarean_births"]
    assert len(values) == 1
    assert np.isnan(values[0])


def test_the_league_stands_before_the_province_and_its_own_total_before_all() -> None:
    province = "data/raw/test/2020/150000-内蒙古自治区.xlsx"
    told = league(["包头市", 31, 12], ["昆都仑区", 21, 7], file=province)
    settled = settle([told, league(["合计", 30, 11], ["东河区", 10, 4], ["昆都仑区", 20, 7])], UNITS)
    left = given(settled.returns)
    assert (left["150203", 2020, "mothers"][1], left["150200", 2020, "mothers"][1]) == (20, 30)
    assert [(file, f.rule, f.cell) for file, f in settled.findings if f.rule != "F19a"] == [
        (province, "F19b", "B2"),
        (LEAGUE, "F19b", "B2"),
        (province, "F19b", "C2"),
        (LEAGUE, "F19b", "C2"),
        (province, "F19b", "B3"),
        (LEAGUE, "F19b", "B4"),
    ]


def test_a_row_that_names_nobody_is_nobodys_in_a_return_of_many() -> None:
    result = read([HEAD[1:], [10, 4]])
    assert found(result, "F40") == [("F40", "A2", "2")]
    garbled = read([["代码等", *HEAD[1:]], ["150399", 10, 4]])
    assert found(garbled, "F40") == [("F40", "A2", "150399")]
    assert figures(garbled) == {}


def test_a_units_own_row_with_a_text_that_nobody_knows_is_refused() -> None:
    result = read([["报表口径", *HEAD], ["全口径", 2020, 10, 4]], file=OWN)
    assert found(result, "F40") == [("F40", "A2", "全口径")]
