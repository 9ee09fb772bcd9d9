"""The chart of a measure: what was observed of it, drawn and told, and nothing of another series."""

from collections.abc import Sequence
from typing import Any

import pytest

from builders import a_round, counted, evaluated, observation, observations, series, target
from endline.charts import Charts
from endline.figures.style import BLUE, GREY
from endline.narrative import Teller
from endline.params import Params
from endline.rows import rows_of
from endline.store.limits import limits
from endline.story import Block
from endline.wording import Wording

from .drawn import Drawn

OWN = "2010=30.0 2011=28.5 2014=24.2 2020=15.1"
ENDS = "2010=20.0 2020=10.0"


@pytest.fixture(scope="module")
def draw(params: Params) -> Any:
    say, register = Wording(params.wording("zh")), params.regions()

    def drawn(
        rows: Sequence[dict[str, Any]], *aim: Any, indicator: str = "mmr", corner: str = ""
    ) -> tuple[Drawn, Block]:
        goal = target(*aim, indicator=indicator, indicators=params.indicators)
        facts = {"regions": register, "indicators": params.indicators, "method": params.method}
        result = evaluated(rows, [goal], ["150000"], **facts)
        teller = Teller(a_round(), register["150000"], register, params.indicators, params.method, say)
        (measure,) = result.measures.itertuples(index=False)
        table = observations(rows)
        seen = rows_of(table.join(limits(table, params.indicators, params.method.confidence.value)))
        block = Charts(teller, seen, corner).block(7, goal, measure, "met")
        return Drawn(block.data["image/svg+xml"]), block

    return drawn


def mmr(history: str, **more: Any) -> list[dict[str, Any]]:
    return series(history, indicator_id="mmr", **more)


def heights(drawn: Drawn, colour: str) -> list[float]:
    marks = sorted((m for m in drawn.marks if m.edge == colour.lower()), key=lambda m: m.x)
    return [drawn.value(m.y) for m in marks]


def test_the_observed_years_are_drawn_with_the_gaps_between_them(draw: Any) -> None:
    drawn, block = draw(mmr(OWN))
    assert heights(drawn, BLUE) == pytest.approx([30, 28.5, 24.2, 15.1], abs=0.1)
    assert [len(piece) for piece in drawn.stroked(BLUE, "1.6")[0].pieces] == [2, 1, 1]
    assert "2012—2013、2015—2019" in block.marks["alt"]
    assert block.marks["caption"].startswith("图7")


def test_no_other_series_is_drawn(draw: Any) -> None:
    others = [
        *series(ENDS, indicator_id="imr"),
        *mmr(ENDS, stratum="floating"),
        *mmr(ENDS, region_code="150100"),
    ]
    alone, told = draw(mmr(OWN))
    drawn, also = draw([*others, *mmr(OWN)])
    assert (drawn.marks, also.data) == (alone.marks, told.data)


def test_the_upper_region_stands_behind_where_it_has_values(draw: Any) -> None:
    drawn, _ = draw([*mmr(OWN), *mmr("2010=40.0 2015=33.0", region_code="100000")])
    assert heights(drawn, GREY) == pytest.approx([40, 33], abs=0.1)
    assert drawn.text("全国").fill == GREY.lower()
    missing = [observation(None, indicator_id="mmr", region_code="100000")]
    bare, _ = draw([*mmr(OWN), *missing])
    assert "全国" not in {t.text for t in bare.texts}


def test_counts_give_intervals_except_where_there_are_too_few_events(draw: Any) -> None:
    rows = [counted(n, 100_000, indicator_id="mmr", year=year) for year, n in ((2010, 30), (2015, 2), (2020, 3))]
    drawn, _ = draw(rows)
    (whiskers,) = drawn.stroked(BLUE, "0.7")
    low, high = (drawn.value(y) for _, y in whiskers.pieces[0])
    assert (low, high) == (pytest.approx(20.24, abs=0.1), pytest.approx(42.83, abs=0.1))  # Garwood 1936
    assert len(whiskers.pieces) == 2
    assert [m.edge for m in sorted(drawn.marks, key=lambda m: m.x)] == [c.lower() for c in (BLUE, GREY, BLUE)]


def test_the_interval_of_a_proportion_stays_within_it(draw: Any) -> None:
    rows = [counted(n, 40, per=100, indicator_id="anc_rate", year=year) for year, n in ((2010, 30), (2020, 40))]
    drawn, _ = draw(rows, ">=", 90, indicator="anc_rate")
    (whiskers,) = drawn.stroked(BLUE, "0.7")
    low, high = (drawn.value(y) for _, y in whiskers.pieces[1])
    assert (low, high) == (pytest.approx(91.19, abs=0.1), pytest.approx(100, abs=0.1))  # Clopper & Pearson 1934


def test_a_bound_is_drawn_and_told_as_one(draw: Any) -> None:
    drawn, block = draw(mmr("2010=30.0 2020<=15.0"))
    assert {m.shape for m in drawn.marks} == {"circle", "down"}
    assert "终期 15.00以下" in {t.text for t in drawn.texts}
    assert "15.00/10万以下" in block.marks["alt"]


@pytest.mark.parametrize(
    ("aim", "level"), [(("<=", 20), "目标 20"), (("<=", "2/3"), "目标 20.00"), (("decrease",), "")]
)
def test_the_level_is_that_of_the_target(draw: Any, aim: tuple[Any, ...], level: str) -> None:
    drawn, _ = draw(mmr(OWN), *aim)
    assert [t.text for t in drawn.texts if t.text.startswith("目标")] == [level] * bool(level)


def test_one_observation_is_told_once(draw: Any) -> None:
    _, block = draw(mmr("2020=15.1"))
    assert "孕产妇死亡率，2020年15.10/10万；" in block.marks["alt"]


def test_simulated_figures_are_marked(draw: Any) -> None:
    assert draw(mmr(OWN), corner="模拟数据")[0].text("模拟数据")


def test_a_change_of_definition_is_drawn_and_told(draw: Any) -> None:
    rows = [*mmr("2010=30.0 2011=28.5"), *mmr("2013=24.2 2020=15.1", definition="new")]
    drawn, block = draw(rows)
    assert drawn.text("口径变化")
    assert "；2013年起口径变化" in block.marks["alt"]
    drawn, block = draw(mmr(OWN))
    assert "口径变化" not in {t.text for t in drawn.texts} | {block.marks["alt"]}
