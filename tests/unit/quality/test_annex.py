"""What a report says of the quality of its data: from its slice alone."""

import pandas as pd
import pytest

from endline.checks.summed import COLUMNS
from endline.narrative import Teller
from endline.quality import quality_blocks
from endline.rows import rows_of
from endline.store import Slice
from endline.story import PARTS
from endline.wording import Wording
from stores import COUNTY, INNER_MONGOLIA, NATION, ROUND, made, read_params, small

Row = tuple[str, str, str, str, int, int, int]
CORRECTION = {"region_code": INNER_MONGOLIA, "of": COUNTY, "file": "data/raw/published/2020/a.csv", "sheet": "表1"}
CORRECTION |= {"cell": "C5", "old": "21", "new": "12", "reason": "=错行", "who": "某", "date": "2021-03-05"}


@pytest.fixture(scope="module")
def slices(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Teller, Slice]]:
    where = small(tmp_path_factory.mktemp("annex"))
    params, store = read_params(where), made(where)
    regions, say = params.regions("published"), Wording(params.wording("zh"))
    return {
        code: (
            Teller(params.round(ROUND), regions[code], regions, params.indicators, params.method, say),
            store.slice(code),
        )
        for code in (NATION, INNER_MONGOLIA, COUNTY)
    }


def quality(code: str, *rows: Row) -> pd.DataFrame:
    return pd.DataFrame([(code, *row) for row in rows], columns=COLUMNS)


def told(
    slices: dict[str, tuple[Teller, Slice]], code: str, **changed: pd.DataFrame
) -> tuple[str, list[list[list[str]]]]:
    """Return all that is said, and the tables with their headers."""
    teller, own = slices[code]
    mine = Slice({**own.rows, **{name: rows_of(table) for name, table in changed.items()}}, own.digest)
    parts = [part for block in quality_blocks(teller, mine) for part in block.data[PARTS]]
    tables = [[list(p["header"]), *map(list, p["rows"])] for p in parts if p["kind"] == "table"]
    return "\n".join(p.get("text") or p.get("title") or p.get("caption", "") for p in parts), tables


def test_published_figures_have_years_and_gaps_and_no_forms(slices: dict[str, tuple[Teller, Slice]]) -> None:
    text, (by_year, gaps) = told(slices, NATION)
    assert "2010—2020年应有35个指标序列，17个有数据，其中3个各年均有数据。" in text
    assert "流动人口孕产妇死亡率" in text
    assert by_year[0] == ["年", "有数据的序列（共35个）"]
    assert [row[0] for row in by_year[1:]] == [str(year) for year in range(2010, 2021)]
    assert ["女性人均预期寿命", "3/11", "2011—2014、2016—2019", "—"] in gaps
    assert "各项核查规则均没有发现问题。" in text
    assert "没有更正。" in text


def test_a_region_without_any_figure_says_so(slices: dict[str, tuple[Teller, Slice]]) -> None:
    text, (by_year,) = told(slices, COUNTY)
    assert "0个有数据" in text
    assert {row[1] for row in by_year[1:]} == {"0"}
    assert "不作评价" in text


def test_forms_and_regions_below_stand_year_by_year(slices: dict[str, tuple[Teller, Slice]]) -> None:
    rows: list[Row] = [
        ("completeness", "form41", "卫统41 年报表", "", 2020, 999, 1000),
        ("completeness", "form41", "卫统41 年报表", "", 2019, 1000, 1000),
        ("reporting", "form41", "卫统41 年报表", "", 2020, 19, 20),
        ("reporting", "form41", "卫统41 年报表", "", 2019, 20, 20),
        ("children", "150400 150500", "", "", 2020, 1, 3),
    ]
    text, (by_year, *_) = told(slices, INNER_MONGOLIA, quality=quality(INNER_MONGOLIA, *rows))
    assert by_year[0][2:] == ["卫统41填报率%", "卫统41报送", "有数据的下级地区"]
    assert by_year[-1][2:] == ["99.9", "19/20", "1/3"], "cut off: 100.0 is all of them"
    assert by_year[-2][2:] == ["100.0", "20/20", "—"]
    assert by_year[1][2:] == ["—", "—", "—"]
    assert "2020年没有上报可用数据的下级地区：赤峰市、通辽市。" in text


def test_rules_stand_by_weight_with_the_regions_own_and_all_below(slices: dict[str, tuple[Teller, Slice]]) -> None:
    rows: list[Row] = [
        ("rule", "F36", "数值突变", "ask", 0, 1, 4),
        ("rule", "F33", "逻辑关系", "refused", 0, 0, 2),
    ]
    text, tables = told(slices, INNER_MONGOLIA, quality=quality(INNER_MONGOLIA, *rows))
    assert tables[-1][1:] == [["F33", "拒", "逻辑关系", "0", "2"], ["F36", "问", "数值突变", "1", "4"]]
    assert (
        "本地区的核查问题：拒0项，缺0项，问1项，记0项；连同全部下级地区：拒2项，缺0项，问4项，记0项；各规则的次数见同名Excel文件。"
        in text
    )
    text, tables = told(slices, COUNTY, quality=quality(COUNTY, ("rule", "F36", "数值突变", "ask", 0, 1, 1)))
    assert tables[-1] == [["规则", "程度", "名称", "本地区"], ["F36", "问", "数值突变", "1"]]
    assert "下级地区" not in text, "a county has none"


def test_agreement_outliers_and_digits_are_a_line_each(slices: dict[str, tuple[Teller, Slice]]) -> None:
    rows: list[Row] = [
        ("consistency", "", "甲÷乙", "", 0, 10, 11),
        ("consistency", "", "丙÷丁", "", 0, 11, 11),
        ("outliers", "", "", "", 0, 2, 400),
        ("digits", "", "", "", 0, 1, 1),
    ]
    text, _ = told(slices, COUNTY, quality=quality(COUNTY, *rows))
    assert "甲÷乙，10/11；丙÷丁，11/11。" in text
    assert "可评400个" in text
    assert "（规则F36）的2个" in text
    assert "分布不均（规则F41）的1个" in text


def test_a_correction_is_listed_with_all_that_was_said_of_it(slices: dict[str, tuple[Teller, Slice]]) -> None:
    _, tables = told(slices, INNER_MONGOLIA, corrections=pd.DataFrame([CORRECTION]))
    assert tables[-1][1] == ["新城区", "2020/a.csv 表1 C5", "21", "12", "=错行", "某", "2021-03-05"]


def test_of_many_corrections_the_first_are_printed_and_all_are_counted(slices: dict[str, tuple[Teller, Slice]]) -> None:
    many = pd.DataFrame([CORRECTION | {"cell": f"C{n}"} for n in range(1, 101)])
    text, tables = told(slices, INNER_MONGOLIA, corrections=many)
    assert len(tables[-1]) == 61
    assert "更正了100个单元格" in text
    assert "只列前60项，共100项" in text
