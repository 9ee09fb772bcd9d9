"""What first files begin as: every field, each with its comment; examples that are switched off and would be read."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from builders import ROOT, edit, project
from endline.errors import ParameterError
from endline.model import Dataset, Outline, Round
from endline.new.plan import new_plan
from endline.new.round import Wish, new_round
from endline.params import Params
from endline.params.files import signature
from endline.store.inputs import Inputs
from endline.yaml_files import read_yaml

FIRST = ROOT / "params" / "new"
WISH = Wish("published", regions=["150000"])


@pytest.mark.parametrize(
    ("name", "kind", "without"),
    [
        ("round", Round, set()),
        ("source", Dataset, {"id", "method", "seed"}),  # the folder's name, and what only a simulation says
        ("plan", Outline, {"targets", "tasks", "statements"}),  # examples
    ],
)
def test_every_field_is_there_below_a_comment_that_says_what_it_may_hold(
    name: str, kind: type[BaseModel], without: set[str]
) -> None:
    lines = (FIRST / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    keys = {match[1]: n for n, line in enumerate(lines) if (match := re.match(r"(\w+):", line))}
    assert set(keys) == set(kind.model_fields) - without
    for n in sorted(keys.values()):
        above = next(line for line in reversed(lines[:n]) if not re.match(r"\w+:", line))
        assert above.startswith("# "), lines[n]


@pytest.mark.parametrize("name", ["round", "source", "plan"])
def test_a_closed_list_of_values_is_told_in_full(name: str) -> None:
    """What a field may hold is copied into its comment: it must not fall behind the model."""
    text = (FIRST / f"{name}.yaml").read_text(encoding="utf-8")
    lists = {
        "round": ["final", "midterm", "baseline", "tasks", "acceptance", "public", "free", "official"],
        "source": ["preliminary", "revised", "final"],
        "plan": ["absolute", "relative", "directional", "every_subunit", "qualitative", "figure", "claim", "problem"],
    }
    schema = {"round": Round, "source": Dataset, "plan": Outline}[name].model_json_schema()
    for value in lists[name]:
        assert f'"{value}"' in str(schema).replace("'", '"'), f"{value} is no longer allowed"
        assert re.search(rf"^#.*\b{value} ", text, re.MULTILINE), value


def switched_on(path: Path) -> None:
    """Do what the file says: below its fields, take `# ` from the beginning of each line."""
    head, sign, examples = path.read_text(encoding="utf-8").partition("\n## ")
    path.write_text(head + re.sub(r"^# ", "", sign + examples, flags=re.MULTILINE), encoding="utf-8")


def test_the_examples_of_a_plan_would_be_read_and_cannot_be_taken_for_real_ones(tmp_path: Path) -> None:
    copied = project(tmp_path)
    (path,) = new_plan(Params(copied), "our-plan", "我们的规划", "2021-2025")
    assert Params(copied).outline("our-plan").entries == []
    switched_on(path)
    outline = Params(copied).outline("our-plan")
    kinds = {"absolute", "relative", "directional", "every_subunit", "qualitative"}
    assert {target.kind for target in outline.targets} == kinds
    assert {statement.kind for statement in outline.statements} == {"figure", "claim", "problem"}
    assert len(outline.tasks) == 1
    assert all(one.label.startswith("示例：") and one.clause.startswith("示例") for one in outline.entries)
    assert all(target.wording == "UNVERIFIED" and target.wording_note for target in outline.targets)
    new_round(Params(copied), "ours", Wish("published", outlines=["our-plan"], regions=["150000"]))
    made = Params(copied).round("ours")
    assert (made.baseline_year, made.final_year, made.subject) == (2020, 2025, "我们的规划")


def test_a_round_of_a_plan_that_says_nothing_is_refused_by_the_plans_name(tmp_path: Path) -> None:
    copied = project(tmp_path)
    new_plan(Params(copied), "our-plan")
    with pytest.raises(ParameterError, match=r"our-plan\.yaml: expected targets, tasks or statements, found none"):
        new_round(Params(copied), "ours", Wish("published", outlines=["our-plan"], regions=["150000"]))
    assert not (copied.params / "rounds/ours.yaml").exists()


def test_what_its_models_refuse_is_never_put_in_its_place(tmp_path: Path) -> None:
    copied = project(tmp_path)
    edit(copied.params / "new/round.yaml", "edition: acceptance", "edition: accepted")
    with pytest.raises(ParameterError, match=r"^params/rounds/ours\.yaml: edition: .* found 'accepted'"):
        new_round(Params(copied), "ours", WISH)
    assert not (copied.params / "rounds/ours.yaml").exists()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: ", "titel: ", "expected one line `title: …`, found 0"),
        ("title: ", "title: x\ntitle: ", "expected one line `title: …`, found 2"),
    ],
)
def test_a_first_file_that_lacks_a_key_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    copied = project(tmp_path)
    edit(copied.params / "new/round.yaml", f"\n{old}", f"\n{new}")
    with pytest.raises(ParameterError, match=told):
        new_round(Params(copied), "ours", Wish("published", regions=["150000"], title="x"))
    (copied.params / "new/round.yaml").unlink()
    with pytest.raises(ParameterError, match=r"params/new/round\.yaml: no such file"):
        new_round(Params(copied), "ours", WISH)


def test_no_report_is_made_from_a_first_file(tmp_path: Path) -> None:
    copied = project(tmp_path)
    inputs = Inputs(copied, "published", "published-2020")
    before = signature(copied), inputs.digest()
    edit(copied.params / "new/round.yaml", "edition: acceptance", "edition: public")
    assert (signature(copied), inputs.digest()) == before
    assert read_yaml(copied.params / "new/round.yaml")["edition"] == "public"
