"""The reports in English: the same pieces as in Chinese, the same numbers in each, and no Chinese left."""

import re
from collections.abc import Callable

import pytest

from endline.params import Params
from endline.project import Project
from endline.report import Report
from endline.store import Store
from endline.summary import RoundSummary
from runs import endline, manifest, new_project, text_of
from translations import numbers, pieces, stories, stories_of_round

CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
Told = list[tuple[str, str]]
Teller = Callable[[str], Told]


def in_both(tell: Teller) -> tuple[Told, Told]:
    return tell("zh"), tell("en")


def report(params: Params, store: Store, round_id: str, code: str) -> Teller:
    return lambda language: list(pieces(stories(Report(params, store, round_id, code, language))))


def check(chinese: Told, english: Told) -> None:
    assert [kind for kind, _ in english] == [kind for kind, _ in chinese]
    different = [
        (own, told) for (_, own), (_, told) in zip(chinese, english, strict=True) if numbers(own) != numbers(told)
    ]
    assert different == []


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Params, Store]:
    project = Project(new_project(tmp_path_factory.mktemp("english")))
    params = Params(project)
    return params, Store.ensure(project, params, "published-2020")


@pytest.mark.parametrize("code", ["100000", "150000"])
def test_a_published_report_has_the_same_figures(published: tuple[Params, Store], code: str) -> None:
    chinese, english = in_both(report(*published, "published-2020", code))
    assert len(english) > 1000
    check(chinese, english)
    assert [text for _, text in english if CHINESE.search(text)] == []


@pytest.mark.parametrize(
    ("round_id", "code"),
    [
        ("published-2025-midterm", "100000"),
        ("inner-mongolia-2020-baseline", "150000"),
        ("inner-mongolia-2021-tasks", "150000"),
        ("mch-culture-2025-tasks", "100000"),
        ("nanchang-2019-tasks", "360100"),
        ("district-2024", "999901"),
    ],
)
def test_a_report_on_a_plan_has_the_same_figures_and_no_chinese(
    published: tuple[Params, Store], round_id: str, code: str
) -> None:
    params, _ = published
    store = Store.ensure(params.project, params, round_id)
    chinese, english = in_both(report(params, store, round_id, code))
    check(chinese, english)
    assert [text for _, text in english if CHINESE.search(text)] == []


def test_the_summary_has_the_same_figures(published: tuple[Params, Store]) -> None:
    chinese, english = in_both(
        lambda language: list(pieces(stories_of_round(RoundSummary(*published, "published-2020", language))))
    )
    check(chinese, english)
    assert [text for _, text in english if CHINESE.search(text)] == []


def test_the_findings_are_told_as_an_epidemiologist_would(published: tuple[Params, Store]) -> None:
    told = [text for _, text in pieces(stories(Report(*published, "published-2020", "100000", "en")))]
    assert "Maternal mortality ratio in 2020: 16.9 per 100,000; target: at most 20 per 100,000; verdict: met." in told
    assert (
        "Rural–urban maternal mortality gap in 2020: 4.4 per 100,000; target: lower than in 2010; verdict: not met."
        in told
    )
    assert any("no statistically significant trend (average annual change" in text for text in told)


def test_a_round_has_files_in_every_language_that_it_asks_for(tmp_path_factory: pytest.TempPathFactory) -> None:
    project = new_project(tmp_path_factory.mktemp("files"))
    path = project / "params/rounds/published-2020.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"languages: .*", "languages: [zh, en]", text), encoding="utf-8")
    ran = endline(project, "run", "published-2020", "--region", "150000", "--format", "pdf")
    assert ran.code == 0, ran.err
    entries = manifest(project, "published-2020")
    assert list(entries) == ["150000", "150000.en"]
    assert sorted(entries["150000.en"]["files"]) == ["150000-内蒙古自治区.en.ipynb", "150000-内蒙古自治区.en.pdf"]
    assert entries["150000"]["counts"] == entries["150000.en"]["counts"]
    told = text_of(project / "reports/published-2020/150000-内蒙古自治区.en.pdf")
    assert "verdict" in told
    assert not CHINESE.search(told)
    again = endline(project, "run", "published-2020", "--region", "150000", "--format", "pdf")
    assert "all 2 reports are up to date" in again.out


@pytest.mark.slow
@pytest.mark.parametrize(
    ("round_id", "code"),
    [
        ("simulated-2020", "150000"),
        ("simulated-2020", "150300"),
        ("simulated-2020", "150822"),
        ("inner-mongolia-2025-simulated", "150000"),
    ],
)
def test_a_simulated_report_has_the_same_figures(
    tmp_path_factory: pytest.TempPathFactory, round_id: str, code: str
) -> None:
    project = new_project(tmp_path_factory.mktemp("simulated"))
    assert endline(project, "simulate").code == 0
    params = Params(Project(project))
    store = Store.ensure(Project(project), params, round_id)
    chinese, english = in_both(report(params, store, round_id, code))
    check(chinese, english)
    (cover,) = Report(params, store, round_id, code, "en").cover()
    assert cover.marks["meta"]["mark"] == "Simulated data"
    # cells hold what the checks found, file names and corrected figures as received
    assert [text for kind, text in english if kind != "cell" and CHINESE.search(text)] == []
