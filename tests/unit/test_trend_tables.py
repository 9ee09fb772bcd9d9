"""The annex tables on trends."""

from builders import REGIONS, a_round, evaluated, method, series, target
from endline.narrative import Teller
from endline.params import Params
from endline.trend_tables import TrendTables
from endline.wording import Wording


def test_a_series_is_projected_to_each_year_in_which_a_target_of_it_is_due(params: Params) -> None:
    known, round_ = params.indicators, a_round(kind="midterm")
    aims = [target("<=", aim, id=str(due), indicator="mmr", indicators=known, due_year=due) for due, aim in
            ((2025, 9), (2030, 7), (2030, 6))]  # fmt: skip
    history = "2014=20 2015=19 2016=17 2017=16 2018=15 2019=14 2020=12"
    measures = evaluated(series(history, indicator_id="mmr"), aims, round=round_, indicators=known).measures
    teller = Teller(round_, REGIONS["150000"], REGIONS, known, method(), Wording(params.wording("zh")))
    tables = TrendTables(teller, measures.itertuples(index=False))
    assert [row[:2] for row in tables.projections()] == [["孕产妇死亡率", "2025"], ["孕产妇死亡率", "2030"]]
    assert len({row[3] for row in tables.projections()}) == 2
    assert len(tables.tests()) == 1
