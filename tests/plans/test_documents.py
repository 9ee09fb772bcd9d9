"""The documents that the product was asked for: every row of each is represented once, every figure as printed."""

import csv
from functools import cache

import pytest

from builders import ROOT, SHARED
from endline.model import Outline
from endline.params import Params

DOCUMENTS = {
    "000_7c6371770c71c40f": "mch-culture-2021-2025",
    "001_14ac9007363f689a": "inner-mongolia-work-2021",
    "002_a5ee91d55feb78aa": "inner-mongolia-mch-2021-2025",
    "003_ed3f25686d82b166": "nanchang-work-2019",
    "004_9f9eff7fe492cec4": "district-speech-2025",
}
ROWS = {"mch-culture-2021-2025": 36, "inner-mongolia-work-2021": 53, "inner-mongolia-mch-2021-2025": 173}
ROWS |= {"nanchang-work-2019": 49, "district-speech-2025": 47}
documents = pytest.mark.parametrize(("document", "outline_id"), DOCUMENTS.items(), ids=DOCUMENTS.values())
PLAIN = {"=": ">="}  # a plain 100, or 30 centres, is at least so much
UNITS = {"1/100000": "/10万", "1/1000": "‰", "%": "%", "10^8 yuan": "亿元"}


@cache
def rows(document: str) -> dict[str, dict[str, str]]:
    path = SHARED / "seeds" / f"{document}.csv"
    if not path.is_file():
        pytest.skip("the documents' tables are not in the checkout (../shared/seeds)")
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


@pytest.mark.parametrize("outline_id", ROWS)
def test_as_many_rows_are_represented_as_a_document_has_each_once(outline_id: str, params: Params) -> None:
    own = params.outline(outline_id).rows
    prefix = own[0][:3]
    assert sorted(own) == [f"{prefix}{n:03d}" for n in range(1, ROWS[outline_id] + 1)]


@documents
def test_the_ids_represented_are_those_of_the_documents_table(document: str, outline_id: str, params: Params) -> None:
    assert sorted(params.outline(outline_id).rows) == sorted(rows(document))


@documents
def test_every_figure_that_is_a_target_has_the_documents_operator_value_and_unit(
    document: str, outline_id: str, params: Params
) -> None:
    table = rows(document)
    asked = {key for key, row in table.items() if row["role"] == "target"}
    found = {row: target for target in params.outline(outline_id).targets for row in target.rows}
    assert asked <= set(found)
    for key in asked:
        (measure,) = found[key].measures
        printed = table[key]
        operator = PLAIN.get(printed["comparison"], printed["comparison"])
        assert (measure.operator, measure.value) == (operator, float(printed["value"])), key
        if measure.unit in UNITS:
            assert printed["unit"] == UNITS[measure.unit], key
        assert found[key].kind in ("absolute", "every_subunit"), key


@documents
def test_directions_are_directional_and_tasks_tasks(document: str, outline_id: str, params: Params) -> None:
    outline, table = params.outline(outline_id), rows(document)
    kinds = {row: target.kind for target in outline.targets for row in target.rows}
    assert {key for key, kind in kinds.items() if kind == "directional"} == of_role(table, "direction target")
    assert {row for task in outline.tasks for row in task.rows} <= of_role(table, "task")


def of_role(table: dict[str, dict[str, str]], role: str) -> set[str]:
    return {key for key, row in table.items() if row["role"] == role}


@documents
def test_every_other_figure_is_stated_with_its_mark(document: str, outline_id: str, params: Params) -> None:
    table = rows(document)
    stated = {row: one for one in params.outline(outline_id).statements for row in one.rows}
    figures = {key for key, row in table.items() if row["value"] and row["role"] != "target"}
    assert {key for key, one in stated.items() if one.kind == "figure"} == figures
    for key in figures:
        row, one = table[key], stated[key]
        assert (float(one.value), one.unit) == (float(row["value"]), row["unit"]), key
        assert one.bound == (row["comparison"] if row["comparison"] != "=" else ""), key


@documents
def test_labels_are_our_own_words(document: str, outline_id: str, params: Params) -> None:
    outline, table = params.outline(outline_id), rows(document)
    for entry in (*outline.targets, *outline.tasks, *outline.statements):
        assert len(entry.label) <= 40
        sources = "".join(table[row]["text_zh"] for row in entry.rows)
        assert len(entry.label) < 20 or entry.label not in sources


def stated_values(outline: Outline) -> dict[tuple[str, str], tuple[float, str]]:
    return {(s.indicator, s.year[-4:]): (float(s.value), s.bound) for s in outline.statements if s.indicator}


@pytest.mark.parametrize(
    ("outline_id", "dataset", "code"),
    [
        ("inner-mongolia-mch-2021-2025", "published", "150000"),
        ("district-speech-2025", "district-2024", "999901"),
    ],
)
def test_what_a_document_states_of_an_indicator_is_what_the_dataset_holds(
    outline_id: str, dataset: str, code: str, params: Params
) -> None:
    with (ROOT / "data" / "raw" / dataset / "values.csv").open(encoding="utf-8", newline="") as stream:
        held = {
            (row["indicator_id"], row["year"]): (float(row["value"]), row["bound"])
            for row in csv.DictReader(stream)
            if row["region_code"] == code
        }
    stated = stated_values(params.outline(outline_id))
    assert stated
    assert {key: held.get(key) for key in stated} == stated


def test_the_unnamed_district_stands_outside_the_national_codes_and_says_so(params: Params) -> None:
    region = params.regions("district-2024")["999901"]
    assert "GB/T 2260" in region.type
    assert "GB/T 2260" in params.dataset("district-2024").note
    assert "999901" not in params.regions("published")


def test_the_outlines_to_2030_are_those_of_the_transcription(params: Params) -> None:
    path = SHARED / "data" / "targets.csv"
    if not path.is_file():
        pytest.skip("the transcription of the targets is not in the checkout (../shared/data)")
    with path.open(encoding="utf-8", newline="") as stream:
        transcribed = [row for row in csv.DictReader(stream) if row["outline"].endswith(("-2030", "-2022", "-2025"))]
    assert {row["outline"] for row in transcribed} == {
        "women-2021-2030", "children-2021-2030", "nhc-plan-2022", "inner-mongolia-mch-2021-2025",
    }  # fmt: skip
    for row in transcribed:
        (target,) = [t for t in params.outline(row["outline"]).targets if t.id == row["target_id"]]
        assert target.kind == row["kind"]
        assert ";".join(m.indicator for m in target.measures) == row["indicators"]
        if row["kind"] in ("absolute", "every_subunit"):
            assert {m.operator for m in target.measures} == {row["operator"]}
            assert [m.value for m in target.measures] == [float(v) for v in row["value"].split(";")]
        if "UNVERIFIED" in row["wording_status"] or row["wording_status"].startswith("value"):
            assert target.wording == "UNVERIFIED"
        assert target.counted == (row["counted"] == "true")
        assert target.stratum == row["stratum"]
        assert str(target.baseline_year or "") == row["baseline_year"]
        every = ("nation", "province", "league", "banner")
        assert target.applies_to == (every if row["applies_to"] == "all" else tuple(row["applies_to"].split("+")))
