"""The page of a round: everything in it is data, every control has a name, and it stays small."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

from stores import made, small

from .pages import Element, many, parsed, rendered


@pytest.fixture(scope="module")
def root(page: Path) -> Element:
    return parsed(page.read_bytes())


def one(element: Element, tag: str = "", **wanted: str) -> Element:
    (found,) = element.all(tag, **wanted)
    return found


def test_each_region_stands_once_in_the_order_of_codes_with_its_counts(root: Element) -> None:
    rows = one(root, "tbody", id="list").all("tr")
    assert [row.attributes["data-name"] for row in rows] == ["全国 100000", "内蒙古自治区 150000", "通辽市 150500"]
    nation = [cell.text for cell in rows[0].all("td")]
    assert nation[:9] == ["全国", "", "32", "5", "1", "21", "5", "83.3", "18.8"]


def test_each_format_is_a_link_with_a_name_and_a_size_and_the_notebook_is_none(root: Element) -> None:
    row = one(root, "tbody", id="list").all("tr")[0]
    links = [(a.attributes["href"], a.attributes["aria-label"], a.text) for a in row.all("a")]
    assert links == [
        ("100000-名%20称.pdf", "全国，PDF，1.2 KB", "PDF 1.2 KB"),
        ("100000-名%20称.csv", "全国，CSV，1.2 KB", "CSV 1.2 KB"),
    ]


def test_every_verdict_is_a_word_as_well_as_a_class(root: Element, page: Path) -> None:
    rows = one(root, "tbody", id="cells").all("tr")
    letters = {
        row.attributes["data-name"].split()[-1]: row.attributes["data-v"]
        for row in root.all("tr")
        if "data-v" in row.attributes
    }
    words = {"m": "达标", "n": "未达标", "d": "无数据", "p": "待评", "x": "不适用"}
    for row in rows:
        cells = row.all("td")
        assert "".join(cell.attributes["class"] for cell in cells) == letters[row.attributes["data-code"]]
        assert [cell.text for cell in cells] == [words[cell.attributes["class"]] for cell in cells]
    heads = root.all("table")[1].all("abbr")
    assert len(heads) == len(rows[0].all("td")) == 37


def test_what_is_data_is_never_markup(root: Element) -> None:
    assert root.all("img") == []
    assert one(root, "h1").text == '<img src=x onerror="alert(1)"> & "两纲"'
    assert not [name for element in root.all() for name in element.attributes if name.startswith(("on", "style"))]


def test_nothing_comes_from_elsewhere(root: Element, page: Path) -> None:
    policy = one(root, "meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    for tag in ("style", "script"):
        text = re.search(f"<{tag}>(.*?)</{tag}>", page.read_text(encoding="utf-8"), re.DOTALL)
        assert text
        digest = base64.b64encode(hashlib.sha256(text[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    addresses = [e.attributes[name] for e in root.all() for name in ("href", "src", "action") if name in e.attributes]
    assert not [address for address in addresses if ":" in address or address.startswith("/")]


def test_it_is_usable_with_keyboard_and_screen_reader(root: Element) -> None:
    assert one(root, "html").attributes["lang"] == "zh-CN"
    assert len(root.all("h1")) == len(root.all("main")) == len(root.all("header")) == 1
    ids = [e.attributes["id"] for e in root.all() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    labels = {label.attributes["for"] for label in root.all("label")}
    assert labels == {e.attributes["id"] for tag in ("input", "select") for e in root.all(tag)}
    assert all(table.all("caption") for table in root.all("table"))
    assert all(th.attributes.get("scope") for th in root.all("th"))
    referred = [e.attributes["aria-labelledby"] for e in root.all() if "aria-labelledby" in e.attributes]
    referred += [a.attributes["href"][1:] for a in root.all("a") if a.attributes["href"].startswith("#")]
    assert set(referred) <= set(ids)
    assert one(root, id="count").attributes["aria-live"] == "polite"
    assert "hidden" in one(root, "form").attributes  # without JavaScript there is nothing that does not work


def test_colours_of_text_are_far_enough_from_their_ground(page: Path) -> None:
    """WCAG 2: a contrast of 4.5 for text; the pairs that the style sheet sets."""
    ground = {"--blue": "#ffffff", "--orange": "#ffffff", "--grey": "#f4f6f8", "--ink": "#e3e3e3"}
    colours = dict(re.findall(r"(--\w+): (#[0-9a-f]{6})", page.read_text(encoding="utf-8")))
    for name, other in ground.items():
        assert contrast(colours[name], other) >= 4.5, name
    assert contrast("#00568a", "#ffffff") >= 4.5


def contrast(one_colour: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted((luminance(one_colour), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_three_thousand_regions_stay_below_five_million_bytes(tmp_path: Path) -> None:
    where = small(tmp_path / "p")
    codes, store = many(where, 3000)
    folder = tmp_path / "r"
    folder.mkdir()
    page = rendered(where, store, codes, folder)
    assert len(page) < 5_000_000
    root = parsed(page)
    assert len(one(root, "tbody", id="list").all("tr")) == 3000
    assert len(one(root, "tbody", id="cells").all("tr")) == 300  # the leagues


def test_the_same_round_gives_the_same_bytes(page: Path, tmp_path: Path) -> None:
    where = small(tmp_path / "p")
    store = made(where)
    assert rendered(where, store, ["100000"], tmp_path) == rendered(where, store, ["100000"], tmp_path)
