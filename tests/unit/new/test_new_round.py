"""A round's first file: what it gets from options, from a round it is like, from its dataset; what is refused."""

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import ROOT, project
from endline.errors import ParameterError
from endline.new.first import first_file, unfilled
from endline.new.region import new_region
from endline.new.round import Wish, new_round
from endline.params import Params
from endline.project import Project
from endline.yaml_files import read_yaml


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return project(tmp_path_factory.mktemp("rounds"))


def test_without_more_it_is_a_round_of_the_two_outlines(copied: Project) -> None:
    source, path = new_round(Params(copied), "plain", Wish("plain", regions=["150202"]))
    assert (source, path) == (copied.raw("plain") / "SOURCE.yaml", copied.params / "rounds/plain.yaml")
    params = Params(copied)
    made, dataset = params.round("plain"), params.dataset("plain")
    assert (made.kind, made.outlines) == ("final", ("women-2011-2020", "children-2011-2020"))
    assert (made.baseline_year, made.final_year, made.default) == (2010, 2020, False)
    assert (dataset.simulated, dataset.top) == (False, "")
    assert unfilled(params, path) == ["title", "issued"]
    assert unfilled(params, source) == ["title", "publisher"]


def test_of_a_round_that_it_is_like_it_has_all_but_what_is_its_own(copied: Project) -> None:
    wish = Wish("published", like="published-2025-midterm", title="中期", issued="2026-03-01")
    (path,) = new_round(Params(copied), "alike", wish)
    params = Params(copied)
    own = {"id": "alike", "title": "中期", "issued": datetime.date(2026, 3, 1), "default": False}
    assert params.round("alike") == params.round("published-2025-midterm").model_copy(update=own)
    assert unfilled(params, path) == []


def test_the_title_and_the_date_of_another_round_are_not_taken_over(copied: Project) -> None:
    (path,) = new_round(Params(copied), "untitled", Wish("published", like="published-2020"))
    assert unfilled(Params(copied), path) == ["title", "issued"]
    assert Params(copied).round("untitled").issued == datetime.date(1900, 1, 1)


def test_outlines_bring_their_years_and_their_names(copied: Project) -> None:
    wish = Wish("published", like="published-2020", outlines=["women-2021-2030", "children-2021-2030"])
    new_round(Params(copied), "outlined", wish)
    made = Params(copied).round("outlined")
    assert (made.baseline_year, made.final_year, made.next_outlines) == (2020, 2030, ())
    assert made.subject == "中国妇女发展纲要（2021—2030年）、中国儿童发展纲要（2021—2030年）"
    assert made.regions == ("100000", "150000")


def test_regions_of_the_datasets_own_register_need_no_naming(copied: Project) -> None:
    new_region(Params(copied), "150298", "示例县", "own")
    new_round(Params(copied), "own", Wish("own"))
    assert Params(copied).round("own").regions == ("150298",)


@pytest.mark.parametrize(
    ("regions", "top"),
    [
        (["150202"], ""),
        (["150200"], "150200"),
        (["150200", "150200/*"], "150200"),
        (["150202", "150203"], "150200"),
        (["150302", "150202"], "150000"),
        (["150000/**"], "150000"),
        (["150000", "110000"], ""),
        (["100000"], ""),
    ],
)
def test_what_counties_add_up_to_is_the_lowest_region_that_holds_all(
    copied: Project, regions: list[str], top: str
) -> None:
    name = "top-" + "-".join(code.replace("/**", "-all").replace("/*", "-below") for code in regions)
    new_round(Params(copied), name, Wish(name, regions=regions))
    assert Params(copied).dataset(name).top == top


def listed(where: Project) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(where.root.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    ("round_id", "wish", "told"),
    [
        ("published-2020", {}, "params/rounds/published-2020.yaml: is there already and stays as it is"),
        ("../outlines/x", {}, "ROUND '../outlines/x': expected lower-case letters"),
        ("a/b", {}, "ROUND 'a/b'"),
        (".x", {}, "ROUND '.x'"),
        ("Ours", {}, "ROUND 'Ours'"),
        ("ours\n", {}, r"ROUND 'ours\n'"),
        ("", {}, "ROUND ''"),
        ("x" * 61, {}, "60 at most"),
        ("ours", {"dataset": "../params"}, "--dataset '../params': expected lower-case letters"),
        ("ours", {"dataset": "simulated-ours"}, "such names are kept for `endline simulate`"),
        ("ours", {"like": "published-202"}, "did you mean 'published-2020'"),
        ("ours", {"outlines": ["women-2011"]}, "--outline: unknown outline 'women-2011'"),
        ("ours", {"regions": []}, "--region: expected whose reports are to be made, found nothing"),
        ("ours", {"regions": ["150299"]}, "`endline new region 150299 NAME --dataset ours` adds it"),
        ("ours", {"regions": ["150200/x"]}, "'150200/x' is no region pattern"),
        ("ours", {"issued": "2021-02-30"}, "--issued '2021-02-30': expected a date, as 2021-06-01"),
        ("ours", {"title": "a\nb"}, r"--title 'a\nb': expected one line of words"),
        ("ours", {"title": " "}, "--title ' ': expected one line of words"),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_written(
    copied: Project, round_id: str, wish: dict[str, Any], told: str
) -> None:
    before = listed(copied)
    with pytest.raises(ParameterError) as caught:
        new_round(Params(copied), round_id, Wish(**{"dataset": "ours", "regions": ["150000"], **wish}))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert listed(copied) == before


@given(st.text(min_size=1).filter(lambda text: text.isprintable() and text.strip()))
@settings(deadline=None, max_examples=200)
def test_a_title_is_a_title_whatever_it_looks_like(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    path = tmp_path_factory.mktemp("t") / "round.yaml"
    path.write_bytes(first_file(Params(Project(ROOT)), "round", {"title": title, "regions": ["150000", "150000/*"]}))
    found = read_yaml(path)
    assert (found["title"], found["regions"], found["kind"]) == (title, ("150000", "150000/*"), "final")
