"""The page lists what is there and current; of small places' real figures there is none, and it says why."""

import shutil
from collections.abc import Iterator

import pytest

from builders import edit
from endline.export.formats import FORMATS
from endline.params import Params
from endline.pipeline.manifest import Manifest
from endline.pipeline.page import NAME, make_page
from endline.pipeline.plan import Plan
from endline.pipeline.task import Made
from endline.project import Project
from endline.store import Store
from runs import ROOT
from stores import INNER_MONGOLIA, NATION, ROUND, made, read_params, small

LEAGUE = "150400"
ENGLISH = "index.en.html"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Store]:
    """A project with the store of a round in which a league has a real figure."""
    where = small(tmp_path_factory.mktemp("page"))
    shutil.copytree(ROOT / "notebooks", where.notebooks, dirs_exist_ok=True)
    values = where.raw("published") / "values.csv"
    head, *lines = values.read_text(encoding="utf-8").splitlines()
    nation = next(line for line in lines if ",mmr," in line and "100000" in line and ",2020," in line)
    values.write_text("\n".join([head, *lines, nation.replace("100000", LEAGUE, 1)]) + "\n", encoding="utf-8")
    return where, made(where)


def record(where: Project, store: Store, codes: list[str], summary: bool = False) -> Manifest:
    """Record reports of these regions as made, with a file of each format."""
    shutil.rmtree(where.reports(ROUND), ignore_errors=True)
    params, manifest = read_params(where), Manifest(where.reports(ROUND))
    own = codes if not summary else [NATION, INNER_MONGOLIA]
    plan = Plan(where, params, params.round(ROUND), store, own, FORMATS, "warm")
    for task in plan.tasks(of_round=summary):
        contents = {f".{name}": b"x" for name in ("ipynb", *FORMATS)}
        manifest.record(task, Made(task.code, contents), plan.sources(task), {})
    manifest.save()
    return manifest


def page(where: Project, store: Store, manifest: Manifest, params: Params | None = None) -> str:
    params = params or read_params(where)
    return make_page(where, params, params.round(ROUND), store, manifest)


def test_it_lists_the_reports_and_the_summary(made_once: tuple[Project, Store]) -> None:
    where, store = made_once
    manifest = record(where, store, [], summary=True)
    assert page(where, store, manifest) == ""
    text = (manifest.folder / NAME).read_text(encoding="utf-8")
    assert 'href="100000-全国.pdf"' in text
    assert 'href="150000-内蒙古自治区.xlsx"' in text
    assert 'href="summary.csv"' in text


def test_it_is_made_anew_when_the_reports_are_others_and_only_then(made_once: tuple[Project, Store]) -> None:
    where, store = made_once
    manifest = record(where, store, [NATION])
    page(where, store, manifest)
    path = manifest.folder / NAME
    before = path.stat().st_mtime_ns
    page(where, store, manifest)
    assert path.stat().st_mtime_ns == before
    other = record(where, store, [NATION, INNER_MONGOLIA])
    page(where, store, other)
    assert "内蒙古自治区" in path.read_text(encoding="utf-8")


def test_a_report_of_other_figures_is_not_listed(made_once: tuple[Project, Store]) -> None:
    where, store = made_once
    manifest = record(where, store, [NATION, INNER_MONGOLIA])
    manifest.entries[NATION]["key"] = "older"
    page(where, store, manifest)
    text = (manifest.folder / NAME).read_text(encoding="utf-8")
    assert 'href="150000-内蒙古自治区.pdf"' in text
    assert "100000-全国" not in text


def test_real_figures_below_provinces_have_no_page_and_it_says_so(made_once: tuple[Project, Store]) -> None:
    where, store = made_once
    manifest = record(where, store, [NATION])
    page(where, store, manifest)
    assert (manifest.folder / NAME).is_file()
    told = page(where, store, record_also(where, store))
    assert "赤峰市" in told
    assert "不生成网页" in told
    assert not (manifest.folder / NAME).exists()


def record_also(where: Project, store: Store) -> Manifest:
    manifest = record(where, store, [NATION, LEAGUE])
    (manifest.folder / NAME).write_text("an older page", encoding="utf-8")
    return manifest


def test_simulated_figures_of_small_places_may_stand(made_once: tuple[Project, Store]) -> None:
    where, store = made_once
    source = where.raw("published") / "SOURCE.yaml"
    before = source.read_text(encoding="utf-8")
    edit(source, "simulated: false", "simulated: true")
    try:
        params = read_params(where)
        manifest = record(where, store, [NATION, LEAGUE])
        assert page(where, store, manifest, params) == ""
        text = (manifest.folder / NAME).read_text(encoding="utf-8")
        assert 'href="150400-赤峰市.pdf"' in text
        assert '<p class="mark">模拟数据' in text
    finally:
        source.write_text(before, encoding="utf-8")


def test_without_any_report_there_is_no_page(made_once: tuple[Project, Store]) -> None:
    where, store = made_once
    manifest = record(where, store, [NATION])
    page(where, store, manifest)
    manifest.entries[NATION]["state"] = "failed"
    manifest._unsaved = 1
    manifest.save()
    assert page(where, store, manifest) == ""
    assert not (manifest.folder / NAME).exists()


# a round in two languages


@pytest.fixture
def bilingual(made_once: tuple[Project, Store]) -> Iterator[tuple[Project, Store]]:
    where, store = made_once
    path = where.params / "rounds" / f"{ROUND}.yaml"
    before = path.read_text(encoding="utf-8")
    edit(path, "languages: [zh]", "languages: [zh, en]")
    yield where, store
    path.write_text(before, encoding="utf-8")


def test_each_language_has_a_page_and_the_main_one_has_all_files(bilingual: tuple[Project, Store]) -> None:
    where, store = bilingual
    manifest = record(where, store, [NATION])
    assert page(where, store, manifest) == ""
    chinese, english = ((manifest.folder / name).read_text(encoding="utf-8") for name in (NAME, ENGLISH))
    assert 'href="100000-全国.pdf"' in chinese
    assert 'href="100000-全国.en.pdf" hreflang="en"' in chinese
    assert 'href="100000-全国.en.pdf"' in english
    assert 'href="100000-全国.pdf"' not in english
    assert '<html lang="en">' in english


def test_a_missing_page_of_a_language_is_made_anew(bilingual: tuple[Project, Store]) -> None:
    where, store = bilingual
    manifest = record(where, store, [NATION])
    page(where, store, manifest)
    (manifest.folder / ENGLISH).unlink()
    page(where, store, manifest)
    assert (manifest.folder / ENGLISH).is_file()


def test_without_a_current_report_in_a_language_it_has_no_page(bilingual: tuple[Project, Store]) -> None:
    where, store = bilingual
    manifest = record(where, store, [NATION])
    page(where, store, manifest)
    manifest.entries[f"{NATION}.en"]["state"] = "failed"
    manifest._unsaved = 1
    manifest.save()
    page(where, store, manifest)
    assert not (manifest.folder / ENGLISH).exists()
    assert "index.en.html" not in (manifest.folder / NAME).read_text(encoding="utf-8")


def test_the_refusal_is_told_in_each_language_and_no_page_stays(bilingual: tuple[Project, Store]) -> None:
    where, store = bilingual
    manifest = record(where, store, [NATION])
    page(where, store, manifest)
    chinese, english = page(where, store, record(where, store, [NATION, LEAGUE])).splitlines()
    assert "赤峰市" in chinese
    assert "不生成网页" in chinese
    assert "Chifeng" in english
    assert "no web page is made" in english
    assert not [path.name for path in manifest.folder.glob("index*")]


def test_a_report_in_one_language_only_is_no_way_around_the_refusal(bilingual: tuple[Project, Store]) -> None:
    where, store = bilingual
    manifest = record(where, store, [LEAGUE])
    del manifest.entries[LEAGUE]
    assert "赤峰市" in page(where, store, manifest)
