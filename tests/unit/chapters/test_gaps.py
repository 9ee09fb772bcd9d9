"""The chapter on gaps: what is said of areas and of town and country, and what must not be said."""

import re
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

import pytest

from builders import REGIONS, a_round, counted, evaluated, observation, observations, target
from endline.chapters.gaps import gaps
from endline.chapters.telling import Telling
from endline.charts import Charts
from endline.model import Dataset, Notes, Outline, Target
from endline.narrative import Teller
from endline.params import Params
from endline.params.tiles import grid
from endline.rows import rows_of
from endline.store import Slice
from endline.store.extract import GAPS
from endline.store.limits import limits
from endline.story import Block
from endline.tables import Tables
from endline.wording import Wording

NATION, PROVINCE, LEAGUE, A, B, YOUNG, D = "100000", "150000", "150100", "150102", "150103", "150104", "150202"
CODES = (PROVINCE, LEAGUE, A, B, YOUNG, "150200", D)
Tell = Callable[..., list[Block]]


@pytest.fixture(scope="module")
def tell(params: Params) -> Tell:
    """The chapter of a region, told from a few observations."""
    say, method = Wording(params.wording("zh")), params.method

    def told(
        rows: Sequence[dict[str, Any]], code: str = LEAGUE, goals: Sequence[Target] = (), **facts: Any
    ) -> list[Block]:
        goals = goals or [target(value=15.0, indicator="imr", indicators=params.indicators)]
        found = evaluated(rows, goals, CODES, indicators=params.indicators, method=method)
        own = {
            name: rows_of(table[table["region_code"] == code])
            for name, table in {
                "evaluations": found.evaluations,
                "measures": found.measures,
                **{n: getattr(found.gaps, n) for n in GAPS},
            }.items()
        }
        round_ = a_round(**facts)
        teller = Teller(round_, REGIONS[code], REGIONS, params.indicators, method, say)
        table = observations(rows)
        seen = rows_of(table.join(limits(table, params.indicators, method.confidence.value)))
        outline = Outline(
            id="o",
            title="o",
            short="o",
            publisher="p",
            source="s",
            scope="s",
            first_year=2011,
            last_year=2020,
            targets=tuple(goals),
        )
        dataset = Dataset(id="test", title="t", publisher="p", simulated=False)
        part = Slice({"observations": seen, **own}, "d")
        tables = Tables(teller, [outline], part)
        charts = Charts(teller, seen, "")
        t = Telling(teller, tables, charts, part, dataset, [outline], {}, Notes(), ("gaps",))
        return gaps(t, grid({}, [row.member_code for row in part.rows["subregions"]]), count(7))

    return told


def infants(**deaths: int) -> list[dict[str, Any]]:
    """Return infant deaths in 10,000 births each, by region, and the league's own: their sum."""
    codes = {"a": A, "b": B, "young": YOUNG}
    facts = {"per": 1000, "indicator_id": "imr"}
    rows = [counted(n, 10_000, region_code=codes[name], **facts) for name, n in deaths.items()]
    return [*rows, counted(sum(deaths.values()), 10_000 * len(deaths), region_code=LEAGUE, **facts)]


def said(blocks: Sequence[Block]) -> str:
    return "\n".join(re.sub(r"\\(.)", r"\1", b.data.get("text/markdown", "")) for b in blocks)


def charts(blocks: Sequence[Block]) -> list[dict[str, str]]:
    return [dict(block.marks) for block in blocks if block.marks["kind"] == "chart"]


def rows(blocks: Sequence[Block], first: str) -> list[list[str]]:
    """Return the body of the table whose first head is `first`."""
    for block in blocks:
        for part in block.data.get("application/vnd.endline.parts", ()):
            if part["kind"] == "table" and part["header"][0] == first:
                return [list(row) for row in part["rows"]]
    raise AssertionError(f"no table with {first!r}")


# areas


def test_an_indicator_is_told_with_extremes_funnel_dispersion_and_targets_met(tell: Tell) -> None:
    text = said(tell(infants(a=120, b=30, young=60)))
    assert "League为7.00‰，3个县级单位均有事件数和分母" in text
    assert "最低为B（3.00‰），最高为A（12.00‰），相差9.00个千分点，比值4.00" in text
    assert "高于99.8%控制上限的有1个（A），低于99.8%控制下限的有1个（B）" in text
    assert "有结论的3个均达标" in text


def test_a_single_death_is_no_failure_and_no_rate(tell: Tell) -> None:
    facts = {"per": 1000, "indicator_id": "imr"}
    few = [counted(1, 50, region_code=YOUNG, **facts), counted(101, 20_050, region_code=LEAGUE, **facts)]
    blocks = tell([*infants(a=50, b=50)[:2], *few])
    assert "未达标的1个，精确区间均跨越目标，仅凭一年数据尚不能确认" in said(blocks)
    assert [row[1] for row in rows(blocks, "地区")] == ["5.00（50）", "5.00（50）", "少于3例"]


def test_areas_are_listed_in_code_order_and_never_ranked(tell: Tell) -> None:
    blocks = tell(infants(a=20, b=90, young=50))
    assert [row[0] for row in rows(blocks, "地区")] == ["A", "B", "Young"]
    text = said(blocks)
    assert "不作排名" in text
    for word in ("第一", "名列", "最差", "最好", "显著", "导致"):
        assert word not in text


def test_the_public_edition_lists_no_areas_one_by_one(tell: Tell) -> None:
    with pytest.raises(AssertionError, match="no table"):
        rows(tell(infants(a=20, b=90, young=50), edition="public"), "地区")


def test_the_funnel_and_the_map_have_numbers_and_say_what_they_show(tell: Tell) -> None:
    funnel, tiles = charts(tell(infants(a=120, b=30, young=60)))
    assert funnel["caption"].startswith("图7")
    assert "高于99.8%控制限的1个（A12.00‰）" in funnel["alt"]
    assert tiles["caption"].startswith("图8")
    assert "A1/1、B1/1、Young1/1" in tiles["alt"]


def test_with_few_events_there_is_no_funnel_and_no_finding(tell: Tell) -> None:
    blocks = tell(infants(a=2, b=3, young=1))
    assert all("漏斗" not in chart["alt"] for chart in charts(blocks))
    text = said(blocks)
    assert "主要指标的事件数不足20例" in text
    assert "事件过少、各项均不能列出的指标未列入：婴儿死亡率" in text


def test_a_province_tells_of_its_counties_as_well(tell: Tell) -> None:
    facts = {"per": 1000, "indicator_id": "imr"}
    other = [counted(60, 10_000, region_code=code, **facts) for code in (D, "150200")]
    rows_ = [*infants(a=120, b=30, young=60), *other, counted(270, 40_000, region_code=PROVINCE, **facts)]
    blocks = tell(rows_, PROVINCE)
    assert "4个县级单位中4个有事件数和分母，高于99.8%控制上限的1个，低于99.8%控制下限的1个" in said(blocks)
    assert "4个地区" in charts(blocks)[0]["alt"]  # the funnel is of the counties
    assert rows(blocks, "指标")[0][-1] == "1/1"


def test_a_banner_is_told_that_it_has_nothing_below(tell: Tell) -> None:
    assert "A为县级单位，其下没有参加评估的地区，不作地区比较" in said(tell(infants(a=20, b=20), A))


def test_values_without_counts_are_not_compared(tell: Tell) -> None:
    facts = {"indicator_id": "imr"}
    text = said(tell([observation(v, region_code=c, **facts) for c, v in ((A, 3.0), (B, 9.0), (LEAGUE, 5.0))]))
    assert "最多2个，没有可比的事件数和分母，不作地区比较" in text


# over the years


def over_years(**deaths: tuple[int, int]) -> list[dict[str, Any]]:
    """Return infant deaths in 10,000 births each at both ends of the term, by region, and their sum."""
    codes = {"a": A, "b": B, "young": YOUNG}
    facts = {"per": 1000, "indicator_id": "imr"}
    ends = list(zip((2010, 2020), zip(*deaths.values(), strict=True), strict=True))
    rows = [
        counted(n, 10_000, region_code=codes[name], year=year, **facts)
        for year, counts in ends
        for name, n in zip(deaths, counts, strict=True)
    ]
    size = 10_000 * len(deaths)
    return [*rows, *(counted(sum(counts), size, region_code=LEAGUE, year=year, **facts) for year, counts in ends)]


def test_the_years_of_the_areas_stand_in_code_order_with_their_values_in_the_workbook(tell: Tell) -> None:
    blocks = tell(over_years(a=(120, 60), b=(30, 40), young=(200, 2)))
    _, slope, multiples, _ = charts(blocks)
    assert "婴儿死亡率的最高值与最低值之比最大（1.50）。图8和图9" in said(blocks)
    assert slope["alt"].endswith(
        "上升1条、下降2条、不变0条、缺数0条；A由12.00到6.00；B由3.00到4.00；Young由20.00到少于3例"
    )
    assert "A2010年12.00‰、2020年6.00‰，达标；B" in multiples["alt"]
    (years,) = [b for b in blocks if "2020年，率的括号内为事件数" in b.data.get("text/markdown", "")]
    assert years.marks["style"] == "sheet"
    cells = [[row[0], row[1], row[-1]] for row in years.data["application/vnd.endline.parts"][0]["rows"]]
    assert cells == [
        ["A", "12.00（120）", "6.00（60）"],
        ["B", "3.00（30）", "4.00（40）"],
        ["Young", "20.00（200）", "少于3例"],
    ]


def test_the_public_edition_draws_no_areas_over_the_years(tell: Tell) -> None:
    blocks = tell(over_years(a=(120, 60), b=(30, 40)), edition="public")
    assert [chart["alt"][:3] for chart in charts(blocks)] == ["漏斗图", "地区示"]


def test_without_extremes_or_without_a_baseline_no_years_are_drawn(tell: Tell) -> None:
    for rows_ in (over_years(a=(12, 16), b=(13, 14)), infants(a=60, b=40)):
        assert not [chart for chart in charts(tell(rows_)) if "斜率图" in chart["alt"]]


# town and country


def pair(year: int, rural: tuple[int, int], urban: tuple[int, int]) -> list[dict[str, Any]]:
    facts = {"region_code": LEAGUE, "year": year, "indicator_id": "mmr"}
    both = {"rural": rural, "urban": urban, "total": (rural[0] + urban[0], rural[1] + urban[1])}
    return [counted(*counts, stratum=stratum, **facts) for stratum, counts in both.items()]


@pytest.fixture
def maternal(params: Params) -> list[Target]:
    return [target(indicator="mmr", indicators=params.indicators)]


def test_a_gap_that_narrowed_is_told_with_what_is_sure_of_it(tell: Tell, maternal: list[Target]) -> None:
    births = 100_000
    sure = [*pair(2010, (300, births), (100, births)), *pair(2020, (60, births), (50, births))]
    text = said(tell(sure, goals=maternal))
    assert "2010年农村为300.00/10万，城市为100.00/10万，相差200.00个十万分点，比值3.00" in text
    assert "差值比2010年缩小190.00个十万分点" in text
    assert "不含0" in text
    assert "比值由3.00变为1.20" in text
    unsure = [*pair(2010, (30, births), (20, births)), *pair(2020, (16, births), (14, births))]
    assert "包含0，仅凭两年数据尚不能确认" in said(tell(unsure, goals=maternal))


def test_a_gap_may_widen_while_its_ratio_falls_and_both_are_told(tell: Tell, maternal: list[Target]) -> None:
    births = 100_000
    text = said(
        tell([*pair(2010, (20, births), (10, births)), *pair(2020, (60, births), (40, births))], goals=maternal)
    )
    assert "差值比2010年扩大10.00个十万分点" in text
    assert "比值由2.00变为1.50" in text


def test_sides_that_changed_places_are_neither_narrower_nor_wider(tell: Tell, maternal: list[Target]) -> None:
    births = 100_000
    text = said(
        tell([*pair(2010, (40, births), (20, births)), *pair(2020, (20, births), (30, births))], goals=maternal)
    )
    assert "农村和城市的高低易位" in text
    assert "缩小" not in text


def test_few_events_are_told_as_events(tell: Tell, maternal: list[Target]) -> None:
    blocks = tell([*pair(2010, (40, 10_000), (20, 10_000)), *pair(2020, (2, 5_000), (9, 9_000))], goals=maternal)
    text = said(blocks)
    assert "2020年农村2例、城市9例，少于3例的率极不稳定，不作比较" in text
    assert "缩小" not in text
    assert rows(blocks, "指标")[-1][2:] == ["2例/5000", "100.00/10万（9/9000）", "—", "—"]


def test_the_public_edition_prints_no_count_from_which_few_events_could_be_told(
    tell: Tell, maternal: list[Target]
) -> None:
    few = [*pair(2010, (40, 10_000), (20, 10_000)), *pair(2020, (2, 5_000), (9, 9_000))]
    blocks = tell(few, goals=maternal, edition="public")
    assert "2020年农村或城市少于3例，不列数值，不作比较" in said(blocks)
    assert rows(blocks, "指标")[-1][2:] == ["少于3例", "—", "—", "—"]
    assert rows(blocks, "指标")[0][2:4] == ["400.00/10万（40/10000）", "200.00/10万（20/10000）"]


def test_published_values_are_told_as_printed_without_an_interval(tell: Tell, maternal: list[Target]) -> None:
    values = {(2010, "rural"): 30.1, (2010, "urban"): 29.7, (2020, "rural"): 18.5, (2020, "urban"): 14.1}
    rows_ = [
        observation(v, year=y, stratum=s, indicator_id="mmr", region_code=LEAGUE, value_text=str(v))
        for (y, s), v in values.items()
    ]
    text = said(tell([*rows_, observation(16.9, indicator_id="mmr", region_code=LEAGUE)], goals=maternal))
    assert "农村为18.5/10万，城市为14.1/10万，相差4.4个十万分点，比值1.31" in text
    assert "差值比2010年扩大4.0个十万分点，没有事件数和分母，不作区间估计" in text


def test_without_strata_that_is_said(tell: Tell) -> None:
    assert "没有分城乡的数值，不作城乡比较" in said(tell(infants(a=20, b=20)))
