"""Who is missing from a report's sums, and whose return could not be used, in words."""

from types import SimpleNamespace

import pandas as pd

from builders import INDICATORS, METHOD, a_round
from endline.missing import summary_sentences, upper_clause, value_clause
from endline.narrative import Teller
from endline.params import Params
from endline.wording import Wording


def teller(params: Params, code: str) -> Teller:
    regions = params.regions()
    return Teller(a_round(), regions[code], regions, INDICATORS, METHOD, Wording(params.wording("zh")))


def row(absent: str = "", indicator: str = "deaths", **more: str) -> SimpleNamespace:
    return SimpleNamespace(indicator_id=indicator, stratum="total", absent=absent, **more)


def test_who_is_missing_stands_behind_the_final_value(params: Params) -> None:
    region = teller(params, "150000")
    assert value_clause(region, row("2015:10/12:152200 152900;2020:11/12:152900")) == "；为11/12 盟市（缺：阿拉善盟）"
    assert value_clause(region, row("2015:11/12:152900")) == ""


def test_and_behind_the_upper_regions(params: Params) -> None:
    league = teller(params, "150300")
    assert (
        upper_clause(league, row(upper_code="150000", upper_absent="11/12:152900")) == "（11/12 盟市（缺：阿拉善盟））"
    )
    assert upper_clause(league, row(upper_code="150000", upper_absent="")) == ""


def test_the_summary_says_it_year_by_year(params: Params) -> None:
    rows = [
        row("2015:11/12:152900;2016:11/12:152900"),
        row("2015:11/12:152900;2016:11/12:152900", "infant"),
        row("2020:10/12:152200 152900", "years"),
        row("2015:11/12:152900;2016:11/12:152900"),  # the same series for another target
    ]
    assert summary_sentences(teller(params, "150000"), rows, []) == [
        "2015—2016年的汇总数据只含11/12 盟市（缺：阿拉善盟）（2个序列）。",
        "2020年的汇总数据只含10/12 盟市（缺：兴安盟、阿拉善盟）（1个序列）。",
    ]


def test_whose_return_could_not_be_used(params: Params) -> None:
    refused = pd.DataFrame({"of": ["152900", "152900", "150000"], "year": [2019, 2020, 0]})
    assert summary_sentences(teller(params, "152921"), [], refused.itertuples()) == [
        "内蒙古自治区的一份报表未能使用，本报告缺少其中的数据。",
        "阿拉善盟2019—2020年的报表未能使用，本报告缺少其中的数据。",
    ]
