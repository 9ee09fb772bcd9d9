"""The quality of a round's data: its regions side by side, its rules, what must be explained first."""

import pytest

from builders import edit
from endline.files import atomic_write
from endline.project import Project
from endline.quality import RoundQuality
from endline.store import Store, quality_digest
from endline.story import PARTS, Story
from stores import BEIJING, INNER_MONGOLIA, NATION, ROUND, made, read_params, small, values


def cells(story: Story) -> list[list[list[str]]]:
    """Return the tables of a story."""
    parts = [part for block in story for part in block.data.get(PARTS, ()) if part["kind"] == "table"]
    return [[list(row) for row in part["rows"]] for part in parts]


def said(story: Story) -> str:
    return "\n".join(block.data["text/markdown"] for block in story)


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Store]:
    """A project whose figures have a refused cell, a jump that is asked about, a code that nobody has, a correction."""
    found = small(tmp_path_factory.mktemp("round"))
    edit(values(found), "100000,total,mmr,2020,16.9,", "100000,total,mmr,2020,16.9人,")
    text = values(found).read_text(encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if row.startswith("150000,total,mmr,2015,"))
    old = text.splitlines()[line - 1].split(",")[4]
    values(found).write_text(text + text.splitlines()[line - 1].replace("150000", "159999") + "\n", encoding="utf-8")
    entry = (
        f'{{file: values.csv, cell: E{line}, old: "{old}", new: "17.3", reason: 录入错误, who: 某, date: 2021-03-05}}'
    )
    atomic_write(found.raw("published") / "corrections.yaml", f"corrections: [{entry}]\n".encode())
    return found, made(found)


@pytest.fixture
def quality(where: tuple[Project, Store]) -> RoundQuality:
    return RoundQuality(read_params(where[0]), where[1], ROUND, "zh")


def test_every_region_has_a_row_with_what_was_found_of_it(quality: RoundQuality) -> None:
    (rows,) = cells(quality.regions_table())
    by_name = {row[0]: row[1:] for row in rows}
    assert list(by_name) == ["全国", "内蒙古自治区"]
    assert by_name["全国"][:2] == ["—", "—"], "published figures come without forms"
    assert by_name["内蒙古自治区"][4:] == ["0", "0", "0", "1"], "the correction"
    assert by_name["全国"][4:] == ["1", "0", "0", "1"], "its refused cell, and the correction of a region below"


def test_the_rules_that_fired_and_how_many_were_silent(quality: RoundQuality) -> None:
    story = quality.rules_table()
    rules, regions = cells(story)
    assert [(row[0], row[1], row[4], row[5]) for row in rules] == [
        ("F12", "拒", "1", "1"),
        ("F40", "拒", "1", "0"),
        ("W25", "记", "1", "1"),
    ], "a code that nobody has is no region's"
    assert f"其余{len(quality.rules) - 3}条" in said(story)
    assert regions == [["全国", "1", "0", "1"], ["内蒙古自治区", "0", "0", "1"]]


def test_what_was_refused_stands_first_and_what_is_only_logged_not_at_all(quality: RoundQuality) -> None:
    (rows,) = cells(quality.findings())
    assert [row[0] for row in rows] == ["F40", "F12"], "what weighs alike, by region"
    by_rule = {row[0]: row for row in rows}
    assert by_rule["F12"][2] == "全国"
    assert by_rule["F12"][3].startswith("values.csv E")
    assert by_rule["F12"][4] == "16.9人"
    assert by_rule["F40"][2] == "未指明"


def test_corrections_are_listed_once(quality: RoundQuality) -> None:
    (rows,) = cells(quality.corrections_table())
    assert [(row[0], row[3]) for row in rows] == [("内蒙古自治区", "17.3")]


def test_the_digest_follows_every_issue_and_correction(where: tuple[Project, Store]) -> None:
    project, store = where
    before, summary = quality_digest(store, [NATION]), store.digest(INNER_MONGOLIA)
    edit(project.raw("published") / "corrections.yaml", "录入错误", "录入有误")
    again = made(project)
    assert quality_digest(again, [NATION]) != before
    assert again.digest(INNER_MONGOLIA) != summary, "its annex prints the reason"
    assert again.digest(BEIJING) == store.digest(BEIJING)


def test_blocks_carry_the_notebooks_name_and_the_digest(quality: RoundQuality) -> None:
    story = quality.cover()
    assert (story.region, story.digest) == ("data-quality", quality.digest)
