"""What persons wrote of a region: verdicts with their evidence, reasons and measures of missed targets."""

import json
from pathlib import Path

import pytest

from builders import project
from endline.errors import ParameterError
from endline.model import Conditions, Note, Notes
from endline.params import Params
from endline.project import Project

ROUND = "published-2020"
QUALITATIVE = "women-2011-2020:1a"
MISSED = "women-2011-2020:2b"
GOOD = "{status: met, evidence: 验收材料12号, unit: 卫生健康委, date: 2021-05-01}"


@pytest.fixture
def where(tmp_path: Path) -> Project:
    return project(tmp_path)


def write(where: Project, name: str, text: str) -> Path:
    """Write a file beside the round."""
    path = where.params / "rounds" / ROUND / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def region_text(where: Project, code: str = "150000") -> str:
    params = Params.of(where)
    return params.region_text(params.round(ROUND), code)


# the verdicts of persons


def test_a_persons_verdict_is_read_with_its_evidence(where: Project) -> None:
    """RULES, Rounds: `<id>/evidence.yaml` (status, evidence, unit, date)."""
    write(where, "evidence.yaml", f'"150000":\n  {QUALITATIVE}: {GOOD}\n')
    params = Params(where)
    found = params.judgements(params.round(ROUND))
    assert [(k, str(j.status), j.evidence, j.unit) for k, j in found.items()] == [
        (("150000", QUALITATIVE), "met", "验收材料12号", "卫生健康委")
    ]


@pytest.mark.parametrize(
    ("head", "key", "told"),
    [
        ("150000", QUALITATIVE, "150000"),
        ('"159999"', QUALITATIVE, "unknown region '159999'"),
        ('"150000"', "women-2011-2020:1b", "unknown qualitative target"),
        ('"150000"', "women-2011-2020:1z", "unknown qualitative target"),
    ],
)
def test_evidence_for_an_unknown_region_or_target_is_refused(where: Project, head: str, key: str, told: str) -> None:
    write(where, "evidence.yaml", f"{head}:\n  {key}: {GOOD}\n")
    params = Params(where)
    with pytest.raises(ParameterError, match=r"evidence\.yaml") as caught:
        params.judgements(params.round(ROUND))
    assert told in str(caught.value)


def test_without_an_evidence_file_nobody_has_judged(params: Params) -> None:
    assert params.judgements(params.round(ROUND)) == {}


# the notes of a region

NOTE = f"""
targets:
  {MISSED}:
    reason: 偏远地区转诊时间长
    measure: |
      建立转诊网络
      培训助产人员
    unit: 卫生健康委
    deadline: 2021年12月底前
"""


def test_a_note_is_read_by_the_targets_key(where: Project) -> None:
    write(where, "notes/150000.yaml", NOTE)
    params = Params(where)
    (note,) = params.notes(params.round(ROUND), "150000").targets.values()
    assert (note.reason, note.unit, note.deadline) == ("偏远地区转诊时间长", "卫生健康委", "2021年12月底前")
    assert note.measure == "建立转诊网络\n培训助产人员"
    assert params.notes(params.round(ROUND), "100000") == Notes()


def test_what_is_not_written_is_absent(where: Project) -> None:
    write(where, "notes/150000.yaml", f"targets:\n  {MISSED}: {{reason: 原因}}\n  {QUALITATIVE}: {{}}\n")
    params = Params(where)
    found = params.notes(params.round(ROUND), "150000")
    assert found.targets == {MISSED: Note(reason="原因"), QUALITATIVE: Note()}
    assert found.conditions == Conditions()


def test_what_a_region_says_of_itself_is_read_with_its_notes(where: Project) -> None:
    write(
        where,
        "notes/150000.yaml",
        "conditions: {population: 2405万人}\norganisation: 由妇儿工委组织\nproblems: [甲, 乙]\nproposals: [丙]\n"
        "versions:\n  - {date: 2021-06-01, change: 首次提交}\n",
    )
    params = Params(where)
    found = params.notes(params.round(ROUND), "150000")
    assert (found.conditions.population, found.conditions.beds) == ("2405万人", "")
    assert (found.organisation, found.problems, found.proposals) == ("由妇儿工委组织", ("甲", "乙"), ("丙",))
    assert [(v.date.isoformat(), v.change) for v in found.versions] == [("2021-06-01", "首次提交")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("targets:\n  women-2011-2020:2z: {}\n", "unknown target 'women-2011-2020:2z' (did you mean"),
        ("targets:\n  2b: {reason: a}\n", "unknown target '2b'"),
        (f"targets:\n  {MISSED}: {{reson: a}}\n", f"unknown key 'targets.{MISSED}.reson' (did you mean 'reason'?)"),
        ("target:\n  a: {}\n", "unknown key 'target' (did you mean 'targets'?)"),
        (f"targets:\n  {MISSED}: words\n", f"targets.{MISSED}: "),
        ("targets: words\n", "targets: "),
        ("targets:\n", "targets: "),
        ("- a\n", "expected `key: value` lines, found tuple"),
        ("", "expected `key: value` lines, found NoneType"),
        (f"targets:\n  {MISSED}: {{reason: }}\n", f"targets.{MISSED}.reason: "),
        (f"targets:\n  {MISSED}: {{reason: '  '}}\n", f"targets.{MISSED}.reason: String should have at least 1"),
        (f"targets:\n  {MISSED}: {{deadline: 2021-12-31}}\n", f"targets.{MISSED}.deadline: Input should be"),
        (f"targets:\n  {MISSED}: {{unit: {'长' * 2001}}}\n", f"targets.{MISSED}.unit: String should have at most 2000"),
        (f"targets:\n  {MISSED}: {{}}\n  {MISSED}: {{}}\n", "line 3: key 'women-2011-2020:2b' stands twice"),
    ],
    ids=lambda text: text[:60],
)  # fmt: skip
def test_a_faulty_note_is_one_line_that_names_file_and_key(where: Project, text: str, told: str) -> None:
    path = write(where, "notes/150000.yaml", text)
    params = Params(where)
    for _ in range(2):
        with pytest.raises(ParameterError) as caught:
            params.notes(params.round(ROUND), "150000")
        assert str(caught.value).startswith(f"{path}: ")
        assert told in str(caught.value)
        assert "\n" not in str(caught.value)


def test_the_longest_note_is_accepted(where: Project) -> None:
    write(where, "notes/150000.yaml", f"targets:\n  {MISSED}: {{unit: {'长' * 2000}}}\n")
    params = Params(where)
    assert len(params.notes(params.round(ROUND), "150000").targets[MISSED].unit) == 2000


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("159999.yaml", "unknown region '159999'"),
        ("1500O0.yaml", "unknown region '1500O0' (did you mean"),
        ("150000.yml", "the notes of a region stand in <code>.yaml"),
        ("150000.yaml.txt", "the notes of a region stand in <code>.yaml"),
    ],
)
def test_a_file_of_no_region_is_refused_whichever_region_is_asked_for(where: Project, name: str, told: str) -> None:
    path = write(where, f"notes/{name}", NOTE)
    params = Params(where)
    with pytest.raises(ParameterError) as caught:
        params.region_text(params.round(ROUND), "100000")
    assert str(caught.value).startswith(f"{path}: ")
    assert told in str(caught.value)


def test_only_the_regions_own_file_is_read(where: Project) -> None:
    write(where, "notes/150000.yaml", "targets: [\n")
    write(where, "notes/.150000.yaml.swp", "")
    params = Params(where)
    assert params.notes(params.round(ROUND), "100000") == Notes()


# all that was written of one region


def test_nothing_written_is_an_empty_text(where: Project) -> None:
    assert region_text(where) == ""
    write(where, "notes/150000.yaml", "targets: {}\n")
    assert region_text(where) == ""


def test_the_text_holds_notes_and_verdicts_of_its_region_only(where: Project) -> None:
    write(where, "notes/150000.yaml", NOTE)
    write(where, "evidence.yaml", f'"150000": {{{QUALITATIVE}: {GOOD}}}\n"100000": {{{QUALITATIVE}: {GOOD}}}\n')
    told = json.loads(region_text(where))
    assert told["judgements"] == {
        QUALITATIVE: {"status": "met", "evidence": "验收材料12号", "unit": "卫生健康委", "date": "2021-05-01"}
    }
    assert list(told["notes"]["targets"]) == [MISSED]
    assert told["notes"]["targets"][MISSED]["deadline"] == "2021年12月底前"
    assert json.loads(region_text(where, "100000"))["notes"] == {}
    assert region_text(where, "110000") == ""


def test_the_text_follows_what_is_said_not_how_it_is_written(where: Project) -> None:
    texts = []
    for content in (
        f"targets:\n  {MISSED}: {{reason: 甲, unit: 乙}}\n  {QUALITATIVE}: {{unit: 丙}}\n",
        f"# a remark\ntargets: {{{QUALITATIVE}: {{unit: 丙}}, {MISSED}: {{unit: 乙, reason: 甲}}}}\n",
        f"targets: {{{QUALITATIVE}: {{unit: 丙}}, {MISSED}: {{unit: 乙, reason: 丁}}}}\n",
    ):
        write(where, "notes/150000.yaml", content)
        texts.append(region_text(where))
    assert texts[0] == texts[1] != texts[2]


def test_a_note_that_came_changed_or_went_changes_one_regions_text(where: Project) -> None:
    codes = ("150000", "100000")
    before = [region_text(where, code) for code in codes]
    path = write(where, "notes/150000.yaml", NOTE)
    came = [region_text(where, code) for code in codes]
    write(where, "notes/150000.yaml", NOTE.replace("偏远地区", "边远的地区"))
    changed = [region_text(where, code) for code in codes]
    assert before[1] == came[1] == changed[1] == ""
    assert len({before[0], came[0], changed[0]}) == 3
    path.unlink()
    assert region_text(where) == ""
