"""A sheet is recognised by its header wherever that stands and however it is drawn; what is not is said."""

from endline.layouts import Layout, Refused, recognise

from .drawn import figures, found, known, read, sheet

LEVELS = [
    ["地区", "活产数", None, None, "产妇数", "围产儿情况", None, "新生儿破伤风发病数"],
    [None, "合计", "男", "女", "合计", "死胎死产数", "早期新生儿死亡数", None],
    [None, None, None, None, None, None, "合计", None],
]
MERGES = [(0, 0, 2, 0), (0, 1, 0, 3), (0, 5, 0, 6), (0, 7, 2, 7), (1, 5, 2, 5)]
BODY = [["东河区", 100, 52, 48, 98, 1, 2, 0], ["昆都仑区", 200, 99, 101, 195, 0, 1, 0]]
ITEMS = [
    *("live_births", "live_births_male", "live_births_female", "mothers", "stillbirths"),
    *("early_neonatal_deaths", "neonatal_tetanus_cases"),
]
TRUTH = {
    ("150202", 2020): dict(zip(ITEMS, BODY[0][1:], strict=True)),
    ("150203", 2020): dict(zip(ITEMS, BODY[1][1:], strict=True)),
}


def scores(rows: list, **more: object) -> dict[str, float]:
    layout = recognise(sheet(rows, **more), known())  # type: ignore[arg-type]
    assert isinstance(layout, Layout), layout
    return {match.item: match.score for match in layout.matches}


def test_merged_levels_are_read_exactly() -> None:
    assert scores([*LEVELS, *BODY], merged=MERGES) == dict.fromkeys(ITEMS, 1.0)
    assert figures(read([*LEVELS, *BODY], merged=MERGES)) == TRUTH


def test_levels_that_are_not_merged_are_read_with_their_left_neighbours() -> None:
    assert figures(read([*LEVELS, *BODY])) == TRUTH
    assert scores([*LEVELS, *BODY])["live_births_male"] == 0.98


def test_titles_above_empty_rows_between_and_column_numbers_do_not_matter() -> None:
    head = [["2020年孕产妇保健和健康情况年报表"], ["填报单位：包头市", None, None, "表号：卫统41"], []]
    numbers = [["甲", 1, 2, 3, 4, 5, 6, 7]]
    rows = [*head, LEVELS[0], [], LEVELS[1], LEVELS[2], *numbers, [], BODY[0], [], BODY[1]]
    assert figures(read(rows)) == TRUTH


def test_moved_columns_keep_their_items() -> None:
    order = [3, 0, 7, 1, 5, 2, 6, 4]
    flat = ["地区", "活产数合计", "活产数男", "活产数女", "产妇数", "死胎死产数", "早期新生儿死亡数", LEVELS[0][7]]
    rows = [[row[n] for n in order] for row in (flat, *BODY)]
    assert figures(read(rows)) == TRUTH


def test_the_name_of_the_sheet_says_nothing_where_the_columns_do() -> None:
    assert figures(read([*LEVELS, *BODY], name="卫统42", merged=MERGES)) == TRUTH


def test_a_share_after_each_count_is_read_beside_it() -> None:
    rows = [
        ["地区", "产妇数", "孕产妇保健管理", None, None, None, "孕产妇死亡", None],
        [None, "合计", "产妇建卡人数", None, "产妇系统管理人数", None, "死亡人数", "死亡率（1/10万）"],
        [None, None, "人数", "%", "人数", "率%", None, None],
        ["东河区", 100, 90, 90.0, 80, 80.0, 1, 1000.0],
    ]
    merged = [(0, 2, 0, 5), (1, 2, 1, 3), (1, 4, 1, 5), (0, 6, 0, 7)]
    result = read(rows, merged=merged)
    assert {m.item: m.unit for m in result.matches if m.is_rate} == {
        "mothers_registered_rate": "%",
        "mothers_managed_rate": "%",
        "maternal_deaths_rate": "1/100000",
    }
    assert figures(result)["150202", 2020]["mothers_registered"] == 90
    assert result.found
    counts = [item for column, item in result.found.items.items() if column not in result.found.rates]
    assert counts == [f"form41.{n}" for n in ("mothers", "mothers_registered", "mothers_managed", "maternal_deaths")]


def test_a_column_that_is_not_known_is_named_and_the_others_are_read() -> None:
    rows = [["地区", "产妇数", "剖宫产活产数", "本地指标"], ["东河区", 10, 4, 3]]
    result = read(rows)
    assert ("F18b", "D1", "本地指标") in found(result)
    assert figures(result) == {("150202", 2020): {"mothers": 10, "caesarean_births": 4}}


def test_figures_below_no_header_are_named() -> None:
    rows = [["地区", "产妇数", "剖宫产活产数"], ["东河区", 10, 4, None, 3], ["昆都仑区", 10, 4, None, 5]]
    assert ("F18b", "E2", "无表头（2）") in found(read(rows))


def test_items_without_a_column_are_listed() -> None:
    rows = [["地区", "产妇数", "剖宫产活产数"], ["东河区", 10, 4]]
    ((_, cell, told),) = found(read(rows), "F18e")
    assert cell == "A1"
    assert told.startswith("48：活产数 / 合计、")


def test_columns_that_two_forms_have_are_told_apart_by_the_title_or_not_at_all() -> None:
    rows = [["地区", "活产数合计", "活产数男"], ["东河区", 10, 4]]
    result = read(rows)
    ((_, cell, told),) = found(result, "F18a")
    assert (result.found, cell) == (None, "A1")
    assert "卫统41" in told
    assert "卫统42" in told
    titled = read([["七岁以下儿童保健和健康情况年报表"], *rows])
    assert titled.found
    assert titled.found.form == "form42"


def test_a_count_in_another_unit_is_refused_and_named() -> None:
    result = read([["地区", "产妇数（万人）", "剖宫产活产数（人）"], ["东河区", 1, 4]])
    assert found(result, "F06") == [("F06", "B1", "产妇数：万人")]
    assert figures(result) == {("150202", 2020): {"mothers": None, "caesarean_births": 4}}


def test_a_rate_in_another_unit_than_its_form_is_refused() -> None:
    rows = [["地区", "7岁以下儿童数", "5岁以下儿童死亡率（%）"], ["东河区", 1000, 5.5]]
    (finding,) = [f for f in read(rows).findings if f.rule == "F06"]
    assert (finding.cell, finding.expected) == ("C1", "‰")


def test_a_sheet_without_a_forms_header_is_named() -> None:
    result = recognise(sheet([["说明"], ["本表由盟市填报"]], name="填表说明"), known())
    assert isinstance(result, Refused)
    assert [(f.rule, f.sheet) for f in result.findings] == [("F18d", "填表说明")]
    staff = recognise(sheet([["科室", "人员"], ["办公室", 3]], name="人员"), known())
    assert isinstance(staff, Refused)
    assert [f.rule for f in staff.findings] == ["F18c"]


def test_a_second_table_below_the_first_refuses_the_sheet_and_the_header_said_twice_does_not() -> None:
    rows = [
        ["地区", "产妇数", "剖宫产活产数"],
        ["东河区", 10, 4],
        ["地区", "死胎死产数", "产妇建卡人数"],
        ["昆都仑区", 1, 9],
    ]
    result = read(rows)
    assert result.found is None
    assert found(result, "F18a") == [("F18a", "B3", "死胎死产数")]
    again = [rows[0], rows[1], rows[0], ["昆都仑区", 1, 9]]
    assert len(figures(read(again))) == 2


def test_a_title_of_another_form_than_the_columns_refuses_the_sheet() -> None:
    rows = [["补充指标"], ["地区", "产妇数", "剖宫产活产数"], ["东河区", 10, 4]]
    ((_, cell, told),) = found(read(rows), "F18a")
    assert cell == "A2"
    assert "卫统41" in told
    assert "补充指标" in told


def test_a_column_that_is_sure_in_one_form_and_not_in_another_is_told_by_the_title() -> None:
    rows = [["地区", "调查人数"], ["东河区", 10]]
    assert [rule for rule, *_ in found(read(rows))] == ["F18a"]
    assert [rule for rule, *_ in found(read([["补充指标"], *rows]))] == ["F18a"]
    titled = read([["7岁以下儿童保健和健康情况年报表"], *rows])
    assert figures(titled) == {("150202", 2020): {"breastfeeding_surveyed": 10}}


def test_a_lost_header_above_column_numbers_is_named() -> None:
    rows = [["地区", "产妇数", None, "剖宫产活产数"], ["甲", 1, 2, 3], ["东河区", 10, 9, 4], ["昆都仑区", 20, "8人", 7]]
    assert ("F18b", "C3", "无表头（2）") in found(read(rows))
