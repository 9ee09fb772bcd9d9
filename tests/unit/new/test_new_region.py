"""A region goes into a dataset's own register, in its place and its form; the national register stays as it is."""

from pathlib import Path

import pytest

from builders import edit, project
from endline.errors import ParameterError
from endline.new.region import HEADER, new_region
from endline.params import Params
from endline.project import Project


@pytest.fixture
def copied(tmp_path: Path) -> Project:
    return project(tmp_path)


@pytest.mark.parametrize(
    ("code", "more", "level", "parent"),
    [
        ("150298", {}, "banner", "150200"),
        ("320100", {}, "league", "320000"),
        ("990000", {}, "province", "100000"),
        ("110101", {"parent": "110000"}, "banner", "110000"),
        ("999901", {"parent": "100000", "type": "不在GB/T 2260内"}, "banner", "100000"),
        ("150202001", {"parent": "150200"}, "banner", "150200"),
        ("150299", {"level": "league", "parent": "150000"}, "league", "150000"),
    ],
)
def test_a_code_says_its_place_unless_a_person_does(
    copied: Project, code: str, more: dict[str, str], level: str, parent: str
) -> None:
    national = (copied.params / "regions.csv").read_bytes()
    path = new_region(Params(copied), code, "示例", "ours", **more)
    assert path == copied.raw("ours") / "regions.csv"
    found = Params(copied).regions("ours")[code]
    assert (found.name, found.level, found.parent, found.type) == ("示例", level, parent, more.get("type", ""))
    assert (copied.params / "regions.csv").read_bytes() == national
    assert code not in Params(copied).regions()


def test_the_upper_region_first_then_those_in_it(copied: Project) -> None:
    new_region(Params(copied), "320100", "南京市", "ours")
    path = new_region(Params(copied), "320102", "玄武区", "ours", valid_from="2013")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines == [
        ",".join(HEADER),
        "320100,南京市,league,320000,,,,,,",
        "320102,玄武区,banner,320100,,2013,,,,",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("code,name,level,parent\n150297,甲县,banner,150200\n", "150298,示例,banner,150200\n"),
        ("code,name,level,parent\n150297,甲县,banner,150200", "\n150298,示例,banner,150200\n"),
        ("name,code,parent,level\r\n甲县,150297,150200,banner\r\n", "示例,150298,150200,banner\r\n"),
    ],
)
def test_what_is_there_stays_to_the_byte(copied: Project, before: str, after: str) -> None:
    path = copied.raw("ours") / "regions.csv"
    path.parent.mkdir()
    path.write_bytes(before.encode())
    new_region(Params(copied), "150298", "示例", "ours")
    assert path.read_bytes() == (before + after).encode()


@pytest.mark.parametrize(
    ("code", "name", "more", "told"),
    [
        ("150202", "示例", {}, "150202: is there already, as 东河区 in params/regions.csv"),
        ("15020", "示例", {}, "new region: code: String should match pattern"),
        ("15029x", "示例", {}, "found '15029x'"),
        ("150298\n", "示例", {}, "new region: code"),
        ("320102", "玄武区", {}, "320102: parent 320100: expected a code of the register"),
        ("150202001", "某镇", {}, "150202001: parent not said: expected a code of the register"),
        ("150298", "示例", {"level": "county"}, "new region: level: Input should be 'nation', 'province'"),
        ("150298", "示例", {"parent": "150202"}, "150202 (东河区) is a banner, and a banner lies in none"),
        ("150298", "东河区", {}, "包头市 has a 东河区 already: 150202"),
        ("150298", "../x", {}, "NAME '../x': expected 1 to 40 Chinese characters"),
        ("150298", "", {}, "NAME ''"),
        ("150298", "示例", {"type": "a\nb"}, r"--type 'a\nb': expected one line of words"),
        ("150298", "示例", {"valid_from": "last year"}, "new region: valid_from"),
        ("150298", "示例", {"dataset": "a/b"}, "--dataset 'a/b'"),
        ("150298", "示例", {"dataset": "fake"}, "simulated figures, which `endline simulate` writes anew"),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_written(
    copied: Project, code: str, name: str, more: dict[str, str], told: str
) -> None:
    copied.raw("fake").mkdir()
    source = "title: 模拟数据\npublisher: x\nsimulated: true\n"
    (copied.raw("fake") / "SOURCE.yaml").write_text(source, encoding="utf-8")
    with pytest.raises(ParameterError) as caught:
        new_region(Params(copied), code, name, **{"dataset": "ours", **more})
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not list(copied.raw("").rglob("regions.csv"))


def test_a_code_that_the_dataset_has_is_named_with_its_file(copied: Project) -> None:
    new_region(Params(copied), "150298", "示例", "ours")
    with pytest.raises(ParameterError, match=r"as 示例 in data/raw/ours/regions\.csv"):
        new_region(Params(copied), "150298", "别的", "ours")


def test_a_register_without_the_column_that_is_needed_is_left_alone(copied: Project) -> None:
    path = new_region(Params(copied), "150297", "甲县", "ours")
    edit(path, ",".join(HEADER), "code,name,level,parent")
    edit(path, "150297,甲县,banner,150200,,,,,,", "150297,甲县,banner,150200")
    before = path.read_bytes()
    with pytest.raises(ParameterError, match=r"no column type: add it to the first line"):
        new_region(Params(copied), "150298", "示例", "ours", type="虚构")
    assert path.read_bytes() == before
